"""A template and answers in; a new agreement in the workspace out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.compose.levels import template_defaults
from slacontracts.errors import OutsideError, SourceError
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.template import Question
from slacontracts.source.write import write_agreement
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import AgreementPlace, checked_id, checked_key
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import compose_draft, read_draft
from slacontracts.workflow.edit import with_value
from slacontracts.workflow.library import saved_library
from slacontracts.workflow.listing import template_of
from slacontracts.workflow.questions import (
    answer_fault,
    default_answer,
    described,
    is_required,
    questions_of,
)
from slacontracts.workflow.shelf import LibraryInHand, Shelf

_KIND_LETTERS: Final = {"ola": "OLA", "uc": "UC"}
_SCHEME_FIELD: Final = re.compile(r"\{(kind|year|number)(?::0([1-9]))?\}")
_NO_FOLDER_NAMES: Final = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


@dataclass(frozen=True, slots=True)
class Intake:
    """A new agreement on its way: what is asked for a template, and what it says."""

    shelf: Shelf
    library: LibraryInHand
    template: str
    questions: tuple[Question, ...]
    defaults: Mapping[str, Any]

    def default(self, path: str) -> str:
        """Return what the templates answer already, or ""."""
        return default_answer(self.defaults, path)

    def fault(self, path: str, answer: str) -> str | None:
        """Tell why an answer is wrong, or None."""
        return answer_fault(path, answer, self.library.library)

    def open_questions(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the questions that nobody has answered yet."""
        return tuple(q for q in self.questions if not answers.get(q.path))

    def missing(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """Return the open questions that must be answered first."""
        return tuple(
            question
            for question in self.open_questions(answers)
            if is_required(question) and not self.default(question.path)
        )


def begin_intake(desk: Desk, template: str) -> Intake:
    """Begin an agreement from a template of the newest saved library."""
    shelf = Shelf(desk)
    in_hand = shelf.library(saved_library(desk))
    name = template_of(in_hand.library, template).name
    return Intake(
        shelf,
        in_hand,
        name,
        questions_of(name, in_hand.library),
        template_defaults(name, in_hand.library),
    )


def create_agreement(
    intake: Intake,
    answers: Mapping[str, str],
    *,
    year: int,
    agreement_id: str | None = None,
    customer: str | None = None,
) -> tuple[AgreementPlace, tuple[Finding, ...]]:
    """Write a new agreement; return where it lies and the findings that remain.

    Raises SourceError, and writes nothing, while an answer is missing or wrong.
    """
    answers = {path: answer for path, answer in answers.items() if answer}
    _require_answers(intake, answers)
    desk = intake.shelf.desk
    new_id = checked_id(agreement_id or next_id(intake, year))
    place = AgreementPlace(new_id, _customer_folder(intake, answers, customer))
    if any(known.id == new_id for known in desk.workspace.agreements()):
        raise SourceError(
            f"there is an agreement {new_id} already; choose another --id"
        )
    text = _source_text(intake, answers, place)
    draft = compose_draft(intake.shelf, place, text.encode())
    wrong = [
        finding
        for finding in draft.findings
        if finding.severity is Severity.ERROR and finding.origin.file == place.file
    ]
    if wrong or draft.composed is None:
        raise SourceError(_refusal(intake, wrong or list(draft.findings)))
    _write(desk, place, text)
    return place, read_draft(intake.shelf, place).findings


def _require_answers(intake: Intake, answers: Mapping[str, str]) -> None:
    faults = [
        (path, reason)
        for path, answer in answers.items()
        if (reason := intake.fault(path, answer)) is not None
    ]
    if faults:
        lines = [_line(intake, path, reason) for path, reason in faults]
        raise SourceError("\n  ".join(["these answers are wrong:", *lines]))
    missing = intake.missing(answers)
    if missing:
        lines = [_line(intake, question.path, "") for question in missing]
        first = missing[0]
        example = (
            f"slacontracts new {intake.template} "
            f'--set "{first.path}={first.example or "..."}"'
        )
        raise SourceError(
            "\n  ".join(
                [
                    "these questions need an answer:",
                    *lines,
                    f"answer with --set, such as: {example}",
                    "or from a file, with --answers; slacontracts form "
                    f"{intake.template} -o questions.docx makes one to fill in",
                ]
            )
        )


def _line(intake: Intake, path: str, reason: str) -> str:
    question, example = described(path, intake.questions)
    shown = f"; for example {example}" if example and example not in reason else ""
    return f"{question}{': ' if reason else ''}{reason}{shown}"


def _refusal(intake: Intake, findings: list[Finding]) -> str:
    lines = [
        _line(intake, finding.origin.path, finding.message) for finding in findings
    ]
    return "\n  ".join(["these answers do not fit; nothing was written:", *lines])


def _source_text(
    intake: Intake, answers: Mapping[str, str], place: AgreementPlace
) -> str:
    library = intake.library.library
    head = {
        "id": place.id,
        "kind": library.templates[intake.template].template.kind,
        "template": intake.template,
        "library": library.revision,
    }
    text = write_agreement(head)
    for path, answer in answers.items():
        text = with_value(text, path, answer, library)
    source, findings = read_yaml(text, place.file)
    if source is None:
        raise SourceError("the answers cannot be written down", findings)
    return write_agreement(source.data)


def _write(desk: Desk, place: AgreementPlace, text: str) -> None:
    """Write the source into a folder of its own, which must be new."""
    folder = desk.workspace.root / place.folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except FileExistsError as error:
        raise SourceError(
            f"the folder {folder} is there already; look what it holds, or choose "
            "another --id"
        ) from error
    except OSError as error:
        raise OutsideError(f"cannot make {folder}: {error.strerror}") from error
    desk.workspace.write(place.file, text.encode())


def next_id(intake: Intake, year: int) -> str:
    """Return the next free id of the workspace's scheme."""
    desk = intake.shelf.desk
    kind = intake.library.library.templates[intake.template].template.kind
    letters = _KIND_LETTERS.get(kind, "SLA")
    scheme = desk.settings.id_scheme
    fixed = {"kind": letters, "year": str(year)}
    if not re.search(r"\{number(:0[1-9])?\}", scheme) or "{" in _SCHEME_FIELD.sub(
        "", scheme
    ):
        raise SourceError(
            f'id_scheme "{scheme}" in slacontracts.yaml cannot number '
            "agreements; write it like {kind}-{year}-{number:04}"
        )

    def filled(number: str) -> str:
        def one(match: re.Match[str]) -> str:
            name, digits = match[1], int(match[2] or 1)
            return fixed[name] if name in fixed else number.rjust(digits, "0")

        return _SCHEME_FIELD.sub(one, scheme)

    pattern = re.compile(
        re.escape(filled("@" * 9)).replace("@" * 9, "([0-9]+)"), re.ASCII
    )
    known = [place.id for place in desk.workspace.agreements()]
    taken = [int(match[1]) for one in known if (match := pattern.fullmatch(one))]
    return filled(str(max(taken, default=0) + 1))


def _customer_folder(
    intake: Intake, answers: Mapping[str, str], customer: str | None
) -> str:
    """Return the folder's name: as said, or made of the other party's name."""
    if customer is not None:
        return _folder_name(checked_key(customer, "--customer"))
    kind = intake.library.library.templates[intake.template].template.kind
    if kind in ("internal", "ola"):
        return "internal"
    role = "provider" if kind == "uc" else "customer"
    for field in ("short_name", "legal_name"):
        path = f"/parties/{role}/{field}"
        name = answers.get(path) or intake.default(path)
        words = re.findall(r"[a-z0-9]+", name.lower())
        key = "-".join(words)[:60].strip("-")
        if key and key[0].isalpha():
            return _folder_name(key)
    raise SourceError(
        "the customer's name gives no name for a folder; say one in Latin letters with "
        "--customer, such as --customer contoso"
    )


def _folder_name(key: str) -> str:
    if _NO_FOLDER_NAMES.fullmatch(key):
        raise SourceError(
            f'a folder cannot be called "{key}" on every computer; say --customer '
            f"{key}-company"
        )
    return key
