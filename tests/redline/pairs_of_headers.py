"""Pairs of files whose sections share headers, or take them from the one before."""

from typing import Final

from pairs_of_objects import picture
from pairs_of_stories import section
from redline_pieces import (
    CREDIT,
    LAW,
    NOTICE,
    SCOPE,
    TERM,
    VALUE,
    Marks,
    Pair,
    pair,
    para,
    run,
)
from small_docx import BLUE_DOT, PAGE, RED_DOT

_FIRST: Final = "Part 1 of the draft"
_SECOND: Final = "Annex of the tariff"
_THIRD: Final = "Terms for the guests"
_ONE: Final = Marks(1, 1)
_REPLACED: Final = Marks(2, 2, 2)


def refer(identity: str, which: str = "default", kind: str = "header") -> str:
    return f'<w:{kind}Reference w:type="{which}" r:id="{identity}"/>'


def of_three(first: str, second: str) -> str:
    """Return the paragraphs of three sections; what the first two refer to."""
    return (
        para(TERM)
        + section(first + PAGE)
        + para(CREDIT)
        + section(second + PAGE)
        + para(SCOPE)
    )


def with_heads(last: str, **texts: str) -> dict[str, object]:
    """Return the fields of a file; last: what the last section refers to."""
    return {
        "related": {one: ("header", para(text)) for one, text in texts.items()},
        "section": last,
    }


_ONE_AND_TWO: Final = {"rId1": _FIRST, "rId2": _SECOND}
_THREE: Final = of_three(refer("rId1"), refer("rId2"))
_TWO: Final = para(TERM) + section(refer("rId1") + PAGE) + para(CREDIT)
_TITLE: Final = {"page": PAGE + "<w:titlePg/>"}
_MARK: Final = '<w:bookmarkStart w:id="3" w:name="logo"/><w:bookmarkEnd w:id="3"/>'
_RED: Final = para(run(_FIRST) + _MARK + picture("rId8"))
_BLUE: Final = para(run(_FIRST) + picture("rId9", 2))


def linked(address: str) -> dict[str, object]:
    link = f'<w:hyperlink r:id="rId9">{run("the site")}</w:hyperlink>'
    return {
        "related": {"rId1": ("header", para(run("See ") + link))},
        "section": refer("rId1"),
        "below": {"rId1": {"rId9": ("hyperlink", address)}},
    }


def both_ways(
    name: str,
    other: str,
    old: tuple[str, dict[str, object]],
    new: tuple[str, dict[str, object]],
    marks: Marks,
) -> list[Pair]:
    turned = Marks(
        marks.dels, marks.ins, marks.paragraphs, marks.rows, marks.formats, marks.moves
    )
    return [
        pair(name, old[0], new[0], marks, only_old=old[1], only_new=new[1]),
        pair(other, new[0], old[0], turned, only_old=new[1], only_new=old[1]),
    ]


PAIRS: Final[list[Pair]] = [
    *both_ways(
        "second section takes the header of the first",
        "second section gets a header of its own",
        (_TWO, with_heads(refer("rId2"), **_ONE_AND_TWO)),
        (_TWO, with_heads("", rId1=_FIRST)),
        _REPLACED,
    ),
    *both_ways(
        "two sections come to share a header",
        "two sections share a header no more",
        (_TWO, with_heads(refer("rId2"), **_ONE_AND_TWO)),
        (_TWO, with_heads(refer("rId1"), rId1=_FIRST)),
        _REPLACED,
    ),
    *both_ways(
        "first page comes to share a header",
        "first page shares a header no more",
        (
            _TWO,
            with_heads(refer("rId1") + refer("rId2", "first"), **_ONE_AND_TWO) | _TITLE,
        ),
        (
            _TWO,
            with_heads(refer("rId1") + refer("rId1", "first"), rId1=_FIRST) | _TITLE,
        ),
        _REPLACED,
    ),
    *both_ways(
        "sections lose the header that they share",
        "sections get a header that they share",
        (_TWO, with_heads(refer("rId1"), rId1=_FIRST)),
        (para(TERM) + section(PAGE) + para(CREDIT), {}),
        Marks(0, 1, 1),
    ),
    *both_ways(
        "middle of three sections loses its header, of three",
        "middle of three sections gets a header, of three",
        (_THREE, with_heads(refer("rId3"), **_ONE_AND_TWO, rId3=_THIRD)),
        (
            of_three(refer("rId1"), ""),
            with_heads(refer("rId3"), rId1=_FIRST, rId3=_THIRD),
        ),
        _REPLACED,
    ),
    *both_ways(
        "middle of three sections loses its header, which the last took",
        "middle of three sections gets a header, which the last takes",
        (_THREE, with_heads("", **_ONE_AND_TWO)),
        (of_three(refer("rId1"), ""), with_heads("", rId1=_FIRST)),
        _REPLACED,
    ),
    *both_ways(
        "section whose header the next one took removed",
        "section added before one that takes its header",
        (_THREE, with_heads("", **_ONE_AND_TWO)),
        (_TWO.replace(CREDIT, SCOPE), with_heads("", rId1=_FIRST)),
        Marks(1, 2, 4),
    ),
    *both_ways(
        "header goes on in the second section as its own",
        "header of its own comes from the first section",
        (_TWO, with_heads("", rId1=_FIRST)),
        (_TWO, with_heads(refer("rId2"), rId1=_FIRST, rId2=_FIRST)),
        Marks(),
    ),
    *both_ways(
        "header of the first becomes that of the second, which had it",
        "header of the first is no more that of the second",
        (_TWO, with_heads(refer("rId2"), **_ONE_AND_TWO)),
        (_TWO, with_heads("", rId1=_SECOND)),
        _REPLACED,
    ),
    *both_ways(
        "section removed, and the next one takes the header of the first",
        "section added, and the next one has a header of its own",
        (_THREE, with_heads(refer("rId3"), **_ONE_AND_TWO, rId3=_THIRD)),
        (_TWO.replace(CREDIT, SCOPE), with_heads("", rId1=_FIRST)),
        Marks(2, 3, 6),
    ),
    pair(
        "footers of sections, one of which takes the other's",
        para(TERM) + section(refer("rId1", kind="footer") + PAGE) + para(CREDIT),
        para(TERM) + section(refer("rId1", kind="footer") + PAGE) + para(CREDIT),
        _REPLACED,
        only_old={
            "related": {
                "rId1": ("footer", para(NOTICE)),
                "rId2": ("footer", para(LAW)),
            },
            "section": refer("rId2", kind="footer"),
        },
        only_new={"related": {"rId1": ("footer", para(NOTICE))}},
    ),
    pair(
        "header with a picture comes to be shared",
        _TWO,
        _TWO,
        Marks(1, 3, 2),
        only_old={
            "related": {"rId1": ("header", _RED), "rId2": ("header", _BLUE)},
            "section": refer("rId2"),
            "below": {
                "rId1": {"rId8": ("image", RED_DOT)},
                "rId2": {"rId9": ("image", BLUE_DOT)},
            },
        },
        only_new={
            "related": {"rId1": ("header", _RED)},
            "section": refer("rId1"),
            "below": {"rId1": {"rId8": ("image", RED_DOT)}},
        },
    ),
    pair(
        "headers that are the same come to be one, with another word",
        _TWO,
        _TWO,
        VALUE,
        only_old=with_heads(refer("rId2"), rId1=_FIRST, rId2=_FIRST),
        only_new=with_heads(refer("rId1"), rId1=_FIRST.replace("draft", "copy")),
    ),
    pair(
        "address of a link in a header",
        para(TERM),
        para(TERM),
        _ONE,
        only_old=linked("https://status.example/"),
        only_new=linked("https://help.example/"),
    ),
    pair(
        "words of a header that sections take, and of one",
        of_three(refer("rId1"), ""),
        of_three(refer("rId1"), ""),
        VALUE,
        only_old=with_heads("", rId1=_FIRST),
        only_new=with_heads("", rId1=_FIRST.replace("draft", "copy")),
    ),
]
