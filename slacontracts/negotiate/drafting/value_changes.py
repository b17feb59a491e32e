"""Changes of words in, and the values of each line; changed values and the rest out."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from slacontracts.model.anchors import ValueSpan
from slacontracts.model.clause import Language
from slacontracts.model.proposal import Occurrence
from slacontracts.negotiate.drafting.drafts import Draft
from slacontracts.negotiate.drafting.half_figures import says_figure
from slacontracts.negotiate.drafting.places import Places, around
from slacontracts.negotiate.drafting.values import Found, set_text, value_in
from slacontracts.negotiate.reading.changes import Compared, joined, trimmed
from slacontracts.negotiate.reading.views import Change, Line


@dataclass(slots=True)
class ValueChanges:
    """Values that came back otherwise, and what else was changed beside them.

    lost: what could not be read as the value that it replaces, a line each.
    """

    drafts: list[Draft] = field(default_factory=list)
    rest: list[Change] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A value in a line that came back changed."""

    span: ValueSpan
    line: int
    old: str
    new: str
    value: str
    changes: tuple[Change, ...]


def value_changes(
    compared: Compared,
    by_line: Mapping[int, Sequence[Change]],
    places: Places,
    language: Language,
) -> ValueChanges:
    """Return which values were changed by changes inside of lines."""
    out = ValueChanges()
    hits: list[_Hit] = []
    for at, changes in by_line.items():
        line = _OfLine(compared, at, list(changes), places, language)
        hits += line.hits()
        out.rest += line.changes
        out.lost += line.lost
    spans = _spans_by_path(places) if hits else {}
    by_path: dict[str, list[_Hit]] = {}
    for hit in hits:
        by_path.setdefault(hit.span.path, []).append(hit)
    for path, same in by_path.items():
        out.drafts.append(_draft(same, spans[path], compared, places))
    return out


class _OfLine:
    """The changes of one line, and its values."""

    def __init__(
        self,
        compared: Compared,
        at: int,
        changes: list[Change],
        places: Places,
        language: Language,
    ) -> None:
        self.compared, self.at, self.changes = compared, at, changes
        self.places, self.language = places, language
        self.line: Line = compared.sent.lines[at]
        self.lost: list[str] = []

    def hits(self) -> Iterator[_Hit]:
        """Yield the values that were changed; what is left of the changes stays."""
        for span in self.places.values(self.at):
            start, stop = (
                self.line.start + bisect_left(self.line.real, edge)
                for edge in (span.start, span.end)
            )
            meeting = self._meeting(span, start, stop)
            if meeting:
                hit = self._hit(span, start, stop, meeting)
                if hit is not None:
                    yield hit

    def _meeting(self, span: ValueSpan, start: int, stop: int) -> list[Change]:
        """Return the changes of a value, and those beside it that speak of figures."""
        mine = [at for at, one in enumerate(self.changes) if _meets(one, start, stop)]
        if not mine:
            return []
        first, last = mine[0], mine[-1]
        while first and self._goes_on(span, self.changes[first - 1], start):
            first -= 1
        while last + 1 < len(self.changes) and self._goes_on(
            span, self.changes[last + 1], stop
        ):
            last += 1
        return self.changes[first : last + 1]

    def _goes_on(self, span: ValueSpan, one: Change, edge: int) -> bool:
        """Tell whether only spaces keep a change that says a figure from a value."""
        between = sorted((edge, one.s1 if one.s1 <= edge else one.s0))
        said = self.compared.after.read(one.a0, one.a1)
        is_beside = not self.compared.sent.read(*between).strip()
        return span.form != "text" and is_beside and says_figure(said)

    def _hit(
        self, span: ValueSpan, start: int, stop: int, meeting: list[Change]
    ) -> _Hit | None:
        first, last = meeting[0], meeting[-1]
        s0, s1 = min(start, first.s0), max(stop, last.s1)
        a0, a1 = first.a0 - (first.s0 - s0), last.a1 + (s1 - last.s1)
        sent, after = self.compared.sent, self.compared.after
        old, whole = sent.read(start, stop), after.read(a0, a1)
        head, tail = sent.read(s0, start), sent.read(stop, s1)
        if len(whole) != a1 - a0:
            return None  # a field stands in it
        is_alone = self._is_alone(span, meeting, start, stop)
        found, shift = self._value_of(span, old, whole, (head, tail), is_alone)
        if found is None:
            if self._lose(span, old, whole, meeting, start, stop):
                at = self.changes.index(first)
                one = reduce(joined, meeting)  # half of a figure says another one
                self.changes[at : at + len(meeting)] = [one]
            return None
        new0, new1 = a0 + shift + found.start, a0 + shift + found.stop
        at = self.changes.index(first)
        beside = [
            replace(first, s0=s0, s1=start, a0=a0, a1=new0),
            replace(last, s0=stop, s1=s1, a0=new1, a1=a1),
        ]
        self.changes[at : at + len(meeting)] = [
            trimmed(one, sent, after)
            for one in beside
            if sent.whole[one.s0 : one.s1] != after.whole[one.a0 : one.a1]
        ]
        new = after.read(new0, new1)
        return _Hit(span, self.at, old, new, found.value, tuple(meeting))

    def _value_of(
        self,
        span: ValueSpan,
        old: str,
        whole: str,
        beside: tuple[str, str],
        is_alone: bool,
    ) -> tuple[Found | None, int]:
        """Return the new value of a place, and how far into its text it is counted.

        beside: what stood before and after the old value, and may stand there still.
        """
        head, tail = beside
        form, language, path = span.form, self.language, span.path
        if whole.startswith(head) and whole.endswith(tail):
            inner = whole[len(head) : len(whole) - len(tail)]
            found = value_in(form, old, inner, language, is_alone=is_alone, path=path)
            if found is not None:
                return found, len(head)
        return value_in(form, old, whole, language, is_alone=False, path=path), 0

    def _is_alone(
        self, span: ValueSpan, meeting: Sequence[Change], start: int, stop: int
    ) -> bool:
        """Tell whether words that were added to a text belong to it.

        They do inside of it, where it is all that the line says, and where each of
        them begins with a capital, as in a name.
        """
        if span.start == 0 and span.end == len(self.line.shown):
            return True
        beside = [
            one for one in meeting if one.s0 == one.s1 and one.s0 in (start, stop)
        ]
        added = " ".join(self.compared.after.read(one.a0, one.a1) for one in beside)
        return all(word[0].isupper() for word in added.split())

    def _lose(
        self,
        span: ValueSpan,
        old: str,
        new: str,
        meeting: Sequence[Change],
        start: int,
        stop: int,
    ) -> bool:
        """Note a value that cannot be read; tell whether it is one."""
        is_touched = any(one.s0 < stop and start < one.s1 for one in meeting)
        same = set_text(span.form, old, new, self.language) is None and old in new
        is_lost = is_touched and not same
        if is_lost:
            place = self.places.of(self.at).said
            self.lost.append(
                f"{place}: “{old}” is a value of the agreement ({span.path}), but "
                f"“{new.strip()}” cannot be read as one; set the value by hand"
            )
        return is_lost


def _meets(one: Change, start: int, stop: int) -> bool:
    if one.s0 == one.s1:
        return start <= one.s0 <= stop
    return one.s0 < stop and start < one.s1


def _spans_by_path(places: Places) -> dict[str, list[tuple[int, ValueSpan]]]:
    out: dict[str, list[tuple[int, ValueSpan]]] = {}
    for at in range(len(places.text.lines)):
        for span in places.values(at):
            out.setdefault(span.path, []).append((at, span))
    return out


def _draft(
    hits: Sequence[_Hit],
    spans: Sequence[tuple[int, ValueSpan]],
    compared: Compared,
    places: Places,
) -> Draft:
    first = hits[0]
    values = list(dict.fromkeys(hit.value for hit in hits))
    is_conflict = len(hits) < len(spans) or len(values) > 1
    place = places.of(first.line)
    line = compared.sent.lines[first.line]
    start, stop = (
        line.start + bisect_left(line.real, edge)
        for edge in (first.span.start, first.span.end)
    )
    draft = Draft(
        "conflict" if is_conflict else "value",
        (0, first.changes[0].s0, first.changes[0].a0),
        place.said,
        first.old,
        first.new,
        place.clause,
        first.span.path,
        values[0] if len(values) == 1 else None,
        around(compared.sent, start, stop),
    )
    if is_conflict:
        came = {(hit.line, hit.span.start): hit for hit in hits}
        draft.occurrences = tuple(
            _occurrence(at, span, came.get((at, span.start)), places)
            for at, span in spans
        )
    return draft.signed(*(one for hit in hits for one in hit.changes))


def _occurrence(
    at: int, span: ValueSpan, hit: _Hit | None, places: Places
) -> Occurrence:
    old = places.text.lines[at].shown[span.start : span.end]
    new = hit.new if hit is not None else old
    return Occurrence(place=places.of(at).said, old=old, new=new)
