"""Changes as plain text and as fields for programs."""

from compared import NEW, OLD, report

from slacontracts.render.columns import WIDTH
from slacontracts.render.comparison_json import comparison_object
from slacontracts.render.comparison_text import comparison_text

WHOLE = """\
Changes: Managed Hosting Agreement
==================================

Reference: SLA-2026-0001
Before:    SLA-2026-0001, draft 2
After:     SLA-2026-0001, as it stands

2 clauses changed, 1 clause inserted, 1 clause deleted, 1 clause moved, 3
values of the data changed.


What it means
-------------
Service levels
  Availability is weaker: 99.5% instead of 99.9%
      worse for the customer, better for the provider
  Response is no longer promised
      worse for the customer, better for the provider
Approval
  Legal must approve the cap


Changes of wording
------------------
[-words-] went, {+words+} came; what stayed is left out

Inserted: 2 Security
  1/8 inserted whole clause
      2.1 {+The Provider keeps data safe,+}
      2.1(a) {+at rest & in <transit>.+}

Moved: 3 Governing Law
  2/8 moved whole clause
      Was 6, is now 3.

Changed: 4 Service Credits and Bonuses (was 2)
  3/8 changed heading
      Service Credits{+ and Bonuses+}
  4/8 changed 4.2
      4.2 (was 2.2) Credits are at most [-10%-]{+15%+} of the monthly fee.
  5/8 inserted 4.2(b)
      4.2(b) {+and in one year.+}
  6/8 inserted paragraph
      {+Years are calendar years.+}

Deleted: 4 Publicity
  7/8 deleted whole clause
      4.1 [-No press release is made.-]

Changed: Schedule 1 Service Levels
  8/8 changed table
      Web hosting
      Changed: Availability
          Value: [-99.9%-]{+99.5%+}
      Deleted: [-Response-]
          Measure: [-each incident-]
          Value: [-30 minutes-]
      Inserted: {+Resolution+}
          Measure: {+each incident+}
          Value: {+4 hours+}
      (2 other rows unchanged)


Changes of data
---------------
  /services/web-hosting/targets/availability/target
      99.9% -> 99.5%
  /governing_law/law
      Ireland -> none
  /review/every
      none -> 3 months
"""


def test_changes_read_well_as_plain_text() -> None:
    assert comparison_text(report()) == WHOLE


def test_lines_fit_a_terminal() -> None:
    lines = comparison_text(report()).splitlines()

    assert max(map(len, lines)) <= WIDTH


def test_versions_that_say_the_same_say_so() -> None:
    text = comparison_text(report(OLD, OLD, (), ()))

    assert text.endswith("\n\nThe two versions say the same.\n")


def test_programs_get_every_clause_that_differs() -> None:
    found = comparison_object(report())

    assert found["agreement"] == "SLA-2026-0001"
    assert (found["old"], found["new"]) == (
        "SLA-2026-0001, draft 2",
        "SLA-2026-0001, as it stands",
    )
    assert [
        (one["clause"], one["change"], one["old_label"], one["new_label"])
        for one in found["clauses"]
    ] == [
        ("security", "inserted", "", "2"),
        ("law", "moved", "6", "3"),
        ("service-credits", "substituted", "2", "4"),
        ("publicity", "deleted", "4", ""),
        ("service-levels", "substituted", "Schedule 1", "Schedule 1"),
    ]


def test_programs_get_the_blocks_that_differ_word_by_word() -> None:
    credits_ = comparison_object(report())["clauses"][2]

    assert credits_["old_title"] == "Service Credits"
    assert credits_["new_title"] == "Service Credits and Bonuses"
    assert credits_["blocks"][0] == {
        "kind": "item",
        "change": "substituted",
        "old_label": "2.2",
        "new_label": "4.2",
        "old": "Credits are at most 10% of the monthly fee.",
        "new": "Credits are at most 15% of the monthly fee.",
        "pieces": [
            {"change": "same", "text": "Credits are at most "},
            {"change": "deleted", "text": "10%"},
            {"change": "inserted", "text": "15%"},
            {"change": "same", "text": " of the monthly fee."},
        ],
        "rows": [],
    }
    assert [one["kind"] for one in credits_["blocks"]] == ["item", "item", "paragraph"]


def test_programs_get_the_rows_that_differ() -> None:
    (table,) = comparison_object(report())["clauses"][4]["blocks"]

    assert [one["change"] for one in table["rows"]] == [
        "substituted",
        "deleted",
        "inserted",
    ]
    assert table["rows"][1]["cells"][0] == [{"change": "deleted", "text": "Response"}]


def test_programs_get_the_values_that_differ() -> None:
    values = comparison_object(report(OLD, NEW))["values"]

    assert values[1] == {"path": "/governing_law/law", "old": "Ireland", "new": ""}


def test_programs_get_what_it_means() -> None:
    first = comparison_object(report())["impacts"][0]

    assert first == {
        "subject": "service levels",
        "words": "availability is weaker: 99.5% instead of 99.9%",
        "customer": "worse",
        "provider": "better",
        "path": "/services/web-hosting/targets/availability/target",
    }
