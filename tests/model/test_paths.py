"""Addresses of values: made, taken apart, followed, and traced to their places."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacontracts.model.finding import Origin
from slacontracts.model.paths import (
    find_step,
    join_path,
    look_up,
    split_path,
    step_name,
    walk_leaves,
)
from slacontracts.source.yaml_text import read_yaml

DATA: dict[str, Any] = {
    "term": {"initial": "P36M"},
    "services": [{"key": "web", "price": {"amount": "5"}}, {"name": "no key"}],
    "tags": ["a", "b"],
}
names = st.text(
    st.characters(categories=["L", "N"], include_characters="-_"), min_size=1
)


@given(st.lists(names, min_size=1))
def test_an_address_comes_apart_into_the_steps_it_was_made_of(steps: list[str]) -> None:
    assert list(split_path(join_path(steps))) == steps


@pytest.mark.parametrize("path", ["", "/", "term", "/term/", "//term", "/a//b"])
def test_what_is_no_address_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="write it like /term/initial"):
        split_path(path)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/term/initial", "P36M"),
        ("/services/web/price/amount", "5"),
        ("/services/1/name", "no key"),
        ("/tags/1", "b"),
    ],
)
def test_an_address_leads_to_its_value(path: str, value: str) -> None:
    assert look_up(DATA, path) == value


@pytest.mark.parametrize(
    "path", ["/trem", "/term/initial/x", "/services/0/price", "/tags/2", "/tags/x"]
)
def test_an_address_that_leads_nowhere_is_a_key_error(path: str) -> None:
    with pytest.raises(KeyError):
        look_up(DATA, path)


def test_an_item_is_named_by_its_key_and_else_by_its_index() -> None:
    assert step_name({"key": "web"}, 3) == "web"
    assert step_name({"key": ["web"]}, 3) == 3
    assert step_name("text", 3) == 3
    assert find_step(DATA["services"], "web") == 0
    assert find_step(DATA["services"], "0") is None


def test_every_leaf_is_found_under_its_own_address() -> None:
    leaves = dict(walk_leaves(DATA))

    assert leaves == {path: look_up(DATA, path) for path in leaves}
    assert list(leaves) == [
        "/term/initial",
        "/services/web/key",
        "/services/web/price/amount",
        "/services/1/name",
        "/tags/0",
        "/tags/1",
    ]


def test_the_place_of_what_is_missing_is_the_nearest_thing_above() -> None:
    source, _ = read_yaml("a:\n  b: c\n  list:\n    - {key: x}\n", "f.yaml")
    assert source is not None

    assert source.place("") == Origin("f.yaml", 1, 1, "")
    assert source.place("/a/z") == Origin("f.yaml", 1, 1, "/a/z")
    assert source.place("/a/list/x/y").line == 4
    assert source.place_at(("a", "list", 0, "key")).path == "/a/list/x/key"
    assert source.place_at(("a", "list", 5)) == Origin("f.yaml", 3, 3, "/a/list")
    assert source.place_at(()) == Origin("f.yaml", 1, 1, "")
