"""Two Word files in; a line for each comment of which NEW has another text, out."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from slacontracts.redline.elements import COMMENT, ID, Element, P, wording
from slacontracts.redline.result_parts import related_part
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_MOST_TOLD: Final = 3
_MOST_LETTERS: Final = 40


class Comment(NamedTuple):
    """A comment. place: the words of the paragraph that it is about."""

    author: str
    date: str
    text: str
    place: str


def edited_comments(old: WordFile, new: WordFile) -> list[str]:
    """Return the lines for comments that were edited, which has no mark."""
    lines = [
        f'the comment by {one.author} at "{one.place}" has another text in '
        f"{new.package.file} than before, which has no mark"
        for one in _edited(_comments(old), _comments(new))
    ]
    more = len(lines) - _MOST_TOLD
    if more > 0:
        lines[_MOST_TOLD:] = [
            f"{more} more comments have another text in {new.package.file} than before"
        ]
    return lines


def _edited(olds: list[Comment], news: list[Comment]) -> Iterator[Comment]:
    """Yield the comments of NEW whose text changed.

    Programs number comments anew; who wrote one, and when, stays.
    """
    for key in dict.fromkeys((one.author, one.date) for one in news):
        was = [one for one in olds if (one.author, one.date) == key]
        now = [one for one in news if (one.author, one.date) == key]
        old_texts, new_texts = ({one.text for one in side} for side in (was, now))
        if len(was) == len(now):
            yield from (
                one
                for before, one in zip(was, now, strict=True)
                if one.text not in old_texts and before.text not in new_texts
            )


def _comments(file: WordFile) -> list[Comment]:
    """Return the comments that text refers to, in the order of the text."""
    part = related_part(file, file.main, "comments")
    if part is None:
        return []
    by_id = {one.get(ID): one for one in file.tree(part) if isinstance(one.tag, str)}
    return [
        Comment(
            comment.get(w("author"), ""),
            comment.get(w("date"), ""),
            wording(comment),
            _place(reference),
        )
        for reference in file.tree(file.main).iter(COMMENT)
        if (comment := by_id.get(reference.get(ID))) is not None
    ]


def _place(reference: Element) -> str:
    paragraph = next(reference.iterancestors(P), None)
    words = "" if paragraph is None else wording(paragraph)
    words = " ".join(words.split())
    if len(words) <= _MOST_LETTERS:
        return words
    cut = words[:_MOST_LETTERS]
    return (cut.rpartition(" ")[0] or cut) + "..."
