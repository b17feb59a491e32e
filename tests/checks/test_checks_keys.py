"""Keys: fields that name what does not exist."""

import pytest
from checking import found_in_data

from slacontracts.model.finding import Severity

SOUND = """\
parties: {provider: {legal_name: Northwind}, customer: {legal_name: Contoso}}
signatories: [{party: provider, name: A. Brennan, title: Director}]
hours: {office: {timezone: UTC, week: {mon-fri: ["08:00-17:00"]}}}
priorities: [{key: p1, says: All is down}]
contacts: [{key: desk, party: provider, purpose: Reports, hours: office}]
services:
  - key: hosting
    outcomes: [{key: shop-sells, says: shoppers can order}]
    targets:
      - key: uptime
        metric: availability
        hours: office
        outcome: shop-sells
        priority: p1
        source: {system: prometheus, party: provider}
        supported_by: [OLA-2026-0004/network]
    credits: {target: uptime}
    sites: [{key: city, hours: office, targets: {uptime: "99"}}]
"""


def test_keys_that_name_what_is_there_are_left_alone() -> None:
    assert found_in_data("unknown-key", SOUND) == ()
    assert found_in_data("unclear-support", SOUND) == ()


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ("[{party: provider, name", "/signatories/0/party"),
        ("desk, party: provider", "/contacts/desk/party"),
        ("Reports, hours: office", "/contacts/desk/hours"),
        ("        hours: office", "/services/hosting/targets/uptime/hours"),
        ("outcome: shop-sells", "/services/hosting/targets/uptime/outcome"),
        ("priority: p1", "/services/hosting/targets/uptime/priority"),
        (
            "prometheus, party: provider",
            "/services/hosting/targets/uptime/source/party",
        ),
        ("credits: {target: uptime", "/services/hosting/credits/target"),
        ("city, hours: office", "/services/hosting/sites/city/hours"),
    ],
)
def test_a_key_that_names_nothing_is_found_with_the_nearest(
    wrong: str, path: str
) -> None:
    right = wrong.partition(": ")[2] if "party: provider" not in wrong else "provider"
    key = right.strip("{ ").split(": ")[-1]
    misspelt = wrong.replace(key, f"{key}x")

    findings = found_in_data("unknown-key", SOUND.replace(wrong, misspelt))

    assert [finding.origin.path for finding in findings] == [path]
    assert findings[0].severity is Severity.ERROR
    assert f'did you mean "{key}"?' in findings[0].message


def test_a_site_with_a_target_that_the_service_lacks_is_found() -> None:
    wrong = SOUND.replace('targets: {uptime: "99"}', 'targets: {response: "99"}')

    findings = found_in_data("unknown-key", wrong)

    assert [finding.message for finding in findings] == [
        '"response" is not the key of a target of the service "hosting"; '
        "there are uptime"
    ]


def test_what_there_is_none_of_is_said_once() -> None:
    agreement = (
        "signatories: [{party: provider}, {party: customer}]\n"
        "contacts: [{key: desk, party: provider, purpose: Reports}]"
    )

    findings = found_in_data("unknown-key", agreement)

    assert [finding.message for finding in findings] == [
        '"provider" is not the key of a party; there is not yet a party to name; add it'
    ]


def test_support_that_names_no_target_of_an_agreement_is_found() -> None:
    wrong = SOUND.replace("OLA-2026-0004/network", "the network team")

    findings = found_in_data("unclear-support", wrong)

    assert [finding.origin.path for finding in findings] == [
        "/services/hosting/targets/uptime/supported_by/0"
    ]


TASKS = """\
parties: {provider: {legal_name: A}, customer: {legal_name: B}}
services: [{key: shop, responsibilities: [{task: Back up, OWNERS}]}]
"""
BOTH = "responsible: provider, accountable: provider"


@pytest.mark.parametrize(
    ("owners", "code", "count"),
    [
        (BOTH, "task-without-owner", 0),
        ("responsible: provider", "task-without-owner", 1),
        ("accountable: provider", "task-without-owner", 1),
        (f'{BOTH}, informed: "customer, provider"', "unknown-key", 0),
        (f"{BOTH}, informed: custumer", "unknown-key", 1),
        (f"{BOTH}, informed: the works council", "unknown-key", 0),
    ],
)
def test_every_task_belongs_to_parties(owners: str, code: str, count: int) -> None:
    assert len(found_in_data(code, TASKS.replace("OWNERS", owners))) == count


@pytest.mark.parametrize(
    ("owner", "count"), [("customer", 0), ("custumer", 1), ("the city council", 0)]
)
def test_a_condition_is_owned_by_a_party_or_by_somebody_named_in_words(
    owner: str, count: int
) -> None:
    text = TASKS.replace("OWNERS", BOTH)
    text += f"conditions: [{{key: audit, says: Done, owner: {owner}}}]\n"

    assert len(found_in_data("unknown-key", text)) == count
