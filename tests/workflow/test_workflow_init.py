"""A new workspace: complete, saved, and never over something that was there."""

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store.cache import Cache
from slacontracts.store.git import draft_numbers, latest_library
from slacontracts.workflow import init
from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.desk import open_desk
from slacontracts.workflow.init import start_workspace

WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_the_samples_are_bound_saved_and_without_errors(sample: Path) -> None:
    desk = open_desk(sample, Cache(None))
    places = desk.workspace.agreements()

    findings = check_agreements(desk, []).findings

    assert [str(finding) for finding in findings if finding.severity == "error"] == []
    numbers = draft_numbers(desk.workspace, places)
    assert {(n.saves, n.has_unsaved_changes) for n in numbers.values()} == {(1, False)}
    revision = latest_library(sample)
    for place in places:
        assert f"library: {revision}" in desk.workspace.read(place.file).decode()


def test_nothing_is_left_unsaved(sample: Path) -> None:
    done = subprocess.run(
        ["git", "-C", str(sample), "status", "--porcelain"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stdout == ""


def test_without_samples_there_are_no_agreements(tmp_path: Path) -> None:
    started = start_workspace(
        tmp_path / "new" / "contracts", 'A "B" & C', with_samples=False, when=WHEN
    )

    desk = open_desk(started.root, Cache(None))
    assert desk.settings.organisation == 'A "B" & C'
    assert desk.workspace.agreements() == ()
    assert started.library == latest_library(started.root)


def test_every_editor_hint_leads_to_a_schema(sample: Path) -> None:
    hint = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)
    hinted = 0
    for file in sample.rglob("*.yaml"):
        for schema in hint.findall(file.read_text(encoding="utf-8")):
            target = (file.parent / schema).resolve()
            json.loads(target.read_text(encoding="utf-8"))
            assert target.parent == sample / ".schemas"
            hinted += 1
    assert hinted > 30


@pytest.mark.parametrize("content", ["notes.txt", ".git/config"])
def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / content
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine", encoding="utf-8")

    with pytest.raises(SourceError, match="not empty"):
        start_workspace(tmp_path, "Northwind", with_samples=True, when=WHEN)

    assert file.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "clauses").exists()


def test_a_workspace_is_not_made_inside_another(contracts: Path) -> None:
    for folder in (contracts / "new", contracts / "agreements" / "contoso" / "deep"):
        with pytest.raises(SourceError, match="would lie inside the workspace"):
            start_workspace(folder, "Northwind", with_samples=False, when=WHEN)

        assert not folder.exists()


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "contracts").write_text("mine", encoding="utf-8")

    with pytest.raises(SourceError, match="choose a new folder"):
        start_workspace(tmp_path / "contracts", "N", with_samples=False, when=WHEN)


def test_a_fault_on_the_way_leaves_the_folder_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OutsideError("the disk is full")

    monkeypatch.setattr(init, "save_version", broken)
    with pytest.raises(OutsideError, match="disk is full"):
        start_workspace(tmp_path, "Northwind", with_samples=True, when=WHEN)

    assert list(tmp_path.iterdir()) == []
