"""The names of WordprocessingML: namespaces, parts, content types, bookmark names.

What comes in is a key of the document; what goes out is a name Word accepts.
"""

import re
from functools import lru_cache
from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
CORE_PROPERTIES: Final = (
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
)
CUSTOM_PROPERTIES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
)
VARIANT_TYPES: Final = (
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
)

MAIN_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
CORE_TYPE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.custom-properties+xml"
)
CUSTOM_XML_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
)
SETTINGS_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
)
NUMBERING_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
)
STYLES_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
)
THEME_TYPE: Final = "application/vnd.openxmlformats-officedocument.theme+xml"

TYPES_PART: Final = "[Content_Types].xml"
ROOT_RELATIONSHIPS_PART: Final = "_rels/.rels"
CORE_PART: Final = "docProps/core.xml"
CUSTOM_PART: Final = "docProps/custom.xml"

# The format id that the standard gives to custom properties.
FORMAT_ID: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
# The custom properties by which a file that comes back is known again.
IDENTITY_PROPERTY: Final = "slacontracts.agreement"
VERSION_PROPERTY: Final = "slacontracts.version"
TURN_PROPERTY: Final = "slacontracts.turn"
PARTY_PROPERTY: Final = "slacontracts.party"
SAVED_PROPERTY: Final = "slacontracts.saved-version"
DRAFT_PROPERTY: Final = "slacontracts.draft"

XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Word keeps 40 characters of a bookmark's name; a leading "_" hides the bookmark.
MAX_BOOKMARK_NAME: Final = 40
_PLAIN_TARGET = re.compile(
    r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?", re.ASCII
)


def w(tag: str) -> str:
    """Return a WordprocessingML tag as lxml writes it."""
    return f"{{{W}}}{tag}"


def r(tag: str) -> str:
    """Return a relationships attribute as lxml writes it."""
    return f"{{{R}}}{tag}"


@lru_cache(maxsize=8192)
def bookmark_name(target: str) -> str:
    """Return the bookmark of "clause-key" or "clause-key/anchor"; no two are alike.

    Keys have single hyphens and no underscore, so one underscore for a hyphen and
    two for the slash cannot be confused. What is too long, or is not a key, gets
    the digest of its text and a prefix of its own.

    >>> bookmark_name("service-credits/cap")
    '_c_service_credits__cap'
    """
    if _PLAIN_TARGET.fullmatch(target):
        name = "_c_" + target.replace("-", "_").replace("/", "__")
        if len(name) <= MAX_BOOKMARK_NAME:
            return name
    return "_h_" + _digest(target, 16)


@lru_cache(maxsize=8192)
def value_bookmark_name(path: str, occurrence: int) -> str:
    """Return the bookmark of a value where it is printed for the nth time, from 1.

    >>> value_bookmark_name("/term/initial", 2)
    '_v_376a2a85ef773c72_2'
    """
    return f"_v_{_digest(path, 8)}_{occurrence}"


def _digest(text: str, size: int) -> str:
    from hashlib import blake2b

    return blake2b(text.encode("utf-8"), digest_size=size).hexdigest()
