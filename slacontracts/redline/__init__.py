"""Two Word files in; the newer one, with every change as a tracked change, out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slacontracts.word.gate import WordFile

if TYPE_CHECKING:
    from slacontracts.redline.stories import Comparison

_KINDS: Final = ("insertions", "deletions", "moves", "formatting")
_COUNTED_AS: Final = {
    **dict.fromkeys(("insertion", "inserted row", "inserted cell"), "insertions"),
    **dict.fromkeys(("deletion", "deleted row", "deleted cell"), "deletions"),
    "move": "moves",
}


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """How many changes the body, the headers, the footers or the notes have.

    A change is what a person sees as one: a row with its text, all that moved together.
    """

    story: str
    insertions: int
    deletions: int
    moves: int
    formatting: int

    @property
    def is_changed(self) -> bool:
        """Whether anything changed."""
        return any((self.insertions, self.deletions, self.moves, self.formatting))


@dataclass(frozen=True, slots=True)
class Summary:
    """How much changed, story by story; stories without a change are left out."""

    stories: tuple[StoryChanges, ...]

    @property
    def insertions(self) -> int:
        """The insertions of all stories."""
        return sum(one.insertions for one in self.stories)

    @property
    def deletions(self) -> int:
        """The deletions of all stories."""
        return sum(one.deletions for one in self.stories)

    @property
    def moves(self) -> int:
        """The moves of all stories."""
        return sum(one.moves for one in self.stories)

    @property
    def formatting(self) -> int:
        """The changes of formatting of all stories."""
        return sum(one.formatting for one in self.stories)


@dataclass(frozen=True, slots=True)
class Redline:
    """The newer file with tracked changes, and how many there are.

    unmarked: what differs and cannot be marked, a line each.
    """

    data: bytes
    summary: Summary
    unmarked: tuple[str, ...] = ()


def redline(
    old: WordFile, new: WordFile, *, author: str, date: str, has_formatting: bool = True
) -> Redline:
    """Return NEW with what changed since OLD as tracked changes.

    date: of the changes, as "2026-11-23T09:00:00Z". Neither file has tracked changes
    of its own. Accepting all gives NEW, rejecting all OLD; without marks of formatting,
    OLD's words in NEW's looks.
    """
    from slacontracts.redline.stories import Comparison
    from slacontracts.redline.unmarked import unmarked
    from slacontracts.word.package import write_package

    comparison = Comparison(old, new, author, date, has_formatting)
    comparison.compare()
    summary = _summary(comparison)
    package = new.package
    if summary.stories:
        package = package.with_parts(comparison.carrier.parts())
    data = write_package(package.members)
    return Redline(data, summary, unmarked(old, new))


def _summary(comparison: Comparison) -> Summary:
    """Return how many changes a person sees in what was marked."""
    from slacontracts.word.revision_groups import group_marks
    from slacontracts.word.revision_marks import find_marks

    marked = {pen.new_part: story for story, pen in comparison.pens if pen.has_marked}
    found: dict[str, Counter[str]] = {}
    for part, story in marked.items():
        groups = group_marks(find_marks(comparison.carrier.tree(part)))
        counts = found.setdefault(story, Counter())
        counts.update(_COUNTED_AS.get(one.kind, "formatting") for one in groups)
    stories = (
        StoryChanges(story, *(counts[kind] for kind in _KINDS))
        for story, counts in found.items()
    )
    return Summary(tuple(one for one in stories if one.is_changed))
