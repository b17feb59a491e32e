"""A house style that has passed the gate in; what may go into every agreement out.

What fetches, hides or is undecided is a fault with its place. What an agreement has
no use for, or what makes Word ask when it is opened, is left out without a word.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from slacontracts.render.house_style_fields import field_faults
from slacontracts.render.house_style_looks import Looks, is_hiding, unseen_text
from slacontracts.render.house_style_parts import selected
from slacontracts.word.archive import same_part, shown
from slacontracts.word.gate import Notice, WordFile
from slacontracts.word.names import (
    MAIN_TYPE,
    NUMBERING_TYPE,
    STYLES_TYPE,
    THEME_TYPE,
    TYPES_PART,
    w,
)
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
_LONGEST_SHOWN: Final = 60
# Settings that make Word ask, or change the styles, when an agreement is opened, and
# those that carry something else along.
_UNWANTED_SETTINGS: Final = tuple(
    w(tag)
    for tag in (
        *("updateFields", "writeProtection", "linkStyles", "docVars", "forceUpgrade"),
        *("attachedSchema", "saveThroughXslt", "useXSLTWhenSaving", "documentType"),
    )
)
# The first binds a control to words elsewhere; the second points at what is left out.
_UNWANTED_IN_TEXT: Final = ("{*}dataBinding", w("printerSettings"))
_FORMATS: Final = (STYLES_TYPE, NUMBERING_TYPE)
_WHOSE: Final = {
    w("docDefaults"): "the usual format of all text",
    w("latentStyles"): "the list of styles",
    w("abstractNum"): "a level of a list",
    w("num"): "a level of a list",
}

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
    chosen = selected(house_style)
    yield from ((part, "", wrong) for part, wrong in chosen.faults)
    looks = Looks(
        *(_tree_of(house_style, kind) for kind in (STYLES_TYPE, THEME_TYPE, MAIN_TYPE))
    )
    for name in house_style.package.names:
        if name in chosen.parts and house_style.types.is_xml(name):
            yield from _part_faults(house_style, name, looks)


def _tree_of(house_style: WordFile, kind: str) -> Any:
    """Return the root of the part of a kind; None where there is none."""
    names = house_style.package.names
    found = (name for name in names if house_style.types.of(name).endswith(kind))
    name = next(found, None)
    return None if name is None else house_style.tree(name)


def _part_faults(house_style: WordFile, part: str, looks: Looks) -> Iterator[Fault]:
    root, kind = house_style.tree(part), house_style.types.of(part)
    if kind.endswith(_STORIES):
        yield from _story_faults(root, part, looks)
    for place, wrong in field_faults(root):
        yield part, _paragraph_shown(place), wrong
    if kind.endswith(_COUNTED):
        yield from _number_faults(root, part)
    if kind.endswith(_FORMATS):
        yield from _hiding_faults(root, part)
    if kind.endswith(_SETTINGS) and root.find(w("mailMerge")) is not None:
        yield part, "", _MERGE


def _hiding_faults(root: Any, part: str) -> Iterator[Fault]:
    """Find the styles and levels of lists that hide what is set in them."""
    for element in root:
        if is_hiding(element):
            name = element.find(w("name"))
            said = "" if name is None else str(name.get(w("val"), ""))
            what = f"the style “{shown(said)}”" if said else _WHOSE.get(element.tag)
            yield (
                part,
                "",
                f"{what or 'a style'} hides text; open Font in Word and take away "
                "Hidden, or delete it",
            )


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
        case "add-in":
            return f"it starts an add-in of Word ({notice.what}); remove the add-in"
        case _:
            return ""


def _story_faults(root: Any, part: str, looks: Looks) -> Iterator[Fault]:
    change = next(root.iter(*_CHANGES), None)
    if change is not None:
        yield part, _paragraph_shown(change), _CHANGED
    remark = next(root.iter(*_REMARKS), None)
    if remark is not None:
        yield part, _paragraph_shown(remark), _REMARK
    for run, wrong in unseen_text(root, looks):
        yield part, _paragraph_shown(run), wrong


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
    package, chosen = house_style.package, selected(house_style)
    dropped = set(package.names) - chosen.parts
    lines = {(one.part, one.identity) for one in chosen.left_out}
    changed: dict[str, bytes] = {}
    for name in package.names:
        kind = house_style.types.of(name)
        if name in dropped or not house_style.types.is_xml(name):
            continue
        root = parse_part(package, name)
        found: list[Any] = []
        if name == TYPES_PART:
            gone = {same_part(one) for one in dropped}
            found = [one for one in root if _part_announced(one) in gone]
        elif is_relationships_part(name):
            found = [one for one in root if (name, one.get("Id", "")) in lines]
        elif kind.endswith(_SETTINGS):
            found = list(root.iter(*_UNWANTED_SETTINGS))
        elif kind.endswith(_STORIES):
            found = list(root.iter(*_UNWANTED_IN_TEXT))
        for one in found:
            one.getparent().remove(one)
        if found:
            changed[name] = part_bytes(root)
    return package.with_parts(changed, without=dropped)


def _part_announced(element: Any) -> str | None:
    """Return the part whose kind of content an element tells, to be compared."""
    name = element.get("PartName")
    return None if name is None else same_part(str(name).lstrip("/"))
