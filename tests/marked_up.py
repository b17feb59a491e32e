"""The answers of a customer's lawyer that pages of the documentation speak of."""

from counterparty import Counterparty


def first_answer(sent: bytes) -> bytes:
    """Return the first draft of SLA-2026-0001 as the customer's lawyer sends it back."""
    theirs = Counterparty(sent, author="Omar Haddad", date="2026-11-25T10:15:00Z")
    theirs.type_over("99.9", "99.95", near="Availability at least")
    theirs.type_over("99.9", "99.95", near="99.9%", nth=0)
    theirs.type_over("10 days", "5 days", near="send the Customer a report")
    theirs.type_over("as evidence", "as full evidence", near="its own measurements")
    theirs.insert_paragraph(
        "its own measurements",
        "The Provider must give the Customer access to the measuring systems.",
    )
    theirs.comment(
        "keep its records of measurements", "Can we make this 36 months for both?"
    )
    theirs.type_over("25%", "45%", near="do not exceed")
    theirs.type_over("25%", "45%", near="25% of the monthly fee of the Service")
    theirs.tracked = False
    theirs.type_over("contests it within 30 days", "contests it within 90 days")
    return theirs.data()


def second_answer(sent: bytes) -> bytes:
    """Return our answer as it comes back: one figure lower, the rest accepted."""
    theirs = Counterparty(sent, author="Omar Haddad", date="2026-11-30T16:40:00Z")
    theirs.type_over("30%", "35%", near="do not exceed")
    theirs.type_over("30%", "35%", near="of the monthly fee of the Service")
    return theirs.data()


def tour_answer(sent: bytes) -> bytes:
    """Return the draft of the tour with one figure that the customer wants higher."""
    theirs = Counterparty(sent, author="Omar Haddad", date="2026-11-25T10:15:00Z")
    theirs.type_over("25%", "40%", near="do not exceed")
    theirs.type_over("25%", "40%", near="25% of the monthly fee of the Service")
    return theirs.data()


ANSWERS = {"first": first_answer, "second": second_answer, "tour": tour_answer}
