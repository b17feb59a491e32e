"""A report on deviations in, a Word file with a table of them out."""

from slacontracts.render.deviations_report import (
    INTERNAL,
    Entry,
    Report,
    consent_said,
    ranges_of,
    summary_of,
)
from slacontracts.render.table_document import (
    Cell,
    Piece,
    TableDocument,
    plain,
    table_document,
)

_COLUMNS = (
    ("No.", 4),
    ("Where", 16),
    ("What departs", 20),
    ("The library", 24),
    ("Approval", 22),
    ("Reason", 14),
)


def deviations_docx(report: Report) -> bytes:
    """Return what departs from the library, as a table on landscape pages."""
    lines = (
        f"{report.subject}, draft {report.draft}: {report.title}",
        summary_of(report),
    )
    return table_document(
        TableDocument(
            report.subject,
            f"Deviations of {report.subject}",
            (*lines, INTERNAL) if report.entries else lines,
            _COLUMNS,
            tuple(_row(at, entry) for at, entry in enumerate(report.entries, 1)),
        )
    )


def _row(number: int, entry: Entry) -> tuple[Cell, ...]:
    beyond: Cell = ((("Beyond the walk-away line", "alert"),),)
    ranges: list[tuple[Piece, ...]] = []
    for name, words in ranges_of(entry):
        first, *others = words.split("\n")
        ranges.append(((f"{name}: ", "bold"), (first, "plain")))
        ranges += [((line, "plain"),) for line in others]
    return (
        plain(f"{number}"),
        (*plain(entry.place, "bold"), *plain(entry.path, "quiet")),
        (*plain(entry.what), *(beyond if entry.is_beyond else ())),
        tuple(ranges),
        tuple(
            ((consent_said(one), "plain" if one.state == "approved" else "bold"),)
            for one in entry.consents
        ),
        plain("\n".join(entry.reasons)),
    )
