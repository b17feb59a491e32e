"""The gate: what is active or ambiguous is refused, what needs a look is noted."""

import random
import re
import tracemalloc

import pytest
from word_files import (
    KIND,
    LINKS,
    MAIN,
    ROOT,
    TYPES,
    code,
    document,
    links,
    mark,
    one_field,
    paragraph,
    parts,
    run,
    types,
    word_file,
    zipped,
)

from slacontracts.errors import WordFileError
from slacontracts.word.gate import admit
from slacontracts.word.names import CONTENT_TYPES, MAIN_TYPE, W, w
from slacontracts.word.relationships import STRICT

MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
OUT = "External"


def without(*names: str) -> bytes:
    return zipped({name: one for name, one in parts().items() if name not in names})


def with_types(main: str, **more: str) -> bytes:
    return zipped(
        {**parts(), TYPES: types(main, {f"/{k}": v for k, v in more.items()})}
    )


def nested(name: str, outer: str) -> str:
    """Return a field inside the code of another."""
    inner = mark("begin") + code(name) + mark("separate") + run("x") + mark("end")
    return paragraph(mark("begin"), code(outer), inner, mark("end"))


NO_WORD_DOCUMENT = [
    pytest.param(without(TYPES), "has no part [Content_Types].xml", id="no types"),
    pytest.param(without(ROOT), "does not name one main part", id="no relationships"),
    pytest.param(without(MAIN), "does not name one main part", id="no main part"),
    pytest.param(with_types("text/plain"), "not a plain Word document", id="text"),
    pytest.param(with_types(MAIN_TYPE.replace("wordprocessingml.document", "spreadsheetml.sheet")), "an Excel workbook", id="Excel"),
    pytest.param(with_types(MAIN_TYPE.replace("document.main", "template.main")), "a Word template", id="template"),
    pytest.param(zipped({**parts(), MAIN: f'<w:styles xmlns:w="{W}"/>'}), "is not a document", id="other root"),
    pytest.param(zipped({**parts(), MAIN: document("").replace(W, STRICT + "wordprocessingml/main")}), "Strict Open XML", id="strict"),
    pytest.param(zipped({**parts(), ROOT: links((STRICT + "officeDocument/relationships/officeDocument", MAIN))}), "Strict Open XML", id="strict relationships"),
    pytest.param(zipped({**parts(), ROOT: links(("officeDocument", MAIN), ("officeDocument", LINKS))}), "does not name one main part", id="two main parts"),
    pytest.param(zipped({**parts(), TYPES: types(more={f"/{MAIN.upper()}": "text/plain"})}), "two kinds of content", id="two types"),
]  # fmt: skip

BROKEN_XML = [
    pytest.param(b"<!DOCTYPE a><a/>", "DOCTYPE", id="DOCTYPE"),
    pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE", id="entity"),
    pytest.param('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "DOCTYPE", id="in UTF-16"),
    pytest.param('<!DOCTYPE a><a/>'.encode("utf-16-be"), "DOCTYPE", id="in UTF-16 without a mark"),
    pytest.param(b'<?xml version="1.0" encoding="utf-7"?>+ADw-a/+AD4-', "UTF-8 or UTF-16", id="UTF-7"),
    pytest.param(b'<?xml version="1.0" encoding="utf-16"?><a/>', "UTF-8 or UTF-16", id="says another encoding"),
    pytest.param(b"\xff\xfe<", "UTF-8 or UTF-16", id="half a character"),
    pytest.param(b"<a>\xff</a>", "not well-formed", id="no UTF-8"),
    pytest.param(b"<a><b></a>", "not well-formed", id="unclosed"),
    pytest.param(b"<a>&#11;</a>", "not well-formed", id="control character"),
    pytest.param(b"<a>\0</a>", "not well-formed", id="NUL"),
    pytest.param(b"", "not well-formed", id="nothing"),
    pytest.param(b"<a>" * 251 + b"</a>" * 251, "more than 250 deep", id="deep"),
    pytest.param(b"<a>" * 9000 + b"</a>" * 9000, "more than 250 deep", id="very deep"),
    pytest.param(b"<a>" + b"<b/>" * 200_000 + b"</a>", "more than 200,000 elements", id="many elements"),
    pytest.param(b"<a " + b" ".join(b'a%d=""' % n for n in range(600_001)) + b"/>", "too large", id="many attributes"),
]  # fmt: skip

ACTIVE = [
    pytest.param(with_types(MACRO_TYPE), "macros", id="macro document"),
    pytest.param(with_types(MAIN_TYPE, **{"word/v.bin": "application/vnd.ms-office.vbaProject"}), "macros", id="macro type"),
    pytest.param(word_file(targets=[(MICROSOFT + "vbaProject", "v.bin")]), "macros", id="macro part"),
    pytest.param(word_file(targets=[("control", "activeX/a.xml")]), "ActiveX", id="control part"),
    pytest.param(word_file('<w:control r:id="rId1"/>'), "ActiveX", id="control"),
    pytest.param(with_types(MAIN_TYPE, **{"word/a.xml": "application/vnd.ms-office.activeX+xml"}), "ActiveX", id="control type"),
    pytest.param(word_file(targets=[("aFChunk", "c.html")]), "altChunk", id="imported part"),
    pytest.param(word_file('<w:altChunk r:id="rId1"/>'), "altChunk", id="import"),
    pytest.param(word_file(targets=[("subDocument", "b.docx", OUT)]), "sub-document", id="sub-document"),
    pytest.param(word_file('<w:subDoc r:id="rId1"/>'), "sub-document", id="place of a sub-document"),
    pytest.param(word_file(targets=[("frame", "b.htm", OUT)]), "a frame", id="frame"),
    pytest.param(word_file(targets=[("oleObject", "http://127.0.0.1:9/a!", OUT)]), "a linked object", id="linked object"),
    pytest.param(word_file('<o:OLEObject Type="Link" r:id="rId1"/>'), "a linked object", id="link of an object"),
    pytest.param(word_file('<w:objectLink r:id="rId1"/>'), "a linked object", id="link of a strict object"),
    pytest.param(word_file(targets=[("styles", "http://127.0.0.1:9/s.xml", OUT)]), "a part of its own that lies outside", id="styles outside"),
    pytest.param(word_file(targets=[("image", "../../../etc/passwd")]), "leaves the file", id="climbing"),
    pytest.param(word_file(targets=[("image", "%2e%2e/%2e%2e/a")]), "leaves the file", id="climbing, escaped"),
    pytest.param(word_file(targets=[("image", "file:///c:/a.png")]), "leaves the file", id="file address inside"),
    pytest.param(word_file(targets=[("image", r"\\host.invalid\a.png")]), "leaves the file", id="network address inside"),
    pytest.param(word_file(targets=[("image", "//host.invalid/a.png")]), "leaves the file", id="address inside"),
    pytest.param(word_file(targets=[("image", "file://host.invalid/a.png", OUT)]), "on another computer", id="picture on a computer"),
    pytest.param(word_file(targets=[("image", r"\\host.invalid\a.png", OUT)]), "on another computer", id="picture in the network"),
    pytest.param(word_file(targets=[("image", "%5C%5Chost.invalid%5Ca.png", OUT)]), "on another computer", id="picture in the network, escaped"),
    pytest.param(zipped({**parts(), LINKS: links(("image", "a.png"), ("image", "b.png")).replace("rId2", "rId1")}), "two relationships", id="two of one id"),
    pytest.param(word_file(one_field("DDEAUTO c:\\\\a")), "(DDE)", id="DDE"),
    pytest.param(word_file(one_field("  dde ", "c:\\\\a")), "(DDE)", id="lower case"),
    pytest.param(word_file(one_field("D", "DE", "AUTO c:\\\\a")), "(DDE)", id="in pieces"),
    pytest.param(word_file(one_field("\u200bD\u2060DE a")), "(DDE)", id="invisible characters"),
    pytest.param(word_file(one_field("ＤＤＥ a")), "(DDE)", id="wide letters"),
    pytest.param(word_file(one_field('"DDE" a')), "(DDE)", id="quoted"),
    pytest.param(word_file('<w:p><w:fldSimple w:instr=" DdE a"/></w:p>'), "(DDE)", id="simple field"),
    pytest.param(word_file(nested("DDE a", "IF 1 = 1 ")), "(DDE)", id="in another field"),
    pytest.param(word_file(nested("QUOTE 68 68 69", "")), "another field decides", id="made by another field"),
    pytest.param(word_file(nested("QUOTE 68", "D")), "another field decides", id="half made by another field"),
    pytest.param(word_file(paragraph(mark("begin"), code("DDE a"))), "(DDE)", id="never ends"),
    pytest.param(word_file(paragraph(code("DDE a"))), "(DDE)", id="never begins"),
    pytest.param(word_file(one_field("DDE a").replace("instrText", "delInstrText")), "(DDE)", id="deleted"),
    pytest.param(word_file(one_field("LINK Excel.Sheet.8 a")), "a linked object", id="linking field"),
    pytest.param(zipped({**parts(), "word/comments.xml": document(one_field("DDE a"))}), "word/comments.xml holds a field", id="in comments"),
    pytest.param(zipped({**parts(), "word/odd.bin": document(one_field("DDE a")), TYPES: types(more={"/word/odd.bin": KIND + "header+xml"})}), "word/odd.bin holds a field", id="in a part with an odd name"),
    pytest.param(zipped({**parts(), MAIN: document(one_field("DDE a")).encode("utf-16")}), "(DDE)", id="in UTF-16"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), [*NO_WORD_DOCUMENT, *ACTIVE])
def test_what_must_not_pass_is_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(WordFileError, match=re.escape(says)) as refusal:
        admit(data, "a.docx")

    message = str(refusal.value)
    assert "a.docx" in message
    assert "; " in message
    assert "\n" not in message


@pytest.mark.parametrize("name", [MAIN, ROOT, TYPES, "customXml/item1.xml"])
@pytest.mark.parametrize(("xml", "says"), BROKEN_XML)
def test_a_part_with_broken_xml_is_named(xml: bytes, says: str, name: str) -> None:
    with pytest.raises(WordFileError, match=re.escape(says)) as refusal:
        admit(zipped({**parts(), name: xml}), "a.docx")

    assert str(refusal.value).startswith(f"the part {name} of a.docx ")
    assert "\n" not in str(refusal.value)


def test_a_hundred_parts_may_not_each_be_as_large_as_one_may() -> None:
    large = b"<a>" + b"<b/>" * 190_000 + b"</a>"
    many = {f"customXml/{number}.xml": large + b" " * number for number in range(11)}

    with pytest.raises(WordFileError, match="more than 1,000,000 elements"):
        admit(zipped({**parts(), **many}), "a.docx")


@pytest.mark.parametrize("form", ["<w:p>{}</w:p>", '<w:p w:val="{}"/>'])
def test_a_text_or_a_value_of_more_than_10_mb_is_not_read(form: str) -> None:
    long = random.Random(1).randbytes(11 << 19).hex()

    with pytest.raises(WordFileError, match=r"^the part word/document.xml of a.docx"):
        admit(word_file(form.format(long)), "a.docx")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(word_file(targets=[("image", "http://127.0.0.1:9/a.png", OUT)]), "something that Word fetches from http://127.0.0.1:9/a.png", id="picture"),
        pytest.param(word_file(targets=[("attachedTemplate", "file:///C:/firm.dotx", OUT)]), "a template at file:///C:/firm.dotx", id="template"),
        pytest.param(word_file(targets=[("hyperlink", "file://host.invalid/x", OUT)]), "a link to file://host.invalid/x", id="link"),
        pytest.param(word_file(targets=[("hyperlink", "ms-word:ofe|u|x", OUT)]), "a link to ms-word:ofe|u|x", id="link that starts a program"),
        pytest.param(zipped({**parts(targets=[("oleObject", "embeddings/a.bin")]), "word/embeddings/a.bin": "x"}), "an embedded object, embeddings/a.bin", id="object"),
        pytest.param(word_file(targets=[("image", "media/a.png")]), "a reference to media/a.png, which the file does not hold", id="missing part"),
        pytest.param(word_file(one_field('QUOTE "9"')), "the field QUOTE, which Word may work out anew", id="field"),
    ],
)  # fmt: skip
def test_what_needs_a_look_passes_with_a_notice(data: bytes, said: str) -> None:
    notices = [str(notice) for notice in admit(data, "a.docx").notices]

    assert any(said in notice for notice in notices), notices
    assert all(notice.startswith("word/") for notice in notices)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(word_file(paragraph(run("A < B".replace("<", "&lt;")))), id="plain"),
        pytest.param(word_file(one_field("PAGE") + one_field(" REF a \\h ")), id="fields"),
        pytest.param(word_file(nested("PAGE", "= 1 + ")), id="field in a field"),
        pytest.param(word_file(nested("PAGE", "=")), id="field in a formula"),
        pytest.param(word_file(paragraph(run("DDE and altChunk are words"))), id="words"),
        pytest.param(word_file(targets=[("hyperlink", "https://example.org/", OUT), ("hyperlink", "annex.docx", OUT), ("hyperlink", "mailto:a@b", OUT)]), id="usual links"),
        pytest.param(word_file(targets=[("hyperlink", "#_Toc1")]), id="link inside"),
        pytest.param(zipped({**parts(targets=[("customXml", "../customXml/item1.xml")]), "customXml/item1.xml": "<a/>"}), id="custom XML"),
        pytest.param(zipped({**parts(), MAIN: ('<?xml version="1.0" encoding="UTF-16"?>' + document("")).encode("utf-16")}), id="UTF-16"),
        pytest.param(word_file("<w:sdt>" * 240 + "</w:sdt>" * 240), id="240 deep"),
        pytest.param(word_file("<w:p/>" * 190_000), id="190,000 elements"),
        pytest.param(zipped({**parts(), "word/media/a.svg": "<!DOCTYPE svg><svg/>", TYPES: types().replace('"xml"', '"svg"').replace("application/xml", "image/svg+xml")}), id="picture with a DOCTYPE"),
    ],
)  # fmt: skip
def test_what_is_in_order_passes_without_a_notice(data: bytes) -> None:
    word = admit(data, "a.docx")

    assert word.notices == ()
    assert word.main == MAIN
    assert word.tree(MAIN).tag == w("document")


def test_a_main_part_may_have_any_name() -> None:
    main = "a/text.part"
    kinds = (
        f'<Types xmlns="{CONTENT_TYPES}"><Default Extension="rels" ContentType="a/xml"/>'
        f'<Default Extension="part" ContentType="{MAIN_TYPE}"/></Types>'
    )
    data = zipped(
        {TYPES: kinds, ROOT: links(("officeDocument", f"/{main}")), main: document("")}
    )

    assert admit(data, "a.docx").main == main


def test_parts_are_parsed_once_and_large_ones_again_when_asked() -> None:
    rows = "<w:p/>" * 150_000
    more = {f"word/header{number}.xml": document(rows) for number in (1, 2, 3)}

    word = admit(zipped({**parts(), **more}), "a.docx")

    assert word.tree(MAIN) is word.tree(MAIN)
    for name in more:
        assert len(word.tree(name)[0]) == 150_000


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, cut away, or taken from elsewhere."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 12))):
        out[chance.randrange(len(out))] = chance.choice((0, 255, chance.randrange(256)))
    begin, end = sorted(chance.choices(range(len(out)), k=2))
    match chance.randrange(5):
        case 0:
            return bytes(out[:end])
        case 1:
            return bytes(out[begin:])
        case 2:
            return bytes(out[:begin] + out[end:])
        case _:
            return bytes(out)


def edited(chance: random.Random) -> bytes:
    """Return a file one part of which was edited before it was packed."""
    members = parts(one_field("PAGE") + paragraph(run("text")), [("image", "a.png")])
    name = chance.choice(list(members))
    members[name] = mutated(str(members[name]).encode(), chance)
    return zipped(members)


@pytest.mark.parametrize("seed", range(100))
def test_a_mutated_file_passes_or_is_refused_in_one_line(seed: int) -> None:
    chance = random.Random(seed)
    data = edited(chance) if seed % 2 else mutated(word_file(one_field("PAGE")), chance)

    said = ""
    tracemalloc.start()
    try:
        word = admit(data, "a.docx")
        assert word.tree(word.main).tag == w("document")
    except WordFileError as refusal:
        said = str(refusal)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "\n" not in said
    assert most < 50 << 20
