"""A part of a Word file in; the names of the fields that Word works out in it, out.

A field is found however it is written: in one element, in pieces over several runs,
inside another field, or in a deletion that somebody may reject.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from unicodedata import category, normalize

# Stands in a code for what another field would put there.
MADE_BY_A_FIELD: Final = "\ufffc"
_ELEMENTS: Final = tuple(
    "{*}" + name for name in ("fldChar", "fldSimple", "instrText", "delInstrText")
)
_LONGEST_READ: Final = 1_000  # of a code, whose name stands first
_NAME = re.compile(r'=|[^\s"\\]+')  # a formula needs no space after its name


def field_names(root: Any) -> Iterator[str]:
    """Yield the name of each field, in upper case; "" for a field without a name.

    A name that another field makes, wholly or in part, holds MADE_BY_A_FIELD.
    """
    loose = _Field()  # instructions that stand in no field
    inside: list[_Field] = []
    for element in root.iter(*_ELEMENTS):
        local = element.tag.rpartition("}")[2]
        if local == "fldSimple":
            yield _name(_attribute(element, "instr"))
        elif local == "fldChar":
            yield from _followed(inside, _attribute(element, "fldCharType"))
        else:
            text = "".join(element.itertext())
            (inside[-1] if inside else loose).code.append(text)
    for one in (loose, *inside):
        if one.code:
            yield one.name()


@dataclass(slots=True)
class _Field:
    code: list[str] = field(default_factory=list)
    has_result: bool = False

    def name(self) -> str:
        return _name("".join(self.code))


def _followed(inside: list[_Field], mark: str) -> Iterator[str]:
    """Follow a mark of a field; yield the name of a field that ends."""
    if mark == "begin":
        if inside and not inside[-1].has_result:
            inside[-1].code.append(MADE_BY_A_FIELD)
        inside.append(_Field())
    elif mark == "separate" and inside:
        inside[-1].has_result = True
    elif mark == "end" and inside:
        yield inside.pop().name()


def _attribute(element: Any, local: str) -> str:
    return next(
        (
            str(value)
            for name, value in element.attrib.items()
            if name.rpartition("}")[2] == local
        ),
        "",
    )


def _name(code: str) -> str:
    """Return the first word of a code, free of what hides it from the eye."""
    plain = normalize("NFKC", code.lstrip()[:_LONGEST_READ])
    found = _NAME.search("".join(one for one in plain if category(one) != "Cf"))
    return found[0].upper() if found else ""
