"""Signed papers as tests need them: small PDFs, and Word files with other words."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slacontracts.word.gate import WordFile, admit
from slacontracts.word.printed import PAGE, PAGES, Printed, printed_paragraphs

WIDTH = 80  # characters of a line
LINES = 40  # of a page


@dataclass(frozen=True)
class Sheet:
    """A page to be drawn. hidden: lines drawn invisibly; picture: (x, y, width, height).

    white: lines drawn in white; away: lines drawn beside the page; dark: a rectangle
    that is filled before all else; notes: kinds of annotations; under: the picture is
    drawn before the words; over: what is drawn after them, in the words of a PDF.
    """

    lines: Sequence[str] = ()
    hidden: Sequence[str] = ()
    white: Sequence[str] = ()
    away: Sequence[str] = ()
    picture: tuple[int, int, int, int] | None = None
    dark: tuple[int, int, int, int] | None = None
    notes: Sequence[str] = ()
    under: bool = False
    over: str = ""


def pdf(*sheets: Sheet | Sequence[str]) -> bytes:
    """Return a PDF of these pages, in one font, without compression."""
    pages = [one if isinstance(one, Sheet) else Sheet(one) for one in sheets]
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
        b"/ColorSpace/DeviceGray/Length 1>>stream\n\xff\nendstream",
    ]
    kids = []
    for page in pages:
        content = _content(page)
        notes = "".join(
            f"<</Type/Annot/Subtype/{kind}/Rect[9 9 99 99]/Contents(x)>>"
            for kind in page.notes
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} "
            f"0 R/Annots[{notes}]/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(objects)


def _content(page: Sheet) -> bytes:
    drawn = b""
    if page.picture is not None:
        x, y, width, height = page.picture
        drawn = f"q {width} 0 0 {height} {x} {y} cm /I Do Q\n".encode()
    words = _lines(page.lines, 0) + _lines(page.hidden, 3)
    words += b"1 g\n" + _lines(page.white, 0) + b"0 g\n" + _lines(page.away, 0, 900)
    ground = b"0 g %d %d %d %d re f\n" % page.dark if page.dark else b""
    over = page.over.encode()
    return ground + (drawn + words if page.under else words + drawn) + over


def _lines(lines: Iterable[str], mode: int, x: int = 50) -> bytes:
    out = b""
    for at, line in enumerate(lines):
        text = line.encode("cp1252").replace(b"\\", rb"\\")
        text = text.replace(b"(", rb"\(").replace(b")", rb"\)")
        place = (mode, x, 800 - 15 * at, text)
        out += b"BT /F 10 Tf %d Tr %d %d Td (%s) Tj ET\n" % place
    return out


def _file(objects: Sequence[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, inside in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, inside)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def pages_of(execution: bytes) -> list[list[str]]:
    """Return a Word file as lines of pages, as a program that prints it lays it out."""
    printed = list(printed_paragraphs(admitted(execution)))
    body = [line for one in printed if one.story == "body" for line in _wrapped(one)]
    room = LINES - 2
    cut = [body[at : at + room] for at in range(0, len(body), room)]
    return [
        [
            *_furniture(printed, "header", number, len(cut)),
            *lines,
            *_furniture(printed, "footer", number, len(cut)),
        ]
        for number, lines in enumerate(cut, 1)
    ]


def _wrapped(one: Printed) -> Iterable[str]:
    line = ""
    for word in one.whole.split():
        if line and len(line) + len(word) >= WIDTH:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    if line:
        yield line


def _furniture(
    printed: Iterable[Printed], story: str, number: int, count: int
) -> list[str]:
    texts = [one.text for one in printed if one.story == story and one.text.strip()]
    return [
        " ".join(text.replace(PAGE, str(number)).replace(PAGES, str(count)).split())
        for text in texts
    ]


def admitted(data: bytes) -> WordFile:
    return admit(data, "the file")


def with_text(data: bytes, *changes: tuple[str, str], part: str = "document") -> bytes:
    """Return a Word file in whose XML texts were replaced, each of them once."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == f"word/{part}.xml":
                text = content.decode("utf-8")
                for before, after in changes:
                    assert before in text, before
                    text = text.replace(before, after, 1)
                content = text.encode("utf-8")
            new.writestr(name, content)
    return out.getvalue()
