"""A template's name and its library in; what to ask, and the answers of a file, out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from slacontracts.compose.levels import template_defaults
from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.model.clause import Language
from slacontracts.model.library import Library
from slacontracts.model.paths import look_up, walk_leaves
from slacontracts.model.template import Question
from slacontracts.render.form import FormRow, draw_form, read_form
from slacontracts.source.addresses import address_fault, rule_at
from slacontracts.source.agreement import type_value
from slacontracts.source.yaml_text import read_yaml


def questions_of(template: str, library: Library) -> tuple[Question, ...]:
    """Return the questions of a template and those above it, each once.

    A lower level that asks for the same value asks it in its own words.
    """
    chain: list[str] = []
    wanted: str | None = template
    while wanted is not None and wanted in library.templates and wanted not in chain:
        chain.insert(0, wanted)
        wanted = library.templates[wanted].template.parent
    asked: dict[str, Question] = {}
    for name in chain:
        for question in library.templates[name].template.questions:
            asked[question.path] = question
    return tuple(asked.values())


def words_of(question: Question, language: Language = "en") -> str:
    """Return how a question is asked in a language, or in the one it has."""
    return question.ask.get(language) or next(iter(question.ask.values()))


def hint_of(question: Question, language: Language = "en") -> str:
    """Return what helps to answer a question: its help and an example."""
    help_text = (question.help or {}).get(language, "")
    example = f"For example: {question.example}" if question.example else ""
    if language == "ar" and question.example:
        # Left-to-right marks keep dates and telephone numbers in order.
        example = f"مثال: \u200e{question.example}\u200e"
    return " ".join(part for part in (help_text, example) if part)


def default_answer(defaults: Mapping[str, Any], path: str) -> str:
    """Return what the templates say already, or ""."""
    try:
        found = look_up(defaults, path)
    except KeyError:
        return ""
    return found if isinstance(found, str) else ""


def is_required(question: Question) -> bool:
    """Tell whether an agreement cannot be drafted without an answer."""
    return question.optional != "yes"


def answer_fault(path: str, answer: str, library: Library) -> str | None:
    """Tell why an answer cannot stand at an address, or None."""
    fault = address_fault(path, library.values)
    if fault is not None:
        return fault
    rule = rule_at(path, library.values)
    if rule is None:
        return f"{path} is a group of values; name one of them"
    try:
        type_value(rule, answer)
    except ValueError as error:
        return str(error)
    return None


def described(path: str, questions: Sequence[Question]) -> tuple[str, str]:
    """Return how to name a value to a person, and an example of it or ""."""
    for question in questions:
        if question.path == path:
            return f"{words_of(question)} ({path})", question.example or ""
    return path, ""


def form_of(template: str, library: Library, language: Language) -> bytes:
    """Return the questions of a template as a Word form."""
    defaults = template_defaults(template, library)
    titles = library.templates[template].template.title
    rows = [
        FormRow(
            question.path,
            words_of(question, language),
            hint_of(question, language),
            default_answer(defaults, question.path),
        )
        for question in questions_of(template, library)
    ]
    return draw_form(
        titles.get(language) or next(iter(titles.values())), rows, language
    )


def answers_in(path: Path) -> dict[str, str]:
    """Return the answers of a file, by address: a filled Word form, or YAML.

    YAML answers are written "/path: value", or nested like an agreement.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}") from error
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error
    if path.suffix.lower() == ".docx" or data.startswith(b"PK\x03\x04"):
        return read_form(data, path.name)
    source, findings = read_yaml(data, path.name)
    if source is None:
        raise SourceError(f"the answers in {path} cannot be read", findings)
    answers: dict[str, str] = {}
    for name, value in source.data.items():
        if name.startswith("/"):
            found = [(f"{name}{rest}", leaf) for rest, leaf in walk_leaves(value)]
        else:
            found = [(f"/{name}{rest}", leaf) for rest, leaf in walk_leaves(value)]
        answers.update(
            (at, leaf) for at, leaf in found if isinstance(leaf, str) and leaf
        )
    return answers
