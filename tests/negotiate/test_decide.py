"""Decisions in, changes of the agreement's source out: accepted, countered, undone."""

from typing import Any

import pytest
from deciding import AGREEMENT, decided, inserted, read, sent, words

from slacontracts.errors import SourceError, StaleProposalError
from slacontracts.model.proposal import Decision, Edit, NewBlock, Proposal
from slacontracts.negotiate.decide import decisions_to_changes, is_current

SENT = sent()
OURS = words(SENT, "fees", 0, "The Customer", "The Client")
LATE = words(SENT, "fees", 2, "Late Fees", "Fees paid late")


def changed(*proposals: Proposal) -> Any:
    return decisions_to_changes(SENT, proposals).clauses


def source_of(*proposals: Proposal, clause: str = "fees") -> str:
    source = changed(*proposals)[clause]["text"]["en"]
    assert isinstance(source, str)
    return source


def test_accepted_words_become_wording_that_keeps_values_and_conditions() -> None:
    assert source_of(decided(1, OURS), decided(2, LATE)) == (
        '1. The Client pays the **"Fees"** within {{ fees.days | days }} of an invoice. '
        "[#pay]\n"
        "{% if fees.name %}\n"
        '1. They are called {{ fees.name }}, as {{ ref("term") }} says.\n'
        "{% endif %}\n"
        "1. Fees paid late bear *interest*.\n"
    )


def test_a_paragraph_that_comes_or_goes_leaves_the_rest_of_the_source_alone() -> None:
    gone = Edit(what="delete", clause="fees", block=2)

    assert source_of(decided(1, gone, inserted("fees", 0, "New."))) == (
        '1. The Customer pays the **"Fees"** within {{ fees.days | days }} of an '
        "invoice. [#pay]\n"
        "1. New.\n"
        "{% if fees.name %}\n"
        '1. They are called {{ fees.name }}, as {{ ref("term") }} says.\n'
        "{% endif %}\n"
    )


def test_a_paragraph_before_the_first_leaves_the_conditions_alone() -> None:
    lead = NewBlock(text="A lead.")
    first = Edit(what="insert", clause="fees", first=True, blocks=(lead,))

    source = source_of(decided(1, first))

    assert source.startswith("A lead.\n\n1. The Customer")
    assert "{% if fees.name %}" in source


def test_words_that_stand_twice_are_written_without_the_conditions() -> None:
    twice = sent(
        AGREEMENT + 'clauses: {fees: {text: {en: "{% if fees.name %}\\n1. Twice.\\n'
        '{% endif %}\\n1. Twice.\\n"}}}\n'
    )
    edit = words(twice, "fees", 1, "Twice", "Once")

    found = decisions_to_changes(twice, [decided(1, edit)]).clauses

    assert found == {"fees": {"text": {"en": "1. Twice.\n1. Once.\n"}}}


def test_what_holds_the_number_of_an_omitted_paragraph_is_no_wording() -> None:
    amended = sent(
        AGREEMENT
        + 'clauses: {fees: {text: {en: "1. [Intentionally omitted]\\n1. Kept.\\n"}}}\n'
    )
    edit = words(amended, "fees", 1, "Kept", "Changed")

    found = decisions_to_changes(amended, [decided(1, edit)]).clauses

    assert found == {"fees": {"text": {"en": "1. Changed.\n"}}}


def test_words_that_equal_a_position_take_that_position() -> None:
    text = "The Customer pays when it can."
    whole = read(SENT, SENT.clauses["fees"].blocks)[0]
    edits = (
        words(SENT, "fees", 0, whole, text),
        Edit(what="delete", clause="fees", block=1, last=2),
    )

    assert changed(decided(1, *edits)) == {"fees": {"position": "fallback-1"}}


def test_a_position_of_the_template_is_no_change() -> None:
    fallback = sent(AGREEMENT + "clauses: {fees: {position: fallback-1}}\n")
    back = Proposal(
        number=1,
        kind="wording",
        change="wording",
        clause="fees",
        decisions=(Decision(verdict="counter", by="N", on="x", position="preferred"),),
    )

    assert decisions_to_changes(fallback, [back]).clauses == {"fees": None}


@pytest.mark.parametrize(
    "as_sent",
    [
        None,
        {"position": "fallback-1"},
        {"text": {"en": "1. The Customer never pays.\n"}},
    ],
)
def test_a_decision_taken_back_leaves_the_clause_as_it_was_sent(as_sent: Any) -> None:
    own = "" if as_sent is None else f"clauses: {{fees: {as_sent}}}\n".replace("'", '"')
    before = sent(AGREEMENT + own)
    edit = words(before, "fees", 0, "The Customer", "The Client")
    earlier = (Decision(verdict="accept", by="N", on="x"),)

    taken_back = decided(1, edit, verdict="reject", earlier=earlier)

    assert decisions_to_changes(before, [taken_back]).clauses == {"fees": as_sent}
    assert decisions_to_changes(before, [decided(1, edit)]).clauses != {"fees": as_sent}


def test_a_proposal_that_was_only_rejected_touches_nothing() -> None:
    rejected = decided(1, OURS, verdict="reject", path="/fees/days", value="30")

    found = decisions_to_changes(SENT, [rejected])

    assert (found.values, found.clauses) == ({}, {})


def test_values_are_set_countered_and_set_back() -> None:
    value = {"path": "/fees/days", "value": "30", "kind": "value"}
    accept = (Decision(verdict="accept", by="N", on="x"),)

    def values(*proposals: Proposal) -> object:
        return decisions_to_changes(SENT, proposals).values

    assert values(decided(1, **value)) == {"/fees/days": "30"}
    assert values(decided(1, verdict="counter", counter="25", **value)) == {
        "/fees/days": "25"
    }
    assert values(decided(1, verdict="reject", earlier=accept, **value)) == {
        "/fees/days": None
    }
    other = {**value, "value": "31"}
    with pytest.raises(
        SourceError, match=r"^proposal 2 gives /fees/days another value"
    ):
        values(decided(1, **value), decided(2, **other))


def test_our_words_stand_where_theirs_would_have_stood() -> None:
    ours = decided(1, OURS, verdict="counter", text="The Customer or its group")
    new = decided(
        2, inserted("fees", 2, "New."), verdict="counter", text="Ours.\nMore."
    )

    source = source_of(ours, new)

    assert "1. The Customer or its group pays the" in source
    assert source.endswith("bear *interest*.\n1. Ours.\n1. More.\n")


def test_a_position_that_we_offer_stands_alone() -> None:
    offer = decided(1, OURS, verdict="counter", position="fallback-1")

    assert changed(offer) == {"fees": {"position": "fallback-1"}}
    with pytest.raises(SourceError, match=r"^proposal 1 .* reject proposal 2"):
        changed(offer, decided(2, LATE))
    with pytest.raises(SourceError, match='no position "fallback-9"'):
        changed(decided(1, OURS, verdict="counter", position="fallback-9"))


def test_a_clause_goes_or_stays_in_our_words() -> None:
    omit = Edit(what="omit", clause="fees")

    assert decisions_to_changes(SENT, [decided(1, omit)]).omitted == ("fees",)
    last = len(SENT.clauses["fees"].blocks) - 1
    emptied = Edit(what="delete", clause="fees", block=0, last=last)
    assert decisions_to_changes(SENT, [decided(1, emptied)]).omitted == ("fees",)
    ours = decided(1, omit, verdict="counter", text="1. Fees are fair.")
    assert changed(ours) == {"fees": {"text": {"en": "1. Fees are fair.\n"}}}


def test_a_clause_of_their_own_is_added_and_taken_back() -> None:
    blocks = (
        NewBlock(text="Prices follow the market.", level=1, is_item=True),
        NewBlock(text="Within a year.", level=2, is_item=True),
    )
    add = Edit(what="add", clause="fees", title="Notices &  Benchmarks", blocks=blocks)
    same = add.model_copy(update={"title": "Notices"})
    arabic = add.model_copy(update={"title": "المقارنة"})

    found = decisions_to_changes(
        SENT, [decided(1, add), decided(2, same), decided(3, arabic)]
    )

    assert found.added == ("notices-benchmarks", "notices-2", "added-3")
    assert found.clauses["notices-benchmarks"] == {
        "title": {"en": "Notices & Benchmarks"},
        "after": "fees",
        "text": {"en": "1. Prices follow the market.\n   1. Within a year.\n"},
    }
    earlier = (Decision(verdict="accept", by="N", on="x"),)
    assert changed(decided(1, add, verdict="reject", earlier=earlier)) == {
        "notices-benchmarks": None
    }


def test_edits_of_a_clause_of_its_own_keep_its_title_and_place() -> None:
    own = "{title: {en: Own}, after: term, text: {en: 1. Prices are fair.}}"
    before = sent(f"{AGREEMENT}clauses: {{own: {own}}}\n")
    edit = words(before, "own", 0, "fair", "low")

    assert decisions_to_changes(before, [decided(1, edit)]).clauses == {
        "own": {
            "title": {"en": "Own"},
            "after": "term",
            "text": {"en": "1. Prices are low.\n"},
        }
    }
    omit = Edit(what="omit", clause="own")
    assert decisions_to_changes(before, [decided(1, omit)]).clauses == {"own": None}


@pytest.mark.parametrize("kind", ["unplaced", "conflict", "formatting", "comment"])
def test_what_has_no_edits_and_no_value_is_put_in_by_hand_only(kind: str) -> None:
    with pytest.raises(SourceError, match=rf"^proposal 8 \({kind}\) .*--by-hand"):
        changed(decided(8, kind=kind))
    assert changed(decided(8, kind=kind, by_hand=True)) == {}
    path = "/fees/days" if kind == "conflict" else None
    with pytest.raises(SourceError, match="--by-hand"):
        changed(decided(8, kind=kind, path=path))


@pytest.mark.parametrize(
    ("answer", "fields"),
    [
        ({}, {"path": "/fees/days", "value": "30"}),
        ({"text": "Ours"}, {"path": "/fees/days", "value": "30"}),
        ({"counter": "30"}, {"clause": "fees"}),
        ({"position": "fallback-1"}, {"path": "/fees/days", "clause": None}),
    ],
)
def test_an_answer_that_does_not_suit_a_proposal_is_refused(
    answer: dict[str, str], fields: dict[str, Any]
) -> None:
    with pytest.raises(SourceError, match=r"^proposal 5 .* cannot be put into"):
        changed(decided(5, verdict="counter", **answer, **fields))


def test_an_edit_of_a_clause_that_was_not_sent_is_stale() -> None:
    gone = OURS.model_copy(update={"clause": "audit"})

    with pytest.raises(StaleProposalError, match='no clause "audit"'):
        changed(decided(1, gone))


def test_a_draft_is_current_until_somebody_edits_the_clause_itself() -> None:
    proposals = [decided(1, OURS), decided(2, LATE)]
    found = decisions_to_changes(SENT, proposals).clauses["fees"]
    now = sent(f"{AGREEMENT.replace('20', '45')}clauses: {{fees: {_json(found)}}}\n")
    edited = sent(AGREEMENT + "clauses: {fees: {text: {en: 1. Else.}}}\n")

    assert is_current(SENT, proposals, "fees", now.clauses["fees"])
    assert is_current(SENT, [], "fees", SENT.clauses["fees"])
    assert not is_current(SENT, [], "fees", now.clauses["fees"])
    assert not is_current(SENT, proposals, "fees", edited.clauses["fees"])
    assert not is_current(SENT, proposals, "fees", None)
    omitted = [decided(1, Edit(what="omit", clause="fees"))]
    assert is_current(SENT, omitted, "fees", None)


def _json(found: object) -> str:
    import json

    return json.dumps(found)
