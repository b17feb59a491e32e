"""A draft and an answer to it in; what it costs to read the answer, out.

The answer has sixty tracked changes: values and words typed over, paragraphs that came
and went, and comments.
"""

import io
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from lxml import etree

from benchmarks.commands import desk_in
from benchmarks.report import Goal, Report, ms
from benchmarks.samples import house_style, whole_sample
from benchmarks.timing import in_turns
from slacontracts.model.anchors import Anchor, AnchorMap
from slacontracts.negotiate.receive import Answer, read_answer
from slacontracts.render.anchors import anchor_map
from slacontracts.render.docx import render_docx
from slacontracts.word.gate import admit
from slacontracts.word.identity import Identity, anchors_of, with_identity
from slacontracts.word.names import CONTENT_TYPES, RELATIONSHIPS, R, W, w

PAGES: Final = 34  # of the sample, as LibreOffice lays it out; the goal says 20
GOAL_SECONDS: Final = 0.5
GOAL_MEGABYTES: Final = 150
VALUES: Final = 15
WORDS: Final = 27
NEW: Final = 6
GONE: Final = 6
COMMENTS: Final = 6
CHANGES: Final = VALUES + WORDS + NEW + GONE + COMMENTS
READ: Final = """
import sys
from pathlib import Path
from slacontracts.negotiate.receive import read_answer
from slacontracts.word.gate import admit
from slacontracts.word.identity import anchors_of
before, after = (admit(Path(name).read_bytes(), name) for name in sys.argv[1:])
answer = read_answer(before, after, anchors_of(before), language="en")
assert len(answer.proposals) > 50
"""
_WHO: Final = {w("author"): "Dana Cole", w("date"): "2026-11-25T10:15:00Z"}
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BODY: Final = "word/document.xml"
_FEWEST_WORDS: Final = 12
_KIND: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."


@dataclass(frozen=True, slots=True)
class Pair:
    """A draft as it was sent, and as it came back."""

    sent: bytes
    returned: bytes

    def read(self) -> Answer:
        """Return what the answer proposes, from the bytes of both files."""
        before, after = admit(self.sent, "sent.docx"), admit(self.returned, "back.docx")
        return read_answer(before, after, anchors_of(before) or (), language="en")


def pair() -> Pair:
    """Return the sample as it is sent, and an answer with sixty changes."""
    numbered, style = whole_sample().compose().numbered, house_style()
    data = render_docx(numbered, style, version="1", execution=False, anchored=True)
    anchors = anchor_map(numbered, style, version="1", execution=False)
    identity = Identity("SLA-2026-0001", 1, "customer", "1" * 40, 1)
    sent = with_identity(data, identity, anchors)
    return Pair(sent, _Answering(sent, anchors).data())


@dataclass(slots=True)
class _Answering:
    """Somebody who edits a file, evenly over its clauses."""

    sent: bytes
    anchors: AnchorMap
    number: int = 90_000
    parts: dict[str, bytes] = field(init=False)

    def data(self) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.sent)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        root = etree.fromstring(self.parts[_BODY])
        both = zip(list(root.iter(w("p"))), self.anchors, strict=True)
        places = [one for one in both if one[1].clause and one[1].block >= 0]
        values = self._spread(_values(places), VALUES)
        rest = [p for p, anchor in places if anchor.cell < 0 and not anchor.values]
        steps: list[Callable[[Any], None]] = [
            *[self._type_over] * WORDS,
            *[self._add_behind] * NEW,
            *[self._delete] * GONE,
            *[self._comment_on] * COMMENTS,
        ]
        chosen = self._spread([p for p in rest if _long_run(p) is not None], len(steps))
        for run in values:
            self._replace(run, _other_figure(run.findtext(w("t"))))
        for at, paragraph in enumerate(chosen):
            steps[at * 7 % len(steps)](paragraph)
        self.parts[_BODY] = etree.tostring(root, encoding="UTF-8", standalone=True)
        self._add_comments()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    @staticmethod
    def _spread(found: list[Any], count: int) -> list[Any]:
        assert len(found) >= count, (len(found), count)
        return [found[at * len(found) // count] for at in range(count)]

    def _type_over(self, paragraph: Any) -> None:
        """Replace a word in the middle of a paragraph."""
        run = _long_run(paragraph)
        text = run.find(w("t"))
        words = text.text.split(" ")
        half = len(words) // 2
        word, head, tail = words[half], words[:half], words[half + 1 :]
        text.text = " ".join(head) + " "
        text.set(_SPACE, "preserve")
        middle, last = _like(run, word), _like(run, " " + " ".join(tail))
        run.addnext(last)
        run.addnext(middle)
        self._replace(middle, "reasonably")

    def _replace(self, run: Any, new: str) -> None:
        came = etree.Element(w("ins"), self._who())
        came.append(_like(run, new))
        gone = etree.Element(w("del"), self._who())
        run.addnext(came)
        run.addprevious(gone)
        gone.append(run)
        for text in run.iter(w("t")):
            text.tag = w("delText")

    def _add_behind(self, paragraph: Any) -> None:
        new = etree.Element(w("p"))
        properties = paragraph.find(w("pPr"))
        if properties is not None:
            new.append(etree.fromstring(etree.tostring(properties)))
        self._mark_end(new, "ins")
        came = etree.SubElement(new, w("ins"), self._who())
        came.append(_like(None, "The Provider must tell the Customer without delay."))
        paragraph.addnext(new)

    def _delete(self, paragraph: Any) -> None:
        self._mark_end(paragraph, "del")
        for run in list(paragraph.iter(w("r"))):
            gone = etree.Element(w("del"), self._who())
            run.addprevious(gone)
            gone.append(run)
            for text in run.iter(w("t")):
                text.tag = w("delText")

    def _comment_on(self, paragraph: Any) -> None:
        name = {w("id"): self._who()[w("id")]}
        run = _long_run(paragraph)
        run.addprevious(etree.Element(w("commentRangeStart"), name))
        sign = etree.Element(w("r"))
        etree.SubElement(sign, w("commentReference"), name)
        run.addnext(sign)
        run.addnext(etree.Element(w("commentRangeEnd"), name))

    def _add_comments(self) -> None:
        """Add the part with the comments that the body refers to."""
        root = etree.Element(w("comments"), nsmap={"w": W})
        for sign in etree.fromstring(self.parts[_BODY]).iter(w("commentReference")):
            who = {**_WHO, w("id"): sign.get(w("id"), "")}
            line = etree.SubElement(etree.SubElement(root, w("comment"), who), w("p"))
            line.append(_like(None, "We cannot agree to this before our next call."))
        self.parts["word/comments.xml"] = etree.tostring(root)
        links = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        link = {"Id": "rId900", "Type": f"{R}/comments", "Target": "comments.xml"}
        etree.SubElement(links, f"{{{RELATIONSHIPS}}}Relationship", link)
        self.parts["word/_rels/document.xml.rels"] = etree.tostring(links)
        kinds = etree.fromstring(self.parts["[Content_Types].xml"])
        kind = {"PartName": "/word/comments.xml", "ContentType": f"{_KIND}comments+xml"}
        etree.SubElement(kinds, f"{{{CONTENT_TYPES}}}Override", kind)
        self.parts["[Content_Types].xml"] = etree.tostring(kinds)

    def _mark_end(self, paragraph: Any, what: str) -> None:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        of_end = properties.find(w("rPr"))
        if of_end is None:
            of_end = etree.SubElement(properties, w("rPr"))
        of_end.insert(0, etree.Element(w(what), self._who()))

    def _who(self) -> dict[str, str]:
        self.number += 1
        return {w("id"): str(self.number), **_WHO}


def _values(places: list[tuple[Any, Anchor]]) -> list[Any]:
    """Return the runs that are figures, each of a value that stands in one place."""
    found: dict[str, list[Any]] = {}
    for paragraph, anchor in places:
        runs = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
        for at, span in enumerate(anchor.values):
            inside = list(_runs_at(runs, span.start, span.end))
            figure = inside[0].findtext(w("t")) if len(inside) == 1 else ""
            is_figure = span.form in ("days", "percent", "number", "money")
            fits = is_figure and len(figure) == span.end - span.start
            found.setdefault(span.path, []).append(inside[0] if fits else at)
    return [
        runs[0]
        for runs in found.values()
        if len(runs) == 1 and not isinstance(runs[0], int)
    ]


def _runs_at(runs: list[Any], start: int, end: int) -> Iterator[Any]:
    at = 0
    for run in runs:
        length = len(run.findtext(w("t")))
        if at < end and at + length > start:
            yield run
        at += length


def _other_figure(text: str) -> str:
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    at = digits[0]
    return f"{text[:at]}{int(text[at]) % 9 + 1}{text[at + 1 :]}"


def _long_run(paragraph: Any) -> Any:
    """Return the first run of a paragraph that has a sentence to edit."""
    for run in paragraph.findall(w("r")):
        if len((run.findtext(w("t")) or "").split(" ")) >= _FEWEST_WORDS:
            return run
    return None


def _like(run: Any, text: str) -> Any:
    new = etree.Element(w("r"))
    properties = run.find(w("rPr")) if run is not None else None
    if properties is not None:
        new.append(etree.fromstring(etree.tostring(properties)))
    etree.SubElement(new, w("t"), {_SPACE: "preserve"}).text = text
    return new


def report_negotiating(report: Report, *, quick: bool) -> None:
    """Measure and report what it takes to read an answer, warm and cold."""
    report.heading(f"Reading an answer of {PAGES} pages with {CHANGES} changes")
    files = pair()
    found = len(files.read().proposals)
    taken = in_turns({"read": files.read}, 2 if quick else 8, least=3)["read"].median
    rows = [("in a warm process", ms(taken), "", str(found))]
    what = f"an answer with {CHANGES} changes"
    report.goal(Goal(f"{what}, warm", "at most", GOAL_SECONDS, taken / 1000, " s"))
    if hasattr(os, "posix_spawn"):
        seconds, megabytes = _cold(files, 3 if quick else 9)
        rows.append(("a new process", ms(seconds * 1000), f"{megabytes:.0f}", ""))
        report.goal(Goal(f"{what}, cold", "at most", GOAL_SECONDS, seconds, " s"))
        report.goal(
            Goal(f"{what}, memory", "at most", GOAL_MEGABYTES, megabytes, " MB")
        )
    report.table(("", "ms", "MB", "proposals"), rows)


def _cold(files: Pair, rounds: int) -> tuple[float, float]:
    """Return the best time of a new process in seconds, and the peak memory in MB."""
    with TemporaryDirectory(prefix="slacontracts-bench-") as name:
        desk = desk_in(Path(name))
        paths = [desk.folder / f"{one}.docx" for one in ("sent", "returned")]
        for path, data in zip(paths, (files.sent, files.returned), strict=True):
            path.write_bytes(data)
        command = {"read": [sys.executable, "-c", READ, *map(str, paths)]}
        desk.launch(command, 1)  # byte code is written
        runs = desk.launch(command, rounds)["read"]
    unit = 1 if sys.platform == "darwin" else 1024
    return (
        min(one.milliseconds for one in runs) / 1000,
        max(one.peak_memory for one in runs) * unit / 1e6,
    )
