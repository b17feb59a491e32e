"""`signed.yaml`: read as it was written, and refused where it cannot be true."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.model.signing import Signing, amendment_number, signed_name
from slacontracts.source.signed import read_signed, write_signed

FILE = "agreements/acme/SLA-1/signed.yaml"
VERSION = "0123456789" * 4


def signing(name: str, effective: date | str = "conditions-met") -> Signing:
    return Signing.model_validate(
        {
            "as": name,
            "version": VERSION,
            "signed_on": date(2026, 12, 1),
            "effective": effective,
        }
    )


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(st.lists(days | st.just("conditions-met"), max_size=5))
def test_what_is_written_is_read_back(effects: list[date | str]) -> None:
    signings = tuple(
        signing(signed_name(number), effective)
        for number, effective in enumerate(effects)
    )

    assert read_signed(write_signed(signings), FILE) == (signings, ())


@pytest.mark.parametrize(
    "names",
    [["amendment-1"], ["original", "original"], ["original", "amendment-2"]],
    ids=["no original", "signed twice", "one left out"],
)
def test_signings_out_of_order_are_refused_where_the_first_is(names: list[str]) -> None:
    text = write_signed([signing(name) for name in names])

    signings, (finding,) = read_signed(text, FILE)

    assert signings is None
    assert finding.code == "signings-out-of-order"
    assert finding.origin.path == f"/signed/{len(names) - 1}"


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("as: original", "as: Original", "/signed/0/as"),
        ("as: original", "as: amendment-01", "/signed/0/as"),
        (VERSION, VERSION[:12], "/signed/0/version"),
        ("2026-12-01", "2026-13-01", "/signed/0/signed_on"),
        ("conditions-met", "last-signature", "/signed/0/effective"),
        ("conditions-met", "", "/signed/0/effective"),
    ],
)
def test_a_wrong_field_is_named(old: str, new: str, path: str) -> None:
    text = write_signed([signing("original")]).replace(old, new)

    signings, findings = read_signed(text, FILE)

    assert signings is None
    assert [finding.origin.path for finding in findings] == [path]


def test_an_amendment_is_known_by_its_number() -> None:
    names = ["original", "amendment-1", "amendment-12", "amendment-0", "draft:1"]

    assert [amendment_number(name) for name in names] == [0, 1, 12, None, None]
