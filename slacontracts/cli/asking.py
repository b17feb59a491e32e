"""What a template asks in; a person's answers at a terminal out, kept as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from slacontracts.cli.session import count, note
from slacontracts.errors import OutsideError, SourceError

if TYPE_CHECKING:
    from slacontracts.model.template import Question
    from slacontracts.workflow.answers import KeptAnswers
    from slacontracts.workflow.intake import Intake

_BACK: Final = "<"


@dataclass(slots=True)
class Interview:
    """One person being asked; answers and customer are what is known so far.

    asks_optional: False where the person has left the optional ones empty already.
    """

    intake: Intake
    answers: dict[str, str]
    customer: str | None
    kept: KeptAnswers
    can_keep: bool = True
    asks_optional: bool = True

    def hold(self) -> None:
        """Ask what is open, then again what is wrong, until all of it fits."""
        self._ask_all(self._open())
        while faults := self.intake.faults(self.answers):
            concerned = self.intake.concerned(faults)
            if not concerned:
                return  # nothing that is asked could mend it
            from slacontracts.workflow.intake import fault_line

            note("\nThis does not fit yet; please answer again:")
            for fault in faults:
                note(fault_line(self.intake, fault))
            self._ask_all(concerned)
        self._settle_folder()

    def _open(self) -> tuple[Question, ...]:
        """Return what is still to ask, after a greeting where that is anything."""
        from slacontracts.workflow.questions import is_required

        found = self.intake.open_questions(self.answers)
        if not self.asks_optional:
            found = tuple(
                one
                for one in found
                if is_required(one) and not self.intake.suggested(one.path)
            )
        if found:
            self._introduce()
        return found

    def _introduce(self) -> None:
        we = self.intake.shelf.desk.settings.organisation
        note(f'"We", "us" and "our" mean {we}.')
        note(f"Ctrl-C stops; what was answered is kept. {_BACK} goes a question back.")
        asked = self.intake.asked.paths
        if known := sum(path in asked for path in self.answers):
            note(
                f"{count(known, 'question')} answered already; to change an answer, go "
                f"back to it with {_BACK}, or stop and add --set /PATH=VALUE."
            )
        try:
            self.kept.begin()
        except OutsideError as error:
            self._cannot_keep(error)

    def _ask_all(self, questions: Sequence[Question]) -> None:
        """Ask one question after the other; on the way back also those before."""
        turns, at = list(questions), 0
        while at < len(turns):
            if self._ask(turns[at]):
                at += 1
                continue
            before = self._before(turns[at])
            if before is None:
                note("  this is the first question")
            elif before in turns:
                at = turns.index(before)
            else:
                turns.insert(at, before)

    def _before(self, question: Question) -> Question | None:
        place = self.intake.questions.index(question)
        return self.intake.questions[place - 1] if place else None

    def _ask(self, question: Question) -> bool:
        """Ask until the answer is of the right kind; False to go a question back."""
        from slacontracts.workflow.questions import hint_of, is_required, words_of

        path = question.path
        questions = self.intake.questions
        note(f"\n{questions.index(question) + 1} of {len(questions)}")
        if hint := hint_of(question):
            note(f"  {hint}")
        words = words_of(question)
        if not is_required(question):
            words += " (optional)"
        default = self.answers.get(path) or self.intake.suggested(path)
        meant = self._answer(question, words, default)
        if meant is None:
            return False
        for at, answer in meant.items():
            if answer and answer != self.intake.default(at):
                self.answers[at] = answer
            else:
                self.answers.pop(at, None)
        self._keep()
        from slacontracts.workflow.new import other_party

        if self.answers.get(path) and path == f"{other_party(self.intake)}/legal_name":
            self._settle_folder()
        return True

    def _answer(
        self, question: Question, words: str, default: str
    ) -> dict[str, str] | None:
        """Return what a person says, by address; None to go a question back.

        A sum also gives the currency.
        """
        from slacontracts.workflow.answers import all_meant
        from slacontracts.workflow.questions import is_required

        rules = self.intake.library.library.values
        while True:
            typed = str(
                click.prompt(words, default=default, show_default=bool(default))
            ).strip()
            if typed.lower() in (_BACK, "back"):
                return None
            if not typed and is_required(question):
                note("  this one needs an answer; Ctrl-C stops and keeps the others")
                continue
            meant = all_meant(question.path, typed, rules)
            faults = [self.intake.fault(at, one) for at, one in meant.items() if one]
            fault = next(filter(None, faults), None)
            if fault is None:
                return meant
            note(f"  {fault}")

    def _settle_folder(self) -> None:
        """Ask for the folder's name where the customer's gives none."""
        from slacontracts.workflow.new import checked_folder, folder_of

        if self.customer is not None or folder_of(self.intake, self.answers):
            return
        note("\n  That name has no Latin letters, which the name of a folder needs.")
        while True:
            typed = str(click.prompt("A short name for the folder, such as contoso"))
            try:
                self.customer = checked_folder(typed.strip().lower())
            except SourceError as error:
                note(f"  {error}")
            else:
                return

    def _keep(self) -> None:
        if not self.can_keep:
            return
        try:
            self.kept.keep(self.answers)
        except OutsideError as error:
            self._cannot_keep(error)

    def _cannot_keep(self, error: OutsideError) -> None:
        self.can_keep = False
        note(f"  note: answers are not kept meanwhile: {error}")
