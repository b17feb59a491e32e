"""What tests stand on: git without the user's settings, a sample workspace, the command."""

import os
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from copying import copy_of, packed
from coverage import Coverage
from hypothesis import is_hypothesis_test, settings
from signed import TODAY, amend, at, sign

from slacontracts.cli import cli
from slacontracts.cli.session import Session
from slacontracts.store.cache import Cache
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.init import start_workspace

WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Run = Callable[..., Result]

# What makes coverage start in a process that finds it.
_WATCHING = "COVERAGE_PROCESS_START"
_CONFIGURATION = os.environ.get(_WATCHING)

# How long an example takes says nothing on a machine that others use too.
settings.register_profile("slacontracts", deadline=None)
settings.load_profile("slacontracts")

_GIT_SETTINGS = """\
[user]
    name = Niamh Kelleher
    email = niamh@northwind.example
"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage while a law or a journey is tried, or what is unwatched.

    Hundreds of examples walk the lines that the tests of their subject walk once, and
    to watch them takes longer than to run them; so do those who follow all commands.
    """
    watching = Coverage.current() if _is_unwatched(item) else None
    if watching is None:
        return (yield)
    watching.stop()
    try:
        return (yield)
    finally:
        watching.start()


def _is_unwatched(item: pytest.Item) -> bool:
    test = getattr(item, "obj", None)
    return (
        item.get_closest_marker("unwatched") is not None
        or not {"laws", "journeys"}.isdisjoint(item.path.parts)
        or bool(is_hypothesis_test(test))
    )


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the settings, caches and repositories of the person who tests out of it."""
    home = tmp_path_factory.mktemp("home")
    git_settings = home / ".gitconfig"
    git_settings.write_text(_GIT_SETTINGS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("USERPROFILE", str(home))
        patch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
        patch.setenv("GIT_CONFIG_GLOBAL", str(git_settings))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("SLACONTRACTS_CACHE", str(home / "cache"))
        patch.delenv(_WATCHING, raising=False)
        yield


@pytest.fixture
def watched_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure the coverage of commands in processes of their own, too.

    Others walk there what they walk in this process, and are not measured.
    """
    if _CONFIGURATION is not None:
        monkeypatch.setenv(_WATCHING, _CONFIGURATION)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, surroundings: None) -> Path:
    """A workspace with the sample agreements; copied, never changed."""
    root = tmp_path_factory.mktemp("sample") / "contracts"
    start_workspace(root, "Northwind Hosting Ltd", with_samples=True, when=WHEN)
    packed(root)
    return root


@pytest.fixture(scope="session")
def signed_sample(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample workspace with SLA-2026-0002 signed; copied, never changed."""
    root = copy_of(sample, tmp_path_factory.mktemp("signed") / "all")
    desk = open_desk(root, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))
    sign(at(desk, TODAY), "SLA-2026-0002", on=date(2026, 11, 20))
    return root


@pytest.fixture(scope="session")
def amended_sample(
    signed_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same with its term amended to P26M from 2027-03-01; copied, never changed."""
    root = copy_of(signed_sample, tmp_path_factory.mktemp("amended-sample") / "all")
    desk = open_desk(root, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))
    amend(at(desk, TODAY), "SLA-2026-0002", "2027-03-01", ("/term/initial", "P26M"))
    return root


@pytest.fixture
def contracts(sample: Path, tmp_path: Path) -> Path:
    """A workspace of the test's own, with the sample agreements."""
    return copy_of(sample, tmp_path / "contracts")


@pytest.fixture
def desk(contracts: Path) -> Desk:
    """The test's own workspace, opened."""
    return open_desk(contracts, Cache(Path(os.environ["SLACONTRACTS_CACHE"])))


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the day of these tests for every command."""

    def now(_: Session) -> datetime:
        return WHEN

    monkeypatch.setattr(Session, "now", now)


@pytest.fixture
def run(contracts: Path) -> Run:
    """Run a command in the test's own workspace; an exception is never swallowed."""

    def run_command(*arguments: str, code: int = 0, typed: str = "") -> Result:
        result = CliRunner().invoke(
            cli, ["-C", str(contracts), *arguments], input=typed, catch_exceptions=False
        )
        assert result.exit_code == code, result.output
        return result

    return run_command
