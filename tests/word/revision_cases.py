"""Every mark of a tracked change by hand: the body, and what it is accepted and rejected."""

from dataclasses import dataclass

from word_files import run

OMAR = 'w:id="{}" w:author="Omar" w:date="2026-11-23T09:00:00Z"'
NIAMH = 'w:id="{}" w:author="Niamh" w:date="2026-11-24T10:30:00Z"'
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@dataclass(frozen=True)
class Case:
    """A body with marks, and what it is accepted and rejected."""

    name: str
    body: str
    accepted: str
    rejected: str


def mark(name: str, inside: str = "", number: int = 1, by: str = OMAR) -> str:
    return f"<w:{name} {by.format(number)}>{inside}</w:{name}>"


def ins(text: str, number: int = 1, by: str = OMAR) -> str:
    return mark("ins", run(text), number, by)


def gone(text: str) -> str:
    return f"<w:r><w:delText>{text}</w:delText></w:r>"


def dele(text: str, number: int = 2, by: str = OMAR) -> str:
    return mark("del", gone(text), number, by)


def p(inside: str = "", properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def end(name: str, number: int = 3, by: str = OMAR) -> str:
    return f"<w:rPr>{mark(name, '', number, by)}</w:rPr>"


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def tc(*blocks: str, properties: str = "") -> str:
    inside = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{inside}{''.join(blocks)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    inside = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{inside}{''.join(cells)}</w:tr>"


def tbl(*rows: str, grid: str = '<w:gridCol w:w="5000"/>', properties: str = "") -> str:
    return (
        f"<w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}"
    ).join(("<w:tbl>", "</w:tbl>"))


def moved(name: str, text: str, number: int) -> str:
    start = mark(f"{name}RangeStart", "", number).replace(
        " w:author", ' w:name="move1" w:author'
    )
    return (
        f"{start}{p(mark(name, run(text), number + 1), end(name, number + 2))}"
        f'<w:{name}RangeEnd w:id="{number}"/>'
    )


def sdt(inside: str) -> str:
    return (
        f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{inside}"
        "</w:sdtContent></w:sdt>"
    )


def math(inside: str) -> str:
    return f'<m:oMath xmlns:m="{MATH}">{inside}</m:oMath>'


def fraction(control: str) -> str:
    return (
        f"<m:f><m:fPr><m:ctrlPr>{control}</m:ctrlPr></m:fPr><m:num>{term('a')}</m:num>"
        f"<m:den>{term('b')}</m:den></m:f>"
    )


def term(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def box(inside: str) -> str:
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    return p(
        f'<w:r><mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="wps">'
        f"<w:drawing>{content}</w:drawing></mc:Choice><mc:Fallback><w:pict>{content}"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def was(name: str, old: str, number: int = 5, by: str = OMAR) -> str:
    """Return a change of formatting, with the old properties."""
    return mark(f"{name}Change", f"<w:{name}>{old}</w:{name}>", number, by)


def bold_run(properties: str) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>Term</w:t></w:r>"


KEEP = p(run("Stays"))
SIZE = '<w:pgSz w:w="{}" w:h="100"/>'

CASES = [
    Case("text inserted", p(run("a") + ins("b")), p(run("a") + run("b")), p(run("a"))),
    Case("text deleted", p(run("a") + dele("b")), p(run("a")), p(run("a") + run("b"))),
    Case(
        "a field's code deleted",
        p(mark("del", "<w:r><w:delInstrText>PAGE</w:delInstrText></w:r>")),
        p(),
        p("<w:r><w:instrText>PAGE</w:instrText></w:r>"),
    ),
    Case(
        "deleted by one in what another inserted",
        p(run("a") + mark("ins", run("b") + mark("del", gone("c"), 2, NIAMH))),
        p(run("a") + run("b")),
        p(run("a")),
    ),
    Case(
        "inserted by one in what another deleted",
        p(run("a") + mark("del", gone("b") + mark("ins", gone("c"), 2, NIAMH))),
        p(run("a")),
        p(run("a") + run("b")),
    ),
    Case(
        "a whole paragraph inserted",
        KEEP + p(ins("b"), style("New") + end("ins")) + p(run("c"), style("Old")),
        KEEP + p(run("b"), style("New")) + p(run("c"), style("Old")),
        KEEP + p(run("c"), style("Old")),
    ),
    Case(
        "a whole paragraph deleted",
        KEEP + p(dele("b"), style("B") + end("del")) + p(run("c"), style("C")),
        KEEP + p(run("c"), style("C")),
        KEEP + p(run("b"), style("B")) + p(run("c"), style("C")),
    ),
    Case(
        "a paragraph split",
        p(run("a"), style("A") + end("ins")) + p(run("b"), style("B")),
        p(run("a"), style("A")) + p(run("b"), style("B")),
        p(run("a") + run("b"), style("B")),
    ),
    Case(
        "paragraphs joined",
        p(run("a"), style("A") + end("del"))
        + p(dele("b") + run("c"), style("B") + end("del", 7))
        + p(run("d")),
        p(run("a") + run("c") + run("d")),
        p(run("a"), style("A")) + p(run("b") + run("c"), style("B")) + p(run("d")),
    ),
    Case(
        "the last paragraph of a story deleted",
        KEEP + p(dele("b"), end("del")),
        KEEP,
        KEEP + p(run("b")),
    ),
    Case(
        "the only paragraph of a cell deleted",
        tbl(tr(tc(p(dele("b"), end("del"))))),
        tbl(tr(tc(p()))),
        tbl(tr(tc(p(run("b"))))),
    ),
    Case(
        "the last paragraph of a cell behind a table deleted",
        tbl(tr(tc(tbl(tr(tc(KEEP))), p(dele("b"), end("del"))))),
        tbl(tr(tc(tbl(tr(tc(KEEP))), p()))),
        tbl(tr(tc(tbl(tr(tc(KEEP))), p(run("b"))))),
    ),
    Case(
        "a paragraph before a table deleted",
        KEEP + p(dele("b"), end("del")) + tbl(tr(tc(KEEP))) + KEEP,
        KEEP + tbl(tr(tc(KEEP))) + KEEP,
        KEEP + p(run("b")) + tbl(tr(tc(KEEP))) + KEEP,
    ),
    Case(
        "text whose end is deleted before a table",
        p(run("a"), end("del")) + tbl(tr(tc(KEEP))) + KEEP,
        p(run("a")) + tbl(tr(tc(KEEP))) + KEEP,
        p(run("a")) + tbl(tr(tc(KEEP))) + KEEP,
    ),
    Case(
        "a paragraph of a content control deleted",
        sdt(p(dele("b"), end("del"))) + KEEP,
        KEEP,
        sdt(p(run("b"))) + KEEP,
    ),
    Case(
        "text that runs on into a content control",
        p(run("a"), end("del")) + sdt(p(run("b"))) + KEEP,
        sdt(p(run("a") + run("b"))) + KEEP,
        p(run("a")) + sdt(p(run("b"))) + KEEP,
    ),
    Case(
        "a bookmark that reaches out of a deleted paragraph",
        KEEP
        + p('<w:bookmarkStart w:id="1" w:name="x"/>' + dele("b"), end("del"))
        + p(run("c") + '<w:bookmarkEnd w:id="1"/>'),
        KEEP
        + p(
            '<w:bookmarkStart w:id="1" w:name="x"/>'
            + run("c")
            + '<w:bookmarkEnd w:id="1"/>'
        ),
        KEEP
        + p('<w:bookmarkStart w:id="1" w:name="x"/>' + run("b"))
        + p(run("c") + '<w:bookmarkEnd w:id="1"/>'),
    ),
    Case(
        "a bookmark within a deletion",
        p(
            run("a")
            + mark(
                "del",
                '<w:bookmarkStart w:id="1" w:name="x"/>'
                + gone("b")
                + '<w:bookmarkEnd w:id="1"/><w:bookmarkEnd w:id="4"/>',
            )
        ),
        p(run("a") + '<w:bookmarkEnd w:id="4"/>'),
        p(
            run("a")
            + '<w:bookmarkStart w:id="1" w:name="x"/>'
            + run("b")
            + '<w:bookmarkEnd w:id="1"/><w:bookmarkEnd w:id="4"/>'
        ),
    ),
    Case(
        "a link whose text is deleted",
        p(run("a") + f'<w:hyperlink w:anchor="x">{dele("b")}</w:hyperlink>'),
        p(run("a")),
        p(run("a") + f'<w:hyperlink w:anchor="x">{run("b")}</w:hyperlink>'),
    ),
    Case(
        "a paragraph moved",
        moved("moveFrom", "m", 10) + KEEP + moved("moveTo", "m", 20) + KEEP,
        KEEP + p(run("m")) + KEEP,
        p(run("m")) + KEEP + KEEP,
    ),
    Case(
        "a row inserted",
        tbl(
            tr(tc(KEEP)), tr(tc(p(ins("b"), end("ins"))), properties=mark("ins", "", 4))
        ),
        tbl(tr(tc(KEEP)), tr(tc(p(run("b"))))),
        tbl(tr(tc(KEEP))),
    ),
    Case(
        "a table deleted, row by row",
        KEEP + tbl(tr(tc(p(dele("b"))), properties=mark("del", "", 4))) + KEEP,
        KEEP + KEEP,
        KEEP + tbl(tr(tc(p(run("b"))))) + KEEP,
    ),
    Case(
        "the only table of a story inserted",
        tbl(tr(tc(p(ins("b"))), properties=mark("ins", "", 4))),
        tbl(tr(tc(p(run("b"))))),
        p(),
    ),
    Case(
        "a cell inserted and one deleted",
        tbl(
            tr(
                tc(KEEP),
                tc(p(ins("b")), properties=mark("cellIns", "", 4)),
                tc(p(dele("c")), properties=mark("cellDel", "", 6)),
            )
        ),
        tbl(tr(tc(KEEP), tc(p(run("b"))))),
        tbl(tr(tc(KEEP), tc(p(run("c"))))),
    ),
    Case(
        "all cells of a row deleted",
        tbl(tr(tc(KEEP)), tr(tc(p(), properties=mark("cellDel", "", 6)))),
        tbl(tr(tc(KEEP))),
        tbl(tr(tc(KEEP)), tr(tc(p()))),
    ),
    Case(
        "a column deleted, whose width goes with its last cell",
        tbl(
            tr(tc(KEEP), tc(p(dele("b")), properties=mark("cellDel", "", 4))),
            tr(tc(KEEP), tc(p(), properties=mark("cellDel", "", 6))),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
        tbl(tr(tc(KEEP)), tr(tc(KEEP)), grid='<w:gridCol w:w="1"/>'),
        tbl(
            tr(tc(KEEP), tc(p(run("b")))),
            tr(tc(KEEP), tc(p())),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
    ),
    Case(
        "a column deleted over which a title reaches",
        tbl(
            tr(tc(KEEP), tc(p(), properties=mark("cellDel", "", 4))),
            tr(tc(KEEP, properties='<w:gridSpan w:val="2"/>')),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
        tbl(tr(tc(KEEP)), tr(tc(KEEP)), grid='<w:gridCol w:w="1"/>'),
        tbl(
            tr(tc(KEEP), tc(p())),
            tr(tc(KEEP, properties='<w:gridSpan w:val="2"/>')),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
    ),
    Case(
        "a column of which one cell alone is deleted",
        tbl(
            tr(tc(KEEP), tc(p(), properties=mark("cellDel", "", 4))),
            tr(tc(KEEP), tc(KEEP)),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
        tbl(
            tr(tc(KEEP)),
            tr(tc(KEEP), tc(KEEP)),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
        tbl(
            tr(tc(KEEP), tc(p())),
            tr(tc(KEEP), tc(KEEP)),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
    ),
    Case(
        "a column inserted, a row deleted at the same time and the old grid kept",
        tbl(
            tr(tc(KEEP), tc(p(ins("b")), properties=mark("cellIns", "", 4))),
            tr(
                tc(p(dele("c"))),
                tc(p(), properties=mark("cellIns", "", 6)),
                properties=mark("del", "", 5),
            ),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/><w:tblGridChange w:id="8">'
            '<w:tblGrid><w:gridCol w:w="3"/></w:tblGrid></w:tblGridChange>',
        ),
        tbl(
            tr(tc(KEEP), tc(p(run("b")))),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
        tbl(tr(tc(KEEP)), tr(tc(p(run("c")))), grid='<w:gridCol w:w="3"/>'),
    ),
    Case(
        "a column inserted in a table that keeps no old grid",
        tbl(
            tr(tc(p(ins("b")), properties=mark("cellIns", "", 4)), tc(KEEP)),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
        tbl(
            tr(tc(p(run("b"))), tc(KEEP)),
            grid='<w:gridCol w:w="1"/><w:gridCol w:w="2"/>',
        ),
        tbl(tr(tc(KEEP)), grid='<w:gridCol w:w="2"/>'),
    ),
    Case(
        "a cell merged with the one above",
        tbl(
            tr(
                tc(
                    p(),
                    properties='<w:shd w:val="clear"/>'
                    + mark("cellMerge").replace(
                        " w:id", ' w:vMerge="cont" w:vMergeOrig="rest" w:id'
                    ),
                )
            )
        ),
        tbl(
            tr(tc(p(), properties='<w:vMerge w:val="continue"/><w:shd w:val="clear"/>'))
        ),
        tbl(
            tr(tc(p(), properties='<w:vMerge w:val="restart"/><w:shd w:val="clear"/>'))
        ),
    ),
    Case(
        "a run made bold",
        p(bold_run("<w:b/>" + was("rPr", "<w:i/>"))),
        p(bold_run("<w:b/>")),
        p(bold_run("<w:i/>")),
    ),
    Case(
        "a run made bold that was plain",
        p(bold_run("<w:b/>" + was("rPr", ""))),
        p(bold_run("<w:b/>")),
        p("<w:r><w:t>Term</w:t></w:r>"),
    ),
    Case(
        "a paragraph's end made bold",
        p(run("a"), f"<w:rPr><w:b/>{was('rPr', '<w:i/>')}</w:rPr>"),
        p(run("a"), "<w:rPr><w:b/></w:rPr>"),
        p(run("a"), "<w:rPr><w:i/></w:rPr>"),
    ),
    Case(
        "a paragraph with another style",
        p(run("a"), style("New") + "<w:rPr><w:b/></w:rPr>" + was("pPr", style("Old"))),
        p(run("a"), style("New") + "<w:rPr><w:b/></w:rPr>"),
        p(run("a"), style("Old") + "<w:rPr><w:b/></w:rPr>"),
    ),
    Case(
        "a change in what the old properties hold",
        p(
            run("a"),
            was("pPr", f'<w:numPr><w:numId w:val="1"/>{mark("ins")}</w:numPr>'),
        ),
        p(run("a")),
        p(run("a"), '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    ),
    Case(
        "a section on other paper",
        KEEP
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        + SIZE.format(1)
        + was("sectPr", SIZE.format(2))
        + "</w:sectPr>",
        KEEP
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        + SIZE.format(1)
        + "</w:sectPr>",
        KEEP
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        + SIZE.format(2)
        + "</w:sectPr>",
    ),
    Case(
        "a table with another style, grid, row and cell",
        tbl(
            f'<w:tr><w:tblPrEx><w:jc w:val="end"/>{was("tblPrEx", "")}</w:tblPrEx>'
            f"<w:trPr><w:tblHeader/>{was('trPr', '<w:cantSplit/>')}</w:trPr>"
            f'<w:tc><w:tcPr><w:tcW w:w="1"/>{was("tcPr", "<w:noWrap/>")}</w:tcPr>'
            f"{KEEP}</w:tc></w:tr>",
            grid='<w:gridCol w:w="1"/><w:tblGridChange w:id="8"><w:tblGrid>'
            '<w:gridCol w:w="2"/></w:tblGrid></w:tblGridChange>',
            properties='<w:tblStyle w:val="New"/>'
            + was("tblPr", '<w:tblStyle w:val="Old"/>'),
        ),
        tbl(
            '<w:tr><w:tblPrEx><w:jc w:val="end"/></w:tblPrEx><w:trPr><w:tblHeader/></w:trPr>'
            f'<w:tc><w:tcPr><w:tcW w:w="1"/></w:tcPr>{KEEP}</w:tc></w:tr>',
            grid='<w:gridCol w:w="1"/>',
            properties='<w:tblStyle w:val="New"/>',
        ),
        tbl(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            f"<w:tc><w:tcPr><w:noWrap/></w:tcPr>{KEEP}</w:tc></w:tr>",
            grid='<w:gridCol w:w="2"/>',
            properties='<w:tblStyle w:val="Old"/>',
        ),
    ),
    Case(
        "a paragraph made an item of a list",
        p(run("a"), f'<w:numPr><w:numId w:val="1"/>{mark("ins")}</w:numPr>'),
        p(run("a"), '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        p(run("a")),
    ),
    Case(
        "a number that was another",
        p(
            run("a"),
            f'<w:numPr><w:numId w:val="1"/>{mark("numberingChange")}</w:numPr>',
        ),
        p(run("a"), '<w:numPr><w:numId w:val="1"/></w:numPr>'),
        p(run("a"), '<w:numPr><w:numId w:val="1"/></w:numPr>'),
    ),
    Case(
        "a content control put around text",
        p(
            '<w:customXmlInsRangeStart w:id="1" w:author="Omar"/>'
            + sdt('<w:customXmlInsRangeEnd w:id="1"/>' + run("a") + sdt(run("b")))
        ),
        p(sdt(run("a") + sdt(run("b")))),
        p(run("a") + sdt(run("b"))),
    ),
    Case(
        "a content control taken away",
        '<w:customXmlDelRangeStart w:id="1" w:author="Omar"/>'
        + sdt('<w:customXmlDelRangeEnd w:id="1"/>' + KEEP),
        KEEP,
        sdt(KEEP),
    ),
    Case(
        "a content control moved",
        '<w:customXmlMoveFromRangeStart w:id="1" w:author="Omar"/>'
        + sdt('<w:customXmlMoveFromRangeEnd w:id="1"/>' + KEEP)
        + '<w:customXmlMoveToRangeStart w:id="2" w:author="Omar"/>'
        + sdt('<w:customXmlMoveToRangeEnd w:id="2"/>' + KEEP),
        KEEP + sdt(KEEP),
        sdt(KEEP) + KEEP,
    ),
    Case(
        "an equation inserted",
        p(run("a") + math(mark("ins", term("x")))),
        p(run("a") + math(term("x"))),
        p(run("a")),
    ),
    Case(
        "a term of an equation marked in its properties",
        p(math(term("x") + f"<m:r>{mark('del', '<w:rPr/>')}<m:t>y</m:t></m:r>")),
        p(math(term("x"))),
        p(math(term("x") + "<m:r><w:rPr/><m:t>y</m:t></m:r>")),
    ),
    Case(
        "a fraction made of two terms",
        p(math(fraction(mark("ins", "<w:rPr><w:b/></w:rPr>")))),
        p(math(fraction("<w:rPr><w:b/></w:rPr>"))),
        p(math(term("a") + term("b"))),
    ),
    Case(
        "text of a text box, for new and for older programs",
        box(p(run("a") + ins("b") + dele("c"))),
        box(p(run("a") + run("b"))),
        box(p(run("a") + run("c"))),
    ),
]
