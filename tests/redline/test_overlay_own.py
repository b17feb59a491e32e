"""What we change in our own changes that wait for an answer: no mark on a mark."""

import pytest
from overlay_judging import US, all_rejected, broken_laws_of_own, overlaid, words
from overlay_pieces import body, first, in_short, of
from redline_pieces import AFTER, CREDIT, LAW, TERM, para, paras, row, run, table
from small_docx import Small

from slacontracts.redline.overlay.laying import overlay
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w

LATER = "2026-05-01T09:00:00Z"


def again(returned: WordFile, new: WordFile) -> WordFile:
    return admit(overlay(returned, new, author=US, date=LATER), "again.docx")


def dates(file: WordFile) -> list[str]:
    marks = body(file).iter(w("ins"), w("del"))
    return [str(one.get(w("date")))[:7] for one in marks]


@pytest.mark.parametrize(
    ("second", "third", "marked", "when"),
    [
        ("Version 3", "Version 4", "[us ins 4]", ["2026-05"]),
        ("Version one two six", "Version two six", "[us ins two six]", ["2026-04"]),
        ("Version one two six", "Version one six", "[us ins one six]", ["2026-04"]),
        (
            "Version one two six",
            "Version one ten six",
            "[us ins one ][us ins ten][us ins  six]",
            ["2026-04", "2026-05", "2026-04"],
        ),
    ],
)
def test_words_that_we_inserted_and_delete_go_out_of_our_insertion(
    second: str, third: str, marked: str, when: list[str]
) -> None:
    returned = overlaid(of(para("Version 2 here")), of(para(f"{second} here")))
    ours = of(para(f"{third} here"))

    result = again(returned, ours)

    assert first(result) == f"Version [us del 2]{marked} here"
    assert dates(result) == ["2026-04", *when]
    assert broken_laws_of_own(result, returned, ours, US) == []


def test_what_we_inserted_and_take_back_whole_leaves_nothing() -> None:
    old = of(para("Within 30 days."))
    returned = overlaid(old, of(para("Within 30 working days.")))

    result = again(returned, old)

    assert first(result) == "Within 30 days."
    assert dates(result) == []


def test_a_paragraph_that_we_inserted_and_delete_is_gone() -> None:
    old = of(paras(TERM, LAW))
    returned = overlaid(old, of(paras(TERM, CREDIT, LAW)))

    result = again(returned, old)

    assert [in_short(one) for one in body(result)[:-1]] == [TERM, LAW]
    assert dates(result) == []


def test_a_paragraph_that_we_inserted_before_a_table_and_delete_is_gone() -> None:
    rows = table(row("Fee", "monthly"))
    old = of(para(TERM) + rows + AFTER)
    returned = overlaid(old, of(paras(TERM, CREDIT) + rows + AFTER))

    result = again(returned, old)

    assert all_rejected(result) == all_rejected(returned) == all_rejected(old)
    assert [one.tag for one in body(result)[:2]] == [w("p"), w("tbl")]
    assert dates(result) == []


def test_a_row_that_we_inserted_and_delete_is_gone() -> None:
    rows = row("Fee", "monthly"), row("Tax", "none")
    old, new = of(table(rows[0]) + AFTER), of(table(*rows) + AFTER)
    returned = overlaid(old, new)

    result = again(returned, old)

    assert len(list(body(result).iter(w("tr")))) == 1
    assert dates(result) == []


def test_the_version_in_a_header_is_replaced_at_every_turn() -> None:
    def version(number: int) -> WordFile:
        return of(
            Small(
                para(TERM),
                section='<w:headerReference w:type="default" r:id="rId20"/>',
                related={"rId20": ("header", para(f"Version {number}"))},
            )
        )

    returned = overlaid(version(2), version(3))

    result = again(returned, version(4))

    (part,) = [one for one in result.package.names if "header" in one]
    assert in_short(result.tree(part)[0]) == "Version [us del 2][us ins 4]"
    assert words(result) == words(version(4))


def test_a_note_of_ours_goes_with_its_sign() -> None:
    note = f'<w:footnote w:id="2">{para("See below.")}</w:footnote>'
    sign = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    pay = run("Pay at once.")
    old = of(para(pay) + para(LAW))
    with_note = of(
        Small(para(pay + sign) + para(LAW), related={"rId30": ("footnotes", note)})
    )
    returned = overlaid(old, with_note)
    assert len(_notes(returned)) == 1

    result = again(returned, old)

    assert _notes(result) == []
    assert first(result) == "Pay at once."


def _notes(file: WordFile) -> list[str]:
    return [
        str(one.get(w("id")))
        for one in file.tree("word/footnotes.xml").iter(w("footnote"))
        if one.get(w("type")) is None
    ]
