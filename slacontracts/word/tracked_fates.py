"""What the marks of a Word file say of a piece of its text."""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Fate:
    """What the marks around something say of it.

    was, now: whether it stands there before and after the changes. author, date: of
    the innermost mark. move: the name of the move that it is part of. row: the row
    that came or went with it, or None.
    """

    was: bool = True
    now: bool = True
    author: str = ""
    date: str = ""
    move: str = ""
    row: Any = None

    @property
    def is_same(self) -> bool:
        """Whether it stayed."""
        return self.was and self.now


NOTHING: Final = Fate()


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one fate. key: what is compared, a sign for the result of a field.

    comments: the ids of the comments that are about it.
    """

    text: str
    key: str
    fate: Fate
    comments: frozenset[str] = frozenset()
