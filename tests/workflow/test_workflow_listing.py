"""The list of agreements, and what of them cannot be read."""

import pytest
from filing import file_record
from signed import TODAY, at

from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.listing import list_agreements

ID = "SLA-2026-0002"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A workspace in which nothing is signed."""
    return at(desk, TODAY)


def test_the_list_says_whose_records_cannot_be_used_and_goes_on(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    file_record(
        desk.workspace.root,
        agreement=ID,
        customer=place.customer,
        as_="amendment-2",
        facts={"title": "Of nothing", "parties": {"customer": {"legal_name": "Us"}}},
    )

    listed = {one.id: one for one in list_agreements(desk)}

    odd = listed.pop(ID)
    (finding,) = odd.findings
    assert (odd.state, odd.is_readable) == ("unreadable", False)
    assert "has amendment-2 of SLA-2026-0002 where original should" in finding.message
    assert len(listed) > 1
    assert {(one.state, one.findings) for one in listed.values()} == {("draft", ())}
    assert finding in check_agreements(desk, []).findings


def test_the_list_says_which_agreement_cannot_be_read(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    desk.workspace.write(place.file, b"id: [\n")

    (damaged,) = [one for one in list_agreements(desk) if not one.is_readable]

    assert (damaged.id, damaged.state) == (ID, "unreadable")
    assert damaged.findings[0].origin.file == place.file
