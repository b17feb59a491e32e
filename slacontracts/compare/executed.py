"""A signed text and its amended form in; the amended text under the signed numbers out.

Every label that was signed stays with its text. What is removed leaves its number
behind as "[Intentionally omitted]"; what is inserted takes a label between two
others; what moved was removed in one place and inserted in another.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from slacontracts.compare.blocks import align_blocks, is_omitted
from slacontracts.compare.branches import Branch, branches_of
from slacontracts.compare.documents import heaviest_rising, is_placeholder
from slacontracts.compose.executed_labels import (
    OMITTED,
    heading_form,
    item_form,
    labels_of_siblings,
)
from slacontracts.compose.numbering import labelled, labels_in_full
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    Item,
    NumberedDocument,
    Words,
)


@dataclass(frozen=True, slots=True)
class _Node:
    """A block of the amended text; label: None while it waits for one."""

    block: Block
    label: str | None
    inner: tuple["_Node", ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A clause of the amended text; before: the same clause in the signed one."""

    clause: Clause
    before: Clause | None


def executed(base: NumberedDocument, amended: AgreementDocument) -> NumberedDocument:
    """Return the amended text under the numbers of the signed one.

    base: the signed text, or what this function made of an earlier amendment.
    """
    clauses: list[Clause] = []
    headings: dict[str, str] = {}
    block_labels: dict[str, tuple[str, ...]] = {}
    for part in Part:
        places = tuple(_places(base, amended, part))
        labels = _headings(base, places, part, amended.language)
        for place, heading in zip(places, labels, strict=True):
            clause, printed = _numbered(base, place, heading, amended.language)
            clauses.append(clause)
            headings[clause.key] = heading
            block_labels[clause.key] = printed
    document = replace(amended, clauses=tuple(clauses))
    return labelled(document, headings, block_labels)


def omitted_clause(clause: Clause, taken: Container[str], language: Language) -> Clause:
    """Return what holds the number of a clause that was taken out.

    taken: the keys of the signed text.
    """
    key, count = f"{clause.key}.omitted", 2
    while key in taken:
        key, count = f"{clause.key}.omitted-{count}", count + 1
    return replace(clause, key=key, title=OMITTED[language], blocks=())


def omitted_item(item: Item, language: Language) -> Item:
    """Return what holds the number of an item that was taken out."""
    return Item((Words(OMITTED[language]),), item.level)


def _places(
    base: NumberedDocument, amended: AgreementDocument, part: Part
) -> Iterator[_Place]:
    """Yield the clauses of one part; what went stands before what came."""
    olds, news = base.document.part(part), amended.part(part)
    stayed = _stayed(olds, news)
    gone = iter(olds)
    came: list[_Place] = []
    for clause in news:
        if clause.key not in stayed:
            came.append(_Place(clause, None))
            continue
        for old in gone:
            if old.key == clause.key:
                yield from (*came, _Place(clause, old))
                came = []
                break
            yield from _left_behind(base, old, amended.language)
    for old in gone:
        yield from _left_behind(base, old, amended.language)
    yield from came


def _left_behind(
    base: NumberedDocument, old: Clause, language: Language
) -> Iterator[_Place]:
    if is_placeholder(old):
        yield _Place(old, old)
    elif base.labels[old.key]:
        yield _Place(omitted_clause(old, base.labels, language), old)


def _stayed(olds: Sequence[Clause], news: Sequence[Clause]) -> frozenset[str]:
    """Return the keys of the clauses that keep their place, as much as can be."""
    ranks = {clause.key: at for at, clause in enumerate(olds)}
    both = [clause for clause in news if clause.key in ranks]
    weights = [(1 + len(clause.blocks), 0) for clause in both]
    chain = heaviest_rising([ranks[clause.key] for clause in both], weights)
    return frozenset(both[at].key for at in chain)


def _headings(
    base: NumberedDocument,
    places: Sequence[_Place],
    part: Part,
    language: Language,
) -> tuple[str, ...]:
    form = heading_form(part, language)
    if form is None:
        return ("",) * len(places)
    kept = [base.labels[one.before.key] if one.before else None for one in places]
    return labels_of_siblings(form, kept)


def _numbered(
    base: NumberedDocument, place: _Place, heading: str, language: Language
) -> tuple[Clause, tuple[str, ...]]:
    """Return one clause with what it keeps of the signed one, and its labels."""
    clause, before = place.clause, place.before
    news = _tree(clause, ("",) * len(clause.blocks))
    if before is None or is_placeholder(clause):
        nodes = _inserted(news)
    else:
        olds = _tree(before, base.block_labels[before.key])
        partners = {
            j: i
            for i, j in align_blocks(before, clause)
            if i is not None and j is not None
        }
        nodes = _Merging(partners, language).merged(olds, news)
    ready = tuple(_with_labels(nodes, clause.part, heading))
    blocks = tuple(block for block, _ in ready)
    return replace(clause, blocks=blocks), tuple(label for _, label in ready)


def _tree(clause: Clause, printed: Sequence[str]) -> tuple[Branch, ...]:
    return branches_of(clause.blocks, printed, labels_in_full(clause.blocks, printed))


def _inserted(branches: Sequence[Branch]) -> tuple[_Node, ...]:
    return tuple(_Node(one.block, None, _inserted(one.inner)) for one in branches)


@dataclass(frozen=True, slots=True)
class _Merging:
    """Works the blocks of an amended clause into those of the signed one.

    partners: the place of each amended block in the signed clause.
    """

    partners: Mapping[int, int]
    language: Language

    def merged(
        self, olds: Sequence[Branch], news: Sequence[Branch]
    ) -> tuple[_Node, ...]:
        """Return what stands under one item or heading."""
        by_place = {one.at: one for one in olds}
        out: list[_Node] = []
        waiting = list(olds)
        came: list[_Node] = []
        for new in news:
            old = by_place.get(self.partners.get(new.at, -1))
            if old is None:
                came += _inserted((new,))
                continue
            cut = waiting.index(old)
            out += self.between(waiting[:cut], came)
            out.append(_Node(new.block, old.label, self.merged(old.inner, new.inner)))
            waiting, came = waiting[cut + 1 :], []
        return (*out, *self.between(waiting, came))

    def between(self, olds: Sequence[Branch], came: Sequence[_Node]) -> Iterator[_Node]:
        """Yield what stands between two blocks that stayed.

        Text comes before the numbers of what was taken out: behind them, it would
        read as part of them.
        """
        texts = tuple(takewhile(lambda one: not isinstance(one.block, Item), came))
        yield from (*texts, *self.left(olds), *came[len(texts) :])

    def left(self, olds: Sequence[Branch]) -> Iterator[_Node]:
        """Yield what remains of blocks that were taken out: the numbers of items."""
        for old in olds:
            if isinstance(old.block, Item):
                is_gone = is_omitted(old.block)
                block = old.block if is_gone else omitted_item(old.block, self.language)
                yield _Node(block, old.label, ())


def _with_labels(
    nodes: Sequence[_Node], part: Part, above: str
) -> Iterator[tuple[Block, str]]:
    """Yield the blocks under one item or heading, with their labels as printed."""
    labels: dict[int, str] = {}
    for level in (1, 2, 3):
        places = [
            at
            for at, node in enumerate(nodes)
            if isinstance(node.block, Item) and node.block.level == level
        ]
        given = [nodes[at].label for at in places]
        form = item_form(part, level, above)
        labels |= zip(places, labels_of_siblings(form, given), strict=True)
    for at, node in enumerate(nodes):
        label = labels.get(at, "")
        yield node.block, label
        yield from _with_labels(node.inner, part, label)
