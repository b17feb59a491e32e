"""A part of a Word file in; the fields that Word works out in it, out.

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


@dataclass(frozen=True, slots=True)
class FieldCode:
    """The code of a field. place: the element that begins it.

    text: free of what hides it from the eye; what another field makes of it is
    MADE_BY_A_FIELD.
    """

    text: str
    place: Any

    @property
    def name(self) -> str:
        """The kind of the field, in upper case; "" for a field without a name."""
        found = _NAME.search(self.text[:_LONGEST_READ])
        return found[0].upper() if found else ""


def field_names(root: Any) -> Iterator[str]:
    """Yield the name of each field, in upper case; "" for a field without a name.

    A name that another field makes, wholly or in part, holds MADE_BY_A_FIELD.
    """
    return (one.name for one in field_codes(root))


def field_codes(root: Any) -> Iterator[FieldCode]:
    """Yield the code of each field, those inside another one before it."""
    loose = _Field(root)  # instructions that stand in no field
    inside: list[_Field] = []
    for element in root.iter(*_ELEMENTS):
        local = element.tag.rpartition("}")[2]
        if local == "fldSimple":
            yield _code(_attribute(element, "instr"), element)
        elif local == "fldChar":
            yield from _followed(inside, element)
        else:
            text = "".join(element.itertext())
            (inside[-1] if inside else loose).code.append(text)
    for one in (loose, *inside):
        if one.code:
            yield one.whole()


@dataclass(slots=True)
class _Field:
    place: Any
    code: list[str] = field(default_factory=list)
    has_result: bool = False

    def whole(self) -> FieldCode:
        return _code("".join(self.code), self.place)


def _followed(inside: list[_Field], mark: Any) -> Iterator[FieldCode]:
    """Follow a mark of a field; yield the code of a field that ends."""
    kind = _attribute(mark, "fldCharType")
    if kind == "begin":
        if inside and not inside[-1].has_result:
            inside[-1].code.append(MADE_BY_A_FIELD)
        inside.append(_Field(mark))
    elif kind == "separate" and inside:
        inside[-1].has_result = True
    elif kind == "end" and inside:
        yield inside.pop().whole()


def _attribute(element: Any, local: str) -> str:
    return next(
        (
            str(value)
            for name, value in element.attrib.items()
            if name.rpartition("}")[2] == local
        ),
        "",
    )


def _code(code: str, place: Any) -> FieldCode:
    plain = normalize("NFKC", code.lstrip())
    return FieldCode("".join(one for one in plain if category(one) != "Cf"), place)
