"""An agreement's id in; what was signed of it, as it was last saved, out."""

from slacontracts.errors import SourceError
from slacontracts.source.signed import read_signed
from slacontracts.store.contents import file_at
from slacontracts.store.git import current_version
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.turns import in_turn


@in_turn("sign")
def put_record_back(desk: Desk, agreement_id: str) -> tuple[str, ...]:
    """Put signed.yaml back as it was last saved; return the files that changed.

    A signing is saved before it is written: where it was interrupted, the amendment
    that it closed is taken out of the agreement, too. Other changes of it stay.
    """
    workspace = desk.workspace
    place = workspace.agreement(agreement_id)
    newest = current_version(workspace.root)
    saved = file_at(workspace.root, newest, place.signed_file) if newest else None
    path = workspace.root / place.signed_file
    if saved is None:
        was_there = path.exists()
        path.unlink(missing_ok=True)
        return (place.signed_file,) if was_there else ()
    put_back = []
    closed = _closed(desk, place, newest or "", saved)
    if closed is not None:
        workspace.write(place.file, closed)
        put_back.append(place.file)
    if not path.exists() or workspace.read(place.signed_file) != saved:
        workspace.write(place.signed_file, saved)
        put_back.append(place.signed_file)
    return tuple(put_back)


def _closed(
    desk: Desk, place: AgreementPlace, newest: str, record: bytes
) -> bytes | None:
    """Return the agreement with its amendment closed, where it still stands as signed.

    None where it does not.
    """
    signings, findings = read_signed(record, place.signed_file)
    if signings is None:
        raise SourceError(
            f"{place.signed_file} cannot be used as it was last saved, either; take it "
            "from a colleague or a backup, and save it by git",
            findings,
        )
    if not signings or not signings[-1].number:
        return None
    root = desk.workspace.root
    signed = file_at(root, signings[-1].version, place.file)
    is_as_signed = desk.workspace.read(place.file) == signed
    return file_at(root, newest, place.file) if is_as_signed else None
