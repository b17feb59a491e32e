"""The text of `slacontracts.yaml` in; the workspace's settings, or findings, out."""

from slacontracts.model.finding import Finding
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.source.model_faults import type_model
from slacontracts.source.yaml_text import read_yaml
from slacontracts.text import is_blank


def read_settings(
    data: bytes | str, file: str
) -> tuple[WorkspaceSettings | None, tuple[Finding, ...]]:
    """Read a workspace's settings; with findings, there are none.

    file: its name relative to the workspace, for the findings.
    """
    source, findings = read_yaml(data, file)
    if source is None:
        return None, findings
    fields = source.data
    if is_blank(fields.get("organisation")):  # a cover would show nobody
        fields = {**fields, "organisation": None}
    return type_model(WorkspaceSettings, fields, source.place_at)
