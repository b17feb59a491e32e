"""A style or list that only OLD defines in; the same, defined in the result, out."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, Final

from slacontracts.redline.identities import whole_number
from slacontracts.redline.result_parts import (
    ResultParts,
    content_type,
    related_part,
    relationship_like,
)
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

STYLE_NAMES: Final = frozenset(
    w(one)
    for one in (
        *("pStyle", "rStyle", "tblStyle", "basedOn", "link", "next"),
        *("styleLink", "numStyleLink"),
    )
)
_VALUE: Final = w("val")
_STYLE, _STYLE_ID = w("style"), w("styleId")
_NUM, _NUM_ID = w("num"), w("numId")
_ABSTRACT, _ABSTRACT_ID = w("abstractNum"), w("abstractNumId")
_BULLET, _BULLET_ID = w("numPicBullet"), w("numPicBulletId")
# What two equal lists may differ in: marks that Word makes anew.
_OWN_MARKS: Final = frozenset(map(w, ("nsid", "tmpl", "name")))

Carry = Callable[[Any, str, str], Any]


class Definitions:
    """The styles and lists of the result, and those of OLD that join them.

    carry: copies an element of a part of OLD for a part of the result.
    """

    def __init__(
        self, old: WordFile, new: WordFile, parts: ResultParts, carry: Carry
    ) -> None:
        self._parts, self._carry = parts, carry
        self._styles = _Pair(old, new, parts, "styles")
        self._lists = _Pair(old, new, parts, "numbering")
        self._known_styles: set[str] | None = None
        self._numbers: dict[str, str] = {}
        self._abstracts: dict[str, str] = {}
        self._bullets: dict[str, str] = {}

    def style(self, identity: str) -> None:
        """See to it that the result defines a style of OLD."""
        if self._known_styles is None:
            root = self._styles.look()
            self._known_styles = {one.get(_STYLE_ID, "") for one in _all(root, _STYLE)}
        if identity in self._known_styles:
            return
        self._known_styles.add(identity)
        old = _with_value(self._styles.old_root(), _STYLE, _STYLE_ID, identity)
        if old is None:
            return
        root = self._styles.tree()
        style = self._carry(old, self._styles.old_part, self._styles.new_part)
        style.attrib.pop(w("default"), None)
        name = style.find(w("name"))
        if name is not None:
            taken = {_value(one, "name").lower() for one in _all(root, _STYLE)}
            name.set(_VALUE, _free_name(name.get(_VALUE, identity), taken))
        root.append(style)

    def number(self, identity: str) -> str:
        """Return the number by which the result knows a list of OLD."""
        known = self._numbers.get(identity)
        if known is None:
            known = self._numbers[identity] = self._find_number(identity)
        return known

    def _find_number(self, identity: str) -> str:
        old = _with_value(self._lists.old_root(), _NUM, _NUM_ID, identity)
        if identity == "0" or old is None:
            return identity
        mine = _with_value(self._lists.look(), _NUM, _NUM_ID, identity)
        if mine is not None and self._are_one_list(old, mine):
            return identity
        root = self._lists.tree()
        number = identity if mine is None else str(self._free_number())
        one = deepcopy(old)
        one.set(_NUM_ID, number)
        abstract = one.find(_ABSTRACT_ID)
        if abstract is not None:
            abstract.set(_VALUE, self._abstract(abstract.get(_VALUE, "")))
        _insert_after(root, one, _NUM, _ABSTRACT, _BULLET)
        return number

    def _free_number(self) -> int:
        numbers = [
            whole_number(one.get(_NUM_ID))
            for root in (self._lists.look(), self._lists.old_root())
            for one in _all(root, _NUM)
        ]
        return max(numbers, default=0) + 1

    def _are_one_list(self, old: Any, new: Any) -> bool:
        mine = _abstract_of(self._lists.old_root(), old)
        other = _abstract_of(self._lists.look(), new)
        if mine is None or other is None:
            return mine is other
        return _are_alike(mine, other) and _overrides(old) == _overrides(new)

    def _abstract(self, identity: str) -> str:
        known = self._abstracts.get(identity)
        if known is None:
            known = self._abstracts[identity] = self._find_abstract(identity)
        return known

    def _find_abstract(self, identity: str) -> str:
        root = self._lists.tree()
        old = _with_value(self._lists.old_root(), _ABSTRACT, _ABSTRACT_ID, identity)
        if old is None:
            return identity
        taken = []
        for one in root.findall(_ABSTRACT):
            if _is_same_abstract(old, one):
                return str(one.get(_ABSTRACT_ID))
            taken.append(whole_number(one.get(_ABSTRACT_ID)))
        number = str(max(taken, default=-1) + 1)
        abstract = self._carry(old, self._lists.old_part, self._lists.new_part)
        abstract.set(_ABSTRACT_ID, number)
        for one in list(abstract.iter(w("lvlPicBulletId"))):
            one.set(_VALUE, self._bullet(one.get(_VALUE, ""), root))
        for one in abstract.iter(w("pStyle")):
            self.style(one.get(_VALUE, ""))
        _insert_after(root, abstract, _ABSTRACT, _BULLET)
        return number

    def _bullet(self, identity: str, root: Any) -> str:
        """Return the number of a picture that is used as a bullet, brought along."""
        known = self._bullets.get(identity)
        if known is not None:
            return known
        old = _with_value(self._lists.old_root(), _BULLET, _BULLET_ID, identity)
        if old is None:
            return identity
        taken = [whole_number(one.get(_BULLET_ID)) for one in root.findall(_BULLET)]
        number = self._bullets[identity] = str(max(taken, default=-1) + 1)
        bullet = self._carry(old, self._lists.old_part, self._lists.new_part)
        bullet.set(_BULLET_ID, number)
        _insert_after(root, bullet, _BULLET)
        return number


class _Pair:
    """The part of one kind, in OLD and in the result."""

    def __init__(
        self, old: WordFile, new: WordFile, parts: ResultParts, kind: str
    ) -> None:
        self._old, self._new, self._parts, self._kind = old, new, parts, kind
        self.old_part = related_part(old, old.main, kind) or ""
        self.new_part = related_part(new, new.main, kind) or ""

    def old_root(self) -> Any:
        return self._old.tree(self.old_part) if self.old_part else None

    def look(self) -> Any:
        return self._parts.look(self.new_part) if self.new_part else None

    def tree(self) -> Any:
        """Return the root in the result; the part is made when it is not there."""
        if not self.new_part:
            root = deepcopy(self.old_root())
            for one in list(root):
                if one.tag != w("docDefaults"):
                    root.remove(one)
            kind = content_type(self._old, self.old_part)
            self.new_part = self._parts.add_tree(self.old_part, root, kind)
            like = relationship_like(self._old, self._old.main, self._kind)
            self._parts.relate(self._new.main, like, self.new_part)
        return self._parts.tree(self.new_part)


def _all(root: Any, tag: str) -> Iterator[Any]:
    return iter(()) if root is None else root.iterchildren(tag)


def _with_value(root: Any, tag: str, attribute: str, value: str) -> Any:
    return next((one for one in _all(root, tag) if one.get(attribute) == value), None)


def _value(one: Any, tag: str) -> str:
    child = one.find(w(tag))
    return "" if child is None else str(child.get(_VALUE, ""))


def _free_name(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free.lower() in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _abstract_of(root: Any, number: Any) -> Any:
    identity = _value(number, "abstractNumId")
    return _with_value(root, _ABSTRACT, _ABSTRACT_ID, identity)


def _is_same_abstract(old: Any, new: Any) -> bool:
    """Tell whether two definitions are the same one, so that numbers run on."""
    return _value(old, "nsid") == _value(new, "nsid") and _are_alike(old, new)


def _are_alike(old: Any, new: Any) -> bool:
    mark = _value(old, "nsid")
    return bool(mark and mark == _value(new, "nsid")) or _levels(old) == _levels(new)


def _levels(abstract: Any) -> list[bytes]:
    from lxml import etree

    return [
        etree.tostring(one, method="c14n", exclusive=True, with_tail=False)
        for one in abstract
        if isinstance(one.tag, str) and one.tag not in _OWN_MARKS
    ]


def _overrides(number: Any) -> list[bytes]:
    from lxml import etree

    return [
        etree.tostring(one, method="c14n", exclusive=True, with_tail=False)
        for one in number.iterchildren(w("lvlOverride"))
    ]


def _insert_after(root: Any, one: Any, *tags: str) -> None:
    """Insert a definition behind the last of the first kind that is there."""
    for tag in tags:
        last = root.findall(tag)
        if last:
            last[-1].addnext(one)
            return
    root.insert(0, one)
