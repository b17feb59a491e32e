"""What was changed without tracking is found in every story, and told first."""

import shutil
import subprocess
from pathlib import Path

import pytest
from counterparty import Counterparty
from negotiating import after, edited, only, sent
from sample_documents import sample
from test_anchors import in_arabic
from test_render_docx import standard

from slacontracts.model.document import NumberedDocument
from slacontracts.negotiate.receive import read_answer
from slacontracts.render.anchors import anchor_map
from slacontracts.render.docx import render_docx
from slacontracts.store.office import find_soffice
from slacontracts.word.gate import admit
from slacontracts.word.identity import Identity, with_identity
from slacontracts.word.names import w


def without_tracking(theirs: Counterparty) -> None:
    theirs.tracked = False


def test_an_untracked_change_beside_a_tracked_one_comes_first() -> None:
    answer = after(
        lambda c: c.type_over("fraud", "theft"),
        without_tracking,
        lambda c: c.type_over("last day", "tenth day"),
        lambda c: c.type_over("4,500", "4,400"),
    )

    assert [(one.kind, one.change, one.new) for one in answer.proposals] == [
        ("untracked", "value", "EUR 4,400.00"),
        ("untracked", "wording", "tenth"),
        ("wording", "wording", "theft"),
    ]
    assert not answer.is_clean_copy
    assert [one.number for one in answer.proposals] == [1, 2, 3]
    assert answer.proposals[0].author == ""


@pytest.mark.parametrize(
    ("kind", "edit"),
    [
        ("insertion", lambda c: c.insert_paragraph("Nothing in", "Or for bribery.")),
        ("deletion", lambda c: c.delete_paragraph("Nothing in")),
        ("relocation", lambda c: c.move_paragraph("Invoices fall", "Nothing in")),
        ("insertion", lambda c: c.add_row("Response", "Uptime", "99%")),
        ("deletion", lambda c: c.delete_row("Response")),
        ("wording", lambda c: c.split_paragraph("in advance")),
        ("wording", lambda c: c.join_to_next("Neither party")),
        ("wording", lambda c: c.type_over("Liability", "Limits")),
    ],
)
def test_paragraphs_and_rows_that_nobody_marked_are_found(
    kind: str, edit: object
) -> None:
    answer = after(lambda c: c.make_bold("statutory"), without_tracking, edit)  # type: ignore[arg-type]

    untracked, *rest = answer.proposals
    assert (untracked.kind, untracked.change) == ("untracked", kind)
    assert [one.kind for one in rest] == ["formatting"]


def test_a_clean_copy_is_compared_and_said_to_be_one() -> None:
    answer = after(
        lambda c: c.type_over("36 months", "24 months"),
        lambda c: c.insert_paragraph("Nothing in", "Or for bribery."),
        tracked=False,
    )

    assert answer.is_clean_copy
    assert [one.kind for one in answer.proposals] == ["insertion", "value"]
    assert "compared with what we sent" in answer.notices[0]


def test_a_changed_header_is_found() -> None:
    name = next(n for n in Counterparty(sent()[0]).parts if n.startswith("word/foot"))

    def edit(theirs: Counterparty) -> None:
        root = theirs.roots[name]
        text = next(one for one in root.iter("{*}t") if (one.text or "").strip())
        text.text = f"{text.text} Not binding."

    one = only(after(edit))

    assert one.change == "wording"
    assert one.place == "the footer"
    assert one.edits == ()


def test_direct_formatting_without_tracking_is_not_told() -> None:
    answer = after(lambda c: c.make_bold("statutory"), tracked=False)

    assert answer.proposals == ()
    assert answer.notices == ()


def test_words_struck_out_by_hand_are_untracked() -> None:
    def strike(theirs: Counterparty) -> None:
        theirs.make_bold("fraud")
        for bold in theirs.paragraph("fraud").iter(w("b")):
            bold.tag = w("strike")

    answer = after(
        lambda c: c.type_over("statutory", "agreed"), without_tracking, strike
    )

    struck, wording = answer.proposals
    assert (struck.kind, struck.change, struck.old) == (
        "untracked",
        "formatting",
        "fraud",
    )
    assert wording.kind == "wording"


def test_marks_that_we_sent_count_as_accepted() -> None:
    ours = Counterparty(sent()[0], author="Niamh Kelleher", date="2026-11-20T08:00:00Z")
    ours.type_over("fraud", "theft")
    ours.delete_paragraph("Invoices fall due")
    before = ours.data()
    theirs = Counterparty(before)
    theirs.type_over("statutory", "agreed")

    answer = read_answer(
        admit(before, "sent"), admit(theirs.data(), "back"), (), language="en"
    )

    assert [(one.kind, one.old, one.new) for one in answer.proposals] == [
        ("wording", "statutory", "agreed")
    ]


def test_a_mark_of_ours_that_they_rejected_is_untracked() -> None:
    ours = Counterparty(sent()[0], author="Niamh Kelleher", date="2026-11-20T08:00:00Z")
    ours.type_over("fraud", "theft")
    before = admit(ours.data(), "sent")

    answer = read_answer(before, admit(sent()[0], "back"), (), language="en")

    assert [(one.old, one.new) for one in answer.proposals] == [("theft", "fraud")]


def test_a_date_like_ours_hides_nothing() -> None:
    ours = Counterparty(sent()[0], author="Niamh Kelleher", date="2026-11-20T08:00:00Z")
    ours.type_over("fraud", "theft")
    before = ours.data()
    forger = Counterparty(before, author="Niamh Kelleher", date="2026-11-20T08:00:00Z")
    forger.type_over("statutory", "agreed")

    answer = read_answer(
        admit(before, "sent"), admit(forger.data(), "back"), (), language="en"
    )

    assert [(one.old, one.new) for one in answer.proposals] == [("statutory", "agreed")]


def test_without_anchors_changes_are_placed_by_the_words() -> None:
    data = edited(lambda c: c.type_over("fraud", "theft"))

    answer = read_answer(
        admit(sent()[0], "sent"), admit(data, "back"), (), language="en"
    )

    one = only(answer)
    assert (one.kind, one.clause, one.edits) == ("wording", None, ())
    assert one.place == "clause 2.2"


_DOCUMENTS = ("SLA-2026-0001", "UC-2026-0001", "in Arabic")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files that went out, opened and saved by LibreOffice in the folder saved."""
    program = find_soffice()
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = tmp_path_factory.mktemp("saved")
    for name in _DOCUMENTS:
        (folder / f"{name}.docx").write_bytes(_goes_out(_document(name)))
    subprocess.run(
        [
            *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"),
            *(str(folder / "saved"), *map(str, folder.glob("*.docx"))),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    shutil.rmtree(folder / "profile", ignore_errors=True)
    return folder


def _document(name: str) -> NumberedDocument:
    return in_arabic("SLA-2026-0001") if name == "in Arabic" else sample(name)


def _goes_out(made: NumberedDocument) -> bytes:
    anchors = anchor_map(made, standard(), version="1")
    data = render_docx(made, standard(), version="1", execution=False, anchored=True)
    return with_identity(data, Identity("SLA-2026-0001", 1, "customer"), anchors)


@pytest.mark.parametrize("name", _DOCUMENTS)
def test_an_untouched_save_in_libreoffice_says_nothing(name: str, saved: Path) -> None:
    made = _document(name)
    anchors = anchor_map(made, standard(), version="1")
    files = [
        admit((saved / place / f"{name}.docx").read_bytes(), name)
        for place in (".", "saved")
    ]

    answer = read_answer(files[0], files[1], anchors, language=made.document.language)

    assert answer.proposals == ()
    assert answer.notices == ()
