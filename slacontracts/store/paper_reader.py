"""A PDF on standard input; what its pages show, as JSON on standard output.

It runs as a process of its own, so that a file that makes the library crash, hang
or eat memory ends this process and no other. What a reader of the page cannot see
is left out: text that is drawn invisibly, as behind the picture of a scan, in white,
or beside the page.
"""

import ctypes
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.store.paper_drawings import Box, drawings_of

MOST_PAGES: Final = 2_000
MOST_CHARACTERS: Final = 8_000_000
_MEMORY: Final = 2 << 30
_INVISIBLE: Final = 3  # text rendering mode of ISO 32000-1, table 106
_SPACE: Final = 32
_WHITE: Final = 250  # of 255, in all three colours
_FORMS_INSIDE: Final = 5
_HYPHEN_OF_LINE: Final = "\x02"  # as the library gives it
_LATIN: Final = "[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9]"
_FROM_LEFT: Final = rf"{_LATIN}+(?:[.,:/@\u066b\u066c-]{_LATIN}+)*"
_GAP: Final = 0.12  # of the height of signs, between those that are not of one word
_LETTERS_FROM_RIGHT: Final = (
    (0x0590, 0x0660), (0x066E, 0x06F0), (0x06FA, 0x0900),
    (0xFB1D, 0xFE00), (0xFE70, 0xFEFD),
)  # fmt: skip
_KINDS_OF_NOTES: Final = {
    1: "note", 3: "text box", 4: "line", 5: "rectangle", 6: "ellipse", 7: "polygon",
    9: "highlighting", 12: "strike-out", 13: "stamp", 14: "insertion mark",
    15: "drawing", 17: "attachment", 28: "redaction",
}  # fmt: skip


def read(data: bytes) -> dict[str, Any]:
    """Return {"fault": ...} or {"pages": [...]}: lines, covered words, notes."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return {"fault": "locked" if "password" in str(error).lower() else "damaged"}
    if len(document) > MOST_PAGES:
        return {"fault": "pages", "count": len(document)}
    pages = []
    left = MOST_CHARACTERS
    for at in range(len(document)):
        try:
            page = document[at]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            return {"fault": "page", "count": at + 1}
        left -= text_page.count_chars()
        if left < 0:
            return {"fault": "text"}
        pages.append(_Page(page, text_page).read())
        text_page.close()
        page.close()
    return {"pages": pages}


class _Page:
    """One page while it is read."""

    def __init__(self, page: Any, text_page: Any) -> None:
        from pypdfium2 import raw

        self.raw, self.page, self.text_page = raw, page, text_page
        objects = list(page.get_objects(max_depth=_FORMS_INSIDE))
        self.objects = objects
        self.order = {_address(one.raw): at for at, one in enumerate(objects)}
        self.dark = [
            at
            for at, one in enumerate(objects)
            if one.type == raw.FPDF_PAGEOBJ_PATH and self._colour(one)[0] < _WHITE
        ]
        self.invisible = {
            _address(one.raw)
            for at, one in enumerate(objects)
            if one.type == raw.FPDF_PAGEOBJ_TEXT
            and (
                raw.FPDFTextObj_GetTextRenderMode(one.raw) == _INVISIBLE
                or self._is_white(at, one)
            )
        }

        self.bounds = page.get_bbox()
        everything = text_page.get_text_range()
        self.is_from_right = any(map(_is_from_right, everything))

    def read(self) -> dict[str, Any]:
        """Return what the page shows."""
        raw = self.raw
        images = [at for at, one in enumerate(self.objects)
                  if one.type == raw.FPDF_PAGEOBJ_IMAGE]  # fmt: skip
        return {
            "lines": [line for line in map(self._line, self._lines()) if line.strip()],
            "covered": self._covered(images),
            "crossed": self._crossed(),
            "notes": self._notes(),
            "has_picture": bool(images),
            "is_blank": not self.objects,
        }

    def _lines(self) -> Iterator[list[int]]:
        """Yield the characters of each line, by their places in the text."""
        line: list[int] = []
        for at in range(self.text_page.count_chars()):
            code = self._code(at)
            if code in (10, 13):
                yield line
                line = []
            elif self._is_visible(at):
                line.append(at)
        yield line

    def _is_visible(self, at: int) -> bool:
        if self._object(at) in self.invisible:
            return False
        is_space = self._code(at) <= _SPACE
        return is_space or _holds(self.bounds, self._box(at))

    def _line(self, line: list[int]) -> str:
        if self.is_from_right:
            return self._by_place(line)
        return _text([self._code(at) for at in line])

    def _by_place(self, line: list[int]) -> str:
        """Return a line of a page with Arabic as it is read, by where its signs stand.

        The library turns such lines round by guesses. Pieces are drawn in the order
        of reading; but those of Arabic that follow each other stand as they look.
        """
        pieces: dict[int, list[_Sign]] = {}
        for at in line:
            if self.raw.FPDFText_IsGenerated(self.text_page.raw, at) != 1:
                sign = _Sign(chr(self._code(at)), self._box(at))
                pieces.setdefault(self.order.get(self._object(at), -1), []).append(sign)
        read: list[_Sign] = []
        arabic: list[_Sign] = []
        for _, signs in sorted(pieces.items()):
            is_arabic = any(sign.is_from_right for sign in signs)
            if is_arabic or (arabic and not any(sign.is_of_word for sign in signs)):
                arabic += signs
                continue
            read += [*_from_right(arabic), *sorted(signs, key=_Sign.place)]
            arabic = []
        return _spaced([*read, *_from_right(arabic)])

    def _code(self, at: int) -> int:
        return int(self.raw.FPDFText_GetUnicode(self.text_page.raw, at))

    def _covered(self, images: list[int]) -> str:
        """Return the words over which a picture was laid."""
        if not images:
            return ""
        boxes = [(at, self.objects[at].get_bounds()) for at in images]
        codes = []
        for at in range(self.text_page.count_chars()):
            code = self._code(at)
            if code in (10, 13, 32):
                codes.append(32)
                continue
            place = self.order.get(self._object(at), -1)
            box = self._box(at)
            if self._is_visible(at) and any(
                place < image and _holds(bounds, box) for image, bounds in boxes
            ):
                codes.append(code)
        return " ".join(_text(codes).split())

    def _crossed(self) -> str:
        """Return the words over which something was drawn."""
        drawings = drawings_of(self.objects)
        if not drawings:
            return ""
        codes = []
        for at in range(self.text_page.count_chars()):
            code = self._code(at)
            if code <= _SPACE:
                codes.append(_SPACE)
            elif self._is_visible(at):
                place, box = self.order.get(self._object(at), -1), self._box(at)
                if any(place < one.place and one.is_over(box) for one in drawings):
                    codes.append(code)
        return " ".join(_text(codes).split())

    def _is_white(self, place: int, one: Any) -> bool:
        """Tell whether words are see-through, or white on nothing dark."""
        colour, opaque = self._colour(one)
        if opaque == 0:
            return True
        left, bottom, right, top = one.get_bounds()
        middle = (left, right, bottom, top)
        return colour >= _WHITE and not any(
            under < place and _holds(self.objects[under].get_bounds(), middle)
            for under in self.dark
        )

    def _colour(self, one: Any) -> tuple[int, int]:
        """Return the darkest part of an object's colour, and how opaque it is."""
        red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
        self.raw.FPDFPageObj_GetFillColor(one.raw, red, green, blue, opaque)
        return min(red.value, green.value, blue.value), opaque.value

    def _box(self, at: int) -> Box:
        box = self.raw.FS_RECTF()
        self.raw.FPDFText_GetLooseCharBox(self.text_page.raw, at, box)
        return box.left, box.right, box.bottom, box.top

    def _object(self, at: int) -> int:
        return _address(self.raw.FPDFText_GetTextObject(self.text_page.raw, at))

    def _notes(self) -> list[str]:
        """Return what was put onto the page beside its own content, by kind."""
        raw, page = self.raw, self.page.raw
        found = []
        for at in range(raw.FPDFPage_GetAnnotCount(page)):
            note = raw.FPDFPage_GetAnnot(page, at)
            kind = raw.FPDFAnnot_GetSubtype(note)
            if kind in _KINDS_OF_NOTES:
                found.append(_KINDS_OF_NOTES[kind])
            elif kind == raw.FPDF_ANNOT_WIDGET and raw.FPDFAnnot_HasKey(note, b"V"):
                value = self._value(note)
                if value:
                    found.append(f"form field “{value}”")
            raw.FPDFPage_CloseAnnot(note)
        return found

    def _value(self, note: Any) -> str:
        """Return the text that was typed into a field; a signature has none."""
        raw = self.raw
        size = raw.FPDFAnnot_GetStringValue(note, b"V", None, 0)
        room = ctypes.create_string_buffer(size)
        kept = ctypes.cast(room, ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFAnnot_GetStringValue(note, b"V", kept, size)
        return room.raw.decode("utf-16-le", "replace").rstrip("\0")


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _holds(outer: Any, box: Box) -> bool:
    """Tell whether the middle of a character lies inside (left, bottom, right, top)."""
    x, y = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
    return bool(outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3])


def _is_from_right(sign: str) -> bool:
    code = ord(sign)
    return any(first <= code < after for first, after in _LETTERS_FROM_RIGHT)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character and where it stands."""

    text: str
    box: Box

    @property
    def is_from_right(self) -> bool:
        """Whether it is a letter that is written from right to left."""
        return _is_from_right(self.text)

    @property
    def is_of_word(self) -> bool:
        """Whether it is a letter or a digit."""
        return self.text.isalnum()

    def place(self) -> float:
        """Return where its middle stands, from the left."""
        return (self.box[0] + self.box[1]) / 2


def _from_right(signs: list[_Sign]) -> list[_Sign]:
    """Return signs from right to left, but numbers and Latin words as they are read."""
    ordered = sorted(signs, key=_Sign.place)[::-1]
    text = "".join(sign.text for sign in ordered)
    for run in re.finditer(_FROM_LEFT, text):
        start, stop = run.span()
        ordered[start:stop] = ordered[start:stop][::-1]
    return ordered


def _spaced(signs: list[_Sign]) -> str:
    """Return signs as text, with a space where there is room for one between two."""
    pieces: list[str] = []
    for before, sign in zip([None, *signs], signs, strict=False):
        if before is not None:
            apart = max(sign.box[0] - before.box[1], before.box[0] - sign.box[1])
            if apart > _GAP * (sign.box[3] - sign.box[2]):
                pieces.append(" ")
        pieces.append(sign.text)
    return "".join(pieces).replace(_HYPHEN_OF_LINE, "\u00ad")


def _text(codes: list[int]) -> str:
    """Return characters as text; the hyphen that ends a line is U+00AD in it."""
    return "".join(map(chr, codes)).replace(_HYPHEN_OF_LINE, "\u00ad")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on this system
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main() -> None:
    """Read one PDF."""
    _limit_memory()
    try:
        found = read(sys.stdin.buffer.read())
    except MemoryError:
        found = {"fault": "text"}
    sys.stdout.buffer.write(json.dumps(found).encode())


if __name__ == "__main__":
    main()
