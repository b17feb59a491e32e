"""A marked file and our new text in; the overlay, and which laws it breaks, out."""

from copy import deepcopy
from typing import Any, Final

from judge import stories
from judge_reader import Said, View
from judge_rules import broken_rules

from slacontracts.redline import redline
from slacontracts.redline.overlay.laying import overlay
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w
from slacontracts.word.revisions import ALL, Which, accept, reject, revisions

US: Final = "Niamh Kelleher"
THEM: Final = "Omar Al Mansouri"
THEIR_DATE: Final = "2026-03-01T09:00:00Z"
OUR_DATE: Final = "2026-04-01T09:00:00Z"
# What no person reads as a change of a mark in a mark: it is how Word writes it.
_NESTED: Final = "stands in another"


def marked_by_them(old: WordFile, new: WordFile) -> WordFile:
    """Return the file as they send it back: what they changed is tracked."""
    made = redline(old, new, author=THEM, date=THEIR_DATE)
    return admit(made.data, "returned.docx")


def overlaid(returned: WordFile, new: WordFile, author: str = US) -> WordFile:
    data = overlay(returned, new, author=author, date=OUR_DATE)
    return admit(data, "overlay.docx")


def without(file: WordFile, author: str) -> WordFile:
    """Return a file with the changes of one author rejected."""
    data = reject(file, Which(authors=frozenset({author})))
    return admit(data, "without.docx")


def broken_laws(
    result: WordFile, returned: WordFile, new: WordFile, author: str = US
) -> list[str]:
    """Return which laws the overlay of a file breaks, in words."""
    broken = _broken_ends(result, returned, new)
    without_ours = without(result, author)
    views: tuple[View, ...] = ("accepted", "rejected")
    broken += [
        f"without our marks it is not as it was, all {view}"
        for view in views
        if _aside(without_ours, view) != _aside(returned, view)
    ]
    if marks(without_ours) != marks(returned):
        broken.append(f"their marks were {marks(returned)}, are {marks(without_ours)}")
    faults = {one for one in broken_rules(result) if _NESTED not in one}
    broken += sorted(faults - {*broken_rules(returned)})
    return broken


def broken_laws_of_own(
    result: WordFile, returned: WordFile, new: WordFile, author: str
) -> list[str]:
    """Return which laws are broken where an author changes changes of their own."""
    broken = _broken_ends(result, returned, new)
    broken += [f"a deletion of one's own: {one}" for one in own_in_own(result, author)]
    faults = {one for one in broken_rules(result) if _NESTED not in one}
    broken += sorted(faults - {*broken_rules(returned)})
    return broken


def own_in_own(file: WordFile, author: str) -> list[str]:
    """Return the words that an author deletes in an insertion of their own."""
    return [
        "".join(text.text or "" for text in one.iter(w("delText")))
        for part in file.package.names
        if file.types.is_xml(part)
        for one in file.tree(part).iter(w("del"))
        if one.get(w("author")) == author
        and any(
            above.get(w("author")) == author
            for above in one.iterancestors(w("ins"), w("moveTo"))
        )
    ]


def _broken_ends(result: WordFile, returned: WordFile, new: WordFile) -> list[str]:
    """Return where all accepted is not the new text, all rejected not the old."""
    broken = []
    got, wanted = words(result), words(new)
    for story in sorted({*got, *wanted}):
        if got.get(story) != wanted.get(story):
            broken.append(
                f"all accepted, {story} is {got.get(story)}, not {wanted.get(story)}"
            )
    if all_rejected(result) != all_rejected(returned):
        broken.append("all rejected, it is not what theirs is, all rejected")
    return broken


def all_rejected(file: WordFile) -> dict[str, list[Said]]:
    return _aside(admit(reject(file, ALL), "rejected.docx"), "accepted")


def _aside(file: WordFile, view: View) -> dict[str, list[Said]]:
    """Return what every story says, the contents aside, which are worked out anew."""
    root = deepcopy(file.tree(file.main))
    depth = 0
    for paragraph in list(root.iter(w("p"))):
        codes = (one.text or "" for one in paragraph.iter(w("instrText")))
        if depth or "TOC" in "".join(codes).split():
            for one in paragraph.iter(w("fldChar")):
                kind = one.get(w("fldCharType"))
                depth += {"begin": 1, "end": -1}.get(str(kind), 0)
            paragraph.getparent().remove(paragraph)
    return stories(file.with_trees({file.main: root}), view)


def marks(file: WordFile) -> list[tuple[str, ...]]:
    """Return every change but those of looks, which runs that are cut have twice."""
    return sorted(
        (one.author, one.date, one.story, one.kind, one.old, one.new)
        for one in revisions(file)
        if one.kind != "formatting"
    )


def words(file: WordFile) -> dict[str, list[Said]]:
    """Return what every story says, all accepted, apart from looks and sections."""
    said = stories(admit(accept(file, ALL), "accepted.docx"), "accepted")
    read = {
        story: [_words(one) for one in blocks if one[0] != "section"]
        for story, blocks in said.items()
    }
    return {story: blocks for story, blocks in read.items() if any(map(_says, blocks))}


def _says(block: Said) -> bool:
    return block != ("p",)


def _words(block: Said) -> Said:
    if block[0] == "tbl":
        return ("tbl",)
    if block[0] == "tr":
        return ("tr", *(tuple(map(_words, cell[1:])) for cell in block[3:]))
    if block[0] not in ("p", "left over"):
        return block
    out: list[Any] = []
    for _, _, what in block[-1]:
        if isinstance(what, str) and out and isinstance(out[-1], str):
            out[-1] += what
        else:
            out.append(what if isinstance(what, str) else what[:2])
    return ("p", *out)
