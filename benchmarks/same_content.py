"""Two Word files in; what differs in what they say and how it is set, out.

Texts are read by python-docx's and lxml's means, not by those of the product. The
XML of the body is compared after it was brought into one form: neighbouring runs of
equal formatting are one run, empty runs are none. Left aside is "keep with next" in
tables, which we set on all rows but the last of a short table, a loop on all of them.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

from slacontracts.word.names import w

_STORY = re.compile(r"word/(?:document|header|footer)[0-9]*\.xml")
_SHOWN = {w("tab"): "\t", w("br"): "\n"}


def difference_in_text(ours: bytes, theirs: bytes) -> str:
    """Return the first difference in the text or formatting of paragraphs, or ""."""
    one, other = list(_paragraphs(ours)), list(_paragraphs(theirs))
    for at, (wanted, found) in enumerate(zip(one, other, strict=False), 1):
        if wanted != found:
            return f"paragraph {at}: {wanted!r} here, {found!r} there"
    return "" if len(one) == len(other) else f"{len(one)} paragraphs, not {len(other)}"


def difference(ours: bytes, theirs: bytes) -> str:
    """Return the first difference in text, formatting or XML of the body, or ""."""
    in_text = difference_in_text(ours, theirs)
    if in_text:
        return in_text
    for (name, here), (_, there) in zip(_stories(ours), _stories(theirs), strict=True):
        if name == "word/document.xml":
            wanted_xml, found_xml = canonical(here), canonical(there)
            if wanted_xml != found_xml:
                return f"{name}: {_first_difference(wanted_xml, found_xml)}"
    return ""


def _paragraphs(docx: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Yield (part, text, formatting) of each paragraph in body, headers and footers."""
    for name, root in _stories(docx):
        allow_breaks(root)
        for paragraph in root.iter(w("p")):
            properties = paragraph.find(w("pPr"))
            style = b"" if properties is None else _c14n(properties)
            yield name, paragraph_text(paragraph), style


def canonical(root: Any) -> bytes:
    """Return the XML of a part in the form in which it is compared."""
    allow_breaks(root)
    for paragraph in root.iter(w("p")):
        for parent in [paragraph, *paragraph.iter(w("hyperlink"))]:
            _join_runs(parent)
    return _c14n(root)


def allow_breaks(element: Any) -> None:
    """Take "keep with next" from all paragraphs of tables."""
    for table in element.iter(w("tbl")):
        for keep in list(table.iter(w("keepNext"))):
            keep.getparent().remove(keep)


def _c14n(element: Any) -> bytes:
    return bytes(etree.tostring(element, method="c14n", with_tail=False))


def _join_runs(parent: Any) -> None:
    before: Any = None
    for child in list(parent):
        if child.tag != w("r") or _other_content(child):
            before = None
            continue
        if not "".join(child.itertext()) and not child.findall(w("tab")):
            parent.remove(child)
        elif before is not None and _formatting(before) == _formatting(child):
            for text in child:
                if text.tag != w("rPr"):
                    before.append(text)
            parent.remove(child)
        else:
            before = child
    for run in parent.iter(w("r")):
        _join_texts(run)


def _join_texts(run: Any) -> None:
    before: Any = None
    for child in list(run):
        if child.tag != w("t"):
            before = None
        elif before is None:
            before = child
            child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        else:
            before.text = (before.text or "") + (child.text or "")
            run.remove(child)


def _other_content(run: Any) -> bool:
    plain = {w("t"), w("rPr"), w("tab"), w("br")}
    return any(child.tag not in plain for child in run)


def _formatting(run: Any) -> bytes:
    properties = run.find(w("rPr"))
    return b"" if properties is None else _c14n(properties)


def paragraph_text(paragraph: Any) -> str:
    """Return the text of a paragraph, tabs and line breaks in it."""
    return "".join(
        _SHOWN.get(element.tag) or element.text or ""
        for element in paragraph.iter(w("t"), *_SHOWN)
        if element.getparent().tag != w("tabs")
    )


def _stories(docx: bytes) -> Iterator[tuple[str, Any]]:
    with ZipFile(BytesIO(docx)) as archive:
        for name in sorted(archive.namelist()):
            if _STORY.fullmatch(name):
                yield name, etree.fromstring(archive.read(name))


def _first_difference(one: bytes, other: bytes) -> str:
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    begin = max(0, at - 120)
    return f"{one[begin : at + 120]!r} here, {other[begin : at + 120]!r} there"
