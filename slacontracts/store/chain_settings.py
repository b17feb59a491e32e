"""The parts of the register in; what a repository says about them beside them, out.

A repository can tell git to show one part in place of another, to hide what came
before a version, or to borrow parts from another folder. None of that is followed
when the register is verified, but who uses git by hand would be shown it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from slacontracts.store.chain_records import Trouble
from slacontracts.store.git import run_git
from slacontracts.store.rehash import Rehash

_REPLACED: Final = "refs/replace/"
_BORROWED: Final = ("info/alternates", "info/http-alternates")


def faults_of_settings(rehash: Rehash, versions: Sequence[str]) -> Iterator[Trouble]:
    """Tell what would make git show the register otherwise than it is."""
    folder = rehash.objects.parent
    names = run_git(rehash.root, "for-each-ref", "--format=%(refname)", _REPLACED)
    replaced = {name.rpartition("/")[2] for name in names.decode().splitlines()}
    if replaced & rehash.seen:
        says = (
            "git was told to show something else in place of a part of the register "
            f"({_REPLACED}{min(replaced & rehash.seen)}); this was not followed"
        )
        yield Trouble("tampered", "", says)
    if _first_words(folder / "info/grafts").intersection(versions):
        says = (
            "git was told that a record follows another one than it does "
            "(info/grafts); this was not followed"
        )
        yield Trouble("tampered", "", says)
    if _first_words(folder / "shallow").intersection(versions):
        says = (
            "git was told to hide the beginning of the register (shallow); this was "
            "not followed"
        )
        yield Trouble("incomplete", "", says)
    if any((rehash.objects / name).exists() for name in _BORROWED):
        borrowed = rehash.seen - rehash.own_ids()
        if borrowed:
            says = (
                f"{len(borrowed)} parts of the register are not kept in this workspace "
                "but borrowed from another folder, and are lost with that"
            )
            yield Trouble("incomplete", "", says)


def _first_words(path: Path) -> set[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return set()
    return {line.split()[0] for line in text.splitlines() if line.strip()}
