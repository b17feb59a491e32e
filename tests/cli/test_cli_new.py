"""Drafting on the command line: without a terminal, with answers, and by prompts."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from conftest import Run

from slacontracts.cli.session import Session
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.new import begin_intake

TEMPLATE = "service/managed-hosting"


@pytest.fixture
def answers(desk: Desk) -> dict[str, str]:
    intake = begin_intake(desk, TEMPLATE)
    return {q.path: q.example for q in intake.questions if q.example}


def written(tmp_path: Path, answers: dict[str, str]) -> Path:
    path = tmp_path / "answers.yaml"
    lines = [f'{at}: "{answer}"' for at, answer in answers.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_without_a_terminal_all_missing_answers_are_told_at_once(run: Run) -> None:
    result = run("new", TEMPLATE, code=3)

    assert "/parties/customer/legal_name" in result.stderr
    assert "/governing_law/law" in result.stderr
    assert '--set "/' in result.stderr
    assert result.stdout == ""


def test_answers_from_a_file_and_from_set_make_an_agreement(
    run: Run, tmp_path: Path, answers: dict[str, str]
) -> None:
    file = written(tmp_path, answers)

    result = run(
        *("new", TEMPLATE, "--answers", str(file), "--customer", "tailspin"),
        *("--id", "SLA-TT-1", "--set", "/parties/customer/legal_name=Tailspin = Toys"),
    )

    path = Path(result.stdout.strip())
    assert path.parts[-4:] == ("agreements", "tailspin", "SLA-TT-1", "agreement.yaml")
    assert "Tailspin = Toys" in path.read_text(encoding="utf-8")
    run("check", "SLA-TT-1")
    run("render", "SLA-TT-1", "--execution", "-o", str(tmp_path / "t.docx"))


def test_a_filled_form_makes_the_same_agreement_as_the_answers(
    run: Run, tmp_path: Path, contracts: Path, answers: dict[str, str]
) -> None:
    from slacontracts.render.form import FormRow, draw_form, read_form

    form = tmp_path / "form.docx"
    assert "questions" in run("form", TEMPLATE, "-o", str(form)).stdout
    rows = [FormRow(path, "?", "", answer) for path, answer in answers.items()]
    form.write_bytes(draw_form("Filled", rows, "en"))
    assert read_form(form.read_bytes(), "form") == answers

    run("new", TEMPLATE, "--id", "SLA-F-1", "--answers", str(form))
    yaml = written(tmp_path, answers)
    run("new", TEMPLATE, "--id", "SLA-Y-1", "--answers", str(yaml))

    (by_form,) = contracts.glob("agreements/*/SLA-F-1/agreement.yaml")
    (by_yaml,) = contracts.glob("agreements/*/SLA-Y-1/agreement.yaml")
    text = by_form.read_text(encoding="utf-8").replace("SLA-F-1", "SLA-Y-1")
    assert text == by_yaml.read_text(encoding="utf-8")


def test_prompts_ask_again_after_a_wrong_answer_and_skip_what_is_given(
    run: Run, monkeypatch: pytest.MonkeyPatch, answers: dict[str, str], desk: Desk
) -> None:
    monkeypatch.setattr(Session, "can_ask", property(lambda _: True))
    intake = begin_intake(desk, TEMPLATE)
    typed = []
    for question in intake.open_questions({"/governing_law/law": "x"}):
        if question.path == "/term/initial":
            typed += ["three years", ""]  # refused twice, then asked again
        typed.append(answers.get(question.path, ""))

    result = run(
        *("new", TEMPLATE, "--set", "/governing_law/law=Ireland"),
        typed="\n".join(typed) + "\n",
    )

    assert "not a span of time" in result.stderr
    assert "this one needs an answer" in result.stderr
    assert "Which law governs" not in result.stdout
    assert "agreement.yaml" in result.stdout


def test_an_interrupted_intake_writes_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch, contracts: Path
) -> None:
    monkeypatch.setattr(Session, "can_ask", property(lambda _: True))
    before = sorted(contracts.rglob("agreement.yaml"))

    result = run("new", TEMPLATE, code=1, typed="Northwind\n")

    assert "Abort" in result.output
    assert sorted(contracts.rglob("agreement.yaml")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_person_at_a_real_terminal_is_asked(
    contracts: Path, answers: dict[str, str], desk: Desk
) -> None:
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "slacontracts", "-C", str(contracts), "new", TEMPLATE],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "300"},
        cwd=Path(__file__).parents[2],
    ) as process:
        os.close(theirs)
        for question in begin_intake(desk, TEMPLATE).questions:
            os.write(ours, (answers.get(question.path, "") + "\n").encode())
        shown = b""
        try:
            while chunk := os.read(ours, 65536):
                shown += chunk
        except OSError:
            pass  # Linux says so when the other end closes
        os.close(ours)
    text = shown.decode(errors="replace")
    assert process.returncode == 0, text
    assert "How long is the initial term?" in text
    assert re.search(r"agreements/contoso-retail-llc/SLA-\d{4}-\d{4}", text)


def test_an_unsaved_library_is_told_with_the_way_out(
    run: Run, contracts: Path, tmp_path: Path, answers: dict[str, str]
) -> None:
    shutil.rmtree(contracts / "clauses" / "publicity")
    file = written(tmp_path, answers)

    result = run("new", TEMPLATE, "--answers", str(file), code=3)

    assert "slacontracts library save" in result.stderr
