"""A deadline in; the lines that say to whom, how, and by which day, out."""

from datetime import date
from typing import Final

from slacontracts.deadlines.notices import NoticeTimes, Sending
from slacontracts.deadlines.places import weekday_and_date

_WAYS: Final = {"courier": "by courier", "email": "by e-mail", "hand": "by hand"}


def notice_lines(times: NoticeTimes, today: date | None = None) -> list[str]:
    """Return to whom a notice goes, by when it must arrive, and be sent.

    today: for a reader of that day, who is told for which ways it is too late. None
    for one who may read it on any day.
    """
    to = f"To the {times.to}: {times.name}"
    if times.attention:
        to = f"{to}, for the attention of {times.attention}"
    lines = [to, f"Must arrive by {weekday_and_date(times.must_arrive)}"]
    lines += [_sending(one, today) for one in times.sendings]
    if not times.is_place_known:
        lines.append(
            "The weekend and the holidays of the recipient's country were not counted"
        )
    lines += [
        f"The date of {name}, {weekday_and_date(day)}, is an estimate; check it"
        for day, name in times.provisional
    ]
    return lines


def _sending(one: Sending, today: date | None) -> str:
    if today is not None and one.by < today:
        return f"Too late {_WAYS[one.way]}; {weekday_and_date(one.by)} was the last day"
    before = f", before {one.before} there" if one.before else ""
    address = f", to {one.address}" if one.address else ""
    return f"Send {_WAYS[one.way]} by {weekday_and_date(one.by)}{before}{address}"
