"""A marked file and our new text in; that file with our changes marked on top out.

Our text is compared with what the file says when all in it is accepted, in the order
that leads from our text to theirs: so the file keeps its own words, looks and parts,
and what only our text has is brought into it. Then our marks are turned round, and
theirs put back where they were.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from itertools import count
from typing import Final, TypeAlias

from slacontracts.errors import WordFileError
from slacontracts.redline.elements import ENDNOTE, FOOTNOTE, ID, NAME, TABLE, Element
from slacontracts.redline.overlay.contents import hide_contents, hide_page_breaks
from slacontracts.redline.overlay.hiding import hide, simplify
from slacontracts.redline.overlay.keeping import NOTE, NUMBERED, PART, Kept
from slacontracts.redline.overlay.order import has_open_end
from slacontracts.redline.overlay.own import take_back_own
from slacontracts.redline.overlay.pages import hide_pages
from slacontracts.redline.overlay.restoring import restore
from slacontracts.redline.overlay.turning import (
    part_moves_of_marked,
    turn_marks,
    with_marks,
)
from slacontracts.redline.result_parts import of_part, part_named, relationships_part
from slacontracts.redline.stories import Comparison, put_in_order
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w
from slacontracts.word.package import write_package

Table: TypeAlias = tuple[str, str]  # its part, and its number there

_STORIES: Final = ("header", "footer", "footnotes", "endnotes")
_NOTES: Final = {"footnotes": FOOTNOTE, "endnotes": ENDNOTE}
_OURS: Final = "\ue000 ours"  # nobody's name
_AUTHOR: Final = w("author")
_CELL_MARKS: Final = (w("cellIns"), w("cellDel"))
_ENDS: Final = ("Start", "End")


def overlay(returned: WordFile, new: WordFile, *, author: str, date: str) -> bytes:
    """Return the file that came back with what leads to our new text marked in it.

    date: of our changes, as "2026-11-23T09:00:00Z". Its own tracked changes stay as
    they are: ours lead from what it says with all of them accepted to NEW, which has
    none. Rejecting ours gives the file again, the contents aside, which are NEW's; but
    what the same author inserted earlier and deletes now is taken out and leaves no
    mark. Raises WordFileError, in one line, when ours cannot be put on top.
    """
    locked: set[Table] = set()
    has_stays = False
    while True:
        made = _Overlay(returned, new, date, frozenset(locked), has_stays)
        conflicts = made.compare() - locked
        if conflicts:
            locked |= conflicts
            continue
        made.finish()
        if not made.has_open_end:
            return made.data(author)
        if has_stays:
            raise _impossible(returned)
        has_stays = True


def _impossible(returned: WordFile) -> WordFileError:
    return WordFileError(
        f"our changes cannot be marked on top of those in {returned.package.file}; "
        "send a redline of its own"
    )


class _Overlay:
    """One attempt.

    locked: tables that are replaced whole where they differ. has_stays: whether tables
    that they deleted still part what stands around them.
    """

    def __init__(
        self,
        returned: WordFile,
        new: WordFile,
        date: str,
        locked: frozenset[Table],
        has_stays: bool,
    ) -> None:
        self._returned = returned
        self._kept: dict[str, Kept] = {}
        roots: dict[str, Element] = {}
        news = _to_compare(new)
        for part in _stories(returned):
            root = deepcopy(returned.tree(part))
            kept = self._kept[part] = Kept()
            if part == returned.main:
                self._has_new_contents = hide_contents(
                    root, news[new.main], kept, _styles(returned)
                )
            tables = {number for name, number in locked if name == part}
            file = returned.package.file
            hide(root, kept, file, locked=tables, has_stays=has_stays)
            if part == returned.main:
                hide_page_breaks(root, news[new.main], kept)
            _number_notes(root)
            hide_pages(root)
            root.set(PART, part)
            roots[part] = root
        self._comparison = Comparison(
            new.with_trees(news),
            returned.with_trees(roots),
            _OURS,
            date,
            taken=returned,
        )

    def compare(self) -> set[Table]:
        """Mark our changes; return the tables in which they cannot stand on theirs."""
        self._comparison.compare()
        return {
            (part, table.get(NUMBERED))
            for part in self._kept
            for mark in self._root(part).iter(*_CELL_MARKS)
            if mark.get(_AUTHOR) == _OURS
            if (table := next(mark.iterancestors(TABLE))).get(NUMBERED) is not None
        }

    def _root(self, part: str) -> Element:
        return self._comparison.carrier.tree(part)

    @property
    def has_open_end(self) -> bool:
        """Whether words of a story run on into a table."""
        return any(has_open_end(self._root(part), _OURS) for part in self._parts)

    def finish(self) -> None:
        """Put their marks back."""
        self._renumber_notes()
        for part in self._parts:
            self._finish(part)
        self._put_notes_in_order()

    def data(self, author: str) -> bytes:
        """Return the file with all marks, theirs and ours."""
        carrier, package = self._comparison.carrier, self._returned.package
        has_marked = any(pen.has_marked for _, pen in self._comparison.pens)
        if has_marked or self._has_new_contents:
            roots = {part: self._root(part) for part in self._parts}
            _settle_ids(roots, carrier.fresh_id)
            for root in roots.values():
                _name_moves(root)
            self._take_back(roots, author)
            for one in (one for root in roots.values() for one in with_marks(root)):
                if one.get(_AUTHOR) == _OURS:
                    one.set(_AUTHOR, author)
            package = package.with_parts(carrier.parts())
        return write_package(package.members)

    def _take_back(self, roots: Mapping[str, Element], author: str) -> None:
        """Take back what the author inserted and deletes now, and notes with signs."""
        before = {*_signs(roots)}
        for root in roots.values():
            take_back_own(root, _OURS, author)
        for tag, identity in before - {*_signs(roots)}:
            kind = next(one for one, sign in _NOTES.items() if sign == tag)
            root = self._root(self._comparison.carrier.notes_part(kind) or "")
            for note in [one for one in root if one.get(ID) == identity]:
                root.remove(note)

    @property
    def _parts(self) -> list[str]:
        """The parts of the result in which there may be marks."""
        ours = (pen.new_part for _, pen in self._comparison.pens)
        return [*dict.fromkeys((*self._kept, *ours))]

    def _renumber_notes(self) -> None:
        """Let what was taken out name the notes by the ids that they have now."""
        for kind, tag in _NOTES.items():
            part = self._comparison.carrier.notes_part(kind)
            now = {
                note.attrib.pop(NOTE): note.get(ID)
                for note in (() if part is None else self._root(part))
                if NOTE in note.attrib
            }
            for kept in self._kept.values():
                for held in kept.elements.values():
                    for one in held.iter(tag):
                        one.set(ID, now.get(one.get(ID), one.get(ID)))

    def _put_notes_in_order(self) -> None:
        """Put notes that came in order, now that all that refers to notes is there."""
        carrier = self._comparison.carrier
        for kind in {one.kind for one in carrier.notes()} & _NOTES.keys():
            part = carrier.notes_part(kind)
            if part is not None:
                body = self._root(self._returned.main)
                put_in_order(self._root(part), body, _NOTES[kind])

    def _finish(self, part: str) -> None:
        root = self._root(part)
        kept = self._kept.get(root.attrib.pop(PART, part), Kept())
        pen = self._comparison.pens[0][1]
        turn_marks(root, pen)
        part_moves_of_marked(root, pen)
        used = restore(root, kept, _OURS)
        if used != {*kept.elements} - kept.around:
            raise _impossible(self._returned)


def _stories(file: WordFile) -> Iterator[str]:
    """Yield the parts that hold text which is compared."""
    yield file.main
    for one in of_part(file, relationships_part(file.main)):
        part = part_named(file, one.meant) if one.kind in _STORIES else None
        if part is not None:
            yield part


def _signs(roots: Mapping[str, Element]) -> Iterator[tuple[str, str]]:
    """Yield (tag, id) of every sign of a note."""
    for root in roots.values():
        for one in root.iter(*_NOTES.values()):
            yield one.tag, one.get(ID, "")


def _styles(file: WordFile) -> set[str]:
    """Return the ids of the styles that a file has."""
    return {
        style.get(w("styleId"), "")
        for one in of_part(file, relationships_part(file.main))
        if one.kind == "styles" and (part := part_named(file, one.meant))
        for style in file.tree(part).iter(w("style"))
    }


def _to_compare(new: WordFile) -> dict[str, Element]:
    """Return our text as it is compared: without comments, with fields in pieces."""
    roots: dict[str, Element] = {}
    for part in _stories(new):
        root = deepcopy(new.tree(part))
        simplify(root)
        hide_pages(root)
        roots[part] = root
    return roots


def _number_notes(root: Element) -> None:
    if root.tag in (w("footnotes"), w("endnotes")):
        for note in root.iterchildren(w("footnote"), w("endnote")):
            note.set(NOTE, note.get(ID, ""))


def _name_moves(root: Element) -> None:
    """Give our moves names that none of theirs has."""
    starts = list(root.iter(w("moveFromRangeStart"), w("moveToRangeStart")))
    ours = [one for one in starts if one.get(_AUTHOR) == _OURS]
    taken = {one.get(NAME) for one in starts if one not in ours}
    names = (f"move{number}" for number in count(1))
    free = (name for name in names if name not in taken)
    given: dict[str, str] = {}
    for one in ours:
        was = one.get(NAME, "")
        if was not in given:
            given[was] = next(free)
        one.set(NAME, given[was])


def _settle_ids(roots: Mapping[str, Element], fresh: Callable[[], str]) -> None:
    """Give every mark an id of its own; both ends of a range have one."""
    for root in roots.values():
        ranges: dict[tuple[str, str], str] = {}
        for one in with_marks(root):
            name = one.tag
            for end in _ENDS:
                name = name.removesuffix(end)
            if name == one.tag:
                one.set(ID, fresh())
                continue
            key = (name, one.get(ID, ""))
            if key not in ranges:
                ranges[key] = fresh()
            one.set(ID, ranges[key])
