"""Pairs of blocks in; the same, placed so that every mark that goes may go, out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from slacontracts.redline.align import Pair
from slacontracts.redline.blocks import Kind


def placed(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs of a container with its ends paired and its tables in place.

    A paragraph at the end of a container or before a table has no next one to join:
    its mark can neither come nor go.
    """
    changed = [pair for pair in pairs if pair.old is None or pair.new is None]
    elsewhere = Counter(block.key for pair in changed for block in pair if block)
    out: list[Pair] = []
    *before, end = _up_to_tables(pairs)
    for *stretch, table in before:
        out += _with_ends_paired(_tables_first(stretch), elsewhere)
        out.append(table)
    return out + _with_ends_paired(_tables_first(end), Counter())


def _up_to_tables(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Yield the pairs up to each table that stayed, and what follows the last."""
    stretch: list[Pair] = []
    for pair in pairs:
        stretch.append(pair)
        if pair.old is not None and pair.new is not None and pair.old.kind == "table":
            yield stretch
            stretch = []
    yield stretch


def _tables_first(pairs: Sequence[Pair]) -> list[Pair]:
    """Put a table that came before the paragraphs that went in its place."""
    out: list[Pair] = []
    for pair in pairs:
        at = len(out)
        if pair.old is None and pair.new is not None and pair.new.kind == "table":
            while at and _is_gone(out[at - 1], "paragraph"):
                at -= 1
            if at and _is_gone(out[at - 1], "table"):  # two tables would become one
                at = len(out)
        out.insert(at, pair)
    return out


def _is_gone(pair: Pair, kind: Kind) -> bool:
    return pair.new is None and pair.old is not None and pair.old.kind == kind


def _with_ends_paired(
    pairs: list[Pair], elsewhere: Mapping[tuple[str, str], int]
) -> list[Pair]:
    """Pair the last paragraphs of both sides when neither has a partner.

    elsewhere: how often a wording came or went; what moved is left to be found.
    """
    gone = came = None
    for old, new in _trailing(pairs):
        gone, came = gone or old, came or new
    if gone is None or came is None or {gone.kind, came.kind} != {"paragraph"}:
        return pairs
    if elsewhere.get(gone.key, 0) > 1 or elsewhere.get(came.key, 0) > 1:
        return pairs
    ends = (gone, came)
    rest = [one for one in pairs if one.old not in ends and one.new not in ends]
    return [*rest, Pair(gone, came)]


def _trailing(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield what came or went since the last that stayed, from the end."""
    for pair in reversed(pairs):
        if pair.old is not None and pair.new is not None:
            return
        yield pair
