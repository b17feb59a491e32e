"""Several people change one workspace in the same moment, and nobody's work is lost."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import Workspace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.intake import begin_intake

ROOT = Path(__file__).parents[2]
ID = "SLA-2026-0001"
VALUES = {
    "/parties/customer/short_name": "Conto",
    "/parties/customer/register_no": "CN-1",
    "/parties/customer/crm": "C-2",
    "/parties/customer/tax_no": "TX-3",
    "/parties/provider/short_name": "North",
    "/parties/provider/register_no": "R-4",
    "/parties/provider/form": "company",
    "/parties/provider/tax_no": "IE-5",
}


def all_at_once(root: Path, calls: Sequence[Sequence[str]]) -> list[str]:
    """Run commands in processes of their own that start together; all must do well."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "slacontracts", "-C", str(root), *call],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        for call in calls
    ]
    ended = [process.communicate() for process in processes]
    for process, (_, said) in zip(processes, ended, strict=True):
        assert process.returncode == 0, said
    return [printed for printed, _ in ended]


def test_eight_values_set_at_once_all_survive(contracts: Path) -> None:
    all_at_once(contracts, [("set", ID, f"{at}={VALUES[at]}") for at in VALUES])

    workspace = Workspace(contracts)
    file = workspace.agreement(ID).file
    source, _ = read_yaml(workspace.read(file), file)
    assert source is not None
    found = {}
    for at in VALUES:
        value: object = source.data
        for step in at.split("/")[1:]:
            assert isinstance(value, dict)
            value = value.get(step)
        found[at] = value
    assert found == VALUES


def test_eight_agreements_drafted_at_once_have_eight_ids(
    contracts: Path, desk: Desk, tmp_path: Path
) -> None:
    before = Workspace(contracts).agreements()
    questions = begin_intake(desk, "service/managed-hosting").questions
    answers = tmp_path / "answers.yaml"
    lines = [f'{one.path}: "{one.example}"\n' for one in questions if one.example]
    answers.write_text("".join(lines), encoding="utf-8")
    call = ("new", "service/managed-hosting", "--answers", str(answers), "--customer")

    printed = all_at_once(
        contracts,
        [(*call, f"buyer-{at}") for at in range(8)],
    )

    places = Workspace(contracts).agreements()
    assert len(set(printed)) == 8
    assert len(places) == len(before) + 8
    assert len({place.id for place in places}) == len(places)


def test_saving_while_others_set_saves_whole_versions_and_loses_none(
    contracts: Path,
) -> None:
    calls: list[Sequence[str]] = []
    for number, at in enumerate(list(VALUES)[:4]):
        calls.append(("set", ID, f"{at}={VALUES[at]}"))
        calls.append(("save", ID, "-m", f"Version {number}"))
    all_at_once(contracts, calls)
    all_at_once(contracts, [("save", ID, "-m", "The last")])

    file = Workspace(contracts).agreement(ID).file
    git = ("git", "-C", str(contracts))
    kept = subprocess.run(
        [*git, "cat-file", "blob", f"HEAD:{file}"], check=True, capture_output=True
    )
    status = subprocess.run(
        [*git, "status", "--porcelain"], check=True, capture_output=True
    )
    assert kept.stdout == Workspace(contracts).read(file)
    assert all(str(VALUES[at]).encode() in kept.stdout for at in list(VALUES)[:4])
    assert status.stdout == b""
