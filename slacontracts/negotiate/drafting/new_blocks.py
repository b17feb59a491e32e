"""New paragraphs of a returned file in; blocks with the levels of their styles out."""

import re
from collections.abc import Sequence
from typing import Any, Final

from slacontracts.model.proposal import NewBlock
from slacontracts.negotiate.reading.views import Line
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_ITEM: Final = re.compile(r"(?:clause|schedule|party|recital) level ([123])")
_FIRST_ITEMS: Final = frozenset({"party", "recital"})
_TEXT: Final = re.compile(r"(?:clause|schedule) text ([123])")
_HEADING: Final = re.compile(r"(?:clause|schedule|part|key terms) heading")
_OF_ARABIC: Final = " ar"


class Styles:
    """The styles of a file. labels: what Word counts beside its paragraphs."""

    def __init__(self, file: WordFile) -> None:
        self._names: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._outlined: set[str] = set()
        for part in file.package.names:
            if file.types.is_xml(part) and file.tree(part).tag == w("styles"):
                self._read(file.tree(part))

    def _read(self, root: Any) -> None:
        for style in root.iterchildren(w("style")):
            number = style.get(w("styleId"), "")
            name = _value(style.find(w("name"))).lower().removesuffix(_OF_ARABIC)
            self._names[number] = name
            self._bases[number] = _value(style.find(w("basedOn")))
            level = style.find(f"{w('pPr')}/{w('outlineLvl')}")
            if level is not None and _value(level) != "9":
                self._outlined.add(number)

    def is_heading(self, paragraph: Any) -> bool:
        """Tell whether a paragraph is the heading of a clause."""
        return any(
            number in self._outlined or _HEADING.fullmatch(self._names[number])
            for number in self._chain(paragraph)
        )

    def level(self, paragraph: Any) -> tuple[int, bool]:
        """Return (level, whether it is numbered) of a paragraph, by its style."""
        for number in self._chain(paragraph):
            name = self._names[number]
            if name in _FIRST_ITEMS:
                return 1, True
            if found := _ITEM.fullmatch(name):
                return int(found[1]), True
            if found := _TEXT.fullmatch(name):
                return int(found[1]), False
        return 0, False

    def _chain(self, paragraph: Any) -> Sequence[str]:
        """Return a paragraph's style and those that it is based on."""
        number = _value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
        chain: list[str] = []
        while number in self._names and number not in chain:
            chain.append(number)
            number = self._bases[number]
        return chain


def new_blocks(lines: Sequence[Line], styles: Styles) -> tuple[NewBlock, ...]:
    """Return lines as blocks of a clause."""
    blocks = []
    for line in lines:
        level, is_item = styles.level(line.paragraph.element)
        text = line.shown.strip()
        blocks.append(NewBlock(text=text, level=level, is_item=is_item))
    return tuple(blocks)


def _value(element: Any) -> str:
    return str(element.get(w("val"), "")) if element is not None else ""
