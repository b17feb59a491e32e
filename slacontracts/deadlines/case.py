"""What happened to an agreement, and a day, in; what its deadlines follow from out."""

from dataclasses import dataclass
from datetime import date, timedelta

from slacontracts.deadlines.deadline import (
    REMEMBERED_DAYS,
    Deadline,
    DeadlineKind,
    urgency,
)
from slacontracts.deadlines.notices import NoticeTimes
from slacontracts.deadlines.states import NOT_GOING_ON, Standing, standing
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life


@dataclass(frozen=True, slots=True)
class Case:
    """One agreement on one day: its life, and where it stands."""

    life: Life
    today: date
    standing: Standing

    @property
    def facts(self) -> KeyFacts:
        """The facts in force."""
        return self.standing.facts

    @property
    def is_going_on(self) -> bool:
        """Whether it binds, and has not ended."""
        return self.standing.state not in NOT_GOING_ON

    def is_remembered(self, day: date) -> bool:
        """Tell whether what was due on a day is still shown."""
        return day >= self.today - timedelta(days=REMEMBERED_DAYS)

    def deadline(self, kind: DeadlineKind, key: str, says: str, on: date) -> Deadline:
        """Return what comes due on a day."""
        return self._deadline(kind, key, says, on, None)

    def notice(self, key: str, says: str, times: NoticeTimes) -> Deadline:
        """Return a notice that must arrive, and before that be sent."""
        return self._deadline(DeadlineKind.NOTICE, key, says, times.must_arrive, times)

    def _deadline(
        self,
        kind: DeadlineKind,
        key: str,
        says: str,
        on: date,
        times: NoticeTimes | None,
    ) -> Deadline:
        act_by = times.send_by if times else on
        return Deadline(
            agreement=self.life.agreement,
            customer=self.life.customer,
            title=self.facts.title,
            kind=kind,
            key=key,
            says=says,
            on=on,
            act_by=act_by,
            urgency=urgency(on, act_by, self.today),
            notice=times,
        )


def case_of(life: Life, today: date) -> Case:
    """Return what the deadlines of an agreement follow from.

    Raises ValueError for a life without any signed text.
    """
    return Case(life, today, standing(life, today))
