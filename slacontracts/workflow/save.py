"""An agreement's id and a reason in; one new version of that agreement out."""

from dataclasses import dataclass
from datetime import datetime

from slacontracts.errors import SourceError
from slacontracts.store.git import NO_DRAFT_MARKS, count_saves
from slacontracts.store.versions import Author, known_author, save_version
from slacontracts.workflow.as_signed import altered_without_amendment, recorded_signings
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.partly_signed import note_of_signature


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: the version's number and full id; id is None when unchanged.

    notes: what went wrong after the version was saved, or needs a look.
    """

    number: int
    id: str | None
    author: Author
    notes: tuple[str, ...] = ()


@one_at_a_time("save")
def save_agreement(
    desk: Desk, agreement_id: str, message: str, when: datetime
) -> Saved:
    """Save the folder of one agreement as a new version of it."""
    place = desk.workspace.agreement(agreement_id)
    recorded_signings(desk, place)
    author = known_author(desk.workspace.root, desk.settings.organisation)
    notes: list[str] = []
    version = save_version(
        desk.workspace,
        [place.folder],
        f"{place.id}: {checked_message(message)}",
        author=author,
        when=when,
        warn=notes.append,
    )
    if version is not None and altered_without_amendment(desk, place):
        notes.append(
            f"{place.id} is signed, and this draft alters it without an amendment; "
            f"open one: slacontracts amend {place.id} --effective DATE "
            "--include-changes"
        )
    if version is not None and (note := note_of_signature(desk, place)):
        notes.append(note)
    saves = count_saves(desk.workspace.root, place)
    return Saved(saves, version, author, tuple(notes))


def checked_message(message: str) -> str:
    """Return the reason for a version; raises SourceError when it says nothing."""
    text = "".join(
        sign for sign in message if sign.isprintable() or sign == "\n"
    ).strip()
    if not text:
        raise SourceError('say in a few words what changed, such as -m "Price agreed"')
    for line in text.split("\n"):
        if line.startswith(NO_DRAFT_MARKS):
            mark = line.partition(":")[0]
            raise SourceError(
                f'a reason cannot have a line that begins with "{mark}:", because '
                "such a version is counted as no draft; say it in other words. Nothing "
                "was saved"
            )
    return text
