"""Lines and areas that a page of a PDF draws in; whether one lies over a sign, out.

A bar through a word, or a patch of the colour of paper over it, takes the word back
for whoever reads the page, while a program still finds it there.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

Box = tuple[float, float, float, float]
_Point = tuple[float, float]

_MIDDLE: Final = (0.3, 0.7)  # of the height of a sign; lines below it underline
_NARROWEST: Final = 1.5  # what is narrower is the edge of a cell


@dataclass(frozen=True, slots=True)
class Drawing:
    """A path of a page. place: in the order of drawing.

    lines: what is drawn with a pen, from the left to the right. areas: what is filled.
    is_hollow: an area inside another one is left free.
    """

    place: int
    lines: tuple[tuple[_Point, _Point], ...]
    areas: tuple[Box, ...]
    is_hollow: bool

    def is_over(self, box: Box) -> bool:
        """Tell whether it goes through the middle of a sign."""
        left, right, bottom, top = box
        x, height = (left + right) / 2, top - bottom
        low, high = (bottom + part * height for part in _MIDDLE)
        inside = sum(
            area[0] < x < area[1] and area[2] < high and area[3] > low
            for area in self.areas
        )
        if inside % 2 if self.is_hollow else inside:
            return True
        return any(
            low < _height_at(x, begin, end) < high
            for begin, end in self.lines
            if begin[0] < x < end[0]
        )


def drawings_of(objects: list[Any]) -> list[Drawing]:
    """Return what is drawn on a page after its first words."""
    from pypdfium2 import raw

    kinds = [one.type for one in objects]
    if raw.FPDF_PAGEOBJ_TEXT not in kinds:
        return []
    first = kinds.index(raw.FPDF_PAGEOBJ_TEXT)
    found = [
        _drawing(raw, at, objects[at])
        for at in range(first, len(objects))
        if kinds[at] == raw.FPDF_PAGEOBJ_PATH
    ]
    return [one for one in found if one.lines or one.areas]


def _drawing(raw: Any, place: int, path: Any) -> Drawing:
    mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path.raw, mode, is_stroked)
    parts = [
        [path.get_matrix().on_point(*point) for point in part]
        for part in _parts(raw, path)
    ]
    is_filled = mode.value != raw.FPDF_FILLMODE_NONE
    return Drawing(
        place,
        tuple(line for part in parts for line in _lines(part)) if is_stroked else (),
        tuple(box for part in parts if _is_wide(box := _box(part))) * is_filled,
        mode.value == raw.FPDF_FILLMODE_ALTERNATE,
    )


def _parts(raw: Any, path: Any) -> Iterator[list[_Point]]:
    """Yield the points of the parts of a path, each drawn without lifting the pen."""
    part: list[_Point] = []
    for at in range(raw.FPDFPath_CountSegments(path.raw)):
        segment = raw.FPDFPath_GetPathSegment(path.raw, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and part:
            yield part
            part = []
        part.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if part:
        yield part


def _lines(part: list[_Point]) -> Iterator[tuple[_Point, _Point]]:
    for begin, end in pairwise(part):
        if abs(begin[0] - end[0]) > _NARROWEST:
            yield min(begin, end), max(begin, end)


def _height_at(x: float, begin: _Point, end: _Point) -> float:
    return begin[1] + (x - begin[0]) * (end[1] - begin[1]) / (end[0] - begin[0])


def _box(part: list[_Point]) -> Box:
    across, up = [x for x, _ in part], [y for _, y in part]
    return min(across), max(across), min(up), max(up)


def _is_wide(box: Box) -> bool:
    return box[1] - box[0] > _NARROWEST
