"""An item of an agreement in; who wrote what stands there, by its versions, out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from slacontracts.checks.consents import folded
from slacontracts.model.agreement import Approval
from slacontracts.model.amounts import Duration
from slacontracts.model.paths import look_up
from slacontracts.model.scalars import read_goal, read_money
from slacontracts.model.settings import RoleHolder
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.authorship import Saving, savings_of
from slacontracts.store.versions import NOBODYS_EMAIL, Author
from slacontracts.store.workspace import AGREEMENT_FILE, AgreementPlace
from slacontracts.text import normalise

_NOTHING: object = object()


@dataclass(frozen=True, slots=True)
class Writer:
    """Who saved a version. is_unknown: git knew no name for that person."""

    name: str
    email: str

    @property
    def is_unknown(self) -> bool:
        """Whether it may have been anybody."""
        return self.email == NOBODYS_EMAIL

    def is_same(self, person: "Writer | Author | RoleHolder") -> bool:
        """Tell whether it is a person, under either of their names."""
        return self.email.casefold() == person.email.casefold() or folded(
            self.name
        ) == folded(person.name)


class Authorship:
    """The saved history of one agreement, asked for who wrote what stands in it."""

    def __init__(self, root: Path, place: AgreementPlace) -> None:
        self.savings = savings_of(root, place)
        self.file = place.file
        self.data = cache(_data)
        self.approvals = cache(self._approvals)

    def of(self, item: str) -> tuple[Writer, ...]:
        """Return who wrote what stands at an item, each once, the last first.

        item: as approvals name it. That is everybody who ever made it what it is now,
        so that it is not somebody else's after it was changed there and back; and of
        wording of its own, everybody who changed it since it came.
        """
        writers = [
            Writer(one.author, one.email)
            for one in (*self._made(item), *self._worded(item))
        ]
        found = dict.fromkeys(writers)
        known = [one for at, one in enumerate(found) if not at or not one.is_unknown]
        return tuple(known)

    def of_approval(self, approval: Approval) -> Writer | None:
        """Return who saved exactly an approval last; None where no version has it."""
        if not self.savings or approval not in self.approvals(self._present()):
            return None
        for saving in self.savings:
            had = sum(self.approvals(one).count(approval) for one in saving.before)
            if self.approvals(saving.content).count(approval) > had:
                return Writer(saving.author, saving.email)
        return None

    def _present(self) -> bytes | None:
        """Return what the file says in the newest version that changed it."""
        here = (one for one in self.savings if one.file == self.file)
        return next(here, self.savings[0]).content

    def _made(self, item: str) -> Iterator[Saving]:
        """Yield the versions in which an item came to be what it is now."""
        if not self.savings:
            return
        present = _meaning(self._at(item, self._present()))
        for saving in self.savings:
            before = [_meaning(self._at(item, one)) for one in saving.before]
            now = _meaning(self._at(item, saving.content))
            if now == present and present not in before:
                yield saving

    def _worded(self, item: str) -> Iterator[Saving]:
        """Yield the versions that changed wording of its own, back to where it came."""
        for saving in self.savings:
            now = self._at(item, saving.content)
            before = [self._at(item, one) for one in saving.before]
            if not _is_own_wording(now):
                return
            if now not in before:
                yield saving
                if not any(map(_is_own_wording, before)):
                    return

    def _at(self, item: str, content: bytes | None) -> Any:
        data = self.data(content)
        try:
            return look_up(data, item if item.startswith("/") else f"/clauses/{item}")
        except KeyError:
            return _NOTHING

    def _approvals(self, content: bytes | None) -> tuple[Approval, ...]:
        """Return the approvals that a version of the file has, as they are typed."""
        data = self.data(content)
        found = data.get("approvals") if isinstance(data, dict) else None
        typed = map(_approval, found if isinstance(found, list) else ())
        return tuple(one for one in typed if one is not None)


def _is_own_wording(found: Any) -> bool:
    return isinstance(found, dict) and "text" in found


def _data(content: bytes | None) -> Any:
    """Return what a version of the file says; None where it cannot be read."""
    if content is None:
        return None
    source, _ = read_yaml(content, AGREEMENT_FILE)
    return source.data if source is not None else None


def _approval(raw: Any) -> Approval | None:
    try:
        return Approval.model_validate(raw)
    except ValueError:
        return None


def _meaning(raw: Any) -> Any:
    """Return what was written, the same for every spelling of the same.

    Of a clause that stands at another position it is that position, as an approval
    names it, whatever is said beside it.
    """
    if isinstance(raw, dict):
        if "text" not in raw and isinstance(raw.get("position"), str):
            return raw["position"]
        return _read(read_money, raw) or {
            name: _meaning(inner) for name, inner in raw.items()
        }
    if isinstance(raw, list):
        return [_meaning(inner) for inner in raw]
    if isinstance(raw, str):
        figure = _read(read_goal, raw)
        if isinstance(figure, Duration):
            return figure.total_months, figure.total_seconds
        return " ".join(normalise(raw).split()) if figure is None else figure
    return raw


def _read(read: Callable[[Any], Any], raw: Any) -> Any:
    """Return what a reader takes text for; None where it is nothing of that."""
    try:
        return read(raw)
    except ValueError:
        return None
