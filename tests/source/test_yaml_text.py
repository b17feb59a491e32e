"""What YAML files may hold, and where each of their faults is said to stand."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.source.yaml_text import MAX_BYTES, read_yaml

AGREEMENT = """\
id: ACME-2026-001
title: Service agreement
parties:
  supplier: {legal_name: Supplier Ltd}
  customer: {legal_name: 'Smith & Sons'}
effective: 2026-02-01
services:
  - key: hosting
    price: {amount: '100000.00', currency: EUR}
"""


def only_finding(data: bytes | str) -> Finding:
    source, findings = read_yaml(data, "agreement.yaml")
    assert source is None
    assert len(findings) == 1
    return findings[0]


def changed(old: str, new: str) -> str:
    assert old in AGREEMENT
    return AGREEMENT.replace(old, new)


def test_every_scalar_stays_the_text_that_was_written() -> None:
    text = (
        "country: NO\nrenew: off\ncap: 0100000\nversion: 3.10\nfee: 1e5\nhour: 100:00\n"
    )

    source, findings = read_yaml(text, "agreement.yaml")

    assert findings == ()
    assert source is not None
    assert source.data == {
        "country": "NO",
        "renew": "off",
        "cap": "0100000",
        "version": "3.10",
        "fee": "1e5",
        "hour": "100:00",
    }


def test_only_a_plain_null_or_nothing_at_all_is_no_value() -> None:
    text = "a:\nb: ~\nc: null\nd: 'null'\ne: ''\nf: Null\ng: [~, \"~\"]\n"

    source, _ = read_yaml(text, "agreement.yaml")

    assert source is not None
    assert source.data == {
        "a": None,
        "b": None,
        "c": None,
        "d": "null",
        "e": "",
        "f": "Null",
        "g": [None, "~"],
    }


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(AGREEMENT.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param("\ufeff" + AGREEMENT, id="byte order mark"),
        pytest.param(
            "# a comment\n" + AGREEMENT + "\n\n", id="comment and blank lines"
        ),
    ],
)
def test_the_same_words_are_the_same_data(same: str) -> None:
    expected, _ = read_yaml(AGREEMENT, "agreement.yaml")

    source, findings = read_yaml(same.encode(), "agreement.yaml")

    assert findings == ()
    assert source is not None
    assert expected is not None
    assert source.data == expected.data


def test_decomposed_letters_are_composed_in_names_and_values() -> None:
    source, _ = read_yaml('cafe\u0301: "Cafe\\u0301 re\u0301"\n', "agreement.yaml")

    assert source is not None
    assert source.data == {"caf\u00e9": "Caf\u00e9 r\u00e9"}


def test_values_that_look_like_code_stay_text() -> None:
    values = [
        "{{ cycler.__init__.__globals__ }}",
        "{% for i in range(99999) %}{% endfor %}",
        "A & B </w:t><w:vanish/> <x>",
        '=HYPERLINK("http://x.invalid")',
        "<script>alert(1)</script>",
        "9" * 5000,
    ]
    text = "".join(f"v{at}: '{value}'\n" for at, value in enumerate(values))

    source, findings = read_yaml(text, "agreement.yaml")

    assert findings == ()
    assert source is not None
    assert list(source.data.values()) == values


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ("/id", 1, 1),
        ("/parties/customer", 5, 3),
        ("/parties/customer/legal_name", 5, 14),
        ("/services/hosting", 8, 5),
        ("/services/hosting/price/currency", 9, 34),
    ],
)
def test_a_field_stands_where_its_name_stands(
    path: str, line: int, column: int
) -> None:
    source, _ = read_yaml(AGREEMENT, "agreement.yaml")

    assert source is not None
    assert source.place(path) == Origin("agreement.yaml", line, column, path)


def test_columns_count_characters_not_bytes() -> None:
    source, _ = read_yaml("{عربي: ١, next: 2}\n", "agreement.yaml")

    assert source is not None
    assert source.place("/next").column == 11


MANY = 100_000


@pytest.mark.parametrize(
    ("data", "code", "line", "column", "words"),
    [
        pytest.param(
            AGREEMENT + "x: [1,\n", "yaml-syntax", 10, 4, "bracket", id="open bracket"
        ),
        pytest.param(
            changed("  supplier:", "\tsupplier:"),
            "yaml-syntax",
            4,
            1,
            "line 4 is indented with a tab",
            id="tab indentation",
        ),
        pytest.param("a: 'b\n", "yaml-syntax", 1, 4, "quotation mark", id="open quote"),
        pytest.param("a: b: c\n", "yaml-syntax", 1, 5, "a colon", id="colon in a text"),
        pytest.param("a: @b\n", "yaml-syntax", 1, 4, "begins with @", id="at sign"),
        pytest.param(
            "a: %b\n", "yaml-syntax", 1, 4, "begins with %", id="percent sign"
        ),
        pytest.param('a: "\\q"\n', "yaml-syntax", 1, 5, "backslash", id="wrong escape"),
        pytest.param(
            "a: - b\n", "yaml-syntax", 1, 4, "list item", id="list beside name"
        ),
        pytest.param(
            "a: ]\n", "yaml-syntax", 1, 4, "closes nothing", id="stray bracket"
        ),
        pytest.param(
            "a:\n  b: c\n d: e\n", "yaml-syntax", 3, 2, "same number", id="indentation"
        ),
        pytest.param(
            "a: 1\ntitle\nb: 2\n", "yaml-syntax", 2, 1, "needs a colon", id="no colon"
        ),
        pytest.param(
            AGREEMENT + "id: X\n",
            "duplicate-field",
            10,
            1,
            '"id" is given twice, in lines 1 and 10',
            id="field given twice",
        ),
        pytest.param(
            changed("Service agreement", "&t Service agreement"),
            "yaml-anchor",
            2,
            8,
            "anchors",
            id="anchor",
        ),
        pytest.param("a: *b\n", "yaml-alias", 1, 4, "*name", id="alias"),
        pytest.param("a: {<<: {b: c}}\n", "yaml-merge", 1, 5, "<<", id="merge key"),
        pytest.param("x: !secret y\n", "yaml-tag", 1, 4, "!secret", id="unknown tag"),
        pytest.param(
            'x: !!python/object/apply:os.system ["true"]\n',
            "yaml-tag",
            1,
            4,
            "os.system",
            id="tag that makes an object",
        ),
        pytest.param(
            AGREEMENT + "---\n" + AGREEMENT,
            "several-documents",
            10,
            1,
            "second document",
            id="two documents",
        ),
        pytest.param("", "empty-file", 1, 1, "empty", id="empty file"),
        pytest.param("# nothing\n", "empty-file", 1, 1, "empty", id="only a comment"),
        pytest.param("hello\n", "not-a-mapping", 1, 1, "fields", id="one word"),
        pytest.param("- a\n- b\n", "not-a-mapping", 1, 1, "fields", id="a list"),
        pytest.param("? [a]\n: b\n", "field-name", 1, 3, "name", id="list as a name"),
        pytest.param("~: b\n", "field-name", 1, 1, "name", id="no name"),
        pytest.param(
            "[" * MANY + "]" * MANY, "too-deep", 1, 31, "30", id="100,000 lists"
        ),
        pytest.param(
            "x: " + "{a: " * MANY, "too-deep", 1, 120, "30", id="100,000 maps"
        ),
        pytest.param("x:\n" + "- " * MANY + "a", "too-deep", 2, 59, "30", id="dashes"),
        pytest.param(
            AGREEMENT + "x: " + "[" * 500 + "]" * 500 + "\n",
            "too-deep",
            10,
            33,
            "30",
            id="500 levels",
        ),
        pytest.param(
            "x: " + "a" * 100_001 + "\n",
            "value-too-long",
            1,
            4,
            "100,001 characters; at most 100,000",
            id="long value",
        ),
        pytest.param(
            "x: " + "a" * (5 << 20),
            "file-too-large",
            1,
            1,
            "5,242,883 bytes",
            id="5 MiB",
        ),
        pytest.param(
            "title: x\nname: Caf\u00e9\n".encode("latin-1"),
            "not-utf8",
            2,
            10,
            "offset 18 (0xE9)",
            id="Latin-1",
        ),
        pytest.param(
            AGREEMENT.encode("utf-16"), "not-utf8", 1, 1, "encoding UTF-8", id="UTF-16"
        ),
        pytest.param(
            AGREEMENT.encode("utf-16-be"), "not-utf8", 1, 1, "UTF-16", id="no BOM"
        ),
        pytest.param(
            changed("Service", "Ser\0vice"),
            "forbidden-character",
            2,
            11,
            "U+0000",
            id="NUL",
        ),
        pytest.param(
            changed("Service agreement", '"Ser\\0vice"'),
            "forbidden-character",
            2,
            8,
            "U+0000",
            id="escaped NUL",
        ),
        pytest.param(
            changed("Service agreement", '"A\\uD800B"'),
            "forbidden-character",
            2,
            12,
            "half of a pair",
            id="lone surrogate",
        ),
        pytest.param(
            changed("100000.00", "\u202e100000.00"),
            "forbidden-character",
            9,
            22,
            "U+202E RIGHT-TO-LEFT OVERRIDE",
            id="bidi override",
        ),
        pytest.param(
            "a: b # \u202eend\n",
            "forbidden-character",
            1,
            8,
            "U+202E",
            id="bidi override in a comment",
        ),
    ],
)
def test_a_fault_is_one_finding_at_its_place(
    data: bytes | str, code: str, line: int, column: int, words: str
) -> None:
    tracemalloc.start()
    started = time.perf_counter()
    finding = only_finding(data)
    seconds = time.perf_counter() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert finding.severity is Severity.ERROR
    assert finding.code == code
    assert (finding.origin.line, finding.origin.column) == (line, column)
    assert words in finding.message
    assert seconds < 1
    assert peak < 50_000_000


def test_a_fault_inside_a_field_says_its_address() -> None:
    text = 'services:\n  - key: web\n    names: [a, "b\\0"]\n'

    assert only_finding(text).origin.path == "/services/web/names/1"


def aliases(depth: int) -> str:
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    for at in range(1, depth):
        inner = ",".join([f"*a{at - 1}"] * 10)
        rows.append(f"a{at}: &a{at} [{inner}]")
    return "\n".join(rows) + "\n"


def merges(depth: int) -> str:
    rows = ["m0: &m0 {k: v}"]
    for at in range(1, depth):
        inner = ",".join([f"*m{at - 1}"] * 10)
        rows.append(f"m{at}: &m{at} {{<<: [{inner}]}}")
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    "bomb",
    [
        pytest.param(AGREEMENT + aliases(10), id="aliases"),
        pytest.param(AGREEMENT + merges(9), id="merge keys"),
        pytest.param("x: &a [*a]\n", id="circle"),
    ],
)
def test_a_bomb_of_references_is_never_built(bomb: str) -> None:
    source, findings = read_yaml(bomb, "agreement.yaml")

    assert source is None
    assert findings[0].code == "yaml-anchor"
    assert {finding.code for finding in findings} <= {
        "yaml-anchor",
        "yaml-alias",
        "yaml-merge",
    }
    assert len(findings) <= 3


def test_a_file_full_of_faults_yields_a_bounded_list() -> None:
    _, findings = read_yaml("a: b\n" * 5000, "agreement.yaml")

    assert len(findings) == 50


def test_the_largest_file_allowed_is_read() -> None:
    row = "a{:06}: xxxxxxxxxx\n"
    text = "".join(row.format(at) for at in range(MAX_BYTES // 20))
    assert len(text) > 0.99 * MAX_BYTES - 20

    source, findings = read_yaml(text, "agreement.yaml")

    assert findings == ()
    assert source is not None


@given(st.text(max_size=200))
def test_any_text_is_read_or_explained(text: str) -> None:
    source, findings = read_yaml(text, "agreement.yaml")

    assert (source is None) == bool(findings)
    for finding in findings:
        assert finding.origin.line >= 1
        assert finding.origin.column >= 1


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    source, findings = read_yaml(data, "agreement.yaml")

    assert (source is None) == bool(findings)


@given(
    st.lists(
        st.tuples(st.integers(0, 300), st.sampled_from("\"'[]{}:#&*!|>\t-?%@,\n \\")),
        min_size=1,
        max_size=4,
    )
)
def test_any_slip_of_the_pen_is_read_or_explained(slips: list[tuple[int, str]]) -> None:
    text = AGREEMENT
    for at, mark in slips:
        text = text[: at % len(text)] + mark + text[at % len(text) :]

    source, findings = read_yaml(text, "agreement.yaml")

    assert (source is None) == bool(findings)
    for finding in findings:
        assert "flow" not in finding.message
        assert "token" not in finding.message
