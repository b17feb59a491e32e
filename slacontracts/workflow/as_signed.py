"""An agreement's signings in; the texts that were signed, under their own numbers, out.

Whatever is written after signature is numbered from the text that was signed last:
clause 4.2 stays clause 4.2, and what comes between is 4.2A.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from slacontracts.compose.assemble import Composed
from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.document import NumberedDocument
from slacontracts.model.signing import Signing, said_of, signed_name
from slacontracts.source.settings import read_settings
from slacontracts.source.three_ways import changed_by_theirs
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.contents import file_at
from slacontracts.store.git import is_ancestor, missing_versions
from slacontracts.store.workspace import SETTINGS_FILE, AgreementPlace
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import Draft, compose_draft
from slacontracts.workflow.registered import registered_signings
from slacontracts.workflow.shelf import LibraryInHand, Shelf

_MOST_NAMED: Final = 5  # addresses in one line


@dataclass(frozen=True, slots=True)
class SavedText:
    """A saved version of an agreement, composed as it was when it was saved.

    data: what its file says. shelf: with the settings of that version.
    """

    data: bytes
    shelf: Shelf
    draft: Draft
    composed: Composed
    library: LibraryInHand


@dataclass(frozen=True, slots=True)
class SignedText:
    """A text that was signed: the saved version, under the numbers it then had."""

    signing: Signing
    saved: SavedText
    document: NumberedDocument


def signings_of(
    desk: Desk, place: AgreementPlace, version: str | None = None
) -> tuple[Signing, ...]:
    """Return what was signed of an agreement, in order; () before anything was.

    version: only what was signed before this saved version was made.
    """
    signings = registered_signings(desk, place)
    if version is None or not signings:
        return signings
    root = desk.workspace.root
    return tuple(
        one
        for one in signings
        if one.version != version and is_ancestor(root, one.version, version)
    )


def recorded_signings(desk: Desk, place: AgreementPlace) -> tuple[Signing, ...]:
    """Return what was signed, where the workspace has the versions that were.

    Raises NotFoundError for a record of a version that it does not have.
    """
    signings = signings_of(desk, place)
    versions = [one.version for one in signings]
    missing = missing_versions(desk.workspace.root, versions) if versions else ()
    for one in signings:
        if one.version in missing:
            raise NotFoundError(
                f"the register says that {said_of(one.as_)} of {place.id} is the "
                f"version {one.version[:12]}, which this workspace does not have; "
                "fetch what a colleague saved: slacontracts pull"
            )
    return signings


def compose_saved(shelf: Shelf, place: AgreementPlace, version: str) -> SavedText:
    """Compose a saved version of an agreement, with its own library and settings."""
    root = shelf.desk.workspace.root
    try:
        data = file_at(root, version, place.file)
        settings_data = file_at(root, version, SETTINGS_FILE)
    except NotFoundError as error:
        raise NotFoundError(
            f"this workspace does not have the version {version[:12]} of {place.id}; "
            "fetch what a colleague saved"
        ) from error
    if data is None:
        raise NotFoundError(f"the version {version[:12]} has no {place.file}")
    settings, _ = read_settings(settings_data or b"", SETTINGS_FILE)
    if settings is not None:
        shelf = replace(shelf, desk=replace(shelf.desk, settings=settings))
    named = f"as it was saved in version {version[:12]}"
    return compose_data(shelf, place, data, named)


def compose_data(
    shelf: Shelf, place: AgreementPlace, data: bytes, named: str
) -> SavedText:
    """Compose what a file of an agreement says. named: how, where that fails."""
    draft = compose_draft(shelf, place, data)
    if draft.composed is None or draft.library is None:
        raise SourceError(f"{place.id} cannot be composed {named}", draft.findings)
    return SavedText(data, shelf, draft, draft.composed, draft.library)


def signed_texts(
    shelf: Shelf, place: AgreementPlace, signings: Sequence[Signing]
) -> tuple[SignedText, ...]:
    """Return the texts that were signed, each numbered from the one before it."""
    texts: list[SignedText] = []
    for signing in signings:
        saved = compose_saved(shelf, place, signing.version)
        document = numbered_after(texts, saved.composed.numbered)
        texts.append(SignedText(signing, saved, document))
    return tuple(texts)


def numbered_after(
    texts: Sequence[SignedText], document: NumberedDocument
) -> NumberedDocument:
    """Return a text under the numbers of the last one that was signed before it."""
    if not texts:
        return document
    from slacontracts.compare.executed import executed

    return executed(texts[-1].document, document.document)


def working_as_signed(
    shelf: Shelf, place: AgreementPlace, composed: Composed
) -> Composed:
    """Return a working text under the numbers of what was signed of it."""
    texts = signed_texts(shelf, place, signings_of(shelf.desk, place))
    return replace(composed, numbered=numbered_after(texts, composed.numbered))


def is_last_signed(
    desk: Desk, place: AgreementPlace, text: str, signings: Sequence[Signing]
) -> bool:
    """Tell whether a file is the amendment that was signed last, not closed as yet."""
    if not signings or not signings[-1].number:
        return False
    signed = file_at(desk.workspace.root, signings[-1].version, place.file)
    return signed is not None and signed.decode("utf-8-sig") == text


def require_closed(
    desk: Desk, place: AgreementPlace, signings: Sequence[Signing]
) -> None:
    """Refuse an amendment that is registered, whose closing was interrupted."""
    text = desk.workspace.read(place.file).decode("utf-8-sig")
    if is_last_signed(desk, place, text, signings):
        raise SourceError(
            f"{said_of(signings[-1].as_)} of {place.id} is registered as signed, and "
            "only its closing was interrupted; the next amendment closes it: "
            f"slacontracts amend {place.id} --effective DATE"
        )


def altered_without_amendment(desk: Desk, place: AgreementPlace) -> bool:
    """Tell whether a signed agreement was altered while no amendment is open."""
    signings = signings_of(desk, place)
    if not signings:
        return False
    present, _ = read_yaml(desk.workspace.read(place.file), place.file)
    if present is None or "amendment" in present.data:
        return False
    return bool(altered_at(desk, place, signings, present.data))


def altered_at(
    desk: Desk, place: AgreementPlace, signings: Sequence[Signing], data: Any
) -> tuple[str, ...]:
    """Return the addresses at which data is not what was signed last."""
    saved = file_at(desk.workspace.root, signings[-1].version, place.file) or b""
    signed, _ = read_yaml(saved, place.file)
    if signed is None:
        return ()
    said = {name: value for name, value in signed.data.items() if name != "amendment"}
    differences = changed_by_theirs(data, data, said)
    # items of a list that only stand in another order are no difference there
    return tuple(one.path for one in differences) or tuple(
        f"/{name}" for name in said if said[name] != data.get(name)
    )


def require_open(desk: Desk, place: AgreementPlace, data: Any) -> None:
    """Refuse to change a signed agreement of which no amendment is open.

    data: what its file says.
    """
    signings = recorded_signings(desk, place)
    require_closed(desk, place, signings)
    require_not_signed_since(place, data, len(signings))
    if signings and "amendment" not in data:
        last = signings[-1]
        raise SourceError(
            f"{place.id} is signed ({said_of(last.as_)}, {last.signed_on}) and changes "
            f"only by an amendment; open one first: slacontracts amend {place.id} "
            '--effective DATE --reason "Why"'
        )


def require_not_signed_since(place: AgreementPlace, data: Any, signed: int) -> None:
    """Refuse an open amendment whose number was signed meanwhile.

    data: what the file says. signed: how many texts of the agreement were signed.
    """
    header = data.get("amendment")
    number = header.get("number") if isinstance(header, dict) else None
    is_number = isinstance(number, str) and number.isascii() and number.isdigit()
    if is_number and 0 < int(str(number)) < signed:
        raise SourceError(signed_since(place, int(str(number)), signed))


def signed_since(place: AgreementPlace, number: int, signed: int) -> str:
    """Return what to do about an open amendment whose number was signed meanwhile."""
    return (
        f"amendment {number} of {place.id} is open, but "
        f"{said_of(signed_name(signed - 1))} was signed meanwhile; save it, and bring "
        f"its changes onto that text: slacontracts amend {place.id} --rebase "
        f"{place.file}"
    )


def require_as_signed(desk: Desk, place: AgreementPlace, data: Any) -> None:
    """Refuse to take an amendment back while what it changed stays changed.

    data: what the file of the agreement would say without the amendment.
    """
    signings = signings_of(desk, place)
    paths = altered_at(desk, place, signings, data) if signings else ()
    if paths:
        raise SourceError(
            f"{place.id} is signed, and without the amendment it would still say "
            f"something else at {named_paths(paths)}; take that back in the same "
            "command. Nothing was written"
        )


def not_as_signed(place: AgreementPlace, paths: Sequence[str]) -> str:
    """Return that an agreement says what nobody agreed to. paths: where."""
    return (
        f"{place.file} was changed since {place.id} was signed, and nobody agreed to "
        f"what it says at {named_paths(paths)} (see slacontracts compare {place.id})"
    )


def named_paths(paths: Sequence[str]) -> str:
    """Return addresses in a line: the first few, and how many more."""
    more = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {more} more" * (more > 0))
