"""A counterparty at work in Word: bytes of a Word file in, the file marked up out.

    theirs = Counterparty(data)
    theirs.type_over("thirty days", "sixty days")
    theirs.comment("liability", "Too low.", reply="We can go to 125%.")
    returned = theirs.data()

Words are found in the text as it reads now, in the body first, then in headers,
footers and notes. What is done is tracked under `author`, in the pieces that Word makes
of it, unless `tracked` is set to False.
"""

import io
import zipfile
from copy import deepcopy
from typing import Any

from lxml import etree

from slacontracts.word.names import CONTENT_TYPES, RELATIONSHIPS, R, W, w

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_STORIES = ("document", "header", "footer", "footnotes", "endnotes")
_GONE = (w("del"), w("moveFrom"))


class Counterparty:
    """Somebody who edits a Word file. author, date, tracked: of what comes next."""

    def __init__(
        self,
        data: bytes,
        *,
        author: str = "Dana Cole",
        date: str = "2026-11-25T10:15:00Z",
        tracked: bool = True,
    ) -> None:
        self.author, self.date, self.tracked = author, date, tracked
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.roots = {
            name: etree.fromstring(content)
            for name, content in self.parts.items()
            if name.startswith("word/")
            and name.endswith(".xml")
            and "/" not in name[5:]
            if name[5:].startswith(_STORIES)
        }
        for name in ("word/comments.xml", "word/commentsExtended.xml"):
            if name in self.parts:
                self.roots[name] = etree.fromstring(self.parts[name])
        taken = [
            int(number)
            for root in self.roots.values()
            for one in root.iter()
            if (number := one.get(w("id"), "")).isdecimal()
        ]
        self._number = 2 * max([9000, *taken])  # twice, for the names of paragraphs

    # What a person does.

    def type_over(self, old: str, new: str, *, near: str = "", nth: int = 0) -> None:
        """Replace words of one paragraph; near: words of the paragraph that is meant.

        nth: which of several places. An empty `new` deletes; see `type_after` to add.
        """
        runs = self._runs_of(old, near, nth)
        if new:
            self._type(new, after=runs[-1])
        self._strike(runs)

    def type_after(self, words: str, new: str, *, near: str = "", nth: int = 0) -> None:
        """Type words right behind others."""
        self._type(new, after=self._runs_of(words, near, nth)[-1])

    def type_before(
        self, words: str, new: str, *, near: str = "", nth: int = 0
    ) -> None:
        """Type words right before others."""
        self._type(new, before=self._runs_of(words, near, nth)[0])

    def replace(
        self, paragraph: Any, start: int, end: int, new: str, *, at_next: bool = False
    ) -> None:
        """Replace characters of a paragraph's text; a field goes only as a whole.

        at_next: what is typed where nothing goes continues the words behind it.
        """
        for offset in (start, end):
            _cut(paragraph, offset)
        gone = _runs_between(paragraph, start, end)
        if new and gone:
            self._type(new, after=gone[-1])
        elif new:
            before, behind = _runs_beside(paragraph, start)
            if behind is not None and (at_next or before is None):
                self._type(new, before=behind)
            elif before is not None:
                self._type(new, after=before)
            else:
                run = self._run(new)
                paragraph.append(self._marked("ins", run) if self.tracked else run)
        self._strike(gone)

    def insert_paragraph(
        self, after: str, text: str, *, like: str = "", style: str | None = None
    ) -> Any:
        """Add a paragraph behind the one with these words.

        like: words of a paragraph whose style it gets, else the one before it; style:
        the id of a style, "" for none.
        """
        before = self.paragraph(after)
        return self.add_behind(
            before, text, self.paragraph(like) if like else None, style
        )

    def add_behind(
        self, before: Any, text: str, like: Any = None, style: str | None = None
    ) -> Any:
        """Add a paragraph behind another; like: the one whose style it gets."""
        new = self._paragraph_like(before if like is None else like, style)
        run = self._run(text)
        new.append(self._marked("ins", run) if self.tracked else run)
        if self.tracked:
            self._mark_end(new, "ins")
        before.addnext(new)
        return new

    def split_paragraph(self, at: str) -> None:
        """Press Enter right before these words."""
        run = self._runs_of(at, "", 0)[0]
        paragraph = _paragraph_of(run)
        first = self._paragraph_like(paragraph, None)
        top = run
        while top.getparent() is not paragraph:
            top = top.getparent()
        for one in list(paragraph)[: paragraph.index(top)]:
            if one.tag != w("pPr"):
                first.append(one)
        if self.tracked:
            self._mark_end(first, "ins")
        paragraph.addprevious(first)

    def join_to_next(self, words: str) -> None:
        """Delete the end of the paragraph with these words."""
        paragraph = self.paragraph(words)
        following = paragraph.getnext()
        if following is None or following.tag != w("p"):
            raise LookupError(f"no paragraph follows {words!r}")
        if self.tracked:
            self._mark_end(paragraph, "del")
            return
        for one in [one for one in following if one.tag != w("pPr")]:
            paragraph.append(one)
        following.getparent().remove(following)

    def delete_paragraph(self, words: str) -> None:
        """Delete a whole paragraph."""
        self.delete(self.paragraph(words))

    def move_paragraph(self, words: str, after: str) -> None:
        """Cut a paragraph and paste it behind the one with other words."""
        paragraph, target = self.paragraph(words), self.paragraph(after)
        if not self.tracked:
            target.addnext(paragraph)
            return
        copy = deepcopy(paragraph)
        for mark in list(copy.iter(w("bookmarkStart"), w("bookmarkEnd"), w("del"))):
            mark.getparent().remove(mark)
        name = f"move{self._next()}"
        for one, what in ((paragraph, "moveFrom"), (copy, "moveTo")):
            self._mark_end(one, what)
            for run in _live_runs(one):
                self._wrap(run, what)
            start, end = self._range(f"{what}Range", name)
            one.insert(1, start)
            one.append(end)
        target.addnext(copy)

    def add_row(self, near: str, *cells: str) -> None:
        """Add a row of a table behind the one with these words."""
        row = next(self.paragraph(near).iterancestors(w("tr")))
        new = deepcopy(row)
        for mark in list(new.iter(w("bookmarkStart"), w("bookmarkEnd"))):
            mark.getparent().remove(mark)
        for cell, text in zip(new.iter(w("tc")), cells, strict=True):
            first, *more = cell.findall(w("p"))
            for paragraph in more:
                cell.remove(paragraph)
            for one in [one for one in first if one.tag != w("pPr")]:
                first.remove(one)
            run = self._run(text)
            first.append(self._marked("ins", run) if self.tracked else run)
        if self.tracked:
            self._mark_row(new, "ins")
        row.addnext(new)

    def delete_row(self, near: str) -> None:
        """Delete the row of a table with these words."""
        row = next(self.paragraph(near).iterancestors(w("tr")))
        if not self.tracked:
            row.getparent().remove(row)
            return
        self._mark_row(row, "del")
        for paragraph in row.iter(w("p")):
            self._strike(_live_runs(paragraph))

    def make_bold(self, words: str, *, near: str = "") -> None:
        """Set words in bold type."""
        for run in self._runs_of(words, near, 0):
            properties = run.find(w("rPr"))
            if properties is None:
                properties = etree.Element(w("rPr"))
                run.insert(0, properties)
            old = deepcopy(properties)
            etree.SubElement(properties, w("b"))
            if self.tracked:
                change = etree.SubElement(properties, w("rPrChange"), self._who())
                change.append(old)

    def comment(
        self, words: str, text: str, *, reply: str = "", near: str = ""
    ) -> None:
        """Comment on words; reply: what a colleague of theirs answers."""
        runs = self._runs_of(words, near, 0)
        first = self._comment_on(runs, text, "")
        if reply:
            self._comment_on(runs, reply, first)

    def reply(self, to: str, text: str) -> None:
        """Answer the comment that says these words."""
        comments = self._comments()
        one = next(c for c in comments if to in "".join(c.itertext()))
        number = one.get(w("id"))
        root = self.roots["word/document.xml"]
        ends = root.iter(w("commentRangeEnd"))
        end = next(e for e in ends if e.get(w("id")) == number)
        last = one.findall(w("p"))[-1].get(f"{{{W14}}}paraId")
        self._comment_on([end.getprevious()], text, last)

    def data(self) -> bytes:
        """Return the file."""
        for name, root in self.roots.items():
            self.parts[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    # How words are found.

    def paragraph(self, words: str, nth: int = 0) -> Any:
        """Return the nth paragraph that reads these words, contents left out."""
        found = [p for p in self._paragraphs() if words in _text(p)]
        if nth >= len(found):
            raise LookupError(f"no paragraph reads {words!r}")
        return found[nth]

    def _paragraphs(self) -> Any:
        order = sorted(self.roots, key=lambda name: (name != "word/document.xml", name))
        for name in order:
            depth = 0
            for one in self.roots[name].iter(w("p")):
                codes = "".join(c.text or "" for c in one.iter(w("instrText")))
                if depth or codes.split()[:1] == ["TOC"]:
                    marks = [m.get(w("fldCharType")) for m in one.iter(w("fldChar"))]
                    depth += marks.count("begin") - marks.count("end")
                else:
                    yield one

    def _runs_of(self, words: str, near: str, nth: int) -> list[Any]:
        """Return runs that hold exactly these words; runs are split for it."""
        places = [
            (paragraph, at)
            for paragraph in self._paragraphs()
            if near in (text := _text(paragraph))
            for at in _starts(text, words)
        ]
        if nth >= len(places):
            raise LookupError(f"no paragraph reads {words!r}")
        paragraph, start = places[nth]
        for offset in (start, start + len(words)):
            _cut(paragraph, offset)
        out, at = [], 0
        for run in _live_runs(paragraph):
            if at >= start and at < start + len(words):
                out.append(run)
            at += len(_run_text(run))
        return out

    # How it is written down.

    def _type(self, text: str, *, after: Any = None, before: Any = None) -> None:
        beside = after if after is not None else before
        new = self._run(text, beside.find(w("rPr")))
        new = self._marked("ins", new) if self.tracked else new
        outer = beside.getparent()
        if outer.tag in (w("ins"), w("moveTo")) and self.tracked:
            beside = _part_wrapper(beside, after is not None)
        if after is not None:
            beside.addnext(new)
        else:
            beside.addprevious(new)

    def _strike(self, runs: list[Any]) -> None:
        for run in runs:
            if self.tracked:
                self._wrap(run, "del")
            else:
                run.getparent().remove(run)

    def _wrap(self, run: Any, what: str) -> None:
        mark = etree.Element(w(what), self._who())
        run.addprevious(mark)
        mark.append(run)
        if what == "del":
            for text in run.iter(w("t"), w("instrText")):
                text.tag = w("delText" if text.tag == w("t") else "delInstrText")

    def delete(self, paragraph: Any) -> None:
        """Delete a paragraph."""
        if not self.tracked:
            paragraph.getparent().remove(paragraph)
            return
        self._mark_end(paragraph, "del")
        self._strike(_live_runs(paragraph))

    def _mark_end(self, paragraph: Any, what: str) -> None:
        properties = paragraph.find(w("pPr"))
        if properties is None:
            properties = etree.Element(w("pPr"))
            paragraph.insert(0, properties)
        of_end = properties.find(w("rPr"))
        if of_end is None:
            of_end = etree.Element(w("rPr"))
            after = [
                one for one in properties if one.tag in (w("sectPr"), w("pPrChange"))
            ]
            if after:
                after[0].addprevious(of_end)
            else:
                properties.append(of_end)
        of_end.insert(0, etree.Element(w(what), self._who()))

    def _mark_row(self, row: Any, what: str) -> None:
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            row.insert(1 if row[0].tag == w("tblPrEx") else 0, properties)
        etree.SubElement(properties, w(what), self._who())

    def _paragraph_like(self, model: Any, style: str | None) -> Any:
        new: Any = etree.Element(
            w("p"), {w("rsidR"): "00D35A10", w("rsidRDefault"): "00D35A10"}
        )
        properties = model.find(w("pPr"))
        if style is not None:
            if style:
                own = etree.SubElement(new, w("pPr"))
                etree.SubElement(own, w("pStyle"), {w("val"): style})
        elif properties is not None:
            new.append(deepcopy(properties))
            for mark in list(new[0].iter(w("ins"), w("del"), w("sectPr"))):
                mark.getparent().remove(mark)
        return new

    def _run(self, text: str, properties: Any = None) -> Any:
        run: Any = etree.Element(w("r"), {w("rsidR"): "00D35A10"})
        if properties is not None:
            run.append(deepcopy(properties))
            for change in list(run.iter(w("rPrChange"))):
                change.getparent().remove(change)
        etree.SubElement(run, w("t"), {_SPACE: "preserve"}).text = text
        return run

    def _marked(self, what: str, run: Any) -> Any:
        mark = etree.Element(w(what), self._who())
        mark.append(run)
        return mark

    def _range(self, name: str, move: str) -> tuple[Any, Any]:
        who = self._who()
        number = {w("id"): who[w("id")]}
        start = etree.Element(w(f"{name}Start"), {**who, w("name"): move})
        return start, etree.Element(w(f"{name}End"), number)

    def _who(self) -> dict[str, str]:
        return {
            w("id"): str(self._next()),
            w("author"): self.author,
            w("date"): self.date,
        }

    def _next(self) -> int:
        self._number += 1
        return self._number

    # Comments.

    def _comment_on(self, runs: list[Any], text: str, parent: str) -> str:
        number, name = str(self._next()), f"{self._next():08X}"
        comments = self._comments()
        one = etree.SubElement(
            comments,
            w("comment"),
            {**self._who(), w("id"): number, w("initials"): "DC"},
        )
        line = etree.SubElement(one, w("p"), {f"{{{W14}}}paraId": name})
        line.append(self._run(text))
        about = etree.SubElement(self._about_comments(), f"{{{W15}}}commentEx")
        about.set(f"{{{W15}}}paraId", name)
        if parent:
            about.set(f"{{{W15}}}paraIdParent", parent)
        about.set(f"{{{W15}}}done", "0")
        first, last = (_outermost(run) for run in (runs[0], runs[-1]))
        first.addprevious(etree.Element(w("commentRangeStart"), {w("id"): number}))
        end = etree.Element(w("commentRangeEnd"), {w("id"): number})
        last.addnext(end)
        sign = etree.Element(w("r"))
        etree.SubElement(sign, w("commentReference"), {w("id"): number})
        end.addnext(sign)
        return name

    def _comments(self) -> Any:
        return self._part("word/comments.xml", "comments", W, f"{R}/comments")

    def _about_comments(self) -> Any:
        kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        return self._part("word/commentsExtended.xml", "commentsEx", W15, kind)

    def _part(self, name: str, root: str, space: str, relationship: str) -> Any:
        if name in self.roots:
            return self.roots[name]
        if name in self.parts:
            self.roots[name] = etree.fromstring(self.parts[name])
            return self.roots[name]
        prefix = {W: "w", W15: "w15"}[space]
        new = etree.Element(f"{{{space}}}{root}", nsmap={prefix: space, "w14": W14})
        self.roots[name] = new
        links = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        target = name.removeprefix("word/")
        etree.SubElement(
            links,
            f"{{{RELATIONSHIPS}}}Relationship",
            {"Id": f"rId{self._next()}", "Type": relationship, "Target": target},
        )
        self.parts["word/_rels/document.xml.rels"] = etree.tostring(links)
        kinds = etree.fromstring(self.parts["[Content_Types].xml"])
        part = target.removesuffix(".xml")
        etree.SubElement(
            kinds,
            f"{{{CONTENT_TYPES}}}Override",
            {"PartName": f"/{name}", "ContentType": f"{_KIND}{part}+xml"},
        )
        self.parts["[Content_Types].xml"] = etree.tostring(kinds)
        return new


def _starts(text: str, words: str) -> list[int]:
    out, at = [], text.find(words)
    while at >= 0:
        out.append(at)
        at = text.find(words, at + 1)
    return out


def _live_runs(paragraph: Any) -> list[Any]:
    """Return the runs of a paragraph whose text was not deleted."""
    return [
        run
        for run in paragraph.iter(w("r"))
        if next(run.iterancestors(*_GONE), None) is None
        if _paragraph_of(run) is paragraph
    ]


def _runs_between(paragraph: Any, start: int, end: int) -> list[Any]:
    """Return the runs of these characters, with those of fields that lie in them."""
    found: list[Any] = []
    field: list[tuple[Any, bool, bool]] = []
    at, depth = 0, 0
    for run in _live_runs(paragraph):
        text = _run_text(run)
        is_inside = bool(text) and start <= at and at + len(text) <= end
        at += len(text)
        marks = [one.get(w("fldCharType")) for one in run.iterchildren(w("fldChar"))]
        depth += marks.count("begin")
        if not depth:
            found += [run] if is_inside else []
            continue
        field.append((run, is_inside, bool(text)))
        depth -= marks.count("end")
        if not depth:
            is_whole = all(inside for _, inside, has_text in field if has_text)
            is_whole = is_whole and any(inside for _, inside, _ in field)
            found += [one for one, inside, _ in field if inside or is_whole]
            field = []
    return found


def _runs_beside(paragraph: Any, offset: int) -> tuple[Any, Any]:
    """Return the run with text that ends at an offset, and the one that begins there."""
    before = behind = None
    at = 0
    for run in _live_runs(paragraph):
        text = _run_text(run)
        if text and at == offset and behind is None:
            behind = run
        at += len(text)
        if text and at == offset:
            before = run
    return before, behind


def _paragraph_of(run: Any) -> Any:
    return next(run.iterancestors(w("p")))


def _run_text(run: Any) -> str:
    return "".join(
        (one.text or "") if one.tag == w("t") else "\t"
        for one in run.iterchildren(w("t"), w("tab"))
    )


def _text(paragraph: Any) -> str:
    return "".join(_run_text(run) for run in _live_runs(paragraph))


def _cut(paragraph: Any, offset: int) -> None:
    """Split the run that an offset falls into, as Word does."""
    at = 0
    for run in _live_runs(paragraph):
        text = _run_text(run)
        inside = offset - at
        if 0 < inside < len(text):
            _cut_run(run, inside)
            return
        at += len(text)


def _cut_run(run: Any, inside: int) -> None:
    rest = etree.Element(w("r"), dict(run.attrib))
    properties = run.find(w("rPr"))
    if properties is not None:
        rest.append(deepcopy(properties))
    at, is_past = 0, False
    for one in [one for one in run if one.tag != w("rPr")]:
        length = {w("t"): len(one.text or ""), w("tab"): 1}.get(one.tag, 0)
        if is_past:
            rest.append(one)
        elif one.tag == w("t") and at < inside < at + length:
            text = one.text or ""
            one.text = text[: inside - at]
            one.set(_SPACE, "preserve")
            etree.SubElement(rest, w("t"), {_SPACE: "preserve"}).text = text[
                inside - at :
            ]
            is_past = True
        at += length
        is_past = is_past or at >= inside
    run.addnext(rest)


def _part_wrapper(run: Any, after: bool) -> Any:
    """Part the mark around a run, so that another can stand beside the run."""
    mark = run.getparent()
    siblings = list(mark)
    cut = siblings.index(run) + (1 if after else 0)
    if siblings[cut:] and siblings[:cut]:
        rest = etree.Element(mark.tag, dict(mark.attrib))
        rest.extend(siblings[cut:])
        mark.addnext(rest)
        return mark if after else rest
    return mark


def _outermost(run: Any) -> Any:
    while run.getparent().tag != w("p"):
        run = run.getparent()
    return run
