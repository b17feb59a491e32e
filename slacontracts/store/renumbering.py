"""Two registers that grew from one in; one that holds what both filed, out.

What the other side has was seen by others, so it keeps its places. Records that only
this workspace has are provisional: they are written once more behind the others, all of
them are on the disk, and then the branch moves in one step. What they were before
stays in the repository under a name of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError
from slacontracts.model.record import RECORD_FILE, SIGNATURE_FILE, Record
from slacontracts.store.chain import verify_after, verify_chain
from slacontracts.store.git import (
    common_folder,
    git_folder,
    run_git,
    said_nothing,
)
from slacontracts.store.kept import open_shelves
from slacontracts.store.register import (
    BRANCH,
    Filed,
    Receipt,
    filed_after,
    move_register,
    read_filed,
    register_tip,
    write_after,
)
from slacontracts.store.remote import NAME, remote_said
from slacontracts.store.ssh import Signer
from slacontracts.store.versions import Author, common_version, is_within
from slacontracts.store.workspace import make_durable

SEEN: Final = f"refs/remotes/{NAME}/register"
KEPT: Final = "refs/slacontracts/provisional"

_NOTHING: Final = "0" * 40
_RECEIPT: Final = "Receipt: "
# What a record is given when it is written behind others.
_PLACED: Final = ("sequence", "previous", "entry", "recorded_at", "signer")


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of the register when that of the other side was taken over.

    before: the records that both had. new: those of others, in order. moved: own ones,
    as they were and as they are now. dropped: own ones, each with the record of others
    that says the same.
    """

    before: tuple[Filed, ...] = ()
    new: tuple[Filed, ...] = ()
    moved: tuple[tuple[Filed, Filed], ...] = ()
    dropped: tuple[tuple[Filed, Filed], ...] = ()

    @property
    def again(self) -> tuple[tuple[Filed, Filed], ...]:
        """Pairs of records of one text with different papers, the earlier one first."""
        later = (*self.new, *(now for _, now in self.moved))
        agreements = {one.record.agreement for one in later}
        known = [one for one in self.before if one.record.agreement in agreements]
        found: list[tuple[Filed, Filed]] = []
        for other in later:
            found += (
                (one, other)
                for one in known
                if registers_again(one.record, other.record)
            )
            known.append(other)
        return tuple(found)


NOTHING_JOINED: Final = Joined()


@dataclass(frozen=True, slots=True)
class Theirs:
    """The register of the other side, read from its end to its beginning."""

    tip: str
    filed: tuple[Filed, ...]


def seen_tip(root: Path) -> str | None:
    """Return the register's newest version that the other side was seen to have."""
    try:
        printed = run_git(
            root, "rev-parse", "--verify", "--quiet", f"{SEEN}^{{commit}}"
        )
    except OutsideError as error:
        if said_nothing(error):
            return None
        raise
    return printed.decode().strip()


def read_theirs(root: Path, tip: str | None) -> Theirs | None:
    """Read the register that the other side has now, record by record.

    Raises OutsideError where it is not sound, or lacks a record that it was seen to
    have. None when it has none, or nothing that is not here.
    """
    seen, ours = seen_tip(root), register_tip(root)
    if seen is not None and (tip is None or not is_within(root, seen, tip)):
        raise _rewritten(root, seen, tip)
    if tip is None or (ours is not None and is_within(root, tip, ours)):
        return None
    base = common_version(root, ours, tip) if ours is not None else None
    report = verify_after(root, base, tip) if base else verify_chain(root, tip=tip)
    troubles = [one.says for one in report.troubles if one.kind != "unchecked"]
    if report.worst is not None:
        says = troubles[0] if troubles else report.troubles[0].says
        raise OutsideError(
            f"nothing was taken over, because the register on the other side is not "
            f"sound: {says}"
        )
    return Theirs(tip, report.filed)


def _rewritten(root: Path, seen: str, tip: str | None) -> OutsideError:
    is_cut = tip is None or is_within(root, tip, seen)
    first = (count_records(root, tip) if tip and is_cut else 0) + 1
    what = (
        f"it has lost record {first} and what followed"
        if is_cut
        else "records that it had are others now"
    )
    remedy = "; slacontracts push puts back what is here" if is_cut else ""
    return OutsideError(
        f"nothing was taken over, because the register on the other side was "
        f"rewritten: {what}; see slacontracts verify{remedy}"
    )


def count_records(root: Path, tip: str) -> int:
    """Return how many records a version of the register has."""
    return int(run_git(root, "rev-list", "--count", tip))


def join_theirs(root: Path, theirs: Theirs, key: Signer | None) -> Joined:
    """Take the register of the other side over; own records go behind it.

    key: signs a record that is written once more.
    """
    ours = register_tip(root)
    base = common_version(root, ours, theirs.tip) if ours else None
    count = count_records(root, base) if base else 0
    alike = Joined(theirs.filed[:count], theirs.filed[count:])
    own = filed_after(root, count) if ours and ours != base else ()
    joined, version = _written(root, theirs, alike, own, key)
    if own and ours is not None:
        _keep_name(root, f"{KEPT}/{own[-1].digest}", ours)
    move_register(root, version, ours)
    return joined


def _written(
    root: Path,
    theirs: Theirs,
    alike: Joined,
    own: Sequence[Filed],
    key: Signer | None,
) -> tuple[Joined, str]:
    """Write own records behind those of others; return what became of each."""
    version = theirs.tip
    moved: list[tuple[Filed, Filed]] = []
    dropped: list[tuple[Filed, Filed]] = []
    for one in own:
        known = next((each for each in alike.new if _says_same(each, one)), None)
        if known is not None:
            dropped.append((one, known))
            continue
        filed, version = write_after(
            root,
            version,
            one.record,
            _files(root, one),
            author=_author(one.record),
            key=key,
        )
        moved.append((one, filed))
    return replace(alike, moved=tuple(moved), dropped=tuple(dropped)), version


def _files(root: Path, filed: Filed) -> dict[str, bytes]:
    """Return the files of a record, without those that are about the record itself."""
    with open_shelves(root) as shelves:
        found = shelves.read(dict(filed.files))
    return {
        name: data
        for name, data in found.items()
        if name not in (RECORD_FILE, SIGNATURE_FILE)
    }


def _author(record: Record) -> Author:
    name, _, email = record.recorded_by.rpartition(" <")
    return Author(name, email.removesuffix(">"))


def _says_same(theirs: Filed, ours: Filed) -> bool:
    """Tell whether others have filed all that a record of ours files.

    That is each paper of it, or, of an act without paper, the act itself.
    """
    one, other = theirs.record, ours.record
    if (one.customer, one.agreement) != (other.customer, other.agreement):
        return False
    if other.files:
        papers = {file.sha256 for file in other.files}
        return papers <= {file.sha256 for file in one.files}
    return one.act == other.act and _said(one) == _said(other)


def _said(record: Record) -> object:
    return (record.as_, record.condition, record.ending, record.contents)


def registers_again(earlier: Record, later: Record) -> bool:
    """Tell whether two people registered one text, and neither knew of the other.

    A counterpart that completes an earlier one names the signatures that were there.
    """
    if not (earlier.files and later.files) or later.correction is not None:
        return False
    one = (earlier.customer, earlier.agreement, earlier.as_)
    if one != (later.customer, later.agreement, later.as_):
        return False
    return earlier.is_binding or not set(earlier.signatures) <= set(later.signatures)


def _keep_name(root: Path, ref: str, version: str) -> None:
    """Give a version a name, so that it is never lost."""
    run_git(root, "update-ref", "--no-deref", "-m", "renumbered", ref, version)
    folder = common_folder(root)
    if folder is not None:
        for path in (folder / ref).parents:
            make_durable(path)
            if path in (folder, git_folder(root)):
                break


@dataclass(frozen=True, slots=True)
class Replaced:
    """A record of ours before a renumbering, and the one that stands for it now.

    is_dropped: the one that stands for it was filed by others.
    """

    was: Filed
    now: Filed
    is_dropped: bool


def replaced(root: Path, receipt: Receipt) -> Replaced | None:
    """Return what a renumbering made of the record that a receipt was given for.

    None where the record is in its place, was never renumbered here, or where the
    register has none that says the same.
    """
    try:
        shared, own = _kept_up_to(root, receipt)
        if not own:
            return None
        was, filed = own[-1], read_filed(root)
    except OutsideError:
        return None
    if was.receipt in {one.receipt for one in filed}:
        return None
    for now in filed:
        if _was_moved(was, now):
            return Replaced(was, now, is_dropped=False)
    for now in _of_others(filed, shared, own):
        if _says_same(now, was) and _bound_by(now.record) == _bound_by(was.record):
            return Replaced(was, now, is_dropped=True)
    return None


def has_all_up_to(root: Path, receipt: Receipt) -> bool:
    """Tell whether all is in the register that was, up to a record renumbered since."""
    try:
        shared, own = _kept_up_to(root, receipt)
        filed = read_filed(root) if own else ()
    except OutsideError:
        return False
    known = {one.receipt for one in filed}
    others = _of_others(filed, shared, own)
    return (
        bool(own)
        and known.issuperset(one.receipt for one in shared)
        and all(
            was.receipt in known
            or any(_was_moved(was, now) for now in filed)
            or any(_says_same(now, was) for now in others)
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
        *(root, "log", "--fixed-strings", f"--grep={_RECEIPT}{receipt}"),
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


def provisional(root: Path) -> frozenset[int]:
    """Return the places of records that the other side was not seen to have.

    There are none in a workspace that exchanges with nobody.
    """
    if register_tip(root) is None or remote_said(root) is None:
        return frozenset()
    seen = seen_tip(root)
    without = (f"^{seen}",) if seen else ()
    printed = run_git(root, "log", "--format=%b", BRANCH, *without)
    said = (
        line.removeprefix(_RECEIPT).partition("-")[0]
        for line in printed.decode(errors="replace").splitlines()
        if line.startswith(_RECEIPT)
    )
    return frozenset(int(one) for one in said if one.isdecimal())
