"""Facts that can hardly be meant: a company with itself, a price of nothing, a TBD."""

import pytest
from checking import EMPTY, found, found_in_data, paper, paths

BOTH = "parties: {{provider: {{legal_name: {}}}, customer: {{legal_name: {}}}}}"


@pytest.mark.parametrize(
    ("provider", "customer", "count"),
    [
        ("Contoso Ltd", "Contoso Ltd", 1),
        ("Contoso Ltd", "CONTOSO  Ltd", 1),
        ("Contoso Ltd", "Contoso Gulf Ltd", 0),
        ("", "", 0),
    ],
)
def test_a_company_that_contracts_with_itself_is_found(
    provider: str, customer: str, count: int
) -> None:
    findings = found_in_data("same-legal-name", BOTH.format(provider, customer))

    assert paths(findings) == ["/parties/customer/legal_name"] * count


@pytest.mark.parametrize(
    ("price", "count"),
    [
        ('amount: "0.00", currency: EUR', 1),
        ('amount: "0.00", currency: EUR, includes: free during the pilot', 0),
        ('amount: "0.01", currency: EUR', 0),
        ("currency: EUR", 0),
    ],
)
def test_a_price_of_nothing_wants_a_reason(price: str, count: int) -> None:
    text = f"services: [{{key: shop, price: {{{price}}}}}]"

    findings = found_in_data("price-of-zero", text)

    assert paths(findings) == ["/services/shop/price/amount"] * count


@pytest.mark.parametrize(
    ("law", "count"),
    [
        ("Irish law", 1),
        ("English Law", 1),
        ("the laws of Ireland", 1),
        ("law of England and Wales", 1),
        ("القانون الكويتي", 0),
        ("قانون دولة الكويت", 1),
        ("Ireland", 0),
        ("England and Wales", 0),
        ("the United Arab Emirates", 0),
        ("the State of Lawrence", 0),
    ],
)
def test_a_law_is_named_by_its_country(law: str, count: int) -> None:
    findings = found_in_data(
        "governing-law-adjective", f"governing_law: {{law: {law}}}"
    )

    assert paths(findings) == ["/governing_law/law"] * count


@pytest.mark.parametrize(
    ("value", "is_found"),
    [
        ("TBD", True),
        ("[●]", True),
        ("____", True),
        ("...", True),
        ("-", True),
        ("None", True),
        ("[insert name]", True),
        ("[Customer] LLC", True),
        ("<name>", True),
        ("N/A", True),
        ("Customer Name", True),
        ("A & B <Ltd>", False),
        ("tbc", True),
        ("To be confirmed", True),
        ("Main Street (TBD)", True),
        ("xxx", True),
        ("???", True),
        ("Lorem ipsum dolor", True),
        ("N.N.", True),
        ("to be agreed", True),
        ("Todo Street 4", False),
        ("XX Century Ltd", False),
        ("a price to be agreed in writing", False),
        ("Who is who? Ltd", False),
        ("Tod Ohlsen", False),
    ],
)
def test_a_printed_value_that_only_holds_a_place_is_found(
    value: str, is_found: bool
) -> None:
    files = paper(address="{{ parties.customer.address }} is near.")
    text = f'parties: {{customer: {{address: "{value}"}}}}'

    findings = found("placeholder-text", files, text)

    assert paths(findings) == ["/parties/customer/address"] * is_found


@pytest.mark.parametrize(
    ("field", "value", "is_found"),
    [
        ("name", "TBD", True),
        ("name", "N.N.", True),
        ("name", "?", True),
        ("name", "xxx", True),
        ("name", "-", True),
        ("name", "Xu Li", False),
        ("name", "Tod Ohlsen", False),
        ("name", "محمد", False),
        ("title", "tbd", True),
        ("title", "CEO", False),
    ],
)
def test_a_signatory_that_is_nobody_is_found(
    field: str, value: str, is_found: bool
) -> None:
    text = f'signatories: [{{party: provider, {field}: "{value}"}}]'

    findings = found_in_data("placeholder-text", text)

    assert paths(findings) == [f"/signatories/0/{field}"] * is_found


def test_wording_that_only_holds_a_place_is_found_and_other_wording_is_not() -> None:
    (finding,) = found("placeholder-text", paper(fee="The fee is TBD from May."))

    assert str(finding.origin) == "clauses/fee/preferred.en.md:1:12"
    assert found("placeholder-text", paper(clause=EMPTY)) == ()
