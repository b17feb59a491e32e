"""Clauses and templates are found by topic, level, status and the words in them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from slacontracts.workflow.desk import Desk
from slacontracts.workflow.listing import (
    ClauseWish,
    find_clauses,
    find_templates,
    working_library,
)

HEADING = re.compile(r"(?m)^([a-z-]+) \((\d+)\)$")


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def listed(run: Run, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("clauses", *options, "--json").stdout)
    return found


def keys(run: Run, *options: str) -> list[str]:
    return [clause["key"] for clause in listed(run, *options)]


def rewrite(contracts: Path, file: str, old: str, new: str) -> None:
    path = contracts / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_clause_stands_below_its_topic_which_is_counted(
    run: Run, contracts: Path
) -> None:
    printed = run("clauses").stdout

    folders = {path.parent.name for path in contracts.glob("clauses/*/clause.yaml")}
    topics = HEADING.findall(printed)
    assert [topic for topic, _ in topics] == [
        "agreement",
        "service",
        "money",
        "risk",
        "end",
        "boilerplate",
    ]
    assert sum(int(number) for _, number in topics) == len(folders)
    assert set(re.findall(r"(?m)^([a-z-]+)  ", printed)) == folders
    assert printed.splitlines()[-1] == f"{len(folders)} clauses"


def test_clauses_of_a_topic_are_in_the_order_in_which_agreements_have_them(
    run: Run,
) -> None:
    agreement, money = keys(run, "--topic", "agreement"), keys(run, "--topic", "money")

    assert agreement[:2] == ["parties", "internal-parties"]
    assert agreement.index("background") < agreement.index("definitions")
    assert agreement.index("definitions") < agreement.index("term")
    assert money.index("charges") < money.index("late-payment") < money.index("taxes")
    assert money[-1] == "schedule-charges"


@pytest.mark.parametrize(
    "arguments",
    [
        ["clauses"],
        ["clauses", "--positions"],
        ["clauses", "--search", "liability"],
        ["clauses", "--template", "service/managed-hosting"],
        ["clauses", "limitation-of-liability"],
        ["clauses", "user-administration"],
        ["clauses", "definitions"],
        ["templates"],
        ["templates", "--search", "hosting"],
        ["templates", "service/managed-hosting"],
    ],
    ids=" ".join,
)
def test_no_line_is_wider_than_the_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    for columns in (80, 72):
        monkeypatch.setenv("COLUMNS", str(columns))

        lines = run(*arguments).stdout.splitlines()

        tags = re.compile(r"\{[{%].*[%}]\}")  # what is filled in is not torn apart
        too_wide = [line for line in lines if len(line) > columns]
        assert [line for line in too_wide if not tags.search(line)] == []
        assert len(lines) > 10


def test_keys_are_whole_however_narrow_the_terminal_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")

    clauses, templates = run("clauses").stdout, run("templates").stdout

    assert "\nschedule-support-contacts " in clauses
    assert "\nservice/cloud-application " in templates


@pytest.mark.parametrize(
    ("options", "first"),
    [
        (["--topic", "end"], "suspension"),
        (["--topic", "End"], "suspension"),
        (["--part", "schedule"], "schedule-service-levels"),
        (["--topic", "money", "--part", "schedule"], "schedule-service-credits"),
    ],
    ids=" ".join,
)
def test_a_list_is_narrowed_by_topic_and_part(
    run: Run, options: list[str], first: str
) -> None:
    found = listed(run, *options)

    asked = dict(zip(options[::2], options[1::2], strict=True))
    assert found[0]["key"] == first
    for option, word in asked.items():
        assert {clause[option[2:]] for clause in found} == {word.lower()}
    assert len(found) < len(listed(run))


def test_a_status_lists_what_is_not_yet_or_no_longer_approved(
    run: Run, contracts: Path
) -> None:
    waiver = "clauses/waiver/clause.yaml"
    rewrite(contracts, waiver, "status: approved", "status: deprecated")

    assert keys(run, "--status", "deprecated") == ["waiver"]
    assert "waiver" not in keys(run, "--status", "approved")
    assert "Waiver (deprecated)" in run("clauses").stdout


def test_a_template_gives_its_clauses_in_their_order_with_their_levels(
    run: Run,
) -> None:
    name = "service/managed-hosting"
    found = listed(run, "--template", name)
    printed = run("clauses", "--template", name).stdout
    outline = json.loads(run("outline", "SLA-2026-0001", "--json").stdout)

    assert [one["key"] for one in found] == [line["clause"] for line in outline]
    by_key = {one["key"]: one["used_by"][name] for one in found}
    assert by_key["parties"]["level"] == "corporate"
    assert by_key["affiliates"]["level"] == "customer"
    assert by_key["availability"]["level"] == "service"
    assert by_key["availability"]["template"] == name
    assert by_key["governing-law"]["locked"]
    assert "Availability (service, " in printed
    assert "Governing Law (corporate, locked)" in printed
    assert HEADING.findall(printed) == []
    assert printed.splitlines()[-1] == f"{len(found)} clauses in {name}"


def test_a_level_lists_what_it_brings_in_for_one_template_or_for_any(run: Run) -> None:
    of_one = keys(run, "--template", "service/managed-hosting", "--level", "service")
    of_any = keys(run, "--level", "service")

    assert "availability" in of_one
    assert "parties" not in of_one
    assert "affiliates" not in of_one
    assert set(of_one) < set(of_any)
    assert "user-administration" in set(of_any) - set(of_one)


def test_a_clause_that_a_template_takes_out_is_not_in_its_list(run: Run) -> None:
    assert "insurance" in keys(run, "--template", "corporate/standard")
    assert "insurance" not in keys(run, "--template", "customer/small-business")


def test_positions_are_listed_with_when_they_are_used_and_who_approves(
    run: Run,
) -> None:
    printed = " ".join(run("clauses", "--positions").stdout.split())
    found = listed(run, "--positions")

    assert all(len(clause["positions"]) > 1 for clause in found)
    assert "limitation-of-liability" in {clause["key"] for clause in found}
    assert "parties" not in {clause["key"] for clause in found}
    assert (
        "fallback-1: The customer asks for a higher cap for data protection, "
        "confidentiality and security. (approval: legal, finance)"
    ) in printed


# --- Words -----------------------------------------------------------------------


def test_all_words_must_occur_in_any_case_and_the_place_is_shown(run: Run) -> None:
    found = listed(run, "--search", "CAP liability")
    printed = run("clauses", "--search", "CAP liability").stdout

    by_key = {clause["key"]: clause for clause in found}
    assert "limitation-of-liability" in by_key
    assert "waiver" not in by_key
    assert len(found) < len(listed(run, "--search", "cap"))
    for passage in (one for clause in found for one in clause["found"]):
        assert "cap" in passage["text"].lower()
    assert re.search(r"preferred\.en\.md:\d+: .*liability", printed)


def test_a_line_number_leads_to_the_word(run: Run, contracts: Path) -> None:
    found = listed(run, "--search", "negligence")

    wording = [one for clause in found for one in clause["found"] if one["line"]]
    assert len(wording) > 1
    for passage in wording:
        lines = (contracts / passage["where"]).read_text(encoding="utf-8").splitlines()
        assert "negligence" in lines[passage["line"] - 1].lower()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("clause.yaml", "title: {en: ", "title: {en: Zebra "),
        ("clause.yaml", "summary: ", "summary: The zebra. "),
        ("clause.yaml", "status:", "guidance: Ask the zebra.\nstatus:"),
        ("clause.yaml", "status:", "walk_away: No Zebras.\nstatus:"),
        ("preferred.en.md", "1. ", "1. **zebra** "),
    ],
    ids=["title", "summary", "guidance", "walk-away", "wording"],
)
def test_a_word_is_found_wherever_it_stands(
    run: Run, contracts: Path, file: str, old: str, new: str
) -> None:
    path = contracts / "clauses/waiver" / file
    text = re.sub(r"(?ms)^(guidance|walk_away): .*?(?=^\S|\Z)", "", path.read_text())
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert keys(run, "--search", "zebra") == ["waiver"]


def test_a_key_is_searched_too(run: Run) -> None:
    assert "late-payment" in keys(run, "--search", "late-pay")


@pytest.mark.parametrize(
    ("wording", "search", "is_found"),
    [
        ("The zebracrossing is safe.", "zebra", True),
        ("The subzebra is safe.", "zebra", False),
        ("The sub-zebra is safe.", "zebra", True),
        ("The zebra’s stripes.", "zebra's", True),
        ('It says {{ ref("zebra") }}.', "zebra", False),
        ("{% if zebra %}\nIt says so.\n{% endif %}", "zebra", False),
        ("A striped\nzebra.", "zebra striped", True),
        ("A zebra.\n\nIt has quaggas.", "quaggas zebra", True),
        ("A zebra.", "zebra quagga", False),
        ("على المسؤولية حد.", "مسؤولية", True),
        ("A (zebra) [x].", "(zebra)", True),
    ],
    ids=[
        "beginning",
        "middle",
        "after a hyphen",
        "apostrophe",
        "not in a reference",
        "not in a condition",
        "over the end of a line",
        "in two paragraphs",
        "not all",
        "Arabic after its article",
        "signs",
    ],
)
def test_words_are_found_by_their_beginning_in_what_is_printed(
    desk: Desk, contracts: Path, wording: str, search: str, is_found: bool
) -> None:
    file = contracts / "clauses/waiver/preferred.en.md"
    file.write_text(f"{wording}\n", encoding="utf-8")

    found = find_clauses(working_library(desk), ClauseWish(search=search))

    assert ("waiver" in {one.clause.key for one in found}) is is_found


def test_words_far_apart_are_each_shown(desk: Desk, contracts: Path) -> None:
    file = contracts / "clauses/waiver/preferred.en.md"
    file.write_text(f"A zebra {'walks ' * 60}to a quagga.\n", encoding="utf-8")

    (found,) = find_clauses(working_library(desk), ClauseWish(search="quagga zebra"))

    (passage,) = found.passages
    assert passage.excerpt.startswith("A zebra walks")
    assert passage.excerpt.endswith("walks to a quagga.")
    assert " … " in passage.excerpt
    assert len(passage.excerpt) < 150


def test_what_several_positions_say_alike_is_shown_once(
    run: Run, contracts: Path
) -> None:
    folder = contracts / "clauses/publicity"
    for file in folder.glob("*.en.md"):
        file.write_text("1. The zebra is ours.\n", encoding="utf-8")

    printed = run("clauses", "--search", "zebra").stdout

    assert "    preferred.en.md:1, fallback-1.en.md:1: The zebra is ours.\n" in printed


def test_many_places_are_cut_short_and_counted(run: Run, contracts: Path) -> None:
    rewrite(contracts, "clauses/waiver/clause.yaml", "summary: ", "summary: Zebra 1 ")
    rewrite(contracts, "clauses/waiver/clause.yaml", "en: ", "en: Zebra ")
    rewrite(contracts, "clauses/waiver/clause.yaml", "ar: ", "ar: Zebra ")
    rewrite(contracts, "clauses/waiver/preferred.en.md", "1. ", "1. Zebra 2 ")

    assert "\n    and 1 more place\n" in run("clauses", "--search", "zebra").stdout


# --- One clause ------------------------------------------------------------------


def test_one_clause_is_shown_whole(run: Run) -> None:
    printed = run("clauses", "limitation-of-liability").stdout

    flat = " ".join(printed.split())
    assert "version 1, approved, owner legal" in flat
    assert "part clause, topic risk" in flat
    assert "brought in by corporate/standard; so also in customer/enterprise" in flat
    assert "brought in by service/uc (position fallback-2)" in flat
    assert "needs definitions, charges, term" in flat
    assert (
        "/liability/cap_months: integer; preferred <= 12; fallback <= 18; never > 24; "
        "approval: legal, finance"
    ) in flat
    assert "guidance: The cap is in months of charges" in flat
    assert "walk away from: Unlimited liability" in flat
    assert "--- fallback-2 (en) The customer also asks" in flat
    assert printed.index("--- preferred") < printed.index("--- fallback-1")
    assert "{{ liability.cap_months | number }}" in printed


def test_wording_is_shown_as_the_file_has_it_apart_from_line_ends(
    run: Run, contracts: Path
) -> None:
    shown = run("clauses", "definitions").stdout.split("--- preferred (en)")[1]

    wording = (contracts / "clauses/definitions/preferred.en.md").read_text()
    assert shown.split() == wording.split()
    first = [line for line in wording.splitlines() if line.startswith("1. ")]
    assert sum(line.startswith("1. ") for line in shown.splitlines()) == len(first)


def test_what_cannot_stand_together_is_shown_with_the_clause(run: Run) -> None:
    assert "cannot stand beside ola-purpose" in run("clauses", "governing-law").stdout


def test_a_clause_that_no_template_has_is_shown_as_such(
    run: Run, contracts: Path
) -> None:
    rewrite(
        contracts,
        "templates/customer/enterprise.yaml",
        "  - {add: publicity, after: third-party-rights}\n",
        "",
    )

    assert "in no template" in run("clauses", "publicity").stdout
    assert "publicity" in keys(run, "--topic", "boilerplate")


def test_a_clause_without_a_topic_is_listed_last(run: Run, contracts: Path) -> None:
    rewrite(contracts, "clauses/waiver/clause.yaml", "topic: boilerplate\n", "")

    printed = run("clauses").stdout

    last = printed.split("\n\n")[-2]
    assert last.startswith("without a topic (1)\nwaiver ")


# --- Templates -------------------------------------------------------------------


def test_templates_stand_below_their_level_which_is_counted(run: Run) -> None:
    printed = run("templates").stdout
    found = json.loads(run("templates", "--json").stdout)

    levels = HEADING.findall(printed)
    assert [level for level, _ in levels] == ["corporate", "customer", "service"]
    assert sum(int(number) for _, number in levels) == len(found)
    assert "customer, below customer/enterprise" in " ".join(printed.split())


@pytest.mark.parametrize(
    ("options", "expected", "where"),
    [
        (["--level", "corporate"], {"corporate/internal", "corporate/standard"}, ""),
        (["--search", "operational"], {"service/ola"}, "title"),
        (["--search", "chronic-failure"], {"customer/enterprise"}, "chronic-failure"),
        (["--search", "public", "--level", "customer"], {"customer/public-sector"}, ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_templates_are_found_by_level_and_words(
    run: Run, options: list[str], expected: set[str], where: str
) -> None:
    found = json.loads(run("templates", *options, "--json").stdout)

    assert expected <= {one["name"] for one in found}
    assert len(found) < 5
    if where:
        assert where in json.dumps([one["found"] for one in found])


def test_a_template_is_found_by_what_it_asks(desk: Desk) -> None:
    library = working_library(desk)

    found = find_templates(library, search="initial term")

    assert "corporate/standard" in {one.source.name for one in found}
    wheres = {passage.where for one in found for passage in one.passages}
    assert "question /term/initial" in wheres


# --- What does not fit -----------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["clauses", "--topic", "riks"],
            'there is no topic "riks"; there are agreement, service, money, risk, '
            "end, boilerplate",
        ),
        (
            ["clauses", "--level", "group"],
            'there is no level "group"; there are corporate, customer, service',
        ),
        (
            ["templates", "--level", "group"],
            'there is no level "group"; there are corporate, customer, service',
        ),
        (
            ["clauses", "--status", "old"],
            'there is no status "old"; there are draft, approved, deprecated',
        ),
        (
            ["clauses", "--part", "annex"],
            'there is no part "annex"; there are parties, background, key-terms, '
            "clause, schedule",
        ),
        (
            ["clauses", "--template", "managed-hosting"],
            'there is no template "managed-hosting"; did you mean '
            '"service/managed-hosting"?',
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_unknown_word_is_one_line_with_those_that_exist(
    run: Run, arguments: list[str], says: str
) -> None:
    result = run(*arguments, code=3)

    assert result.stderr == f"error: {says}\n"
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["clauses", "templates"])
def test_nothing_found_is_said_beside_an_empty_answer(run: Run, command: str) -> None:
    result = run(command, "--search", "zebra")

    assert result.stdout == ""
    assert f"slacontracts {command} lists every one" in result.stderr
    assert json.loads(run(command, "--search", "zebra", "--json").stdout) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["clauses", "waiver", "--topic", "risk"],
        ["clauses", "waiver", "--positions"],
        ["templates", "service/ola", "--level", "service"],
    ],
    ids=" ".join,
)
def test_one_is_named_or_many_are_asked_for(run: Run, arguments: list[str]) -> None:
    assert "not both" in run(*arguments, code=2).stderr


def test_templates_above_one_another_in_a_circle_do_not_hang(
    run: Run, contracts: Path
) -> None:
    rewrite(
        contracts,
        "templates/customer/enterprise.yaml",
        "parent: corporate/standard",
        "parent: service/managed-hosting",
    )

    assert "clauses" in run("clauses").stdout.splitlines()[-1]


def test_a_search_without_a_hit_hints_at_the_topics(run: Run) -> None:
    result = run("clauses", "--search", "zebra")

    assert "--topic: agreement, boilerplate, end, money, risk, service" in result.stderr


@pytest.mark.parametrize("command", ["clauses", "templates"])
def test_a_search_for_nothing_is_refused(run: Run, command: str) -> None:
    assert "say which words" in run(command, "--search", " ", code=2).stderr
