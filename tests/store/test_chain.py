"""A register that was tampered with, cut, or damaged, and what is told about it."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from filing import filled_workspace, new_workspace
from forging import FILE, FOLDER, Forger, Step, digest, linked, steps_of

from slacontracts.errors import SourceError
from slacontracts.model.record import record_bytes
from slacontracts.store.chain import ChainReport, read_receipt, verify_chain
from slacontracts.store.register import Receipt, read_filed

COUNT = 6
AT = 2  # the record that is tampered with, from 0
FOLDER_AT = "customer-1/SLA-3/0001-signed"

Forge = Callable[[list[Step]], list[Step]]


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory, surroundings: None) -> Path:
    return filled_workspace(tmp_path_factory.mktemp("register") / "contracts", COUNT)


@pytest.fixture
def root(_template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_template, tmp_path / "contracts"))


def at(change: Callable[[Step], Step], place: int = AT) -> Forge:
    def forge(steps: list[Step]) -> list[Step]:
        return [*steps[:place], change(steps[place]), *steps[place + 1 :]]

    return forge


def from_there(change: Callable[[Step], Step], place: int = AT) -> Forge:
    """Change one record, and file all after it anew, so that the chain is right."""

    def forge(steps: list[Step]) -> list[Step]:
        return linked(at(change, place)(steps), place)

    return forge


def rewritten(step: Step) -> Step:
    return step.but(signed_on=step.record.signed_on - timedelta(days=30))  # type: ignore[operator]


def without(step: Step, name: str) -> Step:
    kept = {one: data for one, data in step.files.items() if one != name}
    return replace(step, files=kept)


def with_file(step: Step, name: str, data: bytes) -> Step:
    return replace(step, files={**step.files, name: data})


def with_contents(step: Step, name: str, data: bytes) -> Step:
    """Exchange a file, and list it; only what is said of it elsewhere is not changed."""
    changed = with_file(step, name, data)
    return linked([changed])[0].but(
        sequence=step.record.sequence,
        previous=step.record.previous,
        entry=step.record.entry,
    )


def backdated(steps: list[Step]) -> list[Step]:
    early = steps[-1].record.recorded_at - timedelta(days=9)
    return linked([*steps[:-1], steps[-1].but(recorded_at=early)], COUNT - 1)


def inserted(steps: list[Step]) -> list[Step]:
    early = steps[AT].record.recorded_at
    new = steps[AT].but(agreement="SLA-9", recorded_at=early, sequence=AT + 1, entry=1)
    return linked([*steps[:AT], new], AT) + steps[AT:]


TAMPERED: dict[str, tuple[Forge, str]] = {
    "rewritten": (at(rewritten), "followed another record than customer-1/SLA-3"),
    "taken out": (
        lambda steps: steps[:AT] + steps[AT + 1 :],
        "is record 4 .* record 3",
    ),
    "first taken out": (lambda steps: steps[1:], "stands first, but followed"),
    "put into another order": (
        lambda steps: [*steps[:2], steps[3], steps[2], *steps[4:]],
        "is record 4 .* where record 3 belongs",
    ),
    "put in between": (inserted, "followed another record than customer-1/SLA-9"),
    "filed twice": (
        lambda steps: [
            *steps,
            replace(steps[0], folder="customer-1/SLA-1/0009-signed"),
        ],
        "belongs to customer-1/SLA-1/0001",
    ),
    "backdated": (backdated, "before customer-1/SLA-1/0002-signed, which it follows"),
    "file exchanged": (
        at(lambda step: with_file(step, "source.yaml", b"id: X\n")),
        "the file source.yaml was exchanged",
    ),
    "file added": (
        at(lambda step: with_file(step, "signed/2-page.pdf", b"%PDF")),
        "the file signed/2-page.pdf was added",
    ),
    "file taken out": (
        at(lambda step: without(step, "signed/1-signed.pdf")),
        "the file signed/1-signed.pdf, which its record lists, was taken out",
    ),
    "signed file exchanged and listed": (
        from_there(lambda step: with_contents(step, "signed/1-signed.pdf", b"%PDF")),
        "the signed file signed.pdf is not the one its record describes",
    ),
    "text exchanged and listed": (
        from_there(lambda step: with_contents(step, "text.json", b"[]")),
        "text.json is not the text whose digest",
    ),
    "written otherwise": (
        at(lambda step: replace(step, data=record_bytes(step.record) + b"\n")),
        "record.json of customer-1/SLA-3/0001-signed is not what",
    ),
    "no record": (at(lambda step: replace(step, data=b"{}")), "not what slacontracts"),
    "deeper than can be read": (
        at(lambda step: replace(step, data=b"[" * 200_000)),
        "not what slacontracts",
    ),
    "another folder": (
        at(lambda step: replace(step, folder="customer-1/SLA-8/0001-signed")),
        "its record belongs to customer-1/SLA-3/0001-signed",
    ),
    "another entry": (
        at(lambda step: step.but(entry=2)),
        "should be entry 0001 of its agreement",
    ),
    "another author": (
        at(lambda step: replace(step, author="Mallory <m@m>")),
        "recorded by Niamh Kelleher .* filed by Mallory",
    ),
    "another time": (
        at(lambda step: replace(step, seconds=-86400)),
        "not filed at the time",
    ),
    "another receipt": (
        at(
            lambda step: replace(
                step,
                message=f"x\n\nRecord: {step.record.folder}\nReceipt: 3-{'0' * 64}",
            )
        ),
        "the receipt of another record",
    ),
    "other words": (
        at(
            lambda step: replace(
                step,
                message="SLA-3: terminated\n\nRecord: customer-1/SLA-3/0001-signed\n"
                f"Receipt: 3-{digest(step.record)}",
            )
        ),
        "or with other words",
    ),
    "a name that changes the screen": (
        at(lambda step: with_file(step, "\x1b[2J\n", b"x")),
        r"the file \\x1b\[2J\\n was added",
    ),
    "more words in the version": (
        at(lambda step: replace(step, header="encoding latin-1\n")),
        "not written as slacontracts writes one",
    ),
    "an earlier record changed later": (
        at(lambda step: replace(step, other={f"{FOLDER_AT}/source.yaml": b"x"}), 4),
        f"{FOLDER_AT} was changed after its filing",
    ),
    "an earlier record taken out later": (
        at(lambda step: replace(step, other={FOLDER_AT: None}), 4),
        f"{FOLDER_AT} was taken out",
    ),
    "a customer taken out later": (
        at(lambda step: replace(step, other={"customer-1": None}), 3),
        "customer-1 was taken out",
    ),
    "a file beside the customers": (
        at(lambda step: replace(step, other={"README": b"x"}), 4),
        "README is no folder of a record",
    ),
    "a file beside the records": (
        at(lambda step: replace(step, other={"customer-1/SLA-3/0001": b"x"}), 4),
        "customer-1/SLA-3/0001 is no folder of a record",
    ),
    "two at once": (
        at(lambda step: replace(step, other={"c/A/0001-signed/record.json": b"x"})),
        "c/A/0001-signed was not filed by itself",
    ),
    "an empty version": (
        lambda steps: [*steps[:3], replace(steps[2], seconds=1), *steps[3:]],
        "files no record",
    ),
}


@pytest.mark.parametrize(("forge", "says"), TAMPERED.values(), ids=TAMPERED)
def test_what_a_forger_changes_is_found_from_the_chain_alone(
    root: Path, forge: Forge, says: str
) -> None:
    Forger(root).make(forge(steps_of(root)))

    report = verify_chain(root)

    assert report.worst == "tampered"
    require_said(report, says)


def require_said(report: ChainReport, says: str) -> None:
    said = "\n".join(trouble.says for trouble in report.troubles)
    assert re.search(says, said), said
    assert all(trouble.says.isprintable() for trouble in report.troubles)


def test_one_bad_record_does_not_hide_the_others(root: Path) -> None:
    forge = at(lambda step: replace(step, data=b"{}"))
    Forger(root).make(
        at(lambda step: with_file(step, "x", b"x"), 4)(forge(steps_of(root)))
    )

    report = verify_chain(root)

    assert [one.record.sequence for one in report.filed] == [1, 2, 4, 5, 6]
    assert {trouble.record for trouble in report.troubles} == {
        "customer-1/SLA-3/0001-signed",
        "customer-1/SLA-1/0002-signed",
    }


def test_a_register_made_anew_is_found_only_by_what_it_is_compared_with(
    root: Path,
) -> None:
    receipts = [one.receipt for one in read_filed(root)]
    tip = verify_chain(root).tip
    Forger(root).make(from_there(rewritten)(steps_of(root)))

    assert verify_chain(root).troubles == ()
    assert "made anew" in verify_chain(root).compared[0]
    for place, receipt in enumerate(receipts):
        report = verify_chain(root, receipts=[receipt])
        assert (report.worst == "tampered") == (place >= AT)
    require_said(verify_chain(root, receipts=receipts[AT:3]), "exchanged or made anew")
    assert verify_chain(root, indexed=receipts[-1]).worst == "tampered"
    assert verify_chain(root, remote_tip=tip).worst == "incomplete"


def test_a_tail_that_was_cut_off_is_found_only_by_what_it_is_compared_with(
    root: Path,
) -> None:
    receipts = [one.receipt for one in read_filed(root)]
    tip = verify_chain(root).tip
    forger = Forger(root)
    forger.point(forger.git("rev-parse", "register~2").strip())

    assert verify_chain(root).troubles == ()
    assert verify_chain(root, receipts=receipts[:4]).troubles == ()
    assert verify_chain(root, remote_tip=forger.git("rev-parse", "register~1").strip())
    report = verify_chain(root, receipts=receipts[4:5])
    assert report.worst == "tampered"
    require_said(report, "record 5 is not in the register, which ends with record 4")
    assert verify_chain(root, indexed=receipts[-1]).worst == "tampered"
    require_said(verify_chain(root, remote_tip=tip), "the remote has records")


def test_a_register_taken_away_is_found_with_a_receipt(root: Path) -> None:
    receipt = read_filed(root)[0].receipt
    Forger(root).git("update-ref", "-d", "refs/heads/register")

    assert verify_chain(root).troubles == ()
    require_said(verify_chain(root, receipts=[receipt]), "ends with record 0")


def test_it_is_told_what_there_was_to_compare_with(root: Path) -> None:
    receipt = read_filed(root)[1].receipt
    tip = verify_chain(root).tip

    report = verify_chain(root, receipts=[receipt], indexed=receipt, remote_tip=tip)

    assert report.troubles == ()
    assert report.compared == (
        "compared with the receipt of record 2",
        "compared with the index up to record 2",
        "compared with what the remote has",
    )


@pytest.mark.parametrize(
    "text",
    ["", "3", "3-abc", "0-" + "a" * 64, "3-" + "A" * 64, "٣-" + "a" * 64, "\x1b[1m"],
)
def test_what_is_no_receipt_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(SourceError, match="is no receipt") as raised:
        read_receipt(text)

    assert str(raised.value).isprintable()


def test_a_receipt_is_read_as_it_was_printed() -> None:
    receipt = Receipt(12, "ab" * 32)

    assert read_receipt(f" {receipt}\n") == receipt


def part(forger: Forger, what: str) -> str:
    """Return the id of a part of the register that belongs to one record."""
    place = f"register~{COUNT - 1 - AT}"
    return forger.git(
        "rev-parse",
        {
            "tip": "register",
            "version": place,
            "first": f"register~{COUNT - 1}",
            "list of all": f"{place}^{{tree}}",
            "last list of all": "register^{tree}",
            "first list of all": f"register~{COUNT - 1}^{{tree}}",
            "customer": f"{place}:customer-1",
            "agreement": f"{place}:customer-1/SLA-3",
            "record's folder": f"{place}:{FOLDER_AT}",
            "inner folder": f"{place}:{FOLDER_AT}/signed",
            "record": f"{place}:{FOLDER_AT}/record.json",
            "file": f"{place}:{FOLDER_AT}/source.yaml",
        }[what],
    ).strip()


PARTS = {
    "tip": [],
    "version": [1, 2, 3, 4, 5, 6],
    "first": [1, 2, 3, 4, 5, 6],
    "list of all": [1, 2, 3, 4, 5, 6],
    "last list of all": [1, 2, 3, 4, 5],
    "first list of all": [1, 2, 3, 4, 5, 6],
    "customer": [1, 2, 3, 4, 5, 6],
    "agreement": [1, 2, 4, 5, 6],
    "record's folder": [1, 2, 4, 5, 6],
    "inner folder": [1, 2, 3, 4, 5, 6],
    "record": [1, 2, 4, 5, 6],
    "file": [1, 2, 3, 4, 5, 6],
}


@pytest.mark.parametrize(("what", "left"), PARTS.items(), ids=PARTS)
def test_a_part_that_is_gone_is_told_as_missing_and_the_rest_is_read(
    root: Path, what: str, left: list[int]
) -> None:
    forger = Forger(root)
    forger.path(part(forger, what)).unlink()

    report = verify_chain(root)

    assert {trouble.kind for trouble in report.troubles} == {"incomplete"}
    assert [one.record.sequence for one in report.filed] == left


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "no bytes": lambda _: b"",
    "other bytes": lambda _: b"garbage",
    "half of it": lambda data: data[: len(data) // 2],
    "its head": lambda data: data[:12],
    "another end": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("what", ["tip", "version", "list of all", "record", "file"])
def test_a_part_that_is_damaged_is_not_told_as_missing(
    root: Path, what: str, damage: Callable[[bytes], bytes]
) -> None:
    forger = Forger(root)
    name = part(forger, what)
    forger.overwrite(name, damage(forger.path(name).read_bytes()))

    report = verify_chain(root)

    assert {trouble.kind for trouble in report.troubles} == {"tampered"}
    assert [one.record.sequence for one in report.filed] == PARTS[what]


@pytest.mark.parametrize("what", ["tip", "list of all", "record", "file"])
def test_another_content_under_an_id_is_found(root: Path, what: str) -> None:
    forger = Forger(root)
    name = part(forger, what)
    kind = forger.git("cat-file", "-t", name).strip()
    other = forger.put(kind, b"" if kind == "tree" else b"Mallory was here")
    forger.overwrite(name, forger.path(other).read_bytes())

    report = verify_chain(root)

    assert {trouble.kind for trouble in report.troubles} == {"tampered"}


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("mode", ["120000", "100755", "160000"])
def test_what_is_no_plain_file_is_found(root: Path, mode: str) -> None:
    forger = Forger(root)
    folder = forger.tree(f"register:{FOLDER_AT}")
    folder["source.yaml"] = (mode, folder["source.yaml"][1])
    point_to(forger, forger.put_tree(folder))

    require_said(verify_chain(root), "source.yaml of .* a link or a program")


def point_to(forger: Forger, folder: str) -> None:
    """Let the branch end with the record, in a folder of the forger's own."""
    version = forger.git("rev-parse", f"register~{COUNT - 1 - AT}").strip()
    tree = forger.tree(version)
    customer = forger.tree(f"{version}:customer-1")
    agreement = {"0001-signed": (FOLDER, folder)}
    customer["SLA-3"] = (FOLDER, forger.put_tree(agreement))
    tree["customer-1"] = (FOLDER, forger.put_tree(customer))
    said = forger.git("cat-file", "commit", version)
    _, _, rest = said.partition("\n")
    text = f"tree {forger.put_tree(tree)}\n{rest}"
    forger.point(forger.put("commit", text.encode()))


def test_a_folder_that_git_would_not_write_is_found(root: Path) -> None:
    forger = Forger(root)
    folder = forger.tree(f"register:{FOLDER_AT}")
    turned = dict(reversed(folder.items()))
    point_to(forger, forger.put_tree(turned, is_sorted=False))

    require_said(verify_chain(root), f"the folder {FOLDER_AT} is not written as")


@pytest.mark.parametrize("name", [".git", "..", ""])
def test_a_name_that_no_disk_should_see_is_found(root: Path, name: str) -> None:
    forger = Forger(root)
    folder = forger.tree(f"register:{FOLDER_AT}")
    folder[name] = (FILE, forger.put("blob", b"x"))
    point_to(forger, forger.put_tree(folder))

    assert verify_chain(root).worst == "tampered"


def test_folders_that_name_one_another_do_not_keep_it_busy(root: Path) -> None:
    forger = Forger(root)
    entry = (FILE, forger.put("blob", b"x"))
    for _ in range(5):
        entry = (FOLDER, forger.put_tree({f"{at:03}": entry for at in range(200)}))
    folder = forger.tree(f"register:{FOLDER_AT}")
    point_to(forger, forger.put_tree({**folder, "signed": entry}))

    require_said(verify_chain(root), f"the folder {FOLDER_AT}/signed.* not written as")


def test_a_branch_below_the_name_of_the_register_is_not_the_register(
    root: Path,
) -> None:
    forger = Forger(root)
    forger.git("branch", "other", "register")
    forger.git("update-ref", "-d", "refs/heads/register")
    forger.git("update-ref", "refs/heads/register/of-mine", "other")

    report = verify_chain(root)

    assert (report.worst, report.filed) == ("tampered", ())


def test_two_registers_joined_are_found(root: Path) -> None:
    forger = Forger(root)
    parents = forger.git("rev-parse", "register", "register~1").split()
    tree = forger.git("rev-parse", "register^{tree}").strip()
    forger.point(forger.put_version(tree, parents, "Joined"))

    require_said(verify_chain(root), "joining two registers")


@pytest.mark.parametrize("is_packed", [False, True], ids=["loose", "packed"])
@pytest.mark.parametrize("what", ["version", "list of all", "record", "file"])
def test_a_part_shown_in_place_of_another_is_not_followed_and_found(
    root: Path, what: str, is_packed: bool
) -> None:
    forger = Forger(root)
    name = part(forger, what)
    kind = forger.git("cat-file", "-t", name).strip()
    data = forger.git("cat-file", kind, name).encode() if kind != "tree" else b""
    forger.git("update-ref", f"refs/replace/{name}", forger.put(kind, data + b"\n"))
    if is_packed:
        forger.git("pack-refs", "--all")

    report = verify_chain(root)

    assert report.worst == "tampered"
    assert len(report.filed) == COUNT
    assert [one.record for one in report.troubles] == [""]
    require_said(report, f"show something else .*refs/replace/{name}")


def test_what_is_shown_in_place_of_other_things_is_nobodys_trouble(root: Path) -> None:
    forger = Forger(root)
    one, other = (forger.put("blob", data) for data in (b"one", b"other"))
    forger.git("update-ref", f"refs/replace/{one}", other)

    assert verify_chain(root).troubles == ()


def test_a_graft_is_not_followed_and_found(root: Path) -> None:
    forger = Forger(root)
    version = part(forger, "version")
    grafts = root / ".git/info/grafts"
    grafts.parent.mkdir(exist_ok=True)
    grafts.write_text(f"# made by hand\n{version}\n", encoding="utf-8")

    report = verify_chain(root)

    assert (report.worst, len(report.filed)) == ("tampered", COUNT)
    require_said(report, "info/grafts")


def test_a_hidden_beginning_is_not_followed_and_found(root: Path) -> None:
    forger = Forger(root)
    version = part(forger, "version")
    (root / ".git/shallow").write_text(f"{version}\n", encoding="utf-8")

    report = verify_chain(root)

    assert (report.worst, len(report.filed)) == ("incomplete", COUNT)
    require_said(report, "hide the beginning")


def test_parts_that_are_only_borrowed_are_found(root: Path, tmp_path: Path) -> None:
    whole = Path(shutil.copytree(root, tmp_path / "whole"))
    forger = Forger(root)
    info = root / ".git/objects/info"
    info.mkdir(exist_ok=True)
    (info / "alternates").write_text(f"{whole}/.git/objects\n", encoding="utf-8")

    assert verify_chain(root).troubles == ()
    forger.path(part(forger, "record")).unlink()

    report = verify_chain(root)
    assert (report.worst, len(report.filed)) == ("incomplete", COUNT)
    require_said(report, "1 parts of the register are not kept in this workspace")


def test_a_branch_that_is_another_name_is_found(root: Path) -> None:
    forger = Forger(root)
    forger.git("branch", "other", "register")
    forger.git("symbolic-ref", "refs/heads/register", "refs/heads/other")

    report = verify_chain(root)

    assert (report.worst, len(report.filed)) == ("tampered", COUNT)
    require_said(report, "another name of refs/heads/other")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "tampered"),
        ("garbage\n", "tampered"),
        ("f" * 40 + "\n", "incomplete"),
        ("file", "tampered"),
    ],
    ids=["empty", "garbage", "a version that is not there", "no version"],
)
def test_a_branch_that_points_to_no_version_is_found(
    root: Path, content: str, kind: str
) -> None:
    forger = Forger(root)
    branch = root / ".git/refs/heads/register"
    text = f"{part(forger, 'file')}\n" if content == "file" else content
    branch.write_text(text, encoding="utf-8")

    assert {trouble.kind for trouble in verify_chain(root).troubles} == {kind}


def test_a_folder_without_versions_cannot_be_checked(tmp_path: Path) -> None:
    report = verify_chain(tmp_path)

    assert report.worst == "unchecked"
    require_said(report, "keeps no versions")


def test_without_git_nothing_can_be_checked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    report = verify_chain(root)

    assert report.worst == "unchecked"
    require_said(report, "git is not installed")


def test_a_second_work_tree_is_verified_as_the_first(
    root: Path, tmp_path: Path
) -> None:
    forger = Forger(root)
    forger.git("branch", "other", "register")
    forger.git("worktree", "add", "--quiet", str(tmp_path / "two"), "other")

    report = verify_chain(tmp_path / "two")

    assert (report.troubles, len(report.filed)) == ((), COUNT)


def test_another_version_than_the_newest_is_verified_when_asked(root: Path) -> None:
    forger = Forger(root)
    older = forger.git("rev-parse", "register~2").strip()
    forger.make(at(rewritten)(steps_of(root)))

    report = verify_chain(root, tip=older)

    assert (report.troubles, len(report.filed)) == ((), COUNT - 2)
    assert verify_chain(root).worst == "tampered"


def test_a_packed_register_is_verified_as_a_loose_one(root: Path) -> None:
    forger = Forger(root)
    forger.git("repack", "-adq")
    forger.git("prune-packed")
    forger.git("pack-refs", "--all")

    report = verify_chain(root)

    assert (report.troubles, len(report.filed)) == ((), COUNT)
    assert not list((root / ".git/objects").glob("??/*"))


def test_the_forger_of_these_tests_can_write_a_sound_register(root: Path) -> None:
    steps = steps_of(root)
    before = verify_chain(root).tip

    assert Forger(root).make(steps)[-1] == before
    assert digest(linked(steps)[-1].record) == digest(steps[-1].record)


def test_a_new_workspace_has_nothing_to_verify(tmp_path: Path) -> None:
    report = verify_chain(new_workspace(tmp_path / "contracts"))

    assert (report.filed, report.troubles) == ((), ())
