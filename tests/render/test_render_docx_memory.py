"""Wording that is remembered from one agreement to the next stays right in each."""

import re
from dataclasses import replace

from documents import blocks, clause, document
from test_render_docx import part, rendered, text

from slacontracts.model.clause import Part
from slacontracts.render.docx_body import MOST_REMEMBERED, ParagraphMemory
from slacontracts.word.reading import paragraph_texts, text_of_docx


def test_wording_that_is_remembered_fits_every_place_in_which_it_stands() -> None:
    shared = blocks(["# Fixed wording.", "Fixed text.", "# It reads:"])
    one = replace(clause("one", "One"), blocks=shared)
    same = replace(clause("two", "Two"), blocks=(*shared[:1], *shared))
    schedules = [
        replace(clause(key, key, part=Part.SCHEDULE), blocks=shared)
        for key in ("alpha", "beta")
    ]
    numbered = document(one, same, *schedules)

    first, again = rendered(numbered), rendered(numbered)

    assert first == again
    nums = re.findall(
        r'<w:pStyle w:val="(\w+)"/>(?:<w:keepNext/>)?(?:<w:numPr><w:ilvl w:val="0"/>'
        r'<w:numId w:val="(\d+)"/></w:numPr>)?</w:pPr><w:r><w:t [^>]*>Fixed wording',
        part(first),
    )
    assert [style for style, _ in nums] == [
        *["ClauseLevel1"] * 3,
        *["ScheduleLevel1"] * 2,
    ]
    assert len({num for style, num in nums if style == "ScheduleLevel1"}) == 2


def test_remembered_wording_gets_its_label_where_word_cannot_count() -> None:
    numbered = document(clause("one", "One", "# First.", "# Second."))
    assert "1.1A\t" not in text(rendered(numbered))

    inserted = replace(numbered, block_labels={"one": ("1.1", "1.1A")})

    assert "1.1A\tSecond." in text_of_docx(rendered(inserted))
    assert "Second." in text_of_docx(rendered(numbered))


def test_the_memory_of_paragraphs_is_bounded() -> None:
    memory = ParagraphMemory()
    [block] = blocks(["Text."])
    full = memory.of(Part.CLAUSE, None)
    full.update(dict.fromkeys(range(MOST_REMEMBERED + 1), (block, b"")))

    assert memory.of(Part.CLAUSE, None) == {}


def test_an_empty_paragraph_is_read_as_one_however_often_it_is_read() -> None:
    xml = b"<w:p/><w:p><w:r><w:t>a&amp;b</w:t><w:tab/></w:r></w:p><w:p w:x='1'/>"
    whole = xml + b"<w:p><w:r><w:t>last</w:t></w:r></w:p>"

    for _ in range(2):
        assert paragraph_texts(whole) == ["", "a&b\t", "", "last"]
