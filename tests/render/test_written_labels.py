"""Labels that Word cannot count: written out, indented, and never in a field."""

from dataclasses import replace

from documents import clause, document
from test_render_docx import fields, part, rendered, tree

from slacontracts.word.names import w
from slacontracts.word.reading import text_of_docx


def test_a_label_that_word_cannot_count_is_written_out() -> None:
    numbered = document(
        clause("one", "One", "# First.", "#added Second."),
        clause("two", "Two", "See {ref one/added} and {ref one}.", "# Third."),
    )
    inserted = replace(
        numbered,
        labels={**numbered.labels, "one/added": "1.1A"},
        block_labels={**numbered.block_labels, "one": ("1.1", "1.1A")},
        references={**numbered.references,
                    "one/added": (("clause ", ""), ("1.1A", "one/added"))},
    )  # fmt: skip

    data = rendered(inserted)

    assert "1.1A\tSecond." in text_of_docx(data)
    assert "See clause 1.1A and clause 1." in text_of_docx(data)
    assert [code.split()[1] for code, _ in fields(data)] == ["_c_one"]
    assert '<w:hyperlink w:anchor="_c_one__added"' in part(data)


def test_below_a_written_label_every_label_is_written() -> None:
    numbered = document(
        clause("one", "One", "# First.", "# Second.", "##deep Deep."),
        clause("two", "Two", "See {ref one/deep}."),
    )
    inserted = replace(
        numbered,
        labels={**numbered.labels, "one/deep": "1.1A(a)"},
        block_labels={**numbered.block_labels, "one": ("1.1", "1.1A", "(a)")},
        references={**numbered.references,
                    "one/deep": (("clause ", ""), ("1.1A(a)", "one/deep"))},
    )  # fmt: skip

    data = rendered(inserted)

    assert "(a)\tDeep." in text_of_docx(data)
    assert fields(data) == []  # an update of a field would give 1.1(a)


def test_a_written_label_is_indented_as_its_style_is() -> None:
    numbered = document(clause("one", "One", "# First.", "## Second."))
    inserted = replace(
        numbered,
        labels={"one": "A1"},
        block_labels={"one": ("A1.1", "(a)")},
    )

    indents = [
        (one.get(w("left")), one.get(w("hanging")))
        for one in tree(rendered(inserted)).iterfind(f".//{w('numPr')}/../{w('ind')}")
    ]

    assert indents == [("720", "720"), ("720", "720"), ("1287", "567")]


def test_a_written_heading_label_leaves_later_numbers_alone() -> None:
    numbered = document(clause("one", "One"), clause("two", "Two", "# Text."))
    inserted = replace(
        numbered,
        labels={"one": "A1", "two": "1"},
        block_labels={"one": (), "two": ("1.1",)},
    )

    data = rendered(inserted)

    assert "A1\tOne" in text_of_docx(data)
    assert "Two" in text_of_docx(data)  # its number is Word's own
