"""The index of the register: never ahead, never trusted when in doubt, made anew equal."""

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registering import Filing

from slacontracts.errors import OutsideError
from slacontracts.model.record import Record, read_record, record_bytes
from slacontracts.store.index import INDEX_FILE, AheadError, Index, catch_up
from slacontracts.store.index_entries import Entry, Position
from slacontracts.store.index_tables import DamagedIndexError

KEPT = [INDEX_FILE, f"{INDEX_FILE}.lock"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".git" / "slacontracts" / INDEX_FILE


@pytest.fixture
def filing() -> Filing:
    """Three agreements; the first was amended, the third waits for a signature."""
    filing = Filing()
    wording = {"Liability": "The cap is EUR 4,500.00.", "Notices": "By courier."}
    filing.file("SLA-2026-0001", texts=wording, clauses={"notices": "b" * 64})
    filing.file("SLA-2026-0002", texts=wording, customer="fabrikam-arabia")
    filing.file(
        "SLA-2026-0001",
        as_="amendment-1",
        effective="conditions-met",
        version="a" * 40,
        text_digest="c" * 64,
        texts={**wording, "Liability": "The cap is EUR 9,000.00."},
    )
    filing.file("SLA-2026-0003", "partly-signed", missing=("customer",), effective=None)
    return filing


def test_agreements_are_listed_by_the_text_that_counts(
    path: Path, filing: Filing
) -> None:
    with Index.rebuild(path, filing.entries) as index:
        first, second, third = index.agreements()

    assert (first.id, first.customer) == ("SLA-2026-0001", "contoso-retail")
    assert (first.as_, first.sequence) == ("amendment-1", 3)
    assert (first.version, first.digest) == ("a" * 40, "c" * 64)
    assert first.effective == "conditions-met"
    assert first.facts == {"title": "Agreement SLA-2026-0001"}
    assert (second.customer, second.effective) == (
        "fabrikam-arabia",
        date(2026, 12, 1),
    )
    assert (third.id, third.effective) == ("SLA-2026-0003", None)


def signed(
    number: int, act: str = "signed", reason: str | None = None
) -> dict[str, object]:
    as_ = f"amendment-{number}" if number else "original"
    return {"act": act, "as_": as_, "correction": reason}


@pytest.mark.parametrize(
    ("acts", "current"),
    [
        pytest.param([signed(0)], 1, id="the original alone"),
        pytest.param([signed(0), signed(1)], 2, id="an amendment"),
        pytest.param(
            [signed(0), signed(1, "partly-signed")], 1, id="half an amendment"
        ),
        pytest.param([signed(0, "partly-signed"), signed(0)], 2, id="signed at last"),
        pytest.param(
            [signed(0), signed(1), signed(0, reason="wrong day")],
            2,
            id="the original corrected after an amendment",
        ),
        pytest.param(
            [signed(0), signed(1), signed(1, reason="wrong day")],
            3,
            id="the amendment corrected",
        ),
        pytest.param(
            [signed(0), signed(1), signed(1, "partly-signed", "one did not sign")],
            1,
            id="the amendment corrected to half an amendment",
        ),
        pytest.param(
            [signed(0), {"act": "terminated"}], 1, id="a termination is no text"
        ),
        pytest.param([signed(0), signed(9), signed(10)], 3, id="ten comes after nine"),
        pytest.param(
            [signed(0, "foreign"), signed(1, "signed-differs")], 2, id="other paper"
        ),
    ],
)
def test_the_text_that_counts(
    path: Path, acts: list[dict[str, object]], current: int
) -> None:
    filing = Filing()
    for act in acts:
        filing.file("SLA-2026-0001", **act)  # type: ignore[arg-type]

    with Index.rebuild(path, filing.entries) as index:
        (listed,) = index.agreements()

    assert listed.sequence == current


def test_records_come_back_as_they_were_filed(path: Path, filing: Filing) -> None:
    filed = [entry.record for entry in filing.entries]

    with Index.rebuild(path, filing.entries) as index:
        found = index.records_of("SLA-2026-0001")
        none = index.records_of("SLA-2026-0009")
        histories = list(index.histories())

    assert found == (filed[0], filed[2])
    assert none == ()
    without_details = [record.model_copy(update={"clauses": {}}) for record in filed]
    assert histories == [
        (without_details[0], without_details[2]),
        (without_details[1],),
        (without_details[3],),
    ]


def test_a_rebuilt_index_equals_the_one_that_was_kept(
    tmp_path: Path, filing: Filing
) -> None:
    read_again = [
        replace(entry, record=read_record(record_bytes(entry.record)))
        for entry in filing.entries
    ]

    with Index.rebuild(tmp_path / "kept.sqlite", ()) as index:
        for entry in filing.entries:
            index.add([entry])
        kept = index.contents_digest()
    with Index.rebuild(tmp_path / "rebuilt.sqlite", read_again) as index:
        rebuilt = index.contents_digest()

    assert rebuilt == kept


words = st.lists(st.sampled_from(["cap", "99.9", "خدمة", "“Term”", "Ω"]), max_size=4)


@given(
    acts=st.lists(
        st.tuples(
            st.integers(1, 3), st.sampled_from(["signed", "partly-signed"]), words
        ),
        max_size=8,
    ),
    cuts=st.lists(st.integers(0, 8), max_size=3),
)
def test_an_index_kept_in_any_steps_equals_a_rebuilt_one(
    tmp_path_factory: pytest.TempPathFactory,
    acts: list[tuple[int, str, list[str]]],
    cuts: list[int],
) -> None:
    filing = Filing()
    for number, act, said in acts:
        filing.file(f"SLA-2026-000{number}", act, {"Clause": " ".join(said)})
    folder = tmp_path_factory.mktemp("index")

    with Index.rebuild(folder / "kept.sqlite", ()) as index:
        for cut in [*cuts, len(acts)]:
            index.add(filing.entries[:cut])
        kept = index.contents_digest()
    with Index.rebuild(folder / "rebuilt.sqlite", filing.entries) as index:
        assert index.contents_digest() == kept


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("UPDATE places SET label = '9' WHERE position = 1", id="a label"),
        pytest.param("UPDATE agreements SET effective = NULL", id="a day"),
        pytest.param("DELETE FROM places WHERE sequence = 2", id="a place less"),
        pytest.param(
            "INSERT INTO words (rowid, title, text) VALUES (1, '', 'unlimited')",
            id="a word that stands nowhere",
        ),
    ],
)
def test_one_other_row_or_word_is_another_index(
    path: Path, filing: Filing, change: str
) -> None:
    with Index.rebuild(path, filing.entries) as index:
        before = index.contents_digest()

    alter(path, change)

    with opened(path) as index:
        assert index.contents_digest() != before


def test_records_are_found_by_a_file_without_a_look_at_each(
    path: Path, filing: Filing
) -> None:
    letter, other = "d" * 64, "e" * 64
    files = {"signed/1-a.pdf": letter, "signed/2-b.pdf": letter}
    first = filing.file("SLA-2026-0001", "terminated", contents=files)
    filing.file("SLA-2026-0002", "terminated", contents={"signed/1-b.pdf": other})
    again = filing.file("SLA-2026-0003", "terminated", contents=files)

    with Index.rebuild(path, filing.entries) as index:
        assert index.records_with(letter) == (first.record, again.record)
        assert index.records_with("f" * 64) == ()
    alter(path, "UPDATE records SET details = '' WHERE sequence = 6")
    with opened(path) as index:
        assert index.records_with(letter) == (first.record, again.record)


def alter(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def opened(path: Path) -> Index:
    index = Index.open(path)
    assert index is not None
    return index


def make_foreign(path: Path) -> None:
    path.unlink()
    alter(path, "CREATE TABLE records (sequence)")


def mark_older(path: Path) -> None:
    alter(path, "PRAGMA user_version = 0")


def add_trigger(path: Path) -> None:
    alter(
        path,
        "CREATE TRIGGER forget AFTER INSERT ON records BEGIN DELETE FROM places; END",
    )


def change_table(path: Path) -> None:
    alter(path, "ALTER TABLE agreements ADD COLUMN state TEXT")


def write_words(path: Path) -> None:
    path.write_text("This was an index once. " * 1000)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        *(make_empty, write_words, cut_off),
        *(make_foreign, mark_older, add_trigger, change_table),
    ],
    ids=lambda damage: damage.__name__,
)
def test_what_is_no_whole_index_of_ours_is_made_anew(
    path: Path, filing: Filing, damage: Callable[[Path], None]
) -> None:
    with Index.rebuild(path, filing.entries) as index:
        whole = index.contents_digest()
    damage(path)

    assert Index.open(path) is None
    with catch_up(path, filing.digest_at, filing.entries_after) as index:
        assert index.contents_digest() == whole


def test_an_index_that_is_behind_catches_up(path: Path, filing: Filing) -> None:
    Index.rebuild(path, filing.entries[:1]).close()
    asked = []

    def entries_after(sequence: int) -> list[Entry]:
        asked.append(sequence)
        return filing.entries_after(sequence)

    with catch_up(path, filing.digest_at, entries_after) as index:
        position = index.position()

    assert asked == [1]
    assert position == Position(4, filing.entries[-1].digest)


def test_an_empty_register_has_an_empty_index(path: Path) -> None:
    filing = Filing()

    for _ in range(2):
        with catch_up(path, filing.digest_at, filing.entries_after) as index:
            assert index.position() == Position(0, None)
            assert index.agreements() == ()
            assert list(index.histories()) == []
            assert index.search("cap") == ()


def test_a_record_that_the_register_lost_is_told_and_not_forgotten(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries).close()
    lost = filing.entries.pop()

    with pytest.raises(AheadError) as raised:
        catch_up(path, filing.digest_at, filing.entries_after)

    assert "knows record 4" in str(raised.value)
    assert lost.digest in str(raised.value)
    with opened(path) as index:
        assert index.position() == Position(4, lost.digest)


def test_a_register_written_anew_is_told(path: Path, filing: Filing) -> None:
    Index.rebuild(path, filing.entries).close()
    other = Filing()
    for _ in filing.entries:
        other.file("SLA-2026-0001")

    with pytest.raises(AheadError):
        catch_up(path, other.digest_at, other.entries_after)


def test_an_index_with_another_last_record_than_it_kept_is_made_anew(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries).close()
    alter(path, "UPDATE records SET json = '{}', digest = 'f' WHERE sequence = 4")

    with catch_up(path, filing.digest_at, filing.entries_after) as index:
        assert index.position() == Position(4, filing.entries[-1].digest)


def other_previous(record: Record) -> Record:
    return record.model_copy(update={"previous": "f" * 64})


def later_place(record: Record) -> Record:
    return record.model_copy(update={"sequence": record.sequence + 1})


def earlier_place(record: Record) -> Record:
    return record.model_copy(update={"sequence": 1})


@pytest.mark.parametrize("change", [other_previous, later_place, earlier_place])
def test_a_record_that_does_not_follow_is_refused_with_all_that_came_with_it(
    path: Path, filing: Filing, change: Callable[[Record], Record]
) -> None:
    third, fourth = filing.entries[2:]
    wrong = replace(fourth, record=change(fourth.record))
    with Index.rebuild(path, filing.entries[:2]) as index:
        before = index.contents_digest()

        with pytest.raises(DamagedIndexError, match="does not follow record 3"):
            index.add([third, wrong])

        assert index.contents_digest() == before
    with pytest.raises(DamagedIndexError, match="slacontracts verify"):
        Index.rebuild(path, [*filing.entries[:3], wrong])
    assert opened_digest(path) == before
    assert sorted(left.name for left in path.parent.iterdir()) == KEPT


def opened_digest(path: Path) -> str:
    with opened(path) as index:
        return index.contents_digest()


def test_what_is_known_already_is_passed_over(path: Path, filing: Filing) -> None:
    with Index.rebuild(path, filing.entries) as index:
        before = index.contents_digest()

        index.add(filing.entries)

        assert index.contents_digest() == before


def test_a_changed_record_in_the_index_is_not_believed(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries).close()
    alter(path, "UPDATE records SET json = replace(json, '2026-12-01', '2036-12-01')")

    with opened(path) as index:
        with pytest.raises(DamagedIndexError, match="registry rebuild"):
            index.records_of("SLA-2026-0001")
        with pytest.raises(DamagedIndexError):
            list(index.histories())


def test_changed_details_in_the_index_are_not_believed(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries).close()
    alter(path, "UPDATE records SET details = replace(details, 'b', 'c')")

    with opened(path) as index, pytest.raises(DamagedIndexError):
        index.records_of("SLA-2026-0001")


def test_flipped_bytes_give_a_clear_line_or_an_answer_and_never_a_crash(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries).close()
    whole = path.read_bytes()
    chance = random.Random(4)
    told = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(bytes(data))

        try:
            index = Index.open(path)
            if index is None:
                told += 1
                continue
            with index:
                index.position()
                index.agreements()
                index.records_of("SLA-2026-0001")
                list(index.histories())
                index.search("cap OR courier*")
                index.contents_digest()
        except DamagedIndexError:
            told += 1
    assert told > 100


def leave(path: Path) -> None:
    assert path.is_file()


@pytest.mark.parametrize(
    "damage", [leave, Path.unlink, write_words], ids=lambda damage: damage.__name__
)
def test_a_journal_left_by_the_old_file_does_not_touch_the_new_one(
    path: Path, filing: Filing, damage: Callable[[Path], None]
) -> None:
    path.parent.mkdir(parents=True)
    die_while_adding(path)
    assert path.with_name(f"{INDEX_FILE}-journal").exists()
    damage(path)

    with Index.rebuild(path, filing.entries) as index:
        whole = index.contents_digest()

    assert not path.with_name(f"{INDEX_FILE}-journal").exists()
    assert opened_digest(path) == whole


DIE = """
import os, sys
from pathlib import Path
from registering import Filing
from slacontracts.store.index import Index
filing = Filing()
for number in range(100):
    filing.file(f"SLA-{number:04}", texts={"Clause": f"word{number} " * 2000})
index = Index.rebuild(Path(sys.argv[1]), filing.entries[:50])
index._connection.execute("PRAGMA cache_size = 2")  # so that pages are written at once
def dying():
    yield from filing.entries[50:]
    os._exit(9)
index.add(dying())
"""


def die_while_adding(path: Path) -> None:
    """End a process in the middle of adding, when pages have been written already."""
    ended = subprocess.run(
        [sys.executable, "-c", DIE, str(path)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
    )
    assert ended.returncode == 9


def test_who_dies_while_adding_leaves_the_index_as_it_was(path: Path) -> None:
    path.parent.mkdir(parents=True)

    die_while_adding(path)

    with opened(path) as index:
        assert index.position().sequence == 50
        assert len(index.search("word1*", with_replaced=True)) == 11
        assert index.search("word60") == ()


def test_a_rebuilding_that_was_ended_leaves_the_old_index_and_is_cleared_away(
    path: Path, filing: Filing
) -> None:
    def ended() -> list[Entry]:
        raise KeyboardInterrupt

    Index.rebuild(path, filing.entries).close()
    left = path.with_name(f"{INDEX_FILE}.1.new")
    left.write_bytes(b"half")

    with pytest.raises(KeyboardInterrupt):
        Index.rebuild(path, (entry for _ in [0] for entry in ended()))

    with opened(path) as index:
        assert index.position().sequence == 4
    assert sorted(left.name for left in path.parent.iterdir()) == KEPT


@pytest.mark.skipif(os.name == "nt", reason="two processes share no open file there")
def test_who_reads_while_another_rebuilds_goes_on_reading(
    path: Path, filing: Filing
) -> None:
    with Index.rebuild(path, filing.entries[:1]) as reader:
        Index.rebuild(path, filing.entries).close()

        assert len(reader.agreements()) == 1
    with opened(path) as index:
        assert len(index.agreements()) == 3


def test_two_that_catch_up_at_once_do_not_hinder_each_other(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries[:1]).close()

    with opened(path) as one, opened(path) as other:
        assert one.position() == other.position()
        one.add(filing.entries_after(1))
        other.add(filing.entries_after(1))

    assert opened_digest(path) == rebuilt_digest(path, filing)


@pytest.mark.skipif(os.name == "nt", reason="an open file is not replaced there")
def test_who_was_about_to_add_while_another_rebuilt_adds_to_the_new_one(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries[:1]).close()

    def entries_after(sequence: int) -> list[Entry]:
        if sequence:
            Index.rebuild(path, filing.entries[:2]).close()
        return filing.entries_after(sequence)

    with catch_up(path, filing.digest_at, entries_after) as index:
        assert index.position().sequence == 4

    assert opened_digest(path) == rebuilt_digest(path, filing)


@pytest.mark.skipif(os.name == "nt", reason="an open file is not replaced there")
def test_an_index_that_is_being_written_is_not_replaced(
    path: Path, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slacontracts.store.index_tables._PATIENCE_SECONDS", 0.05)
    Index.rebuild(path, filing.entries[:1]).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(OutsideError, match="in use by another slacontracts"):
        Index.rebuild(path, filing.entries)
    other.execute("ROLLBACK")
    other.close()

    with opened(path) as index:
        assert index.position().sequence == 1


def test_many_that_find_no_index_at_once_all_get_one(
    path: Path, filing: Filing
) -> None:
    def sequence_seen(_: int) -> int:
        with catch_up(path, filing.digest_at, filing.entries_after) as index:
            return index.position().sequence

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(sequence_seen, range(24))) == [4] * 24
    assert opened_digest(path) == rebuilt_digest(path, filing)


def rebuilt_digest(path: Path, filing: Filing) -> str:
    with Index.rebuild(path.with_name("other.sqlite"), filing.entries) as index:
        return index.contents_digest()


def test_who_waits_in_vain_for_another_is_told(
    path: Path, filing: Filing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slacontracts.store.index_tables._PATIENCE_SECONDS", 0.05)
    Index.rebuild(path, filing.entries[:1]).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with opened(path) as index, pytest.raises(OutsideError) as raised:
        index.add(filing.entries[1:])
    other.close()

    assert "in use by another slacontracts" in str(raised.value)
    assert not isinstance(raised.value, DamagedIndexError)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, filing: Filing) -> None:
    (tmp_path / "slacontracts").write_text("a file where the folder should be")

    with pytest.raises(OutsideError) as raised:
        Index.rebuild(tmp_path / "slacontracts" / INDEX_FILE, filing.entries)

    assert "cannot be written" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a disk of posix")
def test_a_folder_in_the_place_of_the_index_is_told(path: Path, filing: Filing) -> None:
    path.mkdir(parents=True)

    with pytest.raises(OutsideError, match="cannot be written"):
        catch_up(path, filing.digest_at, filing.entries_after)


def test_a_damaged_record_is_told_when_another_is_added(
    path: Path, filing: Filing
) -> None:
    Index.rebuild(path, filing.entries).close()
    alter(path, "UPDATE records SET json = '{}' WHERE sequence = 2")
    half = filing.file("SLA-2026-0002", "partly-signed", as_="amendment-1")

    with opened(path) as index, pytest.raises(DamagedIndexError):
        index.add([half])
    with catch_up(path, filing.digest_at, filing.entries_after) as index:
        assert index.agreements()[1].as_ == "original"


def test_a_fault_in_reading_the_register_is_not_taken_for_one_of_the_index(
    path: Path, filing: Filing
) -> None:
    def entries_after(sequence: int) -> Iterator[Entry]:
        yield from filing.entries_after(sequence)
        raise ValueError("the register")

    Index.rebuild(path, filing.entries[:1]).close()

    with pytest.raises(ValueError, match="the register"):
        catch_up(path, filing.digest_at, entries_after)
    with opened(path) as index:
        assert index.position().sequence == 1
