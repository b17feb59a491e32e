"""A workspace and the place that it shares with others in; both with all of both, out.

The register goes first: what is signed must not wait for drafts that nobody has decided
between. Nothing is changed here before all that the other side has was read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from slacontracts.errors import (
    NotFoundError,
    OutsideError,
    SlaContractsError,
    SourceError,
)
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.contents import file_at, unsaved_files
from slacontracts.store.git import current_version, missing_versions
from slacontracts.store.mending import mend
from slacontracts.store.merging import Merge, Side, carry_out, plan_merge, unready
from slacontracts.store.register import read_filed, register_tip
from slacontracts.store.remote import (
    NAME,
    OvertakenError,
    Parcel,
    Remote,
    checked_place,
    fetch,
    keep_remote,
    known_remote,
    note_seen,
    push,
    tips,
)
from slacontracts.store.renumbering import (
    NOTHING_JOINED,
    Joined,
    Theirs,
    count_records,
    join_theirs,
    read_theirs,
    seen_tip,
)
from slacontracts.store.ssh import signer
from slacontracts.store.units import unit_of
from slacontracts.store.versions import (
    Version,
    branch_in_hand,
    history,
    is_within,
    known_author,
)
from slacontracts.store.workspace import AGREEMENT_FILE, LIBRARY_FOLDERS
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.joined_turns import join_turns
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.registry import open_index

REGISTER: Final = "register"
_MESSAGE: Final = "What others saved, taken over"
_AGREEMENTS: Final = "agreements"


@dataclass(frozen=True, slots=True)
class Undecided:
    """A unit that both sides changed, each in another way, and who saved it last.

    amended: the file of an agreement whose amendment is open here; "" of all else.
    """

    name: str
    mine: Version
    theirs: Version
    amended: str = ""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What was taken over.

    taken: units of drafts and library, by the name people use. kept: those that stay
    as they are here, because somebody decided so. joined: agreements to whose
    negotiation both sides added turns. notes: what a person should know.
    """

    place: str
    is_empty: bool = False
    register: Joined = NOTHING_JOINED
    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was sent. versions: of drafts and library. put_back: records lost there."""

    place: str
    versions: int
    records: int
    put_back: int = 0
    notes: tuple[str, ...] = ()


@one_at_a_time("pull")
def pull_workspace(
    desk: Desk,
    place: str | None,
    decisions: Mapping[str, Side],
    when: datetime,
    *,
    is_mended: bool = False,
) -> Pulled:
    """Take over what others registered and saved.

    place: where from, the first time. decisions: by agreement or file, whose text
    counts where both changed one. is_mended: count each part that the other side has,
    and put right what is damaged here. Raises OutsideError, and changes nothing, where
    the other side's register is not sound, or a change that was not saved would be
    lost.
    """
    root = desk.workspace.root
    remote = _remote(root, place, "pull --from")
    branch = _branch(root)
    notes = [*mend(remote, (branch, REGISTER), is_thorough=is_mended)]
    found = fetch(remote, (branch, REGISTER))
    theirs = read_theirs(root, found.get(REGISTER))
    merge = _plan(desk, found.get(branch), decisions, theirs)
    keep_remote(remote)
    joined = join_theirs(root, theirs, signer(root)) if theirs else NOTHING_JOINED
    for name, tip in found.items():
        note_seen(remote, name, tip)
    notes += _index_notes(desk) if theirs else []
    if merge is not None and not merge.undecided:
        author = known_author(root, desk.settings.organisation)
        carry_out(
            desk.workspace, merge, _MESSAGE, author=author, when=when, warn=notes.append
        )
        notes += _same_ids(desk)
    pulled = Pulled(remote.url, not found, joined, notes=tuple(notes))
    if merge is None or merge.undecided:
        undecided = merge.undecided if merge else ()
        open_ones = tuple(_undecided(root, merge, one) for one in undecided if merge)
        return replace(pulled, undecided=open_ones)
    return replace(
        pulled,
        taken=tuple(spoken(unit) for unit in merge.taken),
        kept=tuple(name for name, side in decisions.items() if side == "mine"),
        joined=tuple(spoken(unit) for unit in merge.joined),
    )


def _remote(root: Path, place: str | None, option: str) -> Remote:
    known = known_remote(root)
    if place is None:
        if known is None:
            raise NotFoundError(
                "this workspace is not shared with anybody yet; say with which folder "
                f"or address: slacontracts {option} FOLDER"
            )
        return known
    remote = Remote(root, checked_place(place))
    if known is not None and known.url != remote.url:
        raise SourceError(
            f"this workspace is shared through {known.url} already; to move it, tell "
            f"git: git remote set-url {NAME} NEW"
        )
    return remote


def _branch(root: Path) -> str:
    name = branch_in_hand(root).removeprefix("refs/heads/")
    if name == REGISTER:
        raise OutsideError(
            "git was told to check out the register, which is nothing to work in; go "
            "back with git switch main"
        )
    return name


def _plan(
    desk: Desk,
    tip: str | None,
    decisions: Mapping[str, Side],
    theirs: Theirs | None,
) -> Merge | None:
    """Return how drafts and library are taken over; None where there is nothing."""
    root = desk.workspace.root
    ours = current_version(root)
    if ours is None:
        raise NotFoundError(
            "nothing is saved here yet, so there is nothing to put the other side's "
            "versions to; start from a copy of that workspace: git clone ADDRESS"
        )
    merge = plan_merge(root, ours, tip, {}, join_turns) if tip is not None else None
    decided = _decided(merge.undecided if merge else (), decisions)
    if merge is None or tip is None:
        return None
    for unit, side in decided.items():
        _require_signed_side(desk, merge, theirs, unit, side)
    merge = plan_merge(root, ours, tip, decided, join_turns) if decided else merge
    assert merge is not None
    if not merge.undecided:
        _require_saved(desk, merge)
    return merge


def _decided(
    undecided: Sequence[str], decisions: Mapping[str, Side]
) -> dict[str, Side]:
    """Return the decisions by the names of units; refuse one about anything else."""
    names = {spoken(unit): unit for unit in undecided}
    names |= {unit: unit for unit in undecided}
    for name in decisions:
        if name not in names:
            known = ", ".join(spoken(unit) for unit in undecided)
            rest = f"what was: {known}" if known else "pull without --take"
            raise SourceError(
                f"{name} was not changed by both sides in different ways, so there is "
                f"nothing to decide; {rest}"
            )
    return {names[name]: side for name, side in decisions.items()}


def _require_signed_side(
    desk: Desk, merge: Merge, theirs: Theirs | None, unit: str, side: Side
) -> None:
    """Refuse to pass over the line of drafts in which a text was signed."""
    root = desk.workspace.root
    folder = unit.removeprefix(f"{_AGREEMENTS}/")
    filed = [*read_filed(root, folder), *(theirs.filed if theirs else ())]
    versions = {
        one.record.version
        for one in filed
        if f"{one.record.customer}/{one.record.agreement}" == folder
        and one.record.version is not None
    }
    lines: dict[Side, str] = {"mine": merge.ours, "theirs": merge.theirs}
    signed = {
        name
        for version in versions - set(missing_versions(root, sorted(versions)))
        for name, tip in lines.items()
        if is_within(root, version, tip)
        and not any(
            is_within(root, version, other)
            for each, other in lines.items()
            if each != name
        )
    }
    if signed and side not in signed:
        whose = "yours" if side == "theirs" else "that of the other side"
        raise SourceError(
            f"of {spoken(unit)} the text that was signed is {whose}, so that one must "
            f"stay: --take {min(signed)} {spoken(unit)}; bring the other's changes in "
            "by an amendment"
        )


def _require_saved(desk: Desk, merge: Merge) -> None:
    files = unready(desk.workspace, merge)
    if files:
        unit = spoken(unit_of(files[0]))
        more = f", and {len(files) - 1} more" if len(files) > 1 else ""
        raise SourceError(
            f"nothing was taken over, because {files[0]}{more} has changes that are "
            "not saved, and the other side changed it too; save it first: "
            f"{_save_command(files[0], unit)}"
        )


def _save_command(file: str, unit: str) -> str:
    top = file.split("/")[0]
    if top == _AGREEMENTS:
        return f'slacontracts save {unit} -m "Before pulling"'
    if top in LIBRARY_FOLDERS:
        return 'slacontracts library save -m "Before pulling"'
    return f"slacontracts library save, or move {file} away"


def spoken(unit: str) -> str:
    """Return the name that people use for a unit: an agreement's is its id."""
    return unit.rpartition("/")[2] if unit.startswith(f"{_AGREEMENTS}/") else unit


def _undecided(root: Path, merge: Merge, unit: str) -> Undecided:
    mine = history(root, unit, upto=merge.ours)
    theirs = history(root, unit, upto=merge.theirs)
    amended = ""
    if unit.startswith(f"{_AGREEMENTS}/"):
        file = f"{unit}/{AGREEMENT_FILE}"
        source, _ = read_yaml(file_at(root, merge.ours, file) or b"", file)
        amended = file if source is not None and source.data.get("amendment") else ""
    return Undecided(spoken(unit), mine[0], theirs[0], amended)


def _index_notes(desk: Desk) -> list[str]:
    """Let the index follow the register; it never stops what was done."""
    try:
        with open_index(desk):
            return []
    except SlaContractsError as error:
        return [f"the index of the register will follow later: {error}"]


def _same_ids(desk: Desk) -> list[str]:
    """Return a note for each id that two agreements have now."""
    folders: dict[str, list[str]] = {}
    for place in desk.workspace.agreements():
        folders.setdefault(place.id, []).append(place.folder)
    return [
        f"the id {name} is used twice now, in {' and '.join(found)}; give one of the "
        "two folders another name and change the id in its agreement.yaml"
        for name, found in folders.items()
        if len(found) > 1
    ]


@one_at_a_time("push")
def push_workspace(desk: Desk, place: str | None) -> Pushed:
    """Send what was registered and saved here to the place that is shared with others.

    place: where to, the first time. Raises OvertakenError, and sends nothing, while the
    other side has something that is not here.
    """
    root = desk.workspace.root
    remote = _remote(root, place, "push --to")
    branch = _branch(root)
    ours = {branch: current_version(root), REGISTER: register_tip(root)}
    there = tips(remote, (branch, REGISTER))
    parcels = [
        Parcel(name, version, there.get(name))
        for name, version in ours.items()
        if _must_be_sent(remote, version, there.get(name)) and version is not None
    ]
    seen, kept = seen_tip(root), there.get(REGISTER)
    is_cut = (
        seen is not None
        and seen != kept
        and (kept is None or is_within(root, kept, seen))
    )
    lost = _count(root, seen, kept) if is_cut and seen else 0
    if parcels:
        push(remote, parcels)
    keep_remote(remote)
    for name, version in ours.items():
        if version is not None:
            note_seen(remote, name, version)
    counts = {one.branch: _count(root, one.version, one.expected) for one in parcels}
    return Pushed(
        remote.url,
        counts.get(branch, 0),
        counts.get(REGISTER, 0),
        lost,
        _not_sent(desk),
    )


def _must_be_sent(remote: Remote, version: str | None, there: str | None) -> bool:
    """Tell whether the other side lacks a version; refuse where it has more."""
    root = remote.root
    if there is None or there == version:
        return there != version
    is_known = not missing_versions(root, [there])
    if version is None or not is_known or not is_within(root, there, version):
        raise OvertakenError(
            f"nothing was sent, because {remote.url} has something that is not here; "
            "pull first: slacontracts pull"
        )
    return True


def _count(root: Path, version: str, before: str | None) -> int:
    """Return how many versions follow another one up to a version."""
    earlier = count_records(root, before) if before else 0
    return count_records(root, version) - earlier


def _not_sent(desk: Desk) -> tuple[str, ...]:
    files = unsaved_files(desk.workspace, _AGREEMENTS, *LIBRARY_FOLDERS)
    if not files:
        return ()
    units = sorted({spoken(unit_of(file)) for file in files})
    more = f" and {len(units) - 3} more" if len(units) > 3 else ""
    return (f"not saved, so not sent: {', '.join(units[:3])}{more}",)
