"""What a redline cannot mark, it tells: lists and styles that NEW has otherwise."""

from dataclasses import replace

from small_docx import STYLES, Small, lists

from slacontracts.redline import redline
from slacontracts.word.gate import admit

_ITEM = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
_BODY = f"<w:p>{_ITEM}<w:r><w:t>The fee is due.</w:t></w:r></w:p>"
_OLD = Small(_BODY, numbering=lists({3: "decimal"}))


def _unmarked(old: Small, new: Small) -> tuple[str, ...]:
    files = admit(old.data(), "old.docx"), admit(new.data(), "new.docx")
    result = redline(*files, author="Ada", date="2026-03-01T09:00:00Z")
    assert result.summary.stories == ()
    return result.unmarked


def test_a_list_that_counts_in_another_way_is_told() -> None:
    (line,) = _unmarked(_OLD, replace(_OLD, numbering=lists({3: "lowerRoman"})))

    assert line.startswith("the list 3 in new.docx counts or begins in another way")


def test_a_list_that_begins_at_another_number_is_told() -> None:
    begins = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering = _OLD.numbering.replace("</w:num>", f"{begins}</w:num>")

    assert numbering != _OLD.numbering
    assert len(_unmarked(_OLD, replace(_OLD, numbering=numbering))) == 1


def test_a_style_that_looks_another_way_is_told() -> None:
    quote = '<w:pPr><w:pStyle w:val="Quote"/></w:pPr>'
    old = Small(_BODY.replace(_ITEM, quote))
    vanish = STYLES.replace("<w:i/>", "<w:vanish/>")

    (line,) = _unmarked(old, replace(old, styles=vanish))

    assert line.startswith("the style Quote in new.docx looks another way")


def test_lists_and_styles_that_are_alike_or_not_used_are_not_told() -> None:
    both = replace(_OLD, numbering=lists({3: "decimal", 4: "bullet"}))
    vanish = STYLES.replace("<w:i/>", "<w:vanish/>")

    assert _unmarked(_OLD, both) == ()
    assert _unmarked(_OLD, replace(_OLD, styles=vanish)) == ()
