"""Blanks, tables and wording: what a composed clause says."""

import pytest
from drafting import clause_files, compose, composed, template_file, words_of_clause

from slacontracts.model.document import Blank, Reference, Table, Value, Words

CLAUSE = template_file("corporate/standard", "outline: [fees]\n")
VALUES = """\
values:
  /fees/due_days: {type: integer}
  /fees/note: {type: text}
  /fees/sum: {type: money}
"""


def fees(text: str) -> dict[str, str]:
    return {**CLAUSE, **clause_files("fees", text, meta=VALUES)}


UNREAD = "{% if fees.note or fees.sum or fees.due_days %}{% endif %}\n"


def test_a_value_keeps_its_address_and_how_it_was_written() -> None:
    files = fees(
        UNREAD + "Pay {{ fees.sum | money }} within {{ fees.due_days | days }}."
    )

    document = composed(
        files, 'fees: {due_days: 30, sum: {amount: "4500", currency: EUR}}'
    )

    assert document.clauses[0].blocks[0].inlines == (  # type: ignore[union-attr]
        Words("Pay "),
        Value("/fees/sum", "EUR 4,500.00", "money"),
        Words(" within "),
        Value("/fees/due_days", "30 days", "days"),
        Words("."),
    )


def test_a_missing_value_is_a_blank_with_its_address() -> None:
    document = composed(fees(UNREAD + "Pay within {{ fees.due_days | days }}."))

    assert document.clauses[0].blocks[0].inlines[1] == Blank("/fees/due_days")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value",
    [
        "A & B <Ltd>",
        "*not bold*",
        '**"Not a term"**',
        "{{ x }}",
        "{% if %}",
        "{# note",
        "1. not an item",
        "[#anchor]",
        "`code` \\ back",
        "شركة الاختبار",
        "😀 emoji",
        "line one\nline two",
        "x" * 5_000,
        " spaces around ",
    ],
)
def test_no_value_can_be_taken_for_markup(value: str) -> None:
    from slacontracts.source.write import write_agreement

    agreement = write_agreement(
        {"id": "SLA-1", "template": "corporate/standard", "fees": {"note": value}}
    )

    document = composed(fees(UNREAD + "1. Note: {{ fees.note }}; end."), agreement)

    assert document.clauses[0].blocks[0].inlines == (  # type: ignore[union-attr]
        Words("Note: "),
        Value("/fees/note", value),
        Words("; end."),
    )


def test_a_reference_and_a_table_take_their_places() -> None:
    document = composed(
        fees(UNREAD + 'See {{ ref("fees") }}.\n\n{{ table("charges") }}\n'),
        "services: [{key: web, name: Web, price: {amount: 5, currency: EUR}}]\n",
    )

    sentence, table = document.clauses[0].blocks
    assert Reference("fees") in sentence.inlines  # type: ignore[union-attr]
    assert isinstance(table, Table)
    assert table.name == "charges"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("one\n\n{{ fees.due_days }}", "value-without-form", 4),
        ("one\n\n{{ fees.note | date }}", "value-in-wrong-form", 4),
        ("one\n\n{{ table('nothing') }}", "unknown-table", 4),
        ("one\n\nsee {{ table('charges') }}", "markup", 4),
        ("one\n\n2. two {{ fees.note }}", "markup", 4),
        ("{% if fees.sum > 3 %}x{% endif %}", "text-cannot-be-filled", 2),
    ],
)
def test_a_text_that_cannot_be_filled_is_a_finding_in_its_line(
    text: str, code: str, line: int
) -> None:
    result, findings = compose(
        fees(UNREAD + text),
        'fees: {due_days: 30, note: x, sum: {amount: "1", currency: EUR}}\n',
    )

    assert result is not None
    assert [finding.code for finding in findings] == [code]
    assert findings[0].origin.file == "clauses/fees/preferred.en.md"
    assert findings[0].origin.line == line


def test_bespoke_wording_is_filled_and_its_faults_point_into_the_agreement() -> None:
    files = fees(UNREAD + "Library words.")
    agreement = (
        "clauses:\n  fees:\n    text:\n      en: |\n"
        "        Within {{ fees.due_days | days }}.\n\n        {{ fees.note ~ fees.note }}\n"
    )

    result, findings = compose(files, agreement + "fees: {due_days: 10}\n")

    assert result is not None
    assert [(f.code, f.origin.line) for f in findings] == [("markup", 9)]
    good = (
        agreement.replace(" ~ fees.note", "") + "fees: {due_days: 10, note: Thanks}\n"
    )
    document = composed(files, good)
    assert words_of_clause(document.clauses[0]) == "Within 10 days.\nThanks"
    assert document.clauses[0].origin.position == "bespoke"


def test_negotiated_wording_that_reads_an_unknown_value_is_reported() -> None:
    agreement = "clauses: {fees: {text: {en: 'Pay {{ fees.due_dys | days }}.'}}}\n"

    result, findings = compose(fees(UNREAD + "x"), agreement)

    assert result is not None
    assert [finding.code for finding in findings] == ["undeclared-value"]
    assert 'did you mean "/fees/due_days"' in findings[0].message


def test_wording_that_lacks_the_language_is_reported_and_english_is_shown() -> None:
    result, findings = compose(fees(UNREAD + "English."), "language: ar\n")

    assert result is not None
    assert [finding.code for finding in findings] == ["missing-wording"]
    assert words_of_clause(result.numbered.document.clauses[0]) == "English."


def test_negotiated_wording_that_lacks_the_language_is_reported() -> None:
    result, findings = compose(
        fees(UNREAD + "English."), "clauses: {fees: {text: {ar: نص}}}\n"
    )

    assert result is not None
    assert [finding.code for finding in findings] == ["missing-wording"]
    assert findings[0].origin.path == "/clauses/fees/text"


def test_signatures_take_the_names_of_their_parties() -> None:
    document = composed(
        fees(UNREAD + "x"),
        "parties: {customer: {legal_name: Contoso LLC}}\n"
        "signatories:\n  - {party: customer, name: A. Person, witness: yes}\n"
        "  - {party: provider}\n",
    )

    first, second = document.signatures
    assert (first.number, first.legal_name, first.name) == (
        1,
        "Contoso LLC",
        "A. Person",
    )
    assert first.has_witness
    assert (second.number, second.legal_name, second.name) == (2, "", "")
