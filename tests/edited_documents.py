"""Words in; small documents, and the same with a few edits, for laws about two texts.

No line of one clause stands in another: each begins with the name of its clause.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from comparing import clause, document
from hypothesis import strategies as st

from slacontracts.model.clause import Part
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    Column,
    Inline,
    Item,
    Paragraph,
    Reference,
    Row,
    Table,
    Value,
    Words,
)

KEYS = ("fees", "term", "notices", "liability", "records", "exit")
WORD = st.sampled_from(
    [
        *("the", "the", "Customer", "Provider", "shall", "pay", "within", "30", "45"),
        *("days", "of", "invoice", "notice", "12,500.00", "EUR", "99.9%", "Services"),
        *("records", "monthly", "Incident", "credit", "never", "العميل", "délai"),
    ]
)


@st.composite
def lines(draw: Any, key: str) -> tuple[Inline, ...]:
    """Words, values and references in a line that begins as no other clause's does."""
    out: list[Inline] = [Words(f"{key.title()}: ")]
    for _ in range(draw(st.integers(1, 4))):
        words = " ".join(draw(st.lists(WORD, min_size=1, max_size=5)))
        kind = draw(st.sampled_from(["words", "words", "words", "value", "reference"]))
        if kind == "value":
            out.append(
                Value("/fees/due", draw(st.sampled_from(["30 days", "45 days"])))
            )
        elif kind == "reference":
            out.append(Reference(draw(st.sampled_from(["fees", "liability", "gone"]))))
        else:
            out.append(Words(words))
        out.append(Words(" "))
    return (*out[:-1], Words("."))


@st.composite
def tables(draw: Any, key: str) -> Table:
    return Table(
        "figures",
        (Column("Service level", 60), Column("Figure", 40)),
        tuple(draw(st.lists(rows(key), min_size=1, max_size=4))),
    )


@st.composite
def rows(draw: Any, key: str) -> Row:
    return Row(
        ((draw(lines(key)),), (draw(lines(key)),)),
        key=draw(st.sampled_from(["", "a", "b"])),
    )


LEVEL = st.sampled_from([1, 1, 1, 2, 2, 3])


def some_blocks(key: str) -> st.SearchStrategy[Block]:
    items = st.builds(Item, lines(key), LEVEL)
    paragraphs = st.builds(Paragraph, lines(key), st.sampled_from([0, 1]))
    return st.one_of(items, items, items, paragraphs, tables(key))


@st.composite
def clauses(draw: Any, key: str) -> Clause:
    blocks = draw(st.lists(some_blocks(key), min_size=1, max_size=5))
    title = f"{key.title()} {draw(WORD)}"
    return clause(key, *blocks, title=title)


@st.composite
def documents(draw: Any) -> AgreementDocument:
    """A few clauses, of which the last may be schedules."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    cut = draw(st.integers(1, len(keys)))
    made = [draw(clauses(key)) for key in keys]
    schedules = [replace(one, part=Part.SCHEDULE) for one in made[cut:]]
    return document(*made[:cut], *schedules)


@st.composite
def edited_block(draw: Any, block: Block, key: str) -> Block:
    if isinstance(block, Table):
        kept = list(block.rows)
        at = draw(st.integers(0, len(kept) - 1))
        if draw(st.booleans()):
            kept.insert(at, draw(rows(key)))
        elif len(kept) > 1:
            del kept[at]
        else:
            kept[at] = draw(rows(key))
        return replace(block, rows=tuple(kept))
    kind = draw(st.sampled_from(["word", "word", "level", "anew"]))
    if kind == "level":
        return replace(block, level=draw(st.integers(1, 2)))
    if kind == "anew":
        return replace(block, inlines=draw(lines(key)))
    at = draw(st.integers(1, len(block.inlines)))
    added = Words(f" {draw(WORD)} ")
    return replace(block, inlines=(*block.inlines[:at], added, *block.inlines[at:]))


@st.composite
def edited_clause(draw: Any, one: Clause) -> Clause:
    blocks = list(one.blocks)
    at = draw(st.integers(0, len(blocks)))
    kind = draw(st.sampled_from(["edit", "edit", "add", "drop", "move", "title"]))
    if kind == "title":
        return replace(one, title=f"{one.key.title()} {draw(WORD)}")
    if kind == "add" or at == len(blocks):
        blocks.insert(at, draw(some_blocks(one.key)))
    elif kind == "drop":
        del blocks[at]
    elif kind == "move":
        blocks.insert(draw(st.integers(0, len(blocks) - 1)), blocks.pop(at))
    else:
        blocks[at] = draw(edited_block(blocks[at], one.key))
    return replace(one, blocks=tuple(blocks))


@st.composite
def edited(draw: Any, given: AgreementDocument, *, moves: bool) -> AgreementDocument:
    """Return the document with up to four edits."""
    made = list(given.clauses)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(made) - 1))
        kind = draw(st.sampled_from(["edit", "edit", "edit", "add", "drop", "move"]))
        missing = [key for key in KEYS if key not in {one.key for one in made}]
        if kind == "add" and missing:
            new = draw(clauses(draw(st.sampled_from(missing))))
            made.insert(at, replace(new, part=made[at].part))
        elif kind == "drop" and len(made) > 1:
            del made[at]
        elif kind == "move" and moves:
            to = draw(st.integers(0, len(made) - 1))
            if made[to].part is made[at].part:
                made.insert(to, made.pop(at))
        else:
            made[at] = draw(edited_clause(made[at]))
    return replace(given, clauses=tuple(made))


@st.composite
def edited_samples(
    draw: Any, samples: Sequence[AgreementDocument]
) -> tuple[AgreementDocument, AgreementDocument]:
    """A sample, and the same with up to four clauses edited, dropped or added."""
    sample = draw(st.sampled_from(samples))
    made = list(sample.clauses)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(made) - 1))
        kind = draw(
            st.sampled_from(["words", "words", "words", "block", "drop", "add"])
        )
        if kind == "drop":
            del made[at]
        elif kind == "add" and all(one.key != "fees" for one in made):
            made.insert(at, replace(draw(clauses("fees")), part=made[at].part))
        elif kind == "block" and len(made[at].blocks) > 1:
            gone = draw(st.integers(0, len(made[at].blocks) - 1))
            kept = [one for index, one in enumerate(made[at].blocks) if index != gone]
            made[at] = replace(made[at], blocks=tuple(kept))
        else:
            made[at] = draw(reworded(made[at]))
    return sample, replace(sample, clauses=tuple(made))


@st.composite
def reworded(draw: Any, one: Clause) -> Clause:
    """Return a clause with a word more in one block, or a row less in one table."""
    blocks = list(one.blocks)
    if not blocks:
        return one
    at = draw(st.integers(0, len(blocks) - 1))
    block = blocks[at]
    if isinstance(block, Table):
        blocks[at] = replace(
            block, rows=block.rows[:-1] if len(block.rows) > 1 else block.rows
        )
    else:
        added = Words(f" {draw(WORD)} ")
        blocks[at] = replace(block, inlines=(*block.inlines, added))
    return replace(one, blocks=tuple(blocks))
