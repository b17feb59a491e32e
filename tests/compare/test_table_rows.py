"""Rows of a table are named only where the words can mean no other row."""

import pytest
from amending import agreement, clause, reads

from slacontracts.compare.applying import apply
from slacontracts.compare.executed import executed
from slacontracts.compare.instructions import Instructions
from slacontracts.compare.operations import operations
from slacontracts.compose.numbering import number
from slacontracts.model.document import AgreementDocument, NumberedDocument

HEADS = "|! Name | Target"


def levels(*rows: str) -> AgreementDocument:
    """Return an agreement with a table; a row of one cell heads a group."""
    return agreement(clause("levels", "\n".join((HEADS, *rows))))


def said(old: NumberedDocument, new: AgreementDocument) -> list[str]:
    """Return the sentences of the amendment; it must make the amended text."""
    after = executed(old, new)
    found = operations(old, after)
    assert [reads(text) for text in apply(old, found)[:1]] == [reads(after)]
    return [Instructions(old).sentence(one) for one in found]


WHOLE = ["In Clause 1 (Levels), the table is deleted and replaced by:"]
REST = ("| Errors | 1 %", "| Reports | 3", "| Staff | 4")


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        pytest.param(
            ("|# Hosting", "| Speed | 1 s", "|# Backup", "| Speed | 2 s", *REST),
            ("|# Hosting", "| Speed | 1 s", "|# Backup", "| Speed | 3 s", *REST),
            [
                "In the table of Clause 1 (Levels), in the row for “Speed” under "
                "“Backup”, the entry under “Target” is deleted and replaced by:"
            ],
            id="the group tells which",
        ),
        pytest.param(
            ("| Speed | 1 s", "|# Backup", "| Speed | 2 s", *REST),
            ("| Speed | 3 s", "|# Backup", "| Speed | 2 s", *REST),
            WHOLE,
            id="a row without a group, and one of a group, of the same name",
        ),
        pytest.param(
            ("|# Support", "| Speed | 1 s", "|# Backup", "| Support | 2 s", *REST),
            (
                "|# Support",
                "| Desk | 7",
                "| Speed | 1 s",
                "|# Backup",
                "| Support | 2 s",
                *REST,
            ),
            WHOLE,
            id="a group named as a row of another",
        ),
    ],
)
def test_a_row_is_named_only_where_its_words_are_those_of_no_other(
    old: tuple[str, ...], new: tuple[str, ...], sentences: list[str]
) -> None:
    assert said(number(levels(*old)), levels(*new)) == sentences
