"""An agreement's id in; what departs from what its library prefers out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from slacontracts.checks.facts import Facts, Surroundings
from slacontracts.errors import SourceError
from slacontracts.render.deviations_report import Report, report_on
from slacontracts.store.git import draft_number
from slacontracts.workflow.as_signed import working_as_signed
from slacontracts.workflow.draft import Draft, compose_draft
from slacontracts.workflow.negotiation import negotiation_of
from slacontracts.workflow.proofs import unproven_approvals
from slacontracts.workflow.shelf import Shelf

if TYPE_CHECKING:
    from slacontracts.workflow.desk import Desk

Format: TypeAlias = Literal["text", "html", "docx"]
EXTENSIONS: Final[dict[Format, str]] = {
    "text": ".txt",
    "html": ".html",
    "docx": ".docx",
}


def deviations_of(desk: Desk, agreement_id: str) -> Report:
    """Return what departs from what the library prefers, and who consented to it."""
    place = desk.workspace.agreement(agreement_id)
    shelf = Shelf(desk)
    draft = compose_draft(shelf, place)
    if draft.composed is None:
        raise SourceError(f"{place.id} cannot be composed", draft.findings)
    composed = working_as_signed(shelf, place, draft.composed)
    return report_on(
        facts_of(shelf, draft),
        composed.numbered,
        negotiation_of(desk, place).proposals,
        draft_number(desk.workspace, place).number,
    )


def facts_of(shelf: Shelf, draft: Draft) -> Facts:
    """Return what is known of a draft that could be composed."""
    assert draft.composed is not None
    assert draft.library is not None
    desk = shelf.desk
    return Facts(
        draft.composed.numbered,
        draft.library.library,
        draft.composed.composition.place,
        Surroundings(
            desk.settings,
            desk.setting_place,
            desk.today,
            unproven=unproven_approvals(
                desk, draft.place, draft.composed.composition.agreement.approvals
            ),
        ),
    )


def report_bytes(report: Report, kind: Format) -> bytes:
    """Return a report in one format."""
    if kind == "html":
        from slacontracts.render.deviations_html import deviations_html

        return deviations_html(report).encode()
    if kind == "docx":
        from slacontracts.render.deviations_docx import deviations_docx

        return deviations_docx(report)
    from slacontracts.render.deviations_text import deviations_text

    return deviations_text(report).encode()


def report_json(report: Report) -> str:
    """Return a report for programs."""
    from slacontracts.render.deviations_report import rows_of

    return json.dumps(rows_of(report), ensure_ascii=False, indent=2)
