"""Marks of changes where none can be: nothing breaks, and none of them is left."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from lxml import etree
from revision_cases import CASES, KEEP, ins, mark, p, tbl, tr
from test_word_revisions import opened
from word_files import LINKS, MAIN, ROOT, TYPES, document, parts, zipped

from slacontracts.word.gate import admit
from slacontracts.word.names import w
from slacontracts.word.revision_marks import TAGS
from slacontracts.word.revisions import ALL, accept, reject, revisions


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(mark("ins", KEEP) + mark("del", KEEP), id="around paragraphs"),
        pytest.param(mark("ins", tbl(tr())) + KEEP, id="around a table"),
        pytest.param(mark("rPrChange") + KEEP, id="formatting of nothing"),
        pytest.param(mark("cellDel") + mark("cellMerge") + KEEP, id="cells of nothing"),
        pytest.param(
            f"<w:pPr><w:rPr>{mark('del')}</w:rPr></w:pPr>", id="end of nothing"
        ),
        pytest.param(p(f"<w:r>{mark('ins')}<w:t>a</w:t></w:r>"), id="in a run"),
        pytest.param(p(mark("numberingChange")), id="number of nothing"),
        pytest.param(p('<w:moveToRangeEnd w:id="9"/>'), id="end of no range"),
        pytest.param(p('<w:moveFromRangeStart w:id="x"/>'), id="range without end"),
        pytest.param(p("<w:ins/>"), id="without id and author"),
    ],
)
def test_a_misplaced_mark_goes(body: str) -> None:
    file = opened(body)

    for data in (accept(file, ALL), reject(file, ALL)):
        assert revisions(admit(data, "a.docx")) == ()


def test_marks_of_the_root_of_a_part_are_left_alone() -> None:
    file = admit(zipped({**parts(KEEP), "word/odd.xml": "<a/>"}), "a.docx")

    assert revisions(file) == ()


@pytest.mark.parametrize("name", [ROOT, LINKS, TYPES])
def test_what_holds_the_file_together_is_never_resolved(name: str) -> None:
    whole = parts(p(ins("a")), [("image", "a.png")])
    root = etree.fromstring(str(whole[name]))
    etree.SubElement(root, w("del")).extend(list(root)[:1])
    etree.SubElement(root, w("ins"))
    whole[name] = etree.tostring(root)
    file = admit(zipped(whole), "a.docx")

    assert [one.kind for one in revisions(file)] == ["insertion"]
    for data in (accept(file, ALL), reject(file, ALL)):
        assert admit(data, "a.docx").package.read(name) == whole[name]


@pytest.mark.parametrize("seed", range(150))
def test_a_jumbled_file_is_resolved_all_the_same(seed: int) -> None:
    chance = Random(seed)
    body = "".join(case.body for case in chance.sample(CASES, 3))
    root = etree.fromstring(document(body).encode())
    for _ in range(chance.randint(1, 6)):
        jumble(root, chance)
    file = admit(zipped({**parts(), MAIN: etree.tostring(root)}), "a.docx")

    for data in (accept(file, ALL), reject(file, ALL)):
        assert revisions(admit(data, "a.docx")) == ()


def jumble(root: Any, chance: Random) -> None:
    """Rename, move, copy, remove or empty one element of the body."""
    inner = list(root[0].iterdescendants())
    if not inner:
        return
    one, other = chance.choice(inner), chance.choice(inner)
    within = one is other or one in list(other.iterancestors())
    match chance.randint(1, 5):
        case 1:
            one.tag = chance.choice(TAGS)
        case 2 if not within:
            other.append(one)
        case 3 if not within:
            other.append(deepcopy(one))
        case 4:
            one.getparent().remove(one)
        case _:
            one.attrib.clear()
