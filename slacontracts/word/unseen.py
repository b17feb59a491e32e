"""A Word file in; the words that a reader does not see, or sees struck out, out."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_VALUE: Final = w("val")
_OFF: Final = frozenset({"0", "false", "off"})
_TINIEST: Final = 6  # half points
_LINES: Final = (w("strike"), w("dstrike"))
_HIDING: Final = tuple(
    w(one) for one in ("vanish", "color", "sz", "szCs", "w", "shd", "highlight")
)
_WHITES: Final = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
_WHITE_THEMES: Final = frozenset({"background1", "light1"})
_DARKEST: Final = 0x40  # of red, green and blue, in what is as good as black
_NARROWEST: Final = 10  # of a hundred parts of a letter's width
_LOWEST_LINE: Final = 80  # twentieths of a point
_TURNING: Final = (w("bdo"), w("dir"))
_FONTS: Final = tuple(w(one) for one in ("ascii", "hAnsi", "cs"))
_SYMBOLS: Final = ("wingdings", "webdings", "symbol", "opensymbol", "zapf", "marlett")
_TEXT_PARTS: Final = frozenset(
    w(one) for one in ("document", "hdr", "ftr", "footnotes", "endnotes")
)


def moving_texts(file: WordFile) -> list[str]:
    """Return the texts that a program may show otherwise than they stand there.

    They are taken from data inside the file, or stand there twice for two kinds of
    programs, with other words.
    """
    found: list[str] = []
    for root in _roots(file):
        for bound in root.iter(w("dataBinding")):
            control = next(bound.iterancestors(w("sdt")), None)
            if control is not None:
                found.append(_all_text(control))
        for both in root.iter(f"{{{_COMPATIBILITY}}}AlternateContent"):
            first = next(both.iterchildren(f"{{{_COMPATIBILITY}}}Choice"), None)
            shown = _all_text(first) if first is not None else ""
            texts = [_all_text(one) for one in both if one is not first]
            found += [one for one in texts if one != shown]
    return found


def _roots(file: WordFile) -> list[Any]:
    names = (name for name in file.package.names if file.types.is_xml(name))
    return [root for root in map(file.tree, names) if root.tag in _TEXT_PARTS]


def _all_text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(w("t")))


def unseen_texts(file: WordFile) -> list[str]:
    """Return the runs of text that are hidden, white or too small to be read.

    What a style hides counts as well; a background that shows white is not looked at.
    """
    hiding = _styles(file, _hides)
    runs = _runs(file, _HIDING, hiding)
    found = [text for run, text in runs if _is_unseen(run, hiding)]
    return found + list(_flat_texts(file))


def turned_texts(file: WordFile) -> list[str]:
    """Return the texts that are made to run in one direction, whatever they say."""
    turned = (one for root in _roots(file) for one in root.iter(*_TURNING))
    return [text for one in turned if (text := _all_text(one).strip())]


def running_on_texts(file: WordFile) -> list[str]:
    """Return the paragraphs whose end is hidden, so that the next has no number."""
    found = []
    for root in _roots(file):
        for paragraph in root.iter(w("p")):
            hidden = paragraph.find(f"{w('pPr')}/{w('rPr')}/{w('vanish')}")
            if hidden is not None and _is_on(hidden):
                found.append(_all_text(paragraph).strip())
    return [text for text in found if text]


def symbol_texts(file: WordFile) -> list[str]:
    """Return the runs of text in a font whose letters are pictures."""
    styles = _styles(file, _is_symbols)
    runs = _runs(file, (w("rFonts"),), styles)
    return [
        text
        for run, text in runs
        if _is_symbols(run.find(w("rPr"))) or _has_style(run, styles)
    ]


def hides_by_default(file: WordFile) -> bool:
    """Tell whether text is hidden that says nothing of it."""
    return any(
        _hides(one.find(w("rPr")))
        for root in _parts(file, "styles")
        for one in root.iter(w("rPrDefault"))
    )


def hides_numbers(file: WordFile) -> bool:
    """Tell whether a list hides the numbers of its items."""
    return any(
        _hides(level.find(w("rPr")))
        for root in _parts(file, "numbering")
        for level in root.iter(w("lvl"))
    )


def _flat_texts(file: WordFile) -> Iterator[str]:
    """Yield the paragraphs whose lines are too low for letters."""
    flat = {
        name for root in _parts(file, "styles") for name in _in(root, _is_flat, "pPr")
    }
    for root in _roots(file):
        for paragraph in root.iter(w("p")):
            properties = paragraph.find(w("pPr"))
            if properties is None:
                continue
            style = _value(properties.find(w("pStyle")))
            if _is_flat(properties) or (
                style in flat and properties.find(w("spacing")) is None
            ):
                text = _all_text(paragraph).strip()
                if text:
                    yield text


def _is_flat(properties: Any) -> bool:
    spacing = properties.find(w("spacing")) if properties is not None else None
    if spacing is None or spacing.get(w("lineRule")) != "exact":
        return False
    height = spacing.get(w("line"), "")
    return height.lstrip("-").isdecimal() and int(height) < _LOWEST_LINE


def _is_symbols(properties: Any) -> bool:
    fonts = properties.find(w("rFonts")) if properties is not None else None
    return fonts is not None and any(
        fonts.get(one, "").casefold().startswith(_SYMBOLS) for one in _FONTS
    )


def struck_texts(file: WordFile) -> list[str]:
    """Return the runs of text with a line through them, also by a style."""
    crossing = _styles(file, _strikes)
    runs = _runs(file, _LINES, crossing)
    return [text for run, text in runs if _is_struck(run, crossing)]


def _runs(
    file: WordFile, properties: tuple[str, ...], styles: set[str]
) -> Iterator[tuple[Any, str]]:
    """Yield the runs that have text, with it; without styles, those with properties."""
    for root in _roots(file):
        for run in root.iter(w("r")) if styles else _with(root, properties):
            text = _text(run)
            if text:
                yield run, text


def _with(root: Any, properties: tuple[str, ...]) -> Iterator[Any]:
    """Yield the runs that have one of some properties of their own, each once."""
    found = (one.getparent().getparent() for one in root.iter(*properties))
    yield from dict.fromkeys(
        run for run in found if run is not None and run.tag == w("r")
    )


def _styles(file: WordFile, does: Callable[[Any], bool]) -> set[str]:
    """Return the names of the styles whose properties of runs do something."""
    return {name for root in _parts(file, "styles") for name in _in(root, does)}


def _parts(file: WordFile, kind: str) -> list[Any]:
    names = (name for name in file.package.names if file.types.is_xml(name))
    return [root for root in map(file.tree, names) if root.tag == w(kind)]


def _in(
    styles: Any, does: Callable[[Any], bool], properties: str = "rPr"
) -> Iterator[str]:
    """Yield the names of the styles that do something, and of those based on them."""
    found = {
        style.get(w("styleId"), ""): style for style in styles.iterchildren(w("style"))
    }
    for name, style in found.items():
        seen: set[str] = set()
        one, at = style, name
        while one is not None and at not in seen:
            if does(one.find(w(properties))):
                yield name
                break
            seen.add(at)
            at = _value(one.find(w("basedOn")))
            one = found.get(at)


def _text(run: Any) -> str:
    return "".join(one.text or "" for one in run.iterchildren(w("t"))).strip()


def _is_unseen(run: Any, hiding: set[str]) -> bool:
    properties = run.find(w("rPr"))
    if properties is not None:
        own = properties.find(w("vanish"))
        if _hides(properties):
            return True
        if own is not None:
            return False
    return _has_style(run, hiding)


def _is_struck(run: Any, crossing: set[str]) -> bool:
    properties = run.find(w("rPr"))
    own = [] if properties is None else [properties.find(one) for one in _LINES]
    said = [_is_on(one) for one in own if one is not None]
    return any(said) if said else _has_style(run, crossing)


def _strikes(properties: Any) -> bool:
    """Tell whether properties of a run draw a line through its text."""
    own = [] if properties is None else [properties.find(one) for one in _LINES]
    return any(_is_on(one) for one in own if one is not None)


def _has_style(run: Any, names: set[str]) -> bool:
    """Tell whether a run, or its paragraph, has one of these styles."""
    properties = run.find(w("rPr"))
    paragraph = next(run.iterancestors(w("p")), None)
    style = (
        paragraph.find(f"{w('pPr')}/{w('pStyle')}") if paragraph is not None else None
    )
    own_style = properties.find(w("rStyle")) if properties is not None else None
    return _value(style) in names or _value(own_style) in names


def _hides(properties: Any) -> bool:
    """Tell whether properties of a run make its text hidden, white or tiny."""
    if properties is None:
        return False
    hidden = properties.find(w("vanish"))
    if hidden is not None and _is_on(hidden):
        return True
    if _is_white(properties) or _is_black_on_black(properties):
        return True
    width = _value(properties.find(w("w"))).rstrip("%")
    if width.isdecimal() and int(width) <= _NARROWEST:
        return True
    sizes = (_value(properties.find(w(one))) for one in ("sz", "szCs"))
    return any(size.isdecimal() and int(size) <= _TINIEST for size in sizes)


def _is_white(properties: Any) -> bool:
    color = properties.find(w("color"))
    if color is None:
        return False
    theme = color.get(w("themeColor"), "")
    is_shaded = color.get(w("themeShade")) is not None
    return (
        _value(color).upper() in _WHITES or theme in _WHITE_THEMES
    ) and not is_shaded


def _is_black_on_black(properties: Any) -> bool:
    shading = properties.find(w("shd"))
    fill = shading.get(w("fill"), "") if shading is not None else ""
    is_marked = _value(properties.find(w("highlight"))) == "black"
    color = _value(properties.find(w("color"))) or "auto"
    return (is_marked or _is_dark(fill)) and (color == "auto" or _is_dark(color))


def _is_dark(color: str) -> bool:
    try:
        parts = bytes.fromhex(color)
    except ValueError:
        return False
    return len(parts) == 3 and max(parts) < _DARKEST


def _is_on(switch: Any) -> bool:
    return str(switch.get(_VALUE, "1")).lower() not in _OFF


def _value(element: Any) -> str:
    return str(element.get(_VALUE, "")) if element is not None else ""
