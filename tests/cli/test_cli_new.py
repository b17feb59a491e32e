"""Drafting on the command line: without a terminal, with answers, and by prompts."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from conftest import Run

from slacontracts.cli.session import Session
from slacontracts.workflow.answers import answers_in
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.intake import begin_intake

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
    run("save", "SLA-TT-1", "-m", "First")
    run("render", "SLA-TT-1", "--execution", "-o", str(tmp_path / "t.docx"))


def test_a_filled_form_makes_the_same_agreement_as_the_answers(
    run: Run, tmp_path: Path, contracts: Path, answers: dict[str, str]
) -> None:
    from slacontracts.render.form import FormHead, FormRow, draw_form
    from slacontracts.render.form_reading import read_form

    form = tmp_path / "form.docx"
    assert "questions" in run("form", TEMPLATE, "-o", str(form)).stdout
    rows = [FormRow(path, "?", "", answer) for path, answer in answers.items()]
    form.write_bytes(draw_form(FormHead("Filled"), rows, "en"))
    assert read_form(form.read_bytes(), "form") == answers

    run("new", TEMPLATE, "--id", "SLA-F-1", "--answers", str(form))
    yaml = written(tmp_path, answers)
    run("new", TEMPLATE, "--id", "SLA-Y-1", "--answers", str(yaml))

    (by_form,) = contracts.glob("agreements/*/SLA-F-1/agreement.yaml")
    (by_yaml,) = contracts.glob("agreements/*/SLA-Y-1/agreement.yaml")
    text = by_form.read_text(encoding="utf-8").replace("SLA-F-1", "SLA-Y-1")
    assert text == by_yaml.read_text(encoding="utf-8")


KEPT = "answers-SLA-*.yaml"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A person sits at a terminal, in a folder of their own."""
    monkeypatch.setattr(Session, "can_ask", property(lambda _: True))
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def typing(desk: Desk, answers: dict[str, str], **instead: str) -> str:
    """What a person types: examples, but other lines at the named last steps."""
    lines = [
        instead.get(q.path.rpartition("/")[2], answers.get(q.path, ""))
        for q in begin_intake(desk, TEMPLATE).questions
    ]
    return "\n".join(lines) + "\n"


def test_a_wrong_price_is_asked_again_at_once_and_nothing_is_lost(
    run: Run, terminal: Path, answers: dict[str, str], desk: Desk
) -> None:
    typed = typing(
        desk,
        answers,
        amount="-500\n6,500.00",
        currency="four thousand\nsar",
        initial="P0M\np24m",
        on="last-signature",
    )

    result = run("new", TEMPLATE, typed=typed)

    for fault in ("is negative", "not a known currency", "no time at all"):
        assert fault in result.stderr
    text = Path(result.stdout.strip().splitlines()[-1]).read_text(encoding="utf-8")
    for line in ("6500.00", "SAR", "P24M", "last-signature"):
        assert line in text
    assert not list(terminal.glob(KEPT))


def test_a_person_sees_who_we_are_how_far_it_is_and_what_is_optional(
    run: Run, terminal: Path, answers: dict[str, str], desk: Desk
) -> None:
    result = run("new", TEMPLATE, typed=typing(desk, answers))

    total = len(begin_intake(desk, TEMPLATE).questions)
    assert '"our" mean Northwind Hosting Ltd' in result.stderr.splitlines()[0]
    assert f"\n5 of {total}\n" in result.stderr
    assert "Our legal form? (optional)" in result.stdout
    assert "Our registered name? (optional)" not in result.stdout


def test_enter_takes_what_the_settings_say_of_us(
    run: Run, terminal: Path, contracts: Path, answers: dict[str, str], desk: Desk
) -> None:
    settings = contracts / "slacontracts.yaml"
    text = settings.read_text(encoding="utf-8")
    own = "\nour_details: {address: 1 Own Street, register_no: '0077'}\n"
    settings.write_text(text + own, encoding="utf-8")
    for name in ("legal_name", "address", "register_no"):
        del answers[f"/parties/provider/{name}"]

    result = run("new", TEMPLATE, typed=typing(desk, answers))

    assert "Our registered name? [Northwind Hosting Ltd]" in result.stdout
    assert "Our registered address? [1 Own Street]" in result.stdout
    written = Path(result.stdout.strip().splitlines()[-1]).read_text(encoding="utf-8")
    for kept in ("Northwind Hosting Ltd", "1 Own Street", "0077"):
        assert kept in written


def test_answers_that_quarrel_are_asked_again_and_the_others_are_not(
    run: Run, terminal: Path, answers: dict[str, str], desk: Desk
) -> None:
    typed = typing(desk, answers, amount="4500.50", currency="JPY") + "4500\n\n"

    result = run("new", TEMPLATE, typed=typed)

    assert "more decimals than JPY" in result.stderr
    assert result.stdout.count("What does it cost each month") == 2
    assert result.stdout.count("How long is the initial term?") == 1
    (file,) = re.findall(r"\S+agreement\.yaml", result.stdout)
    assert "JPY" in Path(file).read_text(encoding="utf-8")


def test_an_interrupted_intake_keeps_the_answers_to_go_on_with(
    run: Run, terminal: Path, contracts: Path, answers: dict[str, str], desk: Desk
) -> None:
    before = sorted(contracts.rglob("agreement.yaml"))
    first, second = typing(desk, answers).split("\n", 1)

    stopped = run("new", TEMPLATE, code=1, typed=f"{first}\n")
    assert sorted(contracts.rglob("agreement.yaml")) == before
    (kept,) = terminal.glob(KEPT)
    assert f"--answers {kept.name}" in stopped.stderr
    result = run("new", TEMPLATE, "--answers", kept.name, typed=second)

    assert "Our registered name?" not in result.stdout
    assert len(sorted(contracts.rglob("agreement.yaml"))) == len(before) + 1
    assert not list(terminal.glob(KEPT))


def test_what_no_question_could_mend_is_told_before_anything_is_asked(
    run: Run, terminal: Path
) -> None:
    for words in (
        ("--set", "/language=en+ar"),
        ("--set", "/term/intial=P1M"),
        ("--id", "SLA-2026-0001"),
        ("--customer", "con"),
    ):
        result = run("new", TEMPLATE, *words, code=3)

        assert result.stdout == ""
    assert not list(terminal.iterdir())


def test_a_refusal_at_the_end_keeps_the_answers(
    run: Run,
    terminal: Path,
    answers: dict[str, str],
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from slacontracts.errors import OutsideError
    from slacontracts.workflow import new

    def full(*_: object) -> None:
        raise OutsideError("the disk is full")

    monkeypatch.setattr(new, "_write", full)

    result = run("new", TEMPLATE, typed=typing(desk, answers), code=3)

    (kept,) = terminal.glob(KEPT)
    assert kept.name in result.stderr
    default = begin_intake(desk, TEMPLATE).default
    own = {path: one for path, one in answers.items() if one != default(path)}
    assert answers_in(kept, {}, begin_intake(desk, TEMPLATE).asked) == own


def test_a_name_without_latin_letters_is_followed_by_asking_for_a_folder(
    run: Run, terminal: Path, answers: dict[str, str], desk: Desk
) -> None:
    answers["/parties/customer/legal_name"] = "شركة كونتوسو\nA B\nkontoso"

    result = run("new", TEMPLATE, typed=typing(desk, answers))

    assert "agreements/kontoso/" in result.stdout
    asked = result.stdout.index("A short name for the folder")
    assert asked < result.stdout.index("How long is the initial term?")


def test_without_a_terminal_a_folder_is_made_and_said(
    run: Run, tmp_path: Path, answers: dict[str, str]
) -> None:
    answers["/parties/customer/legal_name"] = "شركة كونتوسو"

    result = run("new", TEMPLATE, "--answers", str(written(tmp_path, answers)))

    assert "agreements/customer-1/" in result.stdout
    assert "the folder is customer-1; --customer KEY" in result.stderr


def test_prompts_ask_again_after_a_wrong_answer_and_skip_what_is_given(
    run: Run, terminal: Path, answers: dict[str, str], desk: Desk
) -> None:
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


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_person_at_a_real_terminal_is_asked(
    contracts: Path, answers: dict[str, str], desk: Desk, tmp_path: Path
) -> None:
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "slacontracts", "-C", str(contracts), "new", TEMPLATE],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={
            **os.environ,
            "TERM": "dumb",
            "COLUMNS": "300",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        cwd=tmp_path,
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
