"""Rendering: formats, names, gates, and many agreements at once."""

import hashlib
import os
import re
import shutil
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from conftest import WHEN, Run
from copying import loose_part

from slacontracts.compose.digest import wording_digest
from slacontracts.errors import (
    ChecksFailedError,
    NotFoundError,
    OutsideError,
    SourceError,
)
from slacontracts.store.cache import Cache
from slacontracts.store.git import blob_id, run_git
from slacontracts.store.office import find_soffice, pages_of
from slacontracts.store.workspace import AgreementPlace
from slacontracts.word.reading import text_of_docx
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.hand_over import (
    EXTENSIONS,
    Format,
    format_of,
    hand_over,
    marked_pdf,
    require_fitting_name,
)
from slacontracts.workflow.library import save_library
from slacontracts.workflow.render import Wanted, headings, render_agreement
from slacontracts.workflow.render_all import render_all
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.take import with_library

ID = "SLA-2026-0001"
READY = "SLA-2026-0002"  # nothing stands against signing it
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
        ("/parties/customer/legal_name", "[●]", "placeholder-text"),
        ("/parties/customer/address", "TBD", "placeholder-text"),
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
    assert format_of(Path(name), EXTENSIONS) == kind


@pytest.mark.parametrize("name", ["a", "a.doc", "agreement.yaml"])
def test_an_unknown_extension_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=r"\.docx, \.html, \.txt, \.pdf"):
        format_of(Path(name), EXTENSIONS)


@pytest.mark.parametrize("path", ["a.docx", "a.html", "a.txt"])
def test_another_rendering_of_the_same_agreement_is_replaced(
    desk: Desk, tmp_path: Path, path: str
) -> None:
    file, kind = tmp_path / path, format_of(Path(path), EXTENSIONS)
    shelf, place = Shelf(desk), desk.workspace.agreement(READY)
    first = render_agreement(shelf, place, Wanted(kind)).data
    signed = render_agreement(shelf, place, Wanted(kind, is_execution=True)).data

    assert hand_over(file, first, kind, READY) is False
    assert hand_over(file, signed, kind, READY) is True
    assert hand_over(file, first, kind, READY) is True

    assert file.read_bytes() == first


def test_a_rendering_does_not_wait_for_the_disk_but_a_source_does(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []
    monkeypatch.setattr("slacontracts.store.workspace.os.fsync", waited.append)

    hand_over(tmp_path / "a.docx", b"PK", "docx", READY)
    desk.cache.keep("library", "a" * 40, b"content")
    assert waited == []

    desk.workspace.write(desk.workspace.agreement(READY).file, b"id: SLA-1\n")
    assert waited


def test_the_rendering_of_another_agreement_is_left_alone(
    desk: Desk, tmp_path: Path
) -> None:
    place = desk.workspace.agreement("SLA-2026-0002")
    for kind, extension in EXTENSIONS.items():
        if kind == "pdf":
            continue
        file = tmp_path / f"a{extension}"
        data = render_agreement(Shelf(desk), place, Wanted(kind)).data
        hand_over(file, data, kind, "SLA-2026-0002")

        with pytest.raises(SourceError, match=f"not a rendering of {ID}"):
            hand_over(file, b"new", kind, ID)

        assert file.read_bytes() == data


def test_a_damaged_rendering_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    place = desk.workspace.agreement(ID)
    data = bytearray(render_agreement(Shelf(desk), place, Wanted()).data)
    with ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo("docProps/custom.xml")
    content = info.header_offset + 30 + len(info.filename)
    data[content : content + info.compress_size] = b"\xff" * info.compress_size
    file.write_bytes(data)

    with pytest.raises(SourceError, match="not a rendering"):
        hand_over(file, b"new", "docx", ID)

    assert file.read_bytes() == data


def test_a_rendering_that_somebody_edited_in_word_is_left_alone(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "a.docx"
    place = desk.workspace.agreement(ID)
    file.write_bytes(render_agreement(Shelf(desk), place, Wanted()).data)
    with ZipFile(file, "a") as archive:
        archive.writestr("docProps/app.xml", "<Properties/>")  # as Word saves

    with pytest.raises(SourceError, match=r"not a rendering .* --force"):
        hand_over(file, b"new", "docx", ID)


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("a.docx", "docx", b"not a Word file"),
        ("a.docx", "docx", b"PK\x03\x04nonsense"),
        ("a.html", "html", b"<!DOCTYPE html><title>mine</title>"),
        ("a.txt", "text", b"notes about SLA-2026-0001\n"),
        ("a.pdf", "pdf", b"%PDF-1.7\n%%EOF\n"),
        ("agreement.yaml", "text", b"id: SLA-2026-0001\n"),
    ],
)
def test_somebody_elses_file_is_replaced_only_by_force(
    tmp_path: Path, name: str, kind: Format, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(SourceError, match="choose another name or add --force"):
        hand_over(path, b"new", kind, ID)
    assert path.read_bytes() == content

    assert hand_over(path, b"new", kind, ID, force=True) is True
    assert path.read_bytes() == b"new"


def test_a_pdf_is_known_again_by_its_last_line(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    pdf = marked_pdf(b"%PDF-1.7\n%%EOF\n", ID)

    hand_over(path, pdf, "pdf", ID)

    assert hand_over(path, pdf, "pdf", ID) is True
    with pytest.raises(SourceError, match="not a rendering"):
        hand_over(path, pdf, "pdf", f"{ID}-2")


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_in_the_way_is_refused(tmp_path: Path, force: bool) -> None:
    (tmp_path / "a.docx").mkdir()

    with pytest.raises(SourceError, match="is a folder"):
        hand_over(tmp_path / "a.docx", b"PK\x03\x04", "docx", ID, force=force)


@pytest.mark.parametrize(
    ("name", "kind", "is_refused"),
    [
        ("y.docx", "html", True),
        ("y.PDF", "text", True),
        ("y.html", "html", False),
        ("y.htm", "html", False),
        ("y", "pdf", False),
    ],
)
def test_a_name_with_the_ending_of_another_format_is_refused(
    name: str, kind: Format, is_refused: bool
) -> None:
    if not is_refused:
        require_fitting_name(Path(name), kind, EXTENSIONS)
        return
    with pytest.raises(SourceError, match="ending of another format"):
        require_fitting_name(Path(name), kind, EXTENSIONS)


@pytest.mark.parametrize("is_new", [True, False], ids=["never saved", "changed"])
def test_what_is_not_saved_is_not_rendered_for_signature(
    desk: Desk, is_new: bool
) -> None:
    place = desk.workspace.agreement(READY)
    text = desk.workspace.read(place.file)
    if is_new:
        place = AgreementPlace("SLA-2027-0001", place.customer)
        text = text.replace(READY.encode(), place.id.encode())
    desk.workspace.write(place.file, text + b"# later\n")
    wanted = Wanted("text", is_execution=True)

    with pytest.raises(SourceError, match=f'slacontracts save {place.id} -m "'):
        render_agreement(Shelf(desk), place, wanted)
    save_agreement(desk, place.id, "Agreed", datetime(2026, 12, 1, tzinfo=UTC))

    assert render_agreement(Shelf(desk), place, wanted).name == f"{place.id}.txt"


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
    before = len(desk.workspace.agreements())
    many(desk, 36)

    one, outcomes = render_all(desk, tmp_path / "one", Wanted(), jobs=1)
    assert not [outcome for outcome in outcomes if outcome.problem]
    two, outcomes = render_all(desk, tmp_path / "two", Wanted(), jobs=2)
    assert not [outcome for outcome in outcomes if outcome.problem]

    assert one == two == before + 36
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


def forged(cache: Path, kind: str, word: str, other: str) -> int:
    """Write another word into what the cache holds, with a digest that fits."""
    entries = [path for path in (cache / kind).rglob("*") if path.is_file()]
    for path in entries:
        data = path.read_bytes()[32:].replace(word.encode(), other.encode())
        path.write_bytes(hashlib.sha256(data).digest() + data)
    return len(entries)


@pytest.mark.parametrize(
    ("kind", "word", "other"),
    [
        ("library", "Agreement", "FORGERY"),
        ("wordings", '[0,"', '[0,"FORGERY '),  # the words, not the text they were
        ("house-style", "Page", "FORGERY"),
    ],
)
def test_what_is_signed_never_comes_from_the_cache(
    contracts: Path, tmp_path: Path, kind: str, word: str, other: str
) -> None:
    desk = open_desk(contracts, Cache(tmp_path / "cache"))
    place = desk.workspace.agreement(READY)
    for is_execution in (False, True):
        render_agreement(Shelf(desk), place, Wanted(is_execution=is_execution))
    assert forged(tmp_path / "cache", kind, word, other) == 1

    draft = render_agreement(Shelf(desk), place, Wanted())
    signed = render_agreement(Shelf(desk), place, Wanted(is_execution=True))

    assert "FORGERY" in shown(draft.data)  # so the entry is one that is read
    assert "FORGERY" not in shown(signed.data)


def shown(docx: bytes) -> str:
    """Return the XML of a Word file's body, headers and footers."""
    with ZipFile(BytesIO(docx)) as archive:
        names = [name for name in archive.namelist() if name.startswith("word/")]
        return " ".join(archive.read(name).decode(errors="replace") for name in names)


def test_many_versions_for_signature_are_read_from_the_saved_library_once(
    contracts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk(contracts, Cache(tmp_path / "cache"))
    place = desk.workspace.agreement(READY)
    shelf = Shelf(desk)
    first = render_agreement(shelf, place, Wanted(is_execution=True))

    def read_again(*_: object) -> None:
        raise AssertionError("the library was read twice")

    monkeypatch.setattr("slacontracts.workflow.shelf.library_files", read_again)
    second = render_agreement(shelf, place, Wanted(is_execution=True))

    assert second.data == first.data


def test_a_library_that_only_the_cache_has_is_not_signed(
    contracts: Path, tmp_path: Path, run: Run
) -> None:
    cache = Cache(Path(os.environ["SLACONTRACTS_CACHE"]))
    desk = open_desk(contracts, cache)
    place = desk.workspace.agreement(READY)
    missing = "0123456789" * 4
    source = desk.workspace.read(place.file).decode()
    pinned = re.findall(r"(?m)^library: ([0-9a-f]{40})$", source)[0]
    render_agreement(Shelf(desk), place, Wanted())
    kept = cache.load("library", pinned)
    assert kept is not None
    cache.keep("library", missing, kept.replace(pinned.encode(), missing.encode()))
    desk.workspace.write(place.file, source.replace(pinned, missing).encode())
    save_agreement(desk, READY, "Pin a version that is not here", WHEN)
    out = str(tmp_path / "signed.docx")

    result = run("render", READY, "--execution", "-o", out, code=1)

    assert f"this workspace has no version {missing[:12]} of the library" in (
        result.output
    )
    assert not Path(out).exists()
    assert run("render", READY, "-o", out).exit_code == 0


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (Wanted("text", is_short=True), f"{READY}-short-draft-1.txt"),
        (Wanted("text", is_short=True, is_execution=True), f"{READY}-short.txt"),
    ],
)
def test_a_short_form_states_the_main_points_and_has_a_name_of_its_own(
    desk: Desk, wanted: Wanted, name: str
) -> None:
    rendered = render_agreement(Shelf(desk), desk.workspace.agreement(READY), wanted)

    text = rendered.data.decode()
    assert rendered.name == name
    assert "The clauses and schedules of the full form are part of this" in text
    assert "22,700.00" in text
    assert "Force Majeure" not in text


def test_what_stands_against_signing_stands_against_signing_the_short_form(
    desk: Desk,
) -> None:
    set_values(desk, READY, [("/library", "working")])
    place = desk.workspace.agreement(READY)

    with pytest.raises(ChecksFailedError, match="not ready for signature"):
        render_agreement(Shelf(desk), place, Wanted(is_short=True, is_execution=True))


def test_a_blank_of_the_short_form_alone_stands_against_signing_it(
    desk: Desk,
) -> None:
    place = desk.workspace.agreement(READY)
    source = desk.workspace.read(place.file).decode()
    own = {"en": "Nothing is due on {{ master.date | date }}."}
    digest = wording_digest(own)
    approval = f"{{item: short-charges, role: legal, value: {digest}, by: Ana Gil, "
    for heading, added in (
        ("\nclauses:\n", f"short-charges: {{text: {{en: '{own['en']}'}}}}\n"),
        ("\napprovals:\n", f"- {approval}on: 2026-11-20}}\n"),
    ):
        assert heading in source
        source = source.replace(heading, f"{heading}  {added}")
    desk.workspace.write(place.file, source.encode())
    save_agreement(desk, READY, "Charges in short", WHEN)

    render_agreement(Shelf(desk), place, Wanted("text", is_execution=True))
    with pytest.raises(ChecksFailedError) as raised:
        render_agreement(
            Shelf(desk), place, Wanted("text", is_short=True, is_execution=True)
        )

    assert {finding.code for finding in raised.value.findings} == {"unfilled-blank"}


def test_settings_that_are_not_saved_keep_a_version_from_being_signed(
    desk: Desk,
) -> None:
    settings = desk.workspace.read("slacontracts.yaml")
    own = b"organisation: Another Name\n"
    settings = re.sub(rb"(?m)^organisation: .*\n", own, settings)
    desk.workspace.write("slacontracts.yaml", settings)
    changed = open_desk(desk.workspace.root, desk.cache)
    place = changed.workspace.agreement(READY)
    wanted = Wanted("text", is_execution=True)

    assert render_agreement(Shelf(changed), place, Wanted("text")).data
    with pytest.raises(SourceError, match=r"slacontracts\.yaml .* library save -m"):
        render_agreement(Shelf(changed), place, wanted)

    save_library(changed, "Our digits", WHEN)
    assert render_agreement(Shelf(changed), place, wanted).data


def test_an_agreement_whose_saved_text_was_forged_is_not_signed(desk: Desk) -> None:
    root, place = desk.workspace.root, desk.workspace.agreement(READY)
    wanted = Wanted("text", is_execution=True)
    source = desk.workspace.read(place.file)
    name = f"HEAD:{place.folder}"
    folder = run_git(root, "rev-parse", name).decode().strip()
    listed = bytes.fromhex(blob_id(source))
    desk.workspace.write(place.file, source + b"title: Another Agreement\n")
    forged = bytes.fromhex(blob_id(desk.workspace.read(place.file)))
    kept = loose_part(root, folder)
    data = zlib.decompress(kept.read_bytes())
    assert listed in data
    kept.unlink()
    kept.write_bytes(zlib.compress(data.replace(listed, forged)))

    with pytest.raises(OutsideError, match="were altered"):
        render_agreement(Shelf(desk), place, wanted)


def test_no_setting_lets_a_value_beyond_the_walk_away_line_be_signed(
    run: Run, contracts: Path
) -> None:
    settings = contracts / "slacontracts.yaml"
    lowered = "severity:\n  beyond-walk-away: {is: information, because: It is late}\n"
    settings.write_text(settings.read_text("utf-8") + lowered, "utf-8")
    run("library", "save", "-m", "Severities")
    run("set", READY, "/credits/cap_percent=60")
    run("save", READY, "-m", "A high cap")

    refused = run("render", READY, "--execution", code=1)

    assert "at more than 50 the library walks away" in refused.stderr


def test_errors_that_a_workspace_does_not_see_as_such_are_told_with_its_reason(
    run: Run, contracts: Path, tmp_path: Path
) -> None:
    settings = contracts / "slacontracts.yaml"
    lowered = (
        "severity:\n"
        "  beyond-walk-away: {is: information, because: The board decides}\n"
        "  long-sentence: {is: information, because: We like them}\n"
    )
    settings.write_text(settings.read_text("utf-8") + lowered, "utf-8")
    run("library", "save", "-m", "Severities")

    for_all = run("render", "--all", "--execution", "-o", str(tmp_path / "all"))
    for_one = run("render", READY, "--execution", "-o", str(tmp_path / "a.docx"))
    draft = run("render", READY, "-o", str(tmp_path / "b.docx"))

    told = "beyond-walk-away is no error here but information"
    for result in (for_all, for_one):
        assert result.stderr.count(told) == 1
        assert "The board decides" in result.stderr
        assert "long-sentence" not in result.stderr
    assert told not in draft.stderr
