"""Pages, and the headers and footers of a text, in; pages without them, faults, out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from slacontracts.compare.paper_words import in_one_order, paper_words
from slacontracts.model.paper import PaperPage
from slacontracts.word.printed import PAGE, PAGES, Printed

_DEPTH: Final = 4  # lines from the edge of a page
_MOST_LINES: Final = 3  # that a header may take


@dataclass(slots=True)
class Furniture:
    """The headers and footers of a text, and the numbers that they printed so far."""

    patterns: "list[tuple[str, re.Pattern[str]]]"
    is_bare: bool
    offset: int | None = None
    total: int | None = None
    faults: list[tuple[int, str]] = field(default_factory=list)

    def without(self, page: PaperPage) -> PaperPage:
        """Return a page without its headers and footers; note a number that is off."""
        lines = list(page.lines)
        for story, pattern in self.patterns:
            for kept, taken in _cuts(lines, from_end=story == "footer"):
                found = pattern.fullmatch(self._joined(taken))
                if found:
                    self._check(page.number, found.groupdict())
                    lines = kept
                    break
        return replace(page, lines=tuple(lines))

    def _joined(self, lines: Sequence[str]) -> str:
        return _joined(" ".join(lines), is_bare=self.is_bare)

    def _check(self, number: int, printed: dict[str, str | None]) -> None:
        """Note where pages do not count on, or say another number of all pages."""
        page, total = printed.get("page"), printed.get("pages")
        if page is not None:
            offset = int(page) - number
            self.offset = offset if self.offset is None else self.offset
            if offset != self.offset:
                self.faults.append((number, f"the page is numbered {page}"))
        if total is not None:
            self.total = int(total) if self.total is None else self.total
            if int(total) != self.total:
                self.faults.append((number, f"the page is said to be one of {total}"))


def furniture_of(printed: Sequence[Printed], *, is_bare: bool) -> Furniture:
    """Return the headers and footers of a text, the longest first."""
    texts = {
        (one.story, one.text)
        for one in printed
        if one.story in ("header", "footer") and one.text.strip()
    }
    patterns = [(story, _pattern(text, is_bare=is_bare)) for story, text in texts]
    patterns.sort(key=lambda one: (-len(one[1].pattern), one[1].pattern, one[0]))
    return Furniture(patterns, is_bare)


def _pattern(text: str, *, is_bare: bool) -> "re.Pattern[str]":
    named: set[str] = set()
    pieces = re.split(f"([{PAGE}{PAGES}])", text)
    return re.compile("".join(_piece(one, named, is_bare=is_bare) for one in pieces))


def _piece(text: str, named: set[str], *, is_bare: bool) -> str:
    name = {PAGE: "page", PAGES: "pages"}.get(text)
    if name is None:
        return re.escape(_joined(text, is_bare=is_bare))
    if name in named:
        return r"\d{1,5}"
    named.add(name)
    return rf"(?P<{name}>\d{{1,5}})"


def _joined(text: str, *, is_bare: bool) -> str:
    return in_one_order(
        "".join(word.said for word in paper_words(text, 0, is_bare=is_bare))
    )


def _cuts(lines: list[str], *, from_end: bool) -> Iterator[tuple[list[str], list[str]]]:
    """Yield (the other lines, some lines) near an edge of a page.

    Programs differ on whether a footer is drawn before or after the text, so the
    other edge comes after it; last, a line that goes on with the text of the page.
    """
    for at_end, depth in ((from_end, _DEPTH), (not from_end, 1)):
        for away in range(min(depth, len(lines))):
            for length in range(1, _MOST_LINES + 1):
                start = len(lines) - away - length if at_end else away
                stop = start + length
                if start >= 0 and stop <= len(lines):
                    yield [*lines[:start], *lines[stop:]], lines[start:stop]
    words = lines[-1 if from_end else 0].split() if lines else []
    for at in range(1, len(words)):
        head, tail = " ".join(words[:at]), " ".join(words[at:])
        if from_end:
            yield [*lines[:-1], head], [tail]
        else:
            yield [tail, *lines[1:]], [head]
