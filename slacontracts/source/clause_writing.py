"""The blocks of a clause in, a text that composes to the same blocks again out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, TypeAlias

from slacontracts.model.document import (
    Blank,
    Block,
    Inline,
    Item,
    Paragraph,
    Reference,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.model.paths import look_up, split_path
from slacontracts.source.clause_text import Slot, parse_clause_text, quoted, token

BLANK_TEXT: Final = "[●]"
_INDENT: Final = "   "  # of one level of a list
_MARKUP = re.compile(r"[\\*`{}]|\[(?=#)|(?<=\{)[%#]")
_NAME = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)
# What at the start of a line would be a list, a heading, a table or a rule.
_NUMBER_AT_START = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)", re.ASCII)
_SIGN_AT_START = re.compile(r"[-+](?=\s|$)|#{1,6} |>|~~~|\||(?:-|=|_){3,}\s*$")
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")

Emphasis: TypeAlias = tuple[bool, bool]  # bold, italic
_PLAIN: Final[Emphasis] = (False, False)
_MARKS: Final = ("**", "*")


def clause_source(
    blocks: Sequence[Block], data: Mapping[str, Any] | None = None
) -> str:
    """Return the text of a clause, as it is written in a library or an agreement.

    data: those of the agreement; a value that does not stand in them can be read by no
    wording, and becomes the words that it shows.

    >>> clause_source([Item((Words("Fee: "), Value("/fees/rate", "5%", "percent")))])
    '1. Fee: {{ fees.rate | percent }}\\n'
    """
    writer = _Writer(data)
    lines: list[str] = []
    level = 0
    previous: Block | None = None
    for block in blocks:
        if not isinstance(block, Table):
            level = block.level
        is_list_going_on = isinstance(block, Item) and isinstance(previous, Item)
        if previous is not None and not is_list_going_on:
            lines.append("")
        indent = level - 1 if isinstance(block, Item) else level
        lines.append(_INDENT * indent + writer.block(block))
        previous = block
    return "".join(f"{line}\n" for line in lines)


def unreadable_values(
    blocks: Sequence[Block], data: Mapping[str, Any]
) -> tuple[str, ...]:
    """Return the addresses of values that no wording can read; they become words."""
    return tuple(
        dict.fromkeys(
            one.path
            for block in blocks
            if not isinstance(block, Table)
            for one in block.inlines
            if isinstance(one, Value) and not _stands(one.path, data)
        )
    )


def _stands(path: str, data: Mapping[str, Any]) -> bool:
    try:
        look_up(data, path)
    except KeyError:
        # the amount of a sum that the data hold as one value
        return path.endswith("/amount") and _stands(path.removesuffix("/amount"), data)
    return True


class _Writer:
    """Writes blocks as clause text, a line each."""

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        self.data = data

    def block(self, block: Block) -> str:
        if isinstance(block, Table):
            return f'{{{{ table("{block.name}") }}}}'
        text = self.line(block.inlines)
        if isinstance(block, Paragraph):
            return text
        return f"1. {text}" + (f" [#{block.anchor}]" if block.anchor else "")

    def line(self, inlines: Sequence[Inline]) -> str:
        pieces = _trimmed([self.as_words(inline) for inline in inlines])
        if not _is_readable(pieces):
            pieces = [_without_emphasis(piece) for piece in pieces]
        return _joined(pieces, [self.mark(piece) for piece in pieces])

    def as_words(self, inline: Inline) -> Inline:
        """Return an inline, or the words that it shows where it cannot be written."""
        if isinstance(inline, Blank) and not inline.path:
            return Words(BLANK_TEXT)
        if (
            isinstance(inline, Value)
            and self.data is not None
            and not _stands(inline.path, self.data)
        ):
            return Words(" ".join(inline.text.split()), inline.bold, inline.italic)
        return inline

    def mark(self, inline: Inline) -> str:
        if isinstance(inline, Term):
            return f'**"{inline.text}"**'
        if isinstance(inline, Reference):
            return f'{{{{ ref("{inline.target}") }}}}'
        if isinstance(inline, Words):
            return ""
        path, form = inline.path, inline.form
        if form == "money" and path.endswith("/amount"):
            path = path.removesuffix("/amount")
        name = _expression(path)
        return f"{{{{ {name} }}}}" if form == "text" else f"{{{{ {name} | {form} }}}}"


def _expression(path: str) -> str:
    """Return how a text names the value at an address: services["web"].name."""
    first, *others = split_path(path)
    return first + "".join(
        f".{step}" if _NAME.fullmatch(step) else f'["{step}"]' for step in others
    )


def _trimmed(pieces: Sequence[Inline]) -> list[Inline]:
    """Return a line without the spaces around it, which no source could hold."""
    out = list(pieces)
    while out and isinstance(first := out[0], Words) and first.text[:1].isspace():
        text = first.text.lstrip()
        out[:1] = [replace(first, text=text)] if text else []
    while out and isinstance(last := out[-1], Words) and last.text[-1:].isspace():
        text = last.text.rstrip()
        out[-1:] = [replace(last, text=text)] if text else []
    return out


def _is_readable(pieces: Sequence[Inline]) -> bool:
    """Tell whether the emphasis of a line can be written so that it is read again."""
    if not any(_is_emphasised(piece) for piece in pieces):
        return True
    marks = [
        f'**"{piece.text}"**' if isinstance(piece, Term) else token(at)
        for at, piece in enumerate(pieces)
    ]
    blocks, faults = parse_clause_text(_joined(pieces, marks))
    if faults or len(blocks) != 1:
        return False
    found = [
        replace(one, bold=False, italic=False)
        if isinstance(one, Slot) and isinstance(pieces[one.index], Blank | Reference)
        else one
        for one in blocks[0].inlines
    ]
    expected = [
        piece
        if isinstance(piece, Words | Term)
        else Slot(at, getattr(piece, "bold", False), getattr(piece, "italic", False))
        for at, piece in enumerate(pieces)
    ]
    return found == expected


def _is_emphasised(piece: Inline) -> bool:
    return isinstance(piece, Words | Value) and (piece.bold or piece.italic)


def _without_emphasis(piece: Inline) -> Inline:
    if isinstance(piece, Words | Value):
        return replace(piece, bold=False, italic=False)
    return piece


def _joined(pieces: Sequence[Inline], marks: Sequence[str]) -> str:
    """Return a line: its words as they are typed, the others by their marks."""
    emphases = _emphases(pieces)
    out: list[str] = []
    open_marks: list[int] = []
    for at, text in enumerate(_typed(pieces)):
        changes = _changed_marks(open_marks, emphases[at:])
        # bold words between quotation marks would define a term
        if changes.endswith("**") and text.startswith(('"', "“")):
            text = '\\"' + text[1:]
        if out and out[-1].endswith("{") and marks[at].startswith("{"):
            out.append(" ")  # three braces would begin another mark
        is_first = at == 0 and not changes
        out += [changes, _unlisted(text) if text and is_first else text or marks[at]]
    out += [_MARKS[mark] for mark in reversed(open_marks)]
    return "".join(out)


def _typed(pieces: Sequence[Inline]) -> list[str]:
    """Return the words as they are typed, "" for others: escaped, quotes straight."""
    out: list[str] = []
    before = ""
    for piece in pieces:
        if not isinstance(piece, Words):
            out.append("")
            before = "x"
            continue
        straight = piece.text.translate(_STRAIGHT)
        text = straight if quoted(straight, before) == piece.text else piece.text
        before = text[-1:]
        out.append(_MARKUP.sub(lambda sign: "\\" + sign[0], text))
    return out


def _unlisted(text: str) -> str:
    """Return the first words of a line so that they begin no list or table."""
    numbered = _NUMBER_AT_START.match(text)
    if numbered is not None:
        return f"{numbered[1]}\\{text[numbered.end(1) :]}"
    return "\\" + text if _SIGN_AT_START.match(text) else text


def _emphases(pieces: Sequence[Inline]) -> list[Emphasis]:
    """Return the emphasis of each piece; what has none of its own takes a neighbour's.

    It belongs to the emphasised words beside it that have a space towards it, since
    marks do not hold on to spaces.
    """
    own = [
        (one.bold, one.italic) if isinstance(one, Words | Value) else None
        for one in pieces
    ]
    out: list[Emphasis] = []
    for at, emphasis in enumerate(own):
        if emphasis is not None:
            out.append(emphasis)
            continue
        before = out[-1] if out else _PLAIN
        after = next((one for one in own[at:] if one is not None), _PLAIN)
        is_held = at > 0 and _words(pieces[at - 1])[-1:].isspace()
        is_wanted = at + 1 < len(pieces) and _words(pieces[at + 1])[:1].isspace()
        if before == after or is_held:
            out.append(before)
        else:
            out.append(after if is_wanted else _PLAIN)
    return out


def _words(piece: Inline) -> str:
    return piece.text if isinstance(piece, Words) else ""


def _changed_marks(open_marks: list[int], emphases: Sequence[Emphasis]) -> str:
    """Return the marks that stand before a piece; open_marks is brought up to date."""
    wanted = {mark for mark in (0, 1) if emphases[0][mark]}
    kept = 0
    while kept < len(open_marks) and open_marks[kept] in wanted:
        kept += 1
    closing = open_marks[kept:][::-1]
    del open_marks[kept:]
    # what lasts longer is opened first
    opening = sorted(wanted - {*open_marks}, key=lambda mark: -_length(mark, emphases))
    open_marks += opening
    return "".join(_MARKS[mark] for mark in (*closing, *opening))


def _length(mark: int, emphases: Sequence[Emphasis]) -> int:
    return next(
        (at for at, emphasis in enumerate(emphases) if not emphasis[mark]),
        len(emphases),
    )
