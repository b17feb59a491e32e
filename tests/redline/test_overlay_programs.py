"""Other programs' verdict on marks on top of marks."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from overlay_judging import marked_by_them, overlaid
from pairs import PAIRS
from redline_pieces import Pair

from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w
from slacontracts.word.package import write_package

SAMPLE: Final = PAIRS[::17]


def faults(file: WordFile, path: Path) -> Counter[str]:
    program = shutil.which("ooxml-integrity", path=str(Path(sys.executable).parent))
    assert program is not None
    path.write_bytes(write_package(file.package.members))
    result = subprocess.run(
        [program, "check", str(path)], capture_output=True, text=True
    )
    assert "error(s)" in result.stdout
    return Counter(re.findall(r"^ *\[\w+ *\] (\w+)", result.stdout, re.M))


@pytest.mark.parametrize("pair", SAMPLE, ids=lambda pair: pair.name)
def test_ooxml_integrity_finds_no_more_than_in_the_two_files(
    pair: Pair, tmp_path: Path
) -> None:
    pytest.importorskip("ooxml_integrity")
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")
    returned = marked_by_them(old, new)

    result = overlaid(returned, old)

    found, *known = (
        faults(one, tmp_path / "a.docx") for one in (result, returned, old)
    )
    assert not found - (known[0] + known[1])


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_stand_in_the_order_of_their_signs_as_libreoffice_takes_them(
    kind: str,
) -> None:
    (pair,) = [p for p in PAIRS if p.name == f"{kind} removed, the first of two"]
    old, new = admit(pair.old.data(), "old.docx"), admit(pair.new.data(), "new.docx")

    result = overlaid(marked_by_them(old, new), old)

    signs = result.tree(result.main).iter(w(f"{kind}Reference"))
    notes = result.tree(f"word/{kind}s.xml").iterchildren(w(kind))
    named = [one.get(w("id")) for one in signs]
    held = [one.get(w("id")) for one in notes if one.get(w("type")) is None]
    assert len(named) == 3
    assert named == held
