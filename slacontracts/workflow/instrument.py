"""An agreement with an amendment, open or signed, in; what that alters out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from slacontracts.errors import SourceError
from slacontracts.model.signing import CONDITIONS_MET, said_of
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import (
    SignedText,
    recorded_signings,
    signed_since,
    signed_texts,
)
from slacontracts.workflow.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slacontracts.compose.assemble import Composed
    from slacontracts.model.agreement import AmendmentHeader
    from slacontracts.model.document import NumberedDocument
    from slacontracts.model.operation import Operation


@dataclass(frozen=True, slots=True)
class MadeAmendment:
    """An amendment: the texts that were signed before, and what it makes of the last.

    amended: the text with the amendment worked in, under the signed numbers.
    """

    header: AmendmentHeader
    signed: tuple[SignedText, ...]
    amended: NumberedDocument
    operations: tuple[Operation, ...]

    @property
    def base(self) -> NumberedDocument:
        """The text that was signed last."""
        return self.signed[-1].document


def open_amendment(
    shelf: Shelf, place: AgreementPlace, composed: Composed
) -> MadeAmendment:
    """Return what the open amendment alters.

    Raises SourceError when none is open, when it was opened against another text than
    the one signed last, and when it alters nothing.
    """
    from slacontracts.compare.executed import executed
    from slacontracts.compare.operations import is_said, operations

    agreement = composed.composition.agreement
    signings = recorded_signings(shelf.desk, place)
    header = require_header(place, agreement.amendment, len(signings))
    signed = signed_texts(shelf, place, signings)
    base = signed[-1].document
    amended = executed(base, composed.numbered.document)
    found = operations(base, amended)
    if not any(map(is_said, found)):
        raise SourceError(
            f"amendment {header.number} of {place.id} alters nothing; change the "
            f"agreement with slacontracts set or use first, or take it back: "
            f"slacontracts set {place.id} /amendment="
        )
    return MadeAmendment(header, signed, amended, found)


def signed_amendment(texts: Sequence[SignedText]) -> MadeAmendment:
    """Return what the last of some signed texts altered in the one before.

    Raises SourceError when its version does not say that it is an amendment.
    """
    from slacontracts.compare.operations import operations

    *before, text = texts
    header = text.saved.composed.composition.agreement.amendment
    if header is None:
        raise SourceError(
            f"{said_of(text.signing.as_)} of {text.document.document.agreement.id} is "
            f"recorded as the version {text.signing.version[:12]}, which holds no "
            "amendment, so its paper cannot be made again"
        )
    found = operations(before[-1].document, text.document)
    return MadeAmendment(header, tuple(before), text.document, found)


def draft_instrument(opened: MadeAmendment, digits: str) -> NumberedDocument:
    """Return the paper that the parties sign to make an amendment.

    digits: of its dates.
    """
    from slacontracts.compare.amendment import AmendmentFacts, amendment
    from slacontracts.compose.numbering import number

    header, signings = opened.header, [text.signing for text in opened.signed]
    agreement = opened.amended.document.agreement
    effective = header.effective.on if header.effective else None
    if effective is None:
        raise SourceError(
            f"it is not said when amendment {header.number} of {agreement.id} takes "
            f"effect; say it: slacontracts set {agreement.id} "
            "/amendment/effective/on=2027-03-01"
        )
    require_conditions(agreement.id, header)
    facts = AmendmentFacts(
        header.number,
        effective,
        signings[0].signed_on,
        tuple((one.number, one.signed_on) for one in signings[1:]),
        tuple(one.says for one in header.conditions),
        header.reason or "",
        digits,
    )
    return number(amendment(opened.base, opened.amended, opened.operations, facts))


def require_conditions(agreement_id: str, header: AmendmentHeader) -> None:
    """Refuse an amendment that waits for conditions and states none."""
    on = header.effective.on if header.effective else None
    if on == CONDITIONS_MET and not header.conditions:
        raise SourceError(
            f"amendment {header.number} of {agreement_id} takes effect when its "
            "conditions are met, but no condition is stated; state one: slacontracts "
            f'set {agreement_id} "/amendment/conditions/+={{key: NAME, says: What must '
            'happen}"'
        )


def require_header(
    place: AgreementPlace, header: AmendmentHeader | None, signed: int
) -> AmendmentHeader:
    """Return the head of the open amendment, which must be the next to be signed.

    signed: how many texts of the agreement were signed.
    """
    if not signed:
        raise SourceError(
            f"{place.id} is not signed, so there is nothing to amend; change it with "
            f"slacontracts set, or register it when it is signed: slacontracts "
            f"register {place.id} --signed FILE"
        )
    if header is None:
        raise SourceError(
            f"{place.id} has no open amendment; open one: slacontracts amend "
            f'{place.id} --effective DATE --reason "Why"'
        )
    if header.number < signed:
        raise SourceError(signed_since(place, header.number, signed))
    if header.number > signed:
        raise SourceError(
            f"the open amendment of {place.id} has the number {header.number}, but the "
            f"next is {signed}; correct it: slacontracts set {place.id} "
            f"/amendment/number={signed}"
        )
    return header
