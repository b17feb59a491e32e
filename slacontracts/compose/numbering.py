"""A document in, the same document with the label of every clause and item out.

Clauses run 1 / 1.1 / (a) / (i); schedules run "Schedule 1" with paragraphs of
their own, 1 / 1.1 / (a); parties are (1), recitals (A).
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    Item,
    NumberedDocument,
)

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "clause": "clause ",
        "paragraph": "paragraph ",
        "of": " of ",
        "the": "the ",
        "recital": "Recital ",
        "schedule": "Schedule ",
    },
    "ar": {
        "clause": "البند ",
        "paragraph": "الفقرة ",
        "of": " من ",
        "the": "",
        "recital": "التمهيد ",
        "schedule": "الملحق ",
    },
}


def letters(number: int) -> str:
    """Return a, b, ... z, aa, bb, ... as Word's lowerLetter format counts."""
    repeat, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (repeat + 1)


def roman(number: int) -> str:
    """Return the number in lower-case Roman numerals."""
    out = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out.append(sign * count)
    return "".join(out)


def number(document: AgreementDocument) -> NumberedDocument:
    """Return the document with its labels; see `NumberedDocument` for their form."""
    labels: dict[str, str] = {}
    block_labels: dict[str, tuple[str, ...]] = {}
    counts = dict.fromkeys(Part, 0)
    for clause in document.clauses:
        counts[clause.part] += 1
        heading = _heading_label(clause.part, counts[clause.part], document.language)
        labels[clause.key] = heading
        block_labels[clause.key] = _label_items(clause, heading, labels)
    return NumberedDocument(
        document, labels, block_labels, _references(document, labels)
    )


def labelled(
    document: AgreementDocument,
    headings: Mapping[str, str],
    block_labels: Mapping[str, tuple[str, ...]],
) -> NumberedDocument:
    """Return the document under labels that are given, as an executed text has them.

    headings: the label of each clause, by key. block_labels: of every block, as
    printed beside it.
    """
    labels: dict[str, str] = {}
    for clause in document.clauses:
        labels[clause.key] = headings[clause.key]
        printed = block_labels[clause.key]
        for block, full in zip(
            clause.blocks, labels_in_full(clause.blocks, printed), strict=True
        ):
            if isinstance(block, Item) and block.anchor:
                labels[f"{clause.key}/{block.anchor}"] = full
    return NumberedDocument(
        document, labels, block_labels, _references(document, labels)
    )


def labels_in_full(blocks: Sequence[Block], printed: Sequence[str]) -> tuple[str, ...]:
    """Return the label of every block in full context: "4.2(b)", "" without one.

    printed: as beside the blocks. One in brackets stands behind that of its item.
    """
    above = ["", "", "", ""]
    out: list[str] = []
    for block, label in zip(blocks, printed, strict=True):
        if not isinstance(block, Item):
            out.append("")
            continue
        is_below = block.level > 1 and label.startswith("(")
        full = above[block.level - 1] + label if is_below else label
        above[block.level :] = [full] * (4 - block.level)
        out.append(full)
    return tuple(out)


def schedule_word(language: Language) -> str:
    """Return what stands before the number of a schedule."""
    return _WORDS[language]["schedule"]


def _references(
    document: AgreementDocument, labels: Mapping[str, str]
) -> dict[str, tuple[tuple[str, str], ...]]:
    clauses = {clause.key: clause for clause in document.clauses}
    words = _WORDS[document.language]
    return {target: _reference(target, clauses, labels, words) for target in labels}


def _heading_label(part: Part, count: int, language: Language) -> str:
    if part is Part.CLAUSE:
        return str(count)
    return f"{_WORDS[language]['schedule']}{count}" if part is Part.SCHEDULE else ""


def _label_items(
    clause: Clause, heading: str, labels: dict[str, str]
) -> tuple[str, ...]:
    """Label every block of a clause, and every anchor in full context."""
    counters = [0, 0, 0, 0]
    printed: list[str] = []
    for block in clause.blocks:
        if not isinstance(block, Item):
            printed.append("")
            continue
        counters[block.level] += 1
        counters[block.level + 1 :] = [0] * (3 - block.level)
        counts = tuple(counters[1 : block.level + 1])
        own, full = _item_labels(clause.part, heading, counts)
        printed.append(own)
        if block.anchor:
            labels[f"{clause.key}/{block.anchor}"] = full
    return tuple(printed)


@lru_cache(maxsize=8192)
def _item_labels(part: Part, heading: str, counts: tuple[int, ...]) -> tuple[str, str]:
    """Return an item's label as printed beside it, and in full: ("(b)", "4.2(b)")."""
    first, rest = counts[0], counts[1:]
    if part is Part.CLAUSE:
        top, below = f"{heading}.{first}", [f"({letters(n)})" for n in rest[:1]]
        below += [f"({roman(n)})" for n in rest[1:]]
    elif part in (Part.PARTIES, Part.BACKGROUND):
        top = f"({first})" if part is Part.PARTIES else f"({letters(first).upper()})"
        below = [f"({letters(n)})" for n in rest[:1]] + [
            f"({roman(n)})" for n in rest[1:]
        ]
    elif rest:  # paragraphs of a schedule or of the key terms: 1 / 1.1 / (a)
        top, below = f"{first}.{rest[0]}", [f"({letters(n)})" for n in rest[1:]]
    else:
        top, below = str(first), []
    return (below[-1] if below else top), "".join([top, *below])


def _reference(
    target: str,
    clauses: Mapping[str, Clause],
    labels: Mapping[str, str],
    words: Mapping[str, str],
) -> tuple[tuple[str, str], ...]:
    """Return how a reference reads, as (text, what the text points to or "")."""
    key, _, anchor = target.partition("/")
    part, label = clauses[key].part, labels[target]
    if part is Part.CLAUSE:
        return ((words["clause"], ""), (label, target))
    if part is Part.BACKGROUND and anchor:
        return ((words["recital"], ""), (label, target))
    if part is Part.SCHEDULE:
        whole: tuple[tuple[str, str], ...] = ((labels[key], key),)
    else:
        whole = ((words["the"], ""), (clauses[key].title, key))
    if not anchor:
        return whole
    return ((words["paragraph"], ""), (label, target), (words["of"], ""), *whole)
