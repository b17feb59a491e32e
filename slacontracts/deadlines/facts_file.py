"""The text of a file of key facts in; the facts, or findings with places, out."""

from slacontracts.model.finding import Finding
from slacontracts.model.key_facts import PaperFacts
from slacontracts.source.model_faults import type_model
from slacontracts.source.yaml_text import read_yaml


def read_facts(
    data: bytes | str, file: str
) -> tuple[PaperFacts | None, tuple[Finding, ...]]:
    """Read the key facts of paper that was not drafted here.

    There are findings only when the facts are None. file: its name, for the findings.
    """
    source, findings = read_yaml(data, file)
    if source is None:
        return None, findings
    return type_model(PaperFacts, source.data, source.place_at)
