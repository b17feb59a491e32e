"""Words: what counts as one, what is shown as kept, and what reads better as one."""

import random

import pytest

from slacontracts.redline.words import common, rising, steps, tokens_of


@pytest.mark.parametrize(
    "value",
    [
        *("12,500.00", "99.9%", "€1,250", "2026-11-23", "23/11/2026", "08:00"),
        *("+966", "help.desk@example.com", "https://example.com/sla?a=1", "4.2"),
        *("30days", "Supplier’s", "sub-processor", "délai", "٩٩٫٩٪", "١٢٬٥٠٠"),
        *("العُمَلاء", "P1", "-5", "12\u202f500,00", "1\u00a0250\u00a0000"),
        *("USD5,000", "Rs.5,000", "ر.س5,000", "A-1,000", "Q1/2026", "EUR1,250.50"),
        *("US$5,000", "₹5,000", "5,000€", "1,000kg", "24x7x365", "v1.2.3-beta"),
        *("1 250 000", "12 500,00", "EUR1 250 000.50", "-1 250", "€1 250"),
        *("2026-11-23T09:30:00Z", "USD5\u00a0000", "4x1,5mm", "Level2%"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2 3000", ["2", " ", "3000"], id="four figures are no group"),
        pytest.param("2026 250", ["2026", " ", "250"], id="four figures before"),
        pytest.param("1.5 250", ["1.5", " ", "250"], id="a fraction before"),
        pytest.param("P1 100", ["P1", " ", "100"], id="a name before"),
        pytest.param("1 250 00", ["1 250", " ", "00"], id="two figures behind"),
        pytest.param("P1/P2", ["P1", "/", "P2"], id="two names"),
        pytest.param("and/or", ["and", "/", "or"], id="two words"),
        pytest.param("30-day", ["30", "-", "day"], id="a value and its unit"),
        pytest.param("10%-15%", ["10%", "-", "15%"], id="from one value to another"),
        pytest.param("日本語の契約", [*"日本語の契約"], id="ideographs and kana"),
        pytest.param("契約12,5年A", ["契", "約", "12,5", "年", "A"], id="mixed"),
        pytest.param("ハ\u3099、々", ["ハ\u3099", "、", "々"], id="a mark on kana"),
        pytest.param("서비스 수준", ["서비스", " ", "수준"], id="Korean has words"),
    ],
)
def test_what_stands_side_by_side_is_told_apart(text: str, expected: list[str]) -> None:
    assert tokens_of(text) == expected


@pytest.mark.parametrize(
    "piece", ["1x", "a1", "1 ", "111 ", "a.", "1/", "$", "A-", "日1", "a@", "USD1 "]
)
def test_a_long_text_of_one_piece_is_cut(piece: str) -> None:
    text = piece * 100_000  # would take hours if a sign took longer in a longer text

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
        pytest.param(
            "up to USD5,000 a day",
            "up to USD6,000 a day",
            [("USD5,000", "USD6,000")],
            id="an amount with its currency",
        ),
        pytest.param("三年です", "五年です", [("三", "五")], id="one sign of Japanese"),
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


def test_of_a_long_text_of_few_words_only_what_changed_is_marked() -> None:
    draw = random.Random(7)
    words = [str(draw.randrange(400)) for _ in range(20_000)]
    new = [*words[:3_000], "so", "on", *words[3_000:15_000], *words[15_001:]]
    new[18_000] = "else"

    pairs = common(words, new)

    assert len(pairs) == len(words) - 2


def test_of_a_long_text_what_stands_between_sure_places_is_compared() -> None:
    old = ["sure", *["a", "b"] * 4_000, "certain", *["c", "d"] * 4_000]
    new = list(old)
    new[2_000:2_000] = new[6_000:6_000] = new[14_000:14_000] = ["x"] * 3

    assert len(common(old, new)) == len(old)


def test_the_longest_choice_of_pairs_rises_on_both_sides() -> None:
    pairs = [(0, 5), (1, 0), (2, 1), (3, 9), (4, 2)]

    assert rising(pairs) == [(1, 0), (2, 1), (4, 2)]
    assert rising([]) == []
