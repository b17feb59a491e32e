"""Clauses of an agreement's own: added, changed, taken out, approved and amended."""

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from signed import in_copy

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.source.yaml_text import read_yaml
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import read_draft
from slacontracts.workflow.outline import outline_agreement
from slacontracts.workflow.render import Wanted
from slacontracts.workflow.render_as import render_amendment
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.use import omit_clause, use_position, use_template, use_text

ID = "SLA-2026-0001"
SIGNED = "SLA-2026-0002"
TEXT = "1. Either party may ask for a review of the Charges. [#yearly]\n"


def negotiated(desk: Desk, agreement_id: str = ID) -> dict[str, Any]:
    place = desk.workspace.agreement(agreement_id)
    source, _ = read_yaml(desk.workspace.read(place.file), place.file)
    assert source is not None
    found: dict[str, Any] = source.data.get("clauses") or {}
    return found


def add(desk: Desk, agreement_id: str = ID, after: str = "invoicing") -> None:
    use_text(
        desk,
        agreement_id,
        "price-review",
        TEXT,
        "en",
        title="Price review",
        after=after,
    )


def test_a_clause_of_its_own_is_added_changed_and_taken_out(desk: Desk) -> None:
    before = negotiated(desk)
    add(desk)

    assert negotiated(desk)["price-review"] == {
        "title": {"en": "Price review"},
        "after": "invoicing",
        "text": {"en": TEXT},
    }
    keys = [line.key for line in outline_agreement(desk, ID)]
    assert keys[keys.index("invoicing") + 1] == "price-review"

    use_text(desk, ID, "price-review", "1. No review.\n", "en")
    assert negotiated(desk)["price-review"]["after"] == "invoicing"
    assert negotiated(desk)["price-review"]["text"] == {"en": "1. No review.\n"}

    omit_clause(desk, ID, "price-review")
    assert negotiated(desk) == before
    add(desk)
    use_template(desk, ID, "price-review")
    assert negotiated(desk) == before


def request(desk: Desk) -> str:
    draft = read_draft(Shelf(desk), desk.workspace.agreement(ID))
    [found] = [
        one.message
        for one in draft.findings
        if one.code == "deviation-unapproved" and "Price review" in one.message
    ]
    return found


def test_legal_must_approve_it(desk: Desk) -> None:
    add(desk)

    asked = request(desk)
    assert "which the library does not have; legal must" in asked
    assert "item: price-review, role: legal" in asked
    [digest] = re.findall("value: ([0-9a-f]{12})}", asked)
    use_text(desk, ID, "price-review", "1. Else.\n", "en")
    assert digest not in request(desk)


@pytest.mark.parametrize(
    ("key", "title", "after", "reason"),
    [
        ("price-review", "Price review", "invocing", 'did you mean "invoicing"?'),
        ("price-review", "Price review", None, "lacks after: KEY"),
        ("price-review", None, "invoicing", "lacks title:"),
        ("waiver", "Waiver", "invoicing", 'the library has a clause "waiver"'),
        ("Price Review", "Price review", "invoicing", "is not a key"),
    ],
)
def test_a_clause_without_its_place_is_refused(
    desk: Desk, key: str, title: str | None, after: str | None, reason: str
) -> None:
    before = negotiated(desk)

    with pytest.raises(SourceError, match=re.escape(reason)):
        use_text(desk, ID, key, TEXT, "en", title=title, after=after)

    assert negotiated(desk) == before


def test_an_unknown_clause_with_wording_is_told_how_it_is_added(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="say its --title and --after"):
        use_text(desk, ID, "price-review", TEXT, "en")
    add(desk)
    with pytest.raises(SourceError, match="has no positions"):
        use_position(desk, ID, "price-review", "preferred")


def test_an_amendment_inserts_it_without_moving_a_number(
    desk: Desk, signed_sample: Path
) -> None:
    signed = in_copy(desk, signed_sample)
    line = outline_agreement(signed, SIGNED)
    at = next(one.label for one in line if one.key == "invoicing")
    open_next_amendment(signed, SIGNED, "2027-03-01", "Prices")
    add(signed, SIGNED)

    made = render_amendment(
        Shelf(signed), signed.workspace.agreement(SIGNED), Wanted("text")
    )

    text = " ".join(made.data.decode().split())
    assert f"A new Clause {at}A is inserted after Clause {at} (" in text
    assert "Price review" in text
    assert "Either party may ask for a review of the Charges." in text
    keys = {one.key: one.label for one in outline_agreement(signed, SIGNED)}
    assert keys["price-review"] == f"{at}A"


def test_the_command_adds_one_and_says_what_belongs_together(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.md"
    file.write_text(TEXT, encoding="utf-8")
    wording = ("--text", str(file))
    place = ("--title", "Price review", "--after", "invoicing")

    assert "negotiated wording" in run("use", ID, "review", *wording, *place).output
    assert "Price review" in run("render", ID, "--format", "text", "-o", "-").output
    refused = run("use", ID, "waiver", "--omit", "--title", "Waiver", code=2)
    assert "--title and --after go with --text" in refused.output


def test_taking_a_clause_out_keeps_the_comments_beside_the_others(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = desk.workspace.read(place.file).decode()
    assert text.count("\nclauses:\n") == 1
    noted = text.replace("\nclauses:\n", "\nclauses:\n  # agreed by telephone\n")
    desk.workspace.write(place.file, noted.encode())
    add(desk)

    omit_clause(desk, ID, "price-review")

    assert desk.workspace.read(place.file).decode() == noted
