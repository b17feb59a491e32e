"""Calendar files: read back by another program's parser, and as bytes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Alarm, Calendar
from lives import HOSTING, PARTIES, day, facts, life, signed

from slacontracts.deadlines.deadline import Deadline
from slacontracts.deadlines.due import due
from slacontracts.render.calendar import calendar_file

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ARABIC = PARTIES.replace(
    "Managed Hosting", "اتفاقية مستوى خدمة الاستضافة المدارة للأنظمة الأساسية"
).replace("Contoso Retail LLC", "شركة قمم العربية للتجزئة ذات المسؤولية المحدودة")


def deadlines(
    today: str = "2029-08-01", parties: str = PARTIES
) -> tuple[Deadline, ...]:
    return due(life(signed(facts(HOSTING, parties))), day(today))


def read(data: bytes) -> Calendar:
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    return calendar


def test_every_deadline_is_an_event_of_a_whole_day_on_which_to_act() -> None:
    stated = deadlines()

    events = read(calendar_file(stated, NOW)).events

    assert [(one.start, one.end) for one in events] == [
        (one.act_by, one.act_by + timedelta(days=1)) for one in stated
    ]
    assert {type(one.start) for one in events} == {date}
    assert {one.DTSTAMP for one in events} == {NOW}


def test_alarms_go_off_a_month_and_a_week_before() -> None:
    for event in read(calendar_file(deadlines(), NOW)).events:
        triggers = [
            one.TRIGGER for one in event.walk("VALARM") if isinstance(one, Alarm)
        ]

        assert triggers == [timedelta(days=-30), timedelta(days=-7)]


def test_an_event_keeps_its_identity_when_its_day_moves() -> None:
    moved = HOSTING.replace("P90D", "P120D")

    before = read(calendar_file(deadlines(), NOW)).events
    after = read(
        calendar_file(due(life(signed(facts(moved))), day("2029-07-01")), NOW)
    ).events

    assert [one["uid"] for one in before] == [one["uid"] for one in after]
    assert before[0].start != after[0].start
    assert len({one["uid"] for one in before}) == len(before)


def test_an_event_says_to_whom_how_and_by_when() -> None:
    event = read(calendar_file(deadlines(), NOW)).events[0]

    assert str(event["description"]).split("\n") == [
        "Managed Hosting (SLA-1, contoso-retail)",
        "To the customer: Contoso Retail LLC",
        "Must arrive by Friday 31 August 2029",
        "Send by courier by Wednesday 29 August 2029",
        "Send by e-mail by Friday 31 August 2029, before 17:00 there, "
        "to legal@contoso.example",
        "Send by hand by Friday 31 August 2029, before 17:00 there",
    ]


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("SA", "The date of Eid al-Fitr Holiday, Tuesday 9 March 2027, is an estimate"),
        (
            "ZZ",
            "The weekend and the holidays of the recipient's country were not counted",
        ),
    ],
)
def test_what_is_uncertain_about_a_day_is_said(country: str, words: str) -> None:
    stated = HOSTING.replace("2026-12-01", "2026-12-10").replace("P36M", "P6M")
    lived = life(signed(facts(stated, PARTIES.replace("AE", country))))

    events = read(calendar_file(due(lived, day("2027-01-10")), NOW)).events

    assert any(words in str(event.get("description")) for event in events)


def test_arabic_stays_whole_in_folded_lines() -> None:
    stated = deadlines(parties=ARABIC)

    data = calendar_file(stated, NOW)

    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") or not line for line in lines)
    event = read(data).events[0]
    assert str(event["summary"]) == f"SLA-1: {stated[0].says}"
    assert "شركة قمم العربية للتجزئة ذات المسؤولية المحدودة" in str(event["summary"])


def test_the_same_deadlines_give_the_same_file() -> None:
    assert calendar_file(deadlines(), NOW) == calendar_file(deadlines(), NOW)


def test_no_deadlines_give_an_empty_calendar() -> None:
    assert read(calendar_file((), NOW)).events == []


def test_words_of_a_party_do_not_become_lines_of_the_file() -> None:
    named = PARTIES.replace("Contoso Retail LLC", '"A\\nBEGIN:VALARM; B, C"')

    events = read(calendar_file(deadlines(parties=named), NOW)).events

    assert "A\nBEGIN:VALARM; B, C" in str(events[0]["summary"])
    assert len(list(events[0].walk("VALARM"))) == 2
