"""Addresses that can be none, wherever a person writes one: one line says so."""

import re
from pathlib import Path

import pytest
from conftest import Run

from slacontracts.model.paths import look_up

SERVICE = "service/managed-hosting"
AGREEMENT = "agreements/contoso-retail/SLA-2026-0001/agreement.yaml"
IMPOSSIBLE = ("/", "//x", "/x/")


def working(contracts: Path) -> Path:
    """Let an agreement follow the library as it stands in the folder."""
    file = contracts / AGREEMENT
    text = file.read_text(encoding="utf-8")
    file.write_text(
        re.sub(r"(?m)^library: .*", "library: working", text), encoding="utf-8"
    )
    return file


@pytest.mark.parametrize("path", [*IMPOSSIBLE, "//", "/term/", "/term//initial", ""])
def test_nothing_stands_at_an_impossible_address(path: str) -> None:
    with pytest.raises(KeyError):
        look_up({"": {"": 1, "x": 1}, "x": {"": 1}, "term": {"": {"initial": 1}}}, path)


@pytest.mark.parametrize("path", ["//x", "/x/", "/term/", "/term//initial"])
def test_set_refuses_an_impossible_address(
    path: str, contracts: Path, run: Run
) -> None:
    before = (contracts / AGREEMENT).read_bytes()

    result = run("set", "SLA-2026-0001", f"{path}=3", code=3)

    assert f'"{path}" is not the address of a value' in result.output
    assert (contracts / AGREEMENT).read_bytes() == before


@pytest.mark.parametrize("path", IMPOSSIBLE)
def test_answers_refuse_an_impossible_address(
    path: str, tmp_path: Path, run: Run
) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text(f'"{path}": "3"\n', encoding="utf-8")

    result = run("new", SERVICE, "--answers", str(answers), code=3)

    lines = [
        line for line in result.output.splitlines() if "is not the address" in line
    ]
    assert len(lines) == 1
    assert f'"{path}"' in lines[0]


@pytest.mark.parametrize("path", IMPOSSIBLE)
def test_a_lock_on_an_impossible_address_is_found(
    path: str, contracts: Path, run: Run
) -> None:
    working(contracts)
    template = contracts / f"templates/{SERVICE}.yaml"
    text = template.read_text(encoding="utf-8")
    assert "\nlock:" not in text
    template.write_text(f'{text}\nlock: ["{path}"]\n', encoding="utf-8")

    result = run("check", "SLA-2026-0001", code=1)

    assert f'"{path}" is not the address of a value' in result.output


@pytest.mark.parametrize("path", IMPOSSIBLE)
def test_an_approval_of_an_impossible_address_is_found(
    path: str, contracts: Path, run: Run
) -> None:
    file = working(contracts)
    text = file.read_text(encoding="utf-8")
    approval = (
        f'approvals:\n  - {{item: "{path}", role: legal, by: A, on: 2026-01-01}}\n'
    )
    file.write_text(text.replace("approvals:\n", approval, 1), encoding="utf-8")

    result = run("check", "SLA-2026-0001", code=0)

    assert f'"{path}" is neither a clause' in result.output
