"""The commands: what they print, what they refuse, and their exit codes."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from conftest import Run
from docx import Document

from slacontracts.cli import _COMMANDS, cli
from slacontracts.cli.session import Session
from slacontracts.render.form_reading import read_form

ID = "SLA-2026-0001"


def source(contracts: Path, agreement_id: str = ID) -> Path:
    (found,) = contracts.glob(f"agreements/*/{agreement_id}/agreement.yaml")
    return found


def all_commands() -> list[list[str]]:
    context = click.Context(cli)
    commands = []
    for name in _COMMANDS:
        command = cli.get_command(context, name)
        commands.append([name])
        if isinstance(command, click.Group):
            commands += [[name, inner] for inner in command.commands]
    return commands


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_every_command_explains_itself_with_an_example(words: list[str]) -> None:
    result = CliRunner().invoke(cli, [*words, "--help"])

    assert result.exit_code == 0
    assert f"  slacontracts {' '.join(words)}" in result.stdout.split("Usage:")[1]


@pytest.mark.parametrize("word", ["commit", "branch", "checkout", "HEAD", "repository"])
def test_help_speaks_of_versions_not_of_git(word: str) -> None:
    for words in all_commands():
        result = CliRunner().invoke(cli, [*words, "--help"])

        assert word not in result.stdout


def test_the_version_of_the_product_is_told() -> None:
    result = CliRunner().invoke(cli, ["--version"])

    assert result.stdout.startswith("slacontracts 0.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["lst"], 'did you mean "list"'),
        (["set"], "such as: slacontracts set SLA-2026-0001 /term/initial=P36M"),
        (["set", ID], f"such as: slacontracts set {ID} /term/initial=P36M"),
        (["new"], "such as: slacontracts new service/managed-hosting"),
        (["set", ID, "term.initial"], "is no change"),
        (["set", ID, "=P36M"], "is no change"),
        (["render"], "name one agreement, or say --all"),
        (["render", ID, "--all"], "name one agreement, or say --all"),
        (["render", "--all"], "-o DIR"),
        (["render", ID, "--jobs", "2"], "--jobs goes with --all"),
        (["render", ID, "--format", "html", "--page-numbers"], "docx and pdf"),
        (["use", ID, "publicity"], "--position, --omit, --text and --template"),
        (["use", ID, "publicity", "--omit", "--template"], "say one of"),
        (["schema", "nonsense"], "is not one of"),
        (["render", ID, "-o", "-", "--format", "docx"], "only text and html"),
        (["render", ID, "-o", "-", "--format", "pdf"], "only text and html"),
        (["save", ID], "--message"),
    ],
)
def test_wrong_usage_is_code_2_and_says_how(
    run: Run, arguments: list[str], says: str
) -> None:
    result = run(*arguments, code=2)

    assert says in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "SLA-2026-0009"], "there is no agreement SLA-2026-0009"),
        (["render", "../../nowhere/x"], "cannot be an id"),
        (["render", "-x"], "No such option"),
        (["outline", "--", "--output=x"], "cannot be an id"),
        (["check", "sla-2026-0003"], 'did you mean "SLA-2026-0003"?'),
        (["check", "contoso"], 'did you mean "SLA-2026-0001"?'),
        (["check", "internal"], '"OLA-2026-0001" or "SLA-2026-0003"?'),
        (["check", "con"], "cannot be an id"),
        (["clauses", "waver"], 'did you mean "waiver"'),
        (["clauses", "limitation"], 'did you mean "limitation-of-liability"'),
        (["use", ID, "liability", "--omit"], 'mean "limitation-of-liability"'),
        (["templates", "managed-hosting"], 'did you mean "service/managed-hosting"'),
        (
            ["templates", "hosting"],
            '"service/managed-hosting" or "service/public-hosting"',
        ),
        (["clauses", "the"], "see slacontracts clauses"),
        (["check", "--explain", "nonsense"], "nonsense"),
        (["save", ID, "-m", " "], "what changed"),
        (["library", "take", ID, "zzz"], 'no version "zzz"'),
        (["form", "service/managed-hosting", "-o", "form.pdf"], ".docx"),
        (["render", ID, "--format", "html", "-o", "y.docx"], "end its name with .html"),
        (["new", "service/managed-hosting", "--answers", "none.yaml"], "none.yaml"),
    ],
)
def test_what_does_not_exist_is_one_line_with_a_remedy(
    run: Run, arguments: list[str], says: str
) -> None:
    result = run(*arguments, code=2 if says == "No such option" else 3)

    assert says in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_outside_a_workspace_the_way_in_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["-C", str(tmp_path), "list"])

    assert result.exit_code == 3
    assert "slacontracts init DIR" in result.stderr


def test_wrong_settings_are_told_with_their_place(run: Run, contracts: Path) -> None:
    settings = contracts / "slacontracts.yaml"
    settings.write_text("organisation: N\nhouse_stile: x\n", encoding="utf-8")

    result = run("list", code=1)

    assert "slacontracts.yaml:2:1: error:" in result.stderr
    assert "house_style" in result.stderr


def test_agreements_are_listed_for_people(run: Run) -> None:
    printed = run("list").stdout

    assert ID in printed
    assert "contoso-retail" in printed
    assert "draft" in printed


def test_agreements_are_listed_for_programs(run: Run) -> None:
    listed = json.loads(run("list", "--json").stdout)

    first = next(one for one in listed if one["id"] == ID)
    assert first == {
        "id": ID,
        "customer": "contoso-retail",
        "kind": "customer",
        "title": first["title"],
        "version": 1,
        "state": "draft",
        "unsaved": False,
        "findings": [],
    }
    assert "Service Level Agreement" in first["title"]
    assert {one["kind"] for one in listed} >= {"customer", "ola", "uc"}


def test_a_broken_agreement_is_listed_with_the_way_to_its_faults(
    run: Run, contracts: Path
) -> None:
    source(contracts).write_text("id: [", encoding="utf-8")

    assert f"slacontracts check {ID}" in run("list").stdout


def test_an_empty_workspace_says_how_to_begin(tmp_path: Path) -> None:
    runner = CliRunner()
    made = runner.invoke(cli, ["-C", str(tmp_path), "init", "contracts"])
    assert made.exit_code == 0, made.output

    folder = str(tmp_path / "contracts")
    listed = runner.invoke(cli, ["-C", folder, "list"])

    assert listed.exit_code == 0
    assert "slacontracts new" in listed.stderr
    assert json.loads(runner.invoke(cli, ["-C", folder, "list", "--json"]).stdout) == []
    assert "organisation" in made.stderr


def test_a_folder_in_use_is_not_made_a_workspace(run: Run, contracts: Path) -> None:
    result = CliRunner().invoke(cli, ["init", str(contracts)])

    assert result.exit_code == 3
    assert "not empty" in result.stderr


def test_clauses_are_shown_with_their_wording_and_ranges(run: Run) -> None:
    every = run("clauses").stdout
    one = run("clauses", "service-credits").stdout
    for_programs = json.loads(run("clauses", "service-credits", "--json").stdout)

    assert "waiver" in every
    assert "/credits/cap_percent: percent; preferred <= 25" in one
    assert "--- preferred (en)" in one
    assert for_programs[0]["key"] == "service-credits"
    assert "Service Credit" in for_programs[0]["texts"]["preferred.en"]
    assert len(json.loads(run("clauses", "--json").stdout)) >= 24


def test_templates_are_shown_with_their_questions(run: Run) -> None:
    every = run("templates").stdout
    one = run("templates", "service/managed-hosting").stdout
    for_programs = json.loads(run("templates", "--json").stdout)

    assert "customer/enterprise" in every
    assert "/term/initial: How long is the initial term?" in one
    assert "(optional)" in one
    assert "corporate/standard" in {template["name"] for template in for_programs}


@pytest.mark.parametrize("kind", ["agreement", "clause", "template", "settings"])
def test_schemas_are_printed_in_and_outside_a_workspace(
    run: Run, tmp_path: Path, kind: str
) -> None:
    inside = json.loads(run("schema", kind).stdout)
    outside = CliRunner().invoke(cli, ["-C", str(tmp_path), "schema", kind])

    assert inside["$schema"] == json.loads(outside.stdout)["$schema"]


def test_a_clean_check_counts_and_ends_with_0(run: Run) -> None:
    result = run("check", ID)

    assert result.stdout.splitlines()[-1].startswith("0 errors,")
    assert result.stdout.splitlines()[-1].endswith("in 1 agreement")


def test_findings_name_their_place_and_errors_end_with_1(
    run: Run, contracts: Path
) -> None:
    file = source(contracts)
    file.write_text(
        file.read_text(encoding="utf-8").replace("P36M", "three years"),
        encoding="utf-8",
    )

    result = run("check", ID, code=1)

    first = result.stdout.splitlines()[0]
    assert first.startswith(f"agreements/contoso-retail/{ID}/agreement.yaml:")
    assert ": error: " in first
    assert result.stdout.splitlines()[-1].startswith("1 error,")
    (found,) = json.loads(run("check", ID, "--json", code=1).stdout)
    assert set(found) == {
        "severity",
        "code",
        "message",
        "file",
        "line",
        "column",
        "path",
    }
    assert found["path"] == "/term/initial"
    assert found["severity"] == "error"


def test_a_kind_of_finding_is_explained(run: Run) -> None:
    assert "undefined-term" in run("check", "--explain", "undefined-term").stdout


def test_an_outline_shows_numbers_and_origins(run: Run) -> None:
    printed = run("outline", ID).stdout
    for_programs = json.loads(run("outline", ID, "--json").stdout)

    assert "order-of-precedence [corporate/standard: preferred, locked]" in printed
    assert "Schedule 1" in printed
    assert "1.1  " in run("outline", ID, "--items").stdout
    first = next(line for line in for_programs if line["label"] == "3")
    assert first["items"][0]["label"] == "3.1"
    levels = {line["level"] for line in for_programs}
    assert {"corporate", "customer", "service"} <= levels


def test_values_are_set_with_an_equals_sign_inside_and_without_a_slash(
    run: Run, contracts: Path
) -> None:
    run("set", ID, "/parties/customer/address=a=b", "term/notice=P60D")

    text = source(contracts).read_text(encoding="utf-8")
    assert "a=b" in text
    assert "P60D" in text


def test_a_refused_value_says_why_and_writes_nothing(run: Run, contracts: Path) -> None:
    before = source(contracts).read_bytes()

    result = run("set", ID, "/term/initial=soon", code=3)

    assert "not a span of time" in result.stderr
    assert source(contracts).read_bytes() == before


def test_a_clause_is_used_in_another_position_and_the_note_leads_to_check(
    run: Run,
) -> None:
    result = run("use", ID, "limitation-of-liability", "--position", "fallback-1")
    assert "position fallback-1" in result.stdout
    run("use", ID, "limitation-of-liability", "--template")

    left_out = run("use", ID, "charges", "--omit")

    assert f"see slacontracts check {ID}" in left_out.stderr
    outline = json.loads(run("outline", ID, "--json").stdout)
    assert "charges" not in {line["clause"] for line in outline}


def test_negotiated_wording_comes_from_a_file(run: Run, tmp_path: Path) -> None:
    wording = tmp_path / "waiver.md"
    wording.write_text("1. Silence is no waiver.\n", encoding="utf-8")

    run("use", ID, "waiver", "--text", str(wording))

    assert "Silence is no waiver." in run("render", ID, "-o", "-").stdout


def test_rendering_names_the_file_and_says_when_it_replaces_one(
    run: Run, tmp_path: Path
) -> None:
    target = tmp_path / "draft.docx"

    first = run("render", ID, "-o", str(target))
    second = run("render", ID, "-o", str(target))

    assert first.stdout == f"{target}\n"
    assert "replaces the one that was there" in second.stdout
    assert target.read_bytes().startswith(b"PK")


def test_a_filled_form_and_another_file_are_replaced_only_by_force(
    run: Run, tmp_path: Path
) -> None:
    form, template = tmp_path / "new" / "form.docx", "service/managed-hosting"
    assert "was made" in run("form", template, "-o", str(form)).stderr
    run("form", template, "-o", str(form), "--language", "ar")
    run("render", ID, "-o", str(form), code=3)
    word = Document(str(form))
    word.tables[0].rows[1].cells[1].text = "Northwind"
    word.save(str(form))
    filled = form.read_bytes()

    again = run("form", template, "-o", str(form), code=3)
    rendered = run("render", ID, "-o", str(form), code=3)

    assert "is not an empty form of service/managed-hosting" in again.stderr
    assert f"is not a rendering of {ID}; choose another name" in rendered.stderr
    assert form.read_bytes() == filled
    run("render", ID, "-o", str(form), "--force")
    run("form", template, "-o", str(form), code=3)
    run("form", template, "-o", str(form), "--force")
    ours = {"/parties/provider/legal_name": "Northwind Hosting Ltd"}
    assert read_form(form.read_bytes(), "form.docx") == ours


def test_a_new_folder_for_a_rendering_is_said(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / "draft.html"

    assert f"the folder {target.parent} was made" in (
        run("render", ID, "-o", str(target)).stderr
    )
    assert run("render", ID, "-o", str(target)).stderr == ""


def test_a_name_that_ends_as_a_folder_is_one(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "my drafts"

    result = run("render", ID, "-o", f"{folder}/", "--format", "html")

    (file,) = folder.iterdir()
    assert result.stdout == f"{file}\n"
    assert file.name.startswith(ID)
    assert f"the folder {folder} was made" in result.stderr


def test_a_printed_command_quotes_a_folder_with_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "our contracts"

    result = CliRunner().invoke(cli, ["init", str(folder)])

    assert f'next: slacontracts -C "{folder}" list,' in result.stderr


def test_new_errors_are_printed_with_what_there_is_now(run: Run) -> None:
    result = run("use", ID, "data-protection", "--omit")

    *lines, more, last = result.stderr.splitlines()
    assert len(lines) == 5
    assert all(": error: " in line for line in lines)
    assert re.fullmatch(r"and \d+ more", more.strip())
    assert re.fullmatch(
        rf"now: \d+ errors(, \d+ warnings?)?(, \d+ information)?; "
        rf"see slacontracts check {ID}",
        last,
    )


def test_a_refused_version_of_the_library_ends_with_3(
    run: Run, contracts: Path
) -> None:
    (contracts / "templates/service/managed-hosting.yaml").unlink()
    run("library", "save", "-m", "No hosting")

    assert "does not fit" in run("library", "take", ID, code=3).stderr


@pytest.mark.parametrize("typed", ["\n  \nNorthwind\n"])
def test_an_empty_organisation_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(Session, "can_ask", property(lambda _: True))
    folder = tmp_path / "new"

    made = CliRunner().invoke(cli, ["init", str(folder)], input=typed)

    assert made.exit_code == 0, made.output
    assert made.stdout.count("Your organisation's name") == 3
    settings = (folder / "slacontracts.yaml").read_text(encoding="utf-8")
    assert re.search('^organisation: "?Northwind"?$', settings, re.MULTILINE)


def test_what_the_system_refuses_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/locked/file")

    monkeypatch.setattr("slacontracts.workflow.check.check_agreements", refuse)

    result = run("check", code=3)

    assert result.stderr == "error: /locked/file: Permission denied\n"


def test_rendering_into_a_folder_gives_the_usual_name(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()

    run("render", ID, "-o", str(folder), "--format", "html")
    run("render", ID, "-o", str(folder), "--execution")

    assert sorted(path.name for path in folder.iterdir()) == [
        f"{ID}-draft-1.html",
        f"{ID}.docx",
    ]


def test_an_execution_version_with_blanks_is_refused_with_places(
    run: Run, tmp_path: Path
) -> None:
    run("set", ID, "/parties/customer/legal_name=")

    result = run("render", ID, "--execution", "-o", str(tmp_path), code=1)

    assert "[unfilled-blank]" in result.stderr
    assert result.stderr.splitlines()[-1].startswith(f"error: {ID} is not ready")
    assert not list(tmp_path.glob("*.docx"))


def test_all_agreements_are_rendered_and_a_bad_one_is_told(
    run: Run, contracts: Path, tmp_path: Path
) -> None:
    source(contracts, "SLA-2026-0002").write_text("id: [", encoding="utf-8")

    result = run("render", "--all", "-o", str(tmp_path / "out"), "--jobs", "2", code=1)

    assert "documents per second" in result.stdout
    assert "1 not rendered" in result.stdout
    assert "SLA-2026-0002: not rendered: agreements/" in result.stderr
    others = len(list(contracts.rglob("agreement.yaml"))) - 1
    assert len(list((tmp_path / "out").iterdir())) == others
    assert f"the folder {tmp_path / 'out'} was made" in result.stderr


def test_saving_tells_the_number_and_when_nothing_changed(run: Run) -> None:
    assert "nothing changed since version 1" in run("save", ID, "-m", "Again").stdout
    run("set", ID, "/term/notice=P60D")

    assert "saved as version 2" in run("save", ID, "-m", "Notice").stdout


def test_an_unknown_author_is_told_once_how_to_be_known(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    run("set", ID, "/term/notice=P60D")

    assert "Northwind Hosting Ltd" in run("save", ID, "-m", "Notice").stderr


def test_the_library_is_saved_logged_and_compared(run: Run, contracts: Path) -> None:
    assert "as it was saved" in run("library", "diff").stdout
    assert "nothing changed" in run("library", "save", "-m", "x").stdout
    waiver = contracts / "clauses/waiver/preferred.en.md"
    waiver.write_text("1. Silence is never a waiver.\n", encoding="utf-8")

    assert "clauses/waiver/preferred.en.md: changed" in run("library", "diff").stdout
    saved = run("library", "save", "-m", "Waiver").stdout
    assert re.fullmatch(r"library: saved as version [0-9a-f]{12}\n", saved)
    log = json.loads(run("library", "log", "--json").stdout)
    assert [entry["message"] for entry in log] == ["Waiver", "The starter library"]
    assert log[0]["id"][:12] in run("library", "log").stdout
    assert "+ 1. Silence" in run("library", "diff", log[1]["id"][:8]).stdout
    (change,) = json.loads(run("library", "diff", log[1]["id"][:8], "--json").stdout)
    assert change["file"] == "clauses/waiver/preferred.en.md"
    assert change["kind"] == "changed"
    assert any(line.startswith("+ 1. Silence") for line in change["lines"])
    assert json.loads(run("library", "diff", "--json").stdout) == []


def test_taking_a_version_shows_what_reads_differently(
    run: Run, contracts: Path
) -> None:
    assert "already" in run("library", "take", ID).stdout
    waiver = contracts / "clauses/waiver/preferred.en.md"
    waiver.write_text("1. Silence is never a waiver.\n", encoding="utf-8")
    run("library", "save", "-m", "Waiver")

    taken = run("library", "take", ID).stdout

    assert "waiver: changed" in taken
    assert "+ 1. Silence is never a waiver." in taken
    assert f"{ID} now uses library version" in taken


def test_arabic_comes_out_as_it_is(run: Run) -> None:
    run("set", ID, "/parties/customer/legal_name=شركة كونتوسو للتجارة")

    assert "شركة كونتوسو للتجارة" in run("render", ID, "-o", "-").stdout
    assert "اتفاقية مستوى" in run("templates", "service/managed-hosting").stdout


def test_a_person_who_watches_sees_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from slacontracts.cli.session import progress_bar

    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")

    with progress_bar("rendering") as progress:
        progress(1, 2)
        progress(2, 2)

    said = capsys.readouterr().err
    assert "rendering" in said
    assert "100%" in said
