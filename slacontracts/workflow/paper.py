"""Files handed in as signed paper in; what each was found to say, out."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from slacontracts.compare.paper import PaperComparison, PaperDifference
from slacontracts.errors import SlaContractsError, SourceError
from slacontracts.model.record import Difference, Record, SignedFile
from slacontracts.text import normalise
from slacontracts.word.names import CUSTOM_PART, IDENTITY_PROPERTY, VERSION_PROPERTY

if TYPE_CHECKING:
    from slacontracts.word.gate import WordFile

_Tie: TypeAlias = Literal["word", "pdf", "scan", "foreign"]
_MOST_NAME: Final = 100
_PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_ZIP: Final = b"PK"
_MOST_SHOWN: Final = 20
_FEW_SHOWN: Final = 3
_MOST_SAID: Final = 1_000  # characters
_FEWEST_AGREEING: Final = 50  # words of 100; with fewer, it is another text
_ID: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{2,63}", re.ASCII)
_COMMENT: Final = re.compile(
    rb"^%" + re.escape(IDENTITY_PROPERTY.encode()) + rb" ([A-Z0-9-]{3,64})$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that somebody hands in. name: without its folder."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        return sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Standard:
    """What signed paper is held against.

    execution: the execution version, as Word file. signing: the texts with one of
    which its signature page begins. may_be_scan: a file without words is taken for one.
    others: the ids of the agreements that a file could be of by mistake.
    """

    agreement: str
    execution: bytes
    signing: Collection[str]
    may_be_scan: bool = False
    others: Callable[[], Collection[str]] = tuple


@dataclass(frozen=True, slots=True)
class Tied:
    """Signed paper, each file with how it was found, and where any of it differs.

    written: what people wrote where they sign, for the registrar to read. remarks: what
    a file seems to be instead, where it differs. is_another_text: most of its words do.
    """

    files: tuple[SignedFile, ...]
    differences: tuple[Difference, ...]
    written: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    is_another_text: bool = False


def tie(files: Sequence[HandedIn], standard: Standard) -> Tied:
    """Hold signed paper against the execution version.

    Raises SlaContractsError, in one line, for a file that cannot be read, or is of
    another agreement.
    """
    found: list[SignedFile] = []
    differences: list[Difference] = []
    written: list[str] = []
    remarks: list[str] = []
    is_another_text = False
    for number, file in enumerate(files, 1):
        kind, comparison = _compared(file, standard)
        differences += [
            Difference(
                file=file.name,
                place=_place(one),
                execution=_cut(one.expected),
                signed=_cut(one.found),
                says=_cut(one.said),
            )
            for one in comparison.differences
        ]
        written += comparison.written
        if comparison.differences:
            remarks += _seems(file, standard, comparison)
            is_another_text |= comparison.agreeing_percent < _FEWEST_AGREEING
        entry = signed_file(number, file, kind)
        signatures = _signatures(file) if kind == "pdf" else ()
        differs = {"tie": "differs"} if comparison.differences else {}
        found.append(entry.model_copy(update={"signatures": signatures, **differs}))
    return Tied(
        tuple(found),
        tuple(differences),
        tuple(dict.fromkeys(written)),
        tuple(remarks),
        is_another_text,
    )


def signed_file(number: int, file: HandedIn, kind: _Tie) -> SignedFile:
    """Return what a record says of a file that was handed in."""
    return SignedFile(
        name=file.name,
        path=stored_path(number, file.name),
        sha256=file.digest,
        size=len(file.data),
        tie=kind,
    )


def stored_path(number: int, name: str) -> str:
    """Return where a file lies in the folder of its record.

    >>> stored_path(1, "Signed copy.pdf")
    'signed/1-Signed copy.pdf'
    """
    kept = "".join(
        sign if sign.isalnum() or sign in " ._-()" else "-" for sign in normalise(name)
    )
    return f"signed/{number}-{kept[-_MOST_NAME:].strip()}"


def require_new(files: Sequence[HandedIn], records: Sequence[Record]) -> None:
    """Refuse an empty file, one too big, twice handed in, or registered already."""
    from slacontracts.store.paper_files import MOST_BYTES

    known = {digest: one for one in records for digest in _handed_in(one)}
    seen: dict[str, str] = {}
    for file in files:
        if not file.data:
            raise SourceError(f"{file.name} is empty; hand in the paper itself")
        if len(file.data) > MOST_BYTES:
            raise SourceError(
                f"{file.name} has more than {MOST_BYTES >> 20} MiB; save it smaller"
            )
        if file.digest in known:
            raise SourceError(registered_already(file, known[file.digest]))
        if file.digest in seen:
            raise SourceError(
                f"{file.name} is the same file as {seen[file.digest]}; hand in each "
                "counterpart once"
            )
        seen[file.digest] = file.name


def registered_already(file: HandedIn, record: Record) -> str:
    """Return a line that says with which record a file was filed."""
    return (
        f"{file.name} is registered already, for {record.agreement} on "
        f"{record.recorded_at:%Y-%m-%d} (record {record.sequence})"
    )


def _handed_in(record: Record) -> Iterable[str]:
    """Yield the digests of the files that were handed in with a record."""
    yield from (one.sha256 for one in record.files)
    if record.ending is not None:
        yield record.contents.get(record.ending.notice, "")


def told(tied: Tied) -> str:
    """Return what differs line by line, as a registrar reads it; many lines are cut.

    Where a file is another text, a few of them show it.
    """
    differences = tied.differences
    most = _FEW_SHOWN if tied.is_another_text else _MOST_SHOWN
    lines = [*tied.remarks, *lines_of(differences[:most])]
    more = len(differences) - most
    return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)


def lines_of(differences: Sequence[Difference]) -> tuple[str, ...]:
    """Return a line for each difference."""
    return tuple(f"{one.file}, {one.place}: {one.says}" for one in differences)


def _cut(text: str) -> str:
    """Return the beginning of a very long difference; the paper has all of it."""
    return text if len(text) <= _MOST_SAID else f"{text[:_MOST_SAID]} …"


def _place(one: PaperDifference) -> str:
    page = f"page {one.page}" if one.page is not None else ""
    return ", ".join(said for said in (one.place, page) if said) or "the file"


def _compared(file: HandedIn, standard: Standard) -> tuple[_Tie, PaperComparison]:
    from slacontracts.compare.paper_docx import differences_in_word
    from slacontracts.compare.paper_pdf import differences_in_pdf
    from slacontracts.store.paper_files import is_pdf, read_pdf
    from slacontracts.word.gate import admit
    from slacontracts.word.printed import printed_paragraphs

    execution = admit(standard.execution, "the execution version")
    if file.data.startswith(_ZIP):
        signed = admit(file.data, file.name)
        _require_own(file, _property(signed, IDENTITY_PROPERTY), standard)
        texts = (one.text for one in printed_paragraphs(signed))
        _require_not_another(file, texts, standard)
        return "word", differences_in_word(signed, execution, standard.signing)
    if is_pdf(file.data):
        paper = read_pdf(file.data, file.name)
        _require_own(file, _comment(file.data), standard)
        if not paper.is_scan:
            lines = (line for page in paper.pages for line in page.lines)
            _require_not_another(file, lines, standard)
            return "pdf", differences_in_pdf(paper, execution, standard.signing)
    elif not file.data.startswith(_PICTURES):
        raise SourceError(
            f"{file.name} is neither a Word file nor a PDF nor a picture of paper; "
            "hand in the signed file itself"
        )
    if not standard.may_be_scan:
        raise SourceError(
            f"{file.name} is a picture, and no program can compare its words with the "
            "execution version; compare them yourself, and say so with --scanned"
        )
    return "scan", PaperComparison((), (), 100)


def _require_own(file: HandedIn, named: str, standard: Standard) -> None:
    """Refuse a file of another agreement. named: the one that it is of, or ""."""
    if named not in ("", standard.agreement):
        raise SourceError(
            f"{file.name} is of {named}, not of {standard.agreement}; nothing was "
            f"registered. Register it with slacontracts register {named} --signed FILE"
        )


def _require_not_another(
    file: HandedIn, texts: Iterable[str], standard: Standard
) -> None:
    """Refuse a file whose words name another agreement, and nowhere this one.

    An execution version that does not print its own id says nothing of that kind.
    """
    from slacontracts.word.gate import admit
    from slacontracts.word.printed import printed_paragraphs

    ids = Counter(one for text in texts for one in _ID.findall(text))
    if standard.agreement in ids:
        return
    execution = admit(standard.execution, "the execution version")
    own = (one.text for one in printed_paragraphs(execution))
    if any(standard.agreement in text for text in own):
        known = standard.others()
        named = (one for one, _ in ids.most_common() if one in known)
        _require_own(file, next(named, ""), standard)


def _seems(
    file: HandedIn, standard: Standard, comparison: PaperComparison
) -> tuple[str, ...]:
    """Return what a file that differs seems to be."""
    from slacontracts.word.gate import admit

    if file.data.startswith(_ZIP):
        execution = admit(standard.execution, "the execution version")
        wanted = _property(execution, VERSION_PROPERTY)
        found = _property(admit(file.data, file.name), VERSION_PROPERTY)
        if found not in ("", wanted):
            return (
                f"{file.name} is {_version_said(found)} of {standard.agreement}, and "
                f"what is to be registered is {_version_said(wanted)}",
            )
    if comparison.agreeing_percent >= _FEWEST_AGREEING:
        return ()
    return (
        f"only {comparison.agreeing_percent} of 100 words of the execution version "
        f"stand in {file.name}; it seems to be another text",
    )


def _version_said(version: str) -> str:
    return f"draft {version}" if version.isdigit() else version


def _property(file: "WordFile", name: str) -> str:
    """Return a property that the product gave a Word file; "" where it has none."""
    from slacontracts.word.package import parse_part

    if CUSTOM_PART not in file.package:
        return ""
    root = parse_part(file.package, CUSTOM_PART)
    found = (one for one in root if one.get("name") == name)
    return next(("".join(one.itertext()).strip() for one in found), "")


def _comment(data: bytes) -> str:
    """Return the id that the product wrote at the end of a PDF; "" without one."""
    found = _COMMENT.findall(data)
    return found[-1].decode() if found else ""


def _signatures(file: HandedIn) -> tuple[str, ...]:
    """Return what the electronic signatures in a PDF are worth, a line each."""
    from slacontracts.store.pdf_signatures import may_be_signed, pdf_signatures

    if not may_be_signed(file.data):
        return ()
    try:
        return tuple(str(one) for one in pdf_signatures(file.data, file.name))
    except SlaContractsError as error:
        return (f"the electronic signatures were not judged: {error}",)
