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
