"""What only one file has, on its way into the result."""

import pytest
from carrying import MAIN, PLAIN, brought, carried, file, paragraph, related
from lxml import etree
from small_docx import BLUE_DOT, NAMESPACES, RED_DOT, Small, lists

from slacontracts.redline.carry import Carrier
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.names import r, w
from slacontracts.word.package import write_package


def picture(identity: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" '
        f'name="P"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{identity}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def test_nothing_is_altered_when_nothing_needs_to_come_along() -> None:
    carrier = Carrier(file(PLAIN), file(PLAIN))

    carrier.carry(file(PLAIN).tree(MAIN)[0][0], MAIN, MAIN)

    assert carrier.parts() == {}


@pytest.mark.parametrize(
    ("new", "is_shared"),
    [
        pytest.param({}, False, id="only in OLD"),
        pytest.param({"rId7": ("image", BLUE_DOT)}, False, id="another of that name"),
        pytest.param({"rId9": ("image", RED_DOT)}, True, id="the same under another"),
    ],
)
def test_a_picture_comes_along_with_its_relationship(
    new: dict[str, tuple[str, str | bytes]], is_shared: bool
) -> None:
    old = Small(paragraph(picture("rId7")), {"rId7": ("image", RED_DOT)})

    block, result = carried(old, Small(PLAIN.body, new))

    (blip,) = block.iter("{*}blip")
    one = related(result, blip.get(r("embed")))
    assert result.package.read(one.meant) == RED_DOT
    assert result.types.of(one.meant) == "image/png"
    pictures = [name for name in result.package.names if "media" in name]
    assert len(pictures) == len(new) + (not is_shared)


def test_an_address_is_named_by_an_id_that_means_it() -> None:
    link = '<w:hyperlink r:id="rId7"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
    old = Small(paragraph(link), {"rId7": ("hyperlink", "https://old.example/")})
    new = Small(PLAIN.body, {"rId7": ("hyperlink", "https://new.example/")})

    block, result = carried(old, new)

    one = related(result, block[0].get(r("id")))
    assert one.target == "https://old.example/"
    assert related(result, "rId7").target == "https://new.example/"


@pytest.mark.parametrize("kind", ["footnotes", "endnotes", "comments"])
@pytest.mark.parametrize("has_others", [True, False])
def test_a_note_comes_along_under_an_id_of_its_own(kind: str, has_others: bool) -> None:
    one = kind[:-1]
    attributes = 'w:author="A" w:initials="A"' if one == "comment" else ""

    def notes(text: str) -> str:
        return f'<w:{one} w:id="1" {attributes}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{one}>'

    reference = f'<w:r><w:{one}Reference w:id="1"/></w:r>'
    old = Small(paragraph(reference), {"rId5": (kind, notes("of old"))})
    new = Small(
        paragraph(reference if has_others else ""),
        {"rId5": (kind, notes("of new"))} if has_others else {},
    )

    block, result = carried(old, new)

    identity = next(block.iter(w(f"{one}Reference"))).get(w("id"))
    root = result.tree(f"word/{kind}.xml")
    texts = {one.get(w("id")): "".join(one.itertext()) for one in root}
    assert texts[identity] == "of old"
    assert len(texts) == 1 + has_others


def test_a_bookmark_of_new_is_not_made_twice_and_another_gets_a_free_id() -> None:
    def mark(number: int, name: str) -> str:
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'

    old = Small(paragraph(mark(0, "both") + mark(1, "only_old")))
    new = Small(paragraph(mark(1, "both")))

    block, _ = carried(old, new)

    assert [one.get(w("name")) for one in block.iter(w("bookmarkStart"))] == [
        "only_old"
    ]
    assert [one.get(w("id")) for one in block] == ["2", "2"]


def test_half_a_bookmark_does_not_stay() -> None:
    old = Small(
        paragraph('<w:bookmarkStart w:id="0" w:name="a"/>')
        + paragraph('<w:bookmarkEnd w:id="0"/>')
    )

    block, _ = carried(old, PLAIN)

    assert len(block) == 0


def test_drawings_controls_and_paragraphs_get_ids_of_their_own() -> None:
    control = '<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>'
    body = f'<w:p w14:paraId="0A0B0C0D">{control}{picture("rId7")}</w:p>'
    both = Small(body, {"rId7": ("image", RED_DOT)})

    block, _ = carried(both, both)

    assert next(block.iter("{*}docPr")).get("id") == "2"
    assert next(block.iter(w("sdtPr")))[0].get(w("val")) == "78"
    assert not block.attrib


def test_a_header_comes_along_with_its_picture() -> None:
    header = paragraph(picture("rId1"))
    section = '<w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rId5"/></w:sectPr></w:pPr>'
    old = Small(
        paragraph(section),
        {"rId5": ("header", header)},
        below={"rId5": {"rId1": ("image", RED_DOT)}},
    )
    new = Small(
        PLAIN.body,
        {"rId5": ("header", paragraph(""))},
        '<w:headerReference w:type="default" r:id="rId5"/>',
    )

    block, result = carried(old, new)

    reference = next(block.iter(w("headerReference"))).get(r("id"))
    name = related(result, reference).meant
    assert result.types.of(name).endswith("header+xml")
    blip = next(result.tree(name).iter("{*}blip"))
    (mine,) = [one for one in result.relationships if name.split("/")[1] in one.part]
    assert mine.identity == blip.get(r("embed"))
    assert result.package.read(mine.meant or "") == RED_DOT


def test_what_old_lets_programs_ignore_may_be_ignored_in_the_result() -> None:
    new = PLAIN.data()
    bare = admit(new, "new.docx")
    root = etree.fromstring(
        bare.package.read(MAIN).replace(b' mc:Ignorable="w14"', b"")
    )
    package = bare.package.with_parts({MAIN: etree.tostring(root)})
    after = admit(write_package(package.members), "new.docx")

    tree = Carrier(file(PLAIN), after).tree(MAIN)

    assert (
        tree.get(
            "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
        )
        == "w14"
    )
    assert len(tree[0]) == 2
    assert "w14" in NAMESPACES


def with_parts(
    small: Small, related: str, more: dict[str, tuple[str, str]]
) -> WordFile:
    """Return a file with more parts; related: lines for the main part's relations."""
    bare = file(small)
    links = bare.package.read("word/_rels/document.xml.rels").decode()
    types = bare.package.read("[Content_Types].xml").decode()
    said = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, (kind, _) in more.items()
        if kind
    )
    parts = {name: text.encode() for name, (_, text) in more.items()}
    parts["word/_rels/document.xml.rels"] = links.replace(
        "</Relationships>", f"{related}</Relationships>"
    ).encode()
    parts["[Content_Types].xml"] = types.replace("</Types>", f"{said}</Types>").encode()
    package = bare.package.with_parts(parts)
    return admit(write_package(package.members), "more.docx")


_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def drawn(inside: str) -> str:
    return paragraph(
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="D"/><a:graphic><a:graphicData '
        f'uri="x">{inside}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def test_a_chart_comes_along_with_the_workbook_behind_it() -> None:
    chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    body = drawn('<c:chart xmlns:c="urn:c" r:id="rId50"/>')
    relation = (
        f'<Relationship Id="rId50" Type="{_R}/chart" Target="charts/chart1.xml"/>'
    )

    def version(values: str) -> WordFile:
        inner = f'<Relationship Id="rId1" Type="{_R}/package" Target="../embeddings/book.xlsx"/>'
        more = {
            "word/charts/chart1.xml": (chart, f"<c:c xmlns:c='urn:c'>{values}</c:c>"),
            "word/charts/_rels/chart1.xml.rels": (
                "",
                f'<Relationships xmlns="{_LINKS}">{inner}</Relationships>',
            ),
            "word/embeddings/book.xlsx": (book, f"workbook {values}"),
        }
        return with_parts(Small(body), relation, more)

    block, result = brought(version("1 2 3"), version("4 5 6"))

    (shown,) = block.iter("{urn:c}chart")
    name = related(result, shown.get(r("id"))).meant
    assert result.tree(name).text == "1 2 3"
    assert result.types.of(name) == chart
    (inner,) = [one for one in result.relationships if name.split("/")[-1] in one.part]
    assert result.package.read(inner.meant or "") == b"workbook 1 2 3"
    assert result.tree("word/charts/chart1.xml").text == "4 5 6"


def test_smart_art_names_its_drawing_by_the_id_in_the_result() -> None:
    kind = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
    shapes = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
    old = with_parts(
        Small(drawn('<d:relIds xmlns:d="urn:d" r:dm="rId50"/>')),
        f'<Relationship Id="rId50" Type="{_R}/diagramData" Target="diagrams/data1.xml"/>'
        f'<Relationship Id="rId51" Type="{_R}/diagramDrawing" Target="diagrams/drawing1.xml"/>',
        {
            "word/diagrams/data1.xml": (kind, '<d:d xmlns:d="urn:d" relId="rId51"/>'),
            "word/diagrams/drawing1.xml": (shapes, '<d:s xmlns:d="urn:d">old</d:s>'),
        },
    )
    new = file(Small(PLAIN.body, {"rId51": ("hyperlink", "https://new.example/")}))

    block, result = brought(old, new)

    data = related(result, block.find(".//{urn:d}relIds").get(r("dm"))).meant
    drawing = related(result, result.tree(data).get("relId")).meant
    assert result.tree(drawing).text == "old"
    assert b'ContentType="' + kind.encode() in result.package.read(
        "[Content_Types].xml"
    )


@pytest.mark.parametrize("has_new", [True, False])
def test_a_link_of_a_picture_to_a_place_in_the_file_stays_one(has_new: bool) -> None:
    old = with_parts(
        Small(drawn('<a:hlinkClick r:id="rId50"/>')), relation_to("#place"), {}
    )
    new = with_parts(PLAIN, relation_to("#place") if has_new else "", {})

    block, result = brought(old, new)

    (link,) = block.iter("{*}hlinkClick")
    assert related(result, link.get(r("id"))).target == "#place"
    assert sum(one.target == "#place" for one in result.relationships) == 1
    assert result.package.names == new.package.names


def test_a_control_that_comes_along_is_not_filled_by_word_again() -> None:
    bound = '<w:dataBinding w:xpath="/x" w:storeItemID="{1}"/>'
    control = (
        f'<w:sdt><w:sdtPr><w:id w:val="7"/>{bound}<w:text/></w:sdtPr><w:sdtContent>'
        "<w:r><w:t>100</w:t></w:r></w:sdtContent></w:sdt>"
    )

    block, _ = carried(Small(paragraph(control)), PLAIN)

    (properties,) = block.iter(w("sdtPr"))
    assert [one.tag for one in properties] == [w("id"), w("text")]


def test_an_id_is_free_only_if_no_relationship_has_it() -> None:
    doubled = "".join(
        f'<Relationship Id="{one}" Type="{_R}/hyperlink" Target="https://new.example/"'
        ' TargetMode="External"/>'
        for one in ("rId49", "rId50")
    )
    old = with_parts(
        Small(drawn('<a:hlinkClick r:id="rId50"/>')), relation_to("#place"), {}
    )

    block, result = brought(old, with_parts(PLAIN, doubled, {}))

    (link,) = block.iter("{*}hlinkClick")
    assert related(result, link.get(r("id"))).target == "#place"
    assert related(result, "rId50").target == "https://new.example/"


def relation_to(place: str) -> str:
    return f'<Relationship Id="rId50" Type="{_R}/hyperlink" Target="{place}"/>'


@pytest.mark.parametrize("kind", ["document", "printerSettings"])
def test_a_file_within_the_file_is_not_searched_for_ids(kind: str) -> None:
    of_word = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}"
    new = with_parts(PLAIN, "", {"word/embeddings/one.bin": (of_word, "PK no XML")})
    drawing = drawn('<a:hlinkClick r:id="rId50"/>')

    block, result = brought(file(Small(drawing)), new)

    assert next(block.iter("{*}docPr")).get("id") == "1"
    assert result.package.read("word/embeddings/one.bin") == b"PK no XML"


@pytest.mark.parametrize("number", ["x", "", "9" * 5000, "-1", "٣", "4294967295"])
def test_ids_that_are_no_numbers_do_no_harm(number: str) -> None:
    item = f'<w:pPr><w:numPr><w:numId w:val="{number}"/></w:numPr></w:pPr>'
    mark = (
        f'<w:bookmarkStart w:id="{number}" w:name="a"/><w:bookmarkEnd w:id="{number}"/>'
    )
    control = (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/></w:sdtPr><w:sdtContent/></w:sdt>'
    )
    note = f'<w:footnote w:id="{number}"><w:p/></w:footnote>'
    reference = f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'
    old = Small(
        paragraph(item + mark + control + reference),
        {"rId5": ("footnotes", note)},
        numbering=lists({1: "decimal"}).replace('numId="1"', f'numId="{number}"'),
    )
    new = Small(
        paragraph(item + mark.replace('"a"', '"b"') + control),
        {"rId5": ("footnotes", f"<!-- none -->{note}")},
        numbering=lists({1: "upperRoman"}).replace('numId="1"', f'numId="{number}"'),
    )

    block, _ = carried(old, new)

    assert block.find(w("bookmarkStart")).get(w("id")).isdecimal()


def test_a_header_that_comes_along_is_not_the_header_of_new() -> None:
    reference = '<w:headerReference w:type="default" r:id="rId5"/>'
    header = ("header", paragraph("<w:r><w:t>Both</w:t></w:r>"))
    old = Small(
        paragraph(f"<w:pPr><w:sectPr>{reference}</w:sectPr></w:pPr>"), {"rId5": header}
    )
    new = Small(PLAIN.body, {"rId5": header}, reference)

    block, result = carried(old, new)

    mine = next(block.iter(w("headerReference"))).get(r("id"))
    assert related(result, mine).meant != related(result, "rId5").meant
