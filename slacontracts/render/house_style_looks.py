"""The styles and colours of a house style in; the text that nobody could see, out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from slacontracts.word.names import w

Colour: TypeAlias = tuple[int, int, int]

_WHITE: Final = (255, 255, 255)
_USUAL_SIZE: Final = 20  # half points, where a file names no size
_LEAST_SIZE: Final = 12
_LEAST_DIFFERENCE: Final = 0x20  # of two colours that can be told apart
_OFF: Final = ("0", "false", "off")
_HIDING: Final = tuple(w(tag) for tag in ("vanish", "webHidden", "specVanish"))
_HIDING_A_RUN: Final = (w("vanish"), w("specVanish"))
_HIDDEN: Final = "it holds hidden text; delete the text, or show it, in the house style"
# Marks for an e-signature service are printed for it alone.
_ANCHOR = re.compile(r"\{\{-?\s*[a-z_.]*anchor\s*-?\}\}")
_FLOATING: Final = ("{*}anchor", w("pict"))
_SIZE = re.compile(r"([+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?)(|mm|cm|in|pt|pc|pi)")
_HALF_POINTS: Final = {
    "": 1.0,
    "pt": 2.0,
    "in": 144.0,
    "pc": 24.0,
    "pi": 24.0,
    "cm": 144 / 2.54,
    "mm": 14.4 / 2.54,
}
_TEXT_FILL: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OF_THEME: Final = {
    "text1": "dk1",
    "dark1": "dk1",
    "text2": "dk2",
    "dark2": "dk2",
    "background1": "lt1",
    "light1": "lt1",
    "background2": "lt2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_HIGHLIGHTS: Final[Mapping[str, Colour]] = {
    "black": (0, 0, 0), "white": _WHITE, "yellow": (255, 255, 0),
    "green": (0, 255, 0), "cyan": (0, 255, 255), "magenta": (255, 0, 255),
    "blue": (0, 0, 255), "red": (255, 0, 0), "darkBlue": (0, 0, 128),
    "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0),
    "darkYellow": (128, 128, 0), "darkGray": (128, 128, 128),
    "lightGray": (192, 192, 192),
}  # fmt: skip


def is_on(toggle: Any) -> bool:
    """Tell whether a property that may be on or off is on."""
    return str(toggle.get(w("val"), "1")).lower() not in _OFF


def is_hiding(properties: Any) -> bool:
    """Tell whether something below an element hides text."""
    marks = any(is_on(one) for one in properties.iter(*_HIDING))
    return marks or any(_is_empty(one) for one in properties.iter(_TEXT_FILL))


def _is_empty(fill: Any) -> bool:
    """Tell whether letters are left unfilled, which Word shows as nothing."""
    return fill.find("{*}noFill") is not None


class Looks:
    """What text looks like that is set in a style.

    page: the colours that may lie behind it all: white, and that of the page.
    """

    def __init__(self, styles: Any, theme: Any = None, document: Any = None) -> None:
        self._styles = {
            str(one.get(w("styleId"))): one
            for one in (() if styles is None else styles.iter(w("style")))
        }
        defaults = None if styles is None else styles.find(w("docDefaults"))
        self._defaults = [] if defaults is None else list(defaults.iter(w("rPr")))
        self._theme = _theme_colours(theme)
        self.usual = next(
            (
                name
                for name, one in self._styles.items()
                if one.get(w("type")) == "paragraph"
                and one.get(w("default")) in ("1", "true", "on")
            ),
            "",
        )
        back = None if document is None else document.find(w("background"))
        colour = None if back is None else self.colour(back, "color")
        self.page: tuple[Colour, ...] = (_WHITE, *([colour] if colour else []))

    def chain(self, style: str) -> list[Any]:
        """Return a style and what it is based on, the nearest first."""
        found: list[Any] = []
        while style in self._styles and self._styles[style] not in found:
            found.append(self._styles[style])
            base = found[-1].find(w("basedOn"))
            style = "" if base is None else str(base.get(w("val")))
        return found

    def text_of(self, *styles: str) -> list[Any]:
        """Return the properties of text in styles, those that count most first."""
        own = [
            one.find(w("rPr"))
            for style in styles
            for one in self.chain(style)
            if one.find(w("rPr")) is not None
        ]
        return [*own, *self._defaults]

    def size(self, layers: Iterable[Any], name: str = "sz") -> float:
        """Return the size of text in half points; the usual one where none is said."""
        found = _first(layers, w(name))
        said = None if found is None else _SIZE.fullmatch(str(found.get(w("val"))))
        return float(said[1]) * _HALF_POINTS[said[2]] if said else _USUAL_SIZE

    def is_seen(self, layers: list[Any], behind: Iterable[Any]) -> bool:
        """Tell whether text differs in colour from what lies behind it.

        behind: properties that may hold shading, the nearest first.
        """
        found = _first(layers, w("color"))
        colour = None if found is None else self.colour(found, "val")
        if colour is None:  # automatic: black or white, whichever can be seen
            return True
        mark = _first(layers, w("highlight"))
        highlight = None if mark is None else _HIGHLIGHTS.get(mark.get(w("val"), ""))
        if highlight is not None:
            return _differ(colour, highlight)
        for properties in (*layers, *behind):
            shade = self.shade(properties)
            if shade is not None:
                return _differ(colour, shade)
        return all(_differ(colour, one) for one in self.page)

    def shade(self, properties: Any) -> Colour | None:
        """Return the colour that properties put behind a text; None where none."""
        found = properties.find(w("shd"))
        if found is None:
            return None
        if found.get(w("val")) == "solid":
            return self.colour(found, "color")
        return self.colour(found, "fill")

    def colour(self, element: Any, name: str) -> Colour | None:
        """Return a colour as it is printed; None when it is automatic."""
        is_fill = name == "fill"
        of_theme = element.get(w("themeFill" if is_fill else "themeColor"), "")
        base = self._theme.get(_OF_THEME.get(of_theme, of_theme))
        if base is None:
            return _read_colour(str(element.get(w(name), "")))
        prefix = "themeFill" if is_fill else "theme"
        shade = _share(element.get(w(f"{prefix}Shade")))
        tint = _share(element.get(w(f"{prefix}Tint")))
        red, green, blue = (
            round(one * shade * tint + 255 * (1 - tint)) for one in base
        )
        return red, green, blue


COLOURLESS: Final = (
    "its text has the colour of what lies behind it, and nobody sees it; give it "
    "another colour"
)


def look_faults(
    looks: Looks, styles: Mapping[str, str], table: str
) -> Iterator[tuple[str, str]]:
    """Yield the name of each style that cannot be read, and what is wrong with it.

    styles: ids by name, of the paragraphs of the body. table: the id of its tables.
    """
    tables = looks.chain(table)
    for name, style in styles.items():
        layers = looks.text_of(style)
        behind = paragraph_shading(looks, style)
        wrong = unreadable(looks.size(layers, "szCs" if name.endswith(" AR") else "sz"))
        cells = _cells(tables, name)
        is_seen = looks.is_seen(layers, behind) or any(
            looks.shade(one) is not None and looks.is_seen(layers, [*behind, one])
            for one in cells
        )
        if wrong or not is_seen:
            yield name, wrong or COLOURLESS
    for one in tables:
        for part in (one, *one.iter(w("tblStylePr"))):
            wrong = _wrong_in_table(looks, part)
            if wrong:
                yield one.find(w("name")).get(w("val")), wrong


def level_faults(looks: Looks, numbering: Any) -> Iterator[str]:
    """Yield what is wrong with the numbers that lists print: each fault once."""
    seen = set()
    for level in numbering.iter(w("lvl")):
        properties, text = level.find(w("rPr")), level.find(w("lvlText"))
        if properties is None or text is None or not text.get(w("val")):
            continue
        style = _named(level, "pStyle")
        layers = [properties, *looks.text_of(style)]
        wrong = unreadable(looks.size(layers))
        if not wrong and not looks.is_seen(layers, paragraph_shading(looks, style)):
            wrong = COLOURLESS
        if wrong and wrong not in seen:
            seen.add(wrong)
            yield wrong


def _cells(tables: Iterable[Any], style: str) -> list[Any]:
    """Return the properties of the cells in which a style stands in a table style."""
    if not style.startswith("Table"):
        return []
    if any(kind in style for kind in ("Heading", "Label", "Group")):
        return [cell for one in tables for cell in one.iter(w("tcPr"))]
    return [cell for one in tables for cell in one.findall(w("tcPr"))]


def _wrong_in_table(looks: Looks, part: Any) -> str:
    """Say what is wrong with the text of a table style, or of its rows or columns."""
    properties = part.find(w("rPr"))
    if properties is None:
        return ""
    behind = [*part.findall(w("pPr")), *part.findall(w("tcPr"))]
    is_seen = looks.is_seen([properties], behind)
    return unreadable(looks.size([properties])) or ("" if is_seen else COLOURLESS)


def unreadable(size: float) -> str:
    """Say what is wrong with a size in half points; nothing if it can be read."""
    if size >= _LEAST_SIZE:
        return ""
    points = f"{round(size / 2, 1):g}"
    return f"its text is set in {points} points, too small to read; take 6 or more"


def paragraph_shading(looks: Looks, style: str) -> list[Any]:
    """Return the properties of a paragraph in a style that may hold shading."""
    found = (one.find(w("pPr")) for one in looks.chain(style))
    return [one for one in found if one is not None]


def _first(layers: Iterable[Any], tag: str) -> Any:
    return next((one for layer in layers for one in layer.findall(tag)), None)


def _differ(one: Colour, other: Colour) -> bool:
    pairs = zip(one, other, strict=True)
    return max(abs(a - b) for a, b in pairs) >= _LEAST_DIFFERENCE


def _share(said: str | None) -> float:
    """Return the share of a colour that a shade or tint leaves of it."""
    if said is None or not re.fullmatch(r"[0-9A-Fa-f]{1,2}", said):
        return 1.0
    return int(said, 16) / 255


def _read_colour(said: str) -> Colour | None:
    if not _HEX.fullmatch(said):
        return None
    value = int(said, 16)
    return value >> 16, value >> 8 & 255, value & 255


def _theme_colours(theme: Any) -> dict[str, Colour]:
    """Return the colours of a theme by their short names; those that are said."""
    scheme = None if theme is None else next(theme.iter(f"{_DRAWING}clrScheme"), None)
    found: dict[str, Colour] = {}
    for one in () if scheme is None else scheme:
        said = next(iter(one), None)
        value = "" if said is None else said.get("lastClr") or said.get("val") or ""
        colour = _read_colour(value)
        if colour is not None and isinstance(one.tag, str):
            found[one.tag.rpartition("}")[2]] = colour
    return found


def unseen_text(root: Any, looks: Looks) -> Iterator[tuple[Any, str]]:
    """Yield runs of text that nobody sees, and what is wrong: the first of a kind."""
    has_pictures_behind = next(root.iter(*_FLOATING), None) is not None
    seen = set()
    for run in root.iter(w("r")):
        if not any((text.text or "").strip() for text in run.findall(w("t"))):
            continue
        wrong = _wrong_in_run(run, looks, is_on_picture=has_pictures_behind)
        if wrong and wrong not in seen:
            seen.add(wrong)
            yield run, wrong


def _wrong_in_run(run: Any, looks: Looks, *, is_on_picture: bool) -> str:
    own = run.find(w("rPr"))
    paragraph = next(run.iterancestors(w("p")), None)
    around = None if paragraph is None else paragraph.find(w("pPr"))
    named = _named(own, "rStyle"), _named(around, "pStyle") or looks.usual
    layers = [*([] if own is None else [own]), *looks.text_of(*named)]
    if _is_hidden(layers):
        return _HIDDEN
    wrong = unreadable(looks.size(layers))
    if not wrong and not is_on_picture:
        behind = [] if around is None else [around]
        behind += paragraph_shading(looks, named[1])
        wrong = "" if _is_seen_in_place(run, looks, layers, behind) else COLOURLESS
    return "" if wrong and _is_anchor(run, paragraph) else wrong


def _named(properties: Any, kind: str) -> str:
    found = None if properties is None else properties.find(w(kind))
    return "" if found is None else str(found.get(w("val")))


def _is_hidden(layers: list[Any]) -> bool:
    marks = (_first(layers, tag) for tag in _HIDING_A_RUN)
    fill = _first(layers, _TEXT_FILL)
    return any(mark is not None and is_on(mark) for mark in marks) or (
        fill is not None and _is_empty(fill)
    )


def _is_seen_in_place(
    run: Any, looks: Looks, layers: list[Any], behind: list[Any]
) -> bool:
    """Tell whether a run can be seen on what its cells and tables put behind it."""
    if next(run.iterancestors(w("txbxContent")), None) is not None:
        return True  # what fills the box is drawn elsewhere
    for cell in run.iterancestors(w("tc")):
        behind += cell.findall(w("tcPr"))
    if looks.is_seen(layers, behind):
        return True
    tables = (
        _named(one.find(w("tblPr")), "tblStyle") for one in run.iterancestors(w("tbl"))
    )
    return any(
        looks.shade(cell) is not None and looks.is_seen(layers, [*behind, cell])
        for table in tables
        for style in looks.chain(table)
        for cell in style.iter(w("tcPr"))
    )


def _is_anchor(run: Any, paragraph: Any) -> bool:
    """Tell whether a run is part of a mark for an e-signature service."""
    if paragraph is None:
        return False
    pieces = list(paragraph.iter(w("t")))
    own = [pieces.index(one) for one in run.findall(w("t"))]
    texts = [one.text or "" for one in pieces]
    start, end = (len("".join(texts[:at])) for at in (own[0], own[-1] + 1))
    text = "".join(texts)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return any(
        found.start() <= start and end <= found.end()
        for found in _ANCHOR.finditer(text)
    )
