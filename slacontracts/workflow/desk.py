"""A folder and a cache in; the opened workspace with its settings out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from slacontracts.errors import SlaContractsError, SourceError
from slacontracts.model.finding import Origin
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.source.settings import read_settings
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.cache import Cache
from slacontracts.store.workspace import (
    SETTINGS_FILE,
    AgreementPlace,
    Workspace,
    find_workspace,
)


def _unheard(_: str) -> None:
    """Take a note where nobody reads it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a person at work: the workspace, its settings, a cache.

    today: the day it is, where checks judge by it. setting_place: gives where a
    setting stands. warn: is told what the person should know and nothing is stopped by.
    """

    workspace: Workspace
    settings: WorkspaceSettings
    cache: Cache
    today: date | None = None
    setting_place: Callable[[str], Origin] = Origin
    warn: Callable[[str], None] = _unheard


def open_desk(start: Path, cache: Cache, today: date | None = None) -> Desk:
    """Open a folder's workspace; raises SourceError when its settings are wrong."""
    workspace = find_workspace(start)
    missing = partial(_missing, workspace.root)
    workspace = replace(workspace, missing=missing)
    data = workspace.read(SETTINGS_FILE)
    settings, findings = read_settings(data, SETTINGS_FILE)
    if settings is None:
        raise SourceError(
            f"the settings of the workspace, {workspace.root / SETTINGS_FILE}, "
            "cannot be used; mend the places above",
            findings,
        )
    source, _ = read_yaml(data, SETTINGS_FILE)
    place = source.place if source is not None else Origin
    return Desk(workspace, settings, cache, today, place)


def _missing(root: Path, agreement_id: str) -> str:
    """Return what the register knows of an agreement that has no folder here."""
    from slacontracts.store.register_names import registered_as

    try:
        found = registered_as(root, agreement_id)
    except SlaContractsError:
        return ""
    if found is None:
        return ""
    if not found.is_drafted_here:
        return (
            f"{agreement_id} is paper that was not drafted here, and there is no text "
            f"of it; see slacontracts registry show {agreement_id}"
        )
    folder = AgreementPlace(agreement_id, found.customer).folder
    return (
        f"{agreement_id} is registered, and its folder {folder} is missing; bring it "
        f"back as it was last saved: slacontracts restore {agreement_id}"
    )
