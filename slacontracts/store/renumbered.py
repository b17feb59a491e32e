"""A receipt from before a renumbering in; the record that stands for it now out.

The workspace that renumbered a record keeps what it was. Everywhere else the record
itself says where it stood, and that is not believed but counted: with its former place
put in, it must have the fingerprint of the receipt. Whoever makes a register anew can
write both, so somebody else must vouch for the records that came in between: the place
shared with others, which was seen to have them, or a known signer of each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError
from slacontracts.model.record import (
    SIGNATURE_FILE,
    FormerPlace,
    Record,
    record_bytes,
)
from slacontracts.store.git import run_git
from slacontracts.store.register import Filed, Receipt, file_of, read_filed
from slacontracts.store.remote import remote_said
from slacontracts.store.renumbering import (
    KEPT,
    RECEIPT,
    count_records,
    says_same,
    seen_tip,
)
from slacontracts.store.ssh import judge_signature, knows_signers
from slacontracts.store.versions import common_version

_PLACE: Final = tuple(FormerPlace.model_fields)
_PLACED: Final = (*_PLACE, "formerly")  # what differs when it is written elsewhere


@dataclass(frozen=True, slots=True)
class Replaced:
    """The record that stands now for one of before a renumbering.

    is_dropped: it was filed by others. between: what stands before it now, or in its
    place, and did not then; in the end those of them that nobody vouches for.
    """

    now: Filed
    is_dropped: bool
    between: tuple[Filed, ...] = ()


def replaced(root: Path, receipt: Receipt) -> Replaced | None:
    """Return what a renumbering made of the record that a receipt was given for.

    None where the record is in its place, was never renumbered, or where the register
    has none that says the same.
    """
    try:
        filed = read_filed(root)
        if receipt in {one.receipt for one in filed}:
            return None
        shared, own = _kept_up_to(root, receipt)
        found = _by_what_was_kept(filed, shared, own)
        found = found or _by_its_own_word(filed, receipt)
        if found is None:
            return None
        return replace(found, between=tuple(_not_vouched_for(root, found.between)))
    except OutsideError:
        return None


def _not_vouched_for(root: Path, between: Iterable[Filed]) -> Iterator[Filed]:
    """Yield the records for which this workspace has its own word alone."""
    seen = seen_tip(root) if remote_said(root) is not None else None
    come = {one.receipt for one in read_filed(root, tip=seen)} if seen else set()
    for one in between:
        if one.receipt not in come and not _is_signed(root, one):
            yield one


def _is_signed(root: Path, filed: Filed) -> bool:
    if SIGNATURE_FILE not in filed.files or not knows_signers(root):
        return False
    signature = file_of(root, filed, SIGNATURE_FILE)
    return judge_signature(root, record_bytes(filed.record), signature).is_good


def _by_what_was_kept(
    filed: Sequence[Filed], shared: Sequence[Filed], own: Sequence[Filed]
) -> Replaced | None:
    if not _has_all(filed, shared, own):
        return None
    was = own[-1]
    others = _of_others(filed, shared, own)
    for now in filed:
        if _was_moved(was, now):
            return Replaced(now, is_dropped=False, between=_upto(now, others))
    for now in others:
        if says_same(now, was) and _bound_by(now.record) == _bound_by(was.record):
            return Replaced(now, is_dropped=True, between=_upto(now, others))
    return None


def _upto(last: Filed, filed: Iterable[Filed]) -> tuple[Filed, ...]:
    limit = last.record.sequence
    return tuple(one for one in filed if one.record.sequence <= limit)


def _by_its_own_word(filed: Sequence[Filed], receipt: Receipt) -> Replaced | None:
    """Return the record that says it stood there, if what was before it is here, too.

    A receipt vouches for all records before its own.
    """
    places = {digest: one for now in filed for digest, one in _former(now)}
    standing = {one.digest: one.record.sequence for one in filed}
    now, place = places.get(receipt.digest, (None, None))
    if now is None or place is None or place.sequence != receipt.sequence:
        return None
    limit = now.record.sequence
    standing_then = {limit}
    while place.previous is not None and place.previous not in standing:
        before, place = places.get(place.previous, (None, place))
        if before is None or before.record.sequence >= limit:
            return None
        limit = before.record.sequence
        standing_then.add(limit)
    start = standing[place.previous] if place.previous is not None else 0
    if start >= limit:
        return None
    between = (
        one
        for one in _upto(now, filed)
        if one.record.sequence > start and one.record.sequence not in standing_then
    )
    return Replaced(now, is_dropped=False, between=tuple(between))


def _former(now: Filed) -> Iterator[tuple[str, tuple[Filed, FormerPlace]]]:
    """Yield the fingerprints that a record had at its former places, with each."""
    for at, place in enumerate(now.record.formerly):
        fields = {name: getattr(place, name) for name in _PLACE}
        fields["formerly"] = now.record.formerly[:at]
        was = now.record.model_copy(update=fields)
        yield sha256(record_bytes(was)).hexdigest(), (now, place)


def has_all_up_to(root: Path, receipt: Receipt) -> bool:
    """Tell whether all is in the register that was, up to a record renumbered since.

    It is not where nobody vouches for what came in between.
    """
    try:
        shared, own = _kept_up_to(root, receipt)
        filed = read_filed(root) if own else ()
        if not _has_all(filed, shared, own):
            return False
        others = _of_others(filed, shared, own)
        moved = (now for now in filed if _was_moved(own[-1], now))
        same = (now for now in others if says_same(now, own[-1]))
        last = next(moved, None) or next(same, None)
        between = _upto(last, others) if last else ()
        return not any(_not_vouched_for(root, between))
    except OutsideError:
        return False


def _has_all(
    filed: Sequence[Filed], shared: Sequence[Filed], own: Sequence[Filed]
) -> bool:
    known = {one.receipt for one in filed}
    others = _of_others(filed, shared, own)
    return (
        bool(own)
        and known.issuperset(one.receipt for one in shared)
        and all(
            was.receipt in known
            or any(_was_moved(was, now) for now in filed)
            or any(says_same(now, was) for now in others)
            for was in own
        )
    )


def _of_others(
    filed: Sequence[Filed], shared: Sequence[Filed], own: Sequence[Filed]
) -> list[Filed]:
    """Return the records that others filed since a version that had some own ones."""
    known = {one.receipt for one in shared}
    return [
        now
        for now in filed
        if now.receipt not in known and not any(_was_moved(was, now) for was in own)
    ]


def _kept_up_to(
    root: Path, receipt: Receipt
) -> tuple[tuple[Filed, ...], tuple[Filed, ...]]:
    """Return the records before a renumbering, up to the one of a receipt.

    First those that the other side was seen to have, which nobody renumbers, then
    those that only this workspace had. None where the record was never renumbered.
    """
    printed = run_git(
        *(root, "log", "--fixed-strings", f"--grep={RECEIPT}{receipt}"),
        *("--format=%H", "--max-count=1", f"--glob={KEPT}"),
    )
    version = printed.decode().strip()
    filed = read_filed(root, tip=version) if version else ()
    if not filed or filed[-1].receipt != receipt:
        return (), ()
    seen = seen_tip(root)
    base = common_version(root, version, seen) if seen else None
    count = count_records(root, base) if base else 0
    return filed[:count], filed[count:]


def _was_moved(was: Filed, now: Filed) -> bool:
    """Tell whether a record differs from an earlier one by its place alone."""
    earlier, later = was.record, now.record
    if (earlier.customer, earlier.agreement) != (later.customer, later.agreement):
        return False
    placed = {name: getattr(later, name) for name in _PLACED}
    return (
        earlier.recorded_at <= later.recorded_at
        and earlier.model_copy(update=placed) == later
    )


def _bound_by(record: Record) -> object:
    """Return what a signed text binds by; those who file it say it independently."""
    return (
        *(record.act, record.as_, record.signatures, record.signed_on),
        *(record.effective, record.text_digest, record.condition, record.ending),
    )
