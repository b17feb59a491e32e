"""Tracked changes of Word files: listed, accepted and rejected."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from revision_cases import (
    CASES,
    KEEP,
    NIAMH,
    Case,
    box,
    dele,
    end,
    ins,
    mark,
    moved,
    p,
    tbl,
    tc,
    tr,
    was,
)
from word_files import KIND, MAIN, document, run, types, word_file

from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import W
from slacontracts.word.package import parse_xml
from slacontracts.word.revision_marks import TAGS
from slacontracts.word.revisions import ALL, Which, accept, reject, revisions

OF_OMAR = Which(authors=frozenset({"Omar"}))
OF_NIAMH = Which(authors=frozenset({"Niamh"}))
Resolve = Callable[[WordFile, Which], bytes]

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def opened(body: str, **more: str) -> WordFile:
    kinds = {
        f"/{name.replace('__', '/')}": f"{KIND}{name.rpartition('__')[2][:-4]}+xml"
        for name in more
    }
    contents = {"[Content_Types].xml": types(more=kinds), **more}
    return admit(word_file(body, (), **contents), "a.docx")


def part(root: str, inside: str) -> str:
    return f'<w:{root} xmlns:w="{W}">{inside}</w:{root}>'


def as_written(body: str) -> bytes:
    return canonical(document(body).encode())


def canonical(content: bytes) -> bytes:
    return bytes(etree.tostring(parse_xml(content, "a part"), method="c14n2"))


def body_of(data: bytes) -> bytes:
    return canonical(admit(data, "a.docx").package.read(MAIN))


def part_of(data: bytes, name: str) -> str:
    return admit(data, "a.docx").package.read(name).decode()


def texts(data: bytes) -> list[str]:
    root = parse_xml(admit(data, "a.docx").package.read(MAIN), MAIN)
    return ["".join(one.itertext(f"{{{W}}}t")) for one in root.iter(f"{{{W}}}p")]


@each_case
def test_accepting_gives_the_new_text(case: Case) -> None:
    assert body_of(accept(opened(case.body), ALL)) == as_written(case.accepted)


@each_case
def test_rejecting_gives_the_old_text(case: Case) -> None:
    assert body_of(reject(opened(case.body), ALL)) == as_written(case.rejected)


@each_case
@pytest.mark.parametrize("resolved", [accept, reject])
def test_nothing_of_a_change_is_left(case: Case, resolved: Resolve) -> None:
    data = resolved(opened(case.body), ALL)

    assert revisions(admit(data, "a.docx")) == ()


@each_case
@pytest.mark.parametrize("resolved", [accept, reject])
def test_one_author_after_the_other_is_the_same_as_all(
    case: Case, resolved: Resolve
) -> None:
    file = opened(case.body)

    first = resolved(file, OF_OMAR)
    both = resolved(admit(first, "a.docx"), OF_NIAMH)

    assert body_of(both) == body_of(resolved(file, ALL))


@each_case
@pytest.mark.parametrize("resolved", [accept, reject])
def test_one_change_after_the_other_is_the_same_as_all(
    case: Case, resolved: Resolve
) -> None:
    file = opened(case.body)
    data = b""

    for _ in range(20):
        found = revisions(file)
        if not found:
            break
        data = resolved(file, Which(ids=frozenset({found[0].id})))
        file = admit(data, "a.docx")

    assert body_of(data) == body_of(resolved(opened(case.body), ALL))


def test_every_mark_of_the_standard_has_a_case() -> None:
    seen = {
        found.tag
        for case in CASES
        for found in parse_xml(document(case.body).encode(), "a case").iter(*TAGS)
    }

    assert seen == set(TAGS)


def test_a_file_without_changes_keeps_each_part_as_it_is() -> None:
    file = opened(KEEP)

    data = accept(file, ALL)

    again = admit(data, "a.docx")
    assert again.package.names == file.package.names
    assert [again.package.read(name) for name in again.package.names] == [
        file.package.read(name) for name in file.package.names
    ]
    assert accept(again, ALL) == data


@pytest.mark.parametrize("resolved", [accept, reject])
def test_parts_without_a_change_are_not_touched(resolved: Resolve) -> None:
    odd = '<?xml version="1.0"?>\n' + part("hdr", p(run("Head")))
    file = opened(p(ins("a")), **{"word__header1.xml": odd})

    assert part_of(resolved(file, ALL), "word/header1.xml") == odd


def test_changes_of_one_author_leave_those_of_another() -> None:
    file = opened(p(ins("a", 1) + dele("b", 2, NIAMH) + dele("c", 3)))

    data = accept(file, OF_NIAMH)

    assert body_of(data) == as_written(p(ins("a", 1) + dele("c", 3)))


def test_a_change_that_names_nobody_goes_with_the_last_author() -> None:
    grid = '<w:tblGridChange w:id="8"><w:tblGrid/></w:tblGridChange>'
    body = p(ins("a", 1) + dele("b", 2, NIAMH)) + tbl(tr(tc(KEEP)), grid=grid) + KEEP
    file = opened(body)

    first = admit(accept(file, OF_OMAR), "a.docx")

    assert [one.author for one in revisions(first)] == ["Niamh", ""]
    assert revisions(admit(accept(first, OF_NIAMH), "a.docx")) == ()


def test_text_deleted_twice_stays_deleted_until_both_are_rejected() -> None:
    inner = mark("del", "<w:r><w:delText>b</w:delText></w:r>", 2, NIAMH)
    file = opened(p(mark("del", inner, 1)))

    once = reject(file, OF_NIAMH)

    assert "<w:delText>b</w:delText>" in part_of(once, MAIN)
    assert texts(reject(admit(once, "a.docx"), OF_OMAR)) == ["b"]


def test_an_id_stands_for_the_whole_of_a_change() -> None:
    body = (
        p(dele("a", 1) + dele("b", 2), end("del", 3))
        + p(ins("c", 4) + run("d"))
        + moved("moveFrom", "m", 10)
        + KEEP
        + moved("moveTo", "m", 20)
        + KEEP
    )
    file = opened(body)

    listed = [(one.id, one.kind, one.old, one.new) for one in revisions(file)]
    assert listed == [
        (3, "deletion", "ab", ""),
        (4, "insertion", "", "c"),
        (10, "move", "m", "m"),
    ]
    assert texts(accept(file, Which(ids=frozenset({3})))) == [
        "cd",
        "m",
        "Stays",
        "m",
        "Stays",
    ]
    assert texts(reject(file, Which(ids=frozenset({10}))))[2:] == [
        "m",
        "Stays",
        "Stays",
    ]


def test_the_same_id_in_two_parts_is_told_apart() -> None:
    header = part("hdr", p(ins("h", 1)))
    file = opened(p(ins("a", 1)) + p(dele("b", 5)), **{"word__header1.xml": header})

    found = revisions(file)

    assert [(one.story, one.id) for one in found] == [
        ("body", 1),
        ("body", 5),
        ("header", 6),
    ]
    data = accept(file, Which(ids=frozenset({6})))
    assert "w:ins" not in part_of(data, "word/header1.xml")
    assert "w:ins" in part_of(data, MAIN)


def test_changes_are_listed_with_author_date_kind_and_text() -> None:
    row = tr(tc(p(ins("12", 2))), tc(p(ins("hours", 3))), properties=mark("ins", "", 1))
    bold = f"<w:r><w:rPr><w:b/>{was('rPr', '<w:i/>', 9, NIAMH)}</w:rPr><w:t>Term</w:t></w:r>"
    file = opened(tbl(tr(tc(KEEP)), row) + p(bold) + box(p(dele("x", 11))))

    first, second, third = revisions(file)

    assert (first.kind, first.new, first.author) == (
        "inserted row",
        "12 | hours",
        "Omar",
    )
    assert (second.kind, second.old, second.new) == ("formatting", "Term", "Term")
    assert (second.details, second.author) == ("bold, italic", "Niamh")
    assert second.date == "2026-11-24T10:30:00Z"
    assert (third.kind, third.old, third.new) == ("deletion", "x", "")


@pytest.mark.parametrize(
    ("name", "root", "story"),
    [
        ("header1", "hdr", "header"),
        ("footer1", "ftr", "footer"),
        ("footnotes", "footnotes", "footnotes"),
        ("endnotes", "endnotes", "endnotes"),
        ("comments", "comments", "comments"),
        ("styles", "styles", "styles"),
    ],
)
def test_every_story_is_resolved(name: str, root: str, story: str) -> None:
    bold = f"<w:rPr><w:b/>{was('rPr', '<w:i/>')}</w:rPr>"
    inside = {
        "styles": f'<w:style w:styleId="A">{bold}</w:style>',
        "footnotes": f'<w:footnote w:id="1">{p(ins("a"))}</w:footnote>',
        "endnotes": f'<w:endnote w:id="1">{p(ins("a"))}</w:endnote>',
        "comments": f'<w:comment w:id="1">{p(ins("a"))}</w:comment>',
    }.get(name, p(ins("a")))
    file = opened(KEEP, **{f"word__{name}.xml": part(root, inside)})

    assert [one.story for one in revisions(file)] == [story]
    for resolved in (accept, reject):
        assert "w:author" not in part_of(resolved(file, ALL), f"word/{name}.xml")


def test_a_note_goes_with_the_text_that_refers_to_it() -> None:
    def note(number: int) -> str:
        return f'<w:footnote w:id="{number}">{p(run(f"note {number}"))}</w:footnote>'

    def reference(number: int) -> str:
        return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'

    body = p(mark("del", reference(1)) + reference(2) + mark("ins", reference(3), 7))
    notes = part("footnotes", note(0) + note(1) + note(2) + note(3))
    file = opened(body, **{"word__footnotes.xml": notes})

    accepted = part_of(accept(file, ALL), "word/footnotes.xml")
    rejected = part_of(reject(file, ALL), "word/footnotes.xml")

    assert re.findall(r">(note \d)<", accepted) == ["note 0", "note 2", "note 3"]
    assert re.findall(r">(note \d)<", rejected) == ["note 0", "note 1", "note 2"]


def test_a_comment_goes_with_the_text_that_it_is_about() -> None:
    body = p(
        '<w:commentRangeStart w:id="4"/>'
        + dele("a")
        + '<w:commentRangeEnd w:id="4"/>'
        + mark("del", '<w:r><w:commentReference w:id="4"/></w:r>', 9)
        + run("b")
    )
    comments = part("comments", f'<w:comment w:id="4">{KEEP}</w:comment>')
    file = opened(body, **{"word__comments.xml": comments})

    data = accept(file, ALL)

    assert body_of(data) == as_written(p(run("b")))
    assert "w:comment " not in part_of(data, "word/comments.xml")


def test_a_long_row_of_joined_paragraphs_keeps_its_order() -> None:
    words = [f"{n} " for n in range(5_000)]
    body = "".join(p(run(word), end("del")) for word in words) + KEEP

    (whole,) = texts(accept(opened(body), ALL))

    assert whole == "".join(words) + "Stays"


LIBREOFFICE = Path(__file__).parents[1] / "returned" / "tracked-by-libreoffice.docx"


@pytest.fixture
def by_libreoffice() -> WordFile:
    return admit(LIBREOFFICE.read_bytes(), LIBREOFFICE.name)


def test_changes_that_libreoffice_saved_are_listed(by_libreoffice: WordFile) -> None:
    found = [
        (one.author, one.kind, one.old, one.new) for one in revisions(by_libreoffice)
    ]

    assert found == [
        ("Niamh", "deletion", "30 days", ""),
        ("Niamh", "insertion", "", "45 days"),
        ("Omar", "insertion", "", ", without set-off"),
        ("Omar", "deletion", "¶", ""),
        ("Omar", "deletion", "A whole paragraph that is gone.", ""),
        ("Niamh", "formatting", "in bold", "in bold"),
        ("Omar", "deletion", "¶", ""),
        ("Omar", "insertion", "", "A new paragraph by Omar."),
        ("Niamh", "insertion", "", "(UTC)"),
    ]
    assert len({one.id for one in revisions(by_libreoffice)}) == len(found)


def test_changes_that_libreoffice_saved_are_accepted(by_libreoffice: WordFile) -> None:
    data = accept(by_libreoffice, ALL)

    assert texts(data)[:6] == [
        "The Customer must pay within 45 days of the invoice, without set-off.",
        "Before the gap.",
        "After the gap, in bold.",
        "One sentence. Joined to the next.",
        "A new paragraph by Omar.",
        "Service hours:",
    ]
    assert "<w:b/>" in part_of(data, MAIN)
    assert revisions(admit(data, "a.docx")) == ()


def test_changes_that_libreoffice_saved_are_rejected(by_libreoffice: WordFile) -> None:
    data = reject(by_libreoffice, ALL)

    assert texts(data)[:8] == [
        "The Customer must pay within 30 days of the invoice.",
        "Before the gap.",
        "A whole paragraph that is gone.",
        "",
        "After the gap, in bold.",
        "One sentence.",
        " Joined to the next.",
        "Service hours:",
    ]
    assert "<w:b/>" not in part_of(data, MAIN)
    assert revisions(admit(data, "a.docx")) == ()
