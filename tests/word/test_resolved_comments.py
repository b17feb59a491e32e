"""Comments on text that came or went: none is left at a place where nothing stands."""

import pytest
from redline_pieces import LAW, SCOPE, TERM, para, row, table
from revision_cases import KEEP, NIAMH, dele, end, ins, mark, p
from small_docx import Small
from test_word_revisions import OF_OMAR, as_written, body_of, opened, part, part_of
from word_files import run

from slacontracts.redline import redline
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import w
from slacontracts.word.revisions import ALL, accept, reject

START = '<w:commentRangeStart w:id="4"/>'
END = '<w:commentRangeEnd w:id="4"/>'
SIGN = '<w:r><w:commentReference w:id="4"/></w:r>'
COMMENT = f'<w:comment w:id="4" w:author="Niamh">{para("Why?")}</w:comment>'
ABOUT = {
    "word__comments.xml": (
        '<w:comments xmlns:w="{0}" xmlns:w14="{1}"><w:comment w:id="4"><w:p '
        'w14:paraId="A1"/></w:comment><w:comment w:id="9"><w:p w14:paraId="B2"/>'
        "</w:comment></w:comments>"
    ),
    "word__commentsExtended.xml": (
        '<x:commentsEx xmlns:x="urn:2012"><x:commentEx x:paraId="A1"/>'
        '<x:commentEx x:paraId="B2"/></x:commentsEx>'
    ),
    "word__commentsIds.xml": (
        '<x:commentsIds xmlns:x="urn:cid"><x:commentId x:paraId="A1" x:durableId="C3"/>'
        '<x:commentId x:paraId="B2" x:durableId="D4"/></x:commentsIds>'
    ),
    "word__commentsExtensible.xml": (
        '<x:commentsExtensible xmlns:x="urn:cex"><x:commentExtensible '
        'x:durableId="C3"/><x:commentExtensible x:durableId="D4"/>'
        "</x:commentsExtensible>"
    ),
}


def commented(body: str) -> WordFile:
    return opened(body, **{"word__comments.xml": part("comments", COMMENT)})


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        pytest.param(p(START + dele("a") + END + mark("del", SIGN, 9) + run("b")), p(run("b")), id="text and sign"),
        pytest.param(p(mark("del", START + run("a") + END + SIGN) + run("b")), p(run("b")), id="all in one mark"),
        pytest.param(p(START + dele("a"), end("del")) + p(END + mark("del", SIGN) + run("b")), p(run("b")), id="across a joint"),
        pytest.param(START + p(dele("a") + mark("del", SIGN), end("del")) + END + KEEP, KEEP, id="around a paragraph"),
        pytest.param(p(START + dele("a") + END + run("b")), p(run("b")), id="no sign at all"),
        pytest.param(p(START + dele("a") + run("b")), p(run("b")), id="start alone"),
        pytest.param(p(dele("a") + END + run("b")), p(run("b")), id="end alone"),
    ],
)  # fmt: skip
def test_a_comment_goes_with_the_sign_of_it(body: str, accepted: str) -> None:
    data = accept(commented(body), ALL)

    assert body_of(data) == as_written(accepted)


@pytest.mark.parametrize(
    ("body", "accepted"),
    [
        pytest.param(p(START + dele("a") + END + SIGN), p(START + END + SIGN), id="only its text is deleted"),
        pytest.param(p(mark("del", START + run("a")) + END + SIGN), p(START + END + SIGN), id="its text and its start"),
        pytest.param(p(START + dele("a") + run("b") + END + SIGN), p(START + run("b") + END + SIGN), id="half of its text"),
        pytest.param(p(START + run("b") + END + mark("del", SIGN, 3, NIAMH) + dele("a")), p(START + run("b") + END + mark("del", SIGN, 3, NIAMH)), id="by somebody else"),
    ],
)  # fmt: skip
def test_a_comment_stays_while_the_sign_of_it_stays(body: str, accepted: str) -> None:
    data = accept(commented(body), OF_OMAR)

    assert body_of(data) == as_written(accepted)
    assert "Why?" in part_of(data, "word/comments.xml")


def test_a_rejected_comment_goes_with_its_range() -> None:
    file = commented(p(START + ins("a") + END + mark("ins", SIGN, 9) + run("b")))

    data = reject(file, ALL)

    assert body_of(data) == as_written(p(run("b")))
    assert "Why?" not in part_of(data, "word/comments.xml")


def test_what_other_parts_say_of_a_comment_goes_with_it() -> None:
    spaces = (w("")[1:-1], "http://schemas.microsoft.com/office/word/2010/wordml")
    file = opened(
        p(START + dele("a") + END + mark("del", SIGN, 9) + run("b")),
        **{name: text.format(*spaces) for name, text in ABOUT.items()},
    )

    data = accept(file, ALL)

    for name in ABOUT:
        (left,) = admit(data, "a.docx").tree(name.replace("__", "/"))
        assert {"9", "B2", "D4"} & {
            *left.values(),
            *(v for o in left for v in o.values()),
        }


@pytest.mark.parametrize(
    ("with_comment", "without"),
    [
        pytest.param(para(f"{START}{run(TERM)}{END}{SIGN}"), "", id="paragraph"),
        pytest.param(para(START + run(TERM)) + para(run(LAW) + END + SIGN), "", id="two paragraphs"),
        pytest.param(START + para(TERM) + END + para(SIGN + run(LAW)), "", id="ends between paragraphs"),
        pytest.param(para(run("One ") + START + run("two ") + END + SIGN + run("three.")), para(run("One ") + run("three.")), id="words"),
        pytest.param(table(row("a", "b"), row(f"<w:tc><w:tcPr/>{para(START + run('c') + END + SIGN)}</w:tc>", "d")), table(row("a", "b")), id="row"),
        pytest.param(table(row(f"<w:tc><w:tcPr/>{para(START + run('c') + END + SIGN)}</w:tc>", "d")), "", id="table"),
    ],
)  # fmt: skip
def test_a_redline_leaves_no_comment_on_a_passage_that_is_gone(
    with_comment: str, without: str
) -> None:
    related = {"rId9": ("comments", COMMENT)}
    commented = Small(para(SCOPE) + with_comment + para(LAW), related)
    plain = Small(para(SCOPE) + without + para(LAW))
    files = admit(commented.data(), "a.docx"), admit(plain.data(), "b.docx")
    gone, came = (
        admit(redline(*pair, author="Ada", date="2026-03-01T09:00:00Z").data, "c.docx")
        for pair in (files, files[::-1])
    )

    for data in (accept(gone, ALL), reject(came, ALL)):
        body = admit(data, "d.docx").tree("word/document.xml")
        assert not [one for one in body.iter() if "comment" in one.tag.lower()]
        (comments,) = (n for n in admit(data, "d").package.names if "comments" in n)
        assert len(admit(data, "d").tree(comments)) == 0
