"""Word files as another program, or somebody who means harm, would make them."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from slacontracts.word.names import CONTENT_TYPES, MAIN_TYPE, RELATIONSHIPS, R, W

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = "word/document.xml"
LINKS = "word/_rels/document.xml.rels"
ROOT = "_rels/.rels"
TYPES = "[Content_Types].xml"
Link = tuple[str, str] | tuple[str, str, str]
Content = str | bytes


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def document(inside: str) -> str:
    spaces = (
        f'xmlns:w="{W}" xmlns:r="{R}" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    return f"<w:document {spaces}><w:body>{inside}</w:body></w:document>"


def types(main: str = MAIN_TYPE, more: Mapping[str, str] | None = None) -> str:
    kinds = {f"/{MAIN}": main, **(more or {})}
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>'
        for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default '
        f'Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def links(*targets: Link) -> str:
    """Return a relationships part; a third item "External" is the mode."""
    inside = ""
    for number, (kind, target, *mode) in enumerate(targets, 1):
        whole = kind if "://" in kind else f"{R}/{kind}"
        outside = f' TargetMode="{mode[0]}"' if mode else ""
        inside += f'<Relationship Id="rId{number}" Type="{whole}" Target="{target}"{outside}/>'
    return f'<Relationships xmlns="{RELATIONSHIPS}">{inside}</Relationships>'


def parts(
    inside: str = "<w:p/>", targets: Sequence[Link] = (), **more: Content
) -> dict[str, Content]:
    """Return the parts of a small Word file; `__` in a name stands for a slash."""
    whole: dict[str, Content] = {
        TYPES: types(),
        ROOT: links(("officeDocument", MAIN)),
        MAIN: document(inside),
        LINKS: links(*targets),
    }
    return {**whole, **{name.replace("__", "/"): one for name, one in more.items()}}


def zipped(members: Mapping[str, Content] | Sequence[tuple[str, Content]]) -> bytes:
    out = io.BytesIO()
    pairs = members.items() if isinstance(members, Mapping) else members
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return out.getvalue()


def word_file(
    inside: str = "<w:p/>", targets: Sequence[Link] = (), **more: Content
) -> bytes:
    return zipped(parts(inside, targets, **more))


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(*pieces: str) -> str:
    return "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in pieces)


def one_field(*pieces: str) -> str:
    """Return a field whose code stands in pieces, with a result."""
    begin, end = mark("begin") + code(*pieces), mark("end")
    return paragraph(begin, mark("separate"), run("shown"), end)
