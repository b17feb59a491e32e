"""An amended text under the numbers that were signed."""

from textwrap import dedent

import pytest
from amending import agreement, clause, reads

from slacontracts.compare.executed import executed
from slacontracts.compose.numbering import number
from slacontracts.model.clause import Part

SIGNED = number(
    agreement(
        clause("term", "- The term is three years."),
        clause(
            "fees",
            """
            The Customer pays the fees.
            - Fees are due monthly in advance. [#due]
            - The Provider may suspend if:
            -- fees are late by a month; or
            --- the Customer has not answered a reminder; or
            -- the Customer is insolvent.
            - Interest runs from <fees/due>.
            """,
        ),
        clause("liability", "- Liability is capped as <fees> says."),
        clause("levels", "- Levels are these:\n| Uptime | 99.9\n", Part.SCHEDULE),
        clause("contacts", "- Contacts are these.", Part.SCHEDULE),
    )
)


def lines(text: str) -> list[str]:
    return dedent(text).strip().splitlines()


def amended(*clauses: object, **changed: str) -> list[str]:
    """Return how the signed text reads with the text of some clauses changed."""
    return reads(executed(SIGNED, agreement(*_clauses(changed))))


def _clauses(changed: dict[str, str]) -> list:  # type: ignore[type-arg]
    return [
        clause(one.key, changed[one.key], one.part) if one.key in changed else one
        for one in SIGNED.document.clauses
    ]


def test_a_text_that_did_not_change_keeps_every_label() -> None:
    assert executed(SIGNED, SIGNED.document) == SIGNED


def test_a_removed_paragraph_leaves_its_number_and_takes_what_it_held_with_it() -> None:
    read = amended(
        fees="""
        The Customer pays the fees.
        - Fees are due monthly in advance. [#due]
        - Interest runs from <fees/due>.
        """
    )

    assert read[2:7] == lines(
        """
        2 Fees
        The Customer pays the fees.
        2.1 Fees are due monthly in advance.
        2.2 [Intentionally omitted]
        2.3 Interest runs from clause 2.1.
        """
    )


def test_what_is_inserted_takes_the_next_free_label_and_counts_on_below_it() -> None:
    read = amended(
        fees="""
        The Customer pays the fees.
        - Fees are due monthly in advance. [#due]
        - A fee in dispute is set aside:
        -- in a blocked account; or
        -- by deposit.
        - The Provider may suspend if:
        -- fees are late by a month; or
        --- the Customer has not answered a reminder; or
        --- the Customer has answered it with a refusal to pay; or
        -- the Customer has no bank any more; or
        -- the Customer is insolvent.
        - Interest runs from <fees/due>.
        - Value added tax comes on top.
        """
    )

    assert read[2:15] == lines(
        """
        2 Fees
        The Customer pays the fees.
        2.1 Fees are due monthly in advance.
        2.1A A fee in dispute is set aside:
        (a) in a blocked account; or
        (b) by deposit.
        2.2 The Provider may suspend if:
        (a) fees are late by a month; or
        (i) the Customer has not answered a reminder; or
        (ii) the Customer has answered it with a refusal to pay; or
        (aa) the Customer has no bank any more; or
        (b) the Customer is insolvent.
        2.3 Interest runs from clause 2.1.
        """
    )
    assert read[15] == "2.4 Value added tax comes on top."


def test_a_lead_stands_before_the_numbers_of_what_was_removed() -> None:
    read = amended(
        fees="""
        The fees and how to pay them are these.
        Nothing else is owed.
        - Prices are fixed for the whole of the term.
        """
    )

    assert read[2:9] == lines(
        """
        2 Fees
        The fees and how to pay them are these.
        Nothing else is owed.
        2.1 [Intentionally omitted]
        2.2 [Intentionally omitted]
        2.3 [Intentionally omitted]
        2.4 Prices are fixed for the whole of the term.
        """
    )


def test_text_inserted_below_a_paragraph_does_not_pass_to_an_omitted_one() -> None:
    read = amended(
        fees="""
        The Customer pays the fees.
        - Fees are due monthly in advance. [#due]
        Bank holidays do not count.
        - Interest runs from <fees/due>.
        """
    )

    assert read[3:8] == lines(
        """
        The Customer pays the fees.
        2.1 Fees are due monthly in advance.
        Bank holidays do not count.
        2.2 [Intentionally omitted]
        2.3 Interest runs from clause 2.1.
        """
    )


def test_a_removed_clause_stays_as_a_heading_and_an_inserted_one_comes_after_it() -> (
    None
):
    term, _, liability, *schedules = SIGNED.document.clauses
    price = clause("price", "- The price is fixed.\n-- for good.")

    document = executed(SIGNED, agreement(term, price, liability, *schedules))

    assert reads(document)[:7] == lines(
        """
        1 Term
        1.1 The term is three years.
        2 [Intentionally omitted]
        2A Price
        2A.1 The price is fixed.
        (a) for good.
        3 Liability
        """
    )
    assert [one.key for one in document.document.clauses][1] == "fees.omitted"


def test_a_moved_clause_is_omitted_where_it_stood_and_references_follow_it() -> None:
    term, fees, liability, *schedules = SIGNED.document.clauses

    document = executed(SIGNED, agreement(liability, term, fees, *schedules))

    assert reads(document)[:4] == lines(
        """
        A1 Liability
        A1.1 Liability is capped as clause 2 says.
        1 Term
        1.1 The term is three years.
        """
    )
    assert "3 [Intentionally omitted]" in reads(document)
    assert document.labels["liability"] == "A1"


def test_schedules_keep_their_numbers_too() -> None:
    new = clause("map", "- A map.\n-- In colour.\n--- On paper.", Part.SCHEDULE)
    levels = clause("levels", "- In short:\n- Levels are these:", Part.SCHEDULE)
    *clauses, _, contacts = SIGNED.document.clauses

    read = reads(executed(SIGNED, agreement(*clauses, levels, new, contacts)))

    assert read[-9:] == lines(
        """
        Schedule 1 Levels
        A1 In short:
        1 Levels are these:
        Schedule 1A Map
        1 A map.
        1.1 In colour.
        (a) On paper.
        Schedule 2 Contacts
        1 Contacts are these.
        """
    )


def test_a_second_amendment_goes_on_from_the_numbers_of_the_first() -> None:
    text = """
        The Customer pays the fees.
        - Fees are due monthly in advance. [#due]
        - Bank charges are for the Customer.
        - Interest runs from <fees/due>.
        """
    first = executed(SIGNED, agreement(*_clauses({"fees": text})))
    more = text.replace("- Bank", "- Invoices are electronic.\n- Bank")

    second = reads(executed(first, agreement(*_clauses({"fees": more}))))

    assert second[2:9] == lines(
        """
        2 Fees
        The Customer pays the fees.
        2.1 Fees are due monthly in advance.
        2.2 [Intentionally omitted]
        2.2AA Invoices are electronic.
        2.2A Bank charges are for the Customer.
        2.3 Interest runs from clause 2.1.
        """
    )


def test_a_clause_that_comes_back_gets_a_new_number() -> None:
    term, _, liability, *schedules = SIGNED.document.clauses
    without = executed(SIGNED, agreement(term, liability, *schedules))

    again = executed(without, SIGNED.document)
    gone = executed(again, without.document)

    assert again.labels["fees"] == "2A"
    assert again.labels["fees.omitted"] == "2"
    assert executed(again, agreement(term, liability, *schedules)).labels == {
        **without.labels,
        "fees.omitted-2": "2A",
    }
    assert gone.labels["liability"] == "3"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_omitted_says_so_in_the_language_of_the_agreement(
    language: str,
) -> None:
    document = number(agreement(clause("term"), clause("fees"), language=language))  # type: ignore[arg-type]

    without = executed(document, agreement(clause("fees"), language=language))  # type: ignore[arg-type]

    title = {"en": "[Intentionally omitted]", "ar": "[محذوف عمدًا]"}[language]
    assert reads(without) == [f"1 {title}", "2 Fees"]
