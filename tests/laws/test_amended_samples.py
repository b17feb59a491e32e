"""The laws of amendments on the sample agreements, edited here and there."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from amending import clause, reads
from drafting import SETTINGS
from test_amendment_law import without_omitted

from slacontracts.compare.applying import apply
from slacontracts.compare.executed import executed
from slacontracts.compare.operations import operations
from slacontracts.compare.said import as_printed
from slacontracts.compose.assemble import compose_agreement
from slacontracts.model.document import (
    AgreementDocument,
    Block,
    Clause,
    Item,
    NumberedDocument,
    Table,
    Words,
)
from slacontracts.model.library import Library
from slacontracts.source.library import read_library
from slacontracts.source.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "agreements").rglob("agreement.yaml"))


@cache
def library() -> Library:
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("clauses", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    return read_library(files, "working")[0]


@cache
def composed(sample: Path) -> NumberedDocument:
    source, _ = read_yaml(sample.read_bytes(), sample.name)
    assert source is not None
    result, _ = compose_agreement(source, library(), SETTINGS)
    assert result is not None
    return result.numbered


def edited(document: AgreementDocument, dice: random.Random) -> AgreementDocument:
    """Return an agreement with some clauses, paragraphs and rows come, gone or changed."""
    clauses: list[Clause] = []
    for one in document.clauses:
        fate = dice.random()
        if fate < 0.06 and len(document.part(one.part)) > 1:
            continue
        if fate > 0.96:
            name = f"new-{dice.randrange(10**6)}"
            clauses.append(clause(name, "- All new.\n-- And detailed.", one.part))
        if dice.random() < 0.4:
            one = replace(one, blocks=tuple(_blocks(one, dice)))
        clauses.append(one)
    if dice.random() < 0.5:
        part = document.clauses[-1].part
        at = dice.randrange(len(clauses))
        if clauses[at].part is not part and at + 1 < len(clauses):
            clauses.insert(at + 1, clauses.pop(at))
            clauses.sort(key=lambda one: list(type(one.part)).index(one.part))
    return replace(document, clauses=tuple(clauses))


def _blocks(one: Clause, dice: random.Random) -> Iterator[Block]:
    for at, block in enumerate(one.blocks):
        fate = dice.random()
        if isinstance(block, Table):
            rows = [row for row in block.rows if dice.random() < 0.95]
            if rows and fate < 0.5:
                index = dice.randrange(len(rows))
                row = rows[index]
                cells = (*row.cells[:-1], ((Words("amended"),),))
                rows[index] = replace(row, cells=cells)
            yield replace(block, rows=tuple(rows))
            continue
        following = one.blocks[at + 1 : at + 2]
        is_leaf = not (
            following
            and not isinstance(following[0], Table)
            and following[0].level > block.level
        )
        if fate < 0.1 and is_leaf and isinstance(block, Item):
            continue
        if fate > 0.9:
            yield replace(block, inlines=(*block.inlines, Words(" As amended.")))
        elif fate > 0.8 and isinstance(block, Item) and is_leaf:
            yield block
            yield Item((Words("A new paragraph."),), block.level)
        else:
            yield block


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parent.name)
def test_an_amended_sample_follows_from_its_signed_paper_and_the_operations(
    sample: Path, seed: int
) -> None:
    dice = random.Random(f"{sample.parent.name} {seed}")
    signed = composed(sample)
    first = edited(signed.document, dice)
    once = executed(signed, first)
    amended = edited(first, dice)
    after = executed(once, amended)
    nowhere = replace(once, references={})
    clauses = tuple(
        replace(one, blocks=as_printed(one.blocks, once, nowhere))
        for one in once.document.clauses
    )
    paper = replace(once, document=replace(once.document, clauses=clauses))

    worked_in, held_over = apply(paper, operations(once, after))

    assert held_over == ()
    assert reads(worked_in) == reads(after)
    assert without_omitted(after) == amended
    assert executed(after, amended) == after
