"""A house style's package in; the members that every rendered file takes over, out.

Properties parts are announced, and the lists get one more that prints nothing.
"""

from typing import Any, Final

from slacontracts.word.names import (
    CORE_PART,
    CORE_TYPE,
    CUSTOM_PART,
    CUSTOM_TYPE,
    ROOT_RELATIONSHIPS_PART,
    TYPES_PART,
    W,
    w,
)
from slacontracts.word.package import Member, Package, packed, parse_part, part_bytes

_RELATIONSHIP_TYPES: Final = {
    CORE_PART: "http://schemas.openxmlformats.org/package/2006/relationships/"
    "metadata/core-properties",
    CUSTOM_PART: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "custom-properties",
}
SILENT_LEVEL: Final = (
    '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="none"/>'
    '<w:suff w:val="nothing"/><w:lvlText w:val=""/><w:lvlJc w:val="left"/></w:lvl>'
)


def members_of(
    package: Package, main: str, numbering_part: str, filled: set[str]
) -> tuple[tuple[str, ...], dict[str, Member]]:
    """Return the order of the members, and those that are copied as they are."""
    types, relationships = _with_properties(package)
    written = {*filled, numbering_part, CORE_PART, CUSTOM_PART}
    first = (TYPES_PART, ROOT_RELATIONSHIPS_PART, CORE_PART, CUSTOM_PART, main)
    rest = tuple(sorted(name for name in package.names if name not in first))
    copied = {
        member.name: member for member in package.members if member.name not in written
    }
    copied[TYPES_PART] = packed(TYPES_PART, types)
    copied[ROOT_RELATIONSHIPS_PART] = packed(ROOT_RELATIONSHIPS_PART, relationships)
    return (*first, *rest), copied


def _with_properties(package: Package) -> tuple[bytes, bytes]:
    """Return content types and root relationships that name our properties parts."""
    from lxml import etree

    types = parse_part(package, TYPES_PART)
    known = {one.get("PartName") for one in types}
    relations = parse_part(package, ROOT_RELATIONSHIPS_PART)
    targets = {one.get("Target", "").lstrip("/") for one in relations}
    for name, kind in ((CORE_PART, CORE_TYPE), (CUSTOM_PART, CUSTOM_TYPE)):
        if f"/{name}" not in known:
            tag = f"{types.tag.removesuffix('Types')}Override"
            etree.SubElement(types, tag, PartName=f"/{name}", ContentType=kind)
        if name not in targets:
            tag = f"{relations.tag.removesuffix('s')}"
            etree.SubElement(
                relations,
                tag,
                Id=f"rIdSlaContracts{len(relations) + 1}",
                Type=_RELATIONSHIP_TYPES[name],
                Target=name,
            )
    return part_bytes(types), part_bytes(relations)


def numbering_halves(numbering: Any) -> tuple[str, str]:
    """Return the numbering part before and after the place where lists are added.

    A list that prints nothing is added first: a paragraph whose label is written out
    is put into it, which takes it out of its style's list.
    """
    from lxml import etree

    definitions = numbering.findall(w("abstractNum"))
    silent = 1 + max(int(one.get(w("abstractNumId"))) for one in definitions)
    levels = "".join(SILENT_LEVEL.format(level) for level in range(9))
    definition = etree.fromstring(
        f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="{silent}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    definitions[-1].addnext(definition)
    num = etree.fromstring(
        f'<w:num xmlns:w="{W}" w:numId="{first_free_num(numbering)}">'
        f'<w:abstractNumId w:val="{silent}"/></w:num>'
    )
    numbering.findall(w("num"))[-1].addnext(num)
    # A prefix may be used in mc:Ignorable alone; it must stay declared.
    etree.cleanup_namespaces(
        numbering, keep_ns_prefixes=[*filter(None, numbering.nsmap)]
    )
    xml = part_bytes(numbering).decode("utf-8")
    at = xml.rfind("</w:num>") + len("</w:num>")
    return xml[:at], xml[at:]


def first_free_num(numbering: Any) -> int:
    """Return the first id of a `w:num` that is not taken."""
    return 1 + max(int(num.get(w("numId"))) for num in numbering.iter(w("num")))
