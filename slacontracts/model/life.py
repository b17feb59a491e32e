"""What happened to a registered agreement: texts signed, conditions met, an end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from slacontracts.model.agreement import Condition
from slacontracts.model.key_facts import KeyFacts
from slacontracts.model.signing import ORIGINAL


def condition_name(as_: str, key: str) -> str:
    """Return by what name it is recorded that a condition was met.

    A condition of an amendment is another one than that of the agreement with the same
    key: "permit", "amendment-1/permit".
    """
    return key if as_ == ORIGINAL else f"{as_}/{key}"


@dataclass(frozen=True, slots=True)
class SignedText:
    """One text that was signed, and what it says.

    as_: "original" or "amendment-2". signed_on: the day of the last signature.
    effective: None while it is not known, as its conditions are open.
    """

    as_: str
    signed_on: date
    effective: date | None
    facts: KeyFacts

    @property
    def awaited(self) -> Mapping[str, Condition]:
        """The conditions on which it takes effect, by the name of their record."""
        return {condition_name(self.as_, one.key): one for one in self.facts.awaited}


@dataclass(frozen=True, slots=True)
class Termination:
    """A notice that ends an agreement, or one service of it, on a day.

    on: the last day. service: the key of the service that ends; None for all.
    """

    on: date
    ground: str
    received: date
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What the register knows of one agreement.

    signed: the texts in the order of signing. missing_parties: the roles that have not
    signed the last of them yet; until they do, it does not bind. conditions_met: the
    day of each, by `condition_name`.
    """

    agreement: str
    customer: str
    signed: tuple[SignedText, ...]
    conditions_met: Mapping[str, date] = field(
        default_factory=lambda: MappingProxyType({})
    )
    terminations: tuple[Termination, ...] = ()
    missing_parties: tuple[str, ...] = ()

    @property
    def binding(self) -> tuple[SignedText, ...]:
        """The texts that every party has signed."""
        return self.signed[:-1] if self.missing_parties else self.signed

    @property
    def whole_terminations(self) -> tuple[Termination, ...]:
        """The notices that end the whole agreement."""
        return tuple(one for one in self.terminations if one.service is None)
