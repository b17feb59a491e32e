"""A Word file with tracked changes in; what was changed, or the file resolved, out."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.labels import clause_labels
from slacontracts.word.names import TYPES_PART, w
from slacontracts.word.package import part_bytes, write_package
from slacontracts.word.relationships import is_relationships_part
from slacontracts.word.resolving import part_moves, resolve, strip_marks
from slacontracts.word.revision_groups import Group, Kind, group_marks
from slacontracts.word.revision_marks import Mark, find_marks, has_marks, local_name

_STORIES: Final = {
    "document": "body",
    "hdr": "header",
    "ftr": "footer",
    "glossaryDocument": "building blocks",
}
_ORDER: Final = ("body", "header", "footer", "footnotes", "endnotes", "comments")
_NOTES: Final = {
    "footnotes": "footnoteReference",
    "endnotes": "endnoteReference",
    "comments": "commentReference",
}
_REFERENCES: Final = tuple(w(name) for name in _NOTES.values())
_COMMENT_SIGN: Final = w("commentReference")
_COMMENT_RANGES: Final = (w("commentRangeStart"), w("commentRangeEnd"))
# Extensions of comments name a comment by the id of its last paragraph, and the last
# of them by a name that only the one before it gives.
_ABOUT_COMMENTS: Final = ("commentsEx", "commentsIds", "commentsExtensible")
_NAMES_OF_COMMENTS: Final = ("}paraId", "}durableId")


@dataclass(frozen=True, slots=True)
class Revision:
    """One tracked change, as a person sees it.

    id: by which it is accepted or rejected; of a change in several pieces, the
    first's. date: as the file has it, or "". story: body, header, footer, footnotes,
    endnotes or comments. label: the number of the clause, or "". details: of changed
    formatting, what is different.
    """

    id: int
    kind: Kind
    author: str
    date: str
    story: str
    part: str
    label: str
    old: str
    new: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Which:
    """Which changes are meant: those of these authors and with these ids; else all."""

    authors: frozenset[str] = frozenset()
    ids: frozenset[int] = frozenset()

    @property
    def is_all(self) -> bool:
        """Whether every change is meant."""
        return not self.authors and not self.ids


ALL: Final = Which()


def revisions(file: WordFile) -> tuple[Revision, ...]:
    """Return the tracked changes of a file, the body's first, in reading order."""
    marked = {part: find_marks(file.tree(part)) for part in _revised_parts(file)}
    label_of = clause_labels(file) if file.main in marked else None
    return tuple(
        Revision(
            number,
            group.kind,
            group.author,
            group.date,
            story_of(file, part),
            part,
            label_of(group.place) if label_of and part == file.main else "",
            group.old,
            group.new,
            group.details,
        )
        for part, number, group in _numbered(marked)
    )


def accept(file: WordFile, which: Which = ALL) -> bytes:
    """Return the file with tracked changes accepted."""
    return _resolved(file, which, accepting=True)


def reject(file: WordFile, which: Which = ALL) -> bytes:
    """Return the file with tracked changes rejected."""
    return _resolved(file, which, accepting=False)


def story_of(file: WordFile, part: str) -> str:
    """Return what a part is called: body, header, footnotes, styles."""
    name = local_name(file.tree(part))
    return "body" if part == file.main else _STORIES.get(name, name)


def _revised_parts(file: WordFile) -> list[str]:
    """Return the names of the parts with tracked changes, the body's first."""

    def place(part: str) -> tuple[int, str]:
        story = story_of(file, part)
        return _ORDER.index(story) if story in _ORDER else len(_ORDER), part

    parts = [part for part in file.package.names if _may_be_revised(file, part)]
    return sorted((part for part in parts if has_marks(file.tree(part))), key=place)


def _may_be_revised(file: WordFile, part: str) -> bool:
    """Tell whether a part is one of the text, not one that holds the file together."""
    is_of_package = part == TYPES_PART or is_relationships_part(part)
    return file.types.is_xml(part) and not is_of_package


def _numbered(
    marked: Mapping[str, Sequence[Mark]],
) -> list[tuple[str, int, Group]]:
    """Return (part, id, change) of each change; no two have the same id.

    The id is the one that the file has, unless another change has it as well.
    """
    found = [
        (part, group) for part, marks in marked.items() for group in group_marks(marks)
    ]
    fresh = max((n for _, group in found for n in group.numbers), default=0) + 1
    numbered: list[tuple[str, int, Group]] = []
    taken: set[int] = set()
    for part, group in found:
        number = next((n for n in group.numbers if n not in taken), None)
        if number is None:
            number, fresh = fresh, fresh + 1
        taken.add(number)
        numbered.append((part, number, group))
    return numbered


def _resolved(file: WordFile, which: Which, *, accepting: bool) -> bytes:
    roots = {part: deepcopy(file.tree(part)) for part in _revised_parts(file)}
    marked = {part: find_marks(root) for part, root in roots.items()}
    chosen = _chosen(marked, which)
    changed = {part: root for part, root in roots.items() if chosen[part]}
    before = _references(changed.values())
    for part in changed:
        resolve(chosen[part], accepting=accepting)
        if which.is_all:
            strip_marks(changed[part])
        else:
            part_moves(marked[part], changed[part])
        _drop_ranges_without_sign(changed[part])
    lost = before - _references(changed.values())
    if lost:
        _let_go_of_notes(file, changed, lost)
    parts = {part: part_bytes(root) for part, root in changed.items()}
    return write_package(file.package.with_parts(parts).members)


def _chosen(
    marked: Mapping[str, Sequence[Mark]], which: Which
) -> dict[str, list[Mark]]:
    """Return the marks that are meant, by part, in the order of the document.

    A mark without a name goes with the last named author of its part.
    """
    by_id = {
        id(mark)
        for _, number, group in (_numbered(marked) if which.ids else ())
        if number in which.ids
        for mark in group.marks
    }
    chosen = {}
    for part, marks in marked.items():
        left = {mark.author for mark in marks} - which.authors - {""}
        authors = which.authors | ({""} if which.authors and not left else set())
        chosen[part] = [
            mark
            for mark in marks
            if which.is_all or mark.author in authors or id(mark) in by_id
        ]
    return chosen


def _references(roots: Iterable[Any]) -> set[tuple[str, str]]:
    """Return (kind, id) of every note and comment that parts refer to."""
    return {
        (local_name(one), one.get(w("id"), ""))
        for root in roots
        for one in root.iter(*_REFERENCES)
    }


def _drop_ranges_without_sign(root: Any) -> None:
    """Take out where comments begin and end that no sign in the text refers to."""
    signs = {one.get(w("id")) for one in root.iter(_COMMENT_SIGN)}
    for end in list(root.iter(*_COMMENT_RANGES)):
        if end.get(w("id")) not in signs:
            end.getparent().remove(end)


def _let_go_of_notes(
    file: WordFile, changed: dict[str, Any], lost: set[tuple[str, str]]
) -> None:
    """Take out the notes and comments that nothing refers to any more."""
    gone: set[str] = set()
    for part, name in _parts_with_notes(file):
        root = changed.get(part)
        root = deepcopy(file.tree(part)) if root is None else root
        for note in [
            one for one in root if _is_lost(one, _NOTES.get(name), lost, gone)
        ]:
            gone |= _names_of_comment(note)
            root.remove(note)
            changed[part] = root


def _parts_with_notes(file: WordFile) -> list[tuple[str, str]]:
    """Return (part, kind) of notes and comments, then of what is said about these."""
    kinds = (*_NOTES, *_ABOUT_COMMENTS)
    xml = (part for part in file.package.names if file.types.is_xml(part))
    named = ((part, local_name(file.tree(part))) for part in xml)
    wanted = (one for one in named if one[1] in kinds)
    return sorted(wanted, key=lambda one: kinds.index(one[1]))


def _is_lost(
    note: Any, reference: str | None, lost: set[tuple[str, str]], gone: set[str]
) -> bool:
    if reference is None:
        return bool(_names_of_comment(note) & gone)
    return (reference, note.get(w("id"), "")) in lost


def _names_of_comment(element: Any) -> set[str]:
    return {
        value
        for one in element.iter()
        if isinstance(one.tag, str)
        for name, value in one.attrib.items()
        if name.endswith(_NAMES_OF_COMMENTS)
    }
