"""The settings of a workspace, read or refused with the place of each fault."""

import pytest

from slacontracts.source.settings import read_settings

SETTINGS = """\
organisation: Northwind Hosting Ltd
id_scheme: "SLA-{year}-{number:04}"
digits: arabic-indic
roles:
  legal:
    - {name: A. Counsel, email: counsel@northwind.example}
"""


def test_settings_say_who_we_are_and_who_holds_which_role() -> None:
    settings, findings = read_settings(SETTINGS.encode(), "slacontracts.yaml")

    assert findings == ()
    assert settings is not None
    assert settings.organisation == "Northwind Hosting Ltd"
    assert settings.digits == "arabic-indic"
    assert settings.house_style == "standard"
    assert settings.roles["legal"][0].email == "counsel@northwind.example"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "message"),
    [
        ("organisation:", "organization:", "unknown-field", 1, '"organisation"?'),
        ("arabic-indic", "arabic", "wrong-value", 3, "write latin or arabic-indic"),
        ("legal:", "Legal:", "wrong-value", 5, '"Legal" is not a key'),
        ("email:", "mail:", "unknown-field", 6, 'did you mean "email"?'),
        ("roles:", "roles: &a", "yaml-anchor", 4, "anchors"),
        ("Northwind Hosting Ltd", '" "', "missing-field", 1, '"organisation"'),
        ("Northwind Hosting Ltd", "\u3164", "missing-field", 1, '"organisation"'),
    ],
)
def test_wrong_settings_are_refused_at_their_place(
    old: str, new: str, code: str, line: int, message: str
) -> None:
    assert old in SETTINGS

    settings, findings = read_settings(SETTINGS.replace(old, new), "slacontracts.yaml")

    assert settings is None
    assert [finding.code for finding in findings] == [code]
    assert message in findings[0].message
    assert findings[0].origin.line == line


@pytest.mark.parametrize(
    ("scheme", "message"),
    [
        pytest.param("SLA-{year}", "{number}", id="all agreements would have one id"),
        pytest.param("{customer}-{number}", "{customer}", id="an unknown field"),
        pytest.param("{number.__class__}", "{number.__class__}", id="a field of it"),
        pytest.param("{number:4}", "{number:4}", id="a width that is none"),
        pytest.param("SLA-{number", "{number", id="a brace that is not closed"),
        pytest.param("SLA}-{number}", "}", id="a brace that was not opened"),
        pytest.param("sla-{number}", '"sla-1"', id="small letters"),
        pytest.param("SLA {number}", '"SLA 1"', id="a space"),
        pytest.param("-{number:04}", '"-0001"', id="a hyphen first"),
        pytest.param("{number}", '"1"', id="too short"),
        pytest.param("A" * 62 + "-{number:04}", "64", id="too long"),
    ],
)
def test_a_scheme_that_cannot_make_ids_is_refused_at_its_place(
    scheme: str, message: str
) -> None:
    text = SETTINGS.replace("SLA-{year}-{number:04}", scheme)

    settings, findings = read_settings(text, "slacontracts.yaml")

    assert settings is None
    assert [str(one.origin) for one in findings] == ["slacontracts.yaml:2:1"]
    assert [one.code for one in findings] == ["wrong-value"]
    assert message in findings[0].message


@pytest.mark.parametrize(
    "scheme", ["{kind}-{year}-{number:04}", "N-{number}", "{number:03}", "7{number:02}"]
)
def test_schemes_that_make_ids_are_taken(scheme: str) -> None:
    text = SETTINGS.replace("SLA-{year}-{number:04}", scheme)

    settings, findings = read_settings(text, "slacontracts.yaml")

    assert (settings is not None, findings) == (True, ())
