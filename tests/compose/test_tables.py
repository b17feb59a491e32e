"""Tables made from the data, as a reader sees them."""

from dataclasses import replace
from textwrap import dedent

import pytest
import yaml

from slacontracts.compose.tables import TABLES, make_table
from slacontracts.compose.tables.cells import Sheet
from slacontracts.compose.tables.key_terms import key_terms
from slacontracts.compose.tables.labels import label
from slacontracts.model.agreement import Agreement
from slacontracts.model.document import Inline, Reference, Row, Table, Value, Words
from slacontracts.model.paths import look_up

AGREEMENT = """\
id: SLA-1
template: service/hosting
master: {reference: MSA-7, date: 2024-05-02}
parties:
  provider: {legal_name: Northwind Hosting Ltd, form: limited company, register_no: "0912"}
  customer: {legal_name: Contoso LLC, address: Abu Dhabi, notices: {email: legal@contoso.example}}
signatories:
  - {party: customer, name: A. Person, title: Director, rule: jointly, authority: {basis: board resolution}}
effective: {on: 2026-12-01}
term: {initial: P36M, renewal: automatic, renewal_period: P12M, notice: P90D}
governing_law: {law: Ruritania, forum: {kind: courts, where: Strelsau}}
services:
  - key: web
    name: Web Hosting
    outcomes: [{key: sells, says: Shoppers can order}]
    targets:
      - key: availability
        metric: availability
        target: "99.9"
        unit: percent
        window: calendar-month
        hours: always
        outcome: sells
        exclusions: [{kind: scheduled-maintenance, cap: PT4H, notice: P3D}]
        source: {system: Prometheus, party: provider}
      - {key: response-p1, metric: response-time, target: PT30M, hours: office, priority: p1}
      - {key: latency, metric: percentile, title: Latency, target: "250", unit: milliseconds}
      - {key: new-user, metric: deadline, target: P1D, after: the request, condition: a user joins}
    credits:
      target: availability
      tiers: [{below: "99.0", credit: "25"}, {below: "99.9", credit: "10"}]
    price: {model: monthly, amount: "4500.00", currency: EUR, includes: support}
    sites: [{key: riyadh, name: Riyadh, hours: office, targets: {response-p1: PT2H}}]
    responsibilities: [{task: Patch, responsible: provider, informed: IT desk}]
  - {key: mail, price: {model: monthly, amount: "500.00", currency: EUR}}
hours:
  always: {timezone: UTC, week: {mon-sun: ["00:00-24:00"]}}
  office:
    timezone: Asia/Riyadh
    name: Office hours
    week: {sun-wed: ["08:00-12:00", "13:00-17:00"], thu: ["08:00-12:00"]}
    holidays: [{on: 2026-09-23, name: National Day}, {on: 2027-03-09, provisional: yes}]
priorities: [{key: p1, name: Critical, says: Nobody can work}]
contacts:
  - {key: desk, party: provider, purpose: Incidents, level: 1, phone: "+966 11 555", hours: office}
"""


def sheet(text: str = AGREEMENT, language: str = "en", **values: object) -> Sheet:
    data = yaml.load(dedent(text), yaml.BaseLoader)
    agreement = Agreement.model_validate(data).model_copy(update={"values": values})
    return Sheet(agreement, language, "latin")  # type: ignore[arg-type]


def shown(inline: Inline) -> str:
    return inline.text if isinstance(inline, Words | Value) else "[●]"


def read(row: Row) -> str:
    cells = (
        " / ".join("".join(map(shown, line)) for line in cell) for cell in row.cells
    )
    return ("# " if row.is_group else "") + " | ".join(cells)


def table(name: str, **kwargs: object) -> Table:
    made = make_table(name, sheet(**kwargs))  # type: ignore[arg-type]
    assert made is not None
    return made


def rows(name: str, **kwargs: object) -> list[str]:
    return [read(row) for row in table(name, **kwargs).rows]


def test_key_terms_say_on_one_page_what_people_negotiate() -> None:
    from decimal import Decimal

    assert rows("key-terms", credits={"cap_percent": Decimal("25")}) == [
        "Provider | Northwind Hosting Ltd, limited company, registration no. 0912",
        "Customer | Contoso LLC / Abu Dhabi / Notices by e-mail: legal@contoso.example",
        "Framework agreement | MSA-7 of 2 May 2024",
        "Effective date | 1 December 2026",
        "Initial term | 36 months (ends on 30 November 2029)",
        "Renewal | Automatic, each time for 12 months",
        "Notice against renewal | 90 days",
        "Services | Web Hosting / Mail",
        "Targets | Web Hosting: Availability at least 99.9% / Web Hosting: Latency at most 250 milliseconds"
        " / Web Hosting: Deadline at most 1 day",
        "Cap on Service Credits | 25% of the monthly fee of the Service",
        "Charges | Web Hosting: EUR 4,500.00 (monthly) / Mail: EUR 500.00 (monthly)",
        "Governing law | Ruritania",
        "Disputes | Courts of Strelsau",
    ]


def test_service_levels_show_figure_window_hours_and_outcome_of_every_target() -> None:
    assert rows("service-levels") == [
        "# Web Hosting",
        "Availability / Measured by Prometheus (Provider) / Not counted: scheduled "
        "maintenance, up to 4 hours in each period, announced 3 days before"
        " | at least 99.9% | calendar month | Always | Shoppers can order",
        "Response time, Critical | at most 30 minutes |  | Office hours | ",
        "Latency | at most 250 milliseconds |  |  | ",
        "Deadline / after the request / when a user joins | at most 1 day |  |  | ",
        "# Mail",
    ]


def test_credit_bands_run_from_the_mildest_miss_down() -> None:
    assert rows("service-credits") == [
        "# Web Hosting",
        "Availability 99.0% or more, but below 99.9% | 10% of the monthly fee of the Service",
        "Availability below 99.0% | 25% of the monthly fee of the Service",
    ]


def test_service_hours_name_days_zone_holidays_and_the_sites_that_differ() -> None:
    assert rows("service-hours") == [
        "Always / time zone UTC | At all times, every day of the year | ",
        "Office hours / time zone Asia/Riyadh | Sunday to Wednesday 08:00 to 12:00, "
        "13:00 to 17:00 / Thursday 08:00 to 12:00 | 23 September 2026, National Day"
        " / 9 March 2027 (until it is announced)",
        "# Web Hosting",
        "Site | Service hours | Service Levels of the site",
        "Riyadh | Office hours | Response time, Critical: 2 hours",
    ]


def test_the_share_of_cases_stands_wherever_the_figure_does() -> None:
    text = AGREEMENT.replace(
        "title: Latency,", 'title: Latency, percentile: "95",'
    ).replace("metric: response-time,", 'metric: response-time, percentile: "90",')

    levels = rows("service-levels", text=text)
    assert "Latency | at most 250 milliseconds in 95% of all cases |  |  | " in levels
    assert (
        "Response time, Critical | at most 30 minutes in 90% of all cases"
        " |  | Office hours | "
    ) in levels
    assert rows("priorities", text=text) == [
        "Critical | Nobody can work | Web Hosting: 30 minutes in 90% of all cases | "
    ]
    assert rows("service-hours", text=text)[-1] == (
        "Riyadh | Office hours | Response time, Critical: 2 hours in 90% of all cases"
    )
    targets = next(r for r in rows("key-terms", text=text) if r.startswith("Targets"))
    assert "Latency at most 250 milliseconds in 95% of all cases /" in targets
    assert "في 95% من جميع الحالات" in "".join(
        rows("service-levels", text=text, language="ar")
    )


def test_key_terms_say_when_targets_and_charges_start_where_services_move_in() -> None:
    ordinary = sheet()
    moving = replace(ordinary, clauses=frozenset({"transition-in", "term"}))

    without = [read(row) for row in key_terms(ordinary).rows]
    having = [read(row) for row in key_terms(moving).rows]

    said = [row for row in having if row not in without]
    assert said == [
        "Start of targets and charges | For each Service from its Start Date, and not "
        "already from the effective date: [●]"
    ]
    assert having.index(said[0]) == 1 + having.index("Effective date | 1 December 2026")
    row = key_terms(moving).rows[having.index(said[0])]
    assert row.cells[1][0][-1] == Reference("transition-in")


@pytest.mark.parametrize(
    ("role", "english", "arabic"),
    [
        ("provider", "Provider", "مقدم الخدمة"),
        ("supplier", "Supplier", "المورد"),
        ("affiliate-2", "Affiliate 2", "الشركة التابعة 2"),
        ("it-desk", "It desk", "It desk"),
        ("level-up-9", "Level up 9", "Level up 9"),
    ],
)
def test_a_role_has_one_name_in_tables_and_on_the_signature_page(
    role: str, english: str, arabic: str
) -> None:
    from slacontracts.render import docx_facts

    assert (label(role, "en"), label(role, "ar")) == (english, arabic)
    assert not hasattr(docx_facts, "_ROLES")


def test_priorities_show_their_times() -> None:
    assert rows("priorities") == [
        "Critical | Nobody can work | Web Hosting: 30 minutes | "
    ]


def test_charges_add_up_where_all_are_monthly_in_one_currency() -> None:
    assert rows("charges") == [
        "Web Hosting / Includes: support | Monthly | EUR 4,500.00",
        "Mail | Monthly | EUR 500.00",
        "Total per month |  | EUR 5,000.00",
    ]
    assert len(rows("charges", text=AGREEMENT.replace("EUR}}", "SAR}}"))) == 2


def test_people_are_shown_by_party() -> None:
    assert rows("contacts") == [
        "# Provider",
        "Incidents (level 1) / Sunday to Wednesday 08:00 to 12:00, 13:00 to 17:00 / "
        "Thursday 08:00 to 12:00 | [●] | +966 11 555 | ",
    ]
    assert rows("responsibilities") == [
        "# Web Hosting",
        "Patch | Provider |  |  | IT desk",
    ]
    assert rows("signatories") == [
        "# Customer",
        "A. Person | Director | Jointly | board resolution",
    ]


@pytest.mark.parametrize(
    ("forum", "says"),
    [
        (
            "{kind: arbitration, rules: X Rules, seat: Geneva}",
            "Arbitration under the rules of X Rules, seat Geneva",
        ),
        ("{kind: courts}", "Courts of [●]"),
    ],
)
def test_the_forum_is_courts_or_a_tribunal(forum: str, says: str) -> None:
    text = AGREEMENT.replace("{kind: courts, where: Strelsau}", forum)

    assert rows("key-terms", text=text)[-1] == f"Disputes | {says}"


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (("on: 2026-12-01", "on: last-signature"), "The date of the last signature"),
        (("on: 2026-12-01", ""), "[●]"),
    ],
)
def test_the_effective_date_may_be_an_event_or_unknown(
    change: tuple[str, str], row: str
) -> None:
    text = AGREEMENT.replace(*change)

    assert f"Effective date | {row}" in rows("key-terms", text=text)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_address_in_a_table_leads_to_its_value(name: str) -> None:
    data = yaml.load(AGREEMENT, yaml.BaseLoader)
    addresses = [
        inline.path
        for row in table(name).rows
        for cell in row.cells
        for line in cell
        for inline in line
        if isinstance(inline, Value)
    ]

    assert addresses
    for address in addresses:
        if not address.endswith("/mail/name"):  # named after its key
            look_up(data, address)


@pytest.mark.parametrize("name", sorted(TABLES))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_rows_fit_their_columns_and_widths_add_up(name: str, language: str) -> None:
    made = table(name, language=language)

    assert sum(column.width_percent for column in made.columns) == 100
    for row in made.rows:
        assert len(row.cells) == (1 if row.is_group else len(made.columns))


@pytest.mark.parametrize("name", sorted(TABLES))
@pytest.mark.parametrize(
    "forum", ["courts", "arbitration, rules: those of, seat: here"]
)
def test_arabic_tables_have_the_arabic_comma(name: str, forum: str) -> None:
    text = AGREEMENT.replace("forum: {kind: courts", f"forum: {{kind: {forum}")

    lines = rows(name, text=text, language="ar")

    assert not [line for line in lines if ", " in line]
    if name == "service-levels":
        assert any("زمن الاستجابة، Critical" in line for line in lines)


def test_a_table_that_nobody_knows_is_none() -> None:
    assert make_table("nothing", sheet()) is None
