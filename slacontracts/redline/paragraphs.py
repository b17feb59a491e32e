"""Paragraphs of both sides that belong together in; paragraphs of the result out."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from slacontracts.redline.elements import P_PR, Element, Links, P, is_properties
from slacontracts.redline.formatting import (
    has_section,
    mark_end,
    track_paragraph,
)
from slacontracts.redline.inline import (
    Token,
    content_of,
    end_of,
    kind_of,
    tokens_in,
)
from slacontracts.redline.pen import Fate, Pen, copied
from slacontracts.redline.words import Step, steps
from slacontracts.redline.write import Line, Outcome, wrapped
from slacontracts.word.names import w

_MOVES: Final = (w("moveFrom"), w("moveTo"))
_CHANGES: Final = (*_MOVES, w("ins"), w("del"))
_FEWEST_COMMON: Final = 0.2  # of the words; below, nothing is shown as kept


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the result: its content, and whose mark it ends with.

    content: None when it is that of `new`, in which nothing at all has changed.
    old, new: the paragraphs whose properties it has when all is rejected, accepted.
    is_moved: whether its mark is one of a move, when it came or went.
    """

    content: list[Element] | None
    old: Element | None
    new: Element | None
    is_moved: bool = False

    @property
    def has_both(self) -> bool:
        """Whether its mark is there before and after."""
        return self.old is not None and self.new is not None

    def own_content(self) -> list[Element]:
        """Return the content, taken out of where it stands."""
        if self.content is None:
            assert self.new is not None
            self.content = without_properties(self.new)
        return self.content


def without_properties(paragraph: Element) -> list[Element]:
    """Return the content of a paragraph."""
    return [one for one in paragraph if one.tag != P_PR]


def finished(paragraph: Paragraph, pen: Pen) -> list[Element]:
    """Return the elements for a paragraph of the result; mostly it is one."""
    old, new = paragraph.old, paragraph.new
    if old is None or new is None:
        return [_with_mark(paragraph, pen)]
    if paragraph.content is None:
        pen.pair_sections(old.find(P_PR), new.find(P_PR))
        return [new]
    if has_section(old) != has_section(new):
        return [
            _with_mark(Paragraph(paragraph.own_content(), None, new), pen),
            _with_mark(Paragraph([], old, None), pen),
        ]
    out = _like(new)
    out.extend(paragraph.content)
    track_paragraph(out, old, pen)
    pen.pair_sections(old.find(P_PR), out.find(P_PR))
    return [out]


def _like(paragraph: Element) -> Element:
    """Return an empty paragraph with the properties of one of NEW."""
    out = etree.Element(P, paragraph.attrib, nsmap=paragraph.nsmap)
    properties = paragraph.find(P_PR)
    if properties is not None:
        out.append(copied(properties))
    return out


def _with_mark(paragraph: Paragraph, pen: Pen) -> Element:
    """Return a paragraph whose mark came or went."""
    content = paragraph.own_content()
    fates: tuple[str, str] = (
        ("moveFrom", "moveTo") if paragraph.is_moved else ("del", "ins")
    )
    if paragraph.new is not None:
        out = _like(paragraph.new)
    else:
        assert paragraph.old is not None
        out = etree.Element(P)
        properties = paragraph.old.find(P_PR)
        if properties is not None:
            out.append(pen.bring(properties))
    out.extend(content)
    mark_end(out, fates[paragraph.new is not None], pen)
    return out


def whole(element: Element, fate: Fate, pen: Pen) -> Paragraph:
    """Return a paragraph that came or went as a whole; one that went is OLD's."""
    if fate == "ins":
        content = wrapped(without_properties(element), fate, pen)
        return Paragraph(content, None, element)
    brought = pen.bring(element)
    return Paragraph(wrapped(without_properties(brought), fate, pen), element, None)


def moved(old: Element, new: Element, pen: Pen) -> tuple[Paragraph, Paragraph]:
    """Return a paragraph where it was and where it is now; its edits are marked."""
    olds, news = tokens_in(old, pen.old_links), tokens_in(new, pen.new_links)
    source, target = Line(pen), Line(pen)
    for kind, i, j in steps([one.key for one in olds], [one.key for one in news]):
        if kind != "ins":
            source.put(Outcome("del" if kind == "del" else "moveFrom", olds[i], None))
        if kind != "del":
            target.put(Outcome("ins" if kind == "ins" else "moveTo", None, news[j]))
    left, came = source.take(), target.take()
    return (
        Paragraph(left, old, None, is_moved=_ends_moved(left)),
        Paragraph(came, None, new, is_moved=_ends_moved(came)),
    )


def _ends_moved(content: Sequence[Element]) -> bool:
    """Tell whether a moved paragraph ends with words that moved.

    Its mark is of one kind with these: else LibreOffice leaves an empty paragraph.
    """
    marks = [mark.tag for one in content for mark in one.iter(*_CHANGES)]
    return not marks or marks[-1] in _MOVES


def revised(
    olds: Sequence[Element], news: Sequence[Element], pen: Pen
) -> list[Paragraph]:
    """Return the paragraphs of the result for some that became others.

    One on each side, or one that was split, or several that were joined.
    """
    left, right = _tokens(olds, pen.old_links), _tokens(news, pen.new_links)
    line = Line(pen)
    out: list[Paragraph] = []
    for outcome in _outcomes(left, right, pen):
        token = outcome.new or outcome.old
        if token is not None and token.is_end:
            node = token.pieces[-1].node
            is_old = outcome.new is None
            pair = (node, None) if is_old else (None, node)
            out.append(Paragraph(line.take(), *pair))
        else:
            _put(line, outcome, pen)
    out.append(Paragraph(line.take(), olds[-1], news[-1]))
    return out


def _tokens(paragraphs: Sequence[Element], links: Links) -> list[Token]:
    out: list[Token] = []
    for paragraph in paragraphs:
        out += tokens_in(paragraph, links)
        out.append(end_of(paragraph))
    return out[:-1]


def _outcomes(left: list[Token], right: list[Token], pen: Pen) -> Iterator[Outcome]:
    found = steps([*map(_place_of, left)], [*map(_place_of, right)])
    if not _has_enough_in_common(found, left, right):
        found = [("del", i, -1) for i in range(len(left))]
        found += [("ins", -1, j) for j in range(len(right))]
    olds: list[Token] = []
    news: list[Token] = []
    for kind, i, j in found:
        if kind == "del":
            olds.append(left[i])
        elif kind == "ins":
            news.append(right[j])
        else:
            if olds or news:
                yield from _changed(olds, news, pen)
                olds, news = [], []
            yield Outcome("same", left[i], right[j])
    yield from _changed(olds, news, pen)


def _place_of(token: Token) -> Hashable:
    """Return what a token is found by; a field stays one, whatever it shows."""
    field = token.field
    return token.key if field is None else ("field in pieces", field.instruction)


def _has_enough_in_common(
    found: Sequence[Step], left: Sequence[Token], right: Sequence[Token]
) -> bool:
    """Tell whether so many words stayed that showing them helps to read."""
    if any(one.is_end or not isinstance(one.key, str) for one in (*left, *right)):
        return True
    words = sum(not str(one.key).isspace() for one in (*left, *right))
    kept = sum(
        kind == "same" and not str(left[i].key).isspace() for kind, i, _ in found
    )
    return 2 * kept >= _FEWEST_COMMON * words


def _changed(olds: list[Token], news: list[Token], pen: Pen) -> Iterator[Outcome]:
    """Yield what went and came in one place; what holds words is looked into."""
    start = 0
    for token in olds:
        at = _same_kind(token, news, start, pen)
        if at is None:
            continue
        yield from (Outcome("ins", None, one) for one in news[start:at])
        start = at + 1
        # What went before it comes first, which reads well enough.
        yield from _gone_before(olds, token)
        yield Outcome("same", token, news[at])
        olds = olds[olds.index(token) + 1 :]
    yield from (Outcome("del", one, None) for one in olds)
    yield from (Outcome("ins", None, one) for one in news[start:])


def _gone_before(olds: list[Token], token: Token) -> Iterator[Outcome]:
    for one in olds:
        if one is token:
            return
        yield Outcome("del", one, None)


def _same_kind(token: Token, news: Sequence[Token], start: int, pen: Pen) -> int | None:
    """Return where a field or shell stands among the new tokens, from a place on."""
    kind = kind_of(token, pen.old_links)
    if kind is None:
        return None
    for index in range(start, len(news)):
        if kind_of(news[index], pen.new_links) == kind:
            return index
    return None


def _put(line: Line, outcome: Outcome, pen: Pen) -> None:
    """Write a token; of one that stayed, what changed inside."""
    fate, old, new = outcome
    if fate != "same" or old is None or new is None or old.key == new.key:
        line.put(outcome)
    elif old.field is None or new.field is None:
        line.put_element(_revised_shell(outcome, pen))
    else:
        line.put(Outcome("same", old.field.head, new.field.head))
        for one in _outcomes(old.field.result, new.field.result, pen):
            _put(line, one, pen)
        line.put(Outcome("same", old.field.end, new.field.end))


def _revised_shell(outcome: Outcome, pen: Pen) -> Element:
    """Return a link, content control or the like, its content compared."""
    assert outcome.old is not None
    assert outcome.new is not None
    shell = copied(outcome.new.shell)
    old = content_of(outcome.old.shell)
    holder = content_of(shell)
    inside = Line(pen)
    left, right = tokens_in(old, pen.old_links), tokens_in(holder, pen.new_links)
    for one in _outcomes(left, right, pen):
        _put(inside, one, pen)
    heads = [one for one in holder if is_properties(one)]
    holder[:] = [*heads, *inside.take()]
    return shell
