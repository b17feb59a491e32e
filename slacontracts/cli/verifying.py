"""The command that tells whether the register is as it was filed: verify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from slacontracts.cli.session import Session, count, note, progress_bar, say

if TYPE_CHECKING:
    from slacontracts.workflow.verify import Verdict

# Exit codes beside those of all commands; scripts tell one from the other.
_EXIT: Final = {"tampered": 4, "incomplete": 5, "unchecked": 6}
_SAID: Final = {
    "tampered": "TAMPERED",
    "incomplete": "INCOMPLETE",
    "unchecked": "NOT CHECKED",
}


@click.command("verify")
@click.argument("agreement_id", metavar="[ID]", required=False)
@click.option(
    "--receipt",
    "receipts",
    metavar="RECEIPT",
    multiple=True,
    help="A receipt as it was printed; once for each.",
)
@click.pass_context
def verify_command(
    ctx: click.Context, agreement_id: str | None, receipts: tuple[str, ...]
) -> None:
    """Tell whether the register is as it was filed.

    Every byte is counted again, and what was signed is composed again. Whether records
    were cut off at the end, or all was made anew, shows only against a receipt, a
    remote, the index or signatures: the answer says what there was to compare with.

    Exit code 0: sound. 4: tampered with. 5: something is missing. 6: cannot be checked.

    \b
      slacontracts verify
      slacontracts verify SLA-2026-0001
      slacontracts verify --receipt 12-9f2c4e...
    """
    from slacontracts.workflow.verify import verify_register

    session: Session = ctx.obj
    desk = session.desk()
    with progress_bar("composing again") as progress:
        verdict = verify_register(desk, agreement_id, receipts, progress)
    _tell(verdict)
    if verdict.worst is not None:
        ctx.exit(_EXIT[verdict.worst])


def _tell(verdict: Verdict) -> None:
    for trouble in verdict.troubles:
        say(f"{_SAID[trouble.kind]}: {trouble.says}")
    for said in (*verdict.compared, *verdict.notes):
        note(f"note: {said}")
    records = count(verdict.records, "record")
    if verdict.worst is None:
        say(f"the register is sound: {records}, every byte counted again")
    else:
        say(f"the register is not sound: {records} could be read")
