"""A filled Word form in; its answers by address, and all that is no answer, out.

The address is what a row is known by, so rows may be moved, and what Word or
LibreOffice does to styles, runs and widths does not matter. Only what a person sees
is an answer, and tracked changes count as accepted.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.errors import WordFileError
from slacontracts.render.form import FORM_PROPERTY, QUESTIONS_PROPERTY
from slacontracts.render.house_style_looks import Looks, is_on, unseen_text
from slacontracts.word.archive import same_part
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import CUSTOM_PART, w
from slacontracts.word.package import parse_part
from slacontracts.word.revision_marks import has_marks
from slacontracts.word.revisions import accept

_ADDRESS_AT: Final = 2  # after the question and the answer
_COMMENTS_PART: Final = "word/comments.xml"


@dataclass(frozen=True, slots=True)
class BesideAnswers:
    """What stands in a form beside its answers.

    questions: the text of each row's question, by address. others: every other text,
    above and below the table, in rows of somebody's own and in comments. is_tracked:
    whether there were tracked changes.
    """

    questions: Mapping[str, str]
    others: tuple[str, ...]
    is_tracked: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table. path: the address of its answer, or "" where it has none."""

    element: Any
    cells: tuple[str, ...]
    path: str

    @property
    def name(self) -> str:
        """How to name the row's question to a person, without its hint."""
        lines = (_text(line) for line in next(_cells(self.element)).iter(w("p")))
        return f'"{next(filter(None, lines), "")}" ({self.path})'


def read_form(data: bytes, file: str) -> dict[str, str]:
    """Return the answers of a filled form by address; empty ones are left out.

    Raises WordFileError when the file is no form, two rows with the same address
    have different answers, or a row holds what nobody sees or is not where it was.
    """
    word_file = _accepted(data, file)
    looks = _looks(word_file)
    answers: dict[str, str] = {}
    is_form = False
    for row in _rows(word_file.tree(word_file.main)):
        if fault := _shape_fault(row) or (row.path and _unseen_fault(row, looks)):
            raise WordFileError(f"{file}: {fault}")
        if not row.path:
            continue
        is_form = True
        path, answer = row.path, row.cells[_ADDRESS_AT - 1]
        if answer and answers.setdefault(path, answer) != answer:
            raise WordFileError(
                f'{file} answers {path} twice, "{answers[path]}" and "{answer}"; '
                "empty one of them"
            )
    if not is_form:
        raise WordFileError(
            f"{file} has no table of questions and addresses; fill in a form made with "
            "slacontracts form TEMPLATE -o FILE.docx"
        )
    return answers


def rows_missing(data: bytes, file: str, asked: Collection[str]) -> frozenset[str]:
    """Return the addresses, of those asked, that a form has lost.

    A form that has as many questions as it was made with has lost none: its template
    may ask more since.
    """
    word_file = _accepted(data, file)
    found = {row.path for row in _rows(word_file.tree(word_file.main)) if row.path}
    if _property(word_file, QUESTIONS_PROPERTY) == str(len(found)):
        return frozenset()
    return frozenset(asked) - found


def beside_answers(data: bytes, file: str) -> BesideAnswers:
    """Return what a form says beside its answers, which nobody would read else."""
    given = admit(data, file)
    word_file = _accepted(data, file)
    root = word_file.tree(word_file.main)
    questions: dict[str, str] = {}
    others: list[str] = []
    for row in _rows(root):
        if row.path:
            questions[row.path] = row.cells[0]
            others += row.cells[_ADDRESS_AT + 1 :]
        else:
            others += row.cells
    for line in root.iter(w("p")):
        if next(line.iterancestors(w("tr")), None) is None:
            others.append(_text(line))
    package = word_file.package
    if _COMMENTS_PART in package:
        comments = parse_part(package, _COMMENTS_PART)
        others += [_text(comment) for comment in comments.iter(w("comment"))]
    texts = tuple(text for text in others if text)
    return BesideAnswers(questions, texts, has_marks(given.tree(given.main)))


def form_template(data: bytes, file: str) -> str:
    """Return the template that a form was made for; "" if another program drops it."""
    return _property(admit(data, file), FORM_PROPERTY)


def _property(word_file: WordFile, name: str) -> str:
    package = word_file.package
    for kept in parse_part(package, CUSTOM_PART) if CUSTOM_PART in package else ():
        if kept.get("name") == name:
            return "".join(kept.itertext()).strip()
    return ""


def _accepted(data: bytes, file: str) -> WordFile:
    """Return a form as it is when its tracked changes are accepted."""
    word_file = admit(data, file)
    if has_marks(word_file.tree(word_file.main)):
        return admit(accept(word_file), file)
    return word_file


def _looks(word_file: WordFile) -> Looks:
    """Return what text looks like in a form, by its styles and its theme."""
    folder, _, name = word_file.main.rpartition("/")
    own = same_part(f"{folder}/_rels/{name}.rels".lstrip("/"))
    parts = {
        one.kind: one.meant
        for one in word_file.relationships
        if same_part(one.part) == own and one.meant in word_file.package.names
    }
    styles, theme = (parts.get(kind) for kind in ("styles", "theme"))
    return Looks(
        word_file.tree(styles) if styles else None,
        word_file.tree(theme) if theme else None,
    )


def _rows(root: Any) -> Iterator[_Row]:
    for element in root.iter(w("tr")):
        cells = tuple(_text(cell) for cell in _cells(element))
        address = "".join("".join(cells[_ADDRESS_AT : _ADDRESS_AT + 1]).split())
        yield _Row(element, cells, address if address.startswith("/") else "")


def _shape_fault(row: _Row) -> str:
    """Tell why it is not certain which cell of a row is the answer, or return ""."""
    if row.path:
        answer = list(_cells(row.element))[_ADDRESS_AT - 1]
        merge = answer.find(f"{w('tcPr')}/{w('vMerge')}")
        if merge is None or merge.get(w("val")) == "restart":
            return ""
        return (
            f"the answer to {row.name} is merged with the one above; split the cells "
            "in Word"
        )
    shifted = [one for one in row.cells[_ADDRESS_AT + 1 :] if one.startswith("/")]
    if not shifted:
        return ""
    texts = ", ".join(f'"{one}"' for one in row.cells if one and one != shifted[-1])
    return (
        f"the row {texts} ({shifted[-1]}) has a column too many before its "
        "grey address; delete that column in Word, or move it to the far right"
    )


def _unseen_fault(row: _Row, looks: Looks) -> str:
    """Tell that a row, or text in it, is there but not to be seen, or return ""."""
    hidden = row.element.find(f"{w('trPr')}/{w('hidden')}")
    if hidden is not None and is_on(hidden):
        return f"the row of {row.name} is hidden; show it in Word, or delete it"
    unseen = next(unseen_text(row.element, looks), None)
    if unseen is None:
        return ""
    return (
        f'the row of {row.name} holds text that nobody sees, "{_text(unseen[0])}"; '
        "show it in Word (font, size, colour), or delete it"
    )


def _cells(row: Any) -> Iterator[Any]:
    """Yield the cells of a row, also those inside content controls."""
    for child in row:
        if child.tag == w("tc"):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml")):
            yield from _cells(child)


_GONE: Final = frozenset({w("del"), w("moveFrom"), w("pPr"), w("rPr"), w("sdtPr")})
# Word puts them around what is pasted; they are no part of an answer.
_DIRECTION_MARKS: Final = re.compile("[\u200e\u200f\u061c\ufeff]")
_MARKS: Final[Mapping[str, str]] = {
    w("tab"): " ",
    w("br"): "\n",
    w("cr"): "\n",
    w("p"): "\n",
    w("noBreakHyphen"): "-",
}


def _text(cell: Any) -> str:
    """Return the text of a cell in one line; line ends become commas."""
    pieces: list[str] = []

    def gather(element: Any) -> None:
        for child in element:
            if child.tag in _GONE:
                continue
            if child.tag == w("t"):
                pieces.append(child.text or "")
            gather(child)
            pieces.append(_MARKS.get(child.tag, ""))

    gather(cell)
    text = _DIRECTION_MARKS.sub("", "".join(pieces))
    lines = [" ".join(line.split()).rstrip(",") for line in text.split("\n")]
    return ", ".join(line for line in lines if line)
