"""A template's name in; its questions as a Word form out."""

from pathlib import Path

from slacontracts.errors import SourceError
from slacontracts.model.clause import Language
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.listing import template_of
from slacontracts.workflow.questions import form_of, questions_of
from slacontracts.workflow.render import hand_over
from slacontracts.workflow.shelf import Shelf


def write_form(desk: Desk, template: str, path: Path, language: Language) -> int:
    """Write a template's questions as a Word form; return how many there are."""
    library = Shelf(desk).library(None).library
    name = template_of(library, template).name
    if path.suffix.lower() != ".docx":
        raise SourceError(f"a form is a Word file; end its name with .docx, not {path}")
    questions = questions_of(name, library)
    if not questions:
        raise SourceError(f"the template {name} asks no questions")
    hand_over(path, form_of(name, library, language), "docx")
    return len(questions)
