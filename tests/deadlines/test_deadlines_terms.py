"""Last days of terms and renewals, against the dates that were worked out by hand."""

from datetime import timedelta

import pytest
from lives import day

from slacontracts.deadlines.terms import TermPeriod, end_after, period_at
from slacontracts.model.agreement import Term


def term(initial: str, period: str | None = None, renewal: str = "automatic") -> Term:
    stated = {"initial": initial, "renewal": renewal, "renewal_period": period}
    return Term.model_validate({k: v for k, v in stated.items() if v is not None})


@pytest.mark.parametrize(
    ("start", "initial", "period", "ends"),
    [
        ("2026-12-01", "P36M", "P12M", ["2029-11-30", "2030-11-30", "2031-11-30"]),
        ("2026-08-31", "P6M", "P6M", ["2027-02-28", "2027-08-30", "2028-02-29"]),
        (
            *("2028-02-29", "P1Y", "P1Y"),
            ["2029-02-28", "2030-02-28", "2031-02-28", "2032-02-28", "2033-02-28"],
        ),
        ("2027-01-31", "P1M", "P1M", ["2027-02-28", "2027-03-30", "2027-04-30"]),
        ("2026-12-01", "P36M", "P90D", ["2029-11-30", "2030-02-28", "2030-05-29"]),
        ("2026-08-31", "P6M", "P10D", ["2027-02-28", "2027-03-10", "2027-03-20"]),
        ("2026-01-31", "P90D", "P1M", ["2026-04-30", "2026-05-31", "2026-06-30"]),
    ],
)
def test_months_are_counted_from_the_original_date(
    start: str, initial: str, period: str, ends: list[str]
) -> None:
    renewed = term(initial, period)

    found = [end_after(day(start), renewed, number) for number in range(len(ends))]

    assert [str(end) for end in found] == ends


@pytest.mark.parametrize(
    ("at", "number", "first", "last"),
    [
        ("2026-10-01", 0, "2026-12-01", "2029-11-30"),
        ("2029-11-30", 0, "2026-12-01", "2029-11-30"),
        ("2029-12-01", 1, "2029-12-01", "2030-11-30"),
        ("2041-06-15", 12, "2040-12-01", "2041-11-30"),
    ],
)
def test_a_day_lies_in_one_period_of_a_term_that_renews(
    at: str, number: int, first: str, last: str
) -> None:
    period = period_at(day("2026-12-01"), term("P36M", "P12M"), day(at))

    assert (period.number, str(period.first), str(period.last)) == (number, first, last)


@pytest.mark.parametrize("period", ["P90D", "P1D", "P1M", "P1M10D", "P2Y"])
@pytest.mark.parametrize("start", ["2026-12-01", "2026-08-31"])
def test_the_periods_of_a_term_follow_each_other_without_a_gap(
    start: str, period: str
) -> None:
    renewed = term("P6M", period)
    first = day(start)

    for number in range(40):
        last = end_after(day(start), renewed, number)
        expected = TermPeriod(number, first, last)
        assert period_at(day(start), renewed, first) == expected
        assert period_at(day(start), renewed, last) == expected
        first = last + timedelta(days=1)


@pytest.mark.parametrize(
    ("stated", "number", "last"),
    [
        pytest.param(None, 0, None, id="no term"),
        pytest.param(Term(), 0, None, id="a term without a length"),
        pytest.param(term("P12M", renewal="none"), 0, "2027-11-30", id="no renewal"),
        pytest.param(
            term("P12M", "P12M", "by-agreement"), 0, "2027-11-30", id="by agreement"
        ),
        pytest.param(term("P12M"), 1, None, id="renewals of no stated length"),
        pytest.param(term("P12M", "PT4H"), 1, None, id="renewals of hours"),
    ],
)
def test_a_term_that_does_not_go_on_by_periods(
    stated: Term | None, number: int, last: str | None
) -> None:
    period = period_at(day("2026-12-01"), stated, day("2031-06-01"))

    assert (period.number, period.last) == (number, day(last) if last else None)
