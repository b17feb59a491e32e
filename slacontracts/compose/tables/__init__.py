"""The name of a table and an agreement in, the table made from its data out."""

from collections.abc import Callable, Mapping

from slacontracts.compose.tables.cells import Sheet
from slacontracts.compose.tables.key_terms import key_terms
from slacontracts.compose.tables.people import contacts, responsibilities, signatories
from slacontracts.compose.tables.services import (
    charges,
    priorities,
    service_credits,
    service_hours,
    service_levels,
)
from slacontracts.model.document import Table

TABLES: Mapping[str, Callable[[Sheet], Table]] = {
    "charges": charges,
    "contacts": contacts,
    "key-terms": key_terms,
    "priorities": priorities,
    "responsibilities": responsibilities,
    "service-credits": service_credits,
    "service-hours": service_hours,
    "service-levels": service_levels,
    "signatories": signatories,
}


def make_table(name: str, sheet: Sheet) -> Table | None:
    """Return the table of this name, or None when there is no such table."""
    make = TABLES.get(name)
    return make(sheet) if make else None
