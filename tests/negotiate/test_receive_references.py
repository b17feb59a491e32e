"""What somebody writes into a cross-reference is a change like any other."""

from functools import cache

import pytest
from counterparty import Counterparty
from sample_documents import clause, numbered, words
from test_render_docx import standard

from slacontracts.model.anchors import AnchorMap
from slacontracts.model.clause import Part
from slacontracts.model.document import Item, Paragraph, Reference, Words
from slacontracts.model.proposal import Edit, Proposal
from slacontracts.negotiate.receive import read_answer
from slacontracts.render.anchors import anchor_map
from slacontracts.render.docx import render_docx
from slacontracts.word.gate import admit

LINE = "The cap of Schedule 1 counts for all claims."


@cache
def sent() -> tuple[bytes, AnchorMap]:
    made = numbered(
        clause(
            "fees",
            "Fees",
            Item(
                (
                    Words("The cap of "),
                    Reference("term"),
                    Words(" counts for all claims."),
                )
            ),
        ),
        clause("term", "Term", Paragraph(words("It is a year.")), part=Part.SCHEDULE),
    )
    style = standard()
    data = render_docx(made, style, version="1", execution=False, anchored=True)
    return data, anchor_map(made, style, version="1")


def answer(
    start: str, end: str, new: str, *, at_next: bool = False
) -> tuple[Proposal, ...]:
    """Return what is proposed after what stands from one word to another was replaced."""
    theirs = Counterparty(sent()[0])
    at = LINE.index(start) if start else LINE.index(" counts")
    stop = at + len(end)
    paragraph = theirs.paragraph("counts for all claims")
    theirs.replace(paragraph, at, stop, new, at_next=at_next)
    before = admit(sent()[0], "sent.docx")
    returned = admit(theirs.data(), "returned.docx")
    return read_answer(before, returned, sent()[1], language="en").proposals


def edited(edits: tuple[Edit, ...]) -> str:
    text = LINE
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("start", "end", "new", "reads"),
    [
        ("1 counts", "1", "3", "Schedule 3"),
        ("1 counts", "", "1", "Schedule 11"),
        ("ule 1", "ule ", "", "Sched1"),
        ("edule 1", "", "-", "Sch-edule 1"),
        ("", "", ".4", "Schedule 1.4"),
        ("Schedule", "Schedule 1", "part 3", "part 3"),
    ],
)
def test_words_in_a_reference_are_a_change(
    start: str, end: str, new: str, reads: str
) -> None:
    (one,) = answer(start, end, new)

    assert one.kind == "wording"
    assert edited(one.edits) == LINE.replace("Schedule 1", reads)


def test_words_behind_a_reference_leave_the_reference() -> None:
    (one,) = answer("", "", " or 3")

    assert (one.old, one.new) == ("", " or 3")
