"""Kinds of fault in, the text of `check --explain CODE` and of docs/checks.md out."""

from collections.abc import Iterable

from slacontracts.checks.fault import Fault
from slacontracts.errors import NotFoundError
from slacontracts.model.finding import Severity
from slacontracts.text import nearest

_GRAVITY = {
    Severity.ERROR: "Error: the agreement would be wrong, and no execution version "
    "is made.",
    Severity.WARNING: "Warning: read it before the agreement goes out.",
    Severity.INFO: "Information: nothing is wrong, but it could be said better.",
}

_OPENING = """\
# What `slacontracts check` finds

This page is made from the table that `slacontracts check --explain CODE` reads. Every
finding names a file, a line and a column, and ends with its code in brackets. An error
stops an execution version; so do blanks, deviations that nobody has approved and a
library that is not saved, which are warnings while you draft.

How grave a finding of the checks is can be set for a workspace, with the reason, in
`slacontracts.yaml`:

    severity:
      long-sentence: {is: warning, because: our customers read in a second language}

The report then shows that it was set, and why. What is wrong because a file cannot be
read or an agreement cannot be put together stays an error everywhere, and what stops
an execution version while it is a warning does so whatever its severity.
"""


def explanation_of(code: str, faults: Iterable[Fault]) -> str:
    """Return what a kind of fault is, an example of it, and what to do about it.

    Raises NotFoundError, with the nearest code, when nothing is found by this code.
    """
    known = {fault.code: fault for fault in faults}
    if code not in known:
        near = nearest(code, known)
        meant = f'; did you mean "{near}"?' if near else ""
        raise NotFoundError(f'there is no finding "{code}"{meant}')
    fault = known[code]
    return (
        f"{fault.code}\n\n{fault.summary}\n\nExample: {fault.example}\n\n"
        f"What to do: {fault.remedy}\n\n{_GRAVITY[fault.severity]}"
    )


def page(groups: Iterable[tuple[str, Iterable[Fault]]]) -> str:
    """Return the Markdown page of all kinds of fault, by subject."""
    parts = [_OPENING]
    for title, faults in groups:
        parts.append(f"## {title}\n")
        parts += [_entry(fault) for fault in faults]
    return "\n".join(parts)


def _entry(fault: Fault) -> str:
    return (
        f"### {fault.code}\n\n"
        f"*{fault.severity.capitalize()}.* {_safe(fault.summary)}\n\n"
        f"- Example: {_safe(fault.example)}\n- What to do: {_safe(fault.remedy)}\n"
    )


def _safe(text: str) -> str:
    """Return a text in which Markdown takes no character for markup."""
    for char in "\\*_<":
        text = text.replace(char, f"\\{char}")
    return text
