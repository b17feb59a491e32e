"""Pairs of files that differ in headers, footers, notes, text boxes and sections."""

from collections.abc import Mapping
from typing import Final

from redline_pieces import (
    CREDIT,
    LAW,
    NOTICE,
    TERM,
    VALUE,
    Marks,
    Pair,
    pair,
    para,
    run,
    table,
)
from redline_pieces import row as table_row
from small_docx import PAGE

Related = Mapping[str, tuple[str, str | bytes]]


def head(text: str, kind: str = "header", which: str = "default") -> dict[str, object]:
    """Return the fields of a file with one header or footer."""
    reference = f'<w:{kind}Reference w:type="{which}" r:id="rId20"/>'
    title = "<w:titlePg/>" if which == "first" else ""
    return {
        "related": {"rId20": (kind, para(text))},
        "section": reference,
        "page": PAGE + title,
    }


def heads(name: str, kind: str, which: str) -> Pair:
    return pair(
        name,
        para(TERM),
        para(TERM),
        VALUE,
        only_old=head("Version 1 of the agreement", kind, which),
        only_new=head("Version 2 of the agreement", kind, which),
    )


def noted(kind: str, *texts: str) -> dict[str, object]:
    """Return the fields of a file with notes of a kind, from 1 on."""
    one = kind[:-1]
    separators = "".join(
        f'<w:{one} w:type="{name}" w:id="{number}">{para(f"<w:r><w:{name}/></w:r>")}</w:{one}>'
        for number, name in ((-1, "separator"), (0, "continuationSeparator"))
    )
    notes = "".join(
        f'<w:{one} w:id="{number}">{para(f"<w:r><w:{one}Ref/></w:r>" + run(text))}</w:{one}>'
        for number, text in enumerate(texts, 1)
    )
    return {"related": {"rId21": (kind, separators + notes)}}


def mark(kind: str, number: int) -> str:
    return f'<w:r><w:{kind[:-1]}Reference w:id="{number}"/></w:r>'


def with_notes(kind: str, *numbers: int) -> str:
    words = ("First point", "Second point", "Third point")
    return "".join(
        para(run(f"{word} of the agreement") + (mark(kind, number) if number else ""))
        for word, number in zip(words, (*numbers, 0, 0, 0), strict=False)
    )


def notes(kind: str) -> list[Pair]:
    one = kind[:-1]
    first, second = "See the law of 2019.", "See the tariff."
    return [
        pair(
            f"{one} text",
            with_notes(kind, 1, 2),
            with_notes(kind, 1, 2),
            VALUE,
            only_old=noted(kind, first, second),
            only_new=noted(kind, first.replace("2019", "2024"), second),
        ),
        pair(
            f"{one} added",
            with_notes(kind, 1),
            with_notes(kind, 1, 2),
            Marks(2, 0, 1),
            only_old=noted(kind, first),
            only_new=noted(kind, first, second),
        ),
        pair(
            f"{one} removed",
            with_notes(kind, 1, 2),
            with_notes(kind, 1),
            Marks(0, 2, 1),
            only_old=noted(kind, first, second),
            only_new=noted(kind, first),
        ),
        pair(
            f"{one} removed, the first of two",
            with_notes(kind, 1, 2),
            with_notes(kind, 0, 1),
            Marks(0, 2, 1),
            only_old=noted(kind, first, second),
            only_new=noted(kind, second),
        ),
        pair(
            f"only {one} removed with its part",
            with_notes(kind, 1),
            with_notes(kind),
            Marks(0, 2, 1),
            only_old=noted(kind, first),
        ),
        pair(
            f"only {one} added with its part",
            with_notes(kind),
            with_notes(kind, 1),
            Marks(2, 0, 1),
            only_new=noted(kind, first),
        ),
        pair(
            f"paragraph with a {one} removed",
            with_notes(kind, 1, 2, 0),
            with_notes(kind, 1),
            Marks(0, 4, 2),
            only_old=noted(kind, first, second),
            only_new=noted(kind, first),
        ),
    ]


def in_rows(first: str, last: str) -> str:
    """Return a table with a note in a row between two others."""
    noted_row = table_row("Fee", para(run("as the tariff says") + mark("footnotes", 1)))
    return table(table_row("First", first), noted_row, table_row("Last", last))


_OF_2019: Final = noted("footnotes", "See the law of 2019.")
_OF_2024: Final = noted("footnotes", "See the law of 2024.")
NOTES_IN_ROWS: Final = [
    pair(
        f"footnote text, and a word in {name}",
        in_rows("one", "two"),
        new,
        Marks(2, 2),
        only_old=_OF_2019,
        only_new=_OF_2024,
    )
    for name, new in (
        ("another row", in_rows("one", "three")),
        (
            "another cell of its row",
            in_rows("one", "two").replace("Fee", "Charge"),
        ),
    )
]

_SHAPE: Final = (
    '<wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="5" name="Box"/>'
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
    'wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx>'
    "<w:txbxContent>{}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline>"
)
_VML: Final = (
    '<w:pict><v:shape id="Box" style="width:90pt;height:90pt"><v:textbox>'
    "<w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"
)


def vml_box(content: str) -> str:
    return para(f"<w:r>{_VML.format(content)}</w:r>")


def shape_box(content: str) -> str:
    return para(f"<w:r><w:drawing>{_SHAPE.format(content)}</w:drawing></w:r>")


def box(content: str) -> str:
    """Return a text box as Word writes it: a shape, and VML for old programs."""
    return para(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"{_SHAPE.format(content)}</w:drawing></mc:Choice><mc:Fallback>"
        f"{_VML.format(content)}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def controlled_box(content: str) -> str:
    inside = box(content).removeprefix("<w:p>").removesuffix("</w:p>")
    return para(f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>")


def box_of_a_field(content: str) -> str:
    """Return a text box that a field shows."""
    inside = box(content).removeprefix("<w:p>").removesuffix("</w:p>")
    return para(f'<w:fldSimple w:instr="QUOTE x">{inside}</w:fldSimple>')


def boxed(name: str, make: object) -> list[Pair]:
    assert callable(make)
    return [
        pair(
            f"value in {name}",
            make(para("Call within 30 minutes.")),
            make(para("Call within 45 minutes.")),
            Marks(2, 2),
        ),
        pair(
            f"paragraph added in {name}",
            make(para(TERM)),
            make(para(TERM) + para(CREDIT)),
            Marks(2, 0, 2),
        ),
        pair(f"{name} added", "", make(para(TERM)), Marks(3, 0, 3)),
        pair(f"{name} removed", make(para(TERM)), "", Marks(0, 3, 3)),
    ]


def section(properties: str) -> str:
    return para("", f"<w:sectPr>{properties}</w:sectPr>")


_WIDE: Final = PAGE.replace(
    'w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"'
)
_BREAK: Final = f"<w:sectPr>{PAGE}</w:sectPr>"
SECTIONS: Final = [
    pair(
        "page turned",
        para(TERM),
        para(TERM),
        Marks(formats=1),
        only_new={"page": _WIDE},
    ),
    pair(
        "section turned",
        para(TERM) + section(PAGE) + para(CREDIT),
        para(TERM) + section(_WIDE) + para(CREDIT),
        Marks(formats=1),
    ),
    pair(
        "section break added",
        para(TERM) + para(CREDIT),
        para(TERM) + section(PAGE) + para(CREDIT),
        Marks(0, 0, 1),
    ),
    pair(
        "section break removed",
        para(TERM) + section(PAGE) + para(CREDIT),
        para(TERM) + para(CREDIT),
        Marks(0, 0, 1),
    ),
    *(
        pair(
            f"section break at the end of a paragraph {name}",
            para(old, was) + para(CREDIT),
            para(old.replace("three", "five"), now) + para(CREDIT),
            Marks(1, 1, 2),
        )
        for old, name, was, now in (
            (TERM, "added with a word", "", _BREAK),
            (TERM, "removed with a word", _BREAK, ""),
            (CREDIT + " Also so.", "added", "", _BREAK),
            (CREDIT + " Also so.", "removed", _BREAK, ""),
        )
    ),
    pair(
        "section break moved to the next paragraph",
        para(TERM, _BREAK) + para(CREDIT) + para(LAW),
        para(TERM) + para(CREDIT, _BREAK) + para(LAW),
        Marks(0, 0, 4),
    ),
    pair(
        "margins",
        para(TERM),
        para(TERM),
        Marks(formats=1),
        only_new={"page": PAGE.replace('w:left="1440"', 'w:left="900"')},
    ),
]
_NO_SECTION: Final = {"has_section": False}
LEFT_OUT: Final = [
    pair(
        "last section left out by the old file",
        para(TERM),
        para(TERM),
        Marks(ins=1, paragraphs=1, formats=1),
        only_old=_NO_SECTION,
        only_new=head(NOTICE),
    ),
    pair(
        "last section left out by the new file",
        para(TERM),
        para(TERM),
        Marks(dels=1, paragraphs=1, formats=1),
        only_old=head(NOTICE),
        only_new=_NO_SECTION,
    ),
    pair(
        "last section left out by both files",
        para(TERM),
        para(TERM.replace("three", "five")),
        VALUE,
        both=_NO_SECTION,
    ),
]
HEADS: Final = [
    *(
        heads(f"{which} {kind}", kind, which)
        for kind in ("header", "footer")
        for which in ("default", "first", "even")
    ),
    pair(
        "header added",
        para(TERM),
        para(TERM),
        Marks(1, 0, 1),
        only_new=head("Version 2"),
    ),
    pair(
        "header removed",
        para(TERM),
        para(TERM),
        Marks(0, 1, 1),
        only_old=head("Version 1"),
    ),
    pair(
        "table in a header",
        para(TERM),
        para(TERM),
        VALUE,
        only_old=head("")
        | {
            "related": {
                "rId20": ("header", table(table_row("Version", "1")) + para(""))
            }
        },
        only_new=head("")
        | {
            "related": {
                "rId20": ("header", table(table_row("Version", "2")) + para(""))
            }
        },
    ),
    pair(
        "header and body",
        para(TERM),
        para(TERM.replace("three", "five")),
        Marks(2, 2),
        only_old=head("Draft of " + NOTICE),
        only_new=head("Copy of " + NOTICE),
    ),
    pair(
        "paragraph added in a footer",
        para(LAW),
        para(LAW),
        Marks(1, 0, 1),
        only_old=head("Page", "footer"),
        only_new=head("Page", "footer")
        | {"related": {"rId20": ("footer", para("Page") + para(CREDIT))}},
    ),
]

PAIRS: Final[list[Pair]] = [
    *HEADS,
    *notes("footnotes"),
    *notes("endnotes"),
    *NOTES_IN_ROWS,
    *boxed("a text box", box),
    *boxed("a box in VML", vml_box),
    *boxed("a shape", shape_box),
    *boxed("a box in a content control", controlled_box),
    *boxed("a box of a field", box_of_a_field),
    *SECTIONS,
    *LEFT_OUT,
]
