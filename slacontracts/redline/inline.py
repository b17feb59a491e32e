"""The content of a paragraph in; the tokens that are compared, with their runs, out."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from slacontracts.redline.elements import (
    ANCHORS,
    CONTENT,
    FIELD_KIND,
    FIELD_MARK,
    INSTR,
    INSTRUCTION,
    P_PR,
    R_PR,
    RUN,
    SDT_PR,
    SHELLS,
    SIMPLE_FIELD,
    TEXT,
    Element,
    Links,
    meaning,
)
from slacontracts.redline.words import tokens_of
from slacontracts.word.names import w

_IN_RUN_WITHOUT_MEANING: Final = frozenset({R_PR, w("lastRenderedPageBreak")})
_NOT_CONTENT: Final = frozenset({P_PR, R_PR, w("smartTagPr"), w("customXmlPr")})


class Piece(NamedTuple):
    """A bit of content: a child of a run, or, without a run, of a paragraph.

    text: of the node, which this piece may hold a part of; None for what is no text.
    """

    run: Element | None
    node: Element
    text: str | None = None


@dataclass(slots=True)
class Token:
    """What is compared as one.

    shell: an element with content of its own. field: of one that is whole, its parts.
    """

    key: Hashable
    pieces: list[Piece]
    shell: Element | None = None
    field: "Field | None" = None
    is_end: bool = False  # of a paragraph


class Field(NamedTuple):
    """A field in parts: from its beginning to its result, its result, and its end.

    instruction: with the state of a field that is filled in, such as a ticked box.
    """

    instruction: Hashable
    head: Token
    result: list[Token]
    end: Token


def tokens_in(parent: Element, links: Links) -> list[Token]:
    """Return the tokens of a paragraph, or of what holds runs as one does."""
    return _with_fields(_tokenised(_pieces(parent)), links)


def end_of(paragraph: Element) -> Token:
    """Return the mark at the end of a paragraph."""
    return Token(("end",), [Piece(None, paragraph)], is_end=True)


def content_of(shell: Element) -> Element:
    """Return the element that holds the runs of a shell."""
    inner = shell.find(CONTENT)
    return shell if inner is None else inner


def _pieces(parent: Element) -> Iterator[Piece]:
    for child in parent:
        tag = child.tag
        if tag == RUN:
            for node in child:
                if node.tag == TEXT:
                    if node.text:
                        yield Piece(child, node, node.text)
                elif _is_content(node):
                    yield Piece(child, node)
        elif isinstance(tag, str) and tag not in _NOT_CONTENT:
            yield Piece(None, child)


def _is_content(node: Element) -> bool:
    return isinstance(node.tag, str) and node.tag not in _IN_RUN_WITHOUT_MEANING


def _tokenised(pieces: Iterable[Piece]) -> list[Token]:
    """Return text as words, over the borders of runs; what takes no room joins them."""
    out: list[Token] = []
    text: list[Piece] = []
    anchors: list[Piece] = []
    for piece in pieces:
        if piece.text is not None:
            text += (*anchors, piece)
            anchors = []
        elif piece.run is None and piece.node.tag in ANCHORS:
            anchors.append(piece)
        else:
            out += _words(text)
            text = []
            out.append(Token(None, [*anchors, piece]))
            anchors = []
    out += _words(text)
    if anchors:
        out.append(Token(("anchors",), anchors))
    return out


def _words(pieces: list[Piece]) -> Iterator[Token]:
    """Cut consecutive text into words; a word may have letters of several runs."""
    if not pieces:
        return
    if len(pieces) == 1:
        run, node, text = pieces[0]
        for word in tokens_of(text or ""):
            yield Token(word, [Piece(run, node, word)])
        return
    waiting = list(reversed(pieces))
    for word in tokens_of("".join(piece.text or "" for piece in pieces)):
        mine: list[Piece] = []
        missing = len(word)
        while missing:
            piece = waiting.pop()
            run, node, text = piece
            if text is None:
                mine.append(piece)
            elif len(text) > missing:
                mine.append(Piece(run, node, text[:missing]))
                waiting.append(Piece(run, node, text[missing:]))
                missing = 0
            else:
                mine.append(piece)
                missing -= len(text)
        yield Token(word, mine)


def _with_fields(tokens: list[Token], links: Links) -> list[Token]:
    """Give signs their keys, and take each field that is whole as one token."""
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.key is None:
            stop = _end_of_field(tokens, index)
            if stop:
                out.append(_field(tokens[index:stop], links))
                index = stop
                continue
            _name(token, links)
        out.append(token)
        index += 1
    return out


def _field(tokens: list[Token], links: Links) -> Token:
    """Return a whole field as one token, its result in tokens of its own."""
    instruction = (_instruction(tokens), _form(tokens[0], links))
    cut = _start_of_result(tokens)
    if cut is None:  # a program that works no fields out wrote it
        return Token(("field", instruction), _pieces_of(tokens))
    result = _with_fields(tokens[cut:-1], links)
    head = Token(("field", instruction), _pieces_of(tokens[:cut]))
    end = Token(("end of field",), tokens[-1].pieces)
    key = ("field", instruction, tuple(one.key for one in result))
    parts = Field(instruction, head, result, end)
    return Token(key, _pieces_of(tokens), field=parts)


def _start_of_result(tokens: list[Token]) -> int | None:
    depth = 0
    for index, token in enumerate(tokens):
        kind = _kind_of_mark(token)
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if kind == "separate" and depth == 1:
            return index + 1
    return None


def _pieces_of(tokens: list[Token]) -> list[Piece]:
    return [piece for token in tokens for piece in token.pieces]


def _name(token: Token, links: Links) -> None:
    node = token.pieces[-1].node
    if node.tag in SHELLS:
        token.shell = node
        token.key = (shell_kind(node, links), meaning(content_of(node), links))
    else:
        token.key = ("sign", meaning(node, links))


def kind_of(token: Token, links: Links) -> Hashable:
    """Return what makes two fields or shells the same, whatever they hold."""
    if token.field is not None:
        return ("field in pieces", token.field.instruction)
    return None if token.shell is None else shell_kind(token.shell, links)


def shell_kind(shell: Element, links: Links) -> Hashable:
    """Return what makes two shells the same, whatever they hold."""
    if shell.tag == SIMPLE_FIELD:
        return ("field", " ".join(shell.get(INSTR, "").split()))
    attributes = {
        name: links.get(value, value)
        for name, value in shell.attrib.items()
        if not name.endswith(("}history", "}docLocation"))
    }
    control = shell.find(SDT_PR)
    return (
        "shell",
        shell.tag,
        tuple(sorted(attributes.items())),
        _control(control) if control is not None else "",
    )


def _control(properties: Element) -> Hashable:
    tag = properties.find(w("tag"))
    alias = properties.find(w("alias"))
    return tuple(
        one.get(w("val"), "") if one is not None else "" for one in (tag, alias)
    )


def _kind_of_mark(token: Token) -> str | None:
    node = token.pieces[-1].node
    return str(node.get(FIELD_KIND)) if node.tag == FIELD_MARK else None


def _end_of_field(tokens: list[Token], start: int) -> int:
    """Return the index after the field that begins here; 0 when none is whole."""
    if _kind_of_mark(tokens[start]) != "begin":
        return 0
    depth = 0
    for index in range(start, len(tokens)):
        kind = _kind_of_mark(tokens[index])
        depth += {"begin": 1, "end": -1}.get(kind or "", 0)
        if depth == 0:
            return index + 1
    return 0


def _form(begin: Token, links: Links) -> Hashable:
    """Return what a field that is filled in says: a ticked box, a chosen entry."""
    return tuple(meaning(one, links) for one in begin.pieces[-1].node)


def _instruction(tokens: list[Token]) -> str:
    """Return the instruction of a field, those of the fields in it included."""
    out: list[str] = []
    for token in tokens:
        for piece in token.pieces:
            if piece.node.tag == INSTRUCTION:
                out.append(piece.node.text or "")
    return " ".join("".join(out).split())
