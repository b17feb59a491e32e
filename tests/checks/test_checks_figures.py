"""Figures of targets: what cannot be, warns too late, or is upside down."""

import pytest
from checking import found_in_data, paths

HOURS = (
    'hours: {office: {timezone: UTC, week: {mon-fri: ["08:00-17:00"]}}, '
    'night: {timezone: UTC, week: {mon-fri: ["18:00-24:00"]}}}\n'
    "priorities: [{key: p1, says: down}, {key: p2, says: slow}]\n"
)


def promising(*targets: str, sites: str = "") -> str:
    listed = ", ".join(f"{{{target}, hours: office}}" for target in targets)
    return f"{HOURS}services: [{{key: shop, targets: [{listed}]{sites}}}]\n"


def target(metric: str, figure: str, more: str = "") -> str:
    return f'key: {metric}, metric: {metric}, target: "{figure}"{more}'


@pytest.mark.parametrize(
    ("metric", "figure", "says"),
    [
        ("response-time", "99.9", "is a time, not 99.9"),
        ("deadline", "P0D", "allows no time at all"),
        ("availability", "PT4H", "is a rate, not a time"),
        ("availability", "999", "cannot be 999%"),
        ("availability", "0", "cannot be 0%"),
        ("error-rate", "-1", "cannot be -1%"),
        ("count-ratio", "100.1", "cannot be 100.1%"),
    ],
)
def test_a_figure_that_cannot_be_is_found(metric: str, figure: str, says: str) -> None:
    (finding,) = found_in_data("impossible-figure", promising(target(metric, figure)))

    assert finding.origin.path == f"/services/shop/targets/{metric}/target"
    assert says in finding.message


@pytest.mark.parametrize(
    ("metric", "figure", "more"),
    [
        ("response-time", "PT4H", ""),
        ("response-time", "30", ", unit: minutes"),
        ("deadline", "P1M", ""),
        ("availability", "99.9", ", unit: percent"),
        ("availability", "100", ""),
        ("error-rate", "0", ""),
        ("count-ratio", "250", ", unit: count"),
        ("percentile", "300", ", unit: milliseconds"),
    ],
)
def test_a_figure_that_can_be_is_left_alone(
    metric: str, figure: str, more: str
) -> None:
    text = promising(target(metric, figure, more))

    assert found_in_data("impossible-figure", text) == ()


def test_a_rate_in_minutes_is_found() -> None:
    text = promising(target("availability", "99.9", ", unit: minutes"))

    assert "cannot be in minutes" in found_in_data("impossible-figure", text)[0].message


def test_the_figure_of_one_site_is_looked_at_too() -> None:
    sites = ', sites: [{key: city, targets: {availability: "999"}}]'
    text = promising(target("availability", "99.9"), sites=sites)

    assert paths(found_in_data("impossible-figure", text)) == [
        "/services/shop/sites/city/targets/availability"
    ]


@pytest.mark.parametrize(
    ("metric", "figure", "warning", "is_late"),
    [
        ("availability", "99.9", "99.95", False),
        ("availability", "99.9", "99.9", False),
        ("availability", "99.9", "99.8", True),
        ("error-rate", "0.5", "0.3", False),
        ("error-rate", "0.5", "0.6", True),
        ("response-time", "PT4H", "PT3H", False),
        ("response-time", "PT4H", "PT5H", True),
    ],
)
def test_a_warning_after_the_miss_is_found(
    metric: str, figure: str, warning: str, is_late: bool
) -> None:
    text = promising(target(metric, figure, f', warn_at: "{warning}"'))

    assert len(found_in_data("late-warning", text)) == int(is_late)


def answered(key: str, metric: str, figure: str) -> str:
    priority = key.partition("-")[2]
    return f"key: {key}, metric: {metric}, priority: {priority}, target: {figure}"


@pytest.mark.parametrize(
    ("first", "then", "count"),
    [
        (("a-p1", "response-time", "PT1H"), ("a-p2", "response-time", "PT30M"), 1),
        (("a-p1", "response-time", "PT30M"), ("a-p2", "response-time", "PT1H"), 0),
        (("a-p1", "response-time", "PT1H"), ("b-p1", "resolution-time", "PT30M"), 1),
        (("a-p1", "response-time", "PT30M"), ("b-p1", "resolution-time", "PT4H"), 0),
        (("a-p1", "response-time", "PT1H"), ("b-p2", "resolution-time", "PT30M"), 0),
    ],
)
def test_the_urgent_does_not_wait_for_the_rest(
    first: tuple[str, str, str], then: tuple[str, str, str], count: int
) -> None:
    text = promising(answered(*first), answered(*then))

    assert len(found_in_data("targets-upside-down", text)) == count


def test_times_of_different_hours_are_not_compared() -> None:
    text = promising(
        answered("a-p1", "response-time", "PT1H"),
        answered("a-p2", "response-time", "PT30M"),
    ).replace("PT30M, hours: office", "PT30M, hours: night")

    assert found_in_data("targets-upside-down", text) == ()
