"""The text of `signed.yaml` in, what was signed out; and back."""

from collections.abc import Sequence

from slacontracts.model.finding import Finding
from slacontracts.model.signing import Signing, Signings, first_gap, signed_name
from slacontracts.source.model_faults import error_at, type_model
from slacontracts.source.yaml_emit import emit_field
from slacontracts.source.yaml_text import read_yaml

_ABOUT = """\
# Which saved version was signed as what, and when. Written by slacontracts sign.
"""


def read_signed(
    data: bytes | str, file: str
) -> tuple[tuple[Signing, ...] | None, tuple[Finding, ...]]:
    """Read what was signed of an agreement; with findings, there is nothing.

    file: its name relative to the workspace, for the findings.
    """
    source, findings = read_yaml(data, file)
    if source is None:
        return None, findings
    signings, findings = type_model(Signings, source.data, source.place_at)
    if signings is None:
        return None, findings
    gap = first_gap(signings.signed)
    if gap is not None:
        message = (
            f"{signed_name(gap)} should stand here: the original comes first, and then "
            "the amendments by number"
        )
        place = source.place(f"/signed/{gap}")
        return None, (error_at(place, "signings-out-of-order", message),)
    return signings.signed, ()


def write_signed(signings: Sequence[Signing]) -> str:
    """Return the text of `signed.yaml`."""
    fields = [
        {
            "as": one.as_,
            "version": one.version,
            "signed_on": f"{one.signed_on}",
            "effective": f"{one.effective}",
        }
        for one in signings
    ]
    return _ABOUT + emit_field("signed", fields, 0) + "\n"
