"""Outcomes and sites: what a service is for, and where it is delivered."""

import pytest
from checking import EMPTY, found, found_in_data, paper, paths

OUTCOME = (
    "{key: sells, says: shoppers can order, owner: shop manager, measured_by: orders}"
)
TARGET = '{key: availability, metric: availability, target: "99.9", outcome: sells}'
RULE = (
    "If an outcome fails although every target is met, the parties must look for the "
    "cause."
)


def shop(outcomes: str = OUTCOME, targets: str = TARGET, more: str = "") -> str:
    return (
        f"services: [{{key: shop, outcomes: [{outcomes}], targets: [{targets}]{more}}}]"
    )


def test_a_target_without_an_outcome_is_found() -> None:
    text = shop(targets=TARGET.replace(", outcome: sells", ""))

    assert paths(found_in_data("target-without-outcome", text)) == [
        "/services/shop/targets/availability"
    ]
    assert found_in_data("target-without-outcome", shop()) == ()


def test_an_outcome_that_no_target_serves_is_told() -> None:
    other = OUTCOME.replace("sells", "fast")

    text = shop(outcomes=f"{OUTCOME}, {other}")

    assert paths(found_in_data("outcome-without-target", text)) == [
        "/services/shop/outcomes/fast"
    ]
    assert found_in_data("outcome-without-target", shop()) == ()


@pytest.mark.parametrize(
    ("old", "says"),
    [
        (", owner: shop manager", "nobody answers for it"),
        (", measured_by: orders", "nothing measures it"),
    ],
)
def test_an_outcome_that_nobody_watches_is_found(old: str, says: str) -> None:
    (finding,) = found_in_data("outcome-unobserved", shop(OUTCOME.replace(old, "")))

    assert finding.origin.path == "/services/shop/outcomes/sells"
    assert says in finding.message
    assert found_in_data("outcome-unobserved", shop()) == ()


def test_an_agreement_that_is_silent_on_red_outcomes_is_found() -> None:
    (finding,) = found_in_data("no-red-outcome-rule", shop())

    assert finding.origin.path == "/services/shop/outcomes"


@pytest.mark.parametrize(
    "wording",
    [
        RULE,
        "1. The parties must meet when:\n   1. an outcome fails although all is met.",
        "If outcomes are not reached, the parties must meet.",
    ],
)
def test_an_agreement_that_says_what_a_red_outcome_leads_to_is_left_alone(
    wording: str,
) -> None:
    assert found("no-red-outcome-rule", paper(services=wording), shop()) == ()


def test_without_outcomes_there_is_nothing_to_say_about_them() -> None:
    text = 'services: [{key: shop, targets: []}]\ntitle: "Shop"'

    assert found("no-red-outcome-rule", paper(clause=EMPTY), text) == ()


def test_a_site_without_hours_is_found() -> None:
    hours = 'hours: {office: {timezone: UTC, week: {mon-fri: ["08:00-17:00"]}}}\n'
    sites = ", sites: [{key: city, hours: office}, {key: country}]"

    findings = found_in_data("site-without-hours", hours + shop(more=sites))

    assert paths(findings) == ["/services/shop/sites/country"]


def test_sites_with_hours_of_their_own_are_left_alone() -> None:
    hours = 'hours: {office: {timezone: UTC, week: {mon-fri: ["08:00-17:00"]}}}\n'
    sites = ", sites: [{key: city, hours: office}, {key: country, hours: office}]"

    assert found_in_data("site-without-hours", hours + shop(more=sites)) == ()
