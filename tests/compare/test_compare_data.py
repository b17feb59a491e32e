"""Values of the data that differ: their addresses, and how they read."""

import pytest
from drafting import clause_files, compose, template_file

from slacontracts.compare.data import compare_data
from slacontracts.compose.digest import wording_digest
from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import ValueRule

FILES = {
    **clause_files(
        "credits",
        "1. {{ credits.cap_percent | percent }} {{ credits.claim_days | days }} {{ credits.months }}"
        "{% if credits.sole_remedy %} only{% endif %}\n",
        meta="""\
        values:
          /credits/cap_percent: {type: percent}
          /credits/claim_days: {type: integer, unit: day}
          /credits/months: {type: integer, unit: month}
          /credits/sole_remedy: {type: yes-no}
        """,
    ),
    **template_file("corporate/standard", "outline:\n  - {add: credits}\n"),
}
BASE = """\
credits: {cap_percent: "25", claim_days: "30", months: "1", sole_remedy: "yes"}
effective: {on: 2026-12-01}
term: {initial: P36M, notice: P90D}
services:
  - key: hosting
    name: Hosting
    targets:
      - {key: availability, metric: availability, target: "99.9", unit: percent}
      - {key: response, metric: response-time, target: PT4H}
      - {key: speed, metric: percentile, target: "200", unit: milliseconds}
    credits: {tiers: [{below: "99.9", credit: "10"}, {below: "99.0", credit: "25"}]}
    price: {amount: "4500.00", currency: EUR}
  - {key: mail, name: Mail}
"""


def agreement(text: str) -> tuple[Agreement, dict[str, ValueRule]]:
    result, findings = compose(FILES, text)
    assert result is not None, findings
    rules = {
        "/credits/cap_percent": ValueRule(type="percent"),
        "/credits/claim_days": ValueRule(type="integer", unit="day"),
        "/credits/months": ValueRule(type="integer", unit="month"),
    }
    return result.composition.agreement, rules


def changes(old: str, new: str) -> list[tuple[str, str, str]]:
    (before, rules), (after, _) = agreement(old), agreement(new)
    found = compare_data(before, after, rules)
    return [(one.path, one.old, one.new) for one in found]


@pytest.mark.parametrize(
    ("typed", "instead", "expected"),
    [
        ('cap_percent: "25"', 'cap_percent: "40"', ("/credits/cap_percent", "25%", "40%")),
        ('claim_days: "30"', 'claim_days: "45"', ("/credits/claim_days", "30 days", "45 days")),
        ('months: "1"', 'months: "2"', ("/credits/months", "1 month", "2 months")),
        ('sole_remedy: "yes"', 'sole_remedy: "no"', ("/credits/sole_remedy", "yes", "no")),
        ("2026-12-01", "2027-01-01", ("/effective/on", "1 December 2026", "1 January 2027")),
        ("P36M", "P24M", ("/term/initial", "36 months", "24 months")),
        (
            '"99.9", unit',
            '"99.95", unit',
            ("/services/hosting/targets/availability/target", "99.9%", "99.95%"),
        ),
        ('"99.9", unit', '"99.90", unit', ("/services/hosting/targets/availability/target", "99.9%", "99.90%")),
        ("PT4H", "PT8H", ("/services/hosting/targets/response/target", "4 hours", "8 hours")),
        (
            '"200", unit',
            '"250", unit',
            ("/services/hosting/targets/speed/target", "200 milliseconds", "250 milliseconds"),
        ),
        ('credit: "10"', 'credit: "15"', ("/services/hosting/credits/tiers/0/credit", "10%", "15%")),
        (
            '"4500.00"',
            '"4250.00"',
            ("/services/hosting/price/amount", "EUR 4,500.00", "EUR 4,250.00"),
        ),
        ("name: Mail", "name: Post", ("/services/mail/name", "Mail", "Post")),
        ("term: {initial: P36M, notice: P90D}", "term: {initial: P36M}", ("/term/notice", "90 days", "")),
    ],
)  # fmt: skip
def test_a_value_that_differs(
    typed: str, instead: str, expected: tuple[str, str, str]
) -> None:
    assert typed in BASE

    assert changes(BASE, BASE.replace(typed, instead)) == [expected]


def test_the_same_data_has_no_difference() -> None:
    assert changes(BASE, BASE) == []


def test_items_with_keys_are_found_wherever_they_stand() -> None:
    hosting = BASE[BASE.index("  - key: hosting") : BASE.index("  - {key: mail")]
    turned = BASE.replace(hosting, "") + hosting

    assert changes(BASE, turned) == []


def test_an_item_that_came_is_told_value_by_value() -> None:
    more = (
        BASE
        + "  - {key: backup, name: Backup, price: {amount: '10.00', currency: EUR}}\n"
    )

    found = changes(BASE, more)

    assert ("/services/backup/name", "", "Backup") in found
    assert ("/services/backup/price/amount", "", "EUR 10.00") in found
    assert changes(more, BASE) == [(path, new, old) for path, old, new in found]


def test_an_item_without_a_key_that_went() -> None:
    less = BASE.replace('{below: "99.9", credit: "10"}, ', "")

    assert changes(BASE, less) == [
        ("/services/hosting/credits/tiers/0/below", "99.9%", ""),
        ("/services/hosting/credits/tiers/0/credit", "10%", ""),
    ]


def test_amendment_library_and_approvals_are_told_elsewhere() -> None:
    more = BASE + "amendment: {number: '1', reason: prices}\n"

    assert changes(BASE, more) == []


def test_of_negotiated_wording_the_digest_is_told() -> None:
    one, other = (
        f"{BASE}clauses: {{credits: {{text: {{en: {words}}}}}}}\n"
        for words in ("Credits end.", "Credits go on.")
    )

    (change,) = changes(one, other)

    assert change == (
        "/clauses/credits/text/en",
        f"wording {wording_digest({'en': 'Credits end.'})}",
        f"wording {wording_digest({'en': 'Credits go on.'})}",
    )


def test_of_two_differences_the_first_in_the_data_stands_first() -> None:
    new = BASE.replace("name: Mail", "name: Post").replace("P36M", "P24M")

    assert [path for path, _, _ in changes(BASE, new)] == [
        "/term/initial",
        "/services/mail/name",
    ]
