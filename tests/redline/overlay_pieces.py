"""Small files with marks of theirs in; a paragraph with all marks, in short, out."""

from typing import Final

from overlay_judging import THEM, US
from small_docx import Small

from slacontracts.redline.elements import Element
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w

MARK: Final = f'w:author="{THEM}" w:date="2026-03-01T09:00:00Z"'


def of(content: Small | str, name: str = "file.docx") -> WordFile:
    small = Small(content) if isinstance(content, str) else content
    return admit(small.data(), name)


def came(content: str, number: int = 90) -> str:
    return f'<w:ins w:id="{number}" {MARK}>{content}</w:ins>'


def went(text: str, number: int = 91) -> str:
    return (
        f'<w:del w:id="{number}" {MARK}><w:r><w:delText xml:space="preserve">{text}'
        "</w:delText></w:r></w:del>"
    )


def field(code: str, *shown: str) -> str:
    """Return a field with its result; shown: the runs of each of its paragraphs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return (
        f"{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark('separate')}"
        + "</w:p><w:p>".join(shown)
        + mark("end")
    )


def body(file: WordFile) -> Element:
    return file.tree(file.main).find(w("body"))


def in_short(element: Element) -> str:
    """Return words with their marks: whose each is, what it is, and its words."""
    out = []
    for one in element:
        name = str(one.tag).rpartition("}")[2]
        if name in ("ins", "del", "moveFrom", "moveTo"):
            who = "us" if one.get(w("author")) == US else "them"
            out.append(f"[{who} {name} {in_short(one)}]")
        elif name == "r":
            out.append("".join(t.text or "" for t in one.iter(w("t"), w("delText"))))
    return "".join(out)


def first(file: WordFile) -> str:
    return in_short(body(file)[0])
