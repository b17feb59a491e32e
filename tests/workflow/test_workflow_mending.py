"""Parts of versions that are gone here are fetched again from the place shared."""

import hashlib
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from copying import loose_part
from sharing import Person, bare, colleague_of, git

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
    path = loose_part(person.root, part)
    path.chmod(0o600)
    path.unlink()
    return part


def run(person: Person, *arguments: str) -> str:
    said = CliRunner().invoke(cli, ["-C", str(person.root), *arguments])
    assert said.exit_code == 0, said.output
    return said.output


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


def damage(person: Person, name: str, how: Callable[[bytes], bytes]) -> Path:
    """Write something else into the file in which git keeps a part; return it."""
    part = git(person.root, "rev-parse", name)
    path = loose_part(person.root, part)
    data = path.read_bytes()
    path.unlink()  # copies of the sample share what is under this name
    path.write_bytes(how(data))
    return path


def emptied(_: bytes) -> bytes:
    return b""


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "another content": lambda _: zlib.compress(b"blob 7\0Another"),
    "no content": emptied,
    "cut short": lambda data: data[: len(data) // 2],
}


@pytest.mark.parametrize(
    ("name", "how"),
    [
        *((name, "another content") for name in PARTS),
        *((PARTS[at], how) for at in (0, 2, 3) for how in ("no content", "cut short")),
    ],
)
def test_a_part_that_is_damaged_is_put_right(
    niamh: Person, name: str, how: str
) -> None:
    part = git(niamh.root, "rev-parse", name)
    path = damage(niamh, name, DAMAGE[how])

    said = run(niamh, "pull", "--mend")

    assert "note: 1 part of the versions was missing or damaged here" in said
    whole_part = zlib.decompress(path.read_bytes())
    assert hashlib.sha1(whole_part, usedforsecurity=False).hexdigest() == part
    assert whole(niamh.root)
    assert "every part is as it is there" in run(niamh, "pull", "--mend")


def test_a_part_that_is_damaged_among_packed_ones_is_put_right(niamh: Person) -> None:
    git(niamh.root, "gc", "--quiet")
    part = git(niamh.root, "rev-parse", f"register:{PAPER}")
    (index,) = (niamh.root / ".git/objects/pack").glob("*.idx")
    listed = git(niamh.root, "verify-pack", "-v", str(index)).splitlines()
    (at,) = (int(line.split()[4]) for line in listed if line.startswith(part))
    pack = index.with_suffix(".pack")
    data = bytearray(pack.read_bytes())
    data[at + 4] ^= 0xFF
    pack.unlink()
    pack.write_bytes(data)
    assert verify_register(niamh.desk).worst == "tampered"

    said = run(niamh, "pull", "--mend")

    assert "1 part of the versions was missing or damaged here" in said
    assert verify_register(niamh.desk).worst != "tampered"


def test_what_is_damaged_says_how_to_get_it_and_that_is_how(niamh: Person) -> None:
    damage(niamh, f"register:{PAPER}", emptied)

    (before,) = (
        one for one in verify_register(niamh.desk).troubles if one.kind == "tampered"
    )
    run(niamh, "pull", "--mend")

    assert before.says.endswith("; get it as it was filed: slacontracts pull --mend")
    assert verify_register(niamh.desk).worst != "tampered"


def test_what_is_damaged_and_was_never_sent_is_not_said_to_be_put_right(
    niamh: Person,
) -> None:
    niamh.register(3)
    name = "register:customer-1/SLA-3/0001-signed/signed/1-signed.pdf"
    damage(niamh, name, emptied)

    said = run(niamh, "pull", "--mend")

    assert "is damaged or was altered" in said
    assert "not sent yet" in said
    assert verify_register(niamh.desk).worst == "tampered"


def test_what_the_other_side_does_not_have_either_is_told(niamh: Person) -> None:
    niamh.register(3)
    lose(niamh, "register:customer-1/SLA-3/0001-signed/signed/1-signed.pdf")

    (said,) = niamh.pull().notes

    assert "does not have it" in said
    assert "from a backup, or from the workspace of whoever filed it" in said


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


def test_what_a_colleague_filed_since_is_new_and_not_damaged(
    niamh: Person, tmp_path: Path
) -> None:
    omar = colleague_of(niamh, tmp_path / "omar", "Omar Haddad")
    omar.pull()
    omar.register(3)
    omar.push()

    said = run(niamh, "pull", "--mend")

    assert "missing or damaged" not in said
    assert "every part is as it is there" in said
    assert [one[0] for one in niamh.registered()] == [1, 2, 3]


@pytest.mark.parametrize("how", ["another content", "gone"])
def test_a_damaged_record_that_was_not_sent_is_named_with_who_may_have_it(
    niamh: Person, how: str
) -> None:
    niamh.register(3)
    name = "signed/1-signed.pdf of customer-1/SLA-3/0001-signed"
    part = "register:customer-1/SLA-3/0001-signed/signed/1-signed.pdf"
    if how == "gone":
        lose(niamh, part)
    else:
        damage(niamh, part, DAMAGE[how])

    said = run(niamh, "pull", "--mend")

    needed = "it has to come from a backup, or from the workspace of whoever filed it"
    remote = git(niamh.root, "config", "remote.origin.url")
    ails = "is missing" if how == "gone" else "is damaged or was altered"
    assert f"{name} {ails}, and {remote} does not have it; {needed}" in said
    (trouble,) = [
        one for one in verify_register(niamh.desk).troubles if one.about == "part"
    ]
    assert needed in trouble.says
    assert "--mend" not in trouble.says
