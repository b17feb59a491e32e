"""What of their file stays as it is under our marks, and what comes with these."""

from dataclasses import replace

import pytest
from overlay_judging import (
    OUR_DATE,
    US,
    broken_laws,
    marked_by_them,
    marks,
    overlaid,
    without,
    words,
)
from overlay_pieces import MARK, body, came, field, first, in_short, of, went
from redline_pieces import (
    AFTER,
    BEFORE,
    CREDIT,
    LAW,
    SCOPE,
    TERM,
    para,
    paras,
    row,
    run,
    table,
)
from small_docx import STYLES, Small

from slacontracts.errors import WordFileError
from slacontracts.redline.overlay.laying import overlay
from slacontracts.word.gate import admit
from slacontracts.word.names import w
from slacontracts.word.package import write_package


def test_runs_as_word_cuts_them_keep_what_word_wrote() -> None:
    cut = (
        '<w:r w:rsidR="00A1"><w:t xml:space="preserve">The Supp</w:t></w:r>'
        '<w:proofErr w:type="spellStart"/><w:r w:rsidR="00B2"><w:t>lier</w:t></w:r>'
        '<w:proofErr w:type="spellEnd"/>'
    )
    returned = of(
        f'<w:p w:rsidR="00C3">{cut}{came(run(" always"))}{run(" answers.")}</w:p>'
    )

    result = overlaid(returned, of(para("The Supplier always answers at once.")))

    assert first(result) == "The Supplier[them ins  always] answers[us ins  at once]."
    paragraph = body(result)[0]
    assert paragraph.get(w("rsidR")) == "00C3"
    assert [one.get(w("rsidR")) for one in paragraph[:4]] == [
        "00A1",
        None,
        "00B2",
        None,
    ]
    assert len(list(paragraph.iter(w("proofErr")))) == 2


def test_nothing_that_we_put_in_for_a_while_is_left() -> None:
    returned = marked_by_them(
        of(BEFORE + table(row("a", "b"), row("c", "d")) + AFTER),
        of(BEFORE + table(row("a", "x")) + para(TERM) + AFTER),
    )

    result = overlaid(returned, of(BEFORE + para(CREDIT) + AFTER))

    names = {name for one in body(result).iter() for name in one.attrib}
    held = [one for one in names if "rsid" in one]
    assert held == []
    assert not list(body(result).iter(w("proofErr"), w("sdt")))


def test_bookmarks_stay_and_only_free_names_come() -> None:
    def named(name: str, text: str) -> str:
        mark = f'<w:bookmarkStart w:id="1" w:name="{name}"/>'
        return para(f'{mark}{run(text)}<w:bookmarkEnd w:id="1"/>')

    returned = of(named("_c_term", TERM) + para(LAW))
    ours = of(
        named("_c_term", TERM)
        + named("_c_credit", CREDIT).replace('w:id="1"', 'w:id="2"')
        + para(LAW)
    )

    result = overlaid(returned, ours)

    found = [one.get(w("name")) for one in body(result).iter(w("bookmarkStart"))]
    assert found == ["_c_term", "_c_credit"]


def test_a_name_that_stands_in_what_they_deleted_is_taken() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="_v_1"/>{}<w:bookmarkEnd w:id="1"/>'
    returned = of(para(run("Pay ") + mark.format(went("30 ")) + run("euro now.")))
    ours = of(para(run("Pay ") + mark.format(run("30 ")) + run("euro now.")))

    result = overlaid(returned, ours)

    assert first(result) == "Pay [them del 30 ][us ins 30 ]euro now."
    names = [one.get(w("name")) for one in body(result).iter(w("bookmarkStart"))]
    assert names == ["_v_1"]


def test_their_comments_stay() -> None:
    comment = (
        f'<w:comment w:id="4" {MARK} w:initials="O"><w:p><w:r><w:t>Why?</w:t></w:r>'
        "</w:p></w:comment>"
    )
    sign = (
        '<w:commentRangeStart w:id="4"/>{}<w:commentRangeEnd w:id="4"/>'
        '<w:r><w:commentReference w:id="4"/></w:r>'
    )
    returned = of(
        Small(
            para(run("Within ") + sign.format(run("30")) + run(" days.")),
            {"rId7": ("comments", comment)},
        )
    )

    result = overlaid(returned, of(para("Within 45 days.")))

    assert first(result) == "Within [us del 30][us ins 45] days."
    (reference,) = body(result).iter(w("commentReference"))
    assert reference.getparent().getparent().tag == w("p")
    assert result.package.read("word/comments.xml") == returned.package.read(
        "word/comments.xml"
    )


def test_a_style_that_their_file_lacks_comes_with_our_text() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/></w:style>'
    )
    ours = replace(
        Small(para(TERM) + para(CREDIT, '<w:pStyle w:val="Mine"/>') + para(LAW)),
        styles=STYLES + style,
    )

    result = overlaid(of(paras(TERM, LAW)), of(ours))

    styles = result.tree("word/styles.xml").iter(w("style"))
    assert "Mine" in [one.get(w("styleId")) for one in styles]


def test_their_looks_stay_and_ours_come_only_with_our_words() -> None:
    returned = of(para(run("A ") + run("bold", "<w:b/>") + run(" text.")))

    result = overlaid(returned, of(para(run("A bold text, ") + run("too.", "<w:i/>"))))

    runs = {
        "".join(t.text or "" for t in one.iter(w("t"))): one
        for one in body(result).iter(w("r"))
    }
    assert runs["bold"].find(f"{w('rPr')}/{w('b')}") is not None
    assert runs["too"].find(f"{w('rPr')}/{w('i')}") is not None
    assert not list(body(result).iter(w("rPrChange")))


def test_a_file_in_which_we_change_nothing_is_the_file() -> None:
    old, new = of(paras(TERM, LAW)), of(paras(TERM, CREDIT, LAW))
    returned = marked_by_them(old, new)

    data = overlay(returned, new, author=US, date=OUR_DATE)

    assert data == write_package(returned.package.members)


def test_page_numbers_are_no_change() -> None:
    def text(page: str) -> str:
        return para(run("Page ") + field("PAGE", run(page))) + para(LAW)

    returned = of(text("7"))

    result = overlaid(returned, of(text("1")))

    assert result.package.read(result.main) == returned.package.read(returned.main)


def test_a_break_of_pages_that_another_program_wrote_is_no_change() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    returned = of(para(SCOPE) + para(page + run(TERM)) + para(LAW))
    new = of(para(SCOPE) + para(TERM, "<w:pageBreakBefore/>") + para(LAW))

    assert overlay(returned, new, author=US, date=OUR_DATE) == write_package(
        returned.package.members
    )


def test_our_marks_of_an_earlier_turn_stay_beside_those_of_now() -> None:
    returned = marked_by_them(of(paras(TERM, LAW)), of(paras(CREDIT, LAW)))
    first_turn = overlaid(returned, of(paras(TERM, LAW)))
    edited = of(paras(TERM.replace("three", "five"), LAW))

    data = overlay(first_turn, edited, author=US, date="2026-05-01T09:00:00Z")

    again = admit(data, "again.docx")
    dates = {
        one.get(w("date"))
        for one in body(again).iter(w("ins"), w("del"))
        if one.get(w("author")) == US
    }
    assert dates == {OUR_DATE, "2026-05-01T09:00:00Z"}
    assert words(again) == words(edited)


def test_ids_of_marks_are_given_once_in_the_file() -> None:
    returned = marked_by_them(
        of(BEFORE + paras(TERM, CREDIT) + AFTER), of(BEFORE + para(CREDIT) + AFTER)
    )

    result = overlaid(returned, of(paras(TERM, CREDIT, "End.")))

    ids = [
        one.get(w("id"))
        for one in body(result).iter()
        if one.get(w("author")) is not None
    ]
    assert len(ids) == len(set(ids)) > 4


def test_a_mark_around_whole_paragraphs_is_refused_in_one_line() -> None:
    returned = of(came(para(TERM)) + para(LAW), "back.docx")

    with pytest.raises(
        WordFileError, match=r"back\.docx has a tracked insertion around"
    ):
        overlaid(returned, of(para(LAW)))


def test_a_header_that_two_sections_share_keeps_their_marks_in_both() -> None:
    shared = '<w:headerReference w:type="default" r:id="rId20"/>'
    own = shared.replace("rId20", "rId21")
    size = '<w:pgSz w:w="11906" w:h="16838"/>'
    ends = para("", f"<w:sectPr>{shared}{size}</w:sectPr>")
    theirs = para(run("Version ") + went("1") + came(run("2")))
    returned = of(
        Small(
            para(TERM) + ends + para(LAW),
            section=shared,
            related={"rId20": ("header", theirs)},
        )
    )
    ours = of(
        Small(
            para(TERM) + ends + para(LAW),
            section=own,
            related={
                "rId20": ("header", para("Version 3")),
                "rId21": ("header", para("Version 4")),
            },
        )
    )

    result = overlaid(returned, ours)

    assert words(result) == words(ours)
    assert {*marks(without(result, US))} == {*marks(returned)}
    headers = [one for one in result.package.names if "header" in one]
    assert [in_short(result.tree(one)[0]) for one in headers] == [
        f"Version [them del 1][them ins [us del 2]][us ins {number}]"
        for number in (3, 4)
    ]


def test_a_box_in_a_paragraph_that_they_deleted_stays_as_it_was() -> None:
    inside = para(run("In ") + went("a ") + came(run("the ")) + run("box"), "")
    box = (
        '<w:r><w:pict><v:shape id="Box"><v:textbox><w:txbxContent>'
        f"{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    gone = f'<w:rPr><w:del w:id="95" {MARK}/></w:rPr>'
    returned = of(
        para(SCOPE) + para(f'<w:del w:id="96" {MARK}>{box}</w:del>', gone) + para(LAW)
    )
    ours = of(paras(SCOPE, CREDIT))

    result = overlaid(returned, ours)

    assert broken_laws(result, returned, ours) == []
    (kept,) = body(result).iter(w("txbxContent"))
    assert in_short(kept[0]) == "In [them del a ][them ins the ]box"


def test_a_break_of_pages_in_a_paragraph_that_they_deleted_stays() -> None:
    page = f'<w:del w:id="96" {MARK}><w:r><w:br w:type="page"/></w:r></w:del>'
    gone = f'<w:rPr><w:del w:id="95" {MARK}/></w:rPr>'
    bare = '<w:r><w:br w:type="page"/></w:r>'
    returned = of(para(SCOPE) + para(page, gone) + para(bare, gone) + para(LAW))
    ours = of(paras(SCOPE, CREDIT))

    result = overlaid(returned, ours)

    assert len(list(body(result).iter(w("br")))) == 2
    assert not list(body(result).iter(w("proofErr")))
