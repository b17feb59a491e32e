"""The styles of a Word file in; the same with every style of an agreement, out.

A grafted style is based on the file's own body text: its font, size and spacing.
Sizes keep their ratio to the body's, headings take colour and font of Heading 1.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.render.docx_body import CONTENTS_STYLES
from slacontracts.render.docx_numbering import HEADING_STYLES
from slacontracts.render.docx_style_reading import (
    ADDITION,
    default_style,
    style_ids,
    style_name,
    styles_of,
    text_width,
)
from slacontracts.word.names import W, w

# Every grafted style is based on this one, which is based on the file's body text.
BASE_STYLE: Final = "Agreement Base"
_STANDARD_BASE: Final = "Normal"
_CONTENTS_HEADING, _CONTENTS = CONTENTS_STYLES
_BEFORE_TABS: Final = frozenset(
    w(tag)
    for tag in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr",
        "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd",
    )
)  # fmt: skip
_AFTER_PARAGRAPH_PROPERTIES: Final = frozenset(
    w(tag) for tag in ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")
)


@dataclass(frozen=True, slots=True)
class Grafted:
    """What grafting did: the file's id of each standard style, by its standard id."""

    ids: Mapping[str, str]
    is_changed: bool


def graft_styles(styles: Any, standard: Any, document: Any) -> Grafted:
    """Add the standard's styles that a file lacks; numbers are left to the lists."""
    own = style_ids(styles)
    names = _Names(styles)
    ids: dict[str, str] = {}
    missing: list[Any] = []
    for style in styles_of(standard):
        name, standard_id = style_name(style), style.get(w("styleId"))
        if name == _STANDARD_BASE:
            ids[standard_id] = names.free_id("AgreementBase")
        elif name in own:
            ids[standard_id] = own[name]
        else:
            ids[standard_id] = names.free_id(standard_id)
            missing.append(style)
    if missing:
        look = _look(styles, standard)
        styles.append(_base_style(styles, ids["Normal"], look))
        for style in missing:
            styles.append(_grafted(style, ids, names, look))
    is_changed = _with_tab_stops(styles, standard, document, is_grafted=bool(missing))
    is_changed |= _with_heading_marks(styles)
    return Grafted(ids, bool(missing) or is_changed)


class _Names:
    """The ids and names that are taken in a file's styles."""

    def __init__(self, styles: Any) -> None:
        self.ids = {style.get(w("styleId")) for style in styles.iter(w("style"))}
        self.names = {name.get(w("val")).lower() for name in styles.iter(w("name"))}

    def free_id(self, wanted: str) -> str:
        found, count = wanted, 1
        while found in self.ids:
            count += 1
            found = f"{wanted}{count}"
        self.ids.add(found)
        return found

    def free_name(self, wanted: str) -> str:
        """Return a name; one that another kind of style has gets an addition."""
        return f"{wanted}{ADDITION}" if wanted.lower() in self.names else wanted


@dataclass(frozen=True, slots=True)
class _Look:
    """What a file's own styles say of body and headings.

    scale: body size against the standard's. accent: the standard's colour of
    headings, and what stands for it. heading_fonts: `w:rFonts` or None.
    """

    scale: float
    accent: tuple[str, str]
    heading_fonts: Any
    is_tight: bool
    has_arabic_font: bool
    size: str


def _look(styles: Any, standard: Any) -> _Look:
    body = list(_said(styles, default_style(styles), "rPr"))
    size = _first(body, "sz", "val") or "20"
    standard_size = standard.find(f".//{w('sz')}").get(w("val"))
    heading = next(
        (one for one in styles_of(styles) if style_name(one) == "heading 1"), None
    )
    fonts, colour = None, None
    if heading is not None:
        run = list(_said(styles, heading, "rPr"))
        fonts = next(
            (f for one in run if (f := one.find(w("rFonts"))) is not None), None
        )
        colour = _first(run, "color", "val") or "auto"
    accent = next(
        one.find(f"{w('rPr')}/{w('color')}").get(w("val"))
        for one in styles_of(standard)
        if style_name(one) == "Clause Heading"
    )
    space = list(_said(styles, default_style(styles), "pPr"))
    before, after = (_first(space, "spacing", side) for side in ("before", "after"))
    return _Look(
        int(size) / int(standard_size),
        (accent, colour or accent),
        fonts,
        int(before or 0) + int(after or 0) < 40,
        bool(_first(body, "rFonts", "cs") or _first(body, "rFonts", "cstheme")),
        size,
    )


def _said(styles: Any, style: Any, properties: str) -> Iterator[Any]:
    """Yield what a style says of a thing: itself, what it is based on, the defaults."""
    by_id = {one.get(w("styleId")): one for one in styles_of(styles)}
    seen = set()
    while style is not None and style not in seen:
        seen.add(style)
        found = style.find(w(properties))
        if found is not None:
            yield found
        base = style.find(w("basedOn"))
        style = None if base is None else by_id.get(base.get(w("val")))
    default = styles.find(
        f"{w('docDefaults')}/{w(properties + 'Default')}/{w(properties)}"
    )
    if default is not None:
        yield default


def _first(said: list[Any], element: str, attribute: str) -> str | None:
    found = (one.find(w(element)) for one in said)
    values = (one.get(w(attribute)) for one in found if one is not None)
    return next((value for value in values if value is not None), None)


def _base_style(styles: Any, identity: str, look: _Look) -> Any:
    """Return the style between the file's body text and the grafted styles."""
    from lxml import etree

    body = default_style(styles)
    based_on = "" if body is None else f'<w:basedOn w:val="{body.get(w("styleId"))}"/>'
    space = '<w:spacing w:after="120"/>' if look.is_tight else ""
    fonts = "" if look.has_arabic_font else '<w:rFonts w:cs="Arial"/>'
    return etree.fromstring(
        f'<w:style xmlns:w="{W}" w:type="paragraph" w:customStyle="1" '
        f'w:styleId="{identity}"><w:name w:val="{BASE_STYLE}"/>{based_on}'
        f"<w:pPr><w:widowControl/>{space}"
        '<w:ind w:left="0" w:right="0" w:firstLine="0"/></w:pPr>'
        f'<w:rPr>{fonts}<w:szCs w:val="{look.size}"/><w:lang w:bidi="ar-SA"/></w:rPr>'
        "</w:style>"
    )


def _grafted(standard: Any, ids: Mapping[str, str], names: _Names, look: _Look) -> Any:
    style = deepcopy(standard)
    style.tail = None
    style.set(w("styleId"), ids[style.get(w("styleId"))])
    name = style.find(w("name"))
    name.set(w("val"), names.free_name(name.get(w("val"))))
    for link in ("basedOn", "next"):
        element = style.find(w(link))
        if element is not None:
            if element.get(w("val")) in ids:
                element.set(w("val"), ids[element.get(w("val"))])
            else:
                style.remove(element)
    numbers = style.find(f"{w('pPr')}/{w('numPr')}")
    if numbers is not None:  # its number in this file's lists comes later
        numbers.getparent().remove(numbers)
    _adapt(style, look)
    return style


def _adapt(style: Any, look: _Look) -> None:
    """Set a style in the file's own size, colour and font."""
    for size in (*style.iter(w("sz")), *style.iter(w("szCs"))):
        size.set(w("val"), str(round(int(size.get(w("val"))) * look.scale)))
    before, after = look.accent
    for element in style.iter():
        for attribute in ("val", "color"):
            if element.get(w(attribute)) == before:
                element.set(w(attribute), after)
    is_heading = style.find(f"{w('pPr')}/{w('outlineLvl')}") is not None
    run = style.find(w("rPr"))
    if is_heading and run is not None and look.heading_fonts is not None:
        run.insert(0, deepcopy(look.heading_fonts))


def _with_tab_stops(
    styles: Any, standard: Any, document: Any, *, is_grafted: bool
) -> bool:
    """Give the lines of the contents their tab stops; tell whether that was needed.

    A right tab at the margin is needed for the page, a left one for the title.
    """
    style = next(
        one for one in styles_of(styles) if style_name(one).lower() == _CONTENTS
    )
    tabs = [tab for said in _said(styles, style, "pPr") for tab in said.iter(w("tab"))]
    if any(tab.get(w("val")) in ("left", "start", "num") for tab in tabs):
        if is_grafted:
            _widen(style, text_width(document))
        return False
    model = next(one for one in styles_of(standard) if style_name(one) == _CONTENTS)
    paragraph = paragraph_properties(style)
    for name in ("tabs", "ind"):
        old = paragraph.find(w(name))
        if old is not None:
            paragraph.remove(old)
    stops = deepcopy(model.find(f"{w('pPr')}/{w('tabs')}"))
    insert_after(paragraph, stops, _BEFORE_TABS)
    _widen(style, text_width(document))
    indent = deepcopy(model.find(f"{w('pPr')}/{w('ind')}"))
    insert_after(paragraph, indent, _BEFORE_INDENT)
    return True


def _with_heading_marks(styles: Any) -> bool:
    """Let no heading stand alone at the end of a page; tell whether that was needed.

    Word lists in the contents what has an outline level.
    """
    is_changed = False
    for style in styles_of(styles):
        name = style_name(style)
        if name not in (*HEADING_STYLES.values(), _CONTENTS_HEADING):
            continue
        said = list(_said(styles, style, "pPr"))
        if all(one.find(w("keepNext")) is None for one in said):
            properties = paragraph_properties(style)
            mark = properties.makeelement(w("keepNext"))
            insert_after(properties, mark, frozenset([w("pStyle")]))
            is_changed = True
        if name == _CONTENTS_HEADING:
            continue
        if all(one.find(w("outlineLvl")) is None for one in said):
            properties = paragraph_properties(style)
            mark = properties.makeelement(w("outlineLvl"), {w("val"): "0"})
            insert_after(properties, mark, _BEFORE_OUTLINE)
            is_changed = True
    return is_changed


_BEFORE_INDENT: Final = _BEFORE_TABS | {
    w(tag)
    for tag in (
        "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
        "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
        "snapToGrid", "spacing",
    )
}  # fmt: skip


_BEFORE_OUTLINE: Final = _BEFORE_INDENT | {
    w(tag)
    for tag in (
        "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap",
    )
}  # fmt: skip


def _widen(style: Any, width: int) -> None:
    for tab in style.iter(w("tab")):
        if tab.get(w("val")) == "right":
            tab.set(w("pos"), str(width))


def paragraph_properties(style: Any) -> Any:
    """Return a style's `w:pPr`, made where it has none."""
    found = style.find(w("pPr"))
    if found is None:
        found = style.makeelement(w("pPr"))
        at = next(
            (
                index
                for index, one in enumerate(style)
                if one.tag in _AFTER_PARAGRAPH_PROPERTIES
            ),
            len(style),
        )
        style.insert(at, found)
    return found


def insert_after(properties: Any, element: Any, earlier: frozenset[str]) -> None:
    """Insert an element after those that the schema wants before it."""
    at = next(
        (index for index, one in enumerate(properties) if one.tag not in earlier),
        len(properties),
    )
    properties.insert(at, element)
