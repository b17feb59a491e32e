"""Where two amendments say something of the same text, and what those places are."""

from dataclasses import replace

import pytest
from amending import agreement, clause

from slacontracts.compare.executed import executed
from slacontracts.compare.operations import operations
from slacontracts.compare.overtaking import meeting, named
from slacontracts.compose.numbering import number
from slacontracts.model.clause import Part
from slacontracts.model.document import AgreementDocument

TEXTS = {
    "background": "- The Provider hosts.\n- The Customer sells.",
    "definitions": "In this:\n**Day** means 24 hours.\n**Fee** means the sum.",
    "fees": """
        The Customer pays.
        - Fees are due:
        -- monthly; and
        -- in advance.
        - Interest runs.
        """,
    "levels": """
        |! Level | Target | Hours
        | Uptime | 99.9 | always
        | Repair | 4 hours | office
        | Answer | 1 hour | office
        """,
}
PARTS = {"background": Part.BACKGROUND, "levels": Part.SCHEDULE}
Edit = tuple[str, str]


def text(edits: tuple[Edit, ...]) -> AgreementDocument:
    texts = dict(TEXTS)
    for old, new in edits:
        (key,) = [one for one, said in texts.items() if old in said]
        texts[key] = texts[key].replace(old, new)
    gone = {one for one, said in texts.items() if said.strip() == "gone"}
    return agreement(
        *(
            clause(one, said, PARTS.get(one, Part.CLAUSE))
            for one, said in texts.items()
            if one not in gone
        )
    )


def met(earlier: tuple[Edit, ...], later: tuple[Edit, ...]) -> list[str]:
    """Return the names of what the later amendment changes of the earlier one's."""
    base = number(text(()))
    once = executed(base, text(earlier))
    twice = executed(once, text((*earlier, *later)))
    found = meeting(operations(base, once), operations(once, twice))
    return list(named(found, once))


UPTIME = ("| Uptime | 99.9 | always", "| Uptime | 99.5 | always")
ENTRY = "the entry under “Target” in the row for “Uptime” in the table of Schedule 1 (Levels)"


@pytest.mark.parametrize(
    ("earlier", "later", "places"),
    [
        (UPTIME, ("99.5", "99.0"), [ENTRY]),
        (UPTIME, ("99.5 | always", "99.5 | office"), []),
        (UPTIME, ("| 4 hours", "| 8 hours"), []),
        (
            UPTIME,
            ("Hours", "Times"),
            ["the table of Schedule 1 (Levels)"],
        ),
        (UPTIME, ("| Uptime | 99.5 | always\n", ""), []),
        (
            ("| Repair", "| Pause | 5 | office\n| Repair"),
            ("| Pause | 5", "| Pause | 6"),
            ["the entry under “Target” in the row for “Pause” in the table of Schedule 1 (Levels)"],
        ),
        (
            ("| Repair", "| Pause | 5 | office\n| Repair"),
            ("| Repair", "| Rest | 5 | office\n| Repair"),
            ["what comes after the row for “Pause” in the table of Schedule 1 (Levels)"],
        ),
        (("monthly", "weekly"), ("in advance", "later"), []),
        (("monthly", "weekly"), ("weekly", "daily"), ["Clause 2.1(a) (Fees)"]),
        (("monthly", "weekly"), ("Fees are due", "Fees come"), []),
        (
            ("monthly", "weekly"),
            (
                "Fees are due:\n        -- weekly; and\n        -- in advance.",
                "Fees come:\n        -- daily; and\n        -- later.",
            ),
            ["Clause 2.1 (Fees)"],
        ),
        (
            ("-- in advance.", "-- now; and\n-- in advance."),
            ("-- now", "-- today"),
            ["Clause 2.1(aa) (Fees)"],
        ),
        (
            ("-- in advance.", "-- now; and\n-- in advance."),
            ("-- in advance.", "-- here; and\n-- in advance."),
            ["Clause 2.1(ab) (Fees)"],
        ),
        (("24 hours", "a day"), ("the sum", "a sum"), []),
        (("24 hours", "a day"), ("a day", "one day"), ["the definition of “Day” in Clause 1 (Definitions)"]),
        (("In this", "Here"), ("24 hours", "a day"), []),
        (("sells", "buys"), ("buys", "rents"), ["Recital (B)"]),
        (("Interest runs.", "Interest runs on."), (TEXTS["fees"], "gone"), []),
    ],
)  # fmt: skip
def test_two_amendments_meet_where_one_holds_what_the_other_changes(
    earlier: Edit, later: Edit, places: list[str]
) -> None:
    if later[1] == "gone":
        later = (TEXTS["fees"].replace(*earlier), "gone")

    assert met((earlier,), (later,)) == places


def test_a_new_clause_is_met_by_what_changes_it_or_comes_beside_it() -> None:
    base = number(text(()))
    travel = clause("travel", "- Travel is extra.")
    once = executed(base, agreement(*text(()).clauses, travel))
    cheaper = clause("travel", "- Travel is included.")
    more = clause("more", "- More.")
    twice = executed(once, agreement(*text(()).clauses, cheaper, more))

    found = meeting(operations(base, once), operations(once, twice))

    assert named(found, once) == ("Clause 3.1 (Travel)", "Clause 4 (More)")


def test_headings_and_the_title_are_met_by_themselves_alone() -> None:
    base = number(text(()))
    once = executed(base, _retitled(base.document, "Charges"))
    twice = executed(once, _retitled(base.document, "Prices"))

    found = meeting(operations(base, once), operations(once, twice))
    wording = meeting(operations(base, once), operations(base, executed(base, text((("Interest runs", "It runs"),)))))  # fmt: skip

    assert named(found, once) == (
        "the title of the Agreement",
        "the heading of Clause 2 (Charges)",
    )
    assert wording == ()


def _retitled(document: AgreementDocument, title: str) -> AgreementDocument:
    clauses = tuple(
        replace(one, title=title) if one.key == "fees" else one
        for one in document.clauses
    )
    return replace(document, title=f"{title} Agreement", clauses=clauses)


def test_a_part_that_both_replace_is_named() -> None:
    base = number(agreement(clause("term", "- Three years.")))
    texts = [
        agreement(clause("key-terms", said, Part.KEY_TERMS), *base.document.clauses)
        for said in ("Key terms.", "Other terms.")
    ]
    once = executed(base, texts[0])

    found = meeting(operations(base, once), operations(once, executed(once, texts[1])))

    assert named(found, once) == ("the part headed “Key terms”",)


@pytest.mark.parametrize(
    ("earlier", "later", "places"),
    [
        pytest.param(
            UPTIME,
            ("| Uptime", "| Running time"),
            ["the row for “Uptime” in the table of Schedule 1 (Levels)"],
            id="a row under another name",
        ),
        pytest.param(
            ("24 hours", "a day"),
            ("**Day**", "**Full Day**"),
            ["the definition of “Day” in Clause 1 (Definitions)"],
            id="a definition of another term",
        ),
    ],
)
def test_what_is_deleted_and_comes_back_elsewhere_brings_what_the_earlier_one_said(
    earlier: Edit, later: Edit, places: list[str]
) -> None:
    assert met((earlier,), (later,)) == places


def test_a_clause_that_moves_brings_what_the_earlier_one_said_in_it() -> None:
    others = [clause(one, f"- {one}.") for one in ("travel", "hardware")]
    fees = [clause("fees", f"- Fees are due {one}.") for one in ("monthly", "weekly")]
    base = number(agreement(fees[0], *others))
    once = executed(base, agreement(fees[1], *others))
    later = operations(once, executed(once, agreement(*others, fees[1])))

    found = named(meeting(operations(base, once), later), once)

    assert found == ("Clause 1 (Fees)",)
