"""The tree of a part and marks of changes in; the tree with them resolved out.

Accepting keeps what was added and lets go what was removed; rejecting is the reverse.
"""

from collections.abc import Iterable
from typing import Any, Final

from slacontracts.word.grid_columns import Going, columns_of
from slacontracts.word.joining import join_paragraphs, remove, replace_by, tidy
from slacontracts.word.names import w
from slacontracts.word.revision_marks import (
    CONTENT,
    TAGS,
    Mark,
    find_marks,
    local_name,
)

_AFTER_VERTICAL_MERGE: Final = frozenset(
    {
        *("tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText"),
        *("vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge"),
        "tcPrChange",
    }
)
# What stays when the old properties come back: it was not part of them.
_KEPT: Final = {
    "rPrChange": frozenset(CONTENT),
    "pPrChange": frozenset({"rPr", "sectPr"}),
    "sectPrChange": frozenset({"headerReference", "footerReference"}),
    "trPrChange": frozenset({"ins", "del"}),
    "tcPrChange": frozenset({"cellIns", "cellDel", "cellMerge"}),
}
_KEPT_IN_FRONT: Final = ("rPrChange", "sectPrChange")
_MAY_GO_WHEN_EMPTY: Final = frozenset(
    {"rPr", "pPr", "trPr", "tcPr", "tblPrEx", "numPr"}
)
_WITHOUT_MOVE: Final = {"moveFrom": "del", "moveTo": "ins"}
_DELETED_TEXTS: Final = (("delText", "t"), ("delInstrText", "instrText"))
_EQUATION_PROPERTIES: Final = "Pr"


def resolve(marks: Iterable[Mark], *, accepting: bool) -> None:
    """Accept or reject marks; the tree that holds them is altered."""
    marks = list(marks)
    joined: list[Any] = []
    going = _columns_that_go(marks, accepting)
    for mark in marks:
        if mark.element.getparent() is None:
            continue  # it went with what held it
        lets_go = _lets_go(mark, accepting)
        _RESOLVERS[mark.role](mark, lets_go, accepting)
        if mark.role == "paragraph" and lets_go:
            joined.append(mark.owner)
    join_paragraphs(joined)
    for one in going:
        one.take_out()


def _lets_go(mark: Mark, accepting: bool) -> bool:
    return mark.is_removed if accepting else mark.is_added


def _columns_that_go(marks: Iterable[Mark], accepting: bool) -> list[Going]:
    """Return the columns of tables whose cells all go."""
    cells, rows = (
        [
            mark.owner
            for mark in marks
            if mark.role == role and mark.owner is not None
            if _lets_go(mark, accepting)
        ]
        for role in ("cell", "row")
    )
    return columns_of(cells, rows)


def part_moves(before: Iterable[Mark], root: Any) -> None:
    """Let what is left of a move after one half of it was resolved be no move.

    before: the marks that the tree had. What went is deleted, what came inserted.
    """
    left = [mark for mark in find_marks(root) if _is_of_move(mark)]
    had, has = (_moves_in(marks) for marks in (before, left))
    parted = {name for name in has if has[name] != had.get(name)}
    for mark in left:
        if mark.move not in parted:
            continue
        if mark.role == "range":
            _range(mark, False, False)
            continue
        name = mark.element.tag = w(_WITHOUT_MOVE[mark.what])
        if name == w("del") and mark.role == "content":
            _as_deleted(mark.element)


def _is_of_move(mark: Mark) -> bool:
    return mark.what in _WITHOUT_MOVE and mark.role != "wrapper"


def _moves_in(marks: Iterable[Mark]) -> dict[str, set[tuple[str, bool]]]:
    """Return what there is of each move: of which half, and whether its range."""
    out: dict[str, set[tuple[str, bool]]] = {}
    for mark in marks:
        if _is_of_move(mark):
            out.setdefault(mark.move, set()).add((mark.what, mark.role == "range"))
    return out


def _as_deleted(deletion: Any) -> None:
    for deleted, usual in _DELETED_TEXTS:
        for text in deletion.iter(w(usual)):
            text.tag = w(deleted)


def strip_marks(root: Any) -> None:
    """Take away marks that stand where none can be; what they hold stays."""
    for element in list(root.iter(*TAGS)):
        if element.getparent() is not None:
            kept = list(element) if local_name(element) in CONTENT else []
            replace_by(element, kept)


def _content(mark: Mark, lets_go: bool, _accepting: bool) -> None:
    element = mark.element
    if lets_go:
        remove(element)
        return
    if mark.what == "del":
        _bring_back(element)
    parent = element.getparent()
    replace_by(element, list(element))
    if parent is not None:
        tidy(parent)


def _bring_back(deletion: Any) -> None:
    """Make deleted text text again, unless another deletion holds it still."""
    for name, usual in _DELETED_TEXTS:
        for text in list(deletion.iter(w(name))):
            if next(text.iterancestors(w("del"))) is deletion and not _is_deleted(
                deletion
            ):
                text.tag = w(usual)


def _is_deleted(element: Any) -> bool:
    return next(element.iterancestors(w("del")), None) is not None


def _property(mark: Mark, _lets_go: bool, _accepting: bool) -> None:
    _drop(mark.element)


def _run(mark: Mark, lets_go: bool, _accepting: bool) -> None:
    if lets_go and mark.owner is not None:
        remove(mark.owner)
    else:
        _unwrap_property(mark.element)


def _row(mark: Mark, lets_go: bool, _accepting: bool) -> None:
    if lets_go and mark.owner is not None:
        remove(mark.owner)
    else:
        _drop(mark.element)


def _numbering(mark: Mark, lets_go: bool, _accepting: bool) -> None:
    if lets_go and mark.owner is not None:
        _drop(mark.owner)
    else:
        _drop(mark.element)


def _equation(mark: Mark, lets_go: bool, _accepting: bool) -> None:
    if not lets_go or mark.owner is None:
        _unwrap_property(mark.element)
        return
    inside = [
        one
        for argument in mark.owner.iterchildren()
        if not local_name(argument).endswith(_EQUATION_PROPERTIES)
        for one in _argument_content(argument)
    ]
    parent = mark.owner.getparent()
    replace_by(mark.owner, inside)
    if parent is not None:
        tidy(parent)


def _argument_content(argument: Any) -> list[Any]:
    """Return what stands in an argument of an equation's object, also in a matrix."""
    if local_name(argument) == "mr":
        return [one for cell in argument for one in _argument_content(cell)]
    return [
        one
        for one in argument.iterchildren()
        if not local_name(one).endswith(_EQUATION_PROPERTIES)
    ]


def _cell(mark: Mark, lets_go: bool, accepting: bool) -> None:
    if mark.what == "cellMerge":
        _merge(mark, accepting)
        _drop(mark.element)
    elif lets_go and mark.owner is not None:
        remove(mark.owner)
    else:
        _drop(mark.element)


def _merge(mark: Mark, accepting: bool) -> None:
    """Give a cell the vertical merge that it has now, or had before."""
    wanted = mark.element.get(w("vMerge" if accepting else "vMergeOrig"))
    if wanted is None and accepting:
        return
    properties = mark.element.getparent()
    for old in properties.findall(w("vMerge")):
        properties.remove(old)
    if wanted is None:
        return
    merge = properties.makeelement(w("vMerge"))
    merge.set(w("val"), "restart" if wanted == "rest" else "continue")
    for at, one in enumerate(properties):
        if local_name(one) in _AFTER_VERTICAL_MERGE:
            properties.insert(at, merge)
            return
    properties.append(merge)


def _formatting(mark: Mark, _lets_go: bool, accepting: bool) -> None:
    change, holder = mark.element, mark.owner
    if holder is None:
        return
    if not accepting:
        _restore(change, holder)
    _drop(change)


def _restore(change: Any, holder: Any) -> None:
    """Give a holder of properties the old ones, which its change keeps."""
    old = next((one for one in change.iterchildren() if local_name(one)), None)
    kept = _KEPT.get(local_name(change), frozenset())
    for one in list(holder):
        if one is not change and local_name(one) not in kept:
            holder.remove(one)
    if old is None:
        return
    for mark in list(old.iter(*TAGS)):
        mark.getparent().remove(mark)
    is_in_front = local_name(change) in _KEPT_IN_FRONT
    front = len(holder) - 1 if is_in_front else 0
    for at, one in enumerate(list(old), front):
        holder.insert(at, one)


def _range(mark: Mark, _lets_go: bool, _accepting: bool) -> None:
    for element in (mark.element, *mark.ends):
        _drop(element)


def _wrapper(mark: Mark, lets_go: bool, accepting: bool) -> None:
    _range(mark, lets_go, accepting)
    for wrapper in mark.wrappers if lets_go else ():
        parent = wrapper.getparent()
        content = wrapper.find(w("sdtContent"))
        inside = [
            one
            for one in (wrapper if content is None else content)
            if not local_name(one).endswith("Pr")
        ]
        if parent is not None:
            replace_by(wrapper, inside)
            tidy(parent)


def _unwrap_property(element: Any) -> None:
    """Leave what a mark among properties holds (`w:rPr` of an equation's sign)."""
    parent = element.getparent()
    if parent is not None:
        replace_by(element, list(element))
        _drop_when_empty(parent)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
        _drop_when_empty(parent)


def _drop_when_empty(holder: Any) -> None:
    if local_name(holder) in _MAY_GO_WHEN_EMPTY and not len(holder):
        _drop(holder)


_RESOLVERS: Final = {
    "content": _content,
    "paragraph": _property,
    "run": _run,
    "row": _row,
    "cell": _cell,
    "numbering": _numbering,
    "equation": _equation,
    "formatting": _formatting,
    "range": _range,
    "wrapper": _wrapper,
}
