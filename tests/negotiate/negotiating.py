"""A small agreement that goes out, and what a counterparty's file proposes about it."""

from collections.abc import Callable, Mapping
from functools import cache

from counterparty import Counterparty
from sample_documents import clause, numbered, words
from test_render_docx import standard

from slacontracts.model.anchors import Anchor, AnchorMap
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    Column,
    Item,
    NumberedDocument,
    Paragraph,
    Row,
    Table,
    Value,
    Words,
)
from slacontracts.model.proposal import Edit, Proposal
from slacontracts.negotiate.receive import Answer, read_answer
from slacontracts.render.anchors import anchor_map
from slacontracts.render.docx import render_docx
from slacontracts.word.gate import admit
from slacontracts.word.reading import text_of_docx
from slacontracts.word.revisions import accept

FEE = "/fees/monthly/amount"
NOTICE = "/term/notice"
_ROWS = (
    ("Availability", "99.9%", "/services/web/targets/availability/target"),
    ("Response", "99.5%", "/services/web/targets/response/target"),
    ("Repair", "98%", "/services/web/targets/repair/target"),
)


def agreement() -> NumberedDocument:
    """Return an agreement with values of many forms, a table and items."""
    table = Table(
        "targets",
        (Column("Service Level", 60), Column("Target", 40)),
        tuple(
            Row((((Words(name),),), ((Value(path, shown, "percent"),),)))
            for name, shown, path in _ROWS
        ),
    )
    return numbered(
        clause(
            "fees",
            "Fees",
            Item(
                (
                    Words("The Customer shall pay "),
                    Value(FEE, "EUR 4,500.00", "money"),
                    Words(" a month for the Services, in advance and without set-off."),
                )
            ),
            Item(words("Invoices fall due on the last day of the month.")),
            Item(words("Late sums bear interest at the statutory rate."), level=2),
        ),
        clause(
            "liability",
            "Liability",
            Item(words("Neither party is liable for loss of profit or of goodwill.")),
            Item(words("Nothing in this Agreement limits liability for fraud.")),
            Paragraph(words("This clause survives the end of the Agreement."), level=1),
        ),
        clause(
            "term",
            "Term",
            Item(
                (
                    Words("This Agreement runs for "),
                    Value("/term/initial", "36 months", "duration"),
                    Words(" from "),
                    Value("/term/start", "1 December 2026", "date"),
                    Words("."),
                )
            ),
            Item(
                (
                    Words("Either party may give "),
                    Value(NOTICE, "30 days", "days"),
                    Words(" notice to "),
                    Value("/contact/name", "Amal Haddad", "text"),
                    Words(" in writing."),
                )
            ),
        ),
        clause(
            "levels",
            "Service Levels",
            Paragraph(words("The Provider meets these levels.")),
            table,
            Paragraph(
                (
                    Words("A notice of "),
                    Value(NOTICE, "30 days", "days"),
                    Words(" applies to changes of these levels."),
                )
            ),
            part=Part.SCHEDULE,
        ),
    )


@cache
def sent() -> tuple[bytes, AnchorMap]:
    """Return the file that goes out, and its anchors."""
    made, style = agreement(), standard()
    anchors = anchor_map(made, style, version="1")
    data = render_docx(made, style, version="1", execution=False, anchored=True)
    return data, anchors


def answer_to(data: bytes, **options: object) -> Answer:
    """Return what a file proposes that came back."""
    before, anchors = sent()
    language: Language = "en"
    return read_answer(
        admit(before, "sent.docx"),
        admit(data, "returned.docx"),
        anchors,
        language=language,
        **options,  # type: ignore[arg-type]
    )


def after(*edits: Callable[[Counterparty], object], tracked: bool = True) -> Answer:
    """Return what a file proposes in which a counterparty made these edits."""
    return answer_to(edited(*edits, tracked=tracked))


def edited(*edits: Callable[[Counterparty], object], tracked: bool = True) -> bytes:
    """Return the file with these edits of a counterparty."""
    theirs = Counterparty(sent()[0], tracked=tracked)
    for edit in edits:
        edit(theirs)
    return theirs.data()


def only(answer: Answer) -> Proposal:
    """Return the one proposal of an answer."""
    (one,) = answer.proposals
    return one


def clauses_of(data: bytes) -> dict[str, list[str]]:
    """Return the text of each clause's blocks as it is in the file that went out."""
    out: dict[str, list[str]] = {}
    for text, anchor in zip(text_of_docx(data), sent()[1], strict=True):
        if anchor.clause and anchor.block >= 0 and anchor.cell < 0:
            out.setdefault(anchor.clause, []).append(text[anchor.offset :])
    return out


def body_after(data: bytes) -> list[str]:
    """Return the paragraphs of a file with all changes accepted, blank ones left out."""
    accepted = accept(admit(data, "returned.docx"))
    return [text.strip() for text in text_of_docx(accepted) if text.strip()]


def applied(answer: Answer) -> list[str]:
    """Return the paragraphs that accepting every edit and value gives."""
    edits = [edit for one in answer.proposals for edit in one.edits]
    values = {one.path: one.new for one in answer.proposals if one.path and one.value}
    anchors = sent()[1]
    out: list[str] = []
    for at, (text, anchor) in enumerate(
        zip(text_of_docx(sent()[0]), anchors, strict=True)
    ):
        mine = [edit for edit in edits if edit.clause == anchor.clause]
        following = anchors[at + 1] if at + 1 < len(anchors) else Anchor()
        if any(edit.what == "omit" for edit in mine):
            continue
        if not _is_deleted(anchor, mine):
            out.append(_changed(text, anchor, mine, values))
        if anchor.block < 0 and anchor.cell < 0:
            out += _inserted(mine, 0, first=True)
        elif (following.clause, following.block) != (anchor.clause, anchor.block):
            out += _inserted(mine, anchor.block, first=False)
        if following.clause != anchor.clause:
            out += _added(mine)
    return [text.strip() for text in out if text.strip()]


def _is_deleted(anchor: Anchor, edits: list[Edit]) -> bool:
    return anchor.block >= 0 and any(
        edit.what == "delete" and edit.block <= anchor.block <= (edit.last or 0)
        for edit in edits
    )


def _changed(
    text: str, anchor: Anchor, edits: list[Edit], values: Mapping[str, str]
) -> str:
    steps = [
        (edit.start + anchor.offset, edit.end + anchor.offset, edit.text)
        for edit in edits
        if edit.what == "words" and edit.block == anchor.block and anchor.cell < 0
    ]
    steps += [
        (span.start, span.end, values[span.path])
        for span in anchor.values
        if span.path in values
    ]
    for start, stop, new in sorted(steps, reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def _added(edits: list[Edit]) -> list[str]:
    clauses = [edit for edit in edits if edit.what == "add"]
    return [
        text
        for edit in clauses
        for text in (edit.title, *(one.text for one in edit.blocks))
    ]


def _inserted(edits: list[Edit], block: int, *, first: bool) -> list[str]:
    return [
        one.text
        for edit in edits
        if edit.what == "insert" and edit.first is first
        if first or edit.block == block
        for one in edit.blocks
    ]
