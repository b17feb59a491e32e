"""What verifying says of a register whose records should be signed by keys."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from filing import NIAMH, record
from sharing import git

from slacontracts.store.register import BRANCH, append
from slacontracts.store.ssh import signer
from slacontracts.store.versions import Author
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.verify import verify_register

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="needs ssh-keygen"
)

OMAR = Author("Omar Haddad", "omar@northwind.example")

File = Callable[..., None]


@pytest.fixture
def file(desk: Desk, tmp_path: Path) -> File:
    """File the next record, signed by the key of Niamh, whose signatures count."""
    root = desk.workspace.root
    key = tmp_path / "niamh"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True
    )
    allowed = tmp_path / "allowed"
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    allowed.write_text(f"{NIAMH.email} {public}", encoding="utf-8")
    git(root, "config", "gpg.format", "ssh")
    git(root, "config", "user.signingKey", str(key))
    git(root, "config", "gpg.ssh.allowedSignersFile", str(allowed))

    def file_next(number: int, *, by: Author = NIAMH, is_signed: bool = True) -> None:
        said = record(
            number,
            act="condition-met",
            recorded_by=f"{by.name} <{by.email}>",
            version=None,
            signed_on=None,
            effective=None,
            text_digest=None,
        )
        append(root, said, {}, author=by, key=signer(root) if is_signed else None)

    return file_next


def lines(desk: Desk) -> list[str]:
    return [f"{one.kind}: {one.says}" for one in verify_register(desk).troubles]


def test_records_signed_by_a_known_key_are_sound(desk: Desk, file: File) -> None:
    file(1)
    file(2)

    assert verify_register(desk).worst is None


def test_a_register_made_anew_without_its_signatures_is_not_sound(
    desk: Desk, file: File
) -> None:
    file(1)
    git(desk.workspace.root, "update-ref", "-d", BRANCH)
    file(1, is_signed=False)

    (line,) = lines(desk)

    assert line.startswith("unchecked: no record is signed, although it is known")


def test_records_made_anew_without_the_signatures_of_who_signs_are_not_sound(
    desk: Desk, file: File
) -> None:
    file(1)
    file(2, is_signed=False)

    (line,) = lines(desk)

    assert line.startswith("unchecked: customer-0/SLA-2/0001-condition-met is not sign")
    assert "although niamh@northwind.example signed earlier ones" in line


@pytest.mark.parametrize("before", [True, False])
def test_records_of_who_never_signs_are_told_alone(
    desk: Desk, file: File, before: bool
) -> None:
    if before:
        file(1, by=OMAR, is_signed=False)
    file(2)
    file(3, by=OMAR, is_signed=False)

    verdict = verify_register(desk)

    assert verdict.troubles == ()
    assert any("not signed by a key" in note for note in verdict.notes)


@pytest.mark.parametrize(
    ("today", "is_told"), [("2026-11-22", False), ("2026-11-21", True)]
)
def test_a_record_of_a_day_to_come_is_told_unless_it_is_that_day_elsewhere(
    desk: Desk, file: File, today: str, is_told: bool
) -> None:
    file(1)  # on 2026-11-23

    notes = verify_register(replace(desk, today=date.fromisoformat(today))).notes

    assert any("still to come" in note for note in notes) == is_told


def test_records_from_before_there_was_a_key_are_told_alone(
    desk: Desk, file: File
) -> None:
    file(1, is_signed=False)
    file(2)

    assert verify_register(desk).troubles == ()
