"""Rendering to Word: the text is the document's, the XML is sound, the bytes repeat."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pytest
from documents import (
    NASTY,
    SIGNATURES,
    arabic,
    clause,
    document,
    large,
    managed_hosting,
    nasty,
    without_blanks,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from slacontracts.errors import ChecksFailedError, WordFileError
from slacontracts.model.agreement import Effective, Party
from slacontracts.model.clause import Part
from slacontracts.model.document import NumberedDocument
from slacontracts.render import docx as docx_room
from slacontracts.render.docx import render_docx
from slacontracts.render.house_style import HouseStyle, compile_house_style
from slacontracts.text import text_faults
from slacontracts.word.digest import content_digest
from slacontracts.word.names import IDENTITY_PROPERTY, bookmark_name, w
from slacontracts.word.reading import text_of_docx

Make: TypeAlias = Callable[[], NumberedDocument]

STANDARD = Path(__file__).parents[2] / "templates/house/standard.docx"


@cache
def standard() -> HouseStyle:
    return compile_house_style(STANDARD.read_bytes(), "templates/house/standard.docx")


def rendered(numbered: NumberedDocument, **options: object) -> bytes:
    options = {"version": "3", "execution": False, **options}
    return render_docx(numbered, standard(), **options)  # type: ignore[arg-type]


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def tree(data: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(part(data, name).encode())


def words_in(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter(w("t")))


def text(data: bytes) -> str:
    return "\n".join(text_of_docx(data))


def fields(data: bytes) -> list[tuple[str, str]]:
    """Return (code, shown result) of every field of the body."""
    found = re.findall(
        r"<w:instrText[^>]*> (.*?) </w:instrText>.*?separate.*?</w:r>"
        r"(?:<w:r>.*?<w:t[^>]*>([^<]*)</w:t></w:r>)?",
        part(data),
    )
    return [(code, result) for code, result in found if not code.startswith("TOC")]


def test_the_order_is_cover_contents_parties_terms_clauses_schedules_signatures() -> (
    None
):
    shown = text(rendered(managed_hosting()))

    places = [
        shown.index(words)
        for words in (
            "under the framework agreement MSA-2024-17",
            "\nContents\n",
            "\nParties\nThis Agreement is made",
            "\nBackground\nThe Provider supplies",
            "\nKey Terms\nThe table states",
            "\nDefinitions\nIn this Agreement",
            "\nService levels\nThe table states the targets",
            "\nSignature page\n",
            "Signed for and on behalf of Contoso Retail LLC",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "words",
    [
        "see also Recital (B) and the Key Terms.",
        "Schedule 1. Schedule 1 prevails",
        "keeps to clause 2.3(b)(ii) at all times.",
        "Clause 21.2 comes first.",
        "within 10 days. Clause 22 applies",
        "See paragraph 2.2(b) of Schedule 1 and paragraph 2.2 of Schedule 1.",
        "Paragraph 1 of Schedule 1 applies to credits",
        "count towards clause 22.2.",
        "“Service Credit” means",
    ],
)
def test_references_and_terms_read_as_a_lawyer_writes_them(words: str) -> None:
    assert words in text(rendered(managed_hosting()))


def test_every_reference_is_a_field_whose_bookmark_exists() -> None:
    data = rendered(managed_hosting())

    names = {one.get(w("name")) for one in tree(data).iter(w("bookmarkStart"))}
    targets = {code.split()[1] for code, _ in fields(data)}
    assert targets <= names
    assert (f"REF {bookmark_name('services/cleared')} \\w \\h", "2.3(b)(ii)") in fields(
        data
    )


def test_bookmarks_have_ids_and_names_of_their_own() -> None:
    starts = list(tree(rendered(managed_hosting())).iter(w("bookmarkStart")))

    assert len({one.get(w("id")) for one in starts}) == len(starts)
    assert len({one.get(w("name")) for one in starts}) == len(starts)
    assert all(str(one.get(w("name"))).startswith("_") for one in starts)


def test_the_contents_list_and_link_every_clause_without_page_numbers() -> None:
    data = rendered(managed_hosting())

    links = [one.get(w("anchor")) for one in tree(data).iter(w("hyperlink"))]
    assert links[:2] == ["_c_key_terms", "_c_definitions"]
    assert links[-1] == "_c_schedule_contacts"
    assert "PAGEREF" not in part(data)
    assert "updateFields" not in part(data, "word/settings.xml")


def test_given_pages_stand_in_the_contents() -> None:
    data = rendered(managed_hosting(), page_numbers={"definitions": 5})

    assert ("PAGEREF _c_definitions \\h", "5") in fields(data)
    assert "1\tDefinitions\t5" in text_of_docx(data)


@pytest.mark.parametrize("value", NASTY, ids=lambda value: ascii(value[:20]))
def test_a_nasty_value_comes_out_verbatim(value: str) -> None:
    data = rendered(nasty(value), execution=True)

    shown = value.replace("\n", "\v")
    paragraphs = text_of_docx(data)
    assert shown in paragraphs
    assert f"Before {shown} after." in paragraphs
    assert f"and {shown}" in paragraphs
    assert any(line.startswith(f"{shown}\v") for line in paragraphs)  # the cover


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=40).filter(lambda text: not text_faults(text)))
def test_any_text_that_a_source_may_hold_comes_out(value: str) -> None:
    value = value.replace("\r", "")

    assert value.replace("\n", "\v") in text_of_docx(rendered(nasty(value)))


def test_a_character_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(WordFileError, match=r"U\+0001"):
        rendered(nasty("a\x01"))


@pytest.mark.parametrize(
    "make", [managed_hosting, arabic, lambda: large(40, 30)], ids=["long", "ar", "large"]
)  # fmt: skip
def test_the_same_input_gives_the_same_bytes(make: Make) -> None:
    one, other = rendered(make()), rendered(make())

    assert one == other
    assert content_digest(one) == content_digest(rendered(make(), page_numbers=None))


def test_another_version_has_another_digest() -> None:
    one, other = rendered(managed_hosting()), rendered(managed_hosting(), version="4")

    assert content_digest(one) != content_digest(other)


def test_a_draft_is_marked_and_an_execution_version_is_not() -> None:
    filled = without_blanks(managed_hosting())

    draft, final = rendered(filled), rendered(filled, execution=True)

    for name in ("word/document.xml", "word/header1.xml"):
        assert "DRAFT" in part(draft, name)
        assert "DRAFT" not in part(final, name)
    assert "{{" not in part(final)
    assert "None" not in text(final)


def test_a_blank_is_yellow_in_a_draft_and_stops_an_execution_version() -> None:
    data = rendered(managed_hosting())

    assert re.search(
        r'<w:highlight w:val="yellow"/></w:rPr><w:t[^>]*>\[●\]<', part(data)
    )
    with pytest.raises(ChecksFailedError, match="missing"):
        rendered(managed_hosting(), execution=True)


@pytest.mark.parametrize(
    "missing",
    [
        {"parties": {"customer": Party.model_construct()}},
        {"effective": None},
        {"effective": Effective.model_construct(on=None)},
    ],
    ids=["a party's name", "the effective date", "its day"],
)
def test_a_blank_on_the_cover_counts_as_well(missing: dict[str, object]) -> None:
    numbered = document(clause("one", "One"), **missing)  # type: ignore[arg-type]

    assert re.search(r"yellow.{0,80}\[●\]", part(rendered(numbered)))
    with pytest.raises(ChecksFailedError):
        rendered(numbered, execution=True)


def test_an_unknown_reference_is_shown_in_a_draft() -> None:
    data = rendered(document(clause("one", "One", "See {ref nowhere}.")))

    assert "See [nowhere]." in text_of_docx(data)


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        ("last-signature", "The date of the last signature"),
        ("conditions-met", "The day on which the conditions are met"),
    ],
)
def test_an_effective_date_may_hang_on_an_event(on: str, shown: str) -> None:
    effective = Effective.model_validate(on)

    assert shown in text_of_docx(
        rendered(document(clause("one", "One"), effective=effective))
    )


def test_signatures_stand_in_whole_tables_on_a_page_that_says_what_is_signed() -> None:
    root = tree(rendered(managed_hosting()))

    tables = [one for one in root.iter(w("tbl")) if "Signed for" in words_in(one)]
    assert len(tables) == len(SIGNATURES)
    for one in tables:
        rows = one.findall(w("tr"))
        assert all(
            row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows
        )
    assert "Aoife Byrne" in words_in(tables[0])
    assert sum("In the presence of" in words_in(t) for t in root.iter(w("tbl"))) == 1


@pytest.mark.parametrize(
    ("service", "mark"),
    [("docusign", "/sn2/"), ("adobe", "{{Sig_es_:signer2:signature}}")],
)
def test_anchors_of_signing_services_stand_in_one_run(service: str, mark: str) -> None:
    data = rendered(managed_hosting(), signature_anchors=service)

    assert f">{mark}</w:t>" in part(data)
    assert mark not in part(rendered(managed_hosting()))


@pytest.mark.parametrize("kind", ["ola", "internal"])
def test_what_is_no_contract_is_acknowledged_and_not_signed(kind: str) -> None:
    data = rendered(replaced_kind(kind))

    assert "Acknowledged by Northwind Hosting Ltd" in text(data)
    assert "Signed for" not in text(data)


def replaced_kind(kind: str) -> NumberedDocument:
    numbered = managed_hosting()
    agreement = numbered.document.agreement.model_copy(update={"kind": kind})
    return replace(numbered, document=replace(numbered.document, agreement=agreement))


def test_without_signatories_there_is_no_signature_page() -> None:
    assert "Signature page" not in text(rendered(document(clause("one", "One"))))


def test_identity_stands_in_the_properties() -> None:
    data = rendered(managed_hosting())

    custom = part(data, "docProps/custom.xml")
    assert f'name="{IDENTITY_PROPERTY}"><vt:lpwstr>SLA-2026-0001<' in custom
    assert "<cp:version>3<" in part(data, "docProps/core.xml")
    assert "Managed Hosting Service Level Agreement" in part(data, "docProps/core.xml")


def test_tables_repeat_their_heading_and_keep_rows_whole() -> None:
    root = tree(rendered(large(2, 30)))
    table = next(one for one in root.iter(w("tbl")) if "Target 29" in words_in(one))

    rows = table.findall(w("tr"))
    assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None
    assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
    styles = [one.get(w("val")) for one in rows[1].iter(w("pStyle"))]
    assert styles == ["TableText", "TableText", "TableNumber", "TableNumber"]


def test_no_two_tables_touch() -> None:
    body = tree(rendered(managed_hosting())).find(w("body"))
    assert body is not None

    tags = [child.tag for child in body]
    assert (w("tbl"), w("tbl")) not in pairwise(tags)


def test_a_text_that_introduces_something_stays_on_its_page() -> None:
    root = tree(rendered(managed_hosting()))

    for paragraph in root.iter(w("p")):
        if words_in(paragraph).endswith("the Provider:"):
            assert paragraph.find(f"{w('pPr')}/{w('keepNext')}") is not None


def test_paragraphs_of_every_schedule_begin_at_one() -> None:
    data = rendered(managed_hosting())

    nums = {one.get(w("val")) for one in tree(data).iter(w("numId"))}
    overrides = tree(data, "word/numbering.xml").findall(
        f"{w('num')}[{w('lvlOverride')}]"
    )
    assert {one.get(w("numId")) for one in overrides} == nums
    assert len(nums) == 3  # three schedules have numbered paragraphs


def test_a_title_without_a_label_stands_at_its_tab_stop_in_the_contents() -> None:
    data = rendered(managed_hosting(), page_numbers={"key-terms": 4})

    assert "\tKey Terms\t4" in text_of_docx(data)


def test_a_difference_between_file_and_document_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tampered(*_: object) -> list[str]:
        return ["something else"]

    monkeypatch.setattr(docx_room, "body_texts", tampered)

    with pytest.raises(WordFileError, match="differs from the agreement"):
        rendered(managed_hosting())


def test_fast_compression_changes_bytes_but_not_content() -> None:
    pytest.importorskip("isal", reason="the extra [fast] is not installed")

    fast = rendered(managed_hosting(), compress="isal")

    assert part(fast) == part(rendered(managed_hosting()))
    assert content_digest(fast) == content_digest(rendered(managed_hosting()))


def test_a_document_without_clauses_has_no_contents() -> None:
    numbered = document(clause("parties", "Parties", part=Part.PARTIES))

    assert "Contents" not in text_of_docx(rendered(numbered))
