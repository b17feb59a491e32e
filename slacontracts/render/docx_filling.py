"""A part of a house style and facts in; its XML, and the text it must show, out.

The two are filled from two programs: one of XML, one of the bare text. They share
the facts but not the way of writing, so that one can be checked against the other.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.errors import ChecksFailedError, WordFileError
from slacontracts.jinja_text import FillError, Program, fill
from slacontracts.model.anchors import ValueSpan
from slacontracts.render.docx_facts import BLANK_TEXT, FactValue, Missing
from slacontracts.text import script_runs
from slacontracts.word.build import YELLOW, escape

# Private characters, which no text may hold: they mark what needs a run of its own.
_ARABIC, _BLANK, _END, _VALUE = "\ue000", "\ue001", "\ue002", "\ue004"
PARAGRAPH_END: Final = "\ue003"

_RUN = re.compile(
    "<w:r(?: [^>]*)?>(?P<properties><w:rPr>.*?</w:rPr>)?"
    "(?P<content>(?:(?!</w:r>).)*)</w:r>",
    re.DOTALL,
)
_MARKED = re.compile(f"([{_ARABIC}{_BLANK}])(.*?){_END}", re.DOTALL)
_VALUE_MARKED = re.compile(f"([^{_VALUE}]*){_VALUE}([^{_END}]*){_END}")
_NEXT_LINE: Final = '</w:t><w:br/><w:t xml:space="preserve">'
# Elements of rPr that must stand after highlight, and after rtl.
_AFTER_HIGHLIGHT = re.compile(
    "<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)"
    "[ />]"
)
_AFTER_RTL = re.compile("<w:(?:cs|em|lang|eastAsianLayout|specVanish|oMath)[ />]")


@dataclass(frozen=True, slots=True)
class FilledPart:
    """A part of a house style before and after the body, as XML and as text.

    A part without a body has everything in `before`.
    """

    before: Program
    after: Program
    text_before: Program
    text_after: Program


def fill_xml(
    program: Program, facts: Mapping[str, Any], *, is_rtl: bool, file: str
) -> str:
    """Return the XML of a program filled with facts."""

    def write(value: Any, address: str, _form: str, _line: int) -> str:
        if value is None:
            return ""
        if isinstance(value, Missing):
            return f"{_BLANK}{BLANK_TEXT}{_END}"
        text = _text_value(value, address, file)
        if text.isascii() and not is_rtl:
            return escape(text).replace("\n", _NEXT_LINE)
        return _by_script(text, is_rtl=is_rtl).replace("\n", _NEXT_LINE)

    xml = _filled(program, facts, write, file)
    return _RUN.sub(_split_run, xml) if _END in xml else xml


def fill_text(program: Program, facts: Mapping[str, Any], *, file: str) -> list[str]:
    """Return the paragraphs that a program's XML must show."""

    def write(value: Any, address: str, _form: str, _line: int) -> str:
        if value is None:
            return ""
        if isinstance(value, Missing):
            return BLANK_TEXT
        return _text_value(value, address, file).replace("\n", "\v")

    return _filled(program, facts, write, file).split(PARAGRAPH_END)[:-1]


def fill_spans(
    program: Program,
    facts: Mapping[str, Any],
    values: Mapping[str, FactValue],
    *,
    file: str,
) -> list[tuple[ValueSpan, ...]]:
    """Return for each paragraph of `fill_text` where the values stand in its text.

    values: what the facts are of the data, by their addresses.
    """
    found: list[FactValue] = []

    def write(value: Any, address: str, _form: str, _line: int) -> str:
        if isinstance(value, Missing):
            text = BLANK_TEXT
        else:
            text = "" if value is None else _text_value(value, address, file)
        known = values.get(address)
        if known is None or len(text) <= known.lead:
            return text
        found.append(known)
        return f"{text[: known.lead]}{_VALUE}{text[known.lead :]}{_END}"

    filled = _filled(program, facts, write, file)
    taken = iter(found)
    return [
        tuple(_spans(paragraph, taken))
        for paragraph in filled.split(PARAGRAPH_END)[:-1]
    ]


def _spans(marked: str, values: Iterator[FactValue]) -> Iterator[ValueSpan]:
    at = 0  # in the text without marks
    for before, inside in _VALUE_MARKED.findall(marked):
        start = at + len(before)
        at = start + len(inside)
        value = next(values)
        yield ValueSpan(start, at, value.path, value.form)


def blanks_in(
    programs: tuple[Program, ...], facts: Mapping[str, Any], *, file: str
) -> bool:
    """Tell whether a house style would print a blank."""
    found: list[str] = []

    def write(value: Any, address: str, _form: str, _line: int) -> str:
        if isinstance(value, Missing):
            found.append(address)
        return ""

    for program in programs:
        _filled(program, facts, write, file)
    return bool(found)


def refuse_blank() -> ChecksFailedError:
    """Return the refusal of an execution version with a blank in it."""
    return ChecksFailedError(
        "the execution version cannot be made while a value is missing ([●]); "
        "fill it in, or render a draft"
    )


def _filled(program: Program, facts: Mapping[str, Any], write: Any, file: str) -> str:
    try:
        return fill(program, facts, write, _no_call)
    except FillError as error:
        raise WordFileError(f"{file} cannot be filled in: {error}") from error


def _no_call(name: str, argument: str, line: int) -> str:
    raise AssertionError(
        f"a house style calls nothing: {name}({argument}), line {line}"
    )


def _text_value(value: Any, address: str, file: str) -> str:
    if not isinstance(value, str):
        tag = address.lstrip("/").replace("/", ".")
        raise WordFileError(
            f"{file} prints {{{{ {tag} }}}}, which is not a text; test it with "
            f"{{% if {tag} %}} or print a part of it"
        )
    return value


def _by_script(text: str, *, is_rtl: bool) -> str:
    return "".join(
        f"{_ARABIC}{escape(piece)}{_END}" if is_arabic else escape(piece)
        for piece, is_arabic in script_runs(text, rtl=is_rtl)
    )


def _split_run(match: "re.Match[str]") -> str:
    """Give every marked piece of a run a run of its own, formatted like the rest."""
    if _END not in match["content"]:
        return match[0]
    plain = match["properties"] or ""

    def piece(marked: "re.Match[str]") -> str:
        inside = plain[len("<w:rPr>") : -len("</w:rPr>")]
        if marked[1] == _BLANK:
            inside = _insert(
                re.sub("<w:highlight[^>]*/>", "", inside), YELLOW, _AFTER_HIGHLIGHT
            )
        elif "<w:rtl/>" not in inside:
            inside = _insert(inside, "<w:rtl/>", _AFTER_RTL)
        return (
            f"</w:t></w:r><w:r><w:rPr>{inside}</w:rPr>"
            f'<w:t xml:space="preserve">{marked[2]}</w:t></w:r>'
            f'<w:r>{plain}<w:t xml:space="preserve">'
        )

    return f"<w:r>{plain}{_MARKED.sub(piece, match['content'])}</w:r>"


def _insert(inside: str, element: str, later: "re.Pattern[str]") -> str:
    found = later.search(inside)
    at = found.start() if found else len(inside)
    return inside[:at] + element + inside[at:]
