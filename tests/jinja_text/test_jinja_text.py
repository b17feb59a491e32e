"""Texts with Jinja marks: what is read, what is refused, what is written."""

from decimal import Decimal
from typing import Any

import pytest

from slacontracts.jinja_text import FillError, fill, parse_program
from slacontracts.model.amounts import Duration
from slacontracts.model.program import Program


def show(value: Any, address: str, form: str, _line: int) -> str:
    return f"<{address}={value}{'|' + form if form else ''}>"


def filled(source: str, data: dict[str, Any]) -> str:
    program, faults = parse_program(source)
    assert faults == ()
    return fill(program, data, show, lambda name, argument, _: f"[{name} {argument}]")


def test_a_text_without_marks_is_its_own_program() -> None:
    program, faults = parse_program("Nothing { to } fill.\n")

    assert (program, faults) == (Program(["Nothing { to } fill.\n"]), ())
    assert parse_program("") == (Program([]), ())


def test_a_value_is_written_with_its_address_and_form() -> None:
    data = {"credits": {"cap_percent": Decimal("25")}}

    text = filled("Capped at {{ credits.cap_percent | percent }}.", data)

    assert text == "Capped at </credits/cap_percent=25|percent>."


def test_an_item_of_a_list_is_addressed_by_its_key_else_by_its_index() -> None:
    data = {"services": [{"key": "web", "name": "Web"}, {"name": "Other"}]}

    text = filled("{% for s in services %}{{ s.name }}{% endfor %}", data)

    assert text == "</services/web/name=Web></services/1/name=Other>"


def test_one_item_of_a_list_is_read_by_its_key_or_its_index() -> None:
    data = {"services": [{"key": "web", "name": "Web"}, {"name": "Other"}]}
    source = (
        '{{ services["web"].name }} {{ services["1"].name }} {{ services["db"].name }}'
        '{% if services["db"] %}not{% endif %}'
    )

    assert filled(source, data) == (
        "</services/web/name=Web> </services/1/name=Other> </services/db/name=None>"
    )


def test_a_mapping_is_walked_by_its_values_and_names() -> None:
    data = {"parties": {"provider": {"name": "P"}, "customer": {"name": "C"}}}

    text = filled("{% for p in parties %}{{ p.name }}{% endfor %}", data)

    assert text == "</parties/provider/name=P></parties/customer/name=C>"


def test_nested_loops_keep_the_outer_item() -> None:
    data = {
        "services": [
            {"key": "a", "targets": [{"key": "x"}, {"key": "y"}]},
            {"key": "b", "targets": [{"key": "z"}]},
        ]
    }

    text = filled(
        "{% for s in services %}{% for t in s.targets %}{{ t.key }}{% endfor %}"
        "{{ s.key }}{% endfor %}",
        data,
    )

    assert text == (
        "</services/a/targets/x/key=x></services/a/targets/y/key=y></services/a/key=a>"
        "</services/b/targets/z/key=z></services/b/key=b>"
    )


def test_a_loop_knows_its_first_and_last_turn() -> None:
    text = filled(
        "{% for s in services %}{{ s }}"
        "{% if loop.first %} first{% endif %}{% if not loop.last %}, {% endif %}"
        "{% endfor %}",
        {"services": ["a", "b"]},
    )

    assert text == "</services/0=a> first, </services/1=b>"


def test_a_missing_value_is_written_as_missing_and_tests_as_false() -> None:
    text = filled("{{ a.b.c }}{% if a.b %}yes{% else %}no{% endif %}", {"a": {}})

    assert text == "</a/b/c=None>no"


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        ("flag", True),
        ("not flag", False),
        ("off", False),
        ('flag == "yes"', True),
        ('off == "no"', True),
        ("count > 3", True),
        ("count >= 5 and count <= 5", True),
        ("count < 5 or count != 5", False),
        ('word == "automatic"', True),
        ('word != "automatic"', False),
        ('nothing == "automatic"', False),
        ('nothing != "automatic"', True),
        ("nothing > 1", False),
        ('span == "P12M"', True),
        ("empty", False),
    ],
)
def test_conditions_hold_as_they_read(test: str, holds: bool) -> None:
    data = {
        "flag": True,
        "off": False,
        "count": 5,
        "word": "automatic",
        "span": Duration(months=12),
        "empty": [],
    }

    text = filled("{% if " + test + " %}holds{% endif %}", data)

    assert (text == "holds") is holds


def test_elif_takes_the_first_branch_that_holds() -> None:
    source = "{% if a %}1{% elif b %}2{% elif c %}3{% else %}4{% endif %}"

    assert filled(source, {"b": True, "c": True}) == "2"
    assert filled(source, {"c": True}) == "3"
    assert filled(source, {}) == "4"


def test_a_condition_on_its_own_line_leaves_no_empty_line() -> None:
    source = "1. one\n{% if a %}\n1. two\n{% endif %}\n1. three\n"

    assert filled(source, {}) == "1. one\n1. three\n"
    assert filled(source, {"a": True}) == "1. one\n1. two\n1. three\n"


@pytest.mark.parametrize(
    ("source", "without", "having"),
    [
        ("a{% if x %} b{% endif %}\nc\n", "a\nc\n", "a b\nc\n"),
        ("1. a{% if x %} b{% endif %}\n1. c\n", "1. a\n1. c\n", "1. a b\n1. c\n"),
        ("{% if x %}1. a{% endif %}\n1. c\n", "1. c\n", "1. a\n1. c\n"),
        ("a\n{% if x %}b{% endif %}\nc\n", "a\nc\n", "a\nb\nc\n"),
        ("   {% if x %}1. b{% endif %}\n", "", "   1. b\n"),
        ("a\n  {% if x %}  b{% endif %}  \nc", "a\nc", "a\n    b  \nc"),
        ("a\n  {% if x %} \n  b\n\t{% endif %}\t\nc", "a\nc", "a\n  b\nc"),
        ("a {% if x %}b\nc{% endif %} d\ne", "a  d\ne", "a b\nc d\ne"),
        ("a{% if x %}\n1. b{% endif %}\nc", "a\nc", "a\n1. b\nc"),
        ("a\n\n{% if x %}b{% endif %}\n\nc", "a\n\n\nc", "a\n\nb\n\nc"),
        ("{% if x\n %}\na\n{% endif %}\nb", "b", "a\nb"),
        ("{% if not x %}a{% else %}b{% endif %}\nc", "a\nc", "b\nc"),
        ("a{% if x %}{{ x }}{% endif %}\nc", "a\nc", "a</x=True>\nc"),
        ("{% if x %}{{ x }}{% endif %}\nc", "c", "</x=True>\nc"),
        ("{% if x %}{% if x %}a{% endif %}{% endif %}\nc", "c", "a\nc"),
    ],
)
def test_a_line_ends_where_its_author_ended_it(
    source: str, without: str, having: str
) -> None:
    assert filled(source, {}) == without
    assert filled(source, {"x": True}) == having


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a{% for i in y %}, b{% endfor %}\nc", "a, b, b\nc"),
        ("{% for i in y %}\n1. b\n{% endfor %}\nc", "1. b\n1. b\nc"),
        ("{% for i in y %}1. b\n{% endfor %}\nc", "1. b\n1. b\nc"),
        ("a{% for i in no %}b{% endfor %}\nc", "a\nc"),
        ("{% for i in no %}b{% endfor %}\nc", "c"),
    ],
)
def test_a_line_with_a_loop_ends_where_its_author_ended_it(
    source: str, written: str
) -> None:
    assert filled(source, {"y": [1, 2], "no": []}) == written


def test_a_number_cannot_be_compared_with_a_span() -> None:
    program, _ = parse_program("one\n{% if term.initial > 3 %}x{% endif %}")

    with pytest.raises(FillError, match="/term/initial is not a number") as error:
        fill(program, {"term": {"initial": Duration(months=3)}}, show, lambda *_: "")

    assert error.value.line == 2


def test_the_program_tells_what_it_reads_tests_and_calls() -> None:
    program, _ = parse_program(
        "{% if master %}{{ ref('term/end') }}\n{% endif %}"
        "{% for s in services %}{{ s.price | money }}{% endfor %}"
        '\n{% if term.renewal == "none" %}{{ table("charges") }}{% endif %}'
    )

    assert program.tests == (("/master", 1),)
    assert program.reads == (("/services/*/price", 2), ("/term/renewal", 3))
    assert program.refs == (("term/end", 1),)
    assert program.tables == (("charges", 3),)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ a ~ b }}", "only a value can be printed"),
        ("{{ 'fixed' }}", "only a value can be printed"),
        ("{{ a ** 2 }}", "only a value can be printed"),
        ("{{ a[0] }}", "only a value can be printed"),
        ("{{ 'a' * 10**9 }}", "only a value can be printed"),
        ("{{ cycler.__init__() }}", "cannot be used like this"),
        ("{{ range(9) }}", "cannot be used like this"),
        ("{{ ref(a) }}", "cannot be used like this"),
        ("{{ ref('a', 'b') }}", "cannot be used like this"),
        ("{{ a | upper }}", "is not a known way to write"),
        ("{{ a | round(2) }}", "is not a known way to write"),
        ("{% set x = 1 %}", "is not allowed"),
        ("{% macro m() %}{% endmacro %}", "is not allowed"),
        ("{% include 'x' %}", "is not allowed"),
        ("{% extends 'x' %}", "is not allowed"),
        ("{% import 'x' as y %}", "is not allowed"),
        ("{% filter upper %}x{% endfilter %}", "is not allowed"),
        ("{# a remark #}", "comments"),
        ("{% raw %}{{ x }}{% endraw %}", "is not allowed"),
        ("{% for a, b in c %}{% endfor %}", "write a loop as"),
        ("{% for a in c if a %}{% endfor %}", "write a loop as"),
        ("{% for a in c %}{% else %}x{% endfor %}", "a loop has no else"),
        ("{% for a in 'abc' %}{% endfor %}", "a loop goes through a list"),
        ("{% if a.b() %}x{% endif %}", "a condition tests values"),
        ("{% if a is defined %}x{% endif %}", "a condition tests values"),
        ("{% if a == b %}x{% endif %}", "compare a value with"),
        ("{% if a in b %}x{% endif %}", "compare a value with"),
        ("{% if 1 < a < 3 %}x{% endif %}", "compare a value with"),
        ("a{%- if a %}x{% endif %}", "the hyphen"),
        ("{% if a %}x{% endif -%}\n1. b", "the hyphen"),
        ("{{- a }}", "the hyphen"),
        ("{{ a -}}", "the hyphen"),
        ("{%  raw %}{{ x }}{% endraw %}", "is not allowed"),
        ("{%+ raw %}{{ x }}{% endraw %}", "is not allowed"),
        ("{%raw%}{{ x }}{% endraw %}", "is not allowed"),
        ("{% for loop in a %}x{% endfor %}", "name the item"),
        ("{% if a > " + "9" * 5000 + " %}x{% endif %}", "at most 18 digits"),
        ("{% if a > 0x" + "f" * 5000 + " %}x{% endif %}", "at most 18 digits"),
        ("{% if a > " + "9" * 19 + " %}x{% endif %}", "at most 18 digits"),
        ("{% if a > 1e999999999 %}x{% endif %}", "compare a value with"),
        ("{% if a > -3 %}x{% endif %}", "compare a value with"),
        ("{{ a" + ".b" * 1000 + " }}", "at most 20 steps"),
        ("{% if " + "not " * 5000 + "a %}x{% endif %}", "nested too deeply"),
        ("{% if " + "not " * 60 + "a %}x{% endif %}", "nested too deeply"),
        ("{% if " + "a and " * 60 + "a %}x{% endif %}", "nested too deeply"),
        (
            "{% if " + "(" * 5000 + "a" + ")" * 5000 + " %}x{% endif %}",
            "nested too deeply",
        ),
        ("{% if a %}" * 60 + "x" + "{% endif %}" * 60, "nested too deeply"),
        ("{% if a %}" * 5000 + "x" + "{% endif %}" * 5000, "nested too deeply"),
        ("{{ a" + "[" * 5000 + " }}", "nested too deeply"),
        ("{{ a[''] }}", "only a value can be printed"),
        ("{{ a['b/c'] }}", "only a value can be printed"),
        ("{% if a['*'] %}x{% endif %}", "a condition tests values"),
        ("{{ ref('') }}", "is not a name"),
        ("{{ ref('a\\ud800') }}", "is not a name"),
        ("{{ table('a\\u202eb') }}", "is not a name"),
        ("{% if a == '\\ud800' %}x{% endif %}", "U+D800"),
        ("{% if a == '\\x00' %}x{% endif %}", "U+0000"),
        ("{{ a }", "the marks do not fit"),
        ("{% if a %}x", "the marks do not fit"),
    ],
)
def test_anything_else_is_refused_with_its_line(source: str, says: str) -> None:
    program, faults = parse_program(f"first line\n{source}")

    assert program == Program([])
    assert [fault.line for fault in faults] == [2]
    assert says in faults[0].message


@pytest.mark.parametrize(
    "address", ["a.__class__", "a.items", "a.keys", "a.text.upper", "a.count.real"]
)
def test_nothing_but_data_can_be_reached(address: str) -> None:
    text = filled("{{ " + address + " }}", {"a": {"text": "x", "count": 3}})

    assert text == f"</{address.replace('.', '/')}=None>"


def test_a_bound_stops_loops_within_loops() -> None:
    source = "{% for a in x %}{% for b in x %}{% for c in x %}{% endfor %}{% endfor %}{% endfor %}"
    program, _ = parse_program(source)

    with pytest.raises(FillError, match="20000 times"):
        fill(program, {"x": list(range(1000))}, show, lambda *_: "")


def test_a_bound_stops_endless_output() -> None:
    program, _ = parse_program("{% for a in x %}{{ a }}{% endfor %}")

    with pytest.raises(FillError, match="longer than"):
        fill(program, {"x": ["y" * 100_000] * 50}, show, lambda *_: "")
