"""Key facts: of a composed agreement, as plain data, and of a file that a person wrote."""

import json
from dataclasses import replace

import pytest
from lives import HOSTING, PARTIES, day, life, signed
from sample_documents import SAMPLES, sample

from slacontracts.deadlines.case import case_of
from slacontracts.deadlines.due import due
from slacontracts.deadlines.facts import GROUNDS, dump_facts, facts_for_list, facts_of
from slacontracts.deadlines.facts_file import read_facts
from slacontracts.deadlines.renewals import notice_by
from slacontracts.model.amounts import read_duration
from slacontracts.model.key_facts import KeyFacts, NoticeRules


@pytest.mark.parametrize("name", SAMPLES)
def test_facts_read_from_what_was_written_are_the_same(name: str) -> None:
    facts = facts_of(sample(name))

    written = json.loads(json.dumps(dump_facts(facts)))

    assert KeyFacts.model_validate(written) == facts


def test_facts_are_written_as_text_lists_and_mappings() -> None:
    def scalars(value: object) -> set[type]:
        if isinstance(value, dict):
            return set().union(*map(scalars, value.values()))
        if isinstance(value, list):
            return set().union(*map(scalars, value))
        return {type(value)}

    assert scalars(dump_facts(facts_of(sample("SLA-2026-0001")))) == {str}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_list_needs_few_facts_and_says_the_same(name: str) -> None:
    facts = facts_of(sample(name))
    few = KeyFacts.model_validate(facts_for_list(dump_facts(facts)))

    for today in map(day, ("2026-11-23", "2027-06-01", "2029-12-15", "2033-01-01")):
        cases = [case_of(life(signed(stated)), today) for stated in (facts, few)]
        assert len({(case.standing.state, case.standing.ends) for case in cases}) == 1
        assert notice_by(cases[0]) == notice_by(cases[1])


def test_no_way_of_giving_notice_stays_no_way() -> None:
    facts = KeyFacts(title="A", parties={}, notices_rules=NoticeRules(ways=()))

    assert KeyFacts.model_validate(dump_facts(facts)) == facts


def test_the_facts_of_an_agreement_are_what_it_says() -> None:
    facts = facts_of(sample("SLA-2026-0001"))

    assert facts.title == "Managed Hosting Service Level Agreement"
    assert {role: one.country for role, one in facts.parties.items()} == {
        "provider": "IE",
        "customer": "AE",
    }
    assert facts.services["web-hosting"] == "Web Hosting"
    assert facts.notices_rules == NoticeRules(
        courier_days=2, opens="09:00", closes="17:00"
    )
    assert [str(one.until) for one in facts.authorities] == ["2027-12-31", "2027-03-02"]
    assert {one.key: one.cure_days for one in facts.grounds}["breach"] == 30
    assert "convenience" not in {one.key for one in facts.grounds}
    assert {one.key: (one.after, one.days) for one in facts.duties} == {
        "exit-plan": ("start", 90),
        "exit-help": ("end", 90),
        "fetch-data": ("end", 30),
        "delete-data": ("end", 60),
    }
    lasts = {one.key: one.lasts for one in facts.survivals}
    assert lasts["confidentiality"] == read_duration("P5Y")
    assert lasts["governing-law"] is None


def test_what_was_signed_is_taken_as_it_is_however_odd() -> None:
    odd = {
        "notices_rules": {"courier_days": 10**9, "opens": "at dawn", "closes": "5 pm"},
        "exit": {"data_days": 10**9},
        "termination": {"remedy_days": 10**9},
        "confidentiality": {"years": 10**9},
    }
    document = sample("SLA-2026-0001")
    agreement = document.document.agreement.model_copy(update={"values": odd})

    facts = facts_of(
        replace(document, document=replace(document.document, agreement=agreement))
    )

    assert KeyFacts.model_validate(dump_facts(facts)) == facts
    assert due(life(signed(facts)), day("2029-08-01"))


@pytest.mark.parametrize("name", ["SLA-2026-0001", "SLA-2026-0002"])
def test_every_ground_is_one_that_a_mistyped_one_is_compared_with(name: str) -> None:
    keys = {one.key for one in facts_of(sample(name)).grounds}

    assert {"breach", "insolvency"} <= keys <= set(GROUNDS)


def test_an_operational_level_agreement_has_neither_notices_nor_grounds() -> None:
    facts = facts_of(sample("OLA-2026-0001"))

    assert (facts.notices_rules, facts.grounds, facts.survivals) == (None, (), ())


def test_the_least_that_paper_of_others_needs() -> None:
    facts, findings = read_facts(
        "title: Hosting of 2019\n"
        "parties: {provider: {legal_name: A}, customer: {legal_name: B}}\n"
        "effective: 2019-03-01\nterm: {initial: P60M}\n",
        "facts.yaml",
    )

    assert findings == ()
    assert facts is not None
    assert facts.parties["customer"].legal_name == "B"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param(
            "parties: {}\neffective: 2026-12-01\nterm: {}\n", 1,
            'required field "title" is missing', id="no title",
        ),
        pytest.param(
            PARTIES + "term: {}\n", 1, 'required field "effective" is missing',
            id="no start",
        ),
        pytest.param(
            PARTIES + "effective: 2026-12-01\n", 1, 'required field "term" is missing',
            id="no term",
        ),
        pytest.param(
            PARTIES + "effective: {reason: late}\nterm: {}\n", 5,
            "it is not said when the agreement takes effect; write a date, "
            "last-signature or conditions-met", id="a start that says nothing",
        ),
        pytest.param(
            PARTIES + "effective: conditions-met\nterm: {}\n", 5,
            "the agreement waits for conditions and none is named; write "
            "conditions: [{key: ..., says: ..., due: ...}]", id="no conditions",
        ),
        pytest.param(
            "title: A\nparties: {}\neffective: 2026-12-01\nterm: {}\n", 2,
            "no party is named; write at least two, by role", id="no party",
        ),
        pytest.param(
            "title: A\nparties: {customer: {country: AE}}\neffective: 2026-12-01\n"
            "term: {}\n", 2, "the customer has no name; write customer: "
            "{legal_name: ...}", id="a party without a name",
        ),
        pytest.param(
            PARTIES.replace("AE", "UK") + HOSTING, 4,
            '"UK" is not the code of a country; write two capital letters of ISO 3166, '
            "such as AE, SA or GB, or GB-SCT for a part of the country", id="country",
        ),
        pytest.param(
            PARTIES + HOSTING.replace('"2"', '"36161"'), 7,
            "36161 days are more than 99 years; write fewer", id="too many days",
        ),
        pytest.param(
            PARTIES + HOSTING + "notices_rule: {}\n", 9,
            'unknown field "notices_rule"; did you mean "notices_rules"?', id="misspelt",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_of_facts_is_said(
    text: str, line: int, message: str
) -> None:
    facts, findings = read_facts(text, "facts.yaml")

    assert facts is None
    assert (findings[0].message, findings[0].origin.line) == (message, line)
