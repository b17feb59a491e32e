"""The samples, spoilt a little: nearly every slip of the hand is found.

A mutant is a sample in which one thing was removed, exchanged with its neighbour,
mistyped, or written with two digits in each other's place. It is caught when the product refuses it or finds something that it did not
find before. It does no harm when the paper says the same word for word, or when what
was removed comes back from the template. Whatever else may pass is listed in HARMLESS,
each with its reason.

SLACONTRACTS_MUTANTS says how many are tried: 500 without it.
"""

import copy
import json
import os
import random
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from drafting import SETTINGS

from slacontracts import checks
from slacontracts.compose.assemble import compose_agreement
from slacontracts.compose.digest import text_digest
from slacontracts.compose.levels import template_defaults
from slacontracts.model.library import Library
from slacontracts.model.paths import look_up, step_name
from slacontracts.source.library import read_library
from slacontracts.source.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "agreements").rglob("agreement.yaml"))
TRIED = int(os.environ.get("SLACONTRACTS_MUTANTS", "500"))
TODAY = checks.Surroundings(SETTINGS, today=date(2026, 11, 23))

SERVICE = r"/services/[^/]+"
TARGET = rf"{SERVICE}/targets/[^/]+"
# Kind and address of mutants that may pass, with the reason.
HARMLESS: tuple[tuple[str, str, str], ...] = (
    (
        "remove",
        r"/parties/\w+/(form|register_no|registered_in|short_name|tax_no|address"
        r"|notices/(attention|post))",
        "an optional fact about a party; the paper is complete without it",
    ),
    (
        "remove",
        r"/(contacts|hours/[^/]+/(holidays|week)|priorities)(/.+)?|/hours/[^/]+/name",
        "fewer contacts, hours or holidays, or one fact less about them, may be meant",
    ),
    (
        "remove",
        rf"{SERVICE}(/(says|credits(/tiers/\d+)?|price|price/includes"
        r"|responsibilities(/.+)?|sites(/.+)?))?",
        "a smaller offer is an offer, too",
    ),
    (
        "remove",
        rf"{TARGET}(/(title|unit|warn_at|window|condition|exclusions(/\d+)?"
        r"|exclusions/\d+/notice|supported_by(/\d+)?))?",
        "one promise less, or an optional part of it; a time needs no window, because "
        "it is kept or missed case by case",
    ),
    (
        "remove",
        r"/(affiliates|master|rates|liability|clauses|chronic_failure|taxes|supported"
        r"|invoicing|personnel|subcontracting|special_conditions|conditions|title|approvals/\d+|term|data_protection)(/.+)?"
        r"|/maintenance/freeze|/third_party/list",
        "something that was negotiated falls away, and the standard is back",
    ),
    (
        "remove",
        r"/signatories/\d+/(rule|authority/(limit|until|may_arbitrate))",
        "an authority without a limit, without an end, or silent on an arbitration "
        "that nobody has chosen is an authority",
    ),
    (
        "exchange",
        r"/(contacts|approvals|signatories|priorities|hours|conditions)/.+",
        "two true facts have changed places; only who knows the people and the "
        "calendar sees it",
    ),
    (
        "exchange",
        rf"{SERVICE}/(catalogue|says|name|price|responsibilities.*|outcomes/.+|sites/.+)",
        "two descriptions have changed places; only who knows the services sees it",
    ),
    (
        "exchange",
        rf"{TARGET}/(title|source|supported_by|outcome|exclusions.*|hours|target"
        r"|priority|metric|after|condition|window|warn_at)",
        "both are possible promises, in hours that cannot be compared",
    ),
    (
        "mistype",
        r"/parties/\w+/(register_no|tax_no|crm)|/invoicing/order_number",
        "numbers without a check digit; only the register tells",
    ),
    (
        "mistype",
        r"/signatories/\d+/authority/limit/amount|/rates/[^/]+/amount",
        "a higher limit or rate; only the resolution, or the offer, tells",
    ),
    (
        "transpose",
        r"/parties/\w+/(register_no|tax_no)|/invoicing/order_number",
        "numbers without a check digit; only the register tells",
    ),
    (
        "transpose",
        r"/(conditions/[^/]+/due|effective/on|long_stop|master/date|review/next"
        r"|hours/[^/]+/holidays/\d+/on|signatories/\d+/authority/until)",
        "another day that comes in the right order; only the calendar tells",
    ),
    (
        "transpose",
        r"/(rates/[^/]+/amount|review/every|term/(initial|renewal_period)"
        rf"|priorities/[^/]+/escalate_after)|{SERVICE}/price/amount"
        rf"|{SERVICE}/(credits/tiers/\d+/below|sites/.+)|{TARGET}/(target|percentile)"
        r"|/signatories/\d+/authority/limit/amount",
        "another figure that could have been agreed, within its range and in its order",
    ),
)

Steps = tuple[str | int, ...]


class Mutant(NamedTuple):
    """A sample with one slip: how it slipped, where, and what stands there now."""

    sample: Path
    kind: str
    path: str
    changes: tuple[tuple[Steps, Any], ...]

    @property
    def data(self) -> Any:
        """The data of the sample with the slip in it."""
        data = copy.deepcopy(sample_data(self.sample))
        for steps, value in self.changes:
            inner = data
            for step in steps[:-1]:
                inner = inner[step]
            if value is ...:
                del inner[steps[-1]]
            else:
                inner[steps[-1]] = value
        return data


@cache
def library() -> Library:
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("clauses", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".md", ".yaml")
    }
    return read_library(files, "3f2a9c1e" * 5)[0]


@cache
def sample_data(path: Path) -> Any:
    source, _ = read_yaml(path.read_bytes(), "agreement.yaml")
    assert source is not None
    return source.data


def judged(path: Path, data: Any) -> tuple[set[tuple[str, str]], str] | None:
    """Return what is found in an agreement, and its digest; None when refused."""
    file = path.relative_to(ROOT).as_posix()
    source, _ = read_yaml(json.dumps(data, ensure_ascii=False), file)
    assert source is not None
    composed, findings = compose_agreement(source, library(), SETTINGS)
    if composed is None:
        return None
    found = checks.run(composed.numbered, library(), composed.composition.place, TODAY)
    all_found = {(one.code, one.message) for one in (*findings, *found)}
    return all_found, text_digest(composed.numbered)


@cache
def sound(path: Path) -> tuple[set[tuple[str, str]], str]:
    found = judged(path, sample_data(path))
    assert found is not None
    return found


def outcome(mutant: Mutant) -> str:
    """Return caught, why it does no harm, or unnoticed."""
    found = judged(mutant.sample, mutant.data)
    before, digest = sound(mutant.sample)
    if found is None or found[0] - before:
        return "caught"
    if found[1] == digest:
        return "the paper says the same, word for word"
    if mutant.kind == "remove" and comes_back(mutant):
        return "the template's value comes back"
    for kind, pattern, reason in HARMLESS:
        if mutant.kind == kind and re.fullmatch(pattern, mutant.path):
            return reason
    return "unnoticed"


def comes_back(mutant: Mutant) -> bool:
    template = sample_data(mutant.sample)["template"]
    try:
        look_up(template_defaults(template, library()), mutant.path)
    except KeyError:
        return False
    return True


def places(data: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Yield (steps, value) of everything in the data."""
    items: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        items = data.items()
    elif isinstance(data, list):
        items = enumerate(data)
    for name, inner in items:
        yield (*steps, name), inner
        yield from places(inner, (*steps, name))


def address(data: Any, steps: Steps) -> str:
    named = []
    for step in steps:
        inner = data[step]
        named.append(step if isinstance(step, str) else step_name(inner, step))
        data = inner
    return "".join(f"/{name}" for name in named)


def mistyped(text: str) -> str | None:
    """Return a value as a hasty hand types it; None where nobody could tell."""
    if re.fullmatch(r"\d+\.\d+", text):
        return text.replace(".", "")
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return f"{text[:5]}31-{text[8:]}"
    if re.fullmatch(r"P[0-9TDHMYW]+", text):
        return text[1:]
    if text in ("yes", "no"):
        return "maybe"
    if re.fullmatch(r"\d+", text):
        return f"{text}O"
    if re.fullmatch(r"[a-z0-9/-]+|[A-Z]{3}", text):
        return text[:-1] + "x"
    return None


def transposed(text: str) -> str | None:
    """Return a figure, a period or a date with two digits in each other's place."""
    if not re.fullmatch(r"\d+(\.\d+)?|PT?\d+[A-Z]|\d{4}-\d\d-\d\d", text):
        return None
    first = 8 if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else 0  # the day alone
    for found in re.finditer(r"\d(?=\d)", text):
        at = found.start()
        if at >= first and text[at] != text[at + 1]:
            return f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
    return None


def mutants_of(path: Path) -> Iterator[Mutant]:
    data = sample_data(path)
    for steps, value in places(data):
        where = address(data, steps)
        yield Mutant(path, "remove", where, ((steps, ...),))
        if isinstance(value, str):
            wrong = mistyped(value)
            if wrong is not None:
                yield Mutant(path, "mistype", where, ((steps, wrong),))
            if (other := transposed(value)) is not None:
                yield Mutant(path, "transpose", where, ((steps, other),))
        if isinstance(value, list):
            yield from exchanged(path, data, steps, where, value)


def exchanged(
    path: Path, data: Any, steps: Steps, where: str, items: list[Any]
) -> Iterator[Mutant]:
    """Yield mutants in which two neighbours of a list have exchanged one field."""
    for at in range(len(items) - 1):
        one, other = items[at], items[at + 1]
        if not isinstance(one, dict) or not isinstance(other, dict):
            continue
        for name in one.keys() & other.keys():
            if one[name] != other[name] and name != "key":
                where_now = f"{where}/{step_name(one, at)}/{name}"
                changes = (
                    ((*steps, at, name), other[name]),
                    ((*steps, at + 1, name), one[name]),
                )
                yield Mutant(path, "exchange", where_now, changes)


@cache
def all_mutants() -> tuple[Mutant, ...]:
    mutants = [mutant for path in SAMPLES for mutant in mutants_of(path)]
    mutants.sort(key=lambda one: (one.sample, one.kind, one.path))
    return tuple(mutants)


def test_a_slip_of_the_hand_is_found_or_does_no_harm() -> None:
    mutants = all_mutants()
    tried = random.Random(2026).sample(mutants, min(TRIED, len(mutants)))

    outcomes = [(outcome(one), one) for one in tried]

    unnoticed = [
        f"{one.sample.parent.name}: {one.kind} {one.path}"
        for result, one in outcomes
        if result == "unnoticed"
    ]
    assert unnoticed == []
    caught = sum(1 for result, _ in outcomes if result == "caught")
    assert caught > len(tried) / 2


def test_every_reason_to_pass_is_needed_by_a_slip_that_can_happen() -> None:
    for kind, pattern, reason in HARMLESS:
        assert any(
            one.kind == kind and re.fullmatch(pattern, one.path)
            for one in all_mutants()
        ), reason
