"""The report on deviations: what it tells, in every format, and who can read it."""

import re
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from drafting import clause_files, compose, library_of, template_file
from lxml import html

from slacontracts.checks.facts import UNKNOWN, Facts, Surroundings
from slacontracts.model.agreement import Approval
from slacontracts.model.proposal import Decision, Proposal
from slacontracts.model.settings import RoleHolder, WorkspaceSettings
from slacontracts.render.deviations_docx import deviations_docx
from slacontracts.render.deviations_html import deviations_html
from slacontracts.render.deviations_report import (
    Consent,
    Entry,
    Report,
    consent_said,
    report_on,
    summary_of,
)
from slacontracts.render.deviations_text import deviations_text

EVIL = '<script>alert("x")</script>'
GIVEN: dict[str, Any] = {
    "item": "/credits/cap_percent",
    "role": "finance",
    "by": "Eve Smith",
    "on": "2026-11-20",
    "value": "60",
}


def consent(
    state: Any = "approved", *, is_exception: bool = False, **more: Any
) -> Consent:
    given = Approval(**{**GIVEN, **more}) if state == "approved" else None
    why = "finance approved 45, now it is 60" if state == "void" else ""
    return Consent("finance", state, given, why, ("Omar Haddad",), is_exception)


def entry(*consents: Consent, **more: Any) -> Entry:
    fields: dict[str, Any] = {
        "place": "27.4 Service Credits",
        "path": "/credits/cap_percent",
        "item": "/credits/cap_percent",
        "what": f"Credits: cap is 60% {EVIL}",
        "preferred": "at most 25%",
        "fallback": "at most 40%",
        "walk_away": "more than 50%",
        "is_beyond": True,
        "consents": consents,
        "reasons": ("The parent company pays.",),
    }
    return Entry(**{**fields, **more})


def report(*entries: Entry) -> Report:
    return Report("SLA-2026-0001", "Managed Hosting", "en", 4, entries)


FULL = report(entry(consent(), consent("waiting", is_exception=True)), entry())


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (consent(), "Approved for finance by Eve Smith on 20 November 2026"),
        (
            consent(
                on_behalf_of="Omar Haddad", until="2026-12-31", condition="36 months"
            ),
            "Approved for finance by Omar Haddad on 20 November 2026, recorded by Eve "
            "Smith, until 31 December 2026, on condition: 36 months",
        ),
        (
            consent(is_exception=True, exception="They pay."),
            "Exception made for finance by Eve Smith on 20 November 2026",
        ),
        (consent("waiting"), "Open: waits until finance (Omar Haddad) approves"),
        (
            consent("void"),
            "Open: waits until finance (Omar Haddad) approves; finance approved 45, "
            "now it is 60",
        ),
        (
            Consent("security", "waiting"),
            "Open: waits until security (nobody holds this role) approves",
        ),
    ],
)
def test_every_consent_is_told_in_words(given: Consent, says: str) -> None:
    assert consent_said(given) == says


def test_the_summary_counts_what_waits_and_what_is_beyond() -> None:
    assert summary_of(report()) == "Nothing departs from what the library prefers."
    assert summary_of(report(entry(consent(), is_beyond=False))) == (
        "1 deviation; all approved."
    )
    assert summary_of(FULL) == (
        "2 deviations; 1 still to approve, 2 beyond the walk-away line."
    )


def formats() -> list[str]:
    page: Any = html.fromstring(deviations_html(FULL))
    word = Document(BytesIO(deviations_docx(FULL)))
    texts = [one.text for one in word.paragraphs]
    texts += [cell.text for row in word.tables[0].rows for cell in row.cells]
    return [
        deviations_text(FULL),
        page.text_content(),
        "\n".join(texts),
    ]


@pytest.mark.parametrize("shown", formats(), ids=["text", "html", "docx"])
def test_every_format_tells_it_all(shown: str) -> None:
    words = " ".join(shown.split())

    for said in (
        "SLA-2026-0001",
        "27.4 Service Credits",
        f"Credits: cap is 60% {EVIL}",
        "at most 25%",
        "at most 40%",
        "more than 50%",
        "Approved for finance by Eve Smith on 20 November 2026",
        "Open: waits until finance (Omar Haddad) makes an exception",
        "The parent company pays.",
        "For us alone",
    ):
        assert said in words
    assert "beyond the walk-away line" in words.lower()


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = deviations_html(FULL)

    assert "default-src 'none'" in page
    assert not re.search(r"<script|\b(src|href)=\"(?!#)", page)


def test_the_page_can_be_read_without_eyes_and_colours() -> None:
    root: Any = html.fromstring(deviations_html(FULL))

    assert root.get("lang") == "en"
    assert len(root.xpath("//main//table//th[@scope='col']")) == 5
    rows = root.xpath("//main//tbody/tr")
    assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in rows)
    assert all(cell.get("data-label") for cell in root.xpath("//tbody//td"))
    (skip,) = root.xpath("//a[@class='skip']")
    assert root.get_element_by_id(skip.get("href")[1:]).tag == "main"
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_an_agreement_in_arabic_is_spoken_in_arabic() -> None:
    arabic = Report("SLA-2026-0002", "اتفاقية", "ar", 1, (entry(place="٤ الرسوم"),))

    root: Any = html.fromstring(deviations_html(arabic))

    spoken = root.xpath("//span[@lang='ar']")
    assert [one.text_content() for one in spoken] == ["اتفاقية", "٤ الرسوم"]
    assert all(one.get("dir") == "auto" for one in spoken)


def test_the_word_file_repeats_its_headings_and_has_a_title() -> None:
    word: Any = Document(BytesIO(deviations_docx(FULL)))

    assert word.core_properties.title == "Deviations of SLA-2026-0001"
    (section,) = word.sections
    assert section.page_width > section.page_height
    first = word.tables[0].rows[0]._tr
    assert first.xpath("./w:trPr/w:tblHeader")
    assert deviations_docx(FULL) == deviations_docx(FULL)


META = """\
values:
  /fees/cap: {type: money, approval: [finance]}
  /fees/days: {type: integer, preferred: "<= 30", approval: [finance], walk_away: "> 90"}
  /fees/every: {type: integer, preferred: "<= 30", walk_away: "> 90"}
"""
WORDS = """\
1. Up to {{ fees.cap | money }}.
1. Within {{ fees.days | days }} or {{ fees.every | days }}.
"""
DATA = """\
fees: {cap: {amount: "9.00", currency: EUR}, days: "60", every: "91"}
clauses: {waiver: {text: {en: No right is lost.}}}
"""


def proposal(reason: str, verdict: Any = "accept", **more: Any) -> Proposal:
    decision = Decision(verdict=verdict, by="Ann", on="2026-11-23", reason=reason)
    fields = {"number": "1", "kind": "value", "change": "value", **more}
    return Proposal(**fields, decisions=(decision,))


def drafted(
    *proposals: Proposal, data: str = DATA, known: Surroundings = UNKNOWN
) -> dict[str, Entry]:
    files = {
        **clause_files("fees", WORDS, meta=META),
        **clause_files("waiver", "Nothing is lost."),
        **template_file("corporate/standard", "outline: [fees, waiver]\n"),
    }
    library, _ = library_of(files)
    composed, findings = compose(files, data)
    assert composed is not None
    assert findings == ()
    facts = Facts(composed.numbered, library, composed.composition.place, known)
    found = report_on(facts, composed.numbered, proposals)
    return {one.item: one for one in found.entries}


def test_a_value_stands_where_it_is_printed() -> None:
    entries = drafted()

    assert {item: one.place for item, one in entries.items()} == {
        "/fees/cap": "1.1 Fees",
        "/fees/days": "1.2 Fees",
        "/fees/every": "1.2 Fees",
        "waiver": "2 Waiver",
    }


def test_what_is_beyond_the_line_is_there_although_nobody_is_asked() -> None:
    every = drafted()["/fees/every"]

    assert every.is_beyond
    assert [(one.role, one.is_exception) for one in every.consents] == [("legal", True)]
    assert every.is_open


def test_who_does_not_hold_the_role_has_approved_nothing() -> None:
    omar = RoleHolder(name="Omar Haddad", email="omar@b.example")
    settings = WorkspaceSettings(organisation="Northwind", roles={"finance": (omar,)})
    approval = "{item: /fees/days, role: finance, by: Eoin Fahy, on: 2026-11-20"
    data = f'{DATA}approvals: [{approval}, value: "60"}}]\n'

    days = drafted(data=data, known=Surroundings(settings))["/fees/days"]

    assert days.is_open
    (given,) = days.consents
    assert given.state == "void"
    assert consent_said(given) == (
        "Open: waits until finance (Omar Haddad) approves; approved by Eoin Fahy, who "
        "does not hold the role finance"
    )
    (given,) = drafted(data=data)["/fees/days"].consents
    assert given.state == "approved"


def test_decisions_give_the_reasons() -> None:
    entries = drafted(
        proposal("Agreed on the phone.", path="/fees/cap/amount"),
        proposal("They pay later.", "counter", path="/fees/days"),
        proposal("Never.", "reject", path="/fees/days"),
        proposal("Shorter.", clause="waiver", kind="wording"),
        proposal("Of a value.", clause="waiver", path="/fees/every"),
    )

    assert {item: one.reasons for item, one in entries.items()} == {
        "/fees/cap": ("Agreed on the phone. (Ann, 2026-11-23)",),
        "/fees/days": ("They pay later. (Ann, 2026-11-23)",),
        "/fees/every": ("Of a value. (Ann, 2026-11-23)",),
        "waiver": ("Shorter. (Ann, 2026-11-23)",),
    }
