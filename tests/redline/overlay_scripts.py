"""A number in; four texts of one agreement, each edited from one before, out."""

from dataclasses import dataclass, field
from random import Random
from typing import Final, TypeAlias

from redline_pieces import cell, para, row, run, table
from small_docx import Small

from slacontracts.word.gate import WordFile, admit

Line: TypeAlias = list[str]
Rows: TypeAlias = list[list[Line]]
Block: TypeAlias = Line | Rows

WORDS: Final = [
    "the",
    "supplier",
    "customer",
    "shall",
    "provide",
    "service",
    "level",
    "credit",
    "within",
    "30",
    "days",
    "of",
    "notice",
    "unless",
    "agreed",
    "in",
    "writing",
    "by",
    "both",
    "parties",
    "99.9%",
    "EUR",
    "12,500.00",
    "month",
    "availability",
    "target",
    "clause",
]


@dataclass(slots=True)
class Author:
    """Somebody who writes and edits by chance, the same each time for one number."""

    number: int
    draw: Random = field(init=False)

    def __post_init__(self) -> None:
        self.draw = Random(self.number)

    def line(self, most: int = 14) -> Line:
        return [self.draw.choice(WORDS) for _ in range(self.draw.randint(1, most))]

    def text(self) -> list[Block]:
        blocks: list[Block] = [
            self._rows() if self.draw.random() < 0.2 else self.line()
            for _ in range(self.draw.randint(2, 7))
        ]
        return [*blocks, self.line()]

    def _rows(self) -> Rows:
        return [[self.line(4), self.line(4)] for _ in range(self.draw.randint(1, 4))]

    def edited(self, text: list[Block]) -> list[Block]:
        out = [_copied(one) for one in text]
        for _ in range(self.draw.randint(1, 5)):
            at = self.draw.randrange(len(out))
            block = out[at]
            if _is_table(block):
                self._edit_rows(block)  # type: ignore[arg-type]
            else:
                self._edit_line(out, at)
        return [*out, ["end"]] if _is_table(out[-1]) else out

    def _edit_rows(self, rows: Rows) -> None:
        at = self.draw.randrange(len(rows))
        kind = self.draw.randrange(3)
        if kind == 0:
            self._edit_words(rows[at][self.draw.randrange(2)])
        elif kind == 1:
            rows.insert(at, [self.line(4), self.line(4)])
        elif len(rows) > 1:
            rows.pop(at)

    def _edit_line(self, text: list[Block], at: int) -> None:
        line: Line = text[at]  # type: ignore[assignment]
        kind = self.draw.randrange(8)
        cut = self.draw.randrange(len(line))
        if kind == 0:
            text.insert(at, self.line())
        elif kind == 1 and len(text) > 2:
            text.pop(at)
        elif kind == 2 and cut:
            text[at : at + 1] = [line[:cut], line[cut:]]
        elif kind == 3 and at + 1 < len(text) and not _is_table(text[at + 1]):
            text[at : at + 2] = [[*line, *text[at + 1]]]
        elif kind == 4:
            text.insert(self.draw.randrange(len(text)), text.pop(at))
        else:
            self._edit_words(line)

    def _edit_words(self, line: Line) -> None:
        for _ in range(self.draw.randint(1, 3)):
            at = self.draw.randrange(len(line))
            kind = self.draw.randrange(3)
            if kind == 0:
                line.insert(at, self.draw.choice(WORDS))
            elif kind == 1 and len(line) > 1:
                line.pop(at)
            else:
                line[at] = self.draw.choice(WORDS)

    def file(self, text: list[Block], name: str) -> WordFile:
        """Return the text as a file, with runs cut where no word ends."""
        return admit(Small("".join(map(self._xml, text))).data(), name)

    def _xml(self, block: Block) -> str:
        if _is_table(block):
            return table(*(row(*(cell(" ".join(c)) for c in one)) for one in block))
        words = " ".join(block)  # type: ignore[arg-type]
        cut = self.draw.randrange(len(words))
        bold = self.draw.choice(["", "<w:b/>"])
        return para(run(words[:cut] or " ") + run(words[cut:], bold))


def _is_table(block: Block) -> bool:
    return bool(block) and isinstance(block[0], list)


def _copied(block: Block) -> Block:
    if _is_table(block):
        return [[list(cell) for cell in one] for one in block]
    return list(block)  # type: ignore[return-value]
