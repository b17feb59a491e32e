"""Two people register at once: nothing is lost, places are given once, both are told."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from filing import START
from sharing import Person, bare, colleague_of, git

from slacontracts.cli import cli
from slacontracts.errors import OutsideError
from slacontracts.model.record import ConditionMet, Signature
from slacontracts.store.chain import verify_chain
from slacontracts.store.register import file_of, read_filed, register_tip
from slacontracts.store.remote import OvertakenError
from slacontracts.store.renumbering import provisional
from slacontracts.workflow.registry import history_of


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


def is_sound(person: Person) -> bool:
    return verify_chain(person.root).troubles == ()


def test_records_of_both_end_in_one_line_that_both_have(
    niamh: Person, omar: Person
) -> None:
    niamh.register(2)
    niamh.push()
    omar.register(3)
    mine = omar.register(1, as_="amendment-1", paper=b"Signed amendment")
    tip = register_tip(omar.root)
    with pytest.raises(OvertakenError, match="pull first"):
        omar.push()

    pulled = omar.pull()
    omar.push()
    back = niamh.pull()

    assert omar.registered() == [
        (1, "SLA-1", 1, "Niamh"),
        (2, "SLA-2", 1, "Niamh"),
        (3, "SLA-3", 1, "Omar"),
        (4, "SLA-1", 2, "Omar"),
    ]
    assert niamh.registered() == omar.registered()
    assert is_sound(niamh)
    assert is_sound(omar)
    assert [
        (was.record.sequence, now.record.sequence) for was, now in pulled.register.moved
    ] == [(2, 3), (3, 4)]
    assert pulled.register.moved[-1][0].digest == mine.digest
    assert [one.record.sequence for one in back.register.new] == [3, 4]
    kept = git(omar.root, "rev-parse", f"refs/slacontracts/provisional/{mine.digest}")
    assert kept == tip
    last = read_filed(niamh.root)[-1]
    assert file_of(niamh.root, last, "signed/1-signed.pdf") == b"Signed amendment"
    assert [one.sequence for one in history_of(omar.desk, "SLA-1")] == [1, 4]
    assert pulled.register.again == back.register.again == ()


def test_a_record_made_off_line_is_provisional_until_it_was_sent(
    niamh: Person, tmp_path: Path
) -> None:
    (tmp_path / "shared.git").rename(tmp_path / "gone")
    niamh.register(2)
    niamh.register(3)

    with pytest.raises(OutsideError, match="no versions are kept there"):
        niamh.push()
    with pytest.raises(OutsideError, match="no versions are kept there"):
        niamh.pull()
    assert provisional(niamh.root) == {2, 3}
    shown = CliRunner().invoke(
        cli, ["-C", str(niamh.root), "registry", "show", "SLA-2"]
    )
    assert "record 2: signed original, provisional until pushed" in shown.output

    (tmp_path / "gone").rename(tmp_path / "shared.git")
    assert niamh.push().records == 2
    assert provisional(niamh.root) == frozenset()


def test_without_a_place_to_share_through_no_record_is_provisional(
    contracts: Path,
) -> None:
    person = Person(contracts)
    person.register(1)

    assert provisional(person.root) == frozenset()


def test_the_same_paper_is_filed_once(niamh: Person, omar: Person) -> None:
    niamh.register(2, paper=b"The paper")
    niamh.push()
    mine = omar.register(2, paper=b"The paper")
    omar.register(3)

    pulled = omar.pull()

    assert [
        (was.digest, now.record.sequence) for was, now in pulled.register.dropped
    ] == [(mine.digest, 2)]
    assert [one[:2] for one in omar.registered()] == [
        (1, "SLA-1"),
        (2, "SLA-2"),
        (3, "SLA-3"),
    ]
    assert is_sound(omar)


def test_the_same_condition_is_filed_once_and_another_day_is_not(
    niamh: Person, omar: Person
) -> None:
    def met(person: Person, key: str) -> None:
        condition = ConditionMet(
            key=key, on=START.date(), evidence="signed/1-signed.pdf"
        )
        person.register(
            1, act="condition-met", condition=condition, files=(), signed_on=None
        )

    met(niamh, "bank-approval")
    niamh.push()
    met(omar, "bank-approval")
    met(omar, "licence")

    pulled = omar.pull()

    assert len(pulled.register.dropped) == 1
    conditions = [one.record.condition for one in read_filed(omar.root)]
    assert [one.key for one in conditions if one] == ["bank-approval", "licence"]


def test_one_text_with_two_papers_is_filed_twice_and_both_are_told(
    niamh: Person, omar: Person
) -> None:
    niamh.register(2, paper=b"One paper")
    niamh.push()
    omar.register(2, paper=b"Another paper")

    pulled = omar.pull()
    omar.push()
    back = niamh.pull()

    for told in (pulled.register.again, back.register.again):
        ((one, other),) = told
        assert (one.record.sequence, other.record.sequence) == (2, 3)


def test_a_counterpart_that_completes_an_earlier_one_needs_no_note(
    niamh: Person, omar: Person
) -> None:
    first = Signature(party="provider", on=START.date())
    second = Signature(party="customer", on=START.date())
    niamh.register(
        2,
        paper=b"One",
        act="partly-signed",
        signatures=(first,),
        missing=("customer",),
    )
    niamh.push()
    omar.pull()
    omar.register(2, paper=b"Two", signatures=(first, second))
    omar.push()

    assert niamh.pull().register.again == ()


def test_a_clock_that_is_behind_does_not_break_the_chain(
    niamh: Person, omar: Person
) -> None:
    niamh.register(2, recorded_at=START + timedelta(days=1))
    niamh.push()
    omar.register(3)

    omar.pull()

    assert is_sound(omar)
    assert omar.registered()[-1] == (3, "SLA-3", 1, "Omar")


def test_records_are_taken_over_also_while_drafts_wait_for_a_decision(
    niamh: Person, omar: Person
) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.register(2)
    niamh.push()
    omar.save("SLA-2026-0001", "Other price")

    pulled = omar.pull()

    assert [one.name for one in pulled.undecided] == ["SLA-2026-0001"]
    assert len(omar.registered()) == 2


def test_a_register_that_lost_records_is_refused_and_can_be_put_back(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    niamh.register(2)
    niamh.push()
    git(tmp_path / "shared.git", "update-ref", "refs/heads/register", "register~1")
    before = register_tip(niamh.root)

    with pytest.raises(
        OutsideError, match=r"was rewritten: it has lost record 2.*slacontracts verify"
    ):
        niamh.pull()
    assert register_tip(niamh.root) == before

    assert niamh.push().put_back == 1
    assert len(omar.pull().register.new) == 1


def test_a_register_that_is_gone_is_refused(niamh: Person, tmp_path: Path) -> None:
    git(tmp_path / "shared.git", "update-ref", "-d", "refs/heads/register")

    with pytest.raises(OutsideError, match="was rewritten: it has lost record 1"):
        niamh.pull()


def test_a_register_with_other_records_is_refused(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    niamh.register(2)
    niamh.push()
    omar.register(3)
    git(omar.root, "push", "--force", "origin", "register")
    before = register_tip(niamh.root)

    with pytest.raises(
        OutsideError, match=r"was rewritten: records that it had are others now"
    ):
        niamh.pull()
    with pytest.raises(OvertakenError, match="pull first"):
        niamh.push()
    assert register_tip(niamh.root) == before


def test_an_incoming_record_is_read_before_it_is_believed(
    niamh: Person, omar: Person
) -> None:
    tree = git(omar.root, "rev-parse", "register^{tree}")
    forged = git(omar.root, "commit-tree", tree, "-p", "register", "-m", "By hand")
    git(omar.root, "push", "origin", f"{forged}:refs/heads/register")
    before = register_tip(niamh.root)

    with pytest.raises(OutsideError, match="register on the other side is not sound"):
        niamh.pull()

    assert register_tip(niamh.root) == before
    assert is_sound(niamh)


def test_a_record_with_an_exchanged_file_is_refused(
    niamh: Person, omar: Person
) -> None:
    omar.register(2)
    blob = (
        subprocess.run(
            ["git", "-C", str(omar.root), "hash-object", "-w", "--stdin"],
            input=b"Forged",
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .strip()
    )
    environment = {**os.environ, "GIT_INDEX_FILE": str(omar.root / ".git/forged")}
    path = "customer-0/SLA-2/0001-signed/signed/1-signed.pdf"

    def staged(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(omar.root), *arguments],
            env=environment,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    staged("read-tree", "register")
    staged("update-index", "--cacheinfo", f"100644,{blob},{path}")
    commit = git(omar.root, "cat-file", "commit", "register")
    lines = commit.split("\n")
    lines[0] = f"tree {staged('write-tree')}"
    forged = (
        subprocess.run(
            [
                "git",
                "-C",
                str(omar.root),
                "hash-object",
                "-t",
                "commit",
                "-w",
                "--stdin",
            ],
            input="\n".join([*lines, ""]).encode(),
            capture_output=True,
            check=True,
        )
        .stdout.decode()
        .strip()
    )
    git(omar.root, "push", "origin", f"{forged}:refs/heads/register")

    with pytest.raises(OutsideError, match=r"not sound: .*was exchanged"):
        niamh.pull()


def pull_until(root: Path, step: int) -> int:
    """Pull in a process that ends itself before a step; return how many it made.

    A step starts a program, or changes a name on the disk.
    """
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL, str(root), str(step)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    return int(done.stdout or step)


_UNTIL = """\
import os, signal, sys
from pathlib import Path
from sharing import Person

STEPS = ("subprocess.Popen", "os.rename", "os.link", "os.remove", "os.mkdir")
made, last = 0, int(sys.argv[2])


def count(event, _):
    global made
    if event not in STEPS:
        return
    made += 1
    if made == last:
        os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(count)
Person(Path(sys.argv[1])).pull()
print(made)
"""
_KILLS = 8


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_pull_that_is_killed_leaves_the_old_or_the_new(
    niamh: Person, omar: Person, tmp_path: Path
) -> None:
    niamh.register(2)
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    omar.register(3)
    omar.save("SLA-2026-0002", "Term agreed")
    old, head = omar.registered(), git(omar.root, "rev-parse", "HEAD")
    steps = pull_until(Path(shutil.copytree(omar.root, tmp_path / "whole")), -1)
    new = Person(tmp_path / "whole").registered()
    assert new == [*old[:1], (2, "SLA-2", 1, "Niamh"), (3, "SLA-3", 1, "Omar")]

    for kill in range(1, _KILLS + 1):
        step = steps * kill // (_KILLS + 1) + 1
        person = Person(Path(shutil.copytree(omar.root, tmp_path / f"killed {step}")))
        assert pull_until(person.root, step) == step
        assert person.registered() in (old, new)
        assert is_sound(person)
        after = git(person.root, "rev-parse", "HEAD")
        if after != head:
            assert git(person.root, "status", "--porcelain") == ""
        person.pull()
        assert person.registered() == new
        assert git(person.root, "status", "--porcelain") == ""
        assert person.file_of("SLA-2026-0001").read_bytes() == (
            niamh.file_of("SLA-2026-0001").read_bytes()
        )


def test_the_person_is_told_the_new_places_and_receipts(
    niamh: Person, omar: Person
) -> None:
    niamh.register(2)
    niamh.push()
    omar.register(3)

    said = CliRunner().invoke(cli, ["-C", str(omar.root), "pull"])

    last = read_filed(omar.root)[-1]
    assert said.exit_code == 0, said.output
    assert "record 2 (SLA-2, signed original), filed by Niamh Kelleher" in said.output
    assert "your record 2 (SLA-3, signed original) is now record 3" in said.output
    assert f"receipt: {last.receipt}" in said.output


def test_the_person_is_told_what_to_decide(niamh: Person, omar: Person) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    omar.save("SLA-2026-0001", "Other price")

    said = CliRunner().invoke(cli, ["-C", str(omar.root), "pull"])
    done = CliRunner().invoke(
        cli, ["-C", str(omar.root), "pull", "--take", "theirs", "SLA-2026-0001"]
    )
    sent = CliRunner().invoke(cli, ["-C", str(omar.root), "push"])

    assert said.exit_code == 3
    assert "by Niamh Kelleher on 2026-11-24" in said.output
    assert "slacontracts pull --take mine SLA-2026-0001" in said.output
    assert done.exit_code == 0, done.output
    assert "SLA-2026-0001: as the other side has it" in done.output
    assert "sent to " in sent.output
