"""Law: a clause that is written as text and composed again is the same clause."""

import os
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.compose.blanks import fill_text
from slacontracts.compose.wordings import Wordings
from slacontracts.jinja_text import parse_program
from slacontracts.model.document import (
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
from slacontracts.source.clause_writing import clause_source
from slacontracts.store.cache import Cache
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.shelf import Shelf

T = TypeVar("T")
EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "400"))
DATA = {"fees": {"rate": "five"}, "services": [{"key": "web", "name": "Web"}]}

# Straight quotation marks are no wording: composing makes them typographic. A brace
# gets a space behind it where a mark follows, because three begin another mark.
TEXT = st.text(
    st.sampled_from("abcXYZ  12.)-+*#>|~`\\{}%[]#_=:;,“”‘’()é\xa0عربي١"), min_size=1,
    max_size=14,
).filter(lambda text: not text.endswith("{"))  # fmt: skip
INLINE: st.SearchStrategy[Inline] = st.one_of(
    TEXT.map(Words),
    st.builds(Words, TEXT, st.booleans(), st.booleans()),
    st.builds(Term, st.text(st.sampled_from("abc XYعرب-’\\#"), min_size=1)),
    st.builds(Reference, st.sampled_from(["fees", "fees/cap"])),
    st.builds(
        Value,
        st.sampled_from(["/fees/rate", "/services/web/name"]),
        st.just("?"),
        st.just("text"),
        st.booleans(),
        st.booleans(),
    ),
)
LINE = st.lists(INLINE, min_size=1, max_size=7).map(tuple)


def composed(source: str) -> tuple[Block, ...]:
    program, faults = parse_program(source)
    assert faults == (), source
    filling = fill_text(
        program,
        DATA,
        language="en",
        digits="latin",
        make_table=lambda name: Table(name, (), ()),
    )
    assert filling.faults == [], source
    return filling.blocks


@st.composite
def blocks(draw: st.DrawFn) -> tuple[Block, ...]:
    """Blocks in any order that lists allow: no level without the one above it."""
    found: list[Block] = []
    level = 0
    for line in draw(st.lists(LINE, min_size=1, max_size=5)):
        if not shown((Paragraph(line),))[0].strip():
            continue
        if draw(st.booleans()):
            level = draw(st.integers(1, min(3, level + 1)))
            anchor = draw(st.sampled_from([None, "cap", "a-1"]))
            found.append(Item(line, level, anchor))
        else:
            level = draw(st.integers(0, level))
            found.append(Paragraph(line, level))
    return tuple(found)


def shown(clause: tuple[Block, ...]) -> list[str]:
    """Return the words of each block, with the addresses of what is no word."""
    return [
        "".join(
            one.text
            if isinstance(one, Words)
            else f"<{getattr(one, 'path', '') or getattr(one, 'target', '')}>"
            if not isinstance(one, Term)
            else f"“{one.text}”"
            for one in getattr(block, "inlines", ())
        ).strip()
        for block in clause
    ]


def shape(clause: tuple[Block, ...]) -> list[tuple[object, ...]]:
    return [
        (type(one), getattr(one, "level", 0), getattr(one, "anchor", None))
        for one in clause
    ]


@settings(max_examples=EXAMPLES)
@given(clause=blocks())
def test_any_blocks_read_the_same_after_they_were_written(
    clause: tuple[Block, ...],
) -> None:
    once = composed(clause_source(clause, data=DATA))

    assert shown(once) == shown(clause)
    assert shape(once) == shape(clause)
    assert composed(clause_source(once, data=DATA)) == once


@pytest.fixture(scope="module")
def samples(sample: Path) -> Desk:
    return open_desk(sample, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))


def test_every_clause_of_every_sample_and_every_position_is_written_as_it_is(
    samples: Desk,
) -> None:
    shelf, tried = Shelf(samples), 0
    for place in samples.workspace.agreements():
        draft = compose_draft(shelf, place)
        assert draft.composed is not None
        assert draft.library is not None
        library = draft.library.library
        wordings = Wordings(draft.composed, library, samples.settings)
        clauses = {
            clause.key: clause.blocks
            for clause in draft.composed.numbered.document.clauses
        }
        for key in library.clauses:
            for name, found in {
                "sent": clauses.get(key, ()),
                **wordings.of_positions(key),
            }.items():
                source = clause_source(found, data=wordings.data)
                assert wordings.of_text(source) == found, (place.id, key, name)
                tried += 1
    assert tried > 1000
