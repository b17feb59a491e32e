"""Two versions with every kind of change, compared for tests, and their page read."""

import re
from copy import deepcopy
from dataclasses import replace

from lxml import html as parser
from lxml.html import HtmlElement
from sample_documents import clause, numbered, table, words

from slacontracts.compare.documents import compare
from slacontracts.model.change import Impact, ValueChange
from slacontracts.model.clause import Part
from slacontracts.model.document import (
    Block,
    Clause,
    Column,
    Item,
    NumberedDocument,
    Paragraph,
    Reference,
    Words,
)
from slacontracts.render.comparison_html import comparison_html
from slacontracts.render.comparison_report import Report, Version

_COLUMNS = (Column("Target", 40), Column("Measure", 30), Column("Value", 30, "end"))
_ROWS = (
    ("Web hosting",),
    ("Availability", "each month", "99.9%"),
    ("Response", "each incident", "30 minutes"),
    ("Database hosting",),
    ("Backups", "each day", "1"),
)


def _levels(*rows: tuple[str, ...]) -> Clause:
    return clause(
        "service-levels",
        "Service Levels",
        Item(words("The Provider meets these targets:")),
        table(_COLUMNS, *rows),
        part=Part.SCHEDULE,
    )


def _credits(cap: str, *more: Block, title: str = "Service Credits") -> Clause:
    return clause(
        "service-credits",
        title,
        Item(words("The Provider owes credits."), anchor="owed"),
        Item(words(f"Credits are at most {cap} of the monthly fee.")),
        Item(words("In one month,"), level=2),
        *more,
        Item((Words("See "), Reference("service-levels"), Words("."))),
    )


SCOPE = clause("scope", "Scope", Item(words("Northwind hosts the web shop.")))
NOTICES = clause("notices", "Notices", Item(words("Notices are in writing.")))
LAW = clause("law", "Governing Law", Item(words("The law of Ireland applies.")))
TERM = clause(
    "term", "Term", Item(words("Three years.")), Item(words("It renews itself."))
)
PUBLICITY = clause("publicity", "Publicity", Item(words("No press release is made.")))

OLD = numbered(SCOPE, _credits("10%"), TERM, PUBLICITY, NOTICES, LAW, _levels(*_ROWS))
NEW = numbered(
    SCOPE,
    clause(
        "security",
        "Security",
        Item(words("The Provider keeps data safe,")),
        Item(words("at rest & in <transit>."), level=2),
    ),
    LAW,
    _credits(
        "15%",
        Item(words("and in one year."), level=2),
        Paragraph(words("Years are calendar years."), level=2),
        title="Service Credits and Bonuses",
    ),
    TERM,
    NOTICES,
    _levels(
        *_ROWS[:1],
        ("Availability", "each month", "99.5%"),
        ("Resolution", "each incident", "4 hours"),
        *_ROWS[3:],
    ),
)
VALUES = (
    ValueChange("/services/web-hosting/targets/availability/target", "99.9%", "99.5%"),
    ValueChange("/governing_law/law", "Ireland", ""),
    ValueChange("/review/every", "", "3 months"),
)
IMPACTS = (
    Impact(
        "service levels",
        "availability is weaker: 99.5% instead of 99.9%",
        provider="better",
        customer="worse",
        path="/services/web-hosting/targets/availability/target",
    ),
    Impact("approval", "legal must approve the cap", path="/credits/cap_percent"),
    Impact("service levels", "response is no longer promised", "better", "worse"),
)


def report(
    old: NumberedDocument = OLD,
    new: NumberedDocument = NEW,
    values: tuple[ValueChange, ...] = VALUES,
    impacts: tuple[Impact, ...] = IMPACTS,
) -> Report:
    """Return what a reader is told of two versions."""
    return Report(
        "SLA-2026-0001",
        new.document.title,
        Version("SLA-2026-0001, draft 2", old.document.language),
        Version("SLA-2026-0001, as it stands", new.document.language),
        compare(old, new),
        values,
        impacts,
    )


def in_arabic(document: NumberedDocument) -> NumberedDocument:
    """Return the same document as one in Arabic."""
    return replace(document, document=replace(document.document, language="ar"))


def page(of: Report | None = None) -> HtmlElement:
    return parser.document_fromstring(comparison_html(of or report()))


def of_class(root: HtmlElement, name: str) -> list[HtmlElement]:
    return [one for one in root.iter() if name in (one.get("class") or "").split()]


def change(root: HtmlElement, number: int) -> HtmlElement:
    return root.get_element_by_id(f"change.{number}")


def seen(element: HtmlElement) -> str:
    """Return what is seen of an element: without what is only heard."""
    copy = deepcopy(element)
    for one in of_class(copy, "said"):
        one.drop_tree()
    text: str = copy.text_content()
    return re.sub(r"\s+", " ", text).strip()
