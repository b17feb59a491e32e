"""A notice that ends an agreement in; the record of the end, and what follows, out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from slacontracts.deadlines.terminating import Consequences, consequences_of
from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.life import Termination
from slacontracts.model.record import Ending, Record
from slacontracts.store.register import Filed
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.filing import (
    correction_of,
    file_record,
    filed_elsewhere,
    new_record,
    registered_place,
    require_granted,
)
from slacontracts.workflow.granting import Grant, exception_of, require_role
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.paper import HandedIn, require_new, stored_path
from slacontracts.workflow.registered import (
    ending_of,
    endings_in,
    filed_of,
    life_in,
    terminations_of,
)


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """What a registrar says of a notice.

    on: the last day. ground: by the key of the agreement's own grounds, or in words.
    reference: of the notice. to: the role that received it. remedy_asked: the day on
    which an earlier notice asked for a remedy. service: None for the whole agreement.
    grant: files a notice of another agreement. correction: why, and by whose word, what
    was recorded last of the end is put right.
    """

    on: date
    ground: str
    reference: str
    received: date
    notice: HandedIn
    to: str | None = None
    remedy_asked: date | None = None
    service: str | None = None
    grant: Grant | None = None
    correction: Grant | None = None


@dataclass(frozen=True, slots=True)
class Terminated:
    """The record of an end, and what follows from it."""

    filed: Filed
    consequences: Consequences


@one_at_a_time("terminate")
def terminate_agreement(
    desk: Desk, agreement_id: str, given: NoticeGiven, when: datetime
) -> Terminated:
    """Record that a notice ends an agreement, or one of its services, on a day.

    Raises ChecksFailedError, with the first day that is possible, where the agreement
    does not allow it; SourceError for a notice that is still to come.
    """
    place, records = _registered(desk, agreement_id)
    corrected = _corrected(records, given.service) if given.correction else None
    counting = [one for one in endings_in(records) if one is not corrected]
    life = life_in(records)
    if life is None:
        raise NotFoundError(
            f"{agreement_id} is not registered as signed, so there is nothing to end; "
            "see slacontracts register --help"
        )
    if given.received > when.date():
        raise SourceError(
            f"a notice cannot have been received on {given.received}, which is still "
            "to come; correct --received"
        )
    _require_new_notice(given, records, counting)
    elsewhere = tuple(filed_elsewhere(desk, agreement_id, [given.notice]))
    require_granted(elsewhere, given.grant, f"it ends {agreement_id} too")
    termination = Termination(given.on, given.ground, given.received, given.service)
    found = consequences_of(
        replace(life, terminations=terminations_of(counting)),
        termination,
        to=given.to,
        remedy_asked=given.remedy_asked,
    )
    ending = _ending(given, found)
    why = _reasons(desk, given, corrected, elsewhere)
    record = new_record(desk, place, "terminated", when, ending=ending, **why)
    filed = file_record(desk, record, {ending.notice: given.notice.data})
    return Terminated(filed, found)


@one_at_a_time("terminate")
def void_ending(
    desk: Desk,
    agreement_id: str,
    correction: Grant,
    when: datetime,
    *,
    service: str | None = None,
) -> tuple[Filed, tuple[Ending, ...]]:
    """Record that a notice does not end an agreement, though an earlier record says so.

    service: the one that goes on; None for the whole agreement. Returned with it are
    the notices that end it all the same. Raises SourceError where no record says so.
    """
    place, records = _registered(desk, agreement_id)
    corrected = _corrected(records, service)
    assert corrected.ending is not None
    ending = corrected.ending.model_copy(update={"is_void": True})
    why = correction_of(desk, correction, corrected, _said(corrected))
    record = new_record(desk, place, "terminated", when, ending=ending, **why)
    filed = file_record(desk, record, {})
    counting = (one.ending for one in endings_in([*records, filed.record]))
    still = (one for one in counting if one and one.service in (None, service))
    return filed, tuple(still)


def _registered(desk: Desk, agreement_id: str) -> tuple[AgreementPlace, list[Record]]:
    place = registered_place(desk, agreement_id)
    return place, [one.record for one in filed_of(desk, place)]


def _corrected(records: Sequence[Record], service: str | None) -> Record:
    """Return the record of the notice that counts, to be put right."""
    found = ending_of(endings_in(records), service)
    if found is None:
        what = f"the service {service}" if service else "the agreement"
        raise SourceError(
            f"there is nothing to correct: no record says that {what} ends by a "
            "notice; record it without --correct"
        )
    return found


def _said(record: Record | None) -> str:
    ending = record.ending if record else None
    return f"that it ends on {ending.on} ({ending.ground})" if ending else ""


def _ending(given: NoticeGiven, found: Consequences) -> Ending:
    return Ending(
        on=given.on,
        ground=given.ground,
        reference=given.reference,
        received=given.received,
        notice=stored_path(1, given.notice.name),
        service=given.service,
        surviving=tuple(one.says for one in found.survivals),
    )


def _reasons(
    desk: Desk,
    given: NoticeGiven,
    corrected: Record | None,
    elsewhere: tuple[str, ...],
) -> dict[str, Any]:
    """Return why it is filed although something stands against it."""
    for told in require_role(desk, given.grant) if given.grant else ():
        desk.warn(told)
    why = correction_of(desk, given.correction, corrected, _said(corrected))
    exception = exception_of(None, given.grant, elsewhere)
    return why | ({"exception": exception} if exception else {})


def _require_new_notice(
    given: NoticeGiven, records: Sequence[Record], counting: Sequence[Record]
) -> None:
    """Refuse a notice that is registered; one notice may end several services."""
    same = [
        one for one in counting if one.ending and one.ending.service == given.service
    ]
    require_new([given.notice], same)
    for one in records:
        if one.ending is None and given.notice.digest in one.contents.values():
            raise SourceError(
                f"{given.notice.name} is filed with record {one.sequence} of "
                f"{one.agreement} already ({one.act}), and is no notice; hand in the "
                "notice itself"
            )
