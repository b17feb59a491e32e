"""Samples in; warm times of rendering, of the whole road and of growth, reported."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from zipfile import ZipFile

import yaml

from benchmarks.peer import MAIN, Peer, peer_of, render_template
from benchmarks.plain_peer import plain_peer_of
from benchmarks.report import Goal, Report, ms, times
from benchmarks.same_content import difference, difference_in_text
from benchmarks.samples import (
    GROWTH,
    SAMPLE_FILE,
    SETTINGS,
    Sample,
    grown_sample,
    render_sample,
    short_sample,
    whole_sample,
)
from benchmarks.timing import Times, in_turns
from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.compose.levels import compose_levels
from slacontracts.compose.numbering import number
from slacontracts.source.yaml_text import read_yaml

DOCXTPL = "docxtpl, same content"
PLAIN = "docxtpl, plain content"
OURS = "slacontracts"
CHECKED = "slacontracts, text checked"
FAST = "slacontracts, isal"
FAST_CHECKED = "slacontracts, isal, text checked"

FAIRNESS = """\
Both sides start from memory, compress by zlib at level 6, and stay in one process with
Python's collector off; the time is that of the processor. Checked before measuring:
paragraph by paragraph, body, headers and footers have the same text and formatting;
"same content" has the same XML too, once neighbouring runs of equal formatting are
joined.
 - Ours starts from the composed agreement; choosing clauses, filling in values and
   numbering are in "the whole road", next.
 - "same content" has the wording in its template and tags for values and table rows.
   For docxtpl: nothing is chosen, tested, numbered or referred to while it renders.
   Against it: it searches and compiles that whole template every time.
 - "plain content" has the wording in its data and a small template, docxtpl's fastest
   way. For docxtpl: fields, links, bookmarks and bold terms are left out.
 - docxtpl gets a new DocxTemplate each time, as its manual asks; ours keeps its house
   style compiled and the XML of wording seen before."""

ROAD = """\
docxtpl loads the data of its tags, texts already formatted, by PyYAML's CSafeLoader.
Ours reads agreement.yaml with the place of every value, merges it with templates,
types it, fills the clauses, numbers, renders and checks the text of the result. The
library is read and its wording parsed, as they are from the second agreement on."""


@dataclass(frozen=True, slots=True)
class Contest:
    """One agreement, ready to be rendered by both sides."""

    sample: Sample
    composed: Composed
    same: Peer
    plain: Peer
    xml_bytes: int


@dataclass(frozen=True, slots=True)
class Case:
    """An agreement to render, and the goals of each side's ratio to "same content"."""

    name: str
    sample: Callable[[], Sample]
    goals: Mapping[str, float]


CASES = (
    Case("14 pages", short_sample, {OURS: 18, CHECKED: 10, FAST: 60}),
    Case("29 pages, the sample agreement", whole_sample, {}),
    # Here "same content" takes docxtpl seconds, so the ratio to "plain content" counts
    # for who would not wait for that.
    Case(
        "180 pages, 455 clauses, a table of 500 rows",
        partial(grown_sample, 400, rows=500),
        {OURS: 8},
    ),
)
COLUMNS = ("", "median ms", "best ms", "of same", "of plain", "goal")


def contest_of(sample: Sample) -> Contest:
    """Prepare both sides; AssertionError when their content differs."""
    composed = sample.compose()
    ours = render_sample(composed)
    same = peer_of(composed)
    plain = plain_peer_of(ours, same)
    found = difference(ours, same.render()) or difference_in_text(ours, plain.render())
    assert not found, f"{sample.name}: the contents differ: {found}"
    with ZipFile(BytesIO(ours)) as archive:
        size = archive.getinfo(MAIN).file_size
    return Contest(sample, composed, same, plain, size)


def has_isal() -> bool:
    """Tell whether the fast compression is installed."""
    try:
        import isal  # noqa: F401
    except ImportError:
        return False
    return True


def rendering(contest: Contest, seconds: float, slow: int) -> dict[str, Times]:
    """Time the rendering of one composed agreement by both sides.

    slow: rounds for docxtpl's large template, which takes seconds a round.
    """
    render = partial(render_sample, contest.composed)
    calls: dict[str, Callable[[], object]] = {
        PLAIN: contest.plain.render,
        OURS: partial(render, check=False),
        CHECKED: render,
    }
    if has_isal():
        calls[FAST] = partial(render, check=False, compress="isal")
        calls[FAST_CHECKED] = partial(render, compress="isal")
    if contest.xml_bytes > 1_000_000:
        few = in_turns({DOCXTPL: contest.same.render}, 0, least=slow)
        return {DOCXTPL: few[DOCXTPL], **in_turns(calls, seconds)}
    return in_turns({DOCXTPL: contest.same.render, **calls}, seconds)


def report_rendering(report: Report, *, quick: bool) -> None:
    """Measure and report "rendering alone"."""
    report.heading("1. Rendering alone, warm")
    report.say(FAIRNESS)
    for case in CASES:
        contest = contest_of(case.sample())
        found = rendering(contest, 0.8 if quick else 8, slow=1 if quick else 3)
        rows = [_row(report, case, found, side) for side in found]
        size = f"{contest.xml_bytes / 1000:,.0f} KB of XML"
        report.say(f"\n{case.name}: {size}; contents verified equal")
        report.table(COLUMNS, rows)


def _row(
    report: Report, case: Case, found: Mapping[str, Times], side: str
) -> tuple[str, ...]:
    taken = found[side]
    row = (side, ms(taken.median), ms(taken.best))
    if side in (DOCXTPL, PLAIN):
        return (*row, "", "", "")
    same, plain = (found[peer].median / taken.median for peer in (DOCXTPL, PLAIN))
    verdict = ""
    if side in case.goals:
        what, remark = f"{case.name}: {side}", f"{times(plain)} {PLAIN}"
        goal = Goal(what, "at least", case.goals[side], same, "x", remark)
        verdict = report.goal(goal)
    return (*row, times(same), times(plain), verdict)


def peer_road(peer: Peer) -> Callable[[], bytes]:
    """Return docxtpl's whole road: the data from YAML, then the rendering."""
    data = yaml.dump(peer.context, allow_unicode=True, sort_keys=False).encode()

    def road() -> bytes:
        return render_template(peer.template, yaml.load(data, yaml.CSafeLoader))

    assert road()
    return road


def report_road(report: Report, *, quick: bool) -> None:
    """Measure and report the whole road, and what our stages take of it."""
    report.heading(
        "2. The whole road, warm: from the bytes of YAML to a checked Word file"
    )
    report.say(ROAD)
    for case in CASES[:2]:
        sample = case.sample()
        contest = contest_of(sample)
        found = in_turns(
            {
                DOCXTPL: peer_road(contest.same),
                PLAIN: peer_road(contest.plain),
                OURS: sample.whole_road,
            },
            0.6 if quick else 5,
        )
        ours = found[OURS].median
        goal = Goal(
            f"{case.name}: the whole road",
            "at least",
            3,
            found[DOCXTPL].median / ours,
            "x",
            f"{times(found[PLAIN].median / ours)} {PLAIN}",
        )
        rows = [
            (side, ms(taken.median), ms(taken.best), times(taken.median / ours), "")
            for side, taken in found.items()
            if side != OURS
        ]
        rows.append((OURS, ms(ours), ms(found[OURS].best), "", report.goal(goal)))
        report.say(f"\n{case.name}")
        report.table(("", "median ms", "best ms", "of ours", "goal"), rows)
        report.table(("", "ms", "part"), _stages(sample, 0.4 if quick else 2.5))


def _stages(sample: Sample, seconds: float) -> list[tuple[str, str, str]]:
    source, _ = read_yaml(sample.yaml, SAMPLE_FILE)
    assert source is not None
    composed = sample.compose()
    found = in_turns(
        {
            "yaml": lambda: read_yaml(sample.yaml, SAMPLE_FILE),
            "levels": lambda: compose_levels(source, sample.library),
            "number": lambda: number(composed.numbered.document),
            "compose": lambda: compose_agreement(source, sample.library, SETTINGS),
            "render": lambda: render_sample(composed, check=False),
            "check": lambda: render_sample(composed),
        },
        seconds,
    )
    taken = {name: one.median for name, one in found.items()}
    stages = {
        "  read YAML": taken["yaml"],
        "  levels and types": taken["levels"],
        "  assemble": taken["compose"] - taken["levels"] - taken["number"],
        "  number": taken["number"],
        "  render": taken["render"],
        "  check the text": taken["check"] - taken["render"],
    }
    whole = sum(stages.values())
    return [(name, ms(one), f"{one / whole:.0%}") for name, one in stages.items()]


def report_growth(report: Report, *, quick: bool) -> None:
    """Measure and report how the time of the whole road grows with the clauses."""
    report.heading("3. Growth: the whole road by number of clauses")
    samples = {str(size): grown_sample(size) for size in GROWTH}
    found = in_turns(
        {name: sample.whole_road for name, sample in samples.items()},
        0.5 if quick else 8,
        least=2,
    )
    rows = []
    per_clause = []
    for name, sample in samples.items():
        clauses = len(sample.compose().numbered.document.clauses)
        taken = found[name]
        per_clause.append(taken.median / clauses)
        rows.append(
            (f"{name} more", str(clauses), ms(taken.median), f"{per_clause[-1]:.3f}")
        )
    report.table(("", "clauses", "median ms", "ms a clause"), rows)
    slope = max(per_clause[-1] / per_clause[0], per_clause[-1] / per_clause[-2])
    report.goal(
        Goal(
            "a clause of the longest against the shortest", "at most", 1.15, slope, "x"
        )
    )
