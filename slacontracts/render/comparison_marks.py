"""Lines, blocks and tables that differ in, their HTML with what came and went out.

What differs is told in words for those who hear the page, and by `ins` and `del`,
which the style sheet gives a sign and a line.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from slacontracts.model.change import BlockChange, Piece, RowChange
from slacontracts.model.clause import Language
from slacontracts.model.document import Item, Paragraph, Table
from slacontracts.render.comparison_report import (
    HAPPENED,
    Which,
    happened_to,
    is_group,
    kind_of,
    of_version,
    renumbered,
    rows_that_differ,
)
from slacontracts.text import script_runs

_TAGS: Final = {"inserted": "ins", "deleted": "del"}
_SAID: Final[Mapping[Language, Mapping[str, tuple[str, str]]]] = {
    "en": {
        "inserted": ("inserted: ", " (end of insertion) "),
        "deleted": ("deleted: ", " (end of deletion) "),
    },
    "ar": {
        "inserted": ("مضاف: ", " (نهاية الإضافة) "),
        "deleted": ("محذوف: ", " (نهاية الحذف) "),
    },
}


def marked(pieces: Iterable[Piece], language: Language) -> str:
    """Return a line with its insertions and deletions marked."""
    return "".join([_piece(piece, language) for piece in pieces if piece.text])


def _piece(piece: Piece, language: Language) -> str:
    text = escape(piece.text).replace("\n", "<br>\n")
    if piece.fate == "same":
        return text
    tag = _TAGS[piece.fate]
    before, after = (said(words) for words in _SAID[language][piece.fate])
    return f'<{tag}>{before}<span class="words">{text}</span>{after}</{tag}>'


def said(words: str) -> str:
    """Return words for those who hear the page, and do not see it."""
    return f'<span class="said">{escape(words)}</span>'


def fate_mark(fate: str, words: str = "", around: Language = "en") -> str:
    """Return what happened in words, which the style sheet gives a sign.

    around: the language of what it stands in.
    """
    own = "" if around == "en" else ' lang="en" dir="ltr"'
    return f'<span class="fate {fate}"{own}>{words or HAPPENED[fate]}</span>'


def spoken_in(language: Language) -> str:
    """Return the attributes of words that are not in the language of the page."""
    return "" if language == "en" else f' lang="{language}" dir="rtl"'


def in_english(text: str) -> str:
    """Return an English sentence, with the Arabic names in it set apart."""
    return "".join(
        f'<bdi lang="ar" dir="rtl">{escape(run)}</bdi>' if is_arabic else escape(run)
        for run, is_arabic in script_runs(text)
    )


def block_html(
    block: BlockChange, named: str, language: Language, which: Which | None = None
) -> Iterator[str]:
    """Yield a block in one text; or as it is in one version, what differs marked.

    named: the id of the words that a table is named by.
    """
    if kind_of(block) == "table":
        yield from _table(block, named, language, which)
        return
    pieces = block.pieces if which is None else of_version(block.pieces, which)
    if which is None:
        label = renumbered(block.old_label, block.new_label)
    else:
        label = block.old_label if which == "old" else block.new_label
    yield f'<p class="wording{_level(block)}"{spoken_in(language)}>'
    if label:
        yield f'<bdi class="label">{escape(label)}</bdi> '
    yield f"{marked(pieces, language)}</p>\n"


def _level(block: BlockChange) -> str:
    found = block.new or block.old
    if isinstance(found, Item | Paragraph) and found.level > 1:
        return f" level-{found.level}"
    return ""


def _table(
    block: BlockChange, named: str, language: Language, which: Which | None
) -> Iterator[str]:
    rows, others = rows_that_differ(block.rows)
    if block.fate == "unchanged":
        rows, others = block.rows, 0
    if which is not None:
        rows = tuple(row for row in rows if _of(row, which) is not None)
    if not rows:
        yield '<p class="absent">No row that differs is in this version.</p>\n'
        return
    table = _table_of(block, which)
    has_fates = which is None and block.fate == "substituted"
    headings = tuple(column.heading for column in table.columns) if table else ()
    yield f'<table class="records" role="table" aria-labelledby="{named}"'
    yield f"{spoken_in(language)}>\n"
    if any(headings):
        yield '<thead role="rowgroup">\n<tr role="row">'
        shown = ("Change", *headings) if has_fates else headings
        yield "".join([_heading(text) for text in shown])
        yield "</tr>\n</thead>\n"
    yield '<tbody role="rowgroup">\n'
    for row in rows:
        mark = (
            fate_mark(row.fate, happened_to(row, block), language) if has_fates else ""
        )
        cells = [
            marked(cell if which is None else of_version(cell, which), language)
            for cell in row.cells
        ]
        yield from _row(cells, headings, mark, is_group=is_group(row))
    yield "</tbody>\n</table>\n"
    if others:
        are = "row is" if others == 1 else "rows are"
        yield f'<p class="rest">{others} other {are} unchanged.</p>\n'


def _table_of(block: BlockChange, which: Which | None) -> Table | None:
    sides = (block.old,) if which == "old" else (block.new, block.old)
    return next((one for one in sides if isinstance(one, Table)), None)


def _of(row: RowChange, which: Which) -> object:
    return row.old if which == "old" else row.new


def _heading(text: str) -> str:
    return f'<th scope="col" role="columnheader">{escape(text)}</th>'


def _row(
    cells: Sequence[str], headings: Sequence[str], mark: str, *, is_group: bool
) -> Iterator[str]:
    """Yield a row; mark: what happened to it, "" where no column says so."""
    if is_group:
        span = max(len(headings), 1) + bool(mark)
        yield '<tr class="group" role="row"><th scope="rowgroup" role="rowheader"'
        yield f' colspan="{span}">{"".join(cells)}</th></tr>\n'
        return
    yield '<tr role="row">'
    if mark:
        yield f'<td role="cell">{mark}</td>'
    for index, text in enumerate(cells):
        if index == 0:
            yield f'<th scope="row" role="rowheader">{text}</th>'
            continue
        name = headings[index] if index < len(headings) else ""
        attribute = f' data-label="{escape(name)}"' if name else ""
        inner = f"<span>{text}</span>" if text else ""
        yield f'<td role="cell"{attribute}>{inner}</td>'
    yield "</tr>\n"
