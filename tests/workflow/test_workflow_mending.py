"""Parts of versions that are gone here are fetched again from the place shared."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from sharing import Person, bare, git

from slacontracts.cli import cli
from slacontracts.workflow.verify import verify_register


@pytest.fixture
def niamh(contracts: Path, tmp_path: Path) -> Person:
    person = Person(contracts)
    person.register(1)
    person.register(2)
    person.push(str(bare(tmp_path / "shared.git")))
    return person


PAPER = "customer-0/SLA-2/0001-signed/signed/1-signed.pdf"
PARTS = [
    "register",
    "register~1",
    "register^{tree}",
    f"register:{PAPER}",
    "main",
    "main^{tree}",
    "main:clauses",
    "main:agreements",
]


def lose(person: Person, name: str) -> str:
    """Take a part away that git keeps in a file of its own; return its id."""
    part = git(person.root, "rev-parse", name)
    path = person.root / ".git" / "objects" / part[:2] / part[2:]
    path.chmod(0o600)
    path.unlink()
    return part


def whole(root: Path) -> bool:
    done = subprocess.run(
        ["git", "-C", str(root), "fsck", "--full"], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_is_gone_is_fetched_again(niamh: Person, name: str) -> None:
    part = lose(niamh, name)
    assert not whole(niamh.root)

    pulled = niamh.pull()

    assert git(niamh.root, "cat-file", "-t", part)
    assert whole(niamh.root)
    assert [one for one in pulled.notes if "fetched again" in one]
    assert niamh.pull().notes == ()


def test_what_the_other_side_does_not_have_either_is_told(niamh: Person) -> None:
    niamh.register(3)
    lose(niamh, "register:customer-1/SLA-3/0001-signed/signed/1-signed.pdf")

    (said,) = niamh.pull().notes

    assert "which " in said
    assert "does not have either" in said
    assert "from a colleague or a backup" in said


def test_what_is_missing_says_how_to_get_it_and_that_is_how(niamh: Person) -> None:
    lose(niamh, f"register:{PAPER}")

    (before,) = (
        one for one in verify_register(niamh.desk).troubles if one.kind == "incomplete"
    )
    said = CliRunner().invoke(cli, ["-C", str(niamh.root), "pull"])
    after = verify_register(niamh.desk)

    assert before.says.endswith("; get it again: slacontracts pull")
    assert said.exit_code == 0, said.output
    assert "were fetched again" in said.output
    assert after.worst != "incomplete"


def test_without_a_place_to_share_through_a_backup_is_named(
    contracts: Path,
) -> None:
    person = Person(contracts)
    person.register(2)
    lose(person, f"register:{PAPER}")

    (said,) = (
        one.says
        for one in verify_register(person.desk).troubles
        if one.kind == "incomplete"
    )

    assert "slacontracts pull" not in said
    assert "from a colleague or a backup" in said
