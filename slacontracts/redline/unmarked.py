"""Two Word files in; what differs between them that no tracked change can show, out.

A list may count otherwise, and a style look otherwise, under the name that it had.
A setting may let even pages have headers, and a comment be written anew. The redline
has them as NEW has them, whether its changes are accepted or rejected.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from slacontracts.redline.comments import edited_comments
from slacontracts.redline.result_parts import (
    of_part,
    part_named,
    related_part,
    relationships_part,
)
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_MOST_NAMED: Final = 3
_STORIES: Final = ("header", "footer", "footnotes", "endnotes")
_OFF: Final = ("0", "false", "off")
_VALUE: Final = w("val")
_NUM_ID, _ABSTRACT_ID = w("numId"), w("abstractNumId")
_STYLE_USES: Final = (w("pStyle"), w("rStyle"), w("tblStyle"))
# What programs write anew, and what only menus show.
_SAYS_NOTHING: Final = frozenset(
    w(one)
    for one in (
        *("nsid", "tmpl", "rsid", "uiPriority", "qFormat", "semiHidden", "locked"),
        *("unhideWhenUsed", "name", "link", "next", "autoRedefine"),
    )
)


def unmarked(old: WordFile, new: WordFile) -> tuple[str, ...]:
    """Return, a line each, what NEW has under the same name in another way."""
    lines = []
    if lists := _differing(old, new, "numbering", _lists, _used_lists):
        does = "counts or begins" if len(lists) == 1 else "count or begin"
        lines.append(
            f"{_named('the list', 'the lists', lists)} in {new.package.file} {does} in "
            "another way than before, so numbers may change without a mark"
        )
    if styles := _differing(old, new, "styles", _styles, _used_styles):
        looks = "looks" if len(styles) == 1 else "look"
        lines.append(
            f"{_named('the style', 'the styles', styles)} in {new.package.file} "
            f"{looks} another way than before, which has no mark"
        )
    lines += _of_defaults(old, new)
    lines += _of_settings(old, new)
    lines += edited_comments(old, new)
    return tuple(lines)


def _named(one: str, several: str, names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{one if len(names) == 1 else several} {shown}" + (
        f" and {more} more" if more > 0 else ""
    )


def _differing(
    old: WordFile,
    new: WordFile,
    kind: str,
    define: Callable[[Any], dict[str, bytes]],
    used: Callable[[WordFile], set[str]],
) -> list[str]:
    """Return the lists or styles in use that both files have, and not alike."""
    roots = _both(old, new, kind)
    if roots is None:
        return []
    before, after = map(define, roots)
    wanted = used(old) & used(new)
    return [
        name
        for name, said in after.items()
        if name in wanted and name in before and before[name] != said
    ]


def _both(old: WordFile, new: WordFile, kind: str) -> tuple[Any, Any] | None:
    """Return the roots of a part that both files have, unless it is the same."""
    olds, news = (related_part(file, file.main, kind) for file in (old, new))
    if not olds or not news or _crc(old, olds) == _crc(new, news):
        return None
    return old.tree(olds), new.tree(news)


def _crc(file: WordFile, part: str) -> int:
    return next(one.crc for one in file.package.members if one.name == part)


def _stories(file: WordFile) -> Iterator[Any]:
    """Yield the roots of the parts that hold text."""
    yield file.tree(file.main)
    for one in of_part(file, relationships_part(file.main)):
        part = part_named(file, one.meant) if one.kind in _STORIES else None
        if part is not None:
            yield file.tree(part)


def _values(root: Any, *tags: str) -> set[str]:
    return {one.get(_VALUE, "") for one in root.iter(*tags)}


def _used_lists(file: WordFile) -> set[str]:
    """Return the numbers of the lists that text or styles use."""
    used = set().union(*(_values(root, _NUM_ID) for root in _stories(file)))
    styles = related_part(file, file.main, "styles")
    return used | _values(file.tree(styles), _NUM_ID) if styles else used


def _used_styles(file: WordFile) -> set[str]:
    """Return the styles that text uses, named or not, and those they are based on."""
    used = set().union(*(_values(root, *_STYLE_USES) for root in _stories(file)))
    styles = related_part(file, file.main, "styles")
    if not styles:
        return used
    based = {}
    for one in file.tree(styles).iterchildren(w("style")):
        name = one.get(w("styleId"), "")
        based[name] = _values(one, w("basedOn"))
        if one.get(w("default"), "0") not in _OFF:
            used.add(name)
    new = used
    while new:
        new = set().union(*(based.get(one, ()) for one in new)) - used
        used |= new
    return used


def _of_defaults(old: WordFile, new: WordFile) -> Iterator[str]:
    roots = _both(old, new, "styles")
    if roots is None:
        return
    olds, news = (
        [b"".join(_said(one)) for one in root.iterchildren(w("docDefaults"))]
        for root in roots
    )
    if olds != news:
        yield (
            f"the look of text that no style says is another in {new.package.file} "
            "than before, which has no mark"
        )


def _of_settings(old: WordFile, new: WordFile) -> Iterator[str]:
    olds, news = (related_part(file, file.main, "settings") for file in (old, new))
    was, now = old.tree(olds) if olds else (), new.tree(news) if news else ()
    name, other = new.package.file, old.package.file
    even = [_has_even_pages(one) for one in (was, now)]
    if even == [False, True]:
        yield (
            f"even pages of {name} have headers and footers of their own, and those of "
            f"{other} have not; this has no mark, and stays when changes are rejected"
        )
    elif even == [True, False]:
        yield (
            f"even pages of {other} have headers and footers of their own, and those "
            f"of {name} have not; this has no mark, and rejecting changes does not "
            "bring it back"
        )
    if _protection(was) != _protection(now):
        yield (
            f"{name} is protected against changes in another way than {other}, "
            "which has no mark"
        )


def _has_even_pages(settings: Any) -> bool:
    found = [one for one in settings if one.tag == w("evenAndOddHeaders")]
    return any(one.get(_VALUE, "1") not in _OFF for one in found)


def _protection(settings: Any) -> list[tuple[str, str]]:
    return [
        (one.get(w("edit"), ""), one.get(w("formatting"), "0"))
        for one in settings
        if one.tag == w("documentProtection")
        if one.get(w("enforcement"), "0") not in _OFF
    ]


def _lists(root: Any) -> dict[str, bytes]:
    abstracts = {
        one.get(_ABSTRACT_ID): one for one in root.iterchildren(w("abstractNum"))
    }
    out = {}
    for one in root.iterchildren(w("num")):
        named = one.find(_ABSTRACT_ID)
        abstract = abstracts.get(named.get(_VALUE)) if named is not None else None
        said = [*_said(one, but=_ABSTRACT_ID)]
        if abstract is not None:
            said += _said(abstract)
        out[one.get(_NUM_ID, "")] = b"".join(said)
    return out


def _styles(root: Any) -> dict[str, bytes]:
    return {
        one.get(w("styleId"), ""): b"".join(_said(one))
        for one in root.iterchildren(w("style"))
    }


def _said(definition: Any, but: str = "") -> Iterator[bytes]:
    for one in definition:
        if isinstance(one.tag, str) and one.tag not in _SAYS_NOTHING and one.tag != but:
            yield etree.tostring(one, method="c14n", exclusive=True, with_tail=False)
