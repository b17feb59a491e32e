"""A Word file in; the digest of what it says out."""

from slacontracts.word.archive import read_package
from slacontracts.word.names import w
from slacontracts.word.package import parse_xml


def content_digest(data: bytes, file: str = "the Word file") -> str:
    """Return the digest of what a Word file says: SHA-256, in hexadecimal.

    Properties, custom XML and the cached results of fields do not count, nor does
    the way the parts are compressed. Comparable under one version of the product.
    """
    from hashlib import sha256

    package = read_package(data, file)
    lines = []
    for member in sorted(package.members, key=lambda member: member.name):
        if member.name.startswith(("docProps/", "customXml/")):
            continue
        content = member.content()
        if b"fldChar" in content or b"fldSimple" in content:
            content = _without_field_results(content, member.name)
        lines.append(f"{member.name}\0{sha256(content).hexdigest()}\n")
    return sha256("".join(lines).encode("utf-8")).hexdigest()


def _without_field_results(content: bytes, name: str) -> bytes:
    """Return the part in canonical form, the text of its field results emptied."""
    from lxml import etree

    root = parse_xml(content, name)
    open_fields: list[bool] = []  # for each field we are in: has its result begun?
    for element in root.iter(w("fldChar"), w("t"), w("fldSimple")):
        if element.tag == w("fldSimple"):
            for text in element.iter(w("t")):
                text.text = ""
        elif element.tag == w("t"):
            if any(open_fields):
                element.text = ""
        else:
            _follow(open_fields, element.get(w("fldCharType")))
    return bytes(etree.tostring(root, method="c14n"))


def _follow(open_fields: list[bool], mark: str | None) -> None:
    if mark == "begin":
        open_fields.append(False)
    elif open_fields and mark == "separate":
        open_fields[-1] = True
    elif open_fields:
        open_fields.pop()
