"""A fault of the product at one agreement is told, and the others go on."""

from pathlib import Path

import pytest
from conftest import Run
from failing import STAGES, fail_on

from slacontracts.workflow import check, render_all
from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.internal_fault import in_one_line

ID = "SLA-2026-0001"


@pytest.mark.parametrize("stage", STAGES)
def test_a_check_of_all_names_the_agreement_and_checks_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    set_values(desk, ID, [("/term/notice", "P31D")])
    others = check_agreements(desk, ()).findings
    fail_on(monkeypatch, "P31D", stage)

    checked = check_agreements(desk, ())

    (fault,) = [one for one in checked.findings if one.code == "internal-fault"]
    assert fault.severity == "error"
    assert fault.origin.file == desk.workspace.agreement(ID).file
    assert "ZeroDivisionError: no way" in fault.message
    elsewhere = {one for one in others if one.origin.file != fault.origin.file}
    assert elsewhere <= set(checked.findings)


def test_what_fails_outside_the_stages_is_a_finding_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = vars(check)["read_draft"]

    def failing(shelf: object, place: object) -> object:
        if ID in str(place):
            raise RecursionError("too deep")
        return reads(shelf, place)

    monkeypatch.setattr(check, "read_draft", failing)

    result = run("check", code=1)

    (line,) = [line for line in result.stdout.splitlines() if "internal fault" in line]
    assert line.startswith(f"agreements/contoso-retail/{ID}/agreement.yaml:1:1: error:")
    assert "RecursionError: too deep" in line
    assert "1 error, " in result.stdout
    assert "in 8 agreements" in result.stdout


def test_of_all_agreements_the_others_are_rendered(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    renders = vars(render_all)["render_agreement"]

    def failing(*arguments: object) -> object:
        if ID in str(arguments[1]):
            raise KeyError("style")
        return renders(*arguments)

    monkeypatch.setattr(render_all, "render_agreement", failing)
    out = tmp_path / "out"

    result = run("render", "--all", "-o", str(out), "--format", "text", code=1)

    assert len(list(out.iterdir())) == 7
    assert "7 agreements rendered" in result.stdout
    (line,) = result.stderr.splitlines()[:1]
    assert line.startswith(f"{ID}: not rendered: ")
    assert "internal fault" in line
    assert "KeyError: 'style'" in line


def test_the_place_in_the_product_is_named() -> None:
    from slacontracts.model.scalars import read_day

    with pytest.raises(ValueError, match="is not a date") as raised:
        read_day("soon")

    told = in_one_line(raised.value)
    assert told.startswith("internal fault in model/scalars.py, line ")
    assert "ValueError" in told
    assert "\n" not in in_one_line(ValueError("a\nb"))
