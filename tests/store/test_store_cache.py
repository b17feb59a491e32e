"""The cache: what was kept comes back, and what was damaged does not."""

import sys
from pathlib import Path

import pytest

from slacontracts.store.cache import Cache, user_cache_folder


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    cache.keep("library", "a" * 40, b"content")

    assert cache.load("library", "a" * 40) == b"content"


def test_kinds_and_identities_are_kept_apart(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    cache.keep("library", "a", b"content")

    assert cache.load("house-style", "a") is None
    assert cache.load("library", "b") is None


def test_another_version_of_the_product_sees_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    cache.keep("library", "a", b"content")

    monkeypatch.setattr("slacontracts.store.cache.__version__", "99.0")

    assert cache.load("library", "a") is None


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 100])
def test_a_damaged_entry_is_ignored_and_can_be_kept_anew(
    tmp_path: Path, damage: bytes
) -> None:
    cache = Cache(tmp_path)
    cache.keep("library", "a", b"content")
    (entry,) = [path for path in tmp_path.rglob("*") if path.is_file()]

    entry.write_bytes(damage)

    assert cache.load("library", "a") is None
    cache.keep("library", "a", b"content")
    assert cache.load("library", "a") == b"content"


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep("library", "a", b"content")
    (entry,) = [path for path in tmp_path.rglob("*") if path.is_file()]

    entry.write_bytes(entry.read_bytes()[:-1] + b"x")

    assert cache.load("library", "a") is None


def test_without_a_folder_nothing_is_kept() -> None:
    cache = Cache(None)

    cache.keep("library", "a", b"content")

    assert cache.load("library", "a") is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file stands here")
    cache = Cache(tmp_path / "cache")

    cache.keep("library", "a", b"content")

    assert cache.load("library", "a") is None


HOME = Path("/home/niamh")


@pytest.mark.parametrize(
    ("variables", "system", "folder"),
    [
        ({}, "linux", HOME / ".cache/slacontracts"),
        ({"XDG_CACHE_HOME": "/var/cache"}, "linux", Path("/var/cache/slacontracts")),
        ({"XDG_CACHE_HOME": "relative"}, "linux", HOME / ".cache/slacontracts"),
        ({}, "darwin", HOME / "Library/Caches/slacontracts"),
        ({"LOCALAPPDATA": "/local"}, "win32", Path("/local/slacontracts")),
        ({}, "win32", HOME / "AppData/Local/slacontracts"),
        ({"SLACONTRACTS_CACHE": "/mine"}, "linux", Path("/mine")),
        ({"SLACONTRACTS_CACHE": "off"}, "linux", None),
        ({"SLACONTRACTS_CACHE": "OFF"}, "win32", None),
    ],
)
def test_the_folder_follows_the_rule_of_the_system(
    variables: dict[str, str], system: str, folder: Path | None
) -> None:
    assert user_cache_folder(variables, system, HOME) == folder


def test_the_folder_of_this_system_is_known() -> None:
    assert user_cache_folder({}, sys.platform, HOME) is not None
