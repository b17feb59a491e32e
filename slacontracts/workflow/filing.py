"""An act that is to be filed in; its record in the register, for good, out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from slacontracts import __version__
from slacontracts.errors import (
    NotFoundError,
    OutsideError,
    SlaContractsError,
    SourceError,
)
from slacontracts.model.record import Act, Record, act_digest
from slacontracts.model.signing import Signing, said_of
from slacontracts.store.register import Filed, append, read_filed
from slacontracts.store.ssh import signer
from slacontracts.store.versions import known_author
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.granting import Grant, exception_of, require_role
from slacontracts.workflow.overtaking import after_signing
from slacontracts.workflow.paper import HandedIn, registered_already
from slacontracts.workflow.registered import conditions_in, endings_in
from slacontracts.workflow.registry import open_index
from slacontracts.workflow.shelf import Shelf


def new_record(
    desk: Desk, place: AgreementPlace, act: Act, when: datetime, **fields: Any
) -> Record:
    """Return the record of an act; its place in the register is not known yet."""
    author = known_author(desk.workspace.root, desk.settings.organisation)
    return Record(
        sequence=1,
        previous=None,
        act=act,
        agreement=place.id,
        customer=place.customer,
        entry=1,
        recorded_at=when,
        recorded_by=f"{author.name} <{author.email}>",
        program=__version__,
        **fields,
    )


def file_record(desk: Desk, record: Record, files: Mapping[str, bytes]) -> Filed:
    """File a record with its files. The index follows; it never stops a filing."""
    root = desk.workspace.root
    author = known_author(root, desk.settings.organisation)
    filed = append(root, record, files, author=author, key=signer(root))
    try:
        with open_index(desk):
            pass
    except SlaContractsError as error:
        desk.warn(f"the record is filed; the index will follow later: {error}")
    return filed


def notes_of_overtaking(
    desk: Desk, place: AgreementPlace, signings: Sequence[Signing]
) -> tuple[str, ...]:
    """Return what a person must know of the last of these signings, which is filed.

    What is filed stays so, whatever comes of looking at it.
    """
    try:
        return after_signing(Shelf(desk), place, signings)
    except SlaContractsError as error:
        last = said_of(signings[-1].as_)
        return (f"{last} is registered; what it overtakes cannot be told: {error}",)


def records_named(desk: Desk, agreement_id: str) -> tuple[Record, ...]:
    """Return the records of an agreement, wherever in the register they lie.

    Without an index, which is quick, the whole register is read.
    """
    try:
        with open_index(desk) as index:
            return tuple(index.records_of(agreement_id))
    except OutsideError:
        filed = read_filed(desk.workspace.root)
        return tuple(
            one.record for one in filed if one.record.agreement == agreement_id
        )


def correction_of(
    desk: Desk, correction: Grant | None, corrected: Record | None, said: str
) -> dict[str, Any]:
    """Return the fields of a record that says why it puts an earlier one right.

    said: what the earlier one says, such as "that it ends on 2027-06-30".
    """
    if correction is None or corrected is None:
        return {}
    for told in require_role(desk, correction):
        desk.warn(told)
    before = f"record {corrected.sequence} says {said}"
    return {
        "correction": correction.reason,
        "corrects": act_digest(corrected),
        "exception": exception_of(None, correction, (before,)),
    }


def filed_elsewhere(
    desk: Desk, agreement_id: str, files: Sequence[HandedIn]
) -> Iterator[str]:
    """Yield a line for each file that is registered for another agreement."""
    for file in files:
        others = (
            one
            for one in _records_with(desk, file.digest)
            if one.agreement != agreement_id and _counts(desk, one)
        )
        if (known := next(others, None)) is not None:
            yield registered_already(file, known)


def _counts(desk: Desk, record: Record) -> bool:
    """Tell whether a record was not put right since; of a text that was signed, yes."""
    if record.ending is None and record.condition is None:
        return True
    records = records_named(desk, record.agreement)
    counting = (*endings_in(records), *conditions_in(records).values())
    return record.sequence in {one.sequence for one in counting}


def _records_with(desk: Desk, digest: str) -> Sequence[Record]:
    try:
        with open_index(desk) as index:
            return index.records_with(digest)
    except OutsideError:
        filed = read_filed(desk.workspace.root)
        return [one.record for one in filed if digest in one.record.contents.values()]


def require_granted(lines: Sequence[str], grant: Grant | None, otherwise: str) -> None:
    """Refuse what stands against a filing, unless an exception is made of it.

    otherwise: in which case one may be, such as "it ends SLA-1 too".
    """
    if lines and grant is None:
        raise SourceError(
            f"{'; '.join(lines)}; nothing was registered. If {otherwise}: "
            '--exception "Why" --by ROLE'
        )


def registered_place(desk: Desk, agreement_id: str) -> AgreementPlace:
    """Return where a registered agreement lies; paper of others has no folder here.

    Raises NotFoundError where neither the workspace nor the register has it.
    """
    try:
        return desk.workspace.agreement(agreement_id)
    except NotFoundError:
        records = records_named(desk, agreement_id)
        if not records:
            raise
        return AgreementPlace(agreement_id, records[0].customer)
