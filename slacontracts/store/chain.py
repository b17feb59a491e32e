"""A workspace in; its register counted again from the raw bytes, and troubles, out.

Nothing that git keeps beside the parts themselves is believed: the branch is walked
from its tip to its root, each version must add the folder of one record and change
nothing else, and each part is counted again under its id. What cannot be told from
the chain alone, such as a tail that was cut off, is compared with what was given.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store.chain_order import faults_of_order
from slacontracts.store.chain_records import (
    Filing,
    Found,
    Kind,
    Trouble,
    ailing,
    filing_from,
    find_record,
)
from slacontracts.store.chain_settings import faults_of_settings
from slacontracts.store.git import common_folder, run_git
from slacontracts.store.register import BRANCH, Filed, Receipt, read_filed
from slacontracts.store.rehash import (
    FOLDER_MODE,
    Entries,
    Part,
    Rehash,
    entries_in,
    open_rehash,
)

_RECEIPT: Final = re.compile(r"([1-9][0-9]{0,8})-([0-9a-f]{64})", re.ASCII)
_GIVEN: Final = "the receipt of"
_LONGEST_SHOWN: Final = 90
_MOST_AT_ONCE: Final = 1_000_000  # folders that name one another hold more
_RECORD_DEPTH: Final = 3  # customer/agreement/record
_NOTHING: Final[Entries] = frozenset()


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What the register is worth.

    filed: the records that can be read, in order. compared: what there was to compare
    them with, a line each. tip: the newest version.
    """

    filed: tuple[Filed, ...]
    troubles: tuple[Trouble, ...]
    compared: tuple[str, ...]
    tip: str | None = None

    @property
    def worst(self) -> Kind | None:
        """The worst of the troubles, None for a register that is sound."""
        kinds = {trouble.kind for trouble in self.troubles}
        order: tuple[Kind, ...] = ("tampered", "incomplete", "unchecked")
        return next((kind for kind in order if kind in kinds), None)


@dataclass(slots=True)
class _Walk:
    """The register as the versions so far have left it, and what was wrong so far.

    folders: what was in each folder above the records, by path, with its id.
    """

    rehash: Rehash
    folders: dict[str, tuple[str, Entries]] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read_receipt(text: str) -> Receipt:
    """Read a receipt as it was printed; raises SourceError for anything else."""
    match = _RECEIPT.fullmatch(text.strip())
    if match is None:
        shown = _shown(text.strip()[:_LONGEST_SHOWN])
        raise SourceError(
            f'"{shown}" is no receipt; give it as it was printed when the paper was '
            "registered: the number of the record, a hyphen, and 64 figures and "
            "letters from a to f"
        )
    return Receipt(int(match[1]), match[2])


def verify_chain(
    root: Path,
    *,
    receipts: Sequence[Receipt] = (),
    indexed: Receipt | None = None,
    remote_tip: str | None = None,
    tip: str | None = None,
) -> ChainReport:
    """Count the whole register again and tell what is wrong with it.

    receipts: those that people were given. indexed: the last record that the index
    knows. remote_tip: the newest version that the remote has. tip: the version to
    count from, where it is not the newest one here.
    """
    try:
        with open_rehash(root) as rehash:
            return _verify(root, rehash, receipts, indexed, remote_tip, tip)
    except OutsideError as error:
        return ChainReport((), (Trouble("unchecked", "", str(error)),), ())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        says = f"the versions in {root} cannot be read: {reason}"
        return ChainReport((), (Trouble("unchecked", "", says),), ())


def verify_after(root: Path, base: str, tip: str) -> ChainReport:
    """Count only what was filed after a version of the register, up to another one.

    base: a version that the other one follows; its records are taken as they stand.
    """
    with open_rehash(root) as rehash:
        walk = _Walk(rehash)
        filings = _filings(rehash, tip, walk.troubles)
        ids = [one.id for one in filings]
        if base in ids:
            at = ids.index(base)
            walk.found = [
                Found(one.record.folder, one, ()) for one in read_filed(root, tip=base)
            ]
            _recall(walk, filings[at], filings[at + 1 :])
            for filing in filings[at + 1 :]:
                faults = len(walk.troubles)
                _, added = _read_version(walk, filing)
                _file_one(walk, added, filing, len(walk.troubles) > faults)
        walk.troubles += faults_of_order(walk.found)
        walk.troubles += faults_of_settings(rehash, ids)
    filed = tuple(one.filed for one in walk.found if one.filed is not None)
    return ChainReport(filed, tuple(walk.troubles), (), tip)


def _recall(walk: _Walk, base: Filing, filings: Sequence[Filing]) -> None:
    """Remember what was in the folders to which versions say that they add."""
    top = _entries(walk, "", base.tree)
    for steps in {tuple(one.folder.split("/")[:-1]) for one in filings}:
        path, inside = "", top
        for step in steps:
            ids = {name: entry_id for _, name, entry_id in inside or _NOTHING}
            if step.encode() not in ids:
                break
            path += f"{step}/"
            inside = _entries(walk, path, ids[step.encode()].hex())


def _verify(
    root: Path,
    rehash: Rehash,
    receipts: Sequence[Receipt],
    indexed: Receipt | None,
    remote_tip: str | None,
    tip: str | None,
) -> ChainReport:
    walk = _Walk(rehash)
    tip = tip or _tip(root, walk.troubles)
    filings = _filings(rehash, tip, walk.troubles) if tip else []
    _follow(walk, filings)
    walk.troubles += faults_of_order(walk.found)
    filed = tuple(one.filed for one in walk.found if one.filed is not None)
    compared = []
    given = [(_GIVEN, receipt) for receipt in receipts]
    if indexed is not None:
        given.append(("the index up to", indexed))
    for what, receipt in given:
        trouble = _fault_of_receipt(walk.found, what, receipt)
        if trouble is not None:
            is_given = what == _GIVEN
            walk.troubles.append(
                replace(trouble, about="receipt") if is_given else trouble
            )
        compared.append(f"compared with {what} record {receipt.sequence}")
    if remote_tip is not None:
        walk.troubles += _faults_of_remote(filings, remote_tip)
        compared.append("compared with what the remote has")
    if not compared:
        compared.append(
            "there was no receipt, index or remote to compare with: records cut off at "
            "the end, or a register made anew from its beginning, would not be seen"
        )
    walk.troubles += faults_of_settings(rehash, [one.id for one in filings])
    troubles = tuple(
        replace(one, record=_shown(one.record), says=_shown(one.says))
        for one in walk.troubles
    )
    return ChainReport(filed, troubles, tuple(compared), tip)


def _shown(text: str) -> str:
    """Return a line that does nothing to a screen, whatever a forger named a file."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in text
    )


def _tip(root: Path, troubles: list[Trouble]) -> str | None:
    """Return what the branch points to, whether that is there or not."""
    asked = "--format=%(refname) %(objectname) %(symref)"
    listed = run_git(root, "for-each-ref", asked, BRANCH).decode().splitlines()
    words = next((line.split()[1:] for line in listed if line.split()[0] == BRANCH), [])
    if words[1:]:
        says = f"the branch of the register was turned into another name of {words[1]}"
        troubles.append(Trouble("tampered", "", says))
    folder = common_folder(root)
    if not words and folder is not None and os.path.lexists(folder / BRANCH):
        says = "the branch of the register is damaged: it points to no version"
        troubles.append(Trouble("tampered", "", says))
    return words[0] if words else None


def _filings(rehash: Rehash, tip: str, troubles: list[Trouble]) -> list[Filing]:
    """Return the versions of the register, oldest first, as far as they can be read."""
    found: list[Filing] = []
    version: str | None = tip
    while version is not None:
        what = f"the version that {found[-1].folder} follows" if found else "its tip"
        part = rehash.one(version)
        if not isinstance(part, Part):
            troubles.append(ailing(f"the register's history breaks off: {what}", part))
            break
        filing = filing_from(version, part.data) if part.kind == b"commit" else None
        if filing is None:
            says = f"the register's history breaks off: {what} is no version"
            troubles.append(Trouble("tampered", "", says))
            break
        if len(filing.parents) > 1:
            says = f"{filing.folder} was filed by joining two registers"
            troubles.append(Trouble("tampered", filing.folder, says))
        found.append(filing)
        version = filing.parents[0] if filing.parents else None
    return found[::-1]


def _follow(walk: _Walk, filings: Sequence[Filing]) -> None:
    """Go from version to version and look at what each of them adds."""
    is_cut = bool(filings and filings[0].parents)
    for filing in filings:
        faults = len(walk.troubles)
        is_read, added = _read_version(walk, filing)
        if is_cut and is_read:
            is_cut = False
            _file_at_once(walk, added, filing, len(walk.troubles) > faults)
        else:
            _file_one(walk, added, filing, len(walk.troubles) > faults)


def _read_version(walk: _Walk, filing: Filing) -> tuple[bool, dict[str, str]]:
    """Return whether a version can be read, and the folders of records that it adds."""
    added = dict(islice(_added(walk, filing, "", filing.tree), _MOST_AT_ONCE))
    return walk.folders.get("", ("", _NOTHING))[0] == filing.tree, added


def _file_one(
    walk: _Walk, added: dict[str, str], filing: Filing, has_faults: bool
) -> None:
    """File the record that a version adds; a version adds one, and only one."""
    own = filing.folder if filing.folder in added else next(iter(added), None)
    if own is None:
        if not has_faults:
            says = f"a version of the register files no record: {filing.folder or '?'}"
            walk.troubles.append(Trouble("tampered", filing.folder, says))
        walk.found.append(Found(filing.folder, None, ()))
    for folder, tree in added.items():
        if folder == own:
            found = find_record(walk.rehash, folder, tree, filing)
            walk.found.append(found)
        else:
            found = find_record(walk.rehash, folder, tree, None)
            _file_late(walk, found, filing)
        walk.troubles += found.troubles


def _file_late(walk: _Walk, found: Found, filing: Filing) -> None:
    """File a record that another version brought, which could not be read itself."""
    waiting = Found(found.folder, None, ())
    if waiting in walk.found:
        walk.found[walk.found.index(waiting)] = found
        return
    walk.found.append(found)
    says = f"{found.folder} was not filed by itself, but together with {filing.folder}"
    walk.troubles.append(Trouble("tampered", found.folder, says))


def _file_at_once(
    walk: _Walk, added: dict[str, str], filing: Filing, has_gaps: bool
) -> None:
    """File all records that stand in the first version that can be read.

    One that cannot be read takes a place that is left between the others.
    """
    found = [
        find_record(
            walk.rehash, folder, tree, filing if folder == filing.folder else None
        )
        for folder, tree in added.items()
    ]
    unread = [one for one in found if one.filed is None]
    read = [(one.filed.record.sequence, one) for one in found if one.filed is not None]
    walk.found = []
    for sequence, one in sorted(read, key=lambda pair: pair[0]):
        while len(walk.found) + 1 < sequence and (unread or has_gaps):
            walk.found.append(unread.pop(0) if unread else Found("", None, ()))
        walk.found.append(one)
    walk.found += unread
    walk.troubles += (trouble for one in found for trouble in one.troubles)


def _added(
    walk: _Walk, filing: Filing, path: str, tree: str
) -> Iterator[tuple[str, str]]:
    """Yield the folders of records that a version adds; tell all else that it does."""
    before = walk.folders.get(path, ("", _NOTHING))[1]
    after = _entries(walk, path, tree)
    if after is None:
        return
    was = {name: (mode, entry_id) for mode, name, entry_id in before - after}
    for mode, name, entry_id in sorted(after - before, key=lambda entry: entry[1]):
        inner = path + name.decode(errors="backslashreplace")
        old_mode, old_id = was.pop(name, (mode, b""))
        if mode != FOLDER_MODE or old_mode != FOLDER_MODE:
            walk.troubles.append(_unlike(filing, inner, "is no folder of a record"))
        elif inner.count("/") < _RECORD_DEPTH - 1:
            yield from _added(walk, filing, f"{inner}/", entry_id.hex())
        elif old_id:
            walk.troubles.append(_unlike(filing, inner, "was changed after its filing"))
        else:
            yield inner, entry_id.hex()
    for name in sorted(was):
        inner = path + name.decode(errors="backslashreplace")
        walk.troubles.append(_unlike(filing, inner, "was taken out"))


def _unlike(filing: Filing, path: str, done: str) -> Trouble:
    says = f"{path} {done}, by the version that filed {filing.folder or 'no record'}"
    return Trouble("tampered", path, says)


def _entries(walk: _Walk, path: str, tree: str) -> Entries | None:
    """Return what is in a folder of a version, and remember it as the newest."""
    what = f"the list of what is in {path.rstrip('/') or 'the register'}"
    part = walk.rehash.one(tree)
    if not isinstance(part, Part):
        walk.troubles.append(ailing(what, part))
        return None
    entries = entries_in(part.data) if part.kind == b"tree" else None
    if entries is None:
        says = f"{what} is not written as slacontracts writes it"
        walk.troubles.append(Trouble("tampered", path.rstrip("/"), says))
        return None
    walk.folders[path] = (tree, entries)
    return entries


def _fault_of_receipt(
    found: Sequence[Found], what: str, receipt: Receipt
) -> Trouble | None:
    """Tell whether the register has the record that a receipt was given for."""
    filed = [one.filed for one in found if one.filed is not None]
    same = [one for one in filed if one.record.sequence == receipt.sequence]
    if any(one.digest == receipt.digest for one in same):
        return None
    name = f"{what} record {receipt.sequence}"
    if same:
        folder = same[0].record.folder
        says = f"{folder} is not the record of {name}: it was exchanged or made anew"
        return Trouble("tampered", folder, says)
    if len(filed) < len(found):
        says = f"{name} cannot be compared: a record cannot be read"
        return Trouble("incomplete", "", says)
    last = max((one.record.sequence for one in filed), default=0)
    says = (
        f"the record of {name} is not in the register, which ends with record {last}: "
        "records were taken out"
    )
    return Trouble("tampered", "", says)


def _faults_of_remote(filings: Sequence[Filing], tip: str) -> Iterator[Trouble]:
    if all(filing.id != tip for filing in filings):
        says = (
            "the remote has records that are not here: they were registered by others "
            "meanwhile, or cut off here; get them with slacontracts pull, then verify"
        )
        yield Trouble("incomplete", "", says)
