"""Agreements as web pages: structure, links, escaping, and that no word is lost."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from lxml.html import HtmlElement
from sample_documents import (
    PARTIES,
    SAMPLES,
    clause,
    hosting_agreement,
    numbered,
    sample,
    table,
    words,
)

from slacontracts.model.clause import Language
from slacontracts.model.document import (
    Blank,
    Block,
    Clause,
    Column,
    Item,
    NumberedDocument,
    Paragraph,
    Reference,
    SignatureBlock,
    Term,
    Value,
    Words,
)
from slacontracts.render.html import render_html
from slacontracts.render.wording import plain_text

NASTY = [
    "<script>alert(1)</script>",
    "A & B <Ltd>",
    "</p></main></body>",
    "\" onmouseover='alert(1)",
    "&amp; stays as typed",
    "*not bold* {{ x }} {#",
    "شركة الأفق للاستضافة",
    "🏛️ Contoso 🚀",
    "Flat 1\nLong Street 2\nRiyadh",
    "x" * 5000,
]


def page(document: NumberedDocument, *, execution: bool = False) -> HtmlElement:
    return parser.document_fromstring(
        render_html(document, version="3", execution=execution)
    )


def text_of(element: HtmlElement) -> str:
    """Return what an element says, its label aside; a line break is a line break."""
    parts: list[str] = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\n")
            parts.append((child.tail or "").removeprefix("\n"))
            continue
        if child.get("class") != "label":
            parts.append(text_of(child))
            parts.append(child.tail or "")
        else:
            parts.append((child.tail or "").removeprefix(" "))
    return "".join(parts)


def wording(root: HtmlElement) -> Iterator[str]:
    """Yield the lines of the clauses as a reader meets them."""
    for section in root.iterfind(".//main/section"):
        if section.get("class") == "signatures":
            continue
        for element in section.iter("h2", "p", "th", "td"):
            lines = element.findall(".//span[@class='line']")
            yield from (text_of(line) for line in lines or [element])


def test_the_page_is_one_file_that_needs_no_network_and_no_script() -> None:
    text = render_html(hosting_agreement(), version="3", execution=False)

    root = parser.document_fromstring(text)
    assert text.startswith("<!DOCTYPE html>\n")
    assert not list(root.iter("script", "link", "img", "iframe"))
    assert not re.search(r"https?:|url\(|@import|javascript:", text)


def test_the_page_says_its_language_and_fits_a_phone() -> None:
    root = page(hosting_agreement())

    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
    assert "width=device-width" in root.find(".//meta[@name='viewport']").get("content")
    assert root.findtext(".//title") == "Managed Hosting Agreement – SLA-2026-0001"


def test_an_arabic_page_runs_from_right_to_left_with_arabic_words_around_it() -> None:
    root = page(numbered(clause("scope", "النطاق"), title="اتفاقية", language="ar"))

    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert root.findtext(".//nav/h2") == "المحتويات"


def test_every_reference_leads_to_a_place_on_the_page() -> None:
    root = page(hosting_agreement())

    links = [link.get("href") for link in root.iter("a")]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {"#services/deep", "#service-levels/table", "#key-terms"} <= set(links)
    assert [link for link in links if link.removeprefix("#") not in ids] == []


def test_every_clause_is_found_by_its_key_and_listed_in_the_contents() -> None:
    document = hosting_agreement()

    root = page(document)

    keys = [clause.key for clause in document.document.clauses]
    sections = [section.get("id") for section in root.iterfind(".//main/section")]
    listed = [link.get("href") for link in root.iterfind(".//nav//a")]
    assert sections == [*keys, "signatures.page"]
    assert listed == [f"#{key}" for key in sections]


def test_a_link_reads_as_the_reference_does_in_words() -> None:
    root = page(hosting_agreement())

    read = {
        link.get("href"): link.text_content() for link in root.iterfind(".//main//a")
    }

    assert read["#services/deep"] == "clause 1.1(a)(i)"
    assert read["#service-levels/table"] == "paragraph 1"
    assert read["#service-levels"] == "Schedule 1"
    assert read["#key-terms"] == "the Key Terms"


def test_a_label_in_an_arabic_reference_keeps_its_order() -> None:
    document = numbered(
        clause(
            "a",
            "A",
            Item(words("One.")),
            Item(words("Two."), level=2, anchor="two"),
            Item((Reference("a/two"),)),
        ),
        language="ar",
    )

    link = page(document).find(".//main//a")

    assert link.text_content() == "البند 1.1(a)"
    assert link.findtext("bdi") == "1.1(a)"


def test_a_reference_to_nothing_is_marked_and_links_nowhere() -> None:
    root = page(numbered(clause("a", "A", Paragraph((Reference("gone"),)))))

    mark = root.find(".//main//mark")
    assert mark.text == "[gone?]"
    assert root.find(".//main//a") is None


def test_there_is_one_main_heading_and_no_level_is_skipped() -> None:
    root = page(hosting_agreement())

    levels = [int(h.tag[1]) for h in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_part_of_the_page_that_is_named_by_a_heading_names_one_that_exists() -> (
    None
):
    root = page(hosting_agreement())

    named = [element.get("aria-labelledby") for element in root.iter()]

    headings = {heading.get("id") for heading in root.iter("h2", "h3")}
    assert set(filter(None, named)) <= headings
    assert all(t.get("aria-labelledby") for t in root.iter("table", "section"))


def test_tables_tell_which_cells_are_headings() -> None:
    root = page(hosting_agreement())

    facts, targets = root.iterfind(".//main/section/table")

    assert [th.get("scope") for th in facts.iter("th")] == ["row", "row"]
    assert [th.get("scope") for th in targets.find("thead").iter("th")] == ["col"] * 3
    scopes = [
        th.get("scope") for body in targets.findall("tbody") for th in body.iter("th")
    ]
    assert scopes == ["rowgroup", "row", "row", "rowgroup", "row"]
    assert [len(body) for body in targets.findall("tbody")] == [3, 2]


def test_a_cell_names_its_column_for_narrow_screens() -> None:
    root = page(hosting_agreement())

    cells = list(root.find(".//table[@class='records']").iter("td"))

    assert [cell.get("data-label") for cell in cells[:2]] == ["Target", "Hours"]
    assert [cell.get("class") for cell in cells[:2]] == ["end", None]


def test_items_nest_as_they_are_numbered() -> None:
    root = page(hosting_agreement())

    section = root.find(".//section[@id='services']")
    labels = [
        (len(list(item.iterancestors("ol"))), item.findtext("span"))
        for item in section.iter("li")
    ]
    assert labels == [(1, "1.1"), (2, "(a)"), (3, "(i)"), (2, "(b)"), (1, "1.2")]


def test_a_paragraph_that_goes_on_inside_an_item_stands_in_it() -> None:
    root = page(hosting_agreement())

    item = root.xpath("//li[span='(a)']")[0]

    assert [p.text_content() for p in item.findall("p")] == [
        "Emphasis counts",
        "A paragraph inside the item goes on.",
    ]


@pytest.mark.parametrize(
    "levels",
    [(1, 3, 2, 1), (3, 1), (2, 2, 3), (1, 2, 3, 3, 1)],
    ids=["a level left out", "begins deep", "begins at two", "in order"],
)
def test_items_of_any_depth_give_lists_that_close(levels: tuple[int, ...]) -> None:
    blocks = [Item(words(f"level {level}"), level) for level in levels]
    text = render_html(numbered(clause("a", "A", *blocks)), version="1", execution=True)

    assert text.count("<ol") == text.count("</ol>")
    assert text.count("<li") == text.count("</li>")
    items = parser.document_fromstring(text).iterfind(".//main//li/p")
    assert [item.text for item in items] == [f"level {level}" for level in levels]


def test_a_blank_is_marked_by_its_sign_and_says_what_is_missing() -> None:
    root = page(hosting_agreement())

    blanks = root.findall(".//mark[@class='blank']")

    assert {blank.text for blank in blanks} == {"[●]"}
    assert blanks[-1].get("title") == "Still to be filled in: /credits/cap_percent"


def test_a_draft_says_so_and_an_execution_version_does_not() -> None:
    draft = render_html(hosting_agreement(), version="3", execution=False)
    execution = render_html(hosting_agreement(), version="3", execution=True)

    assert '<p class="draft">DRAFT</p>' in draft
    assert "DRAFT" not in execution


def test_the_cover_names_reference_version_and_parties() -> None:
    cover = page(hosting_agreement()).find(".//header")

    facts = [dd.text_content() for dd in cover.iter("dd")]
    assert facts == [
        "SLA-2026-0001",
        "3",
        "[●]",
        "Northwind Hosting Ltd (Provider)\nContoso Retail LLC (Customer)",
    ]


def test_an_unknown_party_is_a_blank_on_the_cover() -> None:
    root = page(numbered(parties={"customer": {}}, effective="2026-12-01"))

    assert [mark.text for mark in root.iterfind(".//header//mark")] == ["[●]"]


@pytest.mark.parametrize(
    ("digits", "day"), [("latin", "1 December 2026"), ("arabic-indic", "١ ديسمبر ٢٠٢٦")]
)
def test_the_cover_says_when_the_agreement_takes_effect(digits: str, day: str) -> None:
    language: Language = "en" if digits == "latin" else "ar"
    document = numbered(effective="2026-12-01", language=language)

    text = render_html(document, version="3", execution=True, digits=digits)

    root = parser.document_fromstring(text)
    cover = root.find(".//header")
    assert cover is not None
    assert day in [dd.findtext("bdi") or dd.text for dd in cover.iter("dd")]


def test_signature_lines_stand_for_every_signatory() -> None:
    root = page(hosting_agreement())

    first, second = root.findall(".//section[@class='signatory']")
    lines = [row.findtext("th") for row in second.iter("tr")]
    assert first.findtext("h3") == "Signed for and on behalf of Northwind Hosting Ltd"
    assert [cell.text for cell in first.iter("td")][:3] == [
        None,
        "Ada North",
        "Director",
    ]
    assert len(list(first.iter("tr"))) == 6
    assert lines[6:] == ["In the presence of", "Signature", "Name", "Address"]


def test_an_agreement_within_the_house_is_acknowledged_not_signed() -> None:
    signature = SignatureBlock(1, "provider", "IT", "", "")

    root = page(numbered(kind="ola", parties=PARTIES, signatures=(signature,)))

    assert root.find(".//section[@class='signatures']/h2").text == "Acknowledgement"


@pytest.mark.parametrize("value", NASTY, ids=lambda value: value[:20])
def test_nasty_values_come_out_verbatim_everywhere(value: str) -> None:
    document = numbered(
        clause(
            "nasty",
            value,
            Paragraph((Words("["), Value("/a", value), Words("]"))),
            Item((Term(value), Words(value, bold=True, italic=True))),
            table((Column(value, 50), Column("B", 50)), (value, value)),
        ),
        title=value,
        parties={"customer": {"legal_name": value}},
        signatures=(SignatureBlock(1, "customer", value, value, value),),
    )

    root = page(document)

    assert list(wording(root)) == [
        value,
        f"[{value}]",
        f"“{value}”{value}",
        *(value, "B", value, value),
    ]
    assert text_of(root.find(".//h1")) == value
    assert text_of(root.find(".//h3")) == f"Signed for and on behalf of {value}"
    assert root.find(".//td[@data-label]").get("data-label") == "B"
    assert not list(root.iter("script"))
    assert not [a for e in root.iter() for a in e.keys() if a.startswith("on")]  # noqa: SIM118


def test_a_version_can_close_neither_the_style_sheet_nor_its_string() -> None:
    version = '3"} </style><script>alert(1)</script>\\'

    root = parser.document_fromstring(
        render_html(hosting_agreement(), version=version, execution=True)
    )

    assert not list(root.iter("script"))
    assert root.findall(".//dd")[1].text == version
    style = root.findtext(".//style") or ""
    assert 'content:"SLA-2026-0001 - Version 3\\000022\\00007d \\00003c' in style


@pytest.mark.parametrize(
    ("language", "value", "is_set_apart"),
    [
        ("en", "Contoso Retail LLC", False),
        ("en", "شركة الأفق", True),
        ("en", "Al Ufuq (الأفق)", True),
        ("ar", "Contoso Retail LLC", True),
        ("ar", "+966 11 555 0100", True),
    ],
)
def test_a_value_against_the_direction_of_the_text_is_set_apart(
    language: Language, value: str, is_set_apart: bool
) -> None:
    document = numbered(
        clause("a", "A", Paragraph((Value("/a", value),))), language=language
    )

    root = page(document)

    assert (root.findtext(".//main//p/bdi") == value) is is_set_apart
    assert root.find(".//main//p").text_content() == value


def test_the_words_of_the_page_are_the_words_of_the_document() -> None:
    document = hosting_agreement()

    assert list(wording(page(document))) == plain_text(document).split("\n")


def test_the_labels_of_the_page_are_the_labels_of_the_document() -> None:
    document = hosting_agreement()

    labels = [e.text for e in page(document).iterfind(".//main//span[@class='label']")]

    expected = [
        label
        for clause in document.document.clauses
        for label in (document.labels[clause.key], *document.block_labels[clause.key])
        if label
    ]
    assert labels == expected


@pytest.mark.parametrize("agreement_id", SAMPLES)
def test_every_sample_is_whole_and_all_its_links_lead_somewhere(
    agreement_id: str,
) -> None:
    document = sample(agreement_id)

    root = page(document)

    ids = {element.get("id") for element in root.iter()}
    links = [link.get("href").removeprefix("#") for link in root.iter("a")]
    assert list(wording(root)) == plain_text(document).split("\n")
    assert len(links) > len(document.document.clauses)
    assert [link for link in links if link not in ids] == []


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "),
    min_size=1,
    max_size=20,
)
INLINE = st.one_of(
    st.builds(Words, TEXT, st.booleans(), st.booleans()),
    st.builds(Value, st.just("/a"), TEXT, st.just("text"), st.booleans()),
    st.builds(Term, TEXT),
    st.just(Blank("/b")),
    st.just(Reference("first")),
)
LINE = st.lists(INLINE, min_size=1, max_size=5).map(tuple)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, LINE, st.integers(0, 3)),
    st.builds(Item, LINE, st.integers(1, 3)),
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3).map(
        lambda rows: table((Column("One", 50), Column("Two", 50, "end")), *rows)
    ),
)
CLAUSES = st.lists(BLOCK, max_size=8).map(
    lambda blocks: clause("first", "First", *blocks)
)


@settings(deadline=None)
@given(CLAUSES)
def test_no_word_is_lost_or_added_whatever_the_clause_holds(made: Clause) -> None:
    document = numbered(made)

    assert list(wording(page(document))) == plain_text(document).split("\n")


@pytest.mark.parametrize("name", ["SLA-2026-0001", "SLA-2026-0002"])
def test_beside_its_label_a_cell_holds_one_thing_on_a_narrow_screen(name: str) -> None:
    """Its lines would each take a place of the two columns, label and text."""
    labelled = page(sample(name)).findall(".//td[@data-label]")

    assert any(len(cell.findall(".//span[@class='line']")) > 1 for cell in labelled)
    for cell in labelled:
        assert [one.tag for one in cell] == ["span"] * bool(cell.text_content())
        assert not (cell.text or "").strip()
