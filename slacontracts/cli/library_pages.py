"""Clauses and templates that were found in; what is printed of them out."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from slacontracts.cli.session import count, note, say

if TYPE_CHECKING:
    from slacontracts.model.clause import Language, ValueRule
    from slacontracts.model.library import Library, TemplateSource
    from slacontracts.model.template import Question
    from slacontracts.workflow.listing import FoundClause, FoundTemplate
    from slacontracts.workflow.word_search import Passage

_WIDEST: Final = 110
_MOST_PASSAGES: Final = 3
# An item, a paragraph and a condition on a line of its own each begin a new line.
_BLOCK: Final = re.compile(r"\n(?=\s*\n|\s*1\. |\s*\{%)|(?<=%\})\n|(?<=\n)\n")
_TAG: Final = re.compile(r"\{[{%].*?[%}]\}")


def clause_object(one: FoundClause, library: Library) -> dict[str, Any]:
    """Return a clause for programs, with its wording and the templates it is in."""
    texts = {
        f"{position}.{language}": text.source
        for (key, position, language), text in library.texts.items()
        if key == one.clause.key
    }
    return one.clause.model_dump(mode="json") | {
        "texts": texts,
        "used_by": {
            name: {
                "level": entry.level,
                "template": entry.template,
                "position": entry.position or one.clause.positions[0].key,
                "locked": entry.lock is not None,
            }
            for name, entry in one.uses.items()
        },
        "found": _passage_objects(one.passages),
    }


def _passage_objects(passages: Sequence[Passage]) -> list[dict[str, Any]]:
    return [
        {"where": one.where, "line": one.line, "text": one.excerpt} for one in passages
    ]


def list_clauses(
    found: Sequence[FoundClause], asked: Mapping[str, Any], library: Library
) -> None:
    """Print clauses by topic, or in the order of the template that was asked for."""
    if not found:
        known = sorted({one.topic for one in library.clauses.values() if one.topic})
        note(
            "no clause has all of that; try fewer or other words, or a topic with "
            f"--topic: {', '.join(known)}; slacontracts clauses lists every one"
        )
        return
    indent = max(len(one.clause.key) for one in found) + 2
    topics = Counter(one.clause.topic for one in found)
    above: str | None = ""
    for one in found:
        clause = one.clause
        if not asked["template"] and clause.topic != above:
            gap = "" if one is found[0] else "\n"
            say(f"{gap}{clause.topic or 'without a topic'} ({topics[clause.topic]})")
            above = clause.topic
        say(_wrapped(f"{clause.key:<{indent}}{_in_short(one)}", indent))
        say(_wrapped(clause.summary, indent, first=indent))
        for position in clause.positions if asked["has_positions"] else ():
            when = position.when or "our own wording"
            words = f"{position.key}: {when}{_approval(position.approval)}"
            say(_wrapped(words, 6, first=4))
        _show_passages(one.passages)
    where = f" in {asked['template']}" if asked["template"] else ""
    say(f"\n{count(len(found), 'clause')}{where}")


def _in_short(one: FoundClause) -> str:
    """Return the title of a clause with what is particular about it."""
    clause, entry = one.clause, one.entry
    marks: list[str] = [entry.level] if entry else []
    if entry and entry.position:
        marks.append(f"position {entry.position}")
    if entry and entry.lock:
        marks.append("locked")
    if clause.part != "clause" and clause.part != clause.key:
        marks.append(clause.part.value)
    if len(clause.positions) > 1:
        marks.append(f"{len(clause.positions)} positions")
    if clause.status != "approved":
        marks.append(clause.status)
    title = _title(clause.title)
    return f"{title} ({', '.join(marks)})" if marks else title


def _title(titles: Mapping[Language, str]) -> str:
    return titles.get("en") or next(iter(titles.values()))


def _approval(roles: Sequence[str]) -> str:
    return f" (approval: {', '.join(roles)})" if roles else ""


def _show_passages(passages: Sequence[Passage]) -> None:
    """Print where words stand; what several positions share is printed once."""
    by_excerpt: dict[str, list[str]] = {}
    for one in passages:
        place = f"{one.where.rpartition('/')[2]}:{one.line}" if one.line else one.where
        by_excerpt.setdefault(one.excerpt, []).append(place)
    for excerpt, places in list(by_excerpt.items())[:_MOST_PASSAGES]:
        say(_wrapped(f"{', '.join(places)}: {excerpt}", 6, first=4))
    more = len(by_excerpt) - _MOST_PASSAGES
    if more > 0:
        say(f"    and {count(more, 'more place')}")


def show_clause(one: FoundClause, library: Library) -> None:
    """Print one clause whole."""
    clause = one.clause
    say(_heading(clause.key, clause.title))
    topic = f", topic {clause.topic}" if clause.topic else ""
    lines = [
        clause.summary,
        f"version {clause.version}, {clause.status}, owner {clause.owner}",
        f"part {clause.part.value}{topic}",
        *_standings(one),
    ]
    if clause.requires:
        lines.append(f"needs {', '.join(clause.requires)}")
    if clause.conflicts:
        lines.append(f"cannot stand beside {', '.join(clause.conflicts)}")
    lines += [_range(path, rule) for path, rule in clause.values.items()]
    if clause.guidance:
        lines.append(f"guidance: {clause.guidance.strip()}")
    if clause.walk_away:
        lines.append(f"walk away from: {clause.walk_away}")
    for line in lines:
        say(_wrapped(line, 4, first=2))
    for position in clause.positions:
        for (key, name, language), text in library.texts.items():
            if (key, name) == (clause.key, position.key):
                words = f"{position.when or ''}{_approval(position.approval)}"
                say("\n" + _wrapped(f"--- {name} ({language}) {words}", 4).rstrip())
                say(_rewrapped(text.source))


def _standings(one: FoundClause) -> list[str]:
    """Return a line for each template that brings the clause in, with those below."""
    below: dict[tuple[str, str], list[str]] = {}
    for name, entry in one.uses.items():
        marks = [f"position {entry.position}"] if entry.position else []
        marks += ["locked"] if entry.lock else []
        shown = f" ({', '.join(marks)})" if marks else ""
        below.setdefault((entry.template, shown), []).append(name)
    lines = []
    for (template, shown), names in below.items():
        inherit = [name for name in names if name != template]
        also = f"; so also in {', '.join(inherit)}" if inherit else ""
        lines.append(f"brought in by {template}{shown}{also}")
    return lines or ["in no template"]


def _range(path: str, rule: ValueRule) -> str:
    limits = [f"preferred {rule.preferred}"] if rule.preferred else []
    limits += [f"fallback {rule.fallback}"] if rule.fallback else []
    limits += [f"never {rule.walk_away}"] if rule.walk_away else []
    limits += [f"one of {', '.join(rule.choices)}"] if rule.choices else []
    limits += [f"approval: {', '.join(rule.approval)}"] if rule.approval else []
    return f"{path}: {'; '.join([rule.type, *limits])}"


def list_templates(found: Sequence[FoundTemplate]) -> None:
    """Print templates by level."""
    if not found:
        note("no template has all of that; slacontracts templates lists every one")
        return
    indent = max(len(one.source.name) for one in found) + 2
    levels = Counter(one.source.template.level for one in found)
    above = ""
    for one in found:
        template = one.source.template
        if template.level != above:
            gap = "" if one is found[0] else "\n"
            say(f"{gap}{template.level} ({levels[template.level]})")
            above = template.level
        below = f", below {template.parent}" if template.parent else ""
        words = f"{_title(template.title)}  {template.kind}{below}"
        say(_wrapped(f"{one.source.name:<{indent}}{words}", indent))
        if template.summary:
            say(_wrapped(template.summary, indent, first=indent))
        _show_passages(one.passages)
    say(f"\n{count(len(found), 'template')}")


def template_object(one: FoundTemplate) -> dict[str, Any]:
    """Return a template for programs."""
    dumped = one.source.template.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    found = _passage_objects(one.passages)
    return {"name": one.source.name} | dumped | {"found": found}


def show_template(source: TemplateSource, questions: Sequence[Question]) -> None:
    """Print one template whole, with what it asks."""
    template = source.template
    say(_heading(source.name, template.title))
    above = template.parent or "none"
    lines = [template.summary] if template.summary else []
    lines.append(
        f"level {template.level}, kind {template.kind}, template above: {above}"
    )
    for operation in template.outline:
        where = f" after {operation.after}" if operation.after else ""
        where += f" before {operation.before}" if operation.before else ""
        where += f" with {operation.with_}" if operation.with_ else ""
        where += f", position {operation.position}" if operation.position else ""
        lines.append(f"{operation.verb} {operation.clause}{where}")
    if template.schedules:
        lines.append(f"schedules: {', '.join(template.schedules)}")
    if template.lock:
        lines.append(f"locked: {', '.join(template.lock)}")
    for line in lines:
        say(_wrapped(line, 4, first=2))
    say("  asks:")
    for question in questions:
        required = " (optional)" if question.optional == "yes" else ""
        words = f"{question.path}{required}: {_title(question.ask)}"
        say(_wrapped(words, 6, first=4))


def _heading(name: str, titles: Mapping[Language, str]) -> str:
    """Return a name with its titles, on lines of their own where one is too short."""
    line = f"{name}: {' / '.join(titles.values())}"
    if len(line) < _width():
        return line
    return f"{name}: " + " /\n    ".join(titles.values())


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)


def _wrapped(text: str, indent: int, *, first: int = 0) -> str:
    """Return a text in lines as wide as the terminal, never splitting a key."""
    return textwrap.fill(
        " " * first + text,
        max(_width() - 1, indent + 20),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _rewrapped(wording: str) -> str:
    """Return wording as its file has it, in lines as wide as the terminal."""
    lines = []
    for block in _BLOCK.split(wording.rstrip()):
        words = block.strip()
        first = len(block) - len(block.lstrip(" "))
        hang = first + (3 if words.startswith("1. ") else 0)
        whole = _TAG.sub(lambda tag: tag[0].replace(" ", "\0"), " ".join(words.split()))
        lines.append(_wrapped(whole, hang, first=first).replace("\0", " "))
    return "\n".join(lines)
