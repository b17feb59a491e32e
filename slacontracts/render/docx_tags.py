"""A part of a house style in; its programs, and the faults of its tags, out.

docxtpl joins the tags that Word has cut into pieces; our own interpreter reads
them. Every paragraph ends a line, so that a fault's line names its paragraph.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from slacontracts.jinja_text import Program, parse_program
from slacontracts.render.docx_facts import TAGS
from slacontracts.render.docx_filling import PARAGRAPH_END, FilledPart
from slacontracts.text import nearest
from slacontracts.word.names import w

_HAS_TAG = re.compile(r"\{[\{%#]")
_BETWEEN_TAGS = re.compile(r"<[^>]*>")
_TAG_IN_ATTRIBUTE = re.compile(r"<[^<>]*\{\{")
_FIELD_CODE = re.compile(r"<w:instrText[^>]*>.*?</w:instrText>", re.DOTALL)
_EMPTY_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?/>")
_BODY_TAGS: Final = ("/body", "/wording")
_BODY_RULE: Final = (
    "the tag {{p body }}, or {{p wording }} in its place, must stand once, in a "
    "paragraph of its own, outside of loops and conditions"
)
_TAKES_PARAGRAPH = re.compile(r"\{\{p\s[^{}]*\}\}|\{%p\s[^{}%]*%\}")
_ALONE_RULE: Final = (
    "a tag that begins with “p” takes its whole paragraph; move the other words and "
    "tags to a paragraph of their own"
)

_ONE_OF_MANY: Final = (
    ("/parties/*", "party"),
    ("/signatures/*", "signature"),
    ("/signature_pairs/*", "pair"),
)
# Elements whose text is text; white space anywhere else is only layout of the XML.
_TEXT_TAGS = frozenset({w("t"), w("instrText"), w("delText")})


def has_tags(root: Any) -> bool:
    """Tell whether a part holds tags, even where Word has cut them into pieces."""
    return _HAS_TAG.search("".join(root.itertext())) is not None


def programs_of(
    root: Any, *, is_main: bool
) -> tuple[FilledPart | None, list[tuple[str, str]]]:
    """Return the programs of a part, or None with (paragraph, what is wrong) pairs."""
    beside = [(text, _ALONE_RULE) for text in _not_alone(root)]
    if beside:
        return None, beside
    source = _patched(root)
    attribute = _TAG_IN_ATTRIBUTE.search(source)
    if attribute:
        line = source.count("\n", 0, attribute.start()) + 1
        return None, [
            (_line_text(source, line), "a tag stands where only text may stand")
        ]
    program, faults = parse_program(source, functions=frozenset(), filters=frozenset())
    if faults:
        return None, [
            (_line_text(source, fault.line), fault.message) for fault in faults
        ]
    wrong = [
        (_line_text(source, line, name), text)
        for line, name, text in _unknown_tags(program)
    ]
    if wrong:
        return None, wrong
    text_program, _ = parse_program(
        _text_source(source), functions=frozenset(), filters=frozenset()
    )
    before, after = _around_body(program.nodes)
    if is_main and after is None:
        return None, [("", _BODY_RULE)]
    text_before, text_after = _around_body(text_program.nodes)
    return (
        FilledPart(
            Program(_without_line_ends(before)),
            Program(_without_line_ends(after or [])),
            Program(_unescaped(text_before)),
            Program(_unescaped(text_after or [])),
        ),
        [],
    )


def _not_alone(root: Any) -> Iterator[str]:
    """Yield the paragraphs with a tag that takes them away, and with more in them."""
    for paragraph in root.iter(w("p")):
        text = "".join([one.text or "" for one in paragraph.iter(w("t"))]).strip()
        is_inner = next(paragraph.iterdescendants(w("p")), None) is None
        is_whole = _TAKES_PARAGRAPH.fullmatch(text)
        if is_inner and not is_whole and _TAKES_PARAGRAPH.search(text):
            yield text


def _patched(root: Any) -> str:
    """Return a part's XML with whole tags, one paragraph a line."""
    from docxtpl import DocxTemplate
    from lxml import etree

    for element in root.iter():
        if element.tag not in _TEXT_TAGS and element.text and not element.text.strip():
            element.text = None
        if element.tail and not element.tail.strip():
            element.tail = None
    xml = str(etree.tostring(root, encoding="unicode"))
    patched = str(DocxTemplate(None).patch_xml(xml))
    return patched.replace("</w:p>", "</w:p>\n")


def _line_text(source: str, line: int, near: str = "") -> str:
    """Return the text of one line, as a person sees it in Word; near: what is meant."""
    lines = source.split("\n")
    xml = lines[min(line, len(lines)) - 1]
    # A mark that took its paragraph away stands before the next paragraph.
    start = max(xml.rfind("<w:p>"), xml.rfind("<w:p "))
    if start > 0 and near and near in _BETWEEN_TAGS.sub("", xml[start:]):
        xml = xml[start:]
    return unescape(_BETWEEN_TAGS.sub("", xml)).strip()


def _unknown_tags(program: Program) -> Iterator[tuple[int, str, str]]:
    for address, line in dict.fromkeys((*program.reads, *program.tests)):
        if address in TAGS:
            continue
        name = _tag_name(address)
        known = {_tag_name(tag): tag for tag in TAGS}
        guess = nearest(name, known)
        hint = f'; did you mean "{guess}"?' if guess else ""
        yield line, name, f'"{name}" is not a tag of a house style{hint}'


def _tag_name(address: str) -> str:
    """Return a tag as a designer writes it.

    >>> _tag_name("/parties/*/role")
    'party.role'
    """
    for many, one in _ONE_OF_MANY:
        if address.startswith(many + "/"):
            address = one + address.removeprefix(many)
    return address.lstrip("/").replace("/*", "").replace("/", ".")


def _around_body(nodes: list[Any]) -> tuple[list[Any], list[Any] | None]:
    """Return what stands before and after the body; None after where it is not once."""
    at = [index for index, node in enumerate(nodes) if _prints_body(node)]
    if len(at) != 1:
        return nodes, None
    return nodes[: at[0]], nodes[at[0] + 1 :]


def _prints_body(node: Any) -> bool:
    return (
        isinstance(node, list)
        and node[0] == "out"
        and node[1][0] == "value"
        and node[1][1][3] in _BODY_TAGS
    )


def _text_source(source: str) -> str:
    """Return the bare text of a part, with its tags; a mark ends each paragraph."""
    text = _FIELD_CODE.sub("", source)
    text = _EMPTY_PARAGRAPH.sub(PARAGRAPH_END, text)
    text = (
        text.replace("<w:br/>", "\v").replace("<w:cr/>", "\v").replace("<w:tab/>", "\t")
    )
    text = text.replace("<w:noBreakHyphen/>", "\u2011")
    text = text.replace("</w:p>\n", PARAGRAPH_END)
    return _BETWEEN_TAGS.sub("", text)


def _mapped(nodes: list[Any], change: Any) -> list[Any]:
    """Return a program's nodes with every literal text changed."""
    out: list[Any] = []
    for node in nodes:
        if isinstance(node, str):
            out.append(change(node))
        elif node[0] == "if":
            branches = [[test, _mapped(body, change)] for test, body in node[1]]
            out.append(["if", branches, _mapped(node[2], change)])
        elif node[0] == "for":
            out.append([*node[:3], _mapped(node[3], change), *node[4:]])
        else:
            out.append(node)
    return out


def _without_line_ends(nodes: list[Any]) -> list[Any]:
    return _mapped(nodes, lambda text: text.replace("</w:p>\n", "</w:p>"))


def _unescaped(nodes: list[Any]) -> list[Any]:
    return _mapped(nodes, unescape)
