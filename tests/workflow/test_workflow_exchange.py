"""Two clones of a workspace and a bare repository: what one does, the other gets."""

from pathlib import Path

import pytest
from sharing import Person, bare, colleague_of, git

from slacontracts.errors import NotFoundError, OutsideError, SourceError
from slacontracts.store.chain import verify_chain
from slacontracts.store.git import count_saves, draft_number
from slacontracts.store.register import read_filed, register_tip
from slacontracts.store.remote import OvertakenError
from slacontracts.store.renumbering import provisional
from slacontracts.workflow.registry import history_of
from slacontracts.workflow.states import versions_of


@pytest.fixture
def niamh(contracts: Path, tmp_path: Path) -> Person:
    person = Person(contracts)
    person.push(str(bare(tmp_path / "shared.git")))
    return person


@pytest.fixture
def omar(niamh: Person, tmp_path: Path) -> Person:
    return colleague_of(niamh, tmp_path / "omar", "Omar Haddad")


def drafts(person: Person, agreement_id: str) -> list[tuple[int, str, str]]:
    lines = versions_of(person.desk, agreement_id).drafts
    return [(line.number, line.author, line.note) for line in lines]


def is_clean(person: Person) -> bool:
    return git(person.root, "status", "--porcelain") == ""


def test_the_place_is_named_once_and_remembered(niamh: Person) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")

    sent = niamh.push()

    assert (sent.versions, sent.records) == (1, 0)
    assert niamh.push().versions == 0


def test_without_a_place_the_command_says_how_to_name_one(contracts: Path) -> None:
    with pytest.raises(NotFoundError, match="slacontracts push --to FOLDER"):
        Person(contracts).push()
    with pytest.raises(NotFoundError, match="slacontracts pull --from FOLDER"):
        Person(contracts).pull()


def test_another_place_is_refused_once_there_is_one(
    niamh: Person, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=r"shared through .* already"):
        niamh.push(str(bare(tmp_path / "other.git")))


def test_a_place_that_is_not_there_is_not_remembered(
    contracts: Path, tmp_path: Path
) -> None:
    person = Person(contracts)

    with pytest.raises(OutsideError, match="no versions are kept there"):
        person.push(str(tmp_path / "nowhere"))

    with pytest.raises(NotFoundError, match="--to FOLDER"):
        person.push()


def test_a_new_clone_gets_the_register_by_pulling(niamh: Person, omar: Person) -> None:
    niamh.register(1)
    niamh.push()

    pulled = omar.pull()

    assert [one.record.agreement for one in pulled.register.new] == ["SLA-1"]
    assert read_filed(omar.root) == read_filed(niamh.root)
    assert [one.sequence for one in history_of(omar.desk, "SLA-1")] == [1]


def test_saves_of_different_agreements_meet_without_a_question(
    niamh: Person, omar: Person
) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    omar.save("SLA-2026-0002", "Term agreed")
    with pytest.raises(OvertakenError, match="pull first: slacontracts pull"):
        omar.push()

    pulled = omar.pull()
    omar.push()
    back = niamh.pull()

    assert pulled.taken == ("SLA-2026-0001",)
    assert back.taken == ("SLA-2026-0002",)
    assert git(omar.root, "rev-parse", "HEAD") == git(niamh.root, "rev-parse", "HEAD")
    assert is_clean(niamh)
    assert is_clean(omar)
    for one in ("SLA-2026-0001", "SLA-2026-0002", "SLA-2026-0003"):
        assert niamh.file_of(one).read_bytes() == omar.file_of(one).read_bytes()
        assert drafts(niamh, one) == drafts(omar, one)
        place = niamh.desk.workspace.agreement(one)
        numbers = {count_saves(each.root, place) for each in (niamh, omar)} | {
            draft_number(each.desk.workspace, place).number for each in (niamh, omar)
        }
        assert numbers == {len(drafts(niamh, one))}
    git(niamh.root, "fsck", "--strict", "--no-dangling")


def test_a_merge_keeps_what_is_not_saved_elsewhere(niamh: Person, omar: Person) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    omar.save("SLA-2026-0002", "Term agreed")
    omar.alter("SLA-2026-0003", "not saved")
    before = omar.file_of("SLA-2026-0003").read_bytes()

    omar.pull()

    assert omar.file_of("SLA-2026-0003").read_bytes() == before
    status = git(omar.root, "status", "--porcelain").split()
    assert status[0] == "M"
    assert status[1].endswith("SLA-2026-0003/agreement.yaml")
    assert len(status) == 2


def test_the_same_agreement_is_left_to_people_who_are_named(
    niamh: Person, omar: Person
) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    tip = omar.save("SLA-2026-0001", "Other price")
    text = omar.file_of("SLA-2026-0001").read_bytes()

    pulled = omar.pull()

    (one,) = pulled.undecided
    assert one.name == "SLA-2026-0001"
    assert (one.mine.author, one.theirs.author) == ("Omar Haddad", "Niamh Kelleher")
    assert one.theirs.message == "SLA-2026-0001: Price agreed"
    assert pulled.taken == ()
    assert git(omar.root, "rev-parse", "HEAD") == tip
    assert omar.file_of("SLA-2026-0001").read_bytes() == text


@pytest.mark.parametrize(
    ("side", "line"), [("mine", "Other price"), ("theirs", "Price agreed")]
)
def test_whose_text_counts_is_said_once_for_both(
    niamh: Person, omar: Person, side: str, line: str
) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    tip = omar.save("SLA-2026-0001", "Other price")

    pulled = omar.pull(SLA_2026_0001=side)  # type: ignore[arg-type]
    omar.push()
    niamh.pull()

    assert (pulled.kept if side == "mine" else pulled.taken) == ("SLA-2026-0001",)
    assert niamh.file_of("SLA-2026-0001").read_text().endswith(f"# {line}\n")
    assert omar.file_of("SLA-2026-0001").read_text().endswith(f"# {line}\n")
    assert drafts(niamh, "SLA-2026-0001") == drafts(omar, "SLA-2026-0001")
    assert drafts(omar, "SLA-2026-0001")[-1][2] == line
    git(niamh.root, "merge-base", "--is-ancestor", tip, "HEAD")
    assert is_clean(niamh)
    assert is_clean(omar)


def test_a_decision_about_anything_else_is_refused(niamh: Person, omar: Person) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()

    with pytest.raises(SourceError, match="SLA-2026-0002 was not changed by both"):
        omar.pull(SLA_2026_0002="mine")

    assert omar.pull().taken == ("SLA-2026-0001",)


def test_the_same_change_on_both_sides_is_no_question(
    niamh: Person, omar: Person
) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    omar.save("SLA-2026-0001", "Price agreed")

    pulled = omar.pull()

    assert pulled.undecided == ()
    assert is_clean(omar)


def test_what_was_signed_stays_the_text(niamh: Person, omar: Person) -> None:
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    version = omar.save("SLA-2026-0001", "Signed price")
    place = omar.desk.workspace.agreement("SLA-2026-0001")
    omar.register(1, agreement=place.id, customer=place.customer, version=version)

    with pytest.raises(
        SourceError, match=r"text that was signed is yours.*--take mine"
    ):
        omar.pull(SLA_2026_0001="theirs")

    assert omar.pull(SLA_2026_0001="mine").undecided == ()


def test_an_unsaved_change_is_not_overwritten(niamh: Person, omar: Person) -> None:
    niamh.register(1)
    niamh.save("SLA-2026-0001", "Price agreed")
    niamh.push()
    omar.alter("SLA-2026-0001", "not saved")
    before = omar.file_of("SLA-2026-0001").read_bytes()

    with pytest.raises(SourceError, match=r"agreement\.yaml has changes that are not"):
        omar.pull()

    assert omar.file_of("SLA-2026-0001").read_bytes() == before
    assert register_tip(omar.root) is None


def test_a_file_that_was_deleted_or_made_follows(niamh: Person, omar: Person) -> None:
    folder = niamh.file_of("SLA-2026-0001").parent
    (folder / "annex").mkdir()
    (folder / "annex/plan.txt").write_text("A plan\n")
    niamh.save("SLA-2026-0001", "With a plan")
    niamh.push()
    omar.pull()
    theirs = omar.file_of("SLA-2026-0001").parent
    assert (theirs / "annex/plan.txt").read_text() == "A plan\n"
    (folder / "annex/plan.txt").unlink()
    niamh.save("SLA-2026-0001", "Without")
    niamh.push()
    omar.save("SLA-2026-0002", "Term agreed")

    omar.pull()

    assert not (theirs / "annex").exists()
    assert is_clean(omar)


def test_another_workspace_is_not_mixed_in(
    niamh: Person, tmp_path: Path, sample: Path
) -> None:
    import shutil

    other = Path(shutil.copytree(sample, tmp_path / "other"))
    shutil.rmtree(other / ".git")
    git(other, "init", "--quiet", "--initial-branch=main")
    git(other, "add", "--all")
    git(other, "commit", "--quiet", "-m", "Another")

    with pytest.raises(OutsideError, match="another workspace"):
        Person(other).pull(str(tmp_path / "shared.git"))
    with pytest.raises(OvertakenError, match="pull first"):
        Person(other).push(str(tmp_path / "shared.git"))


def test_an_id_that_both_gave_away_is_told(niamh: Person, omar: Person) -> None:
    for person, customer in ((niamh, "acme"), (omar, "globex")):
        folder = person.root / "agreements" / customer / "SLA-2026-0099"
        folder.mkdir(parents=True)
        (folder / "agreement.yaml").write_text("id: SLA-2026-0099\n")
        person.save("SLA-2026-0099", "New")
    niamh.push()

    pulled = omar.pull()

    (said,) = pulled.notes
    assert "SLA-2026-0099 is used twice now" in said


def test_changes_that_are_not_saved_are_not_sent_and_told(niamh: Person) -> None:
    niamh.alter("SLA-2026-0001", "not saved")

    sent = niamh.push()

    assert sent.notes == ("not saved, so not sent: SLA-2026-0001",)
    assert provisional(niamh.root) == frozenset()
    assert verify_chain(niamh.root).filed == ()
