"""An agreement's id and a format in; the bytes to hand over, and their name, out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from slacontracts.compose.assemble import Composed
from slacontracts.errors import ChecksFailedError, SourceError
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.signing import said_of
from slacontracts.store.contents import unsaved_files
from slacontracts.store.git import DraftNumber, asking_draft_number
from slacontracts.store.workspace import SETTINGS_FILE, AgreementPlace
from slacontracts.workflow.as_signed import signings_of, working_as_signed
from slacontracts.workflow.draft import (
    Draft,
    compose_draft,
    read_draft,
    read_short_form,
)
from slacontracts.workflow.hand_over import EXTENSIONS, Format, marked_pdf
from slacontracts.workflow.shelf import LibraryInHand, Shelf

# A draft may have these; what is signed may not.
_NOT_IN_EXECUTION: Final = frozenset(
    {
        "unfilled-blank",
        "placeholder-text",
        "library-working",
        "deviation-unapproved",
        "approval-unproven",
        "beyond-walk-away",
    }
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to render: the format, for signature or not, with page numbers or not.

    is_short: the short form, which the templates of an agreement may have.
    """

    format: Format = "docx"
    is_execution: bool = False
    has_page_numbers: bool = False
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered agreement: its usual file name, its bytes, and what was found."""

    name: str
    data: bytes
    findings: tuple[Finding, ...]


def render_agreement(
    shelf: Shelf,
    place: AgreementPlace,
    wanted: Wanted,
    number: DraftNumber | None = None,
) -> Rendered:
    """Render one agreement.

    number: of the draft, where it is known already. Raises ChecksFailedError when
    an execution version is wanted and something stands against it, SourceError when
    it or the settings are not saved: two different texts must never have the same
    number. An execution version is made from the saved library alone, never from a
    cache.
    """
    if number is not None:
        return _rendered(shelf, place, wanted, lambda: number)
    with asking_draft_number(shelf.desk.workspace, place) as answer:
        return _rendered(shelf, place, wanted, answer)


def _rendered(
    shelf: Shelf,
    place: AgreementPlace,
    wanted: Wanted,
    draft_number: Callable[[], DraftNumber],
) -> Rendered:
    if wanted.is_execution:
        _require_unsigned(shelf, place)
        shelf = shelf.from_versions()
        draft = read_draft(shelf, place)
        require_ready(draft)
        if wanted.is_short:
            draft = read_short_form(shelf, place)
            require_ready(draft)
    else:
        draft = compose_draft(shelf, place, is_short=wanted.is_short)
    if draft.composed is None or draft.library is None:
        raise SourceError(
            f"{place.id} cannot be rendered until the places above are mended",
            draft.findings,
        )
    number = draft_number()
    if wanted.is_execution:
        require_saved(shelf, place, number)
    composed, library = draft.composed, draft.library
    if not wanted.is_short:
        composed = working_as_signed(shelf, place, composed)
    data = document_bytes(shelf, library, composed, wanted, str(number.number))
    return Rendered(_name(place, number, wanted), data, draft.findings)


def _require_unsigned(shelf: Shelf, place: AgreementPlace) -> None:
    """Refuse to make once more for signature what is signed already."""
    signings = signings_of(shelf.desk, place)
    if signings:
        raise SourceError(
            f"{place.id} is signed ({said_of(signings[-1].as_)}, "
            f"{signings[-1].signed_on}), and what is signed next is an amendment; open "
            f"one with slacontracts amend {place.id}, and make its paper: slacontracts "
            f"render {place.id} --as amendment --execution. To read what is signed: "
            f"slacontracts render {place.id}@original"
        )


def require_ready(draft: Draft) -> None:
    """Refuse for signature what has an error, or what only a draft may have."""
    against = tuple(
        finding
        for finding in draft.findings
        if finding.severity is Severity.ERROR or finding.code in _NOT_IN_EXECUTION
    )
    if against:
        raise ChecksFailedError(
            f"{draft.place.id} is not ready for signature: mend the places above, or "
            "render a draft without --execution",
            against,
        )


def require_saved(shelf: Shelf, place: AgreementPlace, number: DraftNumber) -> None:
    """Refuse changes of the agreement or the settings that no version holds."""
    workspace = shelf.desk.workspace
    unsaved = unsaved_files(workspace, place.folder, SETTINGS_FILE)
    if SETTINGS_FILE in unsaved:
        raise SourceError(
            f"{SETTINGS_FILE} has changes that are not saved, and what is signed "
            "depends on it; save it first: slacontracts library save -m "
            '"What changed"'
        )
    if unsaved or number.has_unsaved_changes:
        raise SourceError(
            f"{place.id} has changes that are not saved; save it first: slacontracts "
            f'save {place.id} -m "What changed"'
        )


def lowered_errors(settings: WorkspaceSettings) -> tuple[str, ...]:
    """Return, a line each, which errors are none in this workspace, and why."""
    from slacontracts.checks import FAULTS

    errors = {fault.code for fault in FAULTS if fault.severity is Severity.ERROR}
    return tuple(
        f"{code} is no error here but {setting.is_}, as {SETTINGS_FILE} says: "
        f"{setting.because}"
        for code, setting in settings.severity.items()
        if code in errors and setting.is_ != Severity.ERROR.value
    )


def _name(place: AgreementPlace, number: DraftNumber, wanted: Wanted) -> str:
    stem = f"{place.id}-short" if wanted.is_short else place.id
    if not wanted.is_execution:
        stem += f"-draft-{number.number}"
    return stem + EXTENSIONS[wanted.format]


def document_bytes(
    shelf: Shelf,
    library: LibraryInHand,
    composed: Composed,
    wanted: Wanted,
    version: str,
) -> bytes:
    """Return a composed document in a format.

    version: the number of its draft, as it is printed.
    """
    document, execution = composed.numbered, wanted.is_execution
    digits = shelf.desk.settings.digits
    if wanted.format == "html":
        from slacontracts.render.html import render_html

        return render_html(
            document, version=version, execution=execution, digits=digits
        ).encode()
    if wanted.format == "text":
        from slacontracts.render.text import render_text

        return render_text(
            document, version=version, execution=execution, digits=digits
        ).encode()
    docx = _Word(shelf, library, composed, version, execution)
    if wanted.format == "docx" and not wanted.has_page_numbers:
        return docx.render()
    from slacontracts.store.office import heading_pages, open_office, pages_of

    with open_office() as office:
        data = docx.render()
        if wanted.has_page_numbers:
            pages = pages_of(office.pdf(data))
            data = docx.render(heading_pages(pages, headings(document)))
        if wanted.format == "docx":
            return data
        return marked_pdf(office.pdf(data), document.document.agreement.id)


@dataclass(frozen=True, slots=True)
class _Word:
    """What a Word rendering of one agreement needs."""

    shelf: Shelf
    library: LibraryInHand
    composed: Composed
    version: str
    execution: bool

    def render(self, page_numbers: dict[str, int] | None = None) -> bytes:
        from slacontracts.render.docx import render_docx

        settings = self.shelf.desk.settings
        name = self.composed.composition.house_style or settings.house_style
        return render_docx(
            self.composed.numbered,
            self.shelf.house_style(self.library, name),
            version=self.version,
            execution=self.execution,
            digits=settings.digits,
            signature_anchors=settings.signature_anchors,
            page_numbers=page_numbers,
        )


def headings(document: NumberedDocument) -> list[tuple[str, str]]:
    """Return (clause key, heading as printed) in reading order."""
    return [
        (clause.key, f"{document.labels[clause.key]} {clause.title}".strip())
        for clause in document.document.clauses
    ]
