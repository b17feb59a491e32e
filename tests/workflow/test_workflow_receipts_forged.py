"""A register that was made anew says itself where its records stood: who believes it."""

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from filing import START, files, record
from forging import Forger, Step, linked, steps_of
from sharing import Person, bare, git
from test_workflow_renumbered import of_chain, run

from slacontracts.model.record import FormerPlace, SignedFile, record_bytes
from slacontracts.store.register import BRANCH, Filed, read_filed
from slacontracts.store.renumbering import KEPT
from slacontracts.store.ssh import NAMESPACE
from slacontracts.workflow.registry import index_path, rebuild_index
from slacontracts.workflow.verify import Verdict, verify_register


@pytest.fixture
def niamh(contracts: Path) -> Person:
    return Person(contracts)


def put_in() -> Step:
    """Return a record that says it was filed before all others."""
    held = files(7)
    del held["text.json"]
    paper = held["signed/1-signed.pdf"]
    signed = SignedFile(
        name="signed.pdf",
        path="signed/1-signed.pdf",
        sha256=hashlib.sha256(paper).hexdigest(),
        size=len(paper),
        tie="pdf",
    )
    when = START - timedelta(days=100)
    return Step(record(7, files=(signed,), recorded_at=when), held)


def as_it_stood(step: Step, was: Filed) -> Step:
    place = FormerPlace(
        sequence=was.record.sequence,
        previous=was.record.previous,
        entry=was.record.entry,
        recorded_at=was.record.recorded_at,
        signer=was.record.signer,
    )
    return step.but(formerly=(place,))


def made_anew(person: Person, start: int = 0) -> list[Filed]:
    """Put a record in after some; each later one says truly where it stood."""
    was = list(read_filed(person.root))
    steps = steps_of(person.root)
    later = [
        as_it_stood(step, one)
        for step, one in zip(steps[start:], was[start:], strict=True)
    ]
    new = put_in()
    if start:
        new = new.but(recorded_at=was[start - 1].record.recorded_at)
    Forger(person.root).make(linked([*steps[:start], new, *later]))
    index_path(person.root).unlink(missing_ok=True)
    return was


def verified(person: Person, was: Sequence[Filed]) -> Verdict:
    given = [str(one.receipt) for one in was]
    return verify_register(person.desk, receipts=given)


def not_vouched_for(verdict: Verdict) -> list[str]:
    return [one.says for one in verdict.troubles if "did not then" in one.says]


@pytest.mark.parametrize("start", [0, 1])
def test_a_record_put_in_is_named_to_whoever_has_a_receipt_from_before(
    niamh: Person, start: int
) -> None:
    for number in (1, 2, 3):
        niamh.register(number)
    was = made_anew(niamh, start)

    verdict = verified(niamh, was[start:])

    assert of_chain(verdict) == []
    said = not_vouched_for(verdict)
    assert len(said) == 3 - start
    place = start + 1
    assert said[0].startswith(
        f"the receipt of record {place} is answered by record {place + 1} (receipt "
    )
    assert all(f": record {place} (SLA-3, signed, by Niamh" in one for one in said)
    assert not [one for one in verdict.notes if "is now" in one]
    receipt = ("--receipt", str(was[2].receipt))
    assert run(niamh, "verify", *receipt).exit_code == 6


def test_what_was_kept_here_is_no_proof_of_what_was_put_in(niamh: Person) -> None:
    for number in (1, 2):
        niamh.register(number)
    rebuild_index(niamh.desk)
    index = index_path(niamh.root)
    known = index.read_bytes()
    tip = git(niamh.root, "rev-parse", BRANCH)
    was = made_anew(niamh)
    git(niamh.root, "update-ref", f"{KEPT}/{was[1].digest}", tip)

    verdict = verified(niamh, was[1:])
    index.write_bytes(known)
    with_index = verify_register(niamh.desk)

    assert len(not_vouched_for(verdict)) == 1
    assert with_index.worst == "tampered"


def test_a_record_that_was_taken_out_before_one_kept_here_is_missed(
    niamh: Person,
) -> None:
    for number in (1, 2):
        niamh.register(number)
    tip = git(niamh.root, "rev-parse", BRANCH)
    was = read_filed(niamh.root)
    steps = steps_of(niamh.root)
    Forger(niamh.root).make(linked(steps[1:]))
    git(niamh.root, "update-ref", f"{KEPT}/{was[1].digest}", tip)

    assert verified(niamh, was[1:]).worst == "tampered"


def test_a_place_shared_with_others_vouches_only_for_what_it_was_seen_to_have(
    niamh: Person, tmp_path: Path
) -> None:
    for number in (1, 2):
        niamh.register(number)
    niamh.push(str(bare(tmp_path / "shared.git")))
    was = made_anew(niamh)
    git(niamh.root, "update-ref", "-d", "refs/remotes/origin/register")

    assert len(not_vouched_for(verified(niamh, was))) == 2


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs OpenSSH")
@pytest.mark.parametrize("is_known", [True, False])
def test_a_known_signer_vouches_for_a_record_in_between(
    niamh: Person, tmp_path: Path, *, is_known: bool
) -> None:
    key = tmp_path / "key"
    make = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    subprocess.run(make, check=True)
    allowed = tmp_path / "signers"
    who = "niamh@northwind.example" if is_known else "# nobody"
    allowed.write_text(f"{who} {key.with_suffix('.pub').read_text()}")
    git(niamh.root, "config", "gpg.ssh.allowedSignersFile", str(allowed))
    niamh.register(1)
    niamh.register(2)
    was = read_filed(niamh.root)
    old_one, old_two = steps_of(niamh.root)
    between = put_in().but(recorded_at=was[0].record.recorded_at, signer="SHA256:key")
    chain = linked([old_one, between, as_it_stood(old_two, was[1])])
    data = tmp_path / "record.json"
    data.write_bytes(record_bytes(chain[1].record))
    sign = ("ssh-keygen", "-q", "-Y", "sign", "-n", NAMESPACE, "-f", str(key))
    subprocess.run([*sign, str(data)], check=True, capture_output=True)
    files_of_it = {
        **chain[1].files,
        "record.json.sig": data.with_suffix(".json.sig").read_bytes(),
    }
    chain[1] = Step(chain[1].record, files_of_it)
    Forger(niamh.root).make(chain)

    verdict = verified(niamh, was[1:])

    assert len(not_vouched_for(verdict)) == (0 if is_known else 1)
    assert len([one for one in verdict.notes if "is now" in one]) == int(is_known)
