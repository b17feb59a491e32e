"""Many neighbours that all changed: each is found again, and only the words marked."""

import random
import re
from collections.abc import Callable, Sequence

import pytest
from redline_pieces import para, paras, row, table
from small_docx import Small

from slacontracts.redline import redline
from slacontracts.word.gate import admit
from slacontracts.word.names import w
from slacontracts.word.revisions import ALL, accept, reject

DRAW = random.Random(5)
WORDS = [
    "".join(DRAW.choice("abcdefghijklmnop") for _ in range(DRAW.randint(3, 9)))
    for _ in range(400)
]


def replaced(old: str, new: str) -> list[str]:
    """Return the words that went; what is resolved is checked on the way."""
    files = [admit(Small(one).data(), "a.docx") for one in (old, new)]
    result = admit(redline(*files, author="Ada", date="2026-03-01T09:00:00Z").data, "r")
    for resolved, source in ((accept, files[1]), (reject, files[0])):
        again = admit(resolved(result, ALL), "again.docx")
        assert texts(again.tree(again.main)) == texts(source.tree(source.main))
    gone = result.tree(result.main).iter(w("delText"))
    return [word for one in gone for word in (one.text or "").split()]


def texts(root: object) -> list[str]:
    paragraphs = root.iter(w("p"))  # type: ignore[attr-defined]
    return ["".join(one.itertext()) for one in paragraphs]


def prices(first: int, number: int) -> str:
    rows = (row("Server", f"{first + n % 7},00") for n in range(number))
    return table(*rows) + para("")


def renamed(name: str, number: int) -> str:
    return paras(*(f"{name} {n} is met by probe{n} each hour." for n in range(number)))


def same(word: str, number: int) -> str:
    return paras(*[f"The Supplier provides the {word}."] * number)


@pytest.mark.parametrize("number", [20, 63, 64, 200])
@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        pytest.param(
            lambda n: prices(100, n), lambda n: prices(200, n), r"10\d,00", id="rows"
        ),
        pytest.param(
            lambda n: same("services", n),
            lambda n: same("goods", n),
            "services",
            id="p",
        ),
        pytest.param(
            lambda n: renamed("Level", n),
            lambda n: renamed("Stage", n),
            "Level",
            id="rare words",
        ),
    ],
)
def test_of_each_neighbour_only_the_word_that_changed_is_marked(
    number: int, old: Callable[[int], str], new: Callable[[int], str], marked: str
) -> None:
    gone = replaced(old(number), new(number))

    assert len(gone) == number
    assert all(re.fullmatch(marked, one) for one in gone)


def test_of_equal_neighbours_one_of_which_went_one_is_marked_whole() -> None:
    gone = replaced(same("services", 150), same("goods", 149))

    assert gone.count("services.") + gone.count("services") == 150
    assert len(gone) == 149 + 5


def drawn(number: int) -> list[list[str]]:
    """Return paragraphs of words that many others have as well."""
    return [[DRAW.choice(WORDS) for _ in range(30)] for _ in range(number)]


def edited(paragraphs: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[*one[:9], "99", *one[10:]] for one in paragraphs]


def written(paragraphs: Sequence[Sequence[str]]) -> str:
    return paras(*map(" ".join, paragraphs))


@pytest.mark.parametrize("number", [70, 700])
def test_neighbours_without_rare_words_are_found_again(number: int) -> None:
    old = drawn(number)
    third = number // 3
    new = [*edited(old[:third]), *drawn(5), *edited(old[third : -third - 9])]
    new += edited(old[-third:])

    gone = replaced(written(old), written(new))

    assert len(gone) <= (number - 9) + 9 * 30 + 20
    assert len(gone) < number * 30 / 3 + 9 * 30


def test_neighbours_are_found_again_after_many_others_came() -> None:
    old = drawn(80)

    gone = replaced(written(old), written([*drawn(90), *edited(old)]))

    assert len(gone) <= len(old) + 40


def test_long_neighbours_that_are_nearly_equal_are_paired_in_their_order() -> None:
    text = " ".join(WORDS[:50])
    old = [text] * 240
    new = [f"{one} too" for one in old[:-3]]

    gone = replaced(paras(*old), paras(*new))

    assert len(gone) == 3 * 50


def test_short_neighbours_are_found_again_after_some_came_and_went() -> None:
    old = [f"Fee {'abcdefg'[n % 7]} is due" for n in range(210)]
    new = [f"{one} now" for one in old]

    gone = replaced(paras(*old), paras("Much else", "And more", *new[:100], *new[103:]))

    assert len(gone) <= 3 * 4 + 12
