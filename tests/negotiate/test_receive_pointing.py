"""References that say or point to something else, and numbers that deceive, are told."""

from collections.abc import Callable
from typing import Any

import pytest
from counterparty import Counterparty
from lxml import etree
from negotiating import sent as plain_sent
from test_receive_references import sent as sent_with_reference

from slacontracts.negotiate.receive import read_answer
from slacontracts.word.gate import admit
from slacontracts.word.names import W, w

Edit = Callable[[Counterparty], object]


def notices(edit: Edit, *, has_reference: bool) -> tuple[str, ...]:
    """Return what is told of a file in which somebody edited without tracking."""
    data, anchors = sent_with_reference() if has_reference else plain_sent()
    theirs = Counterparty(data, tracked=False)
    edit(theirs)
    before, returned = admit(data, "sent.docx"), admit(theirs.data(), "back.docx")
    return read_answer(before, returned, anchors, language="en").notices


def in_body(change: Callable[[Any], None]) -> Edit:
    def edit(theirs: Counterparty) -> None:
        change(theirs.paragraph("counts for all claims"))

    return edit


def result_reads(text: str) -> Edit:
    """Return an edit of what the one reference shows."""

    def change(paragraph: Any) -> None:
        (shown,) = (one for one in paragraph.iter(w("t")) if one.text == "Schedule 1")
        shown.text = text

    return in_body(change)


def code_reads(old: str, new: str) -> Edit:
    def change(paragraph: Any) -> None:
        for code in paragraph.iter(w("instrText")):
            code.text = code.text.replace(old, new)

    return in_body(change)


def swapped(theirs: Counterparty) -> None:
    root = theirs.paragraph("counts for all claims").getroottree()
    names = {"_c_fees": "_c_term", "_c_term": "_c_fees"}
    for mark in root.iter(w("bookmarkStart")):
        name = mark.get(w("name"))
        mark.set(w("name"), names.get(name, name))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (result_reads("Schedule 1 or 0% of it if so"), "shows “Schedule 1 or 0% of it"),
        (result_reads("Schedule 1 to 99"), "shows “Schedule 1 to 99”"),
        (result_reads("0 EUR"), "a cross-reference shows “0 EUR”"),
        (code_reads("_c_term", "_c_fees"), "“Schedule 1” shows what it showed, but"),
        (swapped, "cross-references to it lead to"),
    ],
)
def test_a_reference_that_deceives_is_told(edit: Edit, said: str) -> None:
    found = notices(edit, has_reference=True)

    assert [one for one in found if said in one], found


@pytest.mark.parametrize(
    "edit",
    [
        result_reads("Schedule 2"),
        code_reads("_c_term", "_c_term \\* MERGEFORMAT"),
        code_reads("_c_term", "_c_term  \\h"),
    ],
)
def test_a_reference_that_was_renewed_is_not_told(edit: Edit) -> None:
    assert notices(edit, has_reference=True) == ()


def no_obligation(theirs: Counterparty) -> None:
    root = etree.fromstring(theirs.parts["word/numbering.xml"])
    for text in root.iter(w("lvlText")):
        text.set(
            w("val"), text.get(w("val"), "").replace("%1.%2", "%1.%2 (no obligation)")
        )
    theirs.parts["word/numbering.xml"] = etree.tostring(root)


def starts_at_seven(theirs: Counterparty) -> None:
    root = etree.fromstring(theirs.parts["word/numbering.xml"])
    for start in root.iter(w("start")):
        start.set(w("val"), "7")
    theirs.parts["word/numbering.xml"] = etree.tostring(root)


@pytest.mark.parametrize("trick", [no_obligation, starts_at_seven])
def test_a_paragraph_that_came_hides_no_other_numbers(trick: Edit) -> None:
    def edit(theirs: Counterparty) -> None:
        theirs.insert_paragraph("Nothing in", "Thanks.")
        trick(theirs)

    found = notices(edit, has_reference=False)

    assert [one for one in found if "numbers were changed" in one], found


@pytest.mark.parametrize(
    "edit",
    [
        lambda c: c.insert_paragraph("Nothing in", "Thanks."),
        lambda c: c.delete_paragraph("Nothing in"),
        lambda c: c.type_over("Nothing in", "Something in"),
    ],
)
def test_numbers_that_follow_what_came_or_went_are_not_told(edit: Edit) -> None:
    found = notices(edit, has_reference=False)

    assert not [one for one in found if "numbers were changed" in one]


@pytest.mark.parametrize("line", ["30 Term 0", "2 Fee cap", "The cap is nil."])
def test_a_line_that_came_into_the_contents_is_told(line: str) -> None:
    def edit(theirs: Counterparty) -> None:
        body = theirs.paragraph("Nothing in").getparent()
        mark = f'<w:fldChar xmlns:w="{W}" w:fldCharType='
        body.insert(
            0,
            etree.fromstring(
                f'<w:p xmlns:w="{W}"><w:r>{mark}"begin"/></w:r><w:r><w:instrText> TOC '
                f'</w:instrText></w:r><w:r>{mark}"separate"/></w:r><w:r><w:t>{line}'
                f'</w:t></w:r><w:r>{mark}"end"/></w:r></w:p>'
            ),
        )

    found = notices(edit, has_reference=False)

    assert any("the contents list" in one for one in found), found
