"""The numbers that Word shows, counted from lists and styles."""

import pytest
from revision_cases import end, p, style
from test_word_revisions import opened, part
from word_files import KIND, LINKS, links, run, types, word_file

from slacontracts.word.gate import WordFile, admit
from slacontracts.word.labels import clause_labels
from slacontracts.word.names import w


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.", '<w:pStyle w:val="Clause"/>')
    + level(1, "decimal", "%1.%2", '<w:pStyle w:val="Clause2"/>')
    + level(2, "lowerLetter", "(%3)")
    + level(3, "lowerRoman", "(%4)")
    + level(4, "bullet", "•")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>',
)
STYLES = part(
    "styles",
    '<w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    '</w:style><w:style w:styleId="Title"><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    '</w:style><w:style w:styleId="Clause2"><w:basedOn w:val="Clause"/></w:style>',
)


def numbered(body: str) -> WordFile:
    kinds = {
        f"/word/{name}.xml": f"{KIND}{name}+xml" for name in ("styles", "numbering")
    }
    more = {
        LINKS: links(("styles", "styles.xml"), ("numbering", "numbering.xml")),
        "[Content_Types].xml": types(more=kinds),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
    }
    return admit(word_file(body, (), **more), "a.docx")


def labels(body: str) -> list[str]:
    file = numbered(body)
    label_of = clause_labels(file)
    return [label_of(one) for one in file.tree(file.main).iter(w("p"))]


def item(at: int, number: int = 1, more: str = "") -> str:
    return p(
        run("x"),
        f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>{more}',
    )


CLAUSE, CLAUSE2 = p(run("x"), style("Clause")), p(run("x"), style("Clause2"))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(CLAUSE + CLAUSE2 + CLAUSE2, ["1", "1.1", "1.2"], id="styles"),
        pytest.param(
            p(run("x")) + CLAUSE + p(run("x")), ["", "1", "1"], id="plain text"
        ),
        pytest.param(
            item(0) + item(1) + item(2) + item(3) + item(2) + item(0) + item(1),
            ["1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(b)", "2", "2.1"],
            id="levels",
        ),
        pytest.param(item(0) + item(4), ["1", "1"], id="a bullet has no number"),
        pytest.param(item(0) + item(0, 2), ["1", "1"], id="another count"),
        pytest.param(
            item(0) + item(0) + item(0, 2) + item(0) + item(0),
            ["1", "2", "1", "2", "3"],
            id="a count that begins anew goes on in the other list",
        ),
        pytest.param(
            item(0) + item(0, 3) + item(0, 3),
            ["1", "7", "8"],
            id="a count that begins at another number",
        ),
        pytest.param(
            item(1, 3) + item(1, 3),
            ["7.1", "7.2"],
            id="a count whose first item stands below the level that begins anew",
        ),
        pytest.param(item(0) + item(0, 0) + item(0), ["1", "1", "2"], id="no list"),
        pytest.param(
            CLAUSE + p(run("Key terms"), style("Title")) + p(run("x")) + CLAUSE,
            ["1", "", "", "2"],
            id="a heading without a number",
        ),
        pytest.param(
            CLAUSE + p(run("x"), style("Clause") + end("del")) + CLAUSE,
            ["1", "2", "2"],
            id="a deleted clause does not count",
        ),
        pytest.param(
            item(0) + item(0, 1, end("del")) + item(1, 1, end("del")) + item(1),
            ["1", "2", "2.1", "1.1"],
            id="a deleted clause has its old number",
        ),
        pytest.param(
            item(0) + item(0, 1, end("ins")) + item(0, 1, end("del")) + item(0),
            ["1", "2", "2", "3"],
            id="an inserted clause counts",
        ),
    ],
)
def test_labels_are_those_that_word_shows(body: str, expected: list[str]) -> None:
    assert labels(body) == expected


def test_a_file_without_lists_has_no_labels() -> None:
    file = opened(p(run("x")))

    (paragraph,) = file.tree(file.main).iter(w("p"))
    assert clause_labels(file)(paragraph) == ""
