"""What of an agreement its dates follow from: read from a file of facts or a record."""

from typing import Annotated, Any, Literal

from pydantic import PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from slacontracts.model.agreement import (
    AgreementKind,
    AmendmentHeader,
    Condition,
    Effective,
    Notices,
    Review,
    Term,
)
from slacontracts.model.amounts import LONGEST_DAYS
from slacontracts.model.scalars import (
    Country,
    Day,
    Key,
    PartyRole,
    SourceModel,
    Span,
    read_count,
)


def _read_day_count(text: Any) -> int:
    days = read_count(text)
    if days > LONGEST_DAYS:
        raise ValueError(f"{days} days are more than 99 years; write fewer")
    return days


DayCount = Annotated[int, PlainValidator(_read_day_count)]
NoticeWay = Literal["hand", "courier", "email"]
WAYS: tuple[NoticeWay, ...] = ("hand", "courier", "email")


class KnownParty(SourceModel):
    """A party: its name, its place, and where notices to it go.

    country: of its address, an ISO 3166 code: AE, or US-CA with a part of the country.
    It decides on which days notices can arrive.
    """

    legal_name: str | None = None
    country: Country | None = None
    address: str | None = None
    notices: Notices | None = None


class KnownAuthority(SourceModel):
    """Until when somebody may sign for a party."""

    party: Key
    name: str | None = None
    until: Day


class NoticeRules(SourceModel):
    """When a notice counts as received.

    ways: how a notice that ends the agreement may be given. courier_days: business days
    after dispatch. opens, closes: office hours; what comes later counts the next day.
    """

    ways: tuple[NoticeWay, ...] = WAYS
    courier_days: DayCount | None = None
    opens: str | None = None
    closes: str | None = None


class Ground(SourceModel):
    """A reason for which a party may end the agreement before its time.

    by: the role of the party that may; without it any party. cure_days: days that the
    other party has to put things right, after a notice that asks for it. notice: how
    long before the end the notice must arrive. not_before: counted from the effective
    date, the earliest day of the end.
    """

    key: Key
    says: str | None = None
    by: PartyRole | None = None
    cure_days: DayCount | None = None
    notice: Span | None = None
    not_before: Span | None = None


class Duty(SourceModel):
    """Something to be done within days after the agreement takes effect, or ends."""

    key: Key
    says: str
    owner: str | None = None
    after: Literal["start", "end"] = "end"
    days: DayCount


class Survival(SourceModel):
    """What goes on after the end; lasts: for how long, where that is said."""

    key: Key | None = None
    says: str
    lasts: Span | None = None


class KeyFacts(SourceModel):
    """What of an agreement the calendar and the list of agreements need.

    services: their names by key. amendment: of the text of an amendment, when it takes
    effect, and on which conditions; everything else is the agreement as that amendment
    leaves it.
    """

    title: str
    kind: AgreementKind = "customer"
    parties: dict[PartyRole, KnownParty]
    services: dict[Key, str] = {}
    effective: Effective | None = None
    term: Term | None = None
    review: Review | None = None
    conditions: tuple[Condition, ...] = ()
    long_stop: Day | None = None
    amendment: AmendmentHeader | None = None
    authorities: tuple[KnownAuthority, ...] = ()
    notices_rules: NoticeRules | None = None
    grounds: tuple[Ground, ...] = ()
    duties: tuple[Duty, ...] = ()
    survivals: tuple[Survival, ...] = ()

    @property
    def taking_effect(self) -> Effective | None:
        """When the text takes effect: that of the amendment, if it is one."""
        return self.amendment.effective if self.amendment else self.effective

    @property
    def awaited(self) -> tuple[Condition, ...]:
        """The conditions on which the text takes effect; none if it does not wait."""
        effective = self.taking_effect
        if effective is None or effective.on != "conditions-met":
            return ()
        return self.amendment.conditions if self.amendment else self.conditions


class PaperFacts(KeyFacts):
    """The key facts of paper that was not drafted here, as a person states them."""

    effective: Effective
    term: Term

    @model_validator(mode="after")
    def _says_who_and_when(self) -> "PaperFacts":
        if not self.parties:
            raise _wrong("no party is named; write at least two, by role", "parties")
        for role, party in self.parties.items():
            if not party.legal_name:
                raise _wrong(
                    f"the {role} has no name; write {role}: {{legal_name: ...}}",
                    "parties",
                )
        if self.effective.on is None:
            raise _wrong(
                "it is not said when the agreement takes effect; write a date, "
                "last-signature or conditions-met",
                "effective",
            )
        if self.effective.on == "conditions-met" and not self.conditions:
            raise _wrong(
                "the agreement waits for conditions and none is named; write "
                "conditions: [{key: ..., says: ..., due: ...}]",
                "effective",
            )
        return self


def _wrong(message: str, field: str) -> PydanticCustomError:
    # Braces in a message would be taken for places to fill.
    return PydanticCustomError(
        "wrong_value", "{message}", {"message": message, "field": field}
    )
