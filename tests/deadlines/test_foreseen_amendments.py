"""What an agreement will come to by amendments that take effect later."""

from datetime import timedelta

import pytest
from lives import HOSTING, amended, day, facts, life, notice_to_end, signed

from slacontracts.deadlines.case import case_of
from slacontracts.deadlines.deadline import DeadlineKind
from slacontracts.deadlines.due import due
from slacontracts.deadlines.facts import dump_facts, facts_for_list
from slacontracts.deadlines.renewals import notice_by
from slacontracts.deadlines.states import NON_RENEWAL, State, standing
from slacontracts.deadlines.terminating import consequences_of
from slacontracts.errors import ChecksFailedError
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life, SignedText

TODAY = day("2026-11-23")


def amendment(text: str, effective: str, number: int = 1) -> SignedText:
    header = f"amendment: {{number: {number}, effective: {{on: {effective}}}}}\n"
    name = f"amendment-{number}"
    return signed(amended(text + header), "2026-11-21", effective, name)


def changed(
    old: str, new: str, effective: str = "2027-03-01", text: str = HOSTING
) -> Life:
    """Return an agreement in which an amendment replaces words on a later day."""
    assert old in text
    return life(signed(facts(text)), amendment(text.replace(old, new), effective))


TERM = "{initial: P36M, renewal: automatic, renewal_period: P12M, notice: P90D}"
SHORTER = changed("P36M", "P24M")
SHORTER_WITH_LONGER_NOTICE = changed(
    TERM, "{initial: P24M, renewal: automatic, renewal_period: P12M, notice: P180D}"
)


@pytest.mark.parametrize(
    ("lived", "ends", "notice"),
    [
        pytest.param(
            SHORTER_WITH_LONGER_NOTICE, "2028-11-30", "2028-06-02", id="both"
        ),
        pytest.param(SHORTER, "2028-11-30", "2028-09-01", id="a shorter term"),
        pytest.param(changed("P36M", "P48M"), "2030-11-30", "2030-08-30", id="longer"),
        pytest.param(
            changed("P36M", "P48M", "2029-11-30"), "2030-11-30", "2030-08-30",
            id="from the last day of the term",
        ),
        pytest.param(
            changed("P36M", "P48M", "2029-12-01"), "2029-11-30", "2029-08-31",
            id="from the day after it",
        ),
        pytest.param(
            changed("automatic", "none"), "2029-11-30", None, id="no renewal any more"
        ),
        pytest.param(
            changed(TERM, "{initial: P12M, renewal: none}", "2028-03-01"),
            "2028-02-29", None, id="shortened to a day before it takes effect",
        ),
        pytest.param(
            changed("P90D", "P180D", "2029-09-10"), "2029-11-30", "2029-08-31",
            id="a longer notice once it is too late for it",
        ),
    ],
)  # fmt: skip
def test_the_end_and_the_notice_are_those_that_the_amendments_bring(
    lived: Life, ends: str, notice: str | None
) -> None:
    case = case_of(lived, TODAY)

    assert str(case.standing.ends) == ends
    assert notice_by(case) == (day(notice) if notice else None)
    assert case.standing.facts == lived.signed[0].facts


def test_several_amendments_count_one_after_the_other() -> None:
    second = HOSTING.replace("P36M", "P24M").replace("P90D", "P30D")
    lived = life(
        *SHORTER.signed,
        amendment(second, "2028-01-01", 2),
    )

    case = case_of(lived, TODAY)

    assert case.standing.ends == day("2028-11-30")
    assert notice_by(case) == day("2028-10-31")


def test_a_list_of_few_facts_foresees_the_same_days() -> None:
    lived = life(
        *(
            signed(
                KeyFacts.model_validate(facts_for_list(dump_facts(one.facts))),
                effective=str(one.effective) if one.effective else None,
                as_=one.as_,
            )
            for one in SHORTER_WITH_LONGER_NOTICE.signed
        )
    )

    case = case_of(lived, TODAY)

    assert case.standing.ends == day("2028-11-30")
    assert notice_by(case) == day("2028-06-02")


@pytest.mark.parametrize("effective", ["2027-03-01", "2028-12-01"])
def test_an_amendment_that_takes_effect_comes_due(effective: str) -> None:
    found = [
        one
        for one in due(changed("P36M", "P48M", effective), TODAY)
        if one.kind is DeadlineKind.AMENDMENT
    ]

    assert [(one.key, str(one.on)) for one in found] == [("amendment-1", effective)]
    assert found[0].says.startswith("amendment 1 takes effect on 1 ")


def test_an_amendment_in_effect_or_after_the_end_does_not_come_due() -> None:
    ended = notice_to_end("2027-01-31", "2026-11-22")
    after_end = life(*SHORTER.signed, terminations=(ended,))

    for lived, today in ((SHORTER, day("2027-03-02")), (after_end, TODAY)):
        assert DeadlineKind.AMENDMENT not in {one.kind for one in due(lived, today)}


def test_an_amendment_that_waits_counts_once_it_is_in_effect() -> None:
    waits = HOSTING.replace("P36M", "P24M") + (
        "amendment: {number: 1, effective: conditions-met, "
        "conditions: [{key: permit, says: a permit, due: 2027-05-01}]}\n"
    )
    texts = (signed(facts()), signed(amended(waits), "2026-11-21", as_="amendment-1"))
    met = life(*texts, conditions_met={"amendment-1/permit": TODAY})

    assert standing(life(*texts), TODAY).ends == day("2029-11-30")
    assert standing(met, TODAY).ends == day("2028-11-30")


def test_the_state_on_a_day_follows_from_what_is_in_force_on_it() -> None:
    shortened = changed(TERM, "{initial: P12M, renewal: none}", "2028-03-01")

    states = [standing(shortened, day(at)).state for at in ("2028-02-29", "2028-03-01")]

    assert states == [State.IN_FORCE, State.EXPIRED]


REVIEWED = HOSTING + "review: {every: P12M, next: 2027-06-01}\n"


@pytest.mark.parametrize(
    ("new", "effective", "expected"),
    [
        pytest.param("{every: P3M, next: 2027-04-01}", "2027-03-01", "2027-04-01", id="sooner"),
        pytest.param("{every: P3M, next: 2027-04-01}", "2027-05-01", "2027-07-01", id="its next"),
        pytest.param("{every: P3M, next: 2027-04-01}", "2027-06-02", "2027-06-01", id="after"),
        pytest.param("{every: P12M, next: 2027-09-01}", "2027-05-01", "2027-09-01", id="later"),
    ],
)  # fmt: skip
def test_the_next_review_is_one_of_its_own_day(
    new: str, effective: str, expected: str
) -> None:
    lived = changed("{every: P12M, next: 2027-06-01}", new, effective, REVIEWED)

    found = [one for one in due(lived, TODAY) if one.kind is DeadlineKind.REVIEW]

    assert [str(one.on) for one in found] == [expected]


STOPPED = """\
effective: {on: 2026-12-01}
conditions: [{key: permit, says: a permit is given, due: 2027-04-30}]
long_stop: 2027-05-31
term: {initial: P36M}
"""


@pytest.mark.parametrize(
    ("effective", "expected"),
    [("2027-03-01", ["2027-08-31", "2027-09-30"]),
     ("2027-06-15", ["2027-04-30", "2027-05-31"])],
)  # fmt: skip
def test_conditions_and_the_long_stop_move_with_an_amendment_before_them(
    effective: str, expected: list[str]
) -> None:
    text = STOPPED.replace("04-30", "08-31").replace("05-31", "09-30")
    lived = life(signed(facts(STOPPED)), amendment(text, effective))

    found = due(lived, TODAY)

    kinds = (DeadlineKind.CONDITION, DeadlineKind.LONG_STOP)
    assert [str(one.on) for one in found if one.kind in kinds] == expected


LEAVING = (
    HOSTING
    + """\
grounds: [{key: convenience, notice: P90D}]
duties:
  - {key: exit-plan, says: give the exit plan, after: start, days: "120"}
  - {key: data, says: fetch the data, days: "30"}
survivals: [{key: secrecy, says: Confidentiality, lasts: P1Y}]
"""
)
LEAVING_LATER = (
    LEAVING.replace('"120"', '"180"')
    .replace('"30"', '"60"')
    .replace("P1Y", "P5Y")
    .replace("notice: P90D}]", "notice: P180D}]")
)
LEFT = life(signed(facts(LEAVING)), amendment(LEAVING_LATER, "2027-03-01"))


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2027-02-28", ["2027-03-30", "2028-02-28"]),
     ("2027-03-01", ["2027-04-30", "2032-03-01"])],
)  # fmt: skip
def test_duties_and_survivals_are_those_of_the_last_day(
    on: str, expected: list[str]
) -> None:
    notice = notice_to_end(on, "2026-11-22")
    ended = life(*LEFT.signed, terminations=(notice,))

    found = [one for one in due(ended, TODAY) if one.key in ("data", "secrecy")]
    follows = consequences_of(LEFT, notice)

    assert [str(one.on) for one in found] == expected
    assert [str(one.on) for one in follows.duties] == expected


def test_the_exit_plan_is_due_as_the_agreement_says_by_then() -> None:
    plan = next(one for one in due(LEFT, TODAY) if one.key == "exit-plan")

    assert plan.on == day("2027-05-30")


@pytest.mark.parametrize(
    ("received", "earliest"),
    [
        pytest.param("2026-11-24", "2027-02-22", id="before the amendment"),
        pytest.param("2027-01-01", "2027-06-30", id="it would end under it"),
    ],
)
def test_the_first_day_for_an_end_counts_what_is_in_effect_on_it(
    received: str, earliest: str
) -> None:
    found = consequences_of(LEFT, notice_to_end(earliest, received, "convenience"))

    assert found.earliest == day(earliest)
    too_early = str(found.earliest - timedelta(days=1))
    with pytest.raises(ChecksFailedError, match="is too early for an end"):
        consequences_of(LEFT, notice_to_end(too_early, received, "convenience"))


def test_a_renewal_is_prevented_at_the_end_that_the_amendments_bring() -> None:
    found = consequences_of(
        SHORTER, notice_to_end("2028-11-30", "2026-11-23", NON_RENEWAL)
    )

    assert found.earliest == day("2028-11-30")
    longer = changed("P36M", "P48M")
    with pytest.raises(ChecksFailedError, match="on 30 November 2030 at the earliest"):
        consequences_of(longer, notice_to_end("2029-11-30", "2026-11-23", NON_RENEWAL))
