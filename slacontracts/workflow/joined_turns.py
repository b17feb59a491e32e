"""Turns that two people added to one negotiation in; all of them, renumbered, out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from slacontracts.errors import OutsideError
from slacontracts.model.turn import Turn
from slacontracts.source.turn_file import read_turn, write_turn
from slacontracts.store.merging import JoinedTurns

_YAML: Final = ".yaml"


@dataclass(frozen=True, slots=True)
class _Added:
    """A turn that only one side has. was: its number there. data: its file there."""

    turn: Turn
    was: int
    side: int
    data: bytes

    @property
    def rank(self) -> tuple[int, bool, str, str]:
        """Who keeps a number: what was sent, since its file says it; then the first."""
        turn = self.turn
        return self.was, turn.direction != "sent", _moment(turn.on), turn.digest


def join_turns(
    folder: str, before: Mapping[str, bytes], *sides: Mapping[str, bytes]
) -> JoinedTurns:
    """Return what two sides added to the turns in a folder.

    before: the turns that both had, by path. sides: the files that each added. Raises
    OutsideError for a turn that cannot be read.
    """
    common = {path: data for path, data in sides[0].items() if path in sides[1]}
    same = {path for path, data in common.items() if sides[1][path] == data}
    known = {**before, **{path: sides[0][path] for path in same}}
    added = [
        _Added(turn, turn.number, side, files[path])
        for side, files in enumerate(sides)
        for path, turn in _turns(files)
        if path not in same
    ]
    old = [turn for _, turn in _turns(known)]
    numbered = _answering(_numbered(old, sorted(added, key=lambda one: one.rank)))
    joined = list(_with_own_proposals(old, numbered))
    files = {path: data for one in sides for path, data in one.items()}
    files = {path: one for path, one in files.items() if path in same or not _is(path)}
    said = []
    for one, last in zip(numbered, joined, strict=True):
        path = f"{folder}/{last.turn.number:03}{_YAML}"
        is_same = last.turn == _read(path, one.data)
        files[path] = one.data if is_same else write_turn(last.turn).encode()
        if last.was != last.turn.number or one.turn.proposals != last.turn.proposals:
            said.append(_said(one, last))
    return JoinedTurns(files, tuple(said))


def _moment(on: str) -> str:
    try:
        return datetime.fromisoformat(on).astimezone(UTC).isoformat()
    except ValueError:
        return on


def _is(path: str) -> bool:
    return path.endswith(_YAML)


def _turns(files: Mapping[str, bytes]) -> Iterator[tuple[str, Turn]]:
    for path, data in files.items():
        if _is(path):
            yield path, _read(path, data)


def _read(path: str, data: bytes) -> Turn:
    turn, findings = read_turn(data, path)
    if turn is None:
        why = f": {findings[0].message}" if findings else ""
        raise OutsideError(
            f"nothing was taken over, because both sides added turns, and {path} "
            f"cannot be read{why}; mend it first"
        )
    return turn


def _numbered(old: Sequence[Turn], added: Sequence[_Added]) -> list[_Added]:
    """Give each turn a number of its own; those that keep theirs come first.

    Where something that was sent moves, what that side has of later numbers moves
    behind it, too: what answers a file comes after it.
    """
    taken = {turn.number for turn in old}
    kept: list[_Added] = []
    moved: list[_Added] = []
    for one in added:
        sent = (
            each.was
            for each in moved
            if each.side == one.side and each.turn.direction == "sent"
        )
        if one.was in taken or one.was > min(sent, default=one.was):
            moved.append(one)
        else:
            taken.add(one.was)
            kept.append(one)
    first = max((*taken, *(one.was for one in added)), default=0) + 1
    return kept + [
        replace(one, turn=one.turn.model_copy(update={"number": number}))
        for number, one in enumerate(moved, first)
    ]


def _answering(added: Sequence[_Added]) -> list[_Added]:
    """Let what answers a turn that has another number now say that one."""
    now = {(one.side, one.was): one.turn.number for one in added}
    return [
        replace(one, turn=one.turn.model_copy(update={"answers": answers}))
        for one in added
        for answers in [now.get((one.side, one.turn.answers or 0), one.turn.answers)]
    ]


def _with_own_proposals(
    old: Sequence[Turn], added: Sequence[_Added]
) -> Iterator[_Added]:
    """Yield the turns, with their proposals behind those of others that they meet."""
    taken = {each.number for turn in old for each in turn.proposals}
    coming = {each.number for one in added for each in one.turn.proposals}
    first = max(taken | coming, default=0) + 1
    for one in added:
        proposals = one.turn.proposals
        if taken & {each.number for each in proposals}:
            proposals = tuple(
                each.model_copy(update={"number": number})
                for number, each in enumerate(proposals, first)
            )
            first += len(proposals)
        taken |= {each.number for each in proposals}
        turn = one.turn.model_copy(update={"proposals": proposals})
        yield replace(one, turn=turn)


def _said(before: _Added, after: _Added) -> str:
    turn = after.turn
    how = "sent to" if turn.direction == "sent" else "received from"
    said = f"turn {after.was} ({turn.name}, {how} {turn.party} on {turn.on[:10]})"
    if after.was != turn.number:
        said += f" is turn {turn.number} now, as both sides added a turn {after.was}"
    numbers = [
        _span([each.number for each in one.turn.proposals]) for one in (before, after)
    ]
    if numbers[0] != numbers[1]:
        joint = ";" if after.was != turn.number else ":"
        said += f"{joint} its proposals {numbers[0]} are {numbers[1]} now"
    if turn.direction == "sent":
        said += (
            f"; its Word file still says turn {after.was}, so look twice at what comes "
            "back of it"
        )
    return said


def _span(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    return f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
