"""LibreOffice in the hands of the other side: files that it saves, and that it edits."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner
from copying import copy_of
from counterparty import Counterparty

from slacontracts.cli import cli
from slacontracts.store.office import find_soffice
from slacontracts.word.gate import admit
from slacontracts.word.names import w
from slacontracts.word.revisions import revisions

pytestmark = [
    pytest.mark.usefixtures("today"),
    pytest.mark.skipif(find_soffice() is None, reason="needs LibreOffice Writer"),
]
ID: Final = "SLA-2026-0001"
GREGORIAN: Final = "Dates, months and years follow the Gregorian calendar."
GREEN: Final = "The Provider must use green power."
PEOPLE: Final = "The Provider must keep its people."
SAMPLES: Final = {
    "SLA-2026-0001": "customer",
    "SLA-2026-0002": "customer",
    "SLA-2026-0003": "customer",
    "SLA-2026-0004": "customer",
    "SLA-2026-0005": "customer",
    "UC-2026-0001": "provider",
    "UC-2026-0002": "provider",
    "OLA-2026-0001": "provider",
}
_MACRO: Final = """Sub Work(listing As String)
  On Error GoTo Done
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim asWord(0) As New com.sun.star.beans.PropertyValue
  asWord(0).Name = "FilterName" : asWord(0).Value = "MS Word 2007 XML"
  Dim line As String
  number = FreeFile
  Open listing For Input As #number
  Do Until Eof(number)
    Line Input #number, line
    words = Split(line, "|")
    Select Case words(0)
    Case "open"
      paper = StarDesktop.loadComponentFromURL(words(1), "_blank", 0, hidden())
    Case "record"
      paper.RecordChanges = True
    Case "stop recording"
      paper.RecordChanges = False
    Case "replace all"
      part = paper.createReplaceDescriptor()
      part.SearchString = words(1) : part.ReplaceString = words(2)
      paper.replaceAll(part)
    Case "replace"
      near = Found(paper, words(1))
      part = paper.createSearchDescriptor()
      part.SearchString = words(2) : part.SearchCaseSensitive = True
      hit = paper.findNext(near.Start, part)
      hit.String = words(3)
    Case "after"
      at = Found(paper, words(1))
      cursor = at.Text.createTextCursorByRange(at.End)
      cursor.gotoEndOfParagraph(False)
      at.Text.insertControlCharacter(cursor, 0, False)
      at.Text.insertString(cursor, words(2), False)
    Case "clause"
      at = Found(paper, words(1))
      cursor = at.Text.createTextCursorByRange(at.End)
      cursor.gotoEndOfParagraph(False)
      at.Text.insertControlCharacter(cursor, 0, False)
      at.Text.insertString(cursor, words(2), False)
      cursor.ParaStyleName = "Clause Heading"
      at.Text.insertControlCharacter(cursor, 0, False)
      at.Text.insertString(cursor, words(3), False)
      cursor.ParaStyleName = at.ParaStyleName
    Case "comment"
      at = Found(paper, words(1))
      note = paper.createInstance("com.sun.star.text.textfield.Annotation")
      note.Author = words(2) : note.Content = words(3)
      at.Text.insertTextContent(at.End, note, False)
    Case "row"
      table = Found(paper, words(1)).TextTable
      table.Rows.insertByIndex(table.Rows.Count, 1)
      names = table.CellNames
      table.getCellByName(names(UBound(names) - 1)).String = words(2)
      table.getCellByName(names(UBound(names))).String = words(3)
    Case "header"
      styles = paper.StyleFamilies.getByName("PageStyles")
      For at = 0 To styles.Count - 1
        style = styles.getByIndex(at)
        If style.isInUse() And style.HeaderIsOn Then
          cursor = style.HeaderText.createTextCursor()
          cursor.gotoEnd(False)
          style.HeaderText.insertString(cursor, words(1), False)
        End If
      Next
    Case "delete"
      at = Found(paper, words(1))
      cursor = at.Text.createTextCursorByRange(at.Start)
      cursor.gotoStartOfParagraph(False)
      cursor.gotoNextParagraph(True)
      cursor.String = ""
    Case "save"
      paper.storeToURL(words(1), asWord())
      paper.close(True)
    End Select
  Loop
Done:
  StarDesktop.terminate()
End Sub

Function Found(paper, words)
  wanted = paper.createSearchDescriptor()
  wanted.SearchString = words : wanted.SearchCaseSensitive = True
  Found = paper.findFirst(wanted)
End Function
"""


class Office:
    """LibreOffice that does what a list says; one start for a list."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._start("--terminate_after_init")  # writes the profile that has the macro
        module = folder / "profile/user/basic/Standard/Module1.xba"
        macro = _MACRO.replace("&", "&amp;").replace("<", "&lt;")
        module.write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n<script:module xmlns:script='
            '"http://openoffice.org/2000/script" script:name="Module1" '
            f'script:language="StarBasic">{macro}</script:module>',
            encoding="utf-8",
        )

    def work(self, *steps: tuple[str, ...]) -> None:
        """Do one step after another; the macro has what each of them is."""
        listing = self.folder / "listing.txt"
        listing.write_text("".join(f"{'|'.join(one)}\n" for one in steps), "utf-8")
        self._start(f'macro:///Standard.Module1.Work("{listing.as_uri()}")')

    def _start(self, what: str) -> None:
        program = find_soffice()
        assert program is not None
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        subprocess.run(
            [program, profile, "--headless", "--norestore", what],
            check=True,
            capture_output=True,
            timeout=300,
        )


EDITS: Final = (
    ("replace", "must pay a correct invoice", "30 days", "45 days"),
    ("replace", "for a part of a period", "in proportion to its", "by the"),
    ("after", "Support does not include training", PEOPLE),
    ("delete", "follow the Gregorian calendar"),
    ("replace", "below 99.9%", "10%", "15%"),
)


# The kinds of change that the first list lacks.
OTHER_EDITS: Final = (
    ("replace", "1 December 2026", "1 December 2026", "1 January 2027"),
    ("clause", "Support does not include training", "Power", GREEN),
    ("delete", "follow the Gregorian calendar"),
    ("after", "because it proposed the words", GREGORIAN),
    ("comment", "must pay a correct invoice", "Dana Cole", "Why so soon?"),
    ("replace all", "Good Industry Practice", "Best Industry Practice"),
    ("row", "below 99.9%", "below 90%", "50%"),
    ("header", " - of 2026"),
    ("stop recording",),
    ("replace", "may take back its consent for the future", "future", "time after"),
)


class Samples:
    """All samples as they were sent and saved again, and one that was edited."""

    def __init__(self, contracts: Path, folder: Path) -> None:
        self.contracts, self.folder = contracts, folder
        (folder / "saved").mkdir()
        self.office = Office(folder)
        steps: list[tuple[str, ...]] = []
        for name, party in SAMPLES.items():
            sent = folder / f"{name}.docx"
            self.run("send", name, "--to", party, "-o", str(sent))
            steps += [("open", sent.as_uri()), ("save", self.saved(name).as_uri())]
        sent = folder / f"{ID}.docx"
        steps += [("open", sent.as_uri()), ("record",), *EDITS]
        steps += [("save", self.saved("edited").as_uri())]
        steps += [("open", sent.as_uri()), ("record",), *OTHER_EDITS]
        steps += [("save", self.saved("otherwise").as_uri())]
        self.office.work(*steps)

    def saved(self, name: str) -> Path:
        return self.folder / "saved" / f"{name}.docx"

    def run(self, *arguments: str, root: Path | None = None) -> str:
        place = str(root or self.contracts)
        done = CliRunner().invoke(cli, ["-C", place, *arguments])
        assert done.exit_code == 0, done.output
        return done.stdout


@pytest.fixture(scope="module")
def samples(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Samples:
    folder = tmp_path_factory.mktemp("office")
    return Samples(copy_of(sample, folder / "contracts"), folder)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_that_libreoffice_opened_and_saved_proposes_nothing(
    name: str, samples: Samples
) -> None:
    said = samples.run("receive", str(samples.saved(name)))

    assert json.loads(samples.run("proposals", name, "--json")) == []
    assert said == f"turn 2 from {SAMPLES[name]}: it says what was sent, unchanged\n"


# What each proposal says: kind, path or clause, old and new.
FIRST: Final = [
    ("deletion", "interpretation", GREGORIAN, ""),
    ("insertion", "support", "", PEOPLE),
    ("value", "/invoicing/due_days", "30 days", "45 days"),
    ("wording", "charges", "in proportion to its", "by the"),
    ("value", "/services/web-hosting/credits/tiers/0/credit", "10%", "15%"),
]
SECOND: Final = [
    ("wording", "interpretation", "proposed", "suggested"),
    ("value", "/invoicing/due_days", "40 days", "42 days"),
]

OTHERS: Final = [
    ("untracked", "publicity", "future", "time after"),
    ("conflict", "/effective/on", "1 December 2026", "1 January 2027"),
    ("wording", "definitions", "Good", "Best"),
    ("relocation", "interpretation", GREGORIAN, GREGORIAN),
    ("wording", "services", "Good", "Best"),
    ("insertion", "support", "", f"Power\n{GREEN}"),
    ("comment", "charges", "", "Why so soon?"),
    ("wording", "information-security", "Good", "Best"),
    ("insertion", "schedule-service-credits", "", "below 90% | 50%"),
    ("wording", None, "", " - of 2026"),
]


def test_three_turns_with_libreoffice_on_the_other_side(
    samples: Samples, tmp_path: Path
) -> None:
    root = copy_of(samples.contracts, tmp_path / "contracts")
    second, third = (tmp_path / f"{name}.docx" for name in ("second", "third"))

    def ours(*arguments: str) -> str:
        return samples.run(*arguments, root=root)

    edited = samples.saved("edited")
    edited.write_bytes(earlier(edited.read_bytes()))
    ours("receive", str(edited))
    listed = proposed(ours)
    assert [said(one) for one in listed] == FIRST
    numbers = [str(one["number"]) for one in listed]
    ours("decide", ID, numbers[0], "reject")
    ours("decide", ID, numbers[1], numbers[3], numbers[4], "accept")
    ours("decide", ID, numbers[2], "counter", "--value", "40")
    ours("send", ID, "--to", "customer", "-o", str(second))
    assert authors(second) == {listed[0]["author"], "Northwind Hosting Ltd"}

    back = samples.saved("second")
    samples.office.work(
        *(("open", second.as_uri()), ("record",)),
        ("replace", "must pay a correct invoice", "40", "42"),
        ("replace", "because it proposed the words", "proposed", "suggested"),
        ("save", back.as_uri()),
    )
    ours("receive", str(back))
    answered = proposed(ours)[len(listed) :]
    assert [said(one) for one in answered] == SECOND
    ours("decide", ID, *(str(one["number"]) for one in answered), "accept")
    ours("send", ID, "--to", "customer", "-o", str(third))

    text = " ".join(ours("render", ID, "-o", "-").split())
    assert "must pay a correct invoice within 42 days after" in text
    assert f"15.7 {PEOPLE}" in text
    assert "because it suggested the words" in text
    assert f"2.4 {GREGORIAN}" in text

    untouched = samples.saved("third")
    samples.office.work(("open", third.as_uri()), ("save", untouched.as_uri()))
    ours("receive", str(untouched))
    assert len(proposed(ours)) == len(listed) + len(answered)


def test_every_other_kind_of_change_that_libreoffice_writes_is_read_and_decided(
    samples: Samples, tmp_path: Path
) -> None:
    root = copy_of(samples.contracts, tmp_path / "contracts")

    def ours(*arguments: str) -> str:
        return samples.run(*arguments, root=root)

    ours("receive", str(samples.saved("otherwise")))

    listed = proposed(ours)
    assert [said(one) for one in listed] == OTHERS
    numbers = [str(one["number"]) for one in listed]
    ours("decide", ID, numbers[0], "reject", "--acknowledge-untracked")
    ours("decide", ID, *numbers[1:6], numbers[7], "accept")
    ours("decide", ID, numbers[6], numbers[8], numbers[9], "reject")

    text = " ".join(ours("render", ID, "-o", "-").split())
    assert "1 January 2027" in text
    assert "1 December 2026" not in text
    assert f"because it proposed the words. 2.7 {GREGORIAN}" in text
    assert f"16 Power --------- 16.1 {GREEN} 17 Maintenance" in text
    assert "“Best Industry Practice” means" in text
    assert "Good Industry Practice" not in text
    assert "consent for the future" in text


def earlier(docx: bytes) -> bytes:
    """Return a file whose changes were made days ago, not in this very minute."""
    theirs = Counterparty(docx)
    for root in theirs.roots.values():
        for mark in root.iter(w("ins"), w("del")):
            mark.set(w("date"), "2026-11-20T10:15:00Z")
    return theirs.data()


def proposed(ours: Callable[..., str]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(ours("proposals", ID, "--json"))
    return listed


def said(one: dict[str, Any]) -> tuple[str, ...]:
    where = one.get("path") or one["clause"]
    return (one["kind"], where, one.get("old", ""), one.get("new", ""))


def authors(path: Path) -> set[str]:
    file = admit(path.read_bytes(), path.name)
    return {one.author for one in revisions(file)}
