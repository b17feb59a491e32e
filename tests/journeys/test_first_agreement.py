"""The whole road, as a person in sales and a lawyer walk it together."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from slacontracts.cli import cli
from slacontracts.compose.digest import text_digest
from slacontracts.store.cache import Cache
from slacontracts.store.office import find_soffice
from slacontracts.word.reading import text_of_docx
from slacontracts.workflow.desk import open_desk
from slacontracts.workflow.draft import read_draft
from slacontracts.workflow.intake import begin_intake
from slacontracts.workflow.shelf import Shelf

TEMPLATE = "service/managed-hosting"
SAMPLES = list((Path(__file__).parents[2] / "agreements").rglob("agreement.yaml"))


APPROVALS = """
approvals:
  - {item: /term/notice, role: legal, by: Ciara Nolan, on: 2026-11-20, value: P60D}
  - {item: /credits/cap_percent, role: finance, by: Eoin Fahy, on: 2026-11-20, value: "30"}
  - {item: limitation-of-liability, role: legal, by: Ciara Nolan, on: 2026-11-20, value: fallback-1}
  - {item: limitation-of-liability, role: finance, by: Eoin Fahy, on: 2026-11-20, value: fallback-1}
  - {item: publicity, role: sales, by: Declan Byrne, on: 2026-11-20, value: omit}
  - {item: waiver, role: legal, by: Ciara Nolan, on: 2026-11-20, value: 03cc13e9a78f}
"""


class Person:
    """Somebody at a keyboard, in one workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def types(self, *words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(
            cli, ["-C", str(self.root), *words], catch_exceptions=False
        )
        assert result.exit_code == code, result.output
        return result

    def reads(self, *words: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(self.types(*words, "--json").stdout)
        return found

    def digest(self, agreement_id: str) -> str:
        desk = open_desk(self.root, Cache(None))
        draft = read_draft(Shelf(desk), desk.workspace.agreement(agreement_id))
        assert draft.composed is not None
        return text_digest(draft.composed.numbered)


def test_from_an_empty_folder_to_an_agreement_that_outlives_its_library(
    tmp_path: Path,
) -> None:
    # A workspace with samples, all of them sound.
    root = tmp_path / "contracts"
    made = CliRunner().invoke(cli, ["init", str(root), "--sample"])
    assert made.exit_code == 0, made.output
    person = Person(root)
    assert len(person.reads("list")) == len(SAMPLES)
    assert "0 errors" in person.types("check").stdout

    # A new agreement from answers in a file.
    intake = begin_intake(open_desk(root, Cache(None)), TEMPLATE)
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "".join(f'{q.path}: "{q.example}"\n' for q in intake.questions if q.example),
        encoding="utf-8",
    )
    person.types("new", TEMPLATE, "--answers", str(answers), "--id", "SLA-NEW-1")
    assert "0 errors" in person.types("check", "SLA-NEW-1").stdout

    # Negotiated: a value, a position, a clause left out, wording of its own.
    person.types("set", "SLA-NEW-1", "/credits/cap_percent=30", "/term/notice=P60D")
    person.types(
        "use", "SLA-NEW-1", "limitation-of-liability", "--position", "fallback-1"
    )
    person.types("use", "SLA-NEW-1", "publicity", "--omit")
    wording = tmp_path / "waiver.md"
    wording.write_text(
        "1. A waiver by {{ parties.customer.legal_name }} is given in writing.\n",
        encoding="utf-8",
    )
    person.types("use", "SLA-NEW-1", "waiver", "--text", str(wording))
    assert "0 errors" in person.types("check", "SLA-NEW-1").stdout
    outline = {line["clause"]: line for line in person.reads("outline", "SLA-NEW-1")}
    assert "publicity" not in outline

    # Nobody signs a deviation that nobody has approved.
    refused = person.types("render", "SLA-NEW-1", "--execution", code=1).output
    assert refused.count("[deviation-unapproved]") == 5
    (file,) = root.glob("agreements/*/SLA-NEW-1/agreement.yaml")
    file.write_text(file.read_text("utf-8") + APPROVALS, encoding="utf-8")
    assert outline["waiver"]["level"] == "agreement"
    assert outline["limitation-of-liability"]["position"] == "fallback-1"

    # Saved, rendered in every format, and for signature.
    assert "version 1" in person.types("save", "SLA-NEW-1", "-m", "Agreed").stdout
    kinds = ["docx", "html", "text"] + (["pdf"] if find_soffice() else [])
    for kind in kinds:
        person.types("render", "SLA-NEW-1", "--format", kind, "-o", str(tmp_path))
    word = tmp_path / "SLA-NEW-1.docx"
    person.types("render", "SLA-NEW-1", "--execution", "-o", str(word))
    text = "\n".join(text_of_docx(word.read_bytes()))
    assert "given in writing" in text
    assert "[●]" not in text

    # The library goes on; the agreement does not, until it takes the new version.
    before = person.digest("SLA-NEW-1")
    notices = root / "clauses" / "assignment" / "preferred.en.md"
    notices.write_text("1. Nobody assigns anything.\n", encoding="utf-8")
    assert "preferred.en.md: changed" in person.types("library", "diff").stdout
    person.types("library", "save", "-m", "Assignment is simpler")
    assert person.digest("SLA-NEW-1") == before
    again = tmp_path / "again.docx"
    person.types("render", "SLA-NEW-1", "--execution", "-o", str(again))
    assert again.read_bytes() == word.read_bytes()

    taken = person.types("library", "take", "SLA-NEW-1").stdout
    assert "assignment: changed" in taken
    assert person.digest("SLA-NEW-1") != before
    assert "version 2" in person.types("save", "SLA-NEW-1", "-m", "New library").stdout
    first = person.reads("library", "log")[-1]["id"]
    assert "assignment" in person.types("library", "diff", first[:10]).stdout


def test_an_old_version_of_the_workspace_needs_nothing_but_its_folder(
    sample: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "elsewhere" / "copy"
    shutil.copytree(sample, copied)
    here, there = Person(sample), Person(copied)

    assert here.digest("SLA-2026-0001") == there.digest("SLA-2026-0001")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_workspace_cloned_by_a_colleague_has_nothing_to_save(
    sample: Path, tmp_path: Path, ending: str
) -> None:
    import subprocess

    clone = tmp_path / "clone"
    subprocess.run(
        [
            *("git", "clone", "--quiet", "-c", f"core.autocrlf={ending != chr(10)}"),
            *("--", str(sample), str(clone)),
        ],
        check=True,
        capture_output=True,
    )

    listed = Person(clone).reads("list")

    assert listed
    assert not any(one["unsaved"] for one in listed)
