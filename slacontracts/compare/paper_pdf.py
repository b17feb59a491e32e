"""The pages of a signed PDF and the execution version in; their differences out."""

from collections.abc import Collection, Iterator, Sequence

from slacontracts.compare.paper import (
    Expected,
    Gap,
    PaperComparison,
    PaperDifference,
    agreeing_percent,
    difference_of,
    expected_text,
    gaps,
    whole,
    written_as,
)
from slacontracts.compare.paper_furniture import furniture_of
from slacontracts.compare.paper_marks import without_marks
from slacontracts.compare.paper_words import PaperWord, paper_words, say_the_same
from slacontracts.model.paper import Paper, PaperPage
from slacontracts.word.gate import WordFile
from slacontracts.word.printed import printed_paragraphs


def differences_in_pdf(
    paper: Paper, execution: WordFile, signing: Collection[str]
) -> PaperComparison:
    """Return the differences of a signed PDF from the execution version.

    signing: the texts with one of which the signature page begins. A scan has no
    words to compare (`paper.is_scan`): do not ask.
    """
    printed = tuple(printed_paragraphs(execution))
    expected = expected_text(printed, signing)
    furniture = furniture_of(printed, is_bare=expected.is_bare)
    bare = [furniture.without(page) for page in paper.pages]
    pages, marks = without_marks(bare, expected.words, is_bare=expected.is_bare)
    found = [
        word
        for page in pages
        for line in _lines(page)
        for word in paper_words(line, page.number, is_bare=expected.is_bare)
    ]
    comparing = _OfPages(expected, found, pages)
    differences = [*comparing.differences(), *_of_pages(pages, comparing.signing_pages)]
    differences += [
        PaperDifference("page", "the footer", "", said, page=number)
        for number, said in furniture.faults
    ]
    differences.sort(key=lambda one: one.page or 0)
    told = [*marks, *comparing.written]
    if not any("/media/" in name for name in execution.package.names):
        told += _pictures(pages, comparing.signing_pages)
    apart = [gap for gap in comparing.gaps if not comparing.is_of_print(gap)]
    agreeing = agreeing_percent(len(expected.words), apart)
    return PaperComparison(tuple(differences), tuple(told), agreeing)


def _lines(page: PaperPage) -> Iterator[str]:
    """Yield lines; one whose last hyphen the page put there goes on in the next."""
    begun = ""
    for line in page.lines:
        begun += line
        if not begun.rstrip().endswith("\u00ad"):
            yield begun
            begun = ""
    if begun:
        yield begun


def _of_pages(
    pages: Sequence[PaperPage], signing: Collection[int]
) -> Iterator[PaperDifference]:
    """Yield what is on pages beside words, where nobody signs."""
    for page in pages:
        if page.number in signing:
            continue
        if page.covered:
            yield PaperDifference("covered", "", "", page.covered, page=page.number)
        if page.crossed:
            said = f"“{page.crossed}” was drawn over, as if struck out"
            yield PaperDifference("note", "", "", said, page=page.number)
        for note in page.notes:
            said = f"a {note} was put onto the page"
            yield PaperDifference("note", "", "", said, page=page.number)
        if page.has_picture and not page.lines:
            said = "the page is a picture, whose words cannot be read"
            yield PaperDifference("page", "", "", said, page=page.number)


def _pictures(pages: Sequence[PaperPage], signing: Collection[int]) -> Iterator[str]:
    """Yield the pages with a picture beside their words, as initials may be."""
    for page in pages:
        if page.has_picture and page.lines and page.number not in signing:
            yield f"page {page.number}: a picture"


class _OfPages:
    """The words of pages while they are compared. written: where people sign."""

    def __init__(
        self, expected: Expected, found: Sequence[PaperWord], pages: Sequence[PaperPage]
    ) -> None:
        self.expected, self.found, self.pages = expected, found, pages
        self.gaps = list(gaps(expected.words, found))
        self.signing_pages = self._signing_pages()
        self.written: list[str] = []

    def differences(self) -> Iterator[PaperDifference]:
        """Yield the differences, in the order of the text."""
        everywhere = self._everywhere()
        self.written += [f"on every page: {text}" for text in everywhere]
        for gap in self.gaps:
            if self.is_of_print(gap):
                continue
            for piece in self._pieces(self._without_heading(gap)):
                if not piece.olds and not piece.news:
                    continue
                text = whole(self.found[piece.news.start : piece.news.stop])
                if not piece.olds and text in everywhere:
                    continue
                if self._is_written(piece):
                    self._note_written(piece)
                else:
                    page = self._page(piece)
                    yield difference_of(self.expected, piece, self.found, page)

    def is_of_print(self, gap: Gap) -> bool:
        """Tell whether only the printing makes words look different."""
        olds = [self.expected.words[at].said for at in gap.olds]
        news = [self.found[at].said for at in gap.news]
        return say_the_same(olds, news) or self._is_page_number(gap)

    def _pieces(self, gap: Gap) -> Iterator[Gap]:
        """Yield a gap in pieces: added words of each page where people sign apart."""
        stops = [
            at for at in gap.news[1:] if self.found[at].at != self.found[at - 1].at
        ]
        if not self.expected.is_signed_at(gap.olds.start - 1) or not stops:
            yield gap
            return
        starts = [gap.news.start, *stops]
        yield Gap(gap.olds, range(starts[0], stops[0]))
        nothing = range(gap.olds.stop, gap.olds.stop)
        for start, stop in zip(stops, [*stops[1:], gap.news.stop], strict=True):
            yield Gap(nothing, range(start, stop))

    def _without_heading(self, gap: Gap) -> Gap:
        """Return a gap without the heading of a table that goes on on a new page."""
        heading = [word.said for word in self.expected.heading_before(gap.olds.start)]
        news = gap.news
        first, last = news.start, news.stop - len(heading)
        if self._is_at_head_of_page(first, heading):
            return Gap(gap.olds, range(first + len(heading), news.stop))
        if last > first and self._is_at_head_of_page(last, heading):
            return Gap(gap.olds, range(first, last))
        return gap

    def _is_at_head_of_page(self, at: int, words: Sequence[str]) -> bool:
        """Tell whether a page begins with these words at a place of all words."""
        there = self.found[at : at + len(words)]
        if not words or [one.said for one in there] != list(words):
            return False
        return at == 0 or self.found[at - 1].at != there[0].at

    def _is_written(self, gap: Gap) -> bool:
        """Tell whether words stand where people write when they sign."""
        if not self.expected.is_signed_at(gap.olds.start - 1):
            return False
        pages = {self.found[at].at for at in gap.news}
        words, paragraphs = self.expected.words, self.expected.paragraphs
        return pages <= self.signing_pages and all(
            paragraphs[words[at].at].is_in_table for at in gap.olds
        )

    def _note_written(self, gap: Gap) -> None:
        old = self.expected.words[gap.olds.start : gap.olds.stop]
        new = self.found[gap.news.start : gap.news.stop]
        self.written.append(written_as(old, new))

    def _signing_pages(self) -> frozenset[int]:
        """Return the pages on which words of the signature page stand."""
        in_gaps = {at for gap in self.gaps for at in gap.olds}
        aside = {at for gap in self.gaps for at in gap.news}
        olds = (at for at in range(len(self.expected.words)) if at not in in_gaps)
        news = (at for at in range(len(self.found)) if at not in aside)
        return frozenset(
            self.found[new].at
            for old, new in zip(olds, news, strict=True)
            if self.expected.is_signed_at(old)
        )

    def _page(self, gap: Gap) -> int | None:
        """Return the page of a gap: of its words, or of those before it."""
        if not self.found:
            return None
        at = gap.news.start if gap.news else gap.news.start - 1
        return self.found[max(0, min(at, len(self.found) - 1))].at

    def _is_page_number(self, gap: Gap) -> bool:
        """Tell of a number in the contents, which follows from the printed pages."""
        if len(gap.olds) != 1 or len(gap.news) != 1:
            return False
        word, number = self.expected.words[gap.olds[0]], self.found[gap.news[0]].text
        follows = gap.olds[0] + 1
        is_last = follows == len(self.expected.words) or (
            self.expected.words[follows].at != word.at
        )
        return (
            is_last
            and self.expected.paragraphs[word.at].ends_in_page
            and number.isdecimal()
            and int(number) <= len(self.pages)
        )

    def _everywhere(self) -> list[str]:
        """Return what was added, alike, to every page: by a service for signing."""
        pages = {word.at for word in self.found}
        added: dict[str, set[int]] = {}
        for gap in self.gaps:
            if not gap.olds:
                text = whole(self.found[gap.news.start : gap.news.stop])
                added.setdefault(text, set()).add(self.found[gap.news.start].at)
        return [text for text, on in added.items() if on == pages and len(pages) > 1]
