"""A desk in; the libraries and house styles that its agreements use, read once, out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from slacontracts.errors import NotFoundError
from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.library import Library
from slacontracts.source.library_json import library_from_json, library_to_json
from slacontracts.store.git import FULL_ID, library_files
from slacontracts.text import nearest
from slacontracts.workflow.desk import Desk

if TYPE_CHECKING:
    from slacontracts.render.house_style import HouseStyle

WORKING: Final = "working"
_HOUSE_STYLES: Final = "templates/house/"


@dataclass(frozen=True, slots=True)
class LibraryInHand:
    """A library as read, what is wrong in it, and its house styles.

    house_styles: the SHA-256 of each Word file, by name.
    """

    library: Library
    findings: tuple[Finding, ...]
    house_styles: Mapping[str, str]


@dataclass(slots=True)
class Shelf:
    """The libraries and house styles that were read so far."""

    desk: Desk
    _libraries: dict[str, LibraryInHand] = field(default_factory=dict)
    _styles: dict[str, "HouseStyle"] = field(default_factory=dict)

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
            kept = self.desk.cache.load("library", revision)
            try:
                if kept is not None:
                    return _from_kept(kept)
            except (ValueError, LookupError, TypeError):
                kept = None  # kept by another version of the product
        in_hand = _in_hand(library_files(self.desk.workspace.root, revision), revision)
        self.desk.cache.keep("library", revision, _to_keep(in_hand))
        return in_hand

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
            kept = self.desk.cache.load("house-style", digest)
            try:
                style = load_house_style(kept.decode()) if kept is not None else None
            except (ValueError, LookupError, TypeError):
                style = None  # kept by another version of the product
            style = style or self._compile(in_hand.library.revision, name, digest)
            self._styles[digest] = style
        return self._styles[digest]

    def _compile(self, revision: str, name: str, digest: str) -> "HouseStyle":
        from slacontracts.render.house_style import compile_house_style

        file = f"{_HOUSE_STYLES}{name}.docx"
        workspace = self.desk.workspace
        if revision == WORKING:
            docx = workspace.read(file)
        else:
            docx = library_files(workspace.root, revision)[file]
        style = compile_house_style(docx, file)
        self.desk.cache.keep("house-style", digest, style.to_json().encode())
        return style


def _in_hand(files: Mapping[str, bytes], revision: str) -> LibraryInHand:
    from slacontracts.source.library import read_library

    library, findings = read_library(files, revision)
    styles = {
        file.removeprefix(_HOUSE_STYLES).removesuffix(".docx"): hashlib.sha256(
            data
        ).hexdigest()
        for file, data in files.items()
        if file.startswith(_HOUSE_STYLES) and file.endswith(".docx")
    }
    return LibraryInHand(library, findings, styles)


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
