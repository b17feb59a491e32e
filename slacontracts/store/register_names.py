"""The register in; the ids of the agreements in it, and whose each is, out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from slacontracts.store.kept import Shelves, entries, open_shelves
from slacontracts.store.register import register_tip

_FOREIGN: Final = "-foreign"


@dataclass(frozen=True, slots=True)
class Registered:
    """Where the records of an agreement lie, and whether it was drafted here."""

    customer: str
    is_drafted_here: bool


def registered_as(root: Path, agreement_id: str) -> Registered | None:
    """Return where the register has an agreement; None where it has nothing of it."""
    tip = register_tip(root)
    if tip is None:
        return None
    with open_shelves(root) as shelves:
        customers = _below(shelves, shelves.top_folder(tip))
        shelves.find(customers.values())
        for customer, folder in customers.items():
            found = _below(shelves, folder).get(agreement_id)
            if found is not None:
                acts = _below(shelves, found)
                is_foreign = any(act.endswith(_FOREIGN) for act in acts)
                return Registered(customer, not is_foreign)
    return None


def registered_ids(root: Path) -> frozenset[str]:
    """Return the ids of all agreements of which the register has something."""
    tip = register_tip(root)
    if tip is None:
        return frozenset()
    with open_shelves(root) as shelves:
        customers = _below(shelves, shelves.top_folder(tip)).values()
        shelves.find(customers)
        return frozenset(one for each in customers for one in _below(shelves, each))


def _below(shelves: Shelves, folder: str) -> dict[str, str]:
    kept = shelves.require(shelves.find([folder]), folder, b"tree")
    return {name: entry_id for _, name, entry_id in entries(kept.data)}
