"""A folder in; the workspace, its agreements and the bytes of its files out.

A workspace is the folder that holds `slacontracts.yaml`, with `clauses/`,
`templates/` and `agreements/<customer>/<id>/agreement.yaml` below it.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.text import nearest

SETTINGS_FILE: Final = "slacontracts.yaml"
AGREEMENT_FILE: Final = "agreement.yaml"
LIBRARY_FOLDERS: Final = ("clauses", "templates")
STARTER_FOLDERS: Final = (*LIBRARY_FOLDERS, "agreements")

_MOST_HINTS: Final = 4
_MAX_LIBRARY_FILES: Final = 20_000
_MAX_LIBRARY_BYTES: Final = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class AgreementPlace:
    """Where an agreement lies: its id, its customer's folder, its own folder.

    folder: relative to the workspace, with forward slashes.
    """

    id: str
    customer: str

    @property
    def folder(self) -> str:
        """The folder, relative to the workspace."""
        return f"agreements/{self.customer}/{self.id}"

    @property
    def file(self) -> str:
        """The source file, relative to the workspace."""
        return f"{self.folder}/{AGREEMENT_FILE}"

    @property
    def registered(self) -> str:
        """The folder of its records in the register."""
        return f"{self.customer}/{self.id}"


def _unknown(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace on disk; names of files in it are relative, with forward slashes.

    missing: says what else is known of an id that no folder has, if anything.
    """

    root: Path
    missing: Callable[[str], str] = field(default=_unknown, compare=False, repr=False)

    def read(self, file: str) -> bytes:
        """Return the bytes of a file; raises NotFoundError where there is none.

        Raises SourceError where the file, or a folder on the way, is a link.
        """
        self._require_no_link(file)
        return read_file(self.root / file)

    def write(self, file: str, data: bytes, *, is_durable: bool = True) -> None:
        """Replace a file at once, or leave it as it was; is_durable: see write_file."""
        self._require_no_link(file)
        write_file(self.root / file, data, is_durable=is_durable)

    def _require_no_link(self, file: str) -> None:
        steps = file.split("/")
        for end in range(1, len(steps) + 1):
            path = os.path.join(self.root, *steps[:end])  # noqa: PTH118 (four times faster)
            if os.path.islink(path):  # noqa: PTH114
                raise _link_fault(path)

    def agreements(self) -> tuple[AgreementPlace, ...]:
        """Return every agreement, by customer and id.

        One that is a link is among them, so that it does not vanish unseen; it is
        refused when it is read.
        """
        places = [
            AgreementPlace(folder.name, customer.name)
            for customer in _folders(self.root / "agreements")
            for folder in _folders(customer)
            if _is_there(folder / AGREEMENT_FILE)
        ]
        return tuple(sorted(places, key=lambda place: (place.customer, place.id)))

    def agreement(self, agreement_id: str) -> AgreementPlace:
        """Return where an agreement lies; raises NotFoundError if it does not exist."""
        if meant := self._meant(agreement_id):
            raise self._not_found(agreement_id, f"did you mean {meant}?")
        checked_id(agreement_id)
        found = [
            AgreementPlace(agreement_id, customer.name)
            for customer in _folders(self.root / "agreements")
            if _is_there(customer / agreement_id / AGREEMENT_FILE)
        ]
        if len(found) > 1:
            folders = " and ".join(place.folder for place in found)
            raise SourceError(
                f"the id {agreement_id} is used twice, in {folders}; give one of the "
                "two folders another name and change the id in its agreement.yaml"
            )
        if not found:
            hint = nearest(agreement_id, [place.id for place in self.agreements()])
            remedy = f'did you mean "{hint}"?' if hint else "see slacontracts list"
            raise self._not_found(agreement_id, remedy)
        self._require_no_link(found[0].file)
        return found[0]

    def _not_found(self, agreement_id: str, remedy: str) -> NotFoundError:
        known = self.missing(agreement_id)
        return NotFoundError(known or f"there is no agreement {agreement_id}; {remedy}")

    def _meant(self, name: str) -> str:
        """Return the ids that are meant by an id in small letters or a customer."""
        words = name.strip().casefold().replace(" ", "-")
        known = self.agreements()
        if any(place.id == name for place in known):
            return ""
        same = [place.id for place in known if place.id.casefold() == words]
        theirs = [place.id for place in known if f"-{words}-" in f"-{place.customer}-"]
        found = same or theirs
        listed = " or ".join(f'"{one}"' for one in found)
        return listed if len(found) <= _MOST_HINTS else ""

    def library_files(self) -> dict[str, bytes]:
        """Return the files of the library as they stand, by name."""
        files: dict[str, bytes] = {}
        total = 0
        for name in self.files_below(*LIBRARY_FOLDERS):
            files[name] = self.read(name)
            total += len(files[name])
            if len(files) > _MAX_LIBRARY_FILES or total > _MAX_LIBRARY_BYTES:
                raise OutsideError(
                    f"the library has more than {_MAX_LIBRARY_FILES:,} files or "
                    f"{_MAX_LIBRARY_BYTES // 1024 // 1024} MiB; move what does not "
                    "belong to it out of clauses/ and templates/"
                )
        return files

    def files_below(self, *folders: str) -> Iterator[str]:
        """Yield the names of all files that belong to versions, in order.

        Hidden files, and what editors and Word leave behind, are passed over. Raises
        SourceError at a link, whose target no version would hold.
        """
        for folder in folders:
            self._require_no_link(folder)
            path = self.root / folder
            if path.is_dir():
                yield from _files(path, folder)


def find_workspace(start: Path) -> Workspace:
    """Return the workspace of a folder: the nearest one at or above it."""
    folder = start.absolute()
    if not folder.is_dir():
        raise NotFoundError(f"there is no folder {start}")
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS_FILE).is_file():
            return Workspace(candidate)
    raise NotFoundError(
        f"{folder} is not a workspace: there is no {SETTINGS_FILE} in it or above it; "
        "go to your workspace, name it with -C DIR, or make one with "
        "slacontracts init DIR"
    )


def starter_folder() -> Path:
    """Return the folder of the starter clauses, templates and agreements.

    An installed package carries them inside; a checkout has them at its top.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "starter", package.parent):
        if all((folder / name).is_dir() for name in LIBRARY_FOLDERS):
            return folder
    raise OutsideError(
        "the starter clauses and templates are missing from this installation; "
        "install slacontracts again"
    )


def checked_id(agreement_id: str) -> str:
    """Return the id; raises SourceError when no agreement can have it."""
    from slacontracts.model.scalars import read_agreement_id

    try:
        read_agreement_id(agreement_id)
    except ValueError as error:
        raise SourceError(str(error)) from error
    return agreement_id


def checked_key(key: str, what: str) -> str:
    """Return a key that becomes the name of a folder or file, or raise SourceError."""
    from slacontracts.model.scalars import read_key

    try:
        read_key(key)
    except ValueError as error:
        raise SourceError(f"{what}: {error}") from error
    return key


def read_file(path: Path, most: int = -1) -> bytes:
    """Return the bytes of a file; raises NotFoundError where there is none.

    most: read no more than so many of them. Raises OutsideError where it may not, or
    cannot, be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise NotFoundError(f"there is no file {path}") from error
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error


def write_file(path: Path, data: bytes, *, is_durable: bool = True) -> None:
    """Write a file so that its old or its new content is there, never half of it.

    is_durable: wait until the disk has it, so that it survives a power cut. False is
    for what can be had again, a rendering, an entry of the cache, a file of a version
    that is saved next: waiting takes a quarter of the time of a whole rendering.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    new = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                if is_durable:
                    file.flush()
                    os.fsync(file.fileno())
            if path.exists():
                temporary.chmod(path.stat().st_mode & 0o777)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        if is_durable:
            for folder in (path.parent, *(made.parent for made in new)):
                make_durable(folder)
    except PermissionError as error:
        raise OutsideError(
            f"cannot write {path}: it may be open in another program, or you may not "
            "change this folder"
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutsideError(f"cannot write {path}: {reason}") from error


def make_durable(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folders(path: Path) -> list[Path]:
    try:
        with os.scandir(path) as entries:
            found = [
                Path(entry.path)
                for entry in entries
                if entry.is_dir() and not entry.name.startswith(".")
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error
    return sorted(found)


def _files(path: Path, name: str) -> Iterator[str]:
    try:
        with os.scandir(path) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error
    for entry in ordered:
        if not belongs(entry.name):
            continue
        inner = f"{name}/{entry.name}"
        if entry.is_symlink():
            raise _link_fault(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), inner)
        elif entry.is_file(follow_symlinks=False):
            yield inner


def _is_there(path: Path) -> bool:
    return path.is_file() or path.is_symlink()


def _link_fault(path: str) -> SourceError:
    try:
        target = str(Path(path).readlink())
    except OSError:
        target = "somewhere else"
    return SourceError(
        f"{path} is a link to {target}, and links are not followed, because versions "
        "would not hold what is there; put the file or folder itself in its place"
    )


def belongs(file_name: str) -> bool:
    """Tell whether a file is content, not something that a program left behind."""
    return not (file_name.startswith((".", "~$")) or file_name.endswith(("~", ".tmp")))
