"""What templates set is read as an agreement would read it, before any uses them."""

import pytest
from conftest import Run
from drafting import clause_files, library_of, source_of, template_file

from slacontracts.compose.levels import compose_levels
from slacontracts.model.finding import Finding
from slacontracts.workflow.desk import Desk

FEE = """\
values:
  /credits/cap_percent: {type: percent}
  /credits/floor: {type: money}
  /credits/form: {type: choice, choices: [offset, refund]}
"""
WORDING = (
    "{{ credits.cap_percent }} {{ credits.floor }} {{ credits.form }} applies here."
)


def files(defaults: str) -> dict[str, str]:
    lines = "".join(f"  {line}\n" for line in defaults.splitlines())
    text = f"outline: [credits]\ndefaults:\n{lines}"
    return clause_files("credits", WORDING, meta=FEE) | template_file(
        "corporate/standard", text
    )


def faults(defaults: str) -> tuple[Finding, ...]:
    return library_of(files(defaults))[1]


@pytest.mark.parametrize(
    ("defaults", "place", "code", "message"),
    [
        pytest.param(
            "term:\n  notice: three months",
            "6:5",
            "wrong-value",
            "three months",
            id="a field of the agreement",
        ),
        pytest.param(
            "term: [P90D]", "5:3", "wrong-type", "a list stands here", id="a list"
        ),
        pytest.param(
            "services:\n  - key: hosting\n    targets: [{key: up, metric: uptime}]",
            "7:27",
            "wrong-value",
            '"uptime" is not known here',
            id="deep in a list",
        ),
        pytest.param(
            "services: [{name: Hosting}]",
            "5:14",
            "missing-field",
            '"key" is missing',
            id="an item of a list lacks its key",
        ),
        pytest.param(
            "credits: {cap_percent: 150}",
            "5:13",
            "wrong-value",
            "150 is not a percentage",
            id="a value that a clause declares",
        ),
        pytest.param(
            "credits: {form: ofset}",
            "5:13",
            "wrong-value",
            'did you mean "offset"?',
            id="a choice",
        ),
        pytest.param(
            "contacts: [{key: a}, {key: a}]", "5:24", "duplicate-key", '"a"', id="a key"
        ),
    ],
)
def test_a_default_of_the_wrong_type_is_found_in_the_template(
    defaults: str, place: str, code: str, message: str
) -> None:
    (finding,) = [one for one in faults(defaults) if one.code == code]

    assert str(finding.origin) == f"templates/corporate/standard.yaml:{place}"
    assert message in finding.message


@pytest.mark.parametrize(
    "defaults",
    [
        "term: {notice: P90D}",
        "term: {initial: P1Y, notice: }",
        "governing_law: {forum: {rules: ICC}}",
        "credits: {floor: {currency: SAR}}",
        'credits: {cap_percent: "15", form: offset}',
        "services: [{key: hosting, price: {amount: '10.00', currency: EUR}}]",
    ],
    ids=["whole", "empty", "half a forum", "half a sum", "declared", "a service"],
)
def test_what_an_agreement_may_complete_is_left_alone(defaults: str) -> None:
    assert faults(defaults) == ()


def test_an_agreement_of_that_template_finds_the_same_and_not_more() -> None:
    library, in_library = library_of(files("term: {notice: three months}"))

    composition, in_agreement = compose_levels(source_of(""), library)

    assert composition is None
    assert in_agreement == in_library


def test_check_reports_it_though_no_agreement_uses_the_template(
    desk: Desk, run: Run
) -> None:
    file = desk.workspace.root / "templates/service/spare.yaml"
    file.write_text(
        "level: service\nparent: corporate/standard\ntitle: {en: Spare}\n"
        "defaults: {term: {notice: three months}}\n"
    )

    shown = run("check", code=1).stdout

    assert "templates/service/spare.yaml:4:19: error: " in shown
