"""An agreement and a party in; the Word file that goes to it, kept as a turn, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError, SourceError, WordFileError
from slacontracts.model.agreement import Agreement
from slacontracts.model.anchors import AnchorMap
from slacontracts.model.finding import Finding
from slacontracts.model.signing import Signing, said_of
from slacontracts.model.turn import Turn
from slacontracts.negotiate.reading.fitted import fitted_anchors
from slacontracts.store.git import current_version, draft_number, is_ancestor
from slacontracts.text import nearest
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.identity import Identity, with_identity
from slacontracts.word.revisions import accept, revisions
from slacontracts.workflow.as_signed import require_open, signings_of
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import read_draft
from slacontracts.workflow.edit import data_of, text_of
from slacontracts.workflow.hand_over import is_rendering_of
from slacontracts.workflow.negotiation import (
    Negotiation,
    digest_of,
    keep_turn,
    kept_word_file,
    negotiation_of,
    require_saved_source,
    stamp,
    who,
)
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.partly_signed import tell_of_signature
from slacontracts.workflow.redline import word_date
from slacontracts.workflow.reference import WORKING, Reference
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import Stated, composed_at

_MOST_NAMED: Final = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes out: the file's usual name and bytes, and its turn.

    tracked: how many of our changes the file shows. notes: what a person should know;
    findings: of the agreement that goes out.
    """

    name: str
    data: bytes
    turn: Turn
    tracked: int = 0
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@one_at_a_time("send")
def send_agreement(
    desk: Desk, agreement_id: str, party: str, when: datetime, *, note: str = ""
) -> Sent:
    """Make the Word file of the current draft for a party, and keep it as a turn.

    Where the party answered before, its file goes back: its changes stay under their
    authors' names, and ours stand on top of them. Raises SourceError while changes are
    not saved or proposals are open.
    """
    place = desk.workspace.agreement(agreement_id)
    require_saved_source(desk, place)
    require_open(desk, place, data_of(text_of(desk, place)))
    stated = composed_at(Shelf(desk), Reference(agreement_id, WORKING))
    require_party(stated.document.document.agreement, party)
    tell_of_signature(desk, place)
    negotiation = negotiation_of(desk, place)
    _require_decided(negotiation)
    number = negotiation.next_number
    draft = draft_number(desk.workspace, place).number
    clean, anchors = anchored_file(stated, str(draft))
    base, notes = _base(stated, negotiation, party)
    data, tracked, more = _on_top(desk, base, clean, when)
    if data is not clean:
        anchors = fitted_anchors(anchors, admit(clean, "clean"), admit(data, "sent"))
    version = current_version(desk.workspace.root) or ""
    identity = Identity(agreement_id, number, party, version, draft)
    data = with_identity(data, identity, anchors)
    name = f"{agreement_id}-turn-{number}.docx"
    turn = Turn(
        number=number,
        direction="sent",
        party=party,
        on=stamp(when),
        by=who(desk).name,
        name=name,
        digest=digest_of(data),
        version=version,
        draft=draft,
        note=note,
    )
    said = f"turn {number} sent to {party}"
    kept = keep_turn(desk, place, turn, when, data=data, said=said)
    findings = read_draft(stated.shelf, place).findings
    return Sent(name, data, turn, tracked, (*notes, *more, *kept), findings)


def require_free(target: Path, agreement_id: str, *, force: bool) -> None:
    """Refuse a name under which something else stands, before a turn is kept."""
    if target.is_dir():
        raise SourceError(f"{target} is a folder; name a file in it with -o")
    if not target.exists() or force:
        return
    if not is_rendering_of(target, "docx", agreement_id):
        raise SourceError(
            f"{target} exists and is not a rendering of {agreement_id}; choose "
            "another name or add --force"
        )


def anchored_file(stated: Stated, draft: str) -> tuple[bytes, AnchorMap]:
    """Return a draft as a Word file whose words know where they come from."""
    from slacontracts.render.anchors import anchor_map
    from slacontracts.render.docx import render_docx

    settings = stated.shelf.desk.settings
    style = stated.shelf.house_style(
        stated.library, stated.composed.composition.house_style or settings.house_style
    )
    data = render_docx(
        stated.document,
        style,
        version=draft,
        execution=False,
        digits=settings.digits,
        signature_anchors=settings.signature_anchors,
        anchored=True,
    )
    anchors = anchor_map(
        stated.document,
        style,
        version=draft,
        execution=False,
        digits=settings.digits,
        signature_anchors=settings.signature_anchors,
    )
    return data, anchors


def require_party(agreement: Agreement, party: str) -> None:
    """Refuse what is no party of an agreement."""
    if party in agreement.parties:
        return
    hint = nearest(party, agreement.parties)
    known = ", ".join(agreement.parties)
    remedy = f'did you mean "{hint}"?' if hint else f"the parties are {known}"
    raise NotFoundError(f'{agreement.id} has no party "{party}"; {remedy}')


def _require_decided(negotiation: Negotiation) -> None:
    still = [
        one for answer in negotiation.answers for one in answer.proposals if one.is_open
    ]
    if not still:
        return
    agreement_id = negotiation.place.id
    numbers = ", ".join(str(one.number) for one in still[:_MOST_NAMED])
    more = len(still) - _MOST_NAMED
    numbers += f" and {more} more" if more > 0 else ""
    are = "1 proposal is" if len(still) == 1 else f"{len(still)} proposals are"
    raise SourceError(
        f"{are} open in {agreement_id} ({numbers}), and the next file would answer "
        f"that; see slacontracts proposals {agreement_id} --open, "
        f"and decide each: slacontracts decide {agreement_id} {still[0].number} reject"
    )


def _base(
    stated: Stated, negotiation: Negotiation, party: str
) -> tuple[WordFile | None, tuple[str, ...]]:
    """Return the file on top of which our changes are tracked; what to know of it.

    It is the party's last answer; of an amendment under negotiation, before there is
    one, the text that was signed.
    """
    desk, place = stated.shelf.desk, negotiation.place
    signings = signings_of(desk, place)
    answer = negotiation.last_from(party, _last_before(desk, negotiation, signings))
    if answer is None:
        return (_signed_file(stated, signings[-1]) if signings else None), ()
    later = negotiation.turns[-1]
    notes: tuple[str, ...] = ()
    if later.direction == "received" and later.number > answer.number:
        notes = (
            f"our changes are tracked on top of turn {answer.number}, which answers "
            f"the newest file; what was accepted of turn {later.number} is among ours",
        )
    return admit(kept_word_file(desk, place, answer), answer.name), notes


def _last_before(
    desk: Desk, negotiation: Negotiation, signings: Sequence[Signing]
) -> int:
    """Return the number of the last turn before what was signed last; 0 without any."""
    if not signings:
        return 0
    root, signed = desk.workspace.root, signings[-1].version
    return max(
        (
            turn.number
            for turn in negotiation.turns
            if turn.version and is_ancestor(root, turn.version, signed)
        ),
        default=0,
    )


def _signed_file(stated: Stated, signing: Signing) -> WordFile:
    """Return the text that was signed, as a draft of it would be printed."""
    signed = composed_at(stated.shelf, Reference(stated.place.id, signing.as_))
    data, _ = anchored_file(signed, str(signed.number))
    return admit(data, said_of(signing.as_))


def _on_top(
    desk: Desk, base: WordFile | None, clean: bytes, when: datetime
) -> tuple[bytes, int, tuple[str, ...]]:
    """Return our text on top of a file; how many changes are ours, and what to know."""
    if base is None:
        return clean, 0, ()
    ours = admit(clean, "our draft")
    author, date = desk.settings.organisation, word_date(when)
    notes: tuple[str, ...] = ()
    try:
        from slacontracts.redline.overlay.laying import overlay

        data = overlay(base, ours, author=author, date=date)
    except WordFileError as error:
        data = _redlined(base, ours, author, date)
        notes = (
            f"their changes are no longer marked in this file, only ours: {error}; "
            f"what they marked stands in {base.package.file}, which is kept",
        )
    made = (one for one in revisions(admit(data, "our answer")) if one.date == date)
    return data, sum(one.author == author for one in made), notes


def _redlined(theirs: WordFile, ours: WordFile, author: str, date: str) -> bytes:
    from slacontracts.redline import redline

    accepted = admit(accept(theirs), theirs.package.file)
    return redline(accepted, ours, author=author, date=date, has_formatting=False).data
