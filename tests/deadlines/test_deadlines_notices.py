"""By when notices must arrive and be sent, by the recipient's place."""

import pytest
from lives import day

from slacontracts.deadlines.notices import NoticeTimes, notice_times, received_on
from slacontracts.model.amounts import read_duration
from slacontracts.model.dates import day_before, last_day
from slacontracts.model.key_facts import KnownParty, NoticeRules

RULES = NoticeRules.model_validate(
    {"courier_days": "2", "opens": "09:00", "closes": "17:00"}
)


def party(country: str | None) -> KnownParty:
    return KnownParty.model_validate(
        {
            "legal_name": "Contoso",
            "address": "1 King Fahd Road",
            "notices": {"email": "legal@contoso.example", "attention": "Legal"},
        }
        | ({"country": country} if country else {})
    )


def times(country: str | None, last: str = "2029-09-01") -> NoticeTimes:
    return notice_times(day(last), "customer", party(country), RULES)


def test_90_days_before_the_end_of_a_term_of_36_months() -> None:
    end = last_day(day("2026-12-01"), read_duration("P36M"))

    assert day_before(end, read_duration("P90D")) == day("2029-09-01")


@pytest.mark.parametrize(
    ("country", "arrives", "courier"),
    [
        pytest.param("SA", "2029-08-30", "2029-08-28", id="Sunday to Thursday"),
        pytest.param("AE", "2029-08-31", "2029-08-29", id="Monday to Friday"),
        pytest.param("IE", "2029-08-31", "2029-08-29", id="Ireland"),
        pytest.param(None, "2029-08-30", "2029-08-28", id="a place not stated"),
        pytest.param("ZZ", "2029-08-30", "2029-08-28", id="a place not known"),
    ],
)
def test_a_notice_arrives_on_a_business_day_of_the_recipient(
    country: str | None, arrives: str, courier: str
) -> None:
    found = times(country)

    assert found.last == day("2029-09-01")
    assert found.must_arrive == day(arrives)
    assert [(one.way, str(one.by), one.before) for one in found.sendings] == [
        ("courier", courier, None),
        ("email", arrives, "17:00"),
        ("hand", arrives, "17:00"),
    ]
    assert found.send_by == day(courier)
    assert found.is_place_known is (country in ("SA", "AE", "IE"))


@pytest.mark.parametrize(
    ("country", "last", "arrives"),
    [
        pytest.param("IE", "2026-12-26", "2026-12-24", id="Christmas"),
        pytest.param("AE", "2026-12-03", "2026-12-01", id="National Day"),
        pytest.param("AE", "2021-07-02", "2021-07-01", id="the Friday of before 2022"),
        pytest.param("GB-SCT", "2027-01-04", "2026-12-31", id="a part of a country"),
        pytest.param("GB-ENG", "2027-01-04", "2027-01-04", id="another part"),
        pytest.param("GB-ZZZ", "2027-01-04", "2027-01-04", id="a part not known"),
    ],
)
def test_public_holidays_of_the_recipient_count(
    country: str, last: str, arrives: str
) -> None:
    assert times(country, last).must_arrive == day(arrives)


@pytest.mark.parametrize("country", ["SA", "AE", "KW"])
def test_a_holiday_by_the_moon_is_told_to_be_provisional(country: str) -> None:
    found = times(country, "2027-03-10")

    assert any("Eid al-Fitr" in name for _, name in found.provisional)


@pytest.mark.parametrize(
    ("country", "last"),
    [
        pytest.param("SA", "2029-09-01", id="no holiday near by"),
        pytest.param("AE", "2026-12-03", id="a holiday that is fixed"),
        pytest.param("IE", "2027-03-10", id="a place without such holidays"),
    ],
)
def test_a_day_that_is_certain_is_not_called_provisional(
    country: str, last: str
) -> None:
    assert times(country, last).provisional == ()


def test_only_the_ways_that_the_agreement_allows_are_shown() -> None:
    by_hand = RULES.model_copy(update={"ways": ("hand", "courier")})
    without_email = KnownParty(legal_name="Contoso", country="SA")

    strict = notice_times(day("2029-09-01"), "customer", party("SA"), by_hand)
    unreachable = notice_times(day("2029-09-01"), "customer", without_email, RULES)
    silent = notice_times(day("2029-09-01"), "customer", party("SA"), None)

    assert [one.way for one in strict.sendings] == ["courier", "hand"]
    assert [one.way for one in unreachable.sendings] == ["courier", "hand"]
    assert (silent.sendings, silent.send_by) == ((), day("2029-08-30"))


@pytest.mark.parametrize(
    ("country", "arrives", "counts"),
    [
        ("SA", "2029-08-31", "2029-09-02"),
        ("AE", "2029-09-01", "2029-09-03"),
        ("AE", "2029-08-31", "2029-08-31"),
        (None, "2029-08-31", "2029-09-02"),
    ],
)
def test_what_arrives_on_a_day_off_is_received_on_the_next_business_day(
    country: str | None, arrives: str, counts: str
) -> None:
    assert received_on(day(arrives), party(country)) == day(counts)
