"""Operations on a text: what is done, and what is held over as not certain."""

import pytest
from amending import agreement, clause, reads
from test_operations import SIGNED, clauses

from slacontracts.compare.applying import apply
from slacontracts.compare.executed import executed
from slacontracts.compare.operations import operations
from slacontracts.compose.numbering import number
from slacontracts.model.clause import Part
from slacontracts.model.document import Item, Paragraph, Words
from slacontracts.model.operation import (
    Deleted,
    Inserted,
    Operation,
    Place,
    Replaced,
    Retitled,
    Spot,
    Wording,
)


@pytest.mark.parametrize(
    "operation",
    [
        Retitled(Place(Part.CLAUSE, "2"), "Charges"),
        Deleted(Place(Part.CLAUSE, "2"), Spot("whole")),
        Inserted(Place(Part.CLAUSE, "2"), Wording((Item(()),), ("2.1",))),
    ],
)
def test_nothing_is_done_to_a_clause_that_was_deleted(operation: Operation) -> None:
    gone = executed(SIGNED, agreement(*clauses(fees=None)))
    assert gone.labels["fees.omitted"] == "2"

    assert apply(gone, [operation]) == (gone, (operation,))


TWINS = "| Hosting | 100 |\n| Hosting | 20 |\n| Support | 30 |\n| Travel | 40 |"


def test_a_row_whose_name_another_has_too_is_not_taken_for_it() -> None:
    text = number(agreement(clause("prices", TWINS, Part.SCHEDULE)))
    place = Place(Part.SCHEDULE, "Schedule 1")
    operation = Deleted(place, Spot("row", "Hosting", table=1, tables=1))

    assert apply(text, [operation]) == (text, (operation,))


ALONE = TWINS.replace("Hosting | 20", "Backup | 20")


@pytest.mark.parametrize("old", [TWINS, ALONE])
@pytest.mark.parametrize("new", [TWINS, ALONE])
def test_a_table_with_two_rows_of_one_name_is_replaced_as_a_whole(
    old: str, new: str
) -> None:
    base = number(agreement(clause("prices", old, Part.SCHEDULE)))
    amended = clause("prices", new.replace("30", "35"), Part.SCHEDULE)

    (operation, *_) = operations(base, executed(base, agreement(amended)))

    assert isinstance(operation, Replaced)
    is_certain = old == new == ALONE
    assert operation.spot.kind == ("row" if is_certain else "table")


LEVELS = "|! Level | Target | Credit\n| Uptime | 99.9 | 10\n| Repair | 4 hours | 5"


@pytest.mark.parametrize(
    "text",
    [
        LEVELS.replace("| Target", "| Goal"),
        LEVELS.replace("| Credit", "| Target"),
        LEVELS.replace("Uptime | 99.9", "Uptime"),
        LEVELS.replace("| Uptime", "| Repair"),
        LEVELS.replace("|!", "|"),
    ],
)
def test_an_entry_is_changed_only_where_its_row_and_column_are_certain(
    text: str,
) -> None:
    spot = Spot("cell", "Uptime", column="Target", table=1, tables=1)
    wording = Wording((Paragraph((Words("99.5"),)),), ("",))
    operation = Replaced(Place(Part.SCHEDULE, "Schedule 1"), spot, wording)
    sound, other = (
        number(agreement(clause("levels", one, Part.SCHEDULE)))
        for one in (LEVELS, text)
    )

    assert apply(other, [operation]) == (other, (operation,))
    assert "| Uptime | 99.5 | 10" in reads(apply(sound, [operation])[0])
