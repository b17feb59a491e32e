"""A file to hand over and where to put it in; the file written, or a refusal, out.

Only what the product itself rendered of the same agreement is replaced; whatever
else stands there may be somebody's work.
"""

import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, TypeAlias, TypeVar
from zipfile import BadZipFile, ZipFile

from slacontracts.errors import OutsideError, SourceError
from slacontracts.store.workspace import write_file
from slacontracts.word.names import CUSTOM_PART, IDENTITY_PROPERTY

Format: TypeAlias = Literal["docx", "html", "text", "pdf"]
AnyFormat = TypeVar("AnyFormat", bound=str)
EXTENSIONS: Final[dict[Format, str]] = {
    "docx": ".docx",
    "html": ".html",
    "text": ".txt",
    "pdf": ".pdf",
}
# Word and LibreOffice write this part when they save; the product never does.
_SAVED_ELSEWHERE: Final = "docProps/app.xml"
_MOST_PROPERTIES: Final = 65_536
_BEGINNING: Final = 65_536  # of a web page, with its style sheet
_LINES_OF_A_COVER: Final = 8


def format_of(path: Path, extensions: Mapping[AnyFormat, str]) -> AnyFormat:
    """Return the format that a file's extension says; raises SourceError otherwise."""
    for name, extension in extensions.items():
        if path.suffix.lower() == extension:
            return name
    known = ", ".join(extensions.values())
    raise SourceError(
        f"the format of {path.name} is not clear: end the name with one of {known}, "
        "say --format, or name a folder that exists"
    )


def require_fitting_name(
    path: Path, kind: AnyFormat, extensions: Mapping[AnyFormat, str]
) -> None:
    """Refuse a name whose ending belongs to another format."""
    ending = path.suffix.lower()
    if ending in extensions.values() and ending != extensions[kind]:
        raise SourceError(
            f"{path} would be a {kind} file with the ending of another format; end "
            f"its name with {extensions[kind]}"
        )


def marked_pdf(pdf: bytes, agreement_id: str) -> bytes:
    """Return a PDF with a comment at its end, by which it is known again."""
    return pdf.rstrip(b"\n") + b"\n" + _comment(agreement_id)


def _comment(agreement_id: str) -> bytes:
    return f"%{IDENTITY_PROPERTY} {agreement_id}\n".encode()


def hand_over(
    path: Path, data: bytes, kind: Format, agreement_id: str, *, force: bool = False
) -> bool:
    """Write a rendered file; tell whether one was replaced.

    Raises SourceError when something else stands there, unless force says to
    replace any file.
    """
    exists = path.exists()
    if exists and not path.is_file():
        raise SourceError(f"{path} is a folder; choose another name with -o")
    if exists and not force and not is_rendering_of(path, kind, agreement_id):
        raise SourceError(
            f"{path} exists and is not a rendering of {agreement_id}; choose another "
            "name or add --force"
        )
    write_file(path, data, is_durable=False)
    return exists


def is_rendering_of(path: Path, kind: Format, agreement_id: str) -> bool:
    """Tell whether a file is as the product rendered one agreement in one format."""
    try:
        if kind == "docx":
            return has_own_property(path, IDENTITY_PROPERTY, agreement_id)
        with path.open("rb") as file:
            if kind == "pdf":
                return file.read().endswith(_comment(agreement_id))
            beginning = file.read(_BEGINNING).decode(errors="replace")
    except OSError as error:
        raise OutsideError(f"cannot read {path}: {error.strerror}") from error
    if kind == "html":
        is_page = beginning.startswith("<!DOCTYPE html>")
        return is_page and f" – {agreement_id}</title>" in beginning
    lines = [line.rstrip() for line in beginning.splitlines()[:_LINES_OF_A_COVER]]
    return any(line.endswith(f": {agreement_id}") for line in lines) and any(
        line and not line.strip("=") for line in lines
    )


def has_own_property(path: Path, name: str, value: str) -> bool:
    """Tell whether a Word file is as written here, with this custom property."""
    wanted = f'name="{name}"><vt:lpwstr>{value}</vt:lpwstr>'.encode()
    try:
        with ZipFile(path) as archive:
            if _SAVED_ELSEWHERE in archive.namelist():
                return False
            if archive.getinfo(CUSTOM_PART).file_size > _MOST_PROPERTIES:
                return False
            return wanted in archive.read(CUSTOM_PART)
    except (BadZipFile, KeyError, ValueError, EOFError, RuntimeError, zlib.error):
        return False  # damaged, encrypted, or no such part
