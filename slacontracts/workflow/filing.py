"""An act that is to be filed in; its record in the register, for good, out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slacontracts import __version__
from slacontracts.errors import NotFoundError, OutsideError, SlaContractsError
from slacontracts.model.record import Act, Record
from slacontracts.model.signing import Signing, said_of
from slacontracts.store.register import Filed, append, read_filed
from slacontracts.store.ssh import signer
from slacontracts.store.versions import known_author
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.overtaking import after_signing
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
