"""LibreOffice: pages of headings, a clear line where it is missing, and a real PDF."""

import shutil
from pathlib import Path

import pytest

from slacontracts.errors import OutsideError
from slacontracts.render.form import FormHead, FormRow, draw_form
from slacontracts.store import office
from slacontracts.store.office import (
    Office,
    find_soffice,
    heading_pages,
    open_office,
    pages_of,
)

PAGES = [
    ["Service Level Agreement"],
    [
        "Contents",
        "Key Terms",
        "1 Definitions",
        "2 Limitation of Liability",
        "Schedule 1 Service Levels",
    ],
    ["Key Terms", "1. Definitions", "In this agreement", "see 2 Limitation of"],
    ["2.", "Limitation of", "Liability", "2.1 The cap"],
    ["Schedule 1", "Service Levels", "1 Targets"],
]
HEADINGS = [
    ("key-terms", "Key Terms"),
    ("definitions", "1 Definitions"),
    ("limitation-of-liability", "2 Limitation of Liability"),
    ("schedule-service-levels", "Schedule 1 Service Levels"),
]


def test_headings_are_found_where_they_stand_not_in_the_contents() -> None:
    assert heading_pages(PAGES, HEADINGS) == {
        "key-terms": 3,
        "definitions": 3,
        "limitation-of-liability": 4,
        "schedule-service-levels": 5,
    }


def test_a_heading_that_is_nowhere_is_left_out() -> None:
    found = heading_pages(PAGES, [*HEADINGS[:2], ("fees", "9 Fees"), HEADINGS[3]])

    assert "fees" not in found
    assert found["definitions"] == 3


def test_a_heading_that_stands_in_the_contents_alone_is_left_out() -> None:
    pages = [[line for line in page if line != "1. Definitions"] for page in PAGES]

    found = heading_pages(pages, HEADINGS)

    assert "definitions" not in found
    assert found["key-terms"] == 3


def test_a_document_without_contents_is_read_from_its_beginning() -> None:
    assert heading_pages(PAGES[2:], HEADINGS) == {
        "key-terms": 1,
        "definitions": 1,
        "limitation-of-liability": 2,
        "schedule-service-levels": 3,
    }


def test_no_headings_have_no_pages() -> None:
    assert heading_pages(PAGES, []) == {}


def test_a_missing_libreoffice_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_USUAL_PLACES", ())

    with pytest.raises(OutsideError, match="need LibreOffice") as raised, open_office():
        pass
    assert "\n" not in str(raised.value)


def test_a_missing_pdftotext_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(OutsideError, match="poppler-utils"):
        pages_of(b"%PDF-1.4")


def stand_in(folder: Path, script: str) -> Office:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return Office(str(program), folder)


def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    hanging = stand_in(tmp_path, "sleep 60 & sleep 60")

    with pytest.raises(OutsideError, match="within 1 seconds"):
        hanging.pdf(b"docx", seconds=1)


def test_a_program_that_fails_is_quoted(tmp_path: Path) -> None:
    failing = stand_in(tmp_path, "echo source file could not be loaded; exit 7")

    with pytest.raises(OutsideError, match=r"code 7.*source file could not be loaded"):
        failing.pdf(b"docx")


def test_a_program_that_makes_nothing_is_noticed(tmp_path: Path) -> None:
    silent = stand_in(tmp_path, "exit 0")

    with pytest.raises(OutsideError, match="made no PDF"):
        silent.pdf(b"docx")


@pytest.mark.skipif(
    find_soffice() is None or shutil.which("pdftotext") is None,
    reason="needs LibreOffice Writer and poppler-utils",
)
def test_a_word_file_becomes_a_pdf_whose_lines_can_be_read() -> None:
    form = draw_form(
        FormHead("Managed Hosting"), [FormRow("/term/initial", "How long?")], "en"
    )

    with open_office() as libre_office:
        pdf = libre_office.pdf(form)

    assert pdf.startswith(b"%PDF-")
    assert "Managed Hosting" in pages_of(pdf)[0]
