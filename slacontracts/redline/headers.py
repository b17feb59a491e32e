"""Sections that stayed in; their headers and footers, compared and marked, out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeAlias

from slacontracts.redline.carry import Carrier
from slacontracts.redline.elements import (
    DEL,
    P_PR,
    R_PR,
    SECT_PR,
    TYPE,
    Element,
    Links,
    P,
    links_of,
)
from slacontracts.redline.merge import merge
from slacontracts.redline.pen import Pen, copied
from slacontracts.redline.result_parts import (
    of_part,
    part_named,
    relationships_part,
)
from slacontracts.redline.tables import mark_blocks
from slacontracts.word.gate import WordFile
from slacontracts.word.names import r, w

Key: TypeAlias = tuple[str, str]
OpenPen: TypeAlias = Callable[[str, str, str, Links | None], Pen]
Section: TypeAlias = tuple[Element, Element]

_REFERENCES: Final = (w("headerReference"), w("footerReference"))
_IDENTITY: Final = r("id")


class InForce(NamedTuple):
    """What a section has from the one before it, and its own: references by kind."""

    taken: Mapping[Key, Element]
    own: Mapping[Key, Element]

    def get(self, key: Key) -> Element | None:
        """Return the reference that counts."""
        return self.own.get(key, self.taken.get(key))


@dataclass(slots=True)
class Headers:
    """The headers and footers of two files while they are compared.

    open_pen: gives the pen for a story, of OLD's part and the result's; with what the
    latter's relationships mean when it is not NEW's own.
    """

    old: WordFile
    new: WordFile
    carrier: Carrier
    open_pen: OpenPen
    _made: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    _alike: dict[object, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def compare(
        self, pairs: Iterable[Section], was: Element, body: Element, last: Section
    ) -> None:
        """Compare the headers and footers of the sections that stayed, kind by kind.

        was, body: of OLD and of the result. last: the sections at their ends. A
        section without a header has that of the section before, on either side, so
        one is its own where it is so on either side. Those of a section that came or
        went come and go with it.
        """
        before = _in_force([*_sections(was), last[0]])
        after = _in_force([*_sections(body), last[1]])
        for old_section, section in pairs:
            olds, news = before[old_section], after[section]
            for key in {**olds.own, **news.own}:
                self._compare(key, olds, news, section)

    def _compare(
        self, key: Key, olds: InForce, news: InForce, section: Element
    ) -> None:
        reference, old_reference = news.get(key), olds.get(key)
        part = _part_of(self.new, reference)
        old_part = self._old_part(old_reference)
        if part is None:
            if old_part is not None and reference is None:
                self._add_gone(section, old_reference, old_part)
            return
        made = self._merged(old_part, part, _story_of(key))
        if key not in news.own:
            reference = copied(reference)
            section.insert(_last_reference(section), reference)
        if made != part and reference is not None:
            identity = self.carrier.refer(reference.get(_IDENTITY, ""), made)
            reference.set(_IDENTITY, identity)

    def _old_part(self, reference: Element | None) -> str | None:
        """Return the part of OLD; of several that are the same, always one."""
        part = _part_of(self.old, reference)
        if part is None:
            return None
        said = (_crc(self.old, part), tuple(sorted(links_of(self.old, part).items())))
        return self._alike.setdefault(said, part)

    def _merged(self, old_part: str | None, part: str, story: str) -> str:
        """Return the part of the result that says what both say, each in its time.

        NEW's own part takes up what it replaces first; for all else it is copied.
        """
        known = self._made.get((old_part, part))
        if known is not None:
            return known
        made = part if part not in self._taken else self.carrier.second(part)
        self._taken.add(part)
        self._made[old_part, part] = made
        links = links_of(self.new, part)
        if old_part is None:
            pen = self.open_pen(story, part, made, links)
            mark_blocks(self.carrier.tree(made), "ins", pen)
        elif not is_same_part(self.old, old_part, self.new, part):
            pen = self.open_pen(story, old_part, made, links)
            merge(self.carrier.tree(made), self.old.tree(old_part), pen)
        return made

    def _add_gone(self, section: Element, reference: Element, part: str) -> None:
        """Bring a header that only OLD has, all of it marked as deleted."""
        brought = self.carrier.carry(reference, self.old.main, self.new.main)
        section.insert(_last_reference(section), brought)
        named = _part_of(self.old, reference) or part
        made = self.carrier.brought_part(named)
        if made is not None and (named, None) not in self._made:
            self._made[named, None] = made
            pen = self.open_pen(_story_of(_key(reference)), named, made, None)
            mark_blocks(self.carrier.tree(made), "del", pen)


def is_same_part(old: WordFile, old_part: str, new: WordFile, new_part: str) -> bool:
    """Tell whether a part is the same in both files, with what it points at."""
    return _crc(old, old_part) == _crc(new, new_part) and links_of(
        old, old_part
    ) == links_of(new, new_part)


def _crc(file: WordFile, part: str) -> int:
    return next(one.crc for one in file.package.members if one.name == part)


def _in_force(sections: Iterable[Element]) -> dict[Element, InForce]:
    out: dict[Element, InForce] = {}
    known: dict[Key, Element] = {}
    for section in sections:
        own = {_key(one): one for one in section if one.tag in _REFERENCES}
        out[section] = InForce(known, own)
        known = known | own
    return out


def _sections(body: Element) -> list[Element]:
    """Return the sections that end in paragraphs, without those that went."""
    return [
        one
        for one in body.iter(SECT_PR)
        if one.getparent().tag == P_PR
        and one.getparent().getparent().tag == P
        and one.getparent().find(f"{R_PR}/{DEL}") is None
    ]


def _key(reference: Element) -> Key:
    return (reference.tag, reference.get(TYPE, "default"))


def _story_of(key: Key) -> str:
    return "header" if key[0] == _REFERENCES[0] else "footer"


def _last_reference(section: Element) -> int:
    return sum(one.tag in _REFERENCES for one in section)


def _part_of(file: WordFile, reference: Element | None) -> str | None:
    if reference is None:
        return None
    for one in of_part(file, relationships_part(file.main)):
        if one.identity == reference.get(_IDENTITY):
            return part_named(file, one.meant)
    return None
