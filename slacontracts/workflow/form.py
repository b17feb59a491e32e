"""A template's name in; its questions as a Word form out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal, get_args

from slacontracts.compose.levels import template_defaults
from slacontracts.errors import OutsideError, SourceError, WordFileError
from slacontracts.model.clause import Language
from slacontracts.model.library import Library
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.template import Question
from slacontracts.render.form import (
    FORM_PROPERTY,
    FormHead,
    FormRow,
    draw_form,
)
from slacontracts.render.form_reading import beside_answers, read_form, rows_missing
from slacontracts.store.workspace import write_file
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.hand_over import has_own_property
from slacontracts.workflow.listing import template_of
from slacontracts.workflow.questions import (
    default_answer,
    described,
    hint_of,
    is_required,
    own_answers,
    questions_of,
    words_of,
)
from slacontracts.workflow.shelf import Shelf

_OTHERS: Final[dict[str, Literal["customer", "supplier", "department"]]] = {
    "uc": "supplier",
    "ola": "department",
    "internal": "department",
}


def write_form(
    desk: Desk, template: str, path: Path, language: Language, *, force: bool = False
) -> int:
    """Write a template's questions as a Word form; return how many there are.

    Only an empty form of the same template is replaced, unless force says to
    replace any file.
    """
    library = Shelf(desk).library(None).library
    name = template_of(library, template).name
    if path.suffix.lower() != ".docx":
        raise SourceError(f"a form is a Word file; end its name with .docx, not {path}")
    questions = questions_of(name, library)
    if not questions:
        raise SourceError(f"the template {name} asks no questions")
    form = form_of(name, library, language, desk.settings)
    if path.exists() and not path.is_file():
        raise SourceError(f"{path} is a folder; choose another name with -o")
    if path.exists() and not force and not _is_empty_form(path, name, form):
        raise SourceError(
            f"{path} exists and is not an empty form of {name}; choose another name "
            "or add --force"
        )
    write_file(path, form)
    return len(questions)


def _is_empty_form(path: Path, template: str, form: bytes) -> bool:
    """Tell whether nobody has answered a form of this template yet."""
    try:
        if not has_own_property(path, FORM_PROPERTY, template):
            return False
        answers = read_form(path.read_bytes(), path.name)
    except WordFileError:
        return False
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error
    return answers.items() <= read_form(form, path.name).items()


def unread_in_form(
    path: Path, template: str, library: Library, settings: WorkspaceSettings
) -> tuple[str, ...]:
    """Return a line for each text of a filled form that is no answer and was added.

    Other lines tell of changed or lost questions and of tracked changes.
    """
    data = path.read_bytes()
    found = beside_answers(data, path.name)
    drawn = [
        beside_answers(form_of(template, library, language, settings), path.name)
        for language in get_args(Language)
    ]
    ours = {text for form in drawn for text in form.others}
    lines = [*_lost(path, data, questions_of(template, library))]
    if found.is_tracked:
        lines.append(f"{path} has tracked changes; it was read as if all were accepted")
    lines += [
        f'{path} asks for {at} in other words than its template: "{text}"'
        for at, text in found.questions.items()
        if text not in {form.questions.get(at) for form in drawn}
    ]
    added = [text for text in found.others if text not in ours]
    return (
        *lines,
        *(f'{path}: not read, because it is no answer: "{text}"' for text in added),
    )


def _lost(path: Path, data: bytes, questions: Sequence[Question]) -> Iterator[str]:
    """Yield a line for each optional question that a form does not hold any more."""
    optional = [one for one in questions if not is_required(one)]
    missing = rows_missing(data, path.name, [one.path for one in optional])
    for one in optional:
        if one.path in missing:
            yield (
                f"{path} no longer has the row, or its grey address, of "
                f"{described(one.path, questions)[0]}; it counts as not answered"
            )


def form_of(
    template: str, library: Library, language: Language, settings: WorkspaceSettings
) -> bytes:
    """Return the questions of a template as a Word form.

    What the templates and the settings answer already stands in it.
    """
    defaults = template_defaults(template, library)
    made = library.templates[template].template
    questions = questions_of(template, library)
    own = own_answers(made.kind, questions, settings)
    rows = [
        FormRow(
            question.path,
            words_of(question, language),
            hint_of(question, language),
            default_answer(defaults, question.path) or own.get(question.path, ""),
            is_optional=not is_required(question),
        )
        for question in questions
    ]
    title = made.title.get(language) or next(iter(made.title.values()))
    other = _OTHERS.get(made.kind, "customer")
    head = FormHead(title, template, settings.organisation, other)
    return draw_form(head, rows, language)
