"""A saved version's id in; its files, each checked against the id it has there, out."""

from pathlib import Path

from slacontracts.errors import NotFoundError
from slacontracts.store.git import (
    FULL_ID,
    current_version,
    differing,
    is_ancestor,
)
from slacontracts.store.kept import open_shelves
from slacontracts.store.workspace import LIBRARY_FOLDERS, Workspace


def library_files(root: Path, revision: str) -> dict[str, bytes]:
    """Return the files of the library in one version, by name.

    revision: the full id of the version. Raises NotFoundError when the workspace
    does not have it, OutsideError when it is not what was saved under that id.
    """
    if not FULL_ID.fullmatch(revision):
        raise NotFoundError(
            f'"{revision}" is not the full id of a version of the library (40 digits '
            "and letters a-f); see slacontracts library log"
        )
    with open_shelves(root) as shelves:
        try:
            files = shelves.files_of(revision, LIBRARY_FOLDERS)
        except NotFoundError as error:
            raise NotFoundError(
                f"this workspace has no version {revision[:12]} of the library; see "
                "slacontracts library log, and fetch what a colleague saved"
            ) from error
        _require_in_history(root, revision)
        return shelves.read(files)


def file_at(root: Path, version: str, file: str) -> bytes | None:
    """Return a file as a version has it; None where the version has none.

    version: a full id. file: a path that the product made, from the top.
    """
    with open_shelves(root) as shelves:
        return shelves.read(shelves.files_of(version, [file])).get(file)


def unsaved_files(workspace: Workspace, *paths: str) -> tuple[str, ...]:
    """Return the files at or below paths that differ from the newest version, by name.

    Contents are compared byte by byte, so no filter of the repository has a say.
    """
    newest = current_version(workspace.root)
    saved: dict[str, str] = {}
    if newest is not None:
        with open_shelves(workspace.root) as shelves:
            saved = shelves.files_of(newest, paths)
    return differing(workspace, saved, paths)


def _require_in_history(root: Path, version: str) -> None:
    """Refuse a version that the newest one does not follow."""
    if not is_ancestor(root, version, "HEAD"):
        raise NotFoundError(
            f"the version {version[:12]} is not in the history of this workspace: it "
            "was saved on another branch, or taken back; take one that slacontracts "
            "library log shows"
        )
