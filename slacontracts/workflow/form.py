"""A template's name in; its questions as a Word form out."""

from pathlib import Path
from typing import Final, Literal

from slacontracts.compose.levels import template_defaults
from slacontracts.errors import OutsideError, SourceError, WordFileError
from slacontracts.model.clause import Language
from slacontracts.model.library import Library
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.render.form import (
    FORM_PROPERTY,
    FormHead,
    FormRow,
    draw_form,
    read_form,
)
from slacontracts.store.workspace import write_file
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.hand_over import has_own_property
from slacontracts.workflow.listing import template_of
from slacontracts.workflow.questions import (
    default_answer,
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
