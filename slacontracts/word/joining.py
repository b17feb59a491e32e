"""Elements to take out or to unwrap in; a tree in which nothing hollow is left out.

A paragraph whose end goes runs on into the next one, which keeps its own properties.
Bookmarks and the ends of ranges whose other end stays are never lost.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from slacontracts.word.names import w
from slacontracts.word.revision_marks import local_name

_RANGES: Final = (
    *("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange"),
    *("customXmlInsRange", "customXmlDelRange"),
    *("customXmlMoveFromRange", "customXmlMoveToRange"),
)
_MARKERS: Final = frozenset(
    f"{name}{end}" for name in _RANGES for end in ("Start", "End")
)
_MARKER_TAGS: Final = tuple(w(name) for name in sorted(_MARKERS))
_NO_CONTENT: Final = _MARKERS | {"", "pPr", "proofErr"}
_NOTHING_IN_A_RUN: Final = frozenset({"", "rPr", "lastRenderedPageBreak"})
_INLINE_WRAPPERS: Final = frozenset(
    {
        *("hyperlink", "fldSimple", "smartTag", "customXml", "dir", "bdo"),
        *("ins", "del", "moveFrom", "moveTo", "oMath", "oMathPara"),
    }
)
_BLOCKS: Final = frozenset({"p", "tbl", "sdt", "customXml"})
_CONTAINERS: Final = frozenset(
    {"tc", "body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"}
)
_ROWS: Final = frozenset({"tr", "sdt", "customXml", "ins", "del"})
_CELLS: Final = frozenset({"tc", "sdt", "customXml"})


def remove(element: Any) -> None:
    """Take an element out, and whatever holds nothing after that."""
    parent = element.getparent()
    if parent is None:
        return
    _save_markers(element)
    parent.remove(element)
    tidy(parent)


def replace_by(element: Any, children: Iterable[Any]) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    for child in children:
        element.addprevious(child)
    parent.remove(element)


def tidy(holder: Any) -> None:
    """Take out a holder of nothing, and those above it; mend what must hold text."""
    while _is_hollow(holder):
        above = holder.getparent()
        if above is None:
            return
        _save_markers(holder)
        above.remove(holder)
        holder = above
    _mend(holder)


def _save_markers(element: Any) -> None:
    """Put the ends of ranges that reach out of an element before it."""
    if local_name(element) in _MARKERS:
        return
    for marker in _reaching_out(element):
        element.addprevious(marker)


def _reaching_out(element: Any) -> list[Any]:
    """Return the markers in an element whose other end stands outside of it."""
    markers = list(element.iter(*_MARKER_TAGS))
    ends: dict[tuple[str, str], int] = {}
    for marker in markers:
        ends[_range(marker)] = ends.get(_range(marker), 0) + 1
    return [marker for marker in markers if ends[_range(marker)] % 2]


def _range(marker: Any) -> tuple[str, str]:
    name = local_name(marker).removesuffix("Start").removesuffix("End")
    return name, marker.get(w("id"), "")


def _is_hollow(element: Any) -> bool:
    """Tell whether an element that is there for what it holds holds nothing."""
    name = local_name(element)
    if name in _INLINE_WRAPPERS:
        return not any(_is_held(one) for one in element)
    if name == "sdtContent":
        return not any(_is_held(one) for one in element) and not _is_in_paragraph(
            element
        )
    if name == "sdt":
        return element.find(w("sdtContent")) is None
    if name == "tbl":
        return not any(local_name(one) in _ROWS for one in element)
    return name == "tr" and not any(local_name(one) in _CELLS for one in element)


def _is_held(element: Any) -> bool:
    name = local_name(element)
    return not (name in _NO_CONTENT or name.endswith("Pr") or name == "fldData")


def _is_in_paragraph(element: Any) -> bool:
    """Tell whether text stands here, not blocks; an empty content control may stay."""
    for above in element.iterancestors():
        name = local_name(above)
        if name == "p":
            return True
        if name in _CONTAINERS or name in ("tbl", "tr"):
            return False
    return False


def _mend(holder: Any) -> None:
    """Give a holder of blocks the paragraph that it must have."""
    name = local_name(holder)
    if name not in _CONTAINERS:
        return
    if name == "tc":
        is_sound = next(
            (
                local_name(one) != "tbl"
                for one in reversed(holder)
                if local_name(one) in _BLOCKS
            ),
            False,
        )
    else:
        is_sound = any(local_name(one) in _BLOCKS for one in holder)
    if is_sound:
        return
    paragraph = holder.makeelement(w("p"))
    last = holder[-1] if len(holder) else None
    if last is not None and local_name(last) == "sectPr":
        last.addprevious(paragraph)
    else:
        holder.append(paragraph)


def join_paragraphs(paragraphs: Sequence[Any]) -> None:
    """Let paragraphs whose end is gone run on into what follows.

    paragraphs: in the order of the document. Where no paragraph follows, an empty
    one goes, unless a cell or a story needs it; one with text stays.
    """
    for paragraph in reversed(paragraphs):
        parent = paragraph.getparent()
        if parent is None:
            continue
        between: list[Any] = []
        following = _following(paragraph, between)
        has_content = _has_content(paragraph)
        if following is not None:
            kept = (
                [one for one in paragraph if local_name(one) not in ("", "pPr")]
                if has_content
                else _reaching_out(paragraph)
            )
            _put_in_front(following, [*kept, *between] if kept else [])
        elif has_content or not _may_go(paragraph, parent):
            continue
        else:
            _save_markers(paragraph)
        parent.remove(paragraph)
        tidy(parent)


def _following(paragraph: Any, between: list[Any]) -> Any:
    """Return the paragraph that follows, also into or out of a content control.

    between: gets the markers that stand between the two.
    """
    at = paragraph
    while True:
        beside = at.getnext()
        while beside is not None and local_name(beside) in _NO_CONTENT:
            if local_name(beside) in _MARKERS:
                between.append(beside)
            beside = beside.getnext()
        if beside is not None:
            return _first_paragraph(beside)
        above = at.getparent()
        if above is None or local_name(above) not in ("sdtContent", "customXml"):
            return None
        at = above.getparent() if local_name(above) == "sdtContent" else above


def _first_paragraph(block: Any) -> Any:
    """Return the paragraph that a block is or begins with, or None."""
    while block is not None and local_name(block) in ("sdt", "customXml"):
        content = block.find(w("sdtContent"))
        inside = block if content is None else content
        block = next((one for one in inside if local_name(one) in _BLOCKS), None)
    return block if block is not None and local_name(block) == "p" else None


def _put_in_front(paragraph: Any, content: Sequence[Any]) -> None:
    properties = paragraph.find(w("pPr"))
    for one in reversed(content):
        if properties is not None:
            properties.addnext(one)
        else:
            paragraph.insert(0, one)


def _has_content(paragraph: Any) -> bool:
    return any(
        any(local_name(inner) not in _NOTHING_IN_A_RUN for inner in one)
        if local_name(one) == "r"
        else local_name(one) not in _NO_CONTENT
        for one in paragraph
    )


def _may_go(block: Any, parent: Any) -> bool:
    """Tell whether what holds an empty block can be without it."""
    if parent is None:
        return False
    before = _beside(block, -1)
    if local_name(parent) in ("sdtContent", "customXml") and (
        before is None and _beside(block, 1) is None
    ):
        wrapper = parent.getparent() if local_name(parent) == "sdtContent" else parent
        return wrapper is not None and _may_go(wrapper, wrapper.getparent())
    if local_name(parent) == "tc" and _beside(block, 1) is None:
        return before is not None and local_name(before) != "tbl"
    return before is not None or _beside(block, 1) is not None


def _beside(block: Any, step: int) -> Any:
    return next(
        (
            one
            for one in block.itersiblings(preceding=step < 0)
            if local_name(one) in _BLOCKS
        ),
        None,
    )
