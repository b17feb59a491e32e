"""Paragraphs are read with what became of their words, in every story of a file."""

import pytest
from counterparty import Counterparty
from word_files import KIND, paragraph, run, types, word_file

from slacontracts.negotiate.reading.views import views_of
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import W
from slacontracts.word.revision_marks import Mark
from slacontracts.word.tracked import MarkedFile, read_marked

_WHO = 'w:id="7" w:author="Dana" w:date="2026-11-25T10:15:00Z"'


def added(text: str) -> str:
    return f"<w:ins {_WHO}>{run(text)}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {_WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def ending(mark: str, *runs: str) -> str:
    """Return a paragraph whose end came or went."""
    end = f"<w:pPr><w:rPr><w:{mark} {_WHO}/></w:rPr></w:pPr>"
    return f"<w:p>{end}{''.join(runs)}</w:p>"


def table(*rows: tuple[str, str]) -> str:
    """Return a table of rows, each with the mark that it bears, of one cell."""
    made = "".join(
        f"<w:tr>{f'<w:trPr><w:{mark} {_WHO}/></w:trPr>' if mark else ''}"
        f"<w:tc>{paragraph(run(text))}</w:tc></w:tr>"
        for mark, text in rows
    )
    return f"<w:tbl>{made}</w:tbl>"


def read(file: WordFile, *, known: bool = False) -> MarkedFile:
    def is_known(_: Mark) -> bool:
        return known

    return read_marked(file, is_known, {})


def both(inside: str, *, known: bool = False) -> tuple[list[str], list[str]]:
    """Return the lines of a body before and after its changes."""
    views = views_of(read(admit(word_file(inside), "x"), known=known).stories["body"])
    before = [line.shown for line in views.before.lines]
    return before, [line.shown for line in views.after.lines]


_CASES = {
    "inserted words": (
        paragraph(run("a "), added("b ")),
        (["a "], ["a b "]),
    ),
    "deleted words": (paragraph(run("a "), deleted("b")), (["a b"], ["a "])),
    "added and taken away again": (
        paragraph(f"<w:ins {_WHO}>{deleted('x')}</w:ins>", run("a")),
        (["a"], ["a"]),
    ),
    "a paragraph that came": (
        ending("ins", added("new")) + paragraph(run("a")),
        (["a"], ["new", "a"]),
    ),
    "a paragraph that was split": (
        ending("ins", run("a")) + paragraph(run("b")),
        (["ab"], ["a", "b"]),
    ),
    "a paragraph that runs on": (
        ending("del", run("a")) + paragraph(run("b")),
        (["a", "b"], ["ab"]),
    ),
    "the last end of a story stays": (
        paragraph(run("a")) + ending("del", run("b")),
        (["a", "b"], ["a", "b"]),
    ),
    "a new paragraph before a table": (
        paragraph(run("a")) + ending("ins", added("b")) + table(("", "c")),
        (["a", "c"], ["a", "b", "c"]),
    ),
    "a row that came": (table(("", "a"), ("ins", "b")), (["a"], ["a", "b"])),
    "a row that went": (table(("", "a"), ("del", "b")), (["a", "b"], ["a"])),
    "an emptied cell keeps a line": (
        f"<w:tbl><w:tr><w:tc>{ending('del', deleted('a'))}</w:tc></w:tr></w:tbl>",
        (["a"], [""]),
    ),
    "a break and a tab": (
        paragraph("<w:r><w:t>a</w:t><w:br/><w:tab/><w:t>b</w:t></w:r>"),
        (["a\v\tb"], ["a\v\tb"]),
    ),
    "the end of a page is no word": (
        paragraph('<w:r><w:br w:type="page"/><w:t>a</w:t></w:r>'),
        (["a"], ["a"]),
    ),
}


@pytest.mark.parametrize("name", _CASES)
def test_a_text_is_read_before_and_after_its_changes(name: str) -> None:
    inside, expected = _CASES[name]

    assert both(inside) == expected


@pytest.mark.parametrize("name", _CASES)
def test_marks_that_are_known_count_as_accepted(name: str) -> None:
    inside, (_, after) = _CASES[name]

    assert both(inside, known=True) == (after, after)


def test_a_result_that_renews_itself_is_read_but_compared_by_its_field() -> None:
    def with_result(text: str) -> str:
        field = f'<w:fldSimple w:instr=" REF _c_term \\h ">{run(text)}</w:fldSimple>'
        return paragraph(run("see "), field, run("."))

    codes: dict[str, str] = {}
    keys = []
    for text in ("4.2", "4.3"):
        file = admit(word_file(with_result(text)), "x")
        body = read_marked(file, lambda _: True, codes).stories["body"]
        (line,) = views_of(body).after.lines
        assert line.shown == f"see {text}."
        keys.append(line.key)

    assert keys[0] == keys[1]
    assert len(keys[0]) == len("see .") + 1


def test_notes_and_headers_are_read_when_they_are_shown() -> None:
    note = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{paragraph(run("one"))}'
        f'</w:footnote><w:footnote w:id="3">{paragraph(run("loose"))}</w:footnote>'
        "</w:footnotes>"
    )
    head = f'<w:hdr xmlns:w="{W}">{paragraph(run("top"))}</w:hdr>'
    inside = (
        f'<w:p><w:ins {_WHO}><w:r><w:footnoteReference w:id="2"/></w:r></w:ins></w:p>'
        '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/></w:sectPr>'
    )
    kinds = {
        "/word/footnotes.xml": f"{KIND}footnotes+xml",
        "/word/header1.xml": f"{KIND}header+xml",
    }
    file = word_file(
        inside,
        [("footnotes", "footnotes.xml"), ("header", "header1.xml")],
        **{
            "word/footnotes.xml": note,
            "word/header1.xml": head,
            "[Content_Types].xml": types(more=kinds),
        },
    )

    stories = read(admit(file, "x")).stories

    (line,) = stories["footnotes"]
    assert [(one.text, one.fate.was) for one in line.pieces] == [("one", False)]
    assert [one.text for one in stories["header"][0].pieces] == ["top"]


def test_a_piece_knows_who_made_it_and_which_comments_are_about_it() -> None:
    theirs = Counterparty(word_file(paragraph(run("one two three"))))
    theirs.type_over("two", "four")
    theirs.comment("four", "Why?")

    (line,) = read(admit(theirs.data(), "x")).stories["body"]

    found = [(one.text, one.fate.author, bool(one.comments)) for one in line.pieces]
    assert ("four", "Dana Cole", True) in found
    assert ("two", "Dana Cole", False) in found
    assert ("one ", "", False) in found


def test_half_a_move_is_a_deletion() -> None:
    inside = paragraph(
        f'<w:moveFromRangeStart {_WHO} w:name="m"/>',
        f"<w:moveFrom {_WHO}>{run('gone')}</w:moveFrom>",
    )

    (line,) = read(admit(word_file(inside), "x")).stories["body"]

    (piece,) = line.pieces
    assert (piece.fate.was, piece.fate.now, piece.fate.move) == (True, False, "")
