"""The library: saved, compared and taken; agreements keep the one they have."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from slacontracts.compose.digest import text_digest
from slacontracts.errors import (
    NotFoundError,
    OutsideError,
    SourceError,
    WordFileError,
)
from slacontracts.model.finding import Severity
from slacontracts.source.library_json import library_to_json
from slacontracts.store.cache import Cache
from slacontracts.store.git import draft_number, latest_library
from slacontracts.store.versions import Author, save_version
from slacontracts.word.archive import read_package
from slacontracts.word.package import write_package
from slacontracts.workflow.check import check_agreements
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import read_draft
from slacontracts.workflow.library import (
    changes_between,
    find_version,
    library_diff,
    library_log,
    save_library,
    saved_library,
)
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.render_all import render_all
from slacontracts.workflow.save import checked_message
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.take import take_library, with_library

ID = "SLA-2026-0001"
NIAMH = Author("Niamh Kelleher", "niamh@northwind.example")
LATER = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
WAIVER = "clauses/waiver/preferred.en.md"


def reword_waiver(desk: Desk) -> None:
    desk.workspace.write(WAIVER, b"1. Silence is never a waiver.\n")


def digest(desk: Desk) -> str:
    draft = read_draft(Shelf(desk), desk.workspace.agreement(ID))
    assert draft.composed is not None
    return text_digest(draft.composed.numbered)


def test_an_agreement_reads_the_same_after_the_library_changed(desk: Desk) -> None:
    before = digest(desk)

    reword_waiver(desk)
    assert digest(desk) == before
    save_library(desk, "Shorter waiver", LATER)

    assert digest(desk) == before


def test_a_taken_version_changes_the_wording_and_says_which(desk: Desk) -> None:
    before = digest(desk)
    reword_waiver(desk)
    version = save_library(desk, "Shorter waiver", LATER).id

    taken = take_library(desk, ID, None)

    assert taken.revision == version
    assert [(change.key, change.kind) for change in taken.changes] == [
        ("waiver", "changed")
    ]
    assert "+ 1. Silence is never a waiver." in taken.changes[0].lines
    assert digest(desk) != before


def test_taking_the_old_version_again_restores_the_wording(desk: Desk) -> None:
    before, old = digest(desk), saved_library(desk)
    reword_waiver(desk)
    save_library(desk, "Shorter waiver", LATER)
    take_library(desk, ID, None)

    taken = take_library(desk, ID, old[:12])

    assert taken.revision == old
    assert digest(desk) == before


def test_taking_the_version_at_hand_changes_nothing(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file)

    taken = take_library(desk, ID, None)

    assert taken.before == taken.revision
    assert desk.workspace.read(place.file) == text


def test_an_unsaved_library_cannot_be_taken(desk: Desk) -> None:
    reword_waiver(desk)

    with pytest.raises(SourceError, match="library save"):
        take_library(desk, ID, None)


def test_a_version_that_does_not_fit_is_not_taken(desk: Desk) -> None:
    template = "templates/service/managed-hosting.yaml"
    (desk.workspace.root / template).unlink()
    save_library(desk, "Hosting is no longer offered", LATER)
    place = desk.workspace.agreement(ID)
    before = desk.workspace.read(place.file)

    with pytest.raises(SourceError, match="does not fit") as raised:
        take_library(desk, ID, None)

    assert "[unknown-template]" in str(raised.value)
    assert raised.value.findings == ()
    assert desk.workspace.read(place.file) == before


def test_a_version_that_brings_errors_is_not_taken_and_the_lost_clause_is_named(
    desk: Desk,
) -> None:
    shutil.rmtree(desk.workspace.root / "clauses/data-protection")
    for file in desk.workspace.files_below("templates"):
        if file.endswith(".yaml"):
            text = desk.workspace.read(file).decode()
            kept = [
                line
                for line in text.splitlines()
                if not line.strip().startswith(
                    ("- data-protection", "- {add: data-pro")
                )
            ]
            desk.workspace.write(file, "\n".join([*kept, ""]).encode())
    save_version(
        desk.workspace,
        ["clauses", "templates"],
        "library: No data protection",
        author=NIAMH,
        when=LATER,
    )
    place = desk.workspace.agreement(ID)
    before = desk.workspace.read(place.file)

    with pytest.raises(SourceError, match="data-protection would be gone") as raised:
        take_library(desk, ID, None)

    assert ": error: " in str(raised.value)
    assert raised.value.findings == ()
    assert desk.workspace.read(place.file) == before


def test_a_library_with_errors_is_not_saved(desk: Desk) -> None:
    before = latest_library(desk.workspace.root)
    desk.workspace.write(
        "clauses/publicity/clause.yaml", b"key: publicity\nnonsense: x\n"
    )

    with pytest.raises(SourceError, match="was not saved") as raised:
        save_library(desk, "Broken", LATER)

    files = {one.origin.file for one in raised.value.findings}
    assert "clauses/publicity/clause.yaml" in files
    assert {one.severity for one in raised.value.findings} == {Severity.ERROR}
    assert latest_library(desk.workspace.root) == before


def test_saving_twice_saves_once(desk: Desk) -> None:
    reword_waiver(desk)
    first = save_library(desk, "Shorter waiver", LATER).id

    again = save_library(desk, "Shorter waiver", LATER).id

    assert first == latest_library(desk.workspace.root)
    assert again is None


def test_saving_the_library_leaves_agreements_alone(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    edited = desk.workspace.read(place.file) + b"# mine\n"
    desk.workspace.write(place.file, edited)
    reword_waiver(desk)

    save_library(desk, "Shorter waiver", LATER)

    assert draft_number(desk.workspace, place).has_unsaved_changes
    assert desk.workspace.read(place.file) == edited


def test_the_log_is_newest_first(desk: Desk) -> None:
    reword_waiver(desk)
    save_library(desk, "Shorter waiver", LATER)

    log = library_log(desk)

    assert [version.message for version in log] == [
        "library: Shorter waiver",
        "library: The starter library",
    ]
    assert log[0].when == LATER


def test_the_diff_is_against_the_newest_version_or_a_named_one(desk: Desk) -> None:
    old = saved_library(desk)
    assert library_diff(desk, None) == ()
    reword_waiver(desk)
    save_library(desk, "Shorter waiver", LATER)

    assert library_diff(desk, None) == ()
    (change,) = library_diff(desk, old[:10])

    assert (change.file, change.kind) == (WAIVER, "changed")


def test_changes_are_named_by_kind_and_binary_files_without_lines() -> None:
    before = {"a": b"one\n", "b": b"same", "c": b"old"}
    after = {"b": b"same", "c": b"\xff\xfe", "d": b"new\n"}

    found = {c.file: (c.kind, c.lines) for c in changes_between(before, after)}

    assert found == {
        "a": ("removed", ("  ...", "- one")),
        "c": ("changed", ()),
        "d": ("added", ("  ...", "+ new")),
    }


@pytest.mark.parametrize("named", ["", "abc", "zzzzzzzz", "--all", "HEAD"])
def test_an_unknown_or_short_version_is_refused(desk: Desk, named: str) -> None:
    with pytest.raises(NotFoundError):
        find_version(desk, named)


def test_a_version_is_found_by_its_beginning_but_not_by_too_little(desk: Desk) -> None:
    version = saved_library(desk)

    assert find_version(desk, version[:7]) == version
    with pytest.raises(NotFoundError, match="at least 7"):
        find_version(desk, version[:6])


@pytest.mark.parametrize("message", ["", "  \n ", "\x1b\x07"])
def test_a_version_needs_a_reason(message: str) -> None:
    with pytest.raises(SourceError, match="what changed"):
        checked_message(message)


def test_a_fault_of_the_library_is_told_once_not_once_per_agreement(desk: Desk) -> None:
    for place in desk.workspace.agreements():
        text = desk.workspace.read(place.file).decode()
        desk.workspace.write(place.file, with_library(text, "working").encode())
    desk.workspace.write(
        "clauses/publicity/clause.yaml", b"key: publicity\nnonsense: x\n"
    )

    checked = check_agreements(desk, [])

    about = [
        f for f in checked.findings if f.origin.file == "clauses/publicity/clause.yaml"
    ]
    assert about
    assert len(about) == len(set(about))
    assert checked.agreements == len(desk.workspace.agreements())


def test_an_agreement_on_the_library_as_it_stands_is_warned_about(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode()
    desk.workspace.write(place.file, with_library(text, "working").encode())

    codes = [finding.code for finding in check_agreements(desk, [ID]).findings]

    assert "library-working" in codes


def test_a_missing_version_is_a_finding_at_its_place(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode()
    desk.workspace.write(place.file, with_library(text, "f" * 40).encode())

    (finding,) = check_agreements(desk, [ID]).findings

    assert finding.code == "unknown-library"
    assert finding.origin.path == "/library"


def test_another_id_than_the_folders_is_a_finding(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode()
    desk.workspace.write(place.file, text.replace(ID, "SLA-2026-0077", 1).encode())

    findings = check_agreements(desk, [ID]).findings

    assert [f.code for f in findings if f.origin.path == "/id"] == ["id-differs"]


def test_a_new_pin_stands_below_the_template_and_an_old_one_is_replaced() -> None:
    bare = "id: SLA-1\ntemplate: service/x  # as agreed\nlanguage: en\n"

    pinned = with_library(bare, "a" * 40)

    assert pinned.splitlines()[2] == f"library: {'a' * 40}"
    assert with_library(pinned, "b" * 40) == pinned.replace("a" * 40, "b" * 40)
    assert f"library: {'a' * 40}" in with_library(
        "{id: X, template: service/x}\n", "a" * 40
    )


def test_a_pinned_library_is_compiled_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk, revision = replace(desk, cache=Cache(tmp_path / "new")), saved_library(desk)
    first = Shelf(desk).library(revision).library

    def no_git(*_: object) -> dict[str, bytes]:
        raise AssertionError

    monkeypatch.setattr("slacontracts.workflow.shelf.library_files", no_git)
    again = Shelf(desk).library(revision).library

    assert library_to_json(again) == library_to_json(first)


@pytest.mark.parametrize("kind", ["library", "house-style"])
def test_an_entry_of_another_form_is_made_anew(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    desk = replace(desk, cache=Cache(tmp_path / "new"))
    place = desk.workspace.agreement(ID)
    first = render_agreement(Shelf(desk), place, Wanted())
    for identity in (
        saved_library(desk),
        *Shelf(desk).library(None).house_styles.values(),
    ):
        desk.cache.keep(kind, identity, b'{"form": 0}')

    again = render_agreement(Shelf(desk), place, Wanted())

    assert again.data == first.data


def test_the_house_style_from_the_cache_renders_the_same(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    fresh = render_agreement(Shelf(replace(desk, cache=Cache(None))), place, Wanted())
    render_agreement(Shelf(desk), place, Wanted())

    kept = render_agreement(Shelf(desk), place, Wanted())

    assert kept.data == fresh.data


def test_a_missing_house_style_is_named(desk: Desk) -> None:
    shelf = Shelf(desk)

    with pytest.raises(NotFoundError, match='did you mean "standard"'):
        shelf.house_style(shelf.library(None), "standrd")


def test_faults_of_a_saved_library_are_kept_with_it(desk: Desk) -> None:
    desk.workspace.write(
        "clauses/publicity/clause.yaml", b"key: publicity\nnonsense: x\n"
    )
    saved = save_version(
        desk.workspace, ["clauses"], "library: Broken", author=NIAMH, when=LATER
    )

    fresh, kept = Shelf(desk).library(saved), Shelf(desk).library(saved)

    assert library_to_json(kept.library) == library_to_json(fresh.library)
    assert fresh.findings
    assert kept.findings == fresh.findings


def test_one_id_in_two_folders_is_found_and_rendered_for_neither(
    desk: Desk, tmp_path: Path
) -> None:
    text = desk.workspace.read(desk.workspace.agreement(ID).file)
    desk.workspace.write(f"agreements/other/{ID}/agreement.yaml", text)

    findings = check_agreements(desk, []).findings
    _, outcomes = render_all(desk, tmp_path, Wanted("text"), jobs=1)

    assert [f.origin.file for f in findings if f.code == "duplicate-id"] == [
        f"agreements/other/{ID}/agreement.yaml"
    ]
    problems = [one for one in outcomes if one.problem]
    assert [one.id for one in problems] == [ID, ID]
    assert "used twice" in problems[0].problem


def test_a_file_with_a_byte_order_mark_can_be_edited_and_bound(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file)
    desk.workspace.write(place.file, b"\xef\xbb\xbf" + text)
    reword_waiver(desk)
    version = save_library(desk, "Shorter waiver", LATER).id

    take_library(desk, ID, None)

    assert f"library: {version}" in desk.workspace.read(place.file).decode()
    findings = check_agreements(desk, [ID]).findings
    assert [one.code for one in findings if one.severity is not Severity.INFO] == []


def test_what_cannot_be_checked_does_not_stop_the_rest(desk: Desk) -> None:
    desk = replace(desk, cache=Cache(None))
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode()
    desk.workspace.write(place.file, with_library(text, "working").encode())
    shutil.rmtree(desk.workspace.root / ".git")

    findings = check_agreements(desk, []).findings

    codes = {
        f.origin.file: f.code
        for f in findings
        if "agreements/" in f.origin.file and f.severity is not Severity.INFO
    }
    assert codes.pop(place.file) == "library-working"
    assert set(codes.values()) == {"cannot-be-checked"}
    with pytest.raises(OutsideError, match="keeps no versions"):
        check_agreements(desk, ["SLA-2026-0002"])


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda data: data[: len(data) // 2], "damaged|not a Word file"),
        (lambda data: with_hidden_text(data), "compact.docx"),
    ],
)
def test_a_library_with_a_house_style_that_cannot_be_used_is_not_saved(
    desk: Desk, spoil: Callable[[bytes], bytes], message: str
) -> None:
    style = "templates/house/compact.docx"
    desk.workspace.write(style, spoil(desk.workspace.read(style)))
    before = latest_library(desk.workspace.root)

    with pytest.raises((SourceError, WordFileError), match=message):
        save_library(desk, "A style that is none", LATER)

    assert latest_library(desk.workspace.root) == before


def with_hidden_text(data: bytes) -> bytes:
    package = read_package(data, "compact.docx")
    styles = package.read("word/styles.xml")
    hiding = styles.replace(b"<w:rPr>", b"<w:rPr><w:vanish/>", 1)
    assert hiding != styles
    return write_package(package.with_parts({"word/styles.xml": hiding}).members)
