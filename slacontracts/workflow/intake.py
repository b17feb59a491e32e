"""A template and answers in; what is still to ask, and what is wrong with them, out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.compose.levels import template_defaults
from slacontracts.errors import SourceError
from slacontracts.model.amounts import Duration
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.scalars import read_amount, read_currency, read_span
from slacontracts.model.template import Question
from slacontracts.source.addresses import AGREEMENT_FIELDS, address_fault, rule_at
from slacontracts.source.agreement import type_value
from slacontracts.source.write import write_agreement
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.answers import Asked, unclear
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.edit import with_value
from slacontracts.workflow.library import saved_library
from slacontracts.workflow.listing import template_of
from slacontracts.workflow.questions import (
    default_answer,
    described,
    is_required,
    own_answers,
    questions_of,
)
from slacontracts.workflow.shelf import LibraryInHand, Shelf

_PROBE: Final = AgreementPlace("SLA-NEW", "new")
# What an answer would change unseen.
_NOT_ANSWERS: Final = {
    "/id": "the id of a new agreement is said with --id",
    "/template": "the template is named after slacontracts new",
    "/kind": "the template says which kind of agreement it is",
}
_SUM_FIELDS: Final = {"amount": read_amount, "currency": read_currency}


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """Why an answer, or several together, cannot stand; path: where, or ""."""

    path: str
    reason: str

    def concerns(self, path: str) -> bool:
        """Tell whether the fault is at an address, above it or below it."""
        return bool(self.path) and (
            path == self.path
            or path.startswith(f"{self.path}/")
            or self.path.startswith(f"{path}/")
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """A new agreement on its way: what is asked for a template, and what it says.

    own: what the settings answer of the questions about us.
    """

    shelf: Shelf
    library: LibraryInHand
    template: str
    questions: tuple[Question, ...]
    defaults: Mapping[str, Any]
    own: Mapping[str, str]

    @property
    def kind(self) -> str:
        """The kind of agreement that the template makes."""
        return self.library.library.templates[self.template].template.kind

    @property
    def asked(self) -> Asked:
        """What a Word form of this template may answer."""
        paths = [one.path for one in self.questions]
        needed = [one.path for one in self.questions if is_required(one)]
        names = {path: described(path, self.questions)[0] for path in needed}
        return Asked(self.template, frozenset(paths), names)

    def default(self, path: str) -> str:
        """Return what the templates answer already, or ""."""
        return default_answer(self.defaults, path)

    def suggested(self, path: str) -> str:
        """Return what the templates or the settings answer already, or ""."""
        return self.default(path) or self.own.get(path, "")

    def completed(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Return answers with what only the settings answer."""
        own = {at: one for at, one in self.own.items() if not self.default(at)}
        return {**own, **answers}

    def fault(self, path: str, answer: str) -> str | None:
        """Tell why an answer is wrong, whatever the others are, or None."""
        found = self.faults({path: answer})
        return next((fault.reason for fault in found if fault.path == path), None)

    def faults(self, answers: Mapping[str, str]) -> tuple[AnswerFault, ...]:
        """Return what is wrong with answers, each alone and all of them together."""
        found: list[AnswerFault] = []
        fitting: dict[str, str] = {}
        for path, answer in answers.items():
            reason = self._fault_alone(path, answer)
            if reason is None:
                fitting[path] = answer
            else:
                found.append(AnswerFault(path, reason))
        text = self._text(_PROBE, fitting, found)
        draft = compose_draft(self.shelf, _PROBE, text.encode())
        wrong = [
            finding
            for finding in draft.findings
            if finding.severity is Severity.ERROR
            and (draft.composed is None or finding.origin.file == _PROBE.file)
        ]
        found += [AnswerFault(one.origin.path, one.message) for one in wrong]
        return tuple(dict.fromkeys(found))

    def _fault_alone(self, path: str, answer: str) -> str | None:
        rules = self.library.library.values
        fault = (
            _NOT_ANSWERS.get(path)
            or address_fault(path, rules)
            or unclear(path, answer, rules)
        )
        if fault is not None:
            return fault
        rule = rule_at(path, rules)
        if rule is None:
            return f"{path} is a group of values; name one of them"
        above, _, name = path.rpartition("/")
        try:
            if above in rules and rules[above].type == "money":
                _SUM_FIELDS[name](answer)
            elif path.split("/")[1] not in AGREEMENT_FIELDS:  # else the model types it
                type_value(rule, answer)
            elif path.startswith("/term/") and rule.type == "duration":
                _require_some_time(answer)
        except ValueError as error:
            return str(error)
        return None

    def source_text(self, place: AgreementPlace, answers: Mapping[str, str]) -> str:
        """Return the text of the agreement's file."""
        found: list[AnswerFault] = []
        text = self._text(place, answers, found)
        if found:
            raise SourceError(found[0].reason)
        source, findings = read_yaml(text, place.file)
        if source is None:
            raise SourceError("the answers cannot be written down", findings)
        return write_agreement(source.data)

    def _text(
        self,
        place: AgreementPlace,
        answers: Mapping[str, str],
        found: list[AnswerFault],
    ) -> str:
        """Return the source with the answers that can be written; note the others."""
        library = self.library.library
        head = {
            "id": place.id,
            "kind": self.kind,
            "template": self.template,
            "library": library.revision,
        }
        text = write_agreement(head)
        for path, answer in answers.items():
            try:
                text = with_value(text, path, answer, library)
            except SourceError as error:
                found.append(AnswerFault(path, str(error)))
        return text

    def open_questions(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the questions that nobody has answered yet."""
        return tuple(q for q in self.questions if not answers.get(q.path))

    def missing(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the open questions that must be answered first."""
        return tuple(
            question
            for question in self.open_questions(answers)
            if is_required(question) and not self.suggested(question.path)
        )

    def concerned(self, faults: Sequence[AnswerFault]) -> tuple[Question, ...]:
        """Return the questions whose answers have these faults."""
        return tuple(
            question
            for question in self.questions
            if any(fault.concerns(question.path) for fault in faults)
        )


def _require_some_time(answer: str) -> None:
    if read_span(answer) == Duration():
        raise ValueError(f"{answer} is no time at all; write P36M for 36 months")


def begin_intake(desk: Desk, template: str) -> Intake:
    """Begin an agreement from a template of the newest saved library."""
    shelf = Shelf(desk)
    in_hand = shelf.library(saved_library(desk))
    errors = errors_of(in_hand.findings)
    if errors:
        raise SourceError(
            "the library has errors, so nothing can be drafted from it; mend the "
            'places above, then: slacontracts library save -m "What changed"',
            errors,
        )
    source = template_of(in_hand.library, template)
    questions = questions_of(source.name, in_hand.library)
    return Intake(
        shelf,
        in_hand,
        source.name,
        questions,
        template_defaults(source.name, in_hand.library),
        own_answers(source.template.kind, questions, desk.settings),
    )


def errors_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of severity error."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)


def require_answers(intake: Intake, answers: Mapping[str, str]) -> None:
    """Refuse answers that are wrong or missing, naming all of them at once."""
    faults, missing = intake.faults(answers), intake.missing(answers)
    if faults or missing:
        refused = _refusal(intake, answers, faults, missing)
        raise SourceError("\n".join(refused))


def require_questions(intake: Intake, answers: Mapping[str, str]) -> None:
    """Refuse answers that are wrong and that no question could mend."""
    faults = intake.faults(answers)
    hopeless = [fault for fault in faults if not intake.concerned([fault])]
    if hopeless:
        raise SourceError("\n".join(_refusal(intake, answers, hopeless, ())))


def _refusal(
    intake: Intake,
    answers: Mapping[str, str],
    faults: Sequence[AnswerFault],
    missing: Sequence[Question],
) -> Iterator[str]:
    own = [fault for fault in faults if fault.path in answers]
    joint = [fault for fault in faults if fault.path not in answers]
    if own:
        yield "these answers are wrong:"
        yield from (fault_line(intake, fault) for fault in own)
    if joint:
        yield "these answers do not fit; nothing was written:"
        yield from (fault_line(intake, fault) for fault in joint)
    if missing:
        yield "these questions need an answer:"
        yield from (f"  {_named(intake, q.path, '')}" for q in missing)
        first = missing[0]
        yield (
            "  answer with --set, such as: slacontracts new "
            f'{intake.template} --set "{first.path}={first.example or "..."}"'
        )
        yield (
            "  or from a file, with --answers; slacontracts form "
            f"{intake.template} -o questions.docx makes one to fill in"
        )


def fault_line(intake: Intake, fault: AnswerFault) -> str:
    """Return a fault as a line for a person, with the question and an example."""
    return f"  {_named(intake, fault.path, fault.reason)}"


def _named(intake: Intake, path: str, reason: str) -> str:
    question, example = described(path, intake.questions)
    shown = f"; for example {example}" if example and example not in reason else ""
    return f"{question}{': ' if reason and question else ''}{reason}{shown}"
