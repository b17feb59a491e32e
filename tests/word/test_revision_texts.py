"""Tracked changes in; the text before and after that each is shown with, out."""

from revision_cases import KEEP, dele, end, ins, mark, moved, p, tbl, tc, tr, was
from word_files import run, word_file

from slacontracts.word.gate import admit
from slacontracts.word.revisions import revisions


def shown(body: str) -> list[tuple[str, str, str]]:
    file = admit(word_file(body), "a.docx")
    return [(one.kind, one.old, one.new) for one in revisions(file)]


def test_a_move_shows_the_words_that_changed_in_it() -> None:
    source = moved("moveFrom", "in ", 10).replace("</w:p>", dele("9", 30) + "</w:p>")
    target = moved("moveTo", "in ", 20).replace("</w:p>", ins("12", 31) + "</w:p>")

    assert shown(source + KEEP + target + p(dele("no", 32))) == [
        ("move", "in 9", "in 12"),
        ("deletion", "9", ""),
        ("insertion", "", "12"),
        ("deletion", "no", ""),
    ]


def test_formatting_shows_the_text_before_and_after() -> None:
    changed = was("tblPr", "<w:jc/>", 9)
    rows = (
        tr(tc(p(run("a ") + dele("1") + ins("2"))), tc(p(run("b")))),
        tr(tc(p(ins("new"))), tc(p()), properties=mark("ins", "", 4)),
        tr(tc(p(dele("gone"))), tc(p()), properties=mark("del", "", 5)),
    )

    (first, *_) = shown(tbl(*rows, properties=changed) + KEEP)

    assert first == ("formatting", "a 1 | b | gone | ", "a 2 | b | new | ")


def test_paragraphs_of_one_change_are_told_apart() -> None:
    two = p(run("one")) + p() + p(run("two"))
    gone = dele("a", 2) + dele("b", 3)
    cells = tr(tc(two), tc(p(run("x"))), properties=mark("del", "", 4))
    start = mark("moveFromRangeStart", "", 10).replace(
        " w:author", ' w:name="m" w:author'
    )
    half = p(mark("moveFrom", run("c"), 11), end("moveFrom", 12))
    half += p(mark("moveFrom", run("d"), 13), end("moveFrom", 14))
    half = f'{start}{half}<w:moveFromRangeEnd w:id="10"/>'

    assert shown(p(gone) + tbl(cells) + half + KEEP) == [
        ("deletion", "ab", ""),
        ("deleted row", "one\ntwo | x", ""),
        ("move", "c\nd", ""),
    ]


def test_a_note_that_came_or_went_is_named() -> None:
    note = '<w:r><w:{}Reference w:id="1"/></w:r>'.format
    body = p(mark("del", note("footnote")) + mark("ins", note("endnote"), 7))

    assert shown(body) == [
        ("deletion", "[footnote]", ""),
        ("insertion", "", "[endnote]"),
    ]


def test_a_cell_that_came_or_went_is_one_change_with_its_words() -> None:
    came = tc(p(ins("Bronze", 2)) + p(ins("90%", 3)), properties=mark("cellIns", "", 1))
    went = tc(p(dele("Gold", 5)), properties=mark("cellDel", "", 4))

    assert shown(tbl(tr(tc(KEEP), came, went))) == [
        ("inserted cell", "", "Bronze\n90%"),
        ("deleted cell", "Gold", ""),
    ]


def test_a_row_is_one_change_with_the_cell_it_has_in_a_column_of_the_other_time() -> (
    None
):
    later = tc(p(), properties=mark("cellIns", "", 3))
    earlier = tc(p(), properties=mark("cellDel", "", 6))

    assert shown(
        tbl(
            tr(tc(p(dele("old", 2))), later, properties=mark("del", "", 1)),
            tr(tc(p(ins("new", 5))), earlier, properties=mark("ins", "", 4)),
        )
    ) == [("deleted row", "old", ""), ("inserted row", "", "new")]
