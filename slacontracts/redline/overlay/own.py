"""A part with marks on marks in; the same without deletions of an author's own, out.

Who deletes words that are an insertion of one's own takes them out of it: no program
writes a deletion in an insertion of the same author, and some lose the deletion.
"""

from typing import Final

from slacontracts.redline.elements import INS, ROW, Element
from slacontracts.word.names import w
from slacontracts.word.resolving import part_moves, resolve
from slacontracts.word.revision_marks import Mark, find_marks

_AUTHOR: Final = w("author")
_CAME: Final = (INS, w("moveTo"))


def take_back_own(root: Element, ours: str, author: str) -> None:
    """Take out of an author's insertions what our new marks delete in them.

    ours: the author of the new marks, which are to get the author's name. What stays
    of an insertion keeps its date. A row goes when all in it is the author's own.
    """
    marks = find_marks(root)
    own = [
        mark
        for mark in marks
        if mark.author == ours and mark.is_removed and _is_own(mark, ours, author)
    ]
    if own:
        resolve(own, accepting=True)
        part_moves(marks, root)


def _is_own(mark: Mark, ours: str, author: str) -> bool:
    """Tell whether what a new mark deletes is an insertion of its author's own."""
    if mark.role == "content":
        around = next(mark.element.iterancestors(*_CAME), None)
        return around is not None and around.get(_AUTHOR) == author
    if mark.role not in ("paragraph", "row"):
        return False
    beside = mark.element.getparent().iterchildren(*_CAME)
    if not any(one.get(_AUTHOR) == author for one in beside):
        return False
    return mark.role == "paragraph" or _is_all_own(mark.owner, ours, author)


def _is_all_own(row: Element, ours: str, author: str) -> bool:
    names = {mark.author for mark in find_marks(row) if mark.author}
    return row.tag == ROW and names <= {ours, author}
