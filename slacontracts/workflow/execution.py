"""An agreement that goes to be signed in; its text and execution version out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from slacontracts.compose.assemble import Composed
from slacontracts.errors import ChecksFailedError, SourceError
from slacontracts.model.agreement import Agreement
from slacontracts.model.document import NumberedDocument
from slacontracts.model.signing import Signing, signed_name
from slacontracts.render.wording import fixed_words
from slacontracts.store.git import current_version, draft_number
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import require_closed, signed_texts
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, read_draft
from slacontracts.workflow.instrument import (
    draft_instrument,
    open_amendment,
    require_conditions,
    require_header,
    signed_amendment,
)
from slacontracts.workflow.render import (
    Wanted,
    document_bytes,
    require_ready,
    require_saved,
)
from slacontracts.workflow.shelf import LibraryInHand, Shelf
from slacontracts.workflow.versions import saved_drafts

_WORD: Final = Wanted("docx", is_execution=True)
_DRAFT: Final = Wanted("docx")


@dataclass(frozen=True, slots=True)
class ToSign:
    """A text that is signed, or was.

    as_: "original" or "amendment-2". version: the saved version that holds it. source:
    its file. draft: its number, which is printed. text: the whole agreement as signed.
    paper: what the parties sign, which of an amendment is its instrument. failures:
    what stands against it, a line each.
    """

    as_: str
    version: str
    source: bytes
    shelf: Shelf
    library: LibraryInHand
    composed: Composed
    draft: int
    text: NumberedDocument
    paper: NumberedDocument
    failures: tuple[str, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """The data of the agreement."""
        return self.composed.composition.agreement

    @property
    def parties(self) -> tuple[str, ...]:
        """Who signs, by role, in the order of the paper."""
        blocks = self.paper.document.signatures
        return tuple(dict.fromkeys(block.party for block in blocks))

    @property
    def signing(self) -> tuple[str, ...]:
        """The heading and the first words of the page on which they sign."""
        words = fixed_words(self.paper.document)
        return words["signature_page"], words["testimonium"]

    def execution(self) -> bytes:
        """Return the execution version, as Word file.

        Where an exception is made of a value that is missing, there can be none; then
        that is the draft, which shows what is open.
        """
        try:
            return self.rendered(_WORD)
        except ChecksFailedError:
            if not self.failures:
                raise
        return self._rendered(_DRAFT)

    def rendered(self, wanted: Wanted) -> bytes:
        """Return what the parties sign, to be signed, in the format that is wanted."""
        return self._rendered(replace(wanted, is_execution=True))

    def _rendered(self, wanted: Wanted) -> bytes:
        paper = replace(self.composed, numbered=self.paper)
        return document_bytes(self.shelf, self.library, paper, wanted, f"{self.draft}")


def text_to_sign(
    desk: Desk,
    place: AgreementPlace,
    before: Sequence[Signing],
    *,
    has_grant: bool = False,
) -> ToSign:
    """Return the last saved version of an agreement, to be registered as signed.

    has_grant: what stands against an execution version does not stop it, but is told.
    Raises ChecksFailedError without one; SourceError where changes are not saved, or a
    signed agreement has no open amendment.
    """
    shelf = Shelf(desk).from_versions()
    draft = read_draft(shelf, place)
    failures = _failures(draft, has_grant=has_grant)
    if draft.composed is None or draft.library is None:
        raise SourceError(f"{place.id} cannot be composed", draft.findings)
    require_closed(desk, place, before)
    number = draft_number(desk.workspace, place)
    require_saved(shelf, place, number)
    _require_open(place, draft.composed.composition.agreement, before)
    version = current_version(desk.workspace.root)
    assert version is not None
    text = paper = draft.composed.numbered
    if before:
        opened = open_amendment(shelf, place, draft.composed)
        text, paper = opened.amended, draft_instrument(opened, desk.settings.digits)
    return ToSign(
        signed_name(len(before)),
        version,
        desk.workspace.read(place.file),
        shelf,
        draft.library,
        draft.composed,
        number.number,
        text,
        paper,
        failures,
    )


def text_as_signed(
    desk: Desk, place: AgreementPlace, signings: Sequence[Signing]
) -> ToSign:
    """Return the last of some texts that were signed, composed anew.

    It is composed from the saved version that holds it, with its own library.
    """
    signing = signings[-1]
    texts = signed_texts(Shelf(desk).from_versions(), place, signings)
    saved = texts[-1].saved
    text = paper = texts[-1].document
    if signing.number:
        made = signed_amendment(texts)
        paper = draft_instrument(made, saved.shelf.desk.settings.digits)
    return ToSign(
        signing.as_,
        signing.version,
        saved.data,
        saved.shelf,
        saved.library,
        saved.composed,
        len(saved_drafts(desk, place, signing.version)),
        text,
        paper,
    )


def _require_open(
    place: AgreementPlace, agreement: Agreement, before: Sequence[Signing]
) -> None:
    """Refuse an amendment of what nobody signed, and a text that is signed already."""
    header = agreement.amendment
    if before:
        opened = require_header(place, header, len(before))
        require_conditions(place.id, opened)
    elif header is not None:
        raise SourceError(
            f"{place.id} has an amendment, but the agreement itself is not signed; "
            f"take it out: slacontracts set {place.id} /amendment="
        )


def _failures(draft: Draft, *, has_grant: bool) -> tuple[str, ...]:
    try:
        require_ready(draft)
    except ChecksFailedError as error:
        if not has_grant:
            raise
        return tuple(str(finding) for finding in error.findings)
    return ()
