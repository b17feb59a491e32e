"""Clauses of an agreement's own: where they stand, and what they lack."""

import pytest
from drafting import clause_files, compose, numbered, template_file, words_of_clause

from slacontracts.model.clause import Part

LIBRARY = {
    **clause_files("term", "1. The term.\n"),
    **clause_files("audit", "1. The audit. {{ ref('term') }}\n"),
    **clause_files("notices", "1. Notices.\n"),
    **clause_files("schedule-fees", "1. Fees.\n", meta="part: schedule\n"),
    **template_file(
        "corporate/standard",
        "kind: customer\noutline: [term, audit, notices, schedule-fees]\n",
    ),
}
OWN = """\
clauses:
  price-review:
    title: {en: Price review}
    after: audit
    text: {en: "1. Prices are reviewed. [#yearly]\\n1. See {{ ref('notices') }}."}
"""


def test_a_clause_of_its_own_stands_and_counts_after_its_neighbour() -> None:
    document = numbered(LIBRARY, OWN)

    assert {key: document.labels[key] for key in document.block_labels} == {
        "term": "1",
        "audit": "2",
        "price-review": "3",
        "notices": "4",
        "schedule-fees": "Schedule 1",
    }
    assert document.labels["price-review/yearly"] == "3.1"
    clause = document.document.clauses[2]
    assert (clause.title, clause.part) == ("Price review", Part.CLAUSE)
    assert (clause.origin.level, clause.origin.position) == ("agreement", "bespoke")
    assert words_of_clause(clause).startswith("Prices are reviewed.")


def test_other_clauses_can_refer_to_it() -> None:
    text = "clauses:\n  term: {text: {en: \"1. {{ ref('price-review/yearly') }}\"}}\n"
    document = numbered(LIBRARY, text + OWN.removeprefix("clauses:\n"))

    assert document.references["price-review/yearly"] == (
        ("clause ", ""),
        ("3.1", "price-review/yearly"),
    )


def test_several_stand_in_the_order_of_the_file_and_may_follow_each_other() -> None:
    more = OWN + "".join(
        f"  {key}: {{title: {{en: {key}}}, after: {after}, text: {{en: 1. x}}}}\n"
        for key, after in (
            ("last", "second"),
            ("second", "audit"),
            ("first-of-review", "price-review"),
            ("annex", "schedule-fees"),
        )
    )

    document = numbered(LIBRARY, more).document

    assert [clause.key for clause in document.clauses] == [
        "term",
        "audit",
        "price-review",
        "first-of-review",
        "second",
        "last",
        "notices",
        "schedule-fees",
        "annex",
    ]
    assert document.clauses[-1].part is Part.SCHEDULE


@pytest.mark.parametrize(
    ("clause", "code", "says"),
    [
        ("own: {title: {en: Own}, text: {en: 1. x}}", "own-clause-incomplete",
         "lacks after: KEY"),
        ("own: {title: {en: Own}, after: term}", "own-clause-incomplete",
         "lacks text: {en: ...}"),
        ("own: {after: term, text: {en: 1. x}}", "own-clause-incomplete",
         "lacks title: {en: ...}"),
        ("own: {title: {ar: x}, after: term, text: {ar: 1. x}}",
         "own-clause-incomplete", "lacks title: {en: ...}, its title and text:"),
        ("audit: {title: {en: Audit}, after: term, text: {en: 1. x}}",
         "own-clause-in-library", 'the library has a clause "audit"'),
        ("own: {title: {en: Own}, after: audti, text: {en: 1. x}}",
         "clause-not-in-outline", 'did you mean "audit"?'),
        ("own: {title: {en: Own}, after: own, text: {en: 1. x}}",
         "clause-not-in-outline", 'follows "own", which this agreement does not have'),
        ("own: {text: {en: 1. x}}", "unknown-clause", 'no clause "own" in the library'),
        ("own: {titel: {en: Own}, after: term, text: {en: 1. x}}", "wrong-value",
         "A clause that the library does not have is written"),
    ],
)  # fmt: skip
def test_what_a_clause_of_its_own_lacks_is_said_where_it_stands(
    clause: str, code: str, says: str
) -> None:
    _, [finding] = compose(LIBRARY, f"clauses:\n  {clause}\n")

    assert finding.code == code
    assert says in finding.message
    assert finding.origin.line == 4
