"""What a signed paper shows: its pages, the words on them, electronic signatures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

_FEWEST_WORDS: Final = 5  # a page, on average; a scan may bear a stamp of its sender


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page. lines: its words in the order of reading, counted from page 1.

    covered: words over which a picture lies. crossed: words over which something was
    drawn, such as a bar. notes: the kinds of what was put onto the
    page beside its own content (stamp, text box). is_blank: it shows nothing at all.
    In a line, U+00AD is a hyphen at the end of a printed line.
    """

    number: int
    lines: tuple[str, ...]
    covered: str = ""
    notes: tuple[str, ...] = ()
    has_picture: bool = False
    is_blank: bool = False
    crossed: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The pages of a PDF."""

    pages: tuple[PaperPage, ...]

    @property
    def is_scan(self) -> bool:
        """Whether it is pictures of pages, whose words cannot be read."""
        words = sum(len(line.split()) for page in self.pages for line in page.lines)
        return words < _FEWEST_WORDS * len(self.pages)


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """An electronic signature in a PDF.

    name: of the signer, as the certificate has it. signed_at: as the signer's computer
    claims. is_intact: what it covers is as it was signed. covers_all: nothing was put
    behind it but what signing allows. is_trusted: somebody that we trust vouches for
    the certificate. fault: why it could not be judged, or "".
    """

    name: str
    signed_at: datetime | None
    is_intact: bool
    covers_all: bool
    is_trusted: bool
    fault: str = ""

    def __str__(self) -> str:
        if self.fault:
            return f"{self.name or 'a signature'}: {self.fault}"
        when = f", {self.signed_at:%Y-%m-%d %H:%M %Z}" if self.signed_at else ""
        intact = "intact" if self.is_intact else "NOT intact"
        later = "" if self.covers_all else "; the file was changed after it"
        trust = "" if self.is_trusted else "; nobody known vouches for the certificate"
        return f"{self.name}{when}: {intact}{later}{trust}"
