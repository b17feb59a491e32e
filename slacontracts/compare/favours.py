"""Whom a difference favours in; the impact that says so out."""

from slacontracts.model.change import Favour, Impact

OTHER: dict[Favour, Favour] = {
    "better": "worse",
    "worse": "better",
    "neutral": "neutral",
}


def for_customer(subject: str, words: str, favour: Favour, path: str) -> Impact:
    """Return an impact that is as good for the customer as it is bad for the other."""
    return Impact(subject, words, OTHER[favour], favour, path)


def by_size(old: object, new: object, *, more_is: Favour = "better") -> Favour:
    """Return whether it got better, where more of it is better, or worse.

    >>> by_size(1, 2)
    'better'
    """
    if old == new:
        return "neutral"
    return more_is if new > old else OTHER[more_is]  # type: ignore[operator]
