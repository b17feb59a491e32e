"""Figures in; tables for a terminal, and a list of goals met and missed, out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and the bound it was to reach.

    sense: "at least" for ratios, "at most" for times and sizes. remark: what else
    should be known of the figure.
    """

    what: str
    sense: Literal["at least", "at most"]
    bound: float
    found: float
    unit: str
    remark: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the figure is on the right side of its bound."""
        if self.sense == "at least":
            return self.found >= self.bound
        return self.found <= self.bound

    @property
    def verdict(self) -> str:
        """Met, or missed and by how much."""
        if self.is_met:
            return "met"
        return f"MISSED by {abs(self.found / self.bound - 1):.0%}"


@dataclass(slots=True)
class Report:
    """What was measured, printed as it comes, and the goals for the end."""

    goals: list[Goal] = field(default_factory=list)

    def heading(self, text: str) -> None:
        """Print the heading of a part."""
        print(f"\n{text}\n{'-' * len(text)}", flush=True)

    def say(self, text: str) -> None:
        """Print a remark."""
        print(text, flush=True)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table: the first column to the left, the others to the right."""
        widths = [
            max(len(row[at]) for row in [columns, *rows]) for at in range(len(columns))
        ]
        for row in [columns, *rows]:
            cells = [row[0].ljust(widths[0])]
            cells += [
                cell.rjust(width)
                for cell, width in zip(row[1:], widths[1:], strict=True)
            ]
            print("  ".join(cells).rstrip(), flush=True)

    def goal(self, goal: Goal) -> str:
        """Keep a goal for the end, and return how to name it in a table."""
        self.goals.append(goal)
        return f"{goal.bound:g}{goal.unit} {goal.verdict}"

    def close(self) -> None:
        """Print all goals with what was found."""
        self.heading("Goals")
        rows = [
            (
                goal.what,
                f"{goal.sense} {goal.bound:g}{goal.unit}",
                f"{goal.found:.3g}{goal.unit}",
                goal.verdict,
                goal.remark,
            )
            for goal in self.goals
        ]
        self.table(("", "goal", "found", "", ""), rows)


def ms(milliseconds: float) -> str:
    """Return a time as a table shows it.

    >>> ms(1.234), ms(12.34), ms(1234.5)
    ('1.23', '12.3', '1,234')
    """
    if milliseconds >= 1000:
        return f"{milliseconds:,.0f}"
    return f"{milliseconds:.3g}"


def times(ratio: float) -> str:
    """Return a ratio as a table shows it."""
    return f"{ratio:.1f}x"
