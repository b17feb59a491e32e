"""Two versions in; what became of targets and service hours, and for whom, out."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from slacontracts.checks.facts import Facts
from slacontracts.checks.figures import is_better_above
from slacontracts.checks.targets import name_of
from slacontracts.compare.favours import by_size, for_customer
from slacontracts.compare.plain_words import spaced
from slacontracts.compare.read_values import read_figure, read_value
from slacontracts.model.amounts import Duration
from slacontracts.model.change import Favour, Impact
from slacontracts.model.service import WEEK, HoursProfile, Service, Target

LEVELS: Final = "service levels"
HOURS: Final = "hours"
_SECONDS_OF: Final = {"minutes": 60, "hours": 3600}
_DAYS_OF_A_MONTH: Final = Decimal("30.4375")


def of_targets(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield which targets became stricter or weaker, came or went."""
    before = _targets(old)
    after = _targets(new)
    for path in dict.fromkeys((*after, *before)):
        if path not in before:
            service, target = after[path]
            words = f"{_name(service, target)} is measured now: {_goal(target)}"
            yield for_customer(LEVELS, words, "better", path)
        elif path not in after:
            service, target = before[path]
            words = f"{_name(service, target)} of {_goal(target)} is no longer promised"
            yield for_customer(LEVELS, words, "worse", path)
        elif before[path][1] != after[path][1]:
            yield from _of_target(path, *before[path], after[path][1])


def _targets(facts: Facts) -> dict[str, tuple[Service, Target]]:
    return {
        f"/services/{service.key}/targets/{target.key}": (service, target)
        for service in facts.agreement.services
        for target in service.targets
    }


def _name(service: Service, target: Target) -> str:
    said = target.title or target.metric.replace("-", " ").capitalize()
    priority = f", {target.priority.upper()}" if target.priority else ""
    return f"{said}{priority} of {name_of(service)}"


def _goal(target: Target) -> str:
    if target.target is None:
        return "no figure yet"
    return read_figure(target.target, target.unit, "en")


def _of_target(
    path: str, service: Service, old: Target, new: Target
) -> Iterator[Impact]:
    name = _name(service, new)
    if old.target != new.target or old.unit != new.unit:
        favour = _of_figure(old, new)
        said = {"better": "stricter", "worse": "weaker", "neutral": "different"}[favour]
        words = f"{name} is {said}: {_goal(new)} instead of {_goal(old)}"
        yield for_customer(LEVELS, words, favour, f"{path}/target")
    if old.percentile != new.percentile:
        shares = old.percentile or Decimal(100), new.percentile or Decimal(100)
        words = f"{name} holds in {shares[1]}% of all cases instead of {shares[0]}%"
        yield for_customer(LEVELS, words, by_size(*shares), f"{path}/percentile")
    if old.window != new.window:
        words = (
            f"{name} is measured over a {_spaced(new.window)} instead of a "
            f"{_spaced(old.window)}"
        )
        yield Impact(LEVELS, words, path=f"{path}/window")
    if old.exclusions != new.exclusions:
        yield _of_exclusions(name, f"{path}/exclusions", old, new)


def _spaced(word: str | None) -> str:
    return spaced(word or "period that is not stated")


def _of_figure(old: Target, new: Target) -> Favour:
    """Tell whether a figure is better for the customer."""
    if old.target is None or new.target is None or old.metric != new.metric:
        return "neutral"
    figures = _comparable(old), _comparable(new)
    if figures[0] is None or figures[1] is None:
        return "neutral"
    is_rate = is_better_above(old)
    if is_rate != is_better_above(new):
        return "neutral"
    return by_size(*figures, more_is="better" if is_rate else "worse")


def _comparable(target: Target) -> Decimal | None:
    figure = target.target
    if isinstance(figure, Duration):
        return seconds_of(figure)
    factor = _SECONDS_OF.get(target.unit or "")
    return figure * factor if figure is not None and factor else figure


def seconds_of(span: Duration) -> Decimal:
    """Return a span in seconds, a month as the twelfth part of a year."""
    return span.total_seconds + span.total_months * _DAYS_OF_A_MONTH * 86_400


def _of_exclusions(name: str, path: str, old: Target, new: Target) -> Impact:
    was, now = ({one.kind: one for one in side.exclusions} for side in (old, new))
    more = [kind for kind in now if kind not in was]
    less = [kind for kind in was if kind not in now]
    said = [f"{_spaced(kind)} no longer counts" for kind in more]
    said += [f"{_spaced(kind)} counts now" for kind in less]
    favours: set[Favour] = set()
    if more:
        favours.add("worse")
    if less:
        favours.add("better")
    for kind in (kind for kind in now if kind in was):
        caps = was[kind].cap, now[kind].cap
        if caps[0] != caps[1]:
            limits = [
                "without limit"
                if cap is None
                else f"up to {read_value(cap, None, 'en')}"
                for cap in caps
            ]
            said.append(
                f"{_spaced(kind)} is left out {limits[1]} instead of {limits[0]}"
            )
            favours.add(by_size(*map(_cap, caps), more_is="worse"))
    favour = favours.pop() if len(favours) == 1 else "neutral"
    words = f"{name}: {'; '.join(said) or 'the notice of what is left out differs'}"
    return for_customer(LEVELS, words, favour, path)


def _cap(cap: Duration | None) -> Decimal:
    return Decimal("Infinity") if cap is None else seconds_of(cap)


def of_hours(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield which service hours became longer or shorter, and where others apply."""
    before, after = old.agreement.hours, new.agreement.hours
    for key in (key for key in after if key in before):
        was, now = (weekly_minutes(side[key]) for side in (before, after))
        path = f"/hours/{key}"
        if was != now:
            said = f"are {_hours(now)} a week instead of {_hours(was)}"
            words = f"the service hours {_hours_name(key, after)} {said}"
            yield for_customer(HOURS, words, by_size(was, now), f"{path}/week")
        elif before[key].week != after[key].week:
            words = f"the service hours {_hours_name(key, after)} lie otherwise"
            yield Impact(HOURS, words, path=f"{path}/week")
        days = [len({day.on for day in side[key].holidays}) for side in (before, after)]
        if days[0] != days[1]:
            words = (
                f"the service hours {_hours_name(key, after)} leave out {days[1]} "
                f"{'holiday' if days[1] == 1 else 'holidays'} instead of {days[0]}"
            )
            favour = by_size(*days, more_is="worse")
            yield for_customer(HOURS, words, favour, f"{path}/holidays")
    yield from _of_other_hours(old, new)


def _of_other_hours(old: Facts, new: Facts) -> Iterator[Impact]:
    """Yield the targets that hold in other hours than before."""
    before, after = _targets(old), _targets(new)
    for path in (path for path in after if path in before):
        service, now = after[path]
        was = before[path][1]
        if was.hours == now.hours:
            continue
        minutes = [
            _minutes(side.hours, facts.agreement.hours)
            for side, facts in ((was, old), (now, new))
        ]
        favour: Favour = "neutral"
        if minutes[0] is not None and minutes[1] is not None:
            favour = by_size(*minutes)
        names = [
            _hours_name(side.hours, facts.agreement.hours)
            for side, facts in ((now, new), (was, old))
        ]
        words = f"{_name(service, now)} holds in the hours {names[0]}, not {names[1]}"
        yield for_customer(HOURS, words, favour, f"{path}/hours")


def _hours_name(key: str | None, hours: Mapping[str, HoursProfile]) -> str:
    if key is None:
        return "none stated"
    profile = hours.get(key)
    return f'"{(profile.name if profile else None) or key}"'


def _minutes(key: str | None, hours: Mapping[str, HoursProfile]) -> int | None:
    return weekly_minutes(hours[key]) if key in hours and key is not None else None


def weekly_minutes(profile: HoursProfile) -> int:
    """Return how many minutes of a week without holidays are service hours."""
    return sum(
        _days(days) * sum(map(_length, ranges)) for days, ranges in profile.week.items()
    )


def _days(days: str) -> int:
    first, _, last = days.partition("-")
    return (WEEK.index(last or first) - WEEK.index(first)) % len(WEEK) + 1


def _length(clock: str) -> int:
    start, end = (
        int(hour) * 60 + int(minute)
        for hour, _, minute in (side.partition(":") for side in clock.split("-"))
    )
    return end - start


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    said = f"{hours} hours" if hours != 1 else "1 hour"
    return f"{said} {rest} minutes" if rest else said
