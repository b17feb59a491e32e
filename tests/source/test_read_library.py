"""How the library of a revision is read, what is left out, and how it is kept as JSON."""

import json
from collections.abc import Mapping

import pytest
from drafting import clause_files, library_of, template_file

from slacontracts.model.clause import Part
from slacontracts.model.finding import Finding, Severity
from slacontracts.model.library import Library
from slacontracts.source.library import read_library
from slacontracts.source.library_json import library_from_json, library_to_json

CREDITS = """\
key: credits
title: {en: Service Credits, ar: خصومات مستوى الخدمة}
version: 3
status: approved
owner: legal
summary: What the customer gets back when a target is missed.
requires: [charges]
values:
  /credits/cap_percent: {type: percent, preferred: "<= 25", approval: [finance]}
  /credits/sole_remedy: {type: yes-no, preferred: "yes"}
positions:
  - key: preferred
  - {key: fallback-1, when: The customer insists., approval: [finance]}
"""
CREDITS_TEXT = """\
Credits for {{ parties.customer.legal_name }} follow {{ ref("charges") }}.

1. At most {{ credits.cap_percent | percent }} of the fee. [#cap]
{% if credits.sole_remedy %}
1. Credits are the only remedy.
{% endif %}
"""
CHARGES = """\
key: charges
title: {en: Charges}
version: 1
status: approved
owner: finance
summary: What is paid.
"""
CORPORATE = """\
level: corporate
title: {en: Agreement}
outline:
  - charges
"""
SERVICE = """\
level: service
parent: corporate/standard
title: {en: Hosting Agreement}
outline:
  - {add: credits, after: charges}
schedules: []
defaults: {credits: {cap_percent: "25"}}
lock: [charges, /governing_law/law]
questions:
  - {path: /parties/customer/legal_name, ask: {en: Name?}}
"""
FILES = {
    "clauses/credits/clause.yaml": CREDITS,
    "clauses/credits/preferred.en.md": CREDITS_TEXT,
    "clauses/credits/preferred.ar.md": "نص.\n",
    "clauses/credits/fallback-1.en.md": "No more than {{ credits.cap_percent | percent }}.\n",
    "clauses/charges/clause.yaml": CHARGES,
    "clauses/charges/preferred.en.md": "The Customer pays.\n",
    "templates/corporate/standard.yaml": CORPORATE,
    "templates/service/hosting.yaml": SERVICE,
    "templates/house/standard.docx": "PK",
    "clauses/README.md": "Not a clause.\n",
    "clauses/credits/notes.txt": "Not read.\n",
}


def read(files: Mapping[str, str]) -> tuple[Library, tuple[Finding, ...]]:
    return read_library(
        {path: text.encode() for path, text in files.items()}, "working"
    )


def with_change(path: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[path]
    return {**FILES, path: FILES[path].replace(old, new)}


def without(path: str) -> dict[str, str]:
    return {name: text for name, text in FILES.items() if name != path}


def test_a_library_holds_clauses_wordings_templates_and_declared_values() -> None:
    library, findings = read(FILES)

    assert findings == ()
    assert library.revision == "working"
    assert set(library.clauses) == {"credits", "charges"}
    assert set(library.texts) == {
        ("credits", "preferred", "en"),
        ("credits", "preferred", "ar"),
        ("credits", "fallback-1", "en"),
        ("charges", "preferred", "en"),
    }
    assert set(library.templates) == {"corporate/standard", "service/hosting"}
    assert library.values["/credits/cap_percent"].type == "percent"
    origin = library.value_origins["/credits/cap_percent"]
    assert str(origin) == "clauses/credits/clause.yaml:9:3"
    assert library.clauses["charges"].positions[0].key == "preferred"
    assert library.clauses["charges"].part is Part.CLAUSE
    wording = library.texts["credits", "preferred", "en"]
    assert wording.program.refs == (("charges", 1),)


CLAUSE_FILE = "clauses/credits/clause.yaml"
TEXT_FILE = "clauses/credits/preferred.en.md"
TEMPLATE_FILE = "templates/service/hosting.yaml"


@pytest.mark.parametrize(
    ("files", "code", "place", "message"),
    [
        pytest.param(
            with_change(CLAUSE_FILE, "key: credits", "key: refunds"),
            "wrong-value",
            f"{CLAUSE_FILE}:1:1",
            'the key is "refunds" but the folder is "credits"',
            id="key unlike its folder",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "owner: legal\n", ""),
            "missing-field",
            f"{CLAUSE_FILE}:1:1",
            'required field "owner" is missing',
            id="required field",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "status: approved", "status: aproved"),
            "wrong-value",
            f"{CLAUSE_FILE}:4:1",
            "write draft, approved or deprecated",
            id="unknown status",
        ),
        pytest.param(
            without("clauses/credits/fallback-1.en.md"),
            "missing-file",
            f"{CLAUSE_FILE}:13:5",
            'the position "fallback-1" has no wording; write the file fallback-1.en.md',
            id="position without wording",
        ),
        pytest.param(
            {**FILES, "clauses/credits/fallback-2.en.md": "More.\n"},
            "unknown-position",
            "clauses/credits/fallback-2.en.md:1:1",
            'clause.yaml lists no position "fallback-2"; it lists preferred, fallback-1',
            id="wording without position",
        ),
        pytest.param(
            {**FILES, "clauses/credits/preferred.md": "More.\n"},
            "text-file-name",
            "clauses/credits/preferred.md:1:1",
            "name the file by position and language",
            id="wording without language",
        ),
        pytest.param(
            {**FILES, "clauses/new/preferred.en.md": "More.\n"},
            "missing-file",
            "clauses/new/clause.yaml:1:1",
            "has no clause.yaml beside it",
            id="wording without clause",
        ),
        pytest.param(
            {**FILES, TEXT_FILE: " \n"},
            "empty-file",
            f"{TEXT_FILE}:1:1",
            "the file holds no wording",
            id="empty wording",
        ),
        pytest.param(
            with_change(TEXT_FILE, "At most", "At \ue000 most"),
            "forbidden-character",
            f"{TEXT_FILE}:3:7",
            "U+E000",
            id="private character in a wording",
        ),
        pytest.param(
            with_change(TEXT_FILE, "{% endif %}", ""),
            "clause-marks",
            f"{TEXT_FILE}:4:1",
            "the marks do not fit",
            id="condition without end",
        ),
        pytest.param(
            with_change(TEXT_FILE, "| percent", "| upper"),
            "clause-marks",
            f"{TEXT_FILE}:3:1",
            "upper",
            id="unknown filter",
        ),
        pytest.param(
            with_change(TEXT_FILE, "credits.sole_remedy", "credits.sole_remedies"),
            "undeclared-value",
            f"{TEXT_FILE}:4:1",
            'did you mean "/credits/sole_remedy"?',
            id="value that no clause declares",
        ),
        pytest.param(
            with_change(TEXT_FILE, "customer.legal_name", "customer.legal_nam"),
            "undeclared-value",
            f"{TEXT_FILE}:1:1",
            'did you mean "/parties/customer/legal_name"?',
            id="field that agreements do not have",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, '"<= 25"', '"about 25"'),
            "wrong-value",
            f"{CLAUSE_FILE}:9:41",
            "write a value, or a comparison such as",
            id="range that makes no sense",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "/credits/sole_remedy", "/term/initial"),
            "conflicting-values",
            f"{CLAUSE_FILE}:10:3",
            "/term/initial is declared as yes-no, but it is always a duration",
            id="type unlike the field's own",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "/credits/sole_remedy", "/term/intial"),
            "conflicting-values",
            f"{CLAUSE_FILE}:10:3",
            'did you mean "/term/initial"?',
            id="declared field that agreements do not have",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "/credits/sole_remedy", "/term"),
            "conflicting-values",
            f"{CLAUSE_FILE}:10:3",
            "/term is a group of fields; declare the single values in it",
            id="declared group of fields",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "positions:\n", "positions: []\nx:\n"),
            "unknown-field",
            f"{CLAUSE_FILE}:12:1",
            'unknown field "x"',
            id="unknown field",
        ),
        pytest.param(
            {
                **FILES,
                CLAUSE_FILE: CREDITS.partition("positions:")[0] + "positions: []\n",
            },
            "wrong-value",
            f"{CLAUSE_FILE}:11:1",
            "a clause needs at least one position",
            id="no position",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "/credits/sole_remedy", "/credits"),
            "conflicting-values",
            f"{CLAUSE_FILE}:10:3",
            "cannot both be values",
            id="value that is also a group",
        ),
        pytest.param(
            with_change(
                CLAUSE_FILE, "{type: yes-no, preferred", "{type: choice, preferred"
            ),
            "wrong-value",
            f"{CLAUSE_FILE}:10:3",
            "a choice needs its choices",
            id="choice without words",
        ),
        pytest.param(
            with_change(CLAUSE_FILE, "{key: fallback-1,", "{key: preferred,"),
            "duplicate-key",
            f"{CLAUSE_FILE}:13:5",
            'the position "preferred" is listed twice',
            id="position twice",
        ),
    ],
)
def test_a_faulty_clause_is_reported_and_left_out(
    files: dict[str, str], code: str, place: str, message: str
) -> None:
    library, findings = read(files)

    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert code in {finding.code for finding in errors}
    finding = next(finding for finding in errors if finding.code == code)
    assert str(finding.origin) == place
    assert message in finding.message
    assert "charges" in library.clauses
    assert finding.origin.file.split("/")[1] not in library.clauses


@pytest.mark.parametrize(
    ("files", "code", "place", "message"),
    [
        pytest.param(
            with_change(CLAUSE_FILE, "[charges]", "[chrages]"),
            "unknown-clause",
            f"{CLAUSE_FILE}:7:12",
            'there is no clause "chrages" in the library; did you mean "charges"?',
            id="requires",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "add: credits", "add: credit"),
            "unknown-clause",
            f"{TEMPLATE_FILE}:5:5",
            'there is no clause "credit" in the library; did you mean "credits"?',
            id="outline",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "schedules: []", "schedules: [charges, sla]"),
            "unknown-clause",
            f"{TEMPLATE_FILE}:6:22",
            'there is no clause "schedule-sla" in the library',
            id="schedule",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "lock: [charges", "lock: [charge"),
            "unknown-clause",
            f"{TEMPLATE_FILE}:8:8",
            'did you mean "charges"?',
            id="locked clause",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "/governing_law/law", "/governing_law/lw"),
            "unknown-field",
            f"{TEMPLATE_FILE}:8:17",
            'did you mean "/governing_law/law"?',
            id="locked address",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "legal_name", "legal_nme"),
            "unknown-field",
            f"{TEMPLATE_FILE}:10:6",
            'did you mean "/parties/customer/legal_name"?',
            id="address of a question",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "cap_percent", "cap_procent"),
            "unknown-field",
            f"{TEMPLATE_FILE}:7:22",
            'did you mean "cap_percent"?',
            id="address of a default",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "corporate/standard", "corporate/standrad"),
            "unknown-template",
            f"{TEMPLATE_FILE}:2:1",
            'did you mean "corporate/standard"?',
            id="unknown parent",
        ),
        pytest.param(
            with_change(TEMPLATE_FILE, "level: service", "level: customer"),
            "wrong-value",
            f"{TEMPLATE_FILE}:1:1",
            'the level is "customer" but the file lies in templates/service',
            id="level unlike its folder",
        ),
        pytest.param(
            with_change(
                TEMPLATE_FILE, "{add: credits,", "{add: credits, move: credits,"
            ),
            "wrong-value",
            f"{TEMPLATE_FILE}:5:5",
            "one of add, replace, remove, move, lock",
            id="two verbs",
        ),
        *(
            pytest.param(
                with_change(TEMPLATE_FILE, "{add: credits, after: charges}", operation),
                "wrong-value",
                f"{TEMPLATE_FILE}:5:5",
                message,
                id=operation,
            )
            for operation, message in [
                ("{replace: charges}", "replace names the clause that goes, with"),
                ("{add: credits, after: charges, before: charges}", "not both"),
                ("{move: charges}", "move needs after or before"),
                ("{remove: charges, after: credits}", "belong to add and move"),
            ]
        ),
        pytest.param(
            with_change(
                "templates/corporate/standard.yaml",
                "level: corporate\n",
                "level: corporate\nparent: service/hosting\n",
            ),
            "template-level",
            "templates/corporate/standard.yaml:2:1",
            "a template of level corporate cannot have a parent of level service",
            id="parent of a lower level",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_found_where_it_stands(
    files: dict[str, str], code: str, place: str, message: str
) -> None:
    _, findings = read(files)

    finding = next(finding for finding in findings if finding.code == code)
    assert finding.severity is Severity.ERROR
    assert str(finding.origin) == place
    assert message in finding.message


def test_parents_in_a_circle_are_found() -> None:
    files = {
        **FILES,
        "templates/service/a.yaml": "level: service\nparent: service/b\ntitle: {en: A}\n",
        "templates/service/b.yaml": "level: service\nparent: service/a\ntitle: {en: B}\n",
    }

    _, findings = read(files)

    assert [finding.code for finding in findings] == ["template-circle"] * 2
    assert "service/a < service/b < service/a" in findings[0].message


@pytest.mark.parametrize(
    "path", [CLAUSE_FILE, TEMPLATE_FILE, "templates/corporate/standard.yaml"]
)
@pytest.mark.parametrize("text", ["", "a: [", "a: b\n", "- a\n"])
def test_a_file_that_is_none_of_ours_is_reported_and_never_raised(
    path: str, text: str
) -> None:
    library, findings = read({**FILES, path: text})

    assert path in {finding.origin.file for finding in findings}
    assert (
        path.removeprefix("templates/").removesuffix(".yaml") not in library.templates
    )
    assert path != CLAUSE_FILE or "credits" not in library.clauses


@pytest.mark.parametrize(
    ("name", "parent", "told"),
    [
        ("service/hosting", "", ["template-without-parent"]),
        ("customer/large", "", ["template-without-parent"]),
        ("corporate/other", "", []),
        ("service/hosting", "parent: corporate/standard\n", []),
    ],
)
def test_a_template_below_the_corporate_level_without_parent_is_told(
    name: str, parent: str, told: list[str]
) -> None:
    files = {
        **clause_files("term", "It lasts."),
        **template_file("corporate/standard", "outline: [term]\n"),
        **template_file(name, parent),
    }

    _, findings = library_of(files)

    assert [finding.code for finding in findings] == told
    assert all(finding.severity is Severity.WARNING for finding in findings)
    assert all(finding.origin.file == f"templates/{name}.yaml" for finding in findings)


def test_a_parent_with_faults_of_its_own_is_not_unknown() -> None:
    _, findings = read({**FILES, "templates/corporate/standard.yaml": "level: none\n"})

    assert {finding.origin.file for finding in findings} == {
        "templates/corporate/standard.yaml"
    }


def test_a_declared_value_that_no_wording_reads_is_a_warning() -> None:
    declared = "values:\n  /credits/claim_days: {type: integer}\n"

    library, findings = read(with_change(CLAUSE_FILE, "values:\n", declared))

    assert [(finding.severity, finding.code) for finding in findings] == [
        (Severity.WARNING, "unread-value")
    ]
    assert str(findings[0].origin) == f"{CLAUSE_FILE}:9:3"
    assert "credits" in library.clauses


def test_a_value_whose_group_is_tested_counts_as_read() -> None:
    files = {
        **FILES,
        "clauses/charges/clause.yaml": CHARGES
        + "values:\n  /master/reference: {type: text}\n  /tax/rate: {type: percent}\n",
        "clauses/charges/preferred.en.md": "{% if master and tax %}\nTax.\n{% endif %}\n",
    }

    _, findings = read(files)

    assert findings == ()


def test_two_clauses_that_disagree_on_a_value_are_both_named() -> None:
    files = {
        **FILES,
        "clauses/zeal/clause.yaml": CHARGES.replace("key: charges", "key: zeal")
        + "values:\n  /credits/cap_percent: {type: integer}\n",
        "clauses/zeal/preferred.en.md": "{{ credits.cap_percent | number }}\n",
    }

    library, findings = read(files)

    assert [finding.code for finding in findings] == ["conflicting-values"]
    assert str(findings[0].origin) == "clauses/zeal/clause.yaml:8:3"
    assert "clauses/credits/clause.yaml:9:3" in findings[0].message
    assert library.values["/credits/cap_percent"].type == "percent"


def test_a_title_is_missed_in_the_language_of_a_wording() -> None:
    _, findings = read({**FILES, "clauses/charges/preferred.ar.md": "نص.\n"})

    assert [finding.severity for finding in findings] == [Severity.WARNING]
    assert "wording in ar but no title" in findings[0].message


def test_a_clause_with_a_fault_of_its_own_is_not_unknown_to_others() -> None:
    broken = with_change("clauses/charges/clause.yaml", "version: 1", "version: one")

    library, findings = read(broken)

    assert [finding.code for finding in findings] == ["wrong-value"]
    assert "credits" in library.clauses
    assert "charges" not in library.clauses


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"caf\xe9", b"\0\0", b"{{ " * 5000, b"{% if " * 3000]
)
def test_a_damaged_wording_is_reported_and_never_raised(data: bytes) -> None:
    files = {path: text.encode() for path, text in FILES.items()}

    library, findings = read_library({**files, TEXT_FILE: data}, "working")

    assert findings
    assert all(finding.origin.file == TEXT_FILE for finding in findings[:1])
    assert "credits" not in library.clauses


def test_a_library_kept_as_json_comes_back_equal() -> None:
    files = with_change(
        TEMPLATE_FILE, "outline:\n", "outline:\n  - {remove: charges}\n"
    )
    files = {**files, TEMPLATE_FILE: files[TEMPLATE_FILE].replace("after: charges", "")}
    files[TEMPLATE_FILE] += "  - {path: /title, ask: {en: Title?}, optional: 'yes'}\n"
    files[TEMPLATE_FILE] = files[TEMPLATE_FILE].replace(
        "outline:\n", "outline:\n  - {replace: charges, with: credits}\n"
    )
    library, findings = read(files)
    assert findings == ()

    again = library_from_json(library_to_json(library))

    assert again.revision == library.revision
    assert again.clauses == library.clauses
    assert again.texts == library.texts
    assert again.values == library.values
    assert again.value_origins == library.value_origins
    assert set(again.templates) == set(library.templates)
    for name, entry in library.templates.items():
        kept = again.templates[name]
        assert kept.template == entry.template
        assert kept.source.data == entry.source.data
        for path in ("/title", "/outline/1", "/questions/0/path"):
            assert kept.source.place(path) == entry.source.place(path)


@pytest.mark.parametrize("text", ["[]", "{}", '{"format": 0}', "not json"])
def test_other_json_is_not_taken_for_a_library(text: str) -> None:
    with pytest.raises(ValueError, match=r"format|Expecting"):
        library_from_json(text)


def test_a_kept_library_is_plain_json() -> None:
    library, _ = read(FILES)

    content = json.loads(library_to_json(library))

    assert content["revision"] == "working"
    assert "خصومات" in library_to_json(library)
