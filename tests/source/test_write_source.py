"""What an edit of a file changes, what it leaves alone, and what a new file looks like."""

import difflib
import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.paths import look_up
from slacontracts.source.write import (
    EDITOR_HINT,
    remove_value,
    set_override,
    set_value,
    write_agreement,
)
from slacontracts.source.yaml_text import read_yaml

AGREEMENT = """\
# yaml-language-server: $schema=../../../.schemas/agreement.json
# Drafted by hand; keep my notes.
id: SLA-2026-0001          # never changes
title: 'Hosting agreement'
parties:
  provider: {legal_name: Northwind Hosting Ltd, register_no: "0912345"}

  customer:
    # as in the trade register
    legal_name: Contoso Retail LLC
    address: |
      5 Corniche Road
      Abu Dhabi

term: {initial: P36M, notice: P90D}   # agreed on the phone
house_style:
services:
  - key: web
    price:
      amount: "4500.00"   # net
      currency: EUR
    supported_by: [OLA-1/x, OLA-2/y]
  - key: mail
    targets:
    - {key: up, target: "99.9"}
    # more to come
clauses:
  publicity: omit
# the end
"""


def data_of(text: str) -> Any:
    source, findings = read_yaml(text, "agreement.yaml")
    assert source is not None, findings
    return source.data


def changes(path: str, value: Any, text: str = AGREEMENT) -> list[str]:
    """Return the lines taken out (-) and put in (+) by an edit."""
    edited = set_value(text, path, value)
    return line_changes(text, edited)


def line_changes(before: str, after: str) -> list[str]:
    rows = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [row for sign in "-+" for row in rows if row[0] == sign]


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        pytest.param(
            "/term/initial",
            "P24M",
            [
                "- term: {initial: P36M, notice: P90D}   # agreed on the phone",
                "+ term: {initial: P24M, notice: P90D}   # agreed on the phone",
            ],
            id="between brackets",
        ),
        pytest.param(
            "/services/web/price/amount",
            "5000.00",
            [
                '-       amount: "4500.00"   # net',
                '+       amount: "5000.00"   # net',
            ],
            id="double quotes stay",
        ),
        pytest.param(
            "/title",
            "Customer's agreement",
            ["- title: 'Hosting agreement'", "+ title: 'Customer''s agreement'"],
            id="single quotes stay",
        ),
        pytest.param(
            "/parties/customer/legal_name",
            "yes",
            [
                "-     legal_name: Contoso Retail LLC",
                '+     legal_name: "yes"',
            ],
            id="a text that YAML would read otherwise",
        ),
        pytest.param(
            "/services/1/targets/up/target",
            "99.95",
            [
                '-     - {key: up, target: "99.9"}',
                '+     - {key: up, target: "99.95"}',
            ],
            id="item by index and by key",
        ),
        pytest.param(
            "/house_style",
            "plain",
            ["- house_style:", "+ house_style: plain"],
            id="empty field",
        ),
        pytest.param(
            "/title",
            None,
            ["- title: 'Hosting agreement'", "+ title: null"],
            id="no value",
        ),
        pytest.param(
            "/parties/customer/address",
            "1 Harbour Street",
            [
                "-     address: |",
                "-       5 Corniche Road",
                "-       Abu Dhabi",
                "+     address: 1 Harbour Street",
            ],
            id="several lines become one",
        ),
        pytest.param(
            "/parties/customer/legal_name",
            "Contoso\nRetail",
            [
                "-     legal_name: Contoso Retail LLC",
                "+     legal_name: |-",
                "+       Contoso",
                "+       Retail",
            ],
            id="one line becomes several",
        ),
        pytest.param(
            "/governing_law/forum/kind",
            "courts",
            ["+ governing_law:", "+   forum:", "+     kind: courts"],
            id="missing mappings are made",
        ),
        pytest.param(
            "/parties/provider/notices/email",
            "legal@northwind.example",
            [
                "-   provider: {legal_name: Northwind Hosting Ltd, "
                'register_no: "0912345"}',
                "+   provider: {legal_name: Northwind Hosting Ltd, "
                'register_no: "0912345", notices: {email: legal@northwind.example}}',
            ],
            id="missing mapping between brackets",
        ),
        pytest.param(
            "/parties/customer/crm",
            "C-1",
            ["+     crm: C-1"],
            id="field after a text of several lines",
        ),
        pytest.param(
            "/services/web/supported_by/2",
            "UC-1/z",
            [
                "-     supported_by: [OLA-1/x, OLA-2/y]",
                "+     supported_by: [OLA-1/x, OLA-2/y, UC-1/z]",
            ],
            id="item appended between brackets",
        ),
        pytest.param(
            "/services/mail/targets/1",
            {"key": "down", "target": "1"},
            ['+     - {key: down, target: "1"}'],
            id="item appended",
        ),
        pytest.param(
            "/signatories/0/name",
            "A. Person",
            ["+ signatories:", "+   - {name: A. Person}"],
            id="list made with its first item",
        ),
        pytest.param(
            "/services/web/price",
            {"model": "annual", "amount": "1.00"},
            [
                '-       amount: "4500.00"   # net',
                "-       currency: EUR",
                "+       model: annual",
                '+       amount: "1.00"',
            ],
            id="a group is replaced as a whole",
        ),
        pytest.param(
            "/term",
            {"initial": "P12M", "renewal": {"rule": "none"}},
            [
                "- term: {initial: P36M, notice: P90D}   # agreed on the phone",
                "+ term: # agreed on the phone",
                "+   initial: P12M",
                "+   renewal:",
                "+     rule: none",
            ],
            id="a comment survives the group beside it",
        ),
    ],
)
def test_an_edit_changes_these_lines_and_no_other(
    path: str, value: Any, expected: list[str]
) -> None:
    assert changes(path, value) == expected


def test_setting_what_is_already_there_changes_nothing() -> None:
    assert set_value(AGREEMENT, "/term/initial", "P36M") is AGREEMENT


def test_windows_line_ends_stay() -> None:
    text = AGREEMENT.replace("\n", "\r\n")

    edited = set_value(text, "/parties/customer/crm", "C-1")

    assert edited.count("\r\n") == edited.count("\n") == text.count("\n") + 1


def test_a_file_without_a_last_line_end_can_be_extended() -> None:
    assert set_value("a: 1", "/b", "x") == "a: 1\nb: x\n"


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("omit", ["+   credits: omit"]),
        ({"position": "fallback-1"}, ["+   credits:", "+     position: fallback-1"]),
        (
            {"text": {"en": "One.\n\n1. Two\n   1. Three\n"}},
            [
                "+   credits:",
                "+     text:",
                "+       en: |",
                "+         One.",
                "+ ",
                "+         1. Two",
                "+            1. Three",
            ],
        ),
    ],
    ids=["omitted", "position", "bespoke"],
)
def test_a_negotiated_clause_is_written_as_a_person_would(
    override: Any, expected: list[str]
) -> None:
    edited = set_override(AGREEMENT, "credits", override)

    assert line_changes(AGREEMENT, edited) == expected
    assert data_of(edited)["clauses"] == {"publicity": "omit", "credits": override}


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("term", "x", "is not the address of a value"),
        (
            "/services/shop/price",
            "x",
            'no item "shop" in /services; there are: web, mail',
        ),
        ("/services/7/key", "x", '/services/+={key: KEY, ...}" adds one'),
        ("/title/en", "x", "/title holds a text"),
        ("/title", "a\u202eb", "/title cannot be set to this value: U+202E"),
        ("/title", "x" * 100_001, "at most 100,000"),
        ("/" + "a/" * 40 + "a", "x", "more than 30 levels"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused_with_the_reason(
    path: str, value: str, message: str
) -> None:
    with pytest.raises(SourceError) as refusal:
        set_value(AGREEMENT, path, value)

    assert message in str(refusal.value)


def test_a_file_with_faults_is_not_edited() -> None:
    with pytest.raises(SourceError) as refusal:
        set_value("a: 1\na: 2\n", "/a", "3")

    assert refusal.value.findings[0].code == "duplicate-field"


def test_a_new_agreement_reads_like_one_written_by_hand() -> None:
    data = {
        "credits": {"cap_percent": "25"},
        "clauses": {"publicity": "omit"},
        "effective": {"on": "2026-12-01"},
        "services": [
            {"key": "web", "price": {"amount": "4500.00", "currency": "EUR"}},
        ],
        "parties": {"customer": {"legal_name": "Smith & Sons", "register_no": "0912"}},
        "hours": {"always": {"week": {"mon-sun": ["00:00-24:00"]}}},
        "template": "service/managed-hosting",
        "id": "SLA-2026-0001",
    }

    assert write_agreement(data) == EDITOR_HINT + (
        "id: SLA-2026-0001\n"
        "template: service/managed-hosting\n"
        "\n"
        "parties:\n"
        "  customer:\n"
        "    legal_name: Smith & Sons\n"
        '    register_no: "0912"\n'
        "\n"
        "effective:\n"
        "  on: 2026-12-01\n"
        "\n"
        "services:\n"
        "  - key: web\n"
        "    price:\n"
        '      amount: "4500.00"\n'
        "      currency: EUR\n"
        "\n"
        "hours:\n"
        "  always:\n"
        "    week:\n"
        '      mon-sun: ["00:00-24:00"]\n'
        "\n"
        "credits:\n"
        '  cap_percent: "25"\n'
        "\n"
        "clauses:\n"
        "  publicity: omit\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        *(
            "yes",
            "No",
            "on",
            "null",
            "Null",
            "~",
            "",
            " ",
            "true",
            "010",
            "3.10",
            "1e5",
        ),
        *("0x1F", "1_000", "100:00", "2026-12-01", ".inf", "=SUM(A1)", "- a", "a: b"),
        *("a #b", "#a", "*a", "&a", "!a", "%a", "@a", "`a`", "|", ">", "[a]", "{a}"),
        *(
            "'a'",
            '"a"',
            "a'b",
            'a"b',
            "a\\b",
            " a",
            "a ",
            "a\tb",
            "\ta",
            "a:",
            "?",
            "-",
        ),
        *("a\nb", "a\nb\n", "a\n\n", "\na", " a\nb", "a\n b", "a \nb", "a\n \nb", "\n"),
        *(
            "a\xa0b",
            "a\u200cb\u200d",
            "\u200fعربي",
            "😀 emoji",
            "5,000",
            "---",
            "...",
            "<<",
        ),
        *("{{ x }}", "{# x", "x" * 5000, "A & B <Ltd>", "*not bold*", "a, b", "a]"),
    ],
)
def test_any_kind_of_text_comes_back_as_it_was(text: str) -> None:
    name = text[:100] or "empty"
    data = {"plain": text, "list": [text, {"in": text}], "deep": {name: [text]}}

    written = write_agreement(data)

    assert data_of(written) == data
    for style in ("old", "'old'", '"old"', "|\n  old", "[old]", "{a: old}", ""):
        assert data_of(set_value(f"a: {style}\nb: c\n", "/a", text)) == {
            "a": text,
            "b": "c",
        }
    assert data_of(set_value("{a: [x, old, y]}\n", "/a/1", text))["a"] == [
        "x",
        text,
        "y",
    ]


# What no source text may hold, beside controls, halves of characters and private ones:
# what reverses the direction, breaks lines unseen, or shows nothing inside a word.
FORBIDDEN = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    "\xad\u180e\u200b\u2060\u2061\u2062\u2063\u2064"
    "\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa\ufffb"
    + "".join(chr(code) for code in range(0xE0000, 0xE0080))
)


def is_acceptable(text: str) -> bool:
    return unicodedata.normalize("NFC", text) == text


texts = st.text(
    st.one_of(
        st.sampled_from("ab1 \n\t:#-,'\"[]{}&*!|>%@`?~\\.=yn"),
        st.characters(
            exclude_categories=["Cc", "Cs", "Co", "Cn"], exclude_characters=FORBIDDEN
        ),
    ),
    max_size=30,
).filter(is_acceptable)
names = texts.filter(lambda name: bool(name) and "/" not in name)
trees = st.recursive(
    st.one_of(st.none(), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(names, inner, max_size=4)
    ),
    max_leaves=12,
)
files = st.dictionaries(names, trees, min_size=1, max_size=5)


@given(st.sampled_from(FORBIDDEN), st.sampled_from(["a{}b", "{}", "a{}", "1{}0"]))
def test_text_that_may_not_stand_in_a_file_is_refused_and_never_changed(
    char: str, form: str
) -> None:
    text = form.format(char)
    assume(not text.startswith("\ufeff"))  # the mark of a file's start, taken off

    with pytest.raises(SourceError) as refusal:
        set_value(AGREEMENT, "/title", text)
    source, findings = read_yaml(write_agreement({"title": text}), "agreement.yaml")

    assert f"U+{ord(char):04X}" in str(refusal.value)
    assert source is None
    assert {finding.code for finding in findings} == {"forbidden-character"}


@given(files)
def test_reading_what_was_written_gives_the_same_data(data: dict[str, Any]) -> None:
    assert data_of(write_agreement(data)) == data


def paths_in(data: Any, above: str = "") -> list[str]:
    if isinstance(data, dict):
        entries = [(f"{above}/{name}", inner) for name, inner in data.items()]
    elif isinstance(data, list):
        entries = [(f"{above}/{at}", inner) for at, inner in enumerate(data)]
    else:
        return []
    return [path for path, _ in entries] + [
        path for at, inner in entries for path in paths_in(inner, at)
    ]


def with_value(data: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    step, *others = steps
    if isinstance(data, list):
        at = int(step)
        return [*data[:at], with_value(data[at], others, value), *data[at + 1 :]]
    return {**data, step: with_value(data[step], others, value)}


@given(files, st.data())
def test_an_edit_changes_that_value_and_nothing_else(
    data: dict[str, Any], choice: st.DataObject
) -> None:
    path = choice.draw(st.sampled_from(paths_in(data)))
    assume(path.split("/")[-1] and "key" not in path)
    value = choice.draw(trees)
    text = write_agreement(data)

    edited = set_value(text, path, value)

    assert data_of(edited) == with_value(data, path.split("/")[1:], value)
    assert edited.startswith(EDITOR_HINT)


@given(st.sampled_from(paths_in(data_of(AGREEMENT))), trees)
def test_comments_outside_the_edited_value_survive(path: str, value: Any) -> None:
    assume(not path.endswith("/key"))
    kept = ["# Drafted by hand; keep my notes.", "# never changes", "# the end"]

    edited = set_value(AGREEMENT, path, value)

    assert data_of(edited) == with_value(data_of(AGREEMENT), path.split("/")[1:], value)
    assert all(comment in edited for comment in kept)


REMOVING = """\
id: SLA-1
services:
  # The shop
  - key: web  # since 2024
    name: Web
    # agreed by telephone
    price: {amount: "1.00", currency: EUR}
  # E-mail
  - key: mail
    targets:
      - key: availability
  # the end of the services
term:
  initial: P36M
tags: [a, b]
special:
  says: |
    One.

    Two.
signatories:
- party: provider
-
  party: customer
"""


@pytest.mark.parametrize(
    ("path", "gone", "came"),
    [
        (
            "/services/mail",
            ["  - key: mail", "    targets:", "      - key: availability"],
            [],
        ),
        (
            "/services/1",
            ["  - key: mail", "    targets:", "      - key: availability"],
            [],
        ),
        ("/services/web/name", ["    name: Web"], []),
        ("/services/web/price", ['    price: {amount: "1.00", currency: EUR}'], []),
        (
            "/services/web/price/amount",
            ['    price: {amount: "1.00", currency: EUR}'],
            ["    price: {currency: EUR}"],
        ),
        ("/term/initial", ["term:", "  initial: P36M"], []),
        ("/tags/0", ["tags: [a, b]"], ["tags: [b]"]),
        ("/special/says", ["special:", "  says: |", "    One.", "", "    Two."], []),
        ("/signatories/0", ["- party: provider"], []),
        ("/signatories/1", ["-", "  party: customer"], []),
        (
            "/services/mail/targets/availability",
            ["    targets:", "      - key: availability"],
            ["    targets: []"],
        ),
    ],
)
def test_a_value_is_taken_out_and_the_lines_of_its_neighbours_stay(
    path: str, gone: list[str], came: list[str]
) -> None:
    edited, was = remove_value(REMOVING, path)

    changed = line_changes(REMOVING, edited)
    assert [line[2:] for line in changed if line[0] == "-"] == gone
    assert [line[2:] for line in changed if line[0] == "+"] == came
    named = path.replace("/services/1", "/services/mail")
    assert was == look_up(data_of(REMOVING), named)


@pytest.mark.parametrize(
    "path", ["/term/notice", "/termination", "/services/web/sites"]
)
def test_what_is_not_there_cannot_be_taken_out(path: str) -> None:
    with pytest.raises(NotFoundError, match=path):
        remove_value(REMOVING, path)


def test_the_last_value_of_a_file_and_its_line_ends_are_taken_out() -> None:
    assert remove_value("a: 1\r\nb:\r\n  c: 1\r\n", "/b/c") == ("a: 1\r\n", "1")
    assert data_of(remove_value("a: 1\n", "/a")[0]) == {}


def test_the_new_item_of_a_list_may_be_called_plus() -> None:
    edited = set_value(REMOVING, "/services/+", {"key": "dns"})
    edited = set_value(edited, "/approvals/+/item", "waiver")

    assert data_of(edited)["services"][2] == {"key": "dns"}
    assert data_of(edited)["approvals"] == [{"item": "waiver"}]
