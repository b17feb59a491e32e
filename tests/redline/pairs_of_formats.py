"""Pairs of files whose formatting differs."""

from typing import Final

from redline_pieces import (
    CREDIT,
    TERM,
    Marks,
    Pair,
    listed,
    pair,
    para,
    paras,
    run,
)
from small_docx import NUMBERING, STYLES, lists, style

_RUN_FORMATS: Final = {
    "rStyle": '<w:rStyle w:val="Strong"/>',
    "b": "<w:b/>",
    "i": "<w:i/>",
    "u": '<w:u w:val="single"/>',
    "strike": "<w:strike/>",
    "caps": "<w:caps/>",
    "smallCaps": "<w:smallCaps/>",
    "vertAlign": '<w:vertAlign w:val="superscript"/>',
    "color": '<w:color w:val="C00000"/>',
    "highlight": '<w:highlight w:val="yellow"/>',
    "sz": '<w:sz w:val="28"/>',
    "rtl": "<w:rtl/>",
    "font": '<w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>',
    "b off": '<w:b w:val="0"/>',
}


def part(properties: str) -> str:
    return para(
        run("The fee is ") + run("due at once", properties) + run(" and in full.")
    )


RUNS: Final = [
    *(
        pair(f"run gets {name}", part(""), part(mark), Marks(formats=1))
        for name, mark in _RUN_FORMATS.items()
    ),
    *(
        pair(f"run loses {name}", part(mark), part(""), Marks(formats=1))
        for name, mark in _RUN_FORMATS.items()
        if name in ("rStyle", "b", "sz", "vertAlign", "rtl")
    ),
    pair(
        "run gets another colour",
        part('<w:color w:val="C00000"/>'),
        part('<w:color w:val="00C000"/>'),
        Marks(formats=1),
    ),
    pair(
        "whole paragraph in bold",
        para(TERM),
        para(run(TERM, "<w:b/>")),
        Marks(formats=2),
    ),
    pair(
        "half a word in bold",
        para("The Supplier pays."),
        para(run("The Supp") + run("lier", "<w:b/>") + run(" pays.")),
        Marks(formats=1),
    ),
    pair(
        "word and look changed",
        part(""),
        part("<w:b/>").replace("at once", "at noon"),
        Marks(2, 2, formats=2),
    ),
    pair(
        "word changed in formatted text",
        part("<w:b/>"),
        part("<w:b/>").replace("at once", "at noon"),
        Marks(1, 1),
    ),
    pair(
        "look of the paragraph mark",
        para(TERM),
        para(TERM, "<w:rPr><w:b/></w:rPr>"),
        Marks(formats=1),
    ),
]


def aligned(where: str) -> str:
    return f'<w:jc w:val="{where}"/>'


_HEADING: Final = '<w:pStyle w:val="Heading1"/>'
_QUOTE: Final = '<w:pStyle w:val="Quote"/>'
PARAGRAPHS: Final = [
    pair("paragraph gets a style", para(TERM), para(TERM, _HEADING), Marks(formats=1)),
    pair("paragraph loses a style", para(TERM, _QUOTE), para(TERM), Marks(formats=1)),
    pair(
        "paragraph gets another style",
        para(TERM, _QUOTE),
        para(TERM, _HEADING),
        Marks(formats=1),
    ),
    pair("alignment", para(TERM), para(TERM, aligned("center")), Marks(formats=1)),
    pair(
        "alignment changed",
        para(TERM, aligned("center")),
        para(TERM, aligned("both")),
        Marks(formats=1),
    ),
    pair(
        "indent",
        para(TERM),
        para(TERM, '<w:ind w:left="720"/>'),
        Marks(formats=1),
    ),
    pair(
        "page break before",
        para(TERM),
        para(TERM, "<w:pageBreakBefore/>"),
        Marks(formats=1),
    ),
    pair("level of a list", listed(TERM), listed(TERM, 1), Marks(formats=1)),
    pair("another list", listed(TERM), listed(TERM, 0, 2), Marks(formats=1)),
    pair("list taken off", listed(TERM), para(TERM), Marks(formats=1)),
    pair("list put on", para(TERM), listed(TERM), Marks(formats=1)),
    pair(
        "item added to a list",
        listed(TERM),
        listed(TERM) + listed(CREDIT),
        Marks(1, 0, 1),
    ),
    pair(
        "item removed from a list",
        listed(TERM) + listed(CREDIT),
        listed(TERM),
        Marks(0, 1, 1),
    ),
    pair(
        "style and words",
        para(TERM),
        para(TERM.replace("three", "five"), _HEADING),
        Marks(1, 1, formats=1),
    ),
    pair(
        "paragraph removed before another style",
        para(TERM, _QUOTE) + para(CREDIT, _HEADING),
        para(CREDIT, _HEADING),
        Marks(0, 1, 1),
    ),
    pair(
        "paragraphs of two styles joined",
        para(TERM, _QUOTE) + para(CREDIT, _HEADING),
        para(f"{TERM} {CREDIT}", _HEADING),
        Marks(2, 2, 2, formats=2),
    ),
    pair(
        "paragraph split into two styles",
        para(f"{TERM} {CREDIT}"),
        para(TERM, _HEADING) + para(CREDIT),
        Marks(2, 2, 2, formats=2),
    ),
]

_HOUSE: Final = '<w:pStyle w:val="House"/>'
_WITH_HOUSE: Final = {
    "styles": STYLES + style("House", properties='<w:pPr><w:jc w:val="right"/></w:pPr>')
}
DEFINITIONS: Final = [
    pair(
        "style only in the old file",
        para(TERM, _HOUSE),
        para(TERM),
        Marks(formats=1),
        only_old=_WITH_HOUSE,
    ),
    pair(
        "style only in the new file",
        para(TERM),
        para(TERM, _HOUSE),
        Marks(formats=1),
        only_new=_WITH_HOUSE,
    ),
    pair(
        "paragraph removed with its style",
        paras(TERM) + para(CREDIT, _HOUSE),
        paras(TERM),
        Marks(0, 1, 1),
        only_old=_WITH_HOUSE,
    ),
    pair(
        "list only in the old file",
        listed(TERM, 0, 7),
        para(TERM),
        Marks(formats=1),
        only_old={"numbering": lists({1: "decimal", 7: "upperRoman"})},
    ),
    pair(
        "list only in the new file",
        para(TERM),
        listed(TERM, 0, 7),
        Marks(formats=1),
        only_new={"numbering": lists({1: "decimal", 7: "upperRoman"})},
    ),
    pair(
        "lists only in the old file, no part in the new",
        listed(TERM) + listed(CREDIT),
        para(TERM) + para(CREDIT),
        Marks(formats=2),
        only_old={"numbering": NUMBERING},
        only_new={"numbering": ""},
    ),
    pair(
        "the same list under another number",
        listed(TERM, 0, 1) + listed(CREDIT, 0, 1),
        listed(TERM, 0, 4) + listed(CREDIT, 0, 4),
        Marks(formats=2),
        only_new={"numbering": lists({4: "decimal"})},
    ),
]

PAIRS: Final[list[Pair]] = [*RUNS, *PARAGRAPHS, *DEFINITIONS]
