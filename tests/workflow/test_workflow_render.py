"""Rendering: formats, names, gates, and many agreements at once."""

import shutil
from pathlib import Path

import pytest

from slacontracts.errors import ChecksFailedError, NotFoundError, SourceError
from slacontracts.store.office import find_soffice, pages_of
from slacontracts.word.reading import text_of_docx
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.render import (
    Format,
    Wanted,
    format_of,
    hand_over,
    headings,
    render_agreement,
)
from slacontracts.workflow.render_all import render_all
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.take import with_library

ID = "SLA-2026-0001"
office = pytest.mark.skipif(
    find_soffice() is None or shutil.which("pdftotext") is None,
    reason="needs LibreOffice Writer and poppler-utils",
)


@pytest.mark.parametrize(
    ("kind", "name", "start"),
    [
        ("docx", f"{ID}-draft-1.docx", b"PK\x03\x04"),
        ("html", f"{ID}-draft-1.html", b"<!doctype html>"),
        ("text", f"{ID}-draft-1.txt", b""),
    ],
)
def test_every_format_has_its_name_and_its_bytes(
    desk: Desk, kind: Format, name: str, start: bytes
) -> None:
    rendered = render_agreement(Shelf(desk), desk.workspace.agreement(ID), Wanted(kind))

    assert rendered.name == name
    assert rendered.data.lower().startswith(start.lower())


def test_a_changed_draft_has_the_next_number_in_name_and_text(desk: Desk) -> None:
    set_values(desk, ID, [("/term/initial", "P24M")])

    rendered = render_agreement(Shelf(desk), desk.workspace.agreement(ID), Wanted())

    assert rendered.name == f"{ID}-draft-2.docx"
    assert "24 months" in " ".join(text_of_docx(rendered.data))


@pytest.mark.parametrize("agreement", [ID, "SLA-2026-0002", "UC-2026-0001"])
def test_a_complete_sample_can_be_signed(desk: Desk, agreement: str) -> None:
    place = desk.workspace.agreement(agreement)

    rendered = render_agreement(Shelf(desk), place, Wanted(is_execution=True))

    text = " ".join(text_of_docx(rendered.data))
    assert rendered.name == f"{agreement}.docx"
    assert "[●]" not in text
    assert "{{" not in text


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("/parties/customer/legal_name", "", "unfilled-blank"),
        ("/library", "working", "library-working"),
    ],
)
def test_what_is_not_ready_is_not_rendered_for_signature(
    desk: Desk, path: str, value: str, code: str
) -> None:
    set_values(desk, ID, [(path, value)])
    place = desk.workspace.agreement(ID)

    with pytest.raises(ChecksFailedError, match="not ready for signature") as raised:
        render_agreement(Shelf(desk), place, Wanted(is_execution=True))

    assert code in {finding.code for finding in raised.value.findings}
    draft = render_agreement(Shelf(desk), place, Wanted())
    assert draft.data


def test_an_agreement_that_cannot_be_typed_is_refused_with_its_findings(
    desk: Desk,
) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode().replace("P36M", "three years")
    desk.workspace.write(place.file, text.encode())

    with pytest.raises(SourceError, match="cannot be rendered") as raised:
        render_agreement(Shelf(desk), place, Wanted())

    assert raised.value.findings


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.docx", "docx"), ("a.HTML", "html"), ("a.b.txt", "text"), ("a.pdf", "pdf")],
)
def test_the_extension_says_the_format(name: str, kind: str) -> None:
    assert format_of(Path(name)) == kind


@pytest.mark.parametrize("name", ["a", "a.doc", "agreement.yaml"])
def test_an_unknown_extension_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=r"\.docx, \.html, \.txt, \.pdf"):
        format_of(Path(name))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b"not a Word file"), ("a.html", b"PK"), ("agreement.yaml", b"id: X")],
)
def test_a_file_of_another_kind_is_never_overwritten(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(SourceError, match="left as it is"):
        hand_over(path, b"PK\x03\x04new", "docx" if name != "a.html" else "html")

    assert path.read_bytes() == content


def test_a_folder_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()

    with pytest.raises(SourceError, match="left as it is"):
        hand_over(tmp_path / "a.docx", b"PK\x03\x04", "docx")


def test_a_file_of_its_own_kind_is_replaced_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"

    assert hand_over(path, b"PK\x03\x04one", "docx") is False
    assert hand_over(path, b"PK\x03\x04two", "docx") is True
    assert path.read_bytes() == b"PK\x03\x04two"


def test_all_agreements_are_rendered_but_the_one_that_cannot_be(
    desk: Desk, tmp_path: Path
) -> None:
    place = desk.workspace.agreement("SLA-2026-0002")
    desk.workspace.write(place.file, b"id: [\n")

    total, outcomes = render_all(desk, tmp_path / "out", Wanted("text"), jobs=1)
    by_id = {outcome.id: outcome for outcome in outcomes}

    assert total == len(by_id) == len(desk.workspace.agreements())
    assert [one.id for one in by_id.values() if one.problem] == ["SLA-2026-0002"]
    assert "SLA-2026-0002/agreement.yaml" in by_id["SLA-2026-0002"].problem
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(written) == total - 1
    assert f"{ID}-draft-1.txt" in written


def many(desk: Desk, number: int) -> None:
    text = desk.workspace.read(desk.workspace.agreement(ID).file).decode()
    for count in range(number):
        new = f"SLA-2027-{count:04}"
        desk.workspace.write(
            f"agreements/contoso-retail/{new}/agreement.yaml",
            text.replace(ID, new).encode(),
        )


def test_several_processes_render_the_same_bytes_as_one(
    desk: Desk, tmp_path: Path
) -> None:
    many(desk, 36)

    one, outcomes = render_all(desk, tmp_path / "one", Wanted(), jobs=1)
    assert not [outcome for outcome in outcomes if outcome.problem]
    two, outcomes = render_all(desk, tmp_path / "two", Wanted(), jobs=2)
    assert not [outcome for outcome in outcomes if outcome.problem]

    assert one == two == 40
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_missing_agreement_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.workspace.agreement("SLA-2026-0099")


def test_the_library_as_it_stands_can_be_rendered_as_a_draft(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode()
    desk.workspace.write(place.file, with_library(text, "working").encode())
    desk.workspace.write(
        "clauses/waiver/preferred.en.md", b"1. Silence is never a waiver.\n"
    )

    rendered = render_agreement(Shelf(desk), place, Wanted("text"))

    assert "Silence is never a waiver." in rendered.data.decode()


@office
def test_page_numbers_are_those_of_the_laid_out_document(desk: Desk) -> None:
    from slacontracts.workflow.draft import compose_draft

    shelf, place = Shelf(desk), desk.workspace.agreement(ID)
    draft = compose_draft(shelf, place)
    assert draft.composed is not None

    pdf = render_agreement(shelf, place, Wanted("pdf", has_page_numbers=True)).data

    from slacontracts.store.office import heading_pages

    pages = pages_of(pdf)
    listed = headings(draft.composed.numbered)
    found = heading_pages(pages, listed)
    assert set(found) == {key for key, _ in listed}
    contents = " ".join(line for page in pages[:3] for line in page)
    assert all(str(found[key]) in contents for key, _ in listed)
    numbers = [found[key] for key, _ in listed]
    assert numbers == sorted(numbers)
