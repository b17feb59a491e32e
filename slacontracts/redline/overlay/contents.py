"""Two parts in; what programs work out anew in both taken out: contents, page breaks.

A table of contents is made from the headings, and one program writes a break where
another says that a paragraph begins a page. Neither is a change that anybody made, so
the contents of the new text come without a mark.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from slacontracts.redline.elements import (
    ANCHORS,
    COMMENT,
    CONTROL,
    ENDNOTE,
    FIELD_KIND,
    FIELD_MARK,
    FOOTNOTE,
    INSTRUCTION,
    R_PR,
    RUN,
    SECT_PR,
    SIMPLE_FIELD,
    TEXT,
    TYPE,
    VALUE,
    Element,
    P,
)
from slacontracts.redline.overlay.keeping import AROUND, Kept
from slacontracts.redline.overlay.pages import show_pages
from slacontracts.redline.pen import copied
from slacontracts.word.names import R, w
from slacontracts.word.revision_marks import has_marks

_GALLERY: Final = f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}"
_CONTENTS: Final = "Table of Contents"
_CODE: Final = "TOC"
_TAB: Final = w("tab")
_PAGE: Final = re.compile(r"\t\d+\s*$")
# What would be lost, or would point at nothing, with the lines that hold it.
_MORE: Final = (
    *sorted(ANCHORS - {w("proofErr")}),
    *(COMMENT, FOOTNOTE, ENDNOTE, SIMPLE_FIELD),
    *map(w, ("drawing", "pict", "object", "numId")),
)


def hide_contents(
    root: Element, new_root: Element, kept: Kept, styles: Collection[str]
) -> bool:
    """Take the contents out of both, where both have some; keep those of the new one.

    styles: the ids of those that the file has. Tell whether its contents are others
    now, or are to be worked out anew.
    """
    other = _contents(new_root)
    if not other or not _contents(root):
        return False
    is_changed = _renew(_lines(root), _lines(new_root), styles)
    for one in _contents(root):
        kept.hold(one)
    for one in other:
        one.getparent().remove(one)
    return is_changed


def _renew(mine: list[Element], other: list[Element], styles: Collection[str]) -> bool:
    if not mine or not other or any(map(has_marks, mine)):
        return False
    if _said(mine) == _said(other):
        return False
    if not _is_bare(mine) or not _is_bare(other) or not _may_come(other, styles):
        begin = next(one for line in mine for one in line.iter(FIELD_MARK))
        begin.set(w("dirty"), "true")
        return True
    for line in other:
        new = copied(line)
        show_pages(new)
        mine[0].addprevious(new)
    for line in mine:
        line.getparent().remove(line)
    return True


def _lines(root: Element) -> list[Element]:
    """Return the paragraphs of the field that makes the contents."""
    for code in root.iter(INSTRUCTION):
        if (code.text or "").split()[:1] == [_CODE]:
            first = next(code.iterancestors(P), None)
            return [] if first is None else _up_to_end(first)
    return []


def _said(lines: list[Element]) -> list[str]:
    """Return what the lines say, apart from the numbers of pages."""
    said = ("".join(map(_sign, _signs(line))) for line in lines)
    return [text for one in said if (text := _PAGE.sub("", one).strip())]


def _signs(line: Element) -> Iterator[Element]:
    return (one for one in line.iter(TEXT, _TAB) if one.getparent().tag == RUN)


def _sign(element: Element) -> str:
    return "\t" if element.tag == _TAB else element.text or ""


def _is_bare(lines: list[Element]) -> bool:
    """Tell whether lines hold the result of the field, and nothing beside it."""
    depth = 0
    for line in lines:
        for one in line.iter(FIELD_MARK, TEXT, *_MORE):
            if one.tag == FIELD_MARK:
                depth += {"begin": 1, "end": -1}.get(one.get(FIELD_KIND), 0)
            elif one.tag != TEXT or depth == 0:
                return False
    return True


def _may_come(lines: list[Element], styles: Collection[str]) -> bool:
    """Tell whether a file with these styles has all that the lines depend on."""
    return not any(
        (one.tag in (w("pStyle"), w("rStyle")) and one.get(VALUE) not in styles)
        or any(name.startswith(f"{{{R}}}") for name in one.attrib)
        for line in lines
        for one in line.iter()
    )


def _contents(root: Element) -> list[Element]:
    """Return the blocks that hold the contents and nothing else."""
    for control in root.iter(CONTROL):
        gallery = control.find(_GALLERY)
        if gallery is not None and gallery.get(VALUE) == _CONTENTS:
            return [control] if _may_be_taken([control]) else []
    blocks = _lines(root)
    return blocks if blocks and _may_be_taken(blocks) else []


def _up_to_end(first: Element) -> list[Element]:
    """Return the paragraphs from where a field begins to where it ends."""
    depth, out = 0, []
    for block in (first, *first.itersiblings()):
        if block.tag != P:
            return []
        out.append(block)
        for mark in block.iter(FIELD_MARK):
            depth += {"begin": 1, "end": -1}.get(mark.get(FIELD_KIND), 0)
        if depth == 0:
            return out
    return []


def _may_be_taken(blocks: list[Element]) -> bool:
    """Tell whether nothing else depends on the blocks."""
    following = blocks[-1].getnext()
    return (
        following is not None
        and following.tag == P
        and not any(
            next(one.iter(SECT_PR, SIMPLE_FIELD), None) is not None for one in blocks
        )
    )


def hide_page_breaks(root: Element, new_root: Element, kept: Kept) -> None:
    """Take out the runs that are nothing but breaks of pages, if ours have none."""
    if any(map(_is_page_break, new_root.iter(RUN))):
        return
    for run in list(root.iter(RUN)):
        is_theirs = AROUND in run.attrib
        if run.getparent().tag == P and _is_page_break(run) and not is_theirs:
            kept.hold(run)


def _is_page_break(run: Element) -> bool:
    content = [one for one in run if one.tag != R_PR]
    return (
        len(content) == 1
        and content[0].tag == w("br")
        and content[0].get(TYPE) == "page"
    )
