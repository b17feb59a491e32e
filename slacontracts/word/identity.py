"""A Word file that goes out gets its identity and its anchors; they are read again.

They stand in custom properties and in a part of custom XML, which Word and LibreOffice
keep. In a file from outside they are claims: what is not as it was written is not read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from slacontracts.errors import WordFileError
from slacontracts.model.anchors import AnchorMap
from slacontracts.model.scalars import read_agreement_id, read_count, read_key
from slacontracts.word.anchor_xml import ANCHORS, ROOT, map_xml, read_map
from slacontracts.word.enlarging import Enlarging, parts_of_kind
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import (
    CUSTOM_PART,
    CUSTOM_PROPERTIES,
    CUSTOM_TYPE,
    CUSTOM_XML_TYPE,
    DRAFT_PROPERTY,
    FORMAT_ID,
    IDENTITY_PROPERTY,
    PARTY_PROPERTY,
    RELATIONSHIPS,
    SAVED_PROPERTY,
    SETTINGS_TYPE,
    TURN_PROPERTY,
    VARIANT_TYPES,
    VERSION_PROPERTY,
    XML_HEAD,
    R,
    W,
)
from slacontracts.word.tracking import enforce_tracking

_PROPERTIES: Final[Mapping[str, str]] = {
    "agreement": IDENTITY_PROPERTY,
    "turn": TURN_PROPERTY,
    "party": PARTY_PROPERTY,
    "version": SAVED_PROPERTY,
    "draft": DRAFT_PROPERTY,
}
_PROPERTIES_KIND: Final = "custom-properties"
_MAP_KIND: Final = "customXml"
_FOLDER: Final = "customXml"
_DATASTORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_ABOUT_MAP: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    f'<ds:datastoreItem xmlns:ds="{_DATASTORE}" '
    'ds:itemID="{5B2A7E0C-61D3-4C38-9E0F-2A9D4C7B1E55}"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{ANCHORS}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Identity:
    """Which turn of which negotiation a Word file is.

    party: with whom, a role of the parties. version: the id of the saved version whose
    text it holds, "" where none does. draft: the number of that draft.
    """

    agreement: str
    turn: int
    party: str
    version: str = ""
    draft: int = 0


def with_identity(data: bytes, identity: Identity, anchors: AnchorMap) -> bytes:
    """Return a Word file that says which turn it is, and that tracks every change.

    What it said of an earlier turn is replaced; custom parts of others stay.
    """
    edit = Enlarging(admit(data, "the Word file"))
    said = {name: str(getattr(identity, name)) for name in _PROPERTIES}
    _say_properties(edit, said)
    _put_map(edit, map_xml(said, anchors))
    _protect(edit)
    return edit.data()


def identity_of(file: WordFile) -> Identity | None:
    """Return which turn a Word file claims to be, or None where it says nothing fit.

    A draft that was rendered and never sent has turn 0 and no party.
    """
    said = [_said_in_properties(file), *(dict(root.attrib) for root in _maps(file))]
    found = next(filter(None, map(_identity, said)), None)
    return found or _rendered(said[0])


def _rendered(said: Mapping[str, str]) -> Identity | None:
    try:
        agreement = read_agreement_id(said.get("agreement", ""))
        return Identity(agreement, 0, "", draft=read_count(said.get("printed", "")))
    except ValueError:
        return None


def anchors_of(file: WordFile) -> AnchorMap | None:
    """Return the anchors that a Word file brings along, or None without fit ones."""
    return next((read_map(root) for root in _maps(file)), None)


def _identity(said: Mapping[str, str]) -> Identity | None:
    try:
        version = said.get("version", "")
        if len(version) not in (0, 40, 64) or not _HEXADECIMAL.issuperset(version):
            return None
        return Identity(
            read_agreement_id(said.get("agreement", "")),
            read_count(said.get("turn", "")),
            read_key(said.get("party", "")),
            version,
            read_count(said.get("draft", "0")),
        )
    except ValueError:
        return None


def _said_in_properties(file: WordFile) -> dict[str, str]:
    names = {property_: name for name, property_ in _PROPERTIES.items()}
    names[VERSION_PROPERTY] = "printed"
    said: dict[str, str] = {}
    for part in parts_of_kind(file, _PROPERTIES_KIND, by_body=False)[:1]:
        for one in _inside(file, part):
            name = names.get(one.get("name", ""))
            if name is not None:
                said.setdefault(name, "".join(one.itertext()).strip())
    return said


def _maps(file: WordFile) -> list[Any]:
    """Return the roots of the parts that are anchor maps."""
    parts = parts_of_kind(file, _MAP_KIND, by_body=True)
    roots = [_root(file, part) for part in parts]
    return [root for root in roots if root is not None and root.tag == ROOT]


def _inside(file: WordFile, part: str) -> list[Any]:
    root = _root(file, part)
    return [] if root is None else [one for one in root if isinstance(one.tag, str)]


def _root(file: WordFile, part: str) -> Any:
    """Return the root of a part; None where it cannot be read."""
    try:
        return file.tree(part)
    except WordFileError:
        return None


def _say_properties(edit: Enlarging, said: Mapping[str, str]) -> None:
    part = next(iter(parts_of_kind(edit.file, _PROPERTIES_KIND, by_body=False)), "")
    if not part:
        spaces = f'xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VARIANT_TYPES}"'
        part = edit.put(CUSTOM_PART, f"{XML_HEAD}<Properties {spaces}/>".encode())
        edit.say_type(part, CUSTOM_TYPE)
        edit.relate(_PROPERTIES_KIND, part, by_body=False)
    root = edit.tree(part)
    known = {_PROPERTIES[name]: text for name, text in said.items()}
    printed = _property(root, VERSION_PROPERTY)
    if printed is None or "".join(printed.itertext()).isdecimal():
        known[VERSION_PROPERTY] = said["draft"]
    for name, text in known.items():
        _set_property(root, name, text)


def _property(root: Any, name: str) -> Any:
    found = (one for one in root.iterchildren("{*}*") if one.get("name") == name)
    return next(found, None)


def _set_property(root: Any, name: str, text: str) -> None:
    found = _property(root, name)
    if found is None:
        taken = {one.get("pid") for one in root}
        pid = next(n for n in count(2) if str(n) not in taken)
        attributes = {"fmtid": FORMAT_ID, "pid": str(pid), "name": name}
        found = root.makeelement(f"{{{CUSTOM_PROPERTIES}}}property", attributes)
        root.append(found)
    for old in list(found):
        found.remove(old)
    value = found.makeelement(f"{{{VARIANT_TYPES}}}lpwstr")
    value.text = text
    found.append(value)


def _put_map(edit: Enlarging, xml: bytes) -> None:
    own = [
        part
        for part in parts_of_kind(edit.file, _MAP_KIND, by_body=True)
        if getattr(_root(edit.file, part), "tag", None) == ROOT
    ]
    for part in own:
        edit.put(part, xml)
    if own:
        return
    number = next(
        n
        for n in count(1)
        if not edit.has(f"{_FOLDER}/item{n}.xml")
        and not edit.has(f"{_FOLDER}/itemProps{n}.xml")
    )
    item, about = f"{_FOLDER}/item{number}.xml", f"{_FOLDER}/itemProps{number}.xml"
    edit.put(item, xml)
    edit.say_type(item, "application/xml")
    edit.put(about, _ABOUT_MAP)
    edit.say_type(about, CUSTOM_XML_TYPE)
    links = (
        f'{XML_HEAD}<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" '
        f'Type="{R}/customXmlProps" Target="itemProps{number}.xml"/></Relationships>'
    )
    edit.put(f"{_FOLDER}/_rels/item{number}.xml.rels", links.encode())
    edit.relate(_MAP_KIND, item, by_body=True)


def _protect(edit: Enlarging) -> None:
    part = next(iter(parts_of_kind(edit.file, "settings", by_body=True)), "")
    if not part:
        folder = edit.file.main.rpartition("/")[0]
        usual = f"{folder}/settings.xml".lstrip("/")
        part = edit.put(usual, f'{XML_HEAD}<w:settings xmlns:w="{W}"/>'.encode())
        edit.say_type(part, SETTINGS_TYPE)
        edit.relate("settings", part, by_body=True)
    enforce_tracking(edit.tree(part))
