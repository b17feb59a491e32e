"""What changed prices come to over the term, counted from the day they change."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import pytest
from drafting import compose, library_of, template_file

from slacontracts.checks.facts import Facts
from slacontracts.compare.impact import impact

# 36 months from 1 December 2026, at EUR 1,000 a month: EUR 36,000.
TERM = """\
effective: {on: 2026-12-01}
term: {initial: P36M}
"""
WEB = 'services: [{key: web, name: Web, price: {amount: "%s", currency: EUR}}%s]\n'
SETUP = ', {key: setup, name: Set-up, price: {model: one-off, amount: "500.00", currency: EUR}}'
BASE = TERM + WEB % ("1000.00", "")
DEARER = TERM + WEB % ("1200.00", "")
OVER = "over the initial term the known prices come to EUR"
WAS = "instead of EUR 36,000.00"
LIBRARY = template_file("corporate/standard", "outline: []\n")


def facts(text: str) -> Facts:
    result, findings = compose(LIBRARY, text)
    assert result is not None, findings
    found, _ = library_of(LIBRARY)
    return Facts(result.numbered, found, result.composition.place)


def over_term(
    old: str, new: str, recorded: Mapping[int, date] = MappingProxyType({})
) -> list[str]:
    words = (one.words for one in impact(facts(old), facts(new), recorded))
    return [one for one in words if one.startswith("over the initial term")]


def amended(text: str, on: str) -> str:
    return f"{text}amendment: {{number: 1, effective: {{on: {on}}}}}\n"


def counted(day: str) -> str:
    return f", if what changes counts from {day}, when the amendment takes effect"


@pytest.mark.parametrize(
    ("on", "sum_", "day"),
    [
        # 12 x 1,000 + 24 x 1,200
        ("2027-12-01", "40,800.00", "1 December 2027"),
        # 36 x 1,200
        ("2026-12-01", "43,200.00", "1 December 2026"),
        # 3 15/31 x 1,000 = 3,483.87; 32 16/31 x 1,200 = 39,019.35
        ("2027-03-16", "42,503.23", "16 March 2027"),
        # 35 x 1,000 + 1 x 1,200
        ("2029-11-01", "36,200.00", "1 November 2029"),
    ],
)
def test_a_new_price_counts_from_the_day_of_its_amendment(
    on: str, sum_: str, day: str
) -> None:
    assert over_term(BASE, amended(DEARER, on)) == [
        f"{OVER} {sum_} {WAS}{counted(day)}"
    ]


def test_an_amendment_after_the_initial_term_changes_nothing_of_it() -> None:
    assert over_term(BASE, amended(DEARER, "2029-12-01")) == []


def test_a_service_counts_until_it_goes_and_one_that_comes_from_then() -> None:
    backup = ', {key: backup, name: Backup, price: {amount: "100.00", currency: EUR}}'
    with_backup = TERM + WEB % ("1000.00", backup)
    on, said = "2027-12-01", counted("1 December 2027")

    comes = over_term(BASE, amended(with_backup, on))
    goes = over_term(with_backup, amended(BASE, on))

    # 36 x 1,000, and 24 x 100 once it comes, or 12 x 100 until it goes
    assert comes == [f"{OVER} 38,400.00 {WAS}{said}"]
    assert goes == [f"{OVER} 37,200.00 instead of EUR 39,600.00{said}"]


def test_what_is_paid_once_is_paid_once() -> None:
    with_setup = TERM + WEB % ("1000.00", SETUP)
    dearer = TERM + WEB % ("1200.00", SETUP)

    both = over_term(with_setup, amended(dearer, "2027-12-01"))
    gone = over_term(with_setup, amended(BASE, "2027-12-01"))

    # 12 x 1,000 + 24 x 1,200 + 500
    assert both == [
        f"{OVER} 41,300.00 instead of EUR 36,500.00{counted('1 December 2027')}"
    ]
    assert gone == []


@pytest.mark.parametrize("on", ["last-signature", "conditions-met"])
def test_an_amendment_whose_day_is_open_says_what_is_assumed(on: str) -> None:
    assert over_term(BASE, amended(DEARER, on)) == [
        f"{OVER} 43,200.00 {WAS}, if what changes counts from the first day of the "
        "term; when the amendment takes effect is not known yet"
    ]


@pytest.mark.parametrize("start", ["2026-12-01", "last-signature", "conditions-met"])
@pytest.mark.parametrize(
    ("on", "recorded"),
    [
        ("2027-12-01", {0: date(2026, 12, 1)}),
        ("last-signature", {0: date(2026, 12, 1), 1: date(2027, 12, 1)}),
        ("conditions-met", {0: date(2026, 12, 1), 1: date(2027, 12, 1)}),
    ],
)
def test_a_day_that_the_text_leaves_open_is_that_of_the_register(
    start: str, on: str, recorded: dict[int, date]
) -> None:
    old, new = (one.replace("2026-12-01", start) for one in (BASE, DEARER))

    assert over_term(old, amended(new, on), recorded) == [
        f"{OVER} 40,800.00 {WAS}{counted('1 December 2027')}"
    ]


def test_between_two_drafts_a_price_counts_from_the_first_day() -> None:
    assert over_term(BASE, DEARER) == [f"{OVER} 43,200.00 {WAS}"]
