"""A template: one level's outline, short form, defaults, locks and questions."""

from typing import Any, Literal

from pydantic import Field, model_validator

from slacontracts.model.clause import ByLanguage
from slacontracts.model.scalars import DataPath, Key, SourceModel, TemplateName

Level = Literal["corporate", "customer", "service"]
LEVELS: tuple[Level, ...] = ("corporate", "customer", "service")
# What belongs to one agreement, so that no template may give it for all.
NO_DEFAULTS = frozenset(
    {"id", "template", "library", "kind", "clauses", "approvals", "amendment"}
)


class OutlineOperation(SourceModel):
    """One change to the outline of the level above; exactly one verb is given.

    add: a clause; after or before say where, else it goes to the end.
    replace: a clause, with: the clause that takes its place.
    remove, lock: a clause. move: a clause, after or before another.
    position: the position to use for an added or replacing clause.
    """

    add: Key | None = None
    replace: Key | None = None
    remove: Key | None = None
    move: Key | None = None
    lock: Key | None = None
    with_: Key | None = Field(None, alias="with")
    after: Key | None = None
    before: Key | None = None
    position: Key | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_key_means_add(cls, data: Any) -> Any:
        return {"add": data} if isinstance(data, str) else data

    @model_validator(mode="after")
    def _one_verb(self) -> "OutlineOperation":
        if sum(1 for verb in VERBS if getattr(self, verb)) != 1:
            raise ValueError(
                "an outline operation is one of add, replace, remove, move, lock"
            )
        if bool(self.replace) != bool(self.with_):
            raise ValueError(
                "replace names the clause that goes, with the one that comes"
            )
        if self.after and self.before:
            raise ValueError("give after or before, not both")
        if self.move and not (self.after or self.before):
            raise ValueError("move needs after or before")
        if (self.after or self.before) and not (self.add or self.move):
            raise ValueError("after and before belong to add and move")
        return self

    @property
    def verb(self) -> str:
        """The operation: add, replace, remove, move or lock."""
        return next(verb for verb in VERBS if getattr(self, verb))

    @property
    def clause(self) -> str:
        """The clause that the operation is about."""
        return str(getattr(self, self.verb))


VERBS = ("add", "replace", "remove", "move", "lock")


class Question(SourceModel):
    """One question of the intake: the path it fills and how it is asked."""

    path: DataPath
    ask: ByLanguage
    help: ByLanguage | None = None
    example: str | None = None
    optional: Literal["yes", "no"] = "no"


class ShortForm(SourceModel):
    """The form of a few pages: its clauses in order, and the house style it is set in.

    house_style: else that of the full form.
    """

    clauses: tuple[Key, ...]
    house_style: Key | None = None


class Template(SourceModel):
    """`templates/<level>/<name>.yaml`.

    schedules: names in order; `service-levels` is drafted from the library clause
    `schedule-service-levels`, `key-terms` from `key-terms`. A lower level that
    gives schedules replaces the whole list, save what is locked in it.
    short_form: of agreements of this template and of those below it; the full form
    holds all that the outline says.
    lock: clause keys, and paths in the data, that lower levels may not change.
    defaults: agreement data, typed when the agreement is composed; without what
    belongs to one agreement (NO_DEFAULTS).
    """

    level: Level
    parent: TemplateName | None = None
    title: ByLanguage
    summary: str | None = None
    kind: Literal["customer", "internal", "multilevel", "ola", "uc"] = "customer"
    house_style: Key | None = None
    outline: tuple[OutlineOperation, ...] = ()
    schedules: tuple[Key, ...] | None = None
    short_form: ShortForm | None = None
    defaults: dict[str, Any] = {}
    lock: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
