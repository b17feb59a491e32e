"""References: to what is not there, and to the clause itself."""

import pytest
from checking import found, paper, places
from drafting import clause_files

from slacontracts.model.finding import Severity

CHARGES = """\
    1. The price is due. [#due]
    1. It is net. [#net]
    """


def refer(target: str) -> str:
    return f'The price is fixed.\n\nIt is due as\n{{{{ ref("{target}") }}}} says.'


def test_a_reference_to_a_missing_item_is_found_with_the_nearest() -> None:
    files = paper(charges=CHARGES, credits=refer("charges/nett"))

    findings = found("broken-reference", files)

    assert places(findings) == ["clauses/credits/preferred.en.md:4:4"]
    assert findings[0].severity is Severity.ERROR
    assert findings[0].message == (
        'no item of "Charges" is marked [#nett] in this agreement; did you mean '
        '"charges/net"?'
    )


def test_a_reference_to_a_clause_that_was_left_out_is_found() -> None:
    files = paper(charges=CHARGES, credits=refer("charges"))

    findings = found("broken-reference", files, "clauses: {charges: omit}")

    assert len(findings) == 1
    assert '"Charges" (charges) is not part of this agreement' in findings[0].message


def test_a_reference_to_a_clause_that_nobody_knows_is_found_with_the_nearest() -> None:
    files = paper(charges=CHARGES, credits=refer("chargs"))

    findings = found("broken-reference", files)

    assert [finding.message for finding in findings] == [
        'there is no clause "chargs" to refer to; did you mean "charges"?'
    ]


def test_a_reference_to_an_item_that_a_condition_left_out_is_found() -> None:
    charges = "{% if master %}\n1. It follows the other. [#master]\n{% endif %}\n1. So."
    files = paper(charges=charges, credits=refer("charges/master"))

    assert len(found("broken-reference", files)) == 1
    assert found("broken-reference", files, "master: {reference: MSA-1}") == ()


@pytest.mark.parametrize("target", ["charges", "charges/due", "charges/net"])
def test_a_reference_to_what_is_there_is_left_alone(target: str) -> None:
    files = paper(charges=CHARGES, credits=refer(target))

    assert found("broken-reference", files) == ()


@pytest.mark.parametrize(
    ("target", "word"), [("charges", "clause"), ("charges/due", "item")]
)
def test_a_clause_or_item_that_refers_to_itself_is_mentioned(
    target: str, word: str
) -> None:
    own = f'1. It is due as {{{{ ref("{target}") }}}} says. [#due]\n1. It is net.'

    findings = found("self-reference", paper(charges=own))

    assert [finding.severity for finding in findings] == [Severity.INFO]
    assert findings[0].message == (
        f'"Charges" refers to itself; write "this {word}" instead'
    )


def test_a_reference_to_another_item_of_the_same_clause_is_left_alone() -> None:
    own = '1. It is due. [#due]\n1. It is net, as {{ ref("charges/due") }} says.'

    assert found("self-reference", paper(charges=own)) == ()


def test_a_reference_in_another_language_is_found_where_it_stands() -> None:
    files = paper(charges=CHARGES)
    files |= clause_files("charges", "الأجر في {{ ref('fees') }} مستحق.", language="ar")

    findings = found("broken-reference", files, "language: ar")

    assert places(findings) == ["clauses/charges/preferred.ar.md:1:13"]


def test_a_reference_in_wording_that_is_not_translated_is_found_in_the_english() -> (
    None
):
    files = paper(charges="It is due as\n{{ ref('fees') }} says.")

    findings = found("broken-reference", files, "language: ar")

    assert places(findings) == ["clauses/charges/preferred.en.md:2:4"]
    assert 'no clause "fees"' in findings[0].message


def test_wording_negotiated_in_another_language_leaves_the_place_alone() -> None:
    files = paper(charges="It is due as\n{{ ref('fees') }} says.")
    agreement = "clauses: {charges: {text: {ar: الأجر مستحق.}}}"

    findings = found("broken-reference", files, agreement)

    assert places(findings) == ["clauses/charges/preferred.en.md:2:4"]
