"""An agreement in; the turns of its negotiation with the Word files they kept out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from slacontracts.errors import (
    NotFoundError,
    OutsideError,
    SlaContractsError,
    SourceError,
)
from slacontracts.model.proposal import Proposal
from slacontracts.model.turn import Turn
from slacontracts.source.turn_file import read_turn, write_turn
from slacontracts.store.contents import unsaved_files
from slacontracts.store.git import TURN_KEPT_AS
from slacontracts.store.versions import Author, known_author, save_version
from slacontracts.store.workspace import AgreementPlace
from slacontracts.workflow.desk import Desk

TURNS: Final = "turns"


@dataclass(frozen=True, slots=True)
class Negotiation:
    """The turns of an agreement, in order."""

    place: AgreementPlace
    turns: tuple[Turn, ...]

    @property
    def next_number(self) -> int:
        """The number of the turn that comes next."""
        return max((turn.number for turn in self.turns), default=0) + 1

    @property
    def next_proposal(self) -> int:
        """The number of the proposal that comes next."""
        numbers = (one.number for turn in self.turns for one in turn.proposals)
        return max(numbers, default=0) + 1

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All proposals of all turns."""
        return tuple(one for turn in self.turns for one in turn.proposals)

    @property
    def answers(self) -> tuple[Turn, ...]:
        """What came back since a file was sent last."""
        sent = self.last_sent()
        since = sent.number if sent is not None else 0
        return tuple(one for one in self.turns if one.number > since)

    def sent(self, number: int) -> Turn | None:
        """Return what was sent as a turn; None where nothing was."""
        found = (one for one in self.turns if one.number == number)
        return next((one for one in found if one.direction == "sent"), None)

    def last_from(self, party: str, since: int = 0) -> Turn | None:
        """Return what a party answered to the newest file, of several the last.

        An answer to an older file comes behind one to a newer. since: of turns after
        this number alone.
        """
        found = [
            one
            for one in self.turns
            if one.direction == "received" and one.party == party and one.number > since
        ]
        return max(found, key=lambda one: (one.answers or 0, one.number), default=None)

    def last_sent(self, party: str | None = None) -> Turn | None:
        """Return what was sent last, to a party or to anybody."""
        sent = [one for one in self.turns if one.direction == "sent"]
        found = [one for one in sent if party in (None, one.party)]
        return found[-1] if found else None


def negotiation_of(desk: Desk, place: AgreementPlace) -> Negotiation:
    """Return the negotiation of an agreement; raises SourceError for a broken file."""
    workspace = desk.workspace
    turns = []
    for name in workspace.files_below(f"{place.folder}/{TURNS}"):
        if not name.endswith(".yaml"):
            continue
        turn, findings = read_turn(workspace.read(name), name)
        if turn is None:
            raise SourceError(
                f"a turn of the negotiation of {place.id} cannot be read; bring it "
                f"back as it was saved: slacontracts restore {place.id}",
                findings,
            )
        turns.append(turn)
    return Negotiation(place, tuple(sorted(turns, key=lambda turn: turn.number)))


def turn_file(place: AgreementPlace, number: int) -> str:
    """Return the name of a turn's file in the workspace."""
    return f"{place.folder}/{TURNS}/{number:03}.yaml"


def word_file(place: AgreementPlace, digest: str) -> str:
    """Return the name under which a Word file of a turn is kept in the workspace."""
    return f"{place.folder}/{TURNS}/{digest}.docx"


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return sha256(data).hexdigest()


def kept_word_file(desk: Desk, place: AgreementPlace, turn: Turn) -> bytes:
    """Return the Word file of a turn, whose digest must be that of the turn."""
    name = word_file(place, turn.digest)
    try:
        data = desk.workspace.read(name)
    except NotFoundError as error:
        raise NotFoundError(
            f"the Word file of turn {turn.number} of {place.id} is missing ({name}); "
            f"fetch what a colleague saved: slacontracts pull"
        ) from error
    if digest_of(data) != turn.digest:
        raise OutsideError(
            f"{name} is not the file that was kept of turn {turn.number}; bring it "
            f"back as it was saved: slacontracts restore {place.id}"
        )
    return data


def require_saved_turns(desk: Desk, place: AgreementPlace) -> None:
    """Refuse turns that are not as they were saved: what they say is relied on."""
    changed = unsaved_files(desk.workspace, f"{place.folder}/{TURNS}")
    if changed:
        raise SourceError(
            f"{changed[0]} is not as it was saved: by hand, or because a command was "
            f"cut short. Bring it back: slacontracts restore {place.id}; or save it as "
            f'it is: slacontracts save {place.id} -m "What changed"'
        )


def require_saved_source(desk: Desk, place: AgreementPlace) -> None:
    """Refuse changes of an agreement, or of its turns, that no version holds."""
    require_saved_turns(desk, place)
    if unsaved_files(desk.workspace, place.file):
        raise SourceError(
            f"{place.id} has changes that are not saved; save it first: slacontracts "
            f'save {place.id} -m "What changed"'
        )


def keep_turn(
    desk: Desk,
    place: AgreementPlace,
    turn: Turn,
    when: datetime,
    *,
    data: bytes | None = None,
    source: bytes | None = None,
    said: str,
) -> tuple[str, ...]:
    """Keep a turn as a new version, with its Word file, or with what it changed.

    data: the Word file. source: of agreement.yaml, where the turn changes it; without
    it the version is no draft. Returns what went wrong after it was kept.
    """
    contents = {turn_file(place, turn.number): _checked(place, turn)}
    if data is not None:
        contents[word_file(place, turn.digest)] = data
    message = f"{place.id}: {said}"
    if source is None:
        message += f"\n\n{TURN_KEPT_AS}turn {turn.number}"
    else:
        contents[place.file] = source
    return _keep(desk, contents, message, when)


def _checked(place: AgreementPlace, turn: Turn) -> bytes:
    """Return a turn's file; refuse one that could not be read again."""
    text = write_turn(turn).encode()
    read, findings = read_turn(text, turn_file(place, turn.number))
    if read != turn:
        reason = findings[0].message if findings else "its words do not survive"
        raise SourceError(
            f"turn {turn.number} of {place.id} cannot be kept: {reason}; nothing was "
            "recorded"
        )
    return text


def _keep(
    desk: Desk, contents: Mapping[str, bytes], message: str, when: datetime
) -> tuple[str, ...]:
    """Put files into the workspace, and save just these as a version.

    Whoever is cut short in between finds them there, not saved. What cannot be saved is
    not left there.
    """
    notes: list[str] = []
    workspace = desk.workspace
    before = {name: _present(desk, name) for name in contents}
    for name, data in contents.items():
        workspace.write(name, data)
    try:
        save_version(
            workspace,
            list(contents),
            message,
            author=who(desk),
            when=when,
            contents=contents,
            warn=notes.append,
        )
    except SlaContractsError:
        for name, was in before.items():
            if was is None:
                (workspace.root / name).unlink(missing_ok=True)
            else:
                workspace.write(name, was)
        raise
    return tuple(notes)


def _present(desk: Desk, name: str) -> bytes | None:
    try:
        return desk.workspace.read(name)
    except NotFoundError:
        return None


def who(desk: Desk) -> Author:
    """Return who works here."""
    return known_author(desk.workspace.root, desk.settings.organisation)


def stamp(when: datetime) -> str:
    """Return a time as turns hold it."""
    return f"{when:%Y-%m-%dT%H:%M:%S%z}"
