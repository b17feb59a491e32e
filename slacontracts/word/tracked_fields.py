"""The marks of fields in a story in; which of its text is a result that renews itself.

Such a result is no wording: it is compared by a sign that stands for its field.
"""

from typing import Any, Final

from slacontracts.word.names import w

CONTENTS: Final = "TOC"
# Of these, Word renews the result whenever it likes.
_RENEWED: Final = frozenset(
    {"REF", "PAGEREF", "NOTEREF", "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "TOC"}
)
_POINTING: Final = frozenset({"REF", "PAGEREF", "NOTEREF"})  # to a bookmark
_FIRST_SIGN: Final = 0xF0000  # a private plane: no text from outside is read for it


def is_sign(key: str) -> bool:
    """Tell whether a text stands for the result of a field."""
    return len(key) == 1 and ord(key) >= _FIRST_SIGN


class Fields:
    """The fields that are open where a story is being read.

    codes: the sign of each field by its code.
    """

    def __init__(self, codes: dict[str, str]) -> None:
        self._codes = codes
        self._open: list[Result] = []

    def follow(self, mark: Any) -> None:
        """Take the beginning, the middle or the end of a field."""
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            self._open.append(Result())
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            self._open.pop()

    def add_code(self, text: str) -> None:
        """Take a piece of a field's code."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code += text

    def enter(self, code: str) -> None:
        """Take a field that is written in one element."""
        self._open.append(Result(code, in_result=True))

    def leave(self) -> None:
        """Leave such a field."""
        if self._open:
            self._open.pop()

    @property
    def is_in_code(self) -> bool:
        """Whether text here is part of a field's code."""
        return any(not one.in_result for one in self._open)

    @property
    def is_in_contents(self) -> bool:
        """Whether text here is the list of contents."""
        return any(one.name == CONTENTS for one in self._open)

    @property
    def result(self) -> "Result | None":
        """The field that renews the text here, None where none does."""
        return next((one for one in self._open if one.name in _RENEWED), None)

    def sign(self, result: "Result") -> str:
        """Return what stands for a result; "" after its first paragraph."""
        if result.is_shown:
            return ""
        result.is_shown = True
        words = [one for one in result.code.split() if not one.startswith("\\")]
        target = " ".join(words[: 2 if result.name in _POINTING else 1])
        return self._codes.setdefault(target, chr(_FIRST_SIGN + len(self._codes)))


class Result:
    """A field that is open, and what it shows."""

    __slots__ = ("code", "in_result", "is_shown")

    def __init__(self, code: str = "", *, in_result: bool = False) -> None:
        self.code, self.in_result, self.is_shown = code, in_result, False

    @property
    def name(self) -> str:
        """The first word of its code."""
        return self.code.split(maxsplit=1)[0].upper() if self.code.strip() else ""
