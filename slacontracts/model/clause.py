"""A library clause: its identity, its positions, and the values that its text reads."""

from enum import StrEnum
from typing import Literal, TypeAlias

from slacontracts.model.scalars import Count, DataPath, Key, SourceModel

Language: TypeAlias = Literal["en", "ar"]
ByLanguage: TypeAlias = dict[Language, str]
ValueType = Literal[
    "text",
    "integer",
    "number",
    "percent",
    "money",
    "date",
    "duration",
    "yes-no",
    "choice",
]


class Part(StrEnum):
    """Where in an agreement a clause stands; it decides how it is numbered."""

    PARTIES = "parties"  # items (1), (2); no heading number
    BACKGROUND = "background"  # recitals (A), (B)
    KEY_TERMS = "key-terms"  # before clause 1, heading without a number
    CLAUSE = "clause"  # 1 / 1.1 / (a) / (i)
    SCHEDULE = "schedule"  # Schedule 1; inside it 1 / 1.1 / (a) / (i)


class ValueRule(SourceModel):
    """A value that clause text reads: its type, and the ranges that were agreed on.

    preferred, fallback: a comparison ("<= 25", ">= P12M") or a value ("yes"); the
    ranges that are good for us, and that we can still accept. walk_away: the same,
    for values that we never accept.
    approval: roles that must approve a value outside the preferred range; without a
    range, they must approve every value.
    side: on which side of the agreement we stand when these ranges hold. Without
    one they hold where we sell services: neither where we buy them, nor between
    departments.
    choices: the words allowed, for type choice.
    """

    type: ValueType
    unit: str | None = None
    title: ByLanguage | None = None
    preferred: str | None = None
    fallback: str | None = None
    walk_away: str | None = None
    approval: tuple[Key, ...] = ()
    side: Literal["provider", "customer"] | None = None
    choices: tuple[str, ...] = ()


class Position(SourceModel):
    """One rung of the negotiation ladder of a wording; the first is best for us."""

    key: Key
    when: str | None = None
    approval: tuple[Key, ...] = ()


# Where a clause may stand: in the full form and, where a template says so, in the
# short form too; or in short forms alone, as a summary of the clauses that it
# requires, or as the one that brings in the full form.
Form = Literal["full", "summary", "incorporation"]


class LibraryClause(SourceModel):
    """`clauses/<key>/clause.yaml`; the wording lies beside it, a file per position."""

    key: Key
    title: ByLanguage
    version: Count
    status: Literal["draft", "approved", "deprecated"]
    owner: str
    summary: str
    part: Part = Part.CLAUSE
    topic: Key | None = None
    form: Form = "full"
    requires: tuple[Key, ...] = ()
    conflicts: tuple[Key, ...] = ()
    values: dict[DataPath, ValueRule] = {}
    positions: tuple[Position, ...] = (Position.model_construct(key="preferred"),)
    walk_away: str | None = None
    guidance: str | None = None
