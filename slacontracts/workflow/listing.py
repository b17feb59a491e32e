"""A desk in; what there is in the workspace (agreements, clauses, templates) out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final, TypeAlias, get_args

from slacontracts.compose.outline import OutlineEntry, build_outline
from slacontracts.errors import NotFoundError, SlaContractsError, SourceError
from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import Language, LibraryClause, Part
from slacontracts.model.finding import Finding
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.signing import Signing
from slacontracts.model.source_file import SourceFile
from slacontracts.model.template import LEVELS
from slacontracts.source.agreement import read_head
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.git import DraftNumber, draft_numbers
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import nearest
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.registered import REGISTER, signings_by_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.states import state_of, why_unreadable
from slacontracts.workflow.word_search import Passage, Text, passages_with

_SigningsOf: TypeAlias = Callable[[AgreementPlace], tuple[Signing, ...]]
PARTS: Final = tuple(part.value for part in Part)
UNREADABLE: Final = "unreadable"
_MOST_HINTS: Final = 4
STATUSES: Final = get_args(LibraryClause.model_fields["status"].annotation)


@dataclass(frozen=True, slots=True)
class Listed:
    """One agreement in the list.

    version: how often it was saved. state: where it is on its way; unreadable where
    a file of it that says so cannot be read. is_readable: False when `check` has to
    say what is wrong with it. findings: why its state is unreadable.
    """

    id: str
    customer: str
    kind: str
    title: str
    version: int
    has_unsaved_changes: bool
    state: str = "draft"
    is_readable: bool = True
    findings: tuple[Finding, ...] = ()


def list_agreements(desk: Desk) -> tuple[Listed, ...]:
    """Return every agreement of the workspace, by customer and id."""
    places = desk.workspace.agreements()
    numbers = draft_numbers(desk.workspace, places)
    shelf, signings_of = Shelf(desk), signings_by_agreement(desk)
    return tuple(
        _listed(shelf, place, numbers[place.folder], signings_of) for place in places
    )


def _listed(
    shelf: Shelf, place: AgreementPlace, number: DraftNumber, signings_of: _SigningsOf
) -> Listed:
    kind, title, is_readable = "", "", False
    source, state, findings = _state(shelf.desk, place, signings_of)
    try:
        head = read_head(source)[0] if source else None
        if source and head:
            templates = shelf.library(head.library).library.templates
            template = templates[head.template].template
            kind, is_readable = template.kind, not findings
            language: Language = "ar" if head.language == "ar" else "en"
            known = template.title.get(language) or next(iter(template.title.values()))
            own = source.data.get("title")
            title = own if isinstance(own, str) else known
    except (SlaContractsError, KeyError):
        is_readable = False
    return Listed(
        place.id,
        place.customer,
        kind,
        title,
        number.saves,
        number.has_unsaved_changes,
        state,
        is_readable,
        findings,
    )


def _state(
    desk: Desk, place: AgreementPlace, signings_of: _SigningsOf
) -> tuple[SourceFile | None, str, tuple[Finding, ...]]:
    """Return what the file says, the state of the agreement, and why it has none."""
    source, file = None, place.file
    try:
        source, findings = read_yaml(desk.workspace.read(file), file)
        file = REGISTER
        signings = signings_of(place)
    except SlaContractsError as error:
        return source, UNREADABLE, why_unreadable(file, error)
    if source is None:
        return None, UNREADABLE, findings
    return source, state_of(signings, source.data), ()


def working_library(desk: Desk) -> Library:
    """Return the library as its files stand."""
    return Shelf(desk).library(None).library


def clause_of(library: Library, key: str) -> LibraryClause:
    """Return a clause by key; suggest the nearest when there is none."""
    clause = library.clauses.get(key)
    if clause is None:
        _require_sound("clause", key, library)
        raise NotFoundError(_missing("clause", key, list(library.clauses), "clauses"))
    return clause


def template_of(library: Library, name: str) -> TemplateSource:
    """Return a template by name; suggest the nearest when there is none."""
    template = library.templates.get(name)
    if template is None:
        _require_sound("template", name, library)
        raise NotFoundError(
            _missing("template", name, list(library.templates), "templates")
        )
    return template


def _require_sound(noun: str, name: str, library: Library) -> None:
    """Refuse what is there, but was left out of the library because of its faults."""
    fault = library.faulty.get(name)
    if fault is not None:
        raise SourceError(
            f'the {noun} "{name}" cannot be used until it is mended at {fault}; '
            "slacontracts check says what is wrong"
        )


@dataclass(frozen=True, slots=True)
class ClauseWish:
    """What a clause must have to be listed; what is left empty asks for nothing.

    template: it stands in the outline of this template. level: this level brings it
    in, in that template, else in any. search: all these words occur in it.
    """

    topic: str = ""
    part: str = ""
    status: str = ""
    template: str = ""
    level: str = ""
    search: str = ""
    has_positions: bool = False


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause of the list.

    entry: how it stands in the template that was asked for. uses: how it stands in
    each template that has it. passages: where the words stand that were searched.
    """

    clause: LibraryClause
    entry: OutlineEntry | None
    uses: Mapping[str, OutlineEntry]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class FoundTemplate:
    """A template of the list, and where the words stand that were searched."""

    source: TemplateSource
    passages: tuple[Passage, ...]


def find_clauses(library: Library, wish: ClauseWish) -> tuple[FoundClause, ...]:
    """Return the clauses that have what is wished for.

    In the order of the template that is named; without one by topic, both the topics
    and their clauses in the order in which agreements have them.
    """
    outlines = {name: _outline_of(library, name) for name in library.templates}
    clauses = _by_topic(library, outlines)
    topics = dict.fromkeys(clause.topic for clause in clauses if clause.topic)
    topic = _one_of("topic", wish.topic, topics)
    part = _one_of("part", wish.part, PARTS)
    status = _one_of("status", wish.status, STATUSES)
    level = _one_of("level", wish.level, LEVELS)
    name = template_of(library, wish.template).name if wish.template else ""
    found = []
    for clause in [library.clauses[key] for key in outlines[name]] if name else clauses:
        key = clause.key
        uses = {
            use: entries[key] for use, entries in outlines.items() if key in entries
        }
        asked = [uses[name]] if name else list(uses.values())
        if (
            topic in ("", clause.topic)
            and part in ("", clause.part)
            and status in ("", clause.status)
            and (not level or any(entry.level == level for entry in asked))
            and len(clause.positions) > wish.has_positions
            and (passages := passages_with(_texts_of(clause, library), wish.search))
            is not None
        ):
            found.append(FoundClause(clause, uses.get(name), uses, passages))
    return tuple(found)


def find_templates(
    library: Library, level: str = "", search: str = ""
) -> tuple[FoundTemplate, ...]:
    """Return the templates of a level that have all the words, by level and name."""
    wanted = _one_of("level", level, LEVELS)
    found = []
    for source in library.templates.values():
        passages = passages_with(_template_texts(source, library), search)
        if wanted in ("", source.template.level) and passages is not None:
            found.append(FoundTemplate(source, passages))
    found.sort(
        key=lambda one: (LEVELS.index(one.source.template.level), one.source.name)
    )
    return tuple(found)


def _one_of(noun: str, word: str, known: Iterable[str]) -> str:
    names = list(known)
    if word and word.casefold() not in names:
        raise NotFoundError(
            f'there is no {noun} "{word}"; there are {", ".join(names) or "none"}'
        )
    return word.casefold()


def _outline_of(library: Library, name: str) -> dict[str, OutlineEntry]:
    """Return the outline of an agreement in which nothing is negotiated yet."""
    chain: list[TemplateSource] = []
    source = library.templates.get(name)
    while source is not None and source not in chain:
        chain.insert(0, source)
        source = library.templates.get(source.template.parent or "")
    untouched = Agreement.model_validate({"id": "SLA-1", "template": name})
    nothing = SourceFile("", {}, (1, 1, None))
    entries, _ = build_outline(library, tuple(chain), untouched, nothing)
    sound = [entry for entry in entries if entry.key in library.clauses]
    printed = sorted(
        sound, key=lambda entry: PARTS.index(library.clauses[entry.key].part)
    )
    return {entry.key: entry for entry in printed}


def _by_topic(
    library: Library, outlines: Mapping[str, Mapping[str, OutlineEntry]]
) -> tuple[LibraryClause, ...]:
    """Return all clauses by topic, in reading order; those without a topic last."""
    order: list[str] = []
    for outline in sorted(outlines.values(), key=len, reverse=True):
        at = len(order)
        for key in outline:
            if key not in order:
                order.insert(at, key)
            at = order.index(key) + 1
    places = {key: at for at, key in enumerate(order)}
    bodies: dict[str, list[int]] = {}
    for clause in library.clauses.values():
        if clause.topic and clause.part is Part.CLAUSE and clause.key in places:
            bodies.setdefault(clause.topic, []).append(places[clause.key])
    middles = {topic: median(found) for topic, found in bodies.items()}
    end = len(order)
    return tuple(
        sorted(
            library.clauses.values(),
            key=lambda clause: (
                clause.topic is None,
                middles.get(clause.topic or "", end),
                clause.topic or "",
                PARTS.index(clause.part),
                places.get(clause.key, end),
                clause.key,
            ),
        )
    )


def _texts_of(clause: LibraryClause, library: Library) -> Iterator[Text]:
    """Yield where a text stands, the text, and whether it is wording in a file."""
    yield "key", clause.key, False
    for title in clause.title.values():
        yield "title", title, False
    yield "summary", clause.summary, False
    yield "guidance", clause.guidance or "", False
    yield "walk-away line", clause.walk_away or "", False
    for position in clause.positions:
        yield f"use of {position.key}", position.when or "", False
        for (key, name, _), text in library.texts.items():
            if (key, name) == (clause.key, position.key):
                yield text.file, text.source, True


def _template_texts(source: TemplateSource, library: Library) -> Iterator[Text]:
    template = source.template
    yield "name", source.name, False
    for title in template.title.values():
        yield "title", title, False
    yield "kind", template.kind, False
    yield "summary", template.summary or "", False
    for question in template.questions:
        for words in question.ask.values():
            yield f"question {question.path}", words, False
    brought = (operation.with_ or operation.add for operation in template.outline)
    for key in filter(None, brought):
        titles = library.clauses[key].title.values() if key in library.clauses else ()
        yield f"clause {key}", " / ".join((key, *titles)), False


def _missing(noun: str, name: str, known: list[str], command: str) -> str:
    ends = {one.rpartition("/")[2]: one for one in known}
    hints = [ends[name]] if name in ends else _with_words(name, known)
    if not hints and (hint := nearest(name, known)):
        hints = [hint]
    meant = " or ".join(f'"{one}"' for one in hints)
    remedy = f"did you mean {meant}?" if hints else f"see slacontracts {command}"
    return f'there is no {noun} "{name}"; {remedy}'


def _with_words(name: str, known: list[str]) -> list[str]:
    """Return the names that have these words in them; none when there are many."""
    words = set(re.split("[ -]+", name.rpartition("/")[2].casefold()))
    found = [one for one in known if words <= set(re.split("[/-]", one))]
    return found if len(found) <= _MOST_HINTS else []
