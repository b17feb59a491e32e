"""What was sent and what was decided about each proposal in; changes of the source out.

A clause is a function of the clause as it was sent and of the verdicts: whoever takes
a decision back gets the clause without it, and nothing has to be undone step by step.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from slacontracts.compare.blocks import is_omitted
from slacontracts.errors import SourceError
from slacontracts.model.document import Block, Clause
from slacontracts.model.proposal import Decision, Edit, NewBlock, Proposal
from slacontracts.negotiate.decide_moves import moved_blocks, require_movable
from slacontracts.negotiate.decide_wording import (
    Asked,
    block_of,
    in_levels,
    revised_clause,
    typed_over,
)
from slacontracts.negotiate.sent import (
    Sent,
    alive,
    override_for,
    said,
    with_text,
    written_override,
)
from slacontracts.source.clause_writing import clause_source, unreadable_values
from slacontracts.source.write import Raw

_LONGEST_KEY: Final = 40


@dataclass(frozen=True, slots=True)
class Changes:
    """How an agreement's source must read for what was decided.

    values: by address, what it is set to; None: as it was sent. clauses: by key, what
    stands under `clauses`: "omit", {"position": KEY}, {"text": {...}}, a clause of the
    agreement's own with title and place, or None for nothing. notes: a line each, of
    what a person should know.
    """

    values: Mapping[str, str | None] = field(default_factory=dict)
    clauses: Mapping[str, Raw] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def omitted(self) -> tuple[str, ...]:
        """The clauses that are left out."""
        return tuple(key for key, one in self.clauses.items() if one == "omit")

    @property
    def added(self) -> tuple[str, ...]:
        """The clauses of the agreement's own that are brought in."""
        return tuple(
            key
            for key, one in self.clauses.items()
            if isinstance(one, dict) and "title" in one
        )


def decisions_to_changes(sent: Sent, proposals: Sequence[Proposal]) -> Changes:
    """Return what all decisions together make of the agreement that was sent.

    Proposals that were never accepted or countered, and those put in by hand, change
    nothing. Raises SourceError when a proposal cannot be put in by itself, or when two
    of them do not go together.
    """
    moved = [one for one in proposals if _was_put_in(one)]
    for proposal in moved:
        _require_usable(sent, proposal)
    values: dict[str, str | None] = {}
    for proposal in moved:
        _set_value(values, proposal)
    clauses: dict[str, Raw] = {}
    notes: list[str] = []
    for key in dict.fromkeys(key for one in moved for key in _clauses_of(one)):
        clauses[key], more = _override(sent, key, moved)
        notes += more
    clauses.update(_own_clauses(sent, moved))
    return Changes(values, clauses, tuple(notes))


def is_current(
    sent: Sent, proposals: Sequence[Proposal], key: str, now: Clause | None
) -> bool:
    """Tell whether a clause of the draft still is what was decided about it so far.

    proposals: with the decisions up to now. Values may have changed since. When it is
    not current, somebody has edited the clause since it was sent.
    """
    moved = [one for one in proposals if _was_put_in(one)]
    expected = _outcome(sent, key, moved)
    found = now.blocks if now is not None else ()
    return alive(_wording(expected)) == alive(_wording(found))


def _wording(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks without those that hold the number of one that was taken out."""
    return tuple(block for block in blocks if not is_omitted(block))


def _was_put_in(proposal: Proposal) -> bool:
    """Tell whether the product ever put something of it into the agreement."""
    return any(
        decision.verdict != "reject" and not decision.by_hand
        for decision in proposal.decisions
    )


def _decision(proposal: Proposal) -> Decision | None:
    """Return the decision that counts, if it puts something into the agreement."""
    last = proposal.decisions[-1] if proposal.decisions else None
    return None if last is None or last.verdict == "reject" or last.by_hand else last


def _set_value(values: dict[str, str | None], proposal: Proposal) -> None:
    decision, path = _decision(proposal), proposal.path
    if path is None:
        return
    if decision is None:
        values.setdefault(path, None)
        return
    asked = decision.value if decision.verdict == "counter" else proposal.value
    if asked is None:
        return
    if values.get(path) not in (None, asked):
        raise SourceError(
            f"proposal {proposal.number} gives {path} another value than a proposal "
            "that was accepted; reject one of them, or counter it"
        )
    values[path] = asked


def _require_usable(sent: Sent, proposal: Proposal) -> None:
    """Refuse what was decided where nobody but a person can put it into the source."""
    decision = _decision(proposal)
    if decision is None:
        return
    require_movable(proposal, sent.clauses)
    has_path, has_words = proposal.path is not None, bool(proposal.edits)
    if decision.verdict == "accept":
        is_usable = has_words or (has_path and proposal.value is not None)
    else:
        fits = {
            "value": (decision.value, has_path),
            "text": (decision.text, has_words),
            "position": (decision.position, proposal.clause is not None),
        }
        given = [fit for answer, fit in fits.values() if answer is not None]
        is_usable = bool(given) and all(given)
    if not is_usable:
        raise SourceError(
            f"proposal {proposal.number} ({proposal.kind}) cannot be put into the "
            "agreement like this; change the agreement by hand and accept it with "
            "--by-hand, or counter it otherwise, or reject it"
        )


def _clauses_of(proposal: Proposal) -> Iterable[str]:
    """Return the clauses whose words a proposal has changed, or may have."""
    keys = dict.fromkeys(edit.clause for edit in proposal.edits if edit.what != "add")
    if any(one.position is not None for one in proposal.decisions) and proposal.clause:
        keys[proposal.clause] = None
    return keys


def _asked(proposals: Iterable[Proposal], key: str) -> list[Asked]:
    """Return the edits of one clause that are accepted or countered."""
    asked: list[Asked] = []
    for proposal in proposals:
        decision = _decision(proposal)
        if decision is None or decision.position is not None:
            continue
        edits = [
            one for one in proposal.edits if one.clause == key and one.what != "add"
        ]
        if decision.verdict == "counter" and decision.text is not None and edits:
            edits = _countered(proposal.number, edits, decision.text)
        elif decision.verdict == "counter":
            edits = []
        asked += [(proposal.number, edit) for edit in edits]
    return asked


def _countered(number: int, edits: Sequence[Edit], text: str) -> list[Edit]:
    """Return the edits that put our words where theirs would have stood."""
    first = edits[0]
    blocks = {edit.block for edit in edits}
    if all(edit.what == "words" for edit in edits) and len(blocks) == 1:
        start, end = min(e.start for e in edits), max(e.end for e in edits)
        update = {"start": start, "end": end, "text": text}
        return [first.model_copy(update=update)]
    if len(edits) == 1 and first.what == "insert":
        model = first.blocks[0] if first.blocks else NewBlock(text="")
        lines = [line for line in text.split("\n") if line.strip()]
        new = tuple(model.model_copy(update={"text": line}) for line in lines)
        return [first.model_copy(update={"blocks": new})]
    raise SourceError(
        f"proposal {number} changes several paragraphs, which one text cannot counter; "
        "counter it with a position or a value, or reject it and write the clause with "
        "slacontracts use"
    )


def _countered_whole(proposals: Iterable[Proposal], key: str) -> tuple[int, str] | None:
    """Return our wording of a clause that they wanted out, and their proposal."""
    for proposal in proposals:
        decision = _decision(proposal)
        is_omitting = any(
            edit.clause == key and edit.what == "omit" for edit in proposal.edits
        )
        if decision is not None and is_omitting and decision.text is not None:
            return proposal.number, decision.text
    return None


def _countered_position(
    sent: Sent, key: str, proposals: Sequence[Proposal]
) -> str | None:
    """Return the position that we offer; refuse edits that stand beside it."""
    offers = {
        decision.position: proposal.number
        for proposal in proposals
        if proposal.clause == key
        and (decision := _decision(proposal)) is not None
        and decision.position is not None
    }
    if not offers:
        return None
    position, number = next(iter(offers.items()))
    others = {*offers.values(), *(one for one, _ in _asked(proposals, key))} - {number}
    if others:
        raise SourceError(
            f"proposal {number} is countered with {position}, a wording of the whole "
            f"clause; reject proposal {min(others)}, or counter it alike"
        )
    if position not in sent.wordings.of_positions(key):
        raise SourceError(
            f'the clause "{key}" has no position "{position}" in this language; see '
            f"slacontracts clauses {key}"
        )
    return position


def _outcome(sent: Sent, key: str, proposals: Sequence[Proposal]) -> tuple[Block, ...]:
    """Return the blocks of a clause after what was decided about it."""
    position = _countered_position(sent, key, proposals)
    if position is not None:
        return sent.wordings.of_positions(key)[position]
    whole = _countered_whole(proposals, key)
    if whole is not None:
        return sent.wordings.of_text(whole[1]) or ()
    if key not in sent.clauses and not _asked(proposals, key):
        return ()
    return _revised(sent, key, proposals)[0]


def _revised(
    sent: Sent, key: str, proposals: Sequence[Proposal]
) -> tuple[tuple[Block, ...], list[str]]:
    """Return the blocks of a clause with its edits made, and what they cost it."""
    clause, asked = sent.clause(key), _asked(proposals, key)
    taken = [one for one in proposals if _decision(one) is not None]
    arriving = {
        spot: one
        for spot, one in moved_blocks(taken, sent.clauses, sent.pieces).items()
        if spot.clause == key
    }
    moved = {spot: one.block for spot, one in arriving.items()}
    blocks = revised_clause(clause, asked, sent.pieces, moved)
    typed = typed_over(clause, asked, sent.pieces) if blocks else ()
    notes = [f'in "{clause.title}", {path} is now fixed wording' for path in typed]
    return blocks, notes + [note for one in arriving.values() for note in one.notes]


def _override(
    sent: Sent, key: str, proposals: Sequence[Proposal]
) -> tuple[Raw, list[str]]:
    """Return what stands under `clauses` for one clause, and what to know about it."""
    as_sent = written_override(sent.agreement.clauses.get(key))
    position = _countered_position(sent, key, proposals)
    whole = _countered_whole(proposals, key)
    if position is not None:
        is_own = sent.template_positions.get(key) != position
        return ({"position": position} if is_own else None), []
    if whole is not None:
        return with_text(sent, key, whole[1].strip("\n") + "\n"), []
    if not _asked(proposals, key):
        return as_sent, []
    clause = sent.clause(key)
    blocks, notes = _revised(sent, key, proposals)
    if said(blocks, sent.pieces) == said(clause.blocks, sent.pieces):
        return as_sent, []
    blocks = _wording(blocks)
    lost = unreadable_values(blocks, sent.wordings.data)
    notes += [f'in "{clause.title}", {path} is now fixed wording' for path in lost]
    return override_for(sent, key, blocks), list(dict.fromkeys(notes))


def _own_clauses(sent: Sent, proposals: Sequence[Proposal]) -> dict[str, Raw]:
    """Return the clauses of their own that they add, None for those taken back."""
    taken = {*sent.wordings.library.clauses, *sent.clauses, *sent.agreement.clauses}
    found: dict[str, Raw] = {}
    for proposal in proposals:
        for edit in proposal.edits:
            if edit.what != "add":
                continue
            key = _key_of(edit.title, proposal.number, taken)
            taken.add(key)
            decision = _decision(proposal)
            found[key] = (
                _own_clause(sent, proposal.number, edit, decision.text)
                if decision is not None
                else None
            )
    return found


def _own_clause(sent: Sent, number: int, edit: Edit, ours: str | None) -> Raw:
    blocks = [block_of(number, one) for one in edit.blocks if one.text.strip()]
    text = ours.strip("\n") + "\n" if ours else clause_source(tuple(in_levels(blocks)))
    language = sent.document.language
    after = {"after": edit.clause} if edit.clause else {}
    title = " ".join(edit.title.split())
    return {"title": {language: title}, **after, "text": {language: text}}


def _key_of(title: str, number: int, taken: Iterable[str]) -> str:
    """Return a free key for a clause: the words of its title, where they are Latin."""
    words = re.findall("[a-z0-9]+", title.lower().replace("\u2019", ""))
    key = "-".join(words)[:_LONGEST_KEY].strip("-")
    if not key or not key[0].isalpha():
        key = f"added-{number}"
    free, count = key, 2
    while free in taken:
        free, count = f"{key}-{count}", count + 1
    return free
