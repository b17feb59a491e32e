"""The issues list: its table, mirrored in Arabic, and the same as text and rows."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from slacontracts.model.proposal import Decision, Occurrence, Proposal
from slacontracts.render.issues_list import (
    IssuesHead,
    issues_list_docx,
    issues_list_rows,
    issues_list_text,
)

HEAD = IssuesHead(
    "SLA-2026-0001", "Managed Hosting", "Contoso Retail LLC", "Turn 2, 23 November 2026"
)
VALUE = Proposal(
    number="1",
    kind="value",
    change="value",
    place="27.4 Service Credits",
    path="/credits/cap_percent",
    old="25%",
    new="45%",
    author="Layla Haddad",
    comment="Our board insists.",
    advice=("Worse for us.", "Finance must approve it."),
)
COUNTERED = Proposal(
    number="2",
    kind="untracked",
    change="wording",
    place="30.2 Limitation of Liability",
    clause="limitation-of-liability",
    old="twelve months",
    new="twenty-four months",
    decisions=(
        Decision(
            verdict="counter",
            by="Ann",
            on="2026-11-23",
            text="eighteen months",
            reason="As last year.",
        ),
    ),
)
CONFLICT = Proposal(
    number="3",
    kind="conflict",
    change="value",
    place="Key Terms",
    path="/term/initial",
    occurrences=(
        Occurrence(place="Key Terms", old="36 months", new="24 months"),
        Occurrence(place="3.1", old="36 months", new="30 months"),
    ),
)
ALL = (VALUE, COUNTERED, CONFLICT)
OWNERS = {1: ("finance",), 2: ("legal", "service-owner")}


def cells(data: bytes) -> list[list[str]]:
    table = Document(BytesIO(data)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_proposal_is_a_row() -> None:
    heading, first, second, third = cells(issues_list_docx(HEAD, ALL, OWNERS))

    assert heading == [
        "No.",
        "Clause",
        "Their proposal",
        "Our position",
        "Comment",
        "Owner",
        "Status",
    ]
    assert first == [
        "1",
        "27.4 Service Credits\nvalue",
        "Old: 25%\nNew: 45%",
        "Worse for us.\nFinance must approve it.",
        "Layla Haddad: Our board insists.",
        "finance",
        "open",
    ]
    assert second[1:4] == [
        "30.2 Limitation of Liability\nchanged without tracking, wording",
        "Old: twelve months\nNew: twenty-four months",
        "We offer: eighteen months\nAs last year.",
    ]
    assert second[5:] == ["legal, service owner", "countered"]
    assert third[2] == ("Key Terms: 36 months → 24 months\n3.1: 36 months → 30 months")


def test_places_of_a_conflict_that_stayed_come_last_and_say_so() -> None:
    there = Occurrence(place="the cover", old="36 months", new="36 months")
    half = CONFLICT.model_copy(update={"occurrences": (there, CONFLICT.occurrences[0])})

    english = issues_list_text(HEAD, (half,)).splitlines()
    arabic = cells(issues_list_docx(IssuesHead("X", "Y", language="ar"), (half,)))

    at = english.index("    Key Terms: 36 months → 24 months")
    assert english[at + 1] == "    the cover: 36 months, unchanged"
    assert len(english) == at + 2
    assert "36 months → 36 months" not in arabic[1][2]
    assert "دون تغيير" in arabic[1][2]


def test_the_page_is_landscape_and_says_for_whom_it_is() -> None:
    word: Any = Document(BytesIO(issues_list_docx(HEAD, ALL)))

    (section,) = word.sections
    assert section.page_width > section.page_height
    assert word.tables[0].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert [one.text for one in word.paragraphs][:4] == [
        "Issues list: SLA-2026-0001",
        "Managed Hosting",
        "With: Contoso Retail LLC. Turn 2, 23 November 2026",
        "For us alone: it shows our position and how far we would go.",
    ]


def test_in_arabic_the_table_is_mirrored_and_latin_words_are_not() -> None:
    head = IssuesHead("SLA-2026-0002", "اتفاقية", "شركة", language="ar")

    word: Any = Document(BytesIO(issues_list_docx(head, ALL, OWNERS)))

    table = word.tables[0]
    assert table._tbl.xpath("./w:tblPr/w:bidiVisual")
    assert table.rows[0].cells[1].text == "البند"
    advice = table.rows[1].cells[3].paragraphs[0]._p
    assert not advice.xpath("./w:pPr/w:bidi")
    status = table.rows[1].cells[6].paragraphs[0]._p
    assert status.xpath("./w:pPr/w:bidi")
    label, old = table.rows[2].cells[2].paragraphs[0].runs
    assert (label.text, old.text) == ("القديم: ", "\u200etwelve months\u200e")
    assert label._r.xpath("./w:rPr/w:rtl")
    assert not old._r.xpath("./w:rPr/w:rtl")


def test_without_proposals_it_says_so() -> None:
    word = Document(BytesIO(issues_list_docx(HEAD, ())))

    assert not word.tables
    assert "No point is open." in [one.text for one in word.paragraphs]
    assert "No point is open." in issues_list_text(HEAD, ())


def test_the_same_as_text() -> None:
    text = issues_list_text(HEAD, ALL, OWNERS)

    assert max(map(len, text.splitlines())) <= 78
    for said in (
        "1. 27.4 Service Credits (value, open)",
        "    New: 45%",
        "    - Finance must approve it.",
        "    Owner: finance",
        "    - We offer: eighteen months",
        "    3.1: 36 months → 30 months",
    ):
        assert said in text.splitlines()


def test_the_same_for_programs() -> None:
    first, second, _ = issues_list_rows(ALL, OWNERS)

    assert first["advice"] == ["Worse for us.", "Finance must approve it."]
    assert (second["owners"], second["status"]) == (
        ["legal", "service-owner"],
        "countered",
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_openxml_audit_finds_nothing_in_the_list(language: Any, tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit")
    file = tmp_path / "list.docx"
    head = IssuesHead("SLA-2026-0002", "A & B", language=language)
    file.write_bytes(issues_list_docx(head, ALL))

    result = openxml_audit.OpenXmlValidator().validate(str(file))

    # Neither Word nor ISO 29500 asks for a theme and a font table; the validator does.
    faults = [str(e) for e in result.errors if "required relationship" not in str(e)]
    assert faults == []
