"""What differs between two versions in, one web page that shows it out.

The page needs no other file, no network and no script. A change is in it twice, in
one text and side by side; a switch on the page tells which of them is seen.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from slacontracts.model.change import ClauseChange, Fate, Piece, ValueChange
from slacontracts.model.clause import Language
from slacontracts.render.comparison_marks import (
    block_html,
    fate_mark,
    in_english,
    marked,
    said,
    spoken_in,
)
from slacontracts.render.comparison_report import (
    Change,
    Report,
    Section,
    Stretch,
    Which,
    by_subject,
    changes_of,
    favours_of,
    heading_of,
    move_of,
    number_before,
    of_version,
    sections_of,
    sentence_of,
    stretch_name,
    summary_of,
)
from slacontracts.render.comparison_style import SCRIPT, policy, sheet_of_changes

_HOW_TO_READ: Final[tuple[Piece, ...]] = (
    Piece("same", "Words that went are "),
    Piece("deleted", "struck through, with a minus sign"),
    Piece("same", "; words that came are "),
    Piece("inserted", "underlined, with a plus sign"),
    Piece("same", ". Clauses that stayed as they were are left out."),
)
_TOOLS: Final = """\
<fieldset class="tools">
<legend>Show changes</legend>
<label><input type="radio" name="view" value="inline" checked>In one text</label>
<label><input type="radio" name="view" value="sides">Side by side</label>
<div id="keys" hidden>
<label><input type="checkbox" id="keys.wanted" checked>Keys <kbd>n</kbd> next and
<kbd>p</kbd> previous change</label>
<p id="keys.told" role="status"></p>
</div>
</fieldset>
"""
_SIDES: Final[tuple[tuple[Which, str], ...]] = (("old", "Before"), ("new", "After"))


def comparison_html(report: Report) -> str:
    """Return a web page that shows what differs between two versions."""
    return "".join(_Page(report).page())


class _Page:
    """Writes one page; its own ids hold a full stop, which no clause key does."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sections = sections_of(report.comparison)
        self.total = len(changes_of(self.sections))
        self.language: Language = report.new.language

    def page(self) -> Iterator[str]:
        report = self.report
        heading = f"Changes from {report.old.name} to {report.new.name}"
        yield (
            '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n'
            '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"'
            f' content="{policy()}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(heading)} – {escape(report.subject)}</title>\n"
            f"<style>{sheet_of_changes(report.subject)}</style>\n</head>\n<body>\n"
            '<a class="skip" href="#text.start">Skip to the changes</a>\n'
            '<div class="page">\n'
        )
        yield from self.cover()
        yield '<aside class="side" aria-label="View and contents">\n'
        yield _TOOLS if self.total else ""
        yield from self.contents()
        yield '</aside>\n<main id="text.start" tabindex="-1">\n'
        for name, title, content in self.parts():
            yield f'<section class="part" id="{name}.part" '
            yield f'aria-labelledby="{name}.title">\n'
            yield f'<h2 id="{name}.title">{title}</h2>\n'
            yield from content
            yield "</section>\n"
        yield f"</main>\n</div>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"

    def parts(self) -> Iterator[tuple[str, str, Iterator[str]]]:
        """Yield (name, title, content) of what the page has to tell."""
        if self.report.impacts:
            yield "impact", "What it means", self.impacts()
        if self.sections:
            yield "wording", "Changes of wording", self.wording()
        if self.report.values:
            yield "values", "Changes of data", self.values()

    def cover(self) -> Iterator[str]:
        report = self.report
        yield '<header class="cover">\n<p class="organisation">Comparison of two '
        yield f"versions</p>\n<h1{spoken_in(self.language)}>{escape(report.title)}"
        yield "</h1>\n<dl>\n"
        yield f"<dt>Before</dt><dd>{escape(report.old.name)}</dd>\n"
        yield f"<dt>After</dt><dd>{escape(report.new.name)}</dd>\n"
        yield f"<dt>In short</dt><dd>{escape(summary_of(report))}</dd>\n"
        if self.total:
            yield f"<dt>How to read</dt><dd>{marked(_HOW_TO_READ, 'en')}</dd>\n"
        yield "</dl>\n</header>\n"

    def contents(self) -> Iterator[str]:
        yield '<nav aria-labelledby="contents.title">\n<h2 id="contents.title">'
        yield "Contents</h2>\n<ol>\n"
        for name, title, _ in self.parts():
            yield f'<li><a href="#{name}.part">{title}</a></li>\n'
            for section in self.sections if name == "wording" else ():
                clause = section.clause
                at = next(one.number for one in _changes(section))
                yield f'<li><a href="#change.{at}">{fate_mark(clause.fate)} '
                yield f"<span{spoken_in(self.language)}>{escape(heading_of(clause))}"
                yield "</span></a></li>\n"
        yield "</ol>\n</nav>\n"

    def impacts(self) -> Iterator[str]:
        heads = ("What changes", "For the customer", "For the provider")
        yield from _table_head("impact.title", heads)
        for subject, impacts in by_subject(self.report.impacts).items():
            yield '<tbody role="rowgroup">\n<tr class="group" role="row">'
            yield '<th scope="rowgroup" role="rowheader" colspan="3">'
            yield f"{escape(subject)}</th></tr>\n"
            for impact in impacts:
                yield '<tr role="row"><th scope="row" role="rowheader">'
                yield f"{in_english(sentence_of(impact))}</th>"
                for head, (_, favour) in zip(
                    heads[1:], favours_of(impact), strict=True
                ):
                    yield f'<td role="cell" data-label="{head}">'
                    yield f'<span class="favour {favour}">{favour.capitalize()}</span>'
                    yield "</td>"
                yield "</tr>\n"
            yield "</tbody>\n"
        yield "</table>\n"

    def wording(self) -> Iterator[str]:
        seen: set[str] = set()
        for section in self.sections:
            key = section.clause.key
            is_first = key not in seen
            seen.add(key)
            yield from self.section(section, key if is_first else "")

    def section(self, section: Section, key: str) -> Iterator[str]:
        """Yield a clause; key: its id on the page, "" where another has it."""
        clause = section.clause
        heading = f"clause.{next(_changes(section)).number}"
        anchor = f' id="{escape(key)}"' if key else ""
        yield f'<section class="clause"{anchor} aria-labelledby="{heading}">\n'
        yield f'<h3 id="{heading}">{fate_mark(clause.fate)} '
        yield f"<span{spoken_in(self.language)}>{escape(heading_of(clause))}</span>"
        if before := number_before(clause):
            yield f' <span class="was">({escape(before)})</span>'
        yield "</h3>\n"
        for part in section.parts:
            if isinstance(part, Change):
                yield from self.change(part, clause)
            else:
                yield from self.stretch(part, heading)
        yield "</section>\n"

    def stretch(self, stretch: Stretch, heading: str) -> Iterator[str]:
        name = escape(stretch_name(stretch))
        yield f'<details class="rest">\n<summary>Unchanged: {name}</summary>\n'
        for block in stretch.blocks:
            yield from block_html(block, heading, self.language)
        yield "</details>\n"

    def change(self, change: Change, clause: ClauseChange) -> Iterator[str]:
        own = f"change.{change.number}"
        yield f'<div class="change {change.fate}" id="{own}" role="group"'
        yield f' aria-labelledby="{own}.title" tabindex="-1">\n<div class="bar">\n'
        yield f'<h4 id="{own}.title"><span class="number">Change {change.number} of '
        yield f"{self.total}:</span> {fate_mark(change.fate)} "
        yield f"<bdi>{escape(change.where)}</bdi></h4>\n"
        yield from self.jumps(change.number)
        yield "</div>\n"
        if change.fate == "moved":
            yield f"<p>{escape(move_of(clause))}</p>\n"
        if change.title or change.blocks:
            yield '<div class="inline">\n'
            yield from self.content(change, f"{own}.title")
            yield '</div>\n<div class="sides">\n'
            for which, name in _SIDES:
                yield from self.side(change, which, name)
            yield "</div>\n"
        yield "</div>\n"

    def jumps(self, number: int) -> Iterator[str]:
        yield '<p class="jump">'
        for name, to in (("Previous", number - 1), ("Next", number + 1)):
            if 1 <= to <= self.total:
                yield f'<a href="#change.{to}">{name}{said(f" change, {to}")}</a> '
        yield "</p>\n"

    def content(
        self, change: Change, named: str, which: Which | None = None
    ) -> Iterator[str]:
        language = self.report.old.language if which == "old" else self.language
        if change.title:
            of = change.title if which is None else of_version(change.title, which)
            yield f'<p class="wording"{spoken_in(language)}>'
            yield f"{marked(of, language)}</p>\n"
        for block in change.blocks:
            yield from block_html(block, named, language, which)

    def side(self, change: Change, which: Which, name: str) -> Iterator[str]:
        own = f"change.{change.number}.{which}"
        yield f'<div>\n<p class="side-name" id="{own}">{name}'
        yield f"{said(f' change {change.number}')}</p>\n"
        gone = "inserted" if which == "old" else "deleted"
        if change.fate == gone:
            yield '<p class="absent">Not in this version.</p>\n'
        else:
            yield from self.content(change, own, which)
        yield "</div>\n"

    def values(self) -> Iterator[str]:
        yield from _table_head("values.title", ("Value", "Before", "After"))
        yield '<tbody role="rowgroup">\n'
        for value in self.report.values:
            yield '<tr role="row"><th scope="row" role="rowheader"><code>'
            yield f"{escape(value.path)}</code></th>"
            for name, fate, text in _sides_of(value):
                shown = marked((Piece(fate, text),), "en") or "none"
                yield f'<td role="cell" data-label="{name}">'
                yield f'<span dir="auto">{shown}</span></td>'
            yield "</tr>\n"
        yield "</tbody>\n</table>\n"


def _table_head(named: str, heads: tuple[str, ...]) -> Iterator[str]:
    yield f'<table class="records" role="table" aria-labelledby="{named}">\n'
    yield '<thead role="rowgroup">\n<tr role="row">'
    for head in heads:
        yield f'<th scope="col" role="columnheader">{head}</th>'
    yield "</tr>\n</thead>\n"


def _sides_of(value: ValueChange) -> tuple[tuple[str, Fate, str], ...]:
    return ("Before", "deleted", value.old), ("After", "inserted", value.new)


def _changes(section: Section) -> Iterator[Change]:
    return (part for part in section.parts if isinstance(part, Change))
