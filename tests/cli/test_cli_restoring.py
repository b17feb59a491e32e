"""An agreement whose folder was deleted by accident, told of and brought back."""

import shutil
from pathlib import Path

import pytest
from conftest import Run
from copying import copy_of
from typed import OLD, file_old_paper

ID = "SLA-2026-0002"
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def folder(run: Run, contracts: Path, signed_sample: Path) -> Path:
    """The folder of a registered agreement."""
    shutil.rmtree(contracts)
    copy_of(signed_sample, contracts)
    (found,) = contracts.glob(f"agreements/*/{ID}")
    return found


@pytest.mark.parametrize(
    "command",
    [["versions", ID], ["render", f"{ID}@original"], ["check", ID]],
    ids=" ".join,
)
def test_a_registered_agreement_without_its_folder_is_told_as_such(
    run: Run, folder: Path, command: list[str]
) -> None:
    shutil.rmtree(folder)

    told = run(*command, code=3).stderr

    assert told == (
        f"error: {ID} is registered, and its folder agreements/fabrikam-arabia/{ID} is "
        f"missing; bring it back as it was last saved: slacontracts restore {ID}\n"
    )


def test_a_deleted_agreement_is_restored_as_it_was_last_saved(
    run: Run, folder: Path
) -> None:
    before = (folder / "agreement.yaml").read_bytes()
    shutil.rmtree(folder)

    said = run("restore", ID).stdout

    assert said == f"agreements/fabrikam-arabia/{ID}: as it was last saved\n"
    assert (folder / "agreement.yaml").read_bytes() == before
    assert "original" in run("versions", ID).stdout


def test_what_is_there_is_never_restored_over(run: Run, folder: Path) -> None:
    (folder / "agreement.yaml").write_text("title: in hand\n")

    told = run("restore", ID, code=3).stderr

    assert told == (
        f"error: agreements/fabrikam-arabia/{ID} is there, and nothing was changed; "
        "to have an earlier text of it, see slacontracts versions\n"
    )
    assert (folder / "agreement.yaml").read_text() == "title: in hand\n"


def test_a_folder_that_lost_its_agreement_alone_keeps_what_else_is_in_it(
    run: Run, folder: Path
) -> None:
    before = (folder / "agreement.yaml").read_bytes()
    (folder / "agreement.yaml").unlink()
    (folder / "notes.txt").write_text("mine")

    run("restore", ID)

    assert (folder / "agreement.yaml").read_bytes() == before
    assert (folder / "notes.txt").read_text() == "mine"


def test_an_agreement_that_was_never_saved_cannot_be_restored(run: Run) -> None:
    told = run("restore", "SLA-2026-0099", code=3).stderr

    assert told == (
        "error: the last saved version has no agreement SLA-2026-0099; see slacontracts "
        "list\n"
    )


@pytest.mark.parametrize("command", ["versions", "check", "restore"])
def test_paper_of_others_is_told_as_such_and_no_other_id_is_offered(
    run: Run, tmp_path: Path, command: str
) -> None:
    file_old_paper(run, tmp_path)

    told = run(command, OLD, code=3).stderr

    assert told == (
        f"error: {OLD} is paper that was not drafted here, and there is no text of it; "
        f"see slacontracts registry show {OLD}\n"
    )
