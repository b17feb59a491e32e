"""A notice that ends an agreement in; the record of the end, and what follows, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slacontracts.deadlines.terminating import Consequences, consequences_of
from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.life import Termination
from slacontracts.model.record import Ending, Record
from slacontracts.store.register import Filed
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.filing import file_record, new_record, registered_place
from slacontracts.workflow.paper import HandedIn, require_new, stored_path
from slacontracts.workflow.registered import filed_of, life_in
from slacontracts.workflow.turns import in_turn


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """What a registrar says of a notice.

    on: the last day. ground: by the key of the agreement's own grounds, or in words.
    reference: of the notice. to: the role that received it. remedy_asked: the day on
    which an earlier notice asked for a remedy. service: None for the whole agreement.
    """

    on: date
    ground: str
    reference: str
    received: date
    notice: HandedIn
    to: str | None = None
    remedy_asked: date | None = None
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Terminated:
    """The record of an end, and what follows from it."""

    filed: Filed
    consequences: Consequences


def _require_new_notice(given: NoticeGiven, records: Sequence[Record]) -> None:
    """Refuse a notice that is registered; one notice may end several services."""
    same = [
        one
        for one in records
        if one.ending is not None and one.ending.service == given.service
    ]
    require_new([given.notice], same)


@in_turn("terminate")
def terminate_agreement(
    desk: Desk, agreement_id: str, given: NoticeGiven, when: datetime
) -> Terminated:
    """Record that a notice ends an agreement, or one of its services, on a day.

    Raises ChecksFailedError, with the first day that is possible, where the agreement
    does not allow it; SourceError for a notice that is still to come.
    """
    place = registered_place(desk, agreement_id)
    records = [one.record for one in filed_of(desk, place)]
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
    _require_new_notice(given, records)
    termination = Termination(given.on, given.ground, given.received, given.service)
    found = consequences_of(
        life, termination, to=given.to, remedy_asked=given.remedy_asked
    )
    ending = Ending(
        on=given.on,
        ground=given.ground,
        reference=given.reference,
        received=given.received,
        notice=stored_path(1, given.notice.name),
        service=given.service,
        surviving=tuple(one.says for one in found.survivals),
    )
    record = new_record(desk, place, "terminated", when, ending=ending)
    filed = file_record(desk, record, {ending.notice: given.notice.data})
    return Terminated(filed, found)
