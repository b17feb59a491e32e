"""The lines that were sent and those that came back in; which of them are one out."""

from collections.abc import Sequence

from slacontracts.negotiate.reading.views import Line
from slacontracts.redline.words import common


def paired_lines(olds: Sequence[Line], news: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the index pairs of lines by their text, and by their place between these.

    Lines between two pairs are pairs as well where as many went as came.
    """
    by_text = common([one.key for one in olds], [one.key for one in news])
    out: list[tuple[int, int]] = []
    i0 = j0 = 0
    for i, j in [*by_text, (len(olds), len(news))]:
        if i - i0 == j - j0:
            out += zip(range(i0, i), range(j0, j), strict=True)
        if i < len(olds):
            out.append((i, j))
        i0, j0 = i + 1, j + 1
    return out
