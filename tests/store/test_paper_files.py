"""Signed PDFs: their words, what lies over them, and files that cannot be read."""

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from papers import Sheet, pdf

from slacontracts.errors import SlaContractsError
from slacontracts.model.paper import PaperPage
from slacontracts.store import paper_files, paper_reader
from slacontracts.store.paper_files import is_pdf, read_pdf

TERM = ["The term is 36 months.", "Availability is 99.9%."]


def first_page(sheet: Sheet) -> PaperPage:
    return read_pdf(pdf(sheet), "signed.pdf").pages[0]


def locked() -> bytes:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer: Any = copy_into_new_writer(PdfFileReader(BytesIO(pdf(TERM))))
    writer.encrypt("owner", "reader")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_words_come_out_page_by_page() -> None:
    paper = read_pdf(pdf(TERM, ["Signature page"]), "signed.pdf")

    assert [page.number for page in paper.pages] == [1, 2]
    assert list(paper.pages[0].lines) == TERM
    assert paper.pages[1].lines == ("Signature page",)


@pytest.mark.parametrize("how", ["hidden", "white", "away"])
def test_words_that_nobody_sees_are_no_words(how: str) -> None:
    unseen: Any = {how: ["", "", "Unseen"]}

    assert first_page(Sheet(["Seen"], **unseen)).lines == ("Seen",)


def test_white_words_on_a_dark_ground_are_words() -> None:
    page = first_page(Sheet(white=["The cover"], dark=(40, 790, 300, 30)))

    assert page.lines == ("The cover",)


def test_a_scan_with_words_behind_its_picture_is_a_scan() -> None:
    behind = Sheet(hidden=TERM * 10, picture=(0, 0, 595, 842))

    paper = read_pdf(pdf(behind, behind), "scan.pdf")

    assert paper.is_scan
    assert paper.pages[0].has_picture


def test_a_paper_with_words_is_no_scan() -> None:
    assert not read_pdf(pdf(TERM), "signed.pdf").is_scan


def test_words_under_a_picture_are_said() -> None:
    over_the_second_line = (50, 780, 200, 14)

    assert first_page(Sheet(TERM, picture=over_the_second_line)).covered == TERM[1]


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(Sheet(TERM, picture=(50, 780, 200, 14), under=True), id="behind"),
        pytest.param(Sheet(TERM, picture=(300, 20, 90, 40)), id="beside"),
    ],
)
def test_a_picture_that_covers_nothing_is_no_matter(sheet: Sheet) -> None:
    page = first_page(sheet)

    assert page.covered == ""
    assert page.has_picture


@pytest.mark.parametrize(
    "over",
    [
        pytest.param("1 g 48 780 200 14 re f", id="covered in white"),
        pytest.param("0 g 48 787 200 0.6 re f", id="struck out by a bar"),
        pytest.param("48 787.5 m 300 787.5 l S", id="struck out by a line"),
        pytest.param("0 g 9 9 3 3 re 48 787 200 0.6 re f", id="one of two bars"),
        pytest.param("q 2 0 0 2 0 0 cm 24 390 100 7 re f Q", id="drawn larger"),
    ],
)
def test_words_that_were_drawn_over_are_said(over: str) -> None:
    page = first_page(Sheet(TERM, over=over))

    assert page.crossed == TERM[1]
    assert page.covered == ""


@pytest.mark.parametrize(
    "over",
    [
        pytest.param("0 g 48 783 200 0.6 re f", id="underlined"),
        pytest.param("48 780 200 14 re S", id="framed"),
        pytest.param("0 g 48 780 200 14 re 49 781 198 12 re f*", id="hollow"),
        pytest.param("0 g 48 740 200 14 re f", id="below"),
        pytest.param("48 780 200 14 re n", id="not painted"),
        pytest.param("0 g 70 700 0.5 100 re f", id="the edge of a cell"),
    ],
)
def test_what_is_drawn_beside_words_is_no_matter(over: str) -> None:
    assert first_page(Sheet(TERM, over=over)).crossed == ""


def test_what_was_put_onto_a_page_is_named() -> None:
    page = first_page(Sheet(TERM, notes=["FreeText", "Stamp", "Link"]))

    assert page.notes == ("text box", "stamp")


def test_a_page_of_nothing_is_blank() -> None:
    assert first_page(Sheet()).is_blank
    assert not first_page(Sheet(TERM)).is_blank


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "x.pdf is not a PDF; ask for the file again", id="empty"),
        pytest.param(b"PK\x03\x04 a Word file", "x.pdf is not a PDF", id="other"),
        pytest.param(b"%PDF-1.7\nnothing", "x.pdf is damaged", id="damaged"),
        pytest.param(pdf(TERM)[:200], "x.pdf is damaged", id="cut off"),
        pytest.param(locked(), "x.pdf is locked with a password", id="locked"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, said: str) -> None:
    with pytest.raises(SlaContractsError) as caught:
        read_pdf(data, "x.pdf")

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_damaged_end_is_mended_where_the_words_are_there() -> None:
    assert list(read_pdf(pdf(TERM)[:-20], "x.pdf").pages[0].lines) == TERM


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_files, "MOST_BYTES", 1 << 20)

    with pytest.raises(SlaContractsError, match="has 2 MiB, and no more than 1 are"):
        read_pdf(b"%PDF-" + b"x" * (2 << 20), "x.pdf")


def test_a_file_of_too_many_pages_is_not_read() -> None:
    many = pdf(*[["x"]] * (paper_reader.MOST_PAGES + 1))

    with pytest.raises(SlaContractsError, match="2,001 pages, and no more than 2,000"):
        read_pdf(many, "x.pdf")


def test_reading_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(SlaContractsError, match=r"within 0\.001 seconds; save it"):
        read_pdf(pdf(TERM), "x.pdf", seconds=0.001)


def test_a_crash_of_the_reading_process_is_a_damaged_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    crashing = tmp_path / "python"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n", encoding="utf-8")
    crashing.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(crashing))

    with pytest.raises(SlaContractsError, match="is damaged and cannot be read"):
        read_pdf(pdf(TERM), "x.pdf")


def test_a_pdf_is_known_by_its_first_bytes() -> None:
    assert is_pdf(b"\xef\xbb\xbf%PDF-1.4")
    assert not is_pdf(b"PK\x03\x04")


def test_text_beyond_all_bounds_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_reader, "MOST_CHARACTERS", 30)

    assert paper_reader.read(pdf(TERM, TERM)) == {"fault": "text"}
