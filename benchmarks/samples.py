"""The starter library in; agreements of known size out, ready to be measured.

The short one is the sample agreement with one service and fewer clauses. The grown
ones repeat starter wording under new clause keys, every item with words of its own,
so that neither a memory of texts nor the compression profits from the repetition.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.document import Clause, Inline, Reference, Table
from slacontracts.model.library import Library
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.render.docx import render_docx
from slacontracts.render.house_style import HouseStyle, compile_house_style
from slacontracts.source.library import read_library
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.workspace import Workspace, starter_folder
from slacontracts.word.package import Compression

SETTINGS = WorkspaceSettings(organisation="Northwind Hosting Ltd")
SAMPLE_FILE = "agreements/contoso-retail/SLA-2026-0001/agreement.yaml"
HOUSE_STYLE_FILE = "templates/house/standard.docx"

# What the short agreement has: no clause refers to one that is not there.
KEPT = (
    "parties", "background", "definitions", "term", "renewal", "order-of-precedence",
    "services", "service-levels", "governance-and-review", "change-control",
    "charges", "notices", "variation", "entire-agreement", "governing-law",
    "dispute-resolution",
)  # fmt: skip
KEPT_SCHEDULES = ("key-terms", "service-levels", "support-contacts", "charges")
# Wording of usual length, with values, references, lists and conditions.
REPEATED = (
    "acceptable-use", "assignment", "compliance", "customer-responsibilities",
    "entire-agreement", "exclusions", "incident-priorities", "late-payment",
    "maintenance", "order-of-precedence", "service-hours", "support", "taxes",
    "variation", "warranties",
)  # fmt: skip

# How many such clauses there are in the grown agreements.
GROWTH = (50, 100, 200, 400, 800)


@dataclass(frozen=True, slots=True)
class Sample:
    """An agreement to measure: its source, and the library it is composed from."""

    name: str
    yaml: bytes
    library: Library

    def compose(self) -> Composed:
        """Compose it from its source, as every rendering does."""
        source, findings = read_yaml(self.yaml, SAMPLE_FILE)
        assert source is not None, findings
        composed, findings = compose_agreement(source, self.library, SETTINGS)
        assert composed is not None, findings
        return composed

    def whole_road(self, compress: Compression = "zlib") -> bytes:
        """Go from the bytes of its YAML to the bytes of its Word file."""
        return render_sample(self.compose(), compress=compress)


def render_sample(
    composed: Composed, *, check: bool = True, compress: Compression = "zlib"
) -> bytes:
    """Render a composed agreement as a draft in the standard house style."""
    return render_docx(
        composed.numbered,
        house_style(),
        version="1",
        execution=False,
        check=check,
        compress=compress,
    )


@cache
def starter_files() -> Mapping[str, bytes]:
    """Return the files of the starter library, by name."""
    return Workspace(starter_folder()).library_files()


@cache
def house_style() -> HouseStyle:
    """Return the standard house style, compiled."""
    return compile_house_style(starter_files()[HOUSE_STYLE_FILE], HOUSE_STYLE_FILE)


@cache
def starter_library() -> Library:
    """Return the starter library as it stands."""
    return _library({})


def _library(more: Mapping[str, str]) -> Library:
    files = {**starter_files(), **{name: text.encode() for name, text in more.items()}}
    library, findings = read_library(files, "working")
    assert not findings, [str(finding) for finding in findings]
    return library


@cache
def sample_text() -> str:
    """Return the source of the sample agreement."""
    return (starter_folder() / SAMPLE_FILE).read_text("utf-8")


def whole_sample() -> Sample:
    """Return the sample agreement as it is delivered."""
    return Sample("sample", sample_text().encode(), starter_library())


def short_sample() -> Sample:
    """Return the sample agreement with one service and without some clauses."""
    text = _without(sample_text(), "  - key: managed-database", "maintenance:")
    text = _without(text, "clauses:\n", "")
    text = text.replace("service/managed-hosting", "corporate/short") + (
        "clauses:\n  order-of-precedence:\n    text:\n      en: |-\n"
        "        1. Clauses prevail over schedules. [#protected]\n"
    )
    return _checked(Sample("short", text.encode(), _short_library()))


def _short_library() -> Library:
    """Return the starter library with a corporate template of fewer clauses."""
    standard = starter_files()["templates/corporate/standard.yaml"].decode()
    head, rest = standard.split("outline:\n")
    rest = rest[rest.index("defaults:\n") :]
    outline = "".join(f"  - {key}\n" for key in KEPT)
    schedules = f"schedules: [{', '.join(KEPT_SCHEDULES)}]\n"
    short = f"{head}outline:\n{outline}{schedules}{rest}"
    return _library({"templates/corporate/short.yaml": short})


def _without(text: str, start: str, end: str) -> str:
    """Return a text without what stands from one mark to the next."""
    first = text.index(start)
    return text[:first] + (text[text.index(end, first) :] if end else "")


@cache
def grown_library() -> Library:
    """Return the starter library with many more clauses, and a template per size."""
    files: dict[str, str] = {}
    starter = starter_files()
    for at in range(GROWTH[-1]):
        source, key = REPEATED[at % len(REPEATED)], f"area-{at + 1}"
        wording = starter[f"clauses/{source}/preferred.en.md"].decode()
        files[f"clauses/{key}/preferred.en.md"] = _for_area(wording, at + 1)
        files[f"clauses/{key}/clause.yaml"] = (
            f"key: {key}\ntitle: {{en: Terms of area {at + 1}}}\nversion: 1\n"
            "status: approved\nowner: legal\nsummary: Made for a measurement.\n"
        )
    for clauses in GROWTH:
        outline = "".join(f"  - {{add: area-{at + 1}}}\n" for at in range(clauses))
        files[f"templates/service/grown-{clauses}.yaml"] = (
            "level: service\nparent: service/managed-hosting\n"
            f"title: {{en: Grown agreement}}\noutline:\n{outline}"
        )
    return _library(files)


def grown_sample(clauses: int, rows: int = 0) -> Sample:
    """Return the sample agreement with more clauses, and rows in one table.

    clauses: one of GROWTH.
    """
    text = sample_text().replace("service/managed-hosting", f"service/grown-{clauses}")
    line = "      - {task: Install security updates of the operating system"
    tasks = "".join(
        f"      - {{task: Keep system {at + 1} of the shop in good order, responsible: "
        "provider, accountable: provider, consulted: customer, informed: customer}\n"
        for at in range(rows)
    )
    assert line in text
    text = text.replace(line, tasks + line)
    return _checked(Sample(f"{clauses} clauses", text.encode(), grown_library()))


def _for_area(wording: str, area: int) -> str:
    """Return wording in which every item has words of its own."""
    return re.sub(r"(?m)^( *1\. )", rf"\1For area {area} of the shop: ", wording)


def _checked(sample: Sample) -> Sample:
    """Return the sample; its references must all lead somewhere."""
    numbered = sample.compose().numbered
    for clause in numbered.document.clauses:
        for inline in _inlines_of(clause):
            if isinstance(inline, Reference):
                assert inline.target in numbered.references, (clause.key, inline)
    return sample


def _inlines_of(clause: Clause) -> Iterator[Inline]:
    for block in clause.blocks:
        if not isinstance(block, Table):
            yield from block.inlines
            continue
        for row in block.rows:
            for cell in row.cells:
                for line in cell:
                    yield from line
