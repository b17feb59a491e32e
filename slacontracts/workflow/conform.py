"""A day in; an agreement with the amendments in force on it worked in, out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from slacontracts.errors import NotFoundError, SlaContractsError
from slacontracts.model.signing import said_of, signed_name
from slacontracts.source.three_ways import with_amendment
from slacontracts.source.write import set_value
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import (
    SavedText,
    SignedText,
    compose_data,
    signed_texts,
    signings_of,
)
from slacontracts.workflow.differing_paper import tell_of_paper
from slacontracts.workflow.ended import case_on, ended_in, seen_on, services_ended
from slacontracts.workflow.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slacontracts.compare.conformed import Conformed
    from slacontracts.model.signing import Signing


@dataclass(frozen=True, slots=True)
class InForce:
    """The text of a day with its data, and the last signed text that is worked in.

    saved: the data, composed; what they would read like is not what was agreed.
    """

    conformed: Conformed
    saved: SavedText
    last: SignedText

    @property
    def in_doubt(self) -> tuple[tuple[str, str], ...]:
        """Amendments whose wording may say other values than the data, worked in.

        Each with the one on whose text it was written, which is not in effect.
        """
        if self.saved is self.last.saved:
            return ()
        return tuple(
            (
                said_of(signed_name(one.later.number)),
                said_of(signed_name(one.earlier.number)),
            )
            for one in self.conformed.overtakings
        )


def in_force(
    shelf: Shelf, place: AgreementPlace, at: date, known: date | None = None
) -> InForce:
    """Return the text in force on a day, or after the end, on the last one.

    known: only what was signed by this day counts; without it, all that was signed.
    Raises NotFoundError for a day before the agreement takes effect.
    """
    signings = signings_of(shelf.desk, place)
    known = known or date.max
    _require_in_force(place, signings, at, known)
    case = case_on(shelf.desk, place, at, known)
    ended = ended_in(case)
    at = at if ended is None else ended.last
    from slacontracts.compare.conformed import Amendment, conformed
    from slacontracts.compare.operations import operations

    texts = signed_texts(shelf, place, signings)
    amendments = [
        Amendment(
            text.signing.number,
            text.signing.signed_on,
            text.signing.effective_on,
            operations(before.document, text.document),
        )
        for before, text in pairwise(texts)
    ]
    counting = [text for text in texts if _counts(text.signing, at, known)]
    saved = _data_in_force(place, texts, counting)
    copy = conformed(texts[0].document, amendments, at, known)
    differing = tell_of_paper(shelf.desk, place, [one.signing for one in counting])
    agreement = saved.composed.composition.agreement
    inner = replace(copy.document.document, agreement=agreement)
    document = replace(copy.document, document=inner)
    copy = replace(
        copy,
        document=document,
        differing=differing,
        ended=ended,
        services_ended=services_ended(case),
        seen=seen_on(shelf.desk, known),
    )
    return InForce(copy, saved, counting[-1])


def _data_in_force(
    place: AgreementPlace, texts: Sequence[SignedText], counting: Sequence[SignedText]
) -> SavedText:
    """Return the data of the original with what each amendment in effect changed.

    texts: all that were signed. counting: the original and the amendments in effect.
    """
    last = counting[-1]
    if [*counting] == [*texts[: len(counting)]]:
        return last.saved  # nothing that it was written on is missing
    text = texts[0].saved.data.decode("utf-8-sig")
    try:
        for before, amended in pairwise(texts):
            if amended in counting:
                text = with_amendment(text, _terms(before), _terms(amended))
        text = set_value(text, "/amendment", _said(last)["amendment"])
        named = f"with the data of {said_of(last.signing.as_)}"
        return compose_data(last.saved.shelf, place, text.encode(), named)
    except SlaContractsError:
        last.saved.shelf.desk.warn(
            f"{said_of(last.signing.as_)} of {place.id} was written on an amendment "
            "that is not in effect then, and its data mean nothing without that; the "
            f"values told are those of {said_of(last.signing.as_)}"
        )
        return last.saved


def _said(text: SignedText) -> dict[str, Any]:
    source = text.saved.draft.source
    found: dict[str, Any] = source.data if source else {}
    return found


def _terms(text: SignedText) -> dict[str, Any]:
    """Return what a signed text says but for the amendment by which it came."""
    data = _said(text)
    return {name: value for name, value in data.items() if name != "amendment"}


def _counts(signing: Signing, at: date, known: date) -> bool:
    effective = signing.effective_on
    return signing.signed_on <= known and effective is not None and effective <= at


def _require_in_force(
    place: AgreementPlace, signings: Sequence[Signing], at: date, known: date
) -> None:
    if not signings:
        raise NotFoundError(
            f"{place.id} is not signed, so no text of it is in force on {at}; "
            "register it when it is signed: slacontracts register "
            f"{place.id} --signed FILE"
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
            f"slacontracts condition {place.id} KEY --met-on DATE --evidence FILE"
        )
    if at < effective:
        raise NotFoundError(
            f"{place.id} takes effect on {effective}, so no text of it is in force on "
            f"{at}; name that day or a later one"
        )
