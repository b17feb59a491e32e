"""Signed paper of an agreement in; the record of it in the register, for good, out.

What is signed is the last saved version. The paper is held against the execution
version made from it, and the record keeps both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from slacontracts.compose.digest import clause_digests, text_bytes, text_digest
from slacontracts.deadlines.facts import dump_facts, facts_of
from slacontracts.errors import SourceError
from slacontracts.model.record import (
    EXECUTION_FILE,
    MOST_TEXT,
    SOURCE_FILE,
    TEXT_FILE,
    Act,
    Record,
    Signature,
)
from slacontracts.model.signing import Signing, said_of
from slacontracts.store.register import Filed, file_of
from slacontracts.store.workspace import AgreementPlace
from slacontracts.word.digest import content_digest
from slacontracts.workflow.closing import close_amendment
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.effect import Execution, effect_of, require_past
from slacontracts.workflow.execution import ToSign, text_as_signed, text_to_sign
from slacontracts.workflow.filing import (
    file_record,
    filed_elsewhere,
    new_record,
    notes_of_overtaking,
    require_granted,
)
from slacontracts.workflow.granting import Grant, exception_of, require_role
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.paper import (
    HandedIn,
    Standard,
    Tied,
    lines_of,
    require_new,
    tie,
    told,
)
from slacontracts.workflow.registered import (
    PARTLY_SIGNED,
    filed_of,
    signings_in,
    texts_in,
)
from slacontracts.workflow.versions import saved_drafts


@dataclass(frozen=True, slots=True)
class RegisterWish:
    """What a registrar hands in, and says of it.

    files: the signed paper, a file for each counterpart. signed_on: by party, the day
    on which it signed. effective: given where the text does not say when it takes
    effect. correction: why the text that was registered last is registered once more.
    """

    files: tuple[HandedIn, ...]
    signed_on: Mapping[str, date]
    may_be_scan: bool = False
    effective: date | None = None
    grant: Grant | None = None
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """A record as it was filed. notes: what a person should know of it."""

    filed: Filed
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """One registration: the wish, and the text it is about.

    partly: the record of those who signed that text earlier. replaced: of those who
    had signed another text, before they signed this one. elsewhere: which files are
    registered for other agreements, a line each.
    """

    desk: Desk
    place: AgreementPlace
    wish: RegisterWish
    when: datetime
    before: tuple[Signing, ...]
    partly: Filed | None
    to_sign: ToSign
    execution: bytes
    replaced: Filed | None = None
    elsewhere: tuple[str, ...] = ()

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """All signatures of the text, in the order of its parties."""
        earlier = self.partly.record.signatures if self.partly else ()
        days = {one.party: one.on for one in earlier} | dict(self.wish.signed_on)
        return tuple(
            Signature(party=party, on=days[party])
            for party in self.to_sign.parties
            if party in days
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The parties that have not signed it yet."""
        signed = {one.party for one in self.signatures}
        return tuple(party for party in self.to_sign.parties if party not in signed)


@one_at_a_time("register")
def register_agreement(
    desk: Desk, agreement_id: str, wish: RegisterWish, when: datetime
) -> Registered:
    """Register what was signed: the agreement itself, or its open amendment.

    Raises SourceError or ChecksFailedError, and registers nothing, where anything
    stands against it that the wish makes no exception of.
    """
    place = desk.workspace.agreement(agreement_id)
    filed = filed_of(desk, place)
    if not wish.files:
        raise SourceError(
            "hand in what was signed, a file for each counterpart: --signed FILE"
        )
    corrected = _corrected(place, filed) if wish.correction else None
    counted = [one.record for one in filed if not _is_passed_over(one.record, filed)]
    require_new(wish.files, [one for one in counted if not _is_of(one, corrected)])
    role_notes = require_role(desk, wish.grant) if wish.grant else ()
    elsewhere = tuple(filed_elsewhere(desk, agreement_id, wish.files))
    require_granted(elsewhere, wish.grant, f"it is the paper of {agreement_id} too")
    case = (
        _case_again(desk, place, wish, when, filed, corrected)
        if corrected
        else _case(desk, place, wish, when, filed)
    )
    case = replace(case, elsewhere=elsewhere)
    _require_signatures(case)
    tied = tie(wish.files, _standard(case))
    _require_same(case, tied)
    done = file_record(desk, _record(case, tied), _contents(case, tied))
    notes = [*_written(tied), *_saved_later(case), *_signed_anew(case), *role_notes]
    if done.record.is_binding:
        signings = signings_in([*(one.record for one in filed), done.record])
        notes += notes_of_overtaking(desk, place, signings)
        notes += close_amendment(desk, place, signings[-1], when)
    return Registered(done, tuple(notes))


def _case(
    desk: Desk,
    place: AgreementPlace,
    wish: RegisterWish,
    when: datetime,
    filed: Sequence[Filed],
) -> _Case:
    before = signings_in([one.record for one in filed])
    partly, replaced = _partly(filed), None
    if partly and _is_signed_anew(desk, place, wish, partly):
        partly, replaced = None, partly
    if partly is None:
        to_sign = text_to_sign(desk, place, before, has_grant=wish.grant is not None)
        execution = to_sign.execution()
    else:
        to_sign = text_as_signed(desk, place, (*before, _in_part(partly.record)))
        execution = file_of(desk.workspace.root, partly, EXECUTION_FILE)
    return _Case(desk, place, wish, when, before, partly, to_sign, execution, replaced)


def _case_again(
    desk: Desk,
    place: AgreementPlace,
    wish: RegisterWish,
    when: datetime,
    filed: Sequence[Filed],
    corrected: Filed,
) -> _Case:
    """Return the case of a text that is registered once more, as it was signed."""
    *before, last = signings_in([one.record for one in filed])
    to_sign = text_as_signed(desk, place, (*before, last))
    execution = file_of(desk.workspace.root, corrected, EXECUTION_FILE)
    return _Case(desk, place, wish, when, tuple(before), None, to_sign, execution)


def _corrected(place: AgreementPlace, filed: Sequence[Filed]) -> Filed:
    """Return the record of the text that was signed last, to be put right."""
    texts = texts_in([one.record for one in filed])
    if not texts or not texts[-1].is_binding:
        raise SourceError(
            f"there is nothing to correct: the last text of {place.id} is not "
            "registered as signed by all; register it without --correct"
        )
    return next(one for one in filed if one.record is texts[-1])


def _is_passed_over(record: Record, filed: Sequence[Filed]) -> bool:
    """Tell whether a counterpart was filed apart from the one that counts.

    Two people may file one each, and neither knows of the other: then it is handed in
    once more, to complete the text.
    """
    partly = _partly(filed)
    if partly is None or record.act != PARTLY_SIGNED or record.as_ != partly.record.as_:
        return False
    counting = {one.party for one in partly.record.signatures}
    return not {one.party for one in record.signatures} <= counting


def _is_of(record: Record, corrected: Filed | None) -> bool:
    """Tell whether a record is of the text that is put right."""
    return corrected is not None and record.as_ == corrected.record.as_


def _partly(filed: Sequence[Filed]) -> Filed | None:
    """Return the record of the text that some have signed, if that is the last one."""
    texts = texts_in([one.record for one in filed])
    if not texts or texts[-1].act != PARTLY_SIGNED:
        return None
    return next(one for one in filed if one.record is texts[-1])


def _is_signed_anew(
    desk: Desk, place: AgreementPlace, wish: RegisterWish, partly: Filed
) -> bool:
    """Tell whether who signed a text before others did now signed a later one.

    Nobody signs one text twice; and a later one is there only if it was saved.
    """
    root = desk.workspace.root
    again = {one.party for one in partly.record.signatures} & {*wish.signed_on}
    source = file_of(root, partly, SOURCE_FILE)
    return bool(again) and desk.workspace.read(place.file) != source


def _standard(case: _Case) -> Standard:
    return Standard(
        case.place.id,
        case.execution,
        case.to_sign.signing,
        case.wish.may_be_scan,
        lambda: {one.id for one in case.desk.workspace.agreements()},
    )


def _in_part(record: Record) -> Signing:
    return Signing.model_validate(
        {
            "as": record.as_,
            "version": record.version,
            "signed_on": max(one.on for one in record.signatures),
            "effective": record.effective or "conditions-met",
        }
    )


def _require_signatures(case: _Case) -> None:
    """Refuse signatures that cannot be: of whom, when, or twice."""
    wish, place = case.wish, case.place
    parties = case.to_sign.parties
    if not wish.signed_on:
        raise SourceError(
            "say who signed, and when: --signed-on PARTY=DATE for each of "
            f"{', '.join(parties)}"
        )
    today = case.when.date()
    earlier = case.partly.record.signatures if case.partly else ()
    known = {one.party: one.on for one in earlier}
    floor = case.before[-1].signed_on if case.before else None
    for party, day in wish.signed_on.items():
        if party not in parties:
            raise SourceError(
                f"{party} is no party that signs {place.id}; those are "
                f"{', '.join(parties)}"
            )
        if party in known:
            raise SourceError(
                f"it is registered already that the {party} signed on {known[party]}; "
                "a date of signature is never altered"
            )
        require_past(party, day, today)
        if floor is not None and day < floor:
            raise SourceError(
                f"{said_of(case.before[-1].as_)} was signed on {floor}, so "
                f"{said_of(case.to_sign.as_)} cannot be signed before it, on {day}; "
                "correct --signed-on"
            )


def _require_same(case: _Case, tied: Tied) -> None:
    """Refuse paper that says something else, unless an exception is made of it."""
    if tied.differences and case.wish.grant is None:
        raise SourceError(
            f"what was signed is not what {case.place.id} says:\n{told(tied)}\n"
            "Nothing was registered. If the paper binds all the same, file it as it "
            'is: --exception "Why" --by ROLE'
        )


def _record(case: _Case, tied: Tied) -> Record:
    """Return the record of a signing; its place in the register is not known yet."""
    to_sign, wish = case.to_sign, case.wish
    earlier = case.partly.record if case.partly else None
    signed_on = max(one.on for one in case.signatures)
    execution = Execution(to_sign.as_, signed_on, case.before, wish.effective)
    effective = effect_of(case.place, to_sign.agreement, execution)
    differences = (*(earlier.differences if earlier else ()), *tied.differences)
    against = (*to_sign.failures, *case.elsewhere)
    failures = (*against, *tied.remarks, *lines_of(tied.differences))
    act: Act = "signed-differs" if differences else "signed"
    return new_record(
        case.desk,
        case.place,
        PARTLY_SIGNED if case.missing else act,
        case.when,
        as_=to_sign.as_,
        version=to_sign.version,
        library=to_sign.library.library.revision,
        signed_on=None if case.missing else signed_on,
        effective=None if case.missing else effective,
        signatures=case.signatures,
        missing=case.missing,
        files=tied.files,
        text_digest=text_digest(to_sign.text),
        content_digest=content_digest(case.execution),
        clauses=clause_digests(to_sign.text),
        facts=dump_facts(facts_of(to_sign.text)),
        exception=exception_of(earlier, wish.grant, failures),
        differences=differences,
        written=_all_written(earlier, tied),
        correction=wish.correction or None,
    )


def _contents(case: _Case, tied: Tied) -> dict[str, bytes]:
    """Return the files of the record, by their path in its folder."""
    signed = zip(tied.files, case.wish.files, strict=True)
    return {
        SOURCE_FILE: case.to_sign.source,
        TEXT_FILE: text_bytes(case.to_sign.text),
        EXECUTION_FILE: case.execution,
        **{entry.path: file.data for entry, file in signed},
    }


def _all_written(earlier: Record | None, tied: Tied) -> tuple[str, ...]:
    """Return what was written where people sign, on all counterparts."""
    before = earlier.written if earlier else ()
    return tuple(dict.fromkeys((*before, *(one[:MOST_TEXT] for one in tied.written))))


def _written(tied: Tied) -> tuple[str, ...]:
    if not tied.written:
        return ()
    return (f"written where people sign: {'; '.join(tied.written)}",)


def _signed_anew(case: _Case) -> tuple[str, ...]:
    """Return a note where this text stands in the place of one that some had signed."""
    if case.replaced is None:
        return ()
    record = case.replaced.record
    signed = ", ".join(f"{one.party} on {one.on}" for one in record.signatures)
    return (
        f"an earlier text of {said_of(case.to_sign.as_)} was signed by {signed} alone "
        f"(record {record.sequence}); this one stands in its place",
    )


def _saved_later(case: _Case) -> tuple[str, ...]:
    """Return a note where the draft was saved after the day of its last signature."""
    drafts = saved_drafts(case.desk, case.place, case.to_sign.version)
    last = max(one.on for one in case.signatures)
    saved = drafts[-1].when.date() if drafts else last
    if saved <= last:
        return ()
    return (
        f"draft {len(drafts)} was saved on {saved}, after {last}, the day of the last "
        "signature; make sure that it says what was signed",
    )
