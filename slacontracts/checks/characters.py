"""The check of letters: words that look like others because they mix two alphabets."""

from collections.abc import Iterator

from slacontracts.checks.facts import Facts
from slacontracts.checks.fault import Check, Fault
from slacontracts.model.document import NumberedDocument
from slacontracts.model.finding import Finding, Severity
from slacontracts.text import mixed_scripts

MIXED = Fault(
    "mixed-scripts",
    Severity.WARNING,
    summary="A word mixes Latin with Cyrillic or Greek letters that look the same: it "
    "reads like another word, and no search finds it.",
    example='legal_name: "Nоrthwind Ltd" with a Cyrillic о.',
    remedy="Type the word again on one keyboard layout.",
)


def mixed_alphabets(_: NumberedDocument, facts: Facts) -> Iterator[Finding]:
    """Find words of values and wording that mix alphabets."""
    for path, text in _printed(facts):
        if not text.isascii():
            for word in mixed_scripts(text):
                yield MIXED.at(facts.place(path), _message(word))
    for passage in facts.passages:
        if not passage.text.isascii():
            for word in mixed_scripts(passage.text):
                yield MIXED.at(facts.find(passage.clause, word), _message(word))


def _printed(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the address and text of every value in the document and of who signs."""
    for use in facts.values:
        yield use.value.path, use.value.text
    for signature in facts.document.signatures:
        for name in ("name", "title"):
            path = f"/signatories/{signature.number - 1}/{name}"
            yield path, getattr(signature, name)


def _message(word: str) -> str:
    foreign = ", ".join(
        f"{char} (letter {at} of {len(word)})"
        for at, char in enumerate(word, 1)
        if "\u0370" <= char <= "\u052f"
    )
    return f'"{word}" mixes alphabets: {foreign} is not a Latin letter; type it again'


CHECKS = (Check(mixed_alphabets, (MIXED,)),)
