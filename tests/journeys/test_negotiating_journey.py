"""A whole negotiation of three turns, with the commands that our lawyer types.

The other side works in Word: its changes are written as Word writes them.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from conftest import Run
from counterparty import Counterparty

from slacontracts.word.gate import admit
from slacontracts.word.reading import text_of_docx
from slacontracts.word.revisions import Which, accept, reject, revisions
from slacontracts.workflow.edit import data_of

pytestmark = pytest.mark.usefixtures("today")
ID: Final = "SLA-2026-0001"
US: Final = "Northwind Hosting Ltd"
INVOICE: Final = "must pay a correct invoice"
GREGORIAN: Final = "Dates, months and years follow the Gregorian calendar."
RECORDS: Final = "If a measuring system fails, the parties use the best other evidence that they have."
PEOPLE: Final = "The Provider must not replace people who know the Services."
STEP_IN: Final = (
    "Step-In",
    "If a Service fails chronically, the Customer may let others perform it.",
    "The Provider must give the help that this needs:",
    "access to the systems; and",
    "the records of the Service.",
)
CERTIFICATES: Final = (
    "task: Renew certificates, responsible: provider, accountable: provider, "
    "informed: customer"
)

# What each proposal of the first answer says: kind, where, old and new.
FIRST: Final = {
    1: ("untracked", "acceptable-use", "in writing", "by e-mail"),
    2: ("wording", "definitions", "Good", "Best"),
    3: ("deletion", "interpretation", GREGORIAN, ""),
    4: ("conflict", "/effective/on", "1 December 2026", "1 January 2027"),
    5: ("wording", "services", "Good", "Best"),
    6: ("insertion", "support", "", PEOPLE),
    7: ("relocation", "measurement-and-reporting", RECORDS, RECORDS),
    8: ("value", "/invoicing/due_days", "30 days", "45 days"),
    9: ("wording", "charges", "in proportion to its", "by the"),
    10: ("comment", "limitation-of-liability", "", "Too low for us."),
    11: ("wording", "information-security", "Good", "Best"),
    12: ("insertion", "publicity", "", "\n".join(STEP_IN)),
    13: ("value", "/services/web-hosting/credits/tiers/0/credit", "10%", "15%"),
    14: (
        "insertion",
        "schedule-responsibilities",
        "",
        "Renew certificates | Provider | Provider |  | Customer",
    ),
    15: ("wording", None, "DRAFT", "CONFIDENTIAL"),
}
SECOND: Final = {
    16: ("deletion", "interpretation", GREGORIAN, ""),
    17: ("value", "/invoicing/due_days", "40 days", "42 days"),
    18: ("wording", "charges", "calendar", "working"),
    19: ("comment", "limitation-of-liability", "", "We need 150%."),
    20: ("wording", "step-in-2", "let", "have"),
    21: (
        "value",
        "/services/web-hosting/targets/response-p2/target",
        "1 hour",
        "30 minutes",
    ),
    22: ("value", "/services/web-hosting/credits/tiers/0/credit", "12%", "14%"),
    23: (
        "deletion",
        "schedule-responsibilities",
        "Announce sales campaigns five days before they start | Customer | Customer "
        "|  | Provider",
        "",
    ),
}


def first_answer(theirs: Counterparty) -> None:
    """Ask for one of everything."""
    theirs.type_over("30 days", "45 days", near=INVOICE)
    theirs.type_over("in proportion to its", "by the", near="for a part of a period")
    title, first, second, one, other = STEP_IN
    theirs.insert_paragraph(
        "may take back its consent for the future", title, like="Publicity"
    )
    theirs.insert_paragraph(title, first, like="Neither party may name the other")
    theirs.insert_paragraph(first, second, like="Neither party may name the other")
    theirs.insert_paragraph(second, one, like="for fraud, wilful misconduct")
    theirs.insert_paragraph(one, other, like="for fraud, wilful misconduct")
    theirs.insert_paragraph("Support does not include training", PEOPLE)
    theirs.delete_paragraph(GREGORIAN)
    theirs.move_paragraph(
        RECORDS, after="The party that Schedule 1 names as the source"
    )
    theirs.type_over("10%", "15%", near="10% of the monthly fee")
    cells = ("Renew certificates", "Provider", "Provider", "", "Customer")
    theirs.add_row("Register and pay for domain names", *cells)
    for _ in range(3):
        theirs.type_over("Good Industry Practice", "Best Industry Practice")
    theirs.type_over("1 December 2026", "1 January 2027", near="whichever day it is")
    theirs.comment(
        "general cap",
        "Too low for us.",
        reply="Legal wants 150%.",
        near="does not exceed the general cap",
    )
    theirs.type_over("DRAFT", "CONFIDENTIAL", near=f"{ID} ·")
    theirs.tracked = False
    theirs.type_over("in writing", "by e-mail", near="may test the security")


def second_answer(theirs: Counterparty) -> None:
    """Insist here and there, in words of ours and of their own."""
    theirs.type_over("40", "42", near=INVOICE)
    theirs.delete_paragraph(GREGORIAN)
    theirs.type_over("12%", "14%", near="12% of the monthly fee")
    theirs.type_over("at most 1 hour", "at most 30 minutes")
    theirs.type_over("Web Hosting: 1 hour", "Web Hosting: 30 minutes")
    theirs.type_over(
        "let others", "have others", near="fails chronically, the Customer"
    )
    theirs.delete_row("Announce sales campaigns")
    theirs.reply("Too low", "We need 150%.")
    theirs.type_over("by the calendar days", "by the working days")


class Negotiation:
    """Both sides of a negotiation: their Word, and the commands on our side."""

    def __init__(self, run: Run, contracts: Path, folder: Path) -> None:
        self.run, self.contracts, self.folder = run, contracts, folder

    def send(self) -> bytes:
        """Send the draft; the file as it lies on our disk."""
        path = self.folder / f"to-{len(list(self.folder.iterdir()))}.docx"
        self.run("send", ID, "--to", "customer", "-o", str(path))
        return path.read_bytes()

    def answer(
        self, sent: bytes, edit: Callable[[Counterparty], None], on: str
    ) -> tuple[bytes, dict[int, dict[str, Any]]]:
        """Let them edit what was sent; their file and what is then proposed, by number."""
        theirs = Counterparty(sent, date=on)
        edit(theirs)
        return theirs.data(), self.receive(theirs.data())

    def receive(self, data: bytes) -> dict[int, dict[str, Any]]:
        before = set(self.proposals())
        path = self.folder / f"from-{len(list(self.folder.iterdir()))}.docx"
        path.write_bytes(data)
        self.run("receive", str(path))
        return {at: one for at, one in self.proposals().items() if at not in before}

    def proposals(self) -> dict[int, dict[str, Any]]:
        listed = json.loads(self.run("proposals", ID, "--json").stdout)
        return {one["number"]: one for one in listed}

    def decide(self, *arguments: str, code: int = 0) -> str:
        return self.run("decide", ID, *arguments, code=code).output

    def open(self) -> list[int]:
        listed = json.loads(self.run("proposals", ID, "--open", "--json").stdout)
        return [one["number"] for one in listed]

    def text(self) -> str:
        """Return what the agreement says, as one line."""
        return " ".join(self.run("render", ID, "-o", "-").stdout.split())

    def source(self) -> Any:
        place = next(self.contracts.rglob(f"{ID}/agreement.yaml"))
        return data_of(place.read_text(encoding="utf-8"))


def said(proposals: dict[int, dict[str, Any]]) -> dict[int, tuple[Any, ...]]:
    """Return kind, path or clause, old and new of each."""
    return {
        at: (
            one["kind"],
            one.get("path") or one.get("clause"),
            one.get("old", ""),
            one.get("new", ""),
        )
        for at, one in proposals.items()
    }


def reading(docx: bytes) -> tuple[str, ...]:
    """Return the lines of a Word file when every change is accepted."""
    return without_contents(text_of_docx(accept(admit(docx, "the file"))))


def without_contents(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Leave the contents out, which Word makes anew from the headings."""
    start = lines.index("Contents")
    stop = next(
        at for at, line in enumerate(lines) if line.startswith("This Agreement")
    )
    return (*lines[:start], *lines[stop:])


def answer_the_first(ours: Negotiation) -> None:
    """Decide about the first answer, and say what the agreement then says."""
    assert "changed without tracking" in ours.decide("8", "accept", code=3)
    ours.decide("--acknowledge-untracked")
    ours.decide("1", "reject", "--reason", "An e-mail is too little")
    ours.decide("2", "5", "11", "accept")
    ours.decide("3", "reject")
    ours.decide("4", "accept")  # one new day, in one of its three places
    ours.decide("4", "counter", "--value", "1 January 2027")
    ours.decide("6", "7", "12", "accept")
    ours.decide("8", "accept")
    ours.decide("8", "counter", "--value", "40")
    ours.decide("9", "counter", "--text", "by the calendar")
    ours.decide("13", "counter", "--value", "12")
    assert "cannot be put into" in ours.decide("14", "accept", code=3)
    assert "are open" in ours.run("send", ID, "--to", "customer", code=3).output
    row = f"/services/web-hosting/responsibilities/+={{{CERTIFICATES}}}"
    ours.run("set", ID, row)
    ours.run("save", ID, "-m", "Certificates are renewed by us")
    ours.decide("14", "accept", "--by-hand")
    ours.decide("15", "reject")
    assert ours.open() == []
    said_now = ours.text()
    for words in (
        "agreed on the time and the method in writing.",
        "“Best Industry Practice” means the skill",
        "must provide each Service with Best Industry Practice",
        "measures that meet Best Industry Practice and ISO/IEC 27001",
        f"2.4 {GREGORIAN}",
        "takes effect on 1 January 2027, whichever",
        f"15.7 {PEOPLE}",
        f"20.2 {RECORDS}",
        "must pay a correct invoice within 40 days after",
        "are calculated by the calendar days.",
    ):
        assert words in said_now
    assert "Good Industry Practice" not in said_now
    for number, line in zip(("51", "51.1", "51.2", "(a)", "(b)"), STEP_IN, strict=True):
        assert f"{number} {line}" in said_now
    assert "52 Language" in said_now


def answer_the_second(ours: Negotiation) -> None:
    """Decide about the second answer; nothing is open then."""
    ours.decide("16-18", "20-22", "accept")
    ours.decide("23", "reject", "--reason", "We must know of campaigns")
    assert ours.open() == []
    now = ours.text()
    assert GREGORIAN not in now
    assert "must pay a correct invoice within 42 days after" in now
    assert "are calculated by the working days." in now
    assert "51.1 If a Service fails chronically, the Customer may have others" in now
    data = ours.source()
    (hosting, _) = data["services"]
    targets = {one["key"]: one for one in hosting["targets"]}
    assert targets["response-p2"]["target"] == "PT30M"
    assert hosting["credits"]["tiers"][0]["credit"] == "14"
    assert data["invoicing"]["due_days"] == "42"


def test_three_turns_from_the_first_file_to_a_clean_answer(
    run: Run, contracts: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    ours = Negotiation(run, contracts, folder)

    first, proposals = ours.answer(ours.send(), first_answer, "2026-11-25T10:15:00Z")

    assert said(proposals) == FIRST
    assert proposals[1]["change"] == "wording"
    assert proposals[10]["comment"] == "Dana Cole: Legal wants 150%."
    assert proposals[15]["place"] == "the header"
    assert [(one["place"], one["new"]) for one in proposals[4]["occurrences"]] == [
        ("the opening page", "1 December 2026"),
        ("“Key Terms”", "1 December 2026"),
        ("clause 3.1", "1 January 2027"),
    ]
    answer_the_first(ours)

    sent = ours.send()
    assert authors(sent) == {"Dana Cole", US}
    assert without_ours(sent) == reading(first)
    assert reading(sent) == rendered(ours)
    _, proposals = ours.answer(sent, second_answer, "2026-12-01T10:00:00Z")

    assert said(proposals) == SECOND
    assert proposals[19]["comment"] == "Dana Cole: Too low for us."
    answer_the_second(ours)

    last = ours.send()
    assert authors(last) == {"Dana Cole", US}
    assert reading(last) == rendered(ours)
    theirs = Counterparty(accept(admit(last, "the last file")))
    assert ours.receive(theirs.data()) == {}
    assert ours.open() == []
    turns = run("turns", ID).stdout
    assert "from customer, answers 5" in turns


def authors(docx: bytes) -> set[str]:
    return {one.author for one in revisions(admit(docx, "the file"))}


def without_ours(docx: bytes) -> tuple[str, ...]:
    """Return what a file reads without our marks, as they read it then."""
    file = admit(docx, "the file")
    return reading(reject(file, Which(authors=frozenset({US}))))


def rendered(ours: Negotiation) -> tuple[str, ...]:
    """Return the lines of the agreement as it is rendered."""
    path = ours.folder.parent / "rendered.docx"
    ours.run("render", ID, "-o", str(path), "--force")
    return without_contents(text_of_docx(path.read_bytes()))
