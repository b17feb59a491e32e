"""Paper that was not drafted here: filed with its facts, and due like any other."""

from dataclasses import replace
from datetime import date

import pytest
from roles import with_lawyer
from signed import LATER, TODAY, at, sign

from slacontracts.errors import SlaContractsError
from slacontracts.store.paper_files import MOST_BYTES
from slacontracts.store.register import Filed, register_tip
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.condition import Met, record_condition
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.granting import Grant
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.register_foreign import register_foreign
from slacontracts.workflow.registry import due_within, index_path, list_registry

ID = "UC-2019-0007"
PAPER = HandedIn("old-contract.pdf", b"%PDF-1.4 of the time before")
SIGNED = {"provider": date(2019, 2, 20), "customer": date(2019, 3, 1)}
FACTS = """\
title: Data Centre Services
kind: uc
parties:
  provider: {legal_name: Harbour Data Centres Ltd}
  customer: {legal_name: Northwind Hosting Ltd}
effective: {on: last-signature}
term: {initial: P12M, renewal: automatic, renewal_period: P12M, notice: P90D}
"""
ON_CONDITIONS = FACTS.replace(
    "{on: last-signature}",
    "{on: conditions-met}\nconditions: [{key: permit, says: The permit is there.}]",
)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The test's own workspace, on the day of the tests."""
    return at(desk, TODAY)


def file_paper(
    desk: Desk,
    facts: str = FACTS,
    *files: HandedIn,
    agreement_id: str = ID,
    signed_on: dict[str, date] | None = None,
    grant: Grant | None = None,
) -> Filed:
    said = ("facts.yaml", facts.encode())
    days = SIGNED if signed_on is None else signed_on
    handed_in = files or (PAPER,)
    return register_foreign(
        desk, agreement_id, handed_in, said, days, LATER, grant=grant
    )


def test_foreign_paper_is_filed_with_its_facts_and_reaches_the_calendar(
    desk: Desk,
) -> None:
    record = file_paper(desk).record

    assert (record.act, record.as_, record.version) == ("foreign", "original", None)
    assert record.signed_on == record.effective == date(2019, 3, 1)
    assert [(one.path, one.tie) for one in record.files] == [
        ("signed/1-old-contract.pdf", "foreign")
    ]
    (line,) = list_registry(desk, TODAY)
    assert (line.id, line.version, line.state) == (ID, "paper", "in-force")
    assert (line.customer, line.ends) == ("harbour-data-centres-ltd", date(2027, 2, 28))
    assert ID in {one.agreement for one in due_within(desk, TODAY, 365)}


def add_counterpart(desk: Desk, signed_on: dict[str, date], file: HandedIn) -> Filed:
    return register_foreign(desk, ID, (file,), None, signed_on, LATER)


@pytest.mark.parametrize(
    ("facts", "files", "agreement_id", "signed_on", "says"),
    [
        (FACTS, (PAPER,), "SLA-2026-0002", SIGNED, "SLA-2026-0002 is drafted here"),
        (FACTS, (PAPER,), "no id", SIGNED, "no id"),
        (FACTS, (PAPER, PAPER), ID, SIGNED, "is the same file as old-contract.pdf"),
        (FACTS, (HandedIn("no.pdf", b""),), ID, SIGNED, "no.pdf is empty"),
        (FACTS, (PAPER,), ID, {"customer": date(2026, 11, 24)}, "still to come"),
        (FACTS, (PAPER,), ID, {"bank": TODAY}, "bank is no party of the paper; those"),
        (FACTS, (PAPER,), ID, {}, "say who signed, and when: --signed-on PARTY=DATE"),
        ("title: [\n", (PAPER,), ID, SIGNED, "facts.yaml cannot be used"),
        ("title: x\n", (PAPER,), ID, SIGNED, "facts.yaml cannot be used"),
    ],
)
def test_foreign_paper_that_cannot_be_filed_is_refused_in_one_line(
    desk: Desk,
    facts: str,
    files: tuple[HandedIn, ...],
    agreement_id: str,
    signed_on: dict[str, date],
    says: str,
) -> None:
    with pytest.raises(SlaContractsError) as raised:
        file_paper(desk, facts, *files, agreement_id=agreement_id, signed_on=signed_on)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert register_tip(desk.workspace.root) is None


@pytest.mark.parametrize("has_index", [True, False])
def test_foreign_paper_is_not_filed_twice(desk: Desk, has_index: bool) -> None:
    file_paper(desk)
    if not has_index:
        folder = index_path(desk.workspace.root).parent
        folder.rename(folder.with_name("elsewhere"))
        folder.write_text("a file where the folder should be")

    with pytest.raises(SlaContractsError, match="UC-2019-0007 is registered already"):
        file_paper(desk, FACTS, HandedIn("other.pdf", b"%PDF-1.4 another"))


@pytest.mark.parametrize("is_counterpart", [False, True])
def test_paper_is_not_filed_under_two_ids(desk: Desk, is_counterpart: bool) -> None:
    file_paper(desk, agreement_id="UC-2018-0001")
    if is_counterpart:
        own = HandedIn("own.pdf", b"%PDF-1.4 our copy")
        file_paper(desk, FACTS, own, signed_on={"customer": date(2019, 3, 1)})
    before = register_tip(desk.workspace.root)

    facts = None if is_counterpart else ("facts.yaml", FACTS.encode())
    days = {"provider": date(2019, 3, 2)}

    with pytest.raises(SlaContractsError) as raised:
        register_foreign(desk, ID, (PAPER,), facts, days, LATER)

    assert str(raised.value) == (
        "old-contract.pdf is registered already, for UC-2018-0001 on 2026-11-23 "
        "(record 1); nothing was registered. If it is the paper of UC-2019-0007 too: "
        '--exception "Why" --by ROLE'
    )
    assert register_tip(desk.workspace.root) == before


def test_one_file_may_hold_two_contracts_by_an_exception(desk: Desk) -> None:
    desk = with_lawyer(desk)
    file_paper(desk, agreement_id="UC-2018-0001")

    record = file_paper(desk, grant=Grant("Bound in one volume", "legal")).record

    assert record.exception is not None
    assert (record.exception.reason, record.exception.role) == (
        "Bound in one volume",
        "legal",
    )
    assert record.exception.failures == (
        "old-contract.pdf is registered already, for UC-2018-0001 on 2026-11-23 "
        "(record 1)",
    )


def test_an_exception_of_paper_needs_a_role_that_somebody_holds(desk: Desk) -> None:
    with pytest.raises(SlaContractsError, match='nobody for the role "finance"'):
        file_paper(with_lawyer(desk), grant=Grant("Why not", "finance"))

    assert register_tip(desk.workspace.root) is None


def test_a_file_that_is_too_big_is_refused(desk: Desk) -> None:
    big = HandedIn("big.pdf", bytes(MOST_BYTES + 1))

    with pytest.raises(SlaContractsError, match=r"big\.pdf has more than 50 MiB"):
        file_paper(desk, FACTS, big)


def test_who_did_not_say_when_he_signed_is_told(desk: Desk) -> None:
    told: list[str] = []
    file_paper(
        replace(desk, warn=told.append), signed_on={"customer": date(2019, 3, 1)}
    )

    assert told == [
        "no day is known on which the provider signed; the record says so of the "
        f"customer alone. When it is known: slacontracts register {ID} --foreign FILE "
        "--signed-on provider=DATE"
    ]


def test_a_counterpart_of_foreign_paper_is_added_when_it_comes(desk: Desk) -> None:
    told: list[str] = []
    file_paper(desk, signed_on={"customer": date(2019, 3, 1)})
    theirs = HandedIn("theirs.pdf", b"%PDF-1.4 their copy")

    record = add_counterpart(
        replace(desk, warn=told.append), {"provider": date(2019, 3, 9)}, theirs
    ).record

    assert told == []
    assert [(one.party, one.on) for one in record.signatures] == [
        ("customer", date(2019, 3, 1)),
        ("provider", date(2019, 3, 9)),
    ]
    assert record.signed_on == record.effective == date(2019, 3, 9)
    assert [one.name for one in record.files] == ["theirs.pdf"]
    (line,) = list_registry(desk, TODAY)
    assert (line.state, line.effective) == ("in-force", date(2019, 3, 9))


@pytest.mark.parametrize(
    ("first", "then", "file", "says"),
    [
        (SIGNED, SIGNED, "new.pdf", "is registered already; see slacontracts registry"),
        (
            {"customer": TODAY},
            {"customer": date(2019, 3, 2)},
            "new.pdf",
            "it is registered already that the customer signed on 2026-11-23",
        ),
        ({"customer": TODAY}, {"bank": TODAY}, "new.pdf", "bank is no party of the"),
        ({"customer": TODAY}, {}, "new.pdf", "say who signed, and when"),
        ({"customer": TODAY}, {"provider": TODAY}, "old-contract.pdf", "registered al"),
    ],
)
def test_a_counterpart_of_foreign_paper_that_cannot_be_added_is_refused(
    desk: Desk,
    first: dict[str, date],
    then: dict[str, date],
    file: str,
    says: str,
) -> None:
    file_paper(desk, signed_on=first)
    paper = PAPER if file == PAPER.name else HandedIn(file, b"%PDF-1.4 new")

    with pytest.raises(SlaContractsError) as raised:
        add_counterpart(desk, then, paper)

    assert says in str(raised.value)


def test_paper_of_which_nothing_is_registered_needs_its_facts(desk: Desk) -> None:
    with pytest.raises(SlaContractsError) as raised:
        add_counterpart(desk, SIGNED, PAPER)

    assert str(raised.value) == (
        "nothing of UC-2019-0007 is registered; say what the paper is about: --facts "
        "FILE"
    )


def test_foreign_paper_that_waits_takes_effect_with_its_condition(desk: Desk) -> None:
    file_paper(desk, ON_CONDITIONS)
    (waiting,) = list_registry(desk, TODAY)

    met = Met("permit", date(2026, 6, 1), HandedIn("permit.pdf", b"The permit."))
    _, still_open = record_condition(desk, ID, met, LATER)

    (line,) = list_registry(desk, TODAY)
    assert waiting.state == "signed-not-effective"
    assert still_open == ()
    assert (line.state, line.effective) == ("in-force", date(2026, 6, 1))


def test_beside_foreign_paper_agreements_are_signed_as_ever(desk: Desk) -> None:
    file_paper(desk)

    filed = sign(desk, "SLA-2026-0002").filed

    place = desk.workspace.agreement("SLA-2026-0002")
    assert (filed.record.sequence, filed.record.entry) == (2, 1)
    assert len(signings_of(desk, place)) == 1
