"""Three versions of one agreement: what one changed is taken, what both did is told."""

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.source.three_ways import (
    ABSENT,
    changed_by_theirs,
    what_differs,
    with_amendment,
    with_theirs,
)
from slacontracts.source.write import write_agreement
from slacontracts.source.yaml_text import read_yaml

BASE = """\
id: SLA-1
term: {initial: P24M, notice: P90D}  # agreed in May
services:
  - key: hosting
    price: {amount: "100.00", currency: EUR}
  - key: backup
    price: {amount: "10.00", currency: EUR}
clauses:
  notices: {position: fallback-1}
approvals:
  - {item: notices, role: legal}
"""


def read(text: str) -> dict[str, Any]:
    source, findings = read_yaml(dedent(text), "agreement.yaml")
    assert source is not None, findings
    data: dict[str, Any] = source.data
    return data


def edited(*pairs: tuple[str, str]) -> str:
    text = BASE
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_what_only_theirs_changed_is_taken_and_comments_stay() -> None:
    mine = edited(("P24M", "P36M"))
    theirs = edited(("P90D", "P60D"), ('"10.00"', '"12.00"'))

    changes = changed_by_theirs(read(BASE), read(mine), read(theirs))
    merged = with_theirs(mine, changes)

    assert [one.path for one in changes] == [
        "/term/notice",
        "/services/backup/price/amount",
    ]
    assert not any(one.is_conflict for one in changes)
    assert merged == edited(("P24M", "P36M"), ("P90D", "P60D"), ('"10.00"', '"12.00"'))


@pytest.mark.parametrize(
    ("text", "base", "amended", "expected"),
    [
        (
            [],
            [("P24M", "P36M")],
            [("P24M", "P36M"), ("P90D", "P60D")],
            [("P90D", "P60D")],
        ),
        ([], [("P24M", "P36M")], [("P24M", "P12M")], [("P24M", "P12M")]),
        (
            [],
            [('"10.00"', '"12.00"')],
            [('"10.00", currency: EUR', '"12.00", currency: AED')],
            [('10.00", currency: EUR', '10.00", currency: AED')],
        ),
        (
            [('  - key: backup\n    price: {amount: "10.00", currency: EUR}\n', "")],
            [],
            [('"10.00"', '"12.00"'), ("P90D", "P60D")],
            [
                ('  - key: backup\n    price: {amount: "10.00", currency: EUR}\n', ""),
                ("P90D", "P60D"),
            ],
        ),
    ],
)
def test_an_amendment_of_one_text_is_worked_into_another(
    text: list[tuple[str, str]],
    base: list[tuple[str, str]],
    amended: list[tuple[str, str]],
    expected: list[tuple[str, str]],
) -> None:
    found = with_amendment(edited(*text), read(edited(*base)), read(edited(*amended)))

    assert found == edited(*expected)


def test_what_both_changed_otherwise_is_a_conflict_with_its_three_values() -> None:
    mine, theirs = edited(("P24M", "P36M")), edited(("P24M", "P12M"))

    (conflict,) = changed_by_theirs(read(BASE), read(mine), read(theirs))

    assert conflict.is_conflict
    assert (conflict.path, conflict.base, conflict.mine, conflict.theirs) == (
        "/term/initial",
        "P24M",
        "P36M",
        "P12M",
    )


def test_what_both_changed_in_the_same_way_is_no_change() -> None:
    same = read(edited(("P24M", "P36M")))

    assert changed_by_theirs(read(BASE), same, same) == ()


def test_a_clause_is_compared_as_a_whole() -> None:
    mine = edited(("{position: fallback-1}", "{text: {en: Ours.}}"))
    theirs = edited(("{position: fallback-1}", "{text: {ar: لنا.}}"))

    (conflict,) = changed_by_theirs(read(BASE), read(mine), read(theirs))

    assert (conflict.path, conflict.is_conflict) == ("/clauses/notices", True)


def test_an_item_that_theirs_added_or_took_out_is_found_by_its_key() -> None:
    service = '  - key: backup\n    price: {amount: "10.00", currency: EUR}\n'
    theirs = edited((service, service.replace("backup", "archive")))
    mine = edited(('"100.00"', '"120.00"'))

    changes = changed_by_theirs(read(BASE), read(mine), read(theirs))
    merged = read(with_theirs(mine, changes))

    assert [one.path for one in changes] == ["/services/archive", "/services/backup"]
    assert [one["key"] for one in merged["services"]] == ["hosting", "archive"]
    assert merged["services"][0]["price"]["amount"] == "120.00"


def test_an_item_that_mine_changed_and_theirs_took_out_is_a_conflict() -> None:
    service = '  - key: backup\n    price: {amount: "10.00", currency: EUR}\n'
    theirs, mine = edited((service, "")), edited(('"10.00"', '"11.00"'))

    (conflict,) = changed_by_theirs(read(BASE), read(mine), read(theirs))

    assert conflict.is_conflict
    assert conflict.path == "/services/backup"
    assert conflict.theirs is ABSENT


APPROVAL = "  - {item: notices, role: legal}\n"
SALES = "  - {item: publicity, role: sales}\n"
WAIVER = "  - {item: waiver, role: legal}\n"


def merged(base: str, mine: str, theirs: str) -> dict[str, Any]:
    """Return mine with what theirs changed; there must be no conflict."""
    changes = changed_by_theirs(read(base), read(mine), read(theirs))
    assert [one.path for one in changes if one.is_conflict] == []
    return read(with_theirs(mine, changes))


@pytest.mark.parametrize(
    ("mine", "theirs", "approved"),
    [
        ([APPROVAL, SALES], [APPROVAL, WAIVER], ["notices", "publicity", "waiver"]),
        ([SALES], [APPROVAL, WAIVER], ["publicity", "waiver"]),
        ([APPROVAL, SALES], [], ["publicity"]),
        ([APPROVAL, SALES], [SALES, APPROVAL], ["notices", "publicity"]),
        ([APPROVAL, SALES], [WAIVER, APPROVAL], ["waiver", "notices", "publicity"]),
    ],
    ids=["both add", "mine replaces", "theirs takes out", "both the same", "in front"],
)
def test_approvals_of_both_are_kept(
    mine: list[str], theirs: list[str], approved: list[str]
) -> None:
    field = f"approvals:\n{APPROVAL}"
    sides = (
        edited((field, "approvals:\n" + "".join(side) if side else "approvals: []\n"))
        for side in (mine, theirs)
    )

    found = merged(BASE, *sides)

    assert [one["item"] for one in found["approvals"]] == approved


def test_an_approval_added_to_others_leaves_their_lines_as_they_are() -> None:
    commented = APPROVAL.replace("}\n", "}  # by telephone\n") + SALES
    mine, theirs = edited((APPROVAL, commented)), edited((APPROVAL, APPROVAL + WAIVER))

    changes = changed_by_theirs(read(BASE), read(mine), read(theirs))

    assert [one.path for one in changes] == ["/approvals/2"]
    assert with_theirs(mine, changes) == edited((APPROVAL, commented + WAIVER))


@pytest.mark.parametrize(
    ("mine", "theirs", "path"),
    [
        ([SALES, "legal, value: omit"], ["legal, value: text"], "/approvals/1"),
        ([SALES], ["legal, value: text"], "/approvals/1"),
        (["legal, value: omit"], [SALES], "/approvals/0"),
    ],
    ids=["both change", "mine takes out", "theirs takes out"],
)
def test_only_the_item_that_both_changed_otherwise_is_a_conflict(
    mine: list[str], theirs: list[str], path: str
) -> None:
    sides = [
        edited((APPROVAL, "".join(map(approval, side)))) for side in (mine, theirs)
    ]

    changes = changed_by_theirs(read(BASE), *map(read, sides))
    (conflict,) = [one for one in changes if one.is_conflict]
    decided = read(with_theirs(sides[0], changes))["approvals"]

    assert conflict.path == path
    assert conflict.base == {"item": "notices", "role": "legal"}
    notices = [one for one in decided if one["item"] == "notices"]
    assert notices == ([] if conflict.theirs is ABSENT else [conflict.theirs])
    assert [one["role"] for one in decided if one["item"] == "publicity"] == ["sales"]


def approval(line: str) -> str:
    return line if "item" in line else f"  - {{item: notices, role: {line}}}\n"


def lines_of(field: str, items: list[str]) -> str:
    return f"{field}:\n" + "".join(f"  - {item}\n" for item in items)


TASKS = ["{task: Run it, responsible: provider}", "{task: Use it, responsible: both}"]
TIERS = ["{below: '99.9', credit: '10'}", "{below: '99', credit: '20'}"]
HIGHER = ["{below: '99.9', credit: '15'}", TIERS[1]]
LOWER = [TIERS[0], "{below: '98', credit: '25'}"]


@pytest.mark.parametrize(
    ("field", "base", "mine", "theirs", "both"),
    [
        (
            "responsibilities",
            TASKS,
            [TASKS[0].replace("provider", "both"), TASKS[1]],
            [TASKS[0], TASKS[1].replace("both", "customer"), "{task: End it}"],
            ["both", "customer", None],
        ),
        (
            "responsibilities",
            TASKS,
            [TASKS[0].replace("provider", "customer"), TASKS[1]],
            ["{task: End it}", TASKS[0].replace("provider", "customer"), TASKS[1]],
            [None, "customer", "both"],
        ),
        ("tiers", TIERS, LOWER, HIGHER, [HIGHER[0], LOWER[1]]),
        ("tiers", TIERS, TIERS, HIGHER, HIGHER),
        ("tiers", TIERS, [*TIERS, LOWER[1]], TIERS[1:], [TIERS[1], LOWER[1]]),
        ("triggers", ["a", "b"], ["a", "b", "c"], ["b", "d"], ["b", "c", "d"]),
        ("triggers", ["a", "b"], ["a", "c"], ["b", "a"], ["a", "c"]),
        ("triggers", ["a", "b"], ["a", "b"], ["b", "c", "a"], ["b", "c", "a"]),
    ],
)
def test_items_without_keys_are_merged_one_by_one(
    field: str, base: list[str], mine: list[str], theirs: list[str], both: list[Any]
) -> None:
    sides = [lines_of(field, side) for side in (base, mine, theirs)]

    found = merged(*sides)[field]

    if field == "responsibilities":
        assert [one.get("responsible") for one in found] == both
    else:
        assert found == read(lines_of(field, both))[field]


def test_a_tier_that_both_changed_otherwise_is_a_conflict() -> None:
    mine = [TIERS[0], TIERS[1].replace("20", "30")]
    theirs = [TIERS[0], TIERS[1].replace("20", "40")]
    sides = (read(lines_of("tiers", side)) for side in (TIERS, mine, theirs))

    (conflict,) = changed_by_theirs(*sides)

    assert (conflict.path, conflict.is_conflict) == ("/tiers/1", True)


LONG = "The Provider answers. " * 30


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((ABSENT, {"a": "1", "b": "2"}, {"a": "1", "b": "3"}), ("b", "2", "3")),
        ((["a", "b"], ["a"], ["a", "c"]), ("", "b", "", "c")),
        ((f"{LONG}one{LONG}", f"{LONG}two{LONG}", f"{LONG}six"), ("one", "two", "six")),
        (("P24M", "P36M", "P12M"), ("P24M", "P36M", "P12M")),
    ],
    ids=["mapping", "list", "long text", "short text"],
)
def test_of_values_that_differ_the_part_that_differs_is_shown(
    values: tuple[Any, Any, Any], shown: tuple[str, ...]
) -> None:
    parts = what_differs(*values)

    said = [str(one) for one in parts]
    assert len({*said}) == 3
    assert all(word in " ".join(said) for word in shown)
    assert not any("'a'" in one or len(one) > 800 for one in said)


def test_of_a_text_that_only_goes_on_its_end_is_shown() -> None:
    end = "Then it ends."

    short, long = what_differs(LONG, f"{LONG}{end}{LONG}")

    assert (short, long) == (f"…{LONG[-30:]}", f"…{LONG[-30:]}{end}{LONG}")


values = st.sampled_from(["P12M", "P24M", "omit"])
items = st.dictionaries(st.sampled_from("abc"), values, max_size=3).map(
    lambda found: [{"key": key, "says": text} for key, text in found.items()]
)
consents = st.lists(
    st.fixed_dictionaries(
        {"item": st.sampled_from("ab"), "role": st.just("legal"), "value": values}
    ),
    max_size=3,
)
tiers = st.lists(st.fixed_dictionaries({"below": values, "credit": values}), max_size=3)
agreements = st.fixed_dictionaries(
    {"id": st.just("SLA-1")},
    optional={
        "term": st.dictionaries(
            st.sampled_from(["initial", "notice"]), values, min_size=1
        ),
        "services": items.filter(bool),
        "clauses": st.dictionaries(
            st.sampled_from(["notices", "waiver"]), values, min_size=1
        ),
        "approvals": consents.filter(bool),
        "tiers": tiers.filter(bool),
        "triggers": st.lists(values, min_size=1, max_size=3),
    },
)


def flat(data: dict[str, Any]) -> dict[str, Any]:
    """Return an agreement with its items by key, in whatever order."""
    named = {item["key"]: item for item in data.get("services") or []}
    return {**{name: value for name, value in data.items() if value}, "services": named}


@given(agreements, agreements)
def test_all_of_theirs_on_an_unchanged_text_gives_theirs(
    base: dict[str, Any], theirs: dict[str, Any]
) -> None:
    from slacontracts.source.yaml_emit import emit_field

    text = "".join(emit_field(name, value, 0) + "\n" for name, value in base.items())

    changes = changed_by_theirs(base, base, theirs)

    assert not any(one.is_conflict for one in changes)
    assert flat(read(with_theirs(text, changes))) == flat(theirs)


@given(agreements, agreements)
def test_nothing_is_taken_from_what_nobody_changed(
    base: dict[str, Any], mine: dict[str, Any]
) -> None:
    assert changed_by_theirs(base, mine, base) == ()


@pytest.mark.parametrize("field", ["approvals", "tiers"])
@given(data=st.data())
def test_what_mine_says_anew_stays_unless_a_conflict_is_decided_for_theirs(
    field: str, data: st.DataObject
) -> None:
    lists = consents if field == "approvals" else tiers
    base, mine, theirs = ({field: data.draw(lists)} for _ in range(3))
    text = write_agreement(mine) if mine[field] else f"{field}: []\n"

    changes = changed_by_theirs(base, mine, theirs)
    sure = tuple(one for one in changes if not one.is_conflict)
    found = read(with_theirs(text, sure))[field]

    paths = [one.path for one in changes]
    assert len({*paths}) == len(paths)
    assert [one for one in mine[field] if one not in (*base[field], *found)] == []
    if sure == changes:
        new = [one for one in theirs[field] if one not in base[field]]
        assert [one for one in new if one not in found] == []


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_list_that_one_took_out_whole_is_a_conflict_where_the_other_changed_it(
    side: str,
) -> None:
    start, end = BASE.index("services:"), BASE.index("clauses:")
    without, changed = BASE[:start] + BASE[end:], edited(('"10.00"', '"11.00"'))
    mine, theirs = (without, changed) if side == "mine" else (changed, without)

    (conflict,) = changed_by_theirs(read(BASE), read(mine), read(theirs))

    assert (conflict.path, conflict.is_conflict) == ("/services", True)
