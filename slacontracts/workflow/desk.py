"""A folder and a cache in; the opened workspace with its settings out."""

from dataclasses import dataclass
from pathlib import Path

from slacontracts.errors import SourceError
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.source.settings import read_settings
from slacontracts.store.cache import Cache
from slacontracts.store.workspace import SETTINGS_FILE, Workspace, find_workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before a person at work: the workspace, its settings, a cache."""

    workspace: Workspace
    settings: WorkspaceSettings
    cache: Cache


def open_desk(start: Path, cache: Cache) -> Desk:
    """Open a folder's workspace; raises SourceError when its settings are wrong."""
    workspace = find_workspace(start)
    data = workspace.read(SETTINGS_FILE)
    settings, findings = read_settings(data, SETTINGS_FILE)
    if settings is None:
        raise SourceError(
            f"the settings of the workspace, {workspace.root / SETTINGS_FILE}, "
            "cannot be used; mend the places above",
            findings,
        )
    return Desk(workspace, settings, cache)
