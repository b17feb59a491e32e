"""Moves of which one half is resolved: what is left of them is never half a move."""

import re
from collections.abc import Callable

import pytest
from revision_cases import KEEP, NIAMH, dele, mark, moved, p
from word_files import MAIN, run, word_file

from slacontracts.word.gate import WordFile, admit
from slacontracts.word.revisions import ALL, Which, accept, reject, revisions

Resolve = Callable[[WordFile, Which], bytes]
OF_NIAMH = Which(authors=frozenset({"Niamh"}))


def of_niamh(text: str) -> str:
    return text.replace('"Omar"', '"Niamh"')


def without_ranges(text: str) -> str:
    return re.sub(r"<w:move\w+Range\w+ [^>]*?(/>|></w:\w+>)", "", text)


OF_TWO = moved("moveFrom", "m", 10) + KEEP + of_niamh(moved("moveTo", "m", 20)) + KEEP
WITHOUT_RANGES = (
    without_ranges(moved("moveFrom", "m", 10) + KEEP + moved("moveTo", "m", 20)) + KEEP
)
UNPAIRED = moved("moveFrom", "m", 10) + KEEP + p(dele("x", 30, NIAMH)) + KEEP


def resolved_text(body: str, resolved: Resolve, which: Which) -> tuple[str, WordFile]:
    file = admit(resolved(admit(word_file(body), "a.docx"), which), "b.docx")
    return file.package.read(MAIN).decode(), file


@pytest.mark.parametrize(
    ("body", "which"),
    [
        pytest.param(OF_TWO, OF_NIAMH, id="two authors, one of them"),
        pytest.param(OF_TWO, Which(ids=frozenset({10})), id="two authors, by id"),
        pytest.param(WITHOUT_RANGES, Which(ids=frozenset({12})), id="no ranges, gone"),
        pytest.param(WITHOUT_RANGES, Which(ids=frozenset({22})), id="no ranges, came"),
    ],
)
@pytest.mark.parametrize("resolved", [accept, reject])
def test_the_half_that_is_left_is_a_deletion_or_an_insertion(
    body: str, which: Which, resolved: Resolve
) -> None:
    whole = resolved_text(body, resolved, ALL)[0]

    text, file = resolved_text(body, resolved, which)

    assert "move" not in text
    (left,) = revisions(file)
    assert (left.kind, left.old + left.new) in {("deletion", "m"), ("insertion", "m")}
    assert left.author == (
        "Omar" if which == OF_NIAMH or "Niamh" not in body else "Niamh"
    )
    again, _ = resolved_text_of(file, resolved)
    assert again == whole


def resolved_text_of(file: WordFile, resolved: Resolve) -> tuple[str, WordFile]:
    done = admit(resolved(file, ALL), "c.docx")
    return done.package.read(MAIN).decode(), done


def test_what_was_half_a_move_before_stays_as_it_is() -> None:
    text, _ = resolved_text(UNPAIRED, accept, OF_NIAMH)

    assert text.count("<w:moveFrom ") == 2
    assert "moveFromRangeStart" in text


def test_a_move_that_nobody_resolved_stays_one() -> None:
    body = moved("moveFrom", "m", 10) + KEEP + moved("moveTo", "m", 20) + KEEP

    _, file = resolved_text(body + p(dele("x", 30, NIAMH)) + KEEP, accept, OF_NIAMH)

    assert [(one.kind, one.old, one.new) for one in revisions(file)] == [
        ("move", "m", "m")
    ]


def test_text_that_went_and_did_not_move_is_deleted_text() -> None:
    inner = mark(
        "moveFrom", run("m") + "<w:r><w:instrText>PAGE</w:instrText></w:r>", 11
    )
    source = without_ranges(moved("moveFrom", "m", 10)).replace(
        mark("moveFrom", run("m"), 11), inner
    )
    body = source + KEEP + of_niamh(without_ranges(moved("moveTo", "m", 20))) + KEEP

    text, _ = resolved_text(body, accept, OF_NIAMH)

    assert "<w:delText" in text
    assert "<w:delInstrText>PAGE<" in text
    assert "<w:t>m</w:t>" in text
