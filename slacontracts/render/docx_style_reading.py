"""The parts of a house style in; its styles, lists, and its right-to-left form, out."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, Final

from slacontracts.render.docx_body import (
    CONTENTS_STYLES,
    DEFINITION_STYLE,
    TEXT_STYLES,
)
from slacontracts.render.docx_numbering import HEADING_STYLES, ITEM_STYLES, ListLevel
from slacontracts.render.docx_tables import (
    CELL_STYLES,
    GAP_STYLE,
    GROUP_STYLE,
    LABEL_STYLE,
    TABLE_STYLE,
)
from slacontracts.word.names import w

ARABIC: Final = " AR"
_BODY_TAG = re.compile(r"\{\{p\s+(body|wording)\s*\}\}")
# Styles that count: each is linked to a level of a native list.
NUMBERED_STYLES: Final = tuple(
    dict.fromkeys(
        [
            "Clause Heading",
            "Schedule Heading",
            *(name for names in ITEM_STYLES.values() for name in names),
        ]
    )
)
PARAGRAPH_STYLES: Final = tuple(
    dict.fromkeys(
        [
            *NUMBERED_STYLES,
            *HEADING_STYLES.values(),
            *(name for names in TEXT_STYLES.values() for name in names),
            *(name for names in CELL_STYLES.values() for name in names),
            *CONTENTS_STYLES,
            DEFINITION_STYLE,
            LABEL_STYLE,
            GROUP_STYLE,
            GAP_STYLE,
        ]
    )
)
# Elements of pPr, tblPr and sectPr that must stand after the mark of direction.
_AFTER_BIDI: Final = {
    "pPr": "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId "
    "cnfStyle rPr sectPr pPrChange",
    "tblPr": "tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "sectPr": "rtlGutter docGrid printerSettings sectPrChange",
    "rPr": "cs em lang eastAsianLayout specVanish oMath rPrChange",
}


# Programs differ in the case of built-in names: "toc 1", "TOC 1".
_USUAL_NAMES: Final = {
    (name + suffix).lower(): name + suffix
    for name in (*PARAGRAPH_STYLES, TABLE_STYLE)
    for suffix in ("", ARABIC)
}
# Added to the name of a grafted style where another kind of style has it.
ADDITION: Final = " (agreement)"


def styles_of(styles: Any) -> list[Any]:
    """Return the styles that can be meant by name: of paragraphs, and the table's."""
    return [
        style
        for style in styles.iter(w("style"))
        if style.find(w("name")) is not None
        and (style.get(w("type")) == "table") is (style_name(style) == TABLE_STYLE)
        and style.get(w("type")) in ("paragraph", "table")
    ]


def style_name(style: Any) -> str:
    """Return a style's name, in our spelling where it is one of ours."""
    name = str(style.find(w("name")).get(w("val"))).removesuffix(ADDITION)
    return _USUAL_NAMES.get(name.lower(), name)


def style_ids(styles: Any) -> dict[str, str]:
    """Return the id of every style by its name."""
    return {style_name(style): style.get(w("styleId")) for style in styles_of(styles)}


def default_style(styles: Any) -> Any:
    """Return the style of body text; None where a file has none."""
    paragraphs = [one for one in styles_of(styles) if one.get(w("type")) == "paragraph"]
    marked = [one for one in paragraphs if one.get(w("default")) in ("1", "true", "on")]
    named = [one for one in paragraphs if style_name(one).lower() == "normal"]
    return next(iter((*marked, *named)), None)


def list_levels(styles: Any, numbering: Any) -> dict[str, ListLevel]:
    """Return, by style name, the level of the list to which a style is linked."""
    nums = {int(num.get(w("numId"))): num for num in numbering.iter(w("num"))}
    definitions = {
        one.get(w("abstractNumId")): one for one in numbering.iter(w("abstractNum"))
    }
    out: dict[str, ListLevel] = {}
    for style in styles_of(styles):
        mark = style.find(f"{w('pPr')}/{w('numPr')}")
        number = None if mark is None else mark.find(w("numId"))
        num = None if number is None else nums.get(int(number.get(w("val"))))
        if num is None:
            continue
        definition = definitions.get(num.find(w("abstractNumId")).get(w("val")))
        if definition is not None:
            depth = mark.find(w("ilvl"))
            level = 0 if depth is None else int(depth.get(w("val")))
            read = _list_level(num, level, definition)
            own = _indent(style)
            out[style_name(style)] = replace(read, indent=own or read.indent)
    return out


def _list_level(num: Any, level: int, definition: Any) -> ListLevel:
    formats = []
    text = indent = ""
    # Where a list begins or restarts in a way of its own, we do not count along:
    # no label is the document's then, and each is written out.
    is_unusual = num.find(f"{w('lvlOverride')}/{w('lvl')}") is not None
    for one in definition.iter(w("lvl")):
        count = one.find(w("numFmt"))
        formats.append("decimal" if count is None else count.get(w("val")))
        is_unusual |= int(one.get(w("ilvl"))) <= level and _begins_otherwise(one)
        if int(one.get(w("ilvl"))) == level:
            label = one.find(w("lvlText"))
            text = "" if label is None else label.get(w("val"))
            indent = _indent(one)
    return ListLevel(
        int(num.get(w("numId"))),
        int(definition.get(w("abstractNumId"))),
        level,
        tuple(formats),
        "" if is_unusual else text,
        indent,
    )


def _indent(owner: Any) -> str:
    """Return the `w:ind` of a style or level, "" where it has none of its own."""
    found = owner.find(f"{w('pPr')}/{w('ind')}")
    if found is None:
        return ""
    prefix = w("")
    sides = [f'w:{name.removeprefix(prefix)}="{one}"' for name, one in found.items()]
    return f"<w:ind {' '.join(sides)}/>"


def _begins_otherwise(level: Any) -> bool:
    start = level.find(w("start"))
    is_counted = start is not None and start.get(w("val")) not in ("0", "1")
    return is_counted or level.find(w("lvlRestart")) is not None


def ids_for(ids: Mapping[str, str], *, is_rtl: bool) -> dict[str, str]:
    """Return the id of each style that the body uses, Arabic twins where asked."""
    suffix = ARABIC if is_rtl else ""
    out = {name: ids.get(name + suffix, ids[name]) for name in PARAGRAPH_STYLES}
    return {**out, TABLE_STYLE: ids[TABLE_STYLE]}


def levels_for(
    levels: Mapping[str, ListLevel], *, is_rtl: bool
) -> dict[str, ListLevel]:
    """Return the list level of each numbered style, Arabic twins where asked."""
    suffix = ARABIC if is_rtl else ""
    return {name: levels.get(name + suffix, levels[name]) for name in NUMBERED_STYLES}


def text_width(document: Any) -> int:
    """Return the width between the margins of the section that holds the body."""
    section = next(_sections_from_body(document), None)
    size = None if section is None else section.find(w("pgSz"))
    margins = None if section is None else section.find(w("pgMar"))
    if size is None or margins is None:
        return 9072
    sides = sum(int(margins.get(w(side), "0")) for side in ("left", "right", "gutter"))
    return int(size.get(w("w"))) - sides


def has_contents(document: Any) -> bool:
    """Tell whether the body is to begin with its list of contents."""
    paragraphs = ("".join(one.itertext()) for one in document.iter(w("p")))
    tags = (_BODY_TAG.search(text) for text in paragraphs)
    return any(tag is not None and tag[1] == "body" for tag in tags)


def _sections_from_body(document: Any) -> Iterator[Any]:
    """Yield the sections that end after the tag of the body."""
    is_after = False
    for element in document.iter(w("p"), w("sectPr")):
        if element.tag == w("sectPr"):
            if is_after:
                yield element
        elif _BODY_TAG.search("".join(element.itertext())):
            is_after = True


def right_to_left(root: Any, ids: Mapping[str, str]) -> Any:
    """Return a copy of a part that reads from right to left.

    Paragraphs take the Arabic twin of their style; tables, sections and the runs
    of fields are marked.
    """
    root = deepcopy(root)
    twins = {
        own: ids[name + ARABIC] for name, own in ids.items() if name + ARABIC in ids
    }
    for paragraph in root.iter(w("p")):
        properties = _properties(paragraph, "pPr")
        style = properties.find(w("pStyle"))
        own = ids.get("Normal") if style is None else style.get(w("val"))
        if own in twins and style is not None:
            style.set(w("val"), twins[own])
        else:
            _mark(properties, "bidi")
    for table in root.iter(w("tbl")):
        _mark(_properties(table, "tblPr"), "bidiVisual")
    for section in root.iter(w("sectPr")):
        _mark(section, "bidi")
    for part in (*root.iter(w("fldChar")), *root.iter(w("instrText"))):
        _mark(_properties(part.getparent(), "rPr"), "rtl")
    return root


def _properties(element: Any, name: str) -> Any:
    found = element.find(w(name))
    if found is None:
        found = element.makeelement(w(name))
        element.insert(0, found)
    return found


def _mark(properties: Any, mark: str) -> None:
    if properties.find(w(mark)) is not None:
        return
    name = properties.tag.rpartition("}")[2]
    later = {w(tag) for tag in _AFTER_BIDI[name].split()}
    at = next(
        (index for index, child in enumerate(properties) if child.tag in later),
        len(properties),
    )
    properties.insert(at, properties.makeelement(w(mark)))
