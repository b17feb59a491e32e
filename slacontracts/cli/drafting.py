"""The commands that begin an agreement: new, and form for its questions in Word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.editing import changes_in
from slacontracts.cli.session import Session, count, note, say

if TYPE_CHECKING:
    from slacontracts.model.clause import Language
    from slacontracts.workflow.new import Intake


@click.command("new")
@click.argument("template")
@click.option("--id", "agreement_id", metavar="ID", help="Else the next free number.")
@click.option(
    "--customer",
    metavar="KEY",
    help="The folder of the customer; else made of the customer's name.",
)
@click.option(
    "--answers",
    "answers_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A filled Word form, or YAML with /path: value.",
)
@click.option(
    "--set", "settings", metavar="/PATH=VALUE", multiple=True, help="One answer."
)
@click.pass_obj
def new_command(
    session: Session,
    template: str,
    agreement_id: str | None,
    customer: str | None,
    answers_file: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Draft a new agreement from a template.

    Asks what the template needs to know and nobody has said yet, and prints the
    file that it made. Empty answers keep what stands in [brackets].

    \b
      slacontracts new service/managed-hosting
      slacontracts new service/managed-hosting --answers questions.docx
      slacontracts new service/managed-hosting --customer contoso \\
          --set "/parties/customer/legal_name=Contoso Retail LLC"
    """
    from slacontracts.workflow.new import begin_intake, create_agreement
    from slacontracts.workflow.questions import answers_in

    given = dict(changes_in(settings))
    intake = begin_intake(session.desk(), template)
    found = answers_in(answers_file) if answers_file else {}
    answers = {
        **{at: one for at, one in found.items() if one != intake.default(at)},
        **given,
    }
    if session.can_ask:
        answers = _ask(intake, answers)
    place, findings = create_agreement(
        intake,
        answers,
        year=session.today().year,
        agreement_id=agreement_id,
        customer=customer,
    )
    say(str(intake.shelf.desk.workspace.root / place.file))
    if findings:
        faults = count(len(findings), "finding")
        note(f"note: {faults}; see slacontracts check {place.id}")
    note(f"next: slacontracts check {place.id}, slacontracts render {place.id}")


def _ask(intake: Intake, answers: dict[str, str]) -> dict[str, str]:
    """Ask what is open, again where an answer is wrong, and return all answers."""
    from slacontracts.workflow.questions import hint_of, is_required, words_of

    asked = dict(answers)
    for question in intake.open_questions(answers):
        note("")
        if hint := hint_of(question):
            note(f"  {hint}")
        default = intake.default(question.path)
        while True:
            answer = str(
                click.prompt(
                    words_of(question), default=default, show_default=bool(default)
                )
            ).strip()
            if not answer and is_required(question):
                note("  this one needs an answer; Ctrl-C stops and writes nothing")
            elif answer and (fault := intake.fault(question.path, answer)) is not None:
                note(f"  {fault}")
            else:
                break
        if answer and answer != default:
            asked[question.path] = answer
    return asked


@click.command("form")
@click.argument("template")
@click.option(
    "-o",
    "output",
    metavar="FILE.docx",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The Word file to write.",
)
@click.option(
    "--language", type=click.Choice(("en", "ar")), default="en", show_default=True
)
@click.pass_obj
def form_command(
    session: Session, template: str, output: Path, language: Language
) -> None:
    """Write a template's questions as a Word form, for somebody to fill in.

    \b
      slacontracts form service/managed-hosting -o questions.docx
      slacontracts new service/managed-hosting --answers questions.docx
    """
    from slacontracts.workflow.form import write_form

    questions = write_form(session.desk(), template, output, language)
    say(f"{output}: {count(questions, 'question')}")
