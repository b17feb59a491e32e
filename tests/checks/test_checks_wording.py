"""Wording: repeated figures, typed numbers, lost subjects, long sentences, meanings."""

import pytest
from checking import EMPTY, found, paper, paths, places
from drafting import clause_files, template_file

DATA = """\
term: {initial: P36M, notice: P90D}
services: [{key: shop, targets: [{key: a, metric: availability, target: "99.9"}]}]
"""


@pytest.mark.parametrize(
    ("wording", "place"),
    [
        ("Availability is at least 99.9 % a month.", "1:26"),
        ("Availability is 99.9% a month.", "1:17"),
        ("Availability is 99.90 percent.", "1:17"),
        ("The parties agree on notice of 90 days.", "1:32"),
        ("It runs for a 36-month term.", "1:15"),
    ],
)
def test_a_figure_that_stands_in_the_data_is_found(wording: str, place: str) -> None:
    findings = found("repeated-figure", paper(clause=wording), DATA)

    assert places(findings) == [f"clauses/clause/preferred.en.md:{place}"]


@pytest.mark.parametrize(
    "wording",
    [
        "Availability is at least 99.8% a month.",
        "The notice is 90 hours.",
        "The notice is {{ term.notice | duration }}.",
        "The standard ISO 90 days after.",
        "See page 36 months.",
    ],
)
def test_other_figures_are_left_alone(wording: str) -> None:
    data = DATA.replace("P36M", "P24M").replace("P90D", "P60D")

    text = DATA if "99.8" in wording or "hours" in wording or "{{" in wording else data
    assert found("repeated-figure", paper(clause=wording), text) == ()


@pytest.mark.parametrize(
    "title",
    ["4. Term", "4.2 Term", "(a) Term", "Clause 7 Term", "Schedule 1 Charges"],
)
def test_a_heading_with_a_typed_number_is_found(title: str) -> None:
    files = paper(clause=EMPTY)
    name = "clauses/clause/clause.yaml"
    numbered = {
        **files,
        name: files[name].replace("{en: Clause}", f'{{en: "{title}"}}'),
    }

    assert [f.origin.file for f in found("typed-number", numbered)] == [name]
    assert found("typed-number", files) == ()
    assert paths(found("typed-number", files, f'title: "{title}"')) == ["/title"]


@pytest.mark.parametrize(
    ("wording", "count"),
    [
        ("1. 4.1 The Provider acts.", 1),
        ("1. (a) it acts.", 1),
        ("1. It acts.", 0),
        ("1. 24 hours are enough.", 0),
        ("1. A party acts.", 0),
    ],
)
def test_a_paragraph_with_a_typed_number_is_found(wording: str, count: int) -> None:
    assert len(found("typed-number", paper(clause=wording))) == count


@pytest.mark.parametrize(
    ("wording", "count"),
    [
        ("Reports shall be provided monthly.", 1),
        ("A copy must not be kept.", 1),
        ("It must be told at once. It is told by the customer.", 1),
        ("Reports shall be provided monthly by the provider.", 0),
        ("The provider must be able to show it.", 0),
        ("The provider must provide reports.", 0),
    ],
)
def test_an_obligation_of_nobody_is_told(wording: str, count: int) -> None:
    assert len(found("obligation-without-subject", paper(clause=wording))) == count


def test_a_sentence_beyond_sixty_words_is_told() -> None:
    short = "It is short. "
    sixty = " ".join(["word"] * 60) + "."
    longer = "One more " + " ".join(["word"] * 59) + "."

    assert found("long-sentence", paper(clause=short + sixty)) == ()
    (finding,) = found("long-sentence", paper(clause=short + longer))
    assert "has 61 words" in finding.message
    assert finding.origin.column == len(short) + 1


def clauses(*wordings: str) -> dict[str, str]:
    meta = (
        "values: {/invoicing/due_days: {type: integer, unit: day}, "
        "/term_rules/warn_days: {type: integer, unit: day}}"
    )
    files: dict[str, str] = {}
    for at, wording in enumerate(wordings):
        files |= clause_files(f"clause-{at}", wording, meta=meta)
    outline = ", ".join(f"clause-{at}" for at in range(len(wordings)))
    return files | template_file("corporate/standard", f"outline: [{outline}]\n")


VALUES = 'invoicing: {due_days: "30"}\nterm_rules: {warn_days: "30"}\n'
PAYS = "Invoices are payable within {{ invoicing.due_days | days }}."


@pytest.mark.parametrize(
    "other",
    [
        "A party may leave with {{ invoicing.due_days | days }} notice.",
        "A party may leave with {{ invoicing.due_days | days }}' written notice.",
        "A party may leave with notice of at least {{ invoicing.due_days | days }}.",
        "It lasts {{ invoicing.due_days | number }} months.",
        "It is reduced by {{ invoicing.due_days | number }}%.",
    ],
)
def test_a_value_with_two_meanings_is_found(other: str) -> None:
    findings = found("value-with-two-meanings", clauses(PAYS, other), VALUES)

    assert [f.origin.file for f in findings] == ["clauses/clause-1/preferred.en.md"]


@pytest.mark.parametrize(
    "other",
    [
        PAYS,
        "A party may leave with {{ term_rules.warn_days | days }} notice.",
        "It may ask for it {{ invoicing.due_days | number }} days after the invoice.",
        "The {{ invoicing.due_days | words }} ({{ invoicing.due_days | number }}) days.",
    ],
)
def test_a_value_with_one_meaning_is_left_alone(other: str) -> None:
    assert found("value-with-two-meanings", clauses(PAYS, other), VALUES) == ()
