"""An agreement's own data: parties, dates, term, services, and negotiated clauses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from slacontracts.model.amounts import Money
from slacontracts.model.clause import ByLanguage
from slacontracts.model.scalars import (
    AgreementId,
    Amount,
    Count,
    Country,
    Currency,
    Day,
    Email,
    Key,
    PartyRole,
    Revision,
    SourceModel,
    Span,
    TemplateName,
    YesNo,
    of_type,
    read_day,
)
from slacontracts.model.service import Contact, HoursProfile, Priority, Service

AgreementKind = Literal["customer", "internal", "multilevel", "ola", "uc"]
AgreementLanguage = Literal["en", "ar", "en+ar"]
NOT_CONTRACTS = frozenset({"internal", "ola"})  # acknowledged, not signed


EVENTS = ("last-signature", "conditions-met")


def read_effective_on(text: Any) -> Any:
    """Read a date, or the event that an agreement takes effect with."""
    return text if text in EVENTS else read_day(text)


EffectiveOn = Annotated[
    date | Literal["last-signature", "conditions-met"],
    PlainValidator(read_effective_on),
    WithJsonSchema({"type": "string"}),
]


class FrameworkAgreement(SourceModel):
    """The master agreement this one sits under, and which of the two prevails."""

    reference: str
    date: Day | None = None
    precedence: Literal["master", "this"] = "master"


class Notices(SourceModel):
    """Where notices to a party go."""

    email: Email | None = None
    post: str | None = None
    attention: str | None = None


class Party(SourceModel):
    """A party; the key under `parties` is its role in the agreement.

    country: the ISO 3166 code of the country of its address; the weekend and the
    holidays there decide by when a notice must arrive.
    """

    legal_name: str | None = None
    short_name: str | None = None
    form: str | None = None
    register_no: str | None = None
    registered_in: str | None = None
    address: str | None = None
    country: Country | None = None
    tax_no: str | None = None
    crm: str | None = None
    notices: Notices | None = None


class Affiliates(SourceModel):
    """What affiliates of the customer may do under the agreement."""

    may_use: YesNo = False
    may_order: YesNo = False
    who_claims: Literal["customer", "affiliate"] = "customer"
    cap_shared: YesNo = True


class Limit(SourceModel):
    """The value up to which somebody may sign."""

    amount: Amount
    currency: Currency

    @model_validator(mode="after")
    def _has_the_decimals_of_its_currency(self) -> "Limit":
        Money(self.amount, self.currency)
        return self


class Authority(SourceModel):
    """Why a signatory may sign: basis, limit, until when, arbitration."""

    basis: str | None = None
    limit: Limit | None = None
    until: Day | None = None
    may_arbitrate: YesNo | None = None


class Signatory(SourceModel):
    """A person who signs for a party."""

    party: Key
    name: str | None = None
    title: str | None = None
    rule: Literal["solely", "jointly"] = "solely"
    witness: YesNo = False
    authority: Authority | None = None


class Effective(SourceModel):
    """When the agreement takes effect: a date, last-signature or conditions-met."""

    on: EffectiveOn | None = None
    reason: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _word_or_date(cls, data: Any) -> Any:
        return {"on": data} if isinstance(data, str) else data


class Condition(SourceModel):
    """Something that must happen before the agreement takes effect."""

    key: Key
    says: str
    owner: str | None = None
    due: Day | None = None
    met_on: Day | None = None
    evidence: str | None = None


class Term(SourceModel):
    """How long the agreement lasts and how it goes on."""

    initial: Span | None = None
    renewal: Literal["automatic", "by-agreement", "none"] | None = None
    renewal_period: Span | None = None
    notice: Span | None = None


class Forum(SourceModel):
    """Who decides disputes: courts of a place, or an arbitral tribunal."""

    kind: Literal["courts", "arbitration"]
    where: str | None = None
    rules: str | None = None
    seat: str | None = None
    language: str | None = None
    arbitrators: Count | None = None


class GoverningLaw(SourceModel):
    """The law of the agreement and the forum for disputes."""

    law: str | None = None
    forum: Forum | None = None


class Review(SourceModel):
    """How often the agreement is reviewed, next when, and what triggers it."""

    every: Span | None = None
    next: Day | None = None
    triggers: tuple[Key, ...] = ()


class ClauseOverride(SourceModel):
    """What was negotiated for one clause, against the template.

    title, after: of a clause of the agreement's own, which the library does not have:
    its title, and the key of the clause that it follows.
    """

    omit: bool = False
    position: Key | None = None
    text: ByLanguage | None = None
    title: ByLanguage | None = None
    after: Key | None = None

    @property
    def is_own(self) -> bool:
        """Whether it brings a clause that the library does not have."""
        return self.title is not None or self.after is not None

    @model_validator(mode="before")
    @classmethod
    def _omit_is_a_word(cls, data: Any) -> Any:
        if data == "omit":
            return {"omit": True}
        if isinstance(data, str) or (
            isinstance(data, dict)
            and not _of_own_clause(data)
            and (len(data) != 1 or data.get("omit", True) is not True)
        ):
            raise ValueError(
                "write omit, or {position: KEY}, or {text: {en: ...}}; one of the "
                "three. A clause that the library does not have is written {title: "
                "{en: ...}, after: KEY, text: {en: ...}}"
            )
        return data


def _of_own_clause(data: Mapping[str, Any]) -> bool:
    names = data.keys()
    return bool(names & {"title", "after"}) and names <= {"title", "after", "text"}


def _read_approver(text: Any) -> str:
    name = of_type(text, str)
    if name.strip() == "NAME" or re.fullmatch(r"\s*<.*>\s*", name):
        raise ValueError(
            f'"{name}" stands for the name of the person who approved; write that name'
        )
    return name


Approver = Annotated[
    str, PlainValidator(_read_approver), WithJsonSchema({"type": "string"})
]


class Approval(SourceModel):
    """Somebody's consent to a deviation from what the library prefers.

    item: the address of the value (/credits/cap_percent), or the key of the clause.
    role: what the person decides for, one of those that the library asks.
    value: what was agreed to: the value as written in this file, a sum as EUR 960.00,
    the key of the position, `omit`, or the digest of wording or of another long text.
    Without it, or when it is no longer what the agreement says, the approval is void.
    until: the last day on which it counts. condition: on which it was given; whoever
    signs sees to it. on_behalf_of: the holder of the role who consented by e-mail or
    on paper, where `by` only recorded it; evidence: that e-mail or paper, a file in the
    agreement's folder that is named by its digest.
    exception: why legal lets a value stand beyond the walk-away line.
    """

    item: str
    role: Key
    by: Approver
    on: Day
    value: str | None = None
    note: str | None = None
    until: Day | None = None
    condition: str | None = None
    on_behalf_of: Approver | None = None
    evidence: str | None = None
    exception: str | None = None

    @property
    def consenting(self) -> str:
        """Who consented: whoever it is on behalf of, else who recorded it."""
        return self.on_behalf_of or self.by


class AmendmentHeader(SourceModel):
    """The open amendment: its number, when it takes effect, and why.

    conditions: on which the amendment takes effect; those of the agreement itself are
    another matter.
    """

    number: Count
    effective: Effective | None = None
    reason: str | None = None
    conditions: tuple[Condition, ...] = ()


class Agreement(SourceModel):
    """`agreement.yaml`, merged with the defaults of its templates and typed.

    values: what library clauses declare beyond these fields ("credits",
    "invoicing"), typed by their rules, as nested mappings.
    """

    id: AgreementId
    kind: AgreementKind = "customer"
    title: str | None = None
    template: TemplateName
    library: Revision | None = None
    language: AgreementLanguage = "en"
    prevailing: Literal["en", "ar"] | None = None
    house_style: Key | None = None
    master: FrameworkAgreement | None = None
    parties: dict[PartyRole, Party] = {}
    affiliates: Affiliates | None = None
    signatories: tuple[Signatory, ...] = ()
    effective: Effective | None = None
    conditions: tuple[Condition, ...] = ()
    long_stop: Day | None = None
    term: Term | None = None
    governing_law: GoverningLaw | None = None
    services: tuple[Service, ...] = ()
    hours: dict[Key, HoursProfile] = {}
    priorities: tuple[Priority, ...] = ()
    contacts: tuple[Contact, ...] = ()
    clauses: dict[Key, ClauseOverride] = {}
    approvals: tuple[Approval, ...] = ()
    review: Review | None = None
    amendment: AmendmentHeader | None = None
    values: Mapping[str, Any] = Field(default_factory=dict, exclude=True)

    @model_validator(mode="after")
    def _two_languages_need_a_prevailing_one(self) -> "Agreement":
        if self.language == "en+ar" and self.prevailing is None:
            raise PydanticCustomError(
                "wrong_value",
                "language en+ar needs to say which text prevails; "
                "write prevailing: en or prevailing: ar",
                {"field": "language"},
            )
        return self


@dataclass(frozen=True, slots=True)
class AgreementHead:
    """What must be known of an agreement before its library can be read."""

    id: str
    template: str
    library: str | None
    language: AgreementLanguage
