"""A file with very many faults: the first hundred are told, the others are counted."""

from typing import Any

import pytest
from pydantic import BaseModel

from slacontracts.jinja_text import parse_program
from slacontracts.model.clause import LibraryClause, ValueRule
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.model.template import Template
from slacontracts.source.agreement import type_agreement
from slacontracts.source.model_faults import MAX_FINDINGS, type_model
from slacontracts.source.yaml_text import read_yaml

HEAD = "id: SLA-2026-0001\ntemplate: service/managed-hosting\n"
MANY = 20_000


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        (
            "services:\n" + "".join(f"- {{key: BAD{at}}}\n" for at in range(MANY)),
            '"BAD0" is not a key',
        ),
        (
            "".join(f"field{at}: x\n" for at in range(MANY)),
            'unknown field "field0"',
        ),
        (
            "services:\n" + "- {key: web}\n" * (MANY + 1),
            'the key "web" is used twice in this list',
        ),
        (
            "credits:\n" + "".join(f"  field{at}: x\n" for at in range(MANY)),
            'unknown field "field0"',
        ),
        (
            "conditions:\n" + "- {key: a, kay: b}\n" * (MANY // 2),
            'the key "a" is used twice',
        ),
    ],
    ids=["wrong keys", "unknown fields", "double keys", "unknown values", "misspelt"],
)
def test_the_first_hundred_faults_of_an_agreement_are_told(
    typed: str, first: str
) -> None:
    source, findings = read_yaml(HEAD + typed, "agreement.yaml")
    assert source is not None, findings[0]
    rules = {"/credits/cap_percent": ValueRule(type="percent")}

    agreement, findings = type_agreement(source.data, rules, source.place_at)

    assert agreement is None
    assert len(findings) == MAX_FINDINGS + 1 == 101
    assert findings[0].message.startswith(first)
    assert findings[0].origin.line >= 3
    assert findings[-1].message.endswith(
        "more places are wrong; mend these first, then check again"
    )
    assert findings[-1].origin.file == "agreement.yaml"


def test_the_other_faults_are_counted() -> None:
    typed = "services:\n" + "- {key: BAD}\n" * MANY
    source, _ = read_yaml(HEAD + typed, "agreement.yaml")
    assert source is not None

    _, findings = type_agreement(source.data, {}, source.place_at)

    # each twice is a double key, too, save the first
    assert findings[-1].message.startswith(f"{2 * MANY - 1 - MAX_FINDINGS:,} more")


@pytest.mark.parametrize("count", [1, 99, 100])
def test_up_to_a_hundred_faults_are_all_told(count: int) -> None:
    typed = "".join(f"field{at}: x\n" for at in range(count))
    source, _ = read_yaml(HEAD + typed, "agreement.yaml")
    assert source is not None

    _, findings = type_agreement(source.data, {}, source.place_at)

    assert [finding.origin.path for finding in findings] == [
        f"/field{at}" for at in range(count)
    ]


@pytest.mark.parametrize("model", [LibraryClause, Template, WorkspaceSettings])
def test_the_first_hundred_faults_of_any_file_are_told(model: type[BaseModel]) -> None:
    typed = "".join(f"field{at}: x\n" for at in range(MANY))
    source, _ = read_yaml(typed, "file.yaml")
    assert source is not None
    data: dict[str, Any] = source.data

    _, findings = type_model(model, data, source.place_at)

    assert len(findings) == MAX_FINDINGS + 1


def test_the_first_hundred_faults_of_a_wording_are_told() -> None:
    _, faults = parse_program("{{ 1 }}\n" * MANY)

    assert len(faults) == 101
    assert [fault.line for fault in faults] == list(range(1, 102))
    assert faults[-1].message == (
        "19,900 more marks are wrong; mend these first, then check again"
    )
