"""A composed agreement in; the docxtpl template of the same, and its data, out.

The template is what a careful user of docxtpl would make in Word: the text with its
styles, numbers, fields and bookmarks, `{{ tags }}` for all values, `{%tr for %}`
around the rows of each table of data, `{%p for %}` where a cell has several lines.
It is made from a rendering of our own in which every value is such a tag.

What is easier for docxtpl than for us, because the wording is already in the
template: no clause is chosen, no condition tested, no reference resolved, no number
counted, no contents listed; the data are formatted texts; custom properties and the
effective date on the cover are fixed. What is harder: every tag has to be found
among the XML of the whole document, for that is how docxtpl works.
"""

import keyword
import re
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from docxtpl import DocxTemplate
from lxml import etree

from benchmarks.same_content import allow_breaks
from benchmarks.samples import house_style
from slacontracts.compose.assemble import Composed
from slacontracts.model.agreement import Agreement
from slacontracts.model.document import (
    AgreementDocument,
    Blank,
    Block,
    Clause,
    Inline,
    Row,
    Table,
    Value,
    Words,
)
from slacontracts.render.docx import render_docx
from slacontracts.word.names import w

MAIN = "word/document.xml"
_DICT_NAMES = frozenset(dir(dict))
Cell: TypeAlias = tuple[tuple[Inline, ...], ...]
_KEPT_TOGETHER = 8  # rows: our tables up to this length stay on one page


@dataclass(frozen=True, slots=True)
class Peer:
    """What docxtpl needs for one agreement: the template and the data for its tags."""

    template: bytes
    context: dict[str, Any]

    def render(self) -> bytes:
        """Render as docxtpl is meant to be used: a new DocxTemplate every time.

        A DocxTemplate is altered by rendering it, so it cannot be kept. The file is
        in memory on both sides; autoescape, for `A & B` must not break the file.
        """
        return render_template(self.template, self.context)


def render_template(template: bytes, context: dict[str, Any]) -> bytes:
    """Return the Word file that docxtpl makes of a template and data."""
    document = DocxTemplate(BytesIO(template))
    document.render(context, autoescape=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def peer_of(composed: Composed) -> Peer:
    """Return the docxtpl template and data of a composed agreement."""
    numbered = composed.numbered
    maker = _Maker()
    marked = replace(numbered, document=maker.document(numbered.document))
    rendered = render_docx(
        marked,
        house_style(),
        version=maker.tag("/version", "1"),
        execution=False,
        check=False,
    )
    return Peer(_with_loose_rows(rendered, maker.long_tables), maker.context)


@dataclass(slots=True)
class _Maker:
    """Puts a tag in the place of every value, and gathers the data for the tags."""

    context: dict[str, Any] = field(default_factory=dict)
    long_tables: set[str] = field(default_factory=set)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def document(self, document: AgreementDocument) -> AgreementDocument:
        clauses = tuple(self.clause(clause) for clause in document.clauses)
        signatures = tuple(
            replace(
                block,
                legal_name=self.tag(
                    f"/parties/{block.party}/legal_name", block.legal_name
                ),
                name=self.tag(f"/signatories/{block.number}/name", block.name),
                title=self.tag(f"/signatories/{block.number}/title", block.title),
            )
            for block in document.signatures
        )
        return replace(
            document,
            agreement=self.agreement(document.agreement),
            title=self.tag("/title", document.title),
            organisation=self.tag("/organisation", document.organisation),
            clauses=clauses,
            signatures=signatures,
        )

    def agreement(self, agreement: Agreement) -> Agreement:
        """Return the agreement with tags in what the cover prints."""
        parties = {
            role: party.model_copy(
                update={
                    "legal_name": self.tag(
                        f"/parties/{role}/legal_name", party.legal_name or ""
                    )
                }
            )
            for role, party in agreement.parties.items()
        }
        update: dict[str, Any] = {
            "id": self.tag("/id", agreement.id),
            "parties": parties,
        }
        return agreement.model_copy(update=update)

    def clause(self, clause: Clause) -> Clause:
        return replace(
            clause, blocks=tuple(self.block(block) for block in clause.blocks)
        )

    def block(self, block: Block) -> Block:
        if not isinstance(block, Table):
            return replace(block, inlines=self.line(block.inlines))
        if not block.has_heading:  # a fact sheet: its rows are fixed in Word
            return replace(block, rows=tuple(self.row(row) for row in block.rows))
        return self.loop(block)

    def row(self, row: Row) -> Row:
        cells = tuple(tuple(self.line(line) for line in cell) for cell in row.cells)
        return replace(row, cells=cells)

    def line(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> Inline:
        if isinstance(inline, Value):
            text = self.tag(inline.path, inline.text)
            return Words(text, inline.bold, inline.italic)
        return inline

    def tag(self, path: str, text: str) -> str:
        """Return the tag that prints a text, and keep the text in the data."""
        if not text:
            return ""
        name = self._names.get((path, text))
        if name is None:
            name = self._names[path, text] = self._keep(path, text)
        return f"{{{{ {name} }}}}"

    def _keep(self, path: str, text: str) -> str:
        *groups, leaf = [_name(step) for step in path[1:].split("/")]
        data = self.context
        for at, group in enumerate(groups):
            if isinstance(data.get(group, {}), str):
                group = groups[at] = f"{group}_group"
            data = data.setdefault(group, {})
        wanted, number = leaf, 1
        while leaf in data:
            number += 1
            leaf = f"{wanted}_{number}"
        data[leaf] = text
        return ".".join([*groups, leaf])

    def loop(self, table: Table) -> Table:
        """Return a table whose rows a loop makes, a branch for each kind of row."""
        kinds: dict[tuple[Any, ...], str] = {}
        several = {
            at
            for row in table.rows
            if not row.is_group
            for at, cell in enumerate(row.cells)
            if len(cell) != 1
        }
        rows = []
        for row in table.rows:
            kind = kinds.setdefault(_look(row), f"kind_{len(kinds) + 1}")
            rows.append(_row_data(row, kind, several))
        name = _name(table.name)
        self.context.setdefault("tables", {})[name] = rows
        if len(table.rows) > _KEPT_TOGETHER:
            self.long_tables.add(name)
        template = [_control(f"{{%tr for row in tables.{name} %}}")]
        for at, (look, kind) in enumerate(kinds.items()):
            word = "elif" if at else "if"
            template.append(_control(f'{{%tr {word} row.kind == "{kind}" %}}'))
            template.append(_template_row(look, several))
        template += [_control("{%tr endif %}"), _control("{%tr endfor %}")]
        return replace(table, rows=tuple(template))


def _name(step: str) -> str:
    """Return a step of an address as a name that Jinja reads as data.

    >>> _name("web-hosting"), _name("0"), _name("values")
    ('web_hosting', 'no_0', 'values_')
    """
    name = step.replace("-", "_")
    if name[0].isdigit():
        name = f"no_{name}"
    return f"{name}_" if name in _DICT_NAMES or keyword.iskeyword(name) else name


def _look(row: Row) -> tuple[Any, ...]:
    """Return what tells one kind of row from another: groups and emphasis."""
    looks = {
        (at, getattr(inline, "bold", False), getattr(inline, "italic", False))
        for at, cell in enumerate(row.cells)
        for line in cell
        for inline in line
    }
    emphasis = [False] * len(row.cells)
    for at, bold, italic in looks:
        assert not italic
        assert bold in (True, False)
        emphasis[at] = emphasis[at] or bold
    return (row.is_group, tuple(emphasis))


def _row_data(row: Row, kind: str, several: set[int]) -> dict[str, Any]:
    data: dict[str, Any] = {"kind": kind}
    for at, cell in enumerate(row.cells):
        lines = ["".join(_text(inline) for inline in line) for line in cell]
        data[f"column_{at + 1}"] = (
            lines if at in several and not row.is_group else "".join(lines)
        )
    return data


def _text(inline: Inline) -> str:
    assert isinstance(inline, Words | Value | Blank), inline
    return "[●]" if isinstance(inline, Blank) else inline.text


def _control(mark: str) -> Row:
    """Return a row or line that docxtpl takes away: it only holds a mark."""
    return Row((((Words(mark),),),), is_group=True)


def _template_row(look: tuple[Any, ...], several: set[int]) -> Row:
    is_group, emphasis = look
    cells: list[Cell] = []
    for at, bold in enumerate(emphasis):
        column = f"row.column_{at + 1}"
        if at in several and not is_group:
            cells.append(
                (
                    (Words(f"{{%p for line in {column} %}}"),),
                    (Words("{{ line }}", bold),),
                    (Words("{%p endfor %}"),),
                )
            )
        else:
            cells.append(((Words(f"{{{{ {column} }}}}", bold),),))
    return Row(tuple(cells), is_group=is_group)


def _with_loose_rows(docx: bytes, long_tables: set[str]) -> bytes:
    """Return the template without "keep with next" in tables that have many rows."""
    out = BytesIO()
    with ZipFile(BytesIO(docx)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == MAIN:
                content = _loosened(content, long_tables)
            target.writestr(name, content)
    return out.getvalue()


def _loosened(xml: bytes, long_tables: set[str]) -> bytes:
    root = etree.fromstring(xml)
    for table in root.iter(w("tbl")):
        text = "".join(map(str, table.itertext()))
        loop = re.search(r"\{%tr for row in tables\.(\w+) %\}", text)
        if loop and loop[1] in long_tables:
            allow_breaks(table)
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    )
