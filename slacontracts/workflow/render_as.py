"""A signed agreement in; its amendment, conformed copy or redline, rendered, out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from slacontracts.errors import SourceError
from slacontracts.model.signing import signed_name
from slacontracts.store.git import draft_number
from slacontracts.workflow.conform import in_force
from slacontracts.workflow.differing_paper import tell_of_paper
from slacontracts.workflow.draft import compose_draft, read_draft
from slacontracts.workflow.hand_over import EXTENSIONS
from slacontracts.workflow.instrument import draft_instrument, open_amendment
from slacontracts.workflow.overtaking import before_signing
from slacontracts.workflow.redline import redline_files
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.render import (
    Rendered,
    Wanted,
    document_bytes,
    require_ready,
    require_saved,
)
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import composed_at

if TYPE_CHECKING:
    from slacontracts.compare.conformed import Conformed
    from slacontracts.model.document import NumberedDocument
    from slacontracts.store.workspace import AgreementPlace
    from slacontracts.workflow.draft import Draft

Kind: TypeAlias = Literal["amendment", "conformed", "redline"]
KINDS: Final[tuple[Kind, ...]] = ("amendment", "conformed", "redline")


@dataclass(frozen=True, slots=True)
class Marks:
    """In whose name, and when, the changes of a redline are made."""

    author: str
    date: str


def render_amendment(shelf: Shelf, place: AgreementPlace, wanted: Wanted) -> Rendered:
    """Render the instrument of the open amendment.

    Raises SourceError where none is open or it alters nothing, and what an execution
    version of an agreement raises.
    """
    if wanted.is_execution:
        shelf = shelf.from_versions()
        draft = read_draft(shelf, place)
        require_ready(draft)
    else:
        draft = compose_draft(shelf, place)
    number = draft_number(shelf.desk.workspace, place)
    if draft.composed is None or draft.library is None:
        raise _not_composed(draft)
    opened = open_amendment(shelf, place, draft.composed)
    if wanted.is_execution:
        require_saved(shelf, place, number)
    tell_of_paper(shelf.desk, place, [one.signing for one in opened.signed])
    for note in before_signing(opened, shelf.desk.today):
        shelf.desk.warn(note)
    instrument = replace(
        draft.composed, numbered=draft_instrument(opened, shelf.desk.settings.digits)
    )
    data = document_bytes(shelf, draft.library, instrument, wanted, f"{number.number}")
    stem = f"{place.id}-{signed_name(opened.header.number)}"
    if not wanted.is_execution:
        stem += f"-draft-{number.number}"
    return Rendered(stem + EXTENSIONS[wanted.format], data, draft.findings)


def _not_composed(draft: Draft) -> SourceError:
    return SourceError(
        f"{draft.place.id} cannot be rendered until the places above are mended",
        draft.findings,
    )


def render_conformed(
    shelf: Shelf, place: AgreementPlace, wanted: Wanted, at: date, known: date
) -> Rendered:
    """Render the text in force on a day, as known on another, with its notes."""
    text = in_force(shelf, place, at, known)
    saved = text.saved
    digits = saved.shelf.desk.settings.digits
    copy = replace(saved.composed, numbered=_copy(text.conformed, digits))
    # what is in force is no draft, and is not marked as one
    issued = replace(wanted, is_execution=True)
    data = document_bytes(saved.shelf, saved.library, copy, issued, f"{at}")
    name = f"{place.id}-conformed-{at}{EXTENSIONS[wanted.format]}"
    return Rendered(name, data, ())


def _copy(conformed: Conformed, digits: str) -> NumberedDocument:
    """Return a conformed copy that nobody takes for a paper to sign."""
    from slacontracts.compare.conformed_notes import with_notes

    noted = with_notes(conformed, digits=digits)
    document = replace(noted.document, signatures=(), conformed_to=conformed.at)
    return replace(noted, document=document)


def render_redline(shelf: Shelf, place: AgreementPlace, marks: Marks) -> Rendered:
    """Render the text signed last with what the open amendment alters marked in it."""
    draft = compose_draft(shelf, place)
    if draft.composed is None:
        raise _not_composed(draft)
    opened = open_amendment(shelf, place, draft.composed)
    signed = composed_at(shelf, Reference(place.id, opened.signed[-1].signing.as_))
    amended = composed_at(shelf, Reference(place.id))
    made = redline_files(
        replace(signed, number=amended.number),
        amended,
        author=marks.author,
        date=marks.date,
    )
    name = f"{place.id}-{signed_name(opened.header.number)}-redline.docx"
    return Rendered(name, made.data, draft.findings)
