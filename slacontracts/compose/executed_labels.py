"""The labels of an executed text in, the labels of what is inserted into it out.

A label that was signed never changes, so what comes later takes a label between two
others: after 4.2 and before 4.3 comes 4.2A, then 4.2B; between 4.2 and 4.2A comes
4.2AA, between 4.2A and 4.2B comes 4.2AB; before clause 1 comes A1, then B1; after
the last 4.5 comes 4.6. So do letters and Roman numerals: (ba) after (b), (iia) after
(ii); recital (BA) after (B), party (1A) after (1). The letters I and O, which look
like figures, are left out, and after a Roman numeral those that are numerals.

The order behind it: of the letters that follow a number, each string stands before
itself with B, C, ... added and after itself with A added: AA, A, AB, AC, B.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from slacontracts.compose.numbering import letters, roman, schedule_word
from slacontracts.model.clause import Language, Part

OMITTED: Final[Mapping[Language, str]] = {
    "en": "[Intentionally omitted]",
    "ar": "[محذوف عمدًا]",
}
_FIRST: Final = 1
_WIDEST_GAP: Final = 100  # in the numbers of siblings
# A number, and the letters behind it; number 0 with the letters before number 1.
Place: TypeAlias = tuple[int, str]
_Rank: TypeAlias = tuple[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class LabelForm:
    """How the labels of siblings read: what counts, and what stands around it.

    count: writes a number. added: the letters that may follow it, in order.
    """

    count: Callable[[int], str]
    added: str
    before: str = ""
    after: str = ""

    def write(self, place: Place) -> str:
        """Return the label of a place among siblings."""
        number, extra = place
        core = self.count(number) + extra if number else extra + self.count(_FIRST)
        return f"{self.before}{core}{self.after}"

    def read(self, labels: Iterable[str]) -> tuple[Place | None, ...]:
        """Return the places that the labels of siblings say; None for a strange one.

        Whether (aa) follows (a) or (z), only the labels before it tell.
        """
        out: list[Place | None] = []
        last = 0
        for label in labels:
            place = self._read_one(label, last)
            out.append(place)
            last = place[0] if place else last
        return tuple(out)

    def _read_one(self, label: str, last: int) -> Place | None:
        if not (label.startswith(self.before) and label.endswith(self.after)):
            return None
        core = label[len(self.before) : len(label) - len(self.after)]
        if core == self.count(last + 1):
            return last + 1, ""
        extra = self._letters_added(core, last)
        if self._adds(extra):
            return last, extra
        later = range(last + 2, last + _WIDEST_GAP)
        return next(((n, "") for n in later if core == self.count(n)), None)

    def _letters_added(self, core: str, last: int) -> str:
        if not last:
            extra = core.removesuffix(self.count(_FIRST))
            return "" if extra == core else extra
        stem = self.count(last)
        return core.removeprefix(stem) if core.startswith(stem) else ""

    def _adds(self, extra: str) -> bool:
        return bool(extra) and all(one in self.added for one in extra)


_CAPITALS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SMALL: Final = _CAPITALS.lower()
_NO_NUMERALS: Final = "abefghjknpqrstuwyz"
_LETTERED: Final = LabelForm(letters, _SMALL, "(", ")")
_ROMAN: Final = LabelForm(roman, _NO_NUMERALS, "(", ")")


def heading_form(part: Part, language: Language) -> LabelForm | None:
    """Return how the headings of a part are counted; None where they are not."""
    if part is Part.CLAUSE:
        return LabelForm(str, _CAPITALS)
    if part is Part.SCHEDULE:
        return LabelForm(str, _CAPITALS, schedule_word(language))
    return None


def item_form(part: Part, level: int, above: str) -> LabelForm:
    """Return how the items of one level are counted under one item or heading.

    above: the printed label of that item, or of the clause.
    """
    if part in (Part.SCHEDULE, Part.KEY_TERMS):
        if level < 3:
            return LabelForm(str, _CAPITALS, f"{above}." if level > 1 else "")
        return _LETTERED
    if level > 1:
        return _LETTERED if level == 2 else _ROMAN
    if part is Part.CLAUSE:
        return LabelForm(str, _CAPITALS, f"{above}.")
    if part is Part.PARTIES:
        return LabelForm(str, _CAPITALS, "(", ")")
    return LabelForm(lambda count: letters(count).upper(), _CAPITALS, "(", ")")


def labels_of_siblings(
    form: LabelForm, siblings: Sequence[str | None]
) -> tuple[str, ...]:
    """Return the labels of siblings in order: those given stay, None gets the next.

    >>> labels_of_siblings(LabelForm(str, _CAPITALS, "4."), ["4.1", None, "4.2", None])
    ('4.1', '4.1A', '4.2', '4.3')
    """
    given = [label for label in siblings if label is not None]
    places = iter(form.read(given))
    fixed = [None if label is None else next(places) for label in siblings]
    taken = set(given)
    out: list[str] = []
    last: Place = (0, "")
    for at, label in enumerate(siblings):
        if label is None:
            following = next((one for one in fixed[at + 1 :] if one), None)
            last = _free(form, last, following, taken)
            label = form.write(last)
            taken.add(label)
        else:
            last = fixed[at] or last
        out.append(label)
    return tuple(out)


def _free(
    form: LabelForm, before: Place, after: Place | None, taken: set[str]
) -> Place:
    """Return the first place between two whose label nobody has."""
    place = _between(before, after, form.added)
    while form.write(place) in taken:
        place = _between(place, after, form.added)
    return place


def _between(before: Place, after: Place | None, added: str) -> Place:
    if after is None or _rank(before, added) >= _rank(after, added):
        return before[0] + 1, ""
    number, extra = before
    candidates = [(number, extra + added[1])] if extra else [(number, added[0])]
    if extra and extra[-1] != added[-1]:
        following = added[added.index(extra[-1]) + 1]
        candidates.insert(0, (number, extra[:-1] + following))
    for place in candidates:
        if _rank(place, added) < _rank(after, added):
            return place
    return after[0], after[1] + added[0]


def _rank(place: Place, added: str) -> _Rank:
    """Return what sorts as the labels stand: AA, A, AB, AC, B."""
    number, extra = place
    steps = tuple(added.index(one) for one in extra)
    if not extra:
        return number, (-1,)
    # Below a string, A leads to the left of its end, B and C to the right.
    inner = (2 * step if step else -2 for step in steps[1:])
    return number, (2 * steps[0] + 1, *inner, -1)
