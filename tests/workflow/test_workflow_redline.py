"""Who makes the changes of a redline, and when."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from slacontracts.errors import SourceError
from slacontracts.store.cache import Cache
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.redline import (
    checked_author,
    checked_date,
    usual_author,
    word_date,
)


def test_the_name_that_git_knows_is_taken_outside_of_a_workspace_too(
    tmp_path: Path,
) -> None:
    assert usual_author(tmp_path, lambda: nowhere(tmp_path)) == "Niamh Kelleher"


def test_a_name_without_an_address_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\nname = Omar Haddad\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))

    assert usual_author(tmp_path, lambda: nowhere(tmp_path)) == "Omar Haddad"


def test_nobody_known_is_told_to_say_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))

    with pytest.raises(SourceError, match="say it with --author NAME"):
        usual_author(tmp_path, lambda: nowhere(tmp_path))


def nowhere(folder: Path) -> Desk:
    return open_desk(folder, Cache(None))


@pytest.mark.parametrize("name", ["Legal", "Ömer & Söhne <legal>", "سارة الحداد"])
def test_a_name_of_any_script_is_fine(name: str) -> None:
    assert checked_author(name) == name


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\tb", "a\x00b", "a\u202eb"])
def test_a_name_that_word_cannot_hold_or_that_deceives_is_refused(name: str) -> None:
    with pytest.raises(SourceError):
        checked_author(name)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("2026-11-23", "2026-11-23T00:00:00Z"),
        ("2026-11-23T09:05:07", "2026-11-23T09:05:07Z"),
        ("2026-11-23T09:05:07.5Z", "2026-11-23T09:05:07Z"),
        ("2026-11-23T09:05:07+03:00", "2026-11-23T09:05:07Z"),
    ],
)
def test_a_date_is_written_as_word_writes_it(said: str, written: str) -> None:
    assert checked_date(said) == written


@pytest.mark.parametrize("said", ["", "tomorrow", "2026-13-01", "23/11/2026"])
def test_what_is_no_date_is_refused(said: str) -> None:
    with pytest.raises(SourceError, match="is no date"):
        checked_date(said)


def test_the_time_is_the_one_on_the_wall() -> None:
    riyadh = timezone(timedelta(hours=3))

    assert word_date(datetime(2026, 1, 2, 3, 4, 5, tzinfo=riyadh)) == (
        "2026-01-02T03:04:05Z"
    )
