"""Records signed by an SSH key: what is filed, and what a forger can do about it."""

import shutil
import subprocess
from pathlib import Path

import pytest
from filing import NIAMH, new_workspace, record
from sharing import git

from slacontracts.errors import OutsideError
from slacontracts.store.chain import verify_chain
from slacontracts.store.register import BRANCH, append, file_of, read_filed
from slacontracts.store.ssh import judge_signature, knows_signers, signer

pytestmark = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="needs ssh-keygen"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return new_workspace(tmp_path / "contracts")


def new_key(folder: Path, name: str) -> Path:
    """Make a key without a pass phrase."""
    key = folder / name
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(key)],
        check=True,
    )
    return key


@pytest.fixture
def key(root: Path, tmp_path: Path) -> Path:
    """Return the key by which the user of a workspace signs."""
    key = new_key(tmp_path, "niamh")
    git(root, "config", "gpg.format", "ssh")
    git(root, "config", "user.signingKey", str(key))
    return key


def allow(root: Path, key: Path, who: str) -> None:
    """Say whose signatures count."""
    allowed = key.with_name("allowed")
    allowed.write_text(f"{who} {key.with_suffix('.pub').read_text()}")
    git(root, "config", "gpg.ssh.allowedSignersFile", str(allowed))


def test_a_signed_record_names_its_key_and_is_judged_by_it(
    root: Path, key: Path
) -> None:
    allow(root, key, "niamh@northwind.example")

    done = append(root, record(), {}, author=NIAMH, key=signer(root))

    (read,) = read_filed(root)
    data = file_of(root, read, "record.json")
    signature = file_of(root, read, "record.json.sig")
    judged = judge_signature(root, data, signature)
    assert read.record.signer
    assert read.record.signer.startswith("SHA256:")
    assert knows_signers(root)
    assert (judged.is_good, judged.signer) == (True, "niamh@northwind.example")
    assert not judge_signature(root, data + b" ", signature).is_good
    assert verify_chain(root, receipts=[done.receipt]).troubles == ()


def test_the_signature_of_a_stranger_is_not_good(
    root: Path, key: Path, tmp_path: Path
) -> None:
    append(root, record(), {}, author=NIAMH, key=signer(root))
    allow(root, new_key(tmp_path, "omar"), "omar@contoso.example")

    (read,) = read_filed(root)
    data = file_of(root, read, "record.json")

    assert not judge_signature(
        root, data, file_of(root, read, "record.json.sig")
    ).is_good
    assert key.exists()


def test_without_known_signers_a_good_signature_is_nobodys(
    root: Path, key: Path
) -> None:
    append(root, record(), {}, author=NIAMH, key=signer(root))

    (read,) = read_filed(root)
    data = file_of(root, read, "record.json")
    judged = judge_signature(root, data, file_of(root, read, "record.json.sig"))

    assert key.exists()
    assert not knows_signers(root)
    assert (judged.is_good, judged.signer) == (True, "")


def test_a_signature_that_was_taken_out_is_missed(root: Path, key: Path) -> None:
    append(root, record(), {}, author=NIAMH, key=signer(root))
    (read,) = read_filed(root)
    message = git(root, "log", "-1", "--format=%B", BRANCH)
    blob = read.files["record.json"]
    inner = subprocess.run(
        ["git", "-C", str(root), "mktree"],
        input=f"100644 blob {blob}\trecord.json\n",
        text=True,
        capture_output=True,
        check=True,
    ).stdout.strip()
    for name in reversed(read.record.folder.split("/")):
        inner = subprocess.run(
            ["git", "-C", str(root), "mktree"],
            input=f"040000 tree {inner}\t{name}\n",
            text=True,
            capture_output=True,
            check=True,
        ).stdout.strip()

    forged = git(root, "commit-tree", inner, "-m", message)
    git(root, "update-ref", BRANCH, forged)

    says = [one.says for one in verify_chain(root).troubles]
    assert any("its signature by the key SHA256:" in one for one in says), says
    assert key.exists()


def test_a_key_that_is_not_there_stops_a_registration(root: Path, key: Path) -> None:
    key.unlink()
    key.with_suffix(".pub").unlink()

    with pytest.raises(OutsideError, match="cannot sign"):
        signer(root)


def test_without_a_key_nothing_is_signed(root: Path) -> None:
    assert signer(root) is None
