"""A line of inlines in; its runs as XML out, with a hidden bookmark around each value.

The runs are those of a line without bookmarks, divided where a value begins or ends.
"""

from collections import Counter
from functools import lru_cache

from slacontracts.model.document import Blank, Inline, Value, Words
from slacontracts.render.docx_runs import LineWriter, ReferenceForms, as_shown
from slacontracts.text import script_runs
from slacontracts.word.build import Bookmarks, run, run_properties
from slacontracts.word.names import value_bookmark_name


class AnchoredLineWriter(LineWriter):
    """Writes lines of inlines for one document, so that each value is found again."""

    def __init__(
        self, forms: ReferenceForms, bookmarks: Bookmarks, *, is_rtl: bool
    ) -> None:
        super().__init__(forms, is_rtl=is_rtl)
        self.bookmarks = bookmarks
        self._printed: Counter[str] = Counter()

    def line(self, inlines: tuple[Inline, ...]) -> str:
        """Return the runs of a line; values and blanks stand in bookmarks."""
        if not any(type(one) is Value or type(one) is Blank for one in inlines):
            return super().line(inlines)
        out: list[str] = []
        alike: list[Words | Value] = []  # neighbours of one form
        for at, one in enumerate(inlines):
            if isinstance(one, Words | Value):
                if alike and not _are_alike(alike[0], one):
                    self.add_runs(out, alike)
                    alike = []
                alike.append(one)
                continue
            if alike:
                self.add_runs(out, alike)
                alike = []
            xml = self.other(inlines, at)
            out.append(self.anchored(one, xml) if type(one) is Blank else xml)
        if alike:
            self.add_runs(out, alike)
        return "".join(out)

    def add_runs(self, out: list[str], alike: list[Words | Value]) -> None:
        """Add the runs of words and values of one form."""
        texts = tuple(
            [
                as_shown(one.text, is_rtl=self.is_rtl)
                if type(one) is Value
                else one.text
                for one in alike
            ]
        )
        divided = _divided(texts, alike[0].bold, alike[0].italic, self.is_rtl)
        for one, runs in zip(alike, divided, strict=True):
            out.append(self.anchored(one, runs) if type(one) is Value else runs)

    def anchored(self, one: Value | Blank, runs: str) -> str:
        """Return the runs of a value inside its bookmark."""
        if not one.path or not runs:
            return runs
        self._printed[one.path] += 1
        name = value_bookmark_name(one.path, self._printed[one.path])
        return self.bookmarks.around(name, runs)


def _are_alike(one: Words | Value, other: Words | Value) -> bool:
    return one.bold is other.bold and one.italic is other.italic


@lru_cache(maxsize=4096)
def _divided(
    texts: tuple[str, ...], bold: bool, italic: bool, is_rtl: bool
) -> tuple[str, ...]:
    """Return the runs of each text, by script as they are in the texts joined."""
    rest = script_runs("".join(texts), rtl=is_rtl)[::-1]
    out = []
    for text in texts:
        wanted, runs = len(text), ""
        while wanted:
            piece, is_arabic = rest.pop()
            if len(piece) > wanted:
                rest.append((piece[wanted:], is_arabic))
                piece = piece[:wanted]
            runs += run(piece, run_properties(bold=bold, italic=italic, rtl=is_arabic))
            wanted -= len(piece)
        out.append(runs)
    return tuple(out)
