"""A report on deviations in, one web page of it out.

The page needs no other file, no network and no script. What is open or beyond a line
is told in words and by a sign; colour comes on top.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from slacontracts.render.deviations_report import (
    INTERNAL,
    Entry,
    Report,
    consent_said,
    ranges_of,
    summary_of,
)
from slacontracts.render.html_style import style_sheet

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
# Contrast with the ground: open and beyond 7:1, approved 7:1.
_SHEET: Final = """
.page{max-width:76rem;display:block}
nav{position:static}
main{overflow-x:auto}
.path{display:block;font-size:.85rem;color:var(--quiet);overflow-wrap:anywhere}
.records dl{margin:0}
.records dt{font-weight:600}
.records dd{margin:0 0 .4rem;white-space:pre-line}
.records ul{list-style:none;margin:0;padding:0}
.records li{margin:0 0 .4rem}
.records li::before{font-weight:700;margin-inline-end:.35em}
.approved::before{content:"\\2713";content:"\\2713"/"";color:#0b5a36}
.open{font-weight:600}
.open::before{content:"\\25cb";content:"\\25cb"/"";color:var(--alert)}
.beyond{display:inline-block;margin-block-start:.3rem;padding:.05em .5em;
font-weight:700;color:var(--alert);border:1.5px solid currentColor;border-radius:3px}
"""
_HEADS: Final = ("Where", "What departs", "The library", "Approval", "Reason")


def deviations_html(report: Report) -> str:
    """Return a web page with what departs from the library."""
    return "".join(_page(report))


def _page(report: Report) -> Iterator[str]:
    heading = f"Deviations of {report.subject}"
    sheet = style_sheet(running_title=report.subject, page="Page", page_of="of")
    yield (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n'
        '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"'
        f' content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading} – {escape(report.subject)}</title>\n"
        f"<style>{sheet}{_SHEET}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#text.start">Skip to the deviations</a>\n'
        '<div class="page">\n<header class="cover">\n'
        '<p class="organisation">What departs from the library</p>\n'
        f'<h1 id="title">{heading}</h1>\n<dl>\n'
        f'<dt>Agreement</dt><dd><span lang="{report.language}" dir="auto">'
        f"{escape(report.title)}</span>, draft {report.draft}</dd>\n"
        f"<dt>In short</dt><dd>{escape(summary_of(report))}</dd>\n"
    )
    if report.entries:
        yield f"<dt>For whom</dt><dd>{INTERNAL}</dd>\n"
    yield '</dl>\n</header>\n<main id="text.start" tabindex="-1">\n'
    if report.entries:
        yield from _table(report)
    yield "</main>\n</div>\n</body>\n</html>\n"


def _table(report: Report) -> Iterator[str]:
    yield '<table class="records" role="table" aria-labelledby="title">\n'
    yield '<thead role="rowgroup">\n<tr role="row">'
    for head in _HEADS:
        yield f'<th scope="col" role="columnheader">{head}</th>'
    yield '</tr>\n</thead>\n<tbody role="rowgroup">\n'
    for entry in report.entries:
        yield '<tr role="row"><th scope="row" role="rowheader">'
        yield f'<span lang="{report.language}" dir="auto">{escape(entry.place)}</span>'
        yield f'<code class="path">{_breakable(entry.path)}</code></th>'
        cells = (_what(entry), _ranges(entry), _consents(entry), _reasons(entry))
        for head, cell in zip(_HEADS[1:], cells, strict=True):
            content = f"<div>{cell}</div>" if cell else ""
            yield f'<td role="cell" data-label="{head}">{content}</td>'
        yield "</tr>\n"
    yield "</tbody>\n</table>\n"


def _breakable(path: str) -> str:
    """Return an address that breaks between its words, not inside of them."""
    return re.sub("([/_-])", r"\1<wbr>", escape(path))


def _what(entry: Entry) -> str:
    beyond = '<br><span class="beyond">Beyond the walk-away line</span>'
    return f"<bdi>{escape(entry.what)}</bdi>{beyond if entry.is_beyond else ''}"


def _ranges(entry: Entry) -> str:
    named = "".join(
        f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in ranges_of(entry)
    )
    return f"<dl>{named}</dl>" if named else ""


def _consents(entry: Entry) -> str:
    rows = "".join(
        f'<li class="{"approved" if one.state == "approved" else "open"}">'
        f"{escape(consent_said(one))}</li>"
        for one in entry.consents
    )
    return f"<ul>{rows}</ul>" if rows else ""


def _reasons(entry: Entry) -> str:
    return "<br>".join(f"<bdi>{escape(one)}</bdi>" for one in entry.reasons)
