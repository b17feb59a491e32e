"""Numbered documents for tests of the renderers, built directly from the model.

`managed_hosting` is a complete agreement of some twelve pages; `arabic` a short
one from right to left; `large` one of 400 clauses with tables of 500 rows.
"""

import re
from collections.abc import Sequence
from datetime import date

from slacontracts.compose.numbering import number
from slacontracts.model.agreement import (
    Agreement,
    Effective,
    FrameworkAgreement,
    Party,
)
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Blank,
    Block,
    Clause,
    ClauseOrigin,
    Column,
    Inline,
    Item,
    NumberedDocument,
    Paragraph,
    Reference,
    Row,
    SignatureBlock,
    Table,
    Term,
    Value,
    Words,
)
from slacontracts.model.finding import Origin

NASTY = (
    "A & B <Ltd>",
    "*not bold*",
    "{{ x }}",
    "{% if x %}",
    "{# note",
    "]]> &amp; &#10;",
    "quotes \" and '",
    "شركة الأفق ذ.م.م",
    "ends in عربي",
    "rocket 🚀 and 👩‍👩‍👧",
    "two\nlines",
    "tab\there",
    "  spaces  ",
    "x" * 5000,
)

_MARK = re.compile(r"\{(ref|value|term|blank|bold) ([^}]*)\}")


def inlines(text: str) -> tuple[Inline, ...]:
    """Return inlines: {ref KEY}, {value TEXT}, {term TEXT}, {blank PATH}, {bold TEXT}."""
    out: list[Inline] = []
    at = 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            out.append(Words(text[at : match.start()]))
        kind, inside = match.groups()
        made: dict[str, Inline] = {
            "ref": Reference(inside),
            "value": Value(f"/{kind}", inside),
            "term": Term(inside),
            "blank": Blank(inside),
            "bold": Words(inside, bold=True),
        }
        out.append(made[kind])
        at = match.end()
    if at < len(text):
        out.append(Words(text[at:]))
    return tuple(out)


def blocks(lines: Sequence[str | Table]) -> tuple[Block, ...]:
    """Return blocks: "# ", "## ", "### " start items, "#name " one that has an anchor.

    ">", ">>", ">>>" start text inside an item; anything else is plain text.
    """
    out: list[Block] = []
    for line in lines:
        if isinstance(line, Table):
            out.append(line)
        elif match := re.match(r"(#+)([a-z0-9-]*) ", line):
            hashes, anchor = match.groups()
            out.append(Item(inlines(line[match.end() :]), len(hashes), anchor or None))
        elif match := re.match(r"(>+) ", line):
            out.append(Paragraph(inlines(line[match.end() :]), len(match[1])))
        else:
            out.append(Paragraph(inlines(line)))
    return tuple(out)


def clause(
    key: str, title: str, *lines: str | Table, part: Part = Part.CLAUSE
) -> Clause:
    origin = ClauseOrigin(
        "corporate", "corporate/standard", "preferred", Origin("x.md")
    )
    return Clause(key, title, part, blocks(lines), origin)


def document(
    *clauses: Clause,
    title: str = "Managed Hosting Service Level Agreement",
    language: Language = "en",
    signatures: tuple[SignatureBlock, ...] = (),
    organisation: str = "Northwind Hosting Ltd",
    **agreement: object,
) -> NumberedDocument:
    fields: dict[str, object] = {
        "id": "SLA-2026-0001",
        "template": "service/managed-hosting",
        "parties": {
            "provider": Party(legal_name="Northwind Hosting Ltd"),
            "customer": Party(legal_name="Contoso Retail LLC"),
        },
        "effective": Effective.model_construct(on=date(2026, 12, 1)),
        "language": language,
    }
    data = Agreement.model_construct(**{**fields, **agreement})  # type: ignore[arg-type]
    return number(
        AgreementDocument(data, title, language, clauses, signatures, organisation)
    )


def signature(
    at: int, party: str, legal_name: str, name: str = "", title: str = "", **more: bool
) -> SignatureBlock:
    return SignatureBlock(at, party, legal_name, name, title, **more)


def table(
    name: str, headings: str, *rows: str, widths: str = "", facts: bool = False
) -> Table:
    """Return a table; cells are separated by "|", lines by "/"; ">" aligns to the end."""
    heads = headings.split("|")
    shares = [int(one) for one in widths.split()] or [100 // len(heads)] * len(heads)
    columns = tuple(
        Column(head.strip("> "), share, "end" if head.startswith(">") else "start")
        for head, share in zip(heads, shares, strict=True)
    )
    made = []
    for row in rows:
        cells = tuple(
            tuple(inlines(line.strip()) for line in cell.split(" / "))
            for cell in row.split("|")
        )
        made.append(Row(cells, is_group=len(cells) == 1 < len(columns)))
    return Table(name, columns, tuple(made), has_heading=not facts)


_FILLER = (
    "# {ref services} states what the Provider does. A party that needs something else asks "
    "for it under {ref change-control}, and the other answers within {value 10} Business Days.",
    "# If a party does not keep to this clause:",
    "## the other party tells it so in writing;",
    "## both meet within {value 5 days} to agree on a remedy; and",
    "## if they do not agree, either of them may proceed under {ref disputes/meeting}.",
    "# Nothing in this clause limits {ref liability} or a right that the law does not allow "
    "the parties to give up.",
    "> This applies to the Provider's Personnel and its Subcontractors alike.",
)
_TITLES = (
    "Support", "Maintenance", "Change control", "Acceptable use", "Customer responsibilities",
    "Charges", "Taxes", "Late payment", "Information security", "Data protection",
    "Confidentiality", "Intellectual property", "Subcontracting", "Business continuity",
    "Governance and review", "Warranties", "Publicity", "Compliance",
)  # fmt: skip


def _filler() -> list[Clause]:
    return [
        clause(title.lower().replace(" ", "-"), title, *_FILLER) for title in _TITLES
    ]


def _opening() -> list[Clause]:
    facts = table(
        "key-terms",
        "Term|Agreed",
        "Provider|{value Northwind Hosting Ltd}",
        "Customer|{value Contoso Retail LLC}",
        "Effective date|{value 1 December 2026}",
        "Initial term|{value 36 months}, then {value 12 months} at a time",
        "Notice|{value 90 days}",
        "Services|{value Web hosting} / {value Managed database}",
        "Availability|{value 99.9%} in each calendar month",
        "Cap on credits|{value 25%} of the Monthly Fee",
        "Governing law|{value United Arab Emirates}",
        widths="30 70",
        facts=True,
    )
    return [
        clause(
            "parties", "Parties",
            "This Agreement is made on the day on which the last party signs it. The parties are:",
            "# {bold Northwind Hosting Ltd} (limited company), of {value 1 Harbour Road, "
            "Dublin}, registered under number {value 0912345} (the {term Provider}); and",
            "# {bold Contoso Retail LLC}, of {value Sheikh Zayed Road, Dubai} "
            "(the {term Customer}).",
            part=Part.PARTIES,
        ),
        clause(
            "background", "Background",
            "# The Provider supplies services of the kind described in {ref services}.",
            "#reliance The Customer relies on those services for its own business.",
            "# The parties have agreed on what the Provider must achieve.",
            part=Part.BACKGROUND,
        ),
        clause(
            "key-terms", "Key Terms",
            "The table states the {term Key Terms}. They are operative and prevail over the "
            "schedules.",
            facts,
            part=Part.KEY_TERMS,
        ),
        clause(
            "definitions", "Definitions",
            "In this Agreement:",
            "{term Charges} means the sums that the Customer pays under {ref charges}.",
            "{term Service Credit} means the reduction stated in {ref schedule-credits}.",
            "{term Monthly Fee} means the fee in {ref schedule-charges/fees}.",
        ),
        clause(
            "services", "Services",
            "The Provider supplies the Services from the effective date.",
            "# The Services meet the targets in {ref schedule-levels}. {ref schedule-levels} "
            "prevails over a description elsewhere.",
            "#hours Service hours are stated in {ref schedule-levels/times}; see also "
            "{ref background/reliance} and {ref key-terms}.",
            "# The Provider:",
            "## uses Good Industry Practice;",
            "##staff assigns staff who:",
            "### are trained for the work; and",
            "###cleared have been cleared under {ref information-security}; and",
            "## keeps to {ref services/cleared} at all times.",
        ),
    ]  # fmt: skip


def _closing() -> list[Clause]:
    levels = table(
        "service-levels",
        "Target|Measured|>Level|>Warn at",
        "Web hosting",
        "Availability|calendar month, round the clock|{value 99.9%}|{value 99.95%}",
        "Response, priority 1 / (by telephone)|service hours|{value 30 minutes}|{blank /warn}",
        "Managed database",
        "Availability|calendar month|{value 99.95%}|{value 99.97%}",
        widths="34 30 18 18",
    )
    bands = table(
        "service-credits",
        "Availability in the month|>Credit",
        "below {value 99.9%}|{value 10%}",
        "below {value 99.0%}|{value 25%}",
        widths="70 30",
    )
    money = table(
        "charges",
        "Service|Basis|>Amount",
        "Web hosting|each month|{value EUR 4,500.00}",
        "Managed database|each month|{value EUR 1,250.00}",
        "Onboarding|once|{value EUR 12,000.00}",
        widths="45 25 30",
    )
    schedule = Part.SCHEDULE
    return [
        clause(
            "disputes", "Disputes",
            "# {ref disputes/meeting} comes first.",
            "#meeting The parties' representatives meet within {value 10 days}. {ref liability} "
            "applies meanwhile.",
        ),
        clause(
            "liability", "Limitation of liability",
            "# Neither party excludes liability for death, fraud or what the law protects.",
            "#cap Subject to {ref liability}, liability in a year does not exceed "
            "{value 100%} of the Charges paid in it.",
            "# Credits under {ref schedule-credits/cap} count towards {ref liability/cap}.",
        ),
        clause("term", "Term and termination",
               "# This Agreement lasts {value 36 months} from the effective date.",
               "# It renews unless a party gives {value 90 days}' notice."),
        clause("schedule-levels", "Service levels",
               "The table states the targets of each Service.", levels,
               "#times Times run in the service hours.",
               "# A cap applies to each period:",
               "## for maintenance, {value 4 hours};",
               "##holidays for holidays, as follows:",
               "### public holidays at the site; and",
               "###eid the days announced for Eid.",
               "# See {ref schedule-levels/eid} and {ref schedule-levels/holidays}.",
               part=schedule),
        clause("schedule-credits", "Service credits", bands, bands,
               "#cap Credits do not exceed {value 25%} of the Monthly Fee.",
               "# {ref schedule-levels/times} applies to credits as well.", part=schedule),
        clause("schedule-charges", "Charges", money,
               "#fees The Monthly Fee is the sum of the monthly amounts.", part=schedule),
        clause("schedule-contacts", "Contacts",
               table("contacts", "Role|Name|Telephone|E-mail",
                     "Service manager|{value J. O'Neill}|{value +353 1 555 0100}|"
                     "{value service@northwind.example}",
                     "Escalation|{value L. Haddad}|{value +971 4 555 0100}|"
                     "{value it@contoso.example}", widths="24 24 22 30"), part=schedule),
    ]  # fmt: skip


SIGNATURES = (
    signature(1, "provider", "Northwind Hosting Ltd", "Aoife Byrne", "Managing Director"),
    signature(2, "customer", "Contoso Retail LLC", "Omar Haddad", "Chief Executive",
              has_witness=True),
)  # fmt: skip


def managed_hosting() -> NumberedDocument:
    """Return a complete agreement of some twelve pages, with one blank in it."""
    return document(
        *_opening(),
        *_filler(),
        *_closing(),
        signatures=SIGNATURES,
        master=FrameworkAgreement.model_construct(
            reference="MSA-2024-17", date=date(2024, 5, 2)
        ),
    )


def without_blanks(numbered: NumberedDocument) -> NumberedDocument:
    """Return the document with its blanks filled in."""
    whole = numbered.document
    clauses = tuple(_filled(one) for one in whole.clauses)
    return number(
        AgreementDocument(
            whole.agreement, whole.title, whole.language, clauses,
            whole.signatures, whole.organisation,
        )
    )  # fmt: skip


def _filled(one: Clause) -> Clause:
    def fill(line: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(
            Value(i.path, "15 minutes") if isinstance(i, Blank) else i for i in line
        )

    def block(block: Block) -> Block:
        if isinstance(block, Table):
            rows = tuple(
                Row(
                    tuple(tuple(map(fill, cell)) for cell in row.cells),
                    row.is_group,
                    row.key,
                )
                for row in block.rows
            )
            return Table(block.name, block.columns, rows, block.has_heading)
        if isinstance(block, Item):
            return Item(fill(block.inlines), block.level, block.anchor)
        return Paragraph(fill(block.inlines), block.level)

    return Clause(
        one.key, one.title, one.part, tuple(map(block, one.blocks)), one.origin
    )


def nasty(value: str) -> NumberedDocument:
    """Return a short agreement that holds one value wherever a value can stand."""
    given = Value("/x", value)
    origin = ClauseOrigin("agreement", "", "", Origin("x.md"))
    cell = (((given,), (Words("and "), given)),)
    grid = Table("t", (Column("Head", 100),), (Row(cell),))
    one = Clause(
        "only", f"Title {value}", Part.CLAUSE,
        (Paragraph((given,)), Item((Words("Before "), given, Words(" after."))), grid), origin,
    )  # fmt: skip
    parties = {"customer": Party(legal_name=value)}
    return document(
        one,
        parties=parties,
        signatures=(signature(1, "customer", value, value, value),),
    )


def arabic() -> NumberedDocument:
    """Return a short Arabic agreement with Latin names and figures in it."""
    return document(
        clause("parties", "الأطراف", "أبرمت هذه الاتفاقية بين:",
               "# {bold شركة الأفق للاستضافة} ({term مقدم الخدمة})؛ و",
               "# {value Contoso Retail LLC} ({term العميل}).", part=Part.PARTIES),
        clause("background", "التمهيد", "#need يعتمد العميل على الخدمات.",
               part=Part.BACKGROUND),
        clause("services", "الخدمات", "نطاق الخدمات مبين في {ref schedule-levels}.",
               "#hours يلتزم مقدم الخدمة بمعيار ISO 27001 وبنسبة {value 99.9%} شهريًا.",
               "# على مقدم الخدمة:", "## الرد خلال {value 30 دقيقة}؛",
               "##web الإبلاغ عبر {value support@northwind.example} أو (Portal)."),
        clause("term", "المدة", "# تسري هذه الاتفاقية من {value 1 ديسمبر 2026} وفق "
               "{ref services/web} و{ref schedule-levels/times}."),
        clause("schedule-levels", "مستويات الخدمة",
               table("t", "الهدف|>المستوى", "التوفر|{value 99.9%}", "Web hosting|{value 12,500}"),
               "#times تحتسب الأوقات بساعات الخدمة.", part=Part.SCHEDULE),
        title="اتفاقية مستوى خدمة الاستضافة", language="ar", organisation="شركة الأفق",
        parties={"provider": Party(legal_name="شركة الأفق للاستضافة"),
                 "customer": Party(legal_name="Contoso Retail LLC")},
        signatures=(signature(1, "provider", "شركة الأفق للاستضافة", "ليلى حداد", "المدير"),
                    signature(2, "customer", "Contoso Retail LLC", "Omar Haddad", "CEO")),
    )  # fmt: skip


def large(clauses: int = 400, rows: int = 500) -> NumberedDocument:
    """Return an agreement with many clauses and two tables of many rows."""
    many = [
        clause(f"clause-{at}", f"Matter number {at}",
               f"# In matter {at} the parties act as {{ref clause-{max(at - 1, 0)}}} states, and "
               "the Provider reports to the Customer on what it has done.",
               f"# The Customer answers within {{value {at % 30 + 1} days}} of that report.",
               "## An answer that comes later counts as consent, unless a Key Term differs.",
               "## A report is made in writing and names the Service that it concerns.")
        for at in range(clauses)
    ]  # fmt: skip
    lines = [
        f"Target {at}|calendar month|{{value 99.{at % 10}%}}|{{value EUR {at},000.00}}"
        for at in range(rows)
    ]
    tables = [
        clause(f"schedule-{at}", f"Figures {at}",
               table("figures", "Target|Measured|>Level|>Fee", *lines, widths="40 20 20 20"),
               part=Part.SCHEDULE)
        for at in range(2)
    ]  # fmt: skip
    return document(*many, *tables, signatures=SIGNATURES)
