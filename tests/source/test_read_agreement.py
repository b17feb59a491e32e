"""How an agreement's raw data become typed, and what is said about those that cannot."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from slacontracts.model.agreement import Agreement, AgreementHead
from slacontracts.model.amounts import Duration, Money
from slacontracts.model.clause import ValueRule
from slacontracts.model.finding import Finding, Severity
from slacontracts.source.addresses import address_fault, rule_at
from slacontracts.source.agreement import read_head, type_agreement, type_value
from slacontracts.source.yaml_text import read_yaml

RULES = {
    "/credits/cap_percent": ValueRule(type="percent"),
    "/credits/claim_days": ValueRule(type="integer", unit="day"),
    "/credits/sole_remedy": ValueRule(type="yes-no"),
    "/invoicing/timing": ValueRule(type="choice", choices=("advance", "arrears")),
    "/invoicing/limit": ValueRule(type="money"),
    "/term/notice": ValueRule(type="duration"),
}
AGREEMENT = """\
id: ACME-2026-001
template: service/managed-hosting
title: Service agreement
parties:
  provider: {legal_name: Supplier Ltd}
  customer: {legal_name: 'Smith & Sons'}
effective: {on: 2026-02-01}
term: {initial: P36M, notice: P90D}
services:
  - key: web
    outcomes: [{key: sells, says: Shoppers can order}]
    targets: [{key: up, metric: availability, target: "99.90", hours: always}]
    price: {amount: "100000.00", currency: EUR}
hours:
  always: {timezone: UTC, week: {mon-sun: ["00:00-24:00"]}}
clauses: {publicity: omit}
credits: {cap_percent: "25", claim_days: "30"}
"""


def typed(text: str) -> tuple[Agreement | None, tuple[Finding, ...]]:
    source, findings = read_yaml(text, "agreement.yaml")
    assert source is not None, findings
    return type_agreement(source.data, RULES, source.place_at)


def changed(old: str, new: str) -> str:
    assert old in AGREEMENT
    return AGREEMENT.replace(old, new)


def test_a_complete_agreement_is_typed_without_findings() -> None:
    agreement, findings = typed(AGREEMENT)

    assert findings == ()
    assert agreement is not None
    assert agreement.effective is not None
    assert agreement.effective.on == date(2026, 2, 1)
    assert agreement.term is not None
    assert agreement.term.initial == Duration(months=36)
    assert str(agreement.services[0].targets[0].target) == "99.90"
    assert agreement.services[0].price is not None
    assert agreement.services[0].price.amount == Decimal("100000.00")
    assert agreement.clauses["publicity"].omit
    assert agreement.values == {"credits": {"cap_percent": 25, "claim_days": 30}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("effective: last-signature", "last-signature"),
        ("effective: {on: conditions-met}", "conditions-met"),
        ("effective: 2026-02-01", date(2026, 2, 1)),
    ],
)
def test_an_agreement_takes_effect_on_a_day_or_by_an_event(
    text: str, expected: Any
) -> None:
    agreement, findings = typed(changed("effective: {on: 2026-02-01}", text))

    assert findings == ()
    assert agreement is not None
    assert agreement.effective is not None
    assert agreement.effective.on == expected


def test_a_field_left_empty_counts_as_not_given() -> None:
    agreement, findings = typed(AGREEMENT + "contacts:\nconditions: ~\nhouse_style:\n")

    assert findings == ()
    assert agreement is not None
    assert agreement.contacts == ()
    assert agreement.house_style is None


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "path", "message"),
    [
        pytest.param(
            "title: Service",
            "titel: Service",
            "unknown-field",
            "3:1",
            "/titel",
            'unknown field "titel"; did you mean "title"?',
            id="misspelt field",
        ),
        pytest.param(
            "notice: P90D",
            "notise: P90D",
            "unknown-field",
            "8:23",
            "/term/notise",
            'unknown field "notise"; did you mean "notice"?',
            id="misspelt inner field",
        ),
        pytest.param(
            "says: Shoppers",
            "say: Shoppers",
            "unknown-field",
            "11:29",
            "/services/web/outcomes/sells/say",
            'unknown field "say"; did you mean "says"?',
            id="misspelt required field is reported once",
        ),
        pytest.param(
            "{legal_name: Supplier Ltd}",
            "{weather: fine}",
            "unknown-field",
            "5:14",
            "/parties/provider/weather",
            'unknown field "weather"; known here: legal_name, short_name, form, '
            "register_no, registered_in, address, country, tax_no, crm, notices",
            id="field that resembles none",
        ),
        pytest.param(
            "title: Service agreement",
            "values: {a: b}",
            "unknown-field",
            "3:1",
            "/values",
            'unknown field "values"',
            id="a field of the model that is not for files",
        ),
        pytest.param(
            "cap_percent:",
            "cap_procent:",
            "unknown-field",
            "17:11",
            "/credits/cap_procent",
            'unknown field "cap_procent"; did you mean "cap_percent"?',
            id="misspelt declared value",
        ),
        pytest.param(
            "credits: {cap",
            "credit: {cap",
            "unknown-field",
            "17:1",
            "/credit",
            'unknown field "credit"; did you mean "credits"?',
            id="misspelt declared group",
        ),
        pytest.param(
            "id: ACME-2026-001\n",
            "",
            "missing-field",
            "1:1",
            "/id",
            'required field "id" is missing',
            id="no id",
        ),
        pytest.param(
            "{key: sells, says: Shoppers can order}",
            "{key: sells, says: }",
            "missing-field",
            "11:16",
            "/services/web/outcomes/sells/says",
            'required field "says" is missing',
            id="required field left empty",
        ),
        pytest.param(
            "id: ACME-2026-001",
            "id: [ACME]",
            "wrong-type",
            "1:1",
            "/id",
            "text expected here, but a list stands here",
            id="list where text is due",
        ),
        pytest.param(
            "title: Service agreement",
            "title: {en: Service}",
            "wrong-type",
            "3:1",
            "/title",
            "text expected here, but fields stand here",
            id="fields where text is due",
        ),
        pytest.param(
            "term: {initial: P36M, notice: P90D}",
            "term: P36M",
            "wrong-type",
            "8:1",
            "/term",
            "fields (name: value) expected here, but a text stands here",
            id="text where fields are due",
        ),
        pytest.param(
            '["00:00-24:00"]',
            "all day",
            "wrong-type",
            "15:34",
            "/hours/always/week/mon-sun",
            "a list expected here, but a text stands here",
            id="text where a list is due",
        ),
        pytest.param(
            'target: "99.90"',
            "target: [99]",
            "wrong-type",
            "12:47",
            "/services/web/targets/up/target",
            "text expected here, but a list stands here",
            id="a value of two types is reported once",
        ),
        pytest.param(
            'cap_percent: "25"',
            "cap_percent: [25]",
            "wrong-type",
            "17:11",
            "/credits/cap_percent",
            "text expected here, but a list stands here",
            id="list where a declared value is due",
        ),
        pytest.param(
            'credits: {cap_percent: "25", claim_days: "30"}',
            "credits: generous",
            "wrong-type",
            "17:1",
            "/credits",
            "fields (name: value) expected here, but a text stands here",
            id="text where a declared group is due",
        ),
        *(
            pytest.param(
                '"100000.00"',
                written,
                "wrong-value",
                "13:13",
                "/services/web/price/amount",
                message,
                id=f"amount {written[:9]}",
            )
            for written, message in [
                ("0100000", '"0100000" is not a decimal number'),
                ("100:00", '"100:00" is not a decimal number'),
                ("1e5", '"1e5" is not a decimal number'),
                (".inf", '".inf" is not a decimal number'),
                ('"1,000.00"', '"1,000.00" is not a decimal number'),
                ("٣٠", '"٣٠" is not a decimal number'),
                ("9" * 5000, f'"{"9" * 57}..." is not a decimal number'),
                ("'-1.00'", "-1.00 is negative; write a number of zero or more"),
                ("'-0'", "-0 is negative"),
            ]
        ),
        pytest.param(
            '"100000.00"',
            "10.001",
            "wrong-value",
            "13:5",
            "/services/web/price",
            "10.001 has more decimals than EUR allows (2)",
            id="more decimals than the currency has",
        ),
        pytest.param(
            "EUR",
            "EURO",
            "wrong-value",
            "13:34",
            "/services/web/price/currency",
            '"EURO" is not a known currency',
            id="currency",
        ),
        pytest.param(
            "2026-02-01",
            "2026-02-30",
            "wrong-value",
            "7:13",
            "/effective/on",
            '"2026-02-30" is not a date; write year-month-day of a day that exists',
            id="30 February",
        ),
        pytest.param(
            "2026-02-01",
            "01/02/2026",
            "wrong-value",
            "7:13",
            "/effective/on",
            '"01/02/2026" is not a date',
            id="day or month first",
        ),
        pytest.param(
            "P36M",
            "36 months",
            "wrong-value",
            "8:8",
            "/term/initial",
            '"36 months" is not a span of time; write P36M',
            id="span in words",
        ),
        pytest.param(
            "timezone: UTC",
            "timezone: Mars/Base",
            "wrong-value",
            "15:12",
            "/hours/always/timezone",
            '"Mars/Base" is not a time zone',
            id="zone",
        ),
        pytest.param(
            "mon-sun",
            "mon-sux",
            "wrong-value",
            "15:34",
            "/hours/always/week/mon-sux",
            '"mon-sux" is not a day or range of days',
            id="days of the week",
        ),
        pytest.param(
            "title: Service agreement",
            "kind: custmer",
            "wrong-value",
            "3:1",
            "/kind",
            '"custmer" is not known here; write customer, internal, multilevel, ola or uc',
            id="word that is not offered",
        ),
        pytest.param(
            "title: Service agreement",
            "language: en+ar",
            "wrong-value",
            "3:1",
            "/language",
            "language en+ar needs to say which text prevails",
            id="two languages and none prevails",
        ),
        pytest.param(
            "publicity: omit",
            "publicity: off",
            "wrong-value",
            "16:11",
            "/clauses/publicity",
            "write omit, or {position: KEY}, or {text: {en: ...}}",
            id="override that is none",
        ),
        pytest.param(
            "publicity: omit",
            "publicity: {position: a, text: {en: x}}",
            "wrong-value",
            "16:11",
            "/clauses/publicity",
            "one of the three",
            id="two overrides at once",
        ),
        pytest.param(
            'cap_percent: "25"',
            'cap_percent: "25%"',
            "wrong-value",
            "17:11",
            "/credits/cap_percent",
            '"25%" has a percent sign; write the number alone',
            id="declared percentage with its sign",
        ),
        pytest.param(
            'cap_percent: "25"',
            "sole_remedy: true",
            "wrong-value",
            "17:11",
            "/credits/sole_remedy",
            '"true" is neither yes nor no; write yes or no',
            id="yes or no",
        ),
        pytest.param(
            "  - key: web\n",
            "  - {key: web}\n  - key: web\n",
            "duplicate-key",
            "11:5",
            "/services/web",
            'the key "web" is used twice in this list; rename one',
            id="key used twice",
        ),
        *(
            pytest.param(
                "ACME-2026-001",
                name,
                "wrong-value",
                "1:1",
                "/id",
                f'"{name}" cannot be an id; write 3 to 64 capital letters',
                id=f"id {name}",
            )
            for name in (
                "../../evil",
                "--upload-pack=x",
                ".git",
                "CON",
                "a.lock",
                "LPT1",
            )
        ),
    ],
)
def test_a_fault_is_reported_once_in_plain_words(
    old: str, new: str, code: str, place: str, path: str, message: str
) -> None:
    agreement, findings = typed(changed(old, new))

    assert agreement is None
    assert [finding.code for finding in findings] == [code]
    finding = findings[0]
    assert finding.severity is Severity.ERROR
    assert message in finding.message
    assert str(finding.origin) == f"agreement.yaml:{place}"
    assert finding.origin.path == path


def test_all_faults_are_reported_together() -> None:
    text = changed("2026-02-01", "2026-02-30").replace("P36M", "3 years")

    _, findings = typed(text.replace('"25"', '"250"'))

    assert [finding.origin.path for finding in findings] == [
        "/credits/cap_percent",
        "/effective/on",
        "/term/initial",
    ]


def test_mixed_scripts_and_codes_in_values_are_kept_as_they_are() -> None:
    name = "Suppli\u0435r {{ x }} <w:vanish/>"

    agreement, findings = typed(changed("Supplier Ltd", f'"{name}"'))

    assert findings == ()
    assert agreement is not None
    assert agreement.parties["provider"].legal_name == name


def head_of(text: str) -> tuple[AgreementHead | None, tuple[Finding, ...]]:
    source, _ = read_yaml(text, "agreement.yaml")
    assert source is not None
    return read_head(source)


def test_the_head_says_what_the_library_is_read_for() -> None:
    revision = "3f2a9c1e" * 5

    head, findings = head_of(AGREEMENT + f"library: {revision}\nlanguage: ar\n")

    assert findings == ()
    assert head == AgreementHead(
        "ACME-2026-001", "service/managed-hosting", revision, "ar"
    )


def test_an_agreement_without_a_library_has_a_head() -> None:
    head, findings = head_of(AGREEMENT + "language: french\n")

    assert findings == ()
    assert head is not None
    assert head.library is None
    assert head.language == "en"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("template: service/x\n", "missing-field", 'required field "id" is missing'),
        ("id: ACME-1\n", "missing-field", 'required field "template" is missing'),
        ("id: ACME-1\ntemplate: [x]\n", "wrong-type", "a list stands here"),
        (
            "id: ACME-1\ntemplate: ../x\n",
            "wrong-value",
            "is not the name of a template",
        ),
        (
            "id: ACME-1\ntemplate: service/x\nlibrary: --output=x\n",
            "wrong-value",
            '"--output=x" is not a version of the library',
        ),
        (
            "id: ACME-1\ntemplate: service/x\nlibrary: 3f2a9c1e\n",
            "wrong-value",
            "give the full id of a saved version",
        ),
    ],
)
def test_a_head_that_cannot_be_read_says_why(
    text: str, code: str, message: str
) -> None:
    head, findings = head_of(text)

    assert head is None
    assert [finding.code for finding in findings] == [code]
    assert message in findings[0].message


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("text", "NO", "NO"),
        ("integer", "30", 30),
        ("number", "3.10", Decimal("3.10")),
        ("percent", "25", Decimal(25)),
        ("date", "2026-12-01", date(2026, 12, 1)),
        ("duration", "P12M", Duration(months=12)),
        ("yes-no", "yes", True),
        ("money", {"amount": "5.000", "currency": "KWD"}, Money(Decimal(5), "KWD")),
    ],
)
def test_a_declared_value_has_the_type_of_its_rule(
    kind: Any, raw: Any, expected: Any
) -> None:
    assert type_value(ValueRule(type=kind), raw) == expected


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        ("integer", "3.5", "not a whole number"),
        ("percent", "101", "not a percentage between 0 and 100"),
        ("money", "500", 'write a sum as {amount: "4500.00", currency: EUR}'),
        ("money", {"amount": "5", "currency": "XXX"}, "not a known currency"),
        ("money", {"amount": "-5", "currency": "EUR"}, "negative"),
        ("money", ["5"], "fields (amount, currency) expected here, but a list stands"),
        ("text", ["a"], "text expected here, but a list stands here"),
    ],
)
def test_a_declared_value_of_another_type_is_refused(
    kind: Any, raw: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        type_value(ValueRule(type=kind), raw)


def test_a_choice_names_its_words_and_the_nearest() -> None:
    rule = ValueRule(type="choice", choices=("advance", "arrears"))

    with pytest.raises(ValueError, match="one of advance, arrears") as refusal:
        type_value(rule, "arears")

    assert 'did you mean "arrears"?' in str(refusal.value)


@pytest.mark.parametrize(
    "path",
    [
        "/term/initial",
        "/services/web-hosting/price/amount",
        "/services/0/targets/up/target",
        "/parties/customer/legal_name",
        "/hours/always/week/mon-sun/0",
        "/clauses/publicity",
        "/credits",
        "/credits/cap_percent",
        "/invoicing/limit/amount",
    ],
)
def test_an_address_of_the_schema_or_of_a_clause_is_known(path: str) -> None:
    assert address_fault(path, RULES) is None


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/term/intial", "/term/initial"),
        ("/servces/web/price/amount", "/services/web/price/amount"),
        ("/services/web/price/amont", "/services/web/price/amount"),
        ("/credits/cap_procent", "/credits/cap_percent"),
        ("/credit/cap_percent", "/credits/cap_percent"),
    ],
)
def test_an_unknown_address_suggests_the_one_that_was_meant(
    path: str, meant: str
) -> None:
    fault = address_fault(path, RULES)

    assert fault is not None
    assert f'did you mean "{meant}"?' in fault


@pytest.mark.parametrize("path", ["term", "/", "/term/", "/term/initial/x", "/zzz"])
def test_an_address_that_resembles_nothing_is_refused(path: str) -> None:
    fault = address_fault(path, RULES)

    assert fault is not None
    assert "did you mean" not in fault


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/term/initial", "duration"),
        ("/effective/on", "date"),
        ("/affiliates/may_use", "yes-no"),
        ("/services/web/targets/up/percentile", "percent"),
        ("/parties/customer/legal_name", "text"),
        ("/kind", "choice"),
        ("/credits/claim_days", "integer"),
        ("/invoicing/limit", "money"),
    ],
)
def test_a_prompt_can_ask_what_type_an_address_has(path: str, kind: str) -> None:
    rule = rule_at(path, RULES)

    assert rule is not None
    assert rule.type == kind


@pytest.mark.parametrize("path", ["/term", "/services", "/credits", "/hours", "/zzz"])
def test_a_group_of_values_has_no_single_type(path: str) -> None:
    assert rule_at(path, RULES) is None


def test_a_choice_of_the_schema_offers_its_words() -> None:
    rule = rule_at("/language", RULES)

    assert rule is not None
    assert rule.choices == ("en", "ar", "en+ar")
