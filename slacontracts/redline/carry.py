"""An element of OLD in; its copy, fit for a part of the result, out.

What the element needs comes along: targets of relationships, styles, lists, notes and
comments. Ids that must be unique are made so. `tree` hands out the roots of the
result's parts, to be altered in place; `parts` returns all that was altered or added.
"""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from slacontracts.redline.definitions import STYLE_NAMES, Definitions
from slacontracts.redline.identities import Identities, whole_number
from slacontracts.redline.result_parts import (
    ResultParts,
    content_type,
    of_part,
    part_named,
    related_part,
    relationship_element,
    relationship_like,
    relationships_part,
)
from slacontracts.word.gate import WordFile
from slacontracts.word.names import R, W, w
from slacontracts.word.relationships import Relationship

_W_PREFIX: Final = f"{{{W}}}"
_R_PREFIX: Final = f"{{{R}}}"
_O_RELATIONSHIP: Final = "{urn:schemas-microsoft-com:office:office}relid"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DOC_PR: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
)
_PARAGRAPH_MARKS: Final = (f"{_W14}paraId", f"{_W14}textId")
_LAST_PLACE: Final = "_GoBack"  # where somebody worked last, says Word
_ID, _NAME, _VALUE, _TYPE = w("id"), w("name"), w("val"), w("type")
# By these a program writes a value into a control anew, over the marks in it.
_BINDINGS: Final = (
    w("dataBinding"),
    "{http://schemas.microsoft.com/office/word/2012/wordml}dataBinding",
)
_STARTS: Final = {
    w("bookmarkStart"): "bookmark",
    w("commentRangeStart"): "comment",
    w("permStart"): "permission",
}
_ENDS: Final = {
    w("bookmarkEnd"): "bookmark",
    w("commentRangeEnd"): "comment",
    w("permEnd"): "permission",
}
_NOTES: Final = {
    w("footnoteReference"): "footnotes",
    w("endnoteReference"): "endnotes",
    w("commentReference"): "comments",
}
_SETTLED: Final = frozenset(
    (
        *(w("p"), w("tr"), w("numId"), w("id"), *_BINDINGS),
        *(w("hyperlink"), w("headerReference"), w("footerReference")),
        *(w("printerSettings"), w("contentPart"), w("movie")),
        *STYLE_NAMES,
        *_STARTS,
        *_ENDS,
        *_NOTES,
    )
)
_STORIES: Final = ("header", "footer")
_INNER_RELATIONSHIP: Final = re.compile(rb'(?<=\brelId=")[^"]*(?=")')


@dataclass(frozen=True, slots=True)
class CarriedNote:
    """A note or comment of OLD that joined the result.

    kind: "footnotes", "endnotes" or "comments". element: it, in the result's part.
    """

    kind: str
    old_id: str
    element: Any


class Carrier:
    """What only OLD has, on its way into the result. Nothing is read before it must."""

    def __init__(
        self, old: WordFile, new: WordFile, taken: WordFile | None = None
    ) -> None:
        self._old, self._new, self._taken = old, new, taken or new
        self._parts = ResultParts(old, new)
        self._definitions = Definitions(old, new, self._parts, self.carry)
        self._identities: Identities | None = None
        self._relationships: dict[tuple[str, str, str], str] = {}
        self._targets: dict[str, str] = {}
        self._notes: dict[tuple[str, str], CarriedNote] = {}
        self._last_notes: dict[str, int] = {}
        self._halves: dict[tuple[str, str, str], list[Any]] = {}

    def carry(self, element: Any, old_part: str, new_part: str) -> Any:
        """Return a copy of an element of a part of OLD for a part of the result."""
        copy = deepcopy(element)
        copy.tail = None
        self._settle(copy, old_part, new_part)
        return copy

    def tree(self, part: str) -> Any:
        """Return the root of a part of the result, to be altered in place."""
        return self._parts.tree(part)

    def notes(self) -> tuple[CarriedNote, ...]:
        """Return the notes and comments that came along, in the order they came."""
        return tuple(self._notes.values())

    def notes_part(self, kind: str) -> str | None:
        """Return the result's part for "footnotes", "endnotes" or "comments"."""
        return related_part(self._new, self._new.main, kind) or self._targets.get(kind)

    def brought_part(self, old_part: str) -> str | None:
        """Return the result's part for a part of OLD that came along."""
        return self._targets.get(old_part)

    def second(self, part: str) -> str:
        """Add a header or footer of NEW once more, as NEW has it; return its name."""
        name = self._parts.add_second(part)
        for one in list(self._parts.tree(name).iter("*")):
            if one.tag in _STARTS or one.tag in _ENDS:  # they are there already
                _remove(one)
            elif one.tag == _DOC_PR:
                one.set("id", self._ids().fresh_drawing())
            elif one.tag == _ID:
                self._settle_control(one)
            for mark in _PARAGRAPH_MARKS:
                one.attrib.pop(mark, None)
        return name

    def refer(self, identity: str, part: str) -> str:
        """Return the id of a part for the main part, which names another so.

        identity: of the other, which NEW has.
        """
        main = self._new.main
        (one,) = (
            one
            for one in of_part(self._new, relationships_part(main))
            if one.identity == identity
        )
        like = relationship_element(self._new, one)
        return self._parts.relate(main, like, part)

    def missing_bookmarks(self, old_part: str) -> frozenset[str]:
        """Return the ids of the bookmarks in a part of OLD whose names NEW lacks."""
        named = {
            one.get(_NAME, ""): one.get(_ID, "")
            for one in self._old.tree(old_part).iter(w("bookmarkStart"))
        }
        named.pop(_LAST_PLACE, None)
        if not named:
            return frozenset()
        is_of_new = self._ids().is_of_new
        return frozenset(one for name, one in named.items() if not is_of_new(name))

    def fresh_id(self) -> str:
        """Return an id that no bookmark, comment or other mark of the result has."""
        return self._ids().fresh()

    def parts(self) -> Mapping[str, bytes]:
        """Return what was altered or added, to be laid over NEW's package.

        A bookmark or range of which only one end was carried goes out first.
        """
        for elements in self._halves.values():
            tags = {one.tag for one in elements}
            if not (tags & _STARTS.keys() and tags & _ENDS.keys()):
                for one in elements:
                    _remove(one)
        return self._parts.parts()

    def _ids(self) -> Identities:
        if self._identities is None:
            self._identities = Identities(self._taken)
        return self._identities

    def _settle(self, copy: Any, old_part: str, new_part: str) -> None:
        found = [
            one
            for one in copy.iter("*")
            if one.tag in _SETTLED or not one.tag.startswith(_W_PREFIX)
        ]
        for one in found:
            self._settle_one(one, old_part, new_part)

    def _settle_one(self, one: Any, old_part: str, new_part: str) -> None:
        tag = one.tag
        if tag in STYLE_NAMES:
            self._definitions.style(one.get(_VALUE, ""))
        elif tag == w("numId"):
            one.set(_VALUE, self._definitions.number(one.get(_VALUE, "0")))
        elif tag in _STARTS or tag in _ENDS:
            self._settle_mark(one, old_part)
        elif tag in _NOTES:
            one.set(_ID, self._note(_NOTES[tag], one.get(_ID, "")))
        elif tag == _DOC_PR:
            one.set("id", self._ids().fresh_drawing())
        elif tag == w("id") or tag in _BINDINGS:
            self._settle_control(one)
        for name in one.keys():  # noqa: SIM118  (an lxml element is no mapping)
            if name.startswith(_R_PREFIX) or name == _O_RELATIONSHIP:
                identity = self._relationship(one.get(name), old_part, new_part)
                one.set(name, identity)
            elif name in _PARAGRAPH_MARKS:
                del one.attrib[name]

    def _settle_mark(self, one: Any, old_part: str) -> None:
        """Give the start or end of a range its id; drop a bookmark that NEW has."""
        kind = _STARTS.get(one.tag) or _ENDS[one.tag]
        old_id = one.get(_ID, "")
        if kind == "comment":
            one.set(_ID, self._note("comments", old_id))
        else:
            name = one.get(_NAME) if kind == "bookmark" else None
            identity = self._ids().of_mark(kind, (old_part, old_id), name)
            if identity is None:
                _remove(one)
                return
            one.set(_ID, identity)
        self._halves.setdefault((kind, old_part, old_id), []).append(one)

    def _settle_control(self, one: Any) -> None:
        parent = one.getparent()
        if one.tag in _BINDINGS:
            _remove(one)
        elif parent is not None and parent.tag == w("sdtPr"):
            one.set(_VALUE, self._ids().of_control(one.get(_VALUE, "1")))

    def _relationship(self, identity: str, old_part: str, new_part: str) -> str:
        key = (identity, old_part, new_part)
        known = self._relationships.get(key)
        if known is None:
            known = self._relationships[key] = self._relate(*key)
        return known

    def _relate(self, identity: str, old_part: str, new_part: str) -> str:
        for one in of_part(self._old, relationships_part(old_part)):
            if one.identity == identity:
                like = relationship_element(self._old, one)
                if one.is_outside or one.is_place:
                    return self._parts.relate(new_part, like, None)
                target = part_named(self._old, one.meant)
                if target is None:  # Word shows nothing for it in OLD, and not here
                    return identity
                meant = self._target(
                    target,
                    one,
                    partial(self._relationship, old_part=old_part, new_part=new_part),
                )
                return self._parts.relate(new_part, like, meant)
        return identity

    def _target(
        self, name: str, as_what: Relationship, inner: Callable[[str], str]
    ) -> str:
        """Return the result's part for a part of OLD, which is added when needed.

        inner: the id in the result of a relationship that the part's text names.
        """
        known = self._targets.get(name)
        if known is not None:
            return known
        kind = content_type(self._old, name)
        if as_what.kind in _STORIES:  # never NEW's own: what is carried gets marks
            return self._story(name, kind)
        links = relationships_part(name)
        has_links = part_named(self._old, links) is not None
        same = None if has_links else self._same_file(name)
        if same is not None:
            self._targets[name] = same
            return same
        content = self._old.package.read(name)
        if as_what.kind == "diagramdata":
            content = _INNER_RELATIONSHIP.sub(
                lambda found: inner(found[0].decode()).encode(), content
            )
        added = self._targets[name] = self._parts.add_file(name, content, kind)
        if has_links:
            self._parts.place(relationships_part(added), self._links(links))
        return added

    def _same_file(self, name: str) -> str | None:
        """Return a part of NEW with the same bytes, if it has any."""
        mine = self._old.package.read(name)
        for other in self._new.package.members:
            if (
                other.size == len(mine)
                and self._old.types.of(name) == self._new.types.of(other.name)
                and other.content() == mine
            ):
                return other.name
        return None

    def _story(self, name: str, kind: str) -> str:
        """Add a header or footer of OLD; return its name."""
        from lxml import etree

        old = self._old.tree(name)
        added = self._parts.add_tree(name, etree.Element(old.tag), kind)
        self._targets[name] = added
        self._parts.place(added, self.carry(old, name, added))
        return added

    def _links(self, links: str) -> Any:
        """Return the relationships of a part of OLD, with targets in the result."""
        root = deepcopy(self._old.tree(part_named(self._old, links) or links))
        inside = {
            one.identity: one
            for one in of_part(self._old, links)
            if not (one.is_outside or one.is_place)
        }
        for element in root:
            one = inside.get(element.get("Id", ""))
            target = part_named(self._old, one.meant) if one else None
            if one and target:
                meant = self._target(target, one, str)
                element.set("Target", f"/{meant}")
        return root

    def _note(self, kind: str, old_id: str) -> str:
        """Return the id of a note of OLD in the result, where it is added once."""
        known = self._notes.get((kind, old_id))
        if known is not None:
            return str(known.element.get(_ID))
        old_part = related_part(self._old, self._old.main, kind)
        note = old_part and next(
            (one for one in self._old.tree(old_part) if one.get(_ID) == old_id), None
        )
        if old_part is None or note is None:
            return old_id
        new_part = self.notes_part(kind) or self._new_notes(kind, old_part)
        root = self._parts.tree(new_part)
        element = self.carry(note, old_part, new_part)
        element.set(_ID, self._free_note(kind, root))
        root.append(element)
        self._notes[kind, old_id] = CarriedNote(kind, old_id, element)
        return str(element.get(_ID))

    def _free_note(self, kind: str, root: Any) -> str:
        """Return an id that no note has and that nothing names."""
        last = self._last_notes.get(kind)
        if last is None:
            tags = [tag for tag, one in _NOTES.items() if one == kind]
            named = [*root, *self._new.tree(self._new.main).iter(*tags)]
            last = max((0, *(whole_number(one.get(_ID)) for one in named)))
        self._last_notes[kind] = last + 1
        return str(last + 1)

    def _new_notes(self, kind: str, old_part: str) -> str:
        """Add a part for notes, with OLD's separators and none of its notes."""
        root = deepcopy(self._old.tree(old_part))
        for one in list(root):
            if one.get(_TYPE, "normal") == "normal":
                root.remove(one)
        name = self._parts.add_tree(old_part, root, content_type(self._old, old_part))
        self._targets[kind] = name
        self._settle(root, old_part, name)
        like = relationship_like(self._old, self._old.main, kind)
        self._parts.relate(self._new.main, like, name)
        return name


def _remove(one: Any) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)
