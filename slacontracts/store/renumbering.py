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
from slacontracts.model.record import (
    RECORD_FILE,
    SIGNATURE_FILE,
    FormerPlace,
    Record,
    act_digest,
)
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
    filed_after,
    move_register,
    register_tip,
    write_after,
)
from slacontracts.store.remote import NAME, remote_said
from slacontracts.store.ssh import Signer
from slacontracts.store.versions import Author, common_version, is_within
from slacontracts.store.workspace import make_durable

SEEN: Final = f"refs/remotes/{NAME}/register"
KEPT: Final = "refs/slacontracts/provisional"

RECEIPT: Final = "Receipt: "
_RECORD: Final = "Record: "


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

    @property
    def put_right_twice(self) -> tuple[tuple[Filed, Filed], ...]:
        """Pairs of corrections of one record that differ, that of others first."""
        theirs = {one.record.corrects: one for one in self.new if one.record.corrects}
        return tuple(
            (theirs[now.record.corrects], now)
            for _, now in self.moved
            if now.record.corrects in theirs
            and not (takes_back(theirs[now.record.corrects]) and takes_back(now))
        )


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
    left = list(alike.new)
    put_right = {one.record.corrects for one in own}
    for one in own:
        known = next((each for each in left if says_same(each, one)), None)
        if known is not None and act_digest(one.record) in put_right:
            known = None  # a correction that follows names this record
        if known is not None:
            dropped.append((one, known))
            left.remove(known)
            continue
        filed, version = write_after(
            root,
            version,
            _with_its_place(one.record),
            _files(root, one),
            author=_author(one.record),
            key=key,
        )
        moved.append((one, filed))
    return replace(alike, moved=tuple(moved), dropped=tuple(dropped)), version


def _with_its_place(record: Record) -> Record:
    """Return a record that says where it stood: who has its receipt may ask for it."""
    place = FormerPlace(
        sequence=record.sequence,
        previous=record.previous,
        entry=record.entry,
        recorded_at=record.recorded_at,
        signer=record.signer,
    )
    return record.model_copy(update={"formerly": (*record.formerly, place)})


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


def takes_back(filed: Filed) -> bool:
    """Tell whether a record says that an earlier one was never so."""
    said = filed.record.ending or filed.record.condition
    return said is not None and said.is_void


def says_same(theirs: Filed, ours: Filed) -> bool:
    """Tell whether others have filed all that a record of ours files.

    That is each paper of it, or, of an act without paper, the act itself. A correction
    is the word of who files it, and nobody else's.
    """
    one, other = theirs.record, ours.record
    if other.correction is not None:
        return False
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


def provisional(root: Path) -> frozenset[int]:
    """Return the places of records that the other side was not seen to have.

    There are none in a workspace that exchanges with nobody.
    """
    receipts = _said_of_unsent(root, RECEIPT)
    places = (one.partition("-")[0] for one in receipts)
    return frozenset(int(one) for one in places if one.isdecimal())


def unsent_folders(root: Path) -> frozenset[str]:
    """Return the folders of records that the other side was not seen to have."""
    return frozenset(_said_of_unsent(root, _RECORD))


def _said_of_unsent(root: Path, start: str) -> tuple[str, ...]:
    """Return what follows a word in the messages of versions that were not sent."""
    if register_tip(root) is None or remote_said(root) is None:
        return ()
    seen = seen_tip(root)
    without = (f"^{seen}",) if seen else ()
    printed = run_git(root, "log", "--format=%b", BRANCH, *without)
    return tuple(
        line.removeprefix(start)
        for line in printed.decode(errors="replace").splitlines()
        if line.startswith(start)
    )
