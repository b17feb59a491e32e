"""The two versions that are compared for time are what they are said to be."""

from benchmarks.redlines import SMALL, compare
from benchmarks.two_versions import count_marks, versions
from slacontracts.word.gate import admit


def test_the_same_numbers_give_the_same_files_and_a_seed_others() -> None:
    assert versions(3, 4) == versions(3, 4)
    assert versions(3, 4, 1) != versions(3, 4)


def test_a_longer_agreement_has_more_words() -> None:
    short, long = (admit(versions(pages, 4)[0], "a.docx") for pages in (3, 9))

    lengths = [len("".join(file.tree(file.main).itertext())) for file in (short, long)]

    assert 2.5 < lengths[1] / lengths[0] < 3.5


def test_26_edits_on_19_pages_give_fewer_than_120_marks() -> None:
    old, new = versions(SMALL.pages, SMALL.edits)

    marks = count_marks(compare(old, new))

    assert SMALL.edits <= marks < 120
