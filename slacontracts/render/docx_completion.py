"""A Word file that lacks styles of an agreement in; the same file with them, out.

The designer's own styles stay. What is missing is taken from the standard house
style and set in the file's own font and size, so that any Word file with tags can
be a house style.
"""

from typing import Any, Final

from slacontracts.render.docx_grafting import graft_styles
from slacontracts.render.docx_list_grafting import graft_lists
from slacontracts.word.names import NUMBERING_TYPE, TYPES_PART, W
from slacontracts.word.package import Package, parse_part, parse_xml, part_bytes

_LISTS_RELATIONSHIP: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
)


def completed(
    package: Package, main: str, styles_part: str, numbering_part: str
) -> tuple[Package, str]:
    """Return the package with every style and list, and the name of its lists.

    numbering_part: empty where the file has no lists at all.
    """
    standard = _standard()
    styles = parse_part(package, styles_part)
    lists = _lists(package, numbering_part)
    grafted = graft_styles(styles, standard[0], parse_part(package, main))
    is_linked = graft_lists(styles, lists, standard[1], grafted.ids)
    if numbering_part and not (grafted.is_changed or is_linked):
        return package, numbering_part
    changed = {styles_part: part_bytes(styles)}
    folder = main.rpartition("/")[0]
    name = numbering_part or f"{folder}/numbering.xml".lstrip("/")
    changed[name] = part_bytes(lists)
    links_part = f"{folder}/_rels/{main.rpartition('/')[2]}.rels".lstrip("/")
    types, links = parse_part(package, TYPES_PART), parse_part(package, links_part)
    if not numbering_part:
        _announce_lists(types, links, name)
    changed |= {TYPES_PART: part_bytes(types), links_part: part_bytes(links)}
    return package.with_parts(changed), name


def _standard() -> tuple[Any, Any]:
    """Return the styles and the lists that come with the product, freshly read."""
    from pkgutil import get_data

    name = "docx_standard.xml"
    content = get_data(__package__, name)
    assert content is not None
    styles, lists = parse_xml(content, name)
    return styles, lists


def _lists(package: Package, part: str) -> Any:
    from lxml import etree

    if part:
        return parse_part(package, part)
    return etree.fromstring(f'<w:numbering xmlns:w="{W}"/>')


def _announce_lists(types: Any, links: Any, name: str) -> None:
    override = types.makeelement(types.tag.replace("Types", "Override"))
    override.set("PartName", f"/{name}")
    override.set("ContentType", NUMBERING_TYPE)
    types.append(override)
    link = links.makeelement(links.tag.removesuffix("s"))
    link.set("Id", f"rIdSlaContractsLists{len(links)}")
    link.set("Type", _LISTS_RELATIONSHIP)
    link.set("Target", f"/{name}")
    links.append(link)
