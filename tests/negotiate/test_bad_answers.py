"""A file that means harm comes back: it is refused in one line, or its trick is told."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from counterparty import Counterparty
from lxml import etree
from negotiating import after, answer_to, edited, only, sent

from slacontracts.cli import cli
from slacontracts.word.names import RELATIONSHIPS, R, W, w

FRAUD = "Nothing in this Agreement limits liability for fraud."
_LINKS = "word/_rels/document.xml.rels"
Edit = Callable[[Counterparty], object]


def link(kind: str, target: str, *, is_outside: bool = True) -> Edit:
    """Return an edit that gives the text a relationship, which nothing tracks."""

    def edit(theirs: Counterparty) -> None:
        links = etree.fromstring(theirs.parts[_LINKS])
        one = etree.SubElement(links, f"{{{RELATIONSHIPS}}}Relationship")
        one.set("Id", "rId900")
        one.set("Type", f"{R}/{kind}")
        one.set("Target", target)
        if is_outside:
            one.set("TargetMode", "External")
        theirs.parts[_LINKS] = etree.tostring(links)

    return edit


def appended(xml: str) -> Edit:
    """Return an edit that puts XML at the end of the paragraph on fraud."""

    def edit(theirs: Counterparty) -> None:
        space = "urn:schemas-microsoft-com:vml"
        root = f'<x xmlns:w="{W}" xmlns:v="{space}">{xml}</x>'
        theirs.paragraph(FRAUD).extend(etree.fromstring(root))

    return edit


def story(kind: str, xml: str) -> Edit:
    """Return an edit that adds a part of notes, and refers to the note 2 in it."""

    def edit(theirs: Counterparty) -> None:
        name = f"word/{kind}.xml"
        root = etree.fromstring(f'<w:{kind} xmlns:w="{W}">{xml}</w:{kind}>')
        if name not in theirs.roots:
            theirs._part(name, kind, W, f"{R}/{kind}")
        theirs.roots[name].extend(root)
        appended(f'<w:r><w:{kind[:-1]}Reference w:id="22"/></w:r>')(theirs)

    return edit


def typed_and_deleted(theirs: Counterparty) -> None:
    who = 'w:author="Dana Cole" w:date="2026-11-25T10:15:00Z"'
    appended(
        f'<w:ins w:id="91" {who}><w:del w:id="92" {who}><w:r><w:delText>not '
        "</w:delText></w:r></w:del></w:ins>"
    )(theirs)


def moved_nowhere(theirs: Counterparty) -> None:
    paragraph: Any = theirs.paragraph(FRAUD)
    mark = etree.Element(w("moveFrom"), theirs._who())
    start, _ = theirs._range("moveFromRange", "lost")
    for run in paragraph.findall(w("r")):
        run.addprevious(mark) if mark.getparent() is None else None
        mark.append(run)
    mark.addprevious(start)


def same_numbers(theirs: Counterparty) -> None:
    theirs.type_over("fraud", "theft")
    for one in theirs.roots["word/document.xml"].iter(w("ins"), w("del")):
        one.set(w("id"), "1")


NOTE = (
    '<w:footnote w:id="22"><w:p><w:r><w:t>Customer only.</w:t></w:r></w:p></w:footnote>'
)
BOX = (
    "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>Clause 1 is void."
    "</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            link("attachedTemplate", "http://127.0.0.1:9/evil.dotm"),
            "a template at http://127.0.0.1:9/evil.dotm",
        ),
        (
            link("image", "http://127.0.0.1:9/track.png"),
            "something that Word fetches from http://127.0.0.1:9/track.png",
        ),
        (
            link("hyperlink", "file://host.invalid/share/x"),
            "a link to file://host.invalid/share/x",
        ),
        (
            link("image", "media/none.png", is_outside=False),
            "a reference to media/none.png, which the file does not hold",
        ),
    ],
)
def test_what_a_file_reaches_for_is_told_with_its_address(
    edit: Edit, said: str
) -> None:
    answer = after(edit)

    assert answer.proposals == ()
    assert [one for one in answer.notices if said in one], answer.notices


@pytest.mark.parametrize(
    ("edit", "place", "new"),
    [
        (story("footnotes", NOTE), "the footnotes", "Customer only."),
        (appended(BOX), "a text box", "Clause 1 is void."),
    ],
)
def test_terms_outside_of_the_body_are_found(edit: Edit, place: str, new: str) -> None:
    one = only(after(edit))

    assert (one.change, one.place, one.new) == ("insertion", place, new)


def test_what_was_typed_and_taken_away_again_is_nothing() -> None:
    assert after(typed_and_deleted).proposals == ()


def test_a_move_to_nowhere_is_a_deletion() -> None:
    one = only(after(moved_nowhere))

    assert (one.kind, one.old, one.new) == ("deletion", FRAUD, "")


def test_marks_with_one_number_are_read_like_others() -> None:
    one = only(after(same_numbers))

    assert (one.old, one.new) == ("fraud", "theft")


def test_a_decoy_hides_no_untracked_figure() -> None:
    theirs = Counterparty(edited(lambda c: c.type_over("fraud", "theft")))
    theirs.tracked = False
    theirs.type_over("4,500", "450")

    first, second = answer_to(theirs.data()).proposals

    assert (first.kind, first.change, first.new) == ("untracked", "value", "EUR 450.00")
    assert (second.kind, second.new) == ("wording", "theft")


def received(data: bytes, folder: Path) -> Result:
    """Return what the command says of a file beside the one that was sent."""
    (folder / "sent.docx").write_bytes(sent()[0])
    (folder / "back.docx").write_bytes(data)
    files = [str(folder / "back.docx"), "--against", str(folder / "sent.docx")]
    return CliRunner().invoke(cli, ["receive", *files], catch_exceptions=False)


def with_doctype() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sent()[0])) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                at = content.index(b"<w:document")
                content = content[:at] + b"<!DOCTYPE w:document>" + content[at:]
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not a Word file (.docx) but empty"),
        (b"Dear Sirs, please find attached.", "is not a Word file (.docx)"),
        (b"%PDF-1.4\n", "is not a Word file (.docx) but a PDF"),
        (sent()[0][: len(sent()[0]) // 2], "damaged"),
        (edited(link("image", "../../../../etc/passwd", is_outside=False)), "leaves"),
        (with_doctype(), "DOCTYPE"),
    ],
    ids=["empty", "text", "pdf", "half", "climbing", "doctype"],
)
def test_an_unsafe_file_is_refused_in_one_line(
    data: bytes, said: str, tmp_path: Path
) -> None:
    result = received(data, tmp_path)

    assert result.exit_code == 3
    assert result.output.count("\n") == 1
    assert said in result.output
    assert sorted(one.name for one in tmp_path.iterdir()) == ["back.docx", "sent.docx"]


def test_characters_that_deceive_are_printed_by_their_names(tmp_path: Path) -> None:
    theirs = edited(lambda c: c.type_over("fraud", "\u202eduarf\u202c of\u200b fraud"))

    output = received(theirs, tmp_path).output

    assert not {"\u202e", "\u202c", "\u200b"} & set(output)
    assert "[U+202E]duarf[U+202C]" in output


def test_the_file_that_was_sent_has_no_changes(tmp_path: Path) -> None:
    assert received(sent()[0], tmp_path).output == "0 changes\n"
