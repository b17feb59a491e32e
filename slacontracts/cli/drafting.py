"""The commands that begin an agreement: new, and form for its questions in Word."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from slacontracts.cli.editing import changes_in
from slacontracts.cli.session import Session, count, note, quoted, say, tell_findings

if TYPE_CHECKING:
    from slacontracts.model.clause import Language
    from slacontracts.workflow.intake import Intake


@click.command("new")
@click.argument("template", required=False)
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
    template: str | None,
    agreement_id: str | None,
    customer: str | None,
    answers_file: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Draft a new agreement from a template.

    Asks what the template needs to know and nobody has said yet, and prints the
    file that it made. Empty answers keep what stands in [brackets]. When you stop
    before the end, what was answered is kept in a file to go on with.

    \b
      slacontracts new service/managed-hosting
      slacontracts new service/managed-hosting --answers questions.docx
      slacontracts new service/managed-hosting --customer contoso \\
          --set "/parties/customer/legal_name=Contoso Retail LLC"
    """
    from slacontracts.workflow.intake import begin_intake

    if template is None:
        raise click.UsageError(
            "say which template, such as: slacontracts new service/managed-hosting; "
            "slacontracts templates lists them"
        )
    changes = changes_in(settings)
    intake = begin_intake(session.desk(), template)
    found = _answers_of_file(intake, answers_file) if answers_file else {}
    answers = {**found, **_said(intake, changes)}
    if session.can_ask:
        _draft_by_asking(session, intake, answers, agreement_id, customer, answers_file)
    else:
        _draft(session, intake, answers, agreement_id, customer)


def _said(intake: Intake, changes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the answers that were given with --set."""
    from slacontracts.workflow.answers import all_meant

    rules = intake.library.library.values
    answers: dict[str, str] = {}
    for path, answer in changes:
        answers |= all_meant(path, answer, rules)
    return answers


def _answers_of_file(intake: Intake, file: Path) -> dict[str, str]:
    """Return what a file answers; say what it sets that nobody asks."""
    from slacontracts.workflow.answers import answers_in, is_word_file
    from slacontracts.workflow.form import unread_in_form

    found = answers_in(file, intake.library.library.values, intake.asked)
    others = [path for path in found if path not in intake.asked.paths]
    if others:
        note(f"note: {file} sets what is not asked, too: {', '.join(others)}")
    if is_word_file(file):
        library, settings = intake.library.library, intake.shelf.desk.settings
        for line in unread_in_form(file, intake.template, library, settings):
            note(f"note: {line}")
    return {at: one for at, one in found.items() if one != intake.default(at)}


def _draft_by_asking(
    session: Session,
    intake: Intake,
    answers: dict[str, str],
    agreement_id: str | None,
    customer: str | None,
    answers_file: Path | None,
) -> None:
    """Ask what is open, and keep the answers until the agreement is written."""
    from slacontracts.cli.asking import Interview
    from slacontracts.workflow.answers import is_word_file, kept_answers
    from slacontracts.workflow.intake import require_questions
    from slacontracts.workflow.new import checked_folder, new_agreement_id

    # What no answer could mend is told before anything is asked.
    new_id = new_agreement_id(intake, agreement_id, session.today().year)
    if customer is not None:
        checked_folder(customer)
    require_questions(intake, answers)
    kept = kept_answers(intake.template, new_id, answers_file, Path())
    is_form = answers_file is not None and is_word_file(answers_file)
    interview = Interview(intake, answers, customer, kept, asks_optional=not is_form)
    try:
        interview.hold()
        _draft(session, intake, interview.answers, agreement_id, interview.customer)
    except BaseException:
        if kept.is_there:
            note(
                f"\nyour answers are kept in {kept.file}; go on with: slacontracts "
                f"new {intake.template} --answers {quoted(kept.file)}"
            )
        else:
            kept.forget()
        raise
    kept.forget()


def _draft(
    session: Session,
    intake: Intake,
    answers: dict[str, str],
    agreement_id: str | None,
    customer: str | None,
) -> None:
    from slacontracts.workflow.intake import errors_of
    from slacontracts.workflow.new import create_agreement, folder_of

    place, findings = create_agreement(
        intake,
        answers,
        year=session.today().year,
        agreement_id=agreement_id,
        customer=customer,
    )
    say(str(intake.shelf.desk.workspace.root / place.file))
    if customer is None and not folder_of(intake, answers):
        note(
            f"note: the name has no Latin letters, so the folder is {place.customer}; "
            "--customer KEY chooses another"
        )
    tell_findings(findings, place.id, new=errors_of(findings))
    note(f"next: slacontracts check {place.id}, slacontracts render {place.id}")


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
@click.option("--force", is_flag=True, help="Replace a file that is no empty form.")
@click.pass_obj
def form_command(
    session: Session, template: str, output: Path, language: Language, force: bool
) -> None:
    """Write a template's questions as a Word form, for somebody to fill in.

    \b
      slacontracts form service/managed-hosting -o questions.docx
      slacontracts new service/managed-hosting --answers questions.docx
    """
    from slacontracts.workflow.form import write_form

    is_new = not output.parent.exists()
    questions = write_form(session.desk(), template, output, language, force=force)
    if is_new:
        note(f"note: the folder {output.parent} was made")
    say(f"{output}: {count(questions, 'question')}")
