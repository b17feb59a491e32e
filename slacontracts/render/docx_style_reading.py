"""The parts of a house style in; its styles, lists, and its right-to-left form, out."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
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


def style_ids(styles: Any) -> dict[str, str]:
    """Return the id of every style by its name."""
    return {
        name.get(w("val")): style.get(w("styleId"))
        for style in styles.iter(w("style"))
        if (name := style.find(w("name"))) is not None
    }


def list_levels(styles: Any, numbering: Any) -> dict[str, ListLevel]:
    """Return, by style name, the level of the list to which a style is linked."""
    abstracts = {
        int(num.get(w("numId"))): int(num.find(w("abstractNumId")).get(w("val")))
        for num in numbering.iter(w("num"))
    }
    definitions = {
        int(one.get(w("abstractNumId"))): one
        for one in numbering.iter(w("abstractNum"))
    }
    out: dict[str, ListLevel] = {}
    for style in styles.iter(w("style")):
        mark = style.find(f"{w('pPr')}/{w('numPr')}")
        name = style.find(w("name"))
        number = None if mark is None else mark.find(w("numId"))
        if number is None or name is None:
            continue
        num = int(number.get(w("val")))
        definition = definitions.get(abstracts.get(num, -1))
        if definition is not None:
            depth = mark.find(w("ilvl"))
            level = 0 if depth is None else int(depth.get(w("val")))
            out[name.get(w("val"))] = _list_level(
                num, abstracts[num], level, definition
            )
    return out


def _list_level(num: int, abstract: int, level: int, definition: Any) -> ListLevel:
    formats = []
    text = ""
    for one in definition.iter(w("lvl")):
        count = one.find(w("numFmt"))
        formats.append("decimal" if count is None else count.get(w("val")))
        if int(one.get(w("ilvl"))) == level:
            label = one.find(w("lvlText"))
            text = "" if label is None else label.get(w("val"))
    return ListLevel(num, abstract, level, tuple(formats), text)


def missing_styles(
    ids: Mapping[str, str], levels: Mapping[str, ListLevel]
) -> list[str]:
    """Return what a house style lacks, one line for each."""
    wanted: Iterable[str] = (*PARAGRAPH_STYLES, TABLE_STYLE)
    lacking = [f'the style "{name}"' for name in wanted if name not in ids]
    lacking += [
        f'native numbers in the style "{name}"'
        for name in NUMBERED_STYLES
        if name in ids and name not in levels
    ]
    return lacking


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
    section = document.find(f"{w('body')}/{w('sectPr')}")
    size = None if section is None else section.find(w("pgSz"))
    margins = None if section is None else section.find(w("pgMar"))
    if size is None or margins is None:
        return 9072
    sides = sum(int(margins.get(w(side), "0")) for side in ("left", "right", "gutter"))
    return int(size.get(w("w"))) - sides


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
