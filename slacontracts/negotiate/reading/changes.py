"""What was marked and what was not in; the changes of a story, each whole, out.

A change is from the text that was sent to the text after all changes. One edit that a
program scattered over several marks becomes one change again, in whole words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from slacontracts.negotiate.reading.alignment import differences
from slacontracts.negotiate.reading.line_changes import by_lines
from slacontracts.negotiate.reading.views import END, Change, Text, Views
from slacontracts.redline.words import tokens_of

_FEWEST_WORDS_THAT_MOVE: Final = 3


@dataclass(frozen=True, slots=True)
class Compared:
    """A story as it was sent, as it is after the changes, and what was changed."""

    sent: Text
    after: Text
    changes: tuple[Change, ...]


def changes_of(sent: Text, views: Views) -> Compared:
    """Return the changes of a story, in the order of the text that was sent."""
    unmarked = differences(sent, views.before)
    together = _composed(unmarked, views.changes)
    whole = _joined([trimmed(one, sent, views.after) for one in together], sent)
    whole = by_lines(_in_words(whole, sent, views.after), sent, views.after)
    changes = [one for one in whole if _is_seen(one, sent, views.after)]
    return Compared(sent, views.after, tuple(changes))


def _is_seen(one: Change, sent: Text, after: Text) -> bool:
    old, new = sent.whole[one.s0 : one.s1], after.whole[one.a0 : one.a1]
    return bool(one.move) or old != new


def _composed(unmarked: Sequence[Change], marked: Sequence[Change]) -> list[Change]:
    """Return changes S -> A from changes S -> B without marks and B -> A with them.

    Of both kinds s is the text before and a the text after; those that meet become one.
    """
    steps = sorted(
        [((one.a0, one.a1), one, True) for one in unmarked]
        + [((one.s0, one.s1), one, False) for one in marked],
        key=lambda step: (step[0], not step[2]),
    )
    out: list[Change] = []
    to_sent = to_after = 0  # what to add to a place in the text before the marks
    at = 0
    while at < len(steps):
        start, stop = steps[at][0]
        group = [steps[at]]
        while at + len(group) < len(steps):
            span, one, is_unmarked = steps[at + len(group)]
            if not _meets((start, stop), span, group[-1][1], one):
                break
            stop = max(stop, span[1])
            group.append(steps[at + len(group)])
        before = start + to_sent, start + to_after
        for _, one, is_unmarked in group:
            if is_unmarked:
                to_sent += (one.s1 - one.s0) - (one.a1 - one.a0)
            else:
                to_after += (one.a1 - one.a0) - (one.s1 - one.s0)
        places = before[0], stop + to_sent, before[1], stop + to_after
        out.append(_one_of([one for _, one, _ in group], places))
        at += len(group)
    return out


def _meets(
    whole: tuple[int, int], span: tuple[int, int], last: Change, one: Change
) -> bool:
    """Tell whether a step touches what stands before it, so that both are one."""
    if span[0] < whole[1]:
        return True
    return last.is_untracked != one.is_untracked and span[0] == whole[1]


def _one_of(group: Sequence[Change], places: tuple[int, int, int, int]) -> Change:
    first = next((one for one in group if not one.is_untracked), group[0])
    comments = {comment for one in group for comment in one.comments}
    return replace(
        first,
        s0=places[0],
        s1=places[1],
        a0=places[2],
        a1=places[3],
        comments=comments,
        move=first.move if len(group) == 1 else "",
        row=first.row if len(group) == 1 else None,
        is_untracked=any(one.is_untracked for one in group),
    )


def trimmed(one: Change, sent: Text, after: Text) -> Change:
    """Return a change without the words that it took away and brought back."""
    if one.move or one.row is not None or one.s0 == one.s1 or one.a0 == one.a1:
        return one
    olds = tokens_of(sent.whole[one.s0 : one.s1])
    news = tokens_of(after.whole[one.a0 : one.a1])
    head = tail = front = back = 0
    while head < min(len(olds), len(news)) and olds[head] == news[head]:
        front += len(olds[head])
        head += 1
    most = min(len(olds), len(news)) - head
    while tail < most and olds[-1 - tail] == news[-1 - tail]:
        back += len(olds[-1 - tail])
        tail += 1
    return replace(
        one, s0=one.s0 + front, s1=one.s1 - back, a0=one.a0 + front, a1=one.a1 - back
    )


def _joined(changes: Sequence[Change], sent: Text) -> list[Change]:
    """Join the pieces between which only white space stayed."""
    out: list[Change] = []
    for one in changes:
        if out and _belongs(out[-1], one, sent.whole[out[-1].s1 : one.s0]):
            out[-1] = joined(out[-1], one)
        else:
            out.append(one)
    return out


def _belongs(first: Change, second: Change, between: str) -> bool:
    if first.move or second.move or (first.row, second.row) != (None, None):
        return False
    is_one_hand = first.author == second.author
    is_alike = first.is_untracked == second.is_untracked
    return is_one_hand and is_alike and not between.strip() and END not in between


def joined(first: Change, second: Change) -> Change:
    """Return two changes, and what stands between them, as one."""
    named = second if first.is_untracked else first
    return replace(
        named,
        s0=first.s0,
        s1=second.s1,
        a0=first.a0,
        a1=second.a1,
        comments=first.comments | second.comments,
        move=first.move if first.move == second.move else "",
        is_untracked=first.is_untracked or second.is_untracked,
    )


def _in_words(changes: Sequence[Change], sent: Text, after: Text) -> list[Change]:
    """Widen changes to whole words; join those that meet in a word."""
    edges = [
        _inner_edges(text, changes, is_old) for text, is_old in _sides(sent, after)
    ]
    out: list[Change] = []
    for one in changes:
        if one.row is None:
            least = out[-1].s1 if out else 0
            left = _to_edge(one.s0, one.a0, edges, -1)
            right = _to_edge(one.s1, one.a1, edges, 1)
            one = replace(
                one,
                s0=one.s0 - left,
                a0=one.a0 - left,
                s1=one.s1 + right,
                a1=one.a1 + right,
            )
            if out and one.s0 < least:
                out[-1] = joined(out[-1], one)
                continue
        out.append(one)
    return out


def _sides(sent: Text, after: Text) -> tuple[tuple[Text, bool], tuple[Text, bool]]:
    return (sent, True), (after, False)


def _inner_edges(text: Text, changes: Sequence[Change], is_old: bool) -> set[int]:
    """Return the places inside of words, of lines where changes begin or end."""
    lines: set[int] = set()
    for one in changes:
        ends = (one.s0, one.s1) if is_old else (one.a0, one.a1)
        lines.update(text.at(place) for place in ends)
    inner: set[int] = set()
    for at in lines:
        if at >= len(text.lines):
            continue
        place = text.lines[at].start
        for token in tokens_of(text.lines[at].key):
            inner.update(range(place + 1, place + len(token)))
            place += len(token)
    return inner


def _to_edge(s: int, a: int, edges: Sequence[set[int]], step: int) -> int:
    moved = 0
    while s + step * moved in edges[0] or a + step * moved in edges[1]:
        moved += 1
    return moved


def moved_pairs(compared: Compared) -> Iterator[tuple[Change, Change]]:
    """Yield (what went, what came) of each move, marked or plain to see."""
    sent, after = compared.sent.whole, compared.after.whole
    named: dict[tuple[str, str], list[Change]] = {}
    gone: list[Change] = []
    came: list[Change] = []
    for one in compared.changes:
        if one.move:
            named.setdefault((one.author, one.move), []).append(one)
        elif one.row is None and one.a0 == one.a1:
            gone.append(one)
        elif one.row is None and one.s0 == one.s1:
            came.append(one)
    for both in named.values():
        halves = [one for one in both if one.s0 < one.s1 and one.a0 == one.a1]
        others = [one for one in both if one.a0 < one.a1 and one.s0 == one.s1]
        if len(halves) == len(others) == 1 and len(both) == 2:
            yield halves[0], others[0]
    yield from _plain_moves(gone, came, sent, after)


def _plain_moves(
    gone: Sequence[Change], came: list[Change], sent: str, after: str
) -> Iterator[tuple[Change, Change]]:
    """Yield what one hand took out in one place and put in unaltered in another."""
    for one in gone:
        words = sent[one.s0 : one.s1].strip(END)
        hand = one.author, one.is_untracked
        if len(words.split()) < _FEWEST_WORDS_THAT_MOVE:
            continue
        for two in came:
            is_same = after[two.a0 : two.a1].strip(END) == words
            if is_same and (two.author, two.is_untracked) == hand:
                came.remove(two)
                yield one, two
                break
