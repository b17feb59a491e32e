"""A house style that has passed the gate in; the parts that an agreement takes, out.

Only what is listed here goes on into an agreement. What tells of its author, or is
of no use there, is left out; anything else is a fault.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.render.house_style_fields import bad_link, is_harmless_address
from slacontracts.word.archive import same_part, shown
from slacontracts.word.gate import WordFile
from slacontracts.word.names import (
    CORE_PART,
    CUSTOM_PART,
    ROOT_RELATIONSHIPS_PART,
    TYPES_PART,
    w,
)
from slacontracts.word.relationships import Relationship, is_relationships_part

_WORD: Final = "wordprocessingml.{}+xml"
# The kinds of relationship that stay, and how the content types of their parts end.
_KEPT: Final[Mapping[str, tuple[str, ...]]] = {
    "officedocument": (_WORD.format("document.main"),),
    **{
        kind: (_WORD.format(kind),)
        for kind in ("styles", "numbering", "settings", "header", "footer")
    },
    "fonttable": (_WORD.format("fonttable"),),
    "websettings": (_WORD.format("websettings"),),
    "footnotes": (_WORD.format("footnotes"),),
    "endnotes": (_WORD.format("endnotes"),),
    "theme": ("officedocument.theme+xml",),
    "font": ("obfuscatedfont", "x-fontdata", "x-font-ttf", "x-font-opentype"),
    "image": tuple(
        f"image/{kind}"
        for kind in (
            *("png", "jpeg", "jpg", "gif", "bmp", "tiff", "x-emf", "emf", "x-wmf"),
            *("wmf", "svg+xml"),
        )
    ),
    "core-properties": ("core-properties+xml",),
    "custom-properties": ("custom-properties+xml",),
}
# The product writes these anew, at these names only.
_PROPERTIES: Final = {"core-properties": CORE_PART, "custom-properties": CUSTOM_PART}
# The copy of the styles that Word 2010 wrote would contradict the styles.
_LEFT_OUT: Final = frozenset(
    {"extended-properties", "customxml", "customxmlprops", "thumbnail", "people"}
    | {"printersettings", "styleswitheffects", "glossarydocument", "origin"}
    | {"signature", "certificate", "classificationlabels", "commentsextended"}
    | {"commentsids", "commentsextensible", "documenttasks"}
)
_ADD_INS: Final = frozenset({"webextension", "webextensiontaskpanes", "taskpanes"})
_BUTTONS: Final = (
    "it changes the buttons or keys of Word",
    "copy its contents into a new document",
)
_OBJECT: Final = ("it holds an embedded object", "put a picture in its place")
_DRAWN: Final = ("it holds a chart or diagram", "put a picture in its place")
_WRONG: Final[Mapping[str, tuple[str, str]]] = {
    "oleobject": _OBJECT,
    "package": _OBJECT,
    "keymapcustomizations": _BUTTONS,
    "attachedtoolbars": _BUTTONS,
    "extensibility": _BUTTONS,
    "usercustomization": _BUTTONS,
    "chart": _DRAWN,
    "chartex": _DRAWN,
    "diagramdata": _DRAWN,
    "diagramlayout": _DRAWN,
    "diagramquickstyle": _DRAWN,
    "diagramcolors": _DRAWN,
    "diagramdrawing": _DRAWN,
    **dict.fromkeys(
        ("video", "audio", "media"),
        ("it holds a recording", "put a picture in its place"),
    ),
}
_SCALABLE: Final = "svg+xml"
_FETCHING_STYLE = re.compile(r"""(?i)@import|url\((?!\s*["']?(?:#|data:image/))""")
_SCRIPTED: Final = ("script", "foreignobject", "handler", "iframe")
# How the pictures begin that are not drawn in XML.
_PICTURES: Final = (
    *(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"),
    *(b"\x01\0\0\0", b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0", b"\x02\0\x09\0"),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a house style stays.

    parts: the names that stay. left_out: relationships to take out of their parts.
    faults: pairs of a part and what is wrong with it.
    """

    parts: frozenset[str]
    left_out: tuple[Relationship, ...]
    faults: tuple[tuple[str, str], ...]


def selected(house_style: WordFile) -> Selection:
    """Return what can be reached over relationships of the kinds that stay."""
    names = {same_part(name): name for name in house_style.package.names}
    leaving: dict[str, list[Relationship]] = {}
    for one in house_style.relationships:
        leaving.setdefault(same_part(one.part), []).append(one)
    kept, faults = {TYPES_PART}, []
    left_out: list[Relationship] = []
    waiting = [ROOT_RELATIONSHIPS_PART]
    while waiting:
        part = waiting.pop()
        kept.add(names[same_part(part)])
        for one in leaving.get(same_part(part), ()):
            meant = names.get(same_part(one.meant or ""))
            if _is_left_out(house_style, one, meant):
                left_out.append(one)
                continue
            wrong = _wrong(house_style, one, meant)
            if wrong:
                faults.append((part, wrong))
            elif meant is not None and not one.is_outside and meant not in kept:
                kept.add(meant)
                relations = names.get(same_part(_relations_of(meant)))
                waiting += [relations] if relations else []
    return Selection(frozenset(kept), tuple(left_out), tuple(sorted(faults)))


def _relations_of(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _is_left_out(house_style: WordFile, one: Relationship, meant: str | None) -> bool:
    if one.kind in _PROPERTIES:
        return meant != _PROPERTIES[one.kind]
    if one.kind == "comments" and meant is not None:
        return next(house_style.tree(meant).iter(w("comment")), None) is None
    return one.kind in _LEFT_OUT


def _wrong(house_style: WordFile, one: Relationship, meant: str | None) -> str:
    """Return what is wrong with a relationship; nothing if it may stay."""
    if one.kind == "hyperlink":
        is_harmless = is_harmless_address(one.target)
        return "" if is_harmless else bad_link(one.target)
    if one.kind in _ADD_INS or one.is_outside:
        return ""  # the gate has noted it
    if one.kind == "comments":
        return "it holds a comment; delete it in the house style first"
    target = shown(one.target)
    if one.kind not in _KEPT:
        what, cure = _WRONG.get(
            one.kind,
            ("it holds what no house style needs", "remove it in Word"),
        )
        return f"{what} ({target}); {cure}"
    if meant is None:
        return ""
    kind = house_style.types.of(meant)
    if not kind.endswith(_KEPT[one.kind]) or is_relationships_part(meant):
        return (
            f'it takes {target} for something else than it is ("{shown(kind)}"); '
            "open it in Word and save it again"
        )
    if one.kind == "image" and not _is_picture(house_style, meant, kind):
        return f"{target} is no picture that can be taken over; put a PNG in its place"
    return ""


def _is_picture(house_style: WordFile, name: str, kind: str) -> bool:
    content = house_style.package.read(name)
    if not kind.endswith(_SCALABLE):
        return not content or content.startswith(_PICTURES)
    return not any(_leads_out(one) for one in house_style.tree(name).iter("*"))


def _leads_out(element: Any) -> bool:
    """Tell whether an element of a drawing runs something or fetches it."""
    tag = str(element.tag).rpartition("}")[2].lower()
    styled = (element.text or "") if tag == "style" else ""
    return (
        tag in _SCRIPTED
        or _FETCHING_STYLE.search(styled) is not None
        or any(_is_active(name, value) for name, value in element.attrib.items())
    )


def _is_active(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    is_outside = not value.strip().lower().startswith(("#", "data:image/"))
    return (
        local.startswith("on")
        or (local in ("href", "src") and is_outside)
        or _FETCHING_STYLE.search(value) is not None
    )
