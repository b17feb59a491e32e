"""A workspace in; what its register is worth, counted and composed again, out."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Final

from slacontracts import __version__
from slacontracts.compose.digest import text_digest
from slacontracts.errors import NotFoundError, OutsideError, SlaContractsError
from slacontracts.model.record import (
    EXECUTION_FILE,
    SIGNATURE_FILE,
    SOURCE_FILE,
    Record,
    record_bytes,
)
from slacontracts.store.chain import read_receipt, verify_chain
from slacontracts.store.chain_records import Kind, Trouble
from slacontracts.store.index import Index
from slacontracts.store.kept import MEND
from slacontracts.store.mending import UNSENT
from slacontracts.store.register import Filed, Receipt, file_of
from slacontracts.store.remote import remote_said
from slacontracts.store.renumbered import Replaced, has_all_up_to, replaced
from slacontracts.store.renumbering import seen_tip, unsent_folders
from slacontracts.store.ssh import judge_signature, knows_signers
from slacontracts.store.workspace import AgreementPlace
from slacontracts.word.digest import content_digest
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.execution import ToSign, text_as_signed
from slacontracts.workflow.registered import signings_in
from slacontracts.workflow.registry import index_path

_PULL: Final = "slacontracts pull"
_MOST_NAMED: Final = 3
_ANSWERED_THERE: Final = (
    "or, if the receipt was printed as provisional, another stands for it, which "
    "slacontracts verify --receipt names in the workspace where it was printed"
)
_NOBODY: Final = "a key of somebody not known"
_NONE_SIGNED: Final = (
    "no record is signed, although it is known whose signatures count: none was yet, "
    "or the register was made anew without them; compare with a receipt"
)
_ORDER: Final[tuple[Kind, ...]] = ("tampered", "incomplete", "unchecked")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the register is worth.

    records: how many it has. troubles: what is wrong, a line each. compared: what
    there was to compare it with. notes: what could be looked at only in part.
    """

    records: int
    troubles: tuple[Trouble, ...]
    compared: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def worst(self) -> Kind | None:
        """The worst of the troubles, None for a register that is sound."""
        kinds = {one.kind for one in self.troubles}
        return next((kind for kind in _ORDER if kind in kinds), None)


def _unseen(_done: int, _of: int) -> None:
    """Take how far the work is where nobody looks."""


def verify_register(
    desk: Desk,
    agreement_id: str | None = None,
    receipts: Sequence[str] = (),
    progress: Callable[[int, int], None] = _unseen,
) -> Verdict:
    """Count the register again, and compose again what was signed.

    agreement_id: compose this agreement alone; the chain is always counted whole.
    receipts: as they were printed. progress: is told how many of how many texts are
    composed. Raises NotFoundError for an agreement of which nothing is registered.
    """
    root = desk.workspace.root
    asked = [read_receipt(one) for one in receipts]
    given, notes, unvouched = _in_their_places(root, asked)
    report = verify_chain(
        root, receipts=given, indexed=_indexed(root), remote_tip=seen_tip(root)
    )
    troubles = _with_remedy(root, report.troubles) + unvouched
    wanted = [
        one for one in report.filed if agreement_id in (None, one.record.agreement)
    ]
    if agreement_id is not None and not wanted and not troubles:
        raise NotFoundError(
            f"nothing of {agreement_id} is registered; see slacontracts registry list"
        )
    notes += _of_the_future(desk, report.filed)
    signed, said = _of_signatures(root, wanted)
    troubles += signed
    notes += said
    for done, one in enumerate(wanted, 1):
        if one.record.is_binding and one.record.version is not None:
            found, said = _composed_again(desk, one, report.filed)
            troubles += found
            notes += said
        progress(done, len(wanted))
    return Verdict(
        len(report.filed), tuple(troubles), report.compared, tuple(dict.fromkeys(notes))
    )


def _of_the_future(desk: Desk, filed: Sequence[Filed]) -> Iterator[str]:
    """Tell of records that say they were filed on a day that is still to come."""
    for one in filed:
        day = one.record.recorded_at.astimezone(UTC).date()
        # Where somebody else works it may be tomorrow already.
        if desk.today is not None and day > desk.today + timedelta(days=1):
            yield f"{one.record.folder} says it was filed on {day}, still to come"


def _in_their_places(
    root: Path, receipts: Sequence[Receipt]
) -> tuple[list[Receipt], list[str], list[Trouble]]:
    """Return the receipts that count in place of some, and what became of these.

    Last come those that are answered by the word of the register alone.
    """
    given: list[Receipt] = []
    notes: list[str] = []
    troubles: list[Trouble] = []
    for receipt in receipts:
        found = replaced(root, receipt)
        if found is None:
            given.append(receipt)
            continue
        if found.between:
            says = _not_vouched_for(receipt, found)
            troubles.append(Trouble("unchecked", found.now.record.folder, says))
            continue
        given.append(found.now.receipt)
        now = f"record {found.now.record.sequence} (receipt {found.now.receipt})"
        notes.append(
            f"record {receipt.sequence} was dropped for {now}, in which others filed "
            "the same first"
            if found.is_dropped
            else f"record {receipt.sequence} is now {now}, after what others filed "
            "first"
        )
    return given, notes, troubles


def _not_vouched_for(receipt: Receipt, found: Replaced) -> str:
    now, more = found.now, len(found.between) - _MOST_NAMED
    names = [
        f"record {one.record.sequence} ({one.record.agreement}, {one.record.act}, by "
        f"{one.record.recorded_by})"
        for one in found.between[:_MOST_NAMED]
    ]
    named = ", ".join(names) + (f" and {more} more" if more > 0 else "")
    return (
        f"the receipt of record {receipt.sequence} is answered by record "
        f"{now.record.sequence} (receipt {now.receipt}) in the word of this register "
        f"alone, and before it stands now what did not then: {named}; it was put in, "
        f"or others filed it first: compare in a workspace that has it from the place "
        "shared with others"
    )


def _with_remedy(root: Path, troubles: Sequence[Trouble]) -> list[Trouble]:
    """Return the troubles; those that something can be done about say what."""
    is_shared = remote_said(root) is not None
    unsent = _unsent(root) if any(one.about == "part" for one in troubles) else ()
    return [
        replace(one, says=f"{one.says}; {remedy}")
        if (remedy := _remedy(one, unsent, is_shared=is_shared))
        else one
        for one in troubles
    ]


def _unsent(root: Path) -> frozenset[str]:
    try:
        return unsent_folders(root)
    except OutsideError:
        return frozenset()  # a version itself is damaged


def _remedy(trouble: Trouble, unsent: Collection[str], *, is_shared: bool) -> str:
    if trouble.about == "part" and trouble.record in unsent:
        return UNSENT
    if trouble.kind == "incomplete" and _PULL not in trouble.says:
        return f"get it again: {_PULL}" if is_shared else MEND
    if trouble.about == "part":
        return f"get it as it was filed: {_PULL} --mend" if is_shared else MEND
    return _ANSWERED_THERE if trouble.about == "receipt" and is_shared else ""


def _indexed(root: Path) -> Receipt | None:
    """Return the last record that the index knows; None without an index.

    An index from before a renumbering is no evidence: it is made anew when it is used.
    """
    index = Index.open(index_path(root))
    if index is None:
        return None
    with index:
        last = index.position()
    receipt = Receipt(last.sequence, last.digest) if last.digest else None
    return None if receipt is None or has_all_up_to(root, receipt) else receipt


def _of_signatures(
    root: Path, filed: Sequence[Filed]
) -> tuple[list[Trouble], list[str]]:
    """Judge the SSH signatures of records; those without one are counted."""
    signed = [one for one in filed if SIGNATURE_FILE in one.files]
    troubles: list[Trouble] = []
    if not signed:
        if filed and knows_signers(root):
            troubles.append(Trouble("unchecked", "", _NONE_SIGNED))
        return troubles, ["no record is signed by a key"] if filed else []
    troubles += _unsigned_since(filed)
    signers: dict[str, int] = {}
    for one in signed:
        folder = one.record.folder
        try:
            signature = file_of(root, one, SIGNATURE_FILE)
            judged = judge_signature(root, record_bytes(one.record), signature)
        except OutsideError as error:
            troubles.append(Trouble("unchecked", folder, str(error)))
            continue
        if judged.is_good:
            signers[judged.signer] = signers.get(judged.signer, 0) + 1
        else:
            says = f"the signature of {folder} is not good, or not of a known signer"
            troubles.append(Trouble("tampered", folder, says))
    notes = [f"{number} signed by {who or _NOBODY}" for who, number in signers.items()]
    if len(signed) < len(filed):
        notes.append(f"{len(filed) - len(signed)} records are not signed by a key")
    if not knows_signers(root):
        notes.append(
            "it is not known whose signatures count; name them in a file, and the file "
            "to git: git config gpg.ssh.allowedSignersFile FILE"
        )
    return troubles, notes


def _unsigned_since(filed: Sequence[Filed]) -> Iterator[Trouble]:
    """Tell of records that nobody signed, filed by somebody who signed before."""
    signing: set[str] = set()
    for one in filed:
        who = one.record.recorded_by
        if SIGNATURE_FILE in one.files:
            signing.add(who)
        elif who in signing:
            email = who.rpartition("<")[2].rstrip(">")
            says = (
                f"{one.record.folder} is not signed by a key, although {email} signed "
                "earlier ones: it was filed without the key, or made anew by somebody "
                "else"
            )
            yield Trouble("unchecked", one.record.folder, says)


def _composed_again(
    desk: Desk, filed: Filed, all_filed: Sequence[Filed]
) -> tuple[list[Trouble], list[str]]:
    """Compose a text again from the version that was signed, and compare it."""
    record, root = filed.record, desk.workspace.root
    place = AgreementPlace(record.agreement, record.customer)
    before = [
        one.record
        for one in all_filed
        if one.record.agreement == record.agreement
        and one.record.sequence <= record.sequence
    ]
    try:
        signings = signings_in(before)[: record.number + 1]
        found = text_as_signed(desk, place, signings)
        source = file_of(root, filed, SOURCE_FILE)
        kept = content_digest(file_of(root, filed, EXECUTION_FILE))
        troubles = list(_unlike(found, record, source, kept))
        if record.program != __version__:
            said = (
                f"records made by slacontracts {record.program} were compared by their "
                "text; their Word files were not made again"
            )
            return troubles, [said]
        if not troubles and content_digest(found.execution()) != kept:
            says = f"the execution version in {record.folder} is made otherwise now"
            troubles.append(Trouble("tampered", record.folder, says))
    except SlaContractsError as error:
        says = f"{record.folder} cannot be composed again: {error}"
        return [Trouble("unchecked", record.folder, says)], []
    return troubles, []


def _unlike(
    found: ToSign, record: Record, source: bytes, kept: str
) -> Iterator[Trouble]:
    folder = record.folder
    if found.source != source:
        says = f"the version that {folder} names is not the source that it holds"
        yield Trouble("tampered", folder, says)
    if text_digest(found.text) != record.text_digest:
        says = f"the text of {folder}, composed again, is not what was signed"
        yield Trouble("tampered", folder, says)
    if kept != record.content_digest:
        says = f"the execution version in {folder} is not the one that was signed"
        yield Trouble("tampered", folder, says)
