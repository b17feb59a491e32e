"""The house style that an agreement is printed in, named where there is none."""

from dataclasses import replace

import pytest
from checking import EMPTY, drafted, found_in_data, paper
from conftest import Run
from drafting import AGREEMENT_FILE

from slacontracts import checks
from slacontracts.checks import Surroundings
from slacontracts.model.finding import Finding, Origin
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.workflow.desk import Desk

CODE = "unknown-house-style"


def workspace(*styles: str, own: str = "standard") -> Surroundings:
    return Surroundings(
        WorkspaceSettings(organisation="Northwind", house_style=own),
        lambda path: Origin("slacontracts.yaml", 3, 1, path),
        house_styles=frozenset(styles),
    )


def found_with_template(
    template: str, agreement: str, surroundings: Surroundings
) -> list[Finding]:
    files = paper(clause=EMPTY)
    files["templates/corporate/standard.yaml"] += template
    composed, library = drafted(files, agreement)
    place = composed.composition.place
    findings = checks.run(composed.numbered, library, place, surroundings)
    return [one for one in findings if one.code == CODE]


def test_an_unknown_house_style_of_the_agreement_is_found_where_it_is_named() -> None:
    (finding,) = found_in_data(CODE, "house_style: standrd", workspace("standard"))

    assert str(finding.origin) == f"{AGREEMENT_FILE}:3:1"
    assert 'did you mean "standard"?' in finding.message


def test_one_that_the_template_names_is_found_in_the_template() -> None:
    (finding,) = found_with_template("house_style: sober\n", "", workspace("standard"))

    assert str(finding.origin) == "templates/corporate/standard.yaml:4:1"
    assert "templates/house/sober.docx" in finding.message


def test_one_that_the_settings_name_is_found_in_the_settings() -> None:
    (finding,) = found_in_data(CODE, "", workspace("standard", own="northwind"))

    assert str(finding.origin) == "slacontracts.yaml:3:1"
    assert '"northwind"' in finding.message


@pytest.mark.parametrize(
    ("template", "agreement", "surroundings"),
    [
        pytest.param("", "", workspace("standard"), id="the usual one"),
        pytest.param(
            "house_style: sober\n",
            "house_style: plain",
            workspace("plain", own="gone"),
            id="what the agreement says comes before the others",
        ),
        pytest.param(
            "house_style: sober\n",
            "",
            workspace("sober", own="gone"),
            id="what the template says comes before the settings",
        ),
        pytest.param("", "house_style: any", Surroundings(), id="nothing is known"),
    ],
)
def test_a_house_style_that_is_there_is_fine(
    template: str, agreement: str, surroundings: Surroundings
) -> None:
    assert found_with_template(template, agreement, surroundings) == []


def test_one_of_the_settings_that_nothing_falls_back_on_is_found_too() -> None:
    surroundings = replace(
        workspace("plain", own="norhtwind"),
        house_styles_of_workspace=frozenset({"northwind", "plain"}),
    )

    (finding,) = found_in_data(CODE, "house_style: plain", surroundings)

    assert str(finding.origin) == "slacontracts.yaml:3:1"
    assert 'did you mean "northwind"?' in finding.message


def test_a_usual_house_style_that_is_nowhere_is_found_once() -> None:
    surroundings = replace(
        workspace("standard", own="gone"),
        house_styles_of_workspace=frozenset({"standard"}),
    )

    assert len(found_in_data(CODE, "", surroundings)) == 1


def test_check_knows_which_house_styles_there_are(desk: Desk, run: Run) -> None:
    place = desk.workspace.agreement("SLA-2026-0001")
    file = desk.workspace.root / place.file
    text = file.read_text("utf-8")

    file.write_text(f"{text}house_style: standard\n", encoding="utf-8")
    assert "house style" not in run("check", "SLA-2026-0001").stdout

    file.write_text(f"{text}house_style: standrd\n", encoding="utf-8")
    line = len(text.splitlines()) + 1
    shown = run("check", "SLA-2026-0001", code=1).stdout
    assert f"{place.file}:{line}:1: error: there is no house style" in shown


def test_check_looks_at_the_settings_whatever_templates_say(
    desk: Desk, run: Run
) -> None:
    file = desk.workspace.root / "slacontracts.yaml"
    lines = file.read_text("utf-8").splitlines()
    lines = [line for line in lines if not line.startswith("house_style:")]
    file.write_text("\n".join([*lines, "house_style: standrd", ""]), encoding="utf-8")

    shown = run("check", "SLA-2026-0001", code=1).stdout

    assert f"slacontracts.yaml:{len(lines) + 1}:1: error: there is no house" in shown


SHORT = "short_form:\n  clauses: [one]\n  house_style: sober\n"


def test_one_that_only_the_short_form_names_is_found_there() -> None:
    (finding,) = found_with_template(SHORT, "", workspace("standard"))

    assert str(finding.origin) == "templates/corporate/standard.yaml:6:3"
    assert '"sober"' in finding.message


def test_a_short_form_in_a_house_style_that_is_there_is_fine() -> None:
    assert found_with_template(SHORT, "", workspace("standard", "sober")) == []


def test_the_short_form_is_looked_at_whatever_the_agreement_says() -> None:
    found = found_with_template(SHORT, "house_style: plain", workspace("plain"))

    assert [str(one.origin) for one in found] == [
        "templates/corporate/standard.yaml:6:3"
    ]
