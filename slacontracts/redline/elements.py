"""An element of a Word file in; what it says, apart from ids and spelling, out."""

import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from lxml import etree

from slacontracts.word.gate import WordFile
from slacontracts.word.names import R, W, w
from slacontracts.word.relationships import Relationship

Element: TypeAlias = Any
Meaning: TypeAlias = tuple[Any, ...]
Links: TypeAlias = Mapping[str, str]

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

P, TABLE, ROW, CELL = w("p"), w("tbl"), w("tr"), w("tc")
P_PR, R_PR, SECT_PR, SDT_PR = w("pPr"), w("rPr"), w("sectPr"), w("sdtPr")
RUN, TEXT, DEL_TEXT = w("r"), w("t"), w("delText")
INSTRUCTION, DEL_INSTRUCTION = w("instrText"), w("delInstrText")
FIELD_MARK, FIELD_KIND = w("fldChar"), w("fldCharType")
SIMPLE_FIELD, INSTR = w("fldSimple"), w("instr")
CONTROL, CONTENT = w("sdt"), w("sdtContent")
TEXT_BOX = w("txbxContent")
ID, VALUE, NAME, TYPE = w("id"), w("val"), w("name"), w("type")
BOOKMARK_START, BOOKMARK_END = w("bookmarkStart"), w("bookmarkEnd")
FOOTNOTE, ENDNOTE = w("footnoteReference"), w("endnoteReference")
COMMENT = w("commentReference")
MATHS: Final = frozenset({f"{MATH}oMath", f"{MATH}oMathPara"})
ALTERNATIVES, FALLBACK = f"{MC}AlternateContent", f"{MC}Fallback"
DEL, INS = w("del"), w("ins")
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

# Marks that take no room: where they stand is NEW's affair.
ANCHORS: Final = frozenset(
    (
        *(BOOKMARK_START, BOOKMARK_END, w("proofErr"), w("permStart"), w("permEnd")),
        *(w("commentRangeStart"), w("commentRangeEnd")),
    )
)
_SKIPPED: Final = ANCHORS | {w("lastRenderedPageBreak")}
SHELLS: Final = frozenset(
    (
        *(w("hyperlink"), w("smartTag"), w("customXml"), w("bdo"), w("dir")),
        *(CONTROL, SIMPLE_FIELD),
    )
)
_R_PREFIX: Final = f"{{{R}}}"
_NAMED: Final = frozenset({"docPr", "cNvPr"})  # drawings, whose ids say nothing
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_WORD_14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_VOLATILE: Final = frozenset(
    (
        *(f"{_WORD_14}paraId", f"{_WORD_14}textId", f"{_OFFICE}spid"),
        f"{_OFFICE}gfxdata",
        "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}anchorId",
        "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}editId",
    )
)
_REFERENCES: Final = frozenset({FOOTNOTE, ENDNOTE, COMMENT})
_NOISE: Final = re.compile(
    rb' w:rsid\w*="[^"]*"| w14:(?:paraId|textId)="[^"]*"| xmlns(?::\w+)?="[^"]*"'
    rb"|<w:(?:bookmarkStart|bookmarkEnd|proofErr|lastRenderedPageBreak|permStart"
    rb"|permEnd|commentRangeStart|commentRangeEnd)\b[^>]*>"
)
_POINTS_ELSEWHERE: Final = re.compile(rb' (?:r:\w+|o:relid)="')
_BOX: Final = b"txbxContent"

_SIGNS: Final = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "\u2011",
    FOOTNOTE: "\ue000",
    ENDNOTE: "\ue001",
    w("sym"): "\ue002",
    w("drawing"): "\ue003",
    w("pict"): "\ue003",
    w("object"): "\ue004",
}
_READ: Final = (TEXT, INSTRUCTION, FIELD_MARK, SIMPLE_FIELD, f"{MATH}t", *_SIGNS)
BREAK: Final = "\v"  # between the paragraphs and cells of what holds several
_BREAKS: Final = frozenset({P, CELL})


def wording(element: Element) -> str:
    """Return the text of an element with its signs; cached field results left out."""
    out: list[str] = []
    open_fields: list[bool] = []  # for each: has its result begun?
    for one in element.iter(*_READ, *(() if element.tag == P else _BREAKS)):
        tag = one.tag
        if tag == FIELD_MARK:
            _follow(open_fields, one.get(FIELD_KIND))
        elif open_fields and any(open_fields):
            continue
        elif tag in _SIGNS:
            out.append(_SIGNS[tag])
        elif tag in _BREAKS:
            out.append(BREAK)
        elif tag == SIMPLE_FIELD:
            out.append(one.get(INSTR, ""))
        else:
            out.append(one.text or "")
    return "".join(out)


def _follow(open_fields: list[bool], kind: str | None) -> None:
    if kind == "begin":
        open_fields.append(False)
    elif open_fields and kind == "separate":
        open_fields[-1] = True
    elif open_fields and kind == "end":
        open_fields.pop()


def meaning(element: Element | None, links: Links) -> Meaning:
    """Return what an element says as a value: equal for elements that say the same.

    links: what the relationship ids of its part point at. Ids of drawings, notes and
    bookmarks, marks that take no room, and the text of text boxes do not count.
    """
    if element is None:
        return ()
    tag = element.tag
    attributes = []
    if element.attrib and tag not in _REFERENCES:
        attributes = [
            (name, links.get(value, value) if name.startswith(_R_PREFIX) else value)
            for name, value in element.attrib.items()
            if not _says_nothing(name, tag)
        ]
        attributes.sort()
    inner = tuple(
        [
            meaning(one, links)
            for one in element
            if isinstance(one.tag, str) and one.tag not in _SKIPPED
        ]
        if tag != TEXT_BOX
        else ()
    )
    text = element.text
    said = text if text and (not inner or text.strip()) else ""
    return (tag, tuple(attributes), said, inner)


def _says_nothing(name: str, tag: str) -> bool:
    if name in _VOLATILE or name == SPACE:
        return True
    if name.startswith(f"{{{W}}}rsid"):
        return True
    if name == "id":
        return tag.rpartition("}")[2] in _NAMED or tag.startswith(_VML)
    return name == "name" and tag.rpartition("}")[2] in _NAMED


def same(old: Element, new: Element, old_links: Links, new_links: Links) -> bool:
    """Tell whether two elements are the same in all but ids and spelling."""
    left = etree.tostring(old, with_tail=False)
    right = etree.tostring(new, with_tail=False)
    if left != right:
        left, right = _NOISE.sub(b"", left), _NOISE.sub(b"", right)
    if left == right and not _POINTS_ELSEWHERE.search(left):
        return True
    if _BOX in left and left != right:
        return False
    return meaning(old, old_links) == meaning(new, new_links)


def is_properties(element: Element) -> bool:
    """Tell whether an element says how its parent is, not what it holds."""
    tag = element.tag
    return isinstance(tag, str) and tag.endswith("Pr") and tag != SECT_PR


def links_of(file: WordFile, part: str) -> Links:
    """Return what each relationship id of a part points at, as text to compare."""
    folder, _, name = part.rpartition("/")
    relationships = f"{folder}/_rels/{name}.rels".lstrip("/").lower()
    crcs = {member.name.lower(): member.crc for member in file.package.members}
    return {
        one.identity: _target(one, crcs)
        for one in file.relationships
        if one.part.lower() == relationships
    }


def _target(one: Relationship, crcs: Mapping[str, int]) -> str:
    if one.is_outside or one.meant is None:
        return f"{one.kind} {one.target}"
    return f"{one.kind} {crcs.get(one.meant.lower(), one.target)}"
