"""The text digest: equal for equal agreements, different for any different word."""

import pytest
from drafting import clause_files, numbered, template_file

from slacontracts.compose.digest import (
    canonical_document,
    text_digest,
    wording_digest,
)

FILES = {
    **template_file("corporate/standard", "outline: [fees, term]\n"),
    **clause_files(
        "fees",
        '1. Pay within {{ fees.due_days | days }}, see {{ ref("term") }}.\n\n{{ table("charges") }}\n',
        meta="values:\n  /fees/due_days: {type: integer}\n",
    ),
    **clause_files("term", "It **lasts**."),
}
AGREEMENT = """\
fees: {due_days: 30}
services: [{key: web, price: {amount: "5", currency: EUR}}]
signatories: [{party: customer, name: A}]
"""


def digest(agreement: str = AGREEMENT, **changed: str) -> str:
    files = FILES | {
        path.replace("__", "/") + ".md": text for path, text in changed.items()
    }
    return text_digest(numbered(files, agreement))


def test_the_same_agreement_has_the_same_digest() -> None:
    assert digest() == digest()
    assert len(digest()) == 64


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("due_days: 30", "due_days: 31"),
        ('amount: "5"', 'amount: "6"'),
        ("name: A", "name: B"),
        ("fees: {due_days: 30}", "fees: {due_days: 30}\nclauses: {term: omit}"),
    ],
)
def test_any_change_of_the_text_changes_the_digest(old: str, new: str) -> None:
    files = (
        FILES
        if "omit" not in new
        else FILES
        | {"clauses/fees/preferred.en.md": "Pay within {{ fees.due_days | days }}."}
    )

    before = text_digest(numbered(files, AGREEMENT))
    after = text_digest(numbered(files, AGREEMENT.replace(old, new)))

    assert before != after


def test_a_comment_or_another_library_revision_does_not_change_the_digest() -> None:
    assert digest("# a remark\n" + AGREEMENT) == digest()


def test_the_canonical_document_holds_labels_values_references_and_tables() -> None:
    document = numbered(FILES, AGREEMENT)

    text = str(canonical_document(document))

    for expected in ("'1.1'", "30 days, see clause 2.", "'EUR 5.00'", "'customer'"):
        assert expected in text


def test_a_wording_is_named_by_the_first_digits_of_its_hash() -> None:
    # printf 'Nobody pays.' | sha256sum
    assert wording_digest({"en": "Nobody pays."}) == "ac165524cd06"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({"en": "Caf\u00e9."}, {"en": "Cafe\u0301."}, True),
        ({"en": "One.\n"}, {"en": "One."}, True),
        ({"en": "One.\r\nTwo."}, {"en": "One.\nTwo."}, True),
        ({"en": "One.", "ar": "واحد."}, {"ar": "واحد.", "en": "One."}, True),
        ({"en": "One.", "ar": "واحد."}, {"en": "One."}, False),
        ({"ar": "One.", "en": "Two."}, {"en": "One.\nTwo."}, False),
        ({"en": "One."}, {"en": "one."}, False),
        ({"en": "{{ credits.cap }}"}, {"en": "{{ credits.sum }}"}, False),
    ],
)
def test_only_what_cannot_be_seen_leaves_the_name_of_a_wording_alone(
    one: dict[str, str], other: dict[str, str], is_same: bool
) -> None:
    assert (wording_digest(one) == wording_digest(other)) is is_same
