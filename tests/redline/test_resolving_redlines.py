"""Redlines of every pair, resolved by the product: they say what the judge reads."""

from collections import Counter

import pytest
from judge import stories
from judge_reader import View
from pairs import PAIRS
from redline_pieces import Pair

from slacontracts.redline import redline
from slacontracts.word.gate import admit
from slacontracts.word.revisions import Which, accept, reject, revisions

_SIDES = {
    **dict.fromkeys(("insertion", "inserted"), "insertions"),
    **dict.fromkeys(("deletion", "deleted"), "deletions"),
    "move": "moves",
}
_RESOLVERS = {"accepted": accept, "rejected": reject}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_resolved_redline_is_what_the_judge_reads_in_it(pair: Pair) -> None:
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")
    made = redline(old, new, author="Ada", date="2026-03-01T09:00:00Z")
    marked = admit(made.data, "redline.docx")

    views: tuple[View, ...] = ("accepted", "rejected")
    for view in views:
        data = _RESOLVERS[view](marked)
        resolved = admit(data, "resolved.docx")

        assert stories(resolved, "accepted") == stories(marked, view)
        assert revisions(resolved) == ()
        by_name = _RESOLVERS[view](marked, Which(authors=frozenset({"Ada"})))
        assert by_name == data


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_the_summary_counts_what_is_listed(pair: Pair) -> None:
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")

    made = redline(old, new, author="Ada", date="2026-03-01T09:00:00Z")

    listed = Counter(
        (one.story, _SIDES.get(one.kind.split()[0], "formatting"))
        for one in revisions(admit(made.data, "redline.docx"))
    )
    said = {
        (one.story, kind): getattr(one, kind)
        for one in made.summary.stories
        for kind in ("insertions", "deletions", "moves", "formatting")
    }
    assert {key: number for key, number in said.items() if number} == dict(listed)
