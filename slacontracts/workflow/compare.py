"""Two versions that somebody names in; what differs between them, in a file, out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from slacontracts.compare.documents import compare
from slacontracts.errors import SourceError
from slacontracts.render.comparison_report import Report, Version
from slacontracts.workflow.as_signed import signings_of
from slacontracts.workflow.hand_over import Format as Rendering
from slacontracts.workflow.hand_over import hand_over
from slacontracts.workflow.reference import WORKING, Reference, read_reference
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.versions import Stated, composed_at, usual_base

if TYPE_CHECKING:
    from datetime import date

    from slacontracts.checks.facts import Facts
    from slacontracts.workflow.desk import Desk

Format: TypeAlias = Literal["text", "html", "json", "docx"]
EXTENSIONS: Final[dict[Format, str]] = {
    "text": ".txt",
    "html": ".html",
    "json": ".json",
    "docx": ".docx",
}
_MOST_OF_A_COMPARISON: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions, and all that a reader is told about how they differ."""

    old: Stated
    new: Stated
    report: Report

    @property
    def usual_name(self) -> str:
        """What a file with the changes is called, without its ending."""
        return f"{self.report.subject}-changes"

    @property
    def note(self) -> str:
        """What a reader must know first: that two agreements are compared; else ""."""
        if self.old.place.id == self.new.place.id:
            return ""
        return (
            f"{self.old.place.id} and {self.new.place.id} are two different "
            "agreements; what differs is not a change that somebody made to one of "
            "them"
        )


def compare_versions(desk: Desk, old: str, new: str | None = None) -> Compared:
    """Compare two versions of an agreement, or of two agreements.

    old, new: as a person types them. Without new, the text as it stands is compared
    with the version that is named, or where an agreement alone is named, with the
    last that was signed, else saved. Raises SourceError for a Word file.
    """
    first = _reference(old)
    if new is not None:
        second = _reference(new)
    else:
        second = Reference(first.agreement_id)
        if first.version == WORKING:
            first = usual_base(desk, first.agreement_id)
    shelf = Shelf(desk)
    before, after = composed_at(shelf, first), composed_at(shelf, second)
    return Compared(before, after, _report(desk, before, after))


def _reference(text: str) -> Reference:
    found = read_reference(text)
    if isinstance(found, Path):
        raise SourceError(
            f"{found} is a file, and compare takes versions of agreements such as "
            "SLA-2026-0001@draft:1; compare Word files with: slacontracts redline OLD "
            "NEW -o OUT"
        )
    return found


def _report(desk: Desk, old: Stated, new: Stated) -> Report:
    from slacontracts.compare.data import compare_data
    from slacontracts.compare.impact import impact

    before, after = old.document.document, new.document.document
    rules = new.library.library.values
    return Report(
        subject=new.place.id,
        title=after.title,
        old=Version(old.name, before.language),
        new=Version(new.name, after.language),
        comparison=compare(old.document, new.document),
        values=compare_data(before.agreement, after.agreement, rules),
        impacts=impact(_facts(desk, old), _facts(desk, new), _recorded(desk, new)),
    )


def _recorded(desk: Desk, stated: Stated) -> dict[int, date]:
    """Return when each text that was signed takes effect, as far as that is known."""
    found = ((one.number, one.effective_on) for one in signings_of(desk, stated.place))
    return {number: day for number, day in found if day is not None}


def _facts(desk: Desk, stated: Stated) -> Facts:
    from slacontracts.checks.facts import Facts, Surroundings

    surroundings = Surroundings(desk.settings, desk.setting_place, desk.today)
    place = stated.composed.composition.place
    return Facts(stated.document, stated.library.library, place, surroundings)


def comparison_bytes(
    compared: Compared, kind: Format, *, author: str, date: str
) -> bytes:
    """Return what differs in one format; author, date: of tracked changes."""
    if kind == "docx":
        from slacontracts.workflow.redline import redline_files

        made = redline_files(compared.old, compared.new, author=author, date=date)
        return made.data
    return comparison_words(compared, kind).encode()


def comparison_words(compared: Compared, kind: Literal["text", "html", "json"]) -> str:
    """Return what differs as a page, plain text or fields for programs."""
    if kind == "html":
        from slacontracts.render.comparison_html import comparison_html

        return comparison_html(compared.report)
    if kind == "json":
        from slacontracts.render.comparison_json import comparison_object

        found = comparison_object(compared.report)
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    from slacontracts.render.comparison_text import comparison_text

    return comparison_text(compared.report)


def hand_over_comparison(
    path: Path, data: bytes, kind: Format, agreement_id: str, *, force: bool = False
) -> bool:
    """Write a comparison; tell whether a file was replaced.

    Raises SourceError when something else stands there, unless force says to
    replace any file.
    """
    rendering: Rendering = "text" if kind == "json" else kind
    is_own = kind == "json" and _is_comparison_of(path, agreement_id)
    return hand_over(path, data, rendering, agreement_id, force=force or is_own)


def _is_comparison_of(path: Path, agreement_id: str) -> bool:
    """Tell whether a file has the fields of a comparison of an agreement."""
    try:
        if path.stat().st_size > _MOST_OF_A_COMPARISON:
            return False
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return (
        isinstance(found, dict)
        and found.get("agreement") == agreement_id
        and {"old", "new", "clauses"} <= set(found)
    )
