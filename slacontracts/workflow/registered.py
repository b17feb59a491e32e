"""The records of an agreement in; what was signed of it, and its life, out."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final

from slacontracts.deadlines.facts import facts_for_list
from slacontracts.deadlines.in_force import effective_day
from slacontracts.errors import OutsideError
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.life import Life, SignedText, Termination, condition_name
from slacontracts.model.record import Record, act_digest
from slacontracts.model.signing import (
    CONDITIONS_MET,
    ORIGINAL,
    Signing,
    first_gap,
    signed_name,
)
from slacontracts.store.register import Filed, read_filed
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk

REGISTER: Final = "register"  # where what is wrong in a record is said to stand
PARTLY_SIGNED: Final = "partly-signed"


def filed_of(desk: Desk, place: AgreementPlace) -> tuple[Filed, ...]:
    """Return the records of one agreement, in the order of the register."""
    return read_filed(desk.workspace.root, place.registered)


def signings_by_agreement(
    desk: Desk,
) -> Callable[[AgreementPlace], tuple[Signing, ...]]:
    """Return what tells the signings of any agreement: the register is read once.

    Where a record cannot be read, each agreement is asked for by itself.
    """
    try:
        filed = read_filed(desk.workspace.root)
    except OutsideError:
        return partial(registered_signings, desk)
    records: dict[str, list[Record]] = {}
    for one in filed:
        folder = f"{one.record.customer}/{one.record.agreement}"
        records.setdefault(folder, []).append(one.record)
    return lambda place: signings_in(records.get(place.registered, ()))


def registered_signings(desk: Desk, place: AgreementPlace) -> tuple[Signing, ...]:
    """Return which texts of an agreement all parties have signed, in order."""
    return signings_in([one.record for one in filed_of(desk, place)])


def signings_in(records: Sequence[Record]) -> tuple[Signing, ...]:
    """Return which texts all parties have signed, given the records of an agreement.

    Paper that was not drafted here has no version, and is none of them.
    """
    life = life_in(records)
    if life is None:
        return ()
    versions = {
        one.as_: one.version for one in texts_in(records) if one.version is not None
    }
    signings = tuple(
        Signing.model_validate(
            {
                "as": text.as_,
                "version": versions[text.as_],
                "signed_on": text.signed_on,
                "effective": effective_day(life, text) or CONDITIONS_MET,
            }
        )
        for text in life.binding
        if text.as_ in versions
    )
    gap = first_gap(signings)
    if gap is not None:
        raise OutsideError(
            f"the register has {signings[gap].as_} of {life.agreement} where "
            f"{signed_name(gap)} should stand; see slacontracts verify {life.agreement}"
        )
    return signings


def texts_in(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the record that counts of each text that was signed, in their order.

    A later record of the same text counts in the place of an earlier one.
    """
    texts = {
        one.number: one for one in records if one.is_binding or one.act == PARTLY_SIGNED
    }
    return tuple(one for _, one in sorted(texts.items()))


def life_in(records: Sequence[Record], *, for_list: bool = False) -> Life | None:
    """Return the life of an agreement, given its records; None before any text.

    for_list: with no more of its facts than a list of many agreements needs.
    """
    texts = texts_in(records)
    if not texts:
        return None
    return Life(
        texts[0].agreement,
        texts[0].customer,
        tuple(_signed_text(one, for_list=for_list) for one in texts),
        conditions_met(records),
        terminations_of(endings_in(records)),
        texts[-1].missing,
    )


def conditions_met(records: Iterable[Record]) -> dict[str, date]:
    """Return on which day each condition was met, as was last recorded."""
    return {
        name: record.condition.on
        for name, record in conditions_in(records).items()
        if record.condition is not None
    }


def conditions_in(records: Iterable[Record]) -> dict[str, Record]:
    """Return the record that counts of each condition that was met, by its name.

    A later record of the same condition counts in the place of an earlier one. One
    that takes a record back takes back that record alone: where somebody else had put
    it right first, what that one says stays.
    """
    counting: dict[str, Record] = {}
    for one in records:
        if one.condition is None:
            continue
        name = condition_name(one.as_ or ORIGINAL, one.condition.key)
        if not one.condition.is_void:
            counting[name] = one
        elif name in counting and _is_of(one, counting[name]):
            del counting[name]
    return counting


def endings_in(records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records of notices that count, in the order of the register.

    A correction counts in the place of what it puts right, and of what others said of
    the same notice before. One that takes a record back takes back that record alone.
    """
    counting: list[tuple[str, Record]] = []  # each with the notice that it is about
    about: dict[str, str] = {}
    for one in records:
        if one.ending is None:
            continue
        notice = own = act_digest(one)
        if one.correction is not None:
            earlier = _put_right(one, [each for _, each in counting])
            named = one.corrects or (act_digest(earlier) if earlier else own)
            notice = about.get(named, named)
            counting = [
                (of, each)
                for of, each in counting
                if each is not earlier and (one.ending.is_void or of != notice)
            ]
        about[own] = notice
        if not one.ending.is_void:
            counting.append((notice, one))
    return tuple(one for _, one in counting)


def _put_right(correction: Record, counting: Sequence[Record]) -> Record | None:
    """Return the record of a notice that a correction names, if it counts yet."""
    if correction.corrects is None and correction.ending is not None:
        return ending_of(counting, correction.ending.service)
    return next((one for one in counting if _is_of(correction, one)), None)


def _is_of(correction: Record, record: Record) -> bool:
    """Tell whether a correction is of a record; an early one says not of which."""
    return correction.corrects in (None, act_digest(record))


def terminations_of(records: Iterable[Record]) -> tuple[Termination, ...]:
    """Return the notices that records are of."""
    return tuple(
        Termination(one.on, one.ground, one.received, one.service)
        for one in (record.ending for record in records)
        if one is not None
    )


def ending_of(records: Sequence[Record], service: str | None) -> Record | None:
    """Return the last record of a notice that ends a service, or all; None of none."""
    return next(
        (
            one
            for one in reversed(records)
            if one.ending and one.ending.service == service
        ),
        None,
    )


def _signed_text(record: Record, *, for_list: bool) -> SignedText:
    days = [one.on for one in record.signatures]
    return SignedText(
        record.as_ or ORIGINAL,
        record.signed_on or max(days),
        record.effective_on,
        facts_in(record, for_list=for_list),
    )


def facts_in(record: Record, *, for_list: bool = False) -> KeyFacts:
    """Return the key facts that a record holds."""
    dumped = record.facts or {}
    try:
        return KeyFacts.model_validate(facts_for_list(dumped) if for_list else dumped)
    except (ValueError, KeyError) as error:
        raise OutsideError(
            f"the facts in the record {record.folder} cannot be read; see slacontracts "
            f"verify {record.agreement}"
        ) from error
