"""An agreement that was sent, edits of its words as a reader sees them, and verdicts."""

from typing import Any

from drafting import SETTINGS, clause_files, compose, library_of, template_file

from slacontracts.compose.wordings import Wordings
from slacontracts.model.document import Block, Table
from slacontracts.model.proposal import Decision, Edit, NewBlock, Proposal
from slacontracts.negotiate.sent import Sent
from slacontracts.render.docx_text import TextReader

META = """\
values:
  /fees/days: {type: integer}
  /fees/name: {type: text}
positions:
  - {key: preferred}
  - {key: fallback-1, when: they insist, approval: [legal]}
"""
FEES = """\
1. The Customer pays the **"Fees"** within {{ fees.days | days }} of an invoice. [#pay]
{% if fees.name %}
1. They are called {{ fees.name }}, as {{ ref("term") }} says.
{% endif %}
1. Late Fees bear *interest*.
"""
LIBRARY = {
    **clause_files("term", "1. The term.\n"),
    **clause_files("fees", FEES, meta=META),
    "clauses/fees/fallback-1.en.md": b"1. The Customer pays when it can.\n".decode(),
    **clause_files("notices", "Notices are in writing.\n\n1. By post.\n1. By hand.\n"),
    **template_file("corporate/standard", "kind: customer\noutline: [term, fees, notices]\n"),
}  # fmt: skip
AGREEMENT = 'fees: {days: "20", name: Rent & co}\n'


def sent(agreement: str = AGREEMENT) -> Sent:
    """Return the agreement of the tiny library as it was sent."""
    library, _ = library_of(LIBRARY)
    composed, findings = compose(LIBRARY, agreement)
    assert composed is not None, findings
    reader = TextReader(composed.numbered)
    return Sent(Wordings(composed, library, SETTINGS), reader.pieces)


def read(sent: Sent, blocks: tuple[Block, ...]) -> list[str]:
    """Return what each block shows."""
    return [
        block.name if isinstance(block, Table) else "".join(sent.pieces(block.inlines))
        for block in blocks
    ]


def words(sent: Sent, clause: str, block: int, old: str, new: str) -> Edit:
    """Return the edit that puts new words in the place of old ones."""
    text = read(sent, sent.clauses[clause].blocks)[block]
    start = text.index(old)
    return Edit(
        what="words",
        clause=clause,
        block=block,
        start=start,
        end=start + len(old),
        text=new,
    )


def inserted(clause: str, block: int, *texts: str, level: int = 1) -> Edit:
    """Return the edit that puts items after a block."""
    new = tuple(NewBlock(text=text, level=level, is_item=level > 0) for text in texts)
    return Edit(what="insert", clause=clause, block=block, blocks=new)


def decided(
    number: int, *edits: Edit, verdict: Any = "accept", **more: Any
) -> Proposal:
    """Return a proposal that makes these edits, and what was decided about it."""
    of_decision: dict[str, Any] = {
        name: more.pop(name) for name in ("text", "position", "by_hand") if name in more
    }
    if "counter" in more:
        of_decision["value"] = more.pop("counter")
    decision = Decision(verdict=verdict, by="N", on="2026-11-23", **of_decision)
    earlier = more.pop("earlier", ())
    clause = edits[0].clause if edits else None
    return Proposal(
        number=number,
        kind=more.pop("kind", "wording"),
        change="wording",
        clause=more.pop("clause", clause),
        edits=edits,
        decisions=(*earlier, decision),
        **more,
    )
