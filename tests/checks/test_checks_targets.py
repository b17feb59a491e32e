"""Targets: what cannot be measured, belongs to no service, or to several."""

import pytest
from checking import EMPTY, found, found_in_data, paper, paths
from drafting import clause_files, template_file

from slacontracts.model.finding import Severity

HOURS = 'hours: {office: {timezone: UTC, week: {mon-fri: ["08:00-17:00"]}}}\n'
WHOLE = (
    'key: availability, metric: availability, target: "99.9", window: calendar-month, '
    "hours: office, outcome: sells, source: {system: probes, party: provider}"
)
AT = "/services/shop/targets/availability"


def service(*targets: str, key: str = "shop", more: str = "") -> str:
    listed = ", ".join(f"{{{target}}}" for target in targets)
    return f"{{key: {key}, targets: [{listed}]{more}}}"


def agreement(*services: str, more: str = "") -> str:
    return f"{HOURS}{more}\nservices: [{', '.join(services)}]\n"


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        (', target: "99.9"', "", "a figure (target)"),
        (", window: calendar-month", "", "a period (window)"),
        (", hours: office", "", "service hours (hours)"),
        (", source: {system: probes, party: provider}", "", "a source that measures"),
        ("metric: availability", "metric: percentile", "the percentile that is meant"),
        ("metric: availability", "metric: deadline", "the event from which it runs"),
        ("metric: availability", "metric: response-time", "the priority of the"),
    ],
)
def test_a_target_that_cannot_be_measured_is_found(
    old: str, new: str, names: str
) -> None:
    priorities = "priorities: [{key: p1, says: all is down}]"
    text = agreement(service(WHOLE.replace(old, new)), more=priorities)

    (finding,) = found_in_data("unmeasurable-target", text)

    assert finding.origin.path == AT
    assert names in finding.message


@pytest.mark.parametrize(
    "target",
    [
        WHOLE,
        WHOLE.replace("metric: availability", "metric: response-time, priority: p1"),
        WHOLE.replace("window: calendar-month, ", "").replace(
            "metric: availability", "metric: deadline, after: the request"
        ),
        WHOLE.replace("metric: availability", 'metric: percentile, percentile: "95.0"'),
    ],
    ids=["availability", "response", "deadline", "percentile"],
)
def test_a_target_that_can_be_measured_is_left_alone(target: str) -> None:
    assert found_in_data("unmeasurable-target", agreement(service(target))) == ()


def test_a_service_without_a_target_is_found() -> None:
    text = agreement(service(WHOLE), service(key="database"))

    assert paths(found_in_data("service-without-target", text)) == [
        "/services/database"
    ]
    assert found_in_data("service-without-target", agreement(service(WHOLE))) == ()


def test_one_target_for_two_services_is_found() -> None:
    text = agreement(service(WHOLE), service(WHOLE, key="database"))

    (finding,) = found_in_data("catch-all-target", text)

    assert finding.origin.path == "/services/database/targets/availability"
    assert 'one target for "shop" and "database"' in finding.message


def test_one_target_for_many_services_is_found_once_with_each_after_the_first() -> None:
    keys = [f"shop-{number}" for number in range(1, 6)]
    text = agreement(*(service(WHOLE, key=key) for key in keys))

    found = found_in_data("catch-all-target", text)

    assert paths(found) == [f"/services/{key}/targets/availability" for key in keys[1:]]
    assert all('one target for "shop-1" and' in one.message for one in found)


def test_a_target_for_all_services_is_found_by_its_title() -> None:
    text = agreement(
        service(WHOLE + ", title: Availability of all services"), service(key="other")
    )

    assert paths(found_in_data("catch-all-target", text)) == [AT]


def test_equal_promises_for_outcomes_of_their_own_are_left_alone() -> None:
    other = WHOLE.replace("outcome: sells", "outcome: stock")
    response = WHOLE.replace("metric: availability", "metric: response-time").replace(
        '"99.9"', "PT1H"
    )

    for pair in ((WHOLE, other), (response, response)):
        text = agreement(service(pair[0]), service(pair[1], key="database"))
        assert found_in_data("catch-all-target", text) == ()


def test_promises_that_rest_on_nothing_are_listed_by_service() -> None:
    resting = WHOLE.replace("key: availability", "key: errors")
    resting += ", supported_by: [OLA-2026-0001/network]"

    (finding,) = found_in_data("target-unsupported", agreement(service(WHOLE, resting)))

    assert finding.origin.path == AT
    assert "promises availability without" in finding.message
    assert found_in_data("target-unsupported", agreement(service(resting))) == ()


def test_a_first_agreement_that_rests_on_none_is_told_so_once() -> None:
    mail = service(WHOLE.replace("outcome: sells", "outcome: writes"), key="mail")

    (finding,) = found_in_data("target-unsupported", agreement(service(WHOLE), mail))

    assert finding.origin.path == AT
    assert "no target names what it rests on" in finding.message


def test_departments_need_not_say_what_they_rest_on() -> None:
    files = paper(clause=EMPTY)
    files["templates/corporate/standard.yaml"] += "kind: ola\n"

    assert found("target-unsupported", files, agreement(service(WHOLE))) == ()


@pytest.mark.parametrize(
    ("exclusion", "code", "path"),
    [
        ("kind: scheduled-maintenance, notice: P5D", "uncapped-maintenance", ""),
        ("kind: emergency-maintenance", "uncapped-maintenance", ""),
        (
            "kind: scheduled-maintenance, cap: PT4H, notice: P7D",
            "maintenance-notice-differs",
            "/notice",
        ),
    ],
)
def test_maintenance_that_swallows_the_target_is_found(
    exclusion: str, code: str, path: str
) -> None:
    files = clause_files(
        "maintenance",
        "At least {{ maintenance.notice_days | days }} before.",
        meta="values: {/maintenance/notice_days: {type: integer, unit: day}}",
    ) | template_file("corporate/standard", "outline: [maintenance]\n")
    text = agreement(service(f"{WHOLE}, exclusions: [{{{exclusion}}}]"))
    text += 'maintenance: {notice_days: "5"}\n'

    assert paths(found(code, files, text)) == [f"{AT}/exclusions/0{path}"]
    sound = text.replace(
        exclusion, "kind: scheduled-maintenance, cap: PT4H, notice: P5D"
    )
    assert found(code, files, sound) == ()


INCIDENTS = (
    "priorities: [{key: p1, says: all is down}, {key: p2, name: High, says: slow}]"
)


@pytest.mark.parametrize(("priorities", "count"), [(("p1",), 1), (("p1", "p2"), 0)])
def test_a_priority_for_which_nothing_is_promised_is_told(
    priorities: tuple[str, ...], count: int
) -> None:
    targets = (
        f"key: r-{p}, metric: response-time, priority: {p}, target: PT1H"
        for p in priorities
    )

    text = agreement(service(*targets), more=INCIDENTS)

    findings = found_in_data("priority-without-target", text)
    assert [f.message[:56] for f in findings] == [
        '"shop" promises no response time for incidents of priority'[:56]
    ] * count
    assert found_in_data("priority-without-target", agreement(service(WHOLE))) == ()


@pytest.mark.parametrize("kind", ["customer", "internal", "ola", "uc"])
def test_an_agreement_about_nothing_is_found(kind: str) -> None:
    files = paper(clause=EMPTY)
    files["templates/corporate/standard.yaml"] += f"kind: {kind}\n"

    (finding,) = found("no-service", files)

    assert 'slacontracts set SLA-1 "/services/+={key: ' in finding.message
    assert finding.severity is Severity.ERROR
    assert found("no-service", files, "services: [{key: shop}]") == ()
