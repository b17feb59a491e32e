"""What may not stand in a text, and what people see in it: words, letters, runs."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.text import (
    mixed_scripts,
    nearest,
    normalise,
    script_runs,
    text_faults,
    words_of,
)

ARABIC_OR_NOT = st.text(
    st.one_of(
        st.sampled_from(list("abcZ é(),.%-/:&\u200e\u200f\u00a0\n0123٤٥")),
        st.sampled_from(list("شركةيومًا،؟٪אب")),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("char", "message"),
    [
        (
            "\x00",
            "U+0000 is a control character that Word files cannot hold; delete it",
        ),
        ("\x0b", "U+000B is a control character"),
        ("\r", "U+000D is a control character"),
        ("\x7f", "U+007F is a control character"),
        ("\x85", "U+0085 is a control character"),
        (
            "\u202e",
            "U+202E RIGHT-TO-LEFT OVERRIDE can make 100000 read as 000001; delete",
        ),
        ("\u202a", "U+202A LEFT-TO-RIGHT EMBEDDING can make"),
        ("\u2066", "U+2066 LEFT-TO-RIGHT ISOLATE can make"),
        ("\u2069", "U+2069 POP DIRECTIONAL ISOLATE can make"),
        ("\u200b", "U+200B ZERO WIDTH SPACE is invisible and can hide inside a word"),
        ("\u2060", "U+2060 WORD JOINER is invisible"),
        ("\u00ad", "U+00AD SOFT HYPHEN is invisible and can hide inside a word"),
        ("\u180e", "U+180E MONGOLIAN VOWEL SEPARATOR is invisible"),
        ("\u206a", "U+206A INHIBIT SYMMETRIC SWAPPING is invisible"),
        ("\ufff9", "U+FFF9 INTERLINEAR ANNOTATION ANCHOR is invisible"),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A is invisible"),
        ("\U000e0000", "U+E0000 is invisible"),
        ("\u2028", "U+2028 LINE SEPARATOR breaks a line where nobody sees it; press"),
        ("\u2029", "U+2029 PARAGRAPH SEPARATOR breaks a line"),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE is invisible"),
        ("\ud800", "U+D800 is half of a damaged character; type the character again"),
        ("\udfff", "U+DFFF is half of a damaged character"),
        ("\ufdd0", "U+FDD0 is not a character; delete it"),
        ("\uffff", "U+FFFF is not a character"),
        ("\U0001fffe", "U+1FFFE is not a character"),
        ("\U0010ffff", "U+10FFFF is not a character"),
        (
            "\ue000",
            "U+E000 is a private character that each computer shows differently",
        ),
        ("\uf8ff", "U+F8FF is a private character"),
        ("\U000f0000", "U+F0000 is a private character"),
        ("\U00100000", "U+100000 is a private character"),
    ],
)
@pytest.mark.parametrize("before", ["Fee: ", "الرسوم: "])
def test_a_forbidden_character_is_found_at_its_place_and_named(
    char: str, message: str, before: str
) -> None:
    found = text_faults(f"{before}100{char}000")

    assert [offset for offset, _ in found] == [len(before) + 3]
    assert found[0][1].startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Provider\tcredits\nthe Customer.",
        "يلتزم المزود بدفع ٤٬٥٠٠ يورو\u200f (EUR\u200e)",
        "نمی\u200cخواهم",
        "Café, naïve, 12\u00a0500, “quoted” – [●] §",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 🙂 \U00020000",
        "\ufeffid: SLA-2026-0001",
        "\u061c豈",
    ],
)
def test_clean_text_has_no_faults(text: str) -> None:
    assert text_faults(text) == []


def test_every_fault_is_reported_in_order() -> None:
    assert [offset for offset, _ in text_faults("a\x00b\u202ec\ufeff")] == [1, 3, 5]


SUSPECTS = st.characters(exclude_categories=[]) | st.sampled_from(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\u2065\u206f\ufff9\ufffb"
    "\ufffc\U000e0000\U000e0020\U000e007f\U000e0100"
)


@given(st.text(SUSPECTS))
def test_faults_are_exactly_the_characters_of_the_forbidden_kinds(text: str) -> None:
    found = {offset for offset, _ in text_faults(text)}

    for offset, char in enumerate(text):
        forbidden = (
            (unicodedata.category(char) in ("Cc", "Cs", "Co") and char not in "\t\n")
            or 0xFDD0 <= ord(char) <= 0xFDEF
            or ord(char) % 0x10000 >= 0xFFFE
            or "\u202a" <= char <= "\u202e"
            or "\u2066" <= char <= "\u2069"
            or char == "\u200b"
            or char in "\u00ad\u180e\u2028\u2029\ufff9\ufffa\ufffb"
            or "\u2060" <= char <= "\u206f"
            or "\U000e0000" <= char <= "\U000e007f"
            or (char == "\ufeff" and offset > 0)
        )
        assert (offset in found) is forbidden, f"{ord(char):04X}"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("\ufeffid: A\r\nb\rc\n", "id: A\nb\nc\n"),
        ("Cafe\u0301", "Café"),
        ("Café", "Café"),
        ("plain\n", "plain\n"),
        ("\ufeff\ufeffx", "x"),
        ("a\ufeffb", "a\ufeffb"),
    ],
)
def test_text_is_brought_to_one_spelling(text: str, normal: str) -> None:
    assert normalise(text) == normal


@given(st.text())
def test_bringing_text_to_one_spelling_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Provider's fee (net).", ["The", "Provider's", "fee", "net"]),
        ("It isn’t ninety-nine", ["It", "isn’t", "ninety-nine"]),
        ("EUR 4,500.00, or 99.9%.", ["EUR", "4,500.00", "or", "99.9%"]),
        ("€4,500 by 23/11/2026", ["€4,500", "by", "23/11/2026"]),
        ("08:00-17:00, 4.2(b), 4.2A", ["08:00-17:00", "4.2", "b", "4.2A"]),
        ("one,two;three/four", ["one", "two", "three", "four"]),
        ("SLA-2026-0001: legal@a.example", ["SLA-2026-0001", "legal@a.example"]),
        ("A & B <Ltd> <= 5", ["A", "&", "B", "<", "Ltd", ">", "<=", "5"]),
        ("خلال 30 يومًا، بنسبة ٩٩٫٩٪.", ["خلال", "30", "يومًا", "بنسبة", "٩٩٫٩٪"]),
        ("مُزوِّد الخدمة؟", ["مُزوِّد", "الخدمة"]),
        ("100\u200e000 \u200f(EUR)", ["100000", "EUR"]),
        ("[●] 🙂 \u2014 ok", ["●", "🙂", "ok"]),
        ("12\u00a0500", ["12", "500"]),
        ("Cafe\u0301 x", ["Cafe\u0301", "x"]),
        ("... -- !", []),
    ],
)
def test_words_are_those_that_people_see(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(
    st.lists(st.sampled_from(["fee", "4,500.00", "99.9%", "يومًا", "٩٩٫٩٪", "e-mail"]))
)
def test_words_joined_by_spaces_are_found_again(words: list[str]) -> None:
    assert words_of(" ".join(words)) == words
    assert words_of(", ".join(words)) == words


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("notise", "notice"),
        ("Notice", "notice"),
        ("initail", "initial"),
        ("governinglaw", "governing_law"),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_word_most_likely_meant_is_suggested(word: str, meant: str | None) -> None:
    assert nearest(word, ["initial", "renewal", "notice", "governing_law"]) == meant


def test_without_choices_nothing_is_suggested() -> None:
    assert nearest("notice", []) is None


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("The Supplier", []),
        ("The Suppli\u0435r and the Suppli\u0435r", ["Suppli\u0435r"]),
        ("\u0410greement, Cust\u03bfmer", ["\u0410greement", "Cust\u03bfmer"]),
        ("Поставщик and Ελλάδα", []),
        ("α-level, ООО-Contoso", []),
        ("a delay of 5μs at 3kΩ", []),
        ("café المزود naïve", []),
        ("Ćorović", []),
    ],
)
def test_words_of_mixed_letters_are_found(text: str, mixed: list[str]) -> None:
    assert mixed_scripts(text) == mixed


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("Northwind Hosting Ltd, 30 days", [("Northwind Hosting Ltd, 30 days", False)]),
        ("Café – “x”", [("Café – “x”", False)]),
        ("الخدمة", [("الخدمة", True)]),
        (
            "Contoso (شركة التجزئة) Ltd",
            [("Contoso (", False), ("شركة التجزئة", True), (") Ltd", False)],
        ),
        ("named شركة.", [("named ", False), ("شركة", True), (".", False)]),
        ("in شهر 12 or", [("in ", False), ("شهر 12", True), (" or", False)]),
        ("30 يومًا", [("30 ", False), ("يومًا", True)]),
        ("شركة, 30 days", [("شركة", True), (", 30 days", False)]),
        ("شركة, 30, شركة", [("شركة, 30, شركة", True)]),
        ("in ٣٠ days", [("in ", False), ("٣٠", True), (" days", False)]),
    ],
)
def test_text_from_left_to_right_is_split_by_script(
    text: str, runs: list[tuple[str, bool]]
) -> None:
    assert script_runs(text) == runs


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", []),
        ("خلال 30 يومًا (99.9%).", [("خلال 30 يومًا (99.9%).", True)]),
        ("4,500.00", [("4,500.00", True)]),
        ("Contoso LLC", [("Contoso LLC", False)]),
        ("“ok”", [("“", True), ("ok", False), ("”", True)]),
        (
            "المزود (Northwind Ltd).",
            [("المزود (", True), ("Northwind Ltd", False), (").", True)],
        ),
        (
            "وفق ISO 27001 المعتمد",
            [("وفق ", True), ("ISO 27001", False), (" المعتمد", True)],
        ),
        ("رقم SLA-2026-0001.", [("رقم ", True), ("SLA-2026-0001", False), (".", True)]),
        ("legal@northwind.example", [("legal@northwind.example", False)]),
        ("24x7 دعم", [("24x7", False), (" دعم", True)]),
        ("\u200e+966\u00a011 55\u200e", [("\u200e+966\u00a011 55\u200e", False)]),
        ("Ltd\n30 يومًا", [("Ltd", False), ("\n30 يومًا", True)]),
        ("12٣", [("12٣", True)]),
        ("AB - 5 - CD", [("AB - 5 - CD", False)]),
    ],
)
def test_text_from_right_to_left_is_split_by_script(
    text: str, runs: list[tuple[str, bool]]
) -> None:
    assert script_runs(text, rtl=True) == runs


@pytest.mark.parametrize("rtl", [False, True])
@given(text=ARABIC_OR_NOT)
def test_runs_join_to_the_text_and_hold_letters_of_their_own_kind(
    text: str, rtl: bool
) -> None:
    runs = script_runs(text, rtl=rtl)

    assert "".join(piece for piece, _ in runs) == text
    kinds = [is_arabic for _, is_arabic in runs]
    assert all(one is not other for one, other in pairwise(kinds))
    for piece, is_arabic in runs:
        directions = {
            unicodedata.bidirectional(char) for char in piece if char.isalpha()
        }
        assert not directions & ({"L"} if is_arabic else {"R", "AL"})
