"""Explanations: every code that the product can print is explained, and nothing else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import slacontracts
from slacontracts import checks
from slacontracts.errors import NotFoundError
from slacontracts.model.finding import Origin, Severity

ROOT = Path(slacontracts.__file__).parent
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+|markup|not-utf8")
# Where a code stands among the arguments of what makes a finding.
POSITIONS = {
    "Finding": 1,
    "error_at": 1,
    "FillFault": 0,
    "refuse": 0,
    "refuse_at": 1,
    "refuse_once": 1,
}
# Codes that stand in a constant of their own: UNKNOWN_FIELD = "unknown-field", or a
# code and its message: _ANCHOR = ("yaml-anchor", "...").
CONSTANT = re.compile(r"_?[A-Z]+(_[A-Z]+)*")


def codes_in(tree: ast.Module) -> Iterator[str]:
    """Yield every code that a file can put into a finding."""
    constants = {
        target.id: value
        for statement in tree.body
        for target, value in assigned(statement)
        if CONSTANT.fullmatch(target.id)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for argument in code_arguments(node):
                yield from texts_of(argument, constants)
        elif isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "code"
            for target in node.targets
        ):
            yield from texts_of(node.value, constants)
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            last = node.value.elts[-1:]  # line, column, message, code
            if last and isinstance(last[0], ast.Constant | ast.Name):
                yield from texts_of(last[0], constants)


def assigned(statement: ast.stmt) -> Iterator[tuple[ast.Name, ast.expr]]:
    targets: list[ast.expr] = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    else:
        return
    for target in targets:
        if isinstance(target, ast.Name) and statement.value is not None:
            yield target, statement.value


def code_arguments(call: ast.Call) -> Iterator[ast.expr]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else ""
    name = function.id if isinstance(function, ast.Name) else name
    if name in POSITIONS:
        yield from call.args[POSITIONS[name] : POSITIONS[name] + 1]
        yield from (word.value for word in call.keywords if word.arg == "code")


def texts_of(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[str]:
    """Yield the codes that an expression stands for."""
    if isinstance(node, ast.Starred):
        node = node.value
    if isinstance(node, ast.Name):
        node = constants.get(node.id, node)
    if isinstance(node, ast.Tuple) and node.elts:
        node = node.elts[0]
    if isinstance(node, ast.IfExp):
        yield from texts_of(node.body, constants)
        yield from texts_of(node.orelse, constants)
    text = node.value if isinstance(node, ast.Constant) else None
    if isinstance(text, str) and CODE.fullmatch(text):
        yield text


def codes_of_the_house() -> dict[str, str]:
    """Return every code outside the checks with the file that uses it."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        if path.parent.name != "checks":
            for code in codes_in(ast.parse(path.read_text("utf-8"))):
                found[code] = path.relative_to(ROOT).as_posix()
    return found


def test_every_code_of_the_house_is_explained() -> None:
    explained = {fault.code for fault in checks.FAULTS}

    missing = {
        c: file for c, file in codes_of_the_house().items() if c not in explained
    }

    assert missing == {}


def test_nothing_is_explained_that_nobody_finds() -> None:
    of_checks = {code for check in checks.CHECKS for code in check.codes}

    invented = {fault.code for fault in checks.FAULTS} - of_checks

    assert invented - set(codes_of_the_house()) == set()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('Finding(Severity.ERROR, "id-differs", message, origin)', ["id-differs"]),
        ('error_at(origin, code="id-differs")', ["id-differs"]),
        ('_ALIAS = ("yaml-alias", "no")\nself.refuse(*_ALIAS)', ["yaml-alias"]),
        ('WRONG = "wrong-value"\nerror_at(origin, WRONG, "no")', ["wrong-value"]),
        ('code = "a-b" if x else "c-d"', ["a-b", "c-d"]),
        ('other("not-a-code", "not-this-either")', []),
    ],
)
def test_the_search_for_codes_finds_them(text: str, codes: list[str]) -> None:
    assert list(codes_in(ast.parse(text))) == codes


def test_codes_are_explained_once_and_in_full() -> None:
    codes = [fault.code for fault in checks.FAULTS]

    assert len(codes) == len(set(codes))
    for fault in checks.FAULTS:
        assert fault.summary.endswith("."), fault.code
        assert fault.remedy.endswith("."), fault.code
        assert fault.example, fault.code


def test_an_explanation_says_what_is_wrong_and_what_to_do() -> None:
    text = checks.explain("unused-term")

    assert text.startswith("unused-term\n\nA term is defined and then used nowhere")
    assert "Example: " in text
    assert "What to do: Delete the definition" in text
    assert text.endswith("Warning: read it before the agreement goes out.")


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFoundError, match='did you mean "unused-term"'):
        checks.explain("unusd-term")


def test_the_page_is_what_the_table_says() -> None:
    page = Path(__file__).parents[2] / "docs" / "checks.md"

    # To write the page again:
    # python -c "from slacontracts import checks; print(checks.manual(), end='')"
    assert page.read_text("utf-8") == checks.manual()


def test_a_fault_makes_findings_of_its_own_severity() -> None:
    fault = next(fault for fault in checks.FAULTS if fault.code == "unused-term")

    finding = fault.at(Origin("a.md", 2, 3), "no use")

    assert str(finding) == "a.md:2:3: warning: no use [unused-term]"
    assert finding.severity is Severity.WARNING


def test_every_check_says_what_it_finds() -> None:
    assert all(check.summary.startswith("Find ") for check in checks.CHECKS)
