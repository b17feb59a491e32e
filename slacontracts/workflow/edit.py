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
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.library import Library
from slacontracts.model.paths import join_path, look_up, split_path
from slacontracts.source.addresses import address_fault, is_list_at, rule_at
from slacontracts.source.write import (
    NEW_ITEM,
    Raw,
    remove_value,
    set_value,
)
from slacontracts.source.yaml_emit import emit_flow
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import AgreementPlace
from slacontracts.text import is_blank
from slacontracts.workflow.amendment_day import effect_of, tell_of_day
from slacontracts.workflow.answers import (
    all_meant,
    group_meant,
    unclear,
)
from slacontracts.workflow.as_signed import (
    recorded_signings,
    require_as_signed,
    require_open,
)
from slacontracts.workflow.consent import require_none_by_hand
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, compose_draft, read_draft
from slacontracts.workflow.internal_fault import INTERNAL_FAULT
from slacontracts.workflow.one_at_a_time import one_at_a_time
from slacontracts.workflow.partly_signed import tell_of_signature
from slacontracts.workflow.shelf import Shelf

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


@one_at_a_time("set")
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
    draft = readable(compose_draft(shelf, place))
    if draft.library is None or draft.source is None:
        raise SourceError(f"{agreement_id} cannot be edited yet", draft.findings)
    require_open(desk, place, draft.source.data)
    require_none_by_hand(desk, agreement_id, changes)
    library = draft.library.library
    text = text_of(desk, place)
    removed: list[tuple[str, str]] = []
    for path, value in changes:
        _require_address(path, library)
        if not is_blank(value):
            for at, meant in meant_by(path, value, library).items():
                text = with_value(text, at, meant, library)
        else:
            text, was = _without_value(text, path, library)
            removed.append((path, was))
    if any(path == "/amendment" for path, _ in removed):
        require_as_signed(desk, place, data_of(text))
    if any(path in _KEEPS for path, _ in changes):
        _require_same_agreement(shelf, draft, text)
    try:
        edited = write_if_sound(shelf, draft, text)
    except SourceError as error:
        if not any(path.startswith(_NEW_SERVICE) for path, _ in changes):
            raise
        raise SourceError(f"{error}\n  {WHOLE_SERVICE}", error.findings) from error
    effective = effect_of(data_of(text))
    if effective is not None and effective != effect_of(draft.source.data):
        tell_of_day(desk, place, effective, recorded_signings(desk, place))
    return replace(edited, removed=tuple(removed))


def meant_by(path: str, value: str, library: Library) -> dict[str, Raw]:
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
    data = data_of(text)
    template = data.get("template")
    if isinstance(template, str):
        defaults = template_defaults(template, library)
        copied = list_to_copy(data, defaults, path)
        if copied is not None:
            text = set_value(text, *copied)
    return text


def _require_list(text: str, path: str, library: Library) -> None:
    """Refuse an item by its key where there is no list that could have it."""
    data, steps = data_of(text), split_path(path)
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


def data_of(text: str) -> dict[str, Any]:
    """Return what the file of an agreement says."""
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
    result = edited(shelf, before, text)
    shelf.desk.workspace.write(before.place.file, text.encode())
    tell_of_signature(shelf.desk, before.place)
    return result


def edited(shelf: Shelf, before: Draft, text: str) -> Edited:
    """Return what an edited source would bring; refuse what cannot be composed."""
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


def readable(draft: Draft) -> Draft:
    """Return a draft whose source can be read; refuse another."""
    if draft.source is None:
        raise SourceError(
            f"{draft.place.file} cannot be read; mend the places above first",
            draft.findings,
        )
    return draft


def text_of(desk: Desk, place: AgreementPlace) -> str:
    """Return what the file of an agreement says."""
    return desk.workspace.read(place.file).decode("utf-8-sig")
