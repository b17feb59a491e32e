"""A report on deviations in, plain text of it out, 78 columns wide."""

from collections.abc import Iterator

from slacontracts.render.columns import hang, underlined
from slacontracts.render.deviations_report import (
    INTERNAL,
    Entry,
    Report,
    consent_said,
    ranges_of,
    summary_of,
)

_HANG = 14


def deviations_text(report: Report) -> str:
    """Return what departs from the library, as plain text."""
    return "\n".join(line.rstrip() for line in _lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from underlined(f"Deviations: {report.title}", "=")
    yield ""
    yield f"Reference: {report.subject}"
    yield f"Draft:     {report.draft}"
    yield ""
    yield from hang(summary_of(report), 0)
    if report.entries:
        yield from hang(INTERNAL, 0)
    for number, entry in enumerate(report.entries, 1):
        yield from ("", "")
        yield from underlined(f"{number}. {entry.place}", "-")
        yield from _entry(entry)


def _entry(entry: Entry) -> Iterator[str]:
    yield from hang(f"{entry.what} ({entry.item})", 0)
    if entry.is_beyond:
        yield "BEYOND THE WALK-AWAY LINE"
    for name, words in ranges_of(entry):
        yield from hang(words, _HANG, f"  {name}:")
    for consent in entry.consents:
        yield from hang(consent_said(consent), 2)
    for reason in entry.reasons:
        yield from hang(reason, _HANG, "  Reason:")
