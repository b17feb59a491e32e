"""Documents that renderers are tested with: small ones made by hand, and the samples."""

from functools import cache
from pathlib import Path

from slacontracts.compose.assemble import compose_agreement
from slacontracts.compose.numbering import number
from slacontracts.model.agreement import Agreement
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
from slacontracts.model.library import Library
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.source.library import read_library
from slacontracts.source.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
SAMPLES = tuple(
    sorted(path.parent.name for path in ROOT.glob("agreements/*/*/agreement.yaml"))
)


def words(text: str) -> tuple[Inline, ...]:
    """Return fixed wording as one inline."""
    return (Words(text),)


def clause(key: str, title: str, *blocks: Block, part: Part = Part.CLAUSE) -> Clause:
    """Return a clause of the standard template."""
    place = Origin(f"clauses/{key}/preferred.en.md")
    origin = ClauseOrigin("corporate", "corporate/standard", "preferred", place)
    return Clause(key, title, part, blocks, origin)


def table(
    columns: tuple[Column, ...], *rows: tuple[str, ...], has_heading: bool = True
) -> Table:
    """Return a table whose cells are fixed wording; a row of one cell is a group."""
    made = (
        Row(
            tuple((words(text),) for text in cells),
            is_group=len(cells) == 1 < len(columns),
        )
        for cells in rows
    )
    return Table("made-by-hand", columns, tuple(made), has_heading)


def numbered(
    *clauses: Clause,
    title: str = "Managed Hosting Agreement",
    language: Language = "en",
    signatures: tuple[SignatureBlock, ...] = (),
    **data: object,
) -> NumberedDocument:
    """Return a document of these clauses, with its labels."""
    agreement = Agreement.model_validate(
        {
            "id": "SLA-2026-0001",
            "template": "service/managed-hosting",
            "language": language,
            **data,
        }
    )
    return number(
        AgreementDocument(
            agreement, title, language, tuple(clauses), signatures, "Northwind"
        )
    )


PARTIES = {
    "provider": {"legal_name": "Northwind Hosting Ltd"},
    "customer": {"legal_name": "Contoso Retail LLC"},
}

TARGETS = table(
    (Column("Service Level", 40), Column("Target", 20, "end"), Column("Hours", 40)),
    ("Web hosting",),
    ("Availability of the web shop", "99.9%", "At all times"),
    ("Response to incidents of priority 1", "30 minutes", "Sunday to Thursday"),
    ("Database hosting",),
    ("Availability of the database", "99.95%", "At all times"),
)

KEY_TERMS = Table(
    "key-terms",
    (Column("", 30), Column("", 70)),
    (
        Row(((words("Initial term"),), ((Value("/term/initial", "36 months"),),))),
        Row(
            (
                (words("Customer"),),
                (
                    (Value("/parties/customer/legal_name", "Contoso Retail LLC"),),
                    (
                        Words("registration no. "),
                        Blank("/parties/customer/register_no"),
                    ),
                ),
            )
        ),
    ),
    has_heading=False,
)


def hosting_agreement() -> NumberedDocument:
    """Return an agreement with every part, every kind of block and of inline."""
    return numbered(
        clause(
            "parties",
            "Parties",
            Item((Value("/parties/provider/legal_name", "Northwind Hosting Ltd"),)),
            Item((Value("/parties/customer/legal_name", "Contoso Retail LLC"),)),
            part=Part.PARTIES,
        ),
        clause(
            "background",
            "Background",
            Item(words("The Customer sells on the web."), anchor="shop"),
            part=Part.BACKGROUND,
        ),
        clause("key-terms", "Key Terms", KEY_TERMS, part=Part.KEY_TERMS),
        clause(
            "services",
            "Services",
            Paragraph(
                (
                    Words("The Provider delivers the services of "),
                    Reference("service-levels"),
                    Words(" (the "),
                    Term("Services"),
                    Words(") from "),
                    Value("/effective/on", "1 December 2026", "date"),
                    Words("."),
                )
            ),
            Item(words("Skill and care are those of a good provider."), anchor="care"),
            Item((Words("Emphasis "), Words("counts", bold=True)), level=2),
            Item((Words("also "), Words("here", italic=True)), level=3, anchor="deep"),
            Paragraph(words("A paragraph inside the item goes on."), level=2),
            Item(words("A second item stands beside the first."), level=2),
            Item((Reference("services/deep"), Words(" applies."))),
        ),
        clause(
            "service-credits",
            "Service Credits",
            Item((Words("Nobody owes more than "), Blank("/credits/cap_percent"))),
            Item((Words("See "), Reference("service-levels/table"), Words("."))),
            Item((Words("Also "), Reference("key-terms"), Words("."))),
        ),
        clause(
            "service-levels",
            "Service Levels",
            Item(words("The Provider meets these targets:"), anchor="table"),
            TARGETS,
            Item(words("Targets are measured every month.")),
            part=Part.SCHEDULE,
        ),
        parties=PARTIES,
        signatures=(
            SignatureBlock(
                1, "provider", "Northwind Hosting Ltd", "Ada North", "Director"
            ),
            SignatureBlock(
                2, "customer", "Contoso Retail LLC", "", "", has_witness=True
            ),
        ),
    )


@cache
def library() -> Library:
    """Read the clauses and templates that the product brings along."""
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("clauses", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".yaml", ".md")
    }
    read, findings = read_library(files, "working")
    assert findings == (), [str(finding) for finding in findings]
    return read


@cache
def sample(agreement_id: str) -> NumberedDocument:
    """Compose one of the sample agreements that the product brings along."""
    (path,) = ROOT.glob(f"agreements/*/{agreement_id}/agreement.yaml")
    source, findings = read_yaml(path.read_text("utf-8"), path.name)
    assert source is not None, findings
    settings = WorkspaceSettings(organisation="Northwind Hosting Ltd")
    composed, findings = compose_agreement(source, library(), settings)
    assert composed is not None
    assert findings == (), [str(finding) for finding in findings]
    return composed.numbered
