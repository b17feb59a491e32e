"""Setting values on the command line: what is printed, and commands that are printed."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import Run

ID = "SLA-2026-0001"


def test_what_is_taken_out_is_printed(run: Run) -> None:
    result = run("set", ID, "/term/initial=24 months", "/services/managed-database=")

    first, second = result.stdout.splitlines()
    assert first.startswith(f"{ID}: removed /services/managed-database: {{key: managed")
    assert len(first) < 400
    assert second == f"{ID}: 1 value set"


def test_the_command_that_records_an_approval_can_be_copied(
    run: Run, contracts: Path
) -> None:
    settings = contracts / "slacontracts.yaml"
    text = settings.read_text(encoding="utf-8")
    holder = "roles: {finance: [{name: Omar Haddad, email: o@northwind.example}]}"
    settings.write_text(text.replace("roles: {}", holder), encoding="utf-8")
    run("set", "SLA-2026-0004", "/invoicing/due_days=50")
    wanted = (
        r": slacontracts (set SLA-2026-0004 \"/approvals/.*\") \[deviation-unapproved"
    )

    for _ in range(9):
        found = re.findall(wanted, run("check", "SLA-2026-0004").stdout)
        if not found:
            break
        run(*shlex.split(found[0]))

    file = next(contracts.glob("agreements/*/SLA-2026-0004/agreement.yaml"))
    approved = file.read_text(encoding="utf-8").partition("approvals:")[2]
    assert "/invoicing/due_days" in approved
    assert "deviation-unapproved" not in run("check", "SLA-2026-0004").stdout


@pytest.mark.parametrize("ids", [(ID, ID), (ID,)])
def test_an_agreement_that_is_named_twice_is_checked_once(
    run: Run, ids: tuple[str, ...]
) -> None:
    assert "in 1 agreement\n" in run("check", *ids).stdout


def test_new_errors_beyond_the_first_are_counted(run: Run) -> None:
    result = run("set", ID, "/clauses/definitions=omit")

    *errors, more, now = result.stderr.splitlines()
    assert len(errors) == 5
    assert all(": error: " in line for line in errors)
    assert re.fullmatch(r"and \d+ more", more)
    assert now.startswith("now: ")
