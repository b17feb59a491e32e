"""A day in; an agreement with the amendments in force on it worked in, out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from slacontracts.errors import NotFoundError
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import SignedText, signed_texts, signings_of
from slacontracts.workflow.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slacontracts.compare.conformed import Conformed
    from slacontracts.model.signing import Signing


@dataclass(frozen=True, slots=True)
class InForce:
    """The text of a day, and the last signed text that is worked in."""

    conformed: Conformed
    last: SignedText


def in_force(
    shelf: Shelf, place: AgreementPlace, at: date, known: date | None = None
) -> InForce:
    """Return the text in force on a day.

    known: only what was signed by this day counts; without it, all that was signed.
    Raises NotFoundError for a day before the agreement takes effect.
    """
    signings = signings_of(shelf.desk, place)
    known = known or date.max
    _require_in_force(place, signings, at, known)
    from slacontracts.compare.conformed import Amendment, conformed
    from slacontracts.compare.operations import operations

    texts = signed_texts(shelf, place, signings)
    amendments = [
        Amendment(
            text.signing.number,
            text.signing.signed_on,
            text.signing.effective_on,
            operations(before.document, text.document),
            text.saved.composed.composition.agreement,
        )
        for before, text in pairwise(texts)
    ]
    last = [text for text in texts if _counts(text.signing, at, known)][-1]
    return InForce(conformed(texts[0].document, amendments, at, known), last)


def _counts(signing: Signing, at: date, known: date) -> bool:
    effective = signing.effective_on
    return signing.signed_on <= known and effective is not None and effective <= at


def _require_in_force(
    place: AgreementPlace, signings: Sequence[Signing], at: date, known: date
) -> None:
    if not signings:
        raise NotFoundError(
            f"{place.id} is not signed, so no text of it is in force on {at}; mark it "
            f"when it is signed: slacontracts sign {place.id} --as original"
        )
    original = signings[0]
    if original.signed_on > known:
        raise NotFoundError(
            f"{place.id} was signed on {original.signed_on}, so nothing was known of "
            f"it on {known}; name that day or a later one"
        )
    effective = original.effective_on
    if effective is None:
        raise NotFoundError(
            f"{place.id} takes effect when its conditions are met; say when they were: "
            f"slacontracts sign {place.id} --as original --effective DATE"
        )
    if at < effective:
        raise NotFoundError(
            f"{place.id} takes effect on {effective}, so no text of it is in force on "
            f"{at}; name that day or a later one"
        )
