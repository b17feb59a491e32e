"""A house style that has passed the gate in; what may go into every agreement out.

What fetches, hides or is undecided is a fault with its place. What an agreement has
no use for, or what makes Word ask when it is opened, is left out without a word.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from slacontracts.word.archive import shown
from slacontracts.word.gate import Notice, WordFile
from slacontracts.word.names import RELATIONSHIPS, STYLES_TYPE, TYPES_PART, w
from slacontracts.word.package import Package, parse_part, part_bytes
from slacontracts.word.relationships import is_relationships_part

# The part, the beginning of the paragraph or nothing, and what is wrong there.
Fault: TypeAlias = tuple[str, str, str]

_STORIES: Final = tuple(
    f"wordprocessingml.{kind}+xml"
    for kind in ("document.main", "header", "footer", "footnotes", "endnotes")
)
_SETTINGS: Final = "wordprocessingml.settings+xml"
_CHANGES: Final = tuple(
    w(tag)
    for tag in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("trPrChange", "tcPrChange", "tblGridChange", "numberingChange"),
    )
)
_REMARKS: Final = (w("commentReference"), w("commentRangeStart"))
_FETCHING_FIELDS: Final = frozenset(
    {"INCLUDETEXT", "INCLUDE", "INCLUDEPICTURE", "IMPORT", "DATABASE", "RD"}
    | {"ASK", "FILLIN", "AUTOTEXT", "AUTOTEXTLIST"}
)
_OFF: Final = ("0", "false", "off")
_LONGEST_SHOWN: Final = 60
_CUSTOM_XML: Final = "customXml/"
# Settings that make Word ask, or change the styles, when an agreement is opened.
_UNWANTED_SETTINGS: Final = (w("updateFields"), w("writeProtection"), w("linkStyles"))

# What is read as a number where it is given, and what must be given.
_COUNTED: Final = tuple(
    f"wordprocessingml.{kind}+xml" for kind in ("document.main", "styles", "numbering")
)
_NUMBERS: Final = {
    w("num"): ("numId",),
    w("numId"): ("val",),
    w("abstractNum"): ("abstractNumId",),
    w("abstractNumId"): ("val",),
    w("lvl"): ("ilvl",),
    w("ilvl"): ("val",),
    w("sz"): ("val",),
    w("spacing"): ("before", "after"),
    w("pgSz"): ("w",),
    w("pgMar"): ("left", "right", "gutter"),
}
_NEEDED: Final = {
    **{tag: names for tag, names in _NUMBERS.items() if len(names) == 1},
    w("style"): ("styleId",),
    w("name"): ("val",),
}
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}")
_AGAIN: Final = "open the file in Word and save it again"

_HIDDEN: Final = "it holds hidden text; delete the text, or show it, in the house style"
_CHANGED: Final = (
    "it holds a tracked change; accept or reject the changes in the house style first"
)
_REMARK: Final = "it holds a comment; delete it in the house style first"
_MERGE: Final = (
    "it is set up for a mail merge; end the merge in Word (Normal Word Document)"
)


def faults_of(house_style: WordFile) -> Iterator[Fault]:
    """Yield what must not go on into every agreement: one fault a part and kind."""
    for notice in house_style.notices:
        wrong = _wrong(notice)
        if wrong:
            yield notice.part, "", wrong
    hidden = _hidden_styles(house_style)
    for name in house_style.package.names:
        kind = house_style.types.of(name)
        if kind.endswith(_STORIES):
            yield from _story_faults(house_style.tree(name), name, hidden)
        if kind.endswith(_COUNTED):
            yield from _number_faults(house_style.tree(name), name)
        has_settings = kind.endswith(_SETTINGS)
        if has_settings and house_style.tree(name).find(w("mailMerge")) is not None:
            yield name, "", _MERGE


def _number_faults(root: Any, part: str) -> Iterator[Fault]:
    """Find what is to be a number, or a name, and is none: one fault a part."""
    for element in root.iter(*_NUMBERS, *_NEEDED):
        missing = [
            name
            for name in _NEEDED.get(element.tag, ())
            if element.get(w(name)) is None
        ]
        wrong = [
            value
            for name in _NUMBERS.get(element.tag, ())
            if (value := element.get(w(name))) is not None
            and not _NUMBER.fullmatch(value)
        ]
        tag = element.tag.rpartition("}")[2]
        if missing:
            yield part, "", f"in w:{tag} w:{missing[0]} is missing; {_AGAIN}"
        elif wrong:
            said = shown(wrong[0])
            yield part, "", f'"{said}" in w:{tag} is no whole number; {_AGAIN}'
        elif tag == "num" and element.find(w("abstractNumId")) is None:
            yield part, "", f"in w:num w:abstractNumId is missing; {_AGAIN}"
        else:
            continue
        return


def _wrong(notice: Notice) -> str:
    """Return what is wrong with a thing that the gate lets pass; nothing if it may."""
    match notice.kind:
        case "remote":
            return (
                f"it shows something that Word fetches from {notice.what}; put it "
                "into the house style itself"
            )
        case "template":
            return (
                f"it hangs on the template {notice.what}; detach it in Word (Document "
                "Template)"
            )
        case "address":
            return f"it has a link to {notice.what}, which is no web page; remove it"
        case "add-in":
            return f"it starts an add-in of Word ({notice.what}); remove the add-in"
        case "field" if notice.what in _FETCHING_FIELDS:
            return (
                f"the field {notice.what} brings in other text, or asks for it; "
                "replace the field with its text"
            )
        case _:
            return ""


def _story_faults(root: Any, part: str, hidden: frozenset[str]) -> Iterator[Fault]:
    change = next(root.iter(*_CHANGES), None)
    if change is not None:
        yield part, _paragraph_shown(change), _CHANGED
    remark = next(root.iter(*_REMARKS), None)
    if remark is not None:
        yield part, _paragraph_shown(remark), _REMARK
    run = next((one for one in root.iter(w("r")) if _is_hidden(one, hidden)), None)
    if run is not None:
        yield part, _paragraph_shown(run), _HIDDEN


def _is_hidden(run: Any, hidden: frozenset[str]) -> bool:
    """Tell whether a run has text that nobody sees."""
    if not any((text.text or "").strip() for text in run.iter(w("t"))):
        return False
    own = run.find(f"{w('rPr')}/{w('vanish')}")
    if own is not None:
        return _is_on(own)
    styles = [run.find(f"{w('rPr')}/{w('rStyle')}")]
    paragraph = next(run.iterancestors(w("p")), None)
    if paragraph is not None:
        styles.append(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
    return any(one is not None and one.get(w("val")) in hidden for one in styles)


def _is_on(toggle: Any) -> bool:
    return str(toggle.get(w("val"), "1")).lower() not in _OFF


def _hidden_styles(house_style: WordFile) -> frozenset[str]:
    """Return the ids of the styles that hide text, themselves or by their base."""
    marks: dict[str, tuple[bool | None, str]] = {}
    for name in house_style.package.names:
        if house_style.types.of(name) != STYLES_TYPE:
            continue
        for style in house_style.tree(name).iter(w("style")):
            own, base = (
                style.find(f"{w('rPr')}/{w('vanish')}"),
                style.find(w("basedOn")),
            )
            marks[style.get(w("styleId"), "")] = (
                None if own is None else _is_on(own),
                "" if base is None else base.get(w("val"), ""),
            )
    return frozenset(style for style in marks if _hides(style, marks))


def _hides(style: str, marks: dict[str, tuple[bool | None, str]]) -> bool:
    seen: set[str] = set()
    while style in marks and style not in seen:
        seen.add(style)
        own, base = marks[style]
        if own is not None:
            return own
        style = base
    return False


def _paragraph_shown(element: Any) -> str:
    """Return the beginning of the paragraph that an element stands in."""
    own = (
        element if element.tag == w("p") else next(element.iterancestors(w("p")), None)
    )
    if own is None:
        return ""
    text = " ".join("".join(one.text or "" for one in own.iter(w("t"))).split())
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def cleaned(house_style: WordFile) -> Package:
    """Return the package without what no agreement is to take over.

    That is: settings that make Word ask, custom XML, and what binds a control to it,
    for Word would show the bound words instead of the agreement's.
    """
    package = house_style.package
    dropped = {name for name in package.names if name.startswith(_CUSTOM_XML)}
    changed: dict[str, bytes] = {}
    for name in package.names:
        kind = house_style.types.of(name)
        if name in dropped:
            continue
        if kind.endswith(_SETTINGS):
            unwanted: tuple[str, ...] = _UNWANTED_SETTINGS
        elif kind.endswith(_STORIES):
            unwanted = ("{*}dataBinding",)
        elif dropped and (name == TYPES_PART or is_relationships_part(name)):
            unwanted = (f"{{{RELATIONSHIPS}}}Relationship", "{*}Override")
        else:
            continue
        root = parse_part(package, name)
        found = [one for one in root.iter(*unwanted) if _is_unwanted(one)]
        for one in found:
            one.getparent().remove(one)
        if found:
            changed[name] = part_bytes(root)
    return package.with_parts(changed, without=dropped)


def _is_unwanted(element: Any) -> bool:
    """Tell whether an element goes; of lines on parts, those on custom XML."""
    place = element.get("PartName") or element.get("Target")
    return place is None or _CUSTOM_XML in place
