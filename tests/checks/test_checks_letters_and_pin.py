"""Words of two alphabets, and agreements that follow the library as it is edited."""

from dataclasses import replace

from checking import drafted, found, paper, places
from drafting import AGREEMENT_FILE

from slacontracts import checks

CYRILLIC_O = "\u043e"


def test_a_name_that_mixes_alphabets_is_found() -> None:
    files = paper(parties="It binds {{ parties.customer.legal_name }}.")
    agreement = f"parties: {{customer: {{legal_name: C{CYRILLIC_O}ntoso Ltd}}}}"

    findings = found("mixed-scripts", files, agreement)

    assert [f.origin.path for f in findings] == ["/parties/customer/legal_name"]
    assert f"{CYRILLIC_O} (letter 2 of 7) is not a Latin letter" in findings[0].message


def test_wording_that_mixes_alphabets_is_found() -> None:
    files = paper(fees=f"The price is\nfixed. N{CYRILLIC_O}thing else is due.")

    assert places(found("mixed-scripts", files)) == ["clauses/fees/preferred.en.md:2:8"]


def test_who_signs_under_a_mixed_name_is_found() -> None:
    agreement = f"signatories: [{{party: customer, name: B{CYRILLIC_O}b, title: Boss}}]"

    findings = found("mixed-scripts", paper(fees="It is so."), agreement)

    assert [finding.origin.path for finding in findings] == ["/signatories/0/name"]


def test_arabic_russian_and_greek_words_of_their_own_are_left_alone() -> None:
    wording = (
        "The word “право”, the word “δίκη” and the word “حق” mean “Recht” – “droit”."
    )

    assert found("mixed-scripts", paper(fees=wording)) == ()


def test_an_agreement_without_a_saved_library_is_found() -> None:
    findings = found("library-working", paper(fees="It is so."), "library: working")

    assert [f.origin.file for f in findings] == [AGREEMENT_FILE]
    assert "slacontracts library take SLA-1" in findings[0].message


def test_an_agreement_with_a_saved_library_is_left_alone() -> None:
    composed, library = drafted(paper(fees="It is so."))
    saved = replace(library, revision="3f2a9c1e" * 5)

    findings = checks.run(composed.numbered, saved, composed.composition.place)

    assert [f.code for f in findings if f.code == "library-working"] == []
