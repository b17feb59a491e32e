"""Whatever a counterparty does to prose, accepting all of it gives what came back."""

from collections.abc import Callable
from random import Random

import pytest
from counterparty import Counterparty
from negotiating import answer_to, applied, body_after, sent

_LINES = (
    *("The Customer shall pay", "Invoices fall due", "Late sums", "Neither party"),
    *("Nothing in", "This clause survives", "This Agreement runs", "Either party may"),
    *("The Provider meets", "A notice of"),
)
_WORDS = (
    *("shall", "month", "advance", "due", "last day", "interest", "liable for"),
    *("goodwill", "fraud", "survives the end", "writing", "levels"),
)
_NEW = ("new words", "x", "something else entirely, and more", "")
Step = Callable[[Counterparty, Random], object]

_STEPS: tuple[Step, ...] = (
    lambda c, r: c.type_over(r.choice(_WORDS), r.choice(_NEW)),
    lambda c, r: c.type_over(r.choice(_WORDS), r.choice(_NEW)),
    lambda c, r: c.type_after(r.choice(_WORDS), " plus"),
    lambda c, r: c.insert_paragraph(r.choice(_LINES), f"Added: {r.choice(_WORDS)}."),
    lambda c, r: c.delete_paragraph(r.choice(_LINES)),
    lambda c, r: c.move_paragraph(*r.sample(_LINES, 2)),
    lambda c, r: c.split_paragraph(r.choice(_WORDS)),
    lambda c, r: c.join_to_next(r.choice(_LINES)),
)


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("seed", range(30))
def test_accepting_everything_gives_the_text_that_came_back(
    seed: int, *, tracked: bool
) -> None:
    chance = Random(seed)
    theirs = Counterparty(sent()[0], tracked=tracked)
    for _ in range(chance.randint(1, 6)):
        try:
            chance.choice(_STEPS)(theirs, chance)
        except LookupError:
            continue  # the words are gone by now
    data = theirs.data()

    answer = answer_to(data)

    if all(one.edits or one.value for one in answer.proposals):
        assert applied(answer) == body_after(data)
    else:  # a heading was run on into, which no edit can do
        assert any(
            {"Fees", "Liability", "Term", "Service Levels"} & _parts(one.old + one.new)
            for one in answer.proposals
            if not (one.edits or one.value)
        )


def _parts(text: str) -> set[str]:
    titles = ("Fees", "Liability", "Term", "Service Levels")
    return {title for title in titles if title in text}
