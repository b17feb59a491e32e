"""Outline operations: a clause stands once, wherever it is added a second time."""

import pytest
from drafting import clause_files, compose, template_file

LIBRARY = {
    **clause_files("term", "It lasts."),
    **clause_files("liability", "Capped."),
    **clause_files("support", "Office hours."),
    **clause_files("schedule-charges", "Charges.", meta="part: schedule\n"),
    **clause_files("schedule-levels", "Levels.", meta="part: schedule\n"),
}
UPPER = "outline: [term, liability, support]\nschedules: [levels]\n"
ALL = "term liability support schedule-levels"


def of(template: str, upper: str = UPPER) -> dict[str, str]:
    return {
        **LIBRARY,
        **template_file("corporate/standard", upper),
        **template_file("service/hosting", f"parent: corporate/standard\n{template}"),
    }


@pytest.mark.parametrize(
    ("template", "order", "place"),
    [
        ("schedules: [levels, levels]\n", ALL, "/schedules/1"),
        ("schedules: [levels, schedule-levels]\n", ALL, "/schedules/1"),
        ("outline: [schedule-levels]\n", ALL, "/outline/0"),
        (
            "outline: [schedule-charges]\nschedules: [levels, charges]\n",
            "term liability support schedule-levels schedule-charges",
            "/outline/0",
        ),
        ("outline: [{replace: term, with: support}]\n", ALL, "/outline/0"),
        ("outline: [{replace: term, with: schedule-levels}]\n", ALL, "/outline/0"),
        ("outline: [term]\n", ALL, "/outline/0"),
        ("outline: [{add: term, after: support}]\n", ALL, "/outline/0"),
        (
            "outline: [schedule-charges, schedule-charges]\n",
            "term liability support schedule-charges schedule-levels",
            "/outline/1",
        ),
    ],
)
def test_a_clause_that_stands_already_is_not_added_a_second_time(
    template: str, order: str, place: str
) -> None:
    result, findings = compose(of(template), "template: service/hosting\n")

    assert [finding.code for finding in findings] == ["clause-added-twice"]
    assert findings[0].origin.file == "templates/service/hosting.yaml"
    assert findings[0].origin.path == place
    assert result is not None
    clauses = result.numbered.document.clauses
    assert [clause.key for clause in clauses] == order.split()


@pytest.mark.parametrize(
    ("outline", "order"),
    [
        ("[{remove: term}, {add: term, after: support}]", "liability support term"),
        (
            "[{replace: term, with: term, position: preferred}]",
            "term liability support",
        ),
        ("[{move: term, after: liability}]", "liability term support"),
    ],
)
def test_what_leaves_one_of_it_is_no_fault(outline: str, order: str) -> None:
    result, findings = compose(
        of(f"outline: {outline}\n"), "template: service/hosting\n"
    )

    assert findings == ()
    assert result is not None
    clauses = result.numbered.document.clauses
    assert [clause.key for clause in clauses] == [*order.split(), "schedule-levels"]


def test_a_schedule_may_go_from_the_list_into_the_outline() -> None:
    template = "outline: [{add: schedule-levels, after: term}]\nschedules: []\n"

    result, findings = compose(of(template), "template: service/hosting\n")

    assert findings == ()
    assert result is not None
    assert ALL.split()[-1] == result.numbered.document.clauses[-1].key


@pytest.mark.parametrize("neighbour", ["schedule-charges", "term"])
def test_a_clause_that_moves_beside_nothing_stays_where_it_is(neighbour: str) -> None:
    template = f"outline: [{{move: term, after: {neighbour}}}]\n"

    result, findings = compose(of(template), "template: service/hosting\n")

    assert [finding.code for finding in findings] == ["clause-not-in-outline"]
    assert result is not None
    clauses = result.numbered.document.clauses
    assert [clause.key for clause in clauses] == ALL.split()
