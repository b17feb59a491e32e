"""Answers that hide what they change: a comparison with what was sent marks it."""

from collections.abc import Callable
from typing import Any

import pytest
from redline_pieces import para, row, run, table
from revision_cases import dele, ins, mark, p
from small_docx import Small

from slacontracts.redline import redline
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.revisions import Revision, accept, reject, revisions

CAP = "The Supplier's total liability is capped at EUR 100000."
NOTICE = "Either party may terminate on 30 days notice."
SENT = Small(para(CAP) + para(NOTICE))
NOBODY = 'w:id="{}" w:author="" w:date="9999-99-99T99:99:99Z"'
OUR_COUNSEL = 'w:id="{}" w:author="Our Own Counsel" w:date="2026-01-15T10:00:00Z"'
CHOICE = (
    '<mc:AlternateContent><mc:Choice Requires="w14"><w:r><w:t>900000</w:t></w:r>'
    "</mc:Choice><mc:Fallback><w:r><w:t>100000</w:t></w:r></mc:Fallback>"
    "</mc:AlternateContent>"
)
BOX = (
    '<w:p><w:r><w:pict><v:shape id="s1"><v:textbox><w:txbxContent>'
    f"{para('Clause 1 does not apply.')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    "</w:r></w:p>"
)
HEADER = '<w:headerReference w:type="default" r:id="rId9"/>'
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'


def answer(cap: str = "", notice: str = "", more: str = "", **fields: Any) -> Small:
    """Return an answer to what was sent, with another text in places."""
    body = (cap or para(CAP)) + (notice or para(NOTICE)) + more
    return Small(body, **fields)


def amount(inside: str) -> str:
    start = "The Supplier's total liability is capped at EUR "
    return para(run(start) + inside + run("."))


def compared(small: Small) -> tuple[Revision, ...]:
    file = resolved(small)
    sent = admit(SENT.data(), "sent.docx")
    made = redline(sent, file, author="Ada", date="2026-03-01T09:00:00Z")
    marked = admit(made.data, "redline.docx")
    restored = admit(reject(marked), "rejected.docx")
    assert "".join(restored.tree(restored.main).itertext()) == CAP + NOTICE
    return revisions(marked)


def resolved(small: Small) -> WordFile:
    file = admit(small.data(), "answer.docx")
    return admit(accept(file), "answer.docx") if revisions(file) else file


@pytest.mark.parametrize(
    ("small", "shown"),
    [
        pytest.param(answer(para(CAP.replace("100000", "10000"))), " 10000 ", id="figure"),
        pytest.param(answer(para(CAP.replace("100000", "10000")), para(run("Either party may terminate on ") + dele("30") + ins("60") + run(" days notice."))), " 10000 ", id="figure beside a tracked change"),
        pytest.param(answer(more=table(row("Fee", "EUR 1 a year")) + "<w:p/>"), "EUR 1 a year", id="table"),
        pytest.param(answer(notice=para(run(NOTICE) + run(" Void.", "<w:vanish/>"))), "Void.", id="hidden text"),
        pytest.param(answer(notice=para(run(NOTICE) + run(" Waived.", '<w:color w:val="FFFFFF"/>'))), "Waived.", id="white text"),
        pytest.param(answer(notice=para(run(NOTICE) + run(" Waived.", '<w:sz w:val="1"/>'))), "Waived.", id="tiny text"),
        pytest.param(answer(notice=para(run(NOTICE, "<w:strike/>"))), "struck through", id="struck through"),
        pytest.param(answer(amount(mark("del", "<w:r><w:delText>100000</w:delText></w:r>", 2, OUR_COUNSEL) + mark("ins", run("1"), 1, OUR_COUNSEL))), "1", id="in our name"),
        pytest.param(answer(amount(mark("ins", run("1"), 1, NOBODY))), "1", id="in nobody's name"),
        pytest.param(answer(notice=p(f'<w:moveFromRangeStart w:id="5" w:name="m"/>{mark("moveFrom", run(NOTICE), 6)}')), NOTICE, id="moved to nowhere"),
        pytest.param(answer(section=HEADER, related={"rId9": ("header", para("Draft: not binding."))}), "Draft: not binding.", id="header"),
        pytest.param(answer(notice=para(run(NOTICE) + NOTE), related={"rId9": ("footnotes", f'<w:footnote w:id="2">{para("Customer only.")}</w:footnote>')}), "Customer only.", id="footnote"),
        pytest.param(answer(more=BOX), "Clause 1 does not apply.", id="text box"),
        pytest.param(answer(amount(CHOICE)), "900000", id="two choices"),
        pytest.param(answer(amount(run("\u202e100000\u202c"))), "\u202e", id="turned round"),
        pytest.param(answer(para(CAP.replace("Supplier", "Suppli\u0435r"))), "Suppli\u0435r", id="Cyrillic letter"),
        pytest.param(answer(para(CAP.replace("100000", "100\u200b000"))), "100\u200b000", id="space without width"),
    ],
)  # fmt: skip
def test_what_an_answer_changed_unseen_is_marked(small: Small, shown: str) -> None:
    found = [f"{one.old} {one.new} {one.details}" for one in compared(small)]

    assert any(shown in one for one in found), found


@pytest.mark.parametrize("resolve", [accept, reject])
def test_a_deletion_inside_an_insertion_goes_either_way(
    resolve: Callable[[WordFile], bytes],
) -> None:
    file = admit(answer(amount(mark("ins", dele("7"), 3))).data(), "answer.docx")

    body = admit(resolve(file), "a.docx").tree("word/document.xml")
    assert "7" not in "".join(body.itertext())


def test_two_changes_with_one_id_are_both_kept() -> None:
    small = answer(amount(dele("100000", 1) + ins("5", 1)))

    found = revisions(admit(small.data(), "answer.docx"))

    assert [(one.old, one.new) for one in found] == [("100000", ""), ("", "5")]
    assert found[0].id != found[1].id
