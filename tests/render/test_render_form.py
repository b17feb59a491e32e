"""The Word form: what was asked comes back answered, whatever Word did to it."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.errors import WordFileError
from slacontracts.render.form import FormHead, FormRow, draw_form
from slacontracts.render.form_reading import (
    beside_answers,
    read_form,
    rows_missing,
)
from slacontracts.store.office import Office, find_soffice, open_office
from slacontracts.word.reading import text_of_docx

ROWS = (
    FormRow("/parties/customer/legal_name", "The customer's name?", "As registered."),
    FormRow("/term/initial", "How long?", "For example: P36M", "P12M"),
    FormRow("/effective/on", "From when?"),
)
words = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cf")
    ),
    min_size=1,
    max_size=12,
).filter(
    lambda word: not word.isspace() and "\ufffe" not in word and "\uffff" not in word
)
answers = st.lists(words, max_size=4).map(" ".join)


def changed(docx: bytes, *changes: tuple[str, str]) -> bytes:
    """Return the form with its document part edited, as another program would."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts["word/document.xml"].decode()
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    parts["word/document.xml"] = xml.encode()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_empty_form_has_no_answers_but_those_that_stand_there() -> None:
    assert read_form(draw_form(FormHead("Hosting"), ROWS, "en"), "f.docx") == {
        "/term/initial": "P12M"
    }


@given(st.lists(answers, min_size=1, max_size=5), st.sampled_from(["en", "ar"]))
def test_answers_that_were_filled_in_come_back(texts: list[str], language: str) -> None:
    rows = [
        FormRow(f"/services/s{number}/name", "Name?", "", text)
        for number, text in enumerate(texts)
    ]

    read = read_form(
        draw_form(FormHead("Hosting"), rows, "ar" if language == "ar" else "en"), "f"
    )

    assert read == {
        row.path: " ".join(row.answer.split()).rstrip(",")
        for row in rows
        if row.answer.rstrip(",")
    }


def test_the_same_questions_give_the_same_bytes() -> None:
    assert draw_form(FormHead("Hosting"), ROWS, "en") == draw_form(
        FormHead("Hosting"), ROWS, "en"
    )


def test_questions_hints_and_addresses_can_be_read_in_the_form() -> None:
    text = text_of_docx(draw_form(FormHead("Hosting & Co <1>"), ROWS, "en"))

    assert "Hosting & Co <1>" in text
    assert {"The customer's name?", "As registered.", "/effective/on"} <= set(text)


@pytest.mark.parametrize(
    ("language", "optional", "other"),
    [("en", "(optional)", "supplier"), ("ar", "(اختياري)", "المورد")],
)
def test_a_form_says_what_is_optional_who_we_are_and_whom_it_is_for(
    language: str, optional: str, other: str
) -> None:
    rows = [
        FormRow("/term/initial", "How long?"),
        FormRow("/parties/customer/form", "Form?", is_optional=True),
    ]
    head = FormHead("Hosting", "service/uc", "Northwind & Co", "supplier")

    text = text_of_docx(draw_form(head, rows, "ar" if language == "ar" else "en"))

    assert f"Form? {optional}" in text
    assert "How long?" in text
    guides = [line for line in text if "Northwind & Co" in line]
    assert len(guides) == 2
    assert other in guides[0]


ANSWER = '<w:t xml:space="preserve">P12M</w:t></w:r></w:p>'


@pytest.mark.parametrize(
    ("new", "read"),
    [
        (
            "<w:t>P2</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>4M</w:t></w:r></w:p>",
            "P24M",
        ),
        (
            '<w:t>P</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>12'
            '</w:delText></w:r></w:del><w:ins w:id="2" w:author="a"><w:r><w:t>36</w:t>'
            "</w:r></w:ins><w:r><w:t>M</w:t></w:r></w:p>",
            "P36M",
        ),
        (
            "<w:t>12 Harbour Road,</w:t></w:r></w:p><w:p><w:r><w:t>Dublin</w:t>"
            "<w:br/><w:t>Ireland</w:t></w:r></w:p>",
            "12 Harbour Road, Dublin, Ireland",
        ),
        (
            '<w:t>a</w:t><w:tab/><w:t xml:space="preserve">  b\u00a0c </w:t></w:r></w:p>',
            "a b c",
        ),
        (
            "<w:t/></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>P48M</w:t></w:r>"
            "</w:sdtContent></w:sdt></w:p>",
            "P48M",
        ),
        ("</w:r></w:p>", None),
    ],
    ids=[
        "split runs",
        "tracked",
        "several lines",
        "spaces",
        "content control",
        "empty",
    ],
)
def test_an_answer_is_what_a_person_sees(new: str, read: str | None) -> None:
    form = changed(draw_form(FormHead("Hosting"), ROWS, "en"), (ANSWER, new))

    assert read_form(form, "f.docx").get("/term/initial") == read


PARAGRAPH_OF_THE_ANSWER = '<w:r><w:t xml:space="preserve">P12M</w:t></w:r>'
ADDRESS = '<w:t xml:space="preserve">/term/initial</w:t>'
EXTRA = "<w:tc><w:tcPr/><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


def row_of(docx: bytes, address: str) -> str:
    """Return the XML of the row with an address."""
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        xml = archive.read("word/document.xml").decode()
    rows = re.findall("<w:tr>.*?</w:tr>|<w:tr .*?</w:tr>", xml, re.DOTALL)
    (row,) = (one for one in rows if f">{address}<" in one)
    return str(row)


def with_cell(row: str, at: int, text: str) -> str:
    """Return a row with one more cell, before the cell with a number."""
    cells = re.split("(?=<w:tc>)", row)
    assert len(cells) == 4
    if at == 3:
        return row.replace("</w:tr>", EXTRA.format(text) + "</w:tr>")
    return "".join([*cells[: at + 1], EXTRA.format(text), *cells[at + 1 :]])


@pytest.mark.parametrize("at", [0, 1, 2], ids=["left", "before", "after the answer"])
@pytest.mark.parametrize("text", ["", "a remark"])
def test_a_column_put_before_the_address_is_refused_with_its_question(
    at: int, text: str
) -> None:
    form = draw_form(FormHead("Hosting"), ROWS, "en")
    row = row_of(form, "/term/initial")

    with pytest.raises(WordFileError, match=r"How long\?.*/term/initial.*column"):
        read_form(changed(form, (row, with_cell(row, at, text))), "f.docx")


@pytest.mark.parametrize("text", ["", "a remark", "/a remark"])
def test_a_column_at_the_far_right_takes_no_answer_away(text: str) -> None:
    form = draw_form(FormHead("Hosting"), ROWS, "en")
    row = row_of(form, "/term/initial")

    read = read_form(changed(form, (row, with_cell(row, 3, text))), "f.docx")

    assert read == {"/term/initial": "P12M"}


@pytest.mark.parametrize("left", ["term/initial", "", "goes to /term/initial"])
def test_a_row_that_lost_its_address_is_missing(left: str) -> None:
    asked = {row.path for row in ROWS}
    form = draw_form(FormHead("Hosting"), ROWS, "en")
    broken = changed(form, (ADDRESS, ADDRESS.replace("/term/initial", left)))

    assert rows_missing(form, "f.docx", asked) == frozenset()
    assert rows_missing(broken, "f.docx", asked) == {"/term/initial"}


def test_a_form_lacks_no_question_that_its_template_asks_only_since() -> None:
    form = draw_form(FormHead("Hosting"), ROWS, "en")
    asked = {*(row.path for row in ROWS), "/term/notice"}
    without = changed(form, (row_of(form, "/effective/on"), ""))

    assert rows_missing(form, "f.docx", asked) == frozenset()
    assert "/effective/on" in rows_missing(without, "f.docx", asked)


def test_an_answer_merged_with_the_one_above_is_refused_with_its_question() -> None:
    form = draw_form(FormHead("Hosting"), ROWS, "en")
    row = row_of(form, "/effective/on")
    head, answer = row.rsplit("<w:tcPr>", 2)[0], row.rsplit("<w:tcPr>", 2)[1:]
    merged = f"{head}<w:tcPr><w:vMerge/>" + "<w:tcPr>".join(answer)

    with pytest.raises(WordFileError, match=r"From when\?.*merged"):
        read_form(changed(form, (row, merged)), "f.docx")


HIDING = PARAGRAPH_OF_THE_ANSWER.replace("<w:r>", "<w:r><w:rPr>{}</w:rPr>")


def test_an_answer_in_a_style_that_hides_is_refused() -> None:
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE

    form = Document(BytesIO(draw_form(FormHead("Hosting"), ROWS, "en")))
    style = form.styles.add_style("Unseen", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    form.tables[0].rows[3].cells[1].paragraphs[0].add_run("2026-12-01").style = style
    saved = BytesIO()
    form.save(saved)

    with pytest.raises(WordFileError, match=r'"From when\?" \(/effective/on\).*nobody'):
        read_form(saved.getvalue(), "f.docx")


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        '<w:vanish w:val="true"/>',
        "<w:specVanish/>",
        '<w:color w:val="FFFFFF"/>',
        '<w:sz w:val="2"/>',
    ],
)
def test_an_answer_that_nobody_sees_is_refused_with_its_question(
    properties: str,
) -> None:
    hidden = HIDING.format(properties)
    form = draw_form(FormHead("Hosting"), ROWS, "en")

    with pytest.raises(WordFileError, match=r"How long\?.*/term/initial") as raised:
        read_form(changed(form, (PARAGRAPH_OF_THE_ANSWER, hidden)), "f.docx")

    assert "\n" not in str(raised.value)


def test_an_answer_that_is_not_hidden_after_all_is_read() -> None:
    shown = HIDING.format('<w:vanish w:val="0"/><w:color w:val="1F3A5F"/>')
    form = draw_form(FormHead("Hosting"), ROWS, "en")

    read = read_form(changed(form, (PARAGRAPH_OF_THE_ANSWER, shown)), "f.docx")

    assert read == {"/term/initial": "P12M"}


def with_row_property(docx: bytes, address: str, xml: str) -> bytes:
    """Return a form in which one row has another property."""
    row = row_of(docx, address)
    start = re.match("<w:tr[^>]*>", row)
    assert start is not None
    bare = row[start.end() :]
    if "<w:trPr>" in bare:
        return changed(docx, (row, row.replace("<w:trPr>", f"<w:trPr>{xml}")))
    return changed(docx, (row, f"{start[0]}<w:trPr>{xml}</w:trPr>{bare}"))


def test_a_hidden_row_is_refused_with_its_question() -> None:
    form = draw_form(FormHead("Hosting"), ROWS, "en")

    with pytest.raises(WordFileError, match=r"How long\?.*/term/initial.*hidden"):
        read_form(with_row_property(form, "/term/initial", "<w:hidden/>"), "f.docx")


def test_a_row_tracked_as_deleted_is_no_answer_and_missing() -> None:
    form = draw_form(FormHead("Hosting"), ROWS, "en")
    deleted = with_row_property(form, "/term/initial", '<w:del w:id="7" w:author="a"/>')

    assert read_form(deleted, "f.docx") == {}
    assert rows_missing(deleted, "f.docx", {"/term/initial"}) == {"/term/initial"}
    assert beside_answers(deleted, "f.docx").is_tracked
    assert not beside_answers(form, "f.docx").is_tracked


def test_rows_are_known_by_their_address_in_any_order() -> None:
    moved = draw_form(FormHead("Hosting"), tuple(reversed(ROWS)), "en")

    assert read_form(moved, "f.docx") == {"/term/initial": "P12M"}


def test_an_address_answered_twice_is_refused() -> None:
    rows = (FormRow("/a", "A?", "", "one"), FormRow("/a", "A again?", "", "two"))

    with pytest.raises(WordFileError, match='answers /a twice, "one" and "two"'):
        read_form(draw_form(FormHead("Hosting"), rows, "en"), "f.docx")


def test_a_word_file_that_is_no_form_is_told_what_to_do() -> None:
    with pytest.raises(WordFileError, match="slacontracts form TEMPLATE"):
        read_form(draw_form(FormHead("Hosting"), (), "en"), "f.docx")


def test_dates_and_names_in_an_arabic_form_run_from_left_to_right() -> None:
    rows = (FormRow("/effective/on", "متى؟", "مثال: \u200e2026-12-01\u200e"),)

    with zipfile.ZipFile(
        BytesIO(draw_form(FormHead("استضافة"), rows, "ar"))
    ) as archive:
        xml = archive.read("word/document.xml").decode()

    assert '<w:r><w:t xml:space="preserve">\u200e2026-12-01\u200e</w:t></w:r>' in xml
    assert '<w:rtl/></w:rPr><w:t xml:space="preserve">متى؟</w:t>' in xml


def test_marks_of_direction_are_no_part_of_an_answer() -> None:
    rows = (FormRow("/effective/on", "متى؟", "", "\u200e2026-12-01\u200f"),)

    read = read_form(draw_form(FormHead("استضافة"), rows, "ar"), "f.docx")

    assert read == {"/effective/on": "2026-12-01"}


def test_an_arabic_form_reads_from_the_right() -> None:
    with zipfile.ZipFile(
        BytesIO(draw_form(FormHead("استضافة"), ROWS, "ar"))
    ) as archive:
        xml = archive.read("word/document.xml").decode()

    assert "<w:bidiVisual/>" in xml
    assert len(re.findall("<w:bidi/>", xml)) > len(ROWS)
    assert '<w:jc w:val="left"/>' not in xml


@pytest.mark.parametrize("language", ["en", "ar"])
def test_validators_find_nothing_to_report(tmp_path: Path, language: str) -> None:
    openxml_audit = pytest.importorskip("openxml_audit")
    path = tmp_path / "form.docx"
    path.write_bytes(
        draw_form(FormHead("Hosting"), ROWS, "ar" if language == "ar" else "en")
    )

    result = openxml_audit.OpenXmlValidator().validate(str(path))

    # Neither Word nor ISO 29500 asks for a theme and a font table; the validator does.
    faults = [str(e) for e in result.errors if "required relationship" not in str(e)]
    assert faults == []


@pytest.mark.skipif(find_soffice() is None, reason="needs LibreOffice Writer")
def test_a_form_saved_by_libreoffice_is_read_the_same(tmp_path: Path) -> None:
    filled = changed(
        draw_form(FormHead("Hosting"), ROWS, "en"),
        (ANSWER, ANSWER.replace("P12M", "P36M")),
    )
    with open_office() as office:
        again = resaved(office, filled)

    assert read_form(again, "f.docx") == {"/term/initial": "P36M"}


def resaved(office: Office, docx: bytes) -> bytes:
    """Return a Word file as LibreOffice saves it."""
    import subprocess

    source = office.folder / "in" / "form.docx"
    source.parent.mkdir()
    source.write_bytes(docx)
    subprocess.run(
        [
            office.program,
            f"-env:UserInstallation={(office.folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(office.folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (office.folder / "form.docx").read_bytes()
