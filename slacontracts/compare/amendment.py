"""A signed text and operations on it in; the amendment that people sign out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from slacontracts import formats
from slacontracts.compare.amendment_parties import Signing
from slacontracts.compare.amendment_wording import words
from slacontracts.compare.instructions import Instructions
from slacontracts.compare.operations import is_said
from slacontracts.compare.quoting import Quoting
from slacontracts.compose.executed_labels import OMITTED
from slacontracts.compose.tables.labels import label as role_name
from slacontracts.model.agreement import NOT_CONTRACTS, Effective
from slacontracts.model.clause import Part
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    ClauseOrigin,
    Inline,
    Item,
    NumberedDocument,
    Paragraph,
    Reference,
    Term,
    Words,
)
from slacontracts.model.finding import Origin
from slacontracts.model.operation import Operation

OPERATIONS_KEY: Final = "amendment-operations"
_OPERATIONS: Final = Reference(OPERATIONS_KEY)


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """What an amendment says of itself and of what came before.

    agreement_date: when the agreement was signed. earlier: number and date of the
    signed amendments before this one. conditions: on which it takes effect. reason:
    why, as the other party may read it, or "".
    """

    number: int
    effective: date | Literal["last-signature", "conditions-met"]
    agreement_date: date | None = None
    earlier: tuple[tuple[int, date], ...] = ()
    conditions: tuple[str, ...] = ()
    reason: str = ""
    digits: str = "latin"


def amendment(
    base: NumberedDocument,
    conformed: NumberedDocument,
    operations: Sequence[Operation],
    facts: AmendmentFacts,
) -> AgreementDocument:
    """Return the amendment as a document of its own, to be numbered and rendered.

    base: the signed text with the amendments before this one; its parties make the
    amendment. conformed: what it becomes; its references are those of the amendment.
    """
    writer = _Writer(base, conformed, facts)
    inner = conformed.document
    title = writer.words["title"].format(number=facts.number, title=base.document.title)
    agreement = inner.agreement.model_copy(
        update={
            "effective": Effective(on=facts.effective),
            "title": title,
            "parties": writer.signing.parties,
        }
    )
    return replace(
        inner,
        agreement=agreement,
        title=title,
        clauses=tuple(writer.clauses(operations)),
        signatures=writer.signing.signatures,
        amendment=facts.number,
    )


class _Writer:
    """Writes the clauses of one amendment."""

    def __init__(
        self, base: NumberedDocument, conformed: NumberedDocument, facts: AmendmentFacts
    ) -> None:
        self.base, self.conformed, self.facts = base, conformed, facts
        self.signing = Signing(base, conformed)
        self.language = base.document.language
        self.words = words(self.language)
        self.instructions = Instructions(base)
        self.quoting = Quoting(conformed, self.words["open"], self.words["close"])

    def clauses(self, operations: Sequence[Operation]) -> Iterator[Clause]:
        """Yield the amendment from its parties to its counterparts."""
        yield self.clause("parties", self.parties(), Part.PARTIES)
        yield self.clause("background", self.background(), Part.BACKGROUND)
        yield self.clause("meaning", self.meaning())
        yield self.clause("effective", self.effective())
        yield self.clause("operations", self.operations(operations))
        yield self.clause("rest", self.rest())
        if self.conformed.document.agreement.kind not in NOT_CONTRACTS:
            yield self.clause("law", self.paragraph("law-text"))
            yield self.clause("counterparts", self.paragraph("counterparts-text"))

    def clause(
        self, name: str, blocks: Iterable[Block], part: Part = Part.CLAUSE
    ) -> Clause:
        origin = ClauseOrigin("agreement", "", "preferred", Origin(""))
        return Clause(
            f"amendment-{name}", self.words[name], part, tuple(blocks), origin
        )

    def texts(self, *names: str) -> Iterator[Block]:
        for name in names:
            yield _item(Words(self.words[name]))

    def paragraph(self, name: str) -> Iterator[Block]:
        yield Paragraph((Words(self.words[name]),))

    def day(self, day: date) -> str:
        return formats.write("date", day, self.language, self.facts.digits)

    def parties(self) -> Iterator[Block]:
        """Yield the parties as the agreement names them."""
        yield from self.paragraph("parties-lead")
        found = [
            block
            for item, text in self.signing.items()
            for block in self.quoting.of(text).plain((item,))
        ]
        yield from found or self.parties_of_data()

    def parties_of_data(self) -> Iterator[Block]:
        for role, party in self.signing.parties.items():
            name = Words(party.legal_name or "[●]", bold=True)
            yield _item(name, Words(f" ({role_name(role, self.language)})"))

    def background(self) -> Iterator[Block]:
        facts, inner = self.facts, self.base.document
        name = "base-dated" if facts.agreement_date else "base"
        made = self.words[name].format(
            title=inner.title,
            id=inner.agreement.id,
            date=self.day(facts.agreement_date) if facts.agreement_date else "",
        )
        the = f"{made} ({self.words['this-agreement']}"
        yield _item(Words(the), Term(self.words["agreement"]), Words(")."))
        if facts.earlier:
            earlier = (
                self.words["earlier"].format(number=number, date=self.day(signed))
                for number, signed in facts.earlier
            )
            amended = self.words["amended-by"].format(list="; ".join(earlier))
            yield _item(Words(amended))
        else:
            yield from self.texts("not-amended")
        for one in self.signing.other_names:
            said = self.words["other-name"]
            role = role_name(one.role, self.language)
            yield _item(Words(said.format(role=role, old=one.old, new=one.new)))
        if facts.reason:
            reason = facts.reason.rstrip(". ")
            yield _item(Words(self.words["reason"].format(reason=reason)))
        yield _item(
            Words(self.words["now"]),
            Term(self.words["this-amendment"]),
            Words(self.words["now-ends"]),
        )

    def meaning(self) -> Iterator[Block]:
        numbers = self.words["numbers"].format(omitted=OMITTED[self.language])
        yield from self.texts("terms")
        yield _item(Words(numbers))
        yield from self.texts("quoted")

    def effective(self) -> Iterator[Block]:
        facts = self.facts
        if facts.effective == "last-signature":
            yield from self.paragraph("last-signature")
        elif facts.effective != "conditions-met":
            day = self.day(facts.effective)
            yield Paragraph((Words(self.words["on"].format(date=day)),))
        elif facts.conditions:
            yield from self.texts("conditions-are")
            for condition in facts.conditions:
                yield Item((Words(condition),), 2)
        else:
            yield from self.paragraph("conditions-met")

    def operations(self, operations: Sequence[Operation]) -> Iterator[Block]:
        """Yield the operations one by one, each followed by its new wording."""
        yield from self.paragraph("operations-lead")
        for operation in operations:
            if is_said(operation):
                yield _item(Words(self.instructions.sentence(operation)))
                yield from self.quoting.wording_of(operation)

    def rest(self) -> Iterator[Block]:
        said = self.words
        yield from self.texts("confirmed")
        yield _item(Words(said["accrued"]), _OPERATIONS, Words(said["accrued-ends"]))
        yield from self.texts("precedence")
        yield _item(Words(said["named"]), _OPERATIONS, Words(said["named-ends"]))


def _item(*inlines: Inline) -> Item:
    return Item(inlines)
