"""What holds paragraphs and tables in; its blocks, ready to be aligned, out."""

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from slacontracts.redline.elements import (
    BOOKMARK_START,
    CONTENT,
    CONTROL,
    NAME,
    ROW,
    TABLE,
    Element,
    P,
    wording,
)
from slacontracts.redline.inline import shell_kind
from slacontracts.redline.words import tokens_of
from slacontracts.word.names import w

Kind: TypeAlias = Literal["paragraph", "table", "control", "row"]

_KINDS: Final[dict[str, Kind]] = {
    P: "paragraph",
    TABLE: "table",
    CONTROL: "control",
    w("customXml"): "control",
    ROW: "row",
}
_OURS: Final = ("_c_", "_h_", "_sc")


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, table, row or control. key: equal for blocks of equal wording."""

    element: Element
    kind: Kind
    text: str
    key: tuple[str, str]
    _words: list[int] | None = None
    _name: str | None = None

    def words(self, numbers: dict[str, int]) -> list[int]:
        """Return the words of the text as numbers, which `numbers` gives out."""
        if self._words is None:
            self._words = [
                numbers.setdefault(one, len(numbers))
                for one in tokens_of(self.text)
                if not one.isspace()
            ]
        return self._words

    @property
    def name(self) -> str:
        """The first bookmark of the product in a paragraph, else ""."""
        if self._name is None:
            self._name = ""
            if self.kind == "paragraph":
                for one in self.element.iter(BOOKMARK_START):
                    if one.get(NAME, "").startswith(_OURS):
                        self._name = one.get(NAME, "")
                        break
        return self._name


@dataclass(slots=True)
class Content:
    """The blocks of a container; between: what stands before each and takes no room."""

    blocks: list[Block] = field(default_factory=list)
    between: list[list[Element]] = field(default_factory=list)


def read_content(container: Element) -> Content:
    """Return the blocks of a body, cell, note, text box, header, table or control."""
    out = Content()
    waiting: list[Element] = []
    for element in container:
        kind = _KINDS.get(element.tag)
        if kind is None:
            waiting.append(element)
            continue
        text = wording(element)
        inside = str(shell_kind(element, {})) if kind == "control" else kind
        out.blocks.append(Block(element, kind, text, (inside, text)))
        out.between.append(waiting)
        waiting = []
    out.between.append(waiting)
    return out


def is_block(element: Element) -> bool:
    """Tell whether an element is a paragraph, or holds some."""
    return element.tag in _KINDS


def inner(control: Element) -> Element:
    """Return the element that holds the blocks of a control."""
    found = control.find(CONTENT)
    return control if found is None else found
