"""Turns of a negotiation are written and read again as they were."""

import pytest

from slacontracts.model.proposal import Decision, Edit, NewBlock, Occurrence, Proposal
from slacontracts.model.turn import Acknowledged, Turn
from slacontracts.source.turn_file import read_turn, write_turn

SENT = Turn(
    number=1,
    direction="sent",
    party="customer",
    on="2026-11-23T09:00:00+0000",
    by="Niamh Kelleher",
    name="SLA-2026-0001-turn-1.docx",
    digest="0" * 64,
    version="1" * 40,
    draft=3,
    note="After the call: yes, 010 and null",
)
PROPOSALS = (
    Proposal(
        number=1,
        kind="value",
        change="value",
        place="clause 4.2",
        path="/services/web-hosting/targets/availability/target",
        clause="availability",
        old="99.9%",
        new="99.5%",
        value="99.5",
        author="Omar Haddad: legal",
        date="2026-11-20T10:00:00Z",
        comment="Omar: we cannot\nNiamh: why?",
        advice=("worse for us", "at most: 5"),
    ),
    Proposal(
        number=2,
        kind="untracked",
        change="insertion",
        clause="audit",
        new="الخدمة متاحة",
        edits=(
            Edit(
                what="insert",
                clause="audit",
                block=2,
                first=True,
                blocks=(NewBlock(text="- {{ x }} # no", level=1, is_item=True),),
            ),
            Edit(what="words", clause="audit", start=3, end=9, text=" "),
        ),
        decisions=(
            Decision(verdict="accept", by="N", on="2026-11-23", by_hand=True),
            Decision(verdict="counter", by="N", on="2026-11-24", text="five: days"),
        ),
    ),
    Proposal(
        number=3,
        kind="conflict",
        change="conflict",
        occurrences=(Occurrence(place="the cover", old="a", new="b"),),
    ),
)


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(SENT, id="sent"),
        pytest.param(
            SENT.model_copy(
                update={
                    "direction": "received",
                    "answers": 1,
                    "is_stale": True,
                    "notices": ("“x” is hidden", "yes"),
                    "acknowledged": Acknowledged(by="N", on="2026-11-24"),
                    "proposals": PROPOSALS,
                }
            ),
            id="received",
        ),
    ],
)
def test_a_turn_reads_back_as_it_was_written(turn: Turn) -> None:
    read, findings = read_turn(write_turn(turn), "turns/001.yaml")

    assert findings == ()
    assert read == turn


def test_a_field_that_nobody_knows_is_told_with_its_place() -> None:
    text = write_turn(SENT).replace("draft:", "drafts:")

    read, (finding,) = read_turn(text, "turns/001.yaml")

    assert read is None
    assert (finding.code, finding.origin.line) == ("unknown-field", 9)
    assert "draft" in finding.message
