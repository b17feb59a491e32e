"""The command that checks agreements and explains what it finds."""

from __future__ import annotations

import click

from slacontracts.cli.session import Session, count, finding_object, print_json, say


@click.command("check")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--explain", metavar="CODE", help="Explain one kind of finding.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_context
def check_command(
    ctx: click.Context, ids: tuple[str, ...], explain: str | None, as_json: bool
) -> None:
    """Check agreements; without ids, all of them and the library.

    Each finding says where it stands: file, line and column. The exit code is 1
    when there are errors.

    \b
      slacontracts check
      slacontracts check SLA-2026-0001 --json
      slacontracts check --explain undefined-term
    """
    session: Session = ctx.obj
    if explain is not None:
        say(_explanation(explain))
        return
    from slacontracts.model.finding import Severity, has_errors
    from slacontracts.workflow.check import check_agreements

    checked = check_agreements(session.desk(), ids)
    if as_json:
        print_json([finding_object(finding) for finding in checked.findings])
    else:
        for finding in checked.findings:
            say(str(finding))
        kinds = [finding.severity for finding in checked.findings]
        say(
            f"{count(kinds.count(Severity.ERROR), 'error')}, "
            f"{count(kinds.count(Severity.WARNING), 'warning')} in "
            f"{count(checked.agreements, 'agreement')}"
        )
    ctx.exit(1 if has_errors(checked.findings) else 0)


def _explanation(code: str) -> str:
    from slacontracts import checks

    return checks.explain(code)
