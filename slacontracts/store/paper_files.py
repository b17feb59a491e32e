"""The bytes of a signed PDF in; its pages with their words out.

The reading is done by another process (`paper_reader`), within bounds of size, pages,
memory and time. Whatever goes wrong is one error with one line.
"""

import json
import subprocess
import sys
from typing import Any, Final

from slacontracts.errors import OutsideError, SlaContractsError
from slacontracts.model.paper import Paper, PaperPage
from slacontracts.store.paper_reader import MOST_PAGES

MOST_BYTES: Final = 50 << 20
_SECONDS: Final = 60
_HEAD: Final = 1024  # readers look for the mark of a PDF in so many bytes
_AGAIN: Final = "ask for the file again"


def is_pdf(data: bytes) -> bool:
    """Tell whether a file says that it is a PDF."""
    return b"%PDF-" in data[:_HEAD]


def read_pdf(data: bytes, file: str, *, seconds: float = _SECONDS) -> Paper:
    """Return the pages of a PDF; `is_scan` tells whether they have words.

    file: what to call it in messages. Raises SlaContractsError, in one line, when
    it is no PDF, locked, damaged, too large, or takes too long.
    """
    if len(data) > MOST_BYTES:
        raise SlaContractsError(
            f"{file} has {len(data) / (1 << 20):,.0f} MiB, and no more than "
            f"{MOST_BYTES >> 20} are read; save it with smaller pictures"
        )
    if not is_pdf(data):
        raise SlaContractsError(f"{file} is not a PDF; {_AGAIN}")
    found = _read(data, file, seconds)
    if "fault" in found:
        raise SlaContractsError(_said(found, file))
    return Paper(
        tuple(_page(number, page) for number, page in enumerate(found["pages"], 1))
    )


def _page(number: int, page: dict[str, Any]) -> PaperPage:
    return PaperPage(
        number,
        tuple(page["lines"]),
        page["covered"],
        tuple(page["notes"]),
        page["has_picture"],
        page["is_blank"],
        page["crossed"],
    )


def _read(data: bytes, file: str, seconds: float) -> dict[str, Any]:
    """Return what the reading process found."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "slacontracts.store.paper_reader"],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise SlaContractsError(
            f"{file} could not be read within {seconds:g} seconds; save it as a plain "
            "PDF and try again"
        ) from error
    except OSError as error:
        raise OutsideError(f"cannot start the reading of PDFs: {error}") from error
    if b"No module named 'pypdfium2'" in done.stderr:
        raise OutsideError(
            "PDFs are read with pypdfium2, which is not installed; install "
            "slacontracts again"
        )
    try:
        found = json.loads(done.stdout) if done.returncode == 0 else None
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"fault": "damaged"}


def _said(found: dict[str, Any], file: str) -> str:
    count = found.get("count", 0)
    match found["fault"]:
        case "locked":
            return (
                f"{file} is locked with a password, so its words cannot be compared; "
                "ask for a copy without one"
            )
        case "pages":
            return (
                f"{file} has {count:,} pages, and no more than {MOST_PAGES:,} are "
                "read; split the file"
            )
        case "text":
            return f"{file} holds more text than can be read; split the file"
        case "page":
            return f"page {count} of {file} is damaged and cannot be read; {_AGAIN}"
        case _:
            return f"{file} is damaged and cannot be read as a PDF; {_AGAIN}"
