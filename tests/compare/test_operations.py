"""What an amendment says: places by their labels, and only where they are certain."""

from dataclasses import replace

import pytest
from amending import agreement, clause, reads

from slacontracts.compare.applying import apply
from slacontracts.compare.executed import executed
from slacontracts.compare.instructions import Instructions
from slacontracts.compare.operations import operations
from slacontracts.compose.numbering import number
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    Clause,
    NumberedDocument,
    Table,
)
from slacontracts.model.operation import Deleted, Linked, Place, Spot

TEXTS = {
    "parties": "- Northwind (the **Provider**).\n- Contoso (the **Customer**).",
    "background": "- The Provider hosts.\n- The Customer sells.",
    "key-terms": "Key terms are these.\n| Fee | 100 |\n| Notice | 30 days |",
    "definitions": """
        In this Agreement:
        **Day** means a day of 24 hours.
        **Fee** means the sum in <prices>.
        It is net of tax.
        **User** means a person.
        """,
    "fees": """
        The Customer pays the fees.
        - Fees are due monthly in advance. [#due]
        - The Provider may suspend if:
        -- fees are late by a month; or
        -- the Customer is insolvent.
        - Interest runs from <fees/due>.
        """,
    "liability": "- Liability is capped as <fees> says.",
    "prices": """
        Prices are these.
        | Hosting | 100 |
        | Backup | 20 |
        | Support | 30 |
        | Travel | 40 |
        | Hardware | 50 |
        - Prices are net.
        -- Tax comes on top.
        """,
    "contacts": "| Desk | 555 0100 |\nand\n| Boss | 555 0101 |\n- Call them.",
}
PARTS = {
    "parties": Part.PARTIES,
    "background": Part.BACKGROUND,
    "key-terms": Part.KEY_TERMS,
    "prices": Part.SCHEDULE,
    "contacts": Part.SCHEDULE,
}


def clauses(**changed: str | None) -> list[Clause]:
    texts = TEXTS | {key.replace("_", "-"): text for key, text in changed.items()}
    return [
        clause(key, text, PARTS.get(key, Part.CLAUSE))
        for key, text in texts.items()
        if text is not None
    ]


SIGNED = number(agreement(*clauses()))


def said(*changed: Clause) -> list[str]:
    """Return the sentences of the amendment; it must make the amended text."""
    after = executed(SIGNED, agreement(*changed))
    found = operations(SIGNED, after)
    assert [reads(text) for text in apply(SIGNED, found)[:1]] == [reads(after)]
    instructions = Instructions(SIGNED)
    return [instructions.sentence(one) for one in found]


def edit(key: str, old: str, new: str) -> list[Clause]:
    assert old in TEXTS[key]
    return clauses(**{key.replace("-", "_"): TEXTS[key].replace(old, new)})


@pytest.mark.parametrize(
    ("key", "old", "new", "sentence"),
    [
        (
            "fees",
            "monthly",
            "yearly",
            "Clause 2.1 (Fees) is deleted and replaced by:",
        ),
        (
            "fees",
            "by a month",
            "by a week",
            "Clause 2.2(a) (Fees) is deleted and replaced by:",
        ),
        (
            "fees",
            "may suspend if",
            "suspends if",
            "The words of Clause 2.2 (Fees) before Clause 2.2(a) are deleted and "
            "replaced by:",
        ),
        (
            "fees",
            "pays the fees",
            "pays",
            "The words of Clause 2 (Fees) before Clause 2.1 are deleted and replaced "
            "by:",
        ),
        (
            "fees",
            "-- the Customer is insolvent.",
            "",
            "Clause 2.2(b) (Fees) is deleted.",
        ),
        (
            "fees",
            "- The Provider may",
            "- Bank charges are extra.\n- The Provider may",
            "A new Clause 2.1A is inserted after Clause 2.1 (Fees):",
        ),
        (
            "fees",
            "-- the Customer is",
            "-- the Customer is gone; or\n-- the Customer is",
            "A new Clause 2.2(aa) is inserted after Clause 2.2(a) (Fees):",
        ),
        (
            "fees",
            "- Fees are due",
            "- Fees are fixed.\n- Fees are due",
            "A new Clause 2.A1 is inserted before Clause 2.1 (Fees):",
        ),
        (
            "fees",
            "<fees/due>.",
            "<fees/due>.\n-- It is simple interest.",
            "A new Clause 2.3(a) is inserted at the end of Clause 2.3 (Fees):",
        ),
        (
            "definitions",
            "24 hours",
            "a calendar",
            "In Clause 1 (Definitions), the definition of “Day” is deleted and "
            "replaced by:",
        ),
        (
            "definitions",
            "It is net of tax.",
            "It is gross.",
            "In Clause 1 (Definitions), the definition of “Fee” is deleted and "
            "replaced by:",
        ),
        (
            "definitions",
            "**User** means a person.",
            "",
            "In Clause 1 (Definitions), the definition of “User” is deleted.",
        ),
        (
            "definitions",
            "**User**",
            "**Tax** means value added tax.\n**User**",
            "In Clause 1 (Definitions), this definition is inserted after the "
            "definition of “Fee”:",
        ),
        (
            "definitions",
            "**Day**",
            "**Bank** means a bank.\n**Day**",
            "In Clause 1 (Definitions), this definition is inserted before the "
            "definition of “Day”:",
        ),
        (
            "definitions",
            "In this Agreement:",
            "Here:",
            "The words of Clause 1 (Definitions) before the definition of “Day” are "
            "deleted and replaced by:",
        ),
        (
            "prices",
            "| Backup | 20 |",
            "| Backup | 25 |",
            "In the table of Schedule 1 (Prices), the row for “Backup” is deleted and "
            "replaced by:",
        ),
        (
            "prices",
            "| Travel | 40 |",
            "",
            "In the table of Schedule 1 (Prices), the row for “Travel” is deleted.",
        ),
        (
            "prices",
            "| Backup",
            "| Mail | 5 |\n| Backup",
            "In the table of Schedule 1 (Prices), a new row is inserted after the row "
            "for “Hosting”:",
        ),
        (
            "prices",
            "| Hosting",
            "| Set-up | 5 |\n| Hosting",
            "In the table of Schedule 1 (Prices), a new row is inserted before the row "
            "for “Hosting”:",
        ),
        (
            "prices",
            "| Travel | 40 |",
            "| Backup | 40 |",
            "In Schedule 1 (Prices), the table is deleted and replaced by:",
        ),
        (
            "prices",
            "Tax comes on top",
            "Tax comes later",
            "Paragraph 1.1 of Schedule 1 (Prices) is deleted and replaced by:",
        ),
        (
            "prices",
            "Prices are these.",
            "These are prices.",
            "The words of Schedule 1 (Prices) before the table are deleted and "
            "replaced by:",
        ),
        (
            "contacts",
            "555 0101",
            "555 0199",
            "In the second table of Schedule 2 (Contacts), the row for “Boss” is "
            "deleted and replaced by:",
        ),
        (
            "contacts",
            "and",
            "or",
            "The text below the heading of Schedule 2 (Contacts) is deleted and "
            "replaced by:",
        ),
        (
            "background",
            "sells",
            "buys",
            "Recital (B) is deleted and replaced by:",
        ),
        (
            "parties",
            "Contoso",
            "Fabrikam",
            "Paragraph (2) of the part headed “Parties” is deleted and replaced by:",
        ),
        (
            "key-terms",
            "Key terms are these.",
            "They are:",
            "The words of the part headed “Key terms” before the table are deleted "
            "and replaced by:",
        ),
    ],
)
def test_a_change_is_said_of_the_smallest_part_that_has_a_name(
    key: str, old: str, new: str, sentence: str
) -> None:
    assert said(*edit(key, old, new)) == [sentence]


def test_a_clause_goes_and_another_comes() -> None:
    price = clause("price", "- The price is fixed.")

    assert said(*clauses(fees=None), price) == [
        "Clause 2 (Fees) is deleted.",
        "Clause 3.1 (Liability) is deleted and replaced by:",
        "A new Clause 4 is inserted after Clause 3 (Liability):",
    ]


def test_a_move_is_a_deletion_and_an_insertion_and_references_are_told() -> None:
    before, fees, liability = clauses()[:4], clauses()[4], clauses()[5:]

    assert said(*before[:3], fees, *before[3:], *liability) == [
        "Clause 1 (Definitions) is deleted.",
        "A new Clause 2A is inserted after Clause 2 (Fees):",
    ]
    assert said(*before, *liability, fees) == [
        "Clause 3 (Liability) is deleted.",
        "A new Clause 1A is inserted after Clause 1 (Definitions):",
    ]


def test_wording_that_points_to_a_clause_that_moved_is_replaced_too() -> None:
    base = number(
        agreement(clause("term", "- Three years."), clause("fees", "- As <term> says."))
    )
    after = executed(
        base,
        agreement(
            clause("fees", "- As <term> says.\n- They are due.\n- They are fixed."),
            clause("term", "- Three years."),
        ),
    )

    sentences = [Instructions(base).sentence(one) for one in operations(base, after)]

    assert "Clause 2.1 (Fees) is deleted and replaced by:" in sentences
    assert reads(after)[2] == "2.1 As clause 3 says."


def test_a_schedule_is_added_and_a_part_without_a_number_is_taken_out() -> None:
    new = clause("map", "- A map.", Part.SCHEDULE)

    assert said(*clauses(background=None), new) == [
        "The part headed “Background” is deleted.",
        "A new Schedule 3 is inserted after Schedule 2 (Contacts):",
    ]


def test_a_text_that_did_not_change_needs_no_words() -> None:
    assert operations(SIGNED, executed(SIGNED, SIGNED.document)) == ()


def test_a_new_name_of_an_item_is_kept_but_not_said() -> None:
    after = executed(
        SIGNED, agreement(*edit("fees", "insolvent.", "insolvent. [#end]"))
    )

    (operation,) = operations(SIGNED, after)

    assert isinstance(operation, Linked)
    assert apply(SIGNED, [operation])[0].labels["fees/end"] == "2.2(b)"
    assert Instructions(SIGNED).sentence(operation) == ""


@pytest.mark.parametrize(
    "operation",
    [
        Deleted(Place(Part.CLAUSE, "2", "2.9"), Spot("whole")),
        Deleted(Place(Part.CLAUSE, "9"), Spot("whole")),
        Deleted(Place(Part.CLAUSE, "1"), Spot("definition", "Bank")),
        Deleted(
            Place(Part.SCHEDULE, "Schedule 1"), Spot("row", "Mail", table=1, tables=1)
        ),
        Deleted(
            Place(Part.SCHEDULE, "Schedule 2"), Spot("row", "Desk", table=1, tables=1)
        ),
    ],
)
def test_an_operation_whose_place_is_not_there_is_held_over(operation: Deleted) -> None:
    assert apply(SIGNED, [operation]) == (SIGNED, (operation,))


def test_nothing_is_inserted_under_a_label_that_stands_already() -> None:
    after = executed(SIGNED, agreement(*clauses(), clause("price", "- Fixed.")))
    found = operations(SIGNED, after)
    once: NumberedDocument = apply(SIGNED, found)[0]

    assert apply(once, found) == (once, found)


LEVELS = """
    |! Level | Target | Hours | Credit | Note | Note
    | Availability | 99.9 % | always | 10 % | a | b
    | Response | 1 hour | office | 5 % | a | b
    | Repair | 1 day | office | 5 % | a | b
    | Restore | 2 days | office | 5 % | a | b
    """


def levels(text: str, language: Language = "en") -> AgreementDocument:
    return agreement(clause("levels", text, Part.SCHEDULE), language=language)


def entry(row: str, column: str) -> str:
    return (
        f"In the table of Schedule 1 (Levels), in the row for “{row}”, the entry under "
        f"“{column}” is deleted and replaced by:"
    )


def whole_row(row: str) -> str:
    return (
        f"In the table of Schedule 1 (Levels), the row for “{row}” is deleted and "
        "replaced by:"
    )


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ("99.9 %", "99.5 %", [entry("Availability", "Target")]),
        (
            "99.9 % | always | 10 %",
            "99.5 % | always | 5 %",
            [entry("Availability", "Target"), entry("Availability", "Credit")],
        ),
        (
            "1 hour | office | 5 %",
            "2 hours | always | 10 %",
            [entry("Response", one) for one in ("Target", "Hours", "Credit")],
        ),
        ("10 % | a | b", "10 % | a | c", [whole_row("Availability")]),
        (
            "99.9 % | always | 10 % | a",
            "99.5 % | office | 5 % | c",
            [whole_row("Availability")],
        ),
        ("10 % | a | b", "5 % | a | c", [whole_row("Availability")]),
        (
            "Hours | Credit",
            " | Credit",
            ["In Schedule 1 (Levels), the table is deleted and replaced by:"],
        ),
    ],
)
def test_some_entries_of_a_row_are_named_by_the_headings_of_their_columns(
    old: str, new: str, sentences: list[str]
) -> None:
    base = number(levels(LEVELS))
    after = executed(base, levels(LEVELS.replace(old, new, 1)))

    found = operations(base, after)

    assert [Instructions(base).sentence(one) for one in found] == sentences
    assert reads(apply(base, found)[0]) == reads(after)


def test_an_entry_under_a_heading_that_is_empty_is_told_with_its_row() -> None:
    text = LEVELS.replace("Target", "")
    base = number(levels(text))

    (found,) = operations(base, executed(base, levels(text.replace("99.9", "99.5"))))

    assert Instructions(base).sentence(found) == whole_row("Availability")


def test_an_entry_that_is_taken_out_leaves_its_row() -> None:
    base = number(levels(LEVELS))
    table = base.document.clauses[0].blocks[0]
    assert isinstance(table, Table)
    row = table.rows[0]
    emptied = replace(row, cells=(*row.cells[:3], (), *row.cells[4:]))
    changed = replace(table, rows=(emptied, *table.rows[1:]))
    schedule = replace(base.document.clauses[0], blocks=(changed,))
    after = executed(base, agreement(schedule))

    found = operations(base, after)

    assert [Instructions(base).sentence(one) for one in found] == [
        "In the table of Schedule 1 (Levels), in the row for “Availability”, the entry "
        "under “Credit” is deleted."
    ]
    assert reads(apply(base, found)[0]) == reads(after)


def test_the_rows_that_change_are_counted_and_not_their_entries() -> None:
    text = LEVELS.replace("1 hour | office", "2 hours | always")
    text = text.replace("1 day | office", "2 days | always")
    base = number(levels(LEVELS))

    found = operations(base, executed(base, levels(text)))

    assert [Instructions(base).sentence(one) for one in found] == [
        entry(row, column)
        for row in ("Response", "Repair")
        for column in ("Target", "Hours")
    ]


def test_an_arabic_instrument_names_the_entry_too() -> None:
    base = number(levels(LEVELS, "ar"))
    amended = levels(LEVELS.replace("99.9", "99.5"), "ar")

    (found,) = operations(base, executed(base, amended))

    assert Instructions(base).sentence(found) == (
        "في الجدول من الملحق 1 (Levels)، يُستبدل بما ورد تحت «Target» في الصف المتعلق "
        "بـ«Availability» النص الآتي:"
    )
