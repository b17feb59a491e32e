"""The two versions that are compared for time differ as they are said to."""

from benchmarks.comparing import EDITS, versions
from benchmarks.samples import whole_sample


def test_every_edit_changes_a_clause_and_nothing_else_does() -> None:
    found = versions(whole_sample()).compare()

    assert {
        *("key-terms", "term", "chronic-failure", "publicity", "assignment"),
        *("schedule-service-levels", "schedule-service-credits", "schedule-charges"),
    } <= set(found.keys)
    assert len(found.keys) <= len(EDITS) + 2


def test_a_version_and_itself_have_no_difference() -> None:
    pair = versions(whole_sample())

    assert type(pair)(pair.new, pair.new).compare().clauses == ()
