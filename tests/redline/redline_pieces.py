"""Words in; the paragraphs, runs, tables and pairs of files that tests are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from small_docx import Small


@dataclass(frozen=True, slots=True)
class Marks:
    """How many marks of each kind a redline may have, at most.

    ins, dels: around runs. paragraphs: on paragraph marks. rows: on rows and cells.
    formats: changed properties of any kind. moves: pairs of move ranges.
    """

    ins: int = 0
    dels: int = 0
    paragraphs: int = 0
    rows: int = 0
    formats: int = 0
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two small files, named for what makes them differ."""

    name: str
    old: Small
    new: Small
    at_most: Marks


VALUE: Final = Marks(ins=1, dels=1)


def run(text: str, properties: str = "") -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, properties: str = "") -> str:
    """Return a paragraph; content: words, or runs."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    runs = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{inside}{runs}</w:p>"


def paras(*contents: str) -> str:
    return "".join(map(para, contents))


def listed(text: str, level: int = 0, number: int = 1) -> str:
    return para(
        text,
        f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def cell(content: str, properties: str = "") -> str:
    """Return a cell; content: words, or blocks."""
    blocks = content if content.startswith("<w:p>") or content[:7] == "<w:tbl>" else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{properties}</w:tcPr>'
        f"{blocks or para(content)}</w:tc>"
    )


def row(*cells: str, properties: str = "") -> str:
    inside = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    filled = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{inside}{filled}</w:tr>"


def table(*rows: str, columns: int = 2, properties: str = "") -> str:
    grid = '<w:gridCol w:w="2000"/>' * columns
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="0" w:type="auto"/>'
        f"{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


SCOPE: Final = "The Supplier provides the services that Schedule 1 describes."
NOTICE: Final = "A notice takes effect when the other party has received it in writing."
TERM: Final = "This agreement runs for three years from the start date it names."
LAW: Final = (
    "The courts of England decide every dispute that the parties cannot settle."
)
CREDIT: Final = "A service credit is due when the availability falls below the target."
BEFORE: Final = para("Service levels") + para(SCOPE)
AFTER: Final = para(NOTICE) + para(LAW)


def pair(
    name: str,
    old: str,
    new: str,
    at_most: Marks,
    *,
    both: Mapping[str, Any] | None = None,
    only_old: Mapping[str, Any] | None = None,
    only_new: Mapping[str, Any] | None = None,
    bare: bool = False,
) -> Pair:
    """Return a pair whose bodies differ between two paragraphs that are the same.

    both, only_old, only_new: fields of the files. bare: nothing stands around.
    """
    start, end = ("", "") if bare else (BEFORE, AFTER)
    ground = replace(Small(""), **(both or {}))
    return Pair(
        name,
        replace(ground, body=f"{start}{old}{end}", **(only_old or {})),
        replace(ground, body=f"{start}{new}{end}", **(only_new or {})),
        at_most,
    )
