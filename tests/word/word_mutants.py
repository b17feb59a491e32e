"""A seed in; a Word file that was spoilt, its sound twin, and how it was spoilt, out.

Most mutants are well-formed and reach the room behind the gate; some are no zip.
"""

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree
from odd_pieces import ABSURD, NAMES, ODD
from pairs import PAIRS
from small_docx import NAMESPACES

from benchmarks.two_versions import versions
from slacontracts.redline import redline
from slacontracts.word.gate import admit
from slacontracts.word.names import RELATIONSHIPS, TYPES_PART, R, w
from slacontracts.word.revisions import revisions

RETURNED: Final = Path(__file__).parents[1] / "returned"
Parts = list[tuple[str, bytes]]
Mutation = Callable[[Any, random.Random], None]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A mutant with the sound file that it is compared with. how: what was done."""

    mutant: bytes
    sound: bytes
    how: str


RELATED: Final = ("header", "footnotes", "comments", "image", "diagramData", "x")


def _elements(root: Any) -> list[Any]:
    return [one for one in root.iter() if one is not root]


def _any(root: Any, chance: random.Random) -> Any:
    """Return some element below a root, or None."""
    found = _elements(root)
    return chance.choice(found) if found else None


def _drop(root: Any, chance: random.Random) -> None:
    if (one := _any(root, chance)) is not None:
        one.getparent().remove(one)


def _double(root: Any, chance: random.Random) -> None:
    if (one := _any(root, chance)) is not None:
        for _ in range(chance.choice((1, 1, 1, 40))):
            one.addnext(deepcopy(one))


def _nest_wrongly(root: Any, chance: random.Random) -> None:
    one, other = _any(root, chance), _any(root, chance)
    if one is None or not isinstance(other.tag, str):
        return
    copy = deepcopy(one)
    other.insert(chance.randint(0, len(other)), copy)


def _unwrap(root: Any, chance: random.Random) -> None:
    one = _any(root, chance)
    if one is not None:
        for child in list(one):
            one.addprevious(child)
        one.getparent().remove(one)


def _wrap(root: Any, chance: random.Random) -> None:
    if (one := _any(root, chance)) is None:
        return
    wrapper = one.makeelement(w(chance.choice(NAMES)))
    one.addprevious(wrapper)
    wrapper.append(one)


def _rename(root: Any, chance: random.Random) -> None:
    one = _any(root, chance)
    if one is not None and isinstance(one.tag, str):
        one.tag = w(chance.choice(NAMES))


def _lose_attribute(root: Any, chance: random.Random) -> None:
    named = [one for one in _elements(root) if one.attrib]
    if named:
        one = chance.choice(named)
        del one.attrib[chance.choice(sorted(one.attrib))]


def _absurd_attribute(root: Any, chance: random.Random) -> None:
    named = [one for one in _elements(root) if one.attrib]
    if named:
        one = chance.choice(named)
        one.set(chance.choice(sorted(one.attrib)), chance.choice(ABSURD))


def _absurd_everywhere(root: Any, chance: random.Random) -> None:
    """Give an attribute the same absurd value wherever it stands."""
    names = sorted({name for one in _elements(root) for name in one.attrib})
    if names:
        name, value = chance.choice(names), chance.choice(ABSURD)
        for one in root.iter():
            if name in one.attrib:
                one.set(name, value)


def _new_attribute(root: Any, chance: random.Random) -> None:
    one = _any(root, chance)
    if one is not None and isinstance(one.tag, str):
        name = chance.choice((w("id"), w("val"), f"{{{R}}}id", w("type"), w("name")))
        one.set(name, chance.choice(ABSURD))


def _other_words(root: Any, chance: random.Random) -> None:
    texts = [one for one in _elements(root) if one.text]
    if texts:
        chance.choice(texts).text = chance.choice((*ABSURD, "\u200f\u200e", "é" * 9000))


def _stray_text(root: Any, chance: random.Random) -> None:
    if (one := _any(root, chance)) is not None:
        one.tail = "stray"


def _odd_piece(root: Any, chance: random.Random) -> None:
    holder = etree.fromstring(f"<a {NAMESPACES}>{chance.choice(ODD)}</a>")
    places = [one for one in root.iter() if isinstance(one.tag, str)]
    place = chance.choice(places)
    at = chance.randint(0, len(place))
    for one in reversed(holder):
        place.insert(at, one)


def _shuffle(root: Any, chance: random.Random) -> None:
    places = [one for one in root.iter() if len(one) > 1]
    if places:
        place = chance.choice(places)
        children = list(place)
        chance.shuffle(children)
        place[:] = children


def _empty(root: Any, chance: random.Random) -> None:
    del root[:]
    if chance.random() < 0.5:
        root.text = "words"


IN_THE_TEXT: Final[Sequence[Mutation]] = (
    *(_drop, _double, _nest_wrongly, _nest_wrongly, _unwrap, _wrap, _wrap, _rename),
    *(_lose_attribute, _absurd_attribute, _absurd_everywhere, _new_attribute),
    *(_other_words, _stray_text, _shuffle, _odd_piece, _odd_piece, _odd_piece),
    *(_odd_piece, _odd_piece, _empty),
)


@cache
def sources() -> tuple[tuple[bytes, bytes], ...]:
    """Return pairs of sound files: small ones of every kind, and whole agreements."""
    pairs = [(pair.old.data(), pair.new.data()) for pair in PAIRS]
    pairs += [versions(9, 12)] * (len(pairs) // 10)
    for path in sorted(RETURNED.glob("*.docx")):
        pairs += [(path.read_bytes(), path.read_bytes())] * (len(PAIRS) // 10)
    return tuple(pairs)


def spoilt(seed: int) -> Spoilt:
    """Return the mutant of a seed."""
    chance = random.Random(seed)
    pair = chance.choice(sources())
    sound = chance.choice(pair)
    first = chance.choice([*pair, None])
    if first is None:
        first = _redlined(*pair)
    way = chance.random()
    if way < 0.05:
        return Spoilt(_bytes_spoilt(first, chance), sound, "bytes of the file")
    parts = _parts(first)
    if way < 0.30:
        change = chance.choice(IN_THE_PACKAGE)
        return Spoilt(_zipped(change(parts, chance)), sound, change.__name__)
    how = []
    for _ in range(chance.choice((1, 1, 2, 5))):
        mutate = chance.choice(IN_THE_TEXT)
        at = _xml_part(parts, chance)
        name, content = parts[at]
        root = etree.fromstring(content, etree.XMLParser(huge_tree=True))
        mutate(root, chance)
        parts[at] = (name, etree.tostring(root))
        how.append(f"{mutate.__name__} in {name}")
    return Spoilt(_zipped(parts), sound, ", ".join(how))


def _redlined(old: bytes, new: bytes) -> bytes:
    """Return a redline of two files; the old one when they hold changes already."""
    before, after = admit(old, "old.docx"), admit(new, "new.docx")
    if revisions(before) or revisions(after):
        return old
    return redline(before, after, author="Ada", date="2026-03-01T09:00:00Z").data


def _xml_part(parts: Parts, chance: random.Random) -> int:
    """Return the place of an XML part: mostly the main one."""
    at = [n for n, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels"))]
    main = [n for n in at if parts[n][0] == "word/document.xml"]
    return chance.choice(main if main and chance.random() < 0.65 else at)


def _parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _zipped(parts: Parts) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)  # names that stand twice
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return out.getvalue()


def _bytes_spoilt(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 12))):
        out[chance.randrange(len(out))] = chance.choice((0, 255, chance.randrange(256)))
    begin, end = sorted(chance.choices(range(len(out)), k=2))
    return bytes(
        chance.choice((out[:end], out[begin:], out[:begin] + out[end:], out, out))
    )


def _without_a_part(parts: Parts, chance: random.Random) -> Parts:
    gone = chance.randrange(len(parts))
    return [one for at, one in enumerate(parts) if at != gone]


def _with_a_part_twice(parts: Parts, chance: random.Random) -> Parts:
    name, content = chance.choice(parts)
    name = chance.choice((name, name.upper(), name.replace(".", "2.")))
    return [*parts, (name, content)]


def _with_a_part_cut(parts: Parts, chance: random.Random) -> Parts:
    at = chance.randrange(len(parts))
    name, content = parts[at]
    cut = chance.choice((0, chance.randint(0, len(content))))
    return [*parts[:at], (name, content[:cut]), *parts[at + 1 :]]


def _with_a_part_altered(parts: Parts, chance: random.Random) -> Parts:
    at = chance.randrange(len(parts))
    name, content = parts[at]
    altered = _bytes_spoilt(content or b" ", chance)
    return [*parts[:at], (name, altered), *parts[at + 1 :]]


def _with_two_parts_exchanged(parts: Parts, chance: random.Random) -> Parts:
    one, other = chance.sample(range(len(parts)), 2)
    out = list(parts)
    out[one] = (parts[one][0], parts[other][1])
    out[other] = (parts[other][0], parts[one][1])
    return out


def _in_utf16(parts: Parts, chance: random.Random) -> Parts:
    at = _xml_part(parts, chance)
    name, content = parts[at]
    text = re.sub(r"<\?xml[^>]*\?>", "", content.decode("utf-8"))
    return [*parts[:at], (name, text.encode("utf-16")), *parts[at + 1 :]]


def _with_relationships_altered(parts: Parts, chance: random.Random) -> Parts:
    """Let a relationship lead elsewhere: in circles, to nothing, to another kind."""
    links = [n for n, (name, _) in enumerate(parts) if name.endswith(".rels")]
    at = chance.choice(links)
    name, content = parts[at]
    root = etree.fromstring(content)
    if len(root):
        one = chance.choice(list(root))
        names = [f"/{other}" for other, _ in parts]
        kinds = [str(other.get("Type", "")) for other in root]
        kinds += [f"{R}/{kind}" for kind in RELATED]
        match chance.randrange(5):
            case 0 | 1:
                one.set("Target", chance.choice([*names, "", "nothing.xml", "?", "#a"]))
            case 2:
                one.set("Type", chance.choice(kinds))
            case 3:
                one.set("Id", chance.choice(["rId999", "", "rIdOld1"]))
            case _:
                root.remove(one)
    return [*parts[:at], (name, etree.tostring(root)), *parts[at + 1 :]]


def _with_circles(parts: Parts, chance: random.Random) -> Parts:
    """Let every part that names none name all parts, itself among them."""
    names = [name for name, _ in parts if not name.endswith(".rels")]
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{chance.choice(RELATED)}" '
        f'Target="/{name}"/>'
        for number, name in enumerate(names, 1)
    )
    content = f'<Relationships xmlns="{RELATIONSHIPS}">{links}</Relationships>'
    known = {name for name, _ in parts}
    own = {
        f"{folder}{slash}_rels/{last}.rels"
        for folder, slash, last in (name.rpartition("/") for name in names)
    }
    return [*parts, *((name, content.encode()) for name in sorted(own - known))]


def _with_other_types(parts: Parts, chance: random.Random) -> Parts:
    at = next(n for n, (name, _) in enumerate(parts) if name == TYPES_PART)
    root = etree.fromstring(parts[at][1])
    one = chance.choice(list(root))
    if chance.random() < 0.5:
        root.remove(one)
    else:
        one.set("ContentType", chance.choice([*ABSURD, "application/xml"]))
    return [*parts[:at], (TYPES_PART, etree.tostring(root)), *parts[at + 1 :]]


def _without_notes_part(parts: Parts, chance: random.Random) -> Parts:
    """Leave the references to notes, comments, lists and styles without their part."""
    kind = chance.choice(("note", "comment", "numbering", "styles", "header", "rels"))
    kept = [(name, content) for name, content in parts if kind not in name]
    return kept if any(name == "word/document.xml" for name, _ in kept) else parts


IN_THE_PACKAGE: Final = (
    *(_without_a_part, _with_a_part_twice, _with_a_part_cut, _with_a_part_altered),
    *(_with_two_parts_exchanged, _in_utf16, _with_relationships_altered),
    *(_with_relationships_altered, _with_relationships_altered, _with_circles),
    *(_with_circles, _with_other_types, _without_notes_part, _without_notes_part),
)
