"""Words: what counts as one, what is shown as kept, and what reads better as one."""

import pytest

from slacontracts.redline.words import common, rising, steps, tokens_of


@pytest.mark.parametrize(
    "value",
    [
        *("12,500.00", "99.9%", "€1,250", "2026-11-23", "23/11/2026", "08:00"),
        *("+966", "help.desk@example.com", "https://example.com/sla?a=1", "4.2"),
        *("30days", "Supplier’s", "sub-processor", "délai", "٩٩٫٩٪", "١٢٬٥٠٠"),
        *("العُمَلاء", "P1", "-5", "12\u202f500,00", "1\u00a0250\u00a0000"),
    ],
)
def test_a_value_or_a_word_is_one_token(value: str) -> None:
    assert tokens_of(f"so {value} it is") == ["so", " ", value, " ", "it", " ", "is"]


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "Pay 5 EUR, or 6.", "a\nb\t c", "(“Fees”)", "👍🏽 e\u0301 _x_ 1."),
        *("رسوم الخدمة: ١٢٬٥٠٠ ريال", "…— –", "a.b,c;d", "5 %"),
    ],
)
def test_the_tokens_of_a_text_joined_are_the_text(text: str) -> None:
    assert "".join(tokens_of(text)) == text


def changes(old: str, new: str) -> list[tuple[str, str]]:
    """Return what went and what came, change by change."""
    olds, news = tokens_of(old), tokens_of(new)
    out: list[tuple[str, str]] = []
    is_open = False
    for kind, i, j in steps(olds, news):
        if kind == "same":
            is_open = False
            continue
        gone, came = out.pop() if is_open else ("", "")
        is_open = True
        if kind == "del":
            out.append((gone + olds[i], came))
        else:
            out.append((gone, came + news[j]))
    return out


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            "credits of 5% of the fee",
            "credits of 10% of the fee",
            [("5%", "10%")],
            id="a number is one change",
        ),
        pytest.param(
            "from 10 to 20 days",
            "from 15 to 25 days",
            [("10", "15"), ("20", "25")],
            id="two numbers are two, whatever is between",
        ),
        pytest.param(
            "the best of the worst efforts here",
            "the good of the fair efforts here",
            [("best of the worst", "good of the fair")],
            id="only small words between two changes",
        ),
        pytest.param(
            "the very best of really all efforts",
            "the best of all efforts",
            [("very ", ""), ("really ", "")],
            id="two deletions stay two",
        ),
        pytest.param(
            "it may end it", "it may not end it", [("", "not ")], id="a word added"
        ),
        pytest.param("same words", "same words", [], id="nothing"),
        pytest.param("all gone", "", [("all gone", "")], id="everything went"),
    ],
)
def test_changes_read_as_a_lawyer_would_mark_them(
    old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    assert changes(old, new) == expected


def test_a_space_is_kept_only_beside_words_that_are() -> None:
    assert changes("one two", "three four") == [("one two", "three four")]


def test_of_very_long_sequences_what_stands_once_shows_what_stayed() -> None:
    old = [f"old {n}" for n in range(6_000)] + [f"kept {n}" for n in range(6_000)]
    new = [f"kept {n}" for n in range(6_000)] + [f"new {n}" for n in range(6_000)]

    pairs = common(old, new)

    assert pairs == [(6_000 + n, n) for n in range(6_000)]


def test_the_longest_choice_of_pairs_rises_on_both_sides() -> None:
    pairs = [(0, 5), (1, 0), (2, 1), (3, 9), (4, 2)]

    assert rising(pairs) == [(1, 0), (2, 1), (4, 2)]
    assert rising([]) == []
