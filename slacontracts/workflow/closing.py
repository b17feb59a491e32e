"""An amendment that was registered in; the working agreement without it, saved, out."""

from datetime import datetime

from slacontracts.errors import SlaContractsError
from slacontracts.model.signing import Signing, said_of
from slacontracts.source.write import remove_value
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.git import CLOSED_AS
from slacontracts.store.versions import known_author, save_version
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.as_signed import altered_at, is_last_signed, signed_since
from slacontracts.workflow.desk import Desk


def close_amendment(
    desk: Desk, place: AgreementPlace, signing: Signing, when: datetime
) -> tuple[str, ...]:
    """Take a signed amendment's header out of the agreement, and save it.

    What the amendment changed stays. Where the file has changed since it was signed,
    it is left alone. Returns what a person should know: the register has the signature
    already, and closing can be done later.
    """
    workspace = desk.workspace
    try:
        text = workspace.read(place.file).decode("utf-8-sig")
        if not is_last_signed(desk, place, text, [signing]):
            return _went_on(desk, place, text, signing)
        closed = remove_value(text, "/amendment")[0].encode()
        notes: list[str] = []
        save_version(
            workspace,
            [place.file],
            f"{place.id}: {said_of(signing.as_)} closed\n\n{CLOSED_AS}{signing.as_}",
            author=known_author(workspace.root, desk.settings.organisation),
            when=when,
            contents={place.file: closed},
            warn=notes.append,
        )
        workspace.write(place.file, closed)
    except SlaContractsError as error:
        return (
            f"{said_of(signing.as_)} is registered, but it stands open in {place.file} "
            f"still: {error}; slacontracts amend closes it when the next one is opened",
        )
    return tuple(notes)


def _went_on(
    desk: Desk, place: AgreementPlace, text: str, signing: Signing
) -> tuple[str, ...]:
    """Return what to do about a file that went on after the version that was signed."""
    source, _ = read_yaml(text, place.file)
    data = source.data if source is not None else {}
    if "amendment" in data:
        return (signed_since(place, signing.number, signing.number + 1),)
    if not altered_at(desk, place, [signing], data):
        return ()
    return (
        f"{place.file} was changed since that text was signed, and what it says now is "
        "not agreed; take it back, or open an amendment for it: slacontracts amend "
        f'{place.id} --effective DATE --reason "Why" --include-changes',
    )
