"""A desk in; the libraries and house styles that its agreements use, read once, out."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from slacontracts.errors import NotFoundError
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import Library
from slacontracts.source.library_json import library_from_json, library_to_json
from slacontracts.source.wording_json import (
    WordingMemory,
    wordings_from_json,
    wordings_to_json,
)
from slacontracts.store.cache import Cache
from slacontracts.store.contents import library_files
from slacontracts.store.git import FULL_ID
from slacontracts.store.workspace import Workspace
from slacontracts.text import nearest
from slacontracts.workflow.desk import Desk

if TYPE_CHECKING:
    from slacontracts.render.house_style import HouseStyle

WORKING: Final = "working"
_HOUSE_STYLES: Final = "templates/house/"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LibraryInHand:
    """A library as read, what is wrong in it, and its house styles.

    house_styles: the SHA-256 of each Word file, by name. wordings: its wordings that
    were parsed so far.
    """

    library: Library
    findings: tuple[Finding, ...]
    house_styles: Mapping[str, str]
    wordings: WordingMemory = field(
        default_factory=WordingMemory, repr=False, compare=False
    )


@dataclass(slots=True)
class Shelf:
    """The libraries and house styles that were read so far."""

    desk: Desk
    _libraries: dict[str, LibraryInHand] = field(default_factory=dict)
    _styles: dict[str, "HouseStyle"] = field(default_factory=dict)
    _from_versions: "Shelf | None" = None

    def from_versions(self) -> "Shelf":
        """Return a shelf that takes everything from the saved versions themselves.

        What is signed must be what was saved: a file of the cache can be altered so
        that its digest fits, and then says something else.
        """
        if self.desk.cache.folder is None:
            return self
        if self._from_versions is None:
            self._from_versions = Shelf(replace(self.desk, cache=Cache(None)))
        return self._from_versions

    def library(self, revision: str | None) -> LibraryInHand:
        """Return the library of a version; of the files as they stand for "working"."""
        name = revision or WORKING
        if name not in self._libraries:
            self._libraries[name] = self._read(name)
        return self._libraries[name]

    def _read(self, revision: str) -> LibraryInHand:
        if revision == WORKING:
            return _in_hand(self.desk.workspace.library_files(), revision)
        if FULL_ID.fullmatch(revision):
            kept = self._kept("library", revision, _from_kept)
            if kept is not None:
                memory = self._kept("wordings", revision, wordings_from_json)
                return replace(kept, wordings=memory or WordingMemory())
        in_hand = _in_hand(library_files(self.desk.workspace.root, revision), revision)
        self.desk.cache.keep("library", revision, _to_keep(in_hand))
        return in_hand

    def _kept(self, kind: str, identity: str, read: Callable[[bytes], T]) -> T | None:
        """Return what the cache holds; None where another version wrote it."""
        kept = self.desk.cache.load(kind, identity)
        try:
            return None if kept is None else read(kept)
        except (ValueError, LookupError, TypeError):
            return None

    def keep_wordings(self, in_hand: LibraryInHand) -> None:
        """Keep what was parsed of a saved library for the next start."""
        revision, memory = in_hand.library.revision, in_hand.wordings
        if memory.has_learnt and revision != WORKING:
            memory.has_learnt = False
            text = wordings_to_json(memory)
            self.desk.cache.keep("wordings", revision, text.encode())

    def house_style(self, in_hand: LibraryInHand, name: str) -> "HouseStyle":
        """Return a house style of a library, compiled."""
        from slacontracts.render.house_style import load_house_style

        digest = in_hand.house_styles.get(name)
        if digest is None:
            hint = nearest(name, list(in_hand.house_styles))
            remedy = f'did you mean "{hint}"?' if hint else "put it there"
            raise NotFoundError(
                f'there is no house style "{name}" ({_HOUSE_STYLES}{name}.docx) in '
                f"this version of the library; {remedy}"
            )
        if digest not in self._styles:
            kept = self._kept("house-style", digest, load_house_style)
            self._styles[digest] = kept or self._compile(
                in_hand.library.revision, name, digest
            )
        return self._styles[digest]

    def _compile(self, revision: str, name: str, digest: str) -> "HouseStyle":
        file = f"{_HOUSE_STYLES}{name}.docx"
        workspace = self.desk.workspace
        if revision == WORKING:
            docx = workspace.read(file)
        else:
            docx = library_files(workspace.root, revision)[file]
        style = _compiled(docx, file)
        self.desk.cache.keep("house-style", digest, style.to_json().encode())
        return style


def is_house_style(file: str) -> bool:
    """Tell whether a file of the library is a house style."""
    return file.startswith(_HOUSE_STYLES) and file.endswith(".docx")


def house_styles_of(workspace: Workspace) -> frozenset[str]:
    """Return the names of the house styles among the files of a workspace."""
    files = (workspace.root / _HOUSE_STYLES).glob("*.docx")
    return frozenset(file.stem for file in files)


def _in_hand(files: Mapping[str, bytes], revision: str) -> LibraryInHand:
    library, findings = _library_of(tuple(files.items()), revision)
    styles = {
        file.removeprefix(_HOUSE_STYLES).removesuffix(".docx"): hashlib.sha256(
            data
        ).hexdigest()
        for file, data in files.items()
        if is_house_style(file)
    }
    return LibraryInHand(library, findings, styles)


# What is signed is read from the saved versions, past the cache, and one command may do
# so several times: the same contents are read once in a process.
@lru_cache(maxsize=4)
def _library_of(
    files: tuple[tuple[str, bytes], ...], revision: str
) -> tuple[Library, tuple[Finding, ...]]:
    from slacontracts.source.library import read_library

    return read_library(dict(files), revision)


@lru_cache(maxsize=4)
def _compiled(docx: bytes, file: str) -> "HouseStyle":
    from slacontracts.render.house_style import compile_house_style

    return compile_house_style(docx, file)


def _to_keep(in_hand: LibraryInHand) -> bytes:
    findings = [
        [one.severity.value, one.code, one.message, *_place(one.origin)]
        for one in in_hand.findings
    ]
    beside = json.dumps([dict(in_hand.house_styles), findings]).encode()
    return beside + b"\n" + library_to_json(in_hand.library).encode()


def _place(origin: Origin) -> tuple[str, int, int, str]:
    return origin.file, origin.line, origin.column, origin.path


def _from_kept(kept: bytes) -> LibraryInHand:
    beside, _, library = kept.partition(b"\n")
    styles, kept_findings = json.loads(beside)
    findings = tuple(
        Finding(Severity(severity), code, message, Origin(*place))
        for severity, code, message, *place in kept_findings
    )
    return LibraryInHand(library_from_json(library), findings, styles)
