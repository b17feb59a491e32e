"""House styles: nothing active, hidden or undecided goes on into every agreement."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from documents import managed_hosting
from test_house_style import changed
from test_render_docx import STANDARD, part

from slacontracts.errors import SlaContractsError
from slacontracts.render.docx import render_docx
from slacontracts.render.house_style import compile_house_style
from slacontracts.word.gate import admit
from slacontracts.word.names import W

KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
LINKS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
DOCUMENT, HEADER, SETTINGS = (
    "word/document.xml",
    "word/header1.xml",
    "word/settings.xml",
)
STYLES = "word/styles.xml"
END = {
    LINKS: "</Relationships>",
    TYPES: "</Types>",
    DOCUMENT: "<w:sectPr",
    HEADER: "</w:hdr>",
    SETTINGS: "<w:zoom",
    STYLES: "</w:styles>",
}
WHO = 'w:id="1" w:author="A" w:date="2026-01-15T10:00:00Z"'


def with_parts(**added: str) -> bytes:
    """Return the standard house style with text put before the end of its parts."""
    return drawn({_name(key): text for key, text in added.items()})


def drawn(added: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(STANDARD) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name).decode()
            if name in added:
                at = content.rindex(END[name])
                content = content[:at] + added[name] + content[at:]
            after.writestr(name, content)
        for name in sorted(added.keys() - before.namelist()):
            after.writestr(name, added[name])
    return out.getvalue()


def _name(key: str) -> str:
    short = {
        "links": LINKS,
        "types": TYPES,
        "document": DOCUMENT,
        "header": HEADER,
        "settings": SETTINGS,
        "styles": STYLES,
    }
    return short[key]


def link(kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    whole = kind if "://" in kind else KIND + kind
    return f'<Relationship Id="rId99" Type="{whole}" Target="{target}"{mode}/>'


def run(text: str, properties: str = "") -> str:
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{inside}<w:t>{text}</w:t></w:r>"


def field(code: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        f"<w:p>{mark('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>"
        f"{mark('separate')}{run('shown')}{mark('end')}</w:p>"
    )


def rendered(data: bytes) -> bytes:
    style = compile_house_style(data, "templates/house/ours.docx")
    return render_docx(managed_hosting(), style, version="3", execution=False)


HIDDEN_STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="GoneToo"><w:name w:val="Gone Too"/>'
    '<w:basedOn w:val="GoneAlone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="GoneAlone"><w:name w:val="Gone Alone"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
)
ACTIVE = [
    pytest.param(
        with_parts(links=link(MICROSOFT + "vbaProject", "vba.bin")),
        f"{LINKS} holds macros", id="macros",
    ),
    pytest.param(
        drawn({
            SETTINGS: '<w:attachedTemplate r:id="rId99"/>',
            "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + link("attachedTemplate", "http://127.0.0.1:9/a.dotm", outside=True)
            + "</Relationships>",
        }),
        "settings.xml.rels: it hangs on the template http://127.0.0.1:9/a.dotm", id="template",
    ),
    pytest.param(
        with_parts(document=field("DDEAUTO c:\\\\none")),
        f"{DOCUMENT} holds a field that starts another program", id="DDE",
    ),
    pytest.param(
        with_parts(header=field(' ddeauto  c:\\\\none "x"')),
        f"{HEADER} holds a field that starts another program", id="DDE in a header",
    ),
    pytest.param(
        with_parts(document='<w:altChunk r:id="rId99"/>', links=link("aFChunk", "c.html")),
        "holds an imported text", id="altChunk",
    ),
    pytest.param(
        with_parts(links=link("oleObject", "http://127.0.0.1:9/x", outside=True)),
        f"{LINKS} holds a linked object that lies outside", id="linked object",
    ),
    pytest.param(
        with_parts(links=link("image", "http://127.0.0.1:9/x.png", outside=True)),
        f"{LINKS}: it shows something that Word fetches from http://127.0.0.1:9/x.png", id="picture from the web",
    ),
    pytest.param(
        with_parts(links=link("image", "file://host.invalid/x.png", outside=True)),
        "holds what lies on another computer", id="picture from the network",
    ),
    pytest.param(
        with_parts(links=link("image", "../../../x.png")),
        "a reference that leaves the file", id="climbing target",
    ),
    pytest.param(
        with_parts(links=link("hyperlink", "file://host.invalid/share", outside=True)),
        f"{LINKS}: it has a link to file://host.invalid/share", id="link into the network",
    ),
    pytest.param(
        with_parts(document=field("INCLUDETEXT c:\\\\other.docx")),
        f"{DOCUMENT}, paragraph “shown”: the field INCLUDETEXT", id="included text",
    ),
    pytest.param(
        with_parts(settings='<w:mailMerge><w:mainDocumentType w:val="formLetters"/></w:mailMerge>'),
        f"{SETTINGS}: it is set up for a mail merge", id="mail merge",
    ),
]  # fmt: skip
UNDECIDED = [
    pytest.param(
        with_parts(document=f"<w:p>{run('For us: ')}{run('be hard', '<w:vanish/>')}</w:p>"),
        f"{DOCUMENT}, paragraph “For us: be hard”: ", "hidden text", id="hidden",
    ),
    pytest.param(
        with_parts(header=f"<w:p>{run('be hard', '<w:vanish/>')}</w:p>"),
        f"{HEADER}, paragraph “be hard”: ", "hidden text", id="hidden in a header",
    ),
    pytest.param(
        with_parts(styles=HIDDEN_STYLES, document="<w:p>" + run("x", '<w:rStyle w:val="Gone"/>') + "</w:p>"),
        "paragraph “x”", "hidden text", id="hidden by the style of a run",
    ),
    pytest.param(
        with_parts(styles=HIDDEN_STYLES, document=f'<w:p><w:pPr><w:pStyle w:val="GoneToo"/></w:pPr>{run("x")}</w:p>'),
        "paragraph “x”", "hidden text", id="hidden by what a style is based on",
    ),
    pytest.param(
        with_parts(document=f"<w:p><w:ins {WHO}>{run('new')}</w:ins></w:p>"),
        "paragraph “new”", "accept or reject the changes in the house style first", id="inserted",
    ),
    pytest.param(
        with_parts(header=f"<w:p>{run('a')}<w:del {WHO}><w:r><w:delText>old</w:delText></w:r></w:del></w:p>"),
        f"{HEADER}, paragraph “a”", "accept or reject the changes", id="deleted in a header",
    ),
    pytest.param(
        with_parts(document=f"<w:p>{run('a', f'<w:rPrChange {WHO}><w:rPr/></w:rPrChange>')}</w:p>"),
        "paragraph “a”", "accept or reject the changes", id="formatting changed",
    ),
    pytest.param(
        with_parts(document=f"<w:p><w:pPr><w:rPr><w:ins {WHO}/></w:rPr></w:pPr>{run('a')}</w:p>"),
        "paragraph “a”", "accept or reject the changes", id="paragraph inserted",
    ),
    pytest.param(
        with_parts(document=f'<w:p>{run("a")}<w:r><w:commentReference w:id="0"/></w:r></w:p>'),
        "paragraph “a”", "delete it", id="comment",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), ACTIVE)
def test_what_runs_or_fetches_is_refused_with_its_place(data: bytes, says: str) -> None:
    with pytest.raises(SlaContractsError) as refusal:
        compile_house_style(data, "templates/house/ours.docx")

    message = str(refusal.value)
    assert says in message
    assert "templates/house/ours.docx" in message
    assert "\n" not in message


@pytest.mark.parametrize(("data", "where", "says"), UNDECIDED)
def test_what_is_hidden_or_undecided_is_refused_with_its_place(
    data: bytes, where: str, says: str
) -> None:
    with pytest.raises(SlaContractsError) as refusal:
        compile_house_style(data, "templates/house/ours.docx")

    assert where in str(refusal.value)
    assert says in str(refusal.value)


NO_NUMBER = [
    pytest.param("word/numbering.xml", '<w:num w:numId="1"', '<w:num w:numId="one"', '"one"', id="list"),
    pytest.param("word/numbering.xml", '<w:lvl w:ilvl="0"', '<w:lvl w:ilvl="1.5"', '"1.5"', id="level"),
    pytest.param("word/numbering.xml", '<w:lvl w:ilvl="0"', "<w:lvl", "w:ilvl is missing", id="no level"),
    pytest.param("word/numbering.xml", 'w:abstractNumId="1"', 'w:abstractNumId="é"', '"é"', id="definition"),
    pytest.param("word/numbering.xml", '<w:abstractNumId w:val="1"/>', "", "w:abstractNumId is missing", id="no definition"),
    pytest.param(STYLES, "<w:numId w:val=", "<w:numId w:other=", "w:val is missing", id="number of a style"),
    pytest.param(STYLES, "<w:name w:val=", "<w:name w:other=", "w:val is missing", id="name of a style"),
    pytest.param(STYLES, '<w:sz w:val="', '<w:sz w:val="x', '"x', id="size"),
    pytest.param(DOCUMENT, '<w:pgSz w:w="', '<w:pgSz w:w="21cm', '"21cm', id="width of the page"),
    pytest.param(DOCUMENT, 'w:gutter="0"', 'w:gutter="' + "9" * 5000 + '"', '"999', id="endless number"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "says"), NO_NUMBER)
def test_a_number_that_is_none_is_found_with_its_place(
    name: str, old: str, new: str, says: str
) -> None:
    data = changed(name, old, new)

    with pytest.raises(SlaContractsError) as refusal:
        compile_house_style(data, "templates/house/ours.docx")

    message = str(refusal.value)
    assert f"templates/house/ours.docx cannot be used as a house style: {name}: " in (
        message
    )
    assert says in message
    assert "save it again" in message
    assert len(message) < 400


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(run("seen", '<w:vanish w:val="0"/>'), id="shown on purpose"),
        pytest.param(run(" ", "<w:vanish/>"), id="a hidden space"),
        pytest.param(
            "<w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>" + run("a"),
            id="a style separator",
        ),
        pytest.param(run("5 < 6".replace("<", "&lt;"), "<w:b/>"), id="bold"),
    ],
)
def test_what_only_looks_hidden_is_no_fault(inside: str) -> None:
    assert rendered(with_parts(document=f"<w:p>{inside}</w:p>"))


@pytest.mark.parametrize(
    "setting",
    ["updateFields", "writeProtection", "linkStyles"],
)
def test_no_agreement_makes_word_ask(setting: str) -> None:
    data = with_parts(settings=f'<w:{setting} w:val="1"/>')

    settings = part(rendered(data), SETTINGS)

    assert setting not in settings
    assert "compatibilityMode" in settings


def test_a_control_is_not_bound_to_other_words_than_it_shows() -> None:
    bound = (
        '<w:sdt><w:sdtPr><w:alias w:val="Title"/><w:dataBinding w:xpath="/c" '
        f'w:storeItemID="{{0}}"/></w:sdtPr><w:sdtContent><w:p>{run("shown")}</w:p>'
        "</w:sdtContent></w:sdt>"
    )
    store = (
        f'<Relationship Id="rId98" Type="{KIND}customXml" '
        'Target="../customXml/item1.xml"/>'
    )
    data = drawn(
        {
            DOCUMENT: bound,
            HEADER: bound,
            LINKS: store,
            "customXml/item1.xml": "<c>x</c>",
        }
    )

    agreement = rendered(data)

    for name in (DOCUMENT, HEADER):
        assert "shown" in part(agreement, name)
        assert "dataBinding" not in part(agreement, name)
    assert not any(
        name.startswith("customXml/") for name in admit(agreement, "a").package.names
    )
    assert "customXml" not in part(agreement, LINKS)


def test_what_is_rendered_passes_the_gate_without_a_notice() -> None:
    word_file = admit(rendered(STANDARD.read_bytes()), "a.docx")

    assert word_file.notices == ()
    assert word_file.tree(DOCUMENT).tag == f"{{{W}}}document"


def test_a_style_that_was_changed_passes_the_gate_again() -> None:
    compile_house_style(with_parts(), "ours.docx")

    with pytest.raises(SlaContractsError, match="macros"):
        compile_house_style(
            with_parts(links=link(MICROSOFT + "vbaProject", "vba.bin")), "ours.docx"
        )
