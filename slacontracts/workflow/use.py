"""An agreement's id and a clause in; the wording it is to have, in its source, out."""

from typing import Any

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.clause import Language
from slacontracts.source.write import remove_value, set_override
from slacontracts.text import is_blank, nearest
from slacontracts.workflow.as_signed import require_open
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, compose_draft
from slacontracts.workflow.edit import Edited, readable, text_of, write_if_sound
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.own_clause import is_own, require_known, with_wording
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.wording import require_readable


def use_position(desk: Desk, agreement_id: str, clause: str, position: str) -> Edited:
    """Use another position of a clause's wording in one agreement."""
    return _override(desk, agreement_id, clause, lambda _: {"position": position})


def omit_clause(desk: Desk, agreement_id: str, clause: str) -> Edited:
    """Leave a clause out of one agreement."""
    return _override(desk, agreement_id, clause, lambda _: "omit")


def use_text(
    desk: Desk,
    agreement_id: str,
    clause: str,
    text: str,
    language: Language,
    *,
    title: str | None = None,
    after: str | None = None,
) -> Edited:
    """Use negotiated wording for a clause, in one language.

    title, after: of a clause that the library does not have, and which it follows.
    """
    if is_blank(text):
        raise SourceError("the wording is empty; to leave the clause out, say --omit")

    def override(present: Any) -> dict[str, Any]:
        return with_wording(present, text, language, title, after)

    shelf = Shelf(desk)
    draft = compose_draft(shelf, desk.workspace.agreement(agreement_id))
    if draft.library is not None:
        require_readable(text, draft.library.library)
    return _override(desk, agreement_id, clause, override)


def use_template(desk: Desk, agreement_id: str, clause: str) -> Edited:
    """Go back to the template's wording of a clause."""
    return _override(desk, agreement_id, clause, lambda _: None)


@one_at_a_time("use")
def _override(desk: Desk, agreement_id: str, clause: str, override: Any) -> Edited:
    shelf = Shelf(desk)
    place = desk.workspace.agreement(agreement_id)
    draft = readable(compose_draft(shelf, place))
    if draft.library is None or draft.source is None:
        raise SourceError(f"{agreement_id} cannot be edited yet", draft.findings)
    require_open(desk, place, draft.source.data)
    negotiated = draft.source.data.get("clauses") or {}
    present = negotiated.get(clause)
    new = override(present)
    require_known(draft.library.library, clause, present, new)
    if new == "omit" and is_own(present):
        new = None  # nothing else has it
    if new in (None, "omit"):  # a position or wording may bring a clause in
        _require_in_outline(draft, clause, negotiated)
    text = text_of(desk, place)
    if new is not None:
        text = set_override(text, clause, new)
    elif clause in negotiated:
        text, _ = remove_value(text, f"/clauses/{clause}")
    return write_if_sound(shelf, draft, text)


def _require_in_outline(draft: Draft, clause: str, negotiated: Any) -> None:
    if draft.composed is None or clause in negotiated:
        return
    keys = [entry.key for entry in draft.composed.composition.outline]
    if clause not in keys:
        hint = nearest(clause, keys)
        raise NotFoundError(
            f'{draft.place.id} has no clause "{clause}"; '
            + (f'did you mean "{hint}"? ' if hint else "")
            + f"see slacontracts outline {draft.place.id}"
        )
