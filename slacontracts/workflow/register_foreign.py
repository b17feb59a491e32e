"""Paper that was not drafted here, and its facts, in; the record of it out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from slacontracts.deadlines.facts import dump_facts
from slacontracts.deadlines.facts_file import read_facts
from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.key_facts import PaperFacts
from slacontracts.model.record import Record, Signature
from slacontracts.model.scalars import read_agreement_id
from slacontracts.model.signing import LAST_SIGNATURE, ORIGINAL
from slacontracts.store.register import Filed
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.effect import require_past
from slacontracts.workflow.filing import file_record, new_record, records_named
from slacontracts.workflow.new import folder_named
from slacontracts.workflow.paper import HandedIn, require_new, signed_file
from slacontracts.workflow.turns import in_turn


@in_turn("register")
def register_foreign(
    desk: Desk,
    agreement_id: str,
    files: Sequence[HandedIn],
    facts_file: tuple[str, bytes],
    signed_on: Mapping[str, date],
    when: datetime,
) -> Filed:
    """File paper of a counterparty, or of the time before, with its key dates.

    facts_file: name and bytes of the YAML that states them. Raises SourceError where
    they cannot be used, or the id is one of an agreement that is drafted here.
    """
    facts, findings = read_facts(facts_file[1], facts_file[0])
    if facts is None:
        raise SourceError(
            f"{facts_file[0]} cannot be used; mend the places above", findings
        )
    place = _place(desk, agreement_id, facts)
    if records_named(desk, agreement_id):
        raise SourceError(
            f"{agreement_id} is registered already; see slacontracts registry show "
            f"{agreement_id}"
        )
    require_new(files, ())
    signatures = _signatures(facts, signed_on, when.date())
    _tell_unknown(desk, facts, signatures)
    record = _record(desk, place, facts, signatures, files, when)
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
    desk: Desk, facts: PaperFacts, signatures: tuple[Signature, ...]
) -> None:
    """Tell of which parties nobody said when they signed."""
    known = [one.party for one in signatures]
    unknown = [party for party in facts.parties if party not in known]
    if unknown:
        desk.warn(
            f"no day is known on which the {' and the '.join(unknown)} signed; the "
            f"record says so of the {' and the '.join(known)} alone"
        )


def _place(desk: Desk, agreement_id: str, facts: PaperFacts) -> AgreementPlace:
    try:
        read_agreement_id(agreement_id)
    except ValueError as error:
        raise SourceError(str(error)) from None
    try:
        known = desk.workspace.agreement(agreement_id)
    except NotFoundError:
        party = facts.parties.get("customer") or next(iter(facts.parties.values()))
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
