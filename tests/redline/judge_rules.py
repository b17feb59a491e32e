"""A redline in; how many marks it has, and where its markup breaks a rule, out."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from judge_reader import meaning, of_part
from redline_pieces import Marks

from slacontracts.word.gate import WordFile
from slacontracts.word.names import R, W, w

_RANGES: Final = ("moveFromRangeStart", "moveToRangeStart")
_REVISIONS: Final = frozenset(
    (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("trPrChange", "tcPrChange", "numberingChange", *_RANGES),
    )
)
_FORMATS: Final = frozenset(
    {one for one in _REVISIONS if one.endswith("Change")} | {"tblGridChange"}
)
_DRAWING: Final = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
)


def text_parts(file: WordFile) -> Iterator[str]:
    """Yield the names of the parts that hold words."""
    for name in file.package.names:
        kind = file.types.of(name)
        if any(
            f"wordprocessingml.{one}" in kind
            for one in ("document.main", "header", "footer", "footnotes", "endnotes")
        ):
            yield name


def count_marks(file: WordFile) -> Marks:
    """Return how many marks a file has, of each kind."""
    found: Counter[str] = Counter()
    for name in text_parts(file):
        for one in file.tree(name).iter(f"{{{W}}}*"):
            kind = _kind(one)
            if kind:
                found[kind] += 1
    return Marks(**found)


def _kind(one: Any) -> str:
    tag = _local(one)
    if tag in _FORMATS:
        return "formats"
    if tag == "moveFromRangeStart":
        return "moves"
    if tag in ("cellIns", "cellDel", "cellMerge"):
        return "rows"
    if tag not in ("ins", "del", "moveFrom", "moveTo"):
        return ""
    parent = _local(one.getparent())
    if parent == "trPr":
        return "rows"
    if parent == "rPr":
        return "paragraphs"
    return "ins" if tag in ("ins", "moveTo") else "dels"


def broken_rules(file: WordFile) -> list[str]:
    """Return the rules that a redline's markup breaks, in words."""
    return [
        f"{name}: {fault}"
        for name in text_parts(file)
        for fault in (
            *_ids(file.tree(name)),
            *_deletions(file.tree(name)),
            *_moves(file.tree(name)),
            *_places(file.tree(name)),
            *_references(file, name),
        )
    ]


def _ids(root: Any) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for one in root.iter(f"{{{W}}}*"):
        tag = _local(one)
        if tag in _REVISIONS or tag == "bookmarkStart":
            seen[one.get(w("id"), "")] += 1
        if tag in _REVISIONS and not (one.get(w("author")) and one.get(w("date"))):
            yield f"{tag} has no author or date"
    drawings = Counter(one.get("id") for one in root.iter(f"{_DRAWING}docPr"))
    controls = Counter(
        one.find(w("id")).get(w("val"))
        for one in root.iter(w("sdtPr"))
        if one.find(w("id")) is not None
    )
    for what, counter in (("id", seen), ("drawing", drawings), ("control", controls)):
        yield from (
            f"{what} {number!r} is given {count} times"
            for number, count in counter.items()
            if count > 1 or not number
        )


def _deletions(root: Any) -> Iterator[str]:
    for one in root.iter(w("t"), w("instrText")):
        if any(above.tag == w("del") for above in one.iterancestors()):
            yield f"{_local(one)} stands in a deletion"
    for one in root.iter(w("delText"), w("delInstrText")):
        if not any(above.tag == w("del") for above in one.iterancestors()):
            yield f"{_local(one)} stands outside a deletion"
    for one in root.iter(w("ins"), w("moveTo"), w("del"), w("moveFrom")):
        above = [_local(up) for up in one.iterancestors() if up.tag != w("txbxContent")]
        if _local(one) in above[: above.index("p") if "p" in above else None]:
            yield f"{_local(one)} stands in another"
    for one in root.iter(w("r")):
        if not len(one) and one.getparent().tag != w("p"):
            yield "a marked run is empty"


def _places(root: Any) -> Iterator[str]:
    """Find properties that do not stand first, and what may not stand last."""
    for tag in ("pPr", "rPr", "tcPr", "tblPr", "sdtPr", "tblPrEx"):
        for one in root.iter(w(tag)):
            before = one.getprevious()
            may_follow = _local(one.getparent()) in (
                "pPr",
                "ctrlPr",
                "sdtPr",
                "sdtEndPr",
            )
            if before is not None and not may_follow:
                yield f"{tag} stands behind {_local(before)}"
    for body in root.iter(w("body")):
        if any(_local(one) == "sectPr" for one in body[:-1]):
            yield "something stands behind the last section"
    for cell in root.iter(w("tc")):
        if not len(cell) or _local(cell[-1]) not in ("p", "sdt", "customXml"):
            yield "a cell does not end with a paragraph"


def _moves(root: Any) -> Iterator[str]:
    names: dict[str, Counter[str]] = {}
    for side in ("moveFrom", "moveTo"):
        names[side] = Counter()
        opened: set[str] = set()
        for one in root.iter(f"{{{W}}}*"):
            tag = _local(one)
            if tag == f"{side}RangeStart":
                names[side][one.get(w("name"), "")] += 1
                opened.add(one.get(w("id"), ""))
            elif tag == f"{side}RangeEnd":
                if one.get(w("id")) not in opened:
                    yield f"{tag} ends what did not start"
                opened.discard(one.get(w("id"), ""))
            elif tag == side and not opened:
                yield f"{tag} stands outside its range"
        if opened:
            yield f"{side} ranges {sorted(opened)} have no end"
    if (
        names["moveFrom"] != names["moveTo"]
        or max(names["moveTo"].values(), default=1) > 1
    ):
        yield f"moves are not paired: {names}"


def _references(file: WordFile, part: str) -> Iterator[str]:
    kinds = {one.kind: one.meant for one in of_part(file, file.main)}
    for one in file.tree(part).iter():
        if not isinstance(one.tag, str):
            continue
        for name, value in one.attrib.items():
            if name.startswith(f"{{{R}}}") and meaning(file, part, value).startswith(
                "nothing"
            ):
                yield f"{_local(one)} names {value}, which is nothing"
        known = _KNOWN.get(_local(one))
        if known is not None:
            kind, tag, attribute, own = known
            holder = kinds.get(kind)
            root = file.tree(holder) if holder else ()
            value = one.get(w(own))
            ids = {each.get(w(attribute)) for each in root if each.tag == w(tag)}
            if value not in ids | {"0" if kind == "numbering" else ""}:
                yield f"{_local(one)} names {value}, which {kind} do not hold"


_KNOWN: Final = {
    "pStyle": ("styles", "style", "styleId", "val"),
    "rStyle": ("styles", "style", "styleId", "val"),
    "tblStyle": ("styles", "style", "styleId", "val"),
    "numId": ("numbering", "num", "numId", "val"),
    "footnoteReference": ("footnotes", "footnote", "id", "id"),
    "endnoteReference": ("endnotes", "endnote", "id", "id"),
    "commentReference": ("comments", "comment", "id", "id"),
}


def lost(redline: WordFile, new: WordFile) -> list[str]:
    """Return what NEW has beside its words and the redline has no more."""
    return [
        f"{what} {sorted(gone.elements())} of the new file"
        for what, mine, other in (
            ("bookmarks", _bookmarks(redline), _bookmarks(new)),
            ("controls", _controls(redline), _controls(new)),
            ("comments", _comments(redline), _comments(new)),
        )
        if (gone := other - mine)
    ]


def _bookmarks(file: WordFile) -> Counter[str]:
    return Counter(
        str(one.get(w("name")))
        for name in text_parts(file)
        for one in file.tree(name).iter(w("bookmarkStart"))
    )


def _controls(file: WordFile) -> Counter[str]:
    return Counter(
        str(one.find(w("tag")).get(w("val")))
        for name in text_parts(file)
        for one in file.tree(name).iter(w("sdtPr"))
        if one.find(w("tag")) is not None
    )


def _comments(file: WordFile) -> Counter[str]:
    return Counter(
        str(one.get(w("id")))
        for name in text_parts(file)
        for one in file.tree(name).iter(w("commentReference"))
    )


def _local(element: Any) -> str:
    return str(element.tag).removeprefix(f"{{{W}}}") if element is not None else ""
