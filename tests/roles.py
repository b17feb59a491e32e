"""A desk at which somebody holds the role of the lawyer, for tests."""

from dataclasses import replace

from slacontracts.source.settings import read_settings
from slacontracts.workflow.desk import Desk

ROLES = """\
organisation: Northwind Hosting Ltd
roles:
  legal: [{name: Niamh Kelleher, email: niamh@northwind.example}]
"""


def with_lawyer(desk: Desk) -> Desk:
    """Return the desk with somebody for the role legal in its settings."""
    settings, findings = read_settings(ROLES.encode(), "slacontracts.yaml")
    assert settings is not None, findings
    return replace(desk, settings=settings)
