"""Money: credit tiers in their order, one currency."""

import pytest
from checking import found_in_data

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
