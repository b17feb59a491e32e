"""A Word file in; the number of the clause at each place of its body out.

Word keeps no numbers: they are counted from the lists that styles and paragraphs name,
once as the file reads now and once as it read before its tracked changes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_FALLBACK: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
)
_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ARABIC_ALPHA: Final = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_ABJAD: Final = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_LEVELS: Final = 9
_MOST_SHOWN: Final = 780  # 30 times the alphabet; no letters are repeated further
_OF_TABLES: Final = (w("tc"), w("tr"), w("tbl"))
_GONE: Final = frozenset({w("del"), w("moveFrom")})
_NEW: Final = frozenset({w("ins"), w("moveTo")})


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says about numbers: its base, its list, if it is a heading."""

    base: str
    place: "_Place"
    is_heading: bool


@dataclass(frozen=True, slots=True)
class _List:
    """A list of a file: the definition that it counts with, and its levels.

    restarts: the number at which each of these levels begins anew in this list. Lists
    of one definition share one count.
    """

    number: str
    definition: str
    levels: Mapping[int, _Level]
    restarts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Place:
    """The list and level that a paragraph or style names; None where it does not."""

    number: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph of the body. printed: the number beside it; clause: where it is."""

    paragraph: Any
    printed: str
    clause: str
    is_heading: bool


def labelled_paragraphs(
    file: WordFile, is_gone: Callable[[Any], bool] | None = None
) -> Iterator[Labelled]:
    """Yield the paragraphs of a body, with what Word counts beside each of them.

    is_gone: which paragraphs do not count; without it, tracked changes are accepted:
    the numbers are those of the file as it is now.
    """
    is_gone = is_gone or _is_gone
    lists, styles = _lists(file), _styles(file)
    count = _Count()
    for paragraph in _paragraphs(file.tree(file.main)):
        if is_gone(paragraph):
            continue
        place = _place(paragraph, styles)
        one = lists.get(place.number or "")
        is_heading = _is_heading(paragraph, styles)
        printed = ""
        if one is not None:
            printed = count.take(one, _level(one, place, paragraph))
        elif is_heading:
            count.label = ""
        yield Labelled(paragraph, printed, count.label, is_heading)


def clause_labels(file: WordFile) -> Callable[[Any], str]:
    """Return what gives the label of the clause in which an element stands, or "".

    What was deleted has the label that it had before, all else the one it has now.
    """
    lists, styles = _lists(file), _styles(file)
    labels: dict[Any, str] = {}
    now, before = _Count(), _Count()
    for paragraph in _paragraphs(file.tree(file.main)):
        place = _place(paragraph, styles)
        one = lists.get(place.number or "")
        marks = _marks_of_end(paragraph)
        is_gone = bool(marks & _GONE)
        for count, counts in ((now, not is_gone), (before, not marks & _NEW)):
            if one is not None and counts:
                count.take(one, _level(one, place, paragraph))
            elif one is None and counts and _is_heading(paragraph, styles):
                count.label = ""
        labels[paragraph] = before.label if is_gone else now.label
    return lambda element: _label_at(element, labels)


class _Count:
    """How far the lists of a document have been counted. label: the last one."""

    def __init__(self) -> None:
        self.label = ""
        self._numbers: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def take(self, one: _List, level: int) -> str:
        """Count one more item of a list; return what is printed beside it."""
        numbers = self._numbers.setdefault(one.definition, {})
        if one.number not in self._begun:
            self._begun.add(one.number)
            for at, start in one.restarts.items():
                numbers[at] = start - (at == level)
        self.label = _counted(one, level, numbers) or self.label
        return _printed(one, level, numbers)[0]


def _label_at(element: Any, labels: Mapping[Any, str]) -> str:
    for one in (element, *element.iterancestors(w("p"))):
        if one in labels:
            return labels[one]
    for one in (element, *element.iterancestors(*_OF_TABLES)):
        first = next((p for p in one.iter(w("p")) if p in labels), None)
        if first is not None:
            return labels[first]
    return ""


def _paragraphs(root: Any) -> Iterator[Any]:
    has_fallback = next(root.iter(_FALLBACK), None) is not None
    for paragraph in root.iter(w("p")):
        if not has_fallback or next(paragraph.iterancestors(_FALLBACK), None) is None:
            yield paragraph


def _is_gone(paragraph: Any) -> bool:
    return bool(_marks_of_end(paragraph) & _GONE)


def _marks_of_end(paragraph: Any) -> set[str]:
    """Return how the end of a paragraph was changed: inserted, deleted, moved."""
    marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return {one.tag for one in marks} if marks is not None else set()


def _counted(one: _List, level: int, count: dict[int, int]) -> str:
    """Count a paragraph in; return its label with what stands above it."""
    for deeper in [at for at in count if at > level]:
        del count[deeper]
    for above in range(level):
        count.setdefault(above, one.levels.get(above, _Level()).start)
    start = one.levels.get(level, _Level()).start
    count[level] = count[level] + 1 if level in count else start
    return _label(one, level, count)


def _label(one: _List, level: int, count: Mapping[int, int]) -> str:
    if one.levels.get(level, _Level()).form == "none":
        return ""
    text, shows_above = _printed(one, level, count)
    text = text.rstrip(".")
    if level and text and not shows_above:
        above = _label(one, level - 1, count)
        return f"{above}{text}" if text.startswith("(") else f"{above} {text}".strip()
    return text


def _printed(one: _List, level: int, count: Mapping[int, int]) -> tuple[str, bool]:
    """Return what is printed beside an item, and whether it shows a level above."""
    known = one.levels.get(level, _Level())
    if known.form == "bullet":
        return "", False
    text = known.text
    shows_above = False
    for at in range(_LEVELS):
        mark = f"%{at + 1}"
        if mark in text:
            shows_above |= at < level
            form = one.levels.get(at, _Level()).form
            text = text.replace(mark, _number(count.get(at, 1), form))
    return text.strip(), shows_above


def _number(value: int, form: str) -> str:
    if form in ("lowerRoman", "upperRoman"):
        text = _roman(value)
        return text.upper() if form == "upperRoman" else text
    alphabet = {
        "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
        "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "arabicAlpha": _ARABIC_ALPHA,
        "arabicAbjad": _ARABIC_ABJAD,
    }.get(form)
    if alphabet and 0 < value <= _MOST_SHOWN:
        times, at = divmod(value - 1, len(alphabet))
        return alphabet[at] * (times + 1)
    return f"{value:02}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        text += letters * times
    return text


def _level(one: _List, place: _Place, paragraph: Any) -> int:
    """Return a paragraph's level: its own, its style's, or the style's of a level."""
    if place.level is not None:
        return place.level
    style = _value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
    linked = (at for at, level in one.levels.items() if style and level.style == style)
    return next(linked, 0)


def _place(paragraph: Any, styles: Mapping[str, _Style]) -> _Place:
    own = _named_place(paragraph.find(w("pPr")))
    for style in _styles_of(paragraph, styles):
        if own.number is not None:
            break
        level = style.place.level if own.level is None else own.level
        own = _Place(style.place.number, level)
    return own


def _is_heading(paragraph: Any, styles: Mapping[str, _Style]) -> bool:
    return any(style.is_heading for style in _styles_of(paragraph, styles))


def _styles_of(paragraph: Any, styles: Mapping[str, _Style]) -> Iterator[_Style]:
    """Yield a paragraph's style, and those that it is based on."""
    name = _value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name]
        name = styles[name].base


def _named_place(properties: Any) -> _Place:
    numbering = properties.find(w("numPr")) if properties is not None else None
    if numbering is None:
        return _Place()
    number = numbering.find(w("numId"))
    level = _whole(_value(numbering.find(w("ilvl"))), -1)
    return _Place(
        _value(number) if number is not None else None,
        level if 0 <= level < _LEVELS else None,
    )


def _styles(file: WordFile) -> dict[str, _Style]:
    root = _part(file, "styles")
    if root is None:
        return {}
    return {
        style.get(w("styleId"), ""): _Style(
            _value(style.find(w("basedOn"))),
            _named_place(style.find(w("pPr"))),
            style.find(f"{w('pPr')}/{w('outlineLvl')}") is not None,
        )
        for style in root.iterchildren(w("style"))
    }


def _lists(file: WordFile) -> dict[str, _List]:
    root = _part(file, "numbering")
    if root is None:
        return {}
    definitions = {
        one.get(w("abstractNumId"), ""): _levels(one)
        for one in root.iterchildren(w("abstractNum"))
    }
    lists = {}
    for one in root.iterchildren(w("num")):
        definition = _value(one.find(w("abstractNumId")))
        own = {
            at: level
            for override in one.iterchildren(w("lvlOverride"))
            for at, level in _levels(override).items()
        }
        levels = {**definitions.get(definition, {}), **own}
        number = one.get(w("numId"), "")
        lists[number] = _List(number, definition, levels, _restarts(one))
    lists.pop("0", None)  # says that a paragraph has no number
    return lists


def _restarts(number: Any) -> dict[int, int]:
    return {
        _whole(override.get(w("ilvl"), ""), 0): _whole(_value(start), 1)
        for override in number.iterchildren(w("lvlOverride"))
        if (start := override.find(w("startOverride"))) is not None
    }


def _levels(definition: Any) -> dict[int, _Level]:
    return {
        _whole(level.get(w("ilvl"), ""), 0): _Level(
            _whole(_value(level.find(w("start"))), 1),
            _value(level.find(w("numFmt"))) or "decimal",
            _value(level.find(w("lvlText"))),
            _value(level.find(w("pStyle"))),
        )
        for level in definition.iterchildren(w("lvl"))
    }


def _part(file: WordFile, kind: str) -> Any:
    """Return the root of the part that the body's relationships name, or None."""
    folder, _, name = file.main.rpartition("/")
    links = f"{folder}/_rels/{name}.rels".lstrip("/")
    for one in file.relationships:
        if one.part == links and one.kind == kind and one.meant in file.package:
            return file.tree(str(one.meant))
    return None


def _value(element: Any) -> str:
    return str(element.get(w("val"), "")) if element is not None else ""


def _whole(text: str, otherwise: int) -> int:
    is_number = text.isascii() and text.lstrip("-").isdecimal() and len(text) < 8
    return int(text) if is_number else otherwise
