"""Two Word files in; the newer one, with every change as a tracked change, out."""

from dataclasses import dataclass

from slacontracts.word.gate import WordFile


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """How much changed in the body, the headers, the footers or the notes."""

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
        """The paragraphs that moved."""
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


def redline(old: WordFile, new: WordFile, *, author: str, date: str) -> Redline:
    """Return NEW with what changed since OLD as tracked changes.

    date: of the changes, as "2026-11-23T09:00:00Z". Neither file has tracked changes
    of its own. Accepting all gives NEW, rejecting all OLD.
    """
    from slacontracts.redline.stories import Comparison
    from slacontracts.redline.unmarked import unmarked
    from slacontracts.word.package import write_package

    comparison = Comparison(old, new, author, date)
    comparison.compare()
    counts: dict[str, list[int]] = {}
    for story, pen in comparison.pens:
        sums = counts.setdefault(story, [0, 0, 0, 0])
        formats = sum(n for kind, n in pen.counts.items() if kind.endswith("Change"))
        mine = (pen.counts["ins"], pen.counts["del"], pen.counts["move"], formats)
        counts[story] = [a + b for a, b in zip(sums, mine, strict=True)]
    stories = [StoryChanges(story, *numbers) for story, numbers in counts.items()]
    summary = Summary(tuple(one for one in stories if one.is_changed))
    package = new.package
    if any(pen.counts for _, pen in comparison.pens):
        package = package.with_parts(comparison.carrier.parts())
    data = write_package(package.members)
    return Redline(data, summary, unmarked(old, new))
