"""What differences mean, in plain words, and for whom."""

from dataclasses import replace

import pytest
from drafting import clause_files, compose, library_of, template_file
from impact_cases import CASES

from slacontracts.checks.facts import Facts
from slacontracts.compare.impact import impact
from slacontracts.compare.plain_words import range_said, value_name
from slacontracts.model.change import Impact
from slacontracts.model.library import Library

RULES = """\
values:
  /credits/cap_percent: {type: percent, preferred: "<= 25", approval: [finance]}
  /credits/claim_days: {type: integer, unit: day, preferred: "<= 30"}
  /credits/sole_remedy: {type: yes-no, preferred: "yes"}
  /ours/notice_days: {type: integer, unit: day, preferred: ">= 30", side: customer}
  /liability/minimum_cap: {type: money}
  /term/notice: {type: duration, preferred: ">= P30D"}
  /notes/says: {type: text}
"""
READS = (
    "1. {{ credits.cap_percent | percent }} {{ credits.claim_days | days }} {{ notes.says }}\n"
    "1. {{ liability.minimum_cap | money }} {{ ours.notice_days | days }} {{ term.notice | duration }}.\n"
    "{% if credits.sole_remedy %}\n1. Only.\n{% endif %}\n"
)
BASE = """\
effective: {on: 2026-12-01}
term: {initial: P36M, renewal: automatic, renewal_period: P12M, notice: P90D}
review: {next: 2027-11-01, triggers: [service-hours, access, availability, performance, response-time]}
credits: {cap_percent: "25", claim_days: "30", sole_remedy: "yes"}
ours: {notice_days: "30"}
liability: {minimum_cap: {amount: "75000.00", currency: EUR}}
notes: {says: nothing}
hours:
  office: {name: Office hours, timezone: Asia/Dubai, week: {mon-fri: ["08:00-17:00"]}}
  always: {timezone: Asia/Dubai, week: {mon-sun: ["00:00-24:00"]}}
services:
  - key: web
    name: Web
    targets:
      - {key: up, metric: availability, target: "99.9", unit: percent, window: calendar-month, hours: office}
      - {key: fails, metric: error-rate, target: "0.5", unit: percent, hours: office}
      - {key: answer, metric: response-time, priority: p1, target: PT4H, hours: office}
      - {key: speed, metric: percentile, target: "200", unit: milliseconds, percentile: "95", hours: office}
    credits: {target: up, tiers: [{below: "99.9", credit: "10"}, {below: "99.0", credit: "25"}]}
    price: {amount: "1000.00", currency: EUR}
"""


def library(
    text: str = READS, lock: str = "", title: str = "Service Credits"
) -> dict[str, str]:
    files = {
        **clause_files("service-credits", text, meta=RULES),
        **template_file(
            "corporate/standard", "outline:\n  - {add: service-credits}\n" + lock
        ),
    }
    file = "clauses/service-credits/clause.yaml"
    return {**files, file: files[file].replace("Service Credits", title)}


def facts(text: str = BASE, files: dict[str, str] | None = None) -> Facts:
    files = library() if files is None else files
    result, findings = compose(files, text)
    assert result is not None, findings
    found, _ = library_of(files)
    return Facts(result.numbered, found, result.composition.place)


def impacts(old: str, new: str) -> list[Impact]:
    return [*impact(facts(old), facts(new))]


def edited(typed: str, instead: str) -> str:
    assert typed in BASE
    return BASE.replace(typed, instead, 1)


def test_the_same_agreement_means_nothing() -> None:
    assert impacts(BASE, BASE) == []


def test_a_service_that_goes_takes_its_price_with_it() -> None:
    more = edited(
        "services:\n",
        'services:\n  - {key: mail, name: Mail, price: {amount: "50.00", currency: EUR}}\n',
    )

    words = [one.words for one in impacts(more, BASE)]

    assert 'the service "Mail" goes; it cost EUR 50.00 a month' in words


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "governing_law: {law: Ireland}",
            "governing_law: {law: England}",
            "the governing law is England instead of Ireland",
        ),
        (
            "governing_law: {forum: {kind: courts, where: Dublin}}",
            "governing_law: {forum: {kind: courts, where: London}}",
            "disputes are decided by the courts (where: London) instead of the courts "
            "(where: Dublin)",
        ),
        (
            "parties: {customer: {legal_name: Contoso}}",
            "parties: {customer: {legal_name: Fabrikam}}",
            "the customer is Fabrikam instead of Contoso",
        ),
        (
            "signatories: [{party: customer, name: Omar}]",
            "signatories: [{party: customer, name: Noor, rule: jointly}]",
            "for the customer, Noor (jointly) signs instead of Omar",
        ),
        (
            "parties: {customer: {legal_name: Contoso, address: A}}",
            "parties: {customer: {legal_name: Contoso, address: B}}",
            "",
        ),
    ],
)
def test_another_law_party_or_signatory_favours_nobody(
    old: str, new: str, words: str
) -> None:
    found = impacts(f"{BASE}{old}\n", f"{BASE}{new}\n")

    assert [(one.words, one.provider, one.customer) for one in found] == (
        [(words, "neutral", "neutral")] if words else []
    )


def test_a_notice_arrives_and_is_sent_on_business_days() -> None:
    files = library(READS + "1. {{ notices_rules.courier_days | number }}.\n")
    file = "clauses/service-credits/clause.yaml"
    files[file] += (
        "  /notices_rules/courier_days: {type: integer, unit: business day}\n"
    )
    more = f'{BASE}notices_rules: {{courier_days: "2"}}\n'

    (found,) = [
        one.words
        for one in impact(
            facts(more.replace("P90D", "P91D"), files), facts(more, files)
        )
        if one.path == "/term/notice" and one.subject == "dates"
    ]

    assert found == (
        "the last calendar day for a notice against renewal is 1 September 2029 instead "
        "of 31 August 2029; it must arrive by Friday 31 August 2029 where business days "
        "are Monday to Friday, by Thursday 30 August 2029 where they are Sunday to "
        "Thursday, and earlier where that is a holiday at the recipient's place; by "
        "courier, send it by Wednesday 29 August 2029 or Tuesday 28 August 2029"
    )


def test_a_notice_arrives_on_a_business_day_of_each_recipient() -> None:
    placed = (
        f"{BASE}parties: {{provider: {{country: AE}}, customer: {{country: SA}}}}\n"
    )

    changed = impacts(placed.replace("P90D", "P91D"), placed)
    found = [one.words for one in changed if one.subject == "dates"]

    assert found == [
        "the last calendar day for a notice against renewal is 1 September 2029 instead "
        "of 31 August 2029; it must arrive by Friday 31 August 2029 at the provider's "
        "place and by Thursday 30 August 2029 at the customer's place"
    ]


def test_a_day_that_fits_both_weeks_is_told_once() -> None:
    found = impacts(BASE, edited("P90D", "P94D"))

    assert (
        "the last calendar day for a notice against renewal is 28 August 2029 instead "
        "of 1 September 2029; it must arrive by Tuesday 28 August 2029, and earlier "
        "where that is a holiday at the recipient's place"
    ) in [one.words for one in found]


def test_a_day_that_only_has_another_name_has_not_moved() -> None:
    found = impacts(BASE, edited("renewal: automatic", "renewal: by-agreement"))

    assert [one.words for one in found if one.subject == "dates"] == []


def test_a_fee_and_a_band_that_rise_favour_whom_the_band_favours() -> None:
    new = edited('credit: "25"', 'credit: "20"').replace("1000.00", "2000.00")

    (found,) = [one for one in impacts(BASE, new) if one.subject == "exposure"]

    assert (found.provider, found.customer) == ("better", "worse")
    assert "EUR 400.00 instead of EUR 250.00" in found.words


def test_an_approval_that_is_recorded_is_told_as_given() -> None:
    more = edited('cap_percent: "25"', 'cap_percent: "40"')
    given = '{item: /credits/cap_percent, role: finance, by: Eoin Fahy, on: 2026-11-04, value: "40"}'

    (found,) = [
        one.words
        for one in impacts(BASE, f"{more}approvals: [{given}]\n")
        if one.subject == "approval"
    ]

    assert found.endswith("preferred is at most 25%; approved by finance")


@pytest.mark.parametrize("name", CASES)
def test_what_a_difference_means(name: str) -> None:
    typed, instead, words, provider, customer = CASES[name]

    found = impacts(BASE, edited(typed, instead))

    assert (words, provider, customer) in [
        (one.words, one.provider, one.customer) for one in found
    ]


@pytest.mark.parametrize("name", CASES)
def test_the_way_back_favours_the_other(name: str) -> None:
    typed, instead, *_ = CASES[name]
    new = edited(typed, instead)
    there, back = impacts(BASE, new), impacts(new, BASE)

    assert sorted(
        (one.subject, one.provider, one.customer)
        for one in there
        if one.subject != "approval"
    ) == sorted(
        (one.subject, one.customer, one.provider)
        for one in back
        if one.subject != "approval"
    )


def test_what_no_longer_departs_from_the_library() -> None:
    found = impacts(edited('cap_percent: "25"', 'cap_percent: "40"'), BASE)

    assert (
        "no longer departs from the library: credits: cap is 40%; preferred is at most 25%"
        in [one.words for one in found]
    )


@pytest.mark.parametrize(
    ("written", "rule", "says"),
    [
        (">= P90D", "{type: duration}", "at least 90 days"),
        ("<= PT4H", "{type: duration}", "at most 4 hours"),
        ("< 30", "{type: integer, unit: day}", "less than 30 days"),
        ("<= 25", "{type: percent}", "at most 25%"),
        ("yes", "{type: yes-no}", "yes"),
        (
            "by-agreement",
            "{type: choice, choices: [automatic, by-agreement]}",
            "by agreement",
        ),
        (">= soon", "{type: duration}", "at least soon"),
    ],
)
def test_a_range_is_said_as_its_values_are(written: str, rule: str, says: str) -> None:
    meta = f"values:\n  /a/b: {rule}\n"
    found, _ = library_of(clause_files("a", "1. {{ a.b }}\n", meta=meta))

    assert range_said(written, found.values["/a/b"]) == says


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/term/notice", "term: notice"),
        ("/credits/claim_days", "credits: claim"),
        ("/priorities/p1/escalate_after", "priorities: p1, escalate after"),
        ("/governing_law", "governing law"),
    ],
)
def test_a_value_has_a_name_in_plain_words(path: str, says: str) -> None:
    assert value_name(path) == says


def test_a_departure_with_its_fallback_and_a_locked_value_are_told_in_words() -> None:
    ranges = 'preferred: ">= P90D", fallback: ">= P60D", approval: [service-owner]'
    before, after = (
        {
            file: text.replace('preferred: ">= P30D"', ranges)
            for file, text in library(lock=lock).items()
        }
        for lock in ("", "lock: [/term/notice]\n")
    )
    old = facts(files=before)
    new = facts(edited("notice: P90D", "notice: P45D"), files=after)

    told = {one.subject: one.words for one in impact(old, new)}

    assert told["approval"] == (
        "term: notice is 45 days; preferred is at least 90 days, and the fallback is at "
        "least 60 days; service owner must approve it"
    )
    assert told["lock"] == 'term: notice is locked now, by the template "An Agreement"'


def test_another_text_of_the_library_and_a_lock() -> None:
    old = facts()
    files = library(READS.replace("Only.", "Alone."), "lock: [service-credits]\n")
    new = facts(files=files)

    assert [one.words for one in impact(old, new)] == [
        '"Service Credits" is locked now, by the template "An Agreement"'
    ]

    new.library = saved(new, "b" * 40)
    found = impact(old, new)

    assert [(one.subject, one.words, one.path) for one in found] == [
        (
            "lock",
            '"Service Credits" is locked now, by the template "An Agreement"',
            "service-credits",
        ),
        (
            "library",
            "the agreement is drafted from the library saved as bbbbbbbbbbbb instead of the one as its files stand",
            "/library",
        ),
        (
            "library",
            'the library has another text for "Service Credits"',
            "service-credits",
        ),
    ]
    assert [one.words for one in impact(new, old) if one.subject == "lock"] == [
        '"Service Credits" is no longer locked by the template "An Agreement"'
    ]


def saved(of: Facts, revision: str) -> Library:
    return replace(of.library, revision=revision)
