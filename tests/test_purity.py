"""Ground and stages watched: what they may import and call, as a list of what is allowed.

A stage takes no path, opens nothing, asks no clock and prints nothing. What is not
on the lists is refused, so that a new way to the outside is refused as well.

Three things on the lists read files all the same, always the same ones, that come
with the product: `pkgutil.get_data`, for package data, in `render.docx_completion`
alone, which reads the standard styles; `zoneinfo.ZoneInfo`, the table of time zones;
and `holidays.country_holidays`, its names of holidays. None takes a path from anybody.
"""

import ast
from collections.abc import Iterator, Mapping

import pytest
from house_plan import (
    FLOORS,
    HOUSE,
    PACKAGE,
    PURE,
    Import,
    Module,
    full_name,
    house_of,
    imports_of,
    local_names,
)

ANYTHING = frozenset({"*"})
# Of the standard library: modules that only compute, and from others single names.
STANDARD: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("__future__", "calendar", "collections", "collections.abc", "copy"),
            *("dataclasses", "datetime", "decimal", "enum", "functools", "hashlib"),
            *("itertools", "json", "operator", "re", "struct", "types", "typing"),
            *("unicodedata", "zlib", "bisect"),
        ),
        ANYTHING,
    ),
    "base64": frozenset({"b64decode", "b64encode"}),
    "csv": frozenset({"writer"}),
    "difflib": frozenset({"get_close_matches"}),
    "html": frozenset({"escape", "unescape"}),
    "io": frozenset({"StringIO"}),
    "zoneinfo": frozenset({"ZoneInfo"}),
}
# Of other people's libraries, by the room that they are for.
OTHERS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "model": {
        "pydantic": ANYTHING,
        "pydantic_core": frozenset({"PydanticCustomError"}),
    },
    "redline": {
        "lxml": frozenset({"etree"}),
        "rapidfuzz.distance": frozenset({"Indel"}),
    },
    "word": {"lxml": frozenset({"etree"}), "isal": frozenset({"isal_zlib"})},
    "formats": {"babel": frozenset({"Locale"})},
    "jinja_text": {
        "jinja2": frozenset({"Environment", "TemplateSyntaxError", "nodes"}),
        "jinja2.parser": frozenset({"Parser"}),
    },
    "source": {
        "pydantic": ANYTHING,
        "markdown_it": frozenset({"MarkdownIt"}),
        "markdown_it.rules_inline": frozenset({"StateInline"}),
        "markdown_it.rules_inline.emphasis": frozenset({"tokenize"}),
        "markdown_it.token": frozenset({"Token"}),
        "yaml._yaml": frozenset({"CParser"}),
        "yaml.cyaml": frozenset({"CBaseLoader"}),
        "yaml.error": ANYTHING,
        "yaml.events": ANYTHING,
    },
    "compose": {"pydantic": frozenset({"BaseModel"})},
    "deadlines": {
        "pydantic": frozenset({"BaseModel"}),
        "holidays": frozenset({"HolidayBase", "country_holidays"}),
    },
    "text": {"rapidfuzz.distance": frozenset({"Indel"})},
    "compare": {"deepdiff": frozenset({"DeepDiff"})},
    "render": {
        "lxml": frozenset({"etree"}),
        "docxtpl": frozenset({"DocxTemplate"}),
        "icalendar": frozenset({"Alarm", "Calendar", "Event"}),
    },
}
PACKAGE_DATA = ("slacontracts.render.docx_completion", "pkgutil.get_data")

REFUSED_BUILTINS = frozenset(
    {
        *("open", "print", "input", "breakpoint", "exec", "eval", "compile"),
        *("__import__", "__builtins__", "globals", "vars"),
    }
)
# Of what may be imported, that which opens a file by its name.
REFUSED_NAMES = frozenset(
    {
        *("lxml.etree.parse", "lxml.etree.iterparse", "lxml.etree.ElementTree"),
        *("lxml.etree.xmlfile", "lxml.etree.htmlfile", "lxml.etree.XInclude"),
        *("lxml.etree.XSLT", "lxml.etree.RelaxNG", "lxml.etree.XMLSchema"),
        *("lxml.etree.DTD", "hashlib.file_digest", "typing.get_type_hints"),
    }
)
# Of any value: what only a path, a file, a process or a loaded module can do.
REFUSED_ATTRIBUTES = frozenset(
    {
        *("read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink"),
        *("write_c14n", "__globals__", "__builtins__", "__loader__"),
        *("__subclasses__", "__import__"),
    }
)
CLOCKS = frozenset(
    {
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
        *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime"),
        *("time.strftime",),
    }
)
ENVIRONMENT = frozenset(
    {"os.environ", "os.environb", "os.getenv", "os.getenvb", "os.putenv", "sys.argv"}
)
# A git process gets the environment that it was called in, without git's own
# variables; what it holds decides nothing here.
HANDED_ON = {("slacontracts.store.git", "os.environ")}
# Ways to import what no import statement names; the doors alone load commands so.
LATE_IMPORTS = frozenset({"importlib", "runpy", "imp", "zipimport"})
DOORS = frozenset({"cli", "__main__"})


def impurities(house: Mapping[str, Module]) -> list[str]:
    """Find files of pure rooms that touch files, processes, the clock or a screen."""
    faults = []
    for module in house.values():
        if module.room in PURE:
            faults += [
                f"{module.name}:{found.line} imports {found.name}"
                for found in imports_of(module)
                if not is_allowed(found, module)
            ]
            faults += [
                f"{module.name}:{line} uses {what}" for line, what in uses(module)
            ]
    return faults + outside_readers(house, PURE)


def is_allowed(found: Import, module: Module) -> bool:
    """Tell whether a pure file may import a name; from its house it may any."""
    if found.name.split(".")[0] == PACKAGE:
        return True
    if (module.name, found.name) == PACKAGE_DATA:
        return True
    lists = {**STANDARD, **OTHERS.get(module.room, {})}
    inside, _, name = found.name.rpartition(".")
    allowed = lists.get(inside, frozenset())
    # "import json" names the whole module: fine where all of it is.
    return name in allowed or ANYTHING in (allowed, lists.get(found.name))


def uses(module: Module) -> Iterator[tuple[int, str]]:
    """Yield what a pure file uses that reaches outside: line, name."""
    names = local_names(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name) and node.id in REFUSED_BUILTINS:
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            if node.attr in REFUSED_ATTRIBUTES:
                yield node.lineno, f".{node.attr}"
            elif full_name(node, names) in REFUSED_NAMES:
                yield node.lineno, full_name(node, names)
        elif isinstance(node, ast.ImportFrom):
            found = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from ((node.lineno, one) for one in found if one in REFUSED_NAMES)


def outside_readers(house: Mapping[str, Module], rooms: frozenset[str]) -> list[str]:
    """Find files of the rooms that read the clock or the environment."""
    faults = []
    for module in house.values():
        if module.room not in rooms:
            continue
        names = local_names(module)
        for node in ast.walk(module.tree):
            read = full_name(node, names)
            if (module.name, read) not in HANDED_ON and any(
                read == source or read.endswith(f".{source}")
                for source in CLOCKS | ENVIRONMENT
            ):
                faults.append(
                    f"{module.name}:{getattr(node, 'lineno', 0)} reads {read}"
                )
    return faults


def late_imports(house: Mapping[str, Module]) -> list[str]:
    """Find files below the doors that import by another way than a statement."""
    faults = []
    for module in house.values():
        if module.room in DOORS:
            continue
        faults += [
            f"{module.name}:{found.line} imports {found.name}"
            for found in imports_of(module)
            if found.name.split(".")[0] in LATE_IMPORTS
        ]
        faults += [
            f"{module.name}:{node.lineno} uses {node.id}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Name) and node.id == "__import__"
        ]
    return faults


def test_ground_and_stages_touch_nothing_outside() -> None:
    assert impurities(HOUSE) == []


def test_only_the_doors_read_the_clock_and_the_environment() -> None:
    assert outside_readers(HOUSE, frozenset(FLOORS) - DOORS) == []


def test_no_import_is_hidden_from_the_order_of_rooms() -> None:
    assert late_imports(HOUSE) == []


def test_nothing_is_on_the_lists_that_nobody_imports() -> None:
    used = {
        (module.room, name)
        for module in HOUSE.values()
        if module.room in PURE
        for found in imports_of(module)
        for name in (found.name, found.name.rpartition(".")[0])
    }

    listed = {(room, name) for room, names in OTHERS.items() for name in names}
    assert listed - used == set()
    assert set(STANDARD) - {name for _, name in used} == set()


BAD = {
    "a path": "from pathlib import Path",
    "the system": "import os",
    "a process, late": "def late():\n    import subprocess",
    "the network": "import urllib.request",
    "a socket": "import socket",
    "an archive": "from zipfile import ZipFile",
    "a database": "import sqlite3",
    "chance": "import random",
    "secrets": "from secrets import token_hex",
    "a number that is never the same": "import uuid",
    "the clock": "import time",
    "a module by its name": "import importlib\nimportlib.import_module('os')",
    "a function that imports": "from importlib import import_module",
    "the built-in import": "__import__('os').remove('x')",
    "package data of others": "from pkgutil import get_data",
    "a file through io": "import io\nio.open('x')",
    "the name of open through io": "from io import open as read",
    "all of a module": "from io import *",
    "a file": "text = open('agreement.yaml').read()",
    "open under another name": "read = open\nread('x')",
    "the screen": "print('drafted')",
    "a question": "answer = input()",
    "code in a text": "eval('1')",
    "XML from a path": "from lxml import etree\netree.parse('a.xml')",
    "XML from a path, renamed": "from lxml import etree as e\ntree = e.parse",
    "XML from a path, by name": "from lxml.etree import parse",
    "XML piece by piece": "from lxml import etree\netree.iterparse('a.xml')",
    "HTML from a path": "from lxml import html",
    "the standard library's XML": "import xml.etree.ElementTree",
    "templates from a folder": "from jinja2 import FileSystemLoader",
    "a method of a path": "def size(file):\n    return len(file.read_bytes())",
    "a library nobody named": "import requests",
    "only for types": "from typing import TYPE_CHECKING\n"
    "if TYPE_CHECKING:\n    from pathlib import Path",
    "today": "from datetime import date\ntoday = date.today()",
    "now": "import datetime\nnow = datetime.datetime.now()",
    "now under another name": "from datetime import datetime as Moment\nnow = Moment.now",
}
GOOD = {
    "a date": "from datetime import date\nday = date(2026, 12, 1)",
    "the house": "from slacontracts.model import finding",
    "a method called open": "self.open(); self.print()",
    "a name of one's own": "date = None\ndate.today",
    "a list's own parse": "parser.parse(text)",
    "the name of a module": "import json\njson.loads('1')",
    "a part of a module": "from collections import abc",
    "late": "def late():\n    from hashlib import sha256",
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
@pytest.mark.parametrize("room", ["compose", "model", "render", "word"])
def test_touching_the_outside_from_a_pure_room_is_found(room: str, text: str) -> None:
    assert impurities(house_of(**{f"{room}__file": text})) != []


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_pure_code_is_left_alone(text: str) -> None:
    assert impurities(house_of(compose__file=text)) == []


@pytest.mark.parametrize(
    ("room", "text", "is_fine"),
    [
        ("word", "from lxml import etree\netree.fromstring(b'<a/>')", True),
        ("compose", "from lxml import etree", False),
        ("source", "from yaml.events import AliasEvent", True),
        ("render", "import yaml", False),
        ("jinja_text", "from jinja2 import Environment", True),
        ("checks", "from jinja2 import Environment", False),
    ],
)
def test_a_library_is_for_the_rooms_it_is_listed_for(
    room: str, text: str, is_fine: bool
) -> None:
    assert (impurities(house_of(**{f"{room}__file": text})) == []) is is_fine


def test_package_data_is_for_one_file() -> None:
    text = "def late():\n    from pkgutil import get_data"

    assert impurities(house_of(render__docx_completion=text)) == []
    assert impurities(house_of(render__docx=text)) != []


def test_rooms_that_may_touch_the_outside_are_left_alone() -> None:
    made = house_of(store__file="import os, subprocess\nprint(open('x'))")

    assert impurities(made) == []


@pytest.mark.parametrize(
    "text",
    [
        "import importlib\nimportlib.import_module('slacontracts.cli')",
        "from importlib import import_module as load",
        "__import__('slacontracts.store')",
        "load = __import__",
        "import runpy",
    ],
)
def test_an_import_that_no_statement_names_is_found(text: str) -> None:
    made = house_of(store__file=text, source__file=text, cli__file=text)

    faults = late_imports(made)

    assert {fault.split(":")[0] for fault in faults} == {
        "slacontracts.store.file",
        "slacontracts.source.file",
    }


@pytest.mark.parametrize(
    "text",
    [
        "import os\nhome = os.environ['HOME']",
        "from os import environ\nhome = environ.get('HOME')",
        "from os import getenv as asked\nhome = asked('HOME')",
        "import time\nnow = time.time()",
        "from datetime import date\ntoday = date.today()",
    ],
)
def test_reading_the_clock_or_the_environment_below_the_doors_is_found(
    text: str,
) -> None:
    made = house_of(store__file=text, cli__file=text)

    faults = outside_readers(made, frozenset({"store"}))

    assert len(faults) == 1
    assert faults[0].startswith("slacontracts.store.file:2 reads ")
