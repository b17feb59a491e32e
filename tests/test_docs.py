"""The documentation kept true: its commands run, its examples are read, nothing is left out."""

import ast
import json
import os
import re
import select
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner
from docx import Document
from marked_up import ANSWERS
from pydantic import BaseModel

from slacontracts import checks
from slacontracts.cli import cli
from slacontracts.compose.assemble import compose_agreement
from slacontracts.compose.blanks import agreement_data, fill_text
from slacontracts.compose.tables import TABLES, make_table
from slacontracts.compose.tables.cells import Sheet
from slacontracts.deadlines.facts_file import read_facts
from slacontracts.jinja_text import CLAUSE_FILTERS, parse_program
from slacontracts.model.agreement import Agreement
from slacontracts.model.clause import LibraryClause
from slacontracts.model.finding import Severity, has_errors
from slacontracts.model.key_facts import PaperFacts
from slacontracts.model.library import Library
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.template import Template
from slacontracts.source.library import read_library
from slacontracts.source.settings import read_settings
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.office import find_soffice
from slacontracts.store.workspace import Workspace
from slacontracts.workflow.questions import questions_of, words_of

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
README = ROOT / "README.md"
PAGES = [
    README,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(DOCS.rglob("*.md")),
]
WALKED = [
    README,
    DOCS / "amending.md",
    DOCS / "commands.md",
    DOCS / "negotiating.md",
    DOCS / "registering.md",
    DOCS / "workspace.md",
]
SETTINGS = WorkspaceSettings(organisation="Northwind Hosting Ltd")

_FENCE = re.compile(
    r"(?:^<!-- (?P<note>[^\n]*) -->\n)?^```(?P<language>[a-z]*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page; note: what the comment before it tells these tests."""

    page: Path
    line: int
    language: str
    note: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            page,
            text.count("\n", 0, match.start("language")) + 1,
            match["language"],
            match["note"] or "",
            match["text"],
        )
        for match in _FENCE.finditer(text)
    ]


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


@cache
def starter_library() -> Library:
    library, findings = read_library(Workspace(ROOT).library_files(), "working")
    assert not has_errors(findings)
    return library


def examples_of(template: str) -> dict[str, str]:
    questions = questions_of(template, starter_library())
    return {question.path: question.example or "" for question in questions}


# --- Commands run, and answer as it is shown -------------------------------------


class Walk:
    """Somebody who types what a page says, in a folder of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch
        monkeypatch.chdir(folder)

    def follow(self, block: Block) -> None:
        self.prepare(block)
        text = this_year(block.text) if block.page == README else block.text
        for command, shown in commands_in(text):
            command = today_in(command)
            if command[0] == "cd":
                self.folder = self.folder / command[1]
                self.monkeypatch.chdir(self.folder)
                continue
            assert command[0] == "slacontracts", f"{block}: {command}"
            if block.note.startswith("at a terminal"):
                code, output = at_a_terminal(command[1:], self.folder)
            else:
                result = CliRunner().invoke(cli, command[1:], catch_exceptions=False)
                code, output = result.exit_code, result.output
            if block.note.startswith("needs LibreOffice") and find_soffice() is None:
                assert (code, output[:26]) == (3, "error: PDF and page numbers")
                continue
            where = f"{block}: {shlex.join(command)}\n{output}"
            assert re.fullmatch(as_shown(shown), plain(output)), where
            is_error = any(re.match(r"(error|.*: error):", line) for line in shown)
            assert bool(code) == is_error, f"{where}\nexit code {code}"

    def prepare(self, block: Block) -> None:
        """Do what a person does between two commands."""
        verb, _, rest = block.note.partition(" ")
        file, _, what = rest.partition(": ")
        if verb == "fill":
            fill_form(
                self.folder / file,
                examples_of("service/managed-hosting")
                | {"/parties/customer/legal_name": "Fourth Coffee SARL"},
            )
        elif verb == "examples":
            answers = yaml.safe_dump(examples_of("service/ola"), allow_unicode=True)
            (self.folder / file).write_text(answers, encoding="utf-8")
        elif verb == "share":
            bare = ["git", "init", "--quiet", "--bare", "-b", "main", file]
            subprocess.run(bare, cwd=self.folder, check=True)
        elif verb == "copy":
            source = next(
                path for path in (self.folder / file, ROOT / file) if path.exists()
            )
            (self.folder / what).write_bytes(source.read_bytes())
        elif verb == "answer":
            which, name = what.split()
            answer = ANSWERS[which]((self.folder / file).read_bytes())
            (self.folder / name).write_bytes(answer)
        elif verb == "edit":
            path, (old, new) = self.folder / file, what.split(" -> ")
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{block}: {old!r} in {file}"
            path.write_text(text.replace(old, new), encoding="utf-8")


def commands_in(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each command of a block with the lines that are shown below it."""
    lines = text.splitlines()
    starts = [at for at, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield shlex.split(lines[start][2:]), lines[start + 1 : end]


def today_in(command: list[str]) -> list[str]:
    """Return a command that says of what it says happened that it did so today.

    The day in a page may be still to come where the tests are run.
    """
    happened = {"--signed-on", "--met-on", "--received"}
    return [
        re.sub(r"\d{4}-\d\d-\d\d", f"{date.today()}", word)
        if option in happened
        else word
        for option, word in zip(["", *command], command, strict=False)
    ]


def this_year(text: str) -> str:
    """Return a text of the tour, whose agreements are numbered by the year."""
    return text.replace("SLA-2026-", f"SLA-{date.today().year}-")


def plain(text: str) -> str:
    """Return an output without empty lines and without what the library's size decides.

    Ids of versions and times differ each time; clauses, questions and checks come
    and go.
    """
    text = re.sub(r"\b[0-9a-f]{12}([0-9a-f]{28})?\b", "VERSION", text)
    text = re.sub(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b", "WHEN", text)
    text = re.sub(r"(?m)^\d+ of \d+\r?$", "NUMBER", text)
    text = re.sub(r"(?m)^\d+ +(?=[A-Z])|\b\d+ (?=questions$)", "NUMBER ", text)
    text = re.sub(r"(?m)^note: (\d+|\.\.\.) (error|warning)s?\b.*; .*$", "", text)
    lines = (" ".join(line.replace("─", " ").split()) for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def as_shown(lines: list[str]) -> str:
    """Return a pattern of the lines shown; "..." stands for whatever was left out.

    Paths are shown from the folder in which the page began.
    """
    pattern = ""
    for line in plain("\n".join(lines)).splitlines():
        if line == "...":
            pattern += r"(?:.*\n)*?"
            continue
        pieces = [re.escape(piece.strip()) for piece in line.split("...")]
        begins = r"(?:/.*/)?" if line.startswith("contracts/") else ""
        ends = r".*\n(?:.*\n)*?" if not pieces[-1] else r"\n"
        pattern += begins + ".*".join(pieces if pieces[-1] else pieces[:-1]) + ends
    return pattern


def at_a_terminal(arguments: list[str], folder: Path) -> tuple[int, str]:
    """Run the real program at a pseudo-terminal, answering with the examples."""
    import pty

    words = {
        words_of(question): question.example or ""
        for question in questions_of("service/managed-hosting", starter_library())
    }
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "slacontracts", *arguments]
    with subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        output = ""
        while select.select([ours], [], [], 30)[0]:
            try:
                read = os.read(ours, 65536).decode()
            except OSError:  # how Linux says that the other end was closed
                break
            if not read:
                break
            output += read
            asked = output.rpartition("\n")[2]
            if asked.endswith(": ") and (question := asking(asked, words)):
                os.write(ours, f"{words[question]}\n".encode())
        os.close(ours)
        return process.wait(timeout=30), output


def asking(line: str, words: dict[str, str]) -> str | None:
    return next((question for question in words if question in line), None)


def fill_form(path: Path, answers: dict[str, str]) -> None:
    form = Document(str(path))
    for row in form.tables[0].rows:
        address = row.cells[2].text
        if address in answers:
            row.cells[1].text = answers[address]
    form.save(str(path))


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """Give the user a name in git, a cache, and none of this computer's settings."""
    folder = tmp_path_factory.mktemp("computer")
    settings = folder / "gitconfig"
    settings.write_text(
        "[user]\nname = Niamh Kelleher\nemail = niamh@northwind.example"
    )
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        monkeypatch.setenv("SLACONTRACTS_CACHE", str(folder / "cache"))
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        yield monkeypatch


@pytest.fixture(scope="module")
def samples(
    computer: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a workspace of samples, one of which has an error and a blank."""
    folder = tmp_path_factory.mktemp("samples") / "contracts"
    run = CliRunner()
    run.invoke(cli, ["init", str(folder), "--sample"])
    for change in (
        ["set", "SLA-2026-0001", "/governing_law/law="],
        ["use", "SLA-2026-0001", "data-protection", "--omit"],
    ):
        assert run.invoke(cli, ["-C", str(folder), *change]).exit_code == 0
    return folder


@pytest.mark.unwatched
@pytest.mark.skipif(os.name != "posix", reason="the tour is typed at a pseudo-terminal")
@pytest.mark.parametrize("page", WALKED, ids=lambda page: page.name)
def test_a_page_can_be_followed_to_the_letter(
    page: Path,
    computer: pytest.MonkeyPatch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    walk = Walk(tmp_path, monkeypatch)

    for block in blocks_of(page):
        if block.language == "console":
            walk.follow(block)
        elif block.note in ("answers", "key-facts"):
            file = walk.folder / f"{block.note}.yaml"
            file.write_text(block.text, encoding="utf-8")


def test_a_block_of_commands_runs_or_says_why_not() -> None:
    for block in BLOCKS:
        if block.language in ("sh", "powershell"):
            assert re.match(r"not run: \w+", block.note), f"{block} gives no reason"
        elif block.language == "console":
            assert block.page in WALKED, f"{block} is run by no test"
        else:
            assert "$ slacontracts" not in block.text, f"{block} is no console block"


def test_the_two_commands_come_first_and_exist() -> None:
    first = next(block for block in blocks_of(README) if block.language == "sh")

    makefile = (ROOT / "Makefile").read_text()
    assert first.text.splitlines() == ["make demo", "make test"]
    assert re.search("^demo:", makefile, re.MULTILINE)
    assert re.search("^test:", makefile, re.MULTILINE)


def test_messages_of_the_readme_are_those_of_the_product() -> None:
    spoken = "\n".join(texts_of_the_product())
    section = README.read_text().split("## When something goes wrong")[1]
    rows = re.findall(r"^\| (.+?) \| .+ \|$", section.split("\n## ")[0], re.MULTILINE)

    messages = [piece for row in rows[1:] for piece in re.findall("`(.+?)`", row)]
    own = [one for one in messages if "command not found" not in one]
    assert len(own) > 10
    assert [one for one in own if one not in spoken] == []


def test_the_readme_counts_what_comes_with_the_product() -> None:
    library, text = starter_library(), README.read_text()

    assert f"More than 100 clauses and {len(library.templates)} templates" in text
    assert len(library.clauses) > 100


def texts_of_the_product() -> Iterator[str]:
    for path in (ROOT / "slacontracts").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


# --- Examples are read by the product --------------------------------------------


def examples(kind: str) -> list[Any]:
    return [
        pytest.param(block, id=str(block))
        for block in BLOCKS
        if block.note.split(":")[0] == kind and block.language != "console"
    ]


@cache
def sample_sheet() -> tuple[dict[str, Any], Sheet]:
    file = "agreements/contoso-retail/SLA-2026-0001/agreement.yaml"
    source, _ = read_yaml((ROOT / file).read_bytes(), file)
    assert source is not None
    composed, _ = compose_agreement(source, starter_library(), SETTINGS)
    assert composed is not None
    agreement = composed.numbered.document.agreement
    return agreement_data(agreement), Sheet(agreement, "en", "latin")


def faults_of(text: str) -> list[str]:
    """Return what is wrong with a clause text, filled with a sample's values."""
    program, faults = parse_program(text)
    if faults:
        return [fault.message for fault in faults]
    data, sheet = sample_sheet()
    filling = fill_text(
        program,
        data,
        language="en",
        digits="latin",
        make_table=lambda name: make_table(name, sheet),
    )
    assert filling.blocks
    return [fault.message for fault in filling.faults]


@pytest.mark.parametrize("block", examples("clause text"))
def test_a_clause_text_of_the_docs_is_read_without_a_fault(block: Block) -> None:
    assert faults_of(block.text) == []


@pytest.mark.parametrize("block", examples("refused"))
def test_a_wrong_clause_text_of_the_docs_is_refused_as_said(block: Block) -> None:
    assert block.note.removeprefix("refused: ") in "\n".join(faults_of(block.text))


def test_every_clause_text_of_the_docs_is_marked_for_these_tests() -> None:
    texts = [block for block in BLOCKS if block.language == "markdown"]
    notes = {block.note.split(":")[0] for block in texts}

    assert len(texts) > 5
    assert notes == {"clause text", "refused"}


@pytest.mark.parametrize("block", examples("agreement"))
def test_the_agreement_of_the_docs_has_no_errors(block: Block) -> None:
    file = "agreements/contoso-retail/SLA-2026-0042/agreement.yaml"
    source, findings = read_yaml(block.text, file)
    assert source is not None, findings

    composed, findings = compose_agreement(source, starter_library(), SETTINGS)

    assert composed is not None, findings
    found = checks.run(composed.numbered, starter_library(), composed.composition.place)
    assert [str(one) for one in findings] == []
    assert [str(one) for one in found if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("block", examples("clause"))
def test_the_clause_of_the_docs_is_read_beside_the_library(block: Block) -> None:
    folder = "clauses/early-warning"
    text = (
        "1. The Provider must warn the Customer within {{ early_warning.hours | hours }}"
        "{% if early_warning.by %} by {{ early_warning.by }}{% endif %}.\n"
    )
    files = {
        **Workspace(ROOT).library_files(),
        f"{folder}/clause.yaml": block.text.encode(),
        f"{folder}/preferred.en.md": text.encode(),
        f"{folder}/fallback-1.en.md": text.encode(),
    }

    library, findings = read_library(files, "working")

    assert [one for one in findings if one.origin.file.startswith(folder)] == []
    assert "early-warning" in library.clauses


@pytest.mark.parametrize("block", examples("template"))
def test_an_agreement_can_be_composed_from_the_template_of_the_docs(
    block: Block,
) -> None:
    name = "service/web-shop"
    file = f"templates/{name}.yaml"
    files = {**Workspace(ROOT).library_files(), file: block.text.encode()}

    library, findings = read_library(files, "working")
    source, _ = read_yaml(f"id: SLA-1\ntemplate: {name}", "agreement.yaml")
    assert source is not None
    composed, composing = compose_agreement(source, library, SETTINGS)

    assert [one for one in (*findings, *composing) if one.origin.file == file] == []
    assert composed is not None
    keys = [entry.key for entry in composed.composition.outline]
    assert keys.index("warranties") == keys.index("services") + 1
    assert "publicity" not in keys


@pytest.mark.parametrize("block", examples("settings"))
def test_the_settings_of_the_docs_are_read(block: Block) -> None:
    settings, findings = read_settings(block.text, "slacontracts.yaml")

    assert findings == ()
    assert settings is not None


@pytest.mark.parametrize("block", examples("key-facts"))
def test_the_key_facts_of_the_docs_are_read(block: Block) -> None:
    facts, findings = read_facts(block.text, "facts.yaml")

    assert findings == ()
    assert facts is not None


def test_every_yaml_block_is_read_by_a_test() -> None:
    read = {"agreement", "clause", "template", "settings", "answers", "key-facts"}
    left = [
        block for block in BLOCKS if block.language == "yaml" and block.note not in read
    ]

    assert [block.note for block in left] == ["two lines of an agreement"]


# --- Nothing is left out ---------------------------------------------------------


def commands_below(
    command: click.Command, name: str = ""
) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield f"{name} {inner}".strip(), found
            yield from commands_below(found, f"{name} {inner}".strip())


def sections_of(page: Path) -> dict[str, str]:
    parts = re.split(r"^##+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_command_has_a_section_with_its_options_and_an_example() -> None:
    sections = sections_of(DOCS / "commands.md")

    missing = []
    for name, command in commands_below(cli):
        text = sections.get(name, "")
        if f"slacontracts {name}" not in text:
            missing.append(name)
        for parameter in command.params:
            spelt = [one for one in parameter.opts if one.startswith("-")]
            missing += [
                f"{name} {one}" for one in spelt if one not in text and one != "--json"
            ]
            if "--json" in spelt and "JSON" not in text:
                missing.append(f"{name} --json")
        if (
            not isinstance(command, click.Group)
            and f"$ slacontracts {name}" not in text
        ):
            missing.append(f"example of {name}")
    general = sections["For all commands"]
    missing += [one for p in cli.params for one in p.opts if f"`{one}" not in general]

    assert missing == []


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "clauses",
        "templates",
        "check",
        "outline SLA-2026-0001",
        "versions SLA-2026-0001",
        "library log",
    ],
)
def test_the_fields_of_json_are_documented(command: str, samples: Path) -> None:
    arguments = ["-C", str(samples), *command.split(), "--json"]

    result = CliRunner().invoke(cli, arguments)

    (first, *_) = json.loads(result.stdout)
    section = sections_of(DOCS / "commands.md")[command.split(" SLA")[0]]
    assert [name for name in first if f"`{name}`" not in section] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["list"], 0),
        (["check", "SLA-2026-0001"], 1),
        (["render", "SLA-2026-0001", "--execution"], 1),
        (["render"], 2),
        (["lsit"], 2),
        (["check", "SLA-2026-0099"], 3),
        (["set", "SLA-2026-0001", "/term/initial=long"], 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes_are_those_of_the_docs(
    arguments: list[str], code: int, samples: Path
) -> None:
    result = CliRunner().invoke(cli, ["-C", str(samples), *arguments])

    assert result.exit_code == code, result.output


def test_every_finding_is_explained() -> None:
    text = (DOCS / "checks.md").read_text()

    codes = [fault.code for fault in checks.FAULTS]
    assert len(codes) > 40
    assert [code for code in codes if f"### {code}\n" not in text] == []


@pytest.mark.parametrize(
    ("page", "model"),
    [
        ("agreements.md", Agreement),
        ("writing-clauses.md", LibraryClause),
        ("writing-templates.md", Template),
        ("workspace.md", WorkspaceSettings),
        ("key-facts.md", PaperFacts),
    ],
)
def test_every_field_is_documented(page: str, model: type[BaseModel]) -> None:
    text = (DOCS / page).read_text()

    names = {name.rstrip("_") for name in fields_below(model)}
    names -= {"values"} if model is Agreement else set()
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", text)] == []


def fields_below(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield name
        for inner in models_in(field.annotation):
            yield from fields_below(inner)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from models_in(argument)


def test_every_table_and_way_to_write_is_documented() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \|", (DOCS / "writing-clauses.md").read_text(), re.M
    )

    assert set(TABLES) <= set(rows)
    assert set(CLAUSE_FILTERS) <= set(rows)


# --- Pages find each other -------------------------------------------------------


def anchors_of(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    bare = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in bare}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text())

    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match("[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors_of(found), f"{page.name}: {target}"


@pytest.mark.parametrize(
    "index", [DOCS / "README.md", DOCS / "decisions" / "README.md"]
)
def test_an_index_lists_every_page_beside_it(index: Path) -> None:
    pages = {page.name for page in index.parent.glob("*.md")} - {"README.md"}

    listed = set(re.findall(r"\]\(([^)/]+\.md)\)", index.read_text()))
    assert listed == pages


@pytest.mark.parametrize(
    "page", sorted((DOCS / "decisions").glob("[0-9]*.md")), ids=lambda p: p.stem
)
def test_a_decision_says_why_what_follows_and_what_it_rests_on(page: Path) -> None:
    text = page.read_text()

    for part in ("Context", "Decision", "Consequences", "Evidence"):
        assert f"**{part}.**" in text
    assert text.startswith(f"# {int(page.stem[:2])}. ")


def test_the_changelog_keeps_its_order() -> None:
    order = ["Security", "Documents", "Removed", "Changed", "Added", "Fixed"]
    releases = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.M)[1:]

    assert releases[0].startswith("Unreleased\n")
    for release in releases:
        titles = re.findall(r"^### (.+)$", release, re.MULTILINE)
        assert titles == [title for title in order if title in titles]
