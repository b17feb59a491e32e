"""Searching the register: whatever is typed is read, and what is written is found."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registering import Filing

from slacontracts.store.index import INDEX_FILE, Hit, Index
from slacontracts.store.index_entries import Searched
from slacontracts.store.index_search import (
    MOST_SOUGHT,
    Sought,
    excerpt,
    match_expression,
    search_words,
    sought_in,
)


def found(tmp_path: Path, filing: Filing, text: str, limit: int = 50) -> list[str]:
    """Return (agreement, title) of the hits as lines."""
    return [
        f"{hit.agreement} {hit.title}" for hit in hits(tmp_path, filing, text, limit)
    ]


def hits(tmp_path: Path, filing: Filing, text: str, limit: int = 50) -> tuple[Hit, ...]:
    with Index.rebuild(tmp_path / INDEX_FILE, filing.entries) as index:
        return index.search(text, limit)


def is_found(tmp_path: Path, written: str, typed: str) -> bool:
    filing = Filing()
    filing.file("SLA-2026-0001", texts={"Clause": written})
    return bool(found(tmp_path, filing, typed))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        pytest.param("The Cap is high.", "cap", id="small letters"),
        pytest.param("the cap is high", "HIGH CAP", id="any order, large letters"),
        pytest.param("the cap is high", '"cap is"', id="a phrase"),
        pytest.param("the cap is high", "“cap is”", id="a phrase in curly quotes"),
        pytest.param("the cap is high", '"cap is', id="a phrase that is not closed"),
        pytest.param("termination", "termin*", id="the beginning of a word"),
        pytest.param("notice of termination", '"of termi"*', id="of a phrase"),
        pytest.param("Café Zürich", "cafe zurich", id="accents left out"),
        pytest.param("Cafe Zurich", "café zürich", id="accents put in"),
        pytest.param("Straße", "strasse", id="sharp s"),
        pytest.param(
            "EUR 4,500.00 a month", "4500", id="thousands written with a comma"
        ),
        pytest.param(
            "EUR 4500.00 a month", "4,500.00", id="thousands typed with a comma"
        ),
        pytest.param("1,234,567 users", "1234567", id="millions"),
        pytest.param("at least 99.9% of it", "99.9", id="a percentage"),
        pytest.param("under SLA-2026-0007 only", "sla-2026-0007", id="an id"),
        pytest.param(
            "send to legal@contoso.example", "legal@contoso.example", id="mail"
        ),
        pytest.param("a day (the “Term”) begins", "term", id="quoted words"),
        pytest.param("x AND y", "and", id="a word of the language of searches"),
        pytest.param("cats not dogs or near", "NOT OR NEAR", id="more of them"),
        pytest.param("title: yes", "title:yes", id="the name of a column"),
        pytest.param("الخِدْمَةُ المُدارة", "الخدمة المدارة", id="vowel signs"),
        pytest.param("الخـــدمة", "الخدمة", id="tatweel"),
        pytest.param("إشعار أو آخر", "اشعار او اخر", id="alef written with hamza"),
        pytest.param("اشعار او اخر", "إشعار أو آخر", id="alef typed with hamza"),
        pytest.param("ٱلمزود", "المزود", id="alef wasla"),
        pytest.param("مستوى", "مستوي", id="ya without dots"),
        pytest.param("خدمه", "خدمة", id="ha without dots"),
        pytest.param("تقدم الخدمة", "خدمة", id="the article left out"),
        pytest.param("تقدم خدمة", "الخدمة", id="the article put in"),
        pytest.param("وبالخدمة والعميل", "العميل", id="and before the article"),
        pytest.param("للعميل حق", "عميل", id="for and the article"),
        pytest.param("المزود", "الم*", id="the beginning of an Arabic word"),
        pytest.param("بنسبة ٩٩٫٩٪", "99.9", id="Arabic figures written"),
        pytest.param("of 99.9%", "٩٩٫٩", id="Arabic figures typed"),
        pytest.param("٤٬٥٠٠ درهم", "4500", id="Arabic thousands"),
        pytest.param("ﻻﻡ", "لام", id="letters in their printed forms"),
    ],
)
def test_what_is_written_is_found(tmp_path: Path, written: str, typed: str) -> None:
    assert is_found(tmp_path, written, typed)


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        pytest.param("the cap is high", "cap low", id="one word of two"),
        pytest.param("the cap is high", '"is cap"', id="a phrase in another order"),
        pytest.param("capital", "cap", id="the beginning without a star"),
        pytest.param("the cap", "*", id="a star alone"),
        pytest.param("the cap", '""', id="an empty phrase"),
        pytest.param("the cap", "", id="nothing"),
        pytest.param("the cap", " \t\n", id="blanks"),
        pytest.param("99.95%", "99.9", id="a part of a figure"),
        pytest.param("4,5 and 4,50", "45", id="commas that group no thousands"),
        pytest.param("the cap", "cap OR zeppelin", id="OR is a word"),
        pytest.param("the cap", "NOT zeppelin", id="NOT is a word"),
    ],
)
def test_what_is_not_written_is_not_found(
    tmp_path: Path, written: str, typed: str
) -> None:
    assert not is_found(tmp_path, written, typed)


def test_all_words_stand_in_the_same_clause(tmp_path: Path) -> None:
    filing = Filing()
    filing.file("SLA-2026-0001", texts={"Liability": "a cap", "Notices": "a courier"})

    assert found(tmp_path, filing, "cap courier") == []


def test_a_word_of_the_title_counts_and_comes_first(tmp_path: Path) -> None:
    filing = Filing()
    filing.file("SLA-2026-0001", texts={"Liability": "There is a cap."})
    filing.file("SLA-2026-0002", texts={"Notices": "Liability for late notices."})

    assert found(tmp_path, filing, "liability") == [
        "SLA-2026-0001 Liability",
        "SLA-2026-0002 Notices",
    ]
    assert found(tmp_path, filing, "liability cap") == ["SLA-2026-0001 Liability"]


def test_what_was_written_last_comes_first_and_the_limit_holds(tmp_path: Path) -> None:
    filing = Filing()
    for number in range(1, 8):
        filing.file(f"SLA-2026-000{number}", texts={"Shared": "the same cap"})
    filing.file("SLA-2026-0008", texts={"Own": "another cap"})

    assert found(tmp_path, filing, "cap", 3) == [
        "SLA-2026-0008 Own",
        "SLA-2026-0007 Shared",
        "SLA-2026-0006 Shared",
    ]
    assert len(found(tmp_path, filing, "cap", 10**30)) == 8
    assert found(tmp_path, filing, "cap", 0) == []
    assert found(tmp_path, filing, "cap", -1) == []


def test_a_hit_says_where_it_stands(tmp_path: Path) -> None:
    filing = Filing()
    filing.file(
        "SLA-2026-0001",
        as_="original",
        customer="fabrikam-arabia",
        texts=[Searched("liability", "4.2", "Liability", "There  is\na cap.")],
    )

    (hit,) = hits(tmp_path, filing, "cap")

    assert hit == Hit(
        agreement="SLA-2026-0001",
        customer="fabrikam-arabia",
        as_="original",
        sequence=1,
        key="liability",
        label="4.2",
        title="Liability",
        excerpt="There is a cap.",
        is_current=True,
    )


def test_a_text_that_was_replaced_is_found_only_when_asked_for(tmp_path: Path) -> None:
    filing = Filing()
    filing.file("SLA-2026-0001", texts={"Liability": "a low cap"})
    filing.file(
        "SLA-2026-0001", as_="amendment-1", texts={"Liability": "a high ceiling"}
    )

    with Index.rebuild(tmp_path / INDEX_FILE, filing.entries) as index:
        assert index.search("cap") == ()
        (replaced,) = index.search("cap", with_replaced=True)
        (current,) = index.search("ceiling")

    assert (replaced.as_, replaced.is_current) == ("original", False)
    assert (current.as_, current.is_current) == ("amendment-1", True)


def test_half_an_amendment_replaces_nothing(tmp_path: Path) -> None:
    filing = Filing()
    filing.file("SLA-2026-0001", texts={"Liability": "a low cap"})
    filing.file(
        "SLA-2026-0001",
        "partly-signed",
        as_="amendment-1",
        texts={"Liability": "a high ceiling"},
    )

    assert found(tmp_path, filing, "cap") == ["SLA-2026-0001 Liability"]
    assert found(tmp_path, filing, "ceiling") == []


def test_the_same_words_twice_in_an_agreement_are_two_hits(tmp_path: Path) -> None:
    filing = Filing()
    filing.file(
        "SLA-2026-0001",
        texts=[
            Searched("values", "/credits/cap", "Value", "25"),
            Searched("values", "/credits/days", "Value", "25"),
        ],
    )

    assert [hit.label for hit in hits(tmp_path, filing, "25")] == [
        "/credits/cap",
        "/credits/days",
    ]


def test_texts_that_no_database_can_hold_are_kept_all_the_same(tmp_path: Path) -> None:
    filing = Filing()
    filing.file(
        "SLA-2026-0001", texts=[Searched("a\ud800", "\udfff", "b\ud800", "cap\ud800\0")]
    )

    assert found(tmp_path, filing, "cap") == ["SLA-2026-0001 b?"]


@given(
    st.text(
        st.one_of(
            st.sampled_from(
                '"*“”«»()^:{}+-,\\;\0\ud800 \u200fاةال٩' + string.ascii_letters
            ),
            st.characters(),
        ),
        max_size=60,
    )
)
def test_whatever_is_typed_is_a_search_and_never_a_command(typed: str) -> None:
    with Index.open(shared_index()) or pytest.fail("no index") as index:
        for column in ("title", ""):
            expression = match_expression(sought_in(typed), column)
            assert not set(expression) & set("\\;\0'`^{}+-,")
        index.search(typed)
        assert len(index.agreements()) == 1


_FOLDERS: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    filing = Filing()
    filing.file("SLA-2026-0001", texts={"Liability": "a cap of 25"})
    path = tmp_path_factory.mktemp("search") / INDEX_FILE
    Index.rebuild(path, filing.entries).close()
    _FOLDERS.append(path)


def shared_index() -> Path:
    return _FOLDERS[-1]


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=12), st.data())
def test_every_word_of_a_text_finds_it(written: list[str], data: st.DataObject) -> None:
    text = " ".join(written)
    typed = data.draw(st.sampled_from(written))

    sought = sought_in(typed)

    compared = search_words(text)
    for one in sought:
        assert any(one.stands_at(place, compared) for place in range(len(compared)))


def test_what_is_sought_is_bounded() -> None:
    many = sought_in("word " * 150)
    long = sought_in("x" * 100_000)

    assert len(many) == MOST_SOUGHT
    assert len(long[0].words[0]) == 1_000


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("cap", (Sought(("cap",)),)),
        ("cap*", (Sought(("cap",), is_prefix=True),)),
        ('"a  cap" of', (Sought(("a", "cap")), Sought(("of",)))),
        ("99.9", (Sought(("99", "9")),)),
        ('cap"of the"x', (Sought(("cap",)), Sought(("of", "the")), Sought(("x",)))),
        ("«a cap»*", (Sought(("a", "cap"), is_prefix=True),)),
        ('"', ()),
    ],
)
def test_what_is_typed_is_read(typed: str, sought: tuple[Sought, ...]) -> None:
    assert sought_in(typed) == sought


def numbered(first: int, last: int) -> str:
    return " ".join(f"w{number}" for number in range(first, last))


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        pytest.param("A short\n text.", "text", "A short text.", id="a short text"),
        pytest.param(
            numbered(0, 100), "w50", f"… {numbered(40, 70)} …", id="from the middle"
        ),
        pytest.param(numbered(0, 100), "w2", f"{numbered(0, 22)} …", id="the start"),
        pytest.param(numbered(0, 100), "w99", f"… {numbered(89, 100)}", id="the end"),
        pytest.param(
            numbered(0, 100), '"w50 w51"', f"… {numbered(40, 70)} …", id="a phrase"
        ),
        pytest.param(
            numbered(0, 100), "none w50*", f"… {numbered(40, 70)} …", id="a beginning"
        ),
        pytest.param(
            numbered(0, 100), "zz", f"{numbered(0, 20)} …", id="only in a title"
        ),
        pytest.param("", "zz", "", id="no text"),
    ],
)
def test_the_excerpt_shows_the_words_around(text: str, typed: str, shown: str) -> None:
    assert excerpt(text, sought_in(typed)) == shown
