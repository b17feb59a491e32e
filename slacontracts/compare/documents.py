"""Two numbered documents in; the clauses that differ, word by word, out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from slacontracts.compare.blocks import (
    align_blocks,
    said_in_block,
)
from slacontracts.compare.lines import changed_words, title_words, tokens, whole
from slacontracts.compare.rows import changed_rows, lone_rows
from slacontracts.compose.executed_labels import OMITTED
from slacontracts.compose.numbering import labels_in_full
from slacontracts.model.change import (
    BlockChange,
    BlockFate,
    ClauseChange,
    ClauseFate,
    Comparison,
    Fate,
    Piece,
    RowChange,
)
from slacontracts.model.document import (
    Block,
    Clause,
    NumberedDocument,
    Reference,
    Table,
)
from slacontracts.redline.words import common, tokens_of


def compare(old: NumberedDocument, new: NumberedDocument) -> Comparison:
    """Return the clauses that differ, in the order of reading.

    Clauses are known by their keys. What went stands where it stood, before what came
    in its place. What an outline number or a reference prints is no difference:
    both follow from the order of the clauses. Nor is emphasis.
    """
    return Comparison(tuple(_Comparing(old, new).changes()))


def is_placeholder(clause: Clause) -> bool:
    """Tell whether a clause only holds the number of one that was taken out."""
    return clause.title in OMITTED.values() and not clause.blocks


@dataclass(frozen=True, slots=True)
class _Version:
    """One of the two documents: its clauses without placeholders, by key."""

    document: NumberedDocument
    clauses: Mapping[str, Clause]

    def labels(self, clause: Clause) -> tuple[str, ...]:
        return labels_in_full(clause.blocks, self.document.block_labels[clause.key])


class _Comparing:
    """Two documents while they are compared."""

    def __init__(self, old: NumberedDocument, new: NumberedDocument) -> None:
        self.old, self.new = _version(old, new), _version(new, old)
        self.other_references = _other_references(old, new)

    def changes(self) -> Iterator[ClauseChange]:
        moved = self.moved()
        for key, fate in self.in_reading_order(moved):
            old, new = self.old.clauses.get(key), self.new.clauses.get(key)
            if fate == "deleted" and old is not None:
                yield self.lone(old, "deleted")
            elif fate == "inserted" and new is not None:
                yield self.lone(new, "inserted")
            elif old is not None and new is not None:
                is_moved = key in moved
                if is_moved or not self.is_same(old, new):
                    change = self.both(old, new, "moved" if is_moved else "substituted")
                    if is_moved or change.has_other_wording:
                        yield change

    def in_reading_order(
        self, moved: frozenset[str]
    ) -> Iterator[tuple[str, ClauseFate | None]]:
        """Yield every key once, with what is known of its fate."""
        waiting = list(self.old.clauses)
        came: list[tuple[str, ClauseFate | None]] = []
        for key in (*self.new.clauses, None):
            if key is not None and (key in moved or key not in self.old.clauses):
                came.append((key, None if key in moved else "inserted"))
                continue
            at = len(waiting) if key is None else waiting.index(key)
            gone = (one for one in waiting[:at] if one not in self.new.clauses)
            yield from ((one, "deleted") for one in gone)
            yield from came
            if key is not None:
                yield key, None
            waiting, came = waiting[at + 1 :], []

    def moved(self) -> frozenset[str]:
        """Return the keys of the clauses that are not where they were."""
        places = {key: at for at, key in enumerate(self.new.clauses)}
        both = [key for key in self.old.clauses if key in places]
        away = {
            key
            for key in both
            if self.old.clauses[key].part is not self.new.clauses[key].part
            or self.left_a_placeholder(key)
        }
        chain = [key for key in both if key not in away]
        ranks = [places[key] for key in chain]
        if ranks == sorted(ranks):
            return frozenset(away)
        weights = [self.weight(key) for key in chain]
        stayed = {chain[index] for index in heaviest_rising(ranks, weights)}
        return frozenset(key for key in both if key not in stayed)

    def left_a_placeholder(self, key: str) -> bool:
        """Tell whether the place where a clause stood is kept free in the new text."""
        held = (
            one for one in self.new.document.document.clauses if is_placeholder(one)
        )
        return any(
            one.key.startswith(f"{key}.") and one.key not in self.old.document.labels
            for one in held
        )

    def weight(self, key: str) -> tuple[int, int]:
        """Return how much of a clause stayed: paragraphs, then words.

        A redline, too, keeps as many paragraphs in place as it can.
        """
        old, new = self.old.clauses[key], self.new.clauses[key]
        left, right = (
            [said_in_block(block) for block in side.blocks] for side in (old, new)
        )
        stayed = len(common(left, right)) + (old.title == new.title)
        return stayed, _size(new)

    def is_same(self, old: Clause, new: Clause) -> bool:
        """Tell quickly whether a clause is surely the same."""
        return (
            old.title == new.title
            and old.blocks == new.blocks
            and not (
                self.other_references and self.other_references & _targets(new.blocks)
            )
        )

    def lone(self, clause: Clause, fate: BlockFate) -> ClauseChange:
        version = self.old if fate == "deleted" else self.new
        document = version.document
        word_fate: Fate = "deleted" if fate == "deleted" else "inserted"
        labels = version.labels(clause)
        blocks = tuple(
            _came_or_gone(block, at, labels[at], document, word_fate)
            for at, block in enumerate(clause.blocks)
        )
        label = document.labels[clause.key]
        title = whole(title_words(clause.title), word_fate)
        if word_fate == "deleted":
            return ClauseChange(
                clause.key, "deleted", clause, None, label, "", title, blocks
            )
        return ClauseChange(
            clause.key, "inserted", None, clause, "", label, title, blocks
        )

    def both(self, old: Clause, new: Clause, fate: ClauseFate) -> ClauseChange:
        labels = self.old.labels(old), self.new.labels(new)
        blocks: list[BlockChange] = []
        for i, j in align_blocks(old, new):
            if j is None and i is not None:
                document, block = self.old.document, old.blocks[i]
                blocks.append(
                    _came_or_gone(block, i, labels[0][i], document, "deleted")
                )
            elif i is None and j is not None:
                document, block = self.new.document, new.blocks[j]
                blocks.append(
                    _came_or_gone(block, j, labels[1][j], document, "inserted")
                )
            elif i is not None and j is not None:
                blocks.append(self.pair(old, i, new, j, (labels[0][i], labels[1][j])))
        return ClauseChange(
            key=new.key,
            fate=fate,
            old=old,
            new=new,
            old_label=self.old.document.labels[old.key],
            new_label=self.new.document.labels[new.key],
            title=changed_words(title_words(old.title), title_words(new.title)),
            blocks=tuple(blocks),
        )

    def pair(
        self, old: Clause, i: int, new: Clause, j: int, labels: tuple[str, str]
    ) -> BlockChange:
        was, now = old.blocks[i], new.blocks[j]
        pieces: tuple[Piece, ...] = ()
        rows: tuple[RowChange, ...] = ()
        if isinstance(was, Table) and isinstance(now, Table):
            rows = changed_rows(was, now, self.old.document, self.new.document)
            is_same = all(row.fate == "unchanged" for row in rows)
        else:
            assert not isinstance(was, Table)
            assert not isinstance(now, Table)
            pieces = changed_words(
                tokens(was.inlines, self.old.document),
                tokens(now.inlines, self.new.document),
            )
            is_same = all(piece.fate == "same" for piece in pieces)
        fate: BlockFate = "unchanged" if is_same else "substituted"
        return BlockChange(fate, was, now, i, j, *labels, pieces, rows)


def _version(document: NumberedDocument, other: NumberedDocument) -> _Version:
    """Return a document without placeholders that stand for clauses of the other."""
    clauses = {
        clause.key: clause
        for clause in document.document.clauses
        if not is_placeholder(clause) or clause.key in other.labels
    }
    return _Version(document, clauses)


def _came_or_gone(
    block: Block, at: int, label: str, document: NumberedDocument, fate: Fate
) -> BlockChange:
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowChange, ...] = ()
    if isinstance(block, Table):
        rows = lone_rows(block, document, fate)
    else:
        pieces = whole(tokens(block.inlines, document), fate)
    if fate == "deleted":
        return BlockChange("deleted", block, None, at, None, label, "", pieces, rows)
    return BlockChange("inserted", None, block, None, at, "", label, pieces, rows)


def _targets(blocks: Iterable[Block]) -> frozenset[str]:
    """Return what the references of blocks point to."""
    return frozenset(
        inline.target
        for block in blocks
        for line in _lines(block)
        for inline in line
        if isinstance(inline, Reference)
    )


def _lines(block: Block) -> Iterator[Sequence[object]]:
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                yield from cell
    else:
        yield block.inlines


def _other_references(old: NumberedDocument, new: NumberedDocument) -> frozenset[str]:
    """Return the targets whose references read otherwise but for the label."""
    return frozenset(
        target
        for target in {*old.references, *new.references}
        if _around_label(old, target) != _around_label(new, target)
    )


def _around_label(document: NumberedDocument, target: str) -> list[tuple[str, str]]:
    pieces = document.references.get(target)
    if pieces is None:
        return [("?", "")]
    return [("", to) if to else (text, "") for text, to in pieces]


def _size(clause: Clause) -> int:
    return sum(
        len(tokens_of(str(getattr(inline, "text", "●"))))
        for block in clause.blocks
        for line in _lines(block)
        for inline in line
    )


def heaviest_rising(
    ranks: Sequence[int], weights: Sequence[tuple[int, int]]
) -> list[int]:
    """Return the indexes of the heaviest choice of ranks that rise.

    Of choices that weigh the same, the one that keeps the earlier ranks.
    """
    best: list[tuple[tuple[int, int], int]] = []
    for index, rank in enumerate(ranks):
        before = [(best[at][0], -at) for at in range(index) if ranks[at] < rank]
        (first, second), at = max(before, default=((0, 0), 1))
        weight = (first + weights[index][0], second + weights[index][1])
        best.append((weight, -at))
    index = max(range(len(best)), key=lambda at: (best[at][0], -at), default=-1)
    out: list[int] = []
    while index >= 0:
        out.append(index)
        index = best[index][1]
    return out[::-1]
