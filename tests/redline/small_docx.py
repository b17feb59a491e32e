"""Pieces of WordprocessingML in; a small Word file, as bytes, out."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }.items()
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STORED_KINDS: Final = {
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "numbering": "numbering",
    "styles": "styles",
    "settings": "settings",
}
PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" '
    'w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/>'
)


def dot(red: int, green: int, blue: int) -> bytes:
    """Return the smallest picture there is, in one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    size = (1).to_bytes(4, "big") * 2
    pixel = zlib.compress(bytes((0, red, green, blue)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + bytes((8, 2, 0, 0, 0)))
        + chunk(b"IDAT", pixel)
        + chunk(b"IEND", b"")
    )


RED_DOT: Final = dot(200, 0, 0)
BLUE_DOT: Final = dot(0, 0, 200)


def style(identity: str, kind: str = "paragraph", properties: str = "") -> str:
    default = ' w:default="1"' if identity in ("Normal", "TableNormal") else ""
    based = "" if default or kind != "paragraph" else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{identity}">'
        f'<w:name w:val="{identity}"/>{based}{properties}</w:style>'
    )


STYLES: Final = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    + style("Normal")
    + style("Heading1", properties="<w:rPr><w:b/></w:rPr>")
    + style("Quote", properties="<w:rPr><w:i/></w:rPr>")
    + style("Strong", "character", "<w:rPr><w:b/></w:rPr>")
    + style("Emphasis", "character", "<w:rPr><w:i/></w:rPr>")
    + style("TableNormal", "table")
    + style("Grid", "table", '<w:basedOn w:val="TableNormal"/>')
)


def levels(form: str, text: str = "%1.") -> str:
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text.replace("1", str(level + 1))}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{720 + 360 * level}" '
        'w:hanging="360"/></w:pPr></w:lvl>'
        for level in range(3)
    )


def lists(numbers: Mapping[int, str]) -> str:
    """Return a numbering part; numbers: the form of each list ("decimal")."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels(form)}</w:abstractNum>'
        for number, form in numbers.items()
    )
    return abstract + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        for number in numbers
    )


NUMBERING: Final = lists({1: "decimal", 2: "lowerLetter"})


@dataclass(frozen=True, slots=True)
class Small:
    """A small Word file.

    related: what the main part names, by id: kind and content (XML inside the root,
    an address, or a picture's bytes). section: before the page size. has_section:
    whether the body ends with a section, which some programs leave out.
    """

    body: str
    related: Mapping[str, tuple[str, str | bytes]] = field(default_factory=dict)
    section: str = ""
    page: str = PAGE
    has_section: bool = True
    styles: str = STYLES
    numbering: str = NUMBERING
    # relationships of other parts: by the id of the part
    below: Mapping[str, Mapping[str, tuple[str, str | bytes]]] = field(
        default_factory=dict
    )

    def with_body(self, body: str) -> "Small":
        return replace(self, body=body)

    def data(self) -> bytes:
        """Return the file's bytes."""
        parts: dict[str, bytes] = {}
        overrides = {"word/document.xml": f"{_TYPE}.document.main+xml"}
        related = dict(self.related)
        related["rIdStyles"] = ("styles", self.styles)
        if self.numbering:
            related["rIdLists"] = ("numbering", self.numbering)
        last = f"<w:sectPr>{self.section}{self.page}</w:sectPr>"
        parts["word/document.xml"] = (
            f'{_HEAD}<w:document {NAMESPACES} mc:Ignorable="w14"><w:body>{self.body}'
            f"{last if self.has_section else ''}</w:body></w:document>"
        ).encode()
        self._relate("document", related, parts, overrides)
        return _zipped(parts, overrides)

    def _relate(
        self,
        owner: str,
        related: Mapping[str, tuple[str, str | bytes]],
        parts: dict[str, bytes],
        overrides: dict[str, str],
    ) -> None:
        lines = []
        for identity, (kind, content) in related.items():
            if kind == "hyperlink":
                target = f'{content!s}" TargetMode="External'
            elif isinstance(content, bytes):
                target = f"media/{identity}.png"
                parts[f"word/{target}"] = content
            else:
                stem = f"{kind}{identity}" if kind in ("header", "footer") else kind
                target, root = f"{stem}.xml", _STORED_KINDS[kind]
                parts[f"word/{target}"] = (
                    f"{_HEAD}<w:{root} {NAMESPACES}>{content}</w:{root}>"
                ).encode()
                overrides[f"word/{target}"] = f"{_TYPE}.{kind}+xml"
                if identity in self.below:
                    self._relate(stem, self.below[identity], parts, overrides)
            lines.append(
                f'<Relationship Id="{identity}" Type="{_R}/{kind}" Target="{target}"/>'
            )
        parts[f"word/_rels/{owner}.xml.rels"] = _relationships(lines)


def _relationships(lines: list[str]) -> bytes:
    return (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{"".join(lines)}</Relationships>'
    ).encode()


def _zipped(parts: Mapping[str, bytes], overrides: Mapping[str, str]) -> bytes:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Default Extension="rels" ContentType="{rels}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        + "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in overrides.items()
        )
        + "</Types>"
    )
    start = f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    everything = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": _relationships([start]),
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in everything.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()
