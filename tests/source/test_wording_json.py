"""Parsed wordings kept as JSON: they come back as they were, without their parser."""

import json

import pytest

from slacontracts.source.clause_text import parse_clause_text, token
from slacontracts.source.wording_json import (
    MOST_WORDINGS,
    WordingMemory,
    wordings_from_json,
    wordings_to_json,
)

TEXTS = (
    'A **"Credit"** is *due* under **bold** wording.',
    f"Within {token(0)} days, **{token(1)}**.\n\n1. One. [#one]\n   1. Two {token(2)}.\n"
    "   1. Three.\n\n      Still *three*.\n\n1. Four.\n",
    f"{token(0)}",
    "خصومات *الخدمة* — “as agreed”.",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_wording_comes_back_as_it_was_parsed(text: str) -> None:
    memory = WordingMemory()
    parsed = memory.parse(text)

    again = wordings_from_json(wordings_to_json(memory))

    assert parsed == parse_clause_text(text)
    assert again.parse(text) == parsed
    assert not again.has_learnt


def test_what_is_remembered_is_not_parsed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory = WordingMemory()
    before = [memory.parse(text) for text in TEXTS]
    again = wordings_from_json(wordings_to_json(memory))

    def parse_again(text: str) -> None:
        raise AssertionError(text)

    monkeypatch.setattr(
        "slacontracts.source.wording_json.parse_clause_text", parse_again
    )

    assert [again.parse(text) for text in TEXTS] == before


@pytest.mark.parametrize("text", ["Half *marked.", "1. One.\n2. Two.\n", "# Heading"])
def test_a_wording_with_faults_is_never_remembered(text: str) -> None:
    memory = WordingMemory()

    _, faults = memory.parse(text)

    assert faults
    assert not memory.blocks
    assert not memory.has_learnt
    assert memory.parse(text)[1] == faults


def test_a_memory_says_whether_it_has_learnt() -> None:
    memory = WordingMemory()
    assert not memory.has_learnt

    memory.parse(TEXTS[0])

    assert memory.has_learnt


def test_a_memory_does_not_grow_for_ever() -> None:
    memory = WordingMemory()
    for number in range(MOST_WORDINGS + 5):
        memory.parse(f"Wording {number}.")

    assert len(memory.blocks) == MOST_WORDINGS
    assert memory.parse("Another.") == parse_clause_text("Another.")


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"format": 0, "wordings": []}', "not json", ""]
)
def test_other_json_is_not_taken_for_wordings(text: str) -> None:
    with pytest.raises(ValueError, match=r"format of this version|Expecting value"):
        wordings_from_json(text)


def test_kept_wordings_are_plain_json() -> None:
    memory = WordingMemory()
    memory.parse("خصومات")

    content = wordings_to_json(memory)

    assert json.loads(content)["wordings"] == [
        ["خصومات", [[0, [[0, "خصومات", False, False]], 0]]]
    ]
