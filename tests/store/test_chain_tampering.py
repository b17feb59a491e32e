"""Registers tampered with at random: each change is found, or changes nothing at all."""

import os
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from filing import filled_workspace
from forging import Forger, Step, linked, steps_of

from slacontracts.store.chain import verify_chain
from slacontracts.store.register import Receipt, read_filed

TAMPERINGS = int(os.environ.get("SLACONTRACTS_TAMPERINGS", "200"))
COUNT = 6

Change = Callable[[random.Random, list[Step], int], list[Step]]


@pytest.fixture(scope="module")
def loose(surroundings: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_workspace(tmp_path_factory.mktemp("loose") / "contracts", COUNT)


@pytest.fixture(scope="module")
def packed(loose: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("packed") / "contracts"
    shutil.copytree(loose, root)
    forger = Forger(root)
    forger.git("repack", "-adfq", "--depth=4")
    forger.git("prune-packed")
    return root


def contents(root: Path, ids: str) -> bytes | None:
    """Return all that git keeps under ids; None where it gives up."""
    done = subprocess.run(
        ["git", "-C", str(root), "cat-file", "--batch"],
        input=ids.encode(),
        capture_output=True,
        check=False,
    )
    return None if done.returncode else done.stdout


def ids_in(root: Path) -> str:
    listed = Forger(root).git("rev-list", "--objects", "--no-object-names", "register")
    assert len(listed.splitlines()) > COUNT * 8
    return listed


@contextmanager
def one_byte_changed(chance: random.Random, path: Path) -> Iterator[None]:
    """Change one byte of a file, for a while."""
    before = path.read_bytes()
    place = chance.randrange(len(before))
    changed = bytearray(before)
    changed[place] ^= chance.randrange(1, 256)
    path.chmod(0o644)
    path.write_bytes(changed)
    try:
        yield
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("kind", ["loose", "packed"])
def test_every_changed_byte_is_found_or_changes_nothing_that_is_read(
    kind: str, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(kind)
    pattern = "??/*" if kind == "loose" else "pack/*.*"
    paths = sorted((root / ".git/objects").glob(pattern))
    ids, chance = ids_in(root), random.Random(2026)
    whole = contents(root, ids)
    found: Counter[str | None] = Counter()

    for _ in range(TAMPERINGS // 4):
        path = chance.choice(paths)
        with one_byte_changed(chance, path):
            worst = verify_chain(root).worst
            assert worst is not None or contents(root, ids) == whole, path
        found[worst] += 1

    # the rest are bits between two parts, which nothing is kept in
    assert found["tampered"] > TAMPERINGS // 4 * 0.7, found
    assert verify_chain(root).troubles == ()


def field_changed(chance: random.Random, steps: list[Step], place: int) -> list[Step]:
    step = steps[place]
    changed = chance.choice(
        [
            step.but(version="b" * 40),
            step.but(act="foreign"),
            step.but(signed_on=step.record.signed_on - timedelta(days=1)),  # type: ignore[operator]
            step.but(facts={"term": "P36M"}),
            step.but(correction="Not so"),
            step.but(recorded_at=step.record.recorded_at - timedelta(seconds=1)),
        ]
    )
    return [*steps[:place], changed, *steps[place + 1 :]]


def file_changed(chance: random.Random, steps: list[Step], place: int) -> list[Step]:
    held = dict(steps[place].files)
    name = chance.choice(sorted(held))
    if chance.random() < 0.3:
        del held[name]
    elif chance.random() < 0.5:
        held[f"{name}-2"] = held[name]
    else:
        held[name] += b"x"
    return [*steps[:place], replace(steps[place], files=held), *steps[place + 1 :]]


def taken_out(chance: random.Random, steps: list[Step], place: int) -> list[Step]:
    return steps[:place] + steps[place + 1 :]


def moved(chance: random.Random, steps: list[Step], place: int) -> list[Step]:
    rest = steps[:place] + steps[place + 1 :]
    to = chance.choice([one for one in range(COUNT) if one != place])
    return [*rest[:to], steps[place], *rest[to:]]


def doubled(chance: random.Random, steps: list[Step], place: int) -> list[Step]:
    again = steps[place].but(entry=8, signed_on=None, effective=None, act="terminated")
    return [*steps[: place + 1], again, *steps[place + 1 :]]


CHANGES: list[Change] = [field_changed, file_changed, taken_out, moved, doubled]


def kept_up(steps: list[Step], before: list[Step]) -> list[Step]:
    """File all anew from the first that differs, so that the chain is right."""
    pairs = zip(steps, before, strict=False)
    same = next((at for at, (one, other) in enumerate(pairs) if one != other), COUNT)
    return linked(steps, min(same, len(steps)))


def has(root: Path, receipt: Receipt) -> bool:
    """Tell whether the register has the record of a receipt, sound or not."""
    said = verify_chain(root, receipts=[receipt]).troubles
    return not any("the receipt of" in trouble.says for trouble in said)


def test_every_change_of_a_record_is_found_from_the_chain_or_against_a_receipt(
    loose: Path, tmp_path: Path
) -> None:
    root = Path(shutil.copytree(loose, tmp_path / "contracts"))
    forger, chance = Forger(root), random.Random(2026)
    receipts = [one.receipt for one in read_filed(root)]
    before = steps_of(root)
    silent = 0

    for turn in range(TAMPERINGS // 2):
        change = CHANGES[turn % len(CHANGES)]
        place = chance.randrange(COUNT)
        steps = change(chance, before, place)
        is_last = place == COUNT - 1
        # nothing follows the end that knows better
        is_silent = is_last and change in (field_changed, taken_out)
        is_addition = is_last and change is doubled

        forger.make(steps)
        alone = verify_chain(root).worst
        assert alone == (None if is_silent else "tampered"), (change, place)
        assert not (is_silent and has(root, receipts[-1]))

        forger.make(kept_up(steps, before))
        silent += verify_chain(root).worst is None
        assert has(root, receipts[-1]) == is_addition, (change, place)

    assert silent > TAMPERINGS // 8  # a chain made anew is right in itself
