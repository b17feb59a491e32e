"""XML comments and processing instructions in every place: nothing breaks on them.

libxml2 ends the whole process when such a node is to be written in canonical form
(lxml 6.1, `tostring(comment, method="c14n")`), so each file has a process of its own.
"""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from redline_pieces import NOTICE, SCOPE, listed, para, row, table
from revision_cases import ins, p, tbl, tc, tr, was
from small_docx import Small, lists
from word_files import run, zipped

AT_WORK = """
import sys
from pathlib import Path
from slacontracts.redline import redline
from slacontracts.word.gate import admit
from slacontracts.word.revisions import ALL, accept, reject, revisions
old, new, marked = (admit(Path(name).read_bytes(), name) for name in sys.argv[1:])
for one, other in ((old, new), (new, old), (old, old)):
    made = redline(one, other, author="Ada", date="2026-03-01T09:00:00Z")
    print(made.summary.insertions)
    marked_too = admit(made.data, "redline.docx")
    for file in (marked, marked_too):
        print(len(revisions(file)))
        accept(file, ALL), reject(file, ALL)
"""
FORMATS = (
    p(f"<w:r><w:rPr><w:b/>{was('rPr', '<w:i/>')}</w:rPr><w:t>a</w:t></w:r>")
    + p(run("b"), '<w:jc w:val="center"/>' + was("pPr", "<w:keepNext/>"))
    + tbl(tr(tc(p(ins("c")))))
)


def commented(data: bytes, *, in_front: bool) -> bytes:
    """Return a file with a comment and an instruction in all that is in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        root = etree.fromstring(content)
        for one in list(root.iter("*")):
            for node in (etree.Comment("a"), etree.ProcessingInstruction("b", "c")):
                one.insert(0 if in_front else len(one), node)
        root.addprevious(etree.Comment("a"))
        parts[name] = etree.tostring(root.getroottree())
    return zipped(parts)


@pytest.mark.parametrize("in_front", [True, False], ids=["in front", "behind"])
def test_comments_and_instructions_end_no_process(
    in_front: bool, tmp_path: Path
) -> None:
    related = {"rId9": ("header", para("Draft"))}
    reference = '<w:headerReference w:type="default" r:id="rId9"/>'
    grid = table(row("a", "b"))
    override = '<w:num w:numId="7"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    old = Small(
        para(SCOPE, '<w:jc w:val="center"/>') + listed(NOTICE) + grid,
        related,
        reference,
        numbering=lists({1: "decimal"}) + override,
    )
    new = Small(
        para(f"{SCOPE} Yes.") + listed(NOTICE, number=2) + listed(SCOPE, number=7),
        numbering=lists({1: "decimal", 2: "lowerLetter"}) + override,
    )
    files = {"old": old, "new": new, "marked": Small(FORMATS)}
    paths = [tmp_path / f"{name}.docx" for name in files]
    for path, file in zip(paths, files.values(), strict=True):
        path.write_bytes(commented(file.data(), in_front=in_front))

    done = subprocess.run(
        [sys.executable, "-c", AT_WORK, *paths],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split()[-2:] == ["3", "0"]
