"""A Word file in, its text out, paragraph by paragraph.

It reads text, tabs, line breaks and the cached results of fields; not field codes
and not deleted text. Whether text is shown it does not judge: hidden text counts.
It shares no code with what writes, so that it can bear witness to the words.
"""

import re
from collections.abc import Iterator

from slacontracts.word.archive import read_package
from slacontracts.word.names import MAIN_TYPE, TYPES_PART, W
from slacontracts.word.package import Package, parse_part

LINE_BREAK = "\v"  # a line break inside a paragraph, as text editors have it

_SEEN = re.compile(
    b"<(?:w:t(?:>| [^>]*>)([^<]*)"  # text, or what is a character, or no text at all
    b"|(w:(?:tab|br|cr|noBreakHyphen)/|w:p(?: [^>]*)?/)>)"
)
_EMPTY_PARAGRAPH = "\0"  # XML has no such character, so no text can hold it
_SEEN_AS = {
    b"": "",
    b"w:tab/": "\t",
    b"w:br/": LINE_BREAK,
    b"w:cr/": LINE_BREAK,
    b"w:noBreakHyphen/": "\u2011",
}
_MOST_REMEMBERED = 16384
_LONGEST_REMEMBERED = 4096
_STORY = re.compile(r"word/(?:document|header|footer|footnotes|endnotes)[0-9]*\.xml")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}


def paragraph_texts(xml: bytes) -> list[str]:
    """Return the text of each paragraph of a part, in UTF-8 with the prefix `w:`.

    Line breaks inside a paragraph come out as U+000B.
    """
    pieces = xml.split(b"</w:p>")
    pieces.pop()  # what follows the last paragraph
    texts = [_TEXTS[piece] for piece in pieces]
    if _EMPTY_PARAGRAPH in "".join(texts):
        return _EMPTY_PARAGRAPH.join(texts).split(_EMPTY_PARAGRAPH)
    return texts


class _Texts(dict[bytes, str]):
    """The text of a paragraph by its XML, remembered: most wording is used again."""

    def __missing__(self, xml: bytes) -> str:
        seen = [
            text.decode("utf-8") or _SEEN_AS.get(mark, _EMPTY_PARAGRAPH)
            for text, mark in _SEEN.findall(xml)
        ]
        whole = "".join(seen)
        if "&" in whole:
            whole = _ENTITY.sub(_character, whole)
        if len(xml) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[xml] = whole
        return whole


_TEXTS = _Texts()


def _character(match: "re.Match[str]") -> str:
    entity = match[0]
    if entity in _NAMED:
        return _NAMED[entity]
    digits = entity[2:-1]
    return chr(int(digits[1:], 16) if digits[0] == "x" else int(digits))


def main_part(package: Package) -> str:
    """Return the name of the part that holds the body."""
    for override in parse_part(package, TYPES_PART):
        if override.get("ContentType") == MAIN_TYPE and override.get("PartName"):
            return str(override.get("PartName")).lstrip("/")
    return "word/document.xml"


def text_of_docx(data: bytes, file: str = "the Word file") -> tuple[str, ...]:
    """Return the text of each paragraph of a Word file's body, tables in order."""
    package = read_package(data, file)
    return tuple(paragraph_texts(_with_usual_prefix(package, main_part(package))))


def texts_by_part(
    data: bytes, file: str = "the Word file"
) -> Iterator[tuple[str, str]]:
    """Yield (part name, text of a paragraph) for body, headers, footers and notes."""
    package = read_package(data, file)
    for name in package.names:
        if _STORY.fullmatch(name):
            for text in paragraph_texts(_with_usual_prefix(package, name)):
                yield name, text


def _with_usual_prefix(package: Package, name: str) -> bytes:
    """Return a part in UTF-8 in which WordprocessingML has the prefix `w:`.

    Other programs may choose other prefixes, encodings and spacing; the tree is
    written again, its elements moved under a root that knows the usual prefix.
    """
    from lxml import etree

    root = parse_part(package, name)
    if root.nsmap.get("w") != W:
        moved = etree.Element(root.tag, nsmap={"w": W})
        moved.extend(list(root))
        root = moved
        etree.cleanup_namespaces(root, top_nsmap={"w": W})
    return bytes(etree.tostring(root, encoding="utf-8"))
