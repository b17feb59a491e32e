"""The contents of the new text in the file that came back: which, and when."""

from typing import Final

import pytest
from overlay_judging import OUR_DATE, US, broken_laws, overlaid
from overlay_pieces import body, came, field, of
from redline_pieces import LAW, SCOPE, TERM, para, run
from small_docx import Small

from slacontracts.redline.overlay.laying import overlay
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w
from slacontracts.word.package import write_package
from slacontracts.word.revisions import revisions

TAB: Final = "<w:r><w:tab/></w:r>"
COMMENT: Final = '<w:r><w:commentReference w:id="4"/></w:r>'
BOOKMARK: Final = '<w:bookmarkStart w:id="8" w:name="x"/><w:bookmarkEnd w:id="8"/>'


def text(*lines: str, last: str = LAW) -> str:
    """Return a text that has contents; lines: words, or runs."""
    shown = [one if one.startswith("<") else run(one) for one in lines]
    return para(SCOPE) + para(field("TOC", *shown)) + para(TERM) + para(last)


def said(file: WordFile) -> list[str]:
    return [
        "".join(
            "\t" if one.tag == w("tab") else one.text or ""
            for one in paragraph.iter(w("t"), w("tab"))
        )
        for paragraph in body(file).iter(w("p"))
    ]


def dirty(file: WordFile) -> list[str]:
    return [
        str(one.get(w("fldCharType")))
        for one in body(file).iter(w("fldChar"))
        if one.get(w("dirty")) is not None
    ]


def test_the_file_has_the_contents_of_the_new_text_without_a_mark() -> None:
    returned = of(text("1 Term", "2 Law"))

    result = overlaid(returned, of(text("1 Term", "2 Credit", "3 Law")))

    assert said(result) == [SCOPE, "1 Term", "2 Credit", "3 Law", TERM, LAW]
    assert revisions(result) == ()
    assert dirty(result) == []


def test_the_contents_of_the_new_text_come_beside_our_marks() -> None:
    returned = of(text("1 Term", "2 Law"))
    new = of(text("1 Term", "2 End", last="The end."))

    result = overlaid(returned, new)

    assert said(result)[1:3] == ["1 Term", "2 End"]
    assert broken_laws(result, returned, new) == []
    assert {one.author for one in revisions(result)} == {US}


def test_contents_that_differ_in_pages_alone_stay_as_they_came_back() -> None:
    def line(words: str, page: str) -> str:
        return run(words) + TAB + field("PAGEREF _c_x", run(page))

    returned = of(text(run("1 ") + run("Term") + TAB + run("3"), line("2 Law", "7")))
    new = of(text(line("1 Term", "2"), line("2 Law", "2")))

    assert overlay(returned, new, author=US, date=OUR_DATE) == write_package(
        returned.package.members
    )


def test_pages_of_new_contents_are_those_of_the_new_text() -> None:
    new = text(run("1 Aim") + TAB + field("PAGEREF _c_x", run("12")), "2 Law")

    result = overlaid(of(text("1 Term", "2 Law")), of(new))

    assert said(result)[1:3] == ["1 Aim\t12", "2 Law"]


def test_contents_in_a_control_keep_it_and_their_heading() -> None:
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    )
    lines = para("Contents") + para(field("TOC", run("1 Term")))
    returned = of(para(SCOPE) + gallery.format(lines) + para(TERM))
    new = of(
        para(SCOPE) + gallery.format(lines.replace("1 Term", "1 Aim")) + para(TERM)
    )

    result = overlaid(returned, new)

    assert said(result) == [SCOPE, "Contents", "1 Aim", TERM]
    assert len(list(body(result).iter(w("sdt")))) == 1


@pytest.mark.parametrize(
    "line",
    [run("1 Term") + COMMENT, run("1 Term") + BOOKMARK],
    ids=["a comment on it", "a bookmark in it"],
)
def test_contents_that_hold_more_than_lines_are_to_be_worked_out_anew(
    line: str,
) -> None:
    result = overlaid(of(text(line, "2 Law")), of(text("1 Aim", "2 Law")))

    assert said(result)[1:3] == ["1 Term", "2 Law"]
    assert dirty(result) == ["begin"]


def test_contents_in_a_style_that_their_file_lacks_are_worked_out_anew() -> None:
    style = '<w:pPr><w:pStyle w:val="Lines"/></w:pPr>'
    lines = text("1 Aim", "2 Law").replace(
        "<w:p><w:r><w:fld", f"<w:p>{style}<w:r><w:fld"
    )

    result = overlaid(of(text("1 Term", "2 Law")), of(Small(lines)))

    assert said(result)[1:3] == ["1 Term", "2 Law"]
    assert dirty(result) == ["begin"]


def test_contents_in_which_they_marked_changes_stay() -> None:
    returned = of(text(run("1 Term") + came(run(" and end")), "2 Law"))

    result = overlaid(returned, of(text("1 Aim", "2 Law")))

    assert result.package.read(result.main) == returned.package.read(returned.main)
