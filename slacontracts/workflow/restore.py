"""The id of an agreement whose folder is gone in; the folder, as last saved, out."""

from collections.abc import Iterator

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.store.git import current_version
from slacontracts.store.kept import open_shelves
from slacontracts.store.register_names import registered_as
from slacontracts.store.workspace import AgreementPlace, checked_id
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.filing import records_named
from slacontracts.workflow.one_at_a_time import one_at_a_time


@one_at_a_time("restore")
def restore_agreement(desk: Desk, agreement_id: str) -> AgreementPlace:
    """Write an agreement that is missing as it was last saved; return where.

    Nothing that is there is replaced. Raises SourceError where the agreement is there,
    NotFoundError where no version has it.
    """
    checked_id(agreement_id)
    for known in desk.workspace.agreements():
        if known.id == agreement_id:
            raise SourceError(
                f"{known.folder} is there, and nothing was changed; to have an earlier "
                "text of it, see slacontracts versions"
            )
    for version in _versions(desk, agreement_id):
        files = _files_at(desk, version, agreement_id)
        place = next((_place(name) for name in files), None)
        if place is not None and place.file in files:
            for name, data in files.items():
                if not (desk.workspace.root / name).exists():
                    desk.workspace.write(name, data)
            return place
    found = registered_as(desk.workspace.root, agreement_id)
    if found is not None and not found.is_drafted_here:
        desk.workspace.agreement(agreement_id)  # says what it is
    raise NotFoundError(
        f"the last saved version has no agreement {agreement_id}; see slacontracts list"
    )


def _versions(desk: Desk, agreement_id: str) -> Iterator[str]:
    """Yield the newest version, then those that were signed, the last one first."""
    newest = current_version(desk.workspace.root)
    if newest is not None:
        yield newest
    for record in reversed(records_named(desk, agreement_id)):
        if record.version is not None:
            yield record.version


def _files_at(desk: Desk, version: str, agreement_id: str) -> dict[str, bytes]:
    with open_shelves(desk.workspace.root) as shelves:
        names = shelves.files_of(version, ["agreements"])
        wanted = {
            name: file_id
            for name, file_id in names.items()
            if name.split("/")[2:3] == [agreement_id]
        }
        return shelves.read(wanted)


def _place(name: str) -> AgreementPlace:
    _, customer, agreement_id, *_ = name.split("/")
    return AgreementPlace(agreement_id, customer)
