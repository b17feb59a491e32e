"""Proposals that are to be talked over in; a list of the issues for the call out.

As a Word file, as text, and as rows for programs. It holds our advice, so it is for us
alone. In Arabic the Word file is mirrored, and its fixed words are Arabic.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.compare.plain_words import spaced
from slacontracts.model.clause import Language
from slacontracts.model.proposal import Disposition, Kind, Proposal
from slacontracts.render.columns import hang, underlined
from slacontracts.render.table_document import (
    Cell,
    Piece,
    TableDocument,
    plain,
    table_document,
)

_WIDTHS: Final = (4, 15, 25, 25, 13, 10, 8)
_HANG: Final = 11


@dataclass(frozen=True, slots=True)
class IssuesHead:
    """What stands above the list.

    subject: the id of the agreement. title: of the agreement. counterparty: whom the
    call is with. as_of: which turn the points are of, in words.
    """

    subject: str
    title: str
    counterparty: str = ""
    as_of: str = ""
    language: Language = "en"
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The fixed words of the list in one language."""

    heading: str
    counterparty: str
    internal: str
    nothing: str
    columns: tuple[str, ...]
    old: str
    new: str
    ours: str
    unchanged: str
    kinds: Mapping[Kind, str]
    states: Mapping[Disposition, str]


_WORDS: Final[dict[Language, _Words]] = {
    "en": _Words(
        "Issues list: {subject}",
        "With: {name}",
        "For us alone: it shows our position and how far we would go.",
        "No point is open.",
        (
            "No.",
            "Clause",
            "Their proposal",
            "Our position",
            "Comment",
            "Owner",
            "Status",
        ),
        "Old: ",
        "New: ",
        "We offer: ",
        ", unchanged",
        {
            "value": "value",
            "wording": "wording",
            "insertion": "insertion",
            "deletion": "deletion",
            "relocation": "moved",
            "formatting": "formatting",
            "comment": "comment",
            "untracked": "changed without tracking",
            "conflict": "conflict: came back different in several places",
            "unplaced": "not placed",
        },
        {
            "open": "open",
            "accepted": "accepted",
            "rejected": "rejected",
            "countered": "countered",
        },
    ),
    "ar": _Words(
        "قائمة النقاط المفتوحة: {subject}",
        "مع: {name}",
        "للاستخدام الداخلي فقط: تبين موقفنا وحدود ما نقبله.",
        "لا توجد نقاط مفتوحة.",
        (
            "م",
            "البند",
            "اقتراح الطرف الآخر",
            "موقفنا",
            "تعليق",
            "المسؤول",
            "الحالة",
        ),
        "القديم: ",
        "الجديد: ",
        "نعرض: ",
        "، دون تغيير",
        {
            "value": "قيمة",
            "wording": "صياغة",
            "insertion": "إضافة",
            "deletion": "حذف",
            "relocation": "نقل",
            "formatting": "تنسيق",
            "comment": "تعليق",
            "untracked": "تعديل دون تتبع",
            "conflict": "تعارض: عاد مختلفاً في عدة مواضع",
            "unplaced": "غير محدد الموضع",
        },
        {
            "open": "مفتوح",
            "accepted": "مقبول",
            "rejected": "مرفوض",
            "countered": "عرض مقابل",
        },
    ),
}


def issues_list_docx(
    head: IssuesHead,
    proposals: Sequence[Proposal],
    owners: Mapping[int, Sequence[str]] = {},
) -> bytes:
    """Return the list as a Word table on landscape pages.

    owners: by the number of a proposal, the roles that must approve it.
    """
    words = _WORDS[head.language]
    return table_document(
        TableDocument(
            head.subject,
            words.heading.format(subject=head.subject),
            tuple(_lines_above(head, proposals)),
            tuple(zip(words.columns, _WIDTHS, strict=True)),
            tuple(_row(one, owners.get(one.number, ()), words) for one in proposals),
            head.language,
            head.organisation,
        )
    )


def _lines_above(head: IssuesHead, proposals: Sequence[Proposal]) -> Iterator[str]:
    words = _WORDS[head.language]
    yield head.title
    with_whom = words.counterparty.format(name=head.counterparty)
    line = ". ".join(filter(None, (with_whom if head.counterparty else "", head.as_of)))
    if line:
        yield line
    yield words.internal if proposals else words.nothing


def _row(proposal: Proposal, owners: Sequence[str], words: _Words) -> tuple[Cell, ...]:
    asked = f"{proposal.author}: " if proposal.author else ""
    comment = f"{asked}{proposal.comment}" if proposal.comment else ""
    return (
        plain(f"{proposal.number}"),
        (*plain(proposal.place, "bold"), ((_kind(proposal, words), "quiet"),)),
        tuple(_asked(proposal, words)),
        tuple(_position(proposal, words)),
        plain(comment),
        plain(", ".join(map(spaced, owners))),
        plain(words.states[proposal.disposition]),
    )


def _kind(proposal: Proposal, words: _Words) -> str:
    kinds = dict.fromkeys((proposal.kind, proposal.change))
    return ", ".join(words.kinds[one] for one in kinds)


def _asked(proposal: Proposal, words: _Words) -> Iterator[tuple[Piece, ...]]:
    """Yield the lines of what they ask for: what stood there, and what would stand."""
    for one in sorted(proposal.occurrences, key=lambda it: it.is_unchanged):
        came = words.unchanged if one.is_unchanged else f" → {one.new}"
        yield ((f"{one.place}: {one.old}{came}", "plain"),)
    if proposal.occurrences:
        return
    if proposal.old:
        yield (words.old, "bold"), (_on_lines(proposal.old), "went")
    if proposal.new:
        yield (words.new, "bold"), (_on_lines(proposal.new), "plain")


def _position(proposal: Proposal, words: _Words) -> Iterator[tuple[Piece, ...]]:
    """Yield the lines of what we think of it: our counter, and the advice."""
    last = proposal.decisions[-1] if proposal.decisions else None
    if last is not None and last.verdict == "counter":
        offer = last.text or last.value or last.position or ""
        yield (words.ours, "bold"), (_on_lines(offer), "plain")
    if last is not None and last.reason:
        yield ((_on_lines(last.reason), "plain"),)
    for line in proposal.advice:
        yield ((line, "plain"),)


def _on_lines(text: str) -> str:
    return text.strip("\n")


def issues_list_text(
    head: IssuesHead,
    proposals: Sequence[Proposal],
    owners: Mapping[int, Sequence[str]] = {},
) -> str:
    """Return the list as plain text, 78 columns wide."""
    return "\n".join(line.rstrip() for line in _text(head, proposals, owners)) + "\n"


def _text(
    head: IssuesHead,
    proposals: Sequence[Proposal],
    owners: Mapping[int, Sequence[str]],
) -> Iterator[str]:
    words = _WORDS["en"]
    yield from underlined(f"Issues list: {head.title}", "=")
    yield ""
    yield f"Reference: {head.subject}"
    if head.counterparty:
        yield from hang(head.counterparty, _HANG, "With:")
    if head.as_of:
        yield from hang(head.as_of, _HANG, "As of:")
    yield ""
    yield from hang(words.internal if proposals else words.nothing, 0)
    for one in proposals:
        yield ""
        status = words.states[one.disposition]
        place = f"{one.place or 'no place'} ({_kind(one, words)}, {status})"
        yield from hang(f"{one.number}. {place}", 0)
        for pieces in _asked(one, words):
            yield from hang("".join(text for text, _ in pieces), 4)
        for pieces in _position(one, words):
            yield from hang("".join(text for text, _ in pieces), 6, "    -")
        if one.comment:
            yield from hang(f"{one.author or 'Comment'}: “{one.comment}”", 4)
        if owners.get(one.number):
            named = ", ".join(map(spaced, owners[one.number]))
            yield from hang(f"Owner: {named}", 4)


def issues_list_rows(
    proposals: Sequence[Proposal], owners: Mapping[int, Sequence[str]] = {}
) -> list[dict[str, Any]]:
    """Return the list for programs."""
    return [
        {
            "number": one.number,
            "place": one.place,
            "clause": one.clause,
            "path": one.path,
            "kind": one.kind,
            "change": one.change,
            "old": one.old,
            "new": one.new,
            "advice": list(one.advice),
            "comment": one.comment,
            "author": one.author,
            "owners": list(owners.get(one.number, ())),
            "status": one.disposition,
        }
        for one in proposals
    ]
