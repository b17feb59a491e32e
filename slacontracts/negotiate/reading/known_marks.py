"""The marks of the file that was sent in; which marks of an answer are these, out.

A mark has no name of its own that outlives a program: ids are given anew, marks are cut
and joined. So it is known by who made it and when, by what it does, and by its words,
which stand in those that were sent. Somebody whose name and time a program takes out
makes new marks that are told from the old by their words alone.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from slacontracts.word.gate import WordFile
from slacontracts.word.names import w
from slacontracts.word.revision_marks import ADDED, REMOVED, Mark, find_marks

_MINUTE: Final = len("2026-11-23T09:00")
_TEXTS: Final = (w("t"), w("delText"))
_ALIKE: Final = 2  # of the words of a paragraph, one in so many has to be the same

Name: TypeAlias = tuple[str, str, str]


class KnownMarks:
    """The marks of a file that was sent."""

    def __init__(self, sent: WordFile) -> None:
        self._words: dict[Name, list[str]] = defaultdict(list)
        self._paragraphs: dict[Name, list[frozenset[str]]] = defaultdict(list)
        together: dict[tuple[Name, Any], list[str]] = defaultdict(list)
        for mark in _all_marks(sent):
            name = _name(mark)
            if _is_of_words(mark):
                paragraph = next(mark.element.iterancestors(w("p")), None)
                together[name, paragraph].append(_words(mark.element))
            else:
                self._paragraphs[name].append(_bag(mark.owner))
        for (name, _), texts in together.items():
            self._words[name].append("".join(texts))
        self.authors = frozenset(
            author for author, _, _ in (*self._words, *self._paragraphs) if author
        )

    def has(self, mark: Mark) -> bool:
        """Tell whether a mark of the answer is one that was sent."""
        name = _name(mark)
        if _is_of_words(mark):
            words = _words(mark.element)
            return any(words in one for one in self._words.get(name, ()))
        bag = _bag(mark.owner)
        return any(_are_alike(bag, one) for one in self._paragraphs.get(name, ()))


def _all_marks(file: WordFile) -> Iterator[Mark]:
    for name in file.package.names:
        if file.types.is_xml(name) and name.startswith(file.main.rpartition("/")[0]):
            yield from find_marks(file.tree(name))


def _name(mark: Mark) -> Name:
    """Return who made a mark, in which minute, and what it does."""
    kind = "+" if mark.what in ADDED else "-" if mark.what in REMOVED else mark.role
    return mark.author, mark.date[:_MINUTE], kind


def _is_of_words(mark: Mark) -> bool:
    """Tell whether a mark stands around words; else it is of a paragraph, row, cell."""
    return mark.role == "content" and mark.what in (*ADDED, *REMOVED)


def _words(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(*_TEXTS))


def _bag(element: Any) -> frozenset[str]:
    return frozenset() if element is None else frozenset(_words(element).split())


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return _ALIKE * len(one & other) >= max(len(one), len(other))
