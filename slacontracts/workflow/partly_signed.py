"""A text that is signed in part and the text in hand in; what parts them, told, out."""

from slacontracts.model.signing import ORIGINAL, said_of
from slacontracts.store.contents import file_at
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.registered import PARTLY_SIGNED, filed_of, texts_in


def note_of_signature(desk: Desk, place: AgreementPlace) -> str | None:
    """Return what to know where the text in hand is not what one party has signed.

    None where nobody signs just now, and while the text in hand is the signed one.
    """
    texts = texts_in(filed.record for filed in filed_of(desk, place))
    if not texts or texts[-1].act != PARTLY_SIGNED or texts[-1].version is None:
        return None
    last = texts[-1]
    signed = file_at(desk.workspace.root, str(last.version), place.file)
    if signed == desk.workspace.read(place.file):
        return None
    signers = " and ".join(f"{one.party} on {one.on}" for one in last.signatures)
    return (
        f"{said_of(last.as_ or ORIGINAL)} of {place.id} is signed by {signers}, and "
        f"{' and '.join(last.missing)} must sign that same text; for what is changed "
        "since, all must sign anew"
    )


def tell_of_signature(desk: Desk, place: AgreementPlace) -> None:
    """Warn where the text in hand is not what one party has signed."""
    note = note_of_signature(desk, place)
    if note is not None:
        desk.warn(note)
