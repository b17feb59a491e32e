"""What an agreement needs of a library in; the one finding that it is faulty out."""

from collections.abc import Iterable
from typing import Final

from slacontracts.model.finding import Finding, Origin
from slacontracts.model.library import Library
from slacontracts.source.model_faults import UNKNOWN_FIELD, error_at

LIBRARY_FAULTY: Final = "library-faulty"


def faulty_clauses(
    keys: Iterable[str], library: Library, place: Origin
) -> tuple[Finding, ...]:
    """Return one finding where clauses were left out of the library as faulty.

    An agreement without them is another agreement: it is not put together.
    """
    faults = [
        (key, library.faulty[key])
        for key in dict.fromkeys(keys)
        if key in library.faulty and key not in library.clauses
    ]
    if not faults:
        return ()
    key, origin = faults[0]
    more = f", and {len(faults) - 1} more" if faults[1:] else ""
    return (_waiting(f'the clause "{key}" is mended at {origin}{more}', place),)


def faulty_template(name: str, fault: Origin, place: Origin) -> Finding:
    """Return the finding that a template of an agreement is faulty."""
    return _waiting(f'the template "{name}" is mended at {fault}', place)


def hidden_values(
    findings: Iterable[Finding], library: Library, place: Origin
) -> tuple[Finding, ...]:
    """Return one finding where a field is unknown that a faulty clause may declare."""
    fault = library.values_hidden_by
    if fault is None or all(one.code != UNKNOWN_FIELD for one in findings):
        return ()
    wait = f"the values of a clause can be read, which is to be mended at {fault}"
    return (_waiting(wait, place),)


def _waiting(wait: str, place: Origin) -> Finding:
    message = f"the agreement cannot be put together until {wait}"
    return error_at(place, LIBRARY_FAULTY, message)
