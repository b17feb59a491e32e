"""Two containers of blocks in; the newer one, with every change marked, out."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from slacontracts.redline.align import align
from slacontracts.redline.blocks import Block, inner, is_block, read_content
from slacontracts.redline.elements import Element, is_properties
from slacontracts.redline.formatting import has_section
from slacontracts.redline.moves import Move, moves_among
from slacontracts.redline.paragraphs import Paragraph, finished, revised, whole
from slacontracts.redline.pen import Fate, Pen
from slacontracts.redline.places import placed
from slacontracts.redline.splits import Group, grouped
from slacontracts.redline.tables import mark_blocks, mark_table, merge_tables

Piece: TypeAlias = Paragraph | Element


def merge(new: Element, old: Element, pen: Pen) -> None:
    """Mark in a container of the result what changed since OLD's container."""
    left, right = read_content(old), read_content(new)
    pairs = placed(align(left.blocks, right.blocks, pen.numbers))
    moves = moves_among(pairs, pen)
    heads = [one for one in right.between[0] if is_properties(one)]
    out: list[Piece] = []
    waiting = dict(zip(map(id, right.blocks), right.between, strict=False))
    for group in grouped(pairs, pen.numbers, moves):
        for block in group.news:
            out += [one for one in waiting.pop(id(block)) if one not in heads]
        out += _pieces(group, moves, pen)
    _settle_ends(out)
    last = right.between[-1] if right.blocks else right.between[0][len(heads) :]
    new[:] = [*heads, *_elements(out, pen), *last]
    _merge_boxes(pen)


def _elements(pieces: Sequence[Piece], pen: Pen) -> list[Element]:
    out: list[Element] = []
    for piece in pieces:
        out += finished(piece, pen) if isinstance(piece, Paragraph) else [piece]
    return out


def _pieces(group: Group, moves: Mapping[int, Move], pen: Pen) -> list[Piece]:
    """Return what a group of blocks becomes in the result."""
    if not group.is_pair:
        block = (group.olds or group.news)[0]
        move = moves.get(id(block))
        if move is not None:
            return move.pieces(block, pen)
        return [_came_or_gone(block, is_old=bool(group.olds), pen=pen)]
    old, new = group.olds[0], group.news[0]
    if _is_kept(group, pen):
        pen.pair_notes(old.element, new.element)
        if new.kind == "paragraph":
            return [Paragraph(None, old.element, new.element)]
        return [new.element]
    if new.kind == "table":
        merge_tables(new.element, old.element, pen, merge)
        return [new.element]
    if new.kind == "control":
        merge(inner(new.element), inner(old.element), pen)
        return [new.element]
    olds = [one.element for one in group.olds]
    news = [one.element for one in group.news]
    return [*revised(olds, news, pen)]


def _is_kept(group: Group, pen: Pen) -> bool:
    old, new = group.olds[0], group.news[0]
    return (
        len(group.olds) == len(group.news) == 1
        and old.key == new.key
        and pen.is_same(old.element, new.element)
    )


def _came_or_gone(block: Block, *, is_old: bool, pen: Pen) -> Piece:
    fate: Fate = "del" if is_old else "ins"
    if block.kind == "paragraph":
        return whole(block.element, fate, pen)
    element = pen.bring(block.element) if is_old else block.element
    if block.kind == "table":
        mark_table(element, fate, pen)
    else:
        mark_blocks(inner(element), fate, pen)
    return element


def _settle_ends(pieces: Sequence[Piece]) -> None:
    """Let what stands before a table, or at the end, end with a mark that stays."""
    together: list[Paragraph] = []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            together.append(piece)
        elif is_block(piece):
            _settle_end(together)
            together = []
    _settle_end(together)


def _settle_end(paragraphs: Sequence[Paragraph]) -> None:
    """Let paragraphs that stand together end with a mark that stays.

    Word joins the paragraph before to what is deleted, or inserted, at the end: its
    mark goes instead of the last one.
    """
    trailing: list[Paragraph] = []
    for paragraph in reversed(paragraphs):
        trailing.append(paragraph)
        if paragraph.has_both:
            break
    trailing.reverse()
    if len(trailing) < 2 or not trailing[0].has_both:
        return
    first, *rest = trailing
    olds = [first.old, *(one.old for one in rest if one.old is not None)]
    news = [first.new, *(one.new for one in rest if one.new is not None)]
    if len(olds) > 1 and len(news) > 1:
        return
    if any(one is not None and has_section(one) for one in (*olds, *news)):
        return
    for one in trailing:
        one.own_content()
    is_loss = len(olds) > 1
    for index, one in enumerate(trailing[:-1]):
        one.old = olds[index] if is_loss else None
        one.new = None if is_loss else news[index]
    trailing[-1].old, trailing[-1].new = olds[-1], news[-1]


def _merge_boxes(pen: Pen) -> None:
    """Compare the text boxes of what was kept in paragraphs."""
    while pen.boxes:
        old, new = pen.boxes.pop()
        merge(new, old, pen)
