"""Dates, terms and sums beyond what any agreement needs: refused, and not written."""

from pathlib import Path

import pytest
from conftest import Run

AGREEMENT = "agreements/contoso-retail/SLA-2026-0001/agreement.yaml"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("/effective/on=9999-12-31", "9999-12-31 is not between 1900 and 2199"),
        ("/term/initial=P9999Y", '"P9999Y" is longer than 99 years'),
        (
            "/services/web-hosting/price/amount=999999999999999999",
            "more than 15 digits before the point",
        ),
    ],
)
def test_what_no_agreement_needs_is_not_written(
    change: str, says: str, contracts: Path, run: Run
) -> None:
    before = (contracts / AGREEMENT).read_bytes()

    result = run("set", "SLA-2026-0001", change, code=3)

    assert says in result.output
    assert (contracts / AGREEMENT).read_bytes() == before


def test_the_last_of_what_is_accepted_is_checked_and_rendered(run: Run) -> None:
    run(
        "set",
        "SLA-2026-0001",
        "/effective/on=2199-12-31",
        "/term/initial=P99Y",
        "/term/renewal_period=P99Y",
        "/services/web-hosting/price/amount=999999999999999.99",
        "/services/managed-database/price/amount=999999999999999.99",
    )

    result = run("render", "SLA-2026-0001", "--format", "text", "-o", "-")

    assert "EUR 999,999,999,999,999.99" in result.output
