"""The commands that share a workspace with others: push and pull."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import click

from slacontracts.cli.session import Session, count, note, say
from slacontracts.errors import OutsideError

if TYPE_CHECKING:
    from slacontracts.store.register import Filed
    from slacontracts.store.renumbering import Joined
    from slacontracts.workflow.exchange import Pulled, Undecided

_PLACE = "FOLDER-OR-URL"
_MOST_LINES = 20


@click.command("push")
@click.option("--to", "place", metavar=_PLACE, help="Where to; only the first time.")
@click.pass_obj
def push_command(session: Session, place: str | None) -> None:
    """Send what was registered and saved here to those you share the workspace with.

    Nothing is taken over from them. If they have something that is not here, nothing
    is sent: pull first.

    \b
      slacontracts push --to ssh://git@host.example/contracts.git
      slacontracts push
    """
    from slacontracts.workflow.exchange import push_workspace

    sent = push_workspace(session.desk(), place)
    for said in sent.notes:
        note(f"note: {said}")
    if sent.put_back:
        note(
            f"note: {sent.place} had lost {count(sent.put_back, 'record')} of the "
            "register, which were put back; ask whoever keeps it why"
        )
    if not sent.versions and not sent.records:
        say(f"{sent.place} has everything already")
        return
    say(
        f"sent to {sent.place}: {count(sent.versions, 'version')} of drafts and "
        f"library, {count(sent.records, 'record')} of the register"
    )


@click.command("pull")
@click.option("--from", "place", metavar=_PLACE, help="Where from; the first time.")
@click.option(
    "--take",
    "decisions",
    metavar="mine|theirs UNIT",
    type=(click.Choice(("mine", "theirs")), str),
    multiple=True,
    help="Whose text counts where both changed one: an agreement's id, or a file.",
)
@click.option(
    "--mend",
    is_flag=True,
    help="Put right what is damaged here, as verify says, from the other side.",
)
@click.pass_obj
def pull_command(
    session: Session,
    place: str | None,
    decisions: tuple[tuple[str, str], ...],
    mend: bool,
) -> None:
    """Take over what others registered and saved.

    Agreements, clauses and templates that one of you changed are merged. Where both
    changed the same one, nothing is merged until you say whose counts. Records that
    you filed while somebody else was first get new numbers, and new receipts.

    \b
      slacontracts pull --from ssh://git@host.example/contracts.git
      slacontracts pull
      slacontracts pull --take theirs SLA-2026-0001 --take mine clauses/term
    """
    from slacontracts.workflow.exchange import pull_workspace

    chosen: dict[str, Literal["mine", "theirs"]] = {}
    for side, unit in decisions:
        if chosen.get(unit, side) != side:
            raise click.UsageError(f"--take says both mine and theirs of {unit}")
        chosen[unit] = cast("Literal['mine', 'theirs']", side)
    pulled = pull_workspace(
        session.desk(), place, chosen, session.now(), is_mended=mend
    )
    for said in pulled.notes:
        note(f"note: {said}")
    if pulled.is_empty:
        say(f"{pulled.place} has nothing yet; send what is here: slacontracts push")
        return
    _tell_register(pulled.register)
    _tell_units(pulled)
    if pulled.undecided:
        _refuse(pulled)
    if not (pulled.taken or pulled.kept or pulled.joined or pulled.register.new):
        say(f"{pulled.place} has nothing new")


def _tell_units(pulled: Pulled) -> None:
    for unit in pulled.taken[:_MOST_LINES]:
        say(f"{unit}: as the other side has it")
    if len(pulled.taken) > _MOST_LINES:
        say(f"and {len(pulled.taken) - _MOST_LINES} more")
    for unit in pulled.kept:
        say(f"{unit}: as you have it")
    for unit in pulled.joined:
        say(f"{unit}: with the turns of both sides")


def _tell_register(joined: Joined) -> None:
    for one in joined.new[:_MOST_LINES]:
        say(f"{_name(one)}, filed by {one.record.recorded_by}")
    if len(joined.new) > _MOST_LINES:
        say(
            f"and {count(len(joined.new) - _MOST_LINES, 'more record', 'more records')}"
        )
    for ours, theirs in joined.dropped:
        what = "the same paper" if ours.record.files else "the same"
        say(
            f"your {_name(ours)} is dropped: {what} was filed first by "
            f"{theirs.record.recorded_by}, as record {theirs.record.sequence}"
        )
    for before, now in joined.moved:
        say(f"your {_name(before)} is now record {now.record.sequence}")
        say(
            f"  receipt: {now.receipt} (in place of the one you had; provisional until "
            "pushed; the number may change)"
        )
    for earlier, later in joined.again:
        note(
            f"note: records {earlier.record.sequence} and {later.record.sequence} are "
            f"both of {later.record.agreement} ({later.record.as_ or 'paper'}), with "
            f"different paper, by {earlier.record.recorded_by} and "
            f"{later.record.recorded_by}; compare them: slacontracts registry show "
            f"{later.record.agreement}"
        )
    for theirs, ours in joined.put_right_twice:
        note(
            f"note: records {theirs.record.sequence} and {ours.record.sequence} both "
            f"put right one record of {ours.record.agreement}, by "
            f"{theirs.record.recorded_by} and {ours.record.recorded_by}; see which "
            f"counts, and put it right if it should not: slacontracts registry show "
            f"{ours.record.agreement}"
        )


def _name(filed: Filed) -> str:
    record = filed.record
    said = f" {record.as_}" if record.as_ else ""
    return f"record {record.sequence} ({record.agreement}, {record.act}{said})"


def _refuse(pulled: Pulled) -> None:
    """End with what both changed, and what a person can do about it."""
    for one in pulled.undecided:
        note(_both_changed(one))
    names = [one.name for one in pulled.undecided]
    example = " ".join(f"--take mine {name}" for name in names[:2])
    raise OutsideError(
        "drafts and library were not taken over, because both sides changed "
        f"{', '.join(names)}; decide for each whose text counts, mine or theirs: "
        f"slacontracts pull {example}"
    )


def _both_changed(one: Undecided) -> str:
    mine, theirs = (
        f"by {each.author} on {each.when:%Y-%m-%d %H:%M} ({each.message})"
        for each in (one.mine, one.theirs)
    )
    said = f"{one.name}: saved here {mine}, and on the other side {theirs}"
    if one.amended:
        said += (
            f"; to bring your amendment onto their text, copy {one.amended} to another "
            f"place, take theirs, and use slacontracts amend {one.name} --rebase COPY"
        )
    return said
