"""A clause's program and an agreement's data in, blocks with their values out.

A value is never pasted into the text: it becomes a token, the Markdown is parsed,
and the token becomes an inline that knows its address. So no value can break or
inject markup, and every number of the document can be written back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from slacontracts import formats
from slacontracts.jinja_text import FillError, Program, fill
from slacontracts.model.agreement import Agreement
from slacontracts.model.amounts import Money
from slacontracts.model.clause import Language
from slacontracts.model.document import (
    Blank,
    Block,
    Inline,
    Item,
    Paragraph,
    Reference,
    Table,
    Value,
    Words,
)
from slacontracts.source.clause_text import (
    Parsed,
    ParsedBlock,
    Slot,
    parse_clause_text,
    token,
)
from slacontracts.text import is_blank

# Makes a table from its name; None when there is no such table.
MakeTable = Callable[[str], Table | None]
ParseText = Callable[[str], Parsed]


@dataclass(frozen=True, slots=True)
class FillFault:
    """Why a text could not be filled: code, message, line of the text or 0, wording."""

    code: str
    message: str
    line: int = 0
    near: str = ""


@dataclass(slots=True)
class Filling:
    """What filling one text yields: its blocks, and what went wrong."""

    blocks: tuple[Block, ...] = ()
    faults: list[FillFault] = field(default_factory=list)


def agreement_data(agreement: Agreement) -> dict[str, Any]:
    """Return the data that clause texts read: nested mappings, lists, typed values."""
    data = {name: _plain(value) for name, value in agreement.__dict__.items()}
    data.update(data.pop("values") or {})
    return data


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, BaseModel):
        return {name: _plain(inner) for name, inner in value.__dict__.items()}
    if isinstance(value, dict | MappingProxyType):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


def fill_text(
    program: Program,
    data: Mapping[str, Any],
    *,
    language: Language,
    digits: str,
    make_table: MakeTable,
    parse: ParseText = parse_clause_text,
) -> Filling:
    """Fill a clause's program and return its blocks."""
    filler = _Pieces(language, digits, make_table)
    result = Filling(faults=filler.faults)
    try:
        text = fill(program, data, filler.value, filler.call)
    except FillError as error:
        result.faults.append(FillFault("text-cannot-be-filled", str(error), error.line))
        return result
    parsed, markup_faults = parse(text)
    for fault in markup_faults:
        result.faults.append(FillFault("markup", fault.message, 0, fault.near))
    result.blocks = tuple(
        filler.block(block) if isinstance(block, ParsedBlock) else block
        for block in parsed
    )
    return result


class _Pieces:
    """Gathers what the tokens of one text stand for, and puts it back in place."""

    def __init__(self, language: Language, digits: str, make_table: MakeTable) -> None:
        self.language, self.digits, self.make_table = language, digits, make_table
        self.pieces: list[Inline | Table] = []
        self.lines: list[int] = []
        self.faults: list[FillFault] = []

    def add(self, piece: Inline | Table, line: int) -> str:
        self.pieces.append(piece)
        self.lines.append(line)
        return token(len(self.pieces) - 1)

    def value(self, value: Any, path: str, form: str, line: int) -> str:
        """Return the token of a printed value, written in its form."""
        if is_blank(value):
            return self.add(Blank(path, form or "text"), line)
        if form == "money" and isinstance(value, dict):
            value, path = money_of(value), f"{path}/amount"
        if isinstance(value, Enum):
            value = value.value
        form = form or "text"
        if form == "text" and not isinstance(value, str):
            message = (
                f"{path} is not a text; say how to write it, such as | {_hint(value)}"
            )
            self.faults.append(FillFault("value-without-form", message, line))
            return self.add(Blank(""), line)
        try:
            text = formats.write(form, value, self.language, self.digits)
        except ValueError as error:
            self.faults.append(
                FillFault("value-in-wrong-form", f"{path}: {error}", line)
            )
            return self.add(Blank(""), line)
        return self.add(Value(path, text, form), line)

    def call(self, name: str, argument: str, line: int) -> str:
        if name == "ref":
            return self.add(Reference(argument), line)
        table = self.make_table(argument)
        if table is None:
            message = f'there is no table "{argument}"'
            self.faults.append(FillFault("unknown-table", message, line))
            return self.add(Blank(""), line)
        return self.add(table, line)

    def block(self, parsed: ParsedBlock) -> Block:
        """Return a parsed block with its slots filled."""
        if len(parsed.inlines) == 1 and isinstance(only := parsed.inlines[0], Slot):
            piece = self.pieces[only.index]
            if isinstance(piece, Table) and not parsed.is_item:
                return piece
        inlines = tuple(
            self.inline(inline) if isinstance(inline, Slot) else inline
            for inline in parsed.inlines
        )
        if parsed.is_item:
            return Item(inlines, parsed.level, parsed.anchor)
        return Paragraph(inlines, parsed.level)

    def inline(self, slot: Slot) -> Inline:
        piece = self.pieces[slot.index]
        if isinstance(piece, Table):
            message = f'the table "{piece.name}" needs a paragraph of its own'
            self.faults.append(FillFault("markup", message, self.lines[slot.index]))
            return Words("")
        if isinstance(piece, Value) and (slot.bold or slot.italic):
            return Value(piece.path, piece.text, piece.form, slot.bold, slot.italic)
        return piece


def money_of(data: Mapping[str, Any]) -> Money | None:
    """Return the Money of a mapping with amount and currency, else None."""

    if data.get("amount") is None or data.get("currency") is None:
        return None
    return Money(data["amount"], data["currency"])


def _hint(value: Any) -> str:
    return next(
        (name for name, form in formats.FORMS.items() if isinstance(value, form.takes)),
        "text",
    )
