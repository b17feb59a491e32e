"""A chain of templates and what was negotiated in, the outline of an agreement out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from slacontracts.model.agreement import Agreement, ClauseOverride
from slacontracts.model.clause import Part
from slacontracts.model.finding import Finding, Origin
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.source_file import SourceFile
from slacontracts.model.template import OutlineOperation, ShortForm
from slacontracts.source.model_faults import error_at
from slacontracts.text import nearest

LevelName = Literal["corporate", "customer", "service", "agreement"]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One clause of the outline: which position, and which template brought it in.

    bespoke: negotiated wording by language, or None. lock: where it was locked. title,
    part: of a clause of the agreement's own, which the library does not have.
    """

    key: str
    level: LevelName
    template: str
    origin: Origin
    position: str = ""
    bespoke: Mapping[str, str] | None = None
    lock: Origin | None = None
    title: Mapping[str, str] | None = None
    part: Part = Part.CLAUSE


def build_outline(
    library: Library,
    chain: tuple[TemplateSource, ...],
    agreement: Agreement,
    source: SourceFile,
) -> tuple[tuple[OutlineEntry, ...], tuple[Finding, ...]]:
    """Apply the operations of every level in turn, then what was negotiated.

    An operation that a lock or an unknown clause stops is a finding and changes
    nothing. A clause that was left out of the library as faulty has its place all the
    same.
    """
    outline = _Outline(library, chain)
    outline.build()
    outline.override(agreement, source)
    return tuple(outline.entries), tuple(outline.findings)


def short_form_of(
    chain: tuple[TemplateSource, ...],
) -> tuple[TemplateSource, ShortForm] | None:
    """Return the short form of the most specific template that has one."""
    for template in reversed(chain):
        if template.template.short_form is not None:
            return template, template.template.short_form
    return None


def lock_on(key: str, chain: tuple[TemplateSource, ...]) -> Origin | None:
    """Return where a template locks a clause, the most general one first."""
    for template in chain:
        content, place = template.template, template.source.place_at
        for at, operation in enumerate(content.outline):
            if operation.lock == key:
                return place(("outline", at))
        if key in content.lock:
            return place(("lock", content.lock.index(key)))
    return None


def overridden(entry: OutlineEntry, override: ClauseOverride) -> OutlineEntry:
    """Return a clause with the wording or the position that was negotiated."""
    if override.text is not None:
        wording = dict[str, str](override.text.items())
        return replace(entry, bespoke=wording, level="agreement")
    return replace(entry, position=override.position or "", level="agreement")


LEAVING = frozenset({"remove", "replace"})


class _Outline:
    """Applies outline operations level by level, then what was negotiated."""

    def __init__(self, library: Library, chain: tuple[TemplateSource, ...]) -> None:
        self.library, self.chain = library, chain
        self.keys = library.clauses.keys() | library.faulty.keys()
        self.findings: list[Finding] = []
        self.entries: list[OutlineEntry] = []
        self.schedules: list[OutlineEntry] = []  # of the list, after all other clauses
        self.locks: list[tuple[str, Origin]] = []  # whose clause is not there yet

    def build(self) -> None:
        for template in self.chain:
            place = template.source.place_at
            if template.template.schedules is not None:
                self.take_schedules(template, template.template.schedules)
            for at, operation in enumerate(template.template.outline):
                self.apply(operation, template, place(("outline", at)))
            for at, lock in enumerate(template.template.lock):
                if not lock.startswith("/"):
                    self.locks.append((lock, place(("lock", at))))
            self.close_locks()
        for key, origin in self.locks:
            if key in self.keys and not self.is_of_short_forms(key):
                message = (
                    f'the lock names the clause "{key}", which the agreement does not '
                    "have; delete the lock, or add the clause to the outline"
                )
                self.findings.append(error_at(origin, "lock-without-effect", message))
        self.entries += self.schedules

    def take_schedules(self, template: TemplateSource, names: tuple[str, ...]) -> None:
        """Let a list of schedules replace the one above, save what is locked in it."""
        leaving = {o.clause for o in template.template.outline if o.verb in LEAVING}
        staying = [e for e in self.entries if e.lock or e.key not in leaving]
        above = {e.key: e for e in self.schedules if e.lock is not None}
        found: list[OutlineEntry] = []
        for at, name in enumerate(names):
            key = self.schedule_key(name)
            origin = template.source.place_at(("schedules", at))
            if not self.fits(key, origin):
                continue
            if key in [entry.key for entry in (*staying, *found)]:
                self.stands_twice(key, origin)
            else:
                found.append(above.get(key) or self.entry(key, template, origin))
        self.schedules = self.with_locked(found, template.source.place("/schedules"))

    def schedule_key(self, name: str) -> str:
        key = f"schedule-{name}"
        return name if key not in self.keys and name in self.keys else key

    def with_locked(
        self, found: list[OutlineEntry], origin: Origin
    ) -> list[OutlineEntry]:
        """Return a new list of schedules with the locked ones, in their old order."""
        kept = [entry for entry in found if entry.lock is not None]
        in_order = [entry for entry in self.schedules if entry in kept]
        if kept != in_order:
            moved = next(
                e for e, other in zip(in_order, kept, strict=True) if e != other
            )
            self.is_locked(moved.key, moved.lock, origin)
            turns = iter(in_order)
            found = [e if e.lock is None else next(turns) for e in found]
        for at, entry in enumerate(self.schedules):
            if entry.lock is not None and entry not in found:
                self.is_locked(entry.key, entry.lock, origin)
                found.insert(min(at, len(found)), entry)
        return found

    def entry(
        self, key: str, template: TemplateSource, origin: Origin, position: str = ""
    ) -> OutlineEntry:
        return OutlineEntry(
            key, template.template.level, template.name, origin, position
        )

    def index(self, key: str | None) -> int | None:
        keys = [entry.key for entry in self.entries]
        return keys.index(key) if key in keys else None

    def stands(self, key: str) -> bool:
        return any(entry.key == key for entry in (*self.entries, *self.schedules))

    def stands_twice(self, key: str, origin: Origin) -> None:
        message = f'the clause "{key}" is in the outline already; add it once'
        self.findings.append(error_at(origin, "clause-added-twice", message))

    def is_locked(self, key: str, lock: Origin | None, origin: Origin) -> None:
        message = (
            f'the clause "{key}" is locked by {lock} and stays as it is; leave '
            "it, or ask whoever keeps that template to lift the lock"
        )
        self.findings.append(error_at(origin, "locked-clause-altered", message))

    def known(self, key: str, origin: Origin) -> bool:
        if key in self.keys:
            return True
        hint = nearest(key, list(self.library.clauses))
        message = f'there is no clause "{key}" in the library' + (
            f'; did you mean "{hint}"?' if hint else ""
        )
        self.findings.append(error_at(origin, "unknown-clause", message))
        return False

    def is_of_short_forms(self, key: str) -> bool:
        """Tell whether a clause is for short forms alone."""
        clause = self.library.clauses.get(key)
        return clause is not None and clause.form != "full"

    def fits(self, key: str, origin: Origin) -> bool:
        """Tell whether a clause is known and may stand in a full form."""
        if not self.known(key, origin):
            return False
        if not self.is_of_short_forms(key):
            return True
        message = (
            f'the clause "{key}" is for short forms alone; name it under short_form, '
            "or take the clause of the full form"
        )
        self.findings.append(error_at(origin, "clause-of-short-form", message))
        return False

    def present(self, key: str, origin: Origin, *, unlocked: bool = True) -> int | None:
        """Return where a clause stands; a finding when it is absent or locked."""
        at = self.index(key)
        if at is None:
            if self.known(key, origin):
                message = (
                    f'the agreement has no clause "{key}" that could be changed here'
                )
                self.findings.append(error_at(origin, "clause-not-in-outline", message))
        elif unlocked and (lock := self.entries[at].lock) is not None:
            self.is_locked(key, lock, origin)
            return None
        return at

    def close_locks(self) -> None:
        """Lock the clauses that stand by now; the other locks wait for theirs."""
        waiting = []
        for key, origin in self.locks:
            if not self.stands(key):
                waiting.append((key, origin))
            for entries in (self.entries, self.schedules):
                for at, entry in enumerate(entries):
                    if entry.key == key and entry.lock is None:
                        entries[at] = replace(entry, lock=origin)
        self.locks = waiting

    def apply(
        self, operation: OutlineOperation, template: TemplateSource, origin: Origin
    ) -> None:
        verb, key = operation.verb, operation.clause
        if verb == "add":
            self.add(operation, template, origin)
        elif verb == "lock":
            if self.known(key, origin):
                self.locks.append((key, origin))
                self.close_locks()
        elif (at := self.present(key, origin)) is not None:
            if verb == "remove":
                del self.entries[at]
            elif verb == "replace":
                self.exchange(at, operation, template, origin)
            else:
                self.move(at, operation, origin)

    def add(
        self, operation: OutlineOperation, template: TemplateSource, origin: Origin
    ) -> None:
        key = operation.clause
        if not self.fits(key, origin):
            return
        if self.stands(key):
            self.stands_twice(key, origin)
            return
        at = self.place_beside(operation, origin)
        position = self.position_of(key, operation, origin)
        new = self.entry(key, template, origin, position)
        self.entries.insert(len(self.entries) if at is None else at, new)

    def exchange(
        self,
        at: int,
        operation: OutlineOperation,
        template: TemplateSource,
        origin: Origin,
    ) -> None:
        new = str(operation.with_)
        if not self.fits(new, origin):
            return
        if new != operation.clause and self.stands(new):
            self.stands_twice(new, origin)
            return
        position = self.position_of(new, operation, origin)
        self.entries[at] = self.entry(new, template, origin, position)

    def position_of(self, key: str, operation: OutlineOperation, origin: Origin) -> str:
        """Return the position asked for; the first one where there is no such."""
        asked = operation.position
        return asked if asked and self.has_position(key, asked, origin) else ""

    def move(self, at: int, operation: OutlineOperation, origin: Origin) -> None:
        moved = self.entries.pop(at)
        to = self.place_beside(operation, origin)
        self.entries.insert(at if to is None else to, moved)

    def place_beside(self, operation: OutlineOperation, origin: Origin) -> int | None:
        """Return the index after or before the clause that an operation names."""
        neighbour = operation.after or operation.before
        if neighbour is None:
            return None
        found = self.present(neighbour, origin, unlocked=False)
        return found + 1 if found is not None and operation.after else found

    def override(self, agreement: Agreement, source: SourceFile) -> None:
        """Apply what was negotiated: omit, a position, or bespoke wording."""
        for key, override in agreement.clauses.items():
            origin = source.place(f"/clauses/{key}")
            if override.is_own or not self.known(key, origin):
                continue
            if self.is_of_short_forms(key):
                self.override_short(key, override, origin)
                continue
            if self.index(key) is None and not override.omit:
                self.bring_in(key, origin)
            at = self.present(key, origin)
            if at is None:
                continue
            if override.omit:
                del self.entries[at]
            elif override.text is not None or self.has_position(
                key, override.position, origin
            ):
                self.entries[at] = overridden(self.entries[at], override)

    def override_short(
        self, key: str, override: ClauseOverride, origin: Origin
    ) -> None:
        """Find what keeps a change from the short form, which alone it applies to."""
        found = short_form_of(self.chain)
        if found is None or key not in found[1].clauses:
            message = (
                f'the clause "{key}" belongs to short forms, and the short form of '
                "this agreement does not have it; delete the change"
            )
            self.findings.append(error_at(origin, "clause-not-in-outline", message))
        elif (lock := lock_on(key, self.chain)) is not None:
            self.is_locked(key, lock, origin)
        elif not override.omit and override.text is None:
            self.has_position(key, override.position, origin)

    def bring_in(self, key: str, origin: Origin) -> None:
        """Add a clause that no template has: after the last one of its topic."""
        clauses = self.library.clauses
        own = clauses.get(key)
        at = len(self.entries)
        for index, entry in enumerate(self.entries):
            other = clauses.get(entry.key)
            if own and other and other.part is own.part:
                at = index + 1 if own.topic in (None, other.topic) else at
        self.entries.insert(
            at, OutlineEntry(key, "agreement", self.chain[-1].name, origin)
        )

    def has_position(self, key: str, position: str | None, origin: Origin) -> bool:
        clause = self.library.clauses.get(key)
        positions = [p.key for p in clause.positions] if clause else []
        if clause is None or position in positions:
            return True
        wrong = f'has no position "{position}"' if position else "has no change here"
        message = f'the clause "{key}" {wrong}; its positions: {", ".join(positions)}'
        self.findings.append(error_at(origin, "unknown-position", message))
        return False
