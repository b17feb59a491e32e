"""Renderings of what was signed: as it was signed, for whoever opens it later."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from papers import with_text
from signed import LATER, TODAY, at, handed_in, in_copy, sign

from slacontracts.compose.digest import text_digest
from slacontracts.errors import NotFoundError, SlaContractsError, SourceError
from slacontracts.source.settings import read_settings
from slacontracts.word.gate import admit
from slacontracts.word.reading import text_of_docx
from slacontracts.word.revisions import ALL, accept, reject, revisions
from slacontracts.workflow.amend import open_next_amendment
from slacontracts.workflow.as_signed import recorded_signings, signed_texts
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.draft import read_draft
from slacontracts.workflow.edit import set_values
from slacontracts.workflow.granting import Grant
from slacontracts.workflow.hand_over import Format
from slacontracts.workflow.instrument import (
    draft_instrument,
    open_amendment,
    signed_amendment,
)
from slacontracts.workflow.library import save_library
from slacontracts.workflow.reference import Reference
from slacontracts.workflow.register import RegisterWish, register_agreement
from slacontracts.workflow.render import Wanted, render_agreement
from slacontracts.workflow.render_as import Marks, render_amendment, render_conformed
from slacontracts.workflow.render_version import (
    render_signed_amendment,
    render_signed_redline,
    render_version,
)
from slacontracts.workflow.save import save_agreement
from slacontracts.workflow.shelf import Shelf

ID = "SLA-2026-0002"
SIGNED = date(2026, 11, 20)
MARKS = Marks("Legal", "2026-11-23T09:00:00Z")
ROLES = b"""\
organisation: Northwind Hosting Ltd
roles:
  legal: [{name: Niamh Kelleher, email: niamh@northwind.example}]
"""
TO_SIGN = Wanted("docx", is_execution=True)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A workspace as it is on a day."""
    return at(desk, TODAY)


def saved_amendment(desk: Desk, initial: str = "P26M") -> None:
    open_next_amendment(desk, ID, "2027-03-01", "More storage")
    set_values(desk, ID, [("/term/initial", initial)])
    save_agreement(desk, ID, "Amended", LATER)


def sign_and_alter_the_rest(desk: Desk) -> None:
    """Sign the open amendment, then make another, and change library and settings."""
    sign(desk, ID)
    saved_amendment(desk, "P30M")
    sign(desk, ID)
    settings = desk.workspace.read("slacontracts.yaml")
    anchored = settings.replace(b"anchors: none", b"anchors: docusign")
    assert anchored != settings
    desk.workspace.write("slacontracts.yaml", anchored)
    desk.workspace.write("clauses/waiver/preferred.en.md", b"1. No waiver.\n")
    save_library(desk, "Shorter waiver", LATER)


@pytest.mark.parametrize("kind", ["docx", "html", "text"])
def test_a_signed_amendment_is_rendered_as_its_execution_version_was(
    desk: Desk, kind: Format
) -> None:
    sign(desk, ID, on=SIGNED)
    saved_amendment(desk)
    place = desk.workspace.agreement(ID)
    wanted = Wanted(kind, is_execution=True)
    paper = render_amendment(Shelf(desk), place, wanted)
    sign_and_alter_the_rest(desk)

    reference = Reference(ID, "amendment-1")
    again = render_signed_amendment(Shelf(desk), reference, wanted)
    without_asking = render_signed_amendment(Shelf(desk), reference, Wanted(kind))

    assert (again.name, again.data) == (paper.name, paper.data)
    assert without_asking.data == paper.data


def test_the_paper_of_a_signed_amendment_has_the_digest_of_what_was_signed(
    desk: Desk,
) -> None:
    sign(desk, ID, on=SIGNED)
    saved_amendment(desk)
    place, shelf = desk.workspace.agreement(ID), Shelf(desk)
    composed = read_draft(shelf, place).composed
    assert composed is not None
    before = draft_instrument(open_amendment(shelf, place, composed), "latin")
    sign_and_alter_the_rest(desk)

    texts = signed_texts(Shelf(desk), place, recorded_signings(desk, place))
    first, second = (
        draft_instrument(signed_amendment(texts[:until]), "latin") for until in (2, 3)
    )

    assert text_digest(first) == text_digest(before)
    assert text_digest(second) != text_digest(before)


def test_the_original_is_rendered_as_it_was_signed(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    paper = render_agreement(Shelf(desk), place, TO_SIGN)
    sign(desk, ID, on=SIGNED)
    saved_amendment(desk)
    sign_and_alter_the_rest(desk)

    reference = Reference(ID, "original")
    again = render_version(Shelf(desk), reference, TO_SIGN)
    plain = render_version(Shelf(desk), reference, Wanted())

    assert (again.name, again.data) == (paper.name, paper.data)
    assert plain.data == paper.data


def test_a_text_as_amended_is_a_copy_that_nobody_signs(
    desk: Desk, amended_sample: Path
) -> None:
    desk = in_copy(desk, amended_sample)

    rendered = render_version(Shelf(desk), Reference(ID, "amendment-1"), Wanted("text"))

    said = rendered.data.decode()
    assert rendered.name == f"{ID}-conformed-amendment-1.txt"
    assert "Conformed copy: with Amendment No. 1, for convenience only\n" in said
    assert "26 months" in said
    assert not said.startswith("DRAFT")
    assert "Signature page" not in said


def test_a_saved_draft_and_the_text_of_a_day_are_rendered_as_what_they_are(
    desk: Desk, amended_sample: Path
) -> None:
    desk = in_copy(desk, amended_sample)
    shelf, place = Shelf(desk), desk.workspace.agreement(ID)
    day = date(2027, 3, 1)

    draft = render_version(shelf, Reference(ID, "draft:1"), Wanted("text"))
    of_a_day = render_version(shelf, Reference(ID, f"{day}"), Wanted("text"))

    said = draft.data.decode()
    assert draft.name == f"{ID}-draft-1.txt"
    assert said.startswith("DRAFT")
    assert "24 months" in said
    assert of_a_day == render_conformed(shelf, place, Wanted("text"), day, TODAY)


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("amendment-1", f"render {ID}@amendment-1 --as amendment"),
        ("draft:1", f"slacontracts render {ID} --execution"),
        ("2027-03-01", f"slacontracts render {ID} --execution"),
    ],
)
def test_no_execution_version_is_made_of_what_is_not_signed_so(
    desk: Desk, version: str, says: str, amended_sample: Path
) -> None:
    desk = in_copy(desk, amended_sample)

    with pytest.raises(SourceError) as raised:
        render_version(Shelf(desk), Reference(ID, version), TO_SIGN)

    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("version", "kind", "says"),
    [
        ("original", SourceError, "is no amendment; name one that was signed"),
        ("draft:1", SourceError, "is no amendment; name one that was signed"),
        ("amendment-2", NotFoundError, "has no signed amendment 2; the last signed"),
    ],
)
def test_only_a_signed_amendment_has_a_signed_paper_and_a_redline(
    desk: Desk,
    version: str,
    kind: type[SlaContractsError],
    says: str,
    amended_sample: Path,
) -> None:
    desk = in_copy(desk, amended_sample)
    shelf, reference = Shelf(desk), Reference(ID, version)

    with pytest.raises(kind, match=says):
        render_signed_amendment(shelf, reference, Wanted())
    with pytest.raises(kind, match=says):
        render_signed_redline(shelf, reference, MARKS)


def test_the_redline_of_a_signed_amendment_marks_what_it_altered_alone(
    desk: Desk,
) -> None:
    sign(desk, ID, on=SIGNED)
    saved_amendment(desk)
    sign_and_alter_the_rest(desk)

    reference = Reference(ID, "amendment-1")
    rendered = render_signed_redline(Shelf(desk), reference, MARKS)

    word = admit(rendered.data, rendered.name)
    after, before = (
        " ".join(text_of_docx(side(word, ALL))) for side in (accept, reject)
    )
    assert rendered.name == f"{ID}-amendment-1-redline.docx"
    assert {one.author for one in revisions(word)} == {"Legal"}
    assert ("26 months" in after, "26 months" in before) == (True, False)
    assert ("24 months" in before, "30 months" in after) == (True, False)


def sign_other_paper(desk: Desk, old: str, new: str) -> None:
    """Have a paper signed that says something else, and file it as it is."""
    settings, _ = read_settings(ROLES, "slacontracts.yaml")
    assert settings is not None
    paper = handed_in(desk, ID)
    other = replace(paper, data=with_text(paper.data, (old, new)))
    wish = RegisterWish(
        (other,),
        {"provider": TODAY, "customer": TODAY},
        grant=Grant("Signed at the table", "legal"),
    )
    register_agreement(replace(desk, settings=settings), ID, wish, LATER)


def test_a_signed_amendment_of_which_the_paper_differs_is_rendered_with_a_note(
    desk: Desk,
) -> None:
    sign(desk, ID, on=SIGNED)
    saved_amendment(desk)
    sign_other_paper(desk, "26 months", "25 months")
    told: list[str] = []
    shelf = Shelf(replace(desk, warn=told.append))

    render_signed_amendment(shelf, Reference(ID, "amendment-1"), Wanted("text"))

    assert told == [
        "the signed paper of amendment 1 differs in 1 place; see slacontracts registry "
        f"show {ID}"
    ]


def test_an_open_amendment_of_a_text_of_which_the_paper_differs_says_so(
    desk: Desk,
) -> None:
    sign_other_paper(desk, "24 months", "25 months")
    saved_amendment(desk)
    told: list[str] = []
    shelf, place = Shelf(replace(desk, warn=told.append)), desk.workspace.agreement(ID)

    render_amendment(shelf, place, Wanted("text"))

    assert any("the signed paper of the original differs in" in one for one in told)


def test_a_signed_version_that_holds_no_amendment_is_named(
    desk: Desk, amended_sample: Path
) -> None:
    desk = in_copy(desk, amended_sample)
    place = desk.workspace.agreement(ID)
    original, last = signed_texts(Shelf(desk), place, recorded_signings(desk, place))

    with pytest.raises(SourceError, match=r"amendment 1 .* holds no amendment"):
        signed_amendment((original, replace(original, signing=last.signing)))
