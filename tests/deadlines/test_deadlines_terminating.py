"""Notices that end an agreement: the first day possible, and what follows."""

import pytest
from lives import HOSTING, day, facts, life, notice_to_end, signed

from slacontracts.deadlines.states import NON_RENEWAL
from slacontracts.deadlines.terminating import consequences_of
from slacontracts.errors import ChecksFailedError, NotFoundError
from slacontracts.model.life import Life

GROUNDS = (
    HOSTING
    + """\
grounds:
  - {key: breach, cure_days: "30"}
  - {key: convenience, by: customer, notice: P180D, not_before: P12M}
  - {key: change-of-control, notice: P3M}
duties: [{key: data, says: fetch the data, owner: customer, days: "30"}]
survivals: [{key: secrecy, says: "clause 36, Confidentiality", lasts: P5Y}, {says: others}]
"""
)
LIFE = life(signed(facts(GROUNDS)))


@pytest.mark.parametrize(
    ("ground", "received", "earliest"),
    [
        pytest.param("agreed", "2027-03-01", "2027-03-01", id="agreed"),
        pytest.param("breach", "2027-03-01", "2027-04-01", id="30 days to remedy"),
        pytest.param("convenience", "2027-03-01", "2027-12-01", id="not in the first year"),
        pytest.param("convenience", "2028-01-01", "2028-06-29", id="180 days"),
        pytest.param("change-of-control", "2027-11-30", "2028-03-01", id="a short month"),
        pytest.param(NON_RENEWAL, "2029-09-01", "2029-11-30", id="in time"),
        pytest.param(NON_RENEWAL, "2029-09-02", "2030-11-30", id="a day too late"),
    ],
)  # fmt: skip
def test_the_first_day_on_which_an_agreement_may_end(
    ground: str, received: str, earliest: str
) -> None:
    found = consequences_of(LIFE, notice_to_end(earliest, received, ground))

    assert found.earliest == day(earliest)


@pytest.mark.parametrize(
    ("ground", "received", "on", "message"),
    [
        pytest.param(
            "breach", "2027-03-01", "2027-03-31",
            "31 March 2027 is too early for an end by this notice (breach: 30 days to "
            "remedy); 1 April 2027 is the first day that is possible", id="cure",
        ),
        pytest.param(
            "convenience", "2028-01-01", "2028-06-28",
            "28 June 2028 is too early for an end by this notice (convenience: a notice "
            "of 180 days, 12 months from the effective date); 29 June 2028 is the first "
            "day that is possible", id="notice",
        ),
        pytest.param(
            "agreed", "2027-03-01", "2027-02-28",
            "the notice arrived on 1 March 2027 and cannot end anything before; "
            "1 March 2027 is the first day", id="before it arrived",
        ),
        pytest.param(
            NON_RENEWAL, "2029-09-02", "2029-11-30",
            "the notice came too late for 30 November 2029: 1 September 2029 was the "
            "last day for it; 30 November 2030 is the first day on which it can end the "
            "agreement", id="a day too late",
        ),
        pytest.param(
            NON_RENEWAL, "2029-08-01", "2029-12-01",
            "1 December 2029 is not the last day of a term; a notice against renewal "
            "ends the agreement on 30 November 2029 at the earliest", id="in a term",
        ),
    ],
)  # fmt: skip
def test_a_day_that_the_agreement_does_not_allow_is_refused_with_the_first_that_it_does(
    ground: str, received: str, on: str, message: str
) -> None:
    with pytest.raises(ChecksFailedError) as refused:
        consequences_of(LIFE, notice_to_end(on, received, ground))

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("lived", "message"),
    [
        pytest.param(
            life(missing_parties=("customer",)),
            "SLA-1 is not signed by all parties, so nothing can be ended; register the "
            "signatures that are missing", id="not binding",
        ),
        pytest.param(
            life(signed(facts(HOSTING.replace("automatic", "none")))),
            "SLA-1 has ended with its term before that day; its last day was "
            "30 November 2029", id="expired",
        ),
        pytest.param(
            life(terminations=(notice_to_end("2028-06-30", "2028-01-10"),)),
            "SLA-1 has been ended by an earlier notice; its last day was 30 June 2028",
            id="ended",
        ),
    ],
)  # fmt: skip
def test_what_does_not_bind_cannot_be_ended(lived: Life, message: str) -> None:
    with pytest.raises(ChecksFailedError) as refused:
        consequences_of(lived, notice_to_end("2030-06-30", "2030-01-10"))

    assert str(refused.value) == message


def test_there_is_no_renewal_to_prevent_where_a_term_just_ends() -> None:
    lived = life(signed(facts(HOSTING.replace("automatic", "none"))))

    with pytest.raises(ChecksFailedError, match="does not renew by itself"):
        consequences_of(lived, notice_to_end("2029-11-30", "2029-01-10", NON_RENEWAL))


def test_a_later_term_may_be_ended_as_well() -> None:
    found = consequences_of(
        LIFE, notice_to_end("2030-11-30", "2029-08-01", NON_RENEWAL)
    )

    assert found.earliest == day("2029-11-30")


def test_a_notice_counts_from_the_next_business_day_of_its_recipient() -> None:
    saturday = notice_to_end("2027-04-08", "2027-03-06", "breach")

    at_once = consequences_of(LIFE, saturday)
    of_recipient = consequences_of(LIFE, saturday, to="customer")

    assert (at_once.counts_from, at_once.earliest) == (
        day("2027-03-06"),
        day("2027-04-06"),
    )
    assert (of_recipient.counts_from, of_recipient.earliest) == (
        day("2027-03-08"),
        day("2027-04-08"),
    )


def test_the_time_to_remedy_runs_from_the_notice_that_asked_for_it() -> None:
    found = consequences_of(
        LIFE,
        notice_to_end("2027-03-01", "2027-03-01", "breach"),
        remedy_asked=day("2027-01-15"),
    )

    assert found.earliest == day("2027-03-01")


def test_a_ground_that_the_agreement_does_not_know_is_told() -> None:
    found = consequences_of(LIFE, notice_to_end("2027-03-01", "2027-03-01", "moved"))

    assert found.notes == (
        'no period could be checked for the ground "moved"; those known of this '
        "agreement: non-renewal, agreed, replaced, breach, convenience, "
        "change-of-control",
    )


@pytest.mark.parametrize("ground", ["moved", "sale of the business"])
def test_an_end_may_be_told_in_other_words(ground: str) -> None:
    found = consequences_of(LIFE, notice_to_end("2027-03-01", "2027-03-01", ground))

    assert found.earliest == day("2027-03-01")
    assert found.ground is None


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        ("breech", 'the ground "breech" is not known; did you mean "breach"?'),
        ("Breach", 'did you mean "breach"?'),
        ("convenence", 'did you mean "convenience"?'),
        ("non renewal", 'did you mean "non-renewal"?'),
        (
            "chronic-failure",
            "SLA-1 does not give the ground chronic-failure; it gives non-renewal, "
            "agreed, replaced, breach, convenience, change-of-control",
        ),
        ("force majeure", "SLA-1 does not give the ground force-majeure; it gives"),
    ],
)
def test_a_ground_that_skips_a_period_by_mistake_is_refused(
    ground: str, says: str
) -> None:
    with pytest.raises(NotFoundError) as refused:
        consequences_of(LIFE, notice_to_end("2027-03-01", "2027-03-01", ground))

    assert says in str(refused.value)


def test_of_paper_without_stated_grounds_the_usual_ones_may_be_named() -> None:
    found = consequences_of(life(), notice_to_end("2027-03-01", "2027-03-01", "breach"))

    assert found.notes[0].startswith("no period could be checked")


def test_with_a_service_only_its_own_duties_follow() -> None:
    lived = life(
        signed(facts(GROUNDS.replace("renewal: automatic", "renewal: none"))),
        terminations=(
            notice_to_end("2027-05-31", "2027-03-01", service="mail-hosting"),
        ),
    )

    found = consequences_of(
        lived, notice_to_end("2027-06-30", "2027-03-01", service="web-hosting")
    )

    assert [(one.key, str(one.on)) for one in found.duties] == [
        ("data/web-hosting", "2027-07-30"),
    ]


def test_who_may_end_on_a_ground_is_told() -> None:
    found = consequences_of(
        LIFE, notice_to_end("2028-06-29", "2028-01-01", "convenience")
    )

    assert found.notes == ("only the customer may end the agreement on this ground",)


def test_duties_and_survivals_follow_from_the_end() -> None:
    found = consequences_of(LIFE, notice_to_end("2027-06-30", "2027-03-01"))

    assert [(one.key, str(one.on)) for one in found.duties] == [
        ("data", "2027-07-30"),
        ("secrecy", "2032-06-30"),
    ]
    assert [one.says for one in found.survivals] == [
        *("clause 36, Confidentiality", "others"),
    ]


def test_with_a_service_the_rest_goes_on() -> None:
    found = consequences_of(
        LIFE, notice_to_end("2027-06-30", "2027-03-01", service="web-hosting")
    )

    assert [one.key for one in found.duties] == ["data/web-hosting"]
    assert found.survivals == ()


def test_a_service_that_the_agreement_does_not_have_is_refused() -> None:
    with pytest.raises(NotFoundError, match='did you mean "web-hosting"'):
        consequences_of(
            LIFE, notice_to_end("2027-06-30", "2027-03-01", service="web-hostng")
        )
