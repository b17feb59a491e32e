"""The workspace: finding it, its agreements, and writing a file whole or not at all."""

from pathlib import Path

import pytest

from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.store.workspace import (
    AgreementPlace,
    Workspace,
    checked_key,
    find_workspace,
    starter_folder,
    write_file,
)


def folders(root: Path, *files: str) -> Workspace:
    for file in files:
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content")
    return Workspace(root)


def test_the_workspace_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    folders(tmp_path, "slacontracts.yaml", "clauses/term/clause.yaml")

    found = find_workspace(tmp_path / "clauses" / "term")

    assert found.root == tmp_path


def test_a_folder_outside_a_workspace_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="slacontracts init DIR"):
        find_workspace(tmp_path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no folder"):
        find_workspace(tmp_path / "nowhere")


def test_agreements_are_listed_by_customer_and_id(tmp_path: Path) -> None:
    workspace = folders(
        tmp_path,
        "agreements/zeta/SLA-1/agreement.yaml",
        "agreements/alpha/SLA-9/agreement.yaml",
        "agreements/alpha/SLA-2/agreement.yaml",
        "agreements/alpha/notes/todo.txt",
        "agreements/.hidden/SLA-3/agreement.yaml",
        "agreements/readme.txt",
    )

    assert workspace.agreements() == (
        AgreementPlace("SLA-2", "alpha"),
        AgreementPlace("SLA-9", "alpha"),
        AgreementPlace("SLA-1", "zeta"),
    )


def test_a_workspace_without_agreements_has_none(tmp_path: Path) -> None:
    assert Workspace(tmp_path).agreements() == ()


def test_a_link_to_a_folder_elsewhere_is_seen_but_not_read(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    folders(elsewhere, "SLA-1/agreement.yaml")
    root = tmp_path / "contracts"
    (root / "agreements").mkdir(parents=True)
    (root / "agreements" / "acme").symlink_to(elsewhere)

    (place,) = Workspace(root).agreements()

    assert place.folder == "agreements/acme/SLA-1"
    for refused in (
        lambda: Workspace(root).read(place.file),
        lambda: Workspace(root).write(place.file, b"x"),
        lambda: Workspace(root).agreement("SLA-1"),
        lambda: list(Workspace(root).files_below(place.folder)),
    ):
        with pytest.raises(SourceError, match=r"acme is a link to .*elsewhere"):
            refused()
    assert (elsewhere / "SLA-1/agreement.yaml").read_bytes() == b"content"


def test_a_workspace_may_itself_lie_behind_a_link(tmp_path: Path) -> None:
    folders(tmp_path / "real", "slacontracts.yaml")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert find_workspace(tmp_path / "link").read("slacontracts.yaml") == b"content"


def test_an_agreement_is_found_by_its_id(tmp_path: Path) -> None:
    workspace = folders(tmp_path, "agreements/acme/SLA-2026-0001/agreement.yaml")

    place = workspace.agreement("SLA-2026-0001")

    assert place.file == "agreements/acme/SLA-2026-0001/agreement.yaml"


def test_a_mistyped_id_gets_a_suggestion(tmp_path: Path) -> None:
    workspace = folders(tmp_path, "agreements/acme/SLA-2026-0001/agreement.yaml")

    with pytest.raises(NotFoundError, match='did you mean "SLA-2026-0001"'):
        workspace.agreement("SLA-2026-001")


@pytest.mark.parametrize(
    "unfit",
    [
        "../../etc",
        "sla-1",
        "SLA/1",
        "--output=x",
        "-SLA",
        "CON",
        "",
        "SLA 1",
        "A" * 65,
        "SLA\n1",
    ],
)
def test_no_path_is_made_of_an_unfit_id(tmp_path: Path, unfit: str) -> None:
    with pytest.raises(SourceError, match="cannot be an id"):
        Workspace(tmp_path).agreement(unfit)


def test_one_id_in_two_folders_is_refused_with_both_named(tmp_path: Path) -> None:
    workspace = folders(
        tmp_path,
        "agreements/a/SLA-1/agreement.yaml",
        "agreements/b/SLA-1/agreement.yaml",
    )

    with pytest.raises(SourceError, match=r"agreements/a/SLA-1 and agreements/b/SLA-1"):
        workspace.agreement("SLA-1")


def test_the_library_is_made_of_content_not_of_leftovers(tmp_path: Path) -> None:
    workspace = folders(
        tmp_path,
        "clauses/term/clause.yaml",
        "clauses/term/preferred.en.md",
        "clauses/term/preferred.en.md~",
        "clauses/.DS_Store",
        "templates/house/standard.docx",
        "templates/house/~$andard.docx",
        "agreements/acme/SLA-1/agreement.yaml",
    )

    assert sorted(workspace.library_files()) == [
        "clauses/term/clause.yaml",
        "clauses/term/preferred.en.md",
        "templates/house/standard.docx",
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no file"):
        Workspace(tmp_path).read("slacontracts.yaml")


def test_a_written_file_replaces_the_old_one_and_leaves_nothing_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "agreement.yaml"

    write_file(path, b"old")
    write_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_fault_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "agreement.yaml"
    path.write_bytes(b"old")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("slacontracts.store.workspace.os.fsync", no_space)
    with pytest.raises(OutsideError, match="No space left on device"):
        write_file(path, b"new")

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_can_be_made_again_is_written_whole_without_waiting_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "SLA-1.docx"
    path.write_bytes(b"old")

    def waits(*_: object) -> None:
        raise AssertionError("waits for the disk")

    monkeypatch.setattr("slacontracts.store.workspace.os.fsync", waits)
    write_file(path, b"new", is_durable=False)

    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(AssertionError, match="waits for the disk"):
        write_file(path, b"a source")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no such view here")
def test_a_written_file_survives_with_every_folder_that_was_made_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []

    def note(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink())

    monkeypatch.setattr("slacontracts.store.workspace.os.fsync", note)

    write_file(tmp_path / "a" / "b" / "file", b"x")

    folders = [tmp_path / "a" / "b", tmp_path / "a", tmp_path]
    assert [path for path in synced if path in folders] == folders


def test_a_file_that_may_not_be_replaced_is_said_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(OutsideError, match="open in another program"):
        write_file(tmp_path / "SLA-1.docx", b"new")


def test_a_key_that_becomes_a_folder_is_checked() -> None:
    assert checked_key("contoso", "--customer") == "contoso"
    with pytest.raises(SourceError, match=r"--customer: .*is not a key"):
        checked_key("../x", "--customer")


def test_the_starter_content_is_at_hand() -> None:
    assert (starter_folder() / "clauses" / "term" / "clause.yaml").is_file()
    assert (starter_folder() / "templates" / "house" / "standard.docx").is_file()
