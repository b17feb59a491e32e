"""All checks together: order, and the agreements that the product comes with."""

from pathlib import Path

import pytest
from checking import drafted, paper
from drafting import SETTINGS

from slacontracts import checks
from slacontracts.checks.phrases import lexicon_of, phrases_in
from slacontracts.compose.assemble import Composed, compose_agreement
from slacontracts.model.finding import Severity
from slacontracts.model.library import Library
from slacontracts.source.library import read_library
from slacontracts.source.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "agreements").rglob("agreement.yaml"))


@pytest.fixture(scope="module")
def library() -> Library:
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for folder in ("clauses", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".md", ".yaml")
    }
    return read_library(files, "3f2a9c1e" * 5)[0]


def sample(path: Path, library: Library) -> Composed:
    source, _ = read_yaml(path.read_bytes(), path.relative_to(ROOT).as_posix())
    assert source is not None
    composed, _ = compose_agreement(source, library, SETTINGS)
    assert composed is not None
    return composed


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_the_samples_have_nothing_that_a_lawyer_would_mend(
    path: Path, library: Library
) -> None:
    composed = sample(path, library)

    findings = checks.run(composed.numbered, library, composed.composition.place)

    grave = [str(f) for f in findings if f.severity is not Severity.INFO]
    assert grave == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_no_definition_of_the_samples_can_be_taken_out_unnoticed(
    path: Path, library: Library
) -> None:
    composed = sample(path, library)
    facts = checks.Facts(composed.numbered, library, composed.composition.place)
    used = {use.key for use in facts.term_uses if not use.passage.is_cell}
    texts = [passage.text for passage in facts.passages if not passage.is_cell]
    terms = [definition.term for definition in facts.definitions]

    unnoticed = []
    for key, definitions in facts.terms.items():
        term = definitions[0].term
        left = lexicon_of(tuple(other for other in terms if other != term))
        phrases = (phrase for text in texts for phrase in phrases_in(text, left))
        if key in used and not any(not phrase.term for phrase in phrases):
            unnoticed.append(term)

    # "Availability" of the operational agreement is used in its tables only, and the
    # key terms are a part of the paper.
    assert set(unnoticed) <= {"Key Terms", "Availability"}


def test_findings_come_by_place_and_once() -> None:
    files = paper(
        b="The Second Thing is due. The First Thing is due.",
        a="{{ parties.customer.legal_name }} and the Third Thing.",
    )
    composed, library = drafted(files)

    findings = checks.run(composed.numbered, library, composed.composition.place)

    places = [(f.origin.file, f.origin.line, f.origin.column) for f in findings]
    assert places == sorted(places)
    assert len(findings) == len(set(findings))
    assert [f.code for f in findings].count("undefined-term") == 3
