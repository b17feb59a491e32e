"""Versions compared at the command line: printed, written, and refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from lxml import html as parser
from typed import sign

from slacontracts.word.gate import admit
from slacontracts.word.revisions import revisions

AGREEMENT = "SLA-2026-0001"
NOTICE = "/term/notice"


@pytest.fixture
def changed(run: Run) -> Run:
    """The command, where a saved agreement has a change that is not saved."""
    run("set", AGREEMENT, f"{NOTICE}=P60D")
    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the person stands in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_text_as_it_stands_is_compared_with_the_last_saved_draft(
    changed: Run,
) -> None:
    printed = changed("compare", AGREEMENT).stdout

    assert f"Before:    {AGREEMENT}, draft 1\n" in printed
    assert f"After:     {AGREEMENT}, as it stands\n" in printed
    assert "at least [-90-]{+60+} days" in printed.replace("\n      ", " ")
    assert f"  {NOTICE}\n      90 days -> 60 days\n" in printed
    assert "Term: notice is 60 days instead of 90 days\n" in printed


def test_a_named_version_is_compared_with_the_text_as_it_stands(changed: Run) -> None:
    changed("save", AGREEMENT, "-m", "Shorter notice")
    changed("set", AGREEMENT, f"{NOTICE}=P30D")

    first = changed("compare", f"{AGREEMENT}@draft:1").stdout
    last = changed("compare", AGREEMENT).stdout

    assert "90 days -> 30 days" in first
    assert "60 days -> 30 days" in last


def test_any_two_versions_are_compared_in_the_order_they_are_named(
    changed: Run,
) -> None:
    printed = changed("compare", AGREEMENT, f"{AGREEMENT}@draft:1").stdout

    assert "60 days -> 90 days" in printed


def test_after_signature_the_signed_text_is_compared_with_the_amended(
    run: Run, tmp_path: Path
) -> None:
    sign(run, AGREEMENT, tmp_path, on="2026-11-20")
    run("amend", AGREEMENT, "--effective", "2027-02-01", "--reason", "Shorter notice")
    run("set", AGREEMENT, f"{NOTICE}=P60D")

    printed = run("compare", AGREEMENT).stdout

    assert f"Before:    {AGREEMENT}, the original as signed on 2026-11-20\n" in printed
    assert f"  {NOTICE}\n      90 days -> 60 days\n" in printed


def test_the_text_in_force_on_a_day_can_be_compared(run: Run, tmp_path: Path) -> None:
    sign(run, AGREEMENT, tmp_path, on="2026-11-20")
    run("amend", AGREEMENT, "--effective", "2027-02-01", "--reason", "Shorter notice")
    run("set", AGREEMENT, f"{NOTICE}=P60D")

    printed = run("compare", f"{AGREEMENT}@2027-01-15").stdout

    assert f"Before:    {AGREEMENT}, as in force on 2027-01-15\n" in printed
    assert f"  {NOTICE}\n      90 days -> 60 days\n" in printed


def test_versions_that_do_not_differ_say_so(run: Run) -> None:
    printed = run("compare", AGREEMENT).stdout

    assert printed.endswith("\n\nThe two versions say the same.\n")


def test_of_two_agreements_a_note_says_that_they_are_two(run: Run) -> None:
    two = run("compare", AGREEMENT, "SLA-2026-0002", "--format", "json")
    one = run("compare", AGREEMENT, f"{AGREEMENT}@draft:1")

    assert json.loads(two.stdout)["agreement"] == "SLA-2026-0002"
    assert two.stderr == (
        f"note: {AGREEMENT} and SLA-2026-0002 are two different agreements; what "
        "differs is not a change that somebody made to one of them\n"
    )
    assert one.stderr == ""


def test_programs_get_json_and_nothing_else(changed: Run) -> None:
    found = json.loads(changed("compare", AGREEMENT, "--format", "json").stdout)

    assert [one["path"] for one in found["values"]] == [NOTICE]
    assert [one["clause"] for one in found["clauses"]] == ["key-terms", "renewal"]
    assert NOTICE in [one["path"] for one in found["impacts"]]


def test_every_field_for_programs_is_documented(changed: Run) -> None:
    changed("use", AGREEMENT, "publicity", "--omit")
    found = json.loads(changed("compare", AGREEMENT, "--format", "json").stdout)
    page = Path(__file__).parents[2] / "docs" / "commands.md"
    section = page.read_text("utf-8").split("\n## compare\n")[1].split("\n## ")[0]

    names = set(names_in(found))
    assert {"clauses", "blocks", "rows", "pieces", "impacts", "values"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in section] == []


def names_in(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        yield from found
        for inner in found.values():
            yield from names_in(inner)
    if isinstance(found, list):
        for inner in found:
            yield from names_in(inner)


def test_a_page_goes_to_a_file_of_the_usual_name(changed: Run, here: Path) -> None:
    result = changed("compare", AGREEMENT, "--format", "html")

    assert result.stdout == f"{AGREEMENT}-changes.html\n"
    data = (here / f"{AGREEMENT}-changes.html").read_bytes()
    root = parser.document_fromstring(data.decode())
    assert f" – {AGREEMENT}" in root.findtext(".//title", "")
    assert root.find(".//section[@id='renewal']") is not None


def test_a_page_can_be_printed(changed: Run) -> None:
    printed = changed("compare", AGREEMENT, "--format", "html", "-o", "-").stdout

    assert printed.startswith("<!DOCTYPE html>\n")


def test_a_word_file_has_the_changes_tracked(changed: Run, here: Path) -> None:
    changed("compare", AGREEMENT, "-o", "changes.docx")

    data = (here / "changes.docx").read_bytes()
    found = revisions(admit(data, "changes.docx"))
    assert {one.author for one in found} == {"Niamh Kelleher"}
    assert {"90", "60"} <= {words for one in found for words in (one.old, one.new)}


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.json", "a.docx"])
def test_the_end_of_the_name_says_the_format_and_own_files_are_replaced(
    name: str, changed: Run, here: Path
) -> None:
    first = changed("compare", AGREEMENT, "-o", name)
    again = changed("compare", AGREEMENT, "-o", name)

    assert first.stdout == f"{name}\n"
    assert again.stdout == f"{name} (replaces the one that was there)\n"
    assert (here / name).stat().st_size > 500


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.json", "a.docx"])
def test_what_somebody_else_wrote_is_not_replaced(
    name: str, changed: Run, here: Path
) -> None:
    (here / name).write_text('{"agreement": "SLA-2026-0002"}', encoding="utf-8")

    refused = changed("compare", AGREEMENT, "-o", name, code=3)
    forced = changed("compare", AGREEMENT, "-o", name, "--force")

    assert f"{name} exists and is not a rendering of {AGREEMENT}" in refused.stderr
    assert "replaces" in forced.stdout


def test_a_folder_takes_the_usual_name(changed: Run, here: Path) -> None:
    result = changed("compare", AGREEMENT, "--format", "json", "-o", "out/")

    assert "the folder out was made" in result.stderr
    assert (here / "out" / f"{AGREEMENT}-changes.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["SLA-2026-0099"], 3, "SLA-2026-0099"),
        ([f"{AGREEMENT}@draft:9"], 3, "has no draft:9"),
        ([f"{AGREEMENT}@original"], 3, "is not signed"),
        ([f"{AGREEMENT}@2026-01-01"], 3, "is not signed"),
        ([f"{AGREEMENT}@later"], 3, 'no version "later"'),
        (["sent.docx", AGREEMENT], 3, "slacontracts redline OLD NEW"),
        ([AGREEMENT, "-o", "a.pdf"], 3, "the format of a.pdf is not clear"),
        ([AGREEMENT, "-o", "a.html", "--format", "json"], 3, "end its name with .json"),
        ([AGREEMENT, "-o", "-", "--format", "docx"], 2, "cannot be printed"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str], code: int, said: str, run: Run, here: Path
) -> None:
    result = run("compare", *arguments, code=code)

    assert said in result.stderr.splitlines()[-1]
    assert list(here.iterdir()) == []


def test_an_agreement_that_was_never_saved_has_nothing_to_be_compared_with(
    run: Run, contracts: Path
) -> None:
    saved = contracts / "agreements" / "contoso-retail" / AGREEMENT / "agreement.yaml"
    copy = saved.parents[1] / "SLA-2026-0090" / "agreement.yaml"
    copy.parent.mkdir()
    text = saved.read_text("utf-8").replace(f"id: {AGREEMENT}", "id: SLA-2026-0090")
    copy.write_text(text, encoding="utf-8")

    result = run("compare", "SLA-2026-0090", code=3)

    assert "was never saved" in result.stderr
