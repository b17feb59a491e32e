"""What is signed, by its name: the original, or an amendment with its number."""

import pytest

from slacontracts.model.signing import amendment_number, said_of, signed_name


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("original", 0),
        ("amendment-1", 1),
        ("amendment-12", 12),
        ("amendment-0", None),
        ("amendment-01", None),
        ("Original", None),
        ("draft:1", None),
    ],
)
def test_an_amendment_is_known_by_its_number(name: str, number: int | None) -> None:
    assert amendment_number(name) == number


@pytest.mark.parametrize(("number", "said"), [(0, "the original"), (2, "amendment 2")])
def test_a_number_is_said_as_people_say_it(number: int, said: str) -> None:
    assert said_of(signed_name(number)) == said
    assert amendment_number(signed_name(number)) == number
