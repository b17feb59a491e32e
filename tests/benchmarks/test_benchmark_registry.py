"""The register that is measured is one: records in order, texts shared and own."""

from pathlib import Path

from benchmarks.registry import SEARCHES, TODAY, entries, sample_model
from slacontracts.deadlines.states import State, state
from slacontracts.store.index import INDEX_FILE, Index
from slacontracts.workflow.registered import life_in


def test_the_measured_register_is_found_listed_and_told_apart(tmp_path: Path) -> None:
    model = sample_model()

    with Index.rebuild(tmp_path / INDEX_FILE, entries(model, 8)) as index:
        lives = [life_in(records) for records in index.histories()]
        shared = index.search(SEARCHES["a word of every title"])
        own = index.search("peculiarity7")
        customer = index.search('"customer 3 trading"')
        arabic = index.search(SEARCHES["an Arabic word"])

    assert len(model.texts) > 50
    assert [len(life.signed) if life else 0 for life in lives] == [
        2,
        1,
        1,
        1,
        2,
        1,
        1,
        1,
    ]
    assert {state(life, TODAY) for life in lives if life} == {State.IN_FORCE}
    assert len(shared) >= 8
    assert {hit.agreement for hit in own} == {"SLA-2026-00007"}
    assert {hit.agreement for hit in customer} == {"SLA-2026-00003"}
    assert {hit.agreement for hit in arabic} == {
        f"SLA-2026-0000{at}" for at in range(8)
    }


def test_every_search_that_is_measured_but_one_finds_something(tmp_path: Path) -> None:
    with Index.rebuild(tmp_path / INDEX_FILE, entries(sample_model(), 1)) as index:
        found = {
            name: bool(index.search(text.replace("4711", "0")))
            for name, text in SEARCHES.items()
        }

    assert [name for name, is_found in found.items() if not is_found] == [
        "what no text says"
    ]
