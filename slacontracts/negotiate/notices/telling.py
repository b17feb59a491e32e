"""Two files and what was found in them in; what needs a look, a line each, out.

Only what the file that was sent did not have already is told.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from slacontracts.negotiate.drafting.drafts import is_date
from slacontracts.negotiate.drafting.places import Places, one_of
from slacontracts.negotiate.notices.of_references import (
    moved_bookmarks,
    references,
    retargeted,
    shape,
)
from slacontracts.negotiate.notices.of_text import deceiving
from slacontracts.negotiate.reading.changes import Compared
from slacontracts.negotiate.reading.pairing import paired_lines
from slacontracts.negotiate.reading.views import Views
from slacontracts.word.bound_data import bound_values
from slacontracts.word.drawings import drawings_in, pictures_in
from slacontracts.word.field_codes import field_codes
from slacontracts.word.gate import WordFile
from slacontracts.word.labels import labelled_paragraphs
from slacontracts.word.names import w
from slacontracts.word.revision_marks import Mark
from slacontracts.word.tracked import MarkedFile
from slacontracts.word.unseen import (
    hides_by_default,
    hides_numbers,
    moving_texts,
    running_on_texts,
    struck_texts,
    symbol_texts,
    turned_texts,
    unseen_texts,
)

# What the fields of these names show is text of the file, or a number of it.
_PLAIN_FIELDS: Final = frozenset(
    {
        *("", "REF", "PAGEREF", "NOTEREF", "PAGE", "NUMPAGES", "SECTION", "TOC"),
        *("SECTIONPAGES", "HYPERLINK", "TC", "XE", "BOOKMARK"),
    }
)
_MOST_SHOWN: Final = 80


@dataclass(frozen=True, slots=True)
class NoticeSource:
    """Two files, and what is known of them. authors: of comments that are new."""

    sent_file: WordFile
    returned_file: WordFile
    sent: MarkedFile
    returned: MarkedFile
    places: Places
    compared: tuple[Compared, ...]
    views: Views
    authors: frozenset[str]
    known_authors: frozenset[str]
    own_authors: frozenset[str]


def notices_of(source: NoticeSource) -> Iterator[str]:
    """Yield what needs a look before anything is decided."""
    yield from _unseen(source)
    yield from _moving(source)
    yield from _computing(source)
    yield from deceiving(source.compared, source.places)
    yield from references(source.sent, source.returned, source.compared)
    yield from _pointing(source)
    yield from _renumbered(source)
    yield from _names(source)
    yield from _untracked_from_now(source)
    yield from _of_gate(source)
    yield from _drawn(source)


def _unseen(source: NoticeSource) -> Iterator[str]:
    """Yield what is hidden or struck out without being deleted."""
    for find, said in (
        (unseen_texts, "is hidden, white or too small to be read"),
        (struck_texts, "is struck out by its formatting, and still part of the text"),
        (turned_texts, "is turned round: its figures may show in another order"),
        (running_on_texts, "runs on into what follows, for its end is hidden"),
        (symbol_texts, "is set in a font that shows signs in place of its letters"),
    ):
        before = " ".join(find(source.sent_file))
        for text in dict.fromkeys(find(source.returned_file)):
            if text not in before:
                yield f"{_where(text, source)}“{_short(text)}” {said}"
    for does, said in (
        (hides_by_default, "text is hidden, white or tiny unless its style says else"),
        (hides_numbers, "the numbers of clauses are hidden, white or tiny"),
    ):
        if does(source.returned_file) and not does(source.sent_file):
            yield f"by the settings of the file, {said}"


def _pointing(source: NoticeSource) -> Iterator[str]:
    body = source.compared[0]
    yield from retargeted(body, source.places)
    files = source.sent_file, source.returned_file
    yield from moved_bookmarks(*files, body, source.views, source.places)


def _where(text: str, source: NoticeSource) -> str:
    """Return the place of a text that came back, with a colon, or ""."""
    found = [line for line in source.views.after.lines if text in line.shown]
    if not found:
        return ""
    if len(found) > 1:
        return f"{one_of(len(found))}: "
    body = source.compared[0]
    at = _line_sent(found[0].start, body)
    return f"{source.places.of(body.sent.at(at)).said}: "


def _line_sent(place: int, body: Compared) -> int:
    shift = 0
    for one in body.changes:
        if one.a0 <= place:
            shift = one.s1 - one.a1
    return max(0, place + shift)


def _moving(source: NoticeSource) -> Iterator[str]:
    known = Counter(moving_texts(source.sent_file))
    bound = bound_values(source.returned_file)
    for text in moving_texts(source.returned_file):
        if known[text]:
            known[text] -= 1
            continue
        value = bound.get(text)
        if value is None:
            yield (
                f"{_where(text, source)}some programs show “{_short(text)}” where "
                "others show other words"
            )
        else:
            yield (
                f"{_where(text, source)}“{_short(text)}” is bound to data in the file "
                f"({value.address}), and Word will show “{_short(value.text)}”"
            )


def _computing(source: NoticeSource) -> Iterator[str]:
    """Yield the fields whose result a program works out anew."""
    known = set(_codes(source.sent_file))
    for code in dict.fromkeys(_codes(source.returned_file)):
        if code not in known:
            yield (
                f"the field “{_short(code)}” shows a result that Word may work out "
                "anew; its words can change when the file is opened or printed"
            )


def _codes(file: WordFile) -> Iterator[str]:
    for name in file.package.names:
        if file.types.is_xml(name):
            for one in field_codes(file.tree(name)):
                if one.name not in _PLAIN_FIELDS:
                    words = one.text.split()
                    yield " ".join(
                        words[: words.index("\\*")] if "\\*" in words else words
                    )


def _renumbered(source: NoticeSource) -> Iterator[str]:
    """Yield where a number is another one than what came or went explains."""
    olds, news = source.compared[0].sent.lines, source.views.before.lines
    pairs = paired_lines(olds, news)
    went = {i for i, one in enumerate(olds) if one.key.strip()} - {i for i, _ in pairs}
    counted = {news[j].paragraph.element for _, j in pairs}
    numbers = {
        one.paragraph: one.printed
        for one in labelled_paragraphs(
            source.returned_file, lambda paragraph: paragraph not in counted
        )
    }
    changed = []
    for i, j in pairs:
        label = source.places.label(olds[i])
        was = label.printed if label is not None else ""
        now = numbers.get(news[j].paragraph.element, "")
        is_other = shape(was) != shape(now) if went else was != now
        if is_other and olds[i].key.strip():
            changed.append((was, now, source.places.of(i).said))
    if changed:
        was, now, place = changed[0]
        more = f", and {len(changed) - 1} more" if len(changed) > 1 else ""
        yield (
            f"numbers were changed without tracking: {place}, “{was}” is now “{now}”"
            f"{more}; cross-references may point elsewhere"
        )


def _names(source: NoticeSource) -> Iterator[str]:
    """Yield what is odd about who made the changes, and when."""
    marks = source.returned.marks
    authors = dict.fromkeys([one.author for one in marks] + sorted(source.authors))
    for name in authors:
        if name in source.own_authors:
            count = sum(one.author == name for one in marks)
            if count:
                are, them = ("mark is", "it") if count == 1 else ("marks are", "them")
                yield (
                    f"{count} {are} under the name of “{name}”, one of us, who did "
                    f"not make {them}: a name in a file is no proof"
                )
        elif name and name not in source.known_authors:
            yield (
                f"“{name}” has changed or commented on the text, and nobody of that "
                "name did so before; a name in a file is no proof"
            )
    nameless = sum(not one.author.strip() for one in marks if _is_named(one))
    if nameless:
        many = "change names" if nameless == 1 else "changes name"
        yield f"{nameless} {many} no author"
    dates = dict.fromkeys(one.date for one in marks if one.date)
    for date in dates:
        if not is_date(date):
            yield f"a change is dated “{_short(date)}”, which is no date"


def _is_named(mark: Mark) -> bool:
    return mark.what != "tblGridChange"


def _untracked_from_now(source: NoticeSource) -> Iterator[str]:
    """Yield a notice when tracking, which was on, is not any more."""
    before, now = (_switches(one) for one in (source.sent_file, source.returned_file))
    if "trackRevisions" in before - now:
        yield "tracking of changes was switched off in the file"
    elif "documentProtection" in before - now:
        yield "the protection that keeps tracking switched on was taken off"


def _switches(file: WordFile) -> frozenset[str]:
    found = set()
    for name in file.package.names:
        root = file.tree(name) if file.types.is_xml(name) else None
        if root is None or root.tag != w("settings"):
            continue
        for switch in ("trackRevisions", "documentProtection"):
            one = root.find(w(switch))
            on = w("val") if switch == "trackRevisions" else w("enforcement")
            if one is not None and one.get(on, "1") not in ("0", "false", "off"):
                found.add(switch)
    return frozenset(found)


def _of_gate(source: NoticeSource) -> Iterator[str]:
    known = {(one.kind, one.what) for one in source.sent_file.notices}
    for one in source.returned_file.notices:
        if (one.kind, one.what) not in known and one.kind != "field":
            yield str(one)


def _drawn(source: NoticeSource) -> Iterator[str]:
    """Yield how drawings and pictures are others than those that were sent."""
    more = drawings_in(source.returned_file) - drawings_in(source.sent_file)
    if more:
        count, than = abs(more), "more" if more > 0 else "fewer"
        yield f"the file holds {count} {than} pictures or drawings than we sent"
    elif pictures_in(source.returned_file) - pictures_in(source.sent_file):
        yield "a picture in the file is not the one that we sent"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MOST_SHOWN else f"{plain[:_MOST_SHOWN]}…"
