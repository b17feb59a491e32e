"""States of agreements as their life goes on, and what they say on a day."""

import pytest
from lives import HOSTING, amended, day, facts, life, notice_to_end, signed

from slacontracts.deadlines.in_force import effective_day, facts_in_force
from slacontracts.deadlines.states import (
    NON_RENEWAL,
    REPLACED,
    State,
    standing,
    state,
)
from slacontracts.model.amounts import read_duration
from slacontracts.model.life import Life

WAITING = """\
effective: {on: conditions-met}
conditions: [{key: audit, says: the audit is passed}, {key: permit, says: a permit is given}]
long_stop: 2027-01-31
term: {initial: P12M}
"""
STARTS_WITH_CONDITIONS_OPEN = WAITING.replace("conditions-met", "2026-12-01")
ONE_YEAR = "effective: {on: 2026-12-01}\nterm: {initial: P12M, renewal: none}\n"
TAKEN_OVER = notice_to_end("2027-12-31", "2027-12-01", REPLACED)
BOTH_MET = {"audit": day("2026-12-10"), "permit": day("2027-01-31")}


@pytest.mark.parametrize(
    ("lived", "today", "expected"),
    [
        pytest.param(
            life(missing_parties=("customer",)), "2027-06-01", State.PARTLY_SIGNED,
            id="a counterpart is missing",
        ),
        pytest.param(life(), "2026-11-30", State.SIGNED_NOT_EFFECTIVE, id="before"),
        pytest.param(life(), "2026-12-01", State.IN_FORCE, id="on the first day"),
        pytest.param(life(), "2035-06-01", State.IN_FORCE, id="renewed by itself"),
        pytest.param(
            life(signed(facts(ONE_YEAR))), "2027-11-30", State.IN_FORCE, id="last day"
        ),
        pytest.param(
            life(signed(facts(ONE_YEAR))), "2027-12-01", State.EXPIRED, id="after it"
        ),
        pytest.param(
            life(terminations=(notice_to_end("2027-06-30", "2027-01-10"),)),
            "2027-06-30", State.IN_FORCE, id="in force until the end by notice",
        ),
        pytest.param(
            life(terminations=(notice_to_end("2027-06-30", "2027-01-10"),)),
            "2027-07-01", State.TERMINATED, id="after the end by notice",
        ),
        pytest.param(
            life(terminations=(notice_to_end("2026-11-25", "2026-11-24"),)),
            "2026-11-26", State.TERMINATED, id="ended before it took effect",
        ),
        pytest.param(
            life(terminations=(notice_to_end("2026-11-25", "2026-11-24"),)),
            "2026-12-01", State.TERMINATED, id="it never takes effect then",
        ),
        pytest.param(
            life(
                signed(facts(WAITING)),
                terminations=(notice_to_end("2026-11-25", "2026-11-24"),),
            ),
            "2027-06-01", State.TERMINATED, id="ended while it waited",
        ),
        pytest.param(
            life(terminations=(notice_to_end("2029-11-30", "2029-08-01", NON_RENEWAL),)),
            "2029-12-01", State.EXPIRED, id="a renewal was prevented",
        ),
        pytest.param(
            life(
                terminations=(
                    notice_to_end("2027-06-30", "2027-01-10", service="web-hosting"),
                )
            ),
            "2028-01-01", State.IN_FORCE, id="only a service ended",
        ),
        pytest.param(
            life(terminations=(TAKEN_OVER,)), "2027-12-31", State.IN_FORCE,
            id="before another takes its place",
        ),
        pytest.param(
            life(terminations=(TAKEN_OVER,)), "2028-01-01", State.SUPERSEDED,
            id="another took its place",
        ),
        pytest.param(
            life(
                signed(facts(ONE_YEAR)),
                terminations=(notice_to_end("2028-06-30", "2027-05-01"),),
            ),
            "2028-08-01", State.EXPIRED, id="what comes first counts",
        ),
        pytest.param(
            life(signed(facts(WAITING))), "2027-01-31", State.SIGNED_NOT_EFFECTIVE,
            id="conditions open on the long stop",
        ),
        pytest.param(
            life(signed(facts(WAITING))), "2027-02-01", State.LAPSED,
            id="conditions open after the long stop",
        ),
        pytest.param(
            life(signed(facts(WAITING)), conditions_met=BOTH_MET),
            "2027-01-30", State.SIGNED_NOT_EFFECTIVE, id="before the last condition",
        ),
        pytest.param(
            life(signed(facts(WAITING)), conditions_met=BOTH_MET),
            "2027-03-01", State.IN_FORCE, id="the last condition on the long stop",
        ),
        pytest.param(
            life(
                signed(facts(WAITING)),
                conditions_met={**BOTH_MET, "permit": day("2027-02-01")},
            ),
            "2027-03-01", State.LAPSED, id="a condition met too late",
        ),
        pytest.param(
            life(signed(facts(STARTS_WITH_CONDITIONS_OPEN))), "2027-01-31",
            State.IN_FORCE, id="services wait, the agreement does not",
        ),
        pytest.param(
            life(signed(facts(STARTS_WITH_CONDITIONS_OPEN))), "2027-02-01",
            State.LAPSED, id="in force and lapsed at its long stop",
        ),
    ],
)  # fmt: skip
def test_the_state_on_a_day(lived: Life, today: str, expected: State) -> None:
    assert state(lived, day(today)) is expected


def test_of_an_agreement_without_a_signed_text_there_is_no_state() -> None:
    with pytest.raises(ValueError, match="nothing is signed of SLA-1"):
        state(Life("SLA-1", "contoso", ()), day("2027-01-01"))


LAST_SIGNATURE = "effective: last-signature\nterm: {initial: P12M}\n"


@pytest.mark.parametrize(
    ("stated", "recorded", "met", "expected"),
    [
        pytest.param(HOSTING, None, {}, "2026-12-01", id="a date"),
        pytest.param(HOSTING, "2026-12-15", {}, "2026-12-15", id="as recorded"),
        pytest.param(LAST_SIGNATURE, None, {}, "2026-11-20", id="last signature"),
        pytest.param(WAITING, None, {}, None, id="conditions open"),
        pytest.param(
            WAITING, None, {"audit": day("2026-12-10")}, None, id="one of two met"
        ),
        pytest.param(WAITING, None, BOTH_MET, "2027-01-31", id="the last condition"),
        pytest.param(
            WAITING, None, dict.fromkeys(BOTH_MET, day("2026-11-02")), "2026-11-20",
            id="met before signature",
        ),
    ],
)  # fmt: skip
def test_the_day_on_which_a_text_takes_effect(
    stated: str, recorded: str | None, met: dict[str, object], expected: str | None
) -> None:
    text = signed(facts(stated), effective=recorded)
    lived = life(text, conditions_met=met)

    assert effective_day(lived, text) == (day(expected) if expected else None)
    assert standing(lived, day("2027-01-20")).start == effective_day(lived, text)


FIRST_AMENDMENT = HOSTING.replace("P36M", "P48M") + (
    "amendment: {number: 1, effective: {on: 2027-06-01}}\n"
)
SECOND_AMENDMENT = (
    FIRST_AMENDMENT.replace("P90D", "P60D")
    .replace("number: 1", "number: 2")
    .replace("2027-06-01", "2027-03-01")
)
AMENDED = life(
    signed(facts()),
    signed(amended(FIRST_AMENDMENT), "2027-01-10", "2027-06-01", "amendment-1"),
    signed(amended(SECOND_AMENDMENT), "2027-02-10", "2027-03-01", "amendment-2"),
)


@pytest.mark.parametrize(
    ("at", "initial", "notice"),
    [
        pytest.param("2026-10-01", "P36M", "P90D", id="before it takes effect"),
        pytest.param("2027-02-28", "P36M", "P90D", id="signed, not in effect"),
        pytest.param(
            "2027-03-01", "P36M", "P60D", id="the later one took effect first"
        ),
        pytest.param("2027-06-01", "P48M", "P60D", id="both"),
    ],
)
def test_the_facts_in_force_are_those_of_the_amendments_in_effect(
    at: str, initial: str, notice: str
) -> None:
    term = facts_in_force(AMENDED, day(at)).term

    assert term is not None
    assert (term.initial, term.notice) == (
        read_duration(initial),
        read_duration(notice),
    )


def test_an_entry_of_a_list_counts_only_with_the_amendment_that_brought_it() -> None:
    breach = '{key: breach, says: a breach, cure_days: "30"}'
    moved = "{key: moved, says: the customer moves}"
    first = f"{FIRST_AMENDMENT}grounds: [{breach}, {moved}]\n"
    second = f"{SECOND_AMENDMENT}grounds: [{breach}, {moved}]\n".replace("30", "20")
    lived = life(
        signed(facts(f"{HOSTING}grounds: [{breach}]\n")),
        signed(amended(first), "2027-01-10", "2027-06-01", "amendment-1"),
        signed(amended(second), "2027-02-10", "2027-03-01", "amendment-2"),
    )

    early, late = (
        {one.key: one.cure_days for one in facts_in_force(lived, day(at)).grounds}
        for at in ("2027-03-01", "2027-06-01")
    )

    assert early == {"breach": 20}
    assert late == {"breach": 20, "moved": None}


def test_an_amendment_that_lacks_a_signature_does_not_count() -> None:
    texts = AMENDED.signed[:2]

    pending = life(*texts, missing_parties=("customer",))

    assert facts_in_force(pending, day("2028-01-01")) == texts[0].facts
    assert state(pending, day("2028-01-01")) is State.IN_FORCE


def test_a_condition_of_an_amendment_is_not_that_of_the_agreement() -> None:
    waits = WAITING + (
        "amendment: {number: 1, effective: conditions-met, "
        "conditions: [{key: permit, says: another permit is given}]}\n"
    )
    amendment = signed(amended(waits), "2027-02-10", as_="amendment-1")
    texts = (signed(facts(WAITING)), amendment)
    met = {**BOTH_MET, "amendment-1/permit": day("2027-04-01")}

    before = life(*texts, conditions_met=BOTH_MET)
    after = life(*texts, conditions_met=met)

    assert effective_day(before, amendment) is None
    assert effective_day(after, amendment) == day("2027-04-01")


@pytest.mark.parametrize(
    ("lived", "ends", "is_certain"),
    [
        pytest.param(life(), "2029-11-30", False, id="renews by itself"),
        pytest.param(life(signed(facts(ONE_YEAR))), "2027-11-30", True, id="does not"),
        pytest.param(
            life(terminations=(notice_to_end("2027-06-30", "2027-01-10"),)),
            "2027-06-30", True, id="ended by notice",
        ),
        pytest.param(life(signed(facts(WAITING))), None, False, id="not started"),
    ],
)  # fmt: skip
def test_the_last_day_as_things_stand(
    lived: Life, ends: str | None, is_certain: bool
) -> None:
    found = standing(lived, day("2027-01-20"))

    assert found.ends == (day(ends) if ends else None)
    assert (found.last is not None) is is_certain
