"""Fields that show a page in; the same with one number in all, and back, out.

Every program works page numbers out anew, so these are no change. A number that is
shown is kept with its run.
"""

from typing import Final

from slacontracts.redline.elements import (
    DEL_TEXT,
    FIELD_KIND,
    FIELD_MARK,
    INSTRUCTION,
    RUN,
    TEXT,
    Element,
)
from slacontracts.redline.overlay.keeping import SHOWN

_CODES: Final = ("PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF")
_ANY: Final = "1"


def hide_pages(root: Element) -> bool:
    """Let all fields that show a page show one number; tell whether there are any."""
    has_any = False
    fields: list[list[str]] = []  # of each that is open: its code, and "" in its result
    for one in root.iter(FIELD_MARK, INSTRUCTION, TEXT):
        if one.tag == FIELD_MARK:
            _follow(fields, one.get(FIELD_KIND))
        elif fields and one.tag == INSTRUCTION:
            fields[-1].append(one.text or "")
        elif fields and _shows_page(fields[-1]) and _is_alone(one):
            one.getparent().set(SHOWN, one.text or "")
            one.text = _ANY
            has_any = True
    return has_any


def _follow(fields: list[list[str]], kind: str | None) -> None:
    if kind == "begin":
        fields.append([])
    elif fields and kind == "separate":
        fields[-1] = ["result", *fields[-1]]
    elif fields and kind == "end":
        fields.pop()


def _shows_page(field: list[str]) -> bool:
    words = "".join(field[1:]).split()
    return field[:1] == ["result"] and words[:1] != [] and words[0].upper() in _CODES


def _is_alone(text: Element) -> bool:
    run = text.getparent()
    return run.tag == RUN and len(run.findall(TEXT)) == 1 and bool(text.text)


def show_pages(root: Element) -> None:
    """Let the fields show what they did."""
    for run in root.iter(RUN):
        shown = run.attrib.pop(SHOWN, None)
        if shown is not None:
            for text in run.iterchildren(TEXT, DEL_TEXT):
                text.text = shown
