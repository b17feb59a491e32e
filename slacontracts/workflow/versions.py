"""A version of an agreement that somebody named in; that text, composed, out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from slacontracts.compose.assemble import Composed
from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.document import NumberedDocument
from slacontracts.model.scalars import read_day
from slacontracts.model.signing import Signing, amendment_number, said_of
from slacontracts.store.git import draft_number, no_drafts
from slacontracts.store.versions import Version, history
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import (
    compose_saved,
    numbered_after,
    signed_texts,
    signings_of,
    working_as_signed,
)
from slacontracts.workflow.conform import in_force
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.differing_paper import tell_of_paper
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.reference import KNOWN_VERSIONS, WORKING, Reference
from slacontracts.workflow.shelf import LibraryInHand, Shelf

_DRAFT: Final = re.compile(r"draft:([1-9][0-9]{0,8})", re.ASCII)
_DATE_LIKE: Final = re.compile(r"[0-9]{4}-", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stated:
    """A version of an agreement, composed with the library that it pins.

    name: how people call it. composed: under the numbers it has after signature.
    shelf: with the settings it was made with. saved_as: the id of its saved version,
    None for the text in hand and for one of a day. number: of the draft. is_signed:
    whether it is what the parties signed, be it in several papers.
    """

    reference: Reference
    place: AgreementPlace
    name: str
    composed: Composed
    library: LibraryInHand
    shelf: Shelf
    saved_as: str | None
    number: int
    is_signed: bool = False

    @property
    def document(self) -> NumberedDocument:
        """The text with its numbers."""
        return self.composed.numbered


def saved_drafts(
    desk: Desk, place: AgreementPlace, upto: str | None = None
) -> tuple[Version, ...]:
    """Return the drafts of an agreement that were saved, draft 1 first.

    A version that only closed a signed amendment, or only kept a turn of a negotiation,
    is none. upto: the full id of a version; later drafts do not count.
    """
    root = desk.workspace.root
    saved = history(root, place.folder, upto=upto)
    if not saved:
        return ()
    passed_over = no_drafts(root, place.folder)
    return tuple(one for one in reversed(saved) if one.id not in passed_over)


def saved_draft(desk: Desk, place: AgreementPlace, name: str) -> str:
    """Return the full id of the saved version that "draft:3" names."""
    drafts = saved_drafts(desk, place)
    found = _DRAFT.fullmatch(name)
    number = int(found[1]) if found else 0
    if not 0 < number <= len(drafts):
        known = f"the last saved is draft:{len(drafts)}" if drafts else "none is saved"
        raise NotFoundError(
            f"{place.id} has no {name}; {known}: see slacontracts versions {place.id}"
        )
    return drafts[number - 1].id


def composed_at(shelf: Shelf, reference: Reference) -> Stated:
    """Return a version of an agreement, composed with the library that it pins.

    Raises NotFoundError for a version that there is not, SourceError for one that
    cannot be composed.
    """
    place = shelf.desk.workspace.agreement(reference.agreement_id)
    version = reference.version
    if version == WORKING:
        return _working(shelf, place, reference)
    if found := _DRAFT.fullmatch(version):
        saved = saved_draft(shelf.desk, place, version)
        return composed_version(shelf, place, saved, int(found[1]))
    if (number := amendment_number(version)) is not None:
        return _signed(shelf, place, reference, number)
    if _DATE_LIKE.match(version):
        try:
            day = read_day(version)
        except ValueError as error:
            raise NotFoundError(str(error)) from None
        return _of_a_day(shelf, place, reference, day)
    raise NotFoundError(f'{place.id} has no version "{version}"; {KNOWN_VERSIONS}')


def _working(shelf: Shelf, place: AgreementPlace, reference: Reference) -> Stated:
    draft = compose_draft(shelf, place)
    if draft.composed is None or draft.library is None:
        raise SourceError(
            f"{place.id} cannot be composed until the places above are mended",
            draft.findings,
        )
    return Stated(
        reference,
        place,
        f"{place.id}, as it stands",
        working_as_signed(shelf, place, draft.composed),
        draft.library,
        shelf,
        None,
        draft_number(shelf.desk.workspace, place).number,
    )


def composed_version(
    shelf: Shelf, place: AgreementPlace, version: str, number: int
) -> Stated:
    """Return a saved version of an agreement, composed. number: of the draft."""
    saved = compose_saved(shelf, place, version)
    texts = signed_texts(shelf, place, signings_of(shelf.desk, place, version))
    return Stated(
        Reference(place.id, f"draft:{number}"),
        place,
        f"{place.id}, draft {number}",
        replace(
            saved.composed, numbered=numbered_after(texts, saved.composed.numbered)
        ),
        saved.library,
        saved.shelf,
        version,
        number,
    )


def _signed(
    shelf: Shelf, place: AgreementPlace, reference: Reference, number: int
) -> Stated:
    signings = signings_of(shelf.desk, place)
    if number >= len(signings):
        raise NotFoundError(_not_signed(place, reference.version, signings))
    text = signed_texts(shelf, place, signings[: number + 1])[-1]
    signing, saved = text.signing, text.saved
    tell_of_paper(shelf.desk, place, signings[: number + 1])
    return Stated(
        reference,
        place,
        f"{place.id}, {said_of(signing.as_)} as signed on {signing.signed_on}",
        replace(saved.composed, numbered=text.document),
        saved.library,
        saved.shelf,
        signing.version,
        len(saved_drafts(shelf.desk, place, signing.version)),
        is_signed=True,
    )


def _not_signed(
    place: AgreementPlace, version: str, signings: Sequence[Signing]
) -> str:
    if not signings:
        return (
            f"{place.id} is not signed, so it has no {version}; say draft:1 or "
            f"working, or register it when it is signed: slacontracts register "
            f"{place.id} --signed FILE"
        )
    last = signings[-1].as_
    return (
        f"{place.id} has no signed {said_of(version)}; the last signed text is {last}: "
        f"see slacontracts versions {place.id}"
    )


def _of_a_day(
    shelf: Shelf, place: AgreementPlace, reference: Reference, day: date
) -> Stated:
    text = in_force(shelf, place, day, shelf.desk.today)
    saved, ended = text.saved, text.conformed.ended
    said = f"in force on {day}"
    if ended is not None:
        said = f"last in force on {ended.last}, when it ended"
    for later, earlier in text.in_doubt:
        shelf.desk.warn(
            f"{later} of {place.id} is in effect on {day} without {earlier}, on whose "
            "text it was written; where both change something, the text of that day "
            "may say other values than those that are told"
        )
    return Stated(
        reference,
        place,
        f"{place.id}, as {said}",
        replace(saved.composed, numbered=text.conformed.document),
        saved.library,
        saved.shelf,
        None,
        len(saved_drafts(shelf.desk, place, text.last.signing.version)),
        is_signed=True,
    )


def usual_base(desk: Desk, agreement_id: str) -> Reference:
    """Return what the text in hand is compared with, where nobody says.

    The text that was signed last, else the last draft that was saved.
    """
    place = desk.workspace.agreement(agreement_id)
    signings = signings_of(desk, place)
    if signings:
        return Reference(agreement_id, signings[-1].as_)
    drafts = len(saved_drafts(desk, place))
    if not drafts:
        raise NotFoundError(
            f"{agreement_id} was never saved, so there is nothing to compare it with; "
            f'save it first: slacontracts save {agreement_id} -m "First draft"'
        )
    return Reference(agreement_id, f"draft:{drafts}")
