"""Two small files in; what was carried from the one into the other, out."""

from typing import Any, Final

from small_docx import Small

from slacontracts.redline.carry import Carrier
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.package import write_package

MAIN: Final = "word/document.xml"


def file(small: Small, name: str = "a.docx") -> WordFile:
    return admit(small.data(), name)


def carried(old: Small, new: Small) -> tuple[Any, WordFile]:
    """Carry OLD's first block behind NEW's blocks; return it, and the result."""
    return brought(file(old), file(new))


def brought(old: WordFile, new: WordFile) -> tuple[Any, WordFile]:
    """Carry OLD's first block into NEW; return it, and the result."""
    carrier = Carrier(old, new)
    block = carrier.carry(old.tree(MAIN)[0][0], MAIN, MAIN)
    carrier.tree(MAIN)[0].insert(-1, block)
    package = new.package.with_parts(carrier.parts())
    return block, admit(write_package(package.members), "result.docx")


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


PLAIN = Small(paragraph("<w:r><w:t>Plain</w:t></w:r>"))


def related(result: WordFile, identity: str) -> Any:
    found = [one for one in result.relationships if one.identity == identity]
    (one,) = [one for one in found if one.part.endswith("document.xml.rels")]
    return one
