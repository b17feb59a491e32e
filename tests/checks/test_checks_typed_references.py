"""References that were typed as numbers, and those that rightly name another paper."""

from pathlib import Path

import pytest
from checking import found, paper

from slacontracts.checks.typed_references import typed_references_in

CODE = "typed-reference"
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ("It is due under clause 99.", ["clause 99"]),
        (
            "It is due under clause 99 and section 7.3 of Schedule 12.",
            ["clause 99", "section 7.3 of Schedule 12"],
        ),
        ("See clauses 4, 5 and 6 below.", ["clauses 4, 5 and 6"]),
        ("Subject to Article (4) of this Agreement.", ["Article (4)"]),
        ("Subject to Clauses 4 to 6 the Provider pays.", ["Clauses 4 to 6"]),
        ("Annex 3 applies, and appendix 2 does.", ["Annex 3", "appendix 2"]),
        ("As clause 4.2(b) of this Agreement says.", ["clause 4.2(b)"]),
        (
            "Article 5 of the Agreement applies; so does Article 6.",
            ["Article 5", "Article 6"],
        ),
        ("Without prejudice to article 5 of the Agreement.", ["article 5"]),
        ("Nothing in paragraph 2 of these terms limits it.", ["paragraph 2"]),
        ("Clause 9 holds, and so does Clause 9 of this Agreement.", ["Clause 9"]),
        ("This is due under clause 9.2 and Article 28 GDPR.", ["clause 9.2"]),
        (
            "Schedule 2 (Service Levels) and Schedule 4 apply.",
            ["Schedule 2", "Schedule 4"],
        ),
        ("يسري البند 99 من هذه الاتفاقية.", ["البند 99"]),
        ("وفقا للمادة (٧) والملحق ٣.", ["للمادة (٧) والملحق ٣"]),
        ("تسري الفقرة 7.3 من الملحق 12.", ["الفقرة 7.3 من الملحق 12"]),
    ],
)
def test_a_typed_reference_is_found(wording: str, said: list[str]) -> None:
    findings = found(CODE, paper(first=wording))

    assert sorted(one.message.split('"')[1] for one in findings) == sorted(said)
    assert all("ref(" in one.message for one in findings)


@pytest.mark.parametrize(
    "wording",
    [
        "It is due under clause 4 of the Framework Agreement.",
        "It is due under clause 4 of that agreement.",
        "The Provider processes data under Article 28 GDPR.",
        "The Provider processes data under Articles 28 and 32 of the GDPR.",
        "The duties of Article 28 of Regulation (EU) 2016/679 hold.",
        "The duties of Article 28(3) UK GDPR hold.",
        "The duties of Article (4) of the Civil Code hold.",
        "It is an offence under section 5 of the Act.",
        "It is an offence under section 5 Companies Act 2014.",
        "As paragraph 3 of Schedule 2 to the Data Protection Act 2018 says.",
        "As the Data Protection Act 2018, section 5, says.",
        "As the GDPR (Article 28) says.",
        "Under article 5 of the law of the place.",
        "It is due under clause 4 of {{ master.reference }}.",
        "There is one schedule; 4 copies of it are made.",
        "Section headings do not matter, 3 of them least.",
        "بموجب المادة 28 من القانون المدني.",
        "بموجب البند 4 من الاتفاقية الإطارية.",
    ],
)
def test_a_reference_to_another_paper_is_left_alone(wording: str) -> None:
    master = "master: {reference: MSA-7}"

    assert found(CODE, paper(first=wording), master) == ()


def test_the_clause_that_has_the_number_now_is_named() -> None:
    files = paper(first="It is due under clause 2.", second="It is due.")

    (finding,) = found(CODE, files)

    assert '{{ ref("second") }}' in finding.message
    assert str(finding.origin) == "clauses/first/preferred.en.md:1:17"


def test_wording_of_the_agreement_itself_is_read_too() -> None:
    own = 'clauses: {first: {text: {en: "It is due under clause 99."}}}'

    (finding,) = found(CODE, paper(first="It is due."), own)

    assert finding.origin.file.endswith("agreement.yaml")


def test_the_starter_library_has_no_typed_reference() -> None:
    texts = [*(ROOT / "clauses").rglob("*.md")]
    assert len(texts) > 100

    found_in = {
        path.name: typed_references_in(line)
        for path in texts
        for line in path.read_text(encoding="utf-8").splitlines()
        if typed_references_in(line)
    }

    assert found_in == {}
