"""YAML text in; nested texts with the place of each, or findings, out.

Every scalar stays the text that was written: 010, NO and 3.10 are nobody's
numbers yet. Whatever YAML offers beyond mappings, lists and text (anchors, tags,
merge keys, several documents) is refused while the events of the C parser pass
by, before anything could be built from it.
"""

from collections.abc import Iterator
from typing import Any, Final

from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from slacontracts.model.finding import Finding, Origin, Severity
from slacontracts.model.paths import Step, join_path, step_name
from slacontracts.model.source_file import Mark, SourceFile
from slacontracts.source.yaml_faults import explain_syntax_error
from slacontracts.text import normalise, text_faults

MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 30
MAX_SCALAR_CHARACTERS: Final = 100_000
MAX_FINDINGS: Final = 50

_SAVE_AS_UTF8 = "open it in an editor and save it with the encoding UTF-8"
_PLAIN_NULLS = frozenset({"", "~", "null"})

_TOO_DEEP = (
    f"more than {MAX_DEPTH} levels stand inside each other here; "
    "check the indentation and the brackets"
)
_TOO_LONG = (
    f"the value has {{:,}} characters; at most {MAX_SCALAR_CHARACTERS:,} are allowed"
)
_NOT_A_MAPPING = 'the file must be made of fields, written "name: value", one a line'
_ANCHOR = (
    "yaml-anchor",
    "anchors (&name) are not allowed; write the value out where it is needed",
)
_ALIAS = (
    "yaml-alias",
    "references to anchors (*name) are not allowed; write the value out, "
    "or put the text between quotation marks",
)
_MERGE = ("yaml-merge", "merging with << is not allowed; write the fields out")
_NO_NAME = (
    "field-name",
    'a field needs a name that is text, such as "title: ..."; '
    "put the name between quotation marks",
)
_TWO_DOCUMENTS = (
    "several-documents",
    "a second document begins here (---); keep one document in a file",
)


def read_yaml(
    data: bytes | str, file: str
) -> tuple[SourceFile | None, tuple[Finding, ...]]:
    """Read a YAML file whose root is a mapping.

    file: its name relative to the workspace, for the findings. The source is None
    as soon as there is a finding; all findings are of severity error.
    """
    text, faults = decode_text(data, file)
    if text is None:
        return None, faults
    walk = _Walk(file, text)
    try:
        walk.run()
    except MarkedYAMLError as error:
        line, column, message, code = explain_syntax_error(
            error, text, walk.open_bracket()
        )
        walk.refuse(code, message, line, column, walk.path())
    except YAMLError:
        walk.refuse("yaml-syntax", "the file cannot be read as YAML", 1, 1)
    except _Stop:
        pass
    if not walk.findings and isinstance(walk.root, dict):
        return SourceFile(file, walk.root, walk.root_mark), ()
    return None, tuple(walk.findings)


def decode_text(
    data: bytes | str, file: str, max_bytes: int = MAX_BYTES
) -> tuple[str | None, tuple[Finding, ...]]:
    """Return the text of a file in NFC with plain line ends, or why it has none."""

    size = len(data) if isinstance(data, bytes) else len(data.encode(errors="replace"))
    if size > max_bytes:
        message = (
            f"the file has {size:,} bytes; at most {max_bytes:,} are read. "
            "Shorten it, or take out what was pasted into it"
        )
        origin = Origin(file)
        return None, (Finding(Severity.ERROR, "file-too-large", message, origin),)
    if isinstance(data, bytes):
        fault = _encoding_fault(data, file)
        if fault is not None:
            return None, (fault,)
        data = data.decode("utf-8")
    text = normalise(data)
    faults = tuple(_forbidden(text, file))
    return (None, faults) if faults else (text, ())


def _encoding_fault(data: bytes, file: str) -> Finding | None:
    origin = Origin(file)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        message = f"the file is saved as UTF-16, not UTF-8; {_SAVE_AS_UTF8}"
        return Finding(Severity.ERROR, "not-utf8", message, origin)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        message = (
            f"the byte at offset {error.start} (0x{data[error.start]:02X}) is not "
            f"UTF-8; {_SAVE_AS_UTF8}"
        )
        origin = Origin(file, before.count(b"\n") + 1, column)
        return Finding(Severity.ERROR, "not-utf8", message, origin)
    return None


def _forbidden(text: str, file: str) -> Iterator[Finding]:
    for offset, message in text_faults(text)[:MAX_FINDINGS]:
        line = text.count("\n", 0, offset) + 1
        column = offset - text.rfind("\n", 0, offset)
        origin = Origin(file, line, column)
        yield Finding(Severity.ERROR, "forbidden-character", message, origin)


class _Stop(Exception):  # noqa: N818
    """The walk has seen enough."""


class _Walk:
    """Builds data and marks from events, on a stack of its own: no recursion."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.parser = CParser(text)
        # An escape can write a character that the text of the file does not hold.
        self.has_escapes = "\\" in text
        self.findings: list[Finding] = []
        self.documents = 0
        # The collection that is open, and the name that waits for its value; the
        # root is taken by a list of one.
        self.data: Any = []
        self.marks: Any = []
        self.name: str | None = None
        self.name_at = (1, 1)
        self.stack: list[tuple[Any, Any, str | None, Any]] = []

    @property
    def root(self) -> Any:
        return self.data[0]

    @property
    def root_mark(self) -> Mark:
        mark: Mark = self.marks[0]
        return mark

    def run(self) -> None:
        get_event = self.parser.get_event
        while True:
            event = get_event()
            kind = type(event)
            if kind is ScalarEvent:
                self.take_scalar(event)
            elif kind is MappingStartEvent:
                self.open(event, {}, {})
            elif kind is SequenceStartEvent:
                self.open(event, [], [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.data, self.marks, _, _ = self.stack.pop()
            elif kind is AliasEvent:
                self.refuse_once(event, *_ALIAS)
                raise _Stop
            elif kind is DocumentStartEvent:
                self.begin_document(event)
            elif kind is StreamEndEvent:
                break
        self.check_root()

    def take_scalar(self, event: Any) -> None:
        value, style = event.value, event.style
        if event.tag is not None or event.anchor is not None:
            self.check_properties(event)
        if len(value) > MAX_SCALAR_CHARACTERS:
            self.refuse_at(event, "value-too-long", _TOO_LONG.format(len(value)))
        if style == '"' and self.has_escapes:
            value = self.clean(value, event)
        data = self.data
        if type(data) is dict:
            if self.name is None:
                self.take_name(value, event)
                return
            data[self.name] = value if style or value not in _PLAIN_NULLS else None
            self.marks[self.name] = (*self.name_at, None)
            self.name = None
        else:
            data.append(value if style or value not in _PLAIN_NULLS else None)
            mark = event.start_mark
            self.marks.append((mark.line + 1, mark.column + 1, None))

    def take_name(self, name: str, event: Any) -> None:
        mark = event.start_mark
        if name in self.data:
            first, again = self.marks[name][0], mark.line + 1
            where = f"lines {first} and {again}" if first != again else f"line {again}"
            self.refuse_at(
                event,
                "duplicate-field",
                f'the field "{_short(name)}" is given twice, in {where}; delete one',
                name,
            )
        elif not event.style and name == "<<":
            self.refuse_once(event, *_MERGE)
        elif not name or (not event.style and name in _PLAIN_NULLS):
            self.refuse_at(event, *_NO_NAME)
        self.name, self.name_at = name, (mark.line + 1, mark.column + 1)

    def open(self, event: Any, data: Any, marks: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self.check_properties(event)
        if len(self.stack) >= MAX_DEPTH:
            self.refuse_at(event, "too-deep", _TOO_DEEP)
            raise _Stop
        outer, name = self.data, self.name
        if type(outer) is not dict:
            mark = event.start_mark
            outer.append(data)
            self.marks.append((mark.line + 1, mark.column + 1, marks))
        elif name is not None:
            outer[name] = data
            self.marks[name] = (*self.name_at, marks)
            self.name = None
        else:
            self.refuse_at(event, *_NO_NAME)
            raise _Stop
        self.stack.append((outer, self.marks, name, event))
        self.data, self.marks = data, marks

    def begin_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.refuse_at(event, *_TWO_DOCUMENTS)
            raise _Stop

    def check_root(self) -> None:
        root = self.data[0] if self.data else None
        if root is None:
            self.refuse(
                "empty-file", "the file is empty; write its fields, one a line", 1, 1
            )
        elif not isinstance(root, dict):
            line, column, _ = self.root_mark
            self.refuse("not-a-mapping", _NOT_A_MAPPING, line, column)

    def check_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.refuse_once(event, *_ANCHOR)
        if event.tag is not None:
            tag = f"the tag {_short(event.tag)} is not allowed; delete it"
            self.refuse_at(event, "yaml-tag", tag)

    def clean(self, value: str, event: Any) -> str:
        """Return the value in the one form that texts have, noting forbidden marks."""
        value = normalise(value)
        for _, message in text_faults(value)[:1]:
            self.refuse_at(event, "forbidden-character", message)
        return value

    def refuse_at(self, event: Any, code: str, message: str, name: str = "") -> None:
        mark = event.start_mark
        path = f"{self.path()}/{name}" if name else self.path()
        self.refuse(code, message, mark.line + 1, mark.column + 1, path)

    def refuse_once(self, event: Any, code: str, message: str) -> None:
        if all(finding.code != code for finding in self.findings):
            self.refuse_at(event, code, message)

    def refuse(
        self, code: str, message: str, line: int, column: int, path: str = ""
    ) -> None:
        origin = Origin(self.file, line, column, path)
        self.findings.append(Finding(Severity.ERROR, code, message, origin))
        if len(self.findings) >= MAX_FINDINGS:
            raise _Stop

    def path(self) -> str:
        """Return the address of what is being read."""
        steps: list[Step] = []
        for data, _, name, _ in self.stack[1:]:
            steps.append(
                name if name is not None else step_name(data[-1], len(data) - 1)
            )
        if self.name is not None:
            steps.append(self.name)
        elif self.stack and type(self.data) is list:
            steps.append(len(self.data))
        return join_path(steps)

    def open_bracket(self) -> tuple[int, int] | None:
        """Return line and column of the innermost bracket that is still open."""
        event = self.stack[-1][3] if self.stack else None
        if event is None or not event.flow_style:
            return None
        return event.start_mark.line + 1, event.start_mark.column + 1


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
