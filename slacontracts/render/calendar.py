"""What comes due in; a calendar file (.ics) out, with alarms before each day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from slacontracts.deadlines.deadline import Deadline
from slacontracts.render.deadline_text import notice_lines

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_PRODUCT: Final = "-//slacontracts//deadlines//EN"
_ALARM_DAYS: Final = (30, 7)
_DAY: Final = timedelta(days=1)


def calendar_file(deadlines: Iterable[Deadline], now: datetime) -> bytes:
    """Return a calendar with one all-day event for each deadline.

    An event stands on the day by which to act. It keeps its identity when the day
    moves, so that a calendar that reads the file again moves the event. now: when the
    file is written, with its offset from UTC.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Agreements")
    for deadline in deadlines:
        calendar.add_component(_event(deadline, now))
    return bytes(calendar.to_ical())


def event_id(deadline: Deadline) -> str:
    """Return by what a calendar knows the event of a deadline again."""
    return f"{deadline.agreement}/{deadline.kind}/{deadline.key}@slacontracts"


def _event(deadline: Deadline, now: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", event_id(deadline))
    event.add("dtstamp", now)
    event.add("dtstart", deadline.act_by)
    event.add("dtend", deadline.act_by + _DAY)
    event.add("summary", f"{deadline.agreement}: {deadline.says}")
    event.add("description", "\n".join(_lines(deadline)))
    event.add("categories", [str(deadline.kind)])
    event.add("transp", "TRANSPARENT")
    for days in _ALARM_DAYS:
        event.add_component(_alarm(deadline, days))
    return event


def _alarm(deadline: Deadline, days: int) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"{deadline.agreement}, in {days} days: {deadline.says}")
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _lines(deadline: Deadline) -> list[str]:
    """Return what somebody needs to know who reads nothing but the event."""
    lines = [f"{deadline.title} ({deadline.agreement}, {deadline.customer})"]
    if deadline.notice is not None:
        lines += notice_lines(deadline.notice)
    return lines
