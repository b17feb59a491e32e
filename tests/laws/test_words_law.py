"""Law: the words of the filled source are the words of the model, block by block."""

import os
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.compose.blanks import fill_text
from slacontracts.jinja_text import parse_program
from slacontracts.model.document import Item, Paragraph, Table, Term, Value, Words
from slacontracts.text import is_blank

T = TypeVar("T")
EXAMPLES = int(os.environ.get("SLACONTRACTS_EXAMPLES", "400"))

LETTERS = "abcdefgXYZéßعربيةنص"
NAME = st.text(st.sampled_from(LETTERS + "0123456789"), min_size=1, max_size=9)
# A sign such as - + > = _ at the start of a block is markup, which is refused.
WORD = st.builds(
    str.__add__,
    st.sampled_from(LETTERS + "(€$&</"),
    st.text(st.sampled_from(LETTERS + "0123456789,.;:()-–%$€&<>/_=+"), max_size=8),
)
# A value may hold whatever a user can type, markup and marks of every kind included.
VALUE = st.one_of(
    st.sampled_from(
        ["A & B <Ltd>", "*not bold*", "{{ x }}", "{#", "{% if %}", "1. one", "- two", '**"T"**',
         "[#cap]", "`code`", "\\*", "عربي 123", "😀", "x" * 5000, "a\nb", "_under_", "2)"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs"]), min_size=1, max_size=30),
).filter(lambda value: not is_blank(value))  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Wording as an author types it, and as a reader sees it."""

    typed: str
    seen: str
    value: str | None = None


def plain(word: str) -> Piece:
    return Piece(word, word)


PIECE = st.one_of(
    WORD.map(plain),
    WORD.map(plain),
    NAME.map(lambda word: Piece(f"**{word}**", word)),
    NAME.map(lambda word: Piece(f"*{word}*", word)),
    WORD.map(lambda word: Piece(f'**"{word}"**', word)),
    VALUE.map(lambda value: Piece("", value, value)),
)
# Conditions and whether they hold; loops and how often they turn.
CONDITION = st.sampled_from(
    [
        ("data.yes", True),
        ("data.no", False),
        ("not data.no", True),
        ("data.yes and data.missing", False),
        ("data.no or data.yes", True),
        ('data.word == "one"', True),
        ("data.three > 3", False),
    ]
)
LOOP = st.sampled_from([("data.none", 0), ("data.single", 1), ("data.pair", 2)])
GIVEN = {
    "yes": True,
    "no": False,
    "word": "one",
    "three": 3,
    "none": [],
    "single": ["a"],
    "pair": ["a", "b"],
}


@dataclass(frozen=True)
class Marked:
    """Wording that is typed between marks, laid out over lines in one of many ways."""

    layout: str
    body: Any
    other: Any
    test: tuple[str, bool]
    loop: tuple[str, int]

    def around(self, first: str, second: str) -> str:
        """Return the marks with two texts as their bodies."""
        test, loop = self.test[0], self.loop[0]
        if self.layout.endswith("else"):
            return f"{{% if {test} %}}{first}{{% else %}}{second}{{% endif %}}"
        if self.layout.endswith("elif"):
            return (
                f"{{% if data.no %}}never{{% elif {test} %}}{first}"
                f"{{% elif data.yes %}}{second}{{% else %}}never{{% endif %}}"
            )
        if self.layout.endswith("loop"):
            return f"{{% for one in {loop} %}}{first}{{% endfor %}}"
        return f"{{% if {test} %}}{first}{{% endif %}}"

    def kept(self, first: T, second: T) -> list[T]:
        """Return which of two bodies are seen, each as often as it is."""
        if self.layout.endswith("loop"):
            return [first] * self.loop[1]
        if self.test[1]:
            return [first]
        return [second] if self.layout.endswith(("else", "elif")) else []


def marked(body: st.SearchStrategy[Any], layouts: list[str]) -> st.SearchStrategy[Any]:
    return st.builds(Marked, st.sampled_from(layouts), body, body, CONDITION, LOOP)


MARKS = ("if", "else", "elif", "loop")
PHRASE = st.one_of(
    PIECE,
    PIECE,
    PIECE,
    st.just("next line"),
    marked(
        PIECE,
        [f"{way} {mark}" for way in ("inline", "over lines", "own") for mark in MARKS]
        + [f"line {mark}" for mark in ("if", "else", "elif")],
    ),
)
WORDING = st.tuples(PIECE, st.lists(PHRASE, max_size=7)).map(
    lambda two: [two[0], *two[1]]
)
BLOCK = st.tuples(
    st.integers(0, 3),
    st.one_of(
        WORDING,
        marked(
            WORDING,
            [f"own {mark}" for mark in MARKS] + ["line if", "line else", "line elif"],
        ),
        marked(
            marked(WORDING, ["own if", "own else", "line if", "line elif"]),
            [f"own {mark}" for mark in MARKS],
        ),
    ),
)


class Typist:
    """Types blocks as an author would, and tells how they should read."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = dict(GIVEN)
        self.depth = 0

    def piece(self, piece: Piece) -> str:
        if piece.value is None:
            return piece.typed
        name = f"v{len(self.values)}"
        self.values[name] = piece.value
        return f"{{{{ data.{name} }}}}"

    def wording(self, phrases: list[Any], line: str) -> tuple[str, str]:
        """Return wording typed and seen; line: what begins its next line."""
        typed, seen, space = "", "", ""
        for phrase in phrases:
            if phrase == "next line":
                space = line
                continue
            if isinstance(phrase, Piece):
                typed += space + self.piece(phrase)
                seen += (" " if space else "") + phrase.seen
            else:
                more, words = self.phrase(phrase, line)
                typed += more
                seen += words
            space = " "
        return typed, seen

    def phrase(self, mark: Marked, line: str) -> tuple[str, str]:
        first, second = self.piece(mark.body), self.piece(mark.other)
        kept = mark.kept(mark.body.seen, mark.other.seen)
        words = "".join(f" {one}" for one in kept)
        if mark.layout.startswith("inline"):
            return mark.around(f" {first}", f" {second}"), words
        if mark.layout.startswith("over"):
            return mark.around(line + first, line + second), words
        if mark.layout.startswith("line"):
            return f"{line}{mark.around(first, second)}{line}end", f"{words} end"
        return (
            f"{line}{mark.around(line + first + line, line + second + line)}{line}end",
            f"{words} end",
        )

    def block(self, level: int, wording: Any) -> tuple[str, list[str]]:
        """Return a block typed, and each of the blocks that are seen in its place."""
        if not isinstance(wording, Marked):
            text, words = self.wording(wording, "\n" + "   " * level)
            if not level:
                return text, [words]
            return f"{'   ' * (level - 1)}1. {text}", [words]
        first, shown = self.block(level, wording.body)
        second, others = self.block(level, wording.other)
        seen = [one for kept in wording.kept(shown, others) for one in kept]
        if wording.layout.startswith("line"):
            return wording.around(first, second), seen
        gap = "\n" if level else "\n\n"
        return wording.around(gap + first + gap, gap + second + gap), seen

    def text(self, blocks: list[tuple[int, Any]]) -> tuple[str, list[tuple[int, str]]]:
        """Return the source, and (level, text) of each block as it should read."""
        lines: list[str] = []
        expected: list[tuple[int, str]] = []
        for wanted, wording in blocks:
            level = min(
                wanted, self.depth + 1
            )  # a list goes one level deeper at a time
            typed, seen = self.block(level, wording)
            lines += [typed] if level else ["", typed, ""]
            expected += [(level, one) for one in seen]
            if seen:
                self.depth = level
        return "\n".join(lines) + "\n", expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=8))
def test_the_words_of_the_filled_source_are_the_words_of_the_model(
    blocks: list[tuple[int, Any]],
) -> None:
    typist = Typist()
    source, expected = typist.text(blocks)
    program, faults = parse_program(source)
    assert faults == ()

    filling = fill_text(
        program,
        {"data": typist.values},
        language="en",
        digits="latin",
        make_table=lambda _: None,
    )

    assert filling.faults == []
    found = []
    for block in filling.blocks:
        assert not isinstance(block, Table)
        for inline in block.inlines:
            assert isinstance(inline, Words | Value | Term)
        text = "".join(getattr(inline, "text", "") for inline in block.inlines)
        assert isinstance(block, Item | Paragraph)
        found.append((block.level, text))
    assert found == expected
