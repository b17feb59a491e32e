"""A part with tracked changes in; what it says once they are resolved, out.

The judge shares nothing with the engine: it reads the markup as the standard has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, Literal, TypeAlias

from slacontracts.word.gate import WordFile
from slacontracts.word.names import R, W, w

View: TypeAlias = Literal["accepted", "rejected"]
Said: TypeAlias = tuple[Any, ...]

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GONE: Final[dict[View, frozenset[str]]] = {
    "accepted": frozenset((w("del"), w("moveFrom"))),
    "rejected": frozenset((w("ins"), w("moveTo"))),
}
_CELL_GONE: Final[dict[View, str]] = {
    "accepted": w("cellDel"),
    "rejected": w("cellIns"),
}
_CHANGES: Final = frozenset(
    w(f"{one}Change")
    for one in (
        *("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr"),
        "numbering",
    )
)
_UNSEEN: Final = _CHANGES | {
    w(one)
    for one in (
        *("proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
        *("permStart", "permEnd", "moveFromRangeStart", "moveFromRangeEnd"),
        *("moveToRangeStart", "moveToRangeEnd", "cellIns", "cellDel", "sdtPr"),
        *("headerReference", "footerReference", "noProof", "sdtEndPr"),
        "smartTagPr",
    )
}
_WRAPPERS: Final = frozenset(
    w(one)
    for one in (
        *("ins", "del", "moveFrom", "moveTo", "sdt", "sdtContent", "smartTag"),
        *("customXml", "hyperlink", "dir", "bdo"),
    )
)
_UNSEEN_ATTRIBUTES: Final = ("paraId", "textId", "anchorId", "editId")
_RELATION: Final = f"{{{R}}}"
# Drawings and shapes, whose ids programs give anew.
_NUMBERED: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr",
    "{urn:schemas-microsoft-com:vml}",
)
_ON: Final = ("1", "true", "on")


@dataclass(slots=True)
class Reader:
    """One part of a file, with its changes accepted or rejected."""

    file: WordFile
    part: str
    view: View
    fields: list["_Field"] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    sections: list[Any] = field(default_factory=list)

    def blocks(self, parent: Any) -> list[Said]:
        """Return the paragraphs and tables of a body, cell, note or text box."""
        said: list[Said] = []
        pieces: list[Said] = []
        for block in self._flat(parent):
            if block.tag == w("p"):
                self._inline(block, pieces, ())
                if self._is_gone(block.find(f"{w('pPr')}/{w('rPr')}")):
                    continue
                said.append(("p", self._paragraph(block), _merged(pieces)))
            else:
                if _merged(pieces):
                    said.append(("left over", _merged(pieces)))
                said += self._table(block)
            pieces = []
        if _merged(pieces):
            said.append(("left over", _merged(pieces)))
        return said or [("p", (), ())]

    def plain(self, element: Any) -> Said:
        """Return an element as a value: names, attributes and what is in it."""
        if element.tag == w("txbxContent"):
            return ("box", tuple(self.blocks(element)))
        if element.tag == f"{MC}AlternateContent":
            return ("either", *(self.plain(one) for one in element))
        text = (element.text or "").strip() if element.tag != f"{M}t" else element.text
        is_words = element.tag in (w("t"), w("delText"))
        return (
            "t" if is_words else local_name(element),
            self._attributes(element),
            text,
            *self._inner(element),
        )

    def _inner(self, element: Any) -> Iterator[Said]:
        for one in element:
            if not isinstance(one.tag, str) or one.tag in _UNSEEN | _GONE[self.view]:
                continue
            if one.tag in _WRAPPERS:
                yield from self._inner(one)
            elif one.tag == w("rPr"):
                yield from self._properties(one)
            else:
                yield self.plain(one)

    def _attributes(self, element: Any) -> Said:
        if element.tag in _TOGGLES and element.get(w("val"), "1") in _ON:
            return ()
        found = []
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            if local in _UNSEEN_ATTRIBUTES or local.startswith("rsid"):
                continue
            if local in ("id", "spid") and element.tag.startswith(_NUMBERED):
                continue
            if name.startswith(_RELATION):
                value = meaning(self.file, self.part, value)
            elif element.tag == w("numId"):
                value = list_meaning(self.file, value)
            found.append((local, value))
        return tuple(sorted(found))

    def _properties(self, holder: Any, *more: str) -> Said:
        """Return properties as the view has them, in no order."""
        if holder is None:
            return ()
        tag = holder.tag
        change = holder.find(f"{tag}Change")
        kept: list[Any] = list(holder)
        if self.view == "rejected" and change is not None:
            old = change.find(tag)
            still = [one for one in holder if local_name(one) in more]
            kept = [*(() if old is None else old), *still]
        marks = {w(one) for one in ("ins", "del", "moveFrom", "moveTo")}
        said = [
            self.plain(one)
            for one in kept
            if isinstance(one.tag, str) and one.tag not in _UNSEEN | marks
            if one.tag not in (w("rPr"), w("sectPr"))
        ]
        return tuple(sorted(said, key=repr))

    def _paragraph(self, block: Any) -> Said:
        holder = block.find(w("pPr"))
        if holder is None:
            return ()
        section = holder.find(w("sectPr"))
        if section is not None:
            self.sections.append(section)
        return (
            *self._properties(holder),
            *(("mark", one) for one in self._properties(holder.find(w("rPr")))),
            *(("section", one) for one in self._properties(section)),
        )

    def section(self, section: Any) -> Said:
        """Return the properties of the last section."""
        self.sections.append(section)
        return ("section", *self._properties(section))

    def _table(self, table: Any) -> list[Said]:
        rows = [
            self._row(one)
            for one in self._flat(table)
            if one.tag == w("tr") and not self._is_gone(one.find(w("trPr")))
        ]
        if not rows:
            return []
        head = ("tbl", self._properties(table.find(w("tblPr"))), self._grid(table))
        return [head, *rows, ("end of tbl",)]

    def _grid(self, table: Any) -> Said:
        """Return the grid's columns; one whose cells are all gone is gone with them."""
        grid = table.find(w("tblGrid"))
        columns = [] if grid is None else grid.findall(w("gridCol"))
        before = None if grid is None else grid.find(f"{w('tblGridChange')}/{grid.tag}")
        if self.view == "rejected" and before is not None:
            return tuple(map(self.plain, before))
        gone, kept, left_out = set[int](), set[int](), set[int]()
        widest = 0
        for row in self._flat(table):
            cells = [] if self._is_gone(row.find(w("trPr"))) else self._flat(row)
            first = at = int(_value(row, "trPr", "gridBefore", "0"))
            held = []
            for cell in cells:
                span = int(_value(cell, "tcPr", "gridSpan", "1"))
                held += [(at + n, span, self._is_gone_cell(cell)) for n in range(span)]
                at += span
            end = at + int(_value(row, "trPr", "gridAfter", "0"))
            widest = max(widest, end - sum(is_gone for *_, is_gone in held))
            if end == len(columns):
                gone |= {place for place, _, is_gone in held if is_gone}
                kept |= {place for place, n, is_gone in held if n == 1 and not is_gone}
                left_out |= {*range(first), *range(at, end)}
        lost = sorted(gone - kept, key=lambda place: (place in left_out, place))
        lost = lost[: len(columns) - widest or None]
        return tuple(
            self.plain(one) for at, one in enumerate(columns) if at not in lost
        )

    def _is_gone_cell(self, cell: Any) -> bool:
        return cell.find(f"{w('tcPr')}/{_CELL_GONE[self.view]}") is not None

    def _row(self, row: Any) -> Said:
        cells = [
            (
                self._properties(one.find(w("tcPr"))),
                *self.blocks(one),
            )
            for one in self._flat(row)
            if one.tag == w("tc") and not self._is_gone_cell(one)
        ]
        exception = self._properties(row.find(w("tblPrEx")))
        return ("tr", self._properties(row.find(w("trPr"))), exception, *cells)

    def _flat(self, parent: Any) -> Iterator[Any]:
        for one in parent:
            if one.tag in (w("p"), w("tbl"), w("tr"), w("tc")):
                yield one
            elif one.tag in _WRAPPERS and one.tag not in _GONE[self.view]:
                yield from self._flat(one)

    def _is_gone(self, holder: Any) -> bool:
        return holder is not None and any(one.tag in _GONE[self.view] for one in holder)

    def _inline(self, parent: Any, pieces: list[Said], link: Said) -> None:
        for one in parent:
            tag = one.tag
            if not isinstance(tag, str) or tag in _UNSEEN | _GONE[self.view]:
                continue
            if tag == w("r"):
                self._run(one, pieces, link)
            elif tag == w("hyperlink"):
                self._inline(one, pieces, ("link", *self._attributes(one)))
            elif tag == w("fldSimple"):
                instruction = " ".join(one.get(w("instr"), "").split())
                pieces.append(((), link, ("field", instruction)))
                self._inline(one, pieces, link)
                pieces.append(((), link, ("field ends",)))
            elif tag in _WRAPPERS:
                self._inline(one, pieces, link)
            elif tag != w("pPr"):
                said = self.plain(one)
                if len(said) > 3 or not tag.startswith(M):
                    pieces.append(((), link, said))

    def _run(self, run: Any, pieces: list[Said], link: Said) -> None:
        look = self._properties(run.find(w("rPr")))
        for one in run:
            tag = one.tag
            if tag == w("fldChar"):
                self._field_mark(one, look, pieces, link)
            elif tag in (w("instrText"), w("delInstrText")):
                if self.fields:
                    self.fields[-1].instruction += one.text or ""
            elif tag in _UNSEEN or tag == w("rPr"):
                continue
            elif tag in (w("t"), w("delText")):
                pieces.append((look, link, one.text or ""))
            elif tag in (w("footnoteReference"), w("endnoteReference")):
                kind = local_name(one).removesuffix("Reference") + "s"
                self.references.append((kind, one.get(w("id"))))
                pieces.append((look, link, ("note", kind)))
            elif isinstance(tag, str):
                pieces.append((look, link, self.plain(one)))

    def _field_mark(
        self, mark: Any, look: Said, pieces: list[Said], link: Said
    ) -> None:
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            self.fields.append(_Field(form=tuple(map(self.plain, mark))))
            return
        if not self.fields:
            pieces.append((look, link, ("stray", kind)))
            return
        current = self.fields[-1]
        if kind == "separate" or not current.shows_result:
            words = " ".join(current.instruction.split())
            pieces.append((look, link, ("field", words, *current.form)))
        if kind == "separate":
            current.shows_result = True
        else:
            pieces.append(((), link, ("field ends",)))
            self.fields.pop()


@dataclass(slots=True)
class _Field:
    form: Said = ()  # of a field to be filled in: what it is, and its state
    instruction: str = ""
    shows_result: bool = False


_TOGGLES: Final = frozenset(
    w(one)
    for one in (
        *("b", "bCs", "i", "iCs", "strike", "caps", "smallCaps", "rtl", "bidi"),
        *("keepNext", "keepLines", "pageBreakBefore", "cantSplit", "tblHeader"),
    )
)


def meaning(file: WordFile, part: str, identity: str) -> str:
    """Return what a relationship means: an address, or the digest of what it names."""
    for one in of_part(file, part):
        if one.identity == identity:
            if one.is_outside or one.target.startswith("#"):
                return str(one.target)
            if one.meant in file.package:
                return sha256(file.package.read(one.meant or "")).hexdigest()[:12]
    return f"nothing ({identity})"


def list_meaning(file: WordFile, number: str) -> str:
    """Return what a list is: its number does not say it, its levels do."""
    from lxml import etree

    for one in of_part(file, file.main):
        if one.kind != "numbering":
            continue
        root = file.tree(one.meant or "")
        abstract = {a.get(w("abstractNumId")): a for a in root.iter(w("abstractNum"))}
        for num in root.iter(w("num")):
            if num.get(w("numId")) == number:
                levels = abstract[num.find(w("abstractNumId")).get(w("val"))]
                text = b"".join(
                    etree.tostring(level, method="c14n", exclusive=True)
                    for level in levels.iter(w("lvl"))
                )
                return sha256(text).hexdigest()[:12]
    return "no list"


def _merged(pieces: list[Said]) -> Said:
    """Return pieces with neighbours of one look put together."""
    said: list[Said] = []
    for look, link, what in pieces:
        if what == "":
            continue
        last = said[-1] if said else ((), (), ())
        are_words = isinstance(what, str) and isinstance(last[2], str)
        if are_words and last[:2] == (look, link):
            said[-1] = (look, link, last[2] + what)
            continue
        said.append((look, link, what))
    return tuple(said)


def of_part(file: WordFile, part: str) -> Iterator[Any]:
    folder, _, name = part.rpartition("/")
    wanted = f"{folder}/_rels/{name}.rels".lstrip("/")
    return (one for one in file.relationships if one.part == wanted)


def _value(owner: Any, properties: str, name: str, otherwise: str) -> str:
    found = owner.find(f"{w(properties)}/{w(name)}")
    return otherwise if found is None else str(found.get(w("val")))


def local_name(element: Any) -> str:
    name = str(element.tag)
    return name.removeprefix(f"{{{W}}}") if name.startswith(f"{{{W}}}") else name
