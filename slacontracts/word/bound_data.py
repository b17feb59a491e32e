"""A Word file in; the texts that it takes from data inside of it out, with the data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_STEP: Final = re.compile(r"(?:[\w.-]+:)?([\w.-]+)(?:\[(\d{1,4})\])?")
_MOST_STEPS: Final = 40


@dataclass(frozen=True, slots=True)
class BoundValue:
    """What Word takes from the data. address: where it stands there."""

    address: str
    text: str


def bound_values(file: WordFile) -> dict[str, BoundValue]:
    """Return the data that content controls are bound to, by the text they hold."""
    names = [name for name in file.package.names if file.types.is_xml(name)]
    data = [file.tree(name) for name in names if name.startswith("customXml/item")]
    found: dict[str, BoundValue] = {}
    for name in names:
        if not name.startswith(file.main.rpartition("/")[0]):
            continue
        for bound in file.tree(name).iter(w("dataBinding")):
            control = next(bound.iterancestors(w("sdt")), None)
            if control is not None:
                shown = "".join(one.text or "" for one in control.iter(w("t")))
                address = bound.get(w("xpath"), "")[:200]
                texts = [text for root in data for text in _at(root, address)]
                text = texts[0] if texts else "what the data says"
                found[shown] = BoundValue(address, text)
    return found


def _at(root: Any, address: str) -> Iterator[str]:
    """Yield the text at an address of plain steps, such as /c/v[1]."""
    steps = [_STEP.fullmatch(one) for one in address.strip("/").split("/")]
    if len(steps) > _MOST_STEPS or not steps or steps[0] is None:
        return
    at = root if _local(root) == steps[0][1] else None
    for step in steps[1:]:
        if at is None or step is None:
            return
        same = [one for one in at if _local(one) == step[1]]
        place = int(step[2] or 1) - 1
        at = same[place] if 0 <= place < len(same) else None
    if at is not None:
        yield "".join(at.itertext()).strip()


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
