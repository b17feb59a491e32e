"""Law: a clause with edits accepted reads, composed from its source, as was edited."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.compose.wordings import Wordings
from slacontracts.model.document import (
    Block,
    Clause,
    Inline,
    Item,
    Reference,
    Table,
    Term,
    Words,
)
from slacontracts.model.proposal import Decision, Edit, NewBlock, Proposal
from slacontracts.negotiate.decide import decisions_to_changes
from slacontracts.negotiate.decide_wording import revised_clause
from slacontracts.negotiate.sent import Sent
from slacontracts.render.docx_text import TextReader
from slacontracts.source.clause_writing import unreadable_values
from slacontracts.store.cache import Cache
from slacontracts.text import normalise
from slacontracts.workflow.desk import open_desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.shelf import Shelf

EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "500"))
NEW = st.text(st.sampled_from("abcdefghij  0123.,;:()*-#>{}[]%`\\_“”’ابت"), max_size=20)
UNSEEN = str.maketrans("\xa0", " ", "\u200e\u200f")  # what a file may lose
_SENT: list[Sent] = []


@pytest.fixture(scope="module")
def samples(sample: Path) -> list[Sent]:
    """What was sent of two agreements, read once."""
    if not _SENT:
        desk = open_desk(sample, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))
        shelf = Shelf(desk)
        for agreement_id in ("SLA-2026-0001", "OLA-2026-0001"):
            draft = compose_draft(shelf, desk.workspace.agreement(agreement_id))
            assert draft.composed is not None
            assert draft.library is not None
            wordings = Wordings(draft.composed, draft.library.library, desk.settings)
            reader = TextReader(draft.composed.numbered)
            _SENT.append(Sent(wordings, reader.pieces))
    return _SENT


def shown(sent: Sent, blocks: tuple[Block, ...]) -> list[str]:
    return [
        block.name if isinstance(block, Table) else "".join(sent.pieces(block.inlines))
        for block in blocks
    ]


@st.composite
def scripts(
    draw: st.DrawFn, sent: Sent, clause: Clause
) -> tuple[list[Edit], list[str]]:
    """Edits of a clause, and what its paragraphs read after them."""
    edits: list[Edit] = []
    expected: list[str] = []
    for at, text in enumerate(shown(sent, clause.blocks)):
        is_table = isinstance(clause.blocks[at], Table)
        what = draw(st.sampled_from(["stay", "words", "words", "delete", "insert"]))
        if what == "words" and not is_table:
            marks = sorted(
                draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4))
                if text
                else {0}
            )
            for start, end in reversed([*zip(marks[::2], marks[1::2], strict=False)]):
                new = draw(NEW)
                edits.append(
                    Edit(
                        what="words", clause=clause.key, block=at, start=start,
                        end=end, text=new,
                    )
                )  # fmt: skip
                text = text[:start] + new + text[end:]
        elif what == "delete":
            edits.append(Edit(what="delete", clause=clause.key, block=at))
            continue
        expected.append(text)
        if what == "insert":
            new = draw(NEW.filter(lambda one: bool(one.strip())))
            block = NewBlock(text=new, level=1, is_item=draw(st.booleans()))
            edits.append(
                Edit(what="insert", clause=clause.key, block=at, blocks=(block,))
            )
            expected.append(new)
    return edits, expected


@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_accepted_edits_read_as_the_counterparty_wrote_them(
    samples: list[Sent], data: st.DataObject
) -> None:
    sent = data.draw(st.sampled_from(samples))
    clause = data.draw(
        st.sampled_from([one for one in sent.document.clauses if len(one.blocks) < 9])
    )
    edits, expected = data.draw(scripts(sent, clause))
    decision = Decision(verdict="accept", by="N", on="2026-11-23")
    proposals = [
        Proposal(
            number=at, kind="wording", change="wording", clause=clause.key,
            edits=(edit,), decisions=(decision,),
        )
        for at, edit in enumerate(edits, 1)
    ]  # fmt: skip

    asked = [(at, edit) for at, edit in enumerate(edits, 1)]
    blocks = revised_clause(clause, asked, sent.pieces)
    assert as_words(shown(sent, blocks)) == as_words(expected)

    found = decisions_to_changes(sent, proposals).clauses.get(clause.key)
    if found == "omit":
        assert blocks == ()
    elif isinstance(found, dict) and "text" in found:
        again = sent.wordings.of_text(found["text"]["en"])
        assert again is not None, found
        assert as_words(shown(sent, again)) == as_words(expected)
        assert [type(one) for one in again] == [type(one) for one in blocks]
        assert [one.level for one in again if isinstance(one, Item)] == [
            one.level for one in blocks if isinstance(one, Item)
        ]


@settings(max_examples=max(EXAMPLES // 5, 1))
@given(data=st.data())
def test_what_lives_in_a_paragraph_is_alive_where_it_has_moved_to(
    samples: list[Sent], data: st.DataObject
) -> None:
    sent = data.draw(st.sampled_from(samples))
    small = [one for one in sent.document.clauses if len(one.blocks) < 9]
    home = data.draw(st.sampled_from([one for one in small if prose(one)]))
    goal = data.draw(st.one_of(st.just(home), st.sampled_from(small)))
    at = data.draw(st.sampled_from(prose(home)))
    after = data.draw(st.integers(0, max(len(goal.blocks) - 1, 0)))
    block = home.blocks[at]
    assert not isinstance(block, Table)
    text = shown(sent, (block,))[0].translate(UNSEEN)
    lead = data.draw(st.sampled_from(["", "Moved: "]))
    new = NewBlock(text=lead + text, level=block.level, is_item=isinstance(block, Item))
    move = Proposal(
        number=1, kind="relocation", change="relocation", clause=home.key,
        edits=(
            Edit(what="delete", clause=home.key, block=at),
            Edit(what="insert", clause=goal.key, block=after, blocks=(new,)),
        ),
        decisions=(Decision(verdict="accept", by="N", on="2026-11-23"),),
    )  # fmt: skip

    found = decisions_to_changes(sent, [move]).clauses

    before = Counter(living(sent, home.blocks))
    if home is not goal:
        before += Counter(living(sent, goal.blocks))
    now: Counter[str] = Counter()
    for clause in {home.key: home, goal.key: goal}.values():
        now += Counter(living(sent, composed(sent, clause, found[clause.key])))
    assert now == before


def prose(clause: Clause) -> list[int]:
    """Return the places of the paragraphs in which something lives."""
    return [
        at
        for at, block in enumerate(clause.blocks)
        if not isinstance(block, Table)
        and any(not isinstance(one, Words) for one in block.inlines)
    ]


def composed(sent: Sent, clause: Clause, override: object) -> tuple[Block, ...]:
    """Return the blocks of a clause, composed from what its source says now."""
    if override == "omit":
        return ()
    if isinstance(override, dict) and "position" in override:
        return sent.wordings.of_positions(clause.key)[override["position"]]
    if isinstance(override, dict) and "text" in override:
        again = sent.wordings.of_text(override["text"]["en"])
        assert again is not None, override
        return again
    return clause.blocks


def living(sent: Sent, blocks: tuple[Block, ...]) -> list[str]:
    """Return what stands in blocks that is not typed, if wording can read it."""
    lost = unreadable_values(blocks, sent.wordings.data)
    return [
        f"{type(one).__name__} {name}"
        for block in blocks
        if not isinstance(block, Table)
        for one in block.inlines
        if (name := name_of(one)) and name not in lost
    ]


def name_of(inline: Inline) -> str:
    if isinstance(inline, Words):
        return ""
    if isinstance(inline, Term):
        return inline.text
    if isinstance(inline, Reference):
        return inline.target
    return inline.path


def as_words(lines: list[str]) -> list[str]:
    """Return what lines say: a reference begins a sentence with a capital letter."""
    folded = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
    return [
        normalise(line).translate(folded).strip().casefold()
        for line in lines
        if line.strip()
    ]
