"""A fault of the product, for every agreement whose source holds a certain word."""

import pytest

from slacontracts import checks
from slacontracts.workflow import draft

STAGES = ("composing", "checking")


def fail_on(monkeypatch: pytest.MonkeyPatch, word: str, stage: str) -> None:
    """Let a stage fail on agreements whose source holds a word."""
    module, name = {
        "composing": (draft, "compose_agreement"),
        "checking": (checks, "run"),
    }[stage]
    works, reads = getattr(module, name), vars(draft)["read_yaml"]
    last = [b""]

    def reading(data: bytes, file: str) -> object:
        last[0] = data
        return reads(data, file)

    def failing(*arguments: object, **named: object) -> object:
        if word.encode() in last[0]:
            raise ZeroDivisionError("no way")
        return works(*arguments, **named)

    monkeypatch.setattr(draft, "read_yaml", reading)
    monkeypatch.setattr(module, name, failing)
