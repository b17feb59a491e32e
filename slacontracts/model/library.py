"""The clause library and templates of one revision, as read from their files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from slacontracts.model.clause import LibraryClause, ValueRule
from slacontracts.model.finding import Origin
from slacontracts.model.program import Program
from slacontracts.model.source_file import SourceFile
from slacontracts.model.template import Template


@dataclass(frozen=True, slots=True)
class ClauseText:
    """The wording of one position in one language: its source and its program.

    first_line, first_column: where the wording begins in the file; bespoke wording
    stands inside an agreement.yaml.
    """

    source: str
    program: Program
    file: str
    first_line: int = 1
    first_column: int = 1

    def place(self, phrase: str = "", line: int = 0) -> Origin:
        """Return the place of a phrase in the wording, else of a line of it.

        White space in the phrase matches any; of several places the first at or
        after the line is taken.
        """
        words = phrase.split()
        if words:
            pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
            start = len(
                "".join(self.source.splitlines(keepends=True)[: max(line - 1, 0)])
            )
            found = pattern.search(self.source, start) or pattern.search(self.source)
            if found:
                before = self.source[: found.start()]
                column = len(before) - (before.rfind("\n") + 1) + self.first_column
                return Origin(self.file, self.first_line + before.count("\n"), column)
        line = self.first_line + max(line - 1, 0)
        return Origin(self.file, line, self.first_column)


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template with the place of each of its fields.

    name: "service/managed-hosting". source: the file, for the places of its fields.
    """

    name: str
    template: Template
    source: SourceFile


@dataclass(frozen=True, slots=True)
class Library:
    """Clauses by key, their texts by (key, position, language), templates by name.

    revision: full id of the saved version, or "working" for the files as they stand.
    values: every value that any clause declares, by address.
    value_origins: where it is declared. faulty: where the first fault is of each clause
    and template that was left out because of its own faults. values_hidden_by: the
    fault because of which it is not known what values a clause declares.
    """

    revision: str
    clauses: Mapping[str, LibraryClause]
    texts: Mapping[tuple[str, str, str], ClauseText]
    templates: Mapping[str, TemplateSource]
    values: Mapping[str, ValueRule]
    value_origins: Mapping[str, Origin]
    faulty: Mapping[str, Origin]
    values_hidden_by: Origin | None = None
