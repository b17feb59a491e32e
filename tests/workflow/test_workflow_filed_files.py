"""Files that somebody else filed: their names are safe, and their bytes are checked."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from signed import TODAY, at

from slacontracts.errors import SlaContractsError
from slacontracts.model.record import Record
from slacontracts.store.register import append
from slacontracts.store.versions import Author
from slacontracts.workflow import filed_files
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.filed_files import write_filed
from slacontracts.workflow.filing import registered_place
from slacontracts.workflow.registered import filed_of

ID = "UC-2019-0007"
NAMES = ("evidence/..\\..\\up.pdf", "signed/1-a:b.pdf", "signed/1-A-b.pdf", "x/nul.pdf")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A workspace with a record of which the files have names of all kinds."""
    record = Record(
        sequence=1,
        previous=None,
        act="foreign",
        agreement=ID,
        customer="harbour",
        entry=1,
        recorded_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        recorded_by="Somebody else",
        program="0.1.0",
        as_="original",
        signed_on=date(2019, 3, 1),
        effective=date(2019, 3, 1),
        facts={"title": "Paper", "parties": {}},
    )
    files = {name: name.encode() for name in NAMES}
    author = Author("Somebody else", "else@harbour.example")
    append(desk.workspace.root, record, files, author=author)
    return at(desk, TODAY)


def test_every_file_is_written_within_the_folder_under_a_name_of_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "out" / "paper"

    written = write_filed(desk, ID, folder)

    assert {one.relative_to(folder).as_posix() for one in written} == {
        "record-1/-..-up.pdf",
        "record-1/1-A-b.pdf",
        "record-1/2-1-a-b.pdf",
        "record-1/-nul.pdf",
    }
    assert sorted(one.read_bytes() for one in written) == sorted(
        name.encode() for name in NAMES
    )


def test_nothing_is_written_where_a_file_is_not_as_it_was_filed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (filed,) = filed_of(desk, registered_place(desk, ID))
    first, second, *_ = filed.files
    swapped = {**filed.files, first: filed.files[second]}
    other = type(filed)(filed.record, filed.digest, swapped)
    monkeypatch.setattr(filed_files, "filed_of", lambda *_: (other,))

    with pytest.raises(SlaContractsError, match="is not as it was filed, and nothing"):
        write_filed(desk, ID, tmp_path / "paper")

    assert not (tmp_path / "paper").exists()
