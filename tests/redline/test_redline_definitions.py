"""Styles and lists that only one file has, on their way into the result."""

import pytest
from carrying import PLAIN, carried, paragraph
from small_docx import BLUE_DOT, RED_DOT, STYLES, Small, lists, style

from slacontracts.word.names import r, w


def test_a_style_comes_along_with_the_style_it_is_based_on() -> None:
    based = '<w:basedOn w:val="Ground"/>'
    styles = (
        STYLES
        + style("Ground")
        + style("Special").replace('<w:basedOn w:val="Normal"/>', based)
    )
    old = Small(paragraph('<w:pPr><w:pStyle w:val="Special"/></w:pPr>'), styles=styles)

    _, result = carried(old, PLAIN)

    known = [
        one.get(w("styleId")) for one in result.tree("word/styles.xml").iter(w("style"))
    ]
    assert {"Ground", "Special"} < set(known)
    assert len(known) == len(set(known))


@pytest.mark.parametrize(
    ("old", "new", "number", "count"),
    [
        pytest.param({3: "decimal"}, {3: "decimal"}, "3", 1, id="equal"),
        pytest.param({3: "decimal"}, {1: "lowerRoman"}, "3", 2, id="free"),
        pytest.param({3: "decimal"}, {3: "lowerRoman"}, "4", 2, id="another list"),
    ],
)
def test_a_list_keeps_its_number_where_it_can(
    old: dict[int, str], new: dict[int, str], number: str, count: int
) -> None:
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'

    block, result = carried(
        Small(paragraph(item), numbering=lists(old)),
        Small(PLAIN.body, numbering=lists(new)),
    )

    assert next(block.iter(w("numId"))).get(w("val")) == number
    root = result.tree("word/numbering.xml")
    assert [one.tag for one in root] == [w("abstractNum")] * count + [w("num")] * count
    (mine,) = [one for one in root.iter(w("num")) if one.get(w("numId")) == number]
    meant = mine[0].get(w("val"))
    (abstract,) = [
        one
        for one in root.iter(w("abstractNum"))
        if one.get(w("abstractNumId")) == meant
    ]
    assert next(abstract.iter(w("numFmt"))).get(w("val")) == "decimal"


def test_a_list_comes_along_when_new_has_none() -> None:
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>'

    _, result = carried(Small(paragraph(item)), Small(PLAIN.body, numbering=""))

    assert result.tree("word/numbering.xml").find(w("num")) is not None


def test_a_picture_that_is_a_bullet_comes_along_with_its_list() -> None:
    bullet = (
        '<w:numPicBullet w:numPicBulletId="0"><w:pict><v:shape><v:imagedata r:id="rId1"/>'
        "</v:shape></w:pict></w:numPicBullet>"
    )
    named = '<w:lvlPicBulletId w:val="0"/><w:lvlJc'
    old = Small(
        paragraph('<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>'),
        numbering=bullet + lists({3: "bullet"}).replace("<w:lvlJc", named),
        below={"rIdLists": {"rId1": ("image", RED_DOT)}},
    )
    new = Small(
        PLAIN.body,
        numbering=bullet + lists({1: "decimal"}),
        below={"rIdLists": {"rId1": ("image", BLUE_DOT)}},
    )

    _, result = carried(old, new)

    root = result.tree("word/numbering.xml")
    bullets = [one.get(w("numPicBulletId")) for one in root.iter(w("numPicBullet"))]
    assert bullets == ["0", "1"]
    used = {one.get(w("val")) for one in root.iter(w("lvlPicBulletId"))}
    assert used == {"1"}
    identity = next(root[1].iter("{*}imagedata")).get(r("id"))
    (one,) = [
        one
        for one in result.relationships
        if "numbering" in one.part and one.identity == identity
    ]
    assert result.package.read(one.meant or "") == RED_DOT


def test_a_style_whose_name_is_taken_keeps_its_id_and_gets_another_name() -> None:
    old = Small(
        paragraph('<w:pPr><w:pStyle w:val="Titre1"/></w:pPr>'),
        styles=STYLES
        + style("Titre1").replace('name w:val="Titre1"', 'name w:val="heading1"'),
    )

    _, result = carried(old, PLAIN)

    root = result.tree("word/styles.xml")
    names = {
        one.get(w("styleId")): one.find(w("name")).get(w("val"))
        for one in root.iter(w("style"))
    }
    assert names["Heading1"] == "Heading1"
    assert names["Titre1"] == "heading1 2"
