"""A deadline in; the lines that say to whom, how, and by which day, out."""

from datetime import date
from typing import Final

from slacontracts.deadlines.notices import NoticeTimes, Sending
from slacontracts.formats import write

_WAYS: Final = {"courier": "by courier", "email": "by e-mail", "hand": "by hand"}
_WEEKDAYS: Final = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    *("Saturday", "Sunday"),
)


def notice_lines(times: NoticeTimes, today: date | None = None) -> list[str]:
    """Return to whom a notice goes, by when it must arrive, and be sent.

    today: for a reader of that day, who is told for which ways it is too late. None
    for one who may read it on any day.
    """
    to = f"To the {times.to}: {times.name}"
    if times.attention:
        to = f"{to}, for the attention of {times.attention}"
    lines = [to, f"Must arrive by {day_said(times.must_arrive)}"]
    lines += [_sending(one, today) for one in times.sendings]
    if not times.is_place_known:
        lines.append(
            "The weekend and the holidays of the recipient's country were not counted"
        )
    lines += [
        f"The date of {name}, {day_said(day)}, is an estimate; check it"
        for day, name in times.provisional
    ]
    return lines


def day_said(day: date) -> str:
    """Return a day with its weekday.

    >>> day_said(date(2029, 8, 31))
    'Friday 31 August 2029'
    """
    return f"{_WEEKDAYS[day.weekday()]} {write('date', day, 'en')}"


def _sending(one: Sending, today: date | None) -> str:
    if today is not None and one.by < today:
        return f"Too late {_WAYS[one.way]}; {day_said(one.by)} was the last day"
    before = f", before {one.before} there" if one.before else ""
    address = f", to {one.address}" if one.address else ""
    return f"Send {_WAYS[one.way]} by {day_said(one.by)}{before}{address}"
