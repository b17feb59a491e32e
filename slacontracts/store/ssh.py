"""Bytes and a key in; their SSH signature, or whether one is good, out.

The key is the one that git signs with: `gpg.format` is ssh and `user.signingKey` names
it. Whose signatures count says the file that `gpg.ssh.allowedSignersFile` names.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from slacontracts.errors import OutsideError
from slacontracts.store.git import run_git

NAMESPACE: Final = "slacontracts-register"
_SECONDS: Final = 60
_WORDS_OF_KEY: Final = 2  # bits, fingerprint, and more that is not needed


@dataclass(frozen=True, slots=True)
class Judged:
    """What a signature is worth. signer: who made it, where that is known."""

    is_good: bool
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """The key by which the user of a workspace signs. name: its fingerprint."""

    key: Path
    name: str

    def sign(self, data: bytes) -> bytes:
        """Return the signature of data; raises OutsideError where the key cannot."""
        done = _run(data, "-Y", "sign", "-n", NAMESPACE, "-f", str(self.key))
        if done.returncode:
            raise _unfit(self.key, done)
        return done.stdout


def signer(root: Path) -> Signer | None:
    """Return the key that signs for the user of a workspace; None where none is set.

    Raises OutsideError for one that cannot be read.
    """
    if _setting(root, "gpg.format") != "ssh":
        return None
    setting = _setting(root, "user.signingKey")
    if not setting:
        return None
    key = Path(setting).expanduser()
    done = _run(b"", "-l", "-f", str(key))
    words = done.stdout.decode(errors="replace").split()
    if done.returncode or len(words) < _WORDS_OF_KEY:
        raise _unfit(key, done)
    return Signer(key, words[1])


def judge_signature(root: Path, data: bytes, signature: bytes) -> Judged:
    """Tell whether a signature is good, and whose; raises OutsideError without ssh.

    Without a list of those whose signatures count, a good one is nobody's.
    """
    allowed = _setting(root, "gpg.ssh.allowedSignersFile")
    of_ours = ("-n", NAMESPACE)
    with TemporaryDirectory(prefix="slacontracts-") as folder:
        file = Path(folder) / "signature"
        file.write_bytes(signature)
        if not allowed:
            done = _run(data, "-Y", "check-novalidate", *of_ours, "-s", str(file))
            return Judged(done.returncode == 0)
        known = str(Path(allowed).expanduser())
        found = _run(b"", "-Y", "find-principals", "-f", known, "-s", str(file))
        name = found.stdout.decode(errors="replace").strip().partition("\n")[0]
        if found.returncode or not name:
            return Judged(False)
        by = ("-f", known, "-I", name)
        done = _run(data, "-Y", "verify", *of_ours, *by, "-s", str(file))
        return Judged(done.returncode == 0, name)


def knows_signers(root: Path) -> bool:
    """Tell whether it is known whose signatures count."""
    return bool(_setting(root, "gpg.ssh.allowedSignersFile"))


def _unfit(key: Path, done: "subprocess.CompletedProcess[bytes]") -> OutsideError:
    said = done.stderr.decode(errors="replace").strip().splitlines() or [""]
    return OutsideError(
        f"nothing was registered, because {key} cannot sign ({said[-1]}); set another "
        "key, or none: git config user.signingKey"
    )


def _run(data: bytes, *options: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(
            ["ssh-keygen", *options],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise OutsideError(
            "ssh-keygen is not installed or cannot be found; signatures need OpenSSH"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise OutsideError(
            "ssh-keygen does not answer; a key with a pass phrase needs ssh-agent"
        ) from error


def _setting(root: Path, name: str) -> str:
    """Return what git's settings say under a name, "" where they say nothing."""
    try:
        return run_git(root, "config", "--get", name).decode().strip()
    except OutsideError:
        return ""
