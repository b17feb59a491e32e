"""A name in, a house style out: `python docs/house_styles/draw.py FOLDER/NAME.docx`.

NAME is one of the designs in `designs.py`. The result is an ordinary Word file: open
it in Word and change what you like. To start another, add a design there. With a
name that ends in .xml it writes the styles alone that the product lends to Word
files without them.
"""

import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from agreement_styles import lent_styles, other_styles, paragraph_styles
from designs import DESIGNS, Design
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree
from style_sheet import XML_HEAD, Look, numbering_part, styles_part
from word_pieces import NS, footer_part, header_part

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def settings_part() -> str:
    """Return settings.xml; mode 15 keeps Word from opening the file as an old one."""
    return (
        f'{XML_HEAD}<w:settings {NS}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-GB" w:bidi="ar-SA"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_part(look: Look) -> str:
    """Return fontTable.xml."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name in dict.fromkeys((look.font, look.arabic_font))
    )
    return f"{XML_HEAD}<w:fonts {NS}>{fonts}</w:fonts>"


def theme_part(look: Look) -> str:
    """Return theme1.xml: python-docx's own, in our colour and fonts.

    Nothing refers to it, but Word expects one and offers its colours to the designer.
    """
    root = etree.fromstring(Document().part.package.part_related_by(RT.OFFICE_DOCUMENT)
                            .part_related_by(RT.THEME).blob)  # fmt: skip
    a = f"{{{root.nsmap['a']}}}"
    root.set("name", "House style")
    colours = {"dk2": look.accent, "accent1": look.accent, "accent2": look.quiet,
               "accent3": look.hairline, "accent4": look.alert}  # fmt: skip
    for name, value in colours.items():
        root.find(f".//{a}{name}/{a}srgbClr").set("val", value)
    for fonts in (root.find(f".//{a}majorFont"), root.find(f".//{a}minorFont")):
        for extra in fonts.findall(f"{a}font"):
            fonts.remove(extra)
        fonts.find(f"{a}latin").set("typeface", look.font)
        fonts.find(f"{a}cs").set("typeface", look.arabic_font)
    return str(etree.tostring(root, encoding="unicode"))


def relationships(targets: list[tuple[str, str, str]]) -> str:
    """Return a relationships part of (id, type, target)."""
    rows = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        for key, kind, target in targets
    )
    namespace = f'xmlns="{PACKAGE}/relationships"'
    return f"{XML_HEAD}<Relationships {namespace}>{rows}</Relationships>"


def types_part() -> str:
    """Return [Content_Types].xml."""
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE}{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("header1", "header"),
            ("footer1", "footer"),
        )
    )
    return (
        f'{XML_HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        '<Override PartName="/word/theme/theme1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType='
        '"application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def all_styles(design: Design) -> str:
    """Return styles.xml."""
    look = design.look
    paragraphs = paragraph_styles(look, design.cover_styles(look))
    return styles_part(look, paragraphs, other_styles(look, design.cover_table(look)))


def parts(design: Design) -> dict[str, str]:
    """Return every part of the house style by its name."""
    look = design.look
    core = (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>House style</dc:title>'
        "</cp:coreProperties>"
    )
    word = [
        ("rId1", f"{OFFICE}/styles", "styles.xml"),
        ("rId2", f"{OFFICE}/numbering", "numbering.xml"),
        ("rId3", f"{OFFICE}/settings", "settings.xml"),
        ("rId4", f"{OFFICE}/fontTable", "fontTable.xml"),
        ("rId5", f"{OFFICE}/theme", "theme/theme1.xml"),
        ("rId6", f"{OFFICE}/header", "header1.xml"),
        ("rId7", f"{OFFICE}/footer", "footer1.xml"),
    ]
    root = [
        ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
        (
            "rId2",
            f"{PACKAGE}/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
    ]
    return {
        "[Content_Types].xml": types_part(),
        "_rels/.rels": relationships(root),
        "word/document.xml": design.document_part(look),
        "word/_rels/document.xml.rels": relationships(word),
        "word/styles.xml": all_styles(design),
        "word/numbering.xml": numbering_part(look),
        "word/settings.xml": settings_part(),
        "word/fontTable.xml": font_part(look),
        "word/theme/theme1.xml": theme_part(look),
        "word/header1.xml": header_part(),
        "word/footer1.xml": footer_part(),
        "docProps/core.xml": core,
    }


def draw(design: Design, file: Path) -> None:
    """Write the house style, and open it once as a Word program would."""
    with ZipFile(file, "w") as archive:
        for name, xml in parts(design).items():
            etree.fromstring(xml.encode("utf-8"))
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(member, xml.encode("utf-8"), ZIP_DEFLATED)
    Document(str(file))


def lend(design: Design, file: Path) -> None:
    """Write the styles and lists of the body, one definition a line."""
    styles = etree.fromstring(all_styles(design).encode())
    lists = etree.fromstring(numbering_part(design.look).encode())
    name = etree.QName(styles.nsmap["w"], "name")
    value = etree.QName(styles.nsmap["w"], "val")
    lent = lent_styles(design.look)
    for style in styles:
        found = style.find(name)
        if found is not None and found.get(value).removesuffix(" AR") in lent:
            continue
        if not style.tag.endswith("}docDefaults"):
            styles.remove(style)
    for part in (styles, lists):
        part.text = "\n"
        for definition in part:
            definition.tail = "\n"
    inside = "\n".join(
        etree.tostring(part, encoding="unicode") for part in (styles, lists)
    )
    file.write_text(f"<standard>\n{inside}\n</standard>\n", encoding="utf-8")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    if target.suffix == ".xml":
        lend(DESIGNS["standard"], target)
    elif target.stem in DESIGNS:
        draw(DESIGNS[target.stem], target)
    else:
        sys.exit(f"call the file one of: {', '.join(DESIGNS)} (.docx)")
