"""After a renumbering: the index follows, old receipts are answered, a cut shows."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filing import START
from sharing import Person, bare, colleague_of, git

from slacontracts.cli import cli
from slacontracts.model.record import FormerPlace, Signature
from slacontracts.store.index import AheadError, Index
from slacontracts.store.register import BRANCH, Filed, read_filed
from slacontracts.workflow.registry import (
    index_path,
    open_index,
    rebuild_index,
)
from slacontracts.workflow.verify import Verdict, verify_register

BOTH = tuple(Signature(party=one, on=START.date()) for one in ("customer", "provider"))


@pytest.fixture
def niamh(contracts: Path, tmp_path: Path) -> Person:
    person = Person(contracts)
    person.register(1)
    person.push(str(bare(tmp_path / "shared.git")))
    return person


@pytest.fixture
def omar(niamh: Person, tmp_path: Path) -> Person:
    person = colleague_of(niamh, tmp_path / "omar", "Omar Haddad")
    person.pull()
    return person


def renumbered(niamh: Person, omar: Person) -> list[Filed]:
    """Let Omar's records 2 and 3 go behind one of Niamh's; return them as they were."""
    niamh.register(2)
    niamh.push()
    mine = [omar.register(3), omar.register(1, as_="amendment-1", signatures=BOTH)]
    rebuild_index(omar.desk)
    return mine


def indexed(person: Person) -> tuple[int, str | None]:
    index = Index.open(index_path(person.root))
    assert index is not None
    with index:
        last = index.position()
    return last.sequence, last.digest


def of_chain(verdict: Verdict) -> list[str]:
    """Return what is wrong; the records of these tests cannot be composed again."""
    return [one.says for one in verdict.troubles if one.kind != "unchecked"]


def run(person: Person, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(person.root), *arguments])


def test_a_pull_that_renumbers_brings_the_index_along(
    niamh: Person, omar: Person
) -> None:
    renumbered(niamh, omar)

    pulled = omar.pull()

    last = read_filed(omar.root)[-1]
    assert pulled.notes == ()
    assert indexed(omar) == (4, last.digest)
    assert of_chain(verify_register(omar.desk)) == []


def test_a_pull_that_drops_a_record_brings_the_index_along(
    niamh: Person, omar: Person
) -> None:
    niamh.register(2, paper=b"The paper")
    niamh.push()
    omar.register(2, paper=b"The paper")
    rebuild_index(omar.desk)

    pulled = omar.pull()

    assert pulled.notes == ()
    assert indexed(omar) == (2, read_filed(omar.root)[-1].digest)
    assert of_chain(verify_register(omar.desk)) == []


@pytest.mark.parametrize("known", [2, 3])
def test_an_index_from_before_a_renumbering_is_no_sign_of_tampering(
    niamh: Person, omar: Person, known: int
) -> None:
    mine = renumbered(niamh, omar)
    if known == 2:
        git(omar.root, "update-ref", BRANCH, "register~1")
        rebuild_index(omar.desk)
        git(omar.root, "update-ref", BRANCH, "register@{1}")
    path = index_path(omar.root)
    before = path.read_bytes()
    omar.pull()
    path.write_bytes(before)
    assert indexed(omar) == (known, mine[known - 2].digest)

    assert of_chain(verify_register(omar.desk)) == []
    with open_index(omar.desk) as index:
        assert index.position().sequence == 4


def test_records_cut_off_after_a_renumbering_are_still_missed(
    niamh: Person, omar: Person
) -> None:
    mine = renumbered(niamh, omar)
    path = index_path(omar.root)
    before = path.read_bytes()
    omar.pull()
    path.write_bytes(before)
    git(omar.root, "update-ref", BRANCH, "register~1")

    with pytest.raises(AheadError), open_index(omar.desk):
        pass
    verdict = verify_register(omar.desk, receipts=[str(mine[1].receipt)])

    assert verdict.worst == "tampered"
    assert len(of_chain(verdict)) == 2
    assert indexed(omar) == (3, mine[1].digest)


def test_a_pull_does_not_make_the_index_forget_what_was_cut_before(
    niamh: Person, omar: Person
) -> None:
    mine = renumbered(niamh, omar)
    git(omar.root, "update-ref", BRANCH, "register~1")

    (said,) = omar.pull().notes

    assert f"knows record 3 of the register, {mine[1].digest}" in said
    assert verify_register(omar.desk).worst == "tampered"


def test_the_receipt_of_a_renumbered_record_is_answered(
    niamh: Person, omar: Person
) -> None:
    mine = renumbered(niamh, omar)
    omar.pull()
    niamh.register(4)
    niamh.push()
    omar.pull()
    now = read_filed(omar.root)[-1]

    verdict = verify_register(omar.desk, receipts=[str(mine[1].receipt)])

    assert of_chain(verdict) == []
    said = (
        f"record 3 is now record 5 (receipt {now.receipt}), after what others "
        "filed first"
    )
    assert said in verdict.notes
    assert said in run(omar, "verify", "--receipt", str(mine[1].receipt)).output


def test_the_receipt_of_a_dropped_record_is_answered(
    niamh: Person, omar: Person
) -> None:
    niamh.register(2, paper=b"The paper")
    niamh.push()
    mine = omar.register(2, paper=b"The paper")
    omar.pull()
    now = read_filed(omar.root)[-1]

    verdict = verify_register(omar.desk, receipts=[str(mine.receipt)])

    assert of_chain(verdict) == []
    assert (
        f"record 2 was dropped for record 2 (receipt {now.receipt}), in which others "
        "filed the same first"
    ) in verdict.notes


def elsewhere(niamh: Person, omar: Person, folder: Path) -> list[Person]:
    """Return who has what Omar sent: Niamh, and somebody with a copy made since."""
    omar.pull()
    omar.push()
    niamh.pull()
    other = colleague_of(niamh, folder / "aoife", "Aoife Byrne")
    other.pull()
    return [niamh, other]


def test_the_receipt_of_a_renumbered_record_is_answered_everywhere(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    mine = renumbered(niamh, omar)
    omar.pull()
    niamh.register(4)
    niamh.push()

    for person in elsewhere(niamh, omar, tmp_path):
        filed = read_filed(person.root)
        given = [str(one.receipt) for one in mine]
        verdict = verify_register(person.desk, receipts=given)

        assert of_chain(verdict) == []
        assert [one for one in verdict.notes if "is now" in one] == [
            f"record {was} is now record {now.record.sequence} (receipt "
            f"{now.receipt}), after what others filed first"
            for was, now in ((2, filed[3]), (3, filed[4]))
        ]
    shown = run(niamh, "registry", "show", "SLA-3").output
    assert "  was record 2 while it was provisional\n" in shown


def test_a_receipt_in_between_is_answered_elsewhere_too(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    renumbered(niamh, omar)
    (_, (_, between)) = omar.pull().register.moved
    niamh.register(4)
    niamh.push()

    for person in elsewhere(niamh, omar, tmp_path):
        verdict = verify_register(person.desk, receipts=[str(between.receipt)])

        assert of_chain(verdict) == []
        assert any(one.startswith("record 4 is now record 5") for one in verdict.notes)


def test_what_a_record_says_of_its_former_place_is_not_believed_but_counted(
    niamh: Person, omar: Person
) -> None:
    mine = omar.register(3)
    place = FormerPlace(
        sequence=2,
        previous=mine.record.previous,
        entry=1,
        recorded_at=mine.record.recorded_at,
    )
    niamh.register(3, paper=b"Another paper", formerly=(place,))

    verdict = verify_register(niamh.desk, receipts=[str(mine.receipt)])

    assert any("the receipt of record 2" in one for one in of_chain(verdict))


def test_a_former_place_after_a_record_that_is_gone_is_not_believed(
    niamh: Person, omar: Person
) -> None:
    gone, mine = omar.register(2), omar.register(3)
    place = FormerPlace(
        sequence=3,
        previous=gone.digest,
        entry=1,
        recorded_at=mine.record.recorded_at,
    )
    git(omar.root, "update-ref", BRANCH, "register~2")
    omar.register(3, formerly=(place,))

    verdict = verify_register(omar.desk, receipts=[str(mine.receipt)])

    assert verdict.worst == "tampered"


def test_a_receipt_that_nothing_answers_names_who_may(
    niamh: Person, omar: Person
) -> None:
    niamh.register(2, paper=b"The paper")
    niamh.push()
    mine = omar.register(2, paper=b"The paper")
    omar.pull()
    omar.push()

    (said,) = of_chain(verify_register(niamh.desk, receipts=[str(mine.receipt)]))

    assert said.endswith(
        "it was exchanged or made anew; or, if the receipt was printed as provisional, "
        "another stands for it, which slacontracts verify --receipt names in the "
        "workspace where it was printed"
    )


@pytest.mark.parametrize(
    "otherwise",
    [
        {"paper": b"Another paper"},
        {"signatures": BOTH[:1]},
        {"as_": "amendment-2"},
        {"act": "partly-signed", "missing": ("customer",)},
    ],
    ids=["contents", "signatures", "as", "act"],
)
def test_a_receipt_is_not_answered_by_a_record_that_says_something_else(
    niamh: Person, omar: Person, otherwise: dict[str, object]
) -> None:
    mine = renumbered(niamh, omar)[1]
    omar.pull()
    git(omar.root, "update-ref", BRANCH, "register~1")
    said: dict[str, object] = {"as_": "amendment-1", "signatures": BOTH, **otherwise}
    omar.register(1, **said)  # type: ignore[arg-type]

    verdict = verify_register(omar.desk, receipts=[str(mine.receipt)])

    assert any(
        f"receipt of record {mine.record.sequence}" in one for one in of_chain(verdict)
    )


def test_a_record_that_others_had_is_never_taken_for_one_renumbered(
    niamh: Person, omar: Person
) -> None:
    renumbered(niamh, omar)
    omar.pull()
    shared = read_filed(omar.root)[0]
    git(omar.root, "update-ref", "-d", BRANCH)
    omar.register(2)
    omar.register(1, recorded_by=shared.record.recorded_by)

    verdict = verify_register(omar.desk, receipts=[str(shared.receipt)])

    assert any("receipt of record 1" in one for one in of_chain(verdict))


def test_a_receipt_that_nobody_gave_stays_a_sign_of_tampering(
    niamh: Person, omar: Person
) -> None:
    renumbered(niamh, omar)
    omar.pull()

    verdict = verify_register(omar.desk, receipts=[f"3-{'0' * 64}"])

    assert verdict.worst == "tampered"


def test_receipts_that_may_still_change_say_so(niamh: Person, omar: Person) -> None:
    renumbered(niamh, omar)

    said = run(omar, "pull")

    last = read_filed(omar.root)[-1]
    assert said.exit_code == 0, said.output
    assert "will follow later" not in said.output
    assert (
        f"receipt: {last.receipt} (in place of the one you had; provisional until "
        "pushed; the number may change)"
    ) in said.output
