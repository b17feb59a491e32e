"""What a redline cannot mark, it tells: lists, styles, settings and comments."""

from dataclasses import replace

import pytest
from pairs_of_headers import refer
from redline_pieces import SCOPE, para, run
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


_PLAIN = Small(_BODY.replace(_ITEM, ""))
_QUOTED = para("Draft", '<w:pStyle w:val="Quote"/>')


@pytest.mark.parametrize(
    ("old", "before", "after", "line"),
    [
        pytest.param(
            _PLAIN,
            '<w:name w:val="Normal"/>',
            '<w:name w:val="Normal"/><w:rPr><w:sz w:val="40"/></w:rPr>',
            "the style Normal in new.docx looks another way",
            id="the style of text that names none",
        ),
        pytest.param(
            _PLAIN,
            '<w:sz w:val="22"/>',
            '<w:sz w:val="40"/>',
            "the look of text that no style says is another in new.docx",
            id="what holds for text of all styles",
        ),
        pytest.param(
            replace(
                _PLAIN, related={"rId1": ("header", _QUOTED)}, section=refer("rId1")
            ),
            "<w:i/>",
            "<w:caps/>",
            "the style Quote in new.docx looks another way",
            id="a style of a header",
        ),
        pytest.param(
            Small(para("Draft", '<w:pStyle w:val="Small"/>')),
            "<w:i/>",
            "<w:caps/>",
            "the style Quote in new.docx looks another way",
            id="a style on which another is based",
        ),
    ],
)
def test_what_says_how_text_looks_is_told(
    old: Small, before: str, after: str, line: str
) -> None:
    based = (
        '<w:style w:type="paragraph" w:styleId="Small"><w:name w:val="Small"/>'
        '<w:basedOn w:val="Quote"/></w:style>'
    )
    old = replace(old, styles=STYLES + based)
    new = replace(old, styles=old.styles.replace(before, after, 1))
    assert new.styles != old.styles

    (told,) = _unmarked(old, new)

    assert told.startswith(line)


def _with_settings(settings: str) -> Small:
    return replace(_PLAIN, related={"rIdSet": ("settings", settings)})


_EVEN = "<w:evenAndOddHeaders/>"
_PROTECTED = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("", _EVEN, "even pages of new.docx have headers and footers of their own"),
        (_EVEN, "", "even pages of old.docx have headers and footers of their own"),
        ("", _PROTECTED, "new.docx is protected against changes in another way"),
        (_PROTECTED, "", "new.docx is protected against changes in another way"),
    ],
)
def test_a_setting_that_is_seen_is_told(old: str, new: str, line: str) -> None:
    (told,) = _unmarked(_with_settings(old), _with_settings(new))

    assert told.startswith(line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<w:evenAndOddHeaders w:val="0"/>', ""),
        (_EVEN, '<w:evenAndOddHeaders w:val="true"/>'),
        (_PROTECTED.replace('"1"', '"0"'), ""),
        ('<w:zoom w:percent="100"/>', '<w:zoom w:percent="120"/>'),
    ],
)
def test_a_setting_that_means_the_same_is_not_told(old: str, new: str) -> None:
    assert _unmarked(_with_settings(old), _with_settings(new)) == ()


def _commented(*texts: str, author: str = "Bob", first: int = 1) -> Small:
    """Return a file with a comment on each paragraph."""
    numbers = range(first, first + len(texts))
    comments = "".join(
        f'<w:comment w:id="{number}" w:author="{author}" w:initials="B" '
        f'w:date="2026-01-01T00:00:00Z">{para(text)}</w:comment>'
        for number, text in zip(numbers, texts, strict=True)
    )
    body = "".join(
        para(run(SCOPE) + f'<w:r><w:commentReference w:id="{number}"/></w:r>')
        for number in numbers
    )
    return Small(body, related={"rIdC": ("comments", comments)})


def test_a_comment_that_was_edited_is_told_by_its_author_and_place() -> None:
    told = _unmarked(_commented("Why?", "Who?"), _commented("Why?", "When?"))

    assert told == (
        'the comment by Bob at "The Supplier provides the services that..." has another '
        "text in new.docx than before, which has no mark",
    )


def test_of_many_edited_comments_three_are_told_and_the_others_counted() -> None:
    olds, news = [f"{n}" for n in range(5)], [f"new {n}" for n in range(5)]

    *three, last = _unmarked(_commented(*olds), _commented(*news))

    assert len(three) == 3
    assert last.startswith("2 more comments have another text in new.docx")


def test_comments_that_were_only_numbered_anew_are_not_told() -> None:
    assert _unmarked(_commented("Why?"), _commented("Why?", first=7)) == ()
    assert _unmarked(_commented("Why?"), _commented("Who?", author="Eve")) == ()
    assert _unmarked(_commented("Why?", "Who?"), _commented("Who?", "Why?")) == ()
