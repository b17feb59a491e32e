"""A Word file in; how many drawings it shows, and which pictures, out."""

from hashlib import sha256
from typing import Any, Final

from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_DRAWINGS: Final = (w("drawing"), w("pict"), w("object"), w("background"))
_FALLBACK: Final = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
)
_SHOWN_PARTS: Final = frozenset(
    w(one) for one in ("document", "hdr", "ftr", "footnotes", "endnotes")
)
# What a drawing shows beside the paragraphs of a text box.
_OF_THEIR_OWN: Final = ("{*}textpath", "{*}blip", "{*}imagedata", "{*}t")


def drawings_in(file: WordFile) -> int:
    """Return how many drawings the text shows; boxes that only hold text left out."""
    return sum(
        next(one.iterancestors(_FALLBACK), None) is None and not _is_text_box(one)
        for root in map(file.tree, _shown(file))
        for one in root.iter(*_DRAWINGS)
    )


def pictures_in(file: WordFile) -> frozenset[str]:
    """Return the digests of the pictures that the parts with text refer to."""
    links = {_links_of(name) for name in _shown(file)}
    return frozenset(
        sha256(file.package.read(one.meant)).hexdigest()
        for one in file.relationships
        if one.part in links
        and one.kind == "image"
        and one.meant
        and one.meant in file.package
    )


def _shown(file: WordFile) -> list[str]:
    return [
        name
        for name in file.package.names
        if file.types.is_xml(name) and file.tree(name).tag in _SHOWN_PARTS
    ]


def _links_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels".lstrip("/")


def _is_text_box(drawing: Any) -> bool:
    """Tell whether a drawing is a box whose text is read as such, and nothing else."""
    boxes = list(drawing.iter(w("txbxContent")))
    has_text = any("".join(box.itertext(w("t"))).strip() for box in boxes)
    own = (one for one in drawing.iter(*_OF_THEIR_OWN) if one.tag != w("t"))
    return has_text and next(own, None) is None
