"""What was negotiated for a clause, and what shall be, in; whether it may be so, out.

A clause of the agreement's own is one that the library does not have.
"""

from collections.abc import Mapping
from typing import Any

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.clause import Language
from slacontracts.model.library import Library
from slacontracts.workflow.listing import clause_of


def with_wording(
    present: Any, text: str, language: Language, title: str | None, after: str | None
) -> dict[str, Any]:
    """Return what stands under a clause when it has wording of the agreement's own.

    title, after: of a clause that the library does not have. What it has in another
    language stays, and so does its place unless another is given.
    """
    fields = dict(present) if isinstance(present, Mapping) else {}
    found: dict[str, Any] = {}
    if title is not None or "title" in fields:
        given = {} if title is None else {language: title}
        found["title"] = {**_texts(fields.get("title")), **given}
    if after is not None or "after" in fields:
        found["after"] = after or fields["after"]
    wording = {**_texts(fields.get("text")), language: text.strip("\n") + "\n"}
    return {**found, "text": wording}


def _texts(field: Any) -> dict[str, Any]:
    return dict(field) if isinstance(field, Mapping) else {}


def is_own(negotiated: Any) -> bool:
    """Tell whether it stands for a clause that the library does not have."""
    return isinstance(negotiated, Mapping) and bool({"title", "after"} & {*negotiated})


def require_known(library: Library, clause: str, present: Any, new: Any) -> None:
    """Refuse to negotiate a clause that neither the library nor the agreement has."""
    if is_own(present) and isinstance(new, Mapping) and "position" in new:
        raise SourceError(
            f'the library does not have the clause "{clause}", so it has no positions; '
            "change its wording with --text, or take it out with --omit"
        )
    if is_own(present) or is_own(new):
        return
    try:
        clause_of(library, clause)
    except NotFoundError as error:
        if not isinstance(new, Mapping) or "text" not in new:
            raise
        raise NotFoundError(
            f"{error}; to add a clause that the library does not have, say its "
            "--title and --after which clause it comes"
        ) from None
