"""Two sequences of tokens in; what stayed, what went and what came out.

A token is a word or a whole value, never a character: half a number cannot be read.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

Step: TypeAlias = tuple[Literal["same", "del", "ins"], int, int]

_MOST_TOKENS: Final = 10_000
_WIDEST: Final = 4  # of the sequences of tokens that may stand once
_CJK: Final = (
    r"\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
_LETTER: Final = (
    r"(?:[^\W\d_" + _CJK + r"]"
    r"|[\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d])"
)
_SIGN: Final = r"[$¢£¤¥؋฿₠-⃏﷼]"
_FIGURES: Final = r"\d++(?:[.,:/'’٫٬-]\d++|[\u00a0\u202f]\d{3}(?!\d))*+"
_GROUPED: Final = r"\d{1,3}(?:[ \u00a0\u202f]\d{3}(?!\d))++(?:[.,٫]\d++)?"
_NUMBER: Final = rf"(?:{_GROUPED}|{_FIGURES})"
_WORD: Final = rf"(?:{_LETTER}|\d|_)"
_TOKENS: Final = re.compile(
    r"[a-zA-Z]++(?=[ ,;)]|\.(?:\s|\Z))| (?!\s)"  # what most tokens are, for speed
    r"|[\w.+-]{1,64}@[\w-]++(?:\.[\w-]+)+"  # an e-mail address
    r"|https?://[^\s<>]*[\w/]"
    rf"|(?:[A-Z]{{0,3}}{_SIGN}|[A-Z]{{3}}(?=\d{{1,3}} \d{{3}}(?!\d)))?"
    rf"(?:(?<![\w%٪‰])[+-])?{_NUMBER}"
    rf"(?:[%٪‰]|{_SIGN}|(?:{_LETTER}++(?:{_FIGURES})?)++)?"
    rf"|(?:{_LETTER}|_){_WORD}*+"
    rf"(?:['’.-]{_WORD}++|(?<=\d)(?:[,/٫٬]\d|[\u00a0\u202f]\d{{3}}(?!\d)){_WORD}*+)*+"
    rf"(?:(?<=\d)(?:[%٪‰]|{_SIGN}))?"
    rf"|[{_CJK}][\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*+"
    r"|\s+|.",
    re.DOTALL,
)
_SMALL_WORDS: Final = frozenset(
    (
        *("a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or"),
        *("as", "is", "be", "it", "its", "are", "was", "not", "that", "this", "with"),
        *("from", "any", "all", "no", "if", "such", "will", "shall", "may", "which"),
        *("de", "la", "le", "les", "des", "du", "et", "un", "une", "à", "en", "ou"),
        *("في", "من", "إلى", "على", "أو", "و", "أن", "عن", "لا", "ما"),
    )
)
_MOST_SMALL_WORDS: Final = 3


def tokens_of(text: str) -> list[str]:
    """Return the words, whole values, spaces and signs of a text; joined, the text.

    >>> tokens_of("pay 1,250.00 EUR")
    ['pay', ' ', '1,250.00', ' ', 'EUR']
    """
    return _TOKENS.findall(text)


def steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Step]:
    """Return how the old tokens became the new: (same|del|ins, index old, index new).

    Deletions come before the insertions that take their place.
    """
    matches = _matches(old, new)
    out: list[Step] = []
    for old_gap, new_gap, is_change in _joined(_regions(old, new, matches), old, new):
        if is_change:
            out += [("del", i, -1) for i in old_gap]
            out += [("ins", -1, j) for j in new_gap]
        else:
            out += [("same", i, j) for i, j in zip(old_gap, new_gap, strict=True)]
    return out


def most_alike(
    likenesses: Sequence[Sequence[float]], least: float
) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose likeness adds up to the most.

    likenesses: a row for each on the left. least: what a pair must have.
    """
    width = len(likenesses[0]) if likenesses else 0
    best = [[0.0] * (width + 1) for _ in range(len(likenesses) + 1)]
    for i in reversed(range(len(likenesses))):
        for j in reversed(range(width)):
            one = likenesses[i][j]
            taken = one + best[i + 1][j + 1] if one >= least else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    out: list[tuple[int, int]] = []
    i = j = 0
    while i < len(likenesses) and j < width:
        one = likenesses[i][j]
        if one >= least and best[i][j] == one + best[i + 1][j + 1]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


Region: TypeAlias = tuple[range, range, bool]


def _matches(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of equal tokens, in order: spaces only where their words agree."""
    lefts = [i for i, one in enumerate(old) if not _is_space(one)]
    rights = [j for j, one in enumerate(new) if not _is_space(one)]
    pairs = common([old[i] for i in lefts], [new[j] for j in rights])
    last_old = last_new = 0
    for a, b in (*pairs, (-1, -1)):
        stop_old, stop_new = (lefts[a], rights[b]) if a >= 0 else (len(old), len(new))
        yield from _edges(
            old, new, range(last_old, stop_old), range(last_new, stop_new)
        )
        if a >= 0:
            yield stop_old, stop_new
        last_old, last_new = stop_old + 1, stop_new + 1


def _edges(
    old: Sequence[Hashable], new: Sequence[Hashable], olds: range, news: range
) -> Iterator[tuple[int, int]]:
    """Yield the equal tokens at both ends of two ranges."""
    most = min(len(olds), len(news))
    head = 0
    while head < most and old[olds[head]] == new[news[head]]:
        head += 1
    tail = 0
    while tail < most - head and old[olds[-1 - tail]] == new[news[-1 - tail]]:
        tail += 1
    yield from zip(olds[:head], news[:head], strict=True)
    if tail:
        yield from zip(olds[-tail:], news[-tail:], strict=True)


def common(
    old: Sequence[Hashable], new: Sequence[Hashable], *, width: int = 1
) -> list[tuple[int, int]]:
    """Return the index pairs of a longest common subsequence.

    width: of very long ones, so many tokens in a row are looked for that stand once
    on each side; then more of them, and what is between is compared.
    """
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    pairs = [(i, i) for i in range(head)]
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    if left and right:
        found = _between(left, right, width)
        pairs += [(head + i, head + j) for i, j in found]
    offset = len(new) - len(old)
    pairs += [(i, i + offset) for i in range(len(old) - tail, len(old))]
    return pairs


def _between(
    left: Sequence[Hashable], right: Sequence[Hashable], width: int
) -> Iterator[tuple[int, int]]:
    if set(left).isdisjoint(right):
        return  # mostly a word for a word
    if max(len(left), len(right)) <= _MOST_TOKENS:
        yield from _middle(left, right)
    elif width <= _WIDEST:
        yield from _of_unique(left, right, width)


def _middle(
    left: Sequence[Hashable], right: Sequence[Hashable]
) -> Iterator[tuple[int, int]]:
    from rapidfuzz.distance import Indel

    numbers: dict[Hashable, int] = {}
    codes = [
        [numbers.setdefault(one, len(numbers)) for one in s] for s in (left, right)
    ]
    for op in Indel.opcodes(*codes):
        if op.tag == "equal":
            yield from zip(
                range(op.src_start, op.src_end),
                range(op.dest_start, op.dest_end),
                strict=True,
            )


def _of_unique(
    left: Sequence[Hashable], right: Sequence[Hashable], width: int
) -> Iterator[tuple[int, int]]:
    """Yield a common subsequence of what stands once on each side, and between."""
    rows: list[list[Hashable]] = [
        list(zip(*(side[at:] for at in range(width)), strict=False))
        for side in (left, right)
    ]
    once = [
        {one for one, number in Counter(row).items() if number == 1} for row in rows
    ]
    both = once[0] & once[1]
    places = {one: j for j, one in enumerate(rows[1]) if one in both}
    sure = rising([(i, places[one]) for i, one in enumerate(rows[0]) if one in both])
    last_old = last_new = 0
    for i, j in (*sure, (len(left), len(right))):
        if i > last_old and j > last_new:
            gap = common(left[last_old:i], right[last_new:j], width=width + 1)
            yield from ((last_old + a, last_new + b) for a, b in gap)
        if i < len(left):
            yield i, j
        last_old, last_new = i + 1, j + 1


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest choice of pairs, ordered on the left, that rise on the right."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(at[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        at[place : place + 1] = [index]
    out: list[tuple[int, int]] = []
    index = at[-1] if at else -1
    while index >= 0:
        out.append(pairs[index])
        index = before[index]
    return out[::-1]


def _regions(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    matches: Iterator[tuple[int, int]],
) -> list[Region]:
    """Return equal and changed regions in turn."""
    out: list[Region] = []
    last_old = last_new = 0
    for i, j in (*matches, (len(old), len(new))):
        if i > last_old or j > last_new:
            out.append((range(last_old, i), range(last_new, j), True))
        if i < len(old):
            if out and not out[-1][2]:
                out[-1] = (
                    range(out[-1][0][0], i + 1),
                    range(out[-1][1][0], j + 1),
                    False,
                )
            else:
                out.append((range(i, i + 1), range(j, j + 1), False))
        last_old, last_new = i + 1, j + 1
    return out


def _joined(
    regions: list[Region], old: Sequence[Hashable], new: Sequence[Hashable]
) -> list[Region]:
    """Join changes between which only small words stayed, so that they can be read."""
    out: list[Region] = []
    for index, region in enumerate(regions):
        if len(out) >= 2 and region[2] and not out[-1][2]:
            before, island = out[-2], out[-1]
            if _is_small([old[i] for i in island[0]]) and _reads_better(
                before, region, old, new
            ):
                out[-2:] = [
                    (
                        range(before[0].start, region[0].stop),
                        range(before[1].start, region[1].stop),
                        True,
                    )
                ]
                continue
        out.append(regions[index])
    return out


def _reads_better(
    before: Region, after: Region, old: Sequence[Hashable], new: Sequence[Hashable]
) -> bool:
    """Tell whether two changes are better shown as one."""
    halves = [len(part) > 0 for part in (*before[:2], *after[:2])]
    if sum(halves) < 3:
        return False
    return not any(_is_of_value(change, old, new) for change in (before, after))


def _is_of_value(
    change: Region, old: Sequence[Hashable], new: Sequence[Hashable]
) -> bool:
    """Tell whether a change replaces, drops or adds no more than a value."""
    olds = [old[i] for i in change[0] if not _is_space(old[i])]
    news = [new[j] for j in change[1] if not _is_space(new[j])]
    return max(len(olds), len(news)) == 1 and any(map(is_value, olds + news))


def is_value(token: Hashable) -> bool:
    """Tell whether a token is a number, a date in figures, an amount, an address."""
    if not isinstance(token, str):
        return False
    return "@" in token or any(letter.isdigit() for letter in token)


def _is_space(token: Hashable) -> bool:
    return isinstance(token, str) and token.isspace()


def _is_small(tokens: Sequence[Hashable]) -> bool:
    words = 0
    for token in tokens:
        if not isinstance(token, str):
            return False
        if token[0].isalnum():
            words += 1
            if token.casefold() not in _SMALL_WORDS:
                return False
    return words <= _MOST_SMALL_WORDS
