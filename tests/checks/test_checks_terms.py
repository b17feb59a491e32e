"""Defined terms: undefined, unused, defined twice."""

import pytest
from checking import found, paper, places
from drafting import AGREEMENT_FILE, clause_files

from slacontracts.model.finding import Severity

PARTIES = 'The **"Provider"** and the **"Customer"** agree.'


def phrases(wording: str) -> list[str]:
    """Return the undefined terms of a wording, as the messages quote them."""
    findings = found("undefined-term", paper(clause=wording))
    return [finding.message.split('"')[1] for finding in findings]


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("We issue a Credit Note at once.", ["Credit Note"]),
        ("We issue Credit Notes; a Credit Note is free.", ["Credit Notes"]),
        ("Each Affiliate may order.", ["Affiliate"]),
        ("Authorised Users may order.", ["Authorised Users"]),
        ("Pay the Fee. The Fee is due.", ["Fee"]),
        ("The Fee (and the Charge) is due.", ["Fee", "Charge"]),
        ("It follows the Client’s Instructions.", ["Client", "Instructions"]),
        ("It names the Sub-Processor.", ["Sub-Processor"]),
        ("The Applicable Law of that place governs it.", ["Applicable Law"]),
        ("It meets the Order of Priority.", ["Order", "Priority"]),
        ("It lasts, e.g. Monthly, for a year.", ["Monthly"]),
    ],
)
def test_a_capital_without_definition_is_found(
    wording: str, expected: list[str]
) -> None:
    assert phrases(wording) == expected


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param("Payment is due. Interest runs.", id="start of a sentence"),
        pytest.param("1. Payment is due.\n1. Interest runs.", id="start of an item"),
        pytest.param("It covers this: Payment in full.", id="after a colon"),
        pytest.param("“Payment” is a word.", id="quoted start"),
        pytest.param("**Payment Terms.** Interest runs.", id="heading run in"),
        pytest.param("It ends on Friday or in March.", id="weekday and month"),
        pytest.param("It is in English and Arabic.", id="languages"),
        pytest.param("The law is that of Saudi Arabia.", id="state"),
        pytest.param("Pay VAT, in UTC, under P1 and SLAs.", id="acronyms"),
        pytest.param("See part A and part IV.", id="letters and numerals"),
        pytest.param("It uses PostgreSQL.", id="product name"),
        pytest.param("It obeys the Companies Act 2006.", id="statute with a year"),
        pytest.param("It obeys the Data Regulation (EU) 1.", id="statute of the Union"),
        pytest.param("It follows from Article 6 of that act.", id="article"),
        pytest.param("It reaches the Wi-Fi.", id="technical name"),
        pytest.param("It obeys the rules of the Bank of England.", id="institution"),
        pytest.param("It stands in the Key Terms and a Schedule.", id="own parts"),
    ],
)
def test_capitals_that_are_no_terms_are_left_alone(wording: str) -> None:
    assert phrases(wording) == []


@pytest.mark.parametrize(
    "use",
    [
        "the Service Credit",
        "all Service Credits",
        "the Service Credit’s amount",
        "both Service Credits’ amounts",
        "a Service Credit-related claim",
    ],
)
def test_every_form_of_a_term_counts_as_the_term(use: str) -> None:
    wording = f'We give a **"Service Credit"**.\n\nIt limits {use}.'

    assert phrases(wording) == []
    assert found("unused-term", paper(clause=wording)) == ()


@pytest.mark.parametrize(
    ("term", "use"),
    [
        ("Party", "the Parties"),
        ("Loss", "all Losses"),
        ("Tax", "the Taxes"),
        ("Branch", "its Branches"),
        ("Point of Contact", "the Points of Contact"),
        ("this Agreement", "the Agreement"),
        ("Priority 1 Incident", "all Priority 1 Incidents"),
        ("business day", "two business days"),
    ],
)
def test_plurals_and_odd_terms_are_known(term: str, use: str) -> None:
    wording = f'It is called **"{term}"**.\n\nIt covers {use}.'

    assert phrases(wording) == []
    assert found("unused-term", paper(clause=wording)) == ()


def test_the_longest_term_wins() -> None:
    wording = (
        'A **"Service"** has a **"Service Credit"**.\n\nThe Service Credit is paid.'
    )

    unused = found("unused-term", paper(clause=wording))

    assert [finding.message.split('"')[1] for finding in unused] == ["Service"]


def test_two_terms_that_touch_are_both_used() -> None:
    wording = (
        'The **"Customer"** has a **"Service Credit"**.\n\nIt is a Customer Service '
        "Credit."
    )

    assert phrases(wording) == []
    assert found("unused-term", paper(clause=wording)) == ()


def test_an_undefined_term_is_found_where_it_first_stands_in_the_source() -> None:
    clause = """\
        1. The price is fixed.
        1. The Monthly Fee is due in advance, and the
           Annual Fee afterwards.
        1. No Annual
           Fee is due for a part of a year.
        """
    findings = found("undefined-term", paper(fees=clause))

    assert places(findings) == [
        "clauses/fees/preferred.en.md:2:8",
        "clauses/fees/preferred.en.md:3:4",
    ]
    assert findings[1].message == (
        '"Annual Fee" is used (2 times) like a defined term but never defined; define '
        "it, or write it in lower case"
    )
    assert findings[0].severity is Severity.ERROR


def test_the_place_is_the_right_one_of_several() -> None:
    clause = 'Pay the "Fee". The **"Old Fee"** ends, the New Fee and the Fee begin.'

    findings = found("undefined-term", paper(fees=clause + "\n\nThe Old Fee is due."))

    assert [(f.message.split('"')[1], f.origin.column) for f in findings] == [
        ("Fee", 10),
        ("New Fee", 44),
    ]


def test_words_that_come_from_values_are_no_terms() -> None:
    files = paper(parties="It binds {{ parties.customer.legal_name }} in full.")
    name = "Contoso Retail Company"

    assert (
        found("undefined-term", files, f"parties: {{customer: {{legal_name: {name}}}}}")
        == ()
    )


def test_negotiated_wording_is_checked_where_it_stands() -> None:
    agreement = """\
        clauses:
          fees:
            text:
              en: |
                The price is fixed.

                The Monthly Fee is due.
        """
    findings = found("undefined-term", paper(fees="Nothing is due."), agreement)

    assert [finding.origin.file for finding in findings] == [AGREEMENT_FILE]
    assert [finding.origin.line for finding in findings] == [9]  # with template and id


def test_arabic_wording_is_not_searched_for_capitals() -> None:
    files = paper(fees="Nothing is due.")
    files |= clause_files("fees", 'الأجر Monthly Fee **"الأجر"** مستحق.', language="ar")

    assert found("undefined-term", files, "language: ar") == ()
    assert found("unused-term", files, "language: ar") == ()


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param('**"Fee"** means the price.', id="never used again"),
        pytest.param('**"Fee"** means the price. A Fee is net.', id="only in itself"),
        pytest.param('Pay the price (the **"Fee"**, and no Fee more).', id="sentence"),
    ],
)
def test_a_term_without_use_is_found(wording: str) -> None:
    findings = found("unused-term", paper(fees=wording))

    assert [finding.message.split('"')[1] for finding in findings] == ["Fee"]
    assert findings[0].severity is Severity.WARNING
    assert findings[0].origin.line == 1


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param('Pay a sum (the **"Fee"**). The Fee is net.', id="next sentence"),
        pytest.param('**"Fee"** means a sum.\n\nFees are net.', id="opens a sentence"),
        pytest.param('**"Fee"** means a sum.\n\nNo discount-Fee or Fee.', id="plain"),
    ],
)
def test_a_term_that_is_used_is_left_alone(wording: str) -> None:
    assert found("unused-term", paper(fees=wording)) == ()


def test_a_term_that_only_the_data_uses_is_used() -> None:
    files = paper(services='A **"Ticket"** is a report.\n\n{{ table("contacts") }}')
    agreement = """\
        parties: {provider: {}}
        contacts: [{key: desk, party: provider, purpose: "every ticket, day and night"}]
        """

    assert found("unused-term", files, agreement) == ()
    assert len(found("unused-term", files)) == 1


def test_a_term_that_is_defined_twice_is_found_with_both_places() -> None:
    files = paper(
        definitions='**"Fee"** means the price.',
        charges='The price is due.\n\nIt is called the **"Fee"**.',
    )

    findings = found("twice-defined-term", files)

    assert places(findings) == ["clauses/charges/preferred.en.md:3:18"]
    assert "clauses/definitions/preferred.en.md:1:1" in findings[0].message
    assert '"Definitions"' in findings[0].message


def test_singular_and_plural_may_both_be_defined() -> None:
    wording = '**"Service"** means one, **"Services"** means all.'

    assert found("twice-defined-term", paper(services=wording)) == ()


@pytest.mark.parametrize(
    ("second", "third", "count"),
    [
        ("what causes an Incident", "nothing", 1),
        ("what causes a Case", "what leads to an Incident", 1),
        ("what goes wrong", "what leads to an Incident", 0),
    ],
    ids=["two", "three", "none"],
)
def test_definitions_that_need_each_other_are_found(
    second: str, third: str, count: int
) -> None:
    files = paper(
        definitions=f'**"Incident"** means a Fault.\n\n**"Fault"** means {second}.\n\n'
        f'**"Case"** means {third}.\n'
    )

    findings = found("circular-definition", files)

    assert len(findings) == count
    assert all(finding.origin.line == 1 for finding in findings)


def test_a_name_given_in_passing_explains_nothing() -> None:
    files = paper(
        reports='The parties meet on each Report (a **"Meeting"**).\n\nThe results of '
        'each Meeting are written down (a **"Report"**).'
    )

    assert found("circular-definition", files) == ()


def test_a_term_of_the_definitions_that_is_defined_later_is_told() -> None:
    files = paper(
        definitions='**"Target"** means a Level of a Device.',
        devices='Each machine is a **"Device"**.',
        measuring='They agree on figures (each a **"Level"**).',
    )

    (finding,) = found("used-before-defined", files)

    assert '"Level" is used here and defined later' in finding.message
    assert str(finding.origin) == "clauses/definitions/preferred.en.md:1:22"


@pytest.mark.parametrize(
    "measuring",
    [
        '**"Level"** means a figure that they agree on.',  # explained, not in passing
        "They agree on figures.",  # not defined at all: another finding
    ],
)
def test_a_term_that_a_clause_of_its_own_explains_is_left_alone(measuring: str) -> None:
    files = paper(
        definitions='**"Target"** means a Level.',
        measuring=measuring,
    )

    assert found("used-before-defined", files) == ()
