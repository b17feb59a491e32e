"""Bookmarks and other ids of a redline: none is lost, and none is given twice."""

from collections import Counter

import pytest
from judge_rules import text_parts
from pairs_of_headers import PAIRS
from redline_pieces import CREDIT, LAW, SCOPE, TERM, cell, para, row, run, table
from small_docx import Small
from test_laws import made

from slacontracts.redline import redline
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w

_START = '<w:bookmarkStart w:id="4" w:name="place"/>'
_END = '<w:bookmarkEnd w:id="4"/>'
_OTHER = '<w:bookmarkStart w:id="1" w:name="other"/><w:bookmarkEnd w:id="1"/>'
_CHANGED = para(LAW) + para(TERM), para(LAW) + para(TERM.replace("three", "five"))
_KEPT = para(_START + run(SCOPE) + _END)


def _marked(old: str, new: str) -> WordFile:
    files = admit(Small(old).data(), "old.docx"), admit(Small(new).data(), "new.docx")
    result = redline(*files, author="Ada", date="2026-03-01T09:00:00Z")
    return admit(result.data, "redline.docx")


def _held(file: WordFile, name: str) -> list[str]:
    """Return the texts of the paragraphs that a bookmark goes through."""
    root = file.tree(file.main)
    (start,) = [
        one for one in root.iter(w("bookmarkStart")) if one.get(w("name")) == name
    ]
    (end,) = [
        one
        for one in root.iter(w("bookmarkEnd"))
        if one.get(w("id")) == start.get(w("id"))
    ]
    paragraphs = list(root.iter(w("p")))
    first, last = (
        paragraphs.index(next(one.iterancestors(w("p")))) for one in (start, end)
    )
    return ["".join(one.itertext(w("t"))) for one in paragraphs[first : last + 1]]


@pytest.mark.parametrize(
    ("old", "texts"),
    [
        pytest.param(_KEPT, [SCOPE], id="in a paragraph"),
        pytest.param(
            para(_START + run(SCOPE)) + para(run(CREDIT) + _END),
            [SCOPE, CREDIT],
            id="over two paragraphs",
        ),
        pytest.param(
            para(run(SCOPE) + _START + _END), [SCOPE], id="at the end of a paragraph"
        ),
        pytest.param(table(row("Fee", cell(_KEPT))), [SCOPE], id="in a cell"),
        pytest.param(
            table(row("Fee", cell(table(row(cell(_KEPT))) + para("")))),
            [SCOPE],
            id="in a table in a cell",
        ),
    ],
)
@pytest.mark.parametrize("other", ["", _OTHER], ids=["alone", "beside one of the new"])
def test_a_bookmark_of_the_old_file_stays_in_text_that_did_not_change(
    old: str, texts: list[str], other: str
) -> None:
    new = old.replace(_START, "").replace(_END, other)

    marked = _marked(old + _CHANGED[0], new + _CHANGED[1])

    assert _held(marked, "place") == texts
    assert len(list(marked.tree(marked.main).iter(w("ins")))) == 1


def test_a_mark_of_where_somebody_worked_last_is_not_brought() -> None:
    old, new = (
        one.replace(_START, _START.replace("place", "_GoBack")) + rest
        for one, rest in zip((_KEPT, para(SCOPE)), _CHANGED, strict=True)
    )

    marked = _marked(old, new)

    assert list(marked.tree(marked.main).iter(w("bookmarkStart"))) == []


def test_a_bookmark_that_the_new_file_has_elsewhere_is_not_brought() -> None:
    new = para(SCOPE) + para(_START + run(LAW) + _END) + _CHANGED[1][len(para(LAW)) :]

    marked = _marked(_KEPT + _CHANGED[0], new)

    assert _held(marked, "place") == [LAW]


@pytest.mark.parametrize("name", [one.name for one in PAIRS])
def test_a_header_that_is_there_twice_has_no_id_twice(name: str) -> None:
    marked, *_ = made(name)

    drawings: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for part in text_parts(marked):
        root = marked.tree(part)
        drawings.update(one.get("id") for one in root.iter("{*}docPr"))
        names.update(one.get(w("name")) for one in root.iter(w("bookmarkStart")))

    assert max([*drawings.values(), *names.values()], default=1) == 1
