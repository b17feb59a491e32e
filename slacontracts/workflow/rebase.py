"""An amendment opened against an earlier text in; it on the text signed last out."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.signing import Signing, said_of
from slacontracts.source.three_ways import (
    ABSENT,
    Difference,
    changed_by_theirs,
    what_differs,
    with_theirs,
)
from slacontracts.source.write import remove_value, set_value
from slacontracts.source.yaml_emit import emit_flow
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.contents import file_at, unsaved_files
from slacontracts.store.workspace import AgreementPlace, read_file
from slacontracts.text import nearest
from slacontracts.workflow.amend import require_none_open, require_possible
from slacontracts.workflow.amendment_day import effect_of, tell_of_day
from slacontracts.workflow.as_signed import (
    altered_at,
    not_as_signed,
    recorded_signings,
    signings_of,
)
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.edit import Edited, write_if_sound
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import saved_draft

Side: TypeAlias = Literal["mine", "theirs"]
_LONGEST_IN_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Rebased:
    """The amendment as it is now open: its number, and what it was given, by address.

    kept: what stays as it was signed, because somebody decided so.
    """

    number: int
    taken: tuple[str, ...]
    kept: tuple[str, ...]
    edited: Edited


@dataclass(frozen=True, slots=True)
class _Amended:
    """An amended agreement from elsewhere: what it says, and its signed base."""

    name: str
    data: dict[str, Any]
    base: Signing


@one_at_a_time("amend")
def rebase_amendment(
    desk: Desk, agreement_id: str, source: str, decisions: Mapping[str, Side]
) -> Rebased:
    """Bring an amendment onto the text that was signed last, and open it there.

    source: a file, or "draft:3". decisions: by address, whose value is taken where
    both changed one. Raises SourceError, and writes nothing, while one is undecided.
    """
    place = desk.workspace.agreement(agreement_id)
    signings = recorded_signings(desk, place)
    text = _present(desk, place, signings)
    theirs = _amended(desk, place, source, signings)
    base = _said_in(desk, place, theirs.base)
    mine, _ = read_yaml(text, place.file)
    differences = changed_by_theirs(
        _without_header(base),
        _without_header(mine.data if mine else {}),
        _without_header(theirs.data),
    )
    taken = _decided(differences, decisions, theirs)
    header = _header(desk, place, theirs, signings)
    edited_text = with_theirs(text, taken)
    edited_text = set_value(edited_text, "/amendment", header)
    shelf = Shelf(desk)
    before = compose_draft(shelf, place, text.encode())
    edited = write_if_sound(shelf, before, edited_text)
    effective = effect_of({"amendment": header})
    if effective is not None:
        tell_of_day(desk, place, effective, signings)
    kept = [one.path for one in differences if one not in taken]
    return Rebased(len(signings), tuple(one.path for one in taken), tuple(kept), edited)


def _without_header(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "amendment"}


def _present(desk: Desk, place: AgreementPlace, signings: tuple[Signing, ...]) -> str:
    """Return the source that the amendment is brought onto.

    That is the one in hand, or the one signed last where the amendment in hand was
    opened before that.
    """
    workspace = desk.workspace
    text = workspace.read(place.file).decode("utf-8-sig")
    source, findings = read_yaml(text, place.file)
    if source is None:
        raise SourceError(f"{place.file} cannot be read", findings)
    number = _number(source.data)
    if number is None or not signings or number >= len(signings):
        require_none_open(place, source.data, signings)
        paths = altered_at(desk, place, signings, source.data)
        if paths:
            raise SourceError(f"{not_as_signed(place, paths)}; take it back first")
        return text
    if place.file in unsaved_files(workspace, place.folder):
        raise SourceError(
            f"{place.id} has changes that are not saved and would be lost; save it "
            f'first: slacontracts save {place.id} -m "Amendment before rebasing"'
        )
    last = file_at(workspace.root, signings[-1].version, place.file) or b""
    text = last.decode("utf-8-sig")
    return remove_value(text, "/amendment")[0] if signings[-1].number else text


def _number(data: dict[str, Any]) -> int | None:
    """Return the number of an open amendment, None where none is open."""
    header = data.get("amendment")
    number = header.get("number") if isinstance(header, dict) else None
    is_number = isinstance(number, str) and number.isascii() and number.isdigit()
    return int(str(number)) if is_number else None


def _amended(
    desk: Desk, place: AgreementPlace, source: str, signings: tuple[Signing, ...]
) -> _Amended:
    """Return the amendment from elsewhere, and the signed text it was made from."""
    if source.startswith("draft:"):
        version = saved_draft(desk, place, source)
        data = file_at(desk.workspace.root, version, place.file) or b""
        signed = len(signings_of(desk, place, version))
        name = f"{source} of {place.id}"
    else:
        data, name = read_file(Path(source)), source
        signed = 0
    read, findings = read_yaml(data, name)
    if read is None:
        raise SourceError(f"{name} cannot be read; mend the places above", findings)
    if read.data.get("id") != place.id:
        raise SourceError(
            f"{name} is the agreement {read.data.get('id')}, not {place.id}; name the "
            "amended agreement.yaml of the same agreement"
        )
    number = _number(read.data)
    if number is None:
        raise SourceError(
            f"{name} has no open amendment, so nobody knows which signed text it was "
            "made from; name one that was opened with slacontracts amend"
        )
    signed = signed or number
    if not 0 < signed <= len(signings):
        raise SourceError(
            f"{name} is amendment {number}, but this workspace knows only "
            f"{said_of(signings[-1].as_)} as signed; fetch what a colleague signed"
        )
    return _Amended(name, read.data, signings[signed - 1])


def _said_in(desk: Desk, place: AgreementPlace, signing: Signing) -> dict[str, Any]:
    data = file_at(desk.workspace.root, signing.version, place.file)
    read, findings = read_yaml(data or b"", place.file)
    if data is None or read is None:
        raise NotFoundError(
            f"{place.id} cannot be read as it was signed ({said_of(signing.as_)})"
            + (f": {findings[0].message}" if findings else "")
        )
    found: dict[str, Any] = read.data
    return found


def _decided(
    differences: tuple[Difference, ...], decisions: Mapping[str, Side], theirs: _Amended
) -> tuple[Difference, ...]:
    """Return what is taken from theirs; refuse while a conflict is undecided."""
    conflicts = {one.path: one for one in differences if one.is_conflict}
    for path in decisions:
        if path not in conflicts:
            hint = nearest(path, conflicts)
            known = f'did you mean "{hint}"?' if hint else "leave that --take out"
            raise NotFoundError(f"both did not change {path} differently; {known}")
    undecided = [one for path, one in conflicts.items() if path not in decisions]
    if undecided:
        lines = [line for one in undecided for line in _shown(one, theirs)]
        raise SourceError(
            "\n  ".join(
                [
                    "both changed these values; say for each whose is taken, with "
                    "--take mine PATH or --take theirs PATH. Nothing was written:",
                    *lines,
                ]
            )
        )
    return tuple(
        one
        for one in differences
        if not one.is_conflict or decisions[one.path] == "theirs"
    )


def _shown(one: Difference, theirs: _Amended) -> list[str]:
    base, mine, others = what_differs(one.base, one.mine, one.theirs)
    return [
        f"{one.path}{_what_it_is(one)}",
        f"  {said_of(theirs.base.as_)} said: {_value(base)}",
        f"  mine, signed since: {_value(mine)}",
        f"  theirs, {theirs.name}: {_value(others)}",
    ]


def _what_it_is(one: Difference) -> str:
    """Return what an item without a key says on all sides, as far as it is short."""
    sides = [side for side in (one.base, one.mine, one.theirs) if side is not ABSENT]
    if one.behind is None or not all(isinstance(side, dict) for side in sides):
        return ""
    same = {
        name: value
        for name, value in sides[0].items()
        if len(emit_flow(value)) <= _LONGEST_IN_NAME
        and all(side.get(name, ABSENT) == value for side in sides)
    }
    return f" ({emit_flow(same)[1:-1]})" if same else ""


def _value(value: Any) -> str:
    if value is ABSENT:
        return "(nothing)"
    return emit_flow(value) if value not in ({}, []) else "(nothing else)"


def _header(
    desk: Desk, place: AgreementPlace, theirs: _Amended, signings: tuple[Signing, ...]
) -> dict[str, Any]:
    """Return the head of their amendment with the number that is next here."""
    header = {**theirs.data["amendment"], "number": str(len(signings))}
    effective = header.get("effective")
    day = effective.get("on") if isinstance(effective, dict) else effective
    if isinstance(day, str):
        require_possible(desk, place, day, str(header.get("reason") or ""), signings)
    return header
