"""A Word file that came back in; its turn, with what it proposes, kept and out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError, SourceError, WordFileError
from slacontracts.model.anchors import AnchorMap
from slacontracts.model.turn import Turn
from slacontracts.negotiate.keeping import keepable, shown
from slacontracts.negotiate.receive import Answer, read_answer
from slacontracts.store.contents import file_at
from slacontracts.store.workspace import AgreementPlace
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.identity import Identity, anchors_of, identity_of
from slacontracts.workflow.advising import advised
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.negotiation import (
    Negotiation,
    digest_of,
    keep_turn,
    kept_word_file,
    negotiation_of,
    require_saved_turns,
    stamp,
    who,
)
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.resolve import OpenedFile, open_word_file
from slacontracts.workflow.send import anchored_file, require_party
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import Stated, composed_version, saved_drafts

US: Final = "us"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Received:
    """What came back: its agreement and its turn, and what a person should know."""

    agreement_id: str
    turn: Turn
    is_clean_copy: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Base:
    """What a file is compared with: the Word file as it was sent, and its draft."""

    file: WordFile
    anchors: AnchorMap
    stated: Stated
    answers: Turn | None


@one_at_a_time("receive")
def receive_file(
    desk: Desk,
    path: Path,
    when: datetime,
    *,
    party: str = "",
    agreement_id: str = "",
    progress: Progress = lambda _done, _of: None,
) -> Received:
    """Read a Word file that came back, and keep what it proposes as a turn.

    party: from whom; "us" for a draft that a colleague edited in Word; else the party
    that the file was sent to. agreement_id: where the file does not say it itself.
    Raises WordFileError for a file that is damaged or unsafe, SourceError for one that
    is here already or answers nothing.
    """
    opened = open_word_file(path)
    identity = identity_of(opened.word)
    place = desk.workspace.agreement(_agreement(opened, identity, agreement_id))
    require_saved_turns(desk, place)
    negotiation = negotiation_of(desk, place)
    digest = digest_of(opened.data)
    _require_new(negotiation, digest, path)
    base = _base(desk, negotiation, identity, party)
    party = party or (base.answers.party if base.answers else US)
    _require_party(base, party, path)
    answer = read_answer(
        base.file,
        opened.word,
        base.anchors,
        language=base.stated.document.document.language,
        known_authors=_known_authors(desk, negotiation),
        own_authors=frozenset() if party == US else _own_authors(desk),
        first=negotiation.next_proposal,
    )
    turn = _turn(desk, negotiation, opened, base, answer, party, when)
    source = file_at(desk.workspace.root, turn.version, place.file) or b""
    proposals = advised(base.stated, source, turn.proposals, progress)
    turn = turn.model_copy(update={"proposals": proposals})
    said = f"turn {turn.number} came back from {party}"
    notes = keep_turn(desk, place, turn, when, data=opened.data, said=said)
    return Received(place.id, turn, answer.is_clean_copy, notes)


def compare_files(sent: Path, path: Path) -> Answer:
    """Read a Word file against the one that was sent; nothing is recorded."""
    before, after = open_word_file(sent).word, open_word_file(path).word
    answer = read_answer(before, after, anchors_of(before) or (), language="en")
    return replace(
        answer,
        proposals=tuple(map(keepable, answer.proposals)),
        notices=tuple(map(shown, answer.notices)),
    )


def _agreement(opened: OpenedFile, identity: Identity | None, named: str) -> str:
    if identity is None:
        if named:
            return named
        raise WordFileError(
            f"{opened.path.name} does not say which agreement it answers: it was made "
            "elsewhere, or its properties were taken out; say it with --as ID"
        )
    if named and named != identity.agreement:
        raise SourceError(
            f"{opened.path.name} is a file of {identity.agreement}, not of {named}"
        )
    return identity.agreement


def _require_new(negotiation: Negotiation, digest: str, path: Path) -> None:
    for turn in negotiation.turns:
        if turn.digest != digest:
            continue
        if turn.direction == "sent":
            raise SourceError(
                f"{path.name} is the very file that was sent as turn {turn.number}; "
                "nobody has changed it since"
            )
        raise SourceError(
            f"{path.name} was received already, as turn {turn.number} on "
            f"{turn.on[:10]}; see slacontracts proposals {negotiation.place.id}"
        )


def _base(
    desk: Desk, negotiation: Negotiation, identity: Identity | None, party: str
) -> _Base:
    """Return what the file is compared with."""
    place, number = negotiation.place, identity.turn if identity else 0
    if number:
        sent = negotiation.sent(number)
        if sent is None:
            raise NotFoundError(
                f"the file answers turn {number} of {place.id}, which this workspace "
                "does not have; fetch what a colleague sent: slacontracts pull"
            )
        return _base_of(desk, place, sent)
    if identity is not None and not party:
        raise SourceError(
            f"the file is draft {identity.draft} of {place.id} and was not made by "
            "slacontracts send; say from whom it comes: --from PARTY, or --from us"
        )
    if identity is not None:
        return _own_draft(desk, place, identity.draft)
    last = negotiation.last_sent(None if party == US else party or None)
    if last is None:
        raise SourceError(
            f"nothing of {place.id} was sent{f' to {party}' if party else ''}, so this "
            "file answers nothing; a draft of ours that a colleague edited comes in "
            "with --from us"
        )
    return _base_of(desk, place, last)


def _require_party(base: _Base, party: str, path: Path) -> None:
    """Refuse an answer in the name of a party to which its file did not go."""
    if party == US:
        return
    require_party(base.stated.document.document.agreement, party)
    if base.answers is not None and base.answers.party != party:
        raise SourceError(
            f"{path.name} answers turn {base.answers.number}, which went to "
            f"{base.answers.party}, not to {party}; leave --from out, or write "
            "--from us where a colleague of yours edited it"
        )


def _base_of(desk: Desk, place: AgreementPlace, sent: Turn) -> _Base:
    file = admit(kept_word_file(desk, place, sent), sent.name)
    stated = composed_version(Shelf(desk), place, sent.version, sent.draft)
    anchors = anchors_of(file)
    if anchors is None:
        _, anchors = anchored_file(stated, str(sent.draft))
    return _Base(file, anchors, stated, sent)


def _own_draft(desk: Desk, place: AgreementPlace, number: int) -> _Base:
    """Return a draft of ours that somebody rendered and edited in Word."""
    drafts = saved_drafts(desk, place)
    if not 0 < number <= len(drafts):
        raise NotFoundError(
            f"the file is draft {number} of {place.id}, which was not saved, so it is "
            "not known what it said; save a draft before others edit it"
        )
    version = drafts[number - 1].id
    stated = composed_version(Shelf(desk), place, version, number)
    data, anchors = anchored_file(stated, str(number))
    return _Base(admit(data, f"draft {number}"), anchors, stated, None)


def _known_authors(desk: Desk, negotiation: Negotiation) -> frozenset[str]:
    """Return the authors whose changes came back before, and ours."""
    before = (one.author for one in negotiation.proposals if one.author)
    return _own_authors(desk).union(before)


def _own_authors(desk: Desk) -> frozenset[str]:
    """Return the names under which we change a text."""
    holders = (one.name for held in desk.settings.roles.values() for one in held)
    return frozenset((*holders, desk.settings.organisation, who(desk).name))


def _turn(
    desk: Desk,
    negotiation: Negotiation,
    opened: OpenedFile,
    base: _Base,
    answer: Answer,
    party: str,
    when: datetime,
) -> Turn:
    sent, stated = base.answers, base.stated
    newest = negotiation.last_sent(sent.party) if sent else None
    is_stale = sent is not None and newest is not None and newest.number > sent.number
    return Turn(
        number=negotiation.next_number,
        direction="received",
        party=party,
        on=stamp(when),
        by=who(desk).name,
        name=shown(opened.path.name),
        digest=digest_of(opened.data),
        version=stated.saved_as or "",
        draft=stated.number,
        answers=sent.number if sent else None,
        is_stale=is_stale,
        is_clean_copy=answer.is_clean_copy,
        notices=tuple(map(shown, answer.notices)),
        proposals=tuple(map(keepable, answer.proposals)),
    )
