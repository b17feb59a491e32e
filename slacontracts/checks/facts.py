"""A numbered document and its library in, the facts that checks ask for out.

One pass over the document gathers passages, definitions, references, blanks and
values; what costs more is computed when a check first asks for it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from slacontracts.checks.phrases import OPAQUE, lexicon_of, phrases_in, term_key
from slacontracts.compose.blanks import agreement_data
from slacontracts.model.agreement import NOT_CONTRACTS, Agreement, Approval
from slacontracts.model.clause import Part
from slacontracts.model.document import (
    Blank,
    Block,
    Clause,
    Inline,
    Item,
    NumberedDocument,
    Reference,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.model.finding import Origin
from slacontracts.model.library import ClauseText, Library
from slacontracts.model.program import Program
from slacontracts.model.settings import WorkspaceSettings

Place = Callable[[str], Origin]
# How many words before a phrase are looked at to tell its place from others.
_CONTEXT_WORDS = (5, 3, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What checks may know beside the agreement and its library.

    settings: of the workspace, with place, which gives where each was set.
    today: the day of the check; without it nothing is judged by the calendar.
    codes: of everything that checks find.
    house_styles: names of those in the agreement's library, and of those among the
    files of the workspace as they stand; None where not known.
    before_amendment: the agreement as it was before its open amendment.
    unproven: approvals of which the saved versions do not show that whoever they name
    gave them, with the reason.
    """

    settings: WorkspaceSettings | None = None
    place: Place = Origin
    today: date | None = None
    codes: frozenset[str] = frozenset()
    house_styles: frozenset[str] | None = None
    house_styles_of_workspace: frozenset[str] | None = None
    before_amendment: NumberedDocument | None = None
    unproven: Mapping[Approval, str] = field(default_factory=dict)


UNKNOWN = Surroundings()


@dataclass(frozen=True, slots=True)
class Passage:
    """The fixed wording of one paragraph, item or line of a cell.

    text: the wording; OPAQUE stands for each value, reference and defined term.
    anchor: what other clauses call this item. is_cell: it stands in a table.
    """

    clause: Clause
    text: str
    anchor: str | None = None
    is_cell: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a term is defined; start: its place in the passage."""

    term: str
    passage: Passage
    start: int


@dataclass(frozen=True, slots=True)
class TermUse:
    """Where a defined term is used, or a phrase that looks like one."""

    phrase: str
    key: str
    passage: Passage
    start: int


@dataclass(frozen=True, slots=True)
class ReferenceUse:
    """Where a clause refers to another."""

    target: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class BlankUse:
    """Where a value is missing."""

    path: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class ValueUse:
    """Where a value is printed; start: its place in the passage."""

    value: Value
    passage: Passage
    start: int


class Facts:
    """What is known about one document, computed once for all checks.

    place: gives where a value of the data was set, in the agreement or a template.
    """

    def __init__(
        self,
        document: NumberedDocument,
        library: Library,
        place: Place,
        surroundings: Surroundings = UNKNOWN,
    ) -> None:
        self.document = document.document
        self.surroundings = surroundings
        self.numbered = document
        self.library = library
        self.place = place
        self.passages: list[Passage] = []
        self.definitions: list[Definition] = []
        self.references: list[ReferenceUse] = []
        self.blanks: list[BlankUse] = []
        self.values: list[ValueUse] = []
        for clause in self.document.clauses:
            for block in clause.blocks:
                self._gather(clause, block)

    def _gather(self, clause: Clause, block: Block) -> None:
        """Note a block's wording, definitions, references, blanks and values."""
        for inlines, anchor in _lines(block):
            is_cell = isinstance(block, Table)
            passage = Passage(clause, _wording(inlines), anchor, is_cell)
            self.passages.append(passage)
            start = 0
            for inline in inlines:
                if isinstance(inline, Words):
                    start += len(inline.text)
                    continue
                if isinstance(inline, Term):
                    self.definitions.append(Definition(inline.text, passage, start))
                elif isinstance(inline, Reference):
                    self.references.append(ReferenceUse(inline.target, passage))
                elif isinstance(inline, Blank):
                    self.blanks.append(BlankUse(inline.path, clause))
                else:
                    self.values.append(ValueUse(inline, passage, start))
                start += 1

    @property
    def agreement(self) -> Agreement:
        """The merged, typed data of the agreement."""
        return self.document.agreement

    @property
    def is_contract(self) -> bool:
        """Whether the agreement is signed; departments only acknowledge theirs."""
        return self.agreement.kind not in NOT_CONTRACTS

    def set_command(self, *settings: str) -> str:
        """Return the command that sets values of the agreement: /address=value."""
        quoted = (
            f'"{one}"' if re.search("[^\\w/=.-]", one) else one for one in settings
        )
        return f"slacontracts set {self.agreement.id} {' '.join(quoted)}"

    def is_own(self, path: str) -> bool:
        """Tell whether the agreement itself sets a value, and no template does."""
        return self.place(path).file == self.place("/id").file

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """The clauses of the document by key."""
        return {clause.key: clause for clause in self.document.clauses}

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The agreement's data as nested mappings, lists and typed values."""
        return agreement_data(self.agreement)

    @cached_property
    def terms(self) -> Mapping[str, tuple[Definition, ...]]:
        """The definitions by what all forms of a term have in common."""
        found: dict[str, tuple[Definition, ...]] = {}
        for definition in self.definitions:
            key = term_key(definition.term.split())
            found[key] = (*found.get(key, ()), definition)
        return found

    @cached_property
    def _phrases(self) -> tuple[TermUse, ...]:
        lexicon = lexicon_of(
            tuple(definition.term for definition in self.definitions),
            tuple(c.title for c in self.document.clauses if c.part is Part.KEY_TERMS),
        )
        return tuple(
            TermUse(phrase.text, phrase.term, passage, phrase.start)
            for passage in self.passages
            for phrase in phrases_in(passage.text, lexicon)
        )

    @cached_property
    def term_uses(self) -> tuple[TermUse, ...]:
        """Where defined terms are used in wording."""
        return tuple(use for use in self._phrases if use.key)

    @cached_property
    def unknown_phrases(self) -> tuple[TermUse, ...]:
        """Phrases of wording that look like terms and are not defined."""
        return tuple(
            use for use in self._phrases if not use.key and not use.passage.is_cell
        )

    @cached_property
    def data_as_printed(self) -> str:
        """All values and cells of tables in small letters, one a line."""
        values = (use.value.text for use in self.values)
        cells = (passage.text for passage in self.passages if passage.is_cell)
        return "\n".join((*values, *cells)).casefold()

    def wording_of(self, clause: Clause) -> ClauseText | None:
        """Return the source of a clause's wording; None when it has none."""
        place = clause.origin.text
        override = self.agreement.clauses.get(clause.key)
        by_language = override.text if override is not None else None
        bespoke = (by_language or {}).get(self.document.language)
        if bespoke is not None:
            return ClauseText(bespoke, Program([]), place.file, place.line)
        return next(
            (
                text
                for (key, _, _), text in self.library.texts.items()
                if key == clause.key and text.file == place.file
            ),
            None,
        )

    def place_of(self, use: TermUse | Definition) -> Origin:
        """Return where a term is used or defined in the source of its clause."""
        clause, text = use.passage.clause, use.passage.text
        if isinstance(use, Definition):
            return self.find(clause, f'**"{use.term}"**')
        return self.find(clause, use.phrase, text[: use.start].rpartition(OPAQUE)[2])

    def place_of_reference(self, use: ReferenceUse) -> Origin:
        """Return where a reference stands in the source of its clause."""
        return self.find(use.passage.clause, f'ref("{use.target}")')

    def find(self, clause: Clause, wording: str, before: str = "") -> Origin:
        """Return where wording stands in a clause's source, else where that begins.

        before: what precedes the wording and tells it from the same words elsewhere.
        White space and the form of quotation marks do not matter.
        """
        text = self.wording_of(clause)
        if text is None:
            return clause.origin.text
        context = before.split()
        for length in _CONTEXT_WORDS:
            words = context[-length:] if length else []
            pattern = rf"{_loosely(words)}\s*(?P<here>{_loosely([wording])})"
            found = re.search(pattern, text.source)
            if found is not None:
                earlier = text.source[: found.start("here")]
                line = text.first_line + earlier.count("\n")
                return Origin(text.file, line, len(earlier) - earlier.rfind("\n"))
        return text.place()


def _lines(block: Block) -> Iterator[tuple[tuple[Inline, ...], str | None]]:
    """Yield the inlines of a block with its anchor; a table line by line."""
    if isinstance(block, Table):
        for row in block.rows:
            for cell in row.cells:
                for line in cell:
                    yield line, None
    else:
        yield block.inlines, block.anchor if isinstance(block, Item) else None


def _wording(inlines: tuple[Inline, ...]) -> str:
    """Return the fixed wording; a bold heading that runs into the text is opaque."""
    parts = [inline.text if isinstance(inline, Words) else OPAQUE for inline in inlines]
    first = inlines[0] if inlines else None
    if isinstance(first, Words) and first.bold and len(inlines) > 1:
        heading = first.text.rstrip()
        if heading.endswith((".", ":")):
            parts[0] = OPAQUE * (len(heading) - 1) + first.text[len(heading) - 1 :]
    return "".join(parts)


def _loosely(wordings: Sequence[str]) -> str:
    """Return a pattern of words with any white space and any quotation marks."""
    words = r"\s+".join(re.escape(w) for wording in wordings for w in wording.split())
    return re.sub("[\"'“”‘’]", "[\"'“”‘’]", words)
