"""Renderings of a signed agreement: the amendment, the conformed copy, the redline."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from signed import LATER, TODAY, amend, in_copy, sign

from slacontracts.errors import ChecksFailedError, NotFoundError, SourceError
from slacontracts.store.cache import Cache
from slacontracts.word.gate import admit
from slacontracts.word.reading import text_of_docx
from slacontracts.word.revisions import ALL, accept, reject, revisions
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.hand_over import Format
from slacontracts.workflow.outline import outline_agreement
from slacontracts.workflow.redline import redline_files
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.render_as import (
    Marks,
    render_amendment,
    render_conformed,
    render_redline,
)
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf
from slacontracts.workflow.use import omit_clause
from slacontracts.workflow.versions import composed_at

ID = "SLA-2026-0002"
SIGNED = date(2026, 11, 20)  # and in effect from the same day
MARKS = Marks("Legal", "2026-11-23T09:00:00Z")


@pytest.fixture
def desk(desk: Desk, signed_sample: Path) -> Desk:
    """A workspace in which one agreement is signed."""
    return in_copy(desk, signed_sample)


def open_with(desk: Desk, *changes: tuple[str, str]) -> None:
    open_next_amendment(desk, ID, "2027-03-01", "More storage")
    set_values(desk, ID, changes)


def amendment(desk: Desk, wanted: Wanted) -> tuple[str, bytes]:
    rendered = render_amendment(Shelf(desk), desk.workspace.agreement(ID), wanted)
    return rendered.name, rendered.data


def text_of(data: bytes) -> str:
    return " ".join(data.decode().split())


@pytest.mark.parametrize("kind", ["text", "html"])
def test_the_instrument_says_what_changes_and_names_what_came_before(
    desk: Desk, kind: Format
) -> None:
    amend(desk, ID, "2027-02-01", ("/review/next", "2027-12-15"))
    open_with(desk, ("/term/initial", "P26M"))

    _, data = amendment(desk, Wanted(kind))

    said = text_of(data)
    for words in (
        "Amendment No. 2 to Multilevel Service Level Agreement",
        "20 November 2026",
        "Amendment No. 1 of 23 November 2026",
        "More storage",
        "1 March 2027",
        "26 months",
    ):
        assert words in said
    assert "2027-12-15" not in said
    assert "15 December 2027" not in said


def test_an_amendment_is_named_by_its_number_and_draft(desk: Desk) -> None:
    open_with(desk, ("/term/initial", "P26M"))
    draft, _ = amendment(desk, Wanted("docx"))
    save_agreement(desk, ID, "Amendment 1", LATER)

    signed, data = amendment(desk, Wanted("docx", is_execution=True))

    assert draft == f"{ID}-amendment-1-draft-2.docx"
    assert signed == f"{ID}-amendment-1.docx"
    assert "26 months" in " ".join(text_of_docx(data))


def test_an_amendment_to_sign_must_be_saved_and_ready(desk: Desk) -> None:
    open_with(desk, ("/term/initial", "P26M"))
    with pytest.raises(SourceError, match="changes that are not saved"):
        amendment(desk, Wanted("text", is_execution=True))

    set_values(desk, ID, [("/parties/customer/legal_name", "TBD")])
    with pytest.raises(ChecksFailedError, match="is not ready for signature"):
        amendment(desk, Wanted("text", is_execution=True))


def test_an_amendment_states_its_own_conditions_and_not_those_of_the_agreement(
    desk: Desk,
) -> None:
    open_next_amendment(desk, ID, "conditions-met", "More storage")
    set_values(desk, ID, [("/term/initial", "P26M")])
    with pytest.raises(SourceError, match="no condition is stated; state one") as none:
        amendment(desk, Wanted("text"))
    condition = "{key: audit, says: The audit of the new storage is done.}"
    set_values(desk, ID, [("/amendment/conditions/+", condition)])

    _, data = amendment(desk, Wanted("text"))

    said = text_of(data)
    assert f"slacontracts set {ID} " in str(none.value)
    assert "on which all of these conditions are met" in said
    assert "The audit of the new storage is done." in said
    working = composed_at(Shelf(desk), Reference(ID, "working")).document
    assert "audit of the new storage" not in f"{working.document.clauses}"


def test_an_empty_amendment_is_refused(desk: Desk) -> None:
    open_with(desk)

    with pytest.raises(SourceError, match=r"amendment 1 .* alters nothing") as raised:
        amendment(desk, Wanted("text"))

    assert "\n" not in str(raised.value)


def test_an_amendment_that_is_not_open_or_without_a_day_is_refused(desk: Desk) -> None:
    with pytest.raises(SourceError, match="has no open amendment; open one"):
        amendment(desk, Wanted("text"))

    open_with(desk, ("/term/initial", "P26M"), ("/amendment/effective", ""))

    with pytest.raises(SourceError, match=r"not said when amendment 1 .* takes effect"):
        amendment(desk, Wanted("text"))


def test_an_amendment_opened_before_another_was_signed_asks_for_a_rebase(
    desk: Desk,
) -> None:
    place = desk.workspace.agreement(ID)
    open_with(desk, ("/term/initial", "P26M"))
    stale = desk.workspace.read(place.file)
    save_agreement(desk, ID, "Amendment 1", LATER)
    sign(desk, ID)
    desk.workspace.write(place.file, stale.replace(b"P26M", b"P30M"))

    with pytest.raises(
        SourceError, match=r"amendment 1 was signed meanwhile; .*--rebase"
    ):
        amendment(desk, Wanted("text"))


def conformed(desk: Desk, day: date, known: date = TODAY) -> str:
    rendered = render_conformed(
        Shelf(desk), desk.workspace.agreement(ID), Wanted("text"), day, known
    )
    assert rendered.name == f"{ID}-conformed-{day}.txt"
    return text_of(rendered.data)


def test_a_conformed_copy_shows_the_text_of_a_day_with_its_notes(desk: Desk) -> None:
    amend(desk, ID, "2027-03-01", ("/term/initial", "P26M"))

    before, after = conformed(desk, SIGNED), conformed(desk, date(2027, 3, 1))

    for copy in (before, after):
        assert "for convenience only" in copy
        assert not copy.startswith("DRAFT")
        assert "Signature page" not in copy
    assert "26 months" not in before
    assert "26 months" in after
    assert "Amended by Amendment No. 1" not in before
    assert "Amended by Amendment No. 1" in after


def test_a_conformed_copy_knows_only_what_was_signed_by_a_day(desk: Desk) -> None:
    amend(desk, ID, "2026-11-21", ("/term/initial", "P26M"))

    known_then = conformed(desk, date(2026, 11, 22), known=date(2026, 11, 22))
    known_now = conformed(desk, date(2026, 11, 22))

    assert "26 months" not in known_then
    assert "26 months" in known_now
    with pytest.raises(NotFoundError, match="nothing was known of it on 2026-11-19"):
        conformed(desk, TODAY, known=date(2026, 11, 19))


def test_a_signed_text_against_the_open_amendment_is_a_redline(desk: Desk) -> None:
    amend(desk, ID, "2027-02-01", ("/review/next", "2027-12-15"))
    open_next_amendment(desk, ID, "2027-03-01", "Publicity")
    omit_clause(desk, ID, "publicity")
    shelf, place = Shelf(desk), desk.workspace.agreement(ID)

    rendered = render_redline(shelf, place, MARKS)

    word = admit(rendered.data, rendered.name)
    assert rendered.name == f"{ID}-amendment-2-redline.docx"
    assert {one.author for one in revisions(word)} == {"Legal"}
    assert "[Intentionally omitted]" in " ".join(text_of_docx(accept(word, ALL)))
    assert "[Intentionally omitted]" not in " ".join(text_of_docx(reject(word, ALL)))
    assert {one.story for one in revisions(word)} == {"body"}


def test_two_versions_are_compared_as_their_renderings_are(desk: Desk) -> None:
    open_with(desk, ("/term/initial", "P26M"))
    save_agreement(desk, ID, "Amendment 1", LATER)
    shelf = Shelf(desk)
    original, draft, working = (
        composed_at(shelf, Reference(ID, name))
        for name in ("original", "draft:2", "working")
    )

    changed = redline_files(original, working, author="Legal", date=MARKS.date)
    same = redline_files(draft, working, author="Legal", date=MARKS.date)

    word = admit(changed.data, "redline.docx")
    assert "26 months" in " ".join(text_of_docx(accept(word, ALL)))
    assert "24 months" in " ".join(text_of_docx(reject(word, ALL)))
    assert same.summary.stories == ()


def test_a_version_is_compared_with_a_file(desk: Desk, tmp_path: Path) -> None:
    shelf, place = Shelf(desk), desk.workspace.agreement(ID)
    sent = tmp_path / "sent.docx"
    sent.write_bytes(render_agreement(shelf, place, Wanted()).data)
    working = composed_at(shelf, Reference(ID))

    made = redline_files(sent, working, author="Legal", date=MARKS.date)

    assert made.summary.stories == ()


def test_a_draft_of_a_signed_agreement_has_the_signed_numbers(desk: Desk) -> None:
    before = {line.key: line.label for line in outline_agreement(desk, ID)}
    open_next_amendment(desk, ID, "2027-03-01", "Publicity")
    omit_clause(desk, ID, "publicity")

    after = {line.key: line.label for line in outline_agreement(desk, ID)}
    shelf = Shelf(replace(desk, cache=Cache(None)))
    rendered = render_agreement(shelf, desk.workspace.agreement(ID), Wanted("text"))

    assert after["publicity.omitted"] == before["publicity"]
    assert {key: after[key] for key in before if key != "publicity"} == {
        key: label for key, label in before.items() if key != "publicity"
    }
    assert f"{before['publicity']} [Intentionally omitted]" in text_of(rendered.data)
