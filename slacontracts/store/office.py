"""A Word file in; the PDF that LibreOffice makes of it, or its page numbers, out."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from slacontracts.errors import OutsideError

_SECONDS: Final = 120
_USUAL_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice with a profile folder of its own, apart from the user's."""

    program: str
    folder: Path

    def pdf(self, docx: bytes, *, seconds: int = _SECONDS) -> bytes:
        """Return a Word file as PDF."""
        source, target = self.folder / "agreement.docx", self.folder / "agreement.pdf"
        target.unlink(missing_ok=True)
        source.write_bytes(docx)
        profile = (self.folder / "profile").as_uri()
        said = _run(
            [
                self.program,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--norestore",
                "--convert-to",
                "pdf",
                "--outdir",
                str(self.folder),
                str(source),
            ],
            seconds,
        )
        if not target.is_file():
            raise OutsideError(f"LibreOffice made no PDF{': ' if said else ''}{said}")
        return target.read_bytes()


@contextmanager
def open_office() -> Iterator[Office]:
    """Give a LibreOffice to work with; raises OutsideError where there is none."""
    program = find_soffice()
    if program is None:
        raise OutsideError(
            "PDF and page numbers need LibreOffice, which is not installed or cannot "
            "be found; install it from https://www.libreoffice.org, or render to "
            "docx and print that"
        )
    with TemporaryDirectory(
        prefix="slacontracts-", ignore_cleanup_errors=True
    ) as folder:
        yield Office(program, Path(folder))


def find_soffice() -> str | None:
    """Return the program of LibreOffice, or None."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def pages_of(pdf: bytes) -> list[list[str]]:
    """Return the lines of every page of a PDF, as poppler's pdftotext reads them."""
    program = shutil.which("pdftotext")
    if program is None:
        raise OutsideError(
            "page numbers need pdftotext, which cannot be found; install "
            "poppler-utils, or render without --page-numbers"
        )
    with TemporaryDirectory(prefix="slacontracts-") as folder:
        source, target = Path(folder) / "a.pdf", Path(folder) / "a.txt"
        source.write_bytes(pdf)
        _run([program, "-layout", "-enc", "UTF-8", str(source), str(target)], _SECONDS)
        text = target.read_text(encoding="utf-8")
    pages = text.removesuffix("\f").split("\f")
    return [[" ".join(line.split()) for line in page.splitlines()] for page in pages]


def heading_pages(
    pages: Sequence[Sequence[str]], headings: Sequence[tuple[str, str]]
) -> dict[str, int]:
    """Return the page on which each heading starts, counted from 1.

    headings: (clause key, its heading as printed), in reading order. The list of
    contents, which repeats them all further up, is passed over; what is not found
    is left out.
    """
    lines = [
        (_letters(line), number)
        for number, page in enumerate(pages, 1)
        for line in page
    ]
    found: dict[str, int] = {}
    at = len(lines)
    start = _end_of_contents(lines, _letters(headings[-1][1])) if headings else 0
    for key, heading in reversed(headings):
        before = _last_match(lines, _letters(heading), start, at)
        if before is not None:
            at = before
            found[key] = lines[at][1]
    return dict(reversed(found.items()))


def _end_of_contents(lines: Sequence[tuple[str, int]], last_heading: str) -> int:
    """Return where the contents end: after the last heading's first of two places."""
    last = _last_match(lines, last_heading, 0, len(lines))
    places = [at for at in range(last or 0) if _begins(lines, at, last_heading)]
    return places[0] + 1 if places else 0


def _last_match(
    lines: Sequence[tuple[str, int]], wanted: str, start: int, end: int
) -> int | None:
    """Return the last line between start and end that begins a heading."""
    return next(
        (at for at in range(end - 1, start - 1, -1) if _begins(lines, at, wanted)), None
    )


def _begins(lines: Sequence[tuple[str, int]], at: int, wanted: str) -> bool:
    """Tell whether a heading stands at a line, also one that is wrapped."""
    joined = lines[at][0]
    if not joined or not wanted.startswith(joined):
        return False
    for following, _ in lines[at + 1 : at + 4]:
        if joined == wanted:
            break
        joined += following
    return joined == wanted


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _run(command: list[str], seconds: int) -> str:
    """Run a program with all that it starts; return the last line that it said."""
    name = Path(command[0]).stem
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise OutsideError(f"cannot start {command[0]}: {error.strerror}") from error
    with process:
        try:
            printed, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise OutsideError(
                f"{name} did not finish within {seconds} seconds; try again, or render "
                "to docx and print that"
            ) from error
        except BaseException:
            _end(process)
            raise
    said = printed.decode(errors="replace").strip().splitlines()
    last = said[-1] if said else ""
    if process.returncode:
        raise OutsideError(f"{name} failed (code {process.returncode}): {last}")
    return last


def _end(process: "subprocess.Popen[bytes]") -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
