"""What comes due for an agreement on a day, and how pressing it is."""

import pytest
from lives import HOSTING, amended, day, facts, life, notice_to_end, signed

from slacontracts.deadlines.case import case_of
from slacontracts.deadlines.deadline import Deadline, DeadlineKind, Urgency
from slacontracts.deadlines.due import due
from slacontracts.deadlines.renewals import notice_by
from slacontracts.model.life import Life

NOTICE, RENEWAL = DeadlineKind.NOTICE, DeadlineKind.RENEWAL


def of_kind(lived: Life, today: str, *kinds: DeadlineKind) -> list[Deadline]:
    return [one for one in due(lived, day(today)) if one.kind in kinds]


def dated(lived: Life, today: str, *kinds: DeadlineKind) -> list[tuple[str, str]]:
    return [(one.key, str(one.on)) for one in of_kind(lived, today, *kinds)]


def test_a_notice_says_to_whom_how_and_by_when() -> None:
    to_customer, to_provider = of_kind(life(), "2029-08-01", NOTICE)

    assert to_customer.says == (
        "a notice to the customer, Contoso Retail LLC, that prevents the renewal of "
        "1 December 2029"
    )
    assert (str(to_customer.on), str(to_customer.act_by)) == (
        "2029-08-31",
        "2029-08-29",
    )
    assert to_customer.notice is not None
    assert [one.address for one in to_customer.notice.sendings] == [
        *("", "legal@contoso.example", ""),
    ]
    assert to_provider.notice is not None
    assert to_provider.notice.to == "provider"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        pytest.param("2029-05-01", Urgency.LATER, id="long before"),
        pytest.param("2029-05-31", Urgency.WITHIN_90, id="90 days before sending"),
        pytest.param("2029-05-30", Urgency.LATER, id="91 days before sending"),
        pytest.param("2029-07-30", Urgency.WITHIN_30, id="30 days before sending"),
        pytest.param("2029-07-29", Urgency.WITHIN_90, id="31 days before sending"),
        pytest.param("2029-08-31", Urgency.WITHIN_30, id="it can still be handed over"),
        pytest.param("2029-09-01", Urgency.OVERDUE, id="it cannot arrive in time"),
    ],
)
def test_how_pressing_a_notice_is(today: str, expected: Urgency) -> None:
    notice = of_kind(life(), today, NOTICE)[0]

    assert notice.urgency is expected


def test_what_comes_due_stands_in_the_order_of_acting() -> None:
    lived = life(signed(facts(HOSTING + "review: {every: P6M, next: 2029-08-30}\n")))

    found = due(lived, day("2029-08-01"))

    assert [one.act_by for one in found] == sorted(one.act_by for one in found)
    assert len({(one.kind, one.key) for one in found}) == len(found)
    assert found[2].kind is DeadlineKind.REVIEW


def test_a_renewal_says_until_when() -> None:
    (renewal,) = of_kind(life(), "2030-06-01", RENEWAL)

    assert (renewal.key, str(renewal.on)) == ("2", "2030-12-01")
    assert renewal.says == (
        "renews until 30 November 2031, unless a notice in time prevents it"
    )


def test_after_a_missed_notice_the_next_one_is_shown_as_well() -> None:
    in_time = dated(life(), "2029-08-31", NOTICE)
    too_late = dated(life(), "2029-10-01", NOTICE)

    assert [key for key, _ in in_time] == ["0/customer", "0/provider"]
    assert [key for key, _ in too_late] == [
        *("0/customer", "0/provider", "1/customer", "1/provider"),
    ]


@pytest.mark.parametrize(
    ("lived", "today", "expected"),
    [
        pytest.param(life(), "2027-01-01", "2029-08-31", id="the initial term"),
        pytest.param(life(), "2029-09-01", "2030-08-30", id="too late for this term"),
        pytest.param(life(), "2029-12-01", "2030-08-30", id="a renewal"),
        pytest.param(
            life(terminations=(notice_to_end("2027-06-30", "2027-01-10"),)),
            "2027-02-01", None, id="ended by notice",
        ),
        pytest.param(
            life(signed(facts(HOSTING.replace("automatic", "none")))),
            "2027-02-01", None, id="no renewal",
        ),
        pytest.param(
            life(signed(facts(HOSTING.replace("automatic", "by-agreement")))),
            "2027-02-01", "2029-08-31", id="a proposal to renew",
        ),
        pytest.param(
            life(
                signed(facts(HOSTING.replace("automatic", "by-agreement"))),
                terminations=(notice_to_end("2027-06-30", "2027-01-10"),),
            ),
            "2027-02-01", None, id="no renewal to propose once it ends by notice",
        ),
        pytest.param(
            life(missing_parties=("customer",)), "2027-02-01", None, id="not binding"
        ),
    ],
)  # fmt: skip
def test_by_when_a_notice_must_arrive(
    lived: Life, today: str, expected: str | None
) -> None:
    found = notice_by(case_of(lived, day(today)))

    assert found == (day(expected) if expected else None)


def test_a_term_that_renews_by_agreement_ends_and_may_be_proposed_again() -> None:
    lived = life(signed(facts(HOSTING.replace("automatic", "by-agreement"))))

    assert [key for key, _ in dated(lived, "2029-08-01", NOTICE)] == [
        *("0/customer", "0/provider"),
    ]
    assert dated(lived, "2029-08-01", RENEWAL) == []
    assert dated(lived, "2029-08-01", DeadlineKind.END) == [("agreement", "2029-11-30")]


@pytest.mark.parametrize(
    ("review", "today", "expected"),
    [
        pytest.param(
            "{every: P12M, next: 2027-11-01}", "2027-01-01", ["2027-11-01"], id="first"
        ),
        pytest.param(
            "{every: P12M, next: 2027-11-01}", "2027-11-01", ["2027-11-01"], id="today"
        ),
        pytest.param(
            "{every: P12M, next: 2027-11-01}", "2028-01-10",
            ["2027-11-01", "2028-11-01"], id="it is not known that it was held",
        ),
        pytest.param(
            "{every: P12M, next: 2027-11-01}", "2028-03-01", ["2028-11-01"],
            id="long passed",
        ),
        pytest.param(
            "{every: P6M}", "2026-12-20", ["2027-06-01"], id="counted from the start"
        ),
        pytest.param(
            "{every: P1M, next: 2027-01-31}", "2027-02-20",
            ["2027-01-31", "2027-02-28"], id="months from the first",
        ),
        pytest.param("{next: 2027-11-01}", "2027-12-01", ["2027-11-01"], id="only one"),
        pytest.param("{every: PT4H, next: 2027-11-01}", "2027-12-01", ["2027-11-01"], id="hours"),
        pytest.param("{every: P7D}", "2036-12-04", ["2036-12-02", "2036-12-09"], id="weekly"),
    ],
)  # fmt: skip
def test_reviews(review: str, today: str, expected: list[str]) -> None:
    lived = life(signed(facts(HOSTING + f"review: {review}\n")))

    found = dated(lived, today, DeadlineKind.REVIEW)

    assert [on for _, on in found] == expected


def test_no_review_is_due_after_the_end() -> None:
    lived = life(
        signed(facts(HOSTING + "review: {every: P12M, next: 2027-11-01}\n")),
        terminations=(notice_to_end("2027-06-30", "2027-01-10"),),
    )

    assert dated(lived, "2027-02-01", DeadlineKind.REVIEW) == []


CONDITIONS = """\
effective: {on: conditions-met}
conditions:
  - {key: audit, says: the audit is passed, owner: customer, due: 2026-12-20}
  - {key: permit, says: a permit is given}
long_stop: 2027-01-31
term: {initial: P12M}
"""


def test_open_conditions_and_the_long_stop_come_due() -> None:
    lived = life(signed(facts(CONDITIONS)), conditions_met={"audit": day("2026-12-10")})

    both = due(life(signed(facts(CONDITIONS))), day("2026-12-01"))
    one_left = due(lived, day("2026-12-12"))

    assert [(one.kind.value, one.key, str(one.on)) for one in both] == [
        ("condition", "audit", "2026-12-20"),
        ("condition", "permit", "2027-01-31"),
        ("long-stop", "agreement", "2027-01-31"),
    ]
    assert both[0].says == (
        'condition "audit" to be met by the customer: the audit is passed'
    )
    assert [one.key for one in one_left] == ["permit", "agreement"]
    assert due(life(signed(facts(CONDITIONS))), day("2027-02-01")) == ()


def test_a_condition_that_is_late_is_overdue() -> None:
    found = due(life(signed(facts(CONDITIONS))), day("2026-12-21"))

    assert found[0].urgency is Urgency.OVERDUE


def test_the_conditions_of_an_amendment_come_due_under_its_name() -> None:
    waits = HOSTING + (
        "amendment: {number: 1, effective: conditions-met, "
        "conditions: [{key: permit, says: a permit, due: 2027-05-01}]}\n"
    )
    texts = (signed(facts()), signed(amended(waits), "2027-02-10", as_="amendment-1"))

    waiting = dated(life(*texts), "2027-03-01", DeadlineKind.CONDITION)
    met = life(*texts, conditions_met={"amendment-1/permit": day("2027-02-20")})

    assert waiting == [("amendment-1/permit", "2027-05-01")]
    assert dated(met, "2027-03-01", DeadlineKind.CONDITION) == []


def test_a_missing_signature_is_overdue_and_nothing_else_binds() -> None:
    lived = life(missing_parties=("customer",))

    found = due(lived, day("2029-08-01"))

    assert [(one.kind.value, one.key, one.urgency) for one in found] == [
        ("signature", "original/customer", Urgency.OVERDUE),
    ]
    assert found[0].says == (
        "the customer, Contoso Retail LLC, has not signed the original; others have "
        "since then"
    )


AUTHORITY = (
    HOSTING + "authorities: [{party: customer, name: Omar, until: 2027-03-02}]\n"
)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-02-01", Urgency.WITHIN_30),
        ("2027-03-03", Urgency.OVERDUE),
        ("2027-07-01", None),
    ],
)
def test_an_authority_that_expires(today: str, expected: Urgency | None) -> None:
    found = of_kind(life(signed(facts(AUTHORITY))), today, DeadlineKind.AUTHORITY)

    assert [one.urgency for one in found] == ([expected] if expected else [])


LEAVING = (
    HOSTING
    + """\
duties:
  - {key: exit-plan, says: give the exit plan, owner: provider, after: start, days: "90"}
  - {key: data, says: fetch the data, owner: customer, days: "30"}
survivals: [{key: secrecy, says: "clause 36, Confidentiality", lasts: P5Y}, {says: others}]
"""
)


def test_after_the_end_its_duties_and_what_survives_come_due() -> None:
    lived = life(
        signed(facts(LEAVING)),
        terminations=(notice_to_end("2027-06-30", "2027-01-10"),),
    )

    before = due(lived, day("2027-03-01"))
    after = due(lived, day("2027-07-01"))
    later = due(lived, day("2030-01-01"))

    assert [(one.kind.value, one.key, str(one.on)) for one in before] == [
        ("duty", "exit-plan", "2027-03-01"),
        ("end", "agreement", "2027-06-30"),
        ("duty", "data", "2027-07-30"),
        ("survival", "secrecy", "2032-06-30"),
    ]
    assert before[2].says == (
        "customer: fetch the data, 30 days after the end on 30 June 2027"
    )
    assert [one.key for one in after] == ["data", "secrecy"]
    assert [one.key for one in later] == ["secrecy"]


def test_what_ends_before_its_first_day_leaves_nothing_to_hand_over() -> None:
    lived = life(
        signed(facts(LEAVING)),
        terminations=(
            notice_to_end("2026-11-25", "2026-11-23"),
            notice_to_end("2026-11-24", "2026-11-23", service="web-hosting"),
        ),
    )

    before = {(one.kind.value, one.key) for one in due(lived, day("2026-11-23"))}
    after = {(one.kind.value, one.key) for one in due(lived, day("2026-12-05"))}

    assert before == {
        *(("end", "agreement"), ("end", "service/web-hosting")),
        ("survival", "secrecy"),
    }
    assert after == {("survival", "secrecy")}


def test_a_service_that_ends_has_duties_of_its_own() -> None:
    lived = life(
        signed(facts(LEAVING)),
        terminations=(
            notice_to_end("2027-06-30", "2027-01-10", service="web-hosting"),
        ),
    )

    found = due(lived, day("2027-06-01"))

    assert [(one.kind.value, one.key) for one in found][:2] == [
        ("end", "service/web-hosting"),
        ("duty", "data/web-hosting"),
    ]
    assert found[0].says == "Web Hosting ends by notice"
    assert {one.kind for one in found} >= {NOTICE, RENEWAL}


def test_what_another_agreement_replaces_leaves_no_duties() -> None:
    taken_over = notice_to_end("2027-06-30", "2027-06-01", "replaced")
    lived = life(signed(facts(LEAVING)), terminations=(taken_over,))

    assert [(one.kind.value, str(one.on)) for one in due(lived, day("2027-06-15"))] == [
        ("end", "2027-06-30"),
        ("survival", "2032-06-30"),
    ]
