"""Agreements as plain text: layout in 78 columns, and that no word is lost."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_documents import (
    KEY_TERMS,
    PARTIES,
    SAMPLES,
    TARGETS,
    clause,
    hosting_agreement,
    numbered,
    sample,
    table,
    words,
)

from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    Block,
    Column,
    Item,
    Paragraph,
    SignatureBlock,
    Table,
    Value,
)
from slacontracts.render.columns import hang, pad, width, wrap
from slacontracts.render.text import render_text
from slacontracts.render.wording import line_text, plain_text

LONG = (
    "The Provider monitors each Service at all times and reports every miss of a "
    "Target to the Customer within three working days of the end of the month."
)


def body(*blocks: Block) -> str:
    """Return the text of one clause, below its heading."""
    text = render_text(numbered(clause("a", "A", *blocks)), version="1", execution=True)
    return text.split("----\n\n", 1)[1].rstrip("\n")


def test_the_head_names_title_reference_version_and_parties() -> None:
    text = render_text(numbered(parties=PARTIES), version="3", execution=True)

    assert text == (
        "Managed Hosting Agreement\n"
        "=========================\n"
        "\n"
        "Reference: SLA-2026-0001\n"
        "Version: 3\n"
        "Effective date: [●]\n"
        "\n"
        "Between:\n"
        "  Northwind Hosting Ltd (Provider)\n"
        "  Contoso Retail LLC (Customer)\n"
    )


@pytest.mark.parametrize(
    ("effective", "language", "digits", "line"),
    [
        ("2026-12-01", "en", "latin", "Effective date: 1 December 2026"),
        (
            "last-signature",
            "en",
            "latin",
            "Effective date: The date of the last signature",
        ),
        ("2026-12-01", "ar", "arabic-indic", "تاريخ النفاذ: ١ ديسمبر ٢٠٢٦"),
    ],
)
def test_the_head_says_when_the_agreement_takes_effect(
    effective: str, language: Language, digits: str, line: str
) -> None:
    document = numbered(effective=effective, language=language)

    text = render_text(document, version="3", execution=True, digits=digits)

    assert line in text.split("\n")


def test_a_draft_says_so_in_its_first_line() -> None:
    draft = render_text(hosting_agreement(), version="3", execution=False)

    assert draft.startswith("DRAFT\n\nManaged Hosting Agreement\n")


def test_an_execution_version_does_not_say_draft() -> None:
    text = render_text(hosting_agreement(), version="3", execution=True)

    assert "DRAFT" not in text


def test_items_hang_from_their_labels() -> None:
    shown = body(
        Item(words(LONG)), Item(words(LONG), level=2), Paragraph(words("End."))
    )

    assert shown == (
        "1.1   The Provider monitors each Service at all times and reports every miss\n"
        "      of a Target to the Customer within three working days of the end of the\n"
        "      month.\n"
        "\n"
        "      (a)   The Provider monitors each Service at all times and reports every\n"
        "            miss of a Target to the Customer within three working days of the\n"
        "            end of the month.\n"
        "\n"
        "End."
    )


def test_a_paragraph_inside_an_item_stands_under_its_text() -> None:
    shown = body(Item(words("One.")), Paragraph(words("More."), level=1))

    assert shown == "1.1   One.\n\n      More."


def test_recitals_and_schedules_carry_labels_of_their_own() -> None:
    text = render_text(
        numbered(
            clause(
                "background", "Background", Item(words("Why.")), part=Part.BACKGROUND
            ),
            clause("levels", "Levels", Item(words("How well.")), part=Part.SCHEDULE),
        ),
        version="1",
        execution=True,
    )

    assert "(A)   Why." in text
    assert "Schedule 1  Levels\n------------------\n\n1     How well." in text


def test_references_read_in_words() -> None:
    text = render_text(hosting_agreement(), version="1", execution=True)

    assert "clause 1.1(a)(i) applies." in text
    assert "See paragraph 1 of Schedule 1." in text
    assert "Also the Key Terms." in text


def test_facts_read_name_and_value() -> None:
    shown = body(KEY_TERMS)

    assert shown == (
        "Initial term: 36 months\nCustomer: Contoso Retail LLC\n  registration no. [●]"
    )


def test_a_long_fact_hangs_below_its_name() -> None:
    columns = (Column("", 30), Column("", 70))
    facts = table(columns, ("Notices",), ("Purpose", LONG), has_heading=False)

    assert body(facts) == (
        "Notices\n"
        "Purpose: The Provider monitors each Service at all times and reports every\n"
        "  miss of a Target to the Customer within three working days of the end of the\n"
        "  month."
    )


def test_columns_are_aligned_and_groups_set_apart() -> None:
    assert body(TARGETS) == (
        "Service Level                            Target  Hours\n"
        "-----------------------------------  ----------  ------------------\n"
        "Web hosting\n"
        "Availability of the web shop              99.9%  At all times\n"
        "Response to incidents of priority 1  30 minutes  Sunday to Thursday\n"
        "\n"
        "Database hosting\n"
        "Availability of the database             99.95%  At all times"
    )


def test_long_cells_wrap_and_their_rows_are_set_apart() -> None:
    wide = table(
        (Column("Task", 60), Column("Who", 40)),
        (LONG, "Provider"),
        ("Short", "Customer"),
        ("Shorter", "Both"),
    )

    assert body(wide) == (
        "Task                                                                  Who\n"
        "--------------------------------------------------------------------  --------\n"
        "The Provider monitors each Service at all times and reports every     Provider\n"
        "miss of a Target to the Customer within three working days of the\n"
        "end of the month.\n"
        "\n"
        "Short                                                                 Customer\n"
        "Shorter                                                               Both"
    )


def test_a_table_whose_words_do_not_fit_reads_as_records() -> None:
    address = "a-very-long-mailbox-name-of-a-department@hosting.northwind.example"
    contacts = table(
        (Column("For", 20), Column("Name", 40), Column("Address", 40)),
        ("Provider",),
        ("Incidents", "Service desk", address),
        ("Escalation", "Head of operations", address),
    )

    assert body(contacts) == (
        "Provider\n"
        "\n"
        "  For: Incidents\n"
        "  Name: Service desk\n"
        f"  Address: {address}\n"
        "\n"
        "  For: Escalation\n"
        "  Name: Head of operations\n"
        f"  Address: {address}"
    )


def test_a_table_without_headings_or_words_is_still_laid_out() -> None:
    columns = (Column("", 30), Column("", 30), Column("", 40))

    assert body(table(columns, ("a", "", "c"), has_heading=False)) == "a    c"


def test_every_signatory_has_lines_to_fill_in_and_a_witness_where_asked() -> None:
    text = render_text(hosting_agreement(), version="3", execution=True)

    first, second = text.split("Signed for and on behalf of ")[1:]
    assert first.startswith("Northwind Hosting Ltd\n")
    assert "  Name:          Ada North\n  Title:         Director\n" in first
    assert "In the presence of" not in first
    assert "\n  In the presence of\n\n  Signature:     ______" in second


def test_an_agreement_within_the_house_is_acknowledged_not_signed() -> None:
    signature = SignatureBlock(1, "provider", "", "", "")

    text = render_text(
        numbered(kind="ola", signatures=(signature,)), version="1", execution=False
    )

    assert "Acknowledgement\n---------------" in text
    assert "Acknowledged by [●]" in text
    assert "Signed" not in text


@pytest.mark.parametrize(
    "value",
    ["A & B <Ltd>", "*not bold* {{ x }} {#", "شركة الأفق", "🚀 Contoso", "x" * 5000],
    ids=lambda value: value[:12],
)
def test_values_come_out_verbatim(value: str) -> None:
    assert body(Paragraph((Value("/a", value),))) == value


def test_the_lines_of_an_address_stay_lines() -> None:
    address = "Flat 1\nLong Street 2\nRiyadh"

    assert body(Item((Value("/a", address),))) == (
        "1.1   Flat 1\n      Long Street 2\n      Riyadh"
    )


def test_no_line_is_wider_than_78_columns() -> None:
    text = render_text(hosting_agreement(), version="3", execution=False)

    assert max(map(width, text.splitlines())) <= 78


@pytest.mark.parametrize("agreement_id", SAMPLES)
def test_every_sample_is_whole_and_fits_its_columns(agreement_id: str) -> None:
    document = sample(agreement_id)

    text = render_text(document, version="1", execution=False)

    lost = Counter(plain_text(document).split()) - Counter(text.split())
    headings = Counter(
        word
        for clause in document.document.clauses
        for block in clause.blocks
        if isinstance(block, Table)
        for row in block.rows
        if not block.has_heading
        for line in row.cells[0]
        for word in line_text(line, document).split()
    )
    assert lost - headings == Counter()  # "name:" stands for the name of a fact
    assert max(map(width, text.splitlines())) <= 78


def test_an_arabic_agreement_has_arabic_words_around_it() -> None:
    document = numbered(clause("scope", "النطاق"), title="اتفاقية", language="ar")

    text = render_text(document, version="3", execution=False)

    assert text.startswith("مسودة\n\nاتفاقية\n=======\n\nالمرجع: SLA-2026-0001\n")


def test_the_wording_alone_has_neither_labels_nor_cover() -> None:
    document = numbered(
        clause("a", "Scope", Item(words("One.")), TARGETS), parties=PARTIES
    )

    assert plain_text(document).split("\n")[:6] == [
        "Scope",
        "One.",
        "Service Level",
        "Target",
        "Hours",
        "Web hosting",
    ]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        pytest.param("abc", 3, id="latin"),
        pytest.param("اتفاقية", 7, id="arabic"),
        pytest.param("وُقّع", 3, id="vowel signs take no room"),
        pytest.param("合同", 4, id="wide characters take two"),
        pytest.param("a\u200eb", 2, id="direction marks take none"),
    ],
)
def test_the_width_of_a_text_is_what_a_terminal_shows(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_label_wider_than_its_column_still_has_a_space_after_it() -> None:
    assert hang("text", 6, "4.2AA(b)") == ["4.2AA(b) text"]


def test_padding_goes_before_figures_and_after_words() -> None:
    assert (pad("9", 3, at_end=True), pad("a", 3)) == ("  9", "a  ")


@settings(deadline=None)
@given(st.text("ab \n", max_size=60), st.integers(1, 20))
def test_wrapping_keeps_every_word_in_order(text: str, columns: int) -> None:
    lines = wrap(text, columns)

    assert " ".join(lines).split() == text.split()
    assert all(width(line) <= columns or " " not in line.strip() for line in lines)


WORD = st.text("abcdeé", min_size=1, max_size=12)
PROSE = st.lists(WORD, min_size=1, max_size=30).map(" ".join)
PROSE_BLOCK = st.one_of(
    st.builds(
        lambda text, level: Paragraph(words(text), level), PROSE, st.integers(0, 3)
    ),
    st.builds(lambda text, level: Item(words(text), level), PROSE, st.integers(1, 3)),
)
ROWS = st.lists(st.tuples(PROSE, PROSE, WORD), min_size=1, max_size=4)


@settings(deadline=None)
@given(st.lists(PROSE_BLOCK, min_size=1, max_size=6))
def test_no_word_of_prose_is_lost_added_or_moved(blocks: list[Block]) -> None:
    document = numbered(clause("a", "A", *blocks))
    labels = Counter(filter(None, document.block_labels["a"]))

    shown = body(*blocks).split()

    kept = [
        word for word in shown if not (labels[word] and not labels.subtract([word]))
    ]
    assert kept == plain_text(document).split()[1:]


@settings(deadline=None)
@given(ROWS)
def test_no_word_of_a_table_is_lost_or_added(rows: list[tuple[str, str, str]]) -> None:
    columns = (Column("One", 40), Column("Two", 40), Column("Three", 20, "end"))
    made = table(columns, *rows)

    shown = Counter(body(made).split())

    expected = Counter(plain_text(numbered(clause("a", "A", made))).split()[1:])
    rules = Counter({word: n for word, n in shown.items() if set(word) == {"-"}})
    assert shown - rules == expected
