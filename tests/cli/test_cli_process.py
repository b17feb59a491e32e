"""The command as a process: start-up, pipes, and output in any surroundings."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

ROOT = Path(__file__).parents[2]
ID = "SLA-2026-0001"
pytestmark = pytest.mark.usefixtures("watched_processes")


def start(
    *arguments: str,
    cwd: Path = ROOT,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "slacontracts", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)} | dict(variables),
    )


def test_the_module_runs_as_the_command_does() -> None:
    done = start("--help")

    assert done.returncode == 0
    assert done.stdout.startswith(b"Usage: slacontracts")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['slacontracts', '--help']\n"
        "before = set(sys.modules)  # what measures coverage loads its own\n"
        "from slacontracts.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
    )

    loaded = set(done.stdout.splitlines()[-1].split())
    heavy = {
        "pydantic",
        "yaml",
        "jinja2",
        "lxml",
        "git",
        "rich",
        "docx",
        "docxtpl",
        "json",
    }
    assert loaded & heavy == set()
    assert not {name for name in loaded if name.startswith("slacontracts.workflow")}


def test_a_second_render_needs_none_of_the_compilers(contracts: Path) -> None:
    code = (
        "import sys; sys.argv = ['x', '-C', sys.argv[1], 'render', sys.argv[2],"
        " '-o', sys.argv[3]]\n"
        "from slacontracts.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    print(*sorted(sys.modules))"
    )
    target = contracts.parent / "draft.docx"
    command = [sys.executable, "-c", code, str(contracts), ID, str(target)]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)

    again = subprocess.run(
        command, check=True, cwd=ROOT, capture_output=True, text=True
    )

    loaded = set(again.stdout.splitlines()[-1].split())
    assert loaded & {"git", "docx", "docxtpl", "jinja2", "rich", "ruamel.yaml"} == set()


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids=["C locale", "ascii", "Windows"],
)
def test_arabic_comes_through_a_pipe_as_utf_8(
    contracts: Path, variables: dict[str, str]
) -> None:
    done = start(
        "-C",
        str(contracts),
        "templates",
        "service/managed-hosting",
        variables=variables,
    )

    assert done.returncode == 0, done.stderr
    assert "اتفاقية مستوى" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_reader_who_stops_reading_sees_no_trace(contracts: Path) -> None:
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "slacontracts",
            "-C",
            str(contracts),
            "clauses",
            "--json",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()

    assert b"Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="its shell cannot close a stream")
@pytest.mark.parametrize("command", ["list", "check", f"render {ID} -o -"])
def test_without_a_place_to_print_to_a_command_still_works(
    contracts: Path, command: str
) -> None:
    line = f"exec {sys.executable} -m slacontracts -C {contracts} {command} >&-"

    done = subprocess.run(
        ["sh", "-c", line],
        stderr=subprocess.PIPE,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


FAILING = """\
import sys
from slacontracts.cli import main
from slacontracts.cli.session import Session

def fail(session):
    raise ZeroDivisionError("no way")

Session.desk = fail
sys.argv = ["slacontracts", "render", "SLA-2026-0001"]
main()
"""


@pytest.mark.parametrize("variables", [{}, {"SLACONTRACTS_DEBUG": "1"}])
def test_a_fault_of_the_product_is_one_line_unless_more_is_asked_for(
    variables: dict[str, str],
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAILING],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **variables},
        text=True,
    )

    if variables:
        assert "Traceback" in done.stderr
        assert done.stderr.endswith("ZeroDivisionError: no way\n")
        return
    assert done.returncode == 3
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: internal fault in cli/rendering.py, line ")
    assert "(ZeroDivisionError: no way); please report this line" in line
    assert '"slacontracts render"' in line
    assert "SLACONTRACTS_DEBUG=1" in line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(
    "command", ["--help", "render --help", "--version", "templates", "list --json"]
)
def test_a_full_disk_is_said_in_one_line(contracts: Path, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "slacontracts", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=contracts,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )

    assert done.returncode == 3
    assert done.stderr.splitlines() == ["error: No space left on device"]


def test_json_is_json_also_with_every_warning_an_error(contracts: Path) -> None:
    done = start("-C", str(contracts), "list", "--json")

    assert done.returncode == 0, done.stderr
    assert {one["id"] for one in json.loads(done.stdout)} >= {ID}


def test_a_command_inside_the_workspace_finds_it(contracts: Path) -> None:
    done = start("list", "--json", cwd=contracts / "agreements" / "contoso-retail")

    assert done.returncode == 0, done.stderr


def test_without_git_the_line_says_what_to_install(
    contracts: Path, tmp_path: Path
) -> None:
    done = start("-C", str(contracts), "list", variables={"PATH": str(tmp_path)})

    assert done.returncode == 3
    assert done.stderr.decode().startswith("error: git is not installed")


@pytest.mark.parametrize("cache", ["off", "broken"])
def test_without_a_cache_the_same_file_comes_out(
    contracts: Path, tmp_path: Path, cache: str
) -> None:
    (tmp_path / "broken").write_text("a file, not a folder", encoding="utf-8")
    place = "off" if cache == "off" else str(tmp_path / "broken")
    cached, plain = tmp_path / "cached.docx", tmp_path / "plain.docx"

    first = start("-C", str(contracts), "render", ID, "-o", str(cached))
    second = start(
        "-C",
        str(contracts),
        "render",
        ID,
        "-o",
        str(plain),
        variables={"SLACONTRACTS_CACHE": place},
    )

    assert (first.returncode, second.returncode) == (0, 0), second.stderr
    assert cached.read_bytes() == plain.read_bytes()
