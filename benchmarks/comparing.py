"""Two versions of an agreement in; what it costs to compare all of them, out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from benchmarks.report import Goal, Report, ms
from benchmarks.samples import Sample, grown_sample, whole_sample
from benchmarks.timing import in_turns
from slacontracts.checks.facts import Facts
from slacontracts.compare.data import compare_data
from slacontracts.compare.documents import compare
from slacontracts.compare.impact import impact
from slacontracts.model.change import Comparison

GOAL_OF_SAMPLE: Final = 120.0
GOAL_OF_400: Final = 1500.0
# What a renegotiation changes: figures in every schedule, terms, and a clause.
EDITS: Final = (
    ('target: "99.9"\n        unit', 'target: "99.5"\n        unit'),
    ('{below: "99.0", credit: "25"}', '{below: "99.0", credit: "15"}'),
    ('amount: "4500.00"', 'amount: "4250.00"'),
    ("target: PT15M", "target: PT10M"),
    ("on: 2026-12-01", "on: 2027-01-01"),
    ("initial: P36M", "initial: P24M"),
    ('misses: "2"', 'misses: "3"'),
    ("  publicity: {position: fallback-1}\n", ""),
    ("without good reason", "without a good reason in writing"),
)


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of one agreement, with the library of both."""

    old: Sample
    new: Sample

    def compare(self) -> Comparison:
        """Compose both versions and compare their texts, data and meaning."""
        old, new = (_facts(sample) for sample in (self.old, self.new))
        found = compare(old.numbered, new.numbered)
        compare_data(old.agreement, new.agreement, new.library.values)
        impact(old, new)
        return found


def versions(sample: Sample, *, areas: int = 0) -> Versions:
    """Return a sample and a renegotiated version of it.

    areas: how many of the clauses that were added to a grown sample are left out.
    """
    text = sample.yaml.decode()
    for typed, instead in EDITS:
        assert typed in text, typed
        text = text.replace(typed, instead, 1)
    dropped = "".join(f"  area-{10 * at + 1}: omit\n" for at in range(areas))
    text = text.replace("\nclauses:\n", f"\nclauses:\n{dropped}")
    return Versions(sample, replace(sample, yaml=text.encode()))


def _facts(sample: Sample) -> Facts:
    composed = sample.compose()
    return Facts(composed.numbered, sample.library, composed.composition.place)


def report_comparing(report: Report, *, quick: bool) -> None:
    """Measure and report what comparing two versions takes in a warm process."""
    report.heading("Comparing two versions: both composed, texts, data and meaning")
    pairs = {
        "the sample": (versions(whole_sample()), GOAL_OF_SAMPLE),
        "400 more clauses": (versions(grown_sample(400), areas=40), GOAL_OF_400),
    }
    calls: dict[str, Callable[[], object]] = {
        name: pair.compare for name, (pair, _) in pairs.items()
    }
    taken = in_turns(calls, 3 if quick else 15, least=3)
    rows = [
        (name, ms(taken[name].median), str(len(pair.compare().keys)))
        for name, (pair, _) in pairs.items()
    ]
    report.table(("", "ms", "clauses that differ"), rows)
    for name, (_, bound) in pairs.items():
        what = f"comparing two versions of {name}"
        report.goal(Goal(what, "at most", bound, taken[name].median, " ms"))
