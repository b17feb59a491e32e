"""What the register says of one act, such as a signature: read from `record.json`."""

import json
import unicodedata
from datetime import date, datetime
from hashlib import sha256
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from slacontracts.model.signing import CONDITIONS_MET, amendment_number

RECORD_FORMAT: Final = 1
RECORD_FILE: Final = "record.json"
SIGNATURE_FILE: Final = "record.json.sig"
SOURCE_FILE: Final = "source.yaml"
TEXT_FILE: Final = "text.json"
EXECUTION_FILE: Final = "execution.docx"

Act = Literal[
    "signed",
    "partly-signed",
    "signed-differs",
    "foreign",
    "condition-met",
    "terminated",
]
BINDING: Final = ("signed", "signed-differs", "foreign")

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Revision = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]
MOST_TEXT: Final = 20_000  # characters of one text
Text = Annotated[str, StringConstraints(max_length=MOST_TEXT)]


class _Part(BaseModel):
    """Base of all parts of a record: frozen, exact types, no unknown field."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, populate_by_name=True
    )


class SignedFile(_Part):
    """A file that was handed in as signed paper.

    name: as it was handed in. path: where it lies in the record's folder. size: bytes.
    tie: how it was found to say what the execution version says: every word compared
    in the Word file or the PDF, a scan that nobody's program can read, a text that
    differs, or paper of somebody else that there is no execution version of.
    signatures: what the electronic signatures in it are worth, a line each.
    """

    name: Text
    path: Text
    sha256: Digest
    size: Annotated[int, Field(ge=0)]
    tie: Literal["word", "pdf", "scan", "differs", "foreign"]
    signatures: tuple[Text, ...] = ()


class Signature(_Part):
    """A party, and the day on which it signed; it is never altered."""

    party: Text
    on: date


class Difference(_Part):
    """Where signed paper says something else than the execution version.

    says: what is otherwise, in a line.
    """

    file: Text
    place: Text
    execution: Text
    signed: Text
    says: Text


class GrantedException(_Part):
    """Why a text was filed although something stood against it, and by whose word."""

    reason: Text
    role: Text
    failures: tuple[Text, ...]


class ConditionMet(_Part):
    """A condition, the day on which it was met, and the file that shows it.

    is_void: it was not met; an earlier record says so by mistake.
    """

    key: Text
    on: date
    evidence: Text
    is_void: bool = False


class Ending(_Part):
    """A notice that ends an agreement, or one service of it, on a day.

    is_void: it does not end it; an earlier record says so by mistake.
    """

    on: date
    ground: Text
    reference: Text
    received: date
    notice: Text
    service: Text | None = None
    surviving: tuple[Text, ...] = ()
    is_void: bool = False


class FormerPlace(_Part):
    """What a record said of its place before it was written behind those of others."""

    sequence: Annotated[int, Field(ge=1)]
    previous: Digest | None
    entry: Annotated[int, Field(ge=1)]
    recorded_at: datetime
    signer: Text | None = None


class Record(_Part):
    """One act of the register.

    sequence: its place in the register, from 1. previous: the SHA-256 of the record
    before it, None for the first. entry: its place among those of its agreement.
    as_: what was signed, "original" or "amendment-2". version: the full id of the
    saved version that was signed. effective: a day, or conditions-met while that is
    open. digests: SHA-256 of the text, of what the Word file says, and of each
    clause. contents: SHA-256 of every other file in the record's folder, by path.
    facts: what calendar and list need, as `model.key_facts.KeyFacts` reads it.
    written: what people wrote where they signed, other than names and dates left open.
    correction: why the record says once more, and otherwise, what an earlier one says.
    corrects: which one, as `act_digest` names it; None of a text that is signed.
    signer: the fingerprint of the SSH key by which the record is signed.
    formerly: the places that it had while only its own workspace had it, in order.
    """

    format: Literal[1] = 1
    sequence: Annotated[int, Field(ge=1)]
    previous: Digest | None
    act: Act
    agreement: Text
    customer: Text
    entry: Annotated[int, Field(ge=1)]
    recorded_at: datetime
    recorded_by: Text
    program: Text
    as_: Text | None = Field(default=None, alias="as")
    version: Revision | None = None
    library: Revision | None = None
    signed_on: date | None = None
    effective: date | Literal["conditions-met"] | None = None
    signatures: tuple[Signature, ...] = ()
    missing: tuple[Text, ...] = ()
    files: tuple[SignedFile, ...] = ()
    text_digest: Digest | None = None
    content_digest: Digest | None = None
    clauses: dict[Text, Digest] = Field(default_factory=dict)
    contents: dict[Text, Digest] = Field(default_factory=dict)
    facts: dict[str, Any] | None = None
    exception: GrantedException | None = None
    differences: tuple[Difference, ...] = ()
    written: tuple[Text, ...] = ()
    condition: ConditionMet | None = None
    ending: Ending | None = None
    correction: Text | None = None
    corrects: Digest | None = None
    signer: Text | None = None
    formerly: tuple[FormerPlace, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "Record":
        if self.as_ is not None and amendment_number(self.as_) is None:
            raise ValueError(f'"{self.as_}" is neither original nor an amendment')
        if self.act in BINDING and (self.signed_on is None or self.effective is None):
            raise ValueError("a signed text needs signed_on and effective")
        if not _is_plain(self.facts):
            raise ValueError("facts are made of text, lists and mappings alone")
        if self.recorded_at.utcoffset() is None:
            raise ValueError("recorded_at needs its offset from UTC")
        return self

    @property
    def number(self) -> int:
        """The number of the amendment that was signed, 0 of the original."""
        return amendment_number(self.as_ or "") or 0

    @property
    def effective_on(self) -> date | None:
        """The day on which the text takes effect, where that is known."""
        return self.effective if isinstance(self.effective, date) else None

    @property
    def is_binding(self) -> bool:
        """Whether a text is signed by all with it."""
        return self.act in BINDING

    @property
    def waits_for_conditions(self) -> bool:
        """Whether the text takes effect only when its conditions are met."""
        return self.effective == CONDITIONS_MET

    @property
    def folder(self) -> str:
        """Where the record lies in the register."""
        return f"{self.customer}/{self.agreement}/{self.entry:04}-{self.act}"


def _is_plain(value: Any) -> bool:
    """Tell whether a value is made of text, lists and mappings alone."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(value[key]) for key in value)
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str)


def record_bytes(record: Record) -> bytes:
    """Return `record.json`: one byte sequence for one record.

    Names in order, UTF-8 in NFC, a line feed at the end, and no fraction: what is
    signed and hashed cannot be written in two ways.
    """
    fields = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    fields["format"] = RECORD_FORMAT
    # A field to a line without indents, which Python's own slow encoder would write.
    text = json.dumps(
        fields, ensure_ascii=False, separators=(",\n", ": "), sort_keys=True
    )
    return unicodedata.normalize("NFC", text + "\n").encode()


def act_digest(record: Record) -> str:
    """Return a SHA-256 by which a record is known wherever in the register it comes.

    Of the record as it was first written, without its files, which records have not
    that are read for a list.
    """
    first = record.formerly[0] if record.formerly else record
    said = {name: getattr(first, name) for name in FormerPlace.model_fields}
    bare: dict[str, object] = {
        "formerly": (),
        "clauses": {},
        "contents": {},
        "files": (),
    }
    return sha256(record_bytes(record.model_copy(update=said | bare))).hexdigest()


def read_record(data: bytes) -> Record:
    """Read `record.json`; raises ValueError for one that the product does not write."""
    record = Record.model_validate_json(data)
    if record_bytes(record) != data:
        raise ValueError("it is not written as the product writes a record")
    return record
