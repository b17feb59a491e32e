"""A Word file in; its comments out, each with the one that it answers.

Word says in a part of its own which comment another one answers, by the name of its
last paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. parent: the id of the one that it answers, or ""."""

    id: str
    author: str
    date: str
    text: str
    parent: str = ""

    @property
    def said(self) -> str:
        """Who says what, in one line."""
        text = " ".join(self.text.split())
        return f"{self.author or 'nobody'}: {text}"


def comments_of(file: WordFile) -> tuple[Comment, ...]:
    """Return the comments of a file, in the order in which the file keeps them."""
    roots = [file.tree(name) for name in file.package.names if file.types.is_xml(name)]
    kept = [one for root in roots if root.tag == w("comments") for one in root]
    names = {name: one.get(w("id"), "") for one in kept for name in _names(one)}
    parents = {
        about.get(f"{_W15}paraId", ""): about.get(f"{_W15}paraIdParent", "")
        for root in roots
        if root.tag == f"{_W15}commentsEx"
        for about in root.iter(f"{_W15}commentEx")
    }
    return tuple(
        _comment(one, names, parents) for one in kept if one.tag == w("comment")
    )


def _comment(one: Any, names: dict[str, str], parents: dict[str, str]) -> Comment:
    number = one.get(w("id"), "")
    above = [parents[name] for name in _names(one) if parents.get(name)]
    parent = names.get(above[-1], "") if above else ""
    return Comment(
        number,
        one.get(w("author"), ""),
        one.get(w("date"), ""),
        "\n".join(_text(line) for line in one.iter(w("p"))).strip(),
        parent if parent != number else "",
    )


def _names(comment: Any) -> Iterator[str]:
    for line in comment.iter(w("p")):
        name = line.get(f"{_W14}paraId")
        if name:
            yield name


def _text(line: Any) -> str:
    """Return the words of a line, also those that were typed with tracking on."""
    return "".join(one.text or "" for one in line.iter(w("t")))
