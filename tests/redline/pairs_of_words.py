"""Pairs of files whose words and paragraphs differ."""

from typing import Final

from redline_pieces import (
    AFTER,
    BEFORE,
    CREDIT,
    LAW,
    NOTICE,
    SCOPE,
    TERM,
    VALUE,
    Marks,
    Pair,
    listed,
    pair,
    para,
    paras,
    run,
)

_LONG: Final = " ".join(
    f"In case {number} the Supplier restores the service within {number} hours."
    for number in range(1, 120)
)


def edit(name: str, old: str, new: str, at_most: Marks = VALUE) -> Pair:
    return pair(name, para(old), para(new), at_most)


EDITS: Final = [
    edit("word", TERM, TERM.replace("three", "five")),
    edit("first word", TERM, TERM.replace("This", "The")),
    edit("last word", TERM, TERM.replace("names.", "states.")),
    edit("word added", TERM, TERM.replace("three", "three full"), Marks(ins=1)),
    edit("word removed", TERM, TERM.replace("start ", ""), Marks(dels=1)),
    edit("word added at the end", TERM, f"{TERM} Always.", Marks(ins=1)),
    edit("word added at the start", TERM, f"However, {TERM}", Marks(ins=1)),
    edit("small number", "Within 30 days of it.", "Within 45 days of it."),
    edit("number with separators", "Pay 12,500.00 a year.", "Pay 13,750.50 a year."),
    edit("number with spaces", "Pay 12 500,00 EUR.", "Pay 12 750,00 EUR."),
    edit("percentage", "At least 99.9% of it.", "At least 99.95% of it."),
    edit("amount with its sign", "Pay €1,200 at once.", "Pay €1,450 at once."),
    edit("date in figures", "From 2026-01-31 on.", "From 2027-02-28 on."),
    edit("date with slashes", "From 31/01/2026 on.", "From 28/02/2026 on."),
    edit("time", "From 08:00 every day.", "From 09:30 every day."),
    edit("address", "Write to a.b@old.example now.", "Write to a.c@new.example now."),
    edit("clause number", "See clause 4.2.1 above.", "See clause 4.3.1 above."),
    edit("full stop", "It ends here", "It ends here.", Marks(ins=1)),
    edit("comma", "If so, then pay.", "If so then pay.", Marks(dels=1)),
    edit("quotation marks", 'The "Fee" is due.', "The “Fee” is due.", Marks(2, 2)),
    edit("capital letter", "The supplier pays.", "The Supplier pays."),
    edit("hyphen", "The sub processor pays.", "The sub-processor pays.", Marks(2, 2)),
    edit(
        "several words",
        TERM,
        TERM.replace("three", "five").replace("start", "signing"),
        Marks(2, 2),
    ),
    edit(
        "several values",
        "Pay 100 in 10 days, 200 in 20 days and 300 in 30 days.",
        "Pay 110 in 10 days, 200 in 25 days and 330 in 30 days.",
        Marks(3, 3),
    ),
    edit("sentence added", TERM, f"{TERM} {CREDIT}", Marks(ins=1)),
    edit("sentence removed", f"{CREDIT} {TERM}", TERM, Marks(dels=1)),
    edit("sentence replaced", f"{TERM} {CREDIT}", f"{TERM} {NOTICE}", Marks(3, 3)),
    edit(
        "word in a very long paragraph",
        _LONG,
        _LONG.replace("case 60", "event 60"),
    ),
    edit("spaces at the edges", " inside ", "inside ", Marks(1, 1)),
    edit("two spaces", "one  two three", "one two three", Marks(1, 1)),
    edit("emoji", "All is well 👍🏽 today.", "All is well 👩‍💻 today."),
    edit("accent", "Le délai de paiement.", "Le délais de paiement."),
    edit("accent composed otherwise", "Le de\u0301lai court.", "Le délai court."),
    edit("ampersand and brackets", "A &amp; B &lt;1&gt;", "A &amp; C &lt;1&gt;"),
    edit("unbreakable space", "Pay 100\u00a0EUR now.", "Pay 120\u00a0EUR now."),
    edit("non-Latin words", "契約は三年です。", "契約は五年です。"),
    pair(
        "text without xml:space",
        "<w:p><w:r><w:t>Clause one</w:t></w:r><w:r><w:t>, as it was</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>Clause one</w:t></w:r><w:r><w:t>, as it is</w:t></w:r></w:p>",
        VALUE,
    ),
    pair(
        "runs cut in another way",
        para(run("The Supp") + run("lier provides it.")),
        para(run("The Supplier ") + run("provides it.")),
        Marks(),
    ),
    pair(
        "word across runs of one look",
        para(run("The Supp") + run("lier provides it.")),
        para(run("The Cust") + run("omer provides it.")),
        VALUE,
    ),
    pair(
        "word across runs of two looks",
        para(run("The Supp", "<w:b/>") + run("lier provides it.")),
        para(run("The Cust", "<w:b/>") + run("omer provides it.")),
        Marks(2, 2),
    ),
    pair("empty to words", para(""), para("Now it says something."), Marks(1, 0, 2)),
    pair("words to empty", para("It said something."), para(""), Marks(0, 1, 2)),
]

_OMITTED: Final = "[Intentionally omitted]"
_STYLED: Final = '<w:pStyle w:val="Heading1"/>'
PARAGRAPHS: Final = [
    pair(
        "numbered paragraph that leaves its number behind",
        listed(CREDIT) + listed(TERM, 1),
        listed(_OMITTED),
        Marks(1, 2, 1),
    ),
    pair(
        "paragraph numbered by its style that leaves its number behind",
        para("Publicity", _STYLED) + listed(TERM, 1),
        para(_OMITTED, _STYLED),
        Marks(1, 2, 1),
    ),
    pair(
        "numbered paragraph that takes its number back",
        listed(f"4.2A {_OMITTED}"),
        listed(TERM, 1) + listed(CREDIT),
        Marks(2, 1, 1),
    ),
    pair("paragraph added in the middle", "", para(CREDIT), Marks(1, 0, 1)),
    pair("paragraph removed in the middle", para(CREDIT), "", Marks(0, 1, 1)),
    pair(
        "paragraph added at the start",
        BEFORE,
        para(CREDIT) + BEFORE,
        Marks(1, 0, 1),
        bare=True,
    ),
    pair(
        "paragraph removed at the start",
        para(CREDIT) + BEFORE,
        BEFORE,
        Marks(0, 1, 1),
        bare=True,
    ),
    pair(
        "paragraph added at the end",
        AFTER,
        AFTER + para(CREDIT),
        Marks(1, 0, 1),
        bare=True,
    ),
    pair(
        "paragraph removed at the end",
        AFTER + para(CREDIT),
        AFTER,
        Marks(0, 1, 1),
        bare=True,
    ),
    pair("two paragraphs added", "", paras(TERM, CREDIT), Marks(2, 0, 2)),
    pair("two paragraphs removed", paras(TERM, CREDIT), "", Marks(0, 2, 2)),
    pair("paragraph replaced", para(TERM), para(CREDIT), Marks(4, 4, 2)),
    pair("all replaced", para(TERM), para(CREDIT), Marks(4, 4, 2), bare=True),
    pair("all removed but one empty", para(TERM), para(""), Marks(0, 1, 2), bare=True),
    pair("empty paragraph added", para(TERM), paras(TERM, ""), Marks(0, 0, 1)),
    pair("empty paragraph removed", paras(TERM, ""), para(TERM), Marks(0, 0, 1)),
    pair(
        "empty paragraphs, more of them",
        paras(TERM, "", CREDIT),
        paras(TERM, "", "", "", CREDIT),
        Marks(0, 0, 2),
    ),
    pair(
        "paragraph split",
        para(f"{TERM} {CREDIT}"),
        paras(TERM, CREDIT),
        Marks(0, 1, 1),
    ),
    pair(
        "paragraphs joined",
        paras(TERM, CREDIT),
        para(f"{TERM} {CREDIT}"),
        Marks(1, 0, 1),
    ),
    pair(
        "paragraph split in three",
        para(f"{TERM} {CREDIT} {SCOPE}"),
        paras(TERM, CREDIT, SCOPE),
        Marks(0, 2, 2),
    ),
    pair(
        "paragraph split and edited",
        para(f"{TERM} {CREDIT}"),
        paras(TERM.replace("three", "five"), CREDIT),
        Marks(1, 2, 1),
    ),
    pair(
        "repeated paragraphs, one less",
        paras(*["As agreed."] * 5),
        paras(*["As agreed."] * 4),
        Marks(0, 1, 1),
    ),
    pair(
        "repeated paragraphs, one edited",
        paras(*["The fee is 100 a month."] * 5),
        paras(*["The fee is 100 a month."] * 2, "The fee is 120 a month.")
        + paras(*["The fee is 100 a month."] * 2),
        VALUE,
    ),
    pair(
        "paragraph moved down",
        paras(TERM, CREDIT, SCOPE + " Again.", NOTICE + " Again."),
        paras(CREDIT, SCOPE + " Again.", NOTICE + " Again.", TERM),
        Marks(2, 2, 2, 0, 0, 1),
    ),
    pair(
        "paragraph moved up",
        paras(CREDIT, SCOPE + " Again.", NOTICE + " Again.", TERM),
        paras(TERM, CREDIT, SCOPE + " Again.", NOTICE + " Again."),
        Marks(2, 2, 2, 0, 0, 1),
    ),
    pair(
        "paragraph moved and edited",
        paras(TERM, CREDIT, SCOPE + " Again.", NOTICE + " Again."),
        paras(CREDIT, SCOPE + " Again.", NOTICE + " Again.")
        + para(TERM.replace("three", "five")),
        Marks(3, 3, 2, 0, 0, 1),
    ),
    pair(
        "two paragraphs moved together",
        paras(TERM, CREDIT, SCOPE + " Again.", NOTICE + " Again.", LAW + " Yes."),
        paras(SCOPE + " Again.", NOTICE + " Again.", LAW + " Yes.", TERM, CREDIT),
        Marks(4, 4, 4, 0, 0, 2),
    ),
    pair(
        "two paragraphs change places",
        paras(TERM, CREDIT),
        paras(CREDIT, TERM),
        Marks(2, 2, 2, 0, 0, 1),
    ),
    pair(
        "many edits",
        "".join(para(f"Level {n} is measured in {n} hours.") for n in range(20)),
        "".join(
            para(f"Level {n} is measured in {n + 50 if n % 4 == 0 else n} hours.")
            for n in range(20)
        ),
        Marks(5, 5),
    ),
    pair("nothing", para(TERM), para(TERM), Marks()),
]
