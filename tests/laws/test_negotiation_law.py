"""Laws: what an answer proposes, accepted, is what the answer says; rejected, nothing.

A counterparty edits an agreement anywhere in its clauses, as Word tracks it; the
edits come back as proposals, the proposals go into the source, and the source is
composed and rendered again.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from answering import (
    AUTHORS,
    ID,
    OFTEN,
    Edited,
    Place,
    Sent,
    as_read,
    several,
    steps,
    titles_alone,
    typed,
    usable,
)
from hypothesis import event, given, settings
from hypothesis import strategies as st

from slacontracts.model.anchors import ValueSpan
from slacontracts.model.finding import Severity
from slacontracts.model.proposal import Proposal
from slacontracts.redline import redline
from slacontracts.store.cache import Cache
from slacontracts.word.gate import admit
from slacontracts.word.reading import text_of_docx
from slacontracts.word.revisions import accept
from slacontracts.workflow.desk import open_desk
from slacontracts.workflow.reference import WORKING, Reference
from slacontracts.workflow.send import anchored_file
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import composed_at

EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "200"))
# The usual examples are the same in every run; a soak draws new ones.
IS_USUAL = "SLACONTRACTS_EXAMPLES" not in os.environ

_SENT: list[Sent] = []


@pytest.fixture(scope="module")
def sent(sample: Path) -> Sent:
    """The sample on network operation, read and rendered once."""
    if not _SENT:
        desk = open_desk(sample, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))
        stated = composed_at(Shelf(desk), Reference(ID, WORKING))
        source = desk.workspace.read(stated.place.file).decode()
        data, anchors = anchored_file(stated, "1")
        locked = {one.key for one in stated.composed.composition.outline if one.lock}
        lines = tuple(text_of_docx(data))
        places = tuple(
            Place(at, anchor, text)
            for at, (anchor, text) in enumerate(zip(anchors, lines, strict=True))
            if anchor.clause and anchor.block >= 0 and anchor.cell < 0
            if anchor.clause not in locked
        )
        file = admit(data, "sent.docx")
        _SENT.append(Sent(stated, source, data, file, anchors, lines, places))
    return _SENT[0]


def is_impossible(sent: Sent, source: str, proposals: Sequence[Proposal]) -> bool:
    """Tell whether a value that was typed can stand in no agreement; it is refused."""
    result, findings = sent.composed(source)
    if result is not None:
        return False
    event("a value that no agreement holds")
    refused = {one.origin.path for one in findings if one.severity is Severity.ERROR}
    assert refused <= {one.path for one in proposals if one.value is not None}, findings
    return True


@settings(max_examples=EXAMPLES, derandomize=IS_USUAL)
@given(data=st.data())
def test_what_is_accepted_reads_as_the_counterparty_wrote_it(
    sent: Sent, data: st.DataObject
) -> None:
    edits = data.draw(steps(sent))
    returned = typed(sent, edits).data()
    answer = sent.answer(returned)
    assert not any(one.kind == "untracked" for one in answer.proposals)
    if not usable(answer.proposals):
        event("one of several places")
        assert several(sent, edits), [p for p in answer.proposals if not p.edits]
        return
    folds = {
        "is_shifted": any(edit.what != "words" for edit in edits),
        "has_figures": any(one.value is not None for one in answer.proposals),
    }
    source = sent.decided(answer.proposals, "accept")
    if is_impossible(sent, source, answer.proposals):
        return
    expected = as_read(accept(admit(returned, "returned.docx")), **folds)
    for title in titles_alone(sent, source):
        expected.remove(title)
    assert as_read(sent.rendered(source), **folds) == expected
    assert sent.decided(answer.proposals, "reject") == sent.source
    assert sent.decided(answer.proposals, "accept", "reject") == sent.source


@settings(max_examples=EXAMPLES // 4, derandomize=IS_USUAL)
@given(data=st.data())
def test_a_value_changed_alike_in_all_its_places_is_one_proposal(
    sent: Sent, data: st.DataObject
) -> None:
    paths = data.draw(st.lists(st.sampled_from(sorted(OFTEN)), max_size=3, unique=True))
    edits = [
        data.draw(typed_over(sent, at, span, OFTEN[path]))
        for path in paths
        for at, span in sent.spans(path)
    ]
    edits.sort(key=lambda one: (one.place.at, one.start), reverse=True)
    returned = typed(sent, edits).data()

    proposals = sent.answer(returned).proposals

    assert sorted((one.kind, one.path) for one in proposals) == [
        ("value", path) for path in sorted(paths)
    ]
    source = sent.decided(proposals, "accept")
    accepted = accept(admit(returned, "returned.docx"))
    assert as_read(sent.rendered(source)) == as_read(accepted)
    assert sent.decided(proposals, "accept", "reject") == sent.source


@st.composite
def typed_over(
    draw: st.DrawFn, sent: Sent, at: int, span: ValueSpan, new: str
) -> Edited:
    """Type a value over, or only what differs in it."""
    text = sent.lines[at]
    start, end = span.start, span.end
    if draw(st.booleans()):
        while start < end and new and text[start] == new[0]:
            start, new = start + 1, new[1:]
        while start < end and new and text[end - 1] == new[-1]:
            end, new = end - 1, new[:-1]
    author = draw(st.sampled_from(AUTHORS))
    place = Place(at, sent.anchors[at], text)
    return Edited(place, "words", start, end, new, draw(st.booleans()), author)


@settings(max_examples=EXAMPLES // 4, derandomize=IS_USUAL)
@given(data=st.data())
def test_what_our_own_comparison_marks_is_what_was_edited(
    sent: Sent, data: st.DataObject
) -> None:
    edits = data.draw(steps(sent))
    proposals = sent.answer(typed(sent, edits).data()).proposals
    if not usable(proposals):
        return
    source = sent.decided(proposals, "accept")
    if is_impossible(sent, source, proposals):
        return
    edited = sent.rendered(source)
    new = admit(edited, "edited.docx")
    marked = redline(sent.file, new, author="Us", date="2026-11-24T09:00:00Z").data

    again = [one for one in sent.answer(marked).proposals if one.kind != "formatting"]

    assert not any(one.kind == "untracked" for one in again)
    if not usable(again):  # what stood beside a value is read as a part of it
        event("one of several places")
        assert several(sent, edits), [one for one in again if not one.edits]
        return
    source = sent.decided(again, "accept")
    is_shifted = any(edit.what != "words" for edit in edits)
    assert as_read(sent.rendered(source), is_shifted=is_shifted) == as_read(
        edited, is_shifted=is_shifted
    )
