"""Values that came back changed become values of the data again."""

import pytest
from counterparty import Counterparty
from negotiating import FEE, NOTICE, after, only

from slacontracts.negotiate.drafting.values import set_text


@pytest.mark.parametrize(
    ("old", "new", "path", "value"),
    [
        ("4,500.00", "4,200.50", FEE, "4200.50"),
        ("EUR 4,500.00", "USD 4,500.00", FEE, "USD 4500.00"),
        ("99.5%", "99.7%", "/services/web/targets/response/target", "99.7"),
        ("99.5", "99.7", "/services/web/targets/response/target", "99.7"),
        ("36 months", "2 years", "/term/initial", "P2Y"),
        ("36", "24", "/term/initial", "P24M"),
        ("1 December", "15 January", "/term/start", "2026-01-15"),
        ("Amal", "Omar", "/contact/name", "Omar Haddad"),
    ],
)
def test_a_changed_value_is_read_by_the_form_that_wrote_it(
    old: str, new: str, path: str, value: str
) -> None:
    one = only(after(lambda c: c.type_over(old, new)))

    assert (one.kind, one.path, one.value) == ("value", path, value)
    assert one.edits == ()


def test_a_digit_typed_at_the_end_of_a_value_belongs_to_it() -> None:
    one = only(after(lambda c: c.type_after("99.5", "5")))

    assert (one.kind, one.old, one.new, one.value) == (
        "value",
        "99.5%",
        "99.55%",
        "99.55",
    )


def test_words_typed_beside_a_value_are_wording() -> None:
    one = only(after(lambda c: c.type_after("36 months", " or longer")))

    assert (one.kind, one.path) == ("wording", None)
    assert (one.edits[0].start, one.edits[0].text) == (33, " or longer")


def test_a_new_value_with_words_beside_it_is_a_value_and_wording() -> None:
    answer = after(lambda c: c.type_over("36 months", "24 months at least"))

    value, wording = sorted(answer.proposals, key=lambda one: one.kind)
    assert (value.kind, value.value, value.new) == ("value", "P24M", "24 months")
    assert (wording.kind, wording.old, wording.new) == ("wording", "", " at least")
    assert wording.edits


def test_a_value_and_the_words_around_it_come_apart() -> None:
    answer = after(lambda c: c.type_over("runs for 36 months", "lasts for 24 months"))

    assert {(one.kind, one.old, one.new) for one in answer.proposals} == {
        ("value", "36 months", "24 months"),
        ("wording", "runs", "lasts"),
    }


def test_what_cannot_be_read_as_the_value_is_wording_and_told() -> None:
    answer = after(lambda c: c.type_over("36 months", "an unlimited time"))

    one = only(answer)
    assert (one.kind, one.old, one.new) == ("wording", "36 months", "an unlimited time")
    assert one.edits[0].text == "an unlimited time"
    assert any("/term/initial" in notice for notice in answer.notices)


def test_in_a_table_what_cannot_be_read_has_no_edits() -> None:
    one = only(after(lambda c: c.type_over("99.5%", "as agreed")))

    assert (one.kind, one.edits) == ("wording", ())


def test_a_value_that_changed_in_one_of_its_places_is_a_conflict() -> None:
    one = only(after(lambda c: c.type_over("30", "60", near="Either party")))

    assert (one.kind, one.path, one.value) == ("conflict", NOTICE, "60 days")
    assert [(it.old, it.new) for it in one.occurrences] == [
        ("30 days", "60 days"),
        ("30 days", "30 days"),
    ]
    assert one.occurrences[0].place == "clause 3.2"


def test_two_different_new_values_are_a_conflict_without_a_value() -> None:
    one = only(
        after(
            lambda c: c.type_over("30", "60", near="Either party"),
            lambda c: c.type_over("30", "90", near="applies to changes"),
        )
    )

    assert (one.kind, one.value) == ("conflict", None)
    assert [it.new for it in one.occurrences] == ["60 days", "90 days"]


def test_a_value_that_changed_alike_in_all_its_places_is_one_value() -> None:
    def edit(theirs: Counterparty) -> None:
        for near in ("Either party", "applies to changes"):
            theirs.type_over("30", "60", near=near)

    one = only(after(edit))

    assert (one.kind, one.value, one.old, one.new) == (
        "value",
        "60 days",
        "30 days",
        "60 days",
    )


@pytest.mark.parametrize(
    ("form", "old", "new", "value"),
    [
        ("number", "1,000", "2,500", "2500"),
        ("hours", "4 hours", "1 hour", "1 hour"),
        ("words", "twelve", "fifteen", "15"),
        ("money", "KWD 1.000", "KWD 1.250", "1.250"),
        ("percent", "99.9%", "100%", "100"),
        ("text", "Contoso Retail LLC", "Contoso Retail PJSC", "Contoso Retail PJSC"),
        ("clock", "08:00 to 18:00", "8:00 to 17:30", "08:00-17:30"),
        ("clock", "08:00 to 18:00", "08:00 - 18:00", None),
        ("clock", "08:00 to 18:00", "mornings", None),
        ("days", "30 days", "a fortnight", None),
        ("percent", "99.9%", "99.90%", "99.90"),
        ("duration", "36 months", "36  months", None),
    ],
)
def test_a_value_is_written_as_set_takes_it(
    form: str, old: str, new: str, value: str | None
) -> None:
    assert set_text(form, old, new, "en", path="/fees/amount") == value


def test_marks_of_direction_are_no_part_of_a_value() -> None:
    shown = "\u200e+966\xa011\xa0555\u200e"

    assert set_text("text", "+966 11 555", shown, "ar") is None
