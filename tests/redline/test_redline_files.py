"""Two small files in; what their redline marks, and how it says so."""

from dataclasses import replace

import pytest
from redline_pieces import (
    AFTER,
    BEFORE,
    CREDIT,
    LAW,
    NOTICE,
    SCOPE,
    TERM,
    cell,
    para,
    paras,
    row,
    run,
    table,
)
from small_docx import Small

from slacontracts.errors import WordFileError
from slacontracts.redline import Redline, StoryChanges, redline
from slacontracts.word.gate import admit
from slacontracts.word.names import w
from slacontracts.word.revisions import ALL, accept, reject

HEAD = '<w:headerReference w:type="default" r:id="rId20"/>'


def compared(old: Small | str, new: Small | str) -> Redline:
    files = [
        admit((Small(one) if isinstance(one, str) else one).data(), "a.docx")
        for one in (old, new)
    ]
    return redline(*files, author="Ada", date="2026-03-01T09:00:00Z")


def test_a_reference_to_no_note_does_not_get_the_note_of_another() -> None:
    note = '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r></w:p></w:footnote>'.format
    word = "<w:r><w:t>{}</w:t></w:r><w:r><w:footnoteReference w:id='{}'/></w:r>".format
    old = Small(para(word("Gone", 7)) + para(CREDIT), {"rId9": ("footnotes", note(7))})
    new = Small(para(CREDIT) + para(word("Here", 1)), {"rId9": ("footnotes", "")})

    result = admit(compared(old, new).data, "redline.docx")

    (held,) = result.tree("word/footnotes.xml")
    here = list(result.tree(result.main).iter(w("footnoteReference")))
    assert [one.get(w("id")) == held.get(w("id")) for one in here] == [True, False]


def marks(result: Redline, *kinds: str) -> list[tuple[str, str]]:
    """Return the marks around runs in the body, with the text they hold."""
    file = admit(result.data, "redline.docx")
    return [
        (
            one.tag.rpartition("}")[2],
            "".join(t.text or "" for t in one.iter(w("t"), w("delText"))),
        )
        for one in file.tree(file.main).iter(*map(w, kinds or ("ins", "del")))
        if one.getparent().tag == w("p")
    ]


def test_a_changed_number_is_one_deletion_and_one_insertion() -> None:
    old = para("The fee is EUR 12,500.00 for each month.")

    result = compared(old, old.replace("12,500.00", "13,000.00"))

    assert marks(result) == [("del", "12,500.00"), ("ins", "13,000.00")]


def test_a_number_in_two_runs_is_replaced_whole() -> None:
    old = para(run("The target is 99.") + run("9%", "<w:b/>") + run(" a month."))
    new = para(run("The target is 99.") + run("5%", "<w:b/>") + run(" a month."))

    result = compared(old, new)

    assert [text for _, text in marks(result)] == ["99.9%", "99.5%"]


def test_words_that_were_cut_into_other_runs_have_no_mark() -> None:
    old = para(run("The Supp") + run("lier must answer."))
    new = para(run("The Supplier must") + run(" answer."))

    assert compared(old, new).summary.stories == ()


def test_changed_formatting_keeps_the_old_and_is_counted() -> None:
    old, new = (para(run("A word of ") + run("weight", p)) for p in ("", "<w:b/>"))

    result = compared(old, new)

    assert result.summary.stories == (StoryChanges("body", 0, 0, 0, 1),)
    assert marks(result) == []


def test_a_paragraph_that_moved_is_marked_as_moved_at_both_places() -> None:
    result = compared(
        paras("Start.", TERM, SCOPE, LAW, CREDIT, "End."),
        paras("Start.", SCOPE, LAW, CREDIT, TERM, "End."),
    )

    assert result.summary.stories == (StoryChanges("body", 0, 0, 1, 0),)
    assert marks(result, "moveFrom", "moveTo") == [
        ("moveFrom", TERM),
        ("moveTo", TERM),
    ]


def test_what_was_edited_in_a_paragraph_that_moved_is_marked() -> None:
    edited = TERM.replace("three", "five")

    result = compared(
        paras("Start.", TERM, SCOPE, LAW, CREDIT, "End."),
        paras("Start.", SCOPE, LAW, CREDIT, edited, "End."),
    )

    assert marks(result) == [("del", "three"), ("ins", "five")]
    assert result.summary.moves == 1


def test_the_last_paragraph_but_one_may_move_up_past_all_others() -> None:
    result = compared(
        paras("Start.", SCOPE, LAW, TERM, "End."),
        paras(TERM, "Start.", SCOPE, LAW),
    )

    assert result.summary.moves == 1
    assert marks(result, "ins", "del") == [("del", "End.")]


@pytest.mark.parametrize("is_cell", [True, False], ids=["cell", "body"])
@pytest.mark.parametrize("is_down", [True, False], ids=["to the end", "from the end"])
def test_what_moved_to_or_from_the_end_went_and_came(
    is_cell: bool, is_down: bool
) -> None:
    orders = (TERM, SCOPE, LAW, CREDIT), (SCOPE, LAW, CREDIT, TERM)
    old, new = (paras(*one) for one in (orders if is_down else orders[::-1]))

    if is_cell:
        result = compared(*(table(row(cell(one), "b")) + AFTER for one in (old, new)))
    else:
        result = compared(old, new)

    assert result.summary.moves == 0
    file = admit(result.data, "redline.docx")
    assert not list(file.tree(file.main).iter(w("moveFrom"), w("moveTo")))
    for resolved in (accept, reject):
        again = admit(resolved(file, ALL), "again.docx")
        ends = [one[-1].tag for one in again.tree(again.main).iter(w("tc"))]
        assert {*ends} <= {w("p")}


def test_few_words_that_went_and_came_did_not_move() -> None:
    result = compared(
        paras("Start.", "Not used.", SCOPE, LAW, "End."),
        paras("Start.", SCOPE, LAW, "Not used.", "End."),
    )

    assert result.summary.moves == 0


@pytest.mark.parametrize("is_split", [True, False], ids=["split", "joined"])
def test_a_paragraph_cut_in_two_keeps_its_words(is_split: bool) -> None:
    one, two = para(f"{TERM} {CREDIT}"), paras(TERM, CREDIT)

    result = compared(*((one, two) if is_split else (two, one)))

    assert [text for _, text in marks(result)] == [" "]


def test_a_paragraph_that_was_rewritten_is_replaced_whole() -> None:
    result = compared(BEFORE + para(TERM) + AFTER, BEFORE + para(LAW) + AFTER)

    assert [text for _, text in marks(result)] == [TERM, LAW]


def test_a_row_is_found_again_by_its_first_cell() -> None:
    old = table(row("Response", "4 hours"), row("Fee", "monthly"))
    new = table(row("Response", "one business day"), row("Fee", "monthly"))

    result = compared(old + para(""), new + para(""))

    assert "Response" not in " ".join(text for _, text in marks(result))


def test_the_summary_counts_by_story() -> None:
    old = Small(
        para(TERM), section=HEAD, related={"rId20": ("header", para("Version 1"))}
    )
    new = replace(
        old,
        body=para(TERM.replace("three", "five")),
        related={"rId20": ("header", para("Version 2"))},
    )

    summary = compared(old, new).summary

    assert {*summary.stories} == {
        StoryChanges("header", 1, 1, 0, 0),
        StoryChanges("body", 1, 1, 0, 0),
    }
    assert (summary.insertions, summary.deletions) == (2, 2)
    assert (summary.moves, summary.formatting) == (0, 0)


def test_a_field_that_shows_something_else_has_old_and_new_marked_in_it() -> None:
    field = (
        '<w:fldSimple w:instr=" REF _c_cap "><w:r><w:t>4.1</w:t></w:r></w:fldSimple>'
    )
    old = para(run("See clause ") + field)

    result = compared(old, old.replace("4.1", "4.2"))

    assert result.summary.stories == (StoryChanges("body", 1, 1, 0, 0),)
    body = admit(result.data, "redline.docx").tree("word/document.xml")
    (kept,) = body.iter(w("fldSimple"))
    assert [one.tag for one in kept] == [w("del"), w("ins")]


def test_a_file_compared_with_itself_is_the_file() -> None:
    file = admit(Small(paras(TERM, NOTICE)).data(), "a.docx")

    result = redline(file, file, author="Ada", date="2026-03-01T09:00:00Z")

    again = admit(result.data, "again.docx")
    assert result.summary.stories == ()
    assert again.package.names == file.package.names
    assert all(
        again.package.read(name) == file.package.read(name)
        for name in file.package.names
    )


def test_every_mark_says_who_and_when() -> None:
    result = compared(
        para(TERM) + table(row("a", "b")) + para(""),
        para(LAW, '<w:jc w:val="center"/>')
        + table(row("a", "b"), row("c", "d"))
        + para(""),
    )

    file = admit(result.data, "redline.docx")
    found = [
        (one.get(w("author")), one.get(w("date")))
        for one in file.tree(file.main).iter(w("ins"), w("del"), w("pPrChange"))
    ]
    assert len(found) > 4
    assert {*found} == {("Ada", "2026-03-01T09:00:00Z")}


def test_a_file_without_a_body_is_refused_in_one_line() -> None:
    sound = Small(para(TERM)).data()
    file = admit(sound, "a.docx")
    empty = file.package.with_parts(
        {"word/document.xml": f'<w:document xmlns:w="{w("")[1:-1]}"/>'.encode()}
    )
    from slacontracts.word.package import write_package

    bare = admit(write_package(empty.members), "bare.docx")

    with pytest.raises(WordFileError, match=r"bare\.docx has no text to compare"):
        redline(file, bare, author="Ada", date="2026-03-01T09:00:00Z")


def test_a_paragraph_removed_before_a_table_leaves_no_empty_one_behind() -> None:
    end = table(row("a", "b")) + para("")

    result = compared(paras(TERM, LAW) + end, para(TERM) + end)

    file = admit(result.data, "redline.docx")
    gone = [
        one.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None
        for one in file.tree(file.main).iter(w("p"))
    ]
    assert gone[:2] == [True, False]  # the mark before it goes, that at the table stays
    assert marks(result) == [("del", LAW)]
