"""Anchored rendering: a hidden bookmark around every value, and nothing else changes."""

import re
from collections.abc import Iterator

import pytest
from documents import clause, document
from lxml import etree
from test_anchors import MAKERS, values_of
from test_render_docx import part, rendered, tree

from slacontracts.model.document import (
    Blank,
    Inline,
    NumberedDocument,
    Paragraph,
    Value,
    Words,
)
from slacontracts.word.names import MAX_BOOKMARK_NAME, value_bookmark_name, w
from slacontracts.word.reading import text_of_docx

MARKS = (w("bookmarkStart"), w("bookmarkEnd"))


def without_value_bookmarks(data: bytes) -> bytes:
    """Return the body without bookmarks of values and ids, like neighbours joined."""
    root = tree(data)
    gone: set[str] = set()
    for one in list(root.iter(*MARKS)):
        number = one.get(w("id"), "")
        if one.get(w("name"), "").startswith("_v_"):
            gone.add(number)
        above = one.getparent()
        assert above is not None
        if number in gone:
            above.remove(one)
        del one.attrib[w("id")]
    for run in list(root.iter(w("r"))):
        join(run)
    return etree.tostring(root)


def join(run: etree._Element) -> None:
    """Put the text of a run at the end of the run before it, where they look alike."""
    before = run.getprevious()
    if before is None or before.tag != run.tag or looks(before) != looks(run):
        return
    ends = before[-1], next(one for one in run if one.tag != w("rPr"))
    if ends[0].tag == ends[1].tag == w("t"):
        ends[1].text = (ends[0].text or "") + (ends[1].text or "")
        before.remove(ends[0])
    place = 1 if looks(run) else 0
    run[place:place] = [one for one in before if one.tag != w("rPr")]
    above = run.getparent()
    assert above is not None
    above.remove(before)


def looks(run: etree._Element) -> bytes:
    found = run.find(w("rPr"))
    return b"" if found is None else etree.tostring(found)


@pytest.mark.parametrize("name", MAKERS)
def test_only_bookmarks_of_values_are_added(name: str) -> None:
    made = MAKERS[name]()
    plain, anchored = rendered(made), rendered(made, anchored=True)

    assert text_of_docx(anchored) == text_of_docx(plain)
    assert without_value_bookmarks(anchored) == without_value_bookmarks(plain)


@pytest.mark.parametrize("name", MAKERS)
def test_each_value_stands_alone_in_a_bookmark_of_its_path(name: str) -> None:
    made = MAKERS[name]()
    body = tree(rendered(made, anchored=True))
    found = list(bookmarked(body))

    printed: dict[str, int] = {}
    wanted = []
    for one in values_of(made.document):
        printed[one.path] = printed.get(one.path, 0) + 1
        shown = one.text if isinstance(one, Value) else "[●]"
        wanted.append((value_bookmark_name(one.path, printed[one.path]), shown))
    assert [(name, bare(text)) for name, text in found] == [
        (name, bare(text.replace("\n", ""))) for name, text in wanted
    ]


def bare(text: str) -> str:
    """Return a text without the marks that keep its direction."""
    return text.replace("\u200e", "").replace("\xa0", " ")


def bookmarked(body: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (name, words) of the bookmarks of values."""
    for start in body.iter(w("bookmarkStart")):
        if not start.get(w("name"), "").startswith("_v_"):
            continue
        words = ""
        for one in start.itersiblings():
            if one.tag == w("bookmarkEnd") and one.get(w("id")) == start.get(w("id")):
                break
            words += "".join(text.text or "" for text in one.iter(w("t")))
        else:
            raise AssertionError(f"{start.get(w('name'))} has no end")
        yield start.get(w("name"), ""), words


@pytest.mark.parametrize("name", MAKERS)
def test_bookmarks_are_hidden_and_no_two_are_alike(name: str) -> None:
    xml = part(rendered(MAKERS[name](), anchored=True))
    names = re.findall('<w:bookmarkStart w:id="[0-9]+" w:name="([^"]*)"', xml)
    starts = re.findall('<w:bookmarkStart w:id="([0-9]+)"', xml)

    assert len(names) == len(set(names))
    assert len(starts) == len(set(starts))
    assert sorted(starts) == sorted(re.findall('<w:bookmarkEnd w:id="([0-9]+)"', xml))
    assert all(one.startswith("_") and len(one) <= MAX_BOOKMARK_NAME for one in names)


def of_lines(*lines: tuple[Inline, ...]) -> NumberedDocument:
    one = clause("term", "Term")
    object.__setattr__(one, "blocks", tuple(Paragraph(line) for line in lines))
    return document(one)


def test_a_text_that_ends_with_a_value_and_a_colon_stays_with_what_follows() -> None:
    made = of_lines((Words("Of "), Value("/services", "these:")), (Words("All."),))

    plain, anchored = rendered(made), rendered(made, anchored=True)

    assert part(plain).count("<w:keepNext/>") == 1
    assert part(anchored).count("<w:keepNext/>") == 1


def test_values_of_other_looks_keep_them() -> None:
    made = of_lines(
        (
            Words("From "),
            Value("/a", "one", bold=True),
            Words(" to", bold=True),
            Value("/b", "two", italic=True),
            Blank("/c"),
        )
    )

    plain, anchored = rendered(made), rendered(made, anchored=True)

    assert without_value_bookmarks(anchored) == without_value_bookmarks(plain)
    found = dict(bookmarked(tree(anchored)))
    assert list(found.values()) == ["one", "two", "[●]"]


def test_a_blank_without_a_path_gets_no_bookmark() -> None:
    assert "_v_" not in part(rendered(of_lines((Blank(""),)), anchored=True))
