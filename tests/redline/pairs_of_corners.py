"""Pairs of files in which several things meet."""

from typing import Final

from pairs_of_objects import commented, comments, complex_field, link, piece, simple
from pairs_of_stories import box, head, mark, noted, section
from redline_pieces import (
    CREDIT,
    LAW,
    NOTICE,
    SCOPE,
    TERM,
    VALUE,
    Marks,
    Pair,
    cell,
    pair,
    para,
    paras,
    row,
    run,
    table,
)
from small_docx import PAGE

_FREE: Final = Marks(40, 40, 40, 20, 10, 4)
_SMALL_TABLE: Final = table(row("Fee", "100"), row("Term", "3 years"))
_ADDRESS: Final = {"related": {"rId30": ("hyperlink", "https://status.example/")}}
_BREAK: Final = f"<w:sectPr>{PAGE}</w:sectPr>"


def noted_para(text: str, number: int) -> str:
    return para(run(text) + mark("footnotes", number))


def contents(*entries: str) -> str:
    """Return a table of contents: a field whose result is paragraphs."""
    start = (
        piece("begin")
        + '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText></w:r>'
        + piece("separate")
    )
    first, *rest = [run(one) for one in entries]
    return para(start + first) + "".join(map(para, rest)) + para(piece("end"))


def both_headers(first: str, second: str) -> dict[str, object]:
    return {
        "related": {
            "rId20": ("header", para(first)),
            "rId22": ("header", para(second)),
        },
        "section": '<w:headerReference w:type="default" r:id="rId22"/>',
    }


def first_section(words: str) -> str:
    reference = '<w:headerReference w:type="default" r:id="rId20"/>'
    return para(words) + section(reference + PAGE)


def spread(start: str, end: str) -> str:
    """Return two paragraphs that one bookmark and one comment span."""
    return para(
        '<w:bookmarkStart w:id="6" w:name="span"/><w:commentRangeStart w:id="0"/>'
        + run(start)
    ) + para(
        run(end)
        + '<w:commentRangeEnd w:id="0"/><w:bookmarkEnd w:id="6"/>'
        + '<w:r><w:commentReference w:id="0"/></w:r>'
    )


_NOTE: Final = run("by law") + mark("footnotes", 1)
_HOLDING_A_NOTE: Final = {
    "a field's result": piece("begin")
    + "<w:r><w:instrText> CITATION x </w:instrText></w:r>"
    + piece("separate")
    + _NOTE
    + piece("end"),
    "a content control": f"<w:sdt><w:sdtContent>{_NOTE}</w:sdtContent></w:sdt>",
}
PAIRS: Final[list[Pair]] = [
    pair("nothing to something", "", paras(TERM, CREDIT), _FREE, bare=True),
    pair("something to nothing", paras(TERM, CREDIT), "", _FREE, bare=True),
    pair(
        "everything is another",
        paras(TERM, CREDIT, LAW),
        _SMALL_TABLE + paras("Something else.", "And more."),
        _FREE,
        bare=True,
    ),
    pair(
        "text becomes a table",
        paras("Fee", "100", "Term", "3 years"),
        _SMALL_TABLE,
        _FREE,
    ),
    pair(
        "table becomes text",
        _SMALL_TABLE,
        paras("Fee", "100", "Term", "3 years"),
        _FREE,
    ),
    pair(
        "table removed at the start",
        _SMALL_TABLE + para(TERM),
        para(TERM),
        _FREE,
        bare=True,
    ),
    pair(
        "table removed at the end",
        para(TERM) + _SMALL_TABLE + para(""),
        para(TERM),
        _FREE,
        bare=True,
    ),
    pair(
        "text between two tables removed",
        _SMALL_TABLE + para(TERM) + _SMALL_TABLE,
        _SMALL_TABLE + para("") + _SMALL_TABLE,
        Marks(0, 1, 2),
    ),
    pair(
        "paragraph before a table removed",
        para(CREDIT) + para(TERM) + _SMALL_TABLE,
        para(CREDIT) + _SMALL_TABLE,
        Marks(0, 1, 1),
    ),
    pair(
        "cell with several paragraphs edited",
        table(row("Terms", cell(paras(TERM, CREDIT, LAW)))),
        table(row("Terms", cell(paras(TERM, CREDIT.replace("due", "owed"), LAW)))),
        VALUE,
    ),
    pair(
        "cell loses all but one paragraph",
        table(row("Terms", cell(paras(TERM, CREDIT, LAW)))),
        table(row("Terms", cell(paras(LAW)))),
        Marks(0, 2, 2),
    ),
    pair(
        "rows of different lengths",
        table(row("A", "B", "C"), row("D", "E"), columns=3),
        table(row("A", "B"), row("D", "E", "F"), columns=3),
        _FREE,
    ),
    pair(
        "row moved up",
        table(*(row(f"Row {n} of the table", f"{n} hours") for n in range(5))),
        table(
            *(row(f"Row {n} of the table", f"{n} hours") for n in (0, 4, 1, 2, 3)),
        ),
        Marks(2, 2, 4, 2),
    ),
    pair(
        "value in a table in a content control",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{_SMALL_TABLE}</w:sdtContent></w:sdt>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{_SMALL_TABLE}</w:sdtContent></w:sdt>".replace(
            "100", "120"
        ),
        VALUE,
    ),
    pair(
        "word in custom XML",
        f'<w:customXml w:element="a">{para(TERM)}</w:customXml>',
        f'<w:customXml w:element="a">{para(TERM)}</w:customXml>'.replace(
            "three", "five"
        ),
        VALUE,
    ),
    pair(
        "footnote in a cell, row removed",
        table(
            row("A", cell(noted_para("One", 1))), row("B", cell(noted_para("Two", 2)))
        ),
        table(row("A", cell(noted_para("One", 1)))),
        Marks(0, 4, 4, 1),
        only_old=noted("footnotes", "See the law.", "See the tariff."),
        only_new=noted("footnotes", "See the law."),
    ),
    pair(
        "footnote and word beside it",
        noted_para(TERM, 1),
        noted_para(TERM.replace("three", "five"), 1),
        Marks(2, 2),
        only_old=noted("footnotes", "See the law of 2019."),
        only_new=noted("footnotes", "See the law of 2024."),
    ),
    pair(
        "paragraph with a footnote moved",
        noted_para(TERM, 1) + paras(CREDIT, SCOPE + " Yes.", LAW + " Yes."),
        paras(CREDIT, SCOPE + " Yes.", LAW + " Yes.") + noted_para(TERM, 1),
        Marks(6, 6, 4, 0, 0, 1),
        both=noted("footnotes", "See the law."),
    ),
    pair(
        "footnotes change places",
        noted_para("The first point of it", 1)
        + noted_para("The second point of it", 2),
        noted_para("The first point of it", 1)
        + noted_para("The second point of it", 2),
        _FREE,
        only_old=noted("footnotes", "See the law of 2019.", "Tariff of the supplier"),
        only_new=noted("footnotes", "Tariff of the supplier", "See the law of 2019."),
    ),
    pair(
        "table of contents has one more line",
        contents("1 Scope", "2 Term") + para(TERM),
        contents("1 Scope", "2 Credits", "3 Term") + para(TERM),
        _FREE,
    ),
    pair(
        "section break in an edited paragraph",
        para(TERM, _BREAK) + para(CREDIT),
        para(TERM.replace("three", "five"), _BREAK) + para(CREDIT),
        VALUE,
    ),
    pair(
        "headers of two sections",
        first_section(TERM) + para(CREDIT),
        first_section(TERM) + para(CREDIT),
        Marks(2, 2),
        only_old=both_headers("Part 1 of the draft", "Part 2 of the draft"),
        only_new=both_headers("Part 1 of the copy", "Part 2 of the copy"),
    ),
    pair(
        "section removed with its header",
        first_section(TERM) + para(CREDIT),
        para(CREDIT),
        _FREE,
        only_old=both_headers("Part 1 of it", "Part 2 of it"),
        only_new=head("Part 2 of it"),
    ),
    pair(
        "section added with its header",
        para(CREDIT),
        first_section(TERM) + para(CREDIT),
        _FREE,
        only_old=head("Part 2 of it"),
        only_new=both_headers("Part 1 of it", "Part 2 of it"),
    ),
    pair(
        "value in a text box in a cell",
        table(row("Box", cell(box(para("Call within 30 minutes."))))),
        table(row("Box", cell(box(para("Call within 45 minutes."))))),
        Marks(2, 2),
    ),
    pair(
        "value in a text box in a header",
        para(TERM),
        para(TERM),
        Marks(2, 2),
        only_old=head("")
        | {"related": {"rId20": ("header", box(para("Within 30 minutes.")))}},
        only_new=head("")
        | {"related": {"rId20": ("header", box(para("Within 45 minutes.")))}},
    ),
    pair(
        "table in a text box",
        box(_SMALL_TABLE + para("")),
        box(_SMALL_TABLE.replace("100", "120") + para("")),
        Marks(2, 2),
    ),
    pair(
        "words beside a text box, and in it",
        box(para("Call within 30 minutes.")).replace("</w:p>", f"{run('Old')}</w:p>"),
        box(para("Call within 45 minutes.")).replace("</w:p>", f"{run('New')}</w:p>"),
        _FREE,
    ),
    pair(
        "look of a link",
        link("the page"),
        link("the page").replace(
            '<w:r><w:t xml:space="preserve">the',
            '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">the',
        ),
        Marks(formats=1),
        both=_ADDRESS,
    ),
    pair(
        "value in two looks",
        para(run("Pay 12,") + run("500.00", "<w:b/>") + run(" at once.")),
        para(run("Pay 12,") + run("750.00", "<w:b/>") + run(" at once.")),
        Marks(2, 2),
    ),
    pair(
        "field in a field",
        complex_field('IF { PAGE } = "1" "a" "b"', "a"),
        complex_field('IF { PAGE } = "2" "a" "b"', "a"),
        _FREE,
    ),
    pair(
        "paragraph with a field removed",
        para(TERM) + simple("PAGE", "1") + complex_field("NUMPAGES", "9"),
        para(TERM),
        _FREE,
    ),
    pair(
        "bookmark and comment over two paragraphs, first edited",
        spread(TERM, CREDIT),
        spread(TERM.replace("three", "five"), CREDIT),
        VALUE,
        both=comments("Is this right?"),
    ),
    pair(
        "bookmark and comment over two paragraphs, both removed",
        para(LAW) + spread(TERM, CREDIT),
        para(LAW),
        Marks(0, 4, 2),
        only_old=comments("Is this right?"),
    ),
    pair(
        "comments under one id are two",
        commented(TERM),
        para(TERM) + commented(CREDIT),
        _FREE,
        only_old=comments("Is this right?"),
        only_new=comments("And this?"),
    ),
    pair(
        "language and kerning of words",
        para(run(TERM, '<w:kern w:val="2"/><w:lang w:val="en-GB"/>')),
        para(run(TERM, '<w:kern w:val="4"/><w:lang w:val="en-US"/>')),
        Marks(formats=1),
    ),
    pair(
        "borders and tabs of a paragraph",
        para(TERM),
        para(
            TERM,
            '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
            '<w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs>',
        ),
        Marks(formats=1),
    ),
    pair(
        "paragraph split and half of it moved",
        paras(f"{TERM} {CREDIT}", LAW + " Yes.", SCOPE + " Yes."),
        paras(TERM, LAW + " Yes.", SCOPE + " Yes.", CREDIT),
        _FREE,
    ),
    pair(
        "edits in all stories",
        noted_para(TERM, 1) + _SMALL_TABLE + box(para("Within 30 minutes.")),
        noted_para(TERM.replace("three", "five"), 1)
        + _SMALL_TABLE.replace("100", "120")
        + box(para("Within 45 minutes.")),
        Marks(6, 6),
        only_old={
            "related": head("Version 1")["related"]
            | noted("footnotes", "Law of 2019.")["related"],  # type: ignore[operator]
            "section": head("")["section"],
        },
        only_new={
            "related": head("Version 2")["related"]
            | noted("footnotes", "Law of 2024.")["related"],  # type: ignore[operator]
            "section": head("")["section"],
        },
    ),
    *(
        pair(
            f"note in {name}, value beside it",
            para(run("Due in 30 days ") + held),
            para(run("Due in 45 days ") + held),
            VALUE,
            both=noted("footnotes", "See the law."),
        )
        for name, held in _HOLDING_A_NOTE.items()
    ),
    pair(
        "notice of the parties, all of it",
        paras(*[f"{NOTICE} {n}" for n in range(9)]),
        paras(*[f"{NOTICE} {n}" for n in range(4, 13)]),
        _FREE,
    ),
]
