"""Versions: what each name means, with which library and numbers, and what is refused."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from signed import LATER, TODAY, amend, at, in_copy, sign

from slacontracts.compose.digest import canonical_document, inline_text, text_digest
from slacontracts.errors import NotFoundError
from slacontracts.model.document import NumberedDocument, Table
from slacontracts.store.cache import Cache
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.library import save_library
from slacontracts.workflow.reference import Reference, read_reference
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.states import versions_of
from slacontracts.workflow.use import omit_clause
from slacontracts.workflow.versions import Stated, composed_at, usual_base

ID = "SLA-2026-0002"
SIGNED = date(2026, 11, 20)  # and in effect from the same day


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The test's own workspace, on the day of the tests."""
    return at(desk, TODAY)


@pytest.fixture(scope="module")
def amended_twice(
    signed_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Signed, amended twice; the second amendment takes effect before the first."""
    folder = tmp_path_factory.mktemp("amended")
    root = Path(shutil.copytree(signed_sample, folder / "all"))
    desk = at(open_desk(root, Cache(folder / "cache")), TODAY)
    amend(desk, ID, "2027-03-20", ("/term/initial", "P26M"))
    open_next_amendment(desk, ID, "2027-03-01", "As agreed")
    omit_clause(desk, ID, "publicity")
    approval = (
        "{item: publicity, role: sales, by: Declan Byrne, on: 2026-11-20, value: omit}"
    )
    set_values(desk, ID, [("/approvals/+", approval)])
    save_agreement(desk, ID, "Amendment 2", LATER)
    sign(desk, ID)
    return root


@pytest.fixture
def amended(desk: Desk, amended_twice: Path) -> Desk:
    """The test's own workspace, signed and amended twice."""
    return in_copy(desk, amended_twice)


def stated(desk: Desk, version: str) -> Stated:
    return composed_at(Shelf(desk), Reference(ID, version))


def words(document: NumberedDocument) -> str:
    """Return all that a document says outside of its tables."""
    return "\n".join(
        "".join(inline_text(inline, document) for inline in block.inlines)
        for clause in document.document.clauses
        for block in clause.blocks
        if not isinstance(block, Table)
    )


def labels(document: NumberedDocument) -> dict[str, str]:
    return {
        clause.key: document.labels[clause.key] for clause in document.document.clauses
    }


def test_a_draft_is_what_was_saved_whatever_came_later(desk: Desk) -> None:
    first = canonical_document(stated(desk, "working").document)
    set_values(desk, ID, [("/term/initial", "P26M")])
    save_agreement(desk, ID, "Longer", LATER)
    set_values(desk, ID, [("/term/initial", "P30M")])

    drafts = [stated(desk, name) for name in ("draft:1", "draft:2", "working")]

    assert canonical_document(drafts[0].document) == first
    assert ["26 months" in words(one.document) for one in drafts] == [
        False,
        True,
        False,
    ]
    assert "30 months" in words(drafts[2].document)
    assert [one.number for one in drafts] == [1, 2, 3]
    assert [one.saved_as is None for one in drafts] == [False, False, True]


def test_every_version_is_composed_with_the_library_it_pins(desk: Desk) -> None:
    before = text_digest(stated(desk, "draft:1").document)
    desk.workspace.write(
        "clauses/waiver/preferred.en.md", b"1. Silence is no waiver.\n"
    )
    library = save_library(desk, "Shorter waiver", LATER).id
    set_values(desk, ID, [("/library", str(library))])
    save_agreement(desk, ID, "Newer library", LATER)

    old, new = stated(desk, "draft:1"), stated(desk, "draft:2")

    assert text_digest(old.document) == before
    assert "Silence is no waiver." not in words(old.document)
    assert "Silence is no waiver." in words(new.document)
    assert new.library.library.revision == library != old.library.library.revision


def test_every_version_is_composed_with_the_settings_of_its_time(desk: Desk) -> None:
    settings = desk.workspace.read("slacontracts.yaml")
    renamed = settings.replace(b"Northwind Hosting Ltd", b"Northwind plc", 1)
    desk.workspace.write("slacontracts.yaml", renamed)

    assert renamed != settings
    assert stated(desk, "draft:1").shelf.desk.settings.organisation == (
        "Northwind Hosting Ltd"
    )


def test_a_signed_text_keeps_its_numbers_through_amendments(amended: Desk) -> None:
    texts = [
        stated(amended, name).document
        for name in ("original", "amendment-1", "amendment-2", "working")
    ]

    before = labels(texts[0])
    for text in texts[1:]:
        assert {
            key: label for key, label in labels(text).items() if key in before
        }.items() <= before.items()
    assert "26 months" not in words(texts[0])
    assert "26 months" in words(texts[1])
    assert "publicity" in labels(texts[1])
    assert "publicity" not in labels(texts[2])
    assert labels(texts[2])["publicity.omitted"] == before["publicity"]
    assert canonical_document(texts[3]) == canonical_document(texts[2])


def test_a_draft_after_signature_has_the_numbers_of_what_was_signed_by_then(
    amended: Desk,
) -> None:
    drafts = [one.number for one in versions_of(amended, ID).drafts]

    first, second, third = (stated(amended, f"draft:{number}") for number in drafts)

    assert text_digest(first.document) == text_digest(
        stated(amended, "original").document
    )
    assert text_digest(second.document) == text_digest(
        stated(amended, "amendment-1").document
    )
    assert text_digest(third.document) == text_digest(
        stated(amended, "amendment-2").document
    )


@pytest.mark.parametrize(
    ("day", "is_longer", "is_publicity_out"),
    [
        ("2026-11-20", False, False),
        ("2027-02-28", False, False),
        ("2027-03-01", False, True),
        ("2027-03-19", False, True),
        ("2027-03-20", True, True),
        ("2027-06-01", True, True),
    ],
)
def test_a_day_shows_the_text_in_force_on_it(
    amended: Desk, day: str, is_longer: bool, is_publicity_out: bool
) -> None:
    document = stated(amended, day).document

    assert ("26 months" in words(document)) is is_longer
    assert ("publicity.omitted" in document.labels) is is_publicity_out


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("draft:4", "has no draft:4; the last saved is draft:3"),
        ("draft:0", 'has no version "draft:0"; a version is working, draft:3'),
        (
            "amendment-3",
            "has no signed amendment 3; the last signed text is amendment-2",
        ),
        ("first", 'has no version "first"; a version is working, draft:3'),
        ("2026-11-19", "takes effect on 2026-11-20, so no text of it is in force on"),
        ("2026-11-31", '"2026-11-31" is not a date'),
    ],
)
def test_a_version_that_there_is_not_is_refused_in_one_line(
    amended: Desk, version: str, says: str
) -> None:
    with pytest.raises(NotFoundError) as raised:
        stated(amended, version)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("version", ["original", "amendment-1", "2027-01-01"])
def test_an_unsigned_agreement_has_no_signed_text(desk: Desk, version: str) -> None:
    with pytest.raises(
        NotFoundError, match=r"is not signed, so .* slacontracts register "
    ):
        stated(desk, version)


def test_while_the_conditions_wait_nothing_is_in_force(desk: Desk) -> None:
    set_values(desk, ID, [("/effective/on", "conditions-met")])
    save_agreement(desk, ID, "On conditions", LATER)
    sign(desk, ID)

    with pytest.raises(
        NotFoundError, match=r"say when they were: .* KEY --met-on DATE"
    ):
        stated(desk, "2027-03-20")


def test_the_text_in_hand_is_compared_with_what_was_signed_else_saved_last(
    desk: Desk,
) -> None:
    drafted = usual_base(desk, ID)
    sign(desk, ID, on=SIGNED)

    assert (drafted, usual_base(desk, ID)) == (
        Reference(ID, "draft:1"),
        Reference(ID, "original"),
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("SLA-1", Reference("SLA-1", "working")),
        ("SLA-1@draft:3", Reference("SLA-1", "draft:3")),
        ("SLA-1@2027-03-01", Reference("SLA-1", "2027-03-01")),
        ("sent.docx", Path("sent.docx")),
        ("a@b/sent.DOCX", Path("a@b/sent.DOCX")),
        ("drafts/sent", Path("drafts/sent")),
        ("sent.doc", Path("sent.doc")),
    ],
)
def test_a_version_or_a_file_is_meant(text: str, meant: Reference | Path) -> None:
    assert read_reference(text) == meant


def test_a_file_that_is_there_is_meant_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("SLA-1@draft").write_bytes(b"PK")

    assert read_reference("SLA-1@draft") == Path("SLA-1@draft")


def test_no_version_behind_the_sign_is_refused() -> None:
    with pytest.raises(NotFoundError, match="names no version behind the @"):
        read_reference("SLA-1@")
