"""What is known about two versions in; what the differences mean, and for whom, out."""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Final

from slacontracts.checks.facts import Facts
from slacontracts.compare.impact_on_credits import of_credits, of_exposure
from slacontracts.compare.impact_on_dates import of_dates
from slacontracts.compare.impact_on_levels import of_hours, of_targets
from slacontracts.compare.impact_on_parties import of_law, of_parties
from slacontracts.compare.impact_on_prices import of_prices
from slacontracts.compare.impact_on_review import (
    of_deviations,
    of_library,
    of_locks,
    of_review,
)
from slacontracts.compare.impact_on_terms import of_terms
from slacontracts.model.change import Impact

_NOTHING: Final[Mapping[int, date]] = MappingProxyType({})


def impact(
    old: Facts, new: Facts, recorded: Mapping[int, date] = _NOTHING
) -> tuple[Impact, ...]:
    """Return what it means that an agreement changed, in plain words.

    Both facts hold the library that their document was drafted from: another revision
    of it is one of the things that may have changed. recorded: when each text that was
    signed takes effect, by its number, 0 of the original.
    """
    return tuple(
        chain(
            of_targets(old, new),
            of_hours(old, new),
            of_credits(old, new),
            of_exposure(old, new),
            of_prices(old, new, recorded),
            of_terms(old, new),
            of_dates(old, new),
            of_parties(old, new),
            of_law(old, new),
            of_review(old, new),
            of_deviations(old, new),
            of_locks(old, new),
            of_library(old, new),
        )
    )
