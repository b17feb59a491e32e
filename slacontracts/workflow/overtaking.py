"""Texts that were signed and an amendment to them in; what it brings too early out."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from slacontracts.model.agreement import EVENTS
from slacontracts.model.operation import Operation
from slacontracts.model.signing import Signing, said_of, signed_name
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import SignedText, signed_texts
from slacontracts.workflow.instrument import MadeAmendment
from slacontracts.workflow.shelf import Shelf

_MOST_NAMED: Final = 5  # places in one line


def before_signing(opened: MadeAmendment, today: date | None) -> tuple[str, ...]:
    """Return what a person must know before the open amendment is signed.

    today: the first day on which one takes effect that waits for an event.
    """
    on = opened.header.effective.on if opened.header.effective else None
    verb = "could take" if on in EVENTS else "takes"
    day = on if isinstance(on, date) else today if on in EVENTS else None
    name = said_of(signed_name(opened.header.number))
    return tuple(
        f"{name} {verb} effect before {met}; so reword it there, or let {name} take "
        f"effect {since}"
        for met, since in _met(opened.signed, day, opened.operations)
    )


def after_signing(
    shelf: Shelf, place: AgreementPlace, signings: Sequence[Signing]
) -> tuple[str, ...]:
    """Return what a person must know of the last of these signings."""
    from slacontracts.compare.operations import operations

    *before, last = signings
    if not any(_waits(one, last.effective_on) for one in before[1:]):
        return ()
    *texts, text = signed_texts(shelf, place, signings)
    found = operations(texts[-1].document, text.document)
    return tuple(
        f"{said_of(last.as_)} takes effect before {met}; look at the conformed copy of "
        f"{last.effective_on}, and put right by the next amendment what nobody meant"
        for met, _ in _met(texts, last.effective_on, found)
    )


def _waits(signing: Signing, day: date | None) -> bool:
    """Tell whether an amendment takes effect only after a day."""
    effective = signing.effective_on
    return day is not None and (effective is None or day < effective)


def _met(
    texts: Sequence[SignedText], day: date | None, operations: Sequence[Operation]
) -> Iterator[tuple[str, str]]:
    """Yield which amendments these operations overtake, and since when they would not.

    texts: all that were signed before. day: on which the operations take effect.
    """
    from slacontracts.compare.operations import operations as operations_between
    from slacontracts.compare.overtaking import meeting, named

    for before, text in pairwise(texts):
        signing = text.signing
        if not _waits(signing, day):
            continue
        earlier = operations_between(before.document, text.document)
        places = named(meeting(earlier, operations), texts[-1].document)
        if not places:
            continue
        name, effective = said_of(signing.as_), signing.effective_on
        when = f"on {effective}" if effective else "once its conditions are met"
        since = f"on {effective} or later" if effective else "after that"
        yield (
            f"{name}, which was signed earlier and takes effect only {when}, and both "
            f"change {_listed(places)}: wording of {name} comes into force too "
            f"early there, or the change waits for {name}",
            since,
        )


def _listed(places: Sequence[str]) -> str:
    more = len(places) - _MOST_NAMED
    shown = "; ".join(places[:_MOST_NAMED])
    return shown + (f"; and {more} more" if more > 0 else "")
