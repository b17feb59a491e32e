"""A rendered file and its docxtpl template in; a faster, poorer docxtpl template out.

Here the wording is data: a loop over paragraphs, with a branch for each kind of
paragraph, so docxtpl has little to search and to compile. The price is what no tag
in Word can make: the fields, links and bookmarks of references and contents, and
words in bold. Text, styles and numbering are the same.
"""

from collections import Counter
from io import BytesIO
from itertools import groupby
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from benchmarks.peer import MAIN, Peer
from benchmarks.same_content import paragraph_text
from slacontracts.word.names import W, w

_WORTH_A_LOOP = 5  # paragraphs


def plain_peer_of(docx: bytes, peer: Peer) -> Peer:
    """Return a peer that prints the paragraphs between two tables by a loop.

    docx: the rendered file. peer: the peer that has the wording in its template;
    cover, tables and signature page are taken over from it.
    """
    with ZipFile(BytesIO(docx)) as archive:
        filled = list(_body(etree.fromstring(archive.read(MAIN))))
    with ZipFile(BytesIO(peer.template)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(contents[MAIN])
    blocks = _put_loops(list(_body(root)), filled)
    contents[MAIN] = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return Peer(out.getvalue(), {**peer.context, "blocks": blocks})


def _body(root: Any) -> Any:
    return root.find(w("body"))


def _put_loops(tagged: list[Any], filled: list[Any]) -> dict[str, list[dict[str, str]]]:
    """Replace runs of paragraphs by loops; return what the loops go through."""
    blocks: dict[str, list[dict[str, str]]] = {}
    pairs = list(zip(tagged, filled, strict=True))
    start = next(at for at, (_, one) in enumerate(pairs) if _begins_contents(one))
    for is_text, group in groupby(pairs[start:], key=lambda pair: _is_text(pair[1])):
        run = list(group)
        if not is_text or len(run) < _WORTH_A_LOOP:
            continue
        name = f"part_{len(blocks) + 1}"
        kinds = Counter(_properties(one) for _, one in run)
        names = {
            properties: f"kind_{at}"
            for at, (properties, _) in enumerate(kinds.most_common(), 1)
        }
        blocks[name] = [
            {"kind": names[_properties(one)], "text": paragraph_text(one)}
            for _, one in run
        ]
        first = run[0][0]
        for paragraph in _loop(name, names):
            first.addprevious(paragraph)
        for paragraph, _ in run:
            paragraph.getparent().remove(paragraph)
    return blocks


def _loop(name: str, kinds: dict[str, str]) -> list[Any]:
    marks = [_paragraph("", f"{{%p for block in blocks.{name} %}}")]
    for at, (properties, kind) in enumerate(kinds.items()):
        word = "elif" if at else "if"
        marks.append(_paragraph("", f'{{%p {word} block.kind == "{kind}" %}}'))
        marks.append(_paragraph(properties, "{{ block.text }}"))
    return [*marks, _paragraph("", "{%p endif %}"), _paragraph("", "{%p endfor %}")]


def _paragraph(properties: str, text: str) -> Any:
    return etree.fromstring(
        f'<w:p xmlns:w="{W}">{properties}<w:r><w:t xml:space="preserve">{text}</w:t>'
        "</w:r></w:p>"
    )


def _begins_contents(element: Any) -> bool:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and str(style.get(w("val"))).startswith("TOC")


def _is_text(element: Any) -> bool:
    return element.tag == w("p") and element.find(f".//{w('sectPr')}") is None


def _properties(paragraph: Any) -> str:
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return ""
    return str(etree.tostring(properties, encoding="unicode", with_tail=False))
