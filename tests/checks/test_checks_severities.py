"""Severities that a workspace sets: the report says so, and why."""

import json

import pytest
from checking import EMPTY, found, found_in_data, paper
from conftest import Run

from slacontracts.checks import Surroundings
from slacontracts.model.finding import Origin, Severity
from slacontracts.model.settings import SeveritySetting, WorkspaceSettings
from slacontracts.workflow.desk import Desk


def set_to(code: str, severity: str, because: str = "House style.") -> Surroundings:
    setting = SeveritySetting.model_validate({"is": severity, "because": because})
    settings = WorkspaceSettings(organisation="Northwind", severity={code: setting})
    return Surroundings(settings, lambda path: Origin("slacontracts.yaml", 2, 3, path))


def test_a_finding_is_as_grave_as_the_workspace_says() -> None:
    surroundings = set_to("no-review", "information", "reviews stand in the framework")

    (finding,) = found_in_data("no-review", "", surroundings)

    assert finding.severity is Severity.INFO
    assert str(finding).endswith(
        "[no-review, severity set by slacontracts.yaml: reviews stand in the framework]"
    )


def test_other_findings_keep_their_severity() -> None:
    (finding,) = found_in_data("no-review", "", set_to("unused-term", "error"))

    assert finding.severity is Severity.WARNING
    assert str(finding).endswith("[no-review]")


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("no-reviw", 'did you mean "no-review"?'),
        ("yaml-syntax", "delete the setting"),
        ("qqqq", "delete the setting"),
    ],
)
def test_a_severity_for_what_no_check_finds_is_an_error(code: str, hint: str) -> None:
    (finding,) = found(
        "severity-setting", paper(clause=EMPTY), "", set_to(code, "warning")
    )

    assert finding.origin == Origin("slacontracts.yaml", 2, 3, f"/severity/{code}")
    assert hint in finding.message


def test_the_severity_of_wrong_settings_cannot_be_set() -> None:
    surroundings = set_to("severity-setting", "information")

    assert found("severity-setting", paper(clause=EMPTY), "", surroundings) == ()


SETTINGS = """\
severity:
  target-unsupported: {is: error, because: every promise rests on an agreement}
  no-reviw: {is: error, because: none}
"""


def test_the_report_shows_what_was_set_and_why(desk: Desk, run: Run) -> None:
    file = desk.workspace.root / "slacontracts.yaml"
    file.write_text(file.read_text("utf-8") + SETTINGS, encoding="utf-8")
    line = file.read_text("utf-8").splitlines().index(SETTINGS.splitlines()[2]) + 1

    shown = run("check", "SLA-2026-0002", code=1).stdout
    listed = json.loads(run("check", "SLA-2026-0002", "--json", code=1).stdout)

    assert (
        "[target-unsupported, severity set by slacontracts.yaml: every promise rests on "
        "an agreement]" in shown
    )
    assert f"slacontracts.yaml:{line}:3: error: no check finds" in shown
    reasons = [one.get("severity_set_because") for one in listed]
    assert "every promise rests on an agreement" in reasons
    assert None in reasons


def test_a_severity_needs_a_reason(desk: Desk, run: Run) -> None:
    file = desk.workspace.root / "slacontracts.yaml"
    text = "severity:\n  long-sentence: {is: warning}\n"
    file.write_text(file.read_text("utf-8") + text, encoding="utf-8")

    assert 'required field "because" is missing' in run("check", code=1).output
