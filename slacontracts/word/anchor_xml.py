"""An anchor map and what was sent in, XML out, and back again from an outside file.

What comes from outside is a claim: anything that is not as it was written here makes
the whole of it void.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from slacontracts.model.anchors import HEADING, Anchor, AnchorMap, ValueSpan
from slacontracts.model.scalars import read_data_path
from slacontracts.word.build import attribute
from slacontracts.word.names import XML_HEAD

ANCHORS: Final = "urn:slacontracts:anchors:1"
ROOT: Final = f"{{{ANCHORS}}}sent"
_PARAGRAPH: Final = f"{{{ANCHORS}}}p"
_VALUE: Final = f"{{{ANCHORS}}}v"

# What a paragraph is, by the attributes that say so; each is left out where it is so.
_PLACES: Final[Mapping[str, int]] = {"b": HEADING, "r": -1, "l": -1, "n": -1, "o": 0}
_KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_FORM: Final = re.compile(r"[a-z]{1,20}", re.ASCII)
_NUMBER: Final = re.compile(r"-1|0|[1-9][0-9]{0,6}", re.ASCII)
_LONGEST: Final = 200  # characters of a key or an address


def map_xml(attributes: Mapping[str, str], anchors: AnchorMap) -> bytes:
    """Return the part that holds an anchor map; attributes: those of its root."""
    said = "".join(f' {name}="{attribute(text)}"' for name, text in attributes.items())
    lines = "".join([_paragraph(anchor) for anchor in anchors])
    return f'{XML_HEAD}<sent xmlns="{ANCHORS}"{said}>{lines}</sent>'.encode()


def _paragraph(anchor: Anchor) -> str:
    numbers = (anchor.block, anchor.row, anchor.cell, anchor.line, anchor.offset)
    said = f' c="{attribute(anchor.clause)}"' if anchor.clause else ""
    for (name, usual), number in zip(_PLACES.items(), numbers, strict=True):
        if number != usual:
            said += f' {name}="{number}"'
    values = "".join(
        [
            f'<v s="{one.start}" e="{one.end}" p="{attribute(one.path)}"'
            + (f' f="{one.form}"/>' if one.form != "text" else "/>")
            for one in anchor.values
        ]
    )
    return f"<p{said}>{values}</p>" if values else f"<p{said}/>"


def read_map(root: Any) -> AnchorMap | None:
    """Return the anchor map of a part, or None where it is not as it was written."""
    try:
        return tuple([_anchor(one) for one in root])
    except ValueError:
        return None


def _anchor(element: Any) -> Anchor:
    if element.tag != _PARAGRAPH:
        raise ValueError(element.tag)
    clause = element.get("c", "")
    if clause:
        _require(_KEY, clause)
    numbers = [_number(element, name, usual) for name, usual in _PLACES.items()]
    values: list[ValueSpan] = []
    for inner in element:
        values.append(_value(inner, values[-1].end if values else 0))
    block, row, cell, line, offset = numbers
    return Anchor(clause, block, row, cell, line, offset, tuple(values))


def _value(element: Any, least: int) -> ValueSpan:
    if element.tag != _VALUE:
        raise ValueError(element.tag)
    start, end = _number(element, "s", -1), _number(element, "e", -1)
    if not least <= start <= end:
        raise ValueError(start)
    path = element.get("p", "")
    if len(path) > _LONGEST:
        raise ValueError(path)
    form = element.get("f", "text")
    _require(_FORM, form)
    return ValueSpan(start, end, read_data_path(path), form)


def _number(element: Any, name: str, usual: int) -> int:
    text = element.get(name)
    if text is None:
        return usual
    _require(_NUMBER, text)
    number = int(text)
    if number < usual:
        raise ValueError(text)
    return number


def _require(pattern: "re.Pattern[str]", text: str) -> None:
    if len(text) > _LONGEST or not pattern.fullmatch(text):
        raise ValueError(text)
