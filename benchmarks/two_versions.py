"""A number of pages and of edits in; two versions of an agreement, as files, out."""

import re
from functools import cache
from io import BytesIO
from random import Random
from typing import Final, TypeAlias

from docx import Document

from slacontracts.word.build import escape
from slacontracts.word.gate import admit
from slacontracts.word.package import write_package

# A paragraph, or a table of rows of cells.
Block: TypeAlias = str | list[list[str]]

BLOCKS_A_PAGE: Final = 7.2  # as LibreOffice lays them out
_TABLE_EVERY: Final = 16
_SUBJECTS: Final = (
    *("The Supplier", "The Customer", "Each party", "The service desk"),
    *("The account manager", "A subcontractor", "The auditor", "The incident manager"),
)
_DUTIES: Final = (
    *("restores the service", "reports the incident", "pays the service credit"),
    *("keeps the records", "answers the request", "reviews the target"),
    *("names a contact", "measures the availability", "gives written notice"),
)
_TERMS: Final = (
    *("within {} hours of the first report", "no later than {} days after the month"),
    *("for a period of {} months", "at a rate of {}.5% of the monthly fee"),
    *("up to an amount of EUR {},500.00", "in the manner that clause {} describes"),
)
_REASONS: Final = (
    *("unless the other party has agreed otherwise in writing", "without any delay"),
    *("so that no user of the service is affected", "as the schedule sets out"),
    *("and keeps the evidence of it", "whatever the cause of the incident may be"),
)
_MARK: Final = re.compile(
    rb"<w:(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|[a-zA-Z]+Change)[ />]"
)


def versions(pages: int, edits: int, seed: int = 0) -> tuple[bytes, bytes]:
    """Return an agreement of a length, and the same with so many edits."""
    chance = Random(f"{pages} {edits} {seed}")
    old = _blocks(pages, chance)
    new: list[Block] = [
        list(map(list, one)) if isinstance(one, list) else one for one in old
    ]
    places = sorted(chance.sample(range(2, len(new) - 2), edits), reverse=True)
    for number, at in enumerate(places):
        _edit(new, at, number, chance)
    return _file(old, "1"), _file(new, "2")


def count_marks(data: bytes) -> int:
    """Return how many marks a redline has, whoever made it."""
    package = admit(data, "redline.docx").package
    parts = [
        one for one in package.names if one.startswith("word/") and one.endswith(".xml")
    ]
    return sum(len(_MARK.findall(package.read(one))) for one in parts)


def _sentence(chance: Random) -> str:
    term = chance.choice(_TERMS).format(chance.randint(2, 98))
    return (
        f"{chance.choice(_SUBJECTS)} {chance.choice(_DUTIES)} {term}, "
        f"{chance.choice(_REASONS)}."
    )


def _blocks(pages: int, chance: Random) -> list[Block]:
    blocks: list[Block] = []
    for number in range(round(pages * BLOCKS_A_PAGE)):
        if number % _TABLE_EVERY == 9:
            blocks.append(
                [["Priority", "Response", "Resolution"]]
                + [
                    [f"Level {level}", f"{level * 15} minutes", f"{level * 4} hours"]
                    for level in range(1, 5)
                ]
            )
        elif number % 6 == 0:
            blocks.append(f"# {number // 6 + 1}. {chance.choice(_DUTIES).title()}")
        else:
            blocks.append(" ".join(_sentence(chance) for _ in range(4)))
    return blocks


def _edit(blocks: list[Block], at: int, number: int, chance: Random) -> None:
    """Edit a block in one of the ways that agreements are edited in."""
    block = blocks[at]
    if isinstance(block, list):
        if number % 2:
            block[2][1] = f"{chance.randint(61, 99)} minutes"
        else:
            block.insert(3, ["Level 2a", "40 minutes", "10 hours"])
        return
    kind = number % 8
    if kind == 0 and not block.startswith("#"):
        blocks.insert(at, _sentence(chance))
    elif kind == 1 and not block.startswith("#"):
        del blocks[at]
    elif kind == 2:
        blocks[at] = f"{block} {_sentence(chance)}"
    elif kind == 3 and ". " in block:
        first, _, rest = block.partition(". ")
        blocks[at : at + 1] = [f"{first}.", rest]
    else:
        words = block.split(" ")
        place = chance.randrange(1, len(words))
        words[place] = "promptly" if kind % 2 else f"{chance.randint(100, 999)}"
        blocks[at] = " ".join(words)


def _file(blocks: list[Block], version: str) -> bytes:
    package = admit(_empty(version), "empty.docx").package
    body = "".join(map(_xml, blocks))
    document = package.read("word/document.xml").decode()
    start, _, rest = document.partition("<w:body>")
    section = rest[rest.index("<w:sectPr") :]
    changed = {"word/document.xml": f"{start}<w:body>{body}{section}".encode()}
    return write_package(package.with_parts(changed).members)


@cache
def _empty(version: str) -> bytes:
    document = Document()
    header = document.sections[0].header.paragraphs[0]
    header.text = f"Service level agreement, version {version}"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _xml(block: Block) -> str:
    if isinstance(block, list):
        rows = "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row)
            + "</w:tr>"
            for row in block
        )
        grid = "<w:gridCol/>" * len(block[0])
        style = '<w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
        return f"<w:tbl>{style}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    if block.startswith("# "):
        return _paragraph(block[2:], '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>')
    return _paragraph(block)


def _paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph whose second sentence is in italics."""
    first, dot, rest = text.partition(". ")
    second, dot_again, last = rest.partition(". ")
    runs = (
        _run(first + dot),
        _run(second + dot_again, "<w:rPr><w:i/></w:rPr>"),
        _run(last),
    )
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
