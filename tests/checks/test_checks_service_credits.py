"""Service credits: above their cap, for no miss, or owed by nobody."""

import pytest
from checking import EMPTY, found, paper, paths
from drafting import clause_files, template_file

CAP = clause_files(
    "service-credits",
    "At most {{ credits.cap_percent | percent }}.",
    meta="values: {/credits/cap_percent: {type: percent}}",
) | template_file("corporate/standard", "outline: [service-credits]\n")
AGREED = """\
credits: {cap_percent: "25"}
services:
  - key: shop
    targets:
      - {key: availability, metric: availability, target: "99.9"}
      - {key: response, metric: response-time, target: PT1H}
      - {key: errors, metric: error-rate, target: "0.5"}
    credits:
      target: availability
      tiers: [{below: "99.9", credit: "10"}, {below: "99.0", credit: "25"}]
"""
AT = "/services/shop/credits"
CODES = (
    "credit-above-cap",
    "credit-without-target",
    "credit-without-miss",
    "miss-without-credit",
    "credits-without-tiers",
    "credits-not-agreed",
)


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ('credit: "25"', 'credit: "30"', "credit-above-cap", "/tiers/1/credit"),
        ("target: availability\n", "\n", "credit-without-target", ""),
        (
            "target: availability\n",
            "target: response\n",
            "credit-without-target",
            "/target",
        ),
        (
            "target: availability\n",
            "target: errors\n",
            "credit-without-target",
            "/target",
        ),
        ('{below: "99.9"', '{below: "99.95"', "credit-without-miss", "/tiers/0/below"),
        ('{below: "99.9"', '{below: "99.5"', "miss-without-credit", "/tiers/0/below"),
    ],
)
def test_credits_that_contradict_their_target_are_found(
    old: str, new: str, code: str, path: str
) -> None:
    assert old in AGREED

    assert paths(found(code, CAP, AGREED.replace(old, new, 1))) == [AT + path]


def test_credits_without_bands_are_found() -> None:
    text = AGREED.partition("      tiers")[0]

    assert paths(found("credits-without-tiers", CAP, text)) == [AT]


def test_credits_that_no_clause_owes_are_found() -> None:
    text = AGREED.partition("\n")[2]

    assert paths(found("credits-not-agreed", paper(clause=EMPTY), text)) == [AT]


@pytest.mark.parametrize("code", CODES)
def test_sound_credits_are_left_alone(code: str) -> None:
    assert found(code, CAP, AGREED) == ()
