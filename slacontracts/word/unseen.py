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
_WHITES: Final = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
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
            texts = [_all_text(one) for one in both]
            found += [one for one in texts[1:] if one != texts[0]]
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
    return [text for run, text in _runs(file) if _is_unseen(run, hiding)]


def struck_texts(file: WordFile) -> list[str]:
    """Return the runs of text with a line through them, also by a style."""
    crossing = _styles(file, _strikes)
    return [text for run, text in _runs(file) if _is_struck(run, crossing)]


def _runs(file: WordFile) -> Iterator[tuple[Any, str]]:
    """Yield the runs that have text, with it."""
    for root in _roots(file):
        for run in root.iter(w("r")):
            text = _text(run)
            if text:
                yield run, text


def _styles(file: WordFile, does: Callable[[Any], bool]) -> set[str]:
    """Return the names of the styles whose properties of runs do something."""
    roots = [file.tree(name) for name in file.package.names if file.types.is_xml(name)]
    tables = (root for root in roots if root.tag == w("styles"))
    return {name for styles in tables for name in _in(styles, does)}


def _in(styles: Any, does: Callable[[Any], bool]) -> Iterator[str]:
    """Yield the names of the styles that do something, and of those based on them."""
    found = {
        style.get(w("styleId"), ""): style for style in styles.iterchildren(w("style"))
    }
    for name, style in found.items():
        seen: set[str] = set()
        one, at = style, name
        while one is not None and at not in seen:
            if does(one.find(w("rPr"))):
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
        if own is not None:
            return _is_on(own)
        if _hides(properties):
            return True
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
    if _value(properties.find(w("color"))).upper() in _WHITES:
        return True
    size = _value(properties.find(w("sz")))
    return size.isdecimal() and int(size) <= _TINIEST


def _is_on(switch: Any) -> bool:
    return str(switch.get(_VALUE, "1")).lower() not in _OFF


def _value(element: Any) -> str:
    return str(element.get(_VALUE, "")) if element is not None else ""
