"""A text as signed and as amended in; who makes and signs the amendment out.

An amendment may change a party's name from a day to come. It is made by the parties
that the signed text names, so that the paper shows who was bound by it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from slacontracts.compare.blocks import is_omitted
from slacontracts.compare.said import printed
from slacontracts.model.agreement import Party
from slacontracts.model.clause import Part
from slacontracts.model.document import Item, NumberedDocument, SignatureBlock


@dataclass(frozen=True, slots=True)
class OtherName:
    """A party that an amendment names otherwise: its role, and both names."""

    role: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Signing:
    """Who makes an amendment of a signed text, and of what it becomes."""

    base: NumberedDocument
    conformed: NumberedDocument

    @property
    def parties(self) -> dict[str, Party]:
        """The parties of the signed text, then those that join, by role."""
        before, after = _parties(self.base), _parties(self.conformed)
        named = {role: one for role, one in before.items() if one.legal_name}
        return {**before, **after, **named}

    @property
    def other_names(self) -> tuple[OtherName, ...]:
        """The parties that have another name from the effective date on."""
        after = _parties(self.conformed)
        pairs = (
            (role, party.legal_name, after[role].legal_name)
            for role, party in _parties(self.base).items()
            if role in after
        )
        return tuple(
            OtherName(role, old, new)
            for role, old, new in pairs
            if old and new and old != new
        )

    @property
    def signatures(self) -> tuple[SignatureBlock, ...]:
        """The lines to sign, under the signed names; a party that leaves has them."""
        parties = self.parties
        blocks = self.conformed.document.signatures
        signing = {one.party for one in blocks}
        leaving = _parties(self.base).keys() - _parties(self.conformed).keys()
        last = (
            one
            for one in self.base.document.signatures
            if one.party in leaving - signing
        )
        return tuple(
            replace(one, number=at, legal_name=_name(parties, one))
            for at, one in enumerate((*blocks, *last), start=1)
        )

    def items(self) -> Iterator[tuple[Item, NumberedDocument]]:
        """Yield how the text states its parties, each item with the text it is of."""
        yield from ((one, self.base) for one in _items(self.base))
        before, after = _parties(self.base), _parties(self.conformed)
        names = [
            one.legal_name
            for role, one in after.items()
            if role not in before and one.legal_name
        ]
        for item in _items(self.conformed):
            text = printed(item.inlines, self.conformed)
            if any(name in text for name in names):
                yield item, self.conformed


def _parties(document: NumberedDocument) -> dict[str, Party]:
    return document.document.agreement.parties


def _name(parties: Mapping[str, Party], block: SignatureBlock) -> str:
    party = parties.get(block.party)
    return (party.legal_name if party else None) or block.legal_name


def _items(document: NumberedDocument) -> Iterator[Item]:
    for clause in document.document.part(Part.PARTIES):
        for block in clause.blocks:
            if isinstance(block, Item) and not is_omitted(block):
                yield block
