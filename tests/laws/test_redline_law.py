"""Law: whatever was edited, a redline accepted is the new file, rejected the old."""

import os
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from judge import differences
from judge_rules import broken_rules, count_marks
from redline_pieces import Marks, para, row, run, table
from small_docx import PAGE, Small

from slacontracts.redline import redline
from slacontracts.word.gate import WordFile, admit

EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "200"))

# "@" stands for a number that is given once in a document.
_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_CONTROL = (
    '<w:sdt><w:sdtPr><w:id w:val="@"/></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r>'
    "</w:sdtContent></w:sdt>"
)
_BOX = (
    '<w:r><w:pict><v:shape id="s@"><v:textbox><w:txbxContent><w:p><w:r><w:t>{}</w:t>'
    "</w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
# Few words, so that many are the same in two paragraphs, and in one.
WORD = st.sampled_from(
    [
        *("the", "the", "fee", "is", "due", "within", "30", "45", "days", "of"),
        *("12,500.00", "EUR", "99.9%", "service", "Service", "notice,", "party."),
        *("العميل", "خدمة", "délai", "(a)", "sub-processor", "2026-01-31", "👍🏽"),
    ]
)
LOOK = st.sampled_from(
    ["", "", "", "<w:b/>", "<w:i/>", '<w:sz w:val="28"/>', "<w:rtl/>"]
)
FORM = st.sampled_from(
    [
        *("", "", "", '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Quote"/>'),
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
        '<w:jc w:val="center"/>',
        f"<w:sectPr>{PAGE}</w:sectPr>",
    ]
)
EXTRA = st.sampled_from(
    [
        *("", "", "", "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"),
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>',
        '<w:hyperlink w:anchor="here"><w:r><w:t>here</w:t></w:r></w:hyperlink>',
        "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>",
        "<m:oMath><m:r><m:t>a+c</m:t></m:r></m:oMath>",
        _FIELD.format("REF a"),
        _FIELD.format("REF b"),
        _CONTROL.format("100"),
        _CONTROL.format("120"),
        _BOX.format("within 30 days"),
        _BOX.format("within 45 days"),
    ]
)


@dataclass(frozen=True)
class Line:
    """A paragraph: its words with their looks, what ends it, and its note."""

    words: tuple[tuple[str, str], ...]
    form: str = ""
    extra: str = ""
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """A table, every cell of which is one paragraph."""

    rows: tuple[tuple[Line, ...], ...]


Block = Line | Grid


@dataclass
class Writer:
    """A document as XML, and the notes that were met on the way."""

    notes: list[str] = field(default_factory=list)
    numbers: int = 0

    def line(self, line: Line) -> str:
        runs = "".join(run(f"{word} ", look) for word, look in line.words)
        self.numbers += 1
        runs += line.extra.replace("@", str(self.numbers))
        if line.note:
            self.notes.append(line.note)
            runs += f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
        return para(runs, line.form)

    def block(self, block: Block) -> str:
        if isinstance(block, Line):
            return self.line(block)
        rows = [
            row(*(f"<w:tc><w:tcPr/>{self.line(one)}</w:tc>" for one in cells))
            for cells in block.rows
        ]
        return table(*rows, columns=max(map(len, block.rows)))


@dataclass(frozen=True)
class Text:
    """All that a file says: blocks, and the words in its header."""

    blocks: tuple[Block, ...]
    head: str

    def file(self) -> WordFile:
        writer = Writer()
        body = "".join(map(writer.block, self.blocks))
        if not self.blocks or isinstance(self.blocks[-1], Grid):
            body += para("")
        notes = "".join(
            f'<w:footnote w:id="{number}">{para(text)}</w:footnote>'
            for number, text in enumerate(writer.notes, 1)
        )
        related: dict[str, tuple[str, str | bytes]] = {}
        related["rId8"] = ("header", para(self.head))
        if notes:
            related["rId9"] = ("footnotes", notes)
        reference = '<w:headerReference w:type="default" r:id="rId8"/>'
        return admit(Small(body, related, reference).data(), "law.docx")


def lines(most: int = 12) -> st.SearchStrategy[Line]:
    words = st.lists(st.tuples(WORD, LOOK), max_size=most).map(tuple)
    note = st.sampled_from(["", "", "", "", "See the law.", "See 30 of it."])
    return st.builds(Line, words, FORM, EXTRA, note)


@st.composite
def grids(draw: Any) -> Grid:
    columns = draw(st.integers(1, 3))
    in_cell = lines(4).map(lambda line: replace(line, form=""))
    cells = st.tuples(*[in_cell] * columns)
    return Grid(tuple(draw(st.lists(cells, min_size=1, max_size=4))))


BLOCK = st.one_of(lines(), lines(), lines(), grids())


@st.composite
def edited_words(draw: Any, line: Line) -> Line:
    words = list(line.words)
    at = draw(st.integers(0, len(words)))
    kind = draw(st.sampled_from(["add", "drop", "change", "look"]))
    if kind == "add" or at == len(words):
        words.insert(at, draw(st.tuples(WORD, LOOK)))
    elif kind == "drop":
        del words[at : at + draw(st.integers(1, 3))]
    elif kind == "change":
        words[at] = (draw(WORD), words[at][1])
    else:
        words[at] = (words[at][0], draw(LOOK))
    return replace(line, words=tuple(words))


@st.composite
def edited_line(draw: Any, line: Line) -> Line:
    kind = draw(st.sampled_from(["words", "words", "words", "form", "extra", "note"]))
    if kind == "form":
        return replace(line, form=draw(FORM))
    if kind == "extra":
        return replace(line, extra=draw(EXTRA))
    if kind == "note":
        return replace(line, note=draw(st.sampled_from(["", "See the law of 2019."])))
    edited: Line = draw(edited_words(line))
    return edited


@st.composite
def edited_grid(draw: Any, grid: Grid) -> Grid:
    rows = list(grid.rows)
    at = draw(st.integers(0, len(rows) - 1))
    kinds = ["cell", "cell", "add", "drop", "column", "column", "row of one cell"]
    kind = draw(st.sampled_from(kinds))
    if kind == "cell":
        column = draw(st.integers(0, len(rows[at]) - 1))
        cells = list(rows[at])
        cells[column] = draw(edited_line(cells[column]))
        rows[at] = tuple(cells)
    elif kind == "add":
        rows.insert(at, tuple(draw(lines(4)) for _ in rows[at]))
    elif kind == "drop" and len(rows) > 1:
        del rows[at]
    elif kind == "row of one cell":
        rows[at] = (draw(lines(4)),)
    elif kind == "column":
        most = min(map(len, rows))
        place = draw(st.integers(0, most))
        went = draw(st.integers(0, 1)) if 0 < place < most else 0
        rows = [(*row[:place], *row[place + went :]) for row in rows]
        if not went or draw(st.booleans()):
            rows = [(*row[:place], draw(lines(2)), *row[place:]) for row in rows]
    return Grid(tuple(rows))


@st.composite
def edited(draw: Any, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with up to six edits."""
    new = list(blocks)
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(new)))
        kind = draw(
            st.sampled_from(["edit", "edit", "add", "drop", "move", "split", "join"])
        )
        if kind == "add" or at == len(new):
            new.insert(at, draw(BLOCK))
            continue
        block = new[at]
        following = new[at + 1] if at + 1 < len(new) else None
        if kind == "drop":
            del new[at]
        elif kind == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif isinstance(block, Grid):
            new[at] = draw(edited_grid(block))
        elif kind == "split":
            cut = draw(st.integers(0, len(block.words)))
            new[at : at + 1] = [
                Line(block.words[:cut], block.form),
                replace(block, words=block.words[cut:]),
            ]
        elif kind == "join" and isinstance(following, Line):
            new[at : at + 2] = [replace(following, words=block.words + following.words)]
        else:
            new[at] = draw(edited_line(block))
    return tuple(new)


@st.composite
def pairs_of_texts(draw: Any) -> tuple[Text, Text]:
    blocks = tuple(draw(st.lists(BLOCK, max_size=8)))
    head = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
    return Text(blocks, draw(head)), Text(draw(edited(blocks)), draw(head))


@settings(max_examples=EXAMPLES, deadline=None)
@given(pairs_of_texts())
def test_accepted_it_is_the_new_file_and_rejected_the_old(
    pair: tuple[Text, Text],
) -> None:
    old, new = pair[0].file(), pair[1].file()

    result = redline(old, new, author="Ada", date="2026-03-01T09:00:00Z")

    marked = admit(result.data, "redline.docx")
    found = differences(marked, new, "accepted") + differences(marked, old, "rejected")
    assert not found, "\n".join(found)
    assert broken_rules(marked) == []


@settings(max_examples=max(1, EXAMPLES // 4), deadline=None)
@given(pairs_of_texts())
def test_a_file_and_itself_have_no_difference(pair: tuple[Text, Text]) -> None:
    for text in pair:
        file = text.file()
        result = redline(file, file, author="Ada", date="2026-03-01T09:00:00Z")

        marked = admit(result.data, "redline.docx")
        assert count_marks(marked) == Marks()
        assert marked.package.read(file.main) == file.package.read(file.main)
