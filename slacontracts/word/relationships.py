"""A relationships part of a Word file in; what it points at, in and outside, out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.word.archive import unescaped
from slacontracts.word.names import RELATIONSHIPS

_FOLDER: Final = "_rels/"
_ENDING: Final = ".rels"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ON_THIS_COMPUTER = re.compile(r"(?i)file:|[a-z]:[\\/]|[\\/]{2}")
STRICT: Final = "http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One line of a relationships part.

    part: the relationships part it stands in. kind: the last step of its type, in
    lower case. target: as it is written. meant: the name of the part that it means;
    None when it climbs out of the file or is an address.
    """

    part: str
    identity: str
    kind: str
    target: str
    meant: str | None
    is_outside: bool
    is_strict: bool

    @property
    def is_place(self) -> bool:
        """Whether it is a place, such as a bookmark, in the part that names it."""
        return self.target.startswith("#")

    @property
    def is_on_computer(self) -> bool:
        """Whether it is the address of a file on a computer or in a network."""
        return bool(_ON_THIS_COMPUTER.match(unescaped(self.target).strip()))


def is_relationships_part(name: str) -> bool:
    """Tell whether a name is that of a relationships part."""
    folder, _, file = name.lower().rpartition("/")
    return f"{folder}/".endswith(_FOLDER) and file.endswith(_ENDING)


def read_relationships(root: Any, part: str) -> Iterator[Relationship]:
    """Yield the relationships that stand in a part."""
    folder, _, file = part.rpartition("/")
    source = f"{folder[: -len(_FOLDER) + 1]}{file[: -len(_ENDING)]}"
    for one in root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        attributes: Mapping[str, str] = one.attrib
        kind = attributes.get("Type", "").strip()
        target = attributes.get("Target", "").strip()
        yield Relationship(
            part,
            attributes.get("Id", ""),
            kind.rstrip("/").rpartition("/")[2].lower(),
            target,
            _meant(source, target),
            attributes.get("TargetMode", "").strip().lower() == "external",
            kind.startswith(STRICT),
        )


def _meant(source: str, target: str) -> str | None:
    path = unescaped(target.partition("#")[0])
    if "\\" in path or path.startswith("//") or _SCHEME.match(path):
        return None
    if not path:  # a place in the same part
        return source
    steps = [] if path.startswith("/") else source.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
