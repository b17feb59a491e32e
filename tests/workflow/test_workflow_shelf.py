"""The shelf: wordings that were parsed once are known at the next start."""

from dataclasses import replace
from pathlib import Path

import pytest

from slacontracts.store.cache import Cache
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import compose_draft
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.shelf import Shelf

ID = "SLA-2026-0001"


@pytest.fixture
def own_desk(desk: Desk, tmp_path: Path) -> Desk:
    """A desk whose cache nobody else writes to."""
    return replace(desk, cache=Cache(tmp_path / "cache"))


def rendered(desk: Desk) -> bytes:
    return render_agreement(Shelf(desk), desk.workspace.agreement(ID), Wanted()).data


def wordings_in(desk: Desk) -> list[Path]:
    assert desk.cache.folder is not None
    found = (desk.cache.folder / "wordings").rglob("*")
    return [path for path in found if path.is_file()]


def forbid_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(text: str) -> None:
        raise AssertionError(f"parsed again: {text[:60]}")

    monkeypatch.setattr("slacontracts.source.wording_json.parse_clause_text", parse)


def test_wordings_are_parsed_once_and_render_the_same(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_cache = rendered(replace(own_desk, cache=Cache(None)))
    first = rendered(own_desk)

    forbid_parsing(monkeypatch)

    assert rendered(own_desk) == first == without_cache


def test_what_an_agreement_adds_is_kept_with_the_rest(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = own_desk.workspace.agreement(ID)
    first = compose_draft(Shelf(own_desk), place)
    text = own_desk.workspace.read(place.file).decode()
    library, own = "publicity: {position: fallback-1}", "{text: {en: No advertising.}}"
    assert library in text
    text = text.replace(library, f"publicity: {own}")
    own_desk.workspace.write(place.file, text.encode())

    second = compose_draft(Shelf(own_desk), place)

    assert first.library is not None
    assert second.library is not None
    known = Shelf(own_desk).library(second.library.library.revision).wordings
    assert set(first.library.wordings.blocks) < set(known.blocks)
    assert "No advertising." in known.blocks
    forbid_parsing(monkeypatch)
    again = compose_draft(Shelf(own_desk), place)
    assert again.composed is not None
    assert second.composed is not None
    assert again.composed.numbered == second.composed.numbered


@pytest.mark.parametrize("damage", [b"", b"\0" * 500])
def test_damaged_wordings_are_parsed_and_kept_anew(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch, damage: bytes
) -> None:
    first = rendered(own_desk)
    (entry,) = wordings_in(own_desk)
    whole = entry.read_bytes()

    entry.write_bytes(damage)

    assert rendered(own_desk) == first
    assert entry.read_bytes() == whole


def test_wordings_in_a_form_of_another_time_are_parsed_and_kept_anew(
    own_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = rendered(own_desk)
    revision = compose_draft(Shelf(own_desk), own_desk.workspace.agreement(ID)).library
    assert revision is not None
    own_desk.cache.keep("wordings", revision.library.revision, b'{"format": 0}')

    assert rendered(own_desk) == first

    forbid_parsing(monkeypatch)
    assert rendered(own_desk) == first


def test_a_library_as_it_stands_leaves_nothing_behind(own_desk: Desk) -> None:
    place = own_desk.workspace.agreement(ID)
    text = own_desk.workspace.read(place.file).decode()
    pinned = next(line for line in text.splitlines() if line.startswith("library: "))
    own_desk.workspace.write(
        place.file, text.replace(pinned, "library: working").encode()
    )

    assert rendered(own_desk)

    assert wordings_in(own_desk) == []
