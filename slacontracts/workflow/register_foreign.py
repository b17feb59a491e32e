"""Paper that was not drafted here, and its facts, in; the record of it out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from slacontracts.deadlines.facts import dump_facts
from slacontracts.deadlines.facts_file import read_facts
from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.model.key_facts import PaperFacts
from slacontracts.model.record import Record, Signature
from slacontracts.model.scalars import read_agreement_id
from slacontracts.model.signing import LAST_SIGNATURE, ORIGINAL
from slacontracts.store.register import Filed
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.effect import require_past
from slacontracts.workflow.filing import (
    file_record,
    filed_elsewhere,
    new_record,
    records_named,
    require_granted,
)
from slacontracts.workflow.granting import Grant, exception_of, require_role
from slacontracts.workflow.new import folder_named
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.paper import HandedIn, require_new, signed_file


@one_at_a_time("register")
def register_foreign(
    desk: Desk,
    agreement_id: str,
    files: Sequence[HandedIn],
    facts_file: tuple[str, bytes] | None,
    signed_on: Mapping[str, date],
    when: datetime,
    *,
    grant: Grant | None = None,
) -> Filed:
    """File paper of a counterparty, or of the time before, with its key dates.

    facts_file: name and bytes of the YAML that states them; None for a counterpart of
    paper that is filed. grant: files what is filed under another id, too. Raises
    SourceError where they cannot be used, or the id is one of an agreement that is
    drafted here.
    """
    for said in require_role(desk, grant) if grant else ():
        desk.warn(said)
    elsewhere = tuple(filed_elsewhere(desk, agreement_id, files))
    require_granted(elsewhere, grant, f"it is the paper of {agreement_id} too")
    if facts_file is None:
        record = _counterpart(desk, agreement_id, files, signed_on, when)
    else:
        record = _new_paper(desk, agreement_id, files, facts_file, signed_on, when)
    exception = exception_of(record, grant, elsewhere)
    return _file(desk, record.model_copy(update={"exception": exception}), files)


def _new_paper(
    desk: Desk,
    agreement_id: str,
    files: Sequence[HandedIn],
    facts_file: tuple[str, bytes],
    signed_on: Mapping[str, date],
    when: datetime,
) -> Record:
    """Return the record of paper of which nothing is registered yet."""
    facts, findings = read_facts(facts_file[1], facts_file[0])
    if facts is None:
        raise SourceError(
            f"{facts_file[0]} cannot be used; mend the places above", findings
        )
    place = _place(desk, agreement_id, facts)
    if records_named(desk, agreement_id):
        raise _registered(agreement_id)
    require_new(files, ())
    signatures = _signatures(facts, signed_on, when.date())
    _tell_unknown(desk, place, facts, signatures)
    return _record(desk, place, facts, signatures, files, when)


def _counterpart(
    desk: Desk,
    agreement_id: str,
    files: Sequence[HandedIn],
    signed_on: Mapping[str, date],
    when: datetime,
) -> Record:
    """Return the record of a counterpart, of a party whose day is not known yet."""
    records = records_named(desk, agreement_id)
    earlier = next((one for one in reversed(records) if one.act == "foreign"), None)
    if earlier is None:
        known = "is drafted here; register it with --signed"
        unknown = "say what the paper is about: --facts FILE"
        if records:
            raise SourceError(f"{agreement_id} {known}")
        raise SourceError(f"nothing of {agreement_id} is registered; {unknown}")
    facts = _facts_in(earlier)
    days = {one.party: one.on for one in earlier.signatures}
    if set(facts.parties) <= set(days):
        raise _registered(agreement_id)
    for party in signed_on:
        if party in days:
            raise SourceError(
                f"it is registered already that the {party} signed on {days[party]}; "
                "a date of signature is never altered"
            )
    added = _signatures(facts, signed_on, when.date())
    require_new(files, records)
    place = AgreementPlace(agreement_id, earlier.customer)
    signatures = (*earlier.signatures, *added)
    _tell_unknown(desk, place, facts, signatures)
    record = _record(desk, place, facts, signatures, files, when)
    return record.model_copy(update={"exception": earlier.exception})


def _facts_in(record: Record) -> PaperFacts:
    try:
        return PaperFacts.model_validate(record.facts)
    except ValueError as error:
        raise OutsideError(
            f"the facts in the record {record.folder} cannot be read; see slacontracts "
            f"verify {record.agreement}"
        ) from error


def _registered(agreement_id: str) -> SourceError:
    return SourceError(
        f"{agreement_id} is registered already; see slacontracts registry show "
        f"{agreement_id}"
    )


def _file(desk: Desk, record: Record, files: Sequence[HandedIn]) -> Filed:
    signed = zip(record.files, files, strict=True)
    return file_record(desk, record, {entry.path: file.data for entry, file in signed})


def _record(
    desk: Desk,
    place: AgreementPlace,
    facts: PaperFacts,
    signatures: tuple[Signature, ...],
    files: Sequence[HandedIn],
    when: datetime,
) -> Record:
    last = max(one.on for one in signatures)
    on = facts.effective.on
    return new_record(
        desk,
        place,
        "foreign",
        when,
        as_=ORIGINAL,
        signed_on=last,
        effective=last if on == LAST_SIGNATURE else on,
        signatures=signatures,
        files=tuple(
            signed_file(number, file, "foreign") for number, file in enumerate(files, 1)
        ),
        facts=dump_facts(facts),
    )


def _tell_unknown(
    desk: Desk,
    place: AgreementPlace,
    facts: PaperFacts,
    signatures: tuple[Signature, ...],
) -> None:
    """Tell of which parties nobody said when they signed."""
    known = [one.party for one in signatures]
    unknown = [party for party in facts.parties if party not in known]
    if unknown:
        desk.warn(
            f"no day is known on which the {' and the '.join(unknown)} signed; the "
            f"record says so of the {' and the '.join(known)} alone. When it is known: "
            f"slacontracts register {place.id} --foreign FILE"
            f"{''.join(f' --signed-on {party}=DATE' for party in unknown)}"
        )


def _place(desk: Desk, agreement_id: str, facts: PaperFacts) -> AgreementPlace:
    try:
        read_agreement_id(agreement_id)
    except ValueError as error:
        raise SourceError(str(error)) from None
    try:
        known = desk.workspace.agreement(agreement_id)
    except NotFoundError:
        other = "provider" if facts.kind in ("ola", "uc") else "customer"
        party = facts.parties.get(other) or next(iter(facts.parties.values()))
        folder = folder_named(party.legal_name or "") or "others"
        return AgreementPlace(agreement_id, folder)

    raise SourceError(
        f"{agreement_id} is drafted here ({known.folder}); register it with --signed, "
        "or give the paper an id of its own"
    )


def _signatures(
    facts: PaperFacts, signed_on: Mapping[str, date], today: date
) -> tuple[Signature, ...]:
    if not signed_on:
        raise SourceError(
            "say who signed, and when: --signed-on PARTY=DATE for each of "
            f"{', '.join(facts.parties)}"
        )
    for party, day in signed_on.items():
        if party not in facts.parties:
            raise SourceError(
                f"{party} is no party of the paper; those are "
                f"{', '.join(facts.parties)}"
            )
        require_past(party, day, today)
    return tuple(Signature(party=party, on=day) for party, day in signed_on.items())
