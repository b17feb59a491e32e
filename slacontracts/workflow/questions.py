"""A template's name and its library in; what to ask, and in which words, out."""

from collections.abc import Mapping, Sequence
from typing import Any

from slacontracts import formats
from slacontracts.model.agreement import NOT_CONTRACTS
from slacontracts.model.clause import Language
from slacontracts.model.library import Library
from slacontracts.model.paths import look_up, walk_leaves
from slacontracts.model.scalars import read_span
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.template import Question


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
    shown, is_in_words = _example(question.example or "", language)
    example = f"For example: {shown}" if shown else ""
    if language == "ar" and shown:
        # Left-to-right marks keep dates and telephone numbers in order.
        example = f"مثال: {shown}" if is_in_words else f"مثال: \u200e{shown}\u200e"
    return " ".join(part for part in (help_text, example) if part)


def _example(example: str, language: Language) -> tuple[str, bool]:
    """Return an example as people write it, and whether it is in words: 36 months."""
    try:
        span = read_span(example)
    except ValueError:
        return example, False
    return formats.write("duration", span, language), True


def default_answer(defaults: Mapping[str, Any], path: str) -> str:
    """Return what the templates say already, or ""."""
    try:
        found = look_up(defaults, path)
    except KeyError:
        return ""
    return found if isinstance(found, str) else ""


def own_answers(
    kind: str, questions: Sequence[Question], settings: WorkspaceSettings
) -> dict[str, str]:
    """Return what the settings answer of the questions about us as a party.

    kind: of the agreement. Between departments neither party is the organisation.
    """
    role = own_role(kind)
    if role is None:
        return {}
    details = settings.our_details
    known = {} if details is None else details.model_dump(exclude_none=True)
    known.setdefault("legal_name", settings.organisation)
    asked = {question.path for question in questions}
    leaves = walk_leaves(known, ("parties", role))
    return {path: answer for path, answer in leaves if path in asked and answer}


def own_role(kind: str) -> str | None:
    """Return the role in which we are a party: provider, or customer of a supplier."""
    if kind in NOT_CONTRACTS:
        return None
    return "customer" if kind == "uc" else "provider"


def is_required(question: Question) -> bool:
    """Tell whether an agreement cannot be drafted without an answer."""
    return question.optional != "yes"


def described(path: str, questions: Sequence[Question]) -> tuple[str, str]:
    """Return how to name a value to a person, and an example of it or ""."""
    for question in questions:
        if question.path == path:
            return f"{words_of(question)} ({path})", question.example or ""
    return path, ""
