"""Drafting a new agreement: questions, answers, ids and folders."""

import errno
import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from failing import fail_on
from signed import LATER, in_copy

from slacontracts.errors import (
    NotFoundError,
    OutsideError,
    SourceError,
    WordFileError,
)
from slacontracts.model.agreement import Notices, Party
from slacontracts.model.paths import look_up
from slacontracts.model.settings import WorkspaceSettings
from slacontracts.render.form import FormHead, FormRow, draw_form
from slacontracts.source.yaml_text import read_yaml
from slacontracts.store.versions import Author, save_version
from slacontracts.workflow.answers import Asked, answers_in, as_meant, kept_answers
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.form import unread_in_form, write_form
from slacontracts.workflow.intake import begin_intake
from slacontracts.workflow.new import create_agreement, new_agreement_id, next_id
from slacontracts.workflow.paper import HandedIn
from slacontracts.workflow.register_foreign import register_foreign

TEMPLATE = "service/managed-hosting"
SIGNED = "SLA-2026-0002"
FACTS = b"""\
title: Data Centre Services
parties:
  provider: {legal_name: Harbour Data Centres Ltd}
  customer: {legal_name: Northwind Hosting Ltd}
effective: {on: 2019-03-01}
term: {initial: P12M, renewal: none}
"""
ASKED = Asked(TEMPLATE, frozenset({"/term/initial"}))


@pytest.fixture
def answers(desk: Desk) -> dict[str, str]:
    """What the template's own examples answer."""
    intake = begin_intake(desk, TEMPLATE)
    return {q.path: q.example for q in intake.questions if q.example}


def file_paper(desk: Desk, agreement_id: str) -> None:
    paper = HandedIn("old.pdf", b"%PDF-1.4 of the time before")
    days = {"customer": date(2019, 2, 20)}
    register_foreign(desk, agreement_id, [paper], ("facts.yaml", FACTS), days, LATER)


def test_the_examples_of_the_questions_make_a_sound_agreement(
    desk: Desk, answers: dict[str, str]
) -> None:
    intake = begin_intake(desk, TEMPLATE)

    place, findings = create_agreement(intake, answers, year=2027)

    assert (place.id, place.customer) == ("SLA-2027-0001", "contoso-retail-llc")
    assert [finding for finding in findings if finding.severity == "error"] == []
    read, _ = read_yaml(desk.workspace.read(place.file), place.file)
    assert read is not None
    assert read.data["library"] == intake.library.library.revision
    assert read.data["term"]["initial"] == answers["/term/initial"]
    assert read.data["services"][0]["targets"]  # the template's list came along


def test_nothing_is_written_while_answers_are_missing(desk: Desk) -> None:
    intake = begin_intake(desk, TEMPLATE)
    before = desk.workspace.agreements()

    with pytest.raises(SourceError) as raised:
        create_agreement(intake, {"/term/initial": "P36M"}, year=2027)

    message = str(raised.value)
    for question in intake.missing({"/term/initial": "P36M"}):
        assert question.path in message
    assert "/term/initial" not in message
    assert "--set" in message
    assert desk.workspace.agreements() == before


def test_a_question_that_a_template_answers_is_not_missing(desk: Desk) -> None:
    intake = begin_intake(desk, TEMPLATE)

    asked = {question.path for question in intake.missing({})}

    assert "/term/initial" in asked
    assert all(not intake.default(path) for path in asked)


@pytest.mark.parametrize(
    ("path", "answer", "reason"),
    [
        ("/term/initial", "3 years", r"How long.*\(/term/initial\): .*not a span"),
        ("/services/web-hosting/price/currency", "EURO", "not a known currency"),
        ("/parties/customer/legal_nam", "X", "did you mean"),
        ("/parties/customer", "X", "group of values"),
        ("/services/web-hosting/price/amount", "4.500,00", "not a decimal number"),
        ("/services/web-hosting/price/amount", "-500", "is negative"),
        ("/services/web-hosting/price/currency", "four thousand", "not a known"),
        ("/term/initial", "P0M", "no time at all"),
        ("/term/notice", "PT0H", "no time at all"),
        ("/effective/on", "soon", "not a date"),
        ("/credits/cap_percent", "101", "not a percentage"),
        ("/liability/minimum_cap/amount", "-1", "is negative"),
        ("/liability/minimum_cap/currency", "euro", "not a known currency"),
        ("/parties/customer/address", "a\u202eb", "U\\+202E"),
    ],
)
def test_a_wrong_answer_is_named_with_its_question(
    desk: Desk, answers: dict[str, str], path: str, answer: str, reason: str
) -> None:
    intake = begin_intake(desk, TEMPLATE)
    before = desk.workspace.agreements()

    with pytest.raises(SourceError, match=reason):
        create_agreement(intake, {**answers, path: answer}, year=2027)

    assert desk.workspace.agreements() == before
    # ... and alone, as soon as it is given
    assert re.search(reason.split(r": .*")[-1], str(intake.fault(path, answer)))


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/effective/on", "last-signature"),
        ("/effective/on", "conditions-met"),
        ("/effective/on", "2026-12-01"),
        ("/term/initial", "P36M"),
        ("/services/web-hosting/price/amount", "0"),
        ("/services/web-hosting/price/currency", "KWD"),
        ("/liability/minimum_cap/amount", "100000.00"),
        ("/liability/minimum_cap/currency", "EUR"),
        ("/signatories/1/name", "Omar"),
        ("/governing_law/forum/where", "Dublin"),
    ],
)
def test_a_right_answer_is_taken_before_the_others_are_known(
    desk: Desk, path: str, answer: str
) -> None:
    assert begin_intake(desk, TEMPLATE).fault(path, answer) is None


def test_every_example_is_taken_alone(desk: Desk, answers: dict[str, str]) -> None:
    intake = begin_intake(desk, TEMPLATE)

    assert {at: intake.fault(at, one) for at, one in answers.items()} == dict.fromkeys(
        answers
    )


def test_wrong_and_missing_answers_are_told_together(
    desk: Desk, answers: dict[str, str]
) -> None:
    intake = begin_intake(desk, TEMPLATE)
    del answers["/governing_law/law"], answers["/signatories/1/name"]
    answers["/term/initial"] = "long"
    answers["/services/web-hosting/price/amount"] = "-500"

    with pytest.raises(SourceError) as raised:
        create_agreement(intake, answers, year=2027)

    message = str(raised.value)
    assert "these answers are wrong:" in message
    assert '"long" is not a span' in message
    assert "is negative" in message
    assert "these questions need an answer:" in message
    assert "/governing_law/law" in message
    assert "/signatories/1/name" in message


def test_answers_that_quarrel_lead_to_the_questions_concerned(
    desk: Desk, answers: dict[str, str]
) -> None:
    intake = begin_intake(desk, TEMPLATE)
    price = "/services/web-hosting/price"
    answers |= {f"{price}/amount": "4500.50", f"{price}/currency": "JPY"}

    faults = intake.faults(answers)

    assert [q.path for q in intake.concerned(faults)] == [
        f"{price}/amount",
        f"{price}/currency",
    ]
    assert intake.fault(f"{price}/amount", "4500.50") is None


def test_answers_that_fit_alone_but_not_together_write_nothing(
    desk: Desk, answers: dict[str, str]
) -> None:
    intake = begin_intake(desk, TEMPLATE)
    before = desk.workspace.agreements()

    price = "/services/web-hosting/price"
    quarrel = {f"{price}/amount": "4500.50", f"{price}/currency": "JPY"}
    with pytest.raises(SourceError, match="do not fit"):
        create_agreement(intake, {**answers, **quarrel}, year=2027)

    assert desk.workspace.agreements() == before


def test_an_unsaved_library_is_refused(desk: Desk) -> None:
    desk.workspace.write("clauses/term/preferred.en.md", b"1. Another term.\n")

    with pytest.raises(
        SourceError, match=r"not saved \(clauses/term/preferred.en.md\)"
    ):
        begin_intake(desk, TEMPLATE)


def test_a_mistyped_template_gets_a_suggestion(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match='did you mean "service/managed-hosting"'):
        begin_intake(desk, "managed-hosting")


@pytest.mark.parametrize(
    ("scheme", "first", "second"),
    [
        ("{kind}-{year}-{number:04}", "SLA-2026-", "SLA-2027-0001"),
        ("NW{number}", "NW1", "NW1"),
        ("NW-{number:03}-{year}", "NW-001-2026", "NW-001-2027"),
    ],
)
def test_the_next_id_follows_the_scheme(
    desk: Desk, scheme: str, first: str, second: str
) -> None:
    settings = WorkspaceSettings(organisation="Northwind", id_scheme=scheme)
    intake = begin_intake(replace(desk, settings=settings), TEMPLATE)

    highest = max(
        int(place.id[-4:])
        for place in desk.workspace.agreements()
        if place.id.startswith("SLA-2026-")
    )
    assert next_id(intake, 2026) == (
        f"{first}{highest + 1:04}" if first.endswith("-") else first
    )
    assert next_id(intake, 2027) == second


def test_ids_go_on_after_the_highest(desk: Desk, answers: dict[str, str]) -> None:
    intake = begin_intake(desk, TEMPLATE)

    create_agreement(intake, answers, year=2026, agreement_id="SLA-2026-0041")
    place, _ = create_agreement(intake, answers, year=2026)

    assert place.id == "SLA-2026-0042"


def test_an_id_of_registered_paper_is_not_given_again(
    desk: Desk, answers: dict[str, str]
) -> None:
    file_paper(desk, "SLA-2026-0043")
    intake = begin_intake(desk, TEMPLATE)

    with pytest.raises(SourceError) as raised:
        create_agreement(intake, answers, year=2026, agreement_id="SLA-2026-0043")
    place, _ = create_agreement(intake, answers, year=2026)

    assert str(raised.value) == (
        "SLA-2026-0043 is the id of paper that is registered (see slacontracts "
        "registry show SLA-2026-0043); choose another --id"
    )
    assert place.id == "SLA-2026-0044"


def test_an_id_of_an_agreement_that_was_signed_is_not_given_again(
    desk: Desk, signed_sample: Path
) -> None:
    desk = in_copy(desk, signed_sample)
    shutil.rmtree(desk.workspace.root / desk.workspace.agreement(SIGNED).folder)

    with pytest.raises(SourceError) as raised:
        new_agreement_id(begin_intake(desk, TEMPLATE), SIGNED, 2026)

    assert str(raised.value) == (
        f"{SIGNED} is registered as signed, and its folder is gone; bring it back "
        f"with slacontracts restore {SIGNED}, or choose another --id"
    )


@pytest.mark.parametrize(
    ("agreement_id", "customer", "reason"),
    [
        ("SLA-2026-0001", None, "already"),
        ("sla 1", None, "cannot be an id"),
        (None, "../etc", "--customer"),
        (None, "con", "cannot be called"),
    ],
)
def test_unfit_names_are_refused(
    desk: Desk,
    answers: dict[str, str],
    agreement_id: str | None,
    customer: str | None,
    reason: str,
) -> None:
    intake = begin_intake(desk, TEMPLATE)

    with pytest.raises(SourceError, match=reason):
        create_agreement(
            intake, answers, year=2026, agreement_id=agreement_id, customer=customer
        )


def test_an_arabic_name_gets_the_next_free_folder_or_the_one_that_is_said(
    desk: Desk, answers: dict[str, str]
) -> None:
    intake = begin_intake(desk, TEMPLATE)
    arabic = {**answers, "/parties/customer/legal_name": "شركة كونتوسو"}

    first, _ = create_agreement(intake, arabic, year=2026)
    second, _ = create_agreement(intake, arabic, year=2026)
    third, _ = create_agreement(intake, arabic, year=2026, customer="contoso")

    places = (first, second, third)
    assert [place.customer for place in places] == [
        "customer-1",
        "customer-2",
        "contoso",
    ]


def test_a_name_that_no_folder_can_have_is_made_one(
    desk: Desk, answers: dict[str, str]
) -> None:
    intake = begin_intake(desk, TEMPLATE)
    named = {**answers, "/parties/customer/legal_name": "CON"}

    place, _ = create_agreement(intake, named, year=2026)

    assert place.customer == "con-company"


def test_nothing_is_drafted_from_a_saved_library_with_errors(desk: Desk) -> None:
    desk.workspace.write("clauses/publicity/clause.yaml", b"key: publicity\nx: y\n")
    save_version(
        desk.workspace,
        ["clauses"],
        "library: Broken",
        author=Author("Niamh", "niamh@northwind.example"),
        when=datetime(2026, 12, 24, tzinfo=UTC),
    )

    with pytest.raises(SourceError, match="library has errors") as raised:
        begin_intake(desk, TEMPLATE)

    files = {finding.origin.file for finding in raised.value.findings}
    assert "clauses/publicity/clause.yaml" in files


def test_a_folder_that_is_in_the_way_is_not_touched(
    desk: Desk, answers: dict[str, str]
) -> None:
    folder = desk.workspace.root / "agreements/contoso/SLA-2026-0009"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    intake = begin_intake(desk, TEMPLATE)

    with pytest.raises(SourceError, match="is there already"):
        create_agreement(
            intake, answers, year=2026, agreement_id="SLA-2026-0009", customer="contoso"
        )

    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("template", ["service/ola", "service/uc"])
def test_every_template_can_be_answered_by_its_examples(
    desk: Desk, template: str
) -> None:
    intake = begin_intake(desk, template)
    given = {q.path: q.example for q in intake.questions if q.example}

    place, findings = create_agreement(intake, given, year=2027, customer="other")

    assert re.fullmatch(r"(OLA|UC)-2027-0001", place.id)
    assert [finding for finding in findings if finding.severity == "error"] == []


def test_answers_are_read_from_yaml_flat_or_nested(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text(
        "/term/initial: P36M\n"
        "parties: {customer: {legal_name: Contoso}}\n"
        "/services/web-hosting: {name: Web, price: {amount: 4500.00}}\n"
        "/term/notice:\n"
        "/term/renewal: '\xa0'\n",
        encoding="utf-8",
    )

    assert answers_in(path, {}, ASKED) == {
        "/term/initial": "P36M",
        "/parties/customer/legal_name": "Contoso",
        "/services/web-hosting/name": "Web",
        "/services/web-hosting/price/amount": "4500.00",
    }


def test_unreadable_answers_are_told_with_their_place(tmp_path: Path) -> None:
    broken = tmp_path / "answers.yaml"
    broken.write_text("/a: 1\n/a: 2\n", encoding="utf-8")

    with pytest.raises(SourceError) as raised:
        answers_in(broken, {}, ASKED)

    assert raised.value.findings[0].origin.line == 2


def test_missing_answers_and_other_word_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"none\.docx"):
        answers_in(tmp_path / "none.docx", {}, ASKED)
    other = tmp_path / "other.docx"
    other.write_bytes(b"PK\x03\x04nonsense")
    with pytest.raises(WordFileError):
        answers_in(other, {}, ASKED)


@pytest.mark.parametrize(
    ("path", "typed", "meant"),
    [
        ("/services/web-hosting/price/currency", "sar", "SAR"),
        ("/term/initial", "p36m", "P36M"),
        ("/services/web-hosting/price/amount", "6,500.00", "6500.00"),
        ("/services/web-hosting/price/amount", "1,234,567", "1234567"),
        ("/services/web-hosting/price/amount", "6,50", "6,50"),
        ("/services/web-hosting/price/amount", "010", "010"),
        ("/term/initial", "24 months", "P24M"),
        ("/term/initial", "2 years and 6 months", "P2Y6M"),
        ("/term/initial", "24 شهرًا", "P24M"),
        ("/term/initial", "two lifetimes", "two lifetimes"),
        ("/effective/on", "1 December 2026", "2026-12-01"),
        ("/effective/on", "1 ديسمبر 2026", "2026-12-01"),
        ("/effective/on", "31 November 2026", "31 November 2026"),
        ("/effective/on", "1st Dec 2026.", "2026-12-01"),
        ("/effective/on", "December 1, 2026", "2026-12-01"),
        ("/term/initial", "24 months.", "P24M"),
        ("/affiliates/may_use", "Yes.", "yes"),
        ("/services/web-hosting/price/currency", "€", "EUR"),
        ("/parties/customer/legal_name", "Contoso Inc.", "Contoso Inc."),
        ("/effective/on", "01/12/2026", "01/12/2026"),
        ("/services/web-hosting/targets/availability/target", "99.9%", "99.9"),
        ("/services/web-hosting/targets/x/target", "15 minutes", "PT15M"),
        ("/services/web-hosting/credits/tiers/0/credit", "5 %", "5"),
        ("/services/web-hosting/targets/response-p1/target", "pt15m", "PT15M"),
        ("/affiliates/may_use", "Yes", "yes"),
        ("/term/renewal", "Automatic", "automatic"),
        ("/effective/on", "Last-Signature", "last-signature"),
        ("/parties/customer/legal_name", "P36m Sar 6,500 Yes", "P36m Sar 6,500 Yes"),
        ("/parties/customer/legal_name", "\u3164", ""),
        ("/services/web-hosting/price/amount", "١٢٠٫٥٠", "120.50"),
        ("/services/web-hosting/price/amount", "١٬٢٣٤٫٥٠", "1234.50"),
        ("/effective/on", "٢٠٢٦-١٢-٠١", "2026-12-01"),
        ("/effective/on", "\u200e٢٠٢٦-١٢-٠١", "2026-12-01"),
        ("/effective/on", "١ ديسمبر ٢٠٢٦", "2026-12-01"),
        ("/term/initial", "٢٤ شهرًا", "P24M"),
        ("/services/web-hosting/targets/availability/target", "۹۹٫۹٪", "99.9"),
        ("/services/web-hosting/targets/availability/target", "٩٩٫٩", "99.9"),
        ("/parties/customer/legal_name", "شركة ١٢٣", "شركة ١٢٣"),
        ("/nonsense", "sar", "sar"),
        ("no address", "sar", "sar"),
    ],
)
def test_an_answer_is_taken_as_it_is_meant(path: str, typed: str, meant: str) -> None:
    assert as_meant(path, f" {typed} ", {}) == meant


def test_kept_answers_come_back_and_another_file_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "answers-SLA-1.yaml"
    mine.write_text("/term/initial: P1M\n", encoding="utf-8")
    given = {"/term/initial": "P36M", "/parties/customer/legal_name": 'ش "x": #\n y'}

    kept = kept_answers(TEMPLATE, "SLA-1", None, tmp_path)
    kept.keep(given)

    assert kept.file.name == "answers-SLA-1-2.yaml"
    assert answers_in(kept.file, {}, ASKED) == given
    again = kept_answers(TEMPLATE, "SLA-9", kept.file, tmp_path)
    assert again.file == kept.file
    again.forget()
    assert [path.name for path in tmp_path.iterdir()] == [mine.name]


def test_two_dialogues_of_one_moment_keep_their_answers_apart(tmp_path: Path) -> None:
    first = kept_answers(TEMPLATE, "SLA-1", None, tmp_path)
    second = kept_answers(TEMPLATE, "SLA-1", None, tmp_path)

    first.begin()
    second.begin()
    first.keep({"/term/initial": "P1M"})
    second.keep({"/term/initial": "P2M"})

    assert first.file != second.file
    assert answers_in(first.file, {}, ASKED) == {"/term/initial": "P1M"}
    assert answers_in(second.file, {}, ASKED) == {"/term/initial": "P2M"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7", "is a PDF file"),
        (
            b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text",
            "LibreOffice",
        ),
        (b"\xd0\xcf\x11\xe0", "an old Word"),
    ],
)
def test_answers_in_another_kind_of_file_are_told_what_to_do(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    (tmp_path / "answers.dat").write_bytes(content)

    with pytest.raises(SourceError, match=f"{kind}.*Word form.*or from a YAML file"):
        answers_in(tmp_path / "answers.dat", {}, ASKED)


def test_a_users_own_file_of_answers_is_never_the_one_that_is_deleted(
    tmp_path: Path,
) -> None:
    mine = tmp_path / "answers.yaml"
    mine.write_text("/term/initial: P1M\n", encoding="utf-8")

    kept = kept_answers(TEMPLATE, "SLA-1", mine, tmp_path)
    kept.keep({"/term/initial": "P2M"})
    kept.forget()

    assert mine.read_text(encoding="utf-8") == "/term/initial: P1M\n"


def filled(tmp_path: Path, template: str, answers: dict[str, str]) -> Path:
    path = tmp_path / "returned.docx"
    rows = [FormRow(at, "?", "", answer) for at, answer in answers.items()]
    path.write_bytes(draw_form(FormHead("Filled", template), rows, "en"))
    return path


@pytest.mark.parametrize(
    ("template", "answers", "reason"),
    [
        (
            TEMPLATE,
            {"/term/initial": "P1M", "/library": "working", "/approvals/0/by": "Me"},
            "rows for /library, /approvals/0/by, which service/managed-hosting does not",
        ),
        ("", {"/credits/cap_percent": "40"}, "a row for /credits/cap_percent, which"),
        ("service/uc", {"/term/initial": "P1M"}, "was made for service/uc, not for"),
    ],
    ids=["other rows", "a form whose template was dropped", "another template"],
)
def test_a_form_answers_only_what_its_own_template_asks(
    tmp_path: Path, template: str, answers: dict[str, str], reason: str
) -> None:
    path = filled(tmp_path, template, answers)

    with pytest.raises(WordFileError, match=reason) as raised:
        answers_in(path, {}, ASKED)

    assert "\n" not in str(raised.value)


def test_a_form_is_read_as_it_is_meant(desk: Desk, tmp_path: Path) -> None:
    asked = begin_intake(desk, TEMPLATE).asked
    price = "/services/web-hosting/price"
    rows = {
        "/term/initial": "24 months",
        "/effective/on": "1 December 2026",
        f"{price}/amount": "EUR 4,500.00",
        "/parties/customer/form": "",
    }

    answers = answers_in(filled(tmp_path, TEMPLATE, rows), {}, asked)

    assert answers == {
        "/term/initial": "P24M",
        "/effective/on": "2026-12-01",
        f"{price}/amount": "4500.00",
        f"{price}/currency": "EUR",
    }
    quarrel = filled(tmp_path, TEMPLATE, {**rows, f"{price}/currency": "USD"})
    with pytest.raises(WordFileError, match=r'"EUR" and "USD" for .*currency'):
        answers_in(quarrel, {}, asked)


def test_a_question_that_a_returned_form_lost_is_refused_or_noted(
    desk: Desk, tmp_path: Path
) -> None:
    from docx import Document

    intake = begin_intake(desk, TEMPLATE)
    path = tmp_path / "form.docx"
    write_form(desk, TEMPLATE, path, "en")
    optional = "/parties/customer/form"
    library, settings = intake.library.library, desk.settings
    form = Document(str(path))
    rows = {row.cells[2].text: row for row in form.tables[0].rows}
    rows[optional].cells[2].text = "customer/form"
    rows[optional].cells[1].text = "LLC"
    form.save(str(path))

    answers_in(path, {}, intake.asked)
    notes = unread_in_form(path, TEMPLATE, library, settings)

    assert any("no longer has the row" in one and optional in one for one in notes)
    assert any('no answer: "LLC"' in one for one in notes)
    rows["/term/initial"].cells[1].text = "P60M"
    rows["/term/initial"].cells[2].text = "term/initial"
    form.save(str(path))
    with pytest.raises(WordFileError, match=r"How long .*\(/term/initial\)") as raised:
        answers_in(path, {}, intake.asked)
    assert "\n" not in str(raised.value)


def test_a_form_with_tracked_changes_is_read_as_accepted_and_noted(
    desk: Desk, tmp_path: Path
) -> None:
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    intake = begin_intake(desk, TEMPLATE)
    path = tmp_path / "form.docx"
    write_form(desk, TEMPLATE, path, "en")
    form = Document(str(path))
    (row,) = (r for r in form.tables[0].rows if r.cells[2].text == "/term/initial")
    row.cells[1].text = ""
    row.cells[1].paragraphs[0]._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t>60 months</w:t>'
            "</w:r></w:ins>"
        )
    )
    form.save(str(path))

    answers = answers_in(path, {}, intake.asked)
    notes = unread_in_form(path, TEMPLATE, intake.library.library, desk.settings)

    assert answers["/term/initial"] == "P60M"
    assert [one for one in notes if "tracked" in one] == [
        f"{path} has tracked changes; it was read as if all were accepted"
    ]


def test_a_date_in_other_digits_is_as_ambiguous(desk: Desk) -> None:
    fault = begin_intake(desk, TEMPLATE).fault("/effective/on", "٠١/١٢/٢٠٢٦")

    assert fault is not None
    assert "write 2026-01-12 or 2026-12-01" in fault


@pytest.mark.parametrize("path", ["/id", "/template", "/kind"])
def test_an_answer_cannot_say_what_the_command_says(desk: Desk, path: str) -> None:
    fault = begin_intake(desk, TEMPLATE).fault(path, "ola")

    assert fault is not None
    assert re.search("--id|slacontracts new|which kind", fault)


def test_an_ambiguous_date_is_refused_with_both_readings(desk: Desk) -> None:
    fault = begin_intake(desk, TEMPLATE).fault("/effective/on", "01/12/2026")

    assert fault == (
        '"01/12/2026" can be read in two ways; write 2026-01-12 or 2026-12-01, or the '
        "month in words"
    )


@pytest.mark.parametrize(
    ("template", "role"), [(TEMPLATE, "provider"), ("service/uc", "customer")]
)
def test_what_the_settings_say_of_us_is_not_missing_and_stands_in_the_form(
    desk: Desk, tmp_path: Path, template: str, role: str
) -> None:
    details = Party(address="12 Harbour Road", notices=Notices(email="us@x.example"))
    settings = WorkspaceSettings(organisation="Northwind", our_details=details)
    desk = replace(desk, settings=settings)
    own = {
        f"/parties/{role}/legal_name": "Northwind",
        f"/parties/{role}/address": "12 Harbour Road",
        f"/parties/{role}/notices/email": "us@x.example",
    }

    intake = begin_intake(desk, template)
    write_form(desk, template, tmp_path / "form.docx", "en")

    assert {at: intake.suggested(at) for at in own} == own
    assert not own.keys() & {question.path for question in intake.missing({})}
    form = answers_in(tmp_path / "form.docx", {}, intake.asked)
    assert own.items() <= form.items()
    others = {
        question.path: question.example
        for question in intake.questions
        if question.example and question.path not in own
    }
    place, _ = create_agreement(intake, others, year=2027)
    read, _ = read_yaml(desk.workspace.read(place.file), place.file)
    assert read is not None
    assert {at: look_up(read.data, at) for at in own} == own


def test_between_departments_the_settings_answer_nothing(desk: Desk) -> None:
    assert begin_intake(desk, "service/ola").own == {}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no such view here")
def test_a_new_agreement_survives_with_the_folders_that_were_made_for_it(
    desk: Desk, answers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[str] = set()

    def note(descriptor: int) -> None:
        synced.add(str(Path(f"/proc/self/fd/{descriptor}").readlink()))

    intake = begin_intake(desk, TEMPLATE)
    monkeypatch.setattr("slacontracts.store.workspace.os.fsync", note)

    place, _ = create_agreement(intake, answers, year=2027)

    folder = desk.workspace.root / place.folder
    assert synced >= {str(path) for path in (folder, *folder.parents[:2])}


@pytest.mark.parametrize("is_new_customer", [True, False])
def test_when_writing_fails_no_folder_is_left(
    desk: Desk,
    answers: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    is_new_customer: bool,
) -> None:
    customer = desk.workspace.root / "agreements" / "tailspin"
    if not is_new_customer:
        (customer / "SLA-2020-0001").mkdir(parents=True)
    intake = begin_intake(desk, TEMPLATE)
    before = sorted(customer.parent.rglob("*"))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    with pytest.raises(OutsideError, match="No space left"):
        create_agreement(intake, answers, year=2027, customer="tailspin")

    assert sorted(customer.parent.rglob("*")) == before


def test_an_agreement_on_which_the_product_fails_is_not_written(
    desk: Desk, answers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = begin_intake(desk, TEMPLATE)
    fail_on(monkeypatch, "Contoso", "checking")

    with pytest.raises(SourceError, match=r"nothing was written.*internal fault"):
        create_agreement(intake, answers, year=2027, customer="tailspin")

    assert not (desk.workspace.root / "agreements" / "tailspin").exists()
