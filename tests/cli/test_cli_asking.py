"""A dialogue and a returned form: the way back, and what is told of either."""

import re
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import pytest
from conftest import Run
from docx import Document
from docx.document import Document as WordDocument

from slacontracts.cli.session import Session
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.intake import begin_intake
from slacontracts.workflow.questions import is_required

TEMPLATE = "service/managed-hosting"
NAME = "What is the service called?"


@pytest.fixture
def answers(desk: Desk) -> dict[str, str]:
    return {q.path: q.example or "" for q in begin_intake(desk, TEMPLATE).questions}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A person sits at a terminal, in a folder of their own."""
    monkeypatch.setattr(Session, "can_ask", property(lambda _: True))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def written(folder: Path, answers: dict[str, str]) -> str:
    lines = [f'{at}: "{answer}"\n' for at, answer in answers.items() if answer]
    (folder / "mine.yaml").write_text("".join(lines), encoding="utf-8")
    return "mine.yaml"


def returned(
    run: Run, folder: Path, answers: dict[str, str]
) -> tuple[Path, WordDocument]:
    """A form that was filled in; it can be written in further."""
    path = folder / "form.docx"
    run("form", TEMPLATE, "-o", str(path))
    form = Document(BytesIO(path.read_bytes()))
    for row in form.tables[0].rows:
        if answer := answers.get(row.cells[2].text):
            row.cells[1].text = answer
    form.save(str(path))
    return path, form


def test_a_person_goes_back_and_answers_again(
    run: Run, terminal: Path, answers: dict[str, str]
) -> None:
    lines = list(answers.values())
    at = list(answers).index("/term/initial")
    typed = [*lines[:at], "<", "back", "", "", "48 months", *lines[at + 1 :]]

    result = run("new", TEMPLATE, typed="\n".join(typed) + "\n")

    assert "< goes a question back" in result.stderr
    text = Path(result.stdout.split()[-1]).read_text(encoding="utf-8")
    assert "P48M" in text
    assert "<" not in text


def test_before_the_first_question_there_is_none(
    run: Run, terminal: Path, answers: dict[str, str]
) -> None:
    typed = "\n".join(["<", *answers.values()]) + "\n"

    assert "this is the first question" in run("new", TEMPLATE, typed=typed).stderr


def test_an_answer_that_was_given_before_is_reached_by_going_back(
    run: Run, terminal: Path, answers: dict[str, str]
) -> None:
    known = {at: one for at, one in answers.items() if at != "/term/initial"}
    paths = list(answers)
    before = paths[paths.index("/term/initial") - 1]
    file = written(terminal, {at: known[at] for at in known if known[at]})
    open_before = [at for at in paths if not answers[at]]
    assert open_before == []

    typed = f"<\n{answers[before]}\n24 months\n"
    result = run("new", TEMPLATE, "--answers", file, typed=typed)

    assert "answered already; to change an answer, go back" in result.stderr
    assert "P24M" in Path(result.stdout.split()[-1]).read_text(encoding="utf-8")


def test_when_everything_is_answered_there_is_no_dialogue(
    run: Run, terminal: Path, answers: dict[str, str]
) -> None:
    result = run("new", TEMPLATE, "--answers", written(terminal, answers))

    assert "Ctrl-C" not in result.stderr
    assert [path.name for path in terminal.iterdir()] == ["mine.yaml"]


def test_what_a_form_leaves_empty_is_not_asked_again_where_it_is_optional(
    run: Run, terminal: Path, answers: dict[str, str], desk: Desk
) -> None:
    questions = begin_intake(desk, TEMPLATE).questions
    optional = [one for one in questions if not is_required(one)]
    assert optional
    filled = answers | dict.fromkeys((q.path for q in optional), "")
    path, _ = returned(run, terminal, filled | {"/term/initial": ""})

    result = run("new", TEMPLATE, "--answers", str(path), typed="24 months\n")

    assert "How long is the initial term?" in result.stdout
    assert "(optional)" not in result.stdout


def test_what_a_form_says_beside_its_answers_is_quoted(
    run: Run, terminal: Path, answers: dict[str, str]
) -> None:
    path, form = returned(run, terminal, answers)
    quiet = run("new", TEMPLATE, "--answers", str(path))
    rows = form.tables[0].rows
    rows[1].cells[0].paragraphs[0].text = "Our new name?"
    table = form.tables[0]._tbl
    table.append(deepcopy(rows[2]._tr))
    own = form.tables[0].rows[-1]
    for cell, text in zip(
        own.cells, ("Also wanted:", "a second site", ""), strict=True
    ):
        cell.text = text
    form.add_paragraph("Please add a discount of 5%.")
    form.save(str(path))

    result = run("new", TEMPLATE, "--answers", str(path))

    assert "not read" not in quiet.stderr
    assert "in other words" not in quiet.stderr
    for text in ("Also wanted:", "a second site", "Please add a discount of 5%."):
        assert f'not read, because it is no answer: "{text}"' in result.stderr
    changed = r"asks for /parties/\w+/legal_name in other words .*Our new name\?"
    assert re.search(changed, result.stderr)


def test_errors_of_a_new_agreement_are_printed_and_the_rest_is_counted(
    run: Run, terminal: Path, answers: dict[str, str]
) -> None:
    file = written(terminal, answers)

    result = run("new", TEMPLATE, "--answers", file, "--set", "/review/next=2020-01-01")

    assert re.search(r"agreement\.yaml:\d+:\d+: error: .*review", result.stderr)
    counted = r"now: 1 error(, \d+ warnings?)?(, \d+ information)?; see slacontracts"
    assert re.search(counted, result.stderr)


def test_a_form_gives_examples_in_peoples_words(run: Run, terminal: Path) -> None:
    for language, example in (("en", "36 months"), ("ar", "36 شهر")):
        path = terminal / f"{language}.docx"
        run("form", TEMPLATE, "-o", str(path), "--language", language)

        rows = Document(str(path)).tables[0].rows
        text = "\n".join(row.cells[0].text for row in rows)

        assert example in text
        assert "P36M" not in text
        assert "/governing_law" not in text
