"""Law: the words of the filled source are the words of the model, block by block."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from slacontracts.compose.blanks import fill_text
from slacontracts.jinja_text import parse_program
from slacontracts.model.document import Item, Paragraph, Table, Term, Value, Words

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
         "[#cap]", "`code`", "\\*", "عربي 123", "😀", "x" * 5000, "a\nb", "_under_", "2)", "  "]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs"]), min_size=1, max_size=30),
)  # fmt: skip


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
BLOCK = st.tuples(st.integers(0, 3), st.lists(PIECE, min_size=1, max_size=8))


def typed(
    blocks: list[tuple[int, list[Piece]]],
) -> tuple[str, dict[str, str], list[tuple[int, str]]]:
    """Return the source, its values, and (level, text) of each block as it should read."""
    values: dict[str, str] = {}
    lines: list[str] = []
    expected: list[tuple[int, str]] = []
    depth = 0
    for wanted, pieces in blocks:
        level = min(wanted, depth + 1)  # a list goes one level deeper at a time
        depth = level
        words = []
        for piece in pieces:
            if piece.value is None:
                words.append(piece.typed)
            else:
                name = f"v{len(values)}"
                values[name] = piece.value
                words.append(f"{{{{ data.{name} }}}}")
        text = " ".join(words)
        if level:
            lines.append(f"{'   ' * (level - 1)}1. {text}")
        else:
            lines += ["", text, ""]
        expected.append((level, " ".join(piece.seen for piece in pieces)))
    return "\n".join(lines) + "\n", values, expected


@settings(max_examples=300, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=8))
def test_the_words_of_the_filled_source_are_the_words_of_the_model(
    blocks: list[tuple[int, list[Piece]]],
) -> None:
    source, values, expected = typed(blocks)
    program, faults = parse_program(source)
    assert faults == ()

    filling = fill_text(
        program,
        {"data": values},
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
