"""A desk in; what there is in the workspace (agreements, clauses, templates) out."""

from dataclasses import dataclass

from slacontracts.errors import NotFoundError, SlaContractsError
from slacontracts.model.clause import Language, LibraryClause
from slacontracts.model.library import Library, TemplateSource
from slacontracts.source.agreement import read_head
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.git import DraftNumber, draft_numbers
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import nearest
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Listed:
    """One agreement in the list.

    version: how often it was saved. state: where it is on its way; a draft for now.
    is_readable: False when `check` has to say what is wrong with it.
    """

    id: str
    customer: str
    kind: str
    title: str
    version: int
    has_unsaved_changes: bool
    state: str = "draft"
    is_readable: bool = True


def list_agreements(desk: Desk) -> tuple[Listed, ...]:
    """Return every agreement of the workspace, by customer and id."""
    places = desk.workspace.agreements()
    numbers = draft_numbers(desk.workspace, places)
    shelf = Shelf(desk)
    return tuple(_listed(shelf, place, numbers[place.folder]) for place in places)


def _listed(shelf: Shelf, place: AgreementPlace, number: DraftNumber) -> Listed:
    kind, title, is_readable = "", "", False
    try:
        source, _ = read_yaml(shelf.desk.workspace.read(place.file), place.file)
        head = read_head(source)[0] if source else None
        if source and head:
            templates = shelf.library(head.library).library.templates
            template = templates[head.template].template
            kind, is_readable = template.kind, True
            language: Language = "ar" if head.language == "ar" else "en"
            known = template.title.get(language) or next(iter(template.title.values()))
            own = source.data.get("title")
            title = own if isinstance(own, str) else known
    except (SlaContractsError, KeyError):
        is_readable = False
    unsaved = number.has_unsaved_changes
    return Listed(
        place.id,
        place.customer,
        kind,
        title,
        number.saves,
        unsaved,
        is_readable=is_readable,
    )


def working_library(desk: Desk) -> Library:
    """Return the library as its files stand."""
    return Shelf(desk).library(None).library


def clause_of(library: Library, key: str) -> LibraryClause:
    """Return a clause by key; suggest the nearest when there is none."""
    clause = library.clauses.get(key)
    if clause is None:
        raise NotFoundError(_missing("clause", key, list(library.clauses), "clauses"))
    return clause


def template_of(library: Library, name: str) -> TemplateSource:
    """Return a template by name; suggest the nearest when there is none."""
    template = library.templates.get(name)
    if template is None:
        raise NotFoundError(
            _missing("template", name, list(library.templates), "templates")
        )
    return template


def _missing(noun: str, name: str, known: list[str], command: str) -> str:
    ends = {one.rpartition("/")[2]: one for one in known}
    hint = ends.get(name) or nearest(name, known)
    remedy = f'did you mean "{hint}"?' if hint else f"see slacontracts {command}"
    return f'there is no {noun} "{name}"; {remedy}'
