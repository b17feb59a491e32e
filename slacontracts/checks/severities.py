"""Findings and a workspace's settings in, findings as grave as the workspace says out.

Only what checks find can be set. A file that cannot be read, or an agreement that
cannot be put together, is wrong in every workspace.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.text import nearest

WRONG_SETTING = Fault(
    "severity-setting",
    Severity.ERROR,
    summary="slacontracts.yaml sets how grave a finding is that does not exist, or "
    "that is wrong everywhere because a file cannot be read.",
    example="severity: {long-sentense: {is: warning, because: House style}}",
    remedy="Take the code that is suggested, or delete the setting.",
)


def graded(
    findings: Iterable[Finding], settings: WorkspaceSettings | None
) -> Iterator[Finding]:
    """Yield findings with the severity, and the reason, that the workspace sets."""
    changed = settings.severity if settings is not None else {}
    for finding in findings:
        setting = changed.get(finding.code)
        if setting is None or finding.code == WRONG_SETTING.code:
            yield finding
        else:
            yield replace(
                finding, severity=Severity(setting.is_), because=setting.because
            )


def unknown_severities(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find settings of severity for what no check finds."""
    surroundings = facts.surroundings
    settings, codes = surroundings.settings, surroundings.codes
    for code in settings.severity if settings is not None else ():
        if code not in codes:
            meant = nearest(code, codes)
            hint = f'did you mean "{meant}"?' if meant else "delete the setting"
            yield WRONG_SETTING.at(
                surroundings.place(f"/severity/{code}"),
                f'no check finds "{code}", so its severity cannot be set; {hint}',
            )


CHECKS = (Check(unknown_severities, (WRONG_SETTING,)),)
