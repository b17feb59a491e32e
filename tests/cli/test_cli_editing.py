"""Setting values on the command line: what is printed, and commands that are printed."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from conftest import Run

ID = "SLA-2026-0001"


def test_what_is_taken_out_is_printed(run: Run) -> None:
    result = run("set", ID, "/term/initial=24 months", "/services/managed-database=")

    first, second = result.stdout.splitlines()
    assert first.startswith(f"{ID}: removed /services/managed-database: {{key: managed")
    assert first.endswith("}]}")
    assert second == f"{ID}: 1 value set"


def test_the_command_that_records_an_approval_can_be_copied(
    run: Run, contracts: Path
) -> None:
    run("set", "SLA-2026-0004", "/invoicing/due_days=50")
    wanted = (
        r": slacontracts (set SLA-2026-0004 \"/approvals/.*\") \[deviation-unapproved"
    )

    for _ in range(9):
        found = re.findall(wanted, run("check", "SLA-2026-0004").stdout)
        if not found:
            break
        run(*shlex.split(found[0].replace("by: NAME", "by: Omar Haddad")))

    file = next(contracts.glob("agreements/*/SLA-2026-0004/agreement.yaml"))
    approved = file.read_text(encoding="utf-8").partition("approvals:")[2]
    assert "/invoicing/due_days" in approved
    assert "deviation-unapproved" not in run("check", "SLA-2026-0004").stdout


def test_what_was_taken_out_can_be_set_again(run: Run, contracts: Path) -> None:
    file = next(contracts.glob(f"agreements/*/{ID}/agreement.yaml"))
    for path in ("/services/managed-database", "/governing_law/law"):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))

        (line,) = run("set", ID, f"{path}=").stdout.splitlines()
        was = line.removeprefix(f"{ID}: removed {path}: ")
        again = path.replace("managed-database", "+")
        run("set", ID, f"{again}={was}")

        assert yaml.safe_load(file.read_text(encoding="utf-8")) == data


def test_what_rests_on_a_target_that_was_taken_out_is_told_with_the_way(
    run: Run,
) -> None:
    result = run("set", ID, "/services/web-hosting/targets/availability=")

    hint = result.stderr.splitlines()[-1]
    at = "/services/web-hosting/credits"
    assert hint.startswith(f"{at}/target rests on what was removed; ")
    assert f"slacontracts set {ID} {at}/target=KEY" in hint
    assert hint.endswith(f" {at}=")


def test_what_is_found_is_counted_by_weight_and_information_alone_is_not(
    run: Run,
) -> None:
    quiet = run("set", "SLA-2026-0004", "/parties/provider/register_no=0912346")
    blank = run("set", "SLA-2026-0004", "/signatories/0/name=")

    assert quiet.stderr == ""
    wanted = (
        r"note: 1 warning(, \d information)?; see slacontracts check SLA-2026-0004\n"
    )
    assert re.fullmatch(wanted, blank.stderr)


def test_a_service_without_what_it_needs_leads_to_one_that_can_be_copied(
    run: Run,
) -> None:
    refused = run("set", ID, "/services/+={name: B}", code=3)
    written = run("set", ID, "/services/+={key: b, name: B}")

    assert 'required field "key" is missing' in refused.stderr
    for result in (refused, written):
        assert "set --help shows a whole new service" in result.stderr


def test_the_new_service_of_the_help_stands_as_it_is(run: Run) -> None:
    text = run("set", "--help").stdout.replace("\\\n", "")
    (example,) = re.findall(r'set SLA-2026-0001 ("/services/\+=.*")', text)

    result = run("set", ID, *shlex.split(example))

    assert result.stdout == f"{ID}: 1 value set\n"
    assert ": error: " not in result.stderr


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
