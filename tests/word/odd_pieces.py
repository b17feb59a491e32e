"""What does not belong into a Word file: absurd values, names and pieces of XML."""

from typing import Final

ABSURD: Final = (
    *("-1", "0", "99999999999999999999", "", "NaN", "-0", "1e9", "2147483648", "x" * 300),
    *(" ", "٣", "²", "true", "rId999", "12.5", "\u202e1", "1 2", "../../x", "begin", "end"),
)  # fmt: skip
NAMES: Final = (
    *("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "sdtPr", "hyperlink"),
    *("ins", "del", "moveFrom", "moveTo", "rPr", "pPr", "trPr", "tcPr", "tblPr"),
    *("sectPr", "numPr", "rPrChange", "pPrChange", "sectPrChange", "tblGridChange"),
    *("trPrChange", "tcPrChange", "tblPrChange", "tblPrEx", "tblGrid", "gridCol"),
    *("fldSimple", "fldChar", "instrText", "delText", "delInstrText", "customXml"),
    *("smartTag", "bookmarkStart", "bookmarkEnd", "footnoteReference", "footnote"),
    *("endnoteReference", "commentReference", "commentRangeStart", "commentRangeEnd"),
    *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    *("customXmlInsRangeStart", "customXmlDelRangeEnd", "cellIns", "cellDel"),
    *("cellMerge", "numberingChange", "body", "document", "pict", "txbxContent"),
    *("headerReference", "footerReference", "lvl", "num", "abstractNum", "style"),
    *("numId", "ilvl", "pStyle", "permStart", "permEnd", "proofErr", "dir", "bdo"),
)
_BY: Final = 'w:author="Omar" w:date="2026-11-23T09:00:00Z"'
_RUN: Final = "<w:r><w:t>spoilt</w:t></w:r>"
_P: Final = f"<w:p>{_RUN}</w:p>"
_ROW: Final = f"<w:tr><w:tc><w:tcPr/>{_P}</w:tc></w:tr>"


def _box(inside: str) -> str:
    return (
        '<w:r><w:pict><v:shape id="s1"><v:textbox><w:txbxContent>'
        f"<w:p>{inside}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def _deep(start: str, inside: str, end: str, times: int = 60) -> str:
    return start * times + inside + end * times


# What is put where it need not fit.
ODD: Final = tuple(
    piece.replace("BY", _BY)
    for piece in (
        *("<!-- a note -->", "<?odd thing?>", "<w:p/>", "<w:r/>", _P, _RUN),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r>",
        "<w:r><w:instrText/></w:r>",
        '<w:fldSimple><w:fldSimple w:instr=""/></w:fldSimple>',
        '<w:r><w:footnoteReference w:id="1"/></w:r>',
        '<w:r><w:footnoteReference w:id="99"/></w:r>',
        '<w:r><w:footnoteReference w:id="-1"/></w:r>',
        "<w:r><w:footnoteReference/></w:r>",
        '<w:r><w:endnoteReference w:id="2"/></w:r>',
        '<w:r><w:commentReference w:id="1"/></w:r>',
        '<w:commentRangeStart w:id="5"/>',
        '<w:commentRangeEnd w:id="99999999999999999999"/>',
        '<w:moveFromRangeStart w:id="7" w:name="move1" BY/>',
        '<w:moveFromRangeEnd w:id="7"/>',
        '<w:moveToRangeStart w:id="8" w:name="move1" BY/>',
        "<w:moveToRangeEnd/>",
        "<w:customXmlInsRangeStart/>",
        '<w:bookmarkStart w:id="-1" w:name="a"/>',
        '<w:bookmarkEnd w:id="99"/>',
        f'<w:ins w:id="1" BY>{_RUN}</w:ins>',
        f'<w:ins w:id="1" BY><w:del w:id="1" BY><w:ins>{_RUN}</w:ins></w:del></w:ins>',
        f'<w:moveFrom w:id="3" BY>{_RUN}</w:moveFrom>',
        f'<w:moveTo><w:moveFrom w:id="3" BY><w:del>{_P}</w:del></w:moveFrom></w:moveTo>',
        "<w:del BY><w:r><w:delText>gone</w:delText></w:r></w:del>",
        '<w:p><w:pPr><w:rPr><w:del w:id="9" BY/></w:rPr></w:pPr></w:p>',
        '<w:p><w:pPr><w:rPr><w:ins BY/><w:del BY/></w:rPr><w:sectPr/></w:pPr></w:p>',
        "<w:pPr><w:pPrChange><w:pPr><w:pPrChange><w:pPr/></w:pPrChange></w:pPr></w:pPrChange></w:pPr>",
        "<w:rPr><w:rPrChange BY/><w:rPrChange BY><!-- a --></w:rPrChange></w:rPr>",
        '<w:sectPr><w:headerReference r:id="rId999"/></w:sectPr>',
        "<w:sectPr><w:footerReference/><w:sectPrChange/></w:sectPr>",
        "<w:p><w:pPr><w:sectPr><w:sectPr/></w:sectPr></w:pPr></w:p>",
        *("<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>"),
        f"<w:tbl><w:tblGrid/>{_ROW}</w:tbl>",
        f"<w:tbl><w:tr><w:tc><w:tbl>{_ROW}</w:tbl></w:tc></w:tr></w:tbl>",
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{_P}</w:tc></w:tr></w:tbl>',
        f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999999999999999"/><w:del/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="-5"/><w:vMerge w:val="x"/><w:cellMerge/></w:tcPr>{_P}</w:tc></w:tr></w:tbl>',
        "<w:tbl><w:tblGrid><w:gridCol/><w:tblGridChange><w:tblGrid/></w:tblGridChange></w:tblGrid></w:tbl>",
        "<w:tr><w:p/></w:tr>",
        f"<w:tc>{_P}</w:tc>",
        "<w:sdt/>",
        f"<w:sdt><w:sdtPr><w:id/></w:sdtPr><w:sdtContent>{_P}</w:sdtContent></w:sdt>",
        f'<w:sdt><w:sdtPr><w:id w:val="-99999999999999999999"/></w:sdtPr><w:sdtContent>{_RUN}</w:sdtContent></w:sdt>',
        '<w:hyperlink r:id="rId999"><w:hyperlink/></w:hyperlink>',
        '<w:hyperlink r:id=""/>',
        _box(_box(_box(_RUN))),
        "<w:r><w:pict><w:txbxContent/></w:pict></w:r>",
        _deep("<w:sdt><w:sdtContent>", _P, "</w:sdtContent></w:sdt>", 100),
        _deep("<w:tbl><w:tr><w:tc>", _P, "</w:tc></w:tr></w:tbl>", 70),
        _deep("<w:ins>", _RUN, "</w:ins>", 200),
        _deep('<w:del w:id="4" BY>', _RUN, "</w:del>", 100),
        _deep("<w:hyperlink>", _RUN, "</w:hyperlink>", 150),
        _deep("<w:p><w:r>", "<w:t>a</w:t>", "</w:r></w:p>", 80),
        _deep(f"<w:sdt><w:sdtContent>{_P}", "", "</w:sdtContent></w:sdt>", 60),
        "<m:oMath><m:f><m:fPr><m:ctrlPr><w:ins/></m:ctrlPr></m:fPr></m:f></m:oMath>",
        "<mc:AlternateContent/>",
        f'<mc:AlternateContent><mc:Choice Requires="zz">{_RUN}</mc:Choice><mc:Fallback><mc:AlternateContent/></mc:Fallback></mc:AlternateContent>',
        '<w:num w:numId="1"><w:abstractNumId/></w:num>',
        "<w:num/>",
        '<w:abstractNum><w:lvl w:ilvl="x"/></w:abstractNum>',
        '<w:style w:styleId="Normal"><w:basedOn w:val="Normal"/></w:style>',
        "<w:style/>",
        '<w:r><w:t xml:space="preserve">' + "word " * 3000 + "</w:t></w:r>",
        "<w:p/>" * 500,
        _P * 200,
    )
)  # fmt: skip
