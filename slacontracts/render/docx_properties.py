"""A document in; the core and custom properties of its Word file out, as XML."""

from functools import lru_cache

from slacontracts.word.build import escape
from slacontracts.word.names import (
    CORE_PROPERTIES,
    CUSTOM_PROPERTIES,
    FORMAT_ID,
    IDENTITY_PROPERTY,
    VARIANT_TYPES,
    VERSION_PROPERTY,
    XML_HEAD,
)


@lru_cache(maxsize=64)
def core_properties(
    identity: str, title: str, version: str, organisation: str, language: str
) -> bytes:
    """Return docProps/core.xml; it holds no time, so equal input gives equal bytes."""
    rows = (
        ("dc:title", title),
        ("dc:identifier", identity),
        ("dc:creator", organisation),
        ("dc:language", language),
        ("cp:version", version),
    )
    inside = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in rows if text)
    return (
        f'{XML_HEAD}<cp:coreProperties xmlns:cp="{CORE_PROPERTIES}" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</cp:coreProperties>'
    ).encode()


@lru_cache(maxsize=64)
def custom_properties(
    identity: str, title: str, version: str, organisation: str
) -> bytes:
    """Return docProps/custom.xml: by it a returned file is known again."""
    rows = (
        (IDENTITY_PROPERTY, identity),
        (VERSION_PROPERTY, version),
        ("slacontracts.title", title),
        ("slacontracts.organisation", organisation),
    )
    inside = "".join(
        f'<property fmtid="{FORMAT_ID}" pid="{at}" name="{name}">'
        f"<vt:lpwstr>{escape(text)}</vt:lpwstr></property>"
        for at, (name, text) in enumerate(rows, 2)
    )
    return (
        f'{XML_HEAD}<Properties xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VARIANT_TYPES}">'
        f"{inside}</Properties>"
    ).encode()
