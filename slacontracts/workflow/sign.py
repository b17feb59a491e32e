"""An agreement that was signed, and when, in; the record of it, saved, out."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from slacontracts.errors import SlaContractsError, SourceError
from slacontracts.model.agreement import Agreement, Effective
from slacontracts.model.scalars import read_day
from slacontracts.model.signing import (
    CONDITIONS_MET,
    LAST_SIGNATURE,
    Signing,
    amendment_number,
    said_of,
    signed_name,
)
from slacontracts.source.signed import write_signed
from slacontracts.source.write import remove_value
from slacontracts.store.git import (
    RECORDED_AS,
    count_saves,
    current_version,
    draft_number,
)
from slacontracts.store.versions import known_author, save_version
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import (
    put_back_command,
    recorded_signings,
    signings_of,
)
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import read_draft
from slacontracts.workflow.instrument import open_amendment, require_conditions
from slacontracts.workflow.render import require_ready, require_saved
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.turns import in_turn
from slacontracts.workflow.versions import saved_drafts


@dataclass(frozen=True, slots=True)
class SigningWish:
    """What a person says of a signature.

    as_: "original" or "amendment-2". signed_on: the day of the last signature.
    effective: given where the text leaves it to an event, or says nothing.
    """

    as_: str
    signed_on: date
    effective: date | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """A signing as it is recorded, and the number of the draft that was signed.

    notes: what went wrong after it was saved.
    """

    signing: Signing
    draft: int
    notes: tuple[str, ...] = ()


def day_said(text: str) -> date:
    """Return a day that a person typed; raises SourceError when it is none."""
    try:
        day: date = read_day(text)
    except ValueError as error:
        raise SourceError(str(error)) from None
    return day


@in_turn("sign")
def sign_agreement(
    desk: Desk, agreement_id: str, wish: SigningWish, when: datetime
) -> Recorded:
    """Record that the last saved version was signed, and save the record.

    Said again with the day on which its conditions were met, that day is recorded.
    Signing an amendment closes it. Raises SourceError or ChecksFailedError, and
    records nothing, where an execution version could not be made.
    """
    place = desk.workspace.agreement(agreement_id)
    signings = recorded_signings(desk, place)
    number = _number(place, wish, len(signings))
    if number < len(signings):
        known = signings[number]
        if known.effective != CONDITIONS_MET or wish.effective is None:
            raise SourceError(_signed_already(place, known))
        day = _conditions_met(desk, wish)
        _require_order(place, day, wish, signings[:number])
        signing = known.model_copy(update={"effective": day})
        rest = (*signings[:number], signing, *signings[number + 1 :])
        return _recorded(desk, place, signing, rest, when)
    _require_not_ahead(desk, wish, signings)
    agreement = _signable(desk, place, number)
    signing = Signing.model_validate(
        {
            "as": wish.as_,
            "version": current_version(desk.workspace.root),
            "signed_on": wish.signed_on,
            "effective": _effect(desk, place, agreement, wish, signings),
        }
    )
    note = _saved_later(desk, place, signing)
    recorded = _recorded(desk, place, signing, (*signings, signing), when)
    return replace(recorded, notes=(*note, *recorded.notes))


def _number(place: AgreementPlace, wish: SigningWish, signed: int) -> int:
    number = amendment_number(wish.as_)
    if number is None:
        raise SourceError(
            f'"{wish.as_}" is nothing that is signed; say --as original, or --as '
            "amendment-1 for the first amendment"
        )
    if number > signed:
        raise SourceError(
            f"{place.id} cannot be signed as {said_of(wish.as_)}, because "
            f"{said_of(signed_name(signed))} is not signed yet; that comes first"
        )
    return number


def _signed_already(place: AgreementPlace, known: Signing) -> str:
    waits = known.effective == CONDITIONS_MET
    remedy = (
        "say when its conditions were met with --effective DATE"
        if waits
        else f"what is signed next is an amendment: slacontracts amend {place.id}"
    )
    return (
        f"{place.id} is signed as {said_of(known.as_)} already, on "
        f"{known.signed_on}; {remedy}"
    )


def _require_not_ahead(
    desk: Desk, wish: SigningWish, signings: tuple[Signing, ...]
) -> None:
    if desk.today is not None and wish.signed_on > desk.today:
        raise SourceError(
            f"{wish.signed_on} is still to come; say --on with the day of the last "
            "signature, once it is there"
        )
    if signings and wish.signed_on < signings[-1].signed_on:
        last = signings[-1]
        raise SourceError(
            f"{said_of(last.as_)} was signed on {last.signed_on}, so "
            f"{said_of(wish.as_)} cannot be signed before it, on {wish.signed_on}; "
            "correct --on"
        )


def _signable(desk: Desk, place: AgreementPlace, number: int) -> Agreement:
    """Return the agreement, if its execution version could be made as it stands."""
    shelf = Shelf(desk).from_versions()
    draft = read_draft(shelf, place)
    require_ready(draft)
    if draft.composed is None:
        raise SourceError(f"{place.id} cannot be composed", draft.findings)
    require_saved(shelf, place, draft_number(desk.workspace, place))
    agreement = draft.composed.composition.agreement
    if number:
        opened = open_amendment(shelf, place, draft.composed)
        require_conditions(place.id, opened.header)
    elif agreement.amendment is not None:
        raise SourceError(
            f"{place.id} has an amendment, but the agreement itself is not signed; "
            f"take it out: slacontracts set {place.id} /amendment="
        )
    return agreement


def _effect(
    desk: Desk,
    place: AgreementPlace,
    agreement: Agreement,
    wish: SigningWish,
    signings: tuple[Signing, ...],
) -> date | str:
    """Return when a text takes effect, as the text itself says, or the wish."""
    header = agreement.amendment
    effective = header.effective if header else agreement.effective
    said = effective.on if effective else None
    if said == CONDITIONS_MET:
        return _conditions_met(desk, wish) if wish.effective else CONDITIONS_MET
    if said is None and wish.effective is None:
        path = "/amendment/effective/on" if header else "/effective/on"
        raise SourceError(
            f"{place.id} does not say when it takes effect; say --effective DATE, or "
            f"set {path} before it is signed"
        )
    day = _with_last_signature(wish, signings) if said == LAST_SIGNATURE else said
    if isinstance(day, date) and wish.effective not in (None, day):
        raise SourceError(
            f"the text itself says that it takes effect on {day}, not on "
            f"{wish.effective}; leave --effective out"
        )
    found = day if isinstance(day, date) else wish.effective
    if header and isinstance(found, date):
        _require_order(place, found, wish, signings)
        _require_reason(place, effective, header.reason, found, wish.signed_on)
    return found or CONDITIONS_MET


def _with_last_signature(wish: SigningWish, signings: tuple[Signing, ...]) -> date:
    """Return when a text takes effect that does so when it is signed.

    An amendment does not do so before the agreement itself does.
    """
    start = signings[0].effective_on if signings else None
    return max(wish.signed_on, start) if start else wish.signed_on


def _saved_later(
    desk: Desk, place: AgreementPlace, signing: Signing
) -> tuple[str, ...]:
    """Return a note where the draft was saved after the day of its signature."""
    drafts = saved_drafts(desk, place, signing.version)
    saved = drafts[-1].when.date() if drafts else signing.signed_on
    if saved <= signing.signed_on:
        return ()
    return (
        f"draft {len(drafts)} was saved on {saved}, after {signing.signed_on}, the day "
        "of signature; make sure that it says what was signed",
    )


def _require_order(
    place: AgreementPlace, day: date, wish: SigningWish, signings: tuple[Signing, ...]
) -> None:
    start = signings[0].effective_on if signings else None
    if start is not None and day < start:
        raise SourceError(
            f"{said_of(wish.as_)} would take effect on {day}, before {place.id} itself "
            f"does, on {start}; name that day or a later one"
        )


def _require_reason(
    place: AgreementPlace,
    effective: Effective | None,
    reason: str | None,
    day: date,
    signed_on: date,
) -> None:
    if day < signed_on and not reason and not (effective and effective.reason):
        raise SourceError(
            f"the amendment takes effect on {day}, before it is signed; say why: "
            f'slacontracts set {place.id} "/amendment/reason=..."'
        )


def _conditions_met(desk: Desk, wish: SigningWish) -> date:
    day = wish.effective or wish.signed_on
    if desk.today is not None and day > desk.today:
        raise SourceError(
            f"{day} is still to come, and nobody knows whether the conditions will be "
            "met then; say --effective DATE on that day"
        )
    return day


def _recorded(
    desk: Desk,
    place: AgreementPlace,
    signing: Signing,
    signings: tuple[Signing, ...],
    when: datetime,
) -> Recorded:
    """Save the record and the amendment that it closes as one version; write both."""
    workspace = desk.workspace
    is_new = len(signings) > len(signings_of(desk, place))
    changed = {}
    if is_new and signing.number:
        text = workspace.read(place.file).decode("utf-8-sig")
        changed[place.file] = remove_value(text, "/amendment")[0].encode()
    changed[place.signed_file] = write_signed(signings).encode()
    drafts = count_saves(workspace.root, place)
    said = f"{signing.signed_on}" if is_new else f"effective {signing.effective}"
    notes: list[str] = []
    save_version(
        workspace,
        list(changed),
        f"{place.id}{RECORDED_AS}{said_of(signing.as_)}, {said}",
        author=known_author(workspace.root, desk.settings.organisation),
        when=when,
        contents=changed,
        warn=notes.append,
    )
    try:
        for file, data in changed.items():
            workspace.write(file, data)
    except SlaContractsError as error:
        notes.append(
            f"the signing is saved, but the files could not be written: {error}; then "
            f"bring them up to date: {put_back_command(place)}"
        )
    return Recorded(signing, drafts, tuple(notes))
