"""Old and new properties in; the new ones, with the old as a tracked change, out."""

from typing import Final

from lxml import etree

from slacontracts.redline.elements import (
    P_PR,
    R_PR,
    SECT_PR,
    Element,
    Meaning,
    meaning,
)
from slacontracts.redline.pen import Pen
from slacontracts.word.names import w

# What a tracked change of properties may not hold: it is not part of the old state.
_NOT_KEPT: Final = {
    P_PR: frozenset({R_PR, SECT_PR, w("pPrChange")}),
    SECT_PR: frozenset({w("headerReference"), w("footerReference"), w("sectPrChange")}),
    w("trPr"): frozenset({w("ins"), w("del"), w("trPrChange")}),
    w("tcPr"): frozenset({w("cellIns"), w("cellDel"), w("cellMerge"), w("tcPrChange")}),
}


def said(properties: Element | None, pen: Pen, *, is_old: bool) -> Meaning:
    """Return what properties say as a value, without what no change may hold."""
    if properties is None:
        return ()
    links = pen.old_links if is_old else pen.new_links
    left_out = _NOT_KEPT.get(properties.tag, frozenset())
    return tuple(
        meaning(one, links)
        for one in properties
        if isinstance(one.tag, str) and one.tag not in left_out
    )


def track(owner: Element, tag: str, old_owner: Element, pen: Pen) -> None:
    """Mark the properties of an owner in the result as changed from the old ones.

    tag: of the properties. Nothing is marked when they say the same, or looks are not
    compared.
    """
    if not pen.has_looks:
        return
    new, old = owner.find(tag), old_owner.find(tag)
    if said(new, pen, is_old=False) == said(old, pen, is_old=True):
        return
    if new is None:
        new = etree.Element(tag)
        owner.insert(_place(owner, tag), new)
    new.append(_change(tag, old, pen))


def _place(owner: Element, tag: str) -> int:
    """Return where properties stand: first, but after the exceptions of a row."""
    before = w("tblPrEx")
    return 1 if tag == w("trPr") and len(owner) and owner[0].tag == before else 0


def _change(tag: str, old: Element | None, pen: Pen) -> Element:
    change = pen.mark(f"{etree.QName(tag).localname}Change")
    kept = etree.SubElement(change, tag)
    if old is not None:
        brought = pen.bring(old)
        kept.attrib.update(brought.attrib)
        left_out = _NOT_KEPT.get(tag, frozenset())
        kept.extend([one for one in brought if one.tag not in left_out])
    return change


def track_run(run: Element, old_run: Element | None, pen: Pen) -> None:
    """Mark the formatting of a run as changed."""
    properties = run.find(R_PR)
    if properties is None:
        properties = etree.Element(R_PR)
        run.insert(0, properties)
    old = old_run.find(R_PR) if old_run is not None else None
    properties.append(_change(R_PR, old, pen))


def mark_properties(paragraph: Element) -> Element:
    """Return the properties of a paragraph's mark, made where there are none."""
    properties = paragraph.find(P_PR)
    if properties is None:
        properties = etree.Element(P_PR)
        paragraph.insert(0, properties)
    of_mark = properties.find(R_PR)
    if of_mark is None:
        of_mark = etree.Element(R_PR)
        after = [
            index
            for index, one in enumerate(properties)
            if one.tag in (SECT_PR, w("pPrChange"))
        ]
        properties.insert(min(after, default=len(properties)), of_mark)
    return of_mark


def mark_end(paragraph: Element, kind: str, pen: Pen) -> None:
    """Mark the end of a paragraph as inserted, deleted or moved."""
    mark_properties(paragraph).insert(0, pen.mark(kind))


def track_paragraph(paragraph: Element, old: Element, pen: Pen) -> None:
    """Mark what changed in the properties of a paragraph, of its mark and section."""
    track(paragraph, P_PR, old, pen)
    new_properties, old_properties = paragraph.find(P_PR), old.find(P_PR)
    if new_properties is None or old_properties is None:
        _track_mark(paragraph, old_properties, pen)
        return
    _track_mark(paragraph, old_properties, pen)
    if new_properties.find(SECT_PR) is not None:
        track(new_properties, SECT_PR, old_properties, pen)


def _track_mark(paragraph: Element, old_properties: Element | None, pen: Pen) -> None:
    if not pen.has_looks:
        return
    new_properties = paragraph.find(P_PR)
    new = new_properties.find(R_PR) if new_properties is not None else None
    old = old_properties.find(R_PR) if old_properties is not None else None
    if said(new, pen, is_old=False) != said(old, pen, is_old=True):
        mark_properties(paragraph).append(_change(R_PR, old, pen))


def has_section(paragraph: Element) -> bool:
    """Tell whether a section ends with a paragraph."""
    properties = paragraph.find(P_PR)
    return properties is not None and properties.find(SECT_PR) is not None
