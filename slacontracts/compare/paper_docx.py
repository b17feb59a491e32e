"""A signed Word file and the execution version in; their differences out."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from slacontracts.compare.paper import (
    Expected,
    Gap,
    PaperComparison,
    PaperDifference,
    agreeing_percent,
    difference_of,
    expected_text,
    gaps,
    written_as,
)
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.printed import Printed, printed_paragraphs
from slacontracts.word.revisions import Revision, reject, revisions
from slacontracts.word.unseen import moving_texts, struck_texts, unseen_texts


def differences_in_word(
    signed: WordFile, execution: WordFile, signing: Collection[str]
) -> PaperComparison:
    """Return the differences of a signed Word file from the execution version.

    signing: the texts with one of which the signature page begins. A tracked change
    that nobody accepted is a difference; the rest is compared as it was before.
    """
    pending = revisions(signed)
    found = [_tracked(one) for one in pending if one.story != "comments"]
    found += _hidden(signed, execution)
    if pending:
        signed = admit(reject(signed), "the signed file without its tracked changes")
    there = tuple(printed_paragraphs(signed))
    wanted = tuple(printed_paragraphs(execution))
    body = _of_body(wanted, there, signing)
    more = (*_of_other_stories(wanted, there), *found)
    return replace(body, differences=(*body.differences, *more))


def _tracked(one: Revision) -> PaperDifference:
    place = f"clause {one.label}" if one.label else f"the {one.story}"
    words = " -> ".join(f"“{text}”" for text in (one.old, one.new) if text)
    said = f"a tracked change of {one.author or 'nobody'} is pending, {one.kind}"
    return PaperDifference(
        "tracked", place, one.old, f"{said}: {words}" if words else said
    )


def _hidden(signed: WordFile, execution: WordFile) -> list[PaperDifference]:
    """Return texts that are hidden, struck out, or may be shown otherwise, now."""
    file = "the signed file"
    hidden = Counter(unseen_texts(signed)) - Counter(unseen_texts(execution))
    struck = Counter(struck_texts(signed)) - Counter(struck_texts(execution))
    moving = Counter(moving_texts(signed)) - Counter(moving_texts(execution))
    return [
        *(PaperDifference("hidden", file, "", one) for one in hidden),
        *(
            PaperDifference("note", file, "", f"“{one}” is struck out")
            for one in struck
        ),
        *(
            PaperDifference("note", file, "", f"programs may show other words: “{one}”")
            for one in moving
        ),
    ]


def _of_body(
    wanted: Sequence[Printed], there: Sequence[Printed], signing: Collection[str]
) -> PaperComparison:
    expected = expected_text(wanted, signing)
    found = expected_text(there, signing)
    differences: list[PaperDifference] = []
    written: list[str] = []
    apart = list(_gaps(expected, found))
    for gap in apart:
        if _is_written(gap, expected, found):
            old = expected.words[gap.olds.start : gap.olds.stop]
            new = found.words[gap.news.start : gap.news.stop]
            written.append(written_as(old, new))
        else:
            differences.append(difference_of(expected, gap, found.words, None))
    agreeing = agreeing_percent(len(expected.words), apart)
    return PaperComparison(tuple(differences), tuple(written), agreeing)


def _gaps(expected: Expected, found: Expected) -> Iterator[Gap]:
    """Yield the gaps; what was added in the last cells stands apart from what follows.

    Only words inside tables are written by those who sign, so a gap ends there.
    """
    for gap in gaps(expected.words, found.words):
        inside = [_is_in_table(found, at) for at in gap.news]
        if not gap.olds and True in inside and False in inside:
            turn = gap.news.start + inside.index(not inside[0])
            yield Gap(gap.olds, range(gap.news.start, turn))
            yield Gap(gap.olds, range(turn, gap.news.stop))
        else:
            yield gap


def _is_written(gap: Gap, expected: Expected, found: Expected) -> bool:
    """Tell whether words stand in the tables of the signature page."""
    return (
        expected.is_signed_at(gap.olds.start - 1)
        and all(_is_in_table(expected, at) for at in gap.olds)
        and all(_is_in_table(found, at) for at in gap.news)
    )


def _is_in_table(text: Expected, word: int) -> bool:
    return text.paragraphs[text.words[word].at].is_in_table


def _of_other_stories(
    wanted: Sequence[Printed], there: Sequence[Printed]
) -> Iterator[PaperDifference]:
    """Yield the differences of headers, footers and notes, each text once."""
    for story in ("header", "footer", "footnotes", "endnotes"):
        sides = [_texts(side, story) for side in (wanted, there)]
        lost = [one for one in sides[0] if one not in sides[1]]
        new = [one for one in sides[1] if one not in sides[0]]
        old, now = (_as_body(side, story) for side in (lost, new))
        for gap in gaps(old.words, now.words):
            yield difference_of(old, gap, now.words, None)


def _texts(printed: Sequence[Printed], story: str) -> list[str]:
    texts = (" ".join(one.text.split()) for one in printed if one.story == story)
    return list(dict.fromkeys(text for text in texts if text))


def _as_body(texts: Sequence[str], story: str) -> Expected:
    one = Printed("body", f"the {story}", "", "")
    return expected_text([replace(one, text=text) for text in texts], ())
