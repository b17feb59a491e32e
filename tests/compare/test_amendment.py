"""The amendment that people sign: what it says, in which words."""

from dataclasses import replace
from datetime import date
from typing import Literal

import pytest
from amending import agreement, clause, reads

from slacontracts.compare.amendment import AmendmentFacts, amendment
from slacontracts.compare.amendment_wording import words
from slacontracts.compare.executed import executed
from slacontracts.compare.operations import operations
from slacontracts.compose.numbering import number
from slacontracts.model.agreement import AgreementKind, Party
from slacontracts.model.clause import Language, Part
from slacontracts.model.document import (
    AgreementDocument,
    NumberedDocument,
    SignatureBlock,
)

PARTIES = clause(
    "parties",
    "Made on the day of <term>.\n"
    "- Northwind of Dublin (the **Provider**)\n"
    "- Contoso (the **Customer**)",
    Part.PARTIES,
)
TERM = clause("term", "- Three years.\n- The fee is in <fees>.")
FEES = clause("fees", "| Hosting | 100 |\n| Backup | 20 |", Part.SCHEDULE)
FACTS = AmendmentFacts(
    2,
    date(2027, 3, 1),
    date(2026, 12, 1),
    ((1, date(2027, 1, 15)),),
    reason="more shops. ",
)


def instrument(
    facts: AmendmentFacts = FACTS,
    language: Language = "en",
    kind: AgreementKind = "customer",
) -> NumberedDocument:
    def of_kind(document: AgreementDocument) -> AgreementDocument:
        data = document.agreement.model_copy(update={"kind": kind})
        signature = SignatureBlock(1, "customer", "Contoso", "Omar", "CEO")
        return replace(document, agreement=data, signatures=(signature,))

    base = number(of_kind(agreement(PARTIES, TERM, FEES, language=language)))
    amended = agreement(
        PARTIES,
        clause(
            "term",
            "- Five years.\n- The fee is in <fees>.\n-- The **Net Fee** is less.",
        ),
        clause("exit", "The parties part.\n- <term> ends. See <term>."),
        clause(
            "fees", "| Hosting | 100 |\n| Mail | 5 |\n| Backup | 20 |", Part.SCHEDULE
        ),
        language=language,
    )
    after = executed(base, of_kind(amended))
    return number(amendment(base, after, operations(base, after), facts))


def test_an_amendment_reads_from_its_parties_to_its_counterparts() -> None:
    document = instrument()

    assert document.document.title == "Amendment No. 2 to Hosting Agreement"
    assert document.document.signatures[0].legal_name == "Contoso"
    assert reads(document) == [
        "Parties",
        "This Amendment is made on the day on which the last party signs it, as the "
        "signature page shows. The parties are:",
        "(1) Northwind of Dublin (the “Provider”)",
        "(2) Contoso (the “Customer”)",
        "Background",
        "(A) The parties have made the agreement “Hosting Agreement” with the "
        "reference SLA-1, dated 1 December 2026 (the “Agreement”).",
        "(B) The Agreement has been amended by: Amendment No. 1 of 15 January 2027.",
        "(C) The parties amend it now for this reason: more shops.",
        "(D) The parties have agreed to amend it as stated in this document (this "
        "“Amendment”).",
        "1 Meaning of words and numbers",
        "1.1 Words that the Agreement defines have the same meaning in this Amendment.",
        "1.2 Numbers of clauses, paragraphs and schedules are those of the Agreement "
        "as signed and amended so far. No such number changes through this Amendment: "
        "what is deleted leaves its number behind, with the words “[Intentionally "
        "omitted]”.",
        f"1.3 {words('en')['quoted']}",
        "2 Effective date",
        "This Amendment takes effect on 1 March 2027, on whatever day it is signed.",
        "3 Amendments",
        "From its effective date, this Amendment changes the Agreement as follows.",
        "3.1 Clause 1.1 (Term) is deleted and replaced by:",
        "“1.1\u2003Five years.”",
        "3.2 A new Clause 1.2(a) is inserted at the end of Clause 1.2 (Term):",
        "“(a)\u2003The “Net Fee” is less.”",
        "3.3 A new Clause 2 is inserted after Clause 1 (Term):",
        "“2\u2003Exit",
        "The parties part.",
        "2.1\u2003Clause 1 ends. See clause 1.”",
        "3.4 In the table of Schedule 1 (Fees), a new row is inserted after the row "
        "for “Hosting”:",
        "| Mail | 5",
        "4 What stays as it is",
        "4.1 In all else the Agreement continues unchanged, and the parties confirm "
        "it.",
        "4.2 Rights and claims that have arisen before the effective date, and credits "
        "for periods before it, are not affected, unless clause 3 says so.",
        "4.3 On what it changes, this Amendment prevails over the Agreement and over "
        "earlier amendments.",
        "4.4 Every clause that this Amendment changes is named in clause 3, also where "
        "the Agreement lets a clause be changed only by an amendment that names it.",
        "5 Law and disputes",
        words("en")["law-text"],
        "6 Counterparts",
        words("en")["counterparts-text"],
    ]


@pytest.mark.parametrize(
    ("effective", "conditions", "lines"),
    [
        (
            "last-signature",
            (),
            [
                "This Amendment takes effect on the day on which the last party signs it."
            ],
        ),
        ("conditions-met", (), [words("en")["conditions-met"]]),
        (
            "conditions-met",
            ("The audit is done.",),
            [f"2.1 {words('en')['conditions-are']}", "(a) The audit is done."],
        ),
    ],
)
def test_it_says_when_it_takes_effect(
    effective: Literal["last-signature", "conditions-met"],
    conditions: tuple[str, ...],
    lines: list[str],
) -> None:
    document = instrument(AmendmentFacts(1, effective, conditions=conditions))

    text = reads(document)
    start = text.index("2 Effective date") + 1
    assert text[start : start + len(lines)] == lines
    effective_of_cover = document.document.agreement.effective
    assert effective_of_cover is not None
    assert effective_of_cover.on == effective
    assert "(B) The Agreement has not been amended before." in text


def test_between_departments_there_is_neither_law_nor_counterpart() -> None:
    titles = [one.title for one in instrument(kind="internal").document.clauses]

    assert titles[-1] == "What stays as it is"


def test_parties_without_a_clause_are_named_from_the_data() -> None:
    base = number(agreement(TERM))
    data = base.document.agreement.model_copy(
        update={"parties": {"provider": Party(legal_name="Northwind")}}
    )
    after = executed(
        base, replace(agreement(clause("term", "- One year.")), agreement=data)
    )

    document = number(amendment(base, after, operations(base, after), FACTS))

    assert "(1) Northwind (Provider)" in reads(document)


def renaming(
    old: dict[str, str], new: dict[str, str], *, with_clause: bool
) -> NumberedDocument:
    """Return the instrument by which the parties of an agreement change."""

    def of(parties: dict[str, str]) -> AgreementDocument:
        lines = "\n".join(f"- **{name}** of Dubai" for name in parties.values())
        clauses = [clause("parties", lines, Part.PARTIES)] if with_clause else []
        document = agreement(*clauses, clause("term", "- " + ", ".join(parties)))
        named = {role: Party(legal_name=name) for role, name in parties.items()}
        return replace(
            document,
            agreement=document.agreement.model_copy(update={"parties": named}),
            signatures=tuple(
                SignatureBlock(at, role, name, "Omar", "CEO")
                for at, (role, name) in enumerate(parties.items(), start=1)
            ),
        )

    base = number(of(old))
    after = executed(base, of(new))
    return number(amendment(base, after, operations(base, after), FACTS))


def signed_by(document: NumberedDocument) -> list[tuple[int, str, str]]:
    return [
        (one.number, one.party, one.legal_name) for one in document.document.signatures
    ]


@pytest.mark.parametrize("with_clause", [True, False])
def test_a_party_signs_under_the_name_that_the_agreement_has_for_it(
    *, with_clause: bool
) -> None:
    document = renaming(
        {"provider": "Northwind Ltd", "customer": "Contoso LLC"},
        {"provider": "Northwind Ltd", "customer": "Fabrikam FZE"},
        with_clause=with_clause,
    )

    text = reads(document)
    start = text.index("Background")
    assert [line.split("of")[0] for line in text[2:start]] == (
        ["(1) “Northwind Ltd” ", "(2) “Contoso LLC” "]
        if with_clause
        else ["(1) Northwind Ltd (Provider)", "(2) Contoso LLC (Customer)"]
    )
    assert (
        "(C) The Agreement names “Contoso LLC” as Customer, and “Contoso LLC” signs "
        "this Amendment. From its effective date, this Amendment names “Fabrikam FZE” "
        "instead." in text
    )
    assert signed_by(document) == [
        (1, "provider", "Northwind Ltd"),
        (2, "customer", "Contoso LLC"),
    ]
    parties = document.document.agreement.parties
    assert parties["customer"].legal_name == "Contoso LLC"


@pytest.mark.parametrize("with_clause", [True, False])
def test_a_party_that_joins_and_one_that_leaves_both_sign(*, with_clause: bool) -> None:
    document = renaming(
        {"provider": "Northwind Ltd", "customer": "Contoso LLC"},
        {"provider": "Northwind Ltd", "provider-2": "Fabrikam FZE"},
        with_clause=with_clause,
    )

    text = reads(document)
    parties = text[2 : text.index("Background")]
    names = ("Northwind Ltd", "Contoso LLC", "Fabrikam FZE")
    assert len(parties) == len(names)
    for line, name in zip(parties, names, strict=True):
        assert name in line
    assert signed_by(document) == [
        (1, "provider", "Northwind Ltd"),
        (2, "provider-2", "Fabrikam FZE"),
        (3, "customer", "Contoso LLC"),
    ]
    assert not [line for line in text if "instead" in line]


def test_an_arabic_agreement_is_amended_in_arabic() -> None:
    text = reads(instrument(language="ar"))

    assert "3.1 يُستبدل بنص البند 1.1 (Term) النص الآتي:" in text
    assert "«1.1\u2003Five years.»" in text
    assert "3.3 يُضاف بعد البند 1 (Term) النص الآتي برقم البند 2:" in text


def test_both_languages_have_the_same_sentences_with_the_same_blanks() -> None:
    english, arabic = words("en"), words("ar")

    def blanks(text: str) -> set[str]:
        return {one.partition("}")[0] for one in text.split("{")[1:]}

    assert english.keys() == arabic.keys()
    assert {key: blanks(text) for key, text in english.items()} == {
        key: blanks(text) for key, text in arabic.items()
    }
    assert english["tables"].count("|") == arabic["tables"].count("|")
