"""Money: credit tiers in their order, one currency."""

import pytest
from checking import found, found_in_data
from drafting import clause_files, template_file

SERVICE = "services: [{key: hosting, credits: {tiers: [TIERS]}}]"


@pytest.mark.parametrize(
    ("tiers", "says"),
    [
        (
            '{below: "99.0", credit: "10"}, {below: "99.5", credit: "25"}',
            "the tier below 99.5% follows the tier below 99.0%",
        ),
        (
            '{below: "99.0", credit: "10"}, {below: "99.0", credit: "25"}',
            "the tier below 99.0% follows the tier below 99.0%",
        ),
        (
            '{below: "99.9", credit: "25"}, {below: "99.0", credit: "10"}',
            "below 99.0% the credit is 10%, no more than the 25% below 99.9%",
        ),
        (
            '{below: "99.9", credit: "25"}, {below: "99.0", credit: "25"}',
            "below 99.0% the credit is 25%, no more than the 25% below 99.9%",
        ),
    ],
)
def test_tiers_out_of_order_are_found(tiers: str, says: str) -> None:
    findings = found_in_data("credit-tiers-unordered", SERVICE.replace("TIERS", tiers))

    assert [f.origin.path for f in findings] == ["/services/hosting/credits/tiers/1"]
    assert findings[0].message.startswith(says)


@pytest.mark.parametrize(
    "tiers",
    [
        '{below: "99.9", credit: "10"}, {below: "99.0", credit: "25"}',
        '{below: "99.9", credit: "10"}',
        "",
    ],
)
def test_tiers_in_order_are_left_alone(tiers: str) -> None:
    agreement = SERVICE.replace("TIERS", tiers)

    assert found_in_data("credit-tiers-unordered", agreement) == ()


def priced(*currencies: str) -> str:
    services = (
        f'{{key: s{at}, price: {{amount: "1", currency: {currency}}}}}'
        for at, currency in enumerate(currencies)
    )
    return f"services: [{', '.join(services)}, {{key: free}}]"


def test_a_second_currency_is_found() -> None:
    findings = found_in_data("mixed-currencies", priced("EUR", "EUR", "USD"))

    assert [f.origin.path for f in findings] == ["/services/s2/price/currency"]
    assert '"s2" is priced in USD, "s0" in EUR' in findings[0].message


def test_one_currency_is_left_alone() -> None:
    assert found_in_data("mixed-currencies", priced("EUR", "EUR")) == ()


RATES = clause_files(
    "schedule-charges",
    "A day costs {{ rates.day | money }}.",
    meta="part: schedule\nvalues: {/rates/day: {type: money}}",
) | template_file("corporate/standard", "schedules: [charges]\n")


@pytest.mark.parametrize(("currency", "count"), [("USD", 1), ("EUR", 0)])
def test_a_sum_in_another_currency_than_the_prices_is_found(
    currency: str, count: int
) -> None:
    rate = f'rates: {{day: {{amount: "960.00", currency: {currency}}}}}\n'

    findings = found("mixed-currencies", RATES, rate + priced("EUR"))

    assert [f.message[:24] for f in findings] == [
        "/rates/day is a sum in USD"[:24]
    ] * count


def test_sums_of_clauses_are_not_added_to_prices() -> None:
    name = "clauses/schedule-charges/clause.yaml"
    files = {
        "clauses/insurance/clause.yaml": RATES[name]
        .replace("key: schedule-charges", "key: insurance")
        .replace("part: schedule\n", ""),
        "clauses/insurance/preferred.en.md": "Cover of {{ rates.day | money }}.",
    } | template_file("corporate/standard", "outline: [insurance]\n")
    rate = 'rates: {day: {amount: "960.00", currency: USD}}\n'

    assert found("mixed-currencies", files, rate + priced("EUR")) == ()
