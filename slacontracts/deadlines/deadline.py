"""What comes due for an agreement: what, on which day, and how pressing it is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from slacontracts.deadlines.notices import NoticeTimes

SOON_DAYS: Final = 30
IN_SIGHT_DAYS: Final = 90
# The register does not say whether a review was held or a duty done. So long after its
# day it is still shown, as overdue.
REMEMBERED_DAYS: Final = 90


class DeadlineKind(StrEnum):
    """What a deadline is about."""

    NOTICE = "notice"
    RENEWAL = "renewal"
    REVIEW = "review"
    END = "end"
    AMENDMENT = "amendment"
    CONDITION = "condition"
    LONG_STOP = "long-stop"
    SIGNATURE = "signature"
    DUTY = "duty"
    SURVIVAL = "survival"
    AUTHORITY = "authority"


class Urgency(StrEnum):
    """How soon something has to be done."""

    OVERDUE = "overdue"
    WITHIN_30 = "within 30 days"
    WITHIN_90 = "within 90 days"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that comes due, in one line.

    key: says which it is among those of its agreement, and stays when its day moves.
    on: the last day; of a notice, by when it must arrive. act_by: when to act at the
    latest; of a notice, by when it is sent in time whichever way is taken.
    notice: of a notice, to whom, how, and by when.
    """

    agreement: str
    customer: str
    title: str
    kind: DeadlineKind
    key: str
    says: str
    on: date
    act_by: date
    urgency: Urgency
    notice: NoticeTimes | None = None


def urgency(on: date, act_by: date, today: date) -> Urgency:
    """Return how soon something has to be done.

    >>> urgency(date(2029, 8, 31), date(2029, 8, 29), date(2029, 7, 31)).value
    'within 30 days'
    """
    if on < today:
        return Urgency.OVERDUE
    days = (act_by - today).days
    if days <= SOON_DAYS:
        return Urgency.WITHIN_30
    return Urgency.WITHIN_90 if days <= IN_SIGHT_DAYS else Urgency.LATER
