"""Pairs of files that differ in what stands between words: links, fields, pictures."""

from typing import Final

from redline_pieces import (
    CREDIT,
    TERM,
    VALUE,
    Marks,
    Pair,
    pair,
    para,
    paras,
    row,
    run,
    table,
)
from small_docx import BLUE_DOT, RED_DOT

_ADDRESS: Final = {"related": {"rId30": ("hyperlink", "https://status.example/")}}
_OTHER: Final = {"related": {"rId30": ("hyperlink", "https://help.example/")}}


def link(text: str, identity: str = "rId30") -> str:
    inner = f'<w:hyperlink r:id="{identity}">{run(text)}</w:hyperlink>'
    return para(run("See ") + inner + run(" for more."))


def simple(instruction: str, result: str) -> str:
    field = f'<w:fldSimple w:instr="{instruction}">{run(result)}</w:fldSimple>'
    return para(run("Page ") + field + run(" of all."))


def piece(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def complex_field(instruction: str, result: str) -> str:
    return para(
        run("See clause ")
        + piece("begin")
        + f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        + piece("separate")
        + run(result)
        + piece("end")
        + run(" of this agreement.")
    )


def references(paragraph: str, schedule: str) -> str:
    """Return a paragraph with two references, and a small word between them."""
    first = complex_field(r"REF _c_level \w \h", paragraph)
    second = complex_field(r"REF _c_levels \w \h", schedule)
    end = run(" of this agreement.") + "</w:p>"
    return (
        first.removesuffix(end) + run(" of ") + second.partition(run("See clause "))[2]
    )


def form(state: str, kind: str = "CHECKBOX") -> str:
    """Return a field to be filled in, as Word wrote them before content controls."""
    begin = piece("begin").replace(
        "/></w:r>",
        '><w:ffData><w:name w:val="Agreed"/><w:enabled/><w:calcOnExit w:val="0"/>'
        f"{state}</w:ffData></w:fldChar></w:r>",
    )
    code = f'<w:r><w:instrText xml:space="preserve"> FORM{kind} </w:instrText></w:r>'
    return para(run("Agreed: ") + begin + code + piece("end") + run(" by both."))


def ticked(state: int) -> str:
    return form(f'<w:checkBox><w:sizeAuto/><w:default w:val="{state}"/></w:checkBox>')


def chosen(number: int) -> str:
    entries = "".join(f'<w:listEntry w:val="{one}"/>' for one in ("Gold", "Silver"))
    return form(
        f'<w:ddList><w:result w:val="{number}"/>{entries}</w:ddList>', "DROPDOWN"
    )


def picture(identity: str = "rId31", number: int = 1) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/>'
        f'<wp:docPr id="{number}" name="Logo"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        '<pic:nvPicPr><pic:cNvPr id="0" name="Logo"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{identity}"/></pic:blipFill><pic:spPr/>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


_RED: Final = {"related": {"rId31": ("image", RED_DOT)}}
_BLUE: Final = {"related": {"rId31": ("image", BLUE_DOT)}}


def sum_of(*terms: str) -> str:
    inner = "".join(f"<m:r><m:t>{one}</m:t></m:r>" for one in terms)
    return para(run("Credit: ") + f"<m:oMath>{inner}</m:oMath>" + run(" of the fee."))


def marked(text: str, name: str, number: int = 3) -> str:
    return para(
        run("Here ")
        + f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run(text)}'
        + f'<w:bookmarkEnd w:id="{number}"/>'
        + run(" ends.")
    )


def controlled(content: str, tag: str = "fee") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:id w:val="4711"/></w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def comments(text: str) -> dict[str, object]:
    inside = (
        '<w:comment w:id="0" w:author="Ada" w:initials="A" '
        f'w:date="2026-01-02T10:00:00Z">{para(text)}</w:comment>'
    )
    return {"related": {"rId32": ("comments", inside)}}


def commented(text: str) -> str:
    return para(
        '<w:commentRangeStart w:id="0"/>'
        + run(text)
        + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    )


def smart(text: str) -> str:
    tag = '<w:smartTag w:uri="urn:schemas-example:tags" w:element="place">'
    return para(run("In ") + tag + run(text) + "</w:smartTag>" + run(" only."))


LINKS: Final = [
    pair("text of a link", link("the page"), link("the site"), VALUE, both=_ADDRESS),
    pair(
        "address of a link",
        link("the page"),
        link("the page"),
        VALUE,
        only_old=_ADDRESS,
        only_new=_OTHER,
    ),
    pair(
        "link added",
        para("See the page for more."),
        link("the page"),
        VALUE,
        only_new=_ADDRESS,
    ),
    pair(
        "link removed",
        link("the page"),
        para("See the page for more."),
        VALUE,
        only_old=_ADDRESS,
    ),
    pair(
        "paragraph with a link removed",
        paras(TERM) + link("the page"),
        paras(TERM),
        Marks(0, 3, 1),
        only_old=_ADDRESS,
    ),
    pair(
        "word beside a link",
        link("the page"),
        link("the page").replace("for more", "for help"),
        VALUE,
        both=_ADDRESS,
    ),
]
FIELDS: Final = [
    pair("field changed", simple("PAGE", "1"), simple("NUMPAGES", "1"), VALUE),
    pair(
        "result of a field lost",
        complex_field("REF _Ref1", "4.2"),
        complex_field("REF _Ref1", "4.2").replace(piece("separate") + run("4.2"), ""),
        VALUE,
    ),
    pair(
        "result of a field worked out",
        complex_field("REF _Ref1", "4.2").replace(piece("separate") + run("4.2"), ""),
        complex_field("REF _Ref1", "4.2"),
        VALUE,
    ),
    pair("result of a field", simple("PAGE", "1"), simple("PAGE", "2"), VALUE),
    pair(
        "word beside a field",
        simple("PAGE", "1"),
        simple("PAGE", "1").replace("of all", "of many"),
        VALUE,
    ),
    pair(
        "field in pieces changed",
        complex_field(r"REF _c_cap \w \h", "4.1"),
        complex_field(r"REF _c_term \w \h", "5.1"),
        Marks(5, 5),
    ),
    pair(
        "result of a field in pieces",
        complex_field(r"REF _c_cap \w \h", "4.1"),
        complex_field(r"REF _c_cap \w \h", "4.2"),
        VALUE,
    ),
    pair(
        "results of two fields side by side",
        references("2", "Schedule 3"),
        references("3", "Schedule 4"),
        Marks(2, 2),
    ),
    pair(
        "field in pieces added",
        para("See clause of this agreement."),
        complex_field(r"REF _c_cap \w \h", "4.1"),
        Marks(6, 1),
    ),
    pair(
        "field in pieces removed",
        complex_field(r"REF _c_cap \w \h", "4.1"),
        para("See clause of this agreement."),
        Marks(1, 6),
    ),
    pair(
        "word beside a field in pieces",
        complex_field(r"REF _c_cap \w \h", "4.1"),
        complex_field(r"REF _c_cap \w \h", "4.1").replace("this", "the"),
        VALUE,
    ),
]
PICTURES: Final = [
    pair(
        "picture added",
        para(TERM),
        para(run(TERM) + picture()),
        Marks(ins=1),
        only_new=_RED,
    ),
    pair(
        "picture removed",
        para(run(TERM) + picture()),
        para(TERM),
        Marks(dels=1),
        only_old=_RED,
    ),
    pair(
        "picture replaced",
        para(run(TERM) + picture()),
        para(run(TERM) + picture()),
        VALUE,
        only_old=_RED,
        only_new=_BLUE,
    ),
    pair(
        "picture kept under another id",
        para(run(TERM) + picture()),
        para(run(TERM) + picture("rId40", 9)),
        Marks(),
        only_old=_RED,
        only_new={"related": {"rId40": ("image", RED_DOT)}},
    ),
    pair(
        "word beside a picture",
        para(run(TERM) + picture()),
        para(run(TERM.replace("three", "five")) + picture()),
        VALUE,
        both=_RED,
    ),
    pair(
        "paragraph with a picture removed",
        para(TERM) + para(picture()),
        para(TERM),
        Marks(0, 1, 1),
        only_old=_RED,
    ),
]
INSIDE: Final = [
    pair("box of a form ticked", ticked(0), ticked(1), VALUE),
    pair(
        "word beside a box of a form",
        ticked(1),
        ticked(1).replace("both", "one"),
        VALUE,
    ),
    pair("entry of a form chosen", chosen(0), chosen(1), VALUE),
    pair("field of a form added", para("Agreed:  by both."), ticked(1), Marks(2, 2)),
    pair("equation", sum_of("a", "+", "b"), sum_of("a", "+", "c"), Marks(3, 3)),
    pair("equation added", para("Credit:  of the fee."), sum_of("a", "b"), Marks(3, 3)),
    pair(
        "equation removed", sum_of("a", "b"), para("Credit:  of the fee."), Marks(3, 3)
    ),
    pair("word in a smart tag", smart("London"), smart("Paris"), VALUE),
    pair("word in a bookmark", marked("old", "place"), marked("new", "place"), VALUE),
    pair("name of a bookmark", marked("it", "place"), marked("it", "spot"), Marks()),
    pair(
        "paragraph with a bookmark removed",
        para(TERM) + marked("it", "place"),
        para(TERM),
        Marks(0, 3, 1),
    ),
    pair(
        "word in a content control",
        para(run("Fee: ") + controlled(run("100 EUR"))),
        para(run("Fee: ") + controlled(run("120 EUR"))),
        VALUE,
    ),
    pair(
        "content control of words added",
        para(run("Fee: ") + run("100 EUR")),
        para(run("Fee: ") + controlled(run("100 EUR"))),
        Marks(2, 2),
    ),
    pair(
        "word in a content control of blocks",
        controlled(para(TERM)),
        controlled(para(TERM.replace("three", "five"))),
        VALUE,
    ),
    pair(
        "paragraph added in a content control",
        controlled(para(TERM)),
        controlled(paras(TERM, CREDIT)),
        Marks(1, 0, 1),
    ),
    pair(
        "content control of blocks removed",
        para(CREDIT) + controlled(para(TERM)),
        para(CREDIT),
        Marks(0, 1, 1),
    ),
    pair(
        "content control around a row",
        table(row("One", "two"), controlled(row("Fee", "100"))),
        table(row("One", "two"), controlled(row("Fee", "120"))),
        VALUE,
    ),
    pair(
        "words that have a comment",
        commented(TERM),
        commented(TERM.replace("three", "five")),
        VALUE,
        both=comments("Is this right?"),
    ),
    pair(
        "paragraph with a comment removed",
        para(CREDIT) + commented(TERM),
        para(CREDIT),
        Marks(0, 2, 1),
        only_old=comments("Is this right?"),
    ),
    pair(
        "comment added",
        para(TERM),
        commented(TERM),
        Marks(1, 0),
        only_new=comments("Is this right?"),
    ),
    *(
        pair(
            f"{name} for a space",
            para("Left right side"),
            para(run("Left") + f"<w:r>{mark}</w:r>" + run("right side")),
            Marks(3, 3),
        )
        for name, mark in {
            "tab": "<w:tab/>",
            "line break": "<w:br/>",
            "page break": '<w:br w:type="page"/>',
            "hyphen that does not break": "<w:noBreakHyphen/>",
            "symbol": '<w:sym w:font="Wingdings" w:char="F0FC"/>',
        }.items()
    ),
    pair(
        "word in a run with a tab",
        "<w:p><w:r><w:t>Fee</w:t><w:tab/><w:t>100 EUR</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Fee</w:t><w:tab/><w:t>120 EUR</w:t></w:r></w:p>",
        VALUE,
    ),
]

PAIRS: Final[list[Pair]] = [*LINKS, *FIELDS, *PICTURES, *INSIDE]
