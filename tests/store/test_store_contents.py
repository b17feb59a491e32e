"""What is read of a version: only what was saved under its id, else one clear line."""

import hashlib
import subprocess
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slacontracts.errors import NotFoundError, OutsideError
from slacontracts.store.contents import file_at, library_files, unsaved_files
from slacontracts.store.git import run_git
from slacontracts.store.versions import Author, save_version, start_history
from slacontracts.store.workspace import Workspace

NIAMH = Author("Niamh Kelleher", "niamh@northwind.example")
WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TERM = "clauses/term/preferred.en.md"
AGREEMENT = "agreements/acme/SLA-1/agreement.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "contracts"
    root.mkdir()
    start_history(root)
    made = Workspace(root)
    made.write("slacontracts.yaml", b"organisation: Northwind\n")
    made.write(TERM, b"It lasts a year.\n")
    made.write("templates/house/standard.docx", bytes(range(256)) * 40)
    made.write(AGREEMENT, b"id: SLA-1\n")
    return made


def save(workspace: Workspace, *paths: str) -> str:
    version = save_version(workspace, paths, "A reason", author=NIAMH, when=WHEN)
    assert version is not None
    return version


def id_of(workspace: Workspace, name: str) -> str:
    return run_git(workspace.root, "rev-parse", "--verify", name).decode().strip()


def kept_at(workspace: Workspace, name: str) -> Path:
    one = id_of(workspace, name)
    return workspace.root / ".git" / "objects" / one[:2] / one[2:]


def forge(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Put something else where git keeps an object, sound but for its id."""
    heading, _, data = zlib.decompress(path.read_bytes()).partition(b"\0")
    data = change(data)
    kind = heading.split(b" ")[0]
    path.chmod(0o644)
    path.write_bytes(zlib.compress(b"%b %d\0%b" % (kind, len(data), data)))


def without(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new)

    return change


def test_a_file_that_was_rewritten_under_its_id_is_refused(
    workspace: Workspace,
) -> None:
    version = save(workspace, "clauses", "templates")
    forge(kept_at(workspace, f"HEAD:{TERM}"), without(b"a year", b"a week"))

    with pytest.raises(OutsideError, match=r"were altered.*\.git from a colleague"):
        library_files(workspace.root, version)
    with pytest.raises(OutsideError, match="were altered"):
        file_at(workspace.root, version, TERM)


@pytest.mark.parametrize("forged", ["HEAD:clauses/term", "HEAD:clauses", "HEAD:"])
def test_a_folder_that_was_rewritten_under_its_id_is_refused(
    workspace: Workspace, forged: str
) -> None:
    version = save(workspace, "clauses", "templates")
    inner = {"HEAD:clauses/term": TERM, "HEAD:clauses": "clauses/term"}
    known = bytes.fromhex(id_of(workspace, f"HEAD:{inner.get(forged, 'clauses')}"))
    other = run_git(workspace.root, "hash-object", "-w", "--stdin", data=b"Another.")
    forge(
        kept_at(workspace, forged),
        without(known, bytes.fromhex(other.decode().strip())),
    )

    with pytest.raises(OutsideError, match="were altered"):
        library_files(workspace.root, version)


def test_a_version_that_was_led_to_another_folder_is_refused(
    workspace: Workspace,
) -> None:
    version = save(workspace, "clauses", "templates")
    honest = id_of(workspace, "HEAD:")
    workspace.write(TERM, b"It lasts a week.\n")
    save(workspace, "clauses")
    forged = id_of(workspace, "HEAD:")
    forge(kept_at(workspace, version), without(honest.encode(), forged.encode()))

    with pytest.raises(OutsideError, match="were altered"):
        library_files(workspace.root, version)


def test_a_forgery_that_another_repository_lends_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    version = save(workspace, "clauses", "templates")
    kept = kept_at(workspace, f"HEAD:{TERM}")
    lent = tmp_path / "lent" / kept.parent.name / kept.name
    lent.parent.mkdir(parents=True)
    kept.rename(lent)
    forge(lent, without(b"a year", b"a week"))
    lenders = workspace.root / ".git/objects/info/alternates"
    lenders.parent.mkdir(exist_ok=True)
    lenders.write_text(f"{tmp_path / 'lent'}\n", encoding="utf-8")

    with pytest.raises(OutsideError, match="were altered"):
        library_files(workspace.root, version)


def test_a_forged_folder_does_not_make_an_agreement_look_saved(
    workspace: Workspace,
) -> None:
    save(workspace, "agreements")
    workspace.write(AGREEMENT, b"id: SLA-1\ntitle: Other\n")
    other = hashlib.sha1(b"blob 24\0id: SLA-1\ntitle: Other\n").digest()
    folder = kept_at(workspace, "HEAD:agreements/acme/SLA-1")
    forge(folder, without(bytes.fromhex(id_of(workspace, f"HEAD:{AGREEMENT}")), other))

    with pytest.raises(OutsideError, match="were altered"):
        unsaved_files(workspace, "agreements/acme/SLA-1")


@pytest.mark.parametrize("lost", [f"HEAD:{TERM}", "HEAD:clauses", "HEAD:"])
def test_a_part_that_is_missing_is_a_line_with_a_remedy(
    workspace: Workspace, lost: str
) -> None:
    version = save(workspace, "clauses", "templates")
    kept_at(workspace, lost).unlink()

    with pytest.raises(OutsideError) as raised:
        library_files(workspace.root, version)

    assert "is missing; get it again with slacontracts pull" in str(raised.value)
    assert "take the folder .git from a colleague" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_only_a_version_is_a_version(workspace: Workspace) -> None:
    save(workspace, "clauses", "templates")
    environment = {"GIT_COMMITTER_NAME": "N", "GIT_COMMITTER_EMAIL": "n@n.example"}
    subprocess.run(
        ["git", "-C", str(workspace.root), "tag", "-a", "-m", "x", "signed"],
        check=True,
        env=environment,
    )

    for other in (id_of(workspace, "HEAD:"), id_of(workspace, "signed")):
        with pytest.raises(NotFoundError, match="has no version"):
            library_files(workspace.root, other)


def test_a_version_beside_the_history_is_no_version_of_this_workspace(
    workspace: Workspace,
) -> None:
    first = save(workspace, "clauses", "templates")
    workspace.write(TERM, b"It lasts a week.\n")
    second = save(workspace, "clauses")
    run_git(workspace.root, "update-ref", "refs/heads/main", first)

    assert library_files(workspace.root, first)
    with pytest.raises(NotFoundError, match="not in the history"):
        library_files(workspace.root, second)


def test_a_single_file_is_compared_as_a_folder_is(workspace: Workspace) -> None:
    assert unsaved_files(workspace, "slacontracts.yaml") == ("slacontracts.yaml",)
    version = save(workspace, "slacontracts.yaml", "clauses")
    assert unsaved_files(workspace, "slacontracts.yaml", "clauses") == ()

    workspace.write("slacontracts.yaml", b"organisation: Southwind\n")

    assert unsaved_files(workspace, "slacontracts.yaml") == ("slacontracts.yaml",)
    honest = file_at(workspace.root, version, "slacontracts.yaml")
    assert honest == b"organisation: Northwind\n"
    assert file_at(workspace.root, version, "nowhere.yaml") is None
