"""Words that should stand on a paper and words that do in; each difference out.

The words are compared in their order, number by number, and every difference has its
place. What people write where they sign is no difference; it is given apart.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from slacontracts.compare.paper_words import PaperWord, is_arabic, paper_words
from slacontracts.redline.words import common
from slacontracts.word.printed import Printed

Kind: TypeAlias = Literal[
    "changed", "missing", "added", "tracked", "hidden", "page", "covered", "note"
]

_AROUND: Final = 3  # words that are shown on either side
_MOST_SHOWN: Final = 16
_WIDTH: Final = 3  # of the runs of words that very long texts are aligned by


@dataclass(frozen=True, slots=True)
class PaperDifference:
    """One difference. place: clause, heading or story. page: of a PDF, or None.

    expected and found: the words of either side; around: some that lead to them.
    """

    kind: Kind
    place: str
    expected: str
    found: str
    around: str = ""
    page: int | None = None

    def __str__(self) -> str:
        page = f"page {self.page}" if self.page is not None else ""
        where = ", ".join(one for one in (self.place, page) if one)
        return f"{where}: {self.said}"

    @property
    def said(self) -> str:
        """What is different, without the place."""
        beside = f" (“{self.around}”)" if self.around else ""
        match self.kind:
            case "changed":
                return f"“{self.expected}” -> “{self.found}”{beside}"
            case "missing":
                return f"“{self.expected}” is missing{beside}"
            case "added":
                return f"“{self.found}” was added{beside}"
            case "covered":
                return f"a picture lies over “{self.found}”"
            case "hidden":
                return f"“{self.found}” is hidden"
            case _:
                return self.found


@dataclass(frozen=True, slots=True)
class PaperComparison:
    """How a signed file differs.

    written: what people put where they sign. agreeing_percent: of the words that
    should be there; few of them agree with another agreement's file.
    """

    differences: tuple[PaperDifference, ...]
    written: tuple[str, ...] = ()
    agreeing_percent: int = 100


@dataclass(frozen=True, slots=True)
class Expected:
    """The text that should stand there. signing_at: its first paragraph to sign."""

    paragraphs: tuple[Printed, ...]
    signing_at: int
    words: tuple[PaperWord, ...]
    is_bare: bool

    def is_signed_at(self, word: int) -> bool:
        """Tell whether a word stands on the signature page."""
        return word >= 0 and self.words[word].at >= self.signing_at

    def heading_before(self, word: int) -> Sequence[PaperWord]:
        """Return the last heading of a table before a word."""
        repeated = self.paragraphs
        stop = word
        while stop > 0 and not repeated[self.words[stop - 1].at].is_repeated:
            stop -= 1
        start = stop
        while start > 0 and repeated[self.words[start - 1].at].is_repeated:
            start -= 1
        return self.words[start:stop]


@dataclass(frozen=True, slots=True)
class Gap:
    """Words between others that agree: expected[olds] against found[news]."""

    olds: range
    news: range


def expected_text(printed: Sequence[Printed], signing: Collection[str]) -> Expected:
    """Return the body of a text, ready to be compared."""
    body = tuple(one for one in printed if one.story == "body")
    is_bare = is_arabic(one.text for one in body)
    words = [
        word
        for at, one in enumerate(body)
        for word in paper_words(one.whole, at, is_bare=is_bare)
    ]
    return Expected(body, _signing_at(body, signing), tuple(words), is_bare)


def gaps(old: Sequence[PaperWord], new: Sequence[PaperWord]) -> Iterator[Gap]:
    """Yield where words, taken in order, do not agree."""
    pairs = common([one.said for one in old], [one.said for one in new], width=_WIDTH)
    last_old = last_new = 0
    for i, j in (*pairs, (len(old), len(new))):
        if i > last_old or j > last_new:
            yield Gap(range(last_old, i), range(last_new, j))
        last_old, last_new = i + 1, j + 1


def agreeing_percent(words: int, found_gaps: Sequence[Gap]) -> int:
    """Return how many words in a hundred stand in no gap."""
    agreeing = words - sum(len(gap.olds) for gap in found_gaps)
    return agreeing * 100 // words if words else 100


def written_as(old: Sequence[PaperWord], new: Sequence[PaperWord]) -> str:
    """Return what was done to words of a signature page, in full."""
    before, after = whole(old), whole(new)
    if not before:
        return after
    return f"“{before}” -> “{after}”" if after else f"without “{before}”"


def whole(words: Sequence[PaperWord]) -> str:
    """Return all words as a person reads them."""
    return " ".join(one.text for one in words)


def shown(words: Sequence[PaperWord]) -> str:
    """Return words as a person reads them, cut when they are many."""
    texts = [one.text for one in words]
    if len(texts) <= _MOST_SHOWN:
        return " ".join(texts)
    return f"{' '.join(texts[:_MOST_SHOWN])} … ({len(texts)} words)"


def difference_of(
    expected: Expected, gap: Gap, found: Sequence[PaperWord], page: int | None
) -> PaperDifference:
    """Return the difference that a gap is, with its place."""
    words, olds, news = expected.words, gap.olds, gap.news
    kind: Kind = "changed" if olds and news else "missing" if olds else "added"
    before = words[max(0, olds.start - _AROUND) : olds.start]
    after = words[olds.stop : olds.stop + _AROUND]
    inside = words[olds.start : olds.stop]
    around = shown((*before, *inside[:_AROUND], *after)) if words else ""
    return PaperDifference(
        kind,
        _place(expected, olds),
        shown(inside),
        shown(found[news.start : news.stop]),
        around,
        page,
    )


def _place(expected: Expected, olds: range) -> str:
    words, paragraphs = expected.words, expected.paragraphs
    if not words:
        return ""
    first = words[olds.start if olds else max(0, olds.start - 1)].at
    last = words[olds[-1]].at if olds else first
    one, other = paragraphs[first].place, paragraphs[last].place
    return one if one == other else f"{one} to {other}"


def _signing_at(body: Sequence[Printed], signing: Collection[str]) -> int:
    """Return the first paragraph of the signature page, which follows all clauses."""
    texts = {" ".join(one.split()) for one in signing}
    anchored = [at for at, one in enumerate(body) if one.is_anchored]
    for at in range(anchored[-1] + 1 if anchored else 0, len(body)):
        if " ".join(body[at].text.split()) in texts:
            return at
    return len(body)
