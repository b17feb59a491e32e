"""An agreement's id and changes in; its edited source on disk, or a refusal, out.

Nothing is written unless the agreement can bear the change: whatever new fault it
would bring is named instead.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from slacontracts.compose.levels import TAKEN_WHOLE, template_defaults
from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.clause import Language
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.library import Library
from slacontracts.model.paths import join_path, look_up, split_path
from slacontracts.source.addresses import address_fault, is_list_at, rule_at
from slacontracts.source.write import (
    NEW_ITEM,
    Raw,
    remove_value,
    set_override,
    set_value,
)
from slacontracts.source.yaml_emit import emit_flow
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import is_blank, nearest
from slacontracts.workflow.answers import (
    all_meant,
    group_meant,
    unclear,
)
from slacontracts.workflow.as_signed import require_as_signed, require_open
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, compose_draft, read_draft
from slacontracts.workflow.internal_fault import INTERNAL_FAULT
from slacontracts.workflow.listing import clause_of
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.turns import in_turn
from slacontracts.workflow.wording import require_readable

MOST_LINES: Final = 5  # of findings, where the rest is counted
WHOLE_SERVICE: Final = (
    "slacontracts set --help shows a whole new service, which can be copied"
)
_NEW_SERVICE: Final = f"/services/{NEW_ITEM}"
_KEEPS: Final = frozenset({"/template", "/kind"})


@dataclass(frozen=True, slots=True)
class Edited:
    """The findings that an agreement has now, and the errors that the change brought.

    A change that cannot be composed is refused; what a check finds in the composed
    agreement is for a person to weigh, so it is told. removed: what was taken out,
    by address, in one line.
    """

    findings: tuple[Finding, ...]
    new_errors: tuple[Finding, ...]
    removed: tuple[tuple[str, str], ...] = ()


@in_turn("set")
def set_values(
    desk: Desk, agreement_id: str, changes: Sequence[tuple[str, str]]
) -> Edited:
    """Set values of an agreement by address; an empty text takes the value out.

    A list or a group of values may be given whole, in the one-line form of YAML.
    Raises SourceError, and writes nothing, when an address is unknown or a value is
    wrong.
    """
    shelf = Shelf(desk)
    place = desk.workspace.agreement(agreement_id)
    draft = _readable(compose_draft(shelf, place))
    if draft.library is None or draft.source is None:
        raise SourceError(f"{agreement_id} cannot be edited yet", draft.findings)
    require_open(desk, place, draft.source.data)
    library = draft.library.library
    text = _text(desk, place)
    removed: list[tuple[str, str]] = []
    for path, value in changes:
        _require_address(path, library)
        if not is_blank(value):
            for at, meant in _meant(path, value, library).items():
                text = with_value(text, at, meant, library)
        else:
            text, was = _without_value(text, path, library)
            removed.append((path, was))
    if any(path == "/amendment" for path, _ in removed):
        require_as_signed(desk, place, _data(text))
    if any(path in _KEEPS for path, _ in changes):
        _require_same_agreement(shelf, draft, text)
    try:
        edited = write_if_sound(shelf, draft, text)
    except SourceError as error:
        if not any(path.startswith(_NEW_SERVICE) for path, _ in changes):
            raise
        raise SourceError(f"{error}\n  {WHOLE_SERVICE}", error.findings) from error
    return replace(edited, removed=tuple(removed))


def _meant(path: str, value: str, library: Library) -> dict[str, Raw]:
    """Return what a text that a person typed sets, by address."""
    rules = library.values
    rule = rule_at(path, rules)
    if (rule is None or rule.type == "money") and value.lstrip()[:1] in ("{", "["):
        source, findings = read_yaml(f"value: {value}\n", path)
        if source is None:
            reason = findings[0].message if findings else "write it like {name: value}"
            raise SourceError(f"{path}: {reason}; nothing was written")
        return {path: group_meant(path, source.data["value"], rules)}
    meant = all_meant(path, value, rules)
    fault = unclear(path, value, rules) if path in meant else None
    if fault is not None:
        raise SourceError(f"{path}: {fault}; nothing was written")
    return {**meant}


def _without_value(text: str, path: str, library: Library) -> tuple[str, str]:
    """Return the source without a value, and that value in one line."""
    if path == "/library":
        raise SourceError(
            "an agreement keeps the version of the library that it was drafted from; "
            "slacontracts library take moves it to another. Nothing was written"
        )
    text = _with_list(text, path, library)
    try:
        text, was = remove_value(text, path)
    except NotFoundError as error:
        raise SourceError(
            f"{path} cannot be taken out: {error}, or only the template gives it; "
            "nothing was written"
        ) from None
    is_line = isinstance(was, str) and "\n" not in was
    return text, str(was) if is_line else emit_flow(was)


def _require_same_agreement(shelf: Shelf, before: Draft, text: str) -> None:
    """Refuse another template or kind, unless everything still fits."""
    after = read_draft(shelf, before.place, text.encode())
    new = new_errors(read_draft(shelf, before.place), after)
    if new:
        raise SourceError(
            "\n  ".join(
                [
                    "an agreement keeps its template and kind; draft a new one with "
                    "slacontracts new TEMPLATE. Nothing was written, because:",
                    *reasons(new),
                ]
            )
        )


def _require_address(path: str, library: Library) -> None:
    if path == "/id":
        raise SourceError("the id of an agreement stays as it is; nothing was written")
    fault = address_fault(path, library.values)
    if fault is not None:
        raise SourceError(f"{fault}; nothing was written")


def with_value(text: str, path: str, value: Raw, library: Library) -> str:
    """Return the source with one value set.

    A list is merged as a whole, so an address inside a list that only a template
    gives takes a copy of that list into the agreement first.
    """
    text = _with_list(text, path, library)
    _require_list(text, path, library)
    return set_value(text, path, value)


def _with_list(text: str, path: str, library: Library) -> str:
    data = _data(text)
    template = data.get("template")
    if isinstance(template, str):
        defaults = template_defaults(template, library)
        copied = list_to_copy(data, defaults, path)
        if copied is not None:
            text = set_value(text, *copied)
    return text


def _require_list(text: str, path: str, library: Library) -> None:
    """Refuse an item by its key where there is no list that could have it."""
    data, steps = _data(text), split_path(path)
    for at, step in enumerate(steps[1:], 1):
        above = join_path(steps[:at])
        is_first = step in ("0", NEW_ITEM) or not is_list_at(above, library.values)
        if is_first or _stands(data, above):
            continue
        item = {"key": step, **dict.fromkeys(steps[at + 1 : at + 2], "...")}
        raise SourceError(
            f'there is no item "{step}" in {above}, which is empty; add one with '
            f'"{above}/{NEW_ITEM}={emit_flow(item)}"'
        )


def _stands(data: Mapping[str, Any], path: str) -> bool:
    try:
        return bool(look_up(data, path))
    except KeyError:
        return False


def _data(text: str) -> dict[str, Any]:
    source, findings = read_yaml(text, "agreement.yaml")
    if source is None:
        raise SourceError("the agreement cannot be read", findings)
    data: dict[str, Any] = source.data
    return data


def list_to_copy(
    data: Mapping[str, Any], defaults: Mapping[str, Any], path: str
) -> tuple[str, Any] | None:
    """Return the template's list that an address leads into, with its own address.

    A week of service hours counts as a list here: both are taken whole. None when
    the address leads into neither, or the agreement has its own.
    """
    own: Any = data
    given: Any = defaults
    steps = split_path(path)
    for at, step in enumerate(steps[:-1], 1):
        own = own.get(step) if isinstance(own, dict) else None
        given = given.get(step) if isinstance(given, dict) else None
        if isinstance(own, list):
            return None
        is_whole = isinstance(given, list) or (given and step in TAKEN_WHOLE)
        if own is None and is_whole:
            return join_path(steps[:at]), deepcopy(given)
    return None


def write_if_sound(shelf: Shelf, before: Draft, text: str) -> Edited:
    """Write an edited source, unless it brings an error that was not there before."""
    data = text.encode()
    after = compose_draft(shelf, before.place, data)
    new = new_errors(before, after)
    checked_before = read_draft(shelf, before.place)
    checked = after if new else read_draft(shelf, before.place, data)
    brought = new_errors(checked_before, checked)
    new = new or [one for one in brought if one.code == INTERNAL_FAULT]
    if new:
        raise SourceError(
            "\n  ".join(
                ["nothing was written, because it would be wrong:", *reasons(new)]
            )
        )
    shelf.desk.workspace.write(before.place.file, data)
    return Edited(checked.findings, tuple(brought))


def new_errors(before: Draft, after: Draft) -> list[Finding]:
    """Return the errors that only the second draft has."""
    if after.composed is not None and before.composed is None:
        return []  # the change mended what hid the rest
    known = {_fault(finding) for finding in before.findings}
    return [
        finding
        for finding in after.findings
        if finding.severity is Severity.ERROR and _fault(finding) not in known
    ]


def _fault(finding: Finding) -> tuple[str, str, str, str]:
    """Return what makes a finding the same one although lines have moved."""
    origin = finding.origin
    return finding.code, finding.message, origin.file, origin.path


def reasons(findings: Sequence[Finding]) -> list[str]:
    """Return findings as lines of a refusal: the first few, and how many more."""
    lines = [
        finding.message
        if finding.message.startswith(finding.origin.path)
        else f"{finding.origin.path}: {finding.message}"
        for finding in findings
    ]
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"and {more} more"] if more > 1 else lines


def use_position(desk: Desk, agreement_id: str, clause: str, position: str) -> Edited:
    """Use another position of a clause's wording in one agreement."""
    return _override(desk, agreement_id, clause, lambda _: {"position": position})


def omit_clause(desk: Desk, agreement_id: str, clause: str) -> Edited:
    """Leave a clause out of one agreement."""
    return _override(desk, agreement_id, clause, lambda _: "omit")


def use_text(
    desk: Desk, agreement_id: str, clause: str, text: str, language: Language
) -> Edited:
    """Use negotiated wording for a clause, in one language."""
    if is_blank(text):
        raise SourceError("the wording is empty; to leave the clause out, say --omit")

    def override(present: Any) -> dict[str, Any]:
        texts = present.get("text") if isinstance(present, dict) else None
        others = texts if isinstance(texts, dict) else {}
        return {"text": {**others, language: text.strip("\n") + "\n"}}

    shelf = Shelf(desk)
    draft = compose_draft(shelf, desk.workspace.agreement(agreement_id))
    if draft.library is not None:
        require_readable(text, draft.library.library)
    return _override(desk, agreement_id, clause, override)


def use_template(desk: Desk, agreement_id: str, clause: str) -> Edited:
    """Go back to the template's wording of a clause."""
    return _override(desk, agreement_id, clause, lambda _: None)


@in_turn("use")
def _override(desk: Desk, agreement_id: str, clause: str, override: Any) -> Edited:
    shelf = Shelf(desk)
    place = desk.workspace.agreement(agreement_id)
    draft = _readable(compose_draft(shelf, place))
    if draft.library is None or draft.source is None:
        raise SourceError(f"{agreement_id} cannot be edited yet", draft.findings)
    require_open(desk, place, draft.source.data)
    clause_of(draft.library.library, clause)
    negotiated = draft.source.data.get("clauses") or {}
    new = override(negotiated.get(clause))
    if new in (None, "omit"):  # a position or wording may bring a clause in
        _require_in_outline(draft, clause, negotiated)
    text = _text(desk, place)
    if new is None:
        kept = {key: value for key, value in negotiated.items() if key != clause}
        text = set_value(text, "/clauses", kept or None)
    else:
        text = set_override(text, clause, new)
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


def _readable(draft: Draft) -> Draft:
    if draft.source is None:
        raise SourceError(
            f"{draft.place.file} cannot be read; mend the places above first",
            draft.findings,
        )
    return draft


def _text(desk: Desk, place: AgreementPlace) -> str:
    return desk.workspace.read(place.file).decode("utf-8-sig")
