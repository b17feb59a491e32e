"""Accepted moves: what moves keeps its values and references, and its name at home."""

from typing import Any

import pytest
from deciding import decided, inserted, read, sent

from slacontracts.errors import SourceError
from slacontracts.model.proposal import Edit, NewBlock, Proposal
from slacontracts.negotiate.decide import Changes, decisions_to_changes

SENT = sent()
PAYS, CALLED, LATE = read(SENT, SENT.clauses["fees"].blocks)


def gone(block: int, last: int | None = None) -> Edit:
    return Edit(what="delete", clause="fees", block=block, last=last)


def moved(*edits: Edit, **more: Any) -> Proposal:
    return decided(1, *edits, kind="relocation", **more)


def changes(*proposals: Proposal) -> Changes:
    return decisions_to_changes(SENT, proposals)


def source(found: Changes, clause: str) -> str:
    override: Any = found.clauses[clause]
    text = override["text"]["en"]
    assert isinstance(text, str)
    return text


def test_a_move_within_a_clause_keeps_values_references_and_names() -> None:
    found = changes(moved(gone(0, 1), inserted("fees", 2, PAYS, CALLED)))

    text = source(found, "fees")
    assert text.index("Late Fees") < text.index('**"Fees"** within {{ fees.days | days')
    assert "of an invoice. [#pay]" in text
    assert 'called {{ fees.name }}, as {{ ref("term") }} says.' in text
    assert found.notes == ()


def test_a_move_to_another_clause_keeps_all_but_the_name() -> None:
    found = changes(moved(gone(0), inserted("notices", 2, PAYS)))

    assert "fees.days" not in source(found, "fees")
    assert source(found, "notices").endswith(
        '1. The Customer pays the **"Fees"** within {{ fees.days | days }} of an '
        "invoice.\n"
    )
    assert found.notes == (
        'the paragraph [#pay] of "Fees" has lost its name in "Notices"; change the '
        "references to fees/pay",
    )


def test_words_that_changed_on_the_way_are_typed() -> None:
    new = CALLED.replace("They are", "Fees are").replace("says", "tells")
    found = changes(moved(gone(1), inserted("notices", 2, new)))

    assert source(found, "notices").endswith(
        '1. Fees are called {{ fees.name }}, as {{ ref("term") }} tells.\n'
    )
    assert found.notes == ()


def test_a_value_that_changed_on_the_way_is_told() -> None:
    new = PAYS.replace("20 days", "25 days")
    found = changes(moved(gone(0), inserted("fees", 2, new)))

    assert "within 25 days of an invoice. [#pay]" in source(found, "fees")
    assert found.notes == ('in "Fees", /fees/days is now fixed wording',)


def test_paragraphs_are_known_by_their_words_where_one_more_arrives() -> None:
    found = changes(moved(gone(1), inserted("fees", 2, "Entirely new.", CALLED)))

    assert source(found, "fees").endswith(
        "1. Entirely new.\n"
        "{% if fees.name %}\n"
        '1. They are called {{ fees.name }}, as {{ ref("term") }} says.\n'
        "{% endif %}\n"
    )


def test_a_move_taken_back_leaves_both_clauses_as_they_were_sent() -> None:
    earlier = decided(1).decisions
    edits = gone(0), inserted("notices", 2, PAYS)

    found = changes(moved(*edits, verdict="reject", earlier=earlier))

    assert found.clauses == {"fees": None, "notices": None}


def test_typed_words_in_the_place_of_a_value_are_told() -> None:
    start = PAYS.index("20 days")
    over = Edit(what="words", clause="fees", start=start, end=start + 7, text="soon")
    out = over.model_copy(update={"text": ""})

    assert changes(decided(1, over)).notes == (
        'in "Fees", /fees/days is now fixed wording',
    )
    assert changes(decided(1, out)).notes == ()


@pytest.mark.parametrize("clause", ["fees", "notices"])
def test_a_whole_clause_is_not_moved(clause: str) -> None:
    new = NewBlock(text=PAYS, level=1, is_item=True)
    add = Edit(what="add", clause="notices", title="Fees", blocks=(new,))
    move = Edit(what="omit", clause=clause), add

    with pytest.raises(SourceError, match=r"^proposal 1 .*template's.*--by-hand"):
        changes(moved(*move))
    assert changes(moved(*move, by_hand=True)).clauses == {}
