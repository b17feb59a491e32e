"""A part of a house style in; the fields and links that no agreement may hold, out.

Allowed is what Word works out from the agreement alone, and what leads to a web page
or a mail address. What depends on the day, the computer or anything else would show
other words in a signed file than those that were signed.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from slacontracts.word.archive import shown
from slacontracts.word.field_codes import MADE_BY_A_FIELD, FieldCode, field_codes
from slacontracts.word.names import R

_ALLOWED: Final = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "REF", "PAGEREF", "NOTEREF"}
    | {"TOC", "STYLEREF", "SEQ", "HYPERLINK"}
)
_FETCHING: Final = frozenset(
    {"INCLUDETEXT", "INCLUDE", "INCLUDEPICTURE", "IMPORT", "DATABASE", "RD"}
    | {"ASK", "FILLIN", "AUTOTEXT", "AUTOTEXTLIST"}
)
_OF_A_DAY: Final = frozenset({"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"})
_OF_PROPERTIES: Final = frozenset(
    {"DOCPROPERTY", "TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "INFO"}
    | {"LASTSAVEDBY", "REVNUM", "FILENAME", "FILESIZE", "TEMPLATE", "DOCVARIABLE"}
    | {"USERNAME", "USERINITIALS", "USERADDRESS", "EDITTIME", "NUMWORDS", "NUMCHARS"}
)
_ADDRESSES: Final = ("http://", "https://", "mailto:")
_WORD_OF_A_CODE = re.compile(r'"((?:\\.|[^"\\])*)"?|(\\\S)|([^\s"\\][^\s"]*)')
# Switches of a link that a text follows: a bookmark, a frame, what a pointer shows.
_SWITCHES_WITH_TEXT: Final = ("\\l", "\\o", "\\t")
_DRAWN: Final = (
    "{urn:schemas-microsoft-com:vml}*",
    "{urn:schemas-microsoft-com:office:office}*",
)


def field_faults(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield the place of each field or drawn link that may not be, and what is wrong.

    One place for a kind of field in a part.
    """
    seen = set()
    for code in field_codes(root):
        wrong = _wrong(code)
        if wrong and wrong not in seen:
            seen.add(wrong)
            yield code.place, wrong
    for element in root.iter(*_DRAWN):
        for name, value in element.attrib.items():
            local = name.rpartition("}")[2]
            is_link = local == "src" or (
                local == "href" and not is_harmless_address(value)
            )
            if is_link and not name.startswith(f"{{{R}}}"):
                yield element, bad_link(value)


def is_harmless_address(address: str) -> bool:
    """Tell whether an address is a web page, a mail address or a place in the file."""
    return address.strip().lower().startswith((*_ADDRESSES, "#"))


def bad_link(address: str) -> str:
    """Say what is wrong with a link."""
    return (
        f"it has a link to {shown(address)}, which is no web page and no mail address; "
        "remove it"
    )


def _wrong(code: FieldCode) -> str:
    """Return what is wrong with a field; nothing if it may stay."""
    name = code.name
    if not name:
        return ""
    if name == "HYPERLINK":
        target = _target(code.text[len(name) :])
        return "" if target is None or is_harmless_address(target) else bad_link(target)
    if name in _ALLOWED:
        return ""
    said = f"the field {shown(name)}"
    if name in _FETCHING:
        return (
            f"{said} brings in other text, or asks for it; replace the field with its "
            "text"
        )
    if name in _OF_A_DAY:
        return (
            f"{said} shows another date on another day; write the date, or a tag such "
            "as {{ agreement.effective }}, in its place"
        )
    if name in _OF_PROPERTIES:
        return (
            f"{said} shows what may change after signing; write the text, or a tag "
            "such as {{ agreement.title }}, in its place"
        )
    return (
        f"{said} may show or do something else after signing; replace the field with "
        "its text"
    )


def _target(code: str) -> str | None:
    """Return where a link leads to outside the file; None where it stays inside.

    code: what follows the name of the field.
    """
    is_after_switch = False
    for word in _WORD_OF_A_CODE.finditer(code):
        quoted, switch, bare = word.groups()
        if switch:
            is_after_switch = switch.lower() in _SWITCHES_WITH_TEXT
        elif is_after_switch:
            is_after_switch = False
        else:
            target = quoted if quoted is not None else bare
            return re.sub(r"\\(.)", r"\1", target) or None
    return MADE_BY_A_FIELD if MADE_BY_A_FIELD in code else None
