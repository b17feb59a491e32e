"""The ids that NEW uses in; ids and names that nothing else has, out."""

from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_DOC_PR: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
)
_ID, _BOOKMARK, _CONTROL = w("id"), w("bookmarkStart"), w("sdtPr")
_MARKS: Final = (_BOOKMARK, w("permStart"), w("comment"), w("commentRangeStart"))
_MOST: Final = 2**31 - 2**20  # leaves room for the ids that a redline gives
_READ: Final = "wordprocessingml."


class Identities:
    """The ids of the result: those of NEW, and those given since."""

    def __init__(self, new: WordFile) -> None:
        self._names: set[str] = set()
        self._controls: set[str] = set()
        self._last_mark = self._last_drawing = 0
        self._given: dict[tuple[str, tuple[str, str]], str | None] = {}
        for name in new.package.names:
            if _READ in new.types.of(name) and new.types.is_xml(name):
                self._note_ids(new.tree(name))
        self._names_of_new = frozenset(self._names)

    def fresh(self) -> str:
        """Return an id for a mark: a bookmark, a range, a change."""
        self._last_mark += 1
        return str(self._last_mark)

    def fresh_drawing(self) -> str:
        """Return an id for a drawing (docPr)."""
        self._last_drawing += 1
        return str(self._last_drawing)

    def of_mark(self, kind: str, old: tuple[str, str], name: str | None) -> str | None:
        """Return the id for both ends of a range of OLD; None for one to drop.

        name: of a bookmark, at its start. A second bookmark of that name is dropped.
        """
        key = (kind, old)
        if key not in self._given:
            is_double = name is not None and name in self._names
            self._given[key] = None if is_double else self.fresh()
            if name is not None:
                self._names.add(name)
        return self._given[key]

    def is_of_new(self, name: str) -> bool:
        """Tell whether NEW itself has a bookmark of a name."""
        return name in self._names_of_new

    def of_control(self, identity: str) -> str:
        """Return the id for a content control of OLD: its own where that is free."""
        free = identity
        while free in self._controls:
            free = str(whole_number(free) + 1)
        self._controls.add(free)
        return free

    def _note_ids(self, root: Any) -> None:
        for one in root.iter(*_MARKS, _DOC_PR, _CONTROL):
            if one.tag == _DOC_PR:
                self._last_drawing = max(
                    self._last_drawing, whole_number(one.get("id"))
                )
            elif one.tag == _CONTROL:
                identity = one.find(_ID)
                if identity is not None:
                    self._controls.add(identity.get(w("val"), ""))
            else:
                self._last_mark = max(self._last_mark, whole_number(one.get(_ID)))
                if one.tag == _BOOKMARK:
                    self._names.add(one.get(w("name"), ""))


def whole_number(text: str | None) -> int:
    """Return an id as a number; 0 when it is none that Word gives."""
    is_given = text is not None and text.isascii() and text.isdecimal()
    number = int(text or "0") if is_given and len(text or "") < 11 else 0
    return number if number < _MOST else 0
