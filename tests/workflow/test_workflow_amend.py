"""Amendments: opened, refused, and brought onto what was signed meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from copying import copy_of
from signed import LATER, TODAY, amend, at, in_copy, sign

from slacontracts.errors import NotFoundError, SlaContractsError, SourceError
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.cache import Cache
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.desk import Desk, open_desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.rebase import rebase_amendment
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.use import omit_clause

ID = "SLA-2026-0002"  # signed and in effect on 2026-11-20


@pytest.fixture
def signed(desk: Desk, signed_sample: Path) -> Desk:
    """A workspace in which one agreement is signed."""
    return in_copy(desk, signed_sample)


def data_of(desk: Desk) -> dict[str, Any]:
    place = desk.workspace.agreement(ID)
    source, _ = read_yaml(desk.workspace.read(place.file), place.file)
    assert source is not None
    found: dict[str, Any] = source.data
    return found


def text_of(desk: Desk) -> bytes:
    return desk.workspace.read(desk.workspace.agreement(ID).file)


@pytest.mark.parametrize(
    "effective", ["2027-03-01", "2026-11-20", "last-signature", "conditions-met"]
)
def test_the_next_amendment_is_opened_with_its_effect_and_reason(
    signed: Desk, effective: str
) -> None:
    opened = open_next_amendment(signed, ID, effective, "More storage")

    assert opened.number == 1
    assert data_of(signed)["amendment"] == {
        "number": "1",
        "effective": {"on": effective},
        "reason": "More storage",
    }


def test_only_an_amendment_that_reaches_back_needs_a_reason(signed: Desk) -> None:
    open_next_amendment(signed, ID, "2026-11-23")

    assert "reason" not in data_of(signed)["amendment"]


@pytest.mark.parametrize(
    ("effective", "told"), [("2027-03-01", 1), ("2027-07-01", 0), ("last-signature", 1)]
)
def test_an_amendment_before_one_that_is_signed_is_told(
    signed: Desk, effective: str, told: int
) -> None:
    said: list[str] = []
    amend(signed, ID, "2027-07-01", ("/term/notice", "P120D"))

    open_next_amendment(replace(signed, warn=said.append), ID, effective, "Earlier")

    assert len(said) == told
    assert all("amendment 1 takes effect only on 2027-07-01" in one for one in said)


@pytest.mark.parametrize(
    ("effective", "told"),
    [("2028-11-19", []), ("2028-11-20", ["2028-11-20"]), ("last-signature", [])],
)
def test_an_amendment_after_the_end_as_it_stands_is_told(
    signed: Desk, effective: str, told: list[str]
) -> None:
    said: list[str] = []

    open_next_amendment(replace(signed, warn=said.append), ID, effective, "Longer")

    assert said == [
        f"{ID} ends on 2028-11-19 as it stands, before the amendment takes effect on "
        f"{day}; name an earlier day, if the agreement is to go on"
        for day in told
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("/amendment/effective", "2027-03-01"), 1),
        (("/amendment/effective/on", "2027-03-01"), 1),
        (("/amendment/effective/on", "last-signature"), 1),
        (("/amendment/effective/on", "2027-08-01"), 0),
        (("/term/notice", "P60D"), 0),
    ],
)
def test_a_day_that_is_set_before_one_that_is_signed_is_told_as_amend_does(
    signed: Desk, change: tuple[str, str], told: int
) -> None:
    amend(signed, ID, "2027-07-01", ("/term/notice", "P120D"))
    open_next_amendment(signed, ID, "2027-07-01")
    said: list[str] = []

    set_values(replace(signed, warn=said.append), ID, [change])

    assert len(said) == told
    assert all("amendment 1 takes effect only on 2027-07-01" in one for one in said)


def altered_by_hand(desk: Desk) -> bytes:
    """Change the term in the file of a signed agreement, past every command."""
    altered = text_of(desk).replace(b"initial: P24M", b"initial: P36M")
    desk.workspace.write(desk.workspace.agreement(ID).file, altered)
    return altered


def test_what_was_altered_by_hand_is_named_and_in_no_amendment_by_itself(
    signed: Desk,
) -> None:
    altered = altered_by_hand(signed)

    with pytest.raises(SourceError) as raised:
        open_next_amendment(signed, ID, "2027-03-01", "More storage")

    said = str(raised.value)
    assert "nobody agreed to what it says at /term/initial" in said
    assert "--include-changes" in said
    assert "\n" not in said
    assert text_of(signed) == altered


def test_what_was_altered_by_hand_is_part_of_an_amendment_that_includes_it(
    signed: Desk,
) -> None:
    altered_by_hand(signed)

    opened = open_next_amendment(
        signed, ID, "2027-03-01", "A longer term", include_changes=True
    )

    assert opened.included == ("/term/initial",)
    assert data_of(signed)["term"]["initial"] == "P36M"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (f"id: {ID}", "id: SLA-2026-0099", "/id: the id of an agreement stays as it"),
        (
            "kind: multilevel",
            "kind: ola",
            "/kind: an agreement keeps its template and kind",
        ),
        ("template: ", "template: no-", "/template: an agreement keeps its template"),
        (
            "term: {",
            "nonsense: 3\nterm: {",
            '"/nonsense" is not the address of a value',
        ),
        ("initial: P24M", "initial: P24M, inital: P1M", 'did you mean "/term/initial"'),
    ],
)
def test_no_amendment_includes_what_cannot_be_set(
    signed: Desk, old: str, new: str, says: str
) -> None:
    before = text_of(signed).decode()
    altered = before.replace(old, new, 1).encode()
    assert altered != before.encode()
    signed.workspace.write(signed.workspace.agreement(ID).file, altered)

    with pytest.raises(SourceError) as raised:
        open_next_amendment(signed, ID, "2027-03-01", "Why", include_changes=True)

    said = str(raised.value)
    assert says in said
    assert "\n" not in said
    assert text_of(signed) == altered


def test_what_was_altered_by_hand_is_not_taken_for_signed_by_a_rebase(
    signed: Desk, theirs: Path
) -> None:
    altered = altered_by_hand(signed)

    with pytest.raises(SourceError, match="nobody agreed to what it says at /term/"):
        rebase_amendment(signed, ID, str(theirs), {})

    assert text_of(signed) == altered


def opened_before(desk: Desk) -> None:
    open_next_amendment(desk, ID, "2027-03-01", "More storage")


def untouched(_: Desk) -> None:
    """Leave the signed agreement as it is."""


@pytest.mark.parametrize(
    ("prepare", "effective", "reason", "says"),
    [
        (opened_before, "2027-06-01", "", "amendment 1 of SLA-2026-0002 is open"),
        (untouched, "2026-11-19", "Late", "before SLA-2026-0002 itself does, on 2026-"),
        (untouched, "2026-11-22", " ", "2026-11-22 is past; an amendment that reaches"),
        (untouched, "soon", "", '"soon" is not a date'),
        (untouched, "2027-02-30", "", '"2027-02-30" is not a date'),
    ],
    ids=["second open", "before the original", "no reason", "word", "no such day"],
)
def test_an_amendment_that_cannot_be_is_refused_in_one_line(
    signed: Desk,
    prepare: Callable[[Desk], None],
    effective: str,
    reason: str,
    says: str,
) -> None:
    prepare(signed)
    before = text_of(signed)

    with pytest.raises(SourceError) as raised:
        open_next_amendment(signed, ID, effective, reason)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert text_of(signed) == before


def test_what_nobody_signed_cannot_be_amended(desk: Desk) -> None:
    with pytest.raises(SourceError, match="is not signed, so there is nothing to"):
        open_next_amendment(at(desk, TODAY), ID, "2027-03-01")


@pytest.fixture(scope="module")
def at_a_colleague(
    signed_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A workspace in which a colleague amends the same original; never changed."""
    root = copy_of(signed_sample, tmp_path_factory.mktemp("colleague") / "all")
    colleague = at(open_desk(root, Cache(None)), TODAY)
    open_next_amendment(colleague, ID, "2027-05-01", "A shorter term")
    set_values(colleague, ID, [("/term/initial", "P25M")])
    omit_clause(colleague, ID, "publicity")
    return root


@pytest.fixture
def theirs(at_a_colleague: Path, tmp_path: Path) -> Path:
    """A colleague's agreement.yaml, amended from the same original."""
    root = copy_of(at_a_colleague, tmp_path / "colleague")
    (found,) = root.glob(f"agreements/*/{ID}/agreement.yaml")
    return found


def test_a_second_amendment_is_brought_onto_the_first(
    signed: Desk, theirs: Path
) -> None:
    amend(signed, ID, "2027-03-01", ("/review/next", "2027-12-15"))

    rebased = rebase_amendment(signed, ID, str(theirs), {})

    data = data_of(signed)
    assert rebased.number == 2
    assert rebased.taken == ("/term/initial", "/clauses/publicity")
    assert data["amendment"] == {
        "number": "2",
        "effective": {"on": "2027-05-01"},
        "reason": "A shorter term",
    }
    assert data["term"]["initial"] == "P25M"
    assert data["clauses"]["publicity"] == "omit"
    assert data["review"]["next"] == "2027-12-15"


def test_what_both_changed_is_shown_with_three_values_until_it_is_decided(
    signed: Desk, theirs: Path, amended_sample: Path
) -> None:
    signed = in_copy(signed, amended_sample)
    before = text_of(signed)

    with pytest.raises(SourceError) as raised:
        rebase_amendment(signed, ID, str(theirs), {})

    said = str(raised.value)
    assert text_of(signed) == before
    assert "Nothing was written" in said
    for shown in (
        "/term/initial\n",
        "the original said: P24M",
        "mine, signed since: P26M",
        f"theirs, {theirs}: P25M",
    ):
        assert shown in said


@pytest.mark.parametrize(
    ("side", "value"), [("mine", "P26M"), ("theirs", "P25M")], ids=["mine", "theirs"]
)
def test_a_decision_says_whose_value_stays(
    signed: Desk, theirs: Path, side: Any, value: str, amended_sample: Path
) -> None:
    signed = in_copy(signed, amended_sample)

    rebased = rebase_amendment(signed, ID, str(theirs), {"/term/initial": side})

    assert data_of(signed)["term"]["initial"] == value
    assert rebased.kept == (("/term/initial",) if side == "mine" else ())


def test_a_saved_draft_is_brought_onto_what_a_colleague_signed(
    signed: Desk, theirs: Path
) -> None:
    open_next_amendment(signed, ID, "2027-05-01", "Reviews")
    set_values(signed, ID, [("/review/next", "2027-12-15")])
    save_agreement(signed, ID, "My amendment", LATER)
    signed.workspace.write(signed.workspace.agreement(ID).file, theirs.read_bytes())
    set_values(signed, ID, [("/clauses/publicity", "")])
    save_agreement(signed, ID, "Theirs", LATER)
    sign(signed, ID)

    rebased = rebase_amendment(signed, ID, "draft:2", {})

    data = data_of(signed)
    assert rebased.taken == ("/review/next",)
    assert (data["term"]["initial"], data["review"]["next"]) == ("P25M", "2027-12-15")
    assert data["amendment"]["number"] == "2"


def other_agreement(desk: Desk, theirs: Path) -> str:
    theirs.write_text(theirs.read_text("utf-8").replace(ID, "SLA-2026-0009"), "utf-8")
    return str(theirs)


def without_amendment(desk: Desk, theirs: Path) -> str:
    theirs.write_bytes(text_of(desk))
    return str(theirs)


def far_ahead(desk: Desk, theirs: Path) -> str:
    text = theirs.read_text("utf-8").replace('number: "1"\n', 'number: "7"\n')
    theirs.write_text(text, "utf-8")
    return str(theirs)


def broken(desk: Desk, theirs: Path) -> str:
    theirs.write_text("id: [", "utf-8")
    return str(theirs)


def nowhere(desk: Desk, theirs: Path) -> str:
    return str(theirs.with_name("other.yaml"))


def no_draft(desk: Desk, theirs: Path) -> str:
    return "draft:99"


def while_another_is_open(desk: Desk, theirs: Path) -> str:
    open_next_amendment(desk, ID, "2027-06-01", "Another")
    return str(theirs)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (other_agreement, "is the agreement SLA-2026-0009, not SLA-2026-0002"),
        (without_amendment, "has no open amendment"),
        (far_ahead, "is amendment 7, but this workspace knows only amendment 1"),
        (broken, "cannot be read; mend the places above"),
        (nowhere, "there is no file"),
        (no_draft, "has no draft:99; the last saved is draft:2"),
        (while_another_is_open, "amendment 2 of SLA-2026-0002 is open"),
    ],
)
def test_what_cannot_be_rebased_is_refused_in_one_line(
    signed: Desk, theirs: Path, given: Callable[[Desk, Path], str], says: str
) -> None:
    amend(signed, ID, "2027-03-01", ("/review/next", "2027-12-15"))
    source = given(signed, theirs)
    before = text_of(signed)

    with pytest.raises(SlaContractsError) as raised:
        rebase_amendment(signed, ID, source, {})

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert text_of(signed) == before


def test_a_decision_on_what_is_no_conflict_is_refused(
    signed: Desk, theirs: Path, amended_sample: Path
) -> None:
    signed = in_copy(signed, amended_sample)

    with pytest.raises(NotFoundError, match='did you mean "/term/initial"'):
        rebase_amendment(signed, ID, str(theirs), {"/term/inital": "mine"})


def approval(item: str, value: str, note: str = "") -> str:
    return (
        f"{{item: {item}, role: legal, by: Ciara Nolan, on: 2026-11-20, "
        f'value: "{value}", note: "{note}"}}'
    )


def test_approvals_that_each_side_added_are_both_there(
    signed: Desk, theirs: Path
) -> None:
    count = len(data_of(signed)["approvals"])
    colleague = at(open_desk(theirs.parent, signed.cache), TODAY)
    set_values(colleague, ID, [("/approvals/+", approval("publicity", "omit"))])
    waiver = ("/approvals/+", approval("waiver", "fallback-1"))
    amend(signed, ID, "2027-03-01", ("/review/next", "2027-12-15"), waiver)

    rebased = rebase_amendment(signed, ID, str(theirs), {})

    items = [one["item"] for one in data_of(signed)["approvals"]]
    assert items[count:] == ["waiver", "publicity"]
    assert f"/approvals/{count + 1}" in rebased.taken


def test_an_item_that_both_changed_is_shown_by_what_differs_and_can_be_decided(
    signed: Desk, theirs: Path
) -> None:
    count, said = len(data_of(signed)["approvals"]), "As we agreed. " * 40
    colleague = at(open_desk(theirs.parent, signed.cache), TODAY)
    mine, others = (approval("waiver", value, said) for value in ("aaa", "bbb"))
    set_values(colleague, ID, [("/approvals/+", others)])
    changes = ("/review/next", "2027-12-15"), ("/approvals/+", mine)
    amend(signed, ID, "2027-03-01", *changes)
    path = f"/approvals/{count}"

    with pytest.raises(SourceError) as raised:
        rebase_amendment(signed, ID, str(theirs), {})
    rebased = rebase_amendment(signed, ID, str(theirs), {path: "theirs"})

    shown = str(raised.value)
    assert f"{path} (item: waiver, role: legal, " in shown
    assert "the original said: (nothing)" in shown
    assert "mine, signed since: {value: aaa}" in shown
    assert f"theirs, {theirs}: {{value: bbb}}" in shown
    assert path in rebased.taken
    assert data_of(signed)["approvals"][count]["value"] == "bbb"
