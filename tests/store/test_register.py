"""The register: what is appended is read back, is on the disk first, and is one line."""

import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from filing import (
    NIAMH,
    START,
    file_record,
    files,
    filled_workspace,
    new_workspace,
)

from slacontracts.errors import OutsideError
from slacontracts.store import register
from slacontracts.store.chain import verify_chain
from slacontracts.store.git import blob_id
from slacontracts.store.register import file_of, read_filed, register_tip
from slacontracts.store.versions import save_version
from slacontracts.store.workspace import Workspace

COMPOSED, DECOMPOSED = "signed/1-Café.pdf", "signed/1-Cafe\u0301.pdf"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return new_workspace(tmp_path / "contracts")


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_a_register_without_records_is_empty_and_sound(root: Path) -> None:
    report = verify_chain(root)

    assert (register_tip(root), read_filed(root)) == (None, ())
    assert (report.filed, report.troubles, report.tip) == ((), (), None)


def test_what_is_appended_is_read_back(root: Path) -> None:
    done = [file_record(root, number) for number in range(1, 8)]

    read = read_filed(root)

    assert [one.record for one in read] == [one.record for one in done]
    assert [one.digest for one in read] == [one.digest for one in done]
    assert [one.record.sequence for one in read] == list(range(1, 8))
    assert [one.record.folder for one in read][4:] == [
        "customer-1/SLA-1/0002-signed",
        "customer-0/SLA-2/0002-signed",
        "customer-1/SLA-3/0002-signed",
    ]
    for number, one in enumerate(read, 1):
        assert set(one.files) == {*files(number), "record.json"}
        for name, data in files(number).items():
            assert file_of(root, one, name) == data


def test_one_agreement_is_read_without_the_others(root: Path) -> None:
    done = [file_record(root, number) for number in (1, 2, 3, 5)]

    read = read_filed(root, "customer-1/SLA-1")

    assert [one.record for one in read] == [done[0].record, done[3].record]


def test_git_finds_nothing_wrong_and_the_work_tree_is_untouched(root: Path) -> None:
    Workspace(root).write("clauses/term/clause.yaml", b"key: term\n")
    save_version(Workspace(root), ["clauses"], "x", author=NIAMH, when=START)
    for number in range(1, 4):
        file_record(root, number)

    checked = git(root, "fsck", "--strict", "--no-dangling", "--full")

    assert checked == ""
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "rev-list", "--count", "--merges", "register") == "0"
    assert git(root, "rev-list", "--count", "register") == "3"


def test_names_and_people_written_in_another_form_are_filed_in_one(root: Path) -> None:
    file_record(
        root,
        held={DECOMPOSED: b"signed"},
        customer="cafe\u0301",
        recorded_by=f"{NIAMH.name} <{NIAMH.email}>",
    )

    (read,) = read_filed(root, "café")

    assert read.record.contents.keys() == {COMPOSED}
    assert file_of(root, read, COMPOSED) == b"signed"
    assert verify_chain(root).troubles == ()


def test_a_clock_that_was_put_back_does_not_put_back_the_register(root: Path) -> None:
    file_record(root, 1)

    later = file_record(root, 2, recorded_at=START - timedelta(days=1))

    assert later.record.recorded_at == START + timedelta(minutes=1)
    assert verify_chain(root).troubles == ()


def test_a_part_that_was_damaged_before_is_written_anew(root: Path) -> None:
    data = files()["source.yaml"]
    name = blob_id(data)
    path = root / ".git/objects" / name[:2] / name[2:]
    path.parent.mkdir()
    path.write_bytes(b"")  # what a power cut leaves of a program that does not wait

    done = file_record(root)

    (read,) = read_filed(root)
    assert read.digest == done.digest
    assert file_of(root, read, "source.yaml") == data
    assert verify_chain(root).troubles == ()


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_no_link_is_followed_where_a_part_is_written(
    root: Path, tmp_path: Path
) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    name = blob_id(files()["source.yaml"])
    folder = root / ".git/objects" / name[:2]
    folder.mkdir()
    (folder / f"tmp_obj_{name[2:]}_{os.getpid()}").symlink_to(precious)

    file_record(root)

    assert precious.read_bytes() == b"precious"
    assert verify_chain(root).troubles == ()


def test_a_lock_that_an_ended_program_left_is_lifted(root: Path) -> None:
    file_record(root, 1)
    lock = root / ".git/refs/heads/register.lock"
    lock.write_bytes(b"")

    file_record(root, 2)

    assert not lock.exists()
    assert len(read_filed(root)) == 2


def test_a_lock_that_cannot_be_lifted_is_one_line_and_nothing_is_registered(
    root: Path,
) -> None:
    file_record(root, 1)
    lock = root / ".git/refs/heads/register.lock"
    (lock / "in the way").mkdir(parents=True)

    with pytest.raises(OutsideError, match="nothing was registered") as raised:
        file_record(root, 2)

    assert "\n" not in str(raised.value)
    assert len(read_filed(root)) == 1


def test_somebody_who_moves_the_branch_meanwhile_is_told_and_loses_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_record(root, 1)
    move = register._move

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(register, "_move", move)
        file_record(root, 2)
        move(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(register, "_move", overtaken)
    with pytest.raises(OutsideError, match=r"nothing was registered.*try again"):
        file_record(root, 3)

    assert [one.record.agreement for one in read_filed(root)] == ["SLA-1", "SLA-2"]


def test_a_register_that_is_not_as_it_was_left_takes_no_record(root: Path) -> None:
    file_record(root, 1)
    tree = git(root, "rev-parse", "register^{tree}")
    forged = git(root, "commit-tree", tree, "-p", "register", "-m", "By hand")
    git(root, "update-ref", "refs/heads/register", forged)

    with pytest.raises(OutsideError, match=r"nothing was registered.*verify"):
        file_record(root, 2)

    assert register_tip(root) == forged


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_a_record_is_on_the_disk_before_the_branch_and_the_branch_before_the_end(
    tmp_path: Path,
) -> None:
    root = filled_workspace(tmp_path / "contracts", 1)
    trace = tmp_path / "trace"
    code = (
        "import sys; from pathlib import Path; from filing import file_record\n"
        "print(file_record(Path(sys.argv[1]), 2).receipt, flush=True)"
    )
    subprocess.run(
        [
            *("strace", "-f", "-y", "-s", "99", "-o", str(trace), "-e"),
            "trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,mkdir,write",
            *(sys.executable, "-c", code, str(root)),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )

    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines()
    synced = [at for at, call in enumerate(calls) if "fsync(" in call]
    named = [
        at
        for at, call in enumerate(calls)
        if re.search("(rename|link).*objects/../tmp_obj", call)
    ]
    made = [
        (at, call)
        for at, call in enumerate(calls)
        if re.search(r"mkdir\(.*/objects/[0-9a-f]{2}\"", call) and "= 0" in call
    ]
    (moved,) = [
        at
        for at, call in enumerate(calls)
        if "rename" in call and "heads/register.lock" in call
    ]
    (said,) = [
        at for at, call in enumerate(calls) if re.search(r"write\(1.*\"2-", call)
    ]
    folders = {
        match[1]: at
        for at in synced
        if (match := re.search(r"fsync\(\d+<[^>]*/objects(?:/(..))?>", calls[at]))
    }
    # two new files of three, record.json, five folders, and the version
    assert len(named) == 9
    assert made
    for at in named:
        assert any("tmp_obj" in calls[one] for one in synced if one < at), calls[at]
        prefix = re.search(r"objects/(..)/tmp_obj", calls[at])
        assert prefix is not None
        assert at < folders[prefix[1]] < moved
    for at, call in made:
        assert at < folders[None] < moved, call
    assert sum("tmp_obj" in calls[at] for at in synced) == len(named)
    assert any("register.lock" in calls[at] for at in synced if at < moved)
    assert any("/refs/heads>" in calls[at] for at in synced if moved < at < said)
