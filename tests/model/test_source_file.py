"""A source file: what it says at an address, and where that stands."""

import pytest

from slacontracts.source.yaml_text import read_yaml

TEXT = """\
id: SLA-1
services:
  - key: shop
    name: Shop
    sites: [{key: north}, {key: south, hours: }]
  - key: database
  - name: without key
  - key: shop
    name: second of the same key
"""
SOURCE, _ = read_yaml(TEXT, "agreement.yaml")


@pytest.mark.parametrize(
    ("path", "line", "is_there"),
    [
        ("/id", 1, True),
        ("/services/shop", 3, True),
        ("/services/shop/name", 4, True),
        ("/services/shop/sites/south", 5, True),
        ("/services/shop/sites/south/hours", 5, True),  # empty, and yet it stands there
        ("/services/shop/sites/west", 5, False),
        ("/services/database", 6, True),
        ("/services/database/name", 6, False),
        ("/services/2/name", 7, True),
        ("/services/0", 2, False),  # an item with a key is not addressed by its index
        ("/services/mail", 2, False),
        ("/id/name", 1, False),
        ("/term", 1, False),
    ],
)
def test_an_address_leads_to_its_value_or_to_what_is_above(
    path: str, line: int, is_there: bool
) -> None:
    assert SOURCE is not None

    assert SOURCE.has(path) is is_there
    assert SOURCE.place(path).line == line
    assert SOURCE.place(path).path == path


def test_each_of_many_items_is_found_by_its_own_key() -> None:
    keys = [f"service-{number}" for number in range(300)]
    source, _ = read_yaml(
        "services:\n" + "".join(f"  - key: {key}\n" for key in keys), "a.yaml"
    )
    assert source is not None

    lines = [source.place(f"/services/{key}").line for key in keys]

    assert lines == list(range(2, 302))
