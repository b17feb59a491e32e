"""The list of agreements, and what of them cannot be read."""

import subprocess
from typing import Any

import pytest
from filing import file_record
from sharing import git
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


def test_the_list_asks_the_register_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    popen = subprocess.Popen

    def counted(command: list[str], **options: Any) -> Any:
        started.append(command)
        return popen(command, **options)

    monkeypatch.setattr("slacontracts.store.git.subprocess.Popen", counted)
    list_agreements(desk)
    before = len(started)
    file_record(desk.workspace.root)
    started.clear()

    listed = list_agreements(desk)

    assert len(listed) > 3
    assert len(started) - before <= 2  # where it ends, and all that is in it


def test_an_unreadable_record_leaves_the_other_agreements_readable(
    desk: Desk,
) -> None:
    root, place = desk.workspace.root, desk.workspace.agreement(ID)
    file_record(root, agreement=ID, customer=place.customer)
    part = git(
        root, "rev-parse", f"register:{place.registered}/0001-signed/record.json"
    )
    (root / ".git/objects" / part[:2] / part[2:]).unlink()

    listed = {one.id: one.state for one in list_agreements(desk)}

    assert listed.pop(ID) == "unreadable"
    assert set(listed.values()) == {"draft"}


def test_the_list_says_which_agreement_cannot_be_read(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    desk.workspace.write(place.file, b"id: [\n")

    (damaged,) = [one for one in list_agreements(desk) if not one.is_readable]

    assert (damaged.id, damaged.state) == (ID, "unreadable")
    assert damaged.findings[0].origin.file == place.file
