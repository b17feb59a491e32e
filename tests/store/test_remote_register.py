"""The register of the other side: each way in which it can be wrong is found."""

import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from filing import START, file_record, filled_workspace
from sharing import git

from slacontracts.errors import OutsideError
from slacontracts.model.record import Record
from slacontracts.store.chain import ChainReport, verify_after, verify_chain
from slacontracts.store.register import file_of, read_filed, register_tip
from slacontracts.store.renumbering import (
    join_theirs,
    provisional,
    read_theirs,
    registers_again,
    seen_tip,
)
from slacontracts.store.ssh import judge_signature, signer

SEEN = "refs/remotes/origin/register"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register with five records, of which the first three were seen elsewhere."""
    root = filled_workspace(tmp_path / "contracts", 5)
    git(root, "update-ref", "refs/heads/all", "refs/heads/register")
    git(root, "update-ref", SEEN, "register~2")
    git(root, "update-ref", "refs/heads/register", "register~2")
    git(root, "config", "remote.origin.url", str(tmp_path / "shared.git"))
    return root


def tip(root: Path, name: str = "all") -> str:
    return git(root, "rev-parse", name)


def altered(
    root: Path, *changes: tuple[str, ...], of: str = "all", parent: str = ""
) -> str:
    """Return a version like another one, but with other files, or after another."""
    index = {**os.environ, "GIT_INDEX_FILE": str(root / ".git/altered")}

    def run(*arguments: str, data: str = "") -> str:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            env=index,
            input=data.encode(),
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    run("read-tree", parent or of)
    for change in changes:
        run(*change)
    commit = run("cat-file", "commit", of).split("\n")
    commit[0] = f"tree {run('write-tree')}"
    if parent:
        commit[1] = f"parent {tip(root, parent)}"
    text = "\n".join([*commit, ""])
    return run("hash-object", "-t", "commit", "-w", "--stdin", data=text)


def after(root: Path, version: str) -> ChainReport:
    return verify_after(root, tip(root, "register"), version)


def test_records_that_follow_are_read_and_all_are_returned(root: Path) -> None:
    report = after(root, tip(root))

    assert report.troubles == ()
    assert report.filed == verify_chain(root, tip=tip(root)).filed
    assert [one.record.sequence for one in report.filed] == [1, 2, 3, 4, 5]


OLD = "customer-1/SLA-1/0001-signed"
NEW = "customer-1/SLA-1/0002-signed"


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (f"{OLD}/source.yaml", "changed after its filing"),
        (f"{NEW}/source.yaml", "source.yaml, which its record"),
        ("customer-0/SLA-2/0001-signed/record.json", "SLA-2"),
    ],
    ids=["an old record", "the new record", "another agreement"],
)
def test_a_version_that_does_more_or_less_than_file_one_record_is_found(
    root: Path, file: str, says: str
) -> None:
    report = after(root, altered(root, ("update-index", "--force-remove", file)))

    assert report.worst == "tampered"
    assert any(says in one.says for one in report.troubles)


def test_a_record_that_is_left_out_between_is_found(root: Path) -> None:
    folder = f"{NEW}/"

    version = altered(
        root, ("read-tree", f"--prefix={folder}", f"all:{folder}"), parent="register"
    )

    says = [one.says for one in after(root, version).troubles]
    assert any("where record 4 belongs" in one for one in says)
    assert any("one between them was taken out" in one for one in says)


def test_a_version_that_joins_two_is_found(root: Path) -> None:
    tree = git(root, "rev-parse", "all^{tree}")
    parents = ("-p", "all~1", "-p", "register")
    joined = git(root, "commit-tree", tree, *parents, "-m", "Joined")

    report = after(root, joined)

    assert any("joining two registers" in one.says for one in report.troubles)


def test_what_is_believed_is_taken_over_in_one_step(root: Path) -> None:
    theirs = read_theirs(root, tip(root))
    assert theirs is not None

    joined = join_theirs(root, theirs, None)

    assert register_tip(root) == tip(root)
    assert [one.record.sequence for one in joined.new] == [4, 5]
    assert read_theirs(root, tip(root)) is None


def test_nothing_is_written_where_it_is_not_sound(root: Path) -> None:
    before = git(root, "for-each-ref")
    file = f"{NEW}/source.yaml"
    forged = altered(root, ("update-index", "--force-remove", file))

    with pytest.raises(OutsideError, match="register on the other side is not sound"):
        read_theirs(root, forged)

    assert git(root, "for-each-ref") == before


@pytest.mark.parametrize("lost", ["register~1", None], ids=["cut", "gone"])
def test_a_register_that_was_seen_longer_is_refused(
    root: Path, lost: str | None
) -> None:
    with pytest.raises(OutsideError, match=r"rewritten: it has lost record \d"):
        read_theirs(root, tip(root, lost) if lost else None)


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs OpenSSH")
def test_own_records_keep_their_files_and_recorder_and_are_signed_anew(
    root: Path, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    make = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    subprocess.run(make, check=True)
    git(root, "config", "gpg.format", "ssh")
    git(root, "config", "user.signingKey", str(key))
    file_record(root, 9, recorded_at=START)
    (*_, own) = read_filed(root)
    theirs = read_theirs(root, tip(root))
    assert theirs is not None

    joined = join_theirs(root, theirs, signer(root))

    ((was, now),) = joined.moved
    assert was.digest == own.digest
    last = read_filed(root)[-1]
    assert last.digest == now.digest
    new = {"sequence", "previous", "entry", "recorded_at", "signer", "formerly"}
    assert last.record.model_dump(exclude=new) == own.record.model_dump(exclude=new)
    assert (own.record.entry, last.record.entry) == (2, 3)
    signature = file_of(root, last, "record.json.sig")
    assert judge_signature(root, file_of(root, last, "record.json"), signature).is_good
    assert {name: one for name, one in last.files.items() if "record" not in name} == {
        name: one for name, one in own.files.items() if "record" not in name
    }
    assert verify_chain(root).troubles == ()


def test_records_that_were_not_seen_elsewhere_are_provisional(root: Path) -> None:
    assert seen_tip(root) == tip(root, "register")
    assert provisional(root) == frozenset()

    file_record(root, 6)
    file_record(root, 7)

    assert provisional(root) == {4, 5}
    git(root, "update-ref", "-d", SEEN)
    assert provisional(root) == {1, 2, 3, 4, 5}
    git(root, "config", "--unset", "remote.origin.url")
    assert provisional(root) == frozenset()


def signed(root: Path, **fields: Any) -> Record:
    shutil.rmtree(root, ignore_errors=True)
    filled_workspace(root, 0)
    return file_record(root, 1, **fields).record


def test_a_correction_is_not_the_same_text_registered_again(tmp_path: Path) -> None:
    first = signed(tmp_path / "a")
    again = signed(tmp_path / "a", recorded_at=START + timedelta(days=1))
    correction = signed(tmp_path / "a", correction="A page was missing")
    amendment = signed(tmp_path / "a", as_="amendment-1")

    assert registers_again(first, again)
    assert not registers_again(first, correction)
    assert not registers_again(first, amendment)
