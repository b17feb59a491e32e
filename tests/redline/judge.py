"""A redline and its source in; where the redline, resolved, says something else, out."""

from collections.abc import Iterable
from typing import Final

from judge_reader import Reader, Said, View, local_name, of_part
from lxml import etree

from slacontracts.word.gate import WordFile
from slacontracts.word.names import r, w

_EMPTY: Final = ("p", (), ())


def stories(file: WordFile, view: View) -> dict[str, list[Said]]:
    """Return what every story of a file says: body, headers, footers and notes."""
    body = file.tree(file.main).find(w("body"))
    reader = Reader(file, file.main, view)
    blocks = reader.blocks(body)
    last = body.find(w("sectPr"))
    page = reader.section(etree.Element(w("sectPr")) if last is None else last)
    blocks += [page] if len(page) > 1 else []  # what says nothing is as none
    said = {"body": blocks}
    for kind in ("footnotes", "endnotes"):
        wanted = [number for one, number in reader.references if one == kind]
        for place, number in enumerate(wanted):
            said[f"{kind} {place}"] = _note(file, kind, number, view)
    in_force: dict[str, list[Said]] = {}
    for index, section in enumerate(reader.sections):
        for reference in section.iterchildren(
            w("headerReference"), w("footerReference")
        ):
            kind = local_name(reference).removesuffix("Reference")
            target = _target(file, file.main, reference.get(r("id")))
            story = Reader(file, target, view).blocks(file.tree(target))
            in_force[f"{kind} {reference.get(w('type'))}"] = story
        # a section has those of the one before it, but for its own
        for name, story in in_force.items():
            if story != [_EMPTY]:
                said[f"{name} {index}"] = story
    return said


def _note(file: WordFile, kind: str, number: str, view: View) -> list[Said]:
    parts = [one for one in of_part(file, file.main) if one.kind == kind]
    for one in parts:
        for note in file.tree(one.meant or ""):
            if note.get(w("id")) == number:
                return Reader(file, one.meant or "", view).blocks(note)
    return [("missing",)]


def differences(redline: WordFile, source: WordFile, view: View) -> list[str]:
    """Return where a redline, resolved, does not say what its source says."""
    got, wanted = stories(redline, view), stories(source, "accepted")
    found = []
    for story in sorted({*got, *wanted}):
        mine, other = got.get(story, []), wanted.get(story, [])
        if mine == other or not (_says_something(mine) or _says_something(other)):
            continue
        place = next(
            (n for n, (a, b) in enumerate(zip(mine, other, strict=False)) if a != b),
            min(len(mine), len(other)),
        )
        found.append(
            f"{view} / {story}, block {place} of {len(other)}:\n"
            f"  got    {mine[place : place + 1]}\n  wanted {other[place : place + 1]}"
        )
    return found


def _says_something(blocks: Iterable[Said]) -> bool:
    return any(block not in (_EMPTY, ("missing",)) for block in blocks)


def _target(file: WordFile, part: str, identity: str | None) -> str:
    (one,) = [one for one in of_part(file, part) if one.identity == identity]
    return str(one.meant)
