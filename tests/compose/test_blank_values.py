"""What shows nothing is a blank: spaces and invisible characters fill no gap."""

import pytest
from drafting import SETTINGS, clause_files, compose, library_of, template_file

from slacontracts import checks
from slacontracts.compose.assemble import Composed
from slacontracts.model.document import Blank, Inline, Table
from slacontracts.model.finding import Finding
from slacontracts.render.docx_facts import Issue, facts_of
from slacontracts.text import is_blank

NOTHING_SEEN = {
    "empty": "",
    "space": " ",
    "spaces": "   ",
    "line": "\n",
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "joiner": "\u200d",
    "direction mark": "\u200e",
    "hangul filler": "\u3164",
    "braille blank": "\u2800",
    "lone accent": "\u0301",
    "mixture": " \u00a0\u200f\t",
}
INVISIBLE = pytest.mark.parametrize(
    "value", NOTHING_SEEN.values(), ids=list(NOTHING_SEEN)
)
FILES = {
    **template_file("corporate/standard", "outline: [parties, key-terms, people]\n"),
    **clause_files(
        "parties",
        "{{ parties.customer.legal_name }}{% if parties.customer.form %}, "
        "{{ parties.customer.form }}{% endif %}.",
    ),
    **clause_files("key-terms", '{{ table("key-terms") }}', meta="part: key-terms\n"),
    **clause_files("people", '{{ table("contacts") }}\n\n{{ table("signatories") }}\n'),
}


def agreement(value: str) -> str:
    seen = value.encode("unicode_escape").decode().replace("\\x", "\\u00")
    text = f'"{seen}"'
    return f"""\
        parties: {{customer: {{legal_name: {text}, form: {text}}}}}
        signatories: [{{party: customer, name: {text}, title: {text}}}]
        contacts: [{{key: desk, party: customer, purpose: All, name: {text}}}]
        term: {{initial: P12M}}
        """


def drafted(value: str) -> tuple[Composed, tuple[Finding, ...]]:
    result, findings = compose(FILES, agreement(value))
    assert result is not None, [str(finding) for finding in findings]
    return result, findings


@pytest.mark.parametrize(
    "value",
    [*NOTHING_SEEN.values(), "\u00ad", "\u200b"],  # the last two no file may hold
    ids=[*NOTHING_SEEN, "soft hyphen", "zero-width space"],
)
def test_what_shows_nothing_is_blank(value: str) -> None:
    assert is_blank(value)


@pytest.mark.parametrize(
    "value", ["x", " . ", "\u0645", "0", "\u25cf", "\U0001f600", 0]
)
def test_what_shows_something_is_not(value: object) -> None:
    assert not is_blank(value)


def test_no_value_at_all_is_blank() -> None:
    assert is_blank(None)


@INVISIBLE
def test_clauses_and_tables_print_a_blank_for_it(value: str) -> None:
    result, findings = drafted(value)

    assert findings == ()
    blanks = {inline.path for inline in inlines(result) if isinstance(inline, Blank)}
    assert {
        "/parties/customer/legal_name",
        "/contacts/desk/name",
        "/signatories/0/name",
        "/signatories/0/title",
    } <= blanks
    assert "/parties/customer/form" not in blanks  # printed only where there is one


@INVISIBLE
def test_the_cover_and_the_signature_page_have_a_blank_for_it(value: str) -> None:
    result, _ = drafted(value)
    document = result.numbered.document

    issue = Issue("1", is_execution=True)
    facts = facts_of(document, issue)
    known = facts_of(drafted("Contoso")[0].numbered.document, issue)

    assert facts["parties"][0]["legal_name"] != value
    assert not isinstance(facts["parties"][0]["legal_name"], str)
    assert known["parties"][0]["legal_name"] == "Contoso"
    assert (document.signatures[0].name, document.signatures[0].title) == ("", "")
    assert document.signatures[0].legal_name == ""


@INVISIBLE
def test_the_check_of_blanks_finds_it(value: str) -> None:
    result, _ = drafted(value)
    library, _ = library_of(FILES)

    findings = checks.run(
        result.numbered,
        library,
        result.composition.place,
        checks.Surroundings(SETTINGS),
    )

    unfilled = {
        finding.message.split()[0]
        for finding in findings
        if finding.code == "unfilled-blank"
    }
    assert {
        "/parties/customer/legal_name",
        "/signatories/0/name",
        "/signatories/0/title",
    } <= unfilled


def test_a_field_that_must_be_given_is_missing_when_it_shows_nothing() -> None:
    _, findings = compose(FILES, "priorities: [{key: p1, says: ' '}]\n")

    assert [finding.code for finding in findings] == ["missing-field"]
    assert '"says"' in findings[0].message


def test_negotiated_wording_that_shows_nothing_is_missing() -> None:
    _, findings = compose(FILES, "clauses: {people: {text: {en: ' '}}}\n")

    assert [finding.code for finding in findings] == ["missing-wording"]


def inlines(result: Composed) -> list[Inline]:
    found: list[Inline] = []
    for clause in result.numbered.document.clauses:
        for block in clause.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    found += [i for cell in row.cells for line in cell for i in line]
            else:
                found += block.inlines
    return found


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("It lasts {{ term.initial }}.", "value-without-form"),
        ("It lasts {{ term.initial | money }}.", "value-in-wrong-form"),
    ],
)
def test_a_value_written_in_a_wrong_way_is_not_called_unfilled(
    wording: str, code: str
) -> None:
    files = {
        **template_file("corporate/standard", "outline: [term]\n"),
        **clause_files("term", wording),
    }
    library, _ = library_of(files)

    result, findings = compose(files, "term: {initial: P12M}\n")
    assert result is not None
    checked = checks.run(result.numbered, library, result.composition.place)

    assert [finding.code for finding in findings] == [code]
    assert [f for f in checked if f.code == "unfilled-blank"] == []
