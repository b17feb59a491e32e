"""An empty folder in; a workspace with the starter library, saved once, out."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from slacontracts.errors import OutsideError, SourceError
from slacontracts.source.library import read_library
from slacontracts.source.write import set_value
from slacontracts.store.versions import (
    Author,
    known_author,
    save_version,
    start_history,
)
from slacontracts.store.workspace import (
    AGREEMENT_FILE,
    LIBRARY_FOLDERS,
    SETTINGS_FILE,
    AgreementPlace,
    Workspace,
    starter_folder,
)
from slacontracts.workflow.schemas import FOLDER, write_schemas
from slacontracts.workflow.take import with_library

_SETTINGS: Final = f"""\
# yaml-language-server: $schema={FOLDER}/settings.json
# Settings of this workspace: who you are, how agreements are numbered and printed.

# Your own name, as the cover of an agreement shows it.
organisation: ""

# What an agreement says about you as a party; new agreements take it from here:
# our_details:
#   form: private company limited by shares
#   registered_in: Ireland
#   register_no: "0912345"
#   address: 12 Harbour Road, Dublin D01 X2X2, Ireland
#   notices: {{email: legal@northwind.example}}

# How new agreements are numbered: SLA-2026-0001. {{kind}} is SLA, OLA or UC.
id_scheme: "{{kind}}-{{year}}-{{number:04}}"

# The Word file that gives agreements their look: templates/house/standard.docx.
# Change it in Word, or put your own beside it and name it here.
house_style: standard

# Digits in Arabic text: latin (123) or arabic-indic.
digits: latin

# Text that an e-signature service looks for: none, docusign or adobe.
signature_anchors: none

# Who may approve what departs from the library, and signed paper, by role; take the
# number signs away and write your own people:
# roles:
#   legal: [{{name: Niamh Kelleher, email: niamh@northwind.example}}]
#   finance: [{{name: Omar Haddad, email: omar@northwind.example}}]
"""
_IGNORED: Final = """\
# What Word, LibreOffice, editors and systems leave behind.
~$*
.~lock.*#
*.tmp
*~
.DS_Store
Thumbs.db
"""
# Files keep their line ends and bytes on every system.
_ATTRIBUTES: Final = "* -text\n"


@dataclass(frozen=True, slots=True)
class Started:
    """What was made: the workspace, its library's version, the sample agreements."""

    root: Path
    library: str
    agreements: tuple[str, ...]
    author: Author


def start_workspace(
    folder: Path, organisation: str, *, with_samples: bool, when: datetime
) -> Started:
    """Make a workspace in a new or empty folder; on a fault leave it empty."""
    root = folder.absolute()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise SourceError(
            f"{folder} is there already and not empty; choose a new folder's name"
        )
    for above in root.parents:
        if (above / SETTINGS_FILE).is_file():
            raise SourceError(
                f"{folder} would lie inside the workspace {above}; choose a folder "
                "outside of it"
            )
    starter = starter_folder()
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError(f"cannot make {folder}: {error.strerror}") from error
    try:
        return _filled(Workspace(root), starter, organisation, with_samples, when)
    except BaseException:
        for path in root.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        raise


def _filled(
    workspace: Workspace,
    starter: Path,
    organisation: str,
    with_samples: bool,
    when: datetime,
) -> Started:
    _copy(starter, workspace, LIBRARY_FOLDERS)
    settings = set_value(_SETTINGS, "/organisation", organisation)
    workspace.write(SETTINGS_FILE, settings.encode())
    workspace.write(".gitignore", _IGNORED.encode())
    workspace.write(".gitattributes", _ATTRIBUTES.encode())
    library, _ = read_library(workspace.library_files(), "working")
    write_schemas(workspace, library)
    (workspace.root / "agreements").mkdir(exist_ok=True)
    start_history(workspace.root)
    author = known_author(workspace.root, organisation)
    files = [*LIBRARY_FOLDERS, SETTINGS_FILE, ".gitignore", ".gitattributes", FOLDER]
    revision = save_version(
        workspace, files, "library: The starter library", author=author, when=when
    )
    if revision is None:
        raise OutsideError("the starter library is empty; install slacontracts again")
    samples = _samples(workspace, starter, revision) if with_samples else ()
    for place in samples:
        message = f"{place.id}: Sample agreement"
        save_version(workspace, [place.folder], message, author=author, when=when)
    ids = tuple(place.id for place in samples)
    return Started(workspace.root, revision, ids, author)


def _samples(
    workspace: Workspace, starter: Path, revision: str
) -> tuple[AgreementPlace, ...]:
    """Copy the sample agreements and bind each to the library's first version."""
    _copy(starter, workspace, ("agreements",))
    places = workspace.agreements()
    for place in places:
        text = workspace.read(place.file).decode()
        workspace.write(
            place.file, with_library(text, revision).encode(), is_durable=False
        )
    return places


def _copy(starter: Path, workspace: Workspace, folders: Sequence[str]) -> None:
    source = Workspace(starter)
    for file in source.files_below(*folders):
        if file.startswith("agreements/") and not file.endswith(f"/{AGREEMENT_FILE}"):
            continue
        # the version that holds it is saved next, and that waits for the disk
        workspace.write(file, source.read(file), is_durable=False)
