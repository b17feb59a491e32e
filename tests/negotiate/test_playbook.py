"""The playbook's advice, line by line, on the starter library and its sample agreements."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from drafting import SETTINGS

from slacontracts import checks
from slacontracts.checks.facts import Facts
from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.compose.wordings import Wordings
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import Library
from slacontracts.model.proposal import Edit, Proposal
from slacontracts.negotiate.case import Case, clause_words, words_of_positions
from slacontracts.negotiate.playbook import advice, approvers
from slacontracts.source.library import read_library
from slacontracts.source.write import Raw, set_override, set_value
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import Workspace

ROOT = Path(__file__).parents[2]
SOLD = "contoso-retail/SLA-2026-0001"
BOUGHT = "harbour-data-centres/UC-2026-0001"
SHARED = "westmere-insurance/SLA-2026-0005"
CAP = "/credits/cap_percent"


@cache
def library() -> Library:
    return read_library(Workspace(ROOT).library_files(), "working")[0]


@cache
def text_of(agreement: str) -> str:
    return (ROOT / f"agreements/{agreement}/agreement.yaml").read_text("utf-8")


@cache
def composed(text: str) -> Composed:
    source, _ = read_yaml(text, "agreement.yaml")
    assert source is not None
    found, findings = compose_agreement(source, library(), SETTINGS)
    assert found is not None, findings
    return found


def facts(text: str) -> Facts:
    found = composed(text)
    return Facts(found.numbered, library(), found.composition.place)


def findings(text: str) -> set[Finding]:
    found = composed(text)
    return {
        one
        for one in checks.run(found.numbered, library(), found.composition.place)
        if one.severity.value == "error"
    }


def case(agreement: str, now: str, then: str | None, *clauses: str) -> Case:
    wordings = Wordings(composed(now), library(), SETTINGS)
    before = Case(
        facts(now),
        composed(now).composition.chain,
        words_of_positions(wordings, clauses),
    )
    if then is None:
        return before
    known = {one.message for one in findings(now)}
    new = tuple(one for one in findings(then) if one.message not in known)
    return replace(before, changed=facts(then), errors=new)


def on_value(path: str, value: str, agreement: str = SOLD, **more: Any) -> list[str]:
    """Return the advice on a value that is asked for. raw: as the file has it."""
    now, raw = text_of(agreement), more.pop("raw", value)
    then = set_value(now, path, raw) if raw is not None else None
    proposal = Proposal(
        number="1", kind="value", change="value", path=path, value=value, **more
    )
    return [*advice(proposal, case(agreement, now, then))]


def on_wording(
    clause: str, override: Raw, agreement: str = SOLD, **more: Any
) -> list[str]:
    """Return the advice on a wording that is asked for, as an override puts it in."""
    now = text_of(agreement)
    then = set_override(now, clause, override) if override is not None else None
    fields = {"kind": "wording", "change": "wording", "clause": clause, **more}
    proposal = Proposal(number="1", **fields)
    return [*advice(proposal, case(agreement, now, then, clause))]


def words_of(clause: str, position: str, agreement: str = SOLD) -> str:
    now = composed(text_of(agreement))
    blocks = Wordings(now, library(), SETTINGS).of_positions(clause)[position]
    return clause_words(blocks, now.numbered)


@pytest.mark.parametrize(
    ("value", "favour", "lines"),
    [
        ("24", "Better", ["Within the preferred range (at most 25%)."]),
        (
            "35",
            "Worse",
            ["Within the fallback range (at most 40%).", "Finance must approve it."],
        ),
        (
            "45",
            "Worse",
            ["Beyond the fallback range (at most 40%).", "Finance must approve it."],
        ),
        (
            "60",
            "Worse",
            [
                "Beyond the walk-away line (more than 50%): nothing but an exception "
                "that legal records helps.",
                "Finance and legal must approve it.",
            ],
        ),
    ],
)
def test_a_value_is_weighed_against_the_ranges(
    value: str, favour: str, lines: list[str]
) -> None:
    first, *others = on_value(CAP, value)

    assert first == f"{favour} for us: credits: cap is {value}% instead of 25%."
    assert [one for one in others if not one.startswith("Breaks")] == lines


def test_a_value_that_cannot_be_put_in_is_weighed_all_the_same() -> None:
    assert on_value(CAP, "35", raw=None) == [
        "Worse for us.",
        "Within the fallback range (at most 40%).",
        "Finance must approve it.",
    ]


def test_a_value_without_a_range_is_better_or_worse_by_what_it_means() -> None:
    path = "/services/web-hosting/targets/availability/target"

    first, *others = on_value(path, "99.5")

    assert first == (
        'Better for us: Availability of "Web Hosting" is weaker: 99.5% instead of '
        "99.9%."
    )
    assert [one.partition(":")[0] for one in others] == ["Breaks a check"]


def test_where_every_value_is_to_be_approved_that_is_said() -> None:
    first, *others = on_value("/liability/minimum_cap/amount", "90000.00")

    assert first.startswith("Worse for us: liability: minimum cap is EUR 90,000.00")
    assert others == [
        "The library has no range for it, and wants every value to be approved.",
        "Legal and finance must approve it.",
    ]


@pytest.mark.parametrize("raw", ["60", None])
def test_a_value_is_understood_as_it_was_typed(raw: str | None) -> None:
    *_, last, approval = on_value("/credits/claim_days", "60 days", raw=raw)

    assert last == "Within the fallback range (at most 60 days)."
    assert approval == "Finance must approve it."


def test_where_we_buy_the_ranges_of_the_seller_do_not_bind() -> None:
    first, *others = on_value("/flow_down/cause_hours", "100", BOUGHT)

    assert first.startswith("Worse for us")
    assert others == [
        "Beyond the fallback range (at most 72 hours).",
        "Service owner must approve it.",
    ]
    assert not [one for one in on_value(CAP, "45", BOUGHT) if "range" in one]


def test_a_locked_value_is_told_with_the_level_of_the_lock() -> None:
    lines = on_value("/liability/indirect_loss_excluded", "no")

    assert (
        "Touches a lock: the corporate template “Service Level Agreement” does not let "
        "an agreement change it."
    ) in lines


def test_a_check_that_it_would_break_is_told_and_the_rest_counted() -> None:
    now = text_of(SOLD)
    proposal = Proposal(number="1", kind="value", change="value", path=CAP, value="25")
    errors = tuple(
        Finding(Severity.ERROR, "code", f"Fault {at}.", Origin("file"))
        for at in (1, 2, 2, 3, 4)
    )

    lines = advice(proposal, replace(case(SOLD, now, None), errors=errors))

    assert [one for one in lines if one.startswith("Breaks")] == [
        "Breaks a check: Fault 1.",
        "Breaks a check: Fault 2.",
        "Breaks 2 more checks.",
    ]


def test_a_wording_that_equals_a_position_is_known_again() -> None:
    equal, step, approval, walk_away, guidance = on_wording(
        "service-credits", {"position": "fallback-1"}
    )

    assert equal == (
        "Equals the position fallback-1 (when: The customer does not want to claim "
        "credits and asks that they come by themselves; approved by finance)."
    )
    assert step == "Worse for us than preferred, which stands now."
    assert approval == "Finance must approve it."
    assert walk_away == (
        "We walk away from: Credits that are a penalty instead of a price adjustment, "
        "or that have no cap."
    )
    assert guidance.startswith("Guidance: Credit = min(basis x percentage")


def test_the_words_of_a_position_are_known_where_they_are_typed() -> None:
    typed = words_of("service-credits", "fallback-1").replace('"', "”")

    first, *_ = on_wording("service-credits", None, new=typed)

    assert first.startswith("Equals the position fallback-1")


def test_one_sentence_of_a_position_is_known_again() -> None:
    words = words_of("service-credits", "fallback-1").split()
    present = words_of("service-credits", "preferred")
    own = next(
        found
        for at in range(len(words))
        if (found := " ".join(words[at : at + 8])) not in present
    )

    first, *_ = on_wording("service-credits", None, new=own)

    assert first.startswith("Its words are those of the position fallback-1")


def test_the_way_back_to_the_preferred_wording_is_better_and_needs_nobody() -> None:
    lines = on_wording("limitation-of-liability", {"position": "preferred"})

    assert lines[:2] == [
        "Equals the library's preferred wording.",
        "Better for us than fallback-1, which stands now.",
    ]
    assert not [one for one in lines if "must approve" in one]


def test_where_we_buy_a_step_up_the_ladder_of_the_seller_is_worse_for_us() -> None:
    lines = on_wording("limitation-of-liability", {"position": "fallback-1"}, BOUGHT)

    assert lines[1] == "Worse for us than fallback-2, which stands now."
    assert not [one for one in lines if "must approve" in one]


def test_wording_of_their_own_is_for_legal() -> None:
    lines = on_wording("publicity", {"text": {"en": "The Customer may say so.\n"}})

    assert lines[0] == "Legal must approve it."
    assert lines[1].startswith("We walk away from: ")


def test_a_clause_that_goes_is_approved_by_all_whom_its_positions_ask() -> None:
    edit = Edit(what="omit", clause="limitation-of-liability")

    lines = on_wording(
        "limitation-of-liability", None, change="deletion", edits=(edit,)
    )

    assert lines[:2] == [
        "The clause would be left out, with its heading.",
        "Legal and finance must approve it.",
    ]


def test_a_locked_clause_is_told_with_the_level_of_the_lock() -> None:
    lines = on_wording("governing-law", None, new="As we like it.")
    of_service = on_wording("service-credits", None, SHARED, new="As we like it.")

    assert any("Touches a lock: the corporate template" in one for one in lines)
    assert any("Touches a lock: the service template" in one for one in of_service)


def test_a_clause_of_theirs_is_for_legal() -> None:
    lines = on_wording("lunch", None, change="insertion", new="We pay for lunch.")

    assert lines == [
        "A clause that the library does not have, so it gives no advice on its "
        "wording.",
        "Legal must approve it.",
    ]


def test_a_new_clause_has_nothing_of_the_clause_before_it() -> None:
    edit = Edit(what="add", clause="service-credits", title="Bonus")
    position = words_of("service-credits", "fallback-1")

    lines = on_wording(
        "service-credits",
        {"position": "fallback-1"},
        SHARED,
        kind="insertion",
        change="insertion",
        new=f"Bonus\n{position}",
        edits=(edit,),
    )

    assert [one for one in lines if not one.startswith("Breaks")] == [
        "A clause that the library does not have, so it gives no advice on its "
        "wording.",
        "Legal must approve it.",
    ]


def test_words_that_a_lock_keeps_out_do_not_equal_what_stands_there() -> None:
    now = text_of(SOLD)
    then = set_override(now, "governing-law", {"text": {"en": "As we like it.\n"}})
    proposal = Proposal(
        number="1",
        kind="wording",
        change="wording",
        clause="governing-law",
        old="governed",
        new="ruled",
    )
    own = case(SOLD, now, then, "governing-law")

    lines = advice(proposal, own)

    assert not [one for one in lines if one.startswith("Equals")]
    assert approvers(proposal, own) == ("legal",)


def test_an_error_that_goes_with_the_other_proposals_is_told_so() -> None:
    proposal = Proposal(number="1", kind="value", change="value", path=CAP, value="25")
    lasting, passing = (
        Finding(Severity.ERROR, "code", f"Fault {at}.", Origin("file")) for at in (1, 2)
    )
    own = replace(
        case(SOLD, text_of(SOLD), None), errors=(lasting,), errors_alone=(passing,)
    )

    lines = advice(proposal, own)

    assert "Breaks a check: Fault 1." in lines
    assert "Alone it brings: Fault 2; not together with the other proposals." in lines
    assert len([one for one in lines if "Fault" in one]) == 2


@pytest.mark.parametrize("kind", ["comment", "formatting", "unplaced"])
def test_what_changes_no_words_needs_no_advice(kind: Any) -> None:
    proposal = Proposal(number="1", kind=kind, change=kind, clause="service-credits")
    own = case(SOLD, text_of(SOLD), None, "service-credits")

    assert advice(proposal, own) == approvers(proposal, own) == ()
