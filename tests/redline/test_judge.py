"""The judge finds what is wrong with a redline."""

import pytest
from judge import differences, stories
from judge_rules import broken_rules, count_marks, lost
from redline_pieces import Marks, run
from small_docx import Small
from test_laws import made

from slacontracts.word.gate import WordFile, admit
from slacontracts.word.package import write_package

MAIN = "word/document.xml"


def altered(file: WordFile, old: str, new: str, part: str = MAIN) -> WordFile:
    text = file.package.read(part).decode()
    assert old in text, text
    package = file.package.with_parts({part: text.replace(old, new, 1).encode()})
    return admit(write_package(package.members), "altered.docx")


@pytest.mark.parametrize(
    ("pair", "old", "new"),
    [
        pytest.param("word", ">five<", ">six<", id="another word"),
        pytest.param("word", ">three<", ">two<", id="another old word"),
        pytest.param("word", "</w:del>", f"</w:del>{run('more')}", id="unmarked"),
        pytest.param("run gets b", "<w:b/>", "<w:i/>", id="another look"),
        pytest.param("run loses b", "<w:b/>", "", id="the old look is lost"),
        pytest.param("paragraph gets a style", "Heading1", "Quote", id="a style"),
        pytest.param("level of a list", 'ilvl w:val="0"', 'ilvl w:val="2"', id="level"),
        pytest.param("cell property", "FFFF00", "00FF00", id="colour of a cell"),
        pytest.param("page turned", 'w:orient="landscape"', "", id="the page"),
        pytest.param("equation", ">c<", ">d<", id="an equation"),
        pytest.param("field changed", "NUMPAGES", "SECTION", id="a field"),
        pytest.param(
            "word beside a box of a form",
            'w:default w:val="1"',
            'w:default w:val="0"',
            id="a box of a form",
        ),
        pytest.param(
            "own table properties of a row changed",
            'w:w="5000"',
            'w:w="4000"',
            id="table properties of a row",
        ),
    ],
)
def test_what_is_not_as_in_the_sources_is_found(pair: str, old: str, new: str) -> None:
    marked, before, after = made(pair)

    wrong = altered(marked, old, new)

    assert differences(wrong, after, "accepted") + differences(
        wrong, before, "rejected"
    )


@pytest.mark.parametrize(
    ("pair", "part", "old", "new"),
    [
        ("default header", "word/headerrId20.xml", ">1<", ">3<"),
        ("footnote text", "word/footnotes.xml", ">2024<", ">2025<"),
    ],
)
def test_it_reads_headers_and_notes(pair: str, part: str, old: str, new: str) -> None:
    marked, before, after = made(pair)

    wrong = altered(marked, old, new, part)

    assert differences(wrong, after, "accepted") + differences(
        wrong, before, "rejected"
    )


def test_a_section_has_the_headers_of_the_one_before_it_but_for_its_own() -> None:
    _, own, shared = made("second section takes the header of the first")

    first, second = (stories(one, "accepted") for one in (own, shared))

    assert second["header default 1"] == second["header default 0"]
    assert first["header default 0"] == second["header default 0"]
    assert first["header default 1"] != second["header default 1"]


@pytest.mark.parametrize(
    ("pair", "old", "new", "fault"),
    [
        ("word", "delText", "t", "t stands in a deletion"),
        ("word", 'w:author="Ada" ', "", "has no author or date"),
        ("word", 'w:id="2"', 'w:id="1"', "is given 2 times"),
        ("paragraph moved down", "moveToRangeEnd", "proofErr", "have no end"),
        ("paragraph moved down", 'w:name="', 'w:name="x', "moves are not paired"),
        ("text of a link", 'r:id="rId30"', 'r:id="rId99"', "which is nothing"),
        ("paragraph gets a style", "Heading1", "Nowhere", "which styles do not hold"),
        ("word", "<w:sectPr>", "<w:sectPr/><w:sectPr>", "behind the last section"),
    ],
)
def test_a_broken_rule_is_found(pair: str, old: str, new: str, fault: str) -> None:
    marked, *_ = made(pair)
    text = marked.package.read(MAIN).decode()
    everywhere = (
        text.replace(old, new) if old == "delText" else text.replace(old, new, 1)
    )
    package = marked.package.with_parts({MAIN: everywhere.encode()})

    found = broken_rules(admit(write_package(package.members), "broken.docx"))

    assert any(fault in one for one in found), found


def test_a_lost_bookmark_is_found() -> None:
    marked, _, new = made("word in a bookmark")

    assert lost(altered(marked, 'w:name="place"', 'w:name="other"'), new)


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("<w:p><w:ins><w:r/></w:ins></w:p>", Marks(ins=1)),
        ("<w:p><w:moveFrom><w:r/></w:moveFrom></w:p>", Marks(dels=1)),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>", Marks(paragraphs=1)),
        ("<w:tbl><w:tr><w:trPr><w:ins/></w:trPr></w:tr></w:tbl>", Marks(rows=1)),
        ("<w:p><w:pPr><w:pPrChange><w:pPr/></w:pPrChange></w:pPr></w:p>", Marks(formats=1)),
        ("<w:p><w:moveFromRangeStart/><w:moveFromRangeEnd/></w:p>", Marks(moves=1)),
    ],
)  # fmt: skip
def test_marks_are_counted_by_kind(body: str, marks: Marks) -> None:
    assert count_marks(admit(Small(body).data(), "a.docx")) == marks
