"""Two Word files in; what differs between them that no tracked change can show, out.

A list may count otherwise, and a style look otherwise, under the name that it had.
The redline has them as NEW has them, whether its changes are accepted or rejected.
"""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from slacontracts.redline.result_parts import related_part
from slacontracts.word.gate import WordFile
from slacontracts.word.names import w

_MOST_NAMED: Final = 3
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
    if lists := _differing(old, new, "numbering"):
        lines.append(
            f"{_named('the list', 'the lists', lists)} in {new.package.file} counts or "
            "begins in another way than before, so numbers may change without a mark"
        )
    if styles := _differing(old, new, "styles"):
        lines.append(
            f"{_named('the style', 'the styles', styles)} in {new.package.file} looks "
            "another way than before, which has no mark"
        )
    return tuple(lines)


def _named(one: str, several: str, names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{one if len(names) == 1 else several} {shown}" + (
        f" and {more} more" if more > 0 else ""
    )


def _differing(old: WordFile, new: WordFile, kind: str) -> list[str]:
    """Return the lists or styles in use that both files have, and not alike."""
    olds, news = (related_part(file, file.main, kind) for file in (old, new))
    if not olds or not news or _crc(old, olds) == _crc(new, news):
        return []
    define = _lists if kind == "numbering" else _styles
    before, after = define(old.tree(olds)), define(new.tree(news))
    wanted = _used(old, kind) & _used(new, kind)
    return [
        name
        for name, said in after.items()
        if name in wanted and name in before and before[name] != said
    ]


def _crc(file: WordFile, part: str) -> int:
    return next(one.crc for one in file.package.members if one.name == part)


def _used(file: WordFile, kind: str) -> set[str]:
    """Return the numbers of lists, or the ids of styles, that a file uses."""
    root = file.tree(file.main)
    tags = (_NUM_ID,) if kind == "numbering" else _STYLE_USES
    used = {one.get(_VALUE, "") for one in root.iter(*tags)}
    styles = related_part(file, file.main, "styles")
    if kind == "numbering" and styles:
        used |= {one.get(_VALUE, "") for one in file.tree(styles).iter(_NUM_ID)}
    return used


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
