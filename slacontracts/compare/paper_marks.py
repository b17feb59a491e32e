"""Pages in; those without the marks that people put on each, and the marks, out.

Parties set their initials at the edge of every page; where they sign in full, and on a
cover, they often leave them out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from slacontracts.compare.paper_words import PaperWord, paper_words
from slacontracts.model.paper import PaperPage

_DEPTH: Final = 2  # lines from the edge of a page
_FEWEST_PAGES: Final = 3
_MOST_WITHOUT: Final = 2  # pages: the cover and the one where they sign
_MOST_WORDS: Final = 6


def without_marks(
    pages: Sequence[PaperPage], expected: Sequence[PaperWord], *, is_bare: bool
) -> tuple[list[PaperPage], tuple[str, ...]]:
    """Return pages without the lines that people put at the edge of them, and those.

    Such a line is short, nothing that the text says, and the same on all pages but two.
    """
    counts = Counter(line for page in pages for line in {*_at_edges(page)})
    fewest = max(_FEWEST_PAGES, len(pages) - _MOST_WITHOUT)
    often = [line for line, count in counts.items() if count >= fewest]
    printed = f" {' '.join(one.said for one in expected)} "
    marks = [one for one in often if _is_mark(one, printed, is_bare=is_bare)]
    return [_without(page, marks) for page in pages], tuple(
        f"on {_pages_said(counts[one], len(pages))}: {one}" for one in marks
    )


def _at_edges(page: PaperPage) -> tuple[str, ...]:
    return (*page.lines[:_DEPTH], *page.lines[-_DEPTH:])


def _is_mark(line: str, printed: str, *, is_bare: bool) -> bool:
    words = paper_words(line, 0, is_bare=is_bare)
    said = " ".join(one.said for one in words)
    return 0 < len(words) <= _MOST_WORDS and f" {said} " not in printed


def _without(page: PaperPage, marks: Sequence[str]) -> PaperPage:
    lines = list(page.lines)
    for mark in marks:
        last = len(lines) - 1
        near = (*range(last, last - _DEPTH, -1), *range(_DEPTH))
        at = next(
            (one for one in near if 0 <= one <= last and lines[one] == mark), None
        )
        if at is not None:
            del lines[at]
    return replace(page, lines=tuple(lines))


def _pages_said(count: int, of: int) -> str:
    return "every page" if count == of else f"{count} of {of} pages"
