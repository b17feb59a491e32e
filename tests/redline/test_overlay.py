"""Marks of ours on top of theirs: where each of them stands."""

from overlay_judging import THEM, US, broken_laws, marked_by_them, overlaid, words
from overlay_pieces import body, came, first, in_short, of, went
from redline_pieces import (
    AFTER,
    CREDIT,
    LAW,
    NOTICE,
    SCOPE,
    TERM,
    para,
    paras,
    row,
    run,
    table,
)

from slacontracts.word.names import w


def test_a_word_that_they_inserted_and_we_delete_is_deleted_inside_their_mark() -> None:
    returned = of(para(run("A short ") + came(run("and clear ")) + run("text.")))

    result = overlaid(returned, of(para("A short text.")))

    assert first(result) == "A short [them ins [us del and clear ]]text."
    assert broken_laws(result, returned, of(para("A short text."))) == []


def test_a_part_of_what_they_inserted_is_cut_out_of_their_mark() -> None:
    returned = of(para(run("A ") + came(run("short and clear ")) + run("text.")))

    result = overlaid(returned, of(para("A short text.")))

    assert first(result) == "A [them ins short [us del and clear ]]text."


def test_a_word_that_they_deleted_and_we_want_comes_behind_their_mark() -> None:
    returned = of(para(run("A ") + went("short ") + run("text.")))

    result = overlaid(returned, of(para("A short text.")))

    assert first(result) == "A [them del short ][us ins short ]text."


def test_a_value_that_both_changed_reads_in_the_order_of_the_changes() -> None:
    returned = of(para(run("Within ") + went("30") + came(run("60")) + run(" days.")))

    result = overlaid(returned, of(para("Within 45 days.")))

    assert first(result) == (
        "Within [them del 30][them ins [us del 60]][us ins 45] days."
    )


def test_a_value_that_we_change_stays_in_its_bookmark() -> None:
    mark = '<w:bookmarkStart w:id="5" w:name="_v_1"/>{}<w:bookmarkEnd w:id="5"/>'
    text = run("Within ") + mark + run(" days.")
    returned = of(para(text.format(went("30") + came(run("60")))))

    result = overlaid(returned, of(para(text.format(run("45")))))

    tags = [str(one.tag).rpartition("}")[2] for one in body(result)[0]]
    assert tags == ["r", "bookmarkStart", "del", "ins", "ins", "bookmarkEnd", "r"]


def test_a_paragraph_that_they_inserted_and_we_delete_has_both_marks() -> None:
    old, new = of(paras(TERM, LAW)), of(paras(TERM, CREDIT, LAW))
    returned = marked_by_them(old, new)

    result = overlaid(returned, old)

    properties = body(result)[1].find(f"{w('pPr')}/{w('rPr')}")
    assert [(one.tag, one.get(w("author"))) for one in properties] == [
        (w("ins"), THEM),
        (w("del"), US),
    ]
    assert in_short(body(result)[1]) == f"[them ins [us del {CREDIT}]]"


def test_a_row_that_they_inserted_and_we_delete_has_both_marks() -> None:
    rows = row("Fee", "monthly"), row("Tax", "none")
    old, new = of(table(rows[0]) + AFTER), of(table(*rows) + AFTER)
    returned = marked_by_them(old, new)

    result = overlaid(returned, old)

    (_, came_and_went) = body(result).iter(w("tr"))
    marks = [(one.tag, one.get(w("author"))) for one in came_and_went[0]]
    assert marks == [(w("ins"), THEM), (w("del"), US)]


def test_a_row_that_they_deleted_stays_deleted_where_it_was() -> None:
    rows = row("Fee", "monthly"), row("Tax", "none"), row("Term", "a year")
    old, new = of(table(*rows) + AFTER), of(table(rows[0], rows[2]) + AFTER)
    returned = marked_by_them(old, new)
    ours = of(table(rows[0], row("Term", "two years")) + AFTER)

    result = overlaid(returned, ours)

    marked = [one.find(f"{w('trPr')}/{w('del')}") for one in body(result).iter(w("tr"))]
    assert [one is not None and one.get(w("author")) for one in marked] == [
        False,
        THEM,
        False,
    ]
    assert broken_laws(result, returned, ours) == []


def test_our_paragraph_in_place_of_theirs_comes_behind_it() -> None:
    returned = marked_by_them(
        of(paras(SCOPE, TERM, LAW)), of(paras(SCOPE, CREDIT, LAW))
    )

    result = overlaid(returned, of(paras(SCOPE, NOTICE, LAW)))

    assert [in_short(one) for one in body(result)[:-1]] == [
        SCOPE,
        f"[them del {TERM}]",
        f"[them ins [us del {CREDIT}]]",
        f"[us ins {NOTICE}]",
        LAW,
    ]
    assert broken_laws(result, returned, of(paras(SCOPE, NOTICE, LAW))) == []


def test_paragraphs_that_they_joined_are_parted_again_by_us() -> None:
    apart, joined = of(paras(TERM, LAW)), of(para(f"{TERM} {LAW}"))
    returned = marked_by_them(apart, joined)

    result = overlaid(returned, apart)

    assert broken_laws(result, returned, apart) == []
    assert [one[1] for one in words(result)["body"]] == [TERM, LAW]


def test_a_table_that_they_deleted_parts_what_we_would_join() -> None:
    rows = table(row("Fee", "monthly"))
    old = of(para(TERM) + rows + para(LAW))
    returned = marked_by_them(old, of(paras(TERM, LAW)))
    ours = of(para(TERM.replace("three", "five")))

    result = overlaid(returned, ours)

    assert broken_laws(result, returned, ours) == []


def test_a_table_whose_columns_they_changed_is_replaced_whole() -> None:
    old = of(table(row("Fee", "monthly"), row("Tax", "none")) + AFTER)
    wide = table(row("Fee", "monthly", "10"), row("Tax", "none", "20"), columns=3)
    returned = marked_by_them(old, of(wide + AFTER))

    result = overlaid(returned, old)

    assert broken_laws(result, returned, old) == []
    theirs = list(body(result).iter(w("cellIns")))
    assert [one.get(w("author")) for one in theirs] == [THEM, THEM]
    assert not list(body(result).iter(w("cellDel")))


def test_a_cell_in_a_table_whose_columns_they_changed_can_be_edited() -> None:
    old = of(table(row("Fee", "monthly"), row("Tax", "none")) + AFTER)
    wide = table(row("Fee", "monthly", "10"), row("Tax", "none", "20"), columns=3)
    returned = marked_by_them(old, of(wide + AFTER))
    ours = of(wide.replace("monthly", "yearly") + AFTER)

    result = overlaid(returned, ours)

    assert broken_laws(result, returned, ours) == []
    assert not [
        one for one in body(result).iter(w("tr")) if one.find(w("trPr")) is not None
    ]
