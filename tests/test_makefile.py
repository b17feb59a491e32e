"""The demonstration made again and again: nothing that somebody did in it is lost."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# It makes what the real command makes first, a workspace with its history.
COMMAND = """\
#!/bin/sh
[ "$1" = init ] || exit 0
mkdir -p demo/drafts demo/agreements && git init -q demo
echo "term: P36M" >demo/agreements/agreement.yaml
echo draft >demo/drafts/draft.html
git -C demo add . && git -C demo commit -qm "The samples"
"""
Make = Callable[[], str]

pytestmark = pytest.mark.skipif(
    os.name != "posix" or shutil.which("make") is None, reason="needs make"
)


@pytest.fixture
def make_demo(tmp_path: Path) -> Make:
    command = tmp_path / ".venv" / "slacontracts"
    command.parent.mkdir()
    command.write_text(COMMAND, encoding="utf-8")
    command.chmod(0o755)
    (tmp_path / "installed").touch()
    words = [f"SLACONTRACTS={command}", "INSTALLED=installed", "SET_UP="]

    def make() -> str:
        done = subprocess.run(
            ["make", "-f", str(ROOT / "Makefile"), "demo", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    return make


def test_a_demonstration_that_nobody_touched_is_made_anew(
    make_demo: Make, tmp_path: Path
) -> None:
    make_demo()

    again = make_demo()

    assert "is kept as" not in again
    assert not list(tmp_path.glob("demo.old-*"))
    assert (tmp_path / "demo/drafts/draft.html").is_file()


def edited(demo: Path) -> None:
    (demo / "agreements/agreement.yaml").write_text("term: P24M\n", encoding="utf-8")


def saved(demo: Path) -> None:
    git = ["git", "-C", str(demo)]
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "Mine"], check=True)


def added(demo: Path) -> None:
    (demo / "my notes.txt").write_text("call Omar\n", encoding="utf-8")


def deleted(demo: Path) -> None:
    (demo / "drafts/draft.html").unlink()


@pytest.mark.parametrize("change", [edited, saved, added, deleted])
def test_a_demonstration_that_was_worked_in_is_kept(
    change: Callable[[Path], None], make_demo: Make, tmp_path: Path
) -> None:
    for number in (1, 2):
        make_demo()
        change(tmp_path / "demo")

        again = make_demo()

        assert f"it is kept as demo.old-{number}/\n" in again
        assert (tmp_path / f"demo.old-{number}").is_dir()
        text = (tmp_path / "demo/agreements/agreement.yaml").read_text(encoding="utf-8")
        assert text == "term: P36M\n"
    if change is added:
        assert (tmp_path / "demo.old-1/my notes.txt").is_file()


def test_a_demonstration_that_an_older_makefile_made_is_kept(
    make_demo: Make, tmp_path: Path
) -> None:
    make_demo()
    (tmp_path / ".venv/demo-as-made").unlink()

    assert "it is kept as demo.old-1/" in make_demo()
