"""A chain of templates and what was negotiated in, the outline of an agreement out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from slacontracts.model.agreement import Agreement
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import Library, TemplateSource
from slacontracts.model.source_file import SourceFile
from slacontracts.model.template import OutlineOperation
from slacontracts.text import nearest

LevelName = Literal["corporate", "customer", "service", "agreement"]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One clause of the outline: which position, and which template brought it in.

    bespoke: negotiated wording by language, or None. lock: where it was locked.
    """

    key: str
    level: LevelName
    template: str
    origin: Origin
    position: str = ""
    bespoke: Mapping[str, str] | None = None
    lock: Origin | None = None


def build_outline(
    library: Library,
    chain: tuple[TemplateSource, ...],
    agreement: Agreement,
    source: SourceFile,
) -> tuple[tuple[OutlineEntry, ...], tuple[Finding, ...]]:
    """Apply the operations of every level in turn, then what was negotiated.

    An operation that a lock or an unknown clause stops is a finding and changes
    nothing.
    """
    outline = _Outline(library, chain)
    outline.build()
    outline.override(agreement, source)
    return tuple(outline.entries), tuple(outline.findings)


class _Outline:
    """Applies outline operations level by level, then what was negotiated."""

    def __init__(self, library: Library, chain: tuple[TemplateSource, ...]) -> None:
        self.library, self.chain = library, chain
        self.findings: list[Finding] = []
        self.entries: list[OutlineEntry] = []

    def build(self) -> None:
        for template in self.chain:
            for at, operation in enumerate(template.template.outline):
                self.apply(
                    operation, template, template.source.place_at(("outline", at))
                )
            for at, lock in enumerate(template.template.lock):
                if not lock.startswith("/"):
                    self.lock(lock, template.source.place_at(("lock", at)))
        self.add_schedules()

    def add_schedules(self) -> None:
        giver = next(
            (t for t in reversed(self.chain) if t.template.schedules is not None), None
        )
        if giver is None:
            return
        for at, name in enumerate(giver.template.schedules or ()):
            key = f"schedule-{name}"
            if key not in self.library.clauses and name in self.library.clauses:
                key = name
            origin = giver.source.place_at(("schedules", at))
            if self.known(key, origin):
                self.entries.append(self.entry(key, giver, origin))
        for template in self.chain:  # a lock may name a schedule
            for at, lock in enumerate(template.template.lock):
                if not lock.startswith("/") and self.index(lock) is not None:
                    self.lock(lock, template.source.place_at(("lock", at)))

    def entry(
        self, key: str, template: TemplateSource, origin: Origin, position: str = ""
    ) -> OutlineEntry:
        return OutlineEntry(
            key, template.template.level, template.name, origin, position
        )

    def index(self, key: str | None) -> int | None:
        keys = [entry.key for entry in self.entries]
        return keys.index(key) if key in keys else None

    def known(self, key: str, origin: Origin) -> bool:
        if key in self.library.clauses:
            return True
        hint = nearest(key, list(self.library.clauses))
        message = f'there is no clause "{key}" in the library' + (
            f'; did you mean "{hint}"?' if hint else ""
        )
        self.findings.append(Finding(Severity.ERROR, "unknown-clause", message, origin))
        return False

    def present(self, key: str, origin: Origin, *, unlocked: bool = True) -> int | None:
        """Return where a clause stands; a finding when it is absent or locked."""
        at = self.index(key)
        if at is None:
            self.findings.append(
                Finding(
                    Severity.ERROR,
                    "clause-not-in-outline",
                    f'the agreement has no clause "{key}" that could be changed here',
                    origin,
                )
            )
        elif unlocked and (lock := self.entries[at].lock) is not None:
            self.findings.append(
                Finding(
                    Severity.ERROR,
                    "locked-clause-altered",
                    f'the clause "{key}" is locked by {lock} and stays as it is; leave '
                    "it, or ask whoever keeps that template to lift the lock",
                    origin,
                )
            )
            return None
        return at

    def lock(self, key: str, origin: Origin) -> None:
        at = self.index(key)
        if at is not None and self.entries[at].lock is None:
            self.entries[at] = replace(self.entries[at], lock=origin)

    def apply(
        self, operation: OutlineOperation, template: TemplateSource, origin: Origin
    ) -> None:
        verb, key = operation.verb, operation.clause
        if verb == "add":
            if self.known(key, origin):
                new = self.entry(key, template, origin, operation.position or "")
                self.insert(new, operation, origin)
        elif verb == "lock":
            if self.present(key, origin, unlocked=False) is not None:
                self.lock(key, origin)
        elif (at := self.present(key, origin)) is not None:
            if verb == "remove":
                del self.entries[at]
            elif verb == "replace" and self.known(str(operation.with_), origin):
                self.entries[at] = self.entry(
                    str(operation.with_), template, origin, operation.position or ""
                )
            elif verb == "move":
                self.insert(self.entries.pop(at), operation, origin)

    def insert(
        self, entry: OutlineEntry, operation: OutlineOperation, origin: Origin
    ) -> None:
        if self.index(entry.key) is not None:
            self.findings.append(
                Finding(
                    Severity.ERROR,
                    "clause-added-twice",
                    f'the clause "{entry.key}" is in the outline already; add it once',
                    origin,
                )
            )
            return
        neighbour = operation.after or operation.before
        at = len(self.entries)
        if neighbour is not None:
            found = self.present(neighbour, origin, unlocked=False)
            if found is not None:
                at = found + (1 if operation.after else 0)
        self.entries.insert(at, entry)

    def override(self, agreement: Agreement, source: SourceFile) -> None:
        """Apply what was negotiated: omit, a position, or bespoke wording."""
        for key, override in agreement.clauses.items():
            origin = source.place(f"/clauses/{key}")
            if not self.known(key, origin):
                continue
            if self.index(key) is None and not override.omit:
                self.bring_in(key, origin)
            at = self.present(key, origin)
            if at is None:
                continue
            if override.omit:
                del self.entries[at]
            elif override.text is not None:
                self.entries[at] = replace(
                    self.entries[at],
                    bespoke=dict[str, str](override.text.items()),
                    level="agreement",
                )
            elif self.has_position(key, override.position, origin):
                self.entries[at] = replace(
                    self.entries[at],
                    position=override.position or "",
                    level="agreement",
                )

    def bring_in(self, key: str, origin: Origin) -> None:
        """Add a clause that no template has: after the last one of its topic."""
        clauses = self.library.clauses
        part, topic = clauses[key].part, clauses[key].topic
        at = len(self.entries)
        for index, entry in enumerate(self.entries):
            other = clauses[entry.key]
            if other.part is part and (other.topic == topic or topic is None):
                at = index + 1
        self.entries.insert(
            at, OutlineEntry(key, "agreement", self.chain[-1].name, origin)
        )

    def has_position(self, key: str, position: str | None, origin: Origin) -> bool:
        positions = [p.key for p in self.library.clauses[key].positions]
        if position in positions:
            return True
        self.findings.append(
            Finding(
                Severity.ERROR,
                "unknown-position",
                f'the clause "{key}" has no position "{position}"; '
                f"it has {', '.join(positions)}",
                origin,
            )
        )
        return False
