"""Filled clause text in, blocks of a document out: a small Markdown, strictly read.

Values are already tokens here (`TOKEN`), so no value can be taken for markup, and
a text that was parsed once is never parsed again: the result is cached by the
tokenised text. Markup is paragraphs, lists whose every marker is "1.", emphasis,
the definition of a term (**"Term"**) and the anchor of an item ([#name]).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from slacontracts.model.document import Item, Paragraph, Term, Words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

TOKEN_START, TOKEN_END = "\ue000", "\ue001"
_TOKEN = re.compile(f"{TOKEN_START}([0-9]+){TOKEN_END}")
_TERM = re.compile(r'\*\*(?:"([^"*\n]+)"|“([^”*\n]+)”)\*\*')
_ANCHOR = re.compile(r"(?<!\\)\[#([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\]")
_LEFTOVER = re.compile(r"\*|\[#|\{\{|\}\}|\{%|%\}|`")
_OTHER_MARKUP = re.compile(r" *(#{1,6} |>|```|~~~|\||(-|=|\*|_){3,}\s*$)")
_INDENT = 3  # spaces of one list level: the width of "1. "
_MAX_LEVEL = 3


def token(index: int) -> str:
    """Return what stands in the text for the value of this index."""
    return f"{TOKEN_START}{index}{TOKEN_END}"


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a token in a parsed text, with the emphasis around it."""

    index: int
    bold: bool = False
    italic: bool = False


ParsedInline: TypeAlias = Words | Term | Slot


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """A paragraph (level 0-3) or item (level 1-3) that still holds slots."""

    inlines: tuple[ParsedInline, ...]
    level: int
    is_item: bool
    anchor: str | None


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """What is wrong with the markup, and the wording where it stands."""

    message: str
    near: str


Parsed: TypeAlias = tuple[
    tuple[Paragraph | Item | ParsedBlock, ...], tuple[MarkupFault, ...]
]


@lru_cache(maxsize=8192)
def parse_clause_text(text: str) -> Parsed:
    """Parse tokenised clause text; blocks without slots come out ready for use.

    >>> blocks, faults = parse_clause_text('A **"Credit"** is due.')
    >>> [inline.text for inline in blocks[0].inlines]
    ['A ', 'Credit', ' is due.']
    """
    reader = _BlockReader(text)
    blocks = tuple(reader.blocks())
    faults = tuple(reader.faults)
    if not faults and _bare(_without_markup(text)) != _bare(_words_in(blocks)):
        faults = (MarkupFault("some of the wording would be lost", text[:60]),)
    return blocks, faults


@lru_cache(maxsize=1)
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline.emphasis import tokenize

    def emphasis(state: "StateInline", silent: bool) -> bool:
        # an underscore is wording: it stands in names, addresses and blanks to fill
        return state.src[state.pos] == "*" and tokenize(state, silent)

    markdown = MarkdownIt("zero").enable(["list", "emphasis", "escape", "newline"])
    markdown.inline.ruler.at("emphasis", emphasis)
    markdown.disable("text_join")  # escaped characters stay apart from the rest
    markdown.inline.ruler.before("emphasis", "term", _term_rule)
    markdown.inline.ruler.before("emphasis", "anchor", _anchor_rule)
    return markdown


def _term_rule(state: "StateInline", silent: bool) -> bool:
    match = _TERM.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("term", "", 0).content = match[1] or match[2]
    state.pos = match.end()
    return True


def _anchor_rule(state: "StateInline", silent: bool) -> bool:
    match = _ANCHOR.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("anchor", "", 0).content = match[1]
    state.pos = match.end()
    return True


class _BlockReader:
    """Walks the tokens of one text and gathers blocks and faults."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.tokens = _markdown().parse(text)
        self.faults: list[MarkupFault] = []

    def fault(self, line: int, message: str) -> None:
        words = _TOKEN.sub("\n", self.lines[line]) if line < len(self.lines) else ""
        near = max(words.split("\n"), key=len).strip()  # what stands in the source too
        self.faults.append(MarkupFault(message, near))

    def blocks(self) -> Iterator[Paragraph | Item | ParsedBlock]:
        depth, opens_item = 0, False
        for at, tok in enumerate(self.tokens):
            start = tok.map[0] if tok.map else 0
            if tok.type == "ordered_list_open":
                depth += 1
                if depth == _MAX_LEVEL + 1:
                    self.fault(start, "lists go three levels deep at the most")
            elif tok.type == "bullet_list_open":
                depth += 1
                self.fault(start, 'an item starts with "1."; bullets are not used')
            elif tok.type in ("ordered_list_close", "bullet_list_close"):
                depth -= 1
            elif tok.type == "list_item_open":
                self.check_marker(tok, depth, start)
                opens_item = True
                if self.tokens[at + 1].type != "paragraph_open":
                    self.fault(start, "an item starts with its wording")
            elif tok.type == "inline":
                self.check_indent(tok, depth)
                self.check_lines(tok)
                yield self.block(tok, min(depth, _MAX_LEVEL), opens_item, start)
                opens_item = False

    def check_marker(self, tok: "Token", depth: int, line: int) -> None:
        if tok.info and (tok.info != "1" or tok.markup != "."):
            self.fault(
                line,
                f'every item starts with "1."; here stands "{tok.info}{tok.markup}" '
                "(the numbers are made by the product)",
            )
        indent = len(self.lines[line]) - len(self.lines[line].lstrip(" "))
        if indent != _INDENT * (depth - 1):
            self.fault(
                line,
                f"an item of level {depth} is indented by {_INDENT * (depth - 1)} "
                f"spaces, this one by {indent}",
            )

    def check_indent(self, tok: "Token", depth: int) -> None:
        if not depth or tok.map is None:
            return
        for line in range(tok.map[0] + 1, tok.map[1]):
            text = self.lines[line]
            if len(text) - len(text.lstrip(" ")) < _INDENT * depth:
                self.fault(
                    line,
                    "this line would become part of the item above it; leave an empty "
                    f"line before it, or indent it by {_INDENT * depth} spaces",
                )

    def check_lines(self, tok: "Token") -> None:
        for line in range(*(tok.map or (0, 0))):
            if _OTHER_MARKUP.match(self.lines[line]):
                self.fault(
                    line,
                    "headings, tables, rules and quotations are not used; write "
                    "paragraphs and items, and put a \\ before a sign that is wording",
                )

    def block(
        self, tok: "Token", level: int, is_item: bool, line: int
    ) -> Paragraph | Item | ParsedBlock:
        inlines, anchor = self.inlines(tok.children or [], line)
        if anchor and not is_item:
            self.fault(line, f"[#{anchor}] belongs at the end of an item")
        if not inlines:
            self.fault(line, "an item without wording")
        ready = [inline for inline in inlines if not isinstance(inline, Slot)]
        if len(ready) < len(inlines):
            return ParsedBlock(tuple(inlines), level, is_item, anchor)
        return (
            Item(tuple(ready), level, anchor)
            if is_item
            else Paragraph(tuple(ready), level)
        )

    def inlines(
        self, children: "list[Token]", line: int
    ) -> tuple[list[ParsedInline], str | None]:
        bold = italic = 0
        anchor: str | None = None
        out: list[ParsedInline] = []
        for child in children:
            kind = child.type
            if kind in ("strong_open", "strong_close"):
                bold += child.nesting
            elif kind in ("em_open", "em_close"):
                italic += child.nesting
            elif kind == "term":
                out.append(Term(child.content))
            elif kind == "anchor":
                if anchor:
                    self.fault(line, "an item has one anchor at the most")
                anchor = child.content
            else:
                text = " " if kind in ("softbreak", "hardbreak") else child.content
                if kind == "text" and _LEFTOVER.search(text):
                    self.fault(
                        line, f'markup without its partner: "{text.strip()[:40]}"'
                    )
                _add_text(out, text, bold > 0, italic > 0)
        return _trimmed(out), anchor


def _add_text(out: list[ParsedInline], text: str, bold: bool, italic: bool) -> None:
    """Append text, joined to the words before it where the emphasis is the same."""
    for index, piece in enumerate(_TOKEN.split(text)):
        if index % 2:
            out.append(Slot(int(piece), bold, italic))
        elif piece:
            last = out[-1] if out else None
            if isinstance(last, Words) and (last.bold, last.italic) == (bold, italic):
                out[-1] = Words(last.text + piece, bold, italic)
            else:
                out.append(Words(piece, bold, italic))


def _trimmed(inlines: list[ParsedInline]) -> list[ParsedInline]:
    """Return the inlines with typographic quotes and without outer spaces."""
    before = ""
    out: list[ParsedInline] = []
    for inline in inlines:
        if isinstance(inline, Words):
            out.append(Words(quoted(inline.text, before), inline.bold, inline.italic))
            before = inline.text[-1:]
        else:
            out.append(inline)
            before = "x"
    if out and isinstance(out[0], Words):
        out[0] = Words(out[0].text.lstrip(), out[0].bold, out[0].italic)
    if out and isinstance(out[-1], Words):
        out[-1] = Words(out[-1].text.rstrip(), out[-1].bold, out[-1].italic)
    return [inline for inline in out if not isinstance(inline, Words) or inline.text]


def quoted(text: str, before: str) -> str:
    """Return the text with typographic quotes; before: the character before it."""
    if '"' not in text and "'" not in text:
        return text
    out: list[str] = []
    for char in text:
        if char in "\"'":
            opens = not before or before.isspace() or before in "([{–—“‘"
            char = ("“" if opens else "”") if char == '"' else ("‘" if opens else "’")
        out.append(char)
        before = char
    return "".join(out)


def _words_in(blocks: tuple[Paragraph | Item | ParsedBlock, ...]) -> str:
    """Return everything that the blocks say, tokens for slots."""
    return " ".join(
        token(inline.index) if isinstance(inline, Slot) else getattr(inline, "text", "")
        for block in blocks
        for inline in block.inlines
    )


def _without_markup(text: str) -> str:
    """Return the text without list markers and anchors, which are not wording."""
    return re.sub(r"(?m)^ *1\.(?= |$)", "", _ANCHOR.sub("", text))


def _bare(text: str) -> str:
    """Return the characters that must survive parsing: no spaces, emphasis, quotes."""
    return re.sub(r"[\s*\\\"'“”‘’]", "", text)
