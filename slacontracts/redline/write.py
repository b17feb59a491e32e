"""Tokens with what became of them in; the content of paragraphs, marked, out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from slacontracts.redline.elements import (
    ALTERNATIVES,
    BOOKMARK_END,
    BOOKMARK_START,
    DEL,
    ENDNOTE,
    FIELD_KIND,
    FIELD_MARK,
    FOOTNOTE,
    INSTR,
    INSTRUCTION,
    MATHS,
    P_PR,
    RUN,
    SHELLS,
    SIMPLE_FIELD,
    SPACE,
    TEXT_BOX,
    Element,
    P,
    is_properties,
)
from slacontracts.redline.formatting import track_run
from slacontracts.redline.inline import Piece, Token, content_of
from slacontracts.redline.pen import (
    GONE,
    Fate,
    Pen,
    add_text,
    as_deleted,
    copied,
    run_like,
)


class Outcome(NamedTuple):
    """What became of a token; of one that stayed, both are there."""

    fate: Fate
    old: Token | None
    new: Token | None


@dataclass(slots=True)
class Line:
    """The content of one paragraph of the result, as it is written."""

    pen: Pen
    out: list[Element] = field(default_factory=list)
    _wrapper: Element | None = None
    _fate: Fate = "same"
    _run: Element | None = None
    _like: tuple[Element | None, ...] = ()
    _last: Element | None = None
    _old_run: Element | None = None
    _text: list[str] = field(default_factory=list)

    def take(self) -> list[Element]:
        """Return what was written, and begin anew."""
        self._close()
        out, self.out = self.out, []
        return out

    def put(self, outcome: Outcome) -> None:
        """Write a token."""
        fate, old, new = outcome
        if fate == "same" and old is not None and new is not None:
            was, now = old.pieces[0], new.pieces[0]
            if now.text is not None and len(old.pieces) == len(new.pieces) == 1:
                self._put_in_run(now, "same", was.run)
                return
            for anchor in () if _is_words(old) else _anchors(old):
                self._put_old_anchor(anchor)
            put: list[Element] = []
            for piece, old_run in _with_old_runs(old, new):
                self._put_piece(piece, "same", old_run)
                if piece.text is None:
                    put.append(self._last_put())
            if put:
                olds = [one.node for one in old.pieces if one.text is None]
                self._note_pairs(olds, put)
            return
        token = old if fate in GONE else new
        for piece in token.pieces if token is not None else ():
            self._put_piece(piece, fate, None)

    def _note_pairs(self, olds: list[Element], news: list[Element]) -> None:
        """Keep the notes and text boxes that belong together for later."""
        notes = _within(olds, FOOTNOTE, ENDNOTE), _within(news, FOOTNOTE, ENDNOTE)
        self.pen.notes += zip(*notes, strict=False)
        self.pen.boxes += zip(_outer_boxes(olds), _outer_boxes(news), strict=False)

    def _last_put(self) -> Element:
        return self.out[-1] if self._run is None else self._run[-1]

    def put_element(self, element: Element) -> None:
        """Write an element as it stands."""
        self._close()
        self.out.append(element)

    def _put_old_anchor(self, piece: Piece) -> None:
        if piece.node.tag in (BOOKMARK_START, BOOKMARK_END):
            for one in self.pen.bring_anchor(piece.node):
                self.put_element(one)

    def _put_piece(self, piece: Piece, fate: Fate, old_run: Element | None) -> None:
        if piece.run is not None:
            self._put_in_run(piece, fate, old_run)
        elif fate in GONE:
            self._put_gone(piece.node, fate)
        elif fate == "same":
            self.put_element(copied(piece.node))
        else:
            for one in wrapped([copied(piece.node)], fate, self.pen):
                self.put_element(one)

    def _put_gone(self, node: Element, fate: Fate) -> None:
        if node.tag in SHELLS or node.tag in MATHS or node.tag == ALTERNATIVES:
            for one in wrapped([self.pen.bring(node)], fate, self.pen):
                self.put_element(one)
        else:
            self._put_old_anchor(Piece(None, node))

    def _put_in_run(self, piece: Piece, fate: Fate, old_run: Element | None) -> None:
        goes_on = piece.node is self._last and old_run is self._old_run
        if goes_on and fate == self._fate and piece.text is not None:
            self._text.append(piece.text)
            return
        self._old_run = old_run
        pen = self.pen
        is_changed = (
            fate == "same"
            and old_run is not None
            and pen.format(piece.run, is_old=False) != pen.format(old_run, is_old=True)
        )
        if fate != self._fate or self._wrapper is None:
            self._open(fate)
        like = (piece.run, old_run if is_changed else None)
        if self._run is None or not _alike(like, self._like):
            self._end_text()
            self._run = run_like(piece.run)
            if is_changed:
                track_run(self._run, old_run, pen)
            assert self._wrapper is not None
            self._wrapper.append(self._run)
            self._like = like
        if piece.text is None:
            self._end_text()
            self._run.append(copied(piece.node))
            return
        if self._last is not piece.node:
            self._end_text()
            self._last = piece.node
        self._text.append(piece.text)

    def _end_text(self) -> None:
        """Write the text that was gathered from one text of a run."""
        if self._text:
            add_text(self._run, "".join(self._text))
            self._text.clear()
        self._last = None

    def _open(self, fate: Fate) -> None:
        self._close()
        self._fate = fate
        self._wrapper = etree.Element(P) if fate == "same" else self.pen.mark(fate)

    def _close(self) -> None:
        self._end_text()
        wrapper, self._wrapper, self._run = self._wrapper, None, None
        self._like = ()
        if wrapper is None:
            return
        if wrapper.tag == P:
            self.out += list(wrapper)
        elif self._fate in GONE:
            brought = self.pen.bring(wrapper)
            if self._fate == "del":
                delete_inside(brought, self.pen)
            self.out.append(brought)
        else:
            self.out.append(wrapper)


def _alike(one: tuple[Element | None, ...], other: tuple[Element | None, ...]) -> bool:
    return len(one) == len(other) and all(
        a is b for a, b in zip(one, other, strict=True)
    )


def _is_words(token: Token) -> bool:
    """Tell whether a token is nothing but letters of one run, as most are."""
    return len(token.pieces) == 1 and token.pieces[0].run is not None


def _anchors(token: Token) -> list[Piece]:
    return [
        piece
        for piece in token.pieces
        if piece.run is None and piece.node.tag in (BOOKMARK_START, BOOKMARK_END)
    ]


def _with_old_runs(old: Token, new: Token) -> Iterator[tuple[Piece, Element | None]]:
    """Yield the pieces of a token that stayed, each with the run it stood in."""
    if len(old.pieces) == len(new.pieces) == 1:
        yield new.pieces[0], old.pieces[0].run
        return
    olds = [piece for piece in old.pieces if piece.run is not None]
    if old.field is not None or not all(p.text is not None for p in olds):
        yield from _by_place(olds, new)
        return
    left = len(olds[0].text or "") if olds else 0
    index = 0
    for piece in new.pieces:
        if piece.text is None:
            yield piece, None
            continue
        text = piece.text
        while text:
            if not left and index + 1 < len(olds):
                index += 1
                left = len(olds[index].text or "")
            cut = min(left, len(text)) or len(text)
            yield Piece(piece.run, piece.node, text[:cut]), olds[index].run
            text, left = text[cut:], left - cut


def _by_place(olds: list[Piece], new: Token) -> Iterator[tuple[Piece, Element | None]]:
    """Yield the pieces of a sign or a field with the old run at the same place."""
    index = 0
    for piece in new.pieces:
        if piece.run is None:
            yield piece, None
        else:
            yield piece, olds[min(index, len(olds) - 1)].run if olds else None
            index += 1


def _within(elements: Iterable[Element], *tags: str) -> Iterator[Element]:
    return (found for one in elements for found in one.iter(*tags))


def _outer_boxes(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the text boxes that stand in no other of the same elements."""
    found = list(_within(elements, TEXT_BOX))
    inside = {deep for one in found for deep in one.iter(TEXT_BOX) if deep is not one}
    return (one for one in found if one not in inside)


def wrapped(elements: Iterable[Element], fate: Fate, pen: Pen) -> list[Element]:
    """Return content of a paragraph, all of it marked; links keep their place."""
    out: list[Element] = []
    wrapper: Element | None = None
    for one in elements:
        if one.tag == RUN or one.tag in MATHS or one.tag == ALTERNATIVES:
            if wrapper is None:
                wrapper = pen.mark(fate)
                out.append(wrapper)
            wrapper.append(one)
            continue
        if one.tag == SIMPLE_FIELD:
            out += wrapped(complex_field(one), fate, pen)
        else:
            if one.tag in SHELLS:
                _mark_inside(one, fate, pen)
            out.append(one)
        wrapper = None
    if fate == "del":
        for one in out:
            if one.tag == DEL:
                delete_inside(one, pen)
    return out


def _mark_inside(shell: Element, fate: Fate, pen: Pen) -> None:
    holder = content_of(shell)
    heads = [one for one in holder if is_properties(one)]
    inside = [one for one in holder if not is_properties(one)]
    holder[:] = [*heads, *wrapped(inside, fate, pen)]


def complex_field(simple: Element) -> list[Element]:
    """Return the runs of a field that its result alone is written as."""
    runs = [etree.Element(RUN) for _ in range(4)]
    for run, kind in zip(
        (runs[0], runs[2], runs[3]), ("begin", "separate", "end"), strict=True
    ):
        etree.SubElement(run, FIELD_MARK, {FIELD_KIND: kind})
    code = etree.SubElement(runs[1], INSTRUCTION, {SPACE: "preserve"})
    code.text = simple.get(INSTR, "")
    return [*runs[:3], *(copied(one) for one in simple if one.tag != P_PR), runs[3]]


def delete_inside(wrapper: Element, pen: Pen) -> None:
    """Write the text in a deletion as deleted, that of text boxes as well."""
    for box in list(wrapper.iter(TEXT_BOX)):
        for paragraph in box.iter(P):
            if paragraph.getparent() is box:
                rest = [one for one in paragraph if one.tag != P_PR]
                for one in rest:
                    paragraph.remove(one)
                paragraph.extend(wrapped(rest, "del", pen))
    as_deleted([wrapper])
