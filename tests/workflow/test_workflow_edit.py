"""Editing an agreement: values and clauses, refused where they would be wrong."""

import re
from pathlib import Path
from typing import Any

import pytest
from failing import STAGES, fail_on

from slacontracts.errors import NotFoundError, SourceError
from slacontracts.model.paths import look_up
from slacontracts.source.yaml_text import read_yaml
from slacontracts.workflow.desk import Desk
from slacontracts.workflow.edit import list_to_copy, set_values
from slacontracts.workflow.use import omit_clause, use_position, use_template, use_text
from slacontracts.workflow.wording import wording_in

ID = "SLA-2026-0001"
DEFAULTS = {
    "term": {"notice": "P90D"},
    "priorities": [{"key": "p1", "says": "down"}],
    "hours": {"office": {"week": {"mon-thu": ["08:00-17:00"], "fri": ["08:00-12:00"]}}},
    "services": [{"key": "web", "targets": [{"key": "availability"}]}],
}


def source(desk: Desk, agreement_id: str = ID) -> str:
    return desk.workspace.read(desk.workspace.agreement(agreement_id).file).decode()


def data(desk: Desk, agreement_id: str = ID) -> Any:
    read, findings = read_yaml(source(desk, agreement_id), "agreement.yaml")
    assert read is not None, findings
    return read.data


def test_a_clause_of_the_library_is_brought_in_by_its_position(desk: Desk) -> None:
    use_position(desk, ID, "data-residency", "preferred")

    assert re.search(r"data-residency:\s+\{?\s*position: preferred", source(desk))


def test_a_clause_that_is_not_there_cannot_be_left_out(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match='has no clause "data-residency"'):
        omit_clause(desk, ID, "data-residency")


@pytest.mark.parametrize(
    ("data", "path", "copied"),
    [
        ({}, "/term/notice", None),
        ({}, "/priorities/p1/says", "/priorities"),
        ({}, "/hours/office/week/fri/0", "/hours/office/week"),
        ({"priorities": None}, "/priorities/p1/says", "/priorities"),
        ({"priorities": [{"key": "own"}]}, "/priorities/p1/says", None),
        ({}, "/services/web/targets/availability/target", "/services"),
        ({"services": []}, "/services/web/name", None),
        ({}, "/priorities", None),
        ({}, "/contacts/desk/phone", None),
    ],
    ids=[
        "no list on the way",
        "inside a list that only the template gives",
        "a week is taken whole, as a list is",
        "an emptied list counts as not given",
        "the agreement has its own list",
        "the outermost list is copied",
        "an empty list of its own is its own",
        "a list as a whole",
        "nobody gives the list",
    ],
)
def test_a_list_of_the_template_is_copied_when_an_address_leads_into_it(
    data: dict[str, object], path: str, copied: str | None
) -> None:
    found = list_to_copy(data, DEFAULTS, path)

    assert (found and found[0]) == copied


def test_a_copied_list_is_a_copy() -> None:
    found = list_to_copy({}, DEFAULTS, "/priorities/p1/says")

    assert found is not None
    assert found[1] == DEFAULTS["priorities"]
    assert found[1] is not DEFAULTS["priorities"]


def test_a_value_is_set_and_comments_stay(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    commented = "# Agreed by telephone.\n" + source(desk)
    desk.workspace.write(place.file, commented.encode())

    set_values(desk, ID, [("/term/initial", "P24M")])

    text = source(desk)
    assert text.startswith("# Agreed by telephone.\n")
    assert "P24M" in text


@pytest.mark.parametrize(
    "value",
    [
        "a = b = c",
        "A & B <Ltd>",
        "*not bold*",
        "{{ x }}",
        "{#",
        "yes",
        "010",
        "شركة",
        "🚀",
    ],
)
def test_any_text_is_kept_as_typed(desk: Desk, value: str) -> None:
    set_values(desk, ID, [("/parties/customer/address", value)])

    read, _ = read_yaml(source(desk), "agreement.yaml")
    assert read is not None
    assert read.data["parties"]["customer"]["address"] == value


def test_an_empty_value_is_taken_out_so_that_the_templates_holds(desk: Desk) -> None:
    from slacontracts.workflow.draft import compose_draft
    from slacontracts.workflow.shelf import Shelf

    set_values(desk, ID, [("/credits/cap_percent", "10")])
    set_values(desk, ID, [("/credits/cap_percent", "")])

    draft = compose_draft(Shelf(desk), desk.workspace.agreement(ID))
    assert draft.composed is not None
    agreement = draft.composed.composition.agreement
    assert str(agreement.values["credits"]["cap_percent"]) == "25"


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("/term/initial", "three years", "not a span of time"),
        ("/term/intial", "P36M", "did you mean"),
        ("/effective/on", "2026-02-30", "2026-02-30"),
        ("/id", "SLA-2026-0009", "stays as it is"),
        ("/library", "f" * 40, "has no version"),
        ("/template", "service/none", "no template"),
        ("/liability/indirect_loss_excluded", "no", "locked by templates/corporate"),
        ("/services/web-hostng/name", "X", "web-hostng"),
        ("/services", "X", "/services"),
        ("/template", "", "keeps its template and kind; draft a new one"),
        ("/template", "service/ola", "keeps its template and kind; draft a new one"),
        ("/kind", "ola", "keeps its template and kind; draft a new one"),
        ("/parties/customer/address", "a\u202eb", "U\\+202E"),
        (
            "/approvals/+",
            "{item: publicity, role: legal, by: NAME, on: 2026-11-23}",
            '"NAME" stands for the name of the person who approved',
        ),
        (
            "/approvals/+",
            "{item: a, role: legal, by: <name>, on: 2026-11-23}",
            "<name>",
        ),
        ("/approvals/+", "{item: a, role: legal, by: \u3164, on: 2026-11-23}", '"by"'),
    ],
)
def test_what_would_be_wrong_is_refused_and_nothing_is_written(
    desk: Desk, path: str, value: str, reason: str
) -> None:
    before = source(desk)

    with pytest.raises(SourceError, match=reason):
        set_values(desk, ID, [("/term/notice", "P30D"), (path, value)])

    assert source(desk) == before


@pytest.mark.parametrize("nothing", ["", " ", "\xa0", "\u3164", "\u2800\u2800"])
def test_a_value_that_shows_nothing_is_taken_out(desk: Desk, nothing: str) -> None:
    edited = set_values(desk, ID, [("/credits/claim_days", "20")])
    assert edited.removed == ()

    edited = set_values(desk, ID, [("/credits/claim_days", nothing)])

    assert edited.removed == (("/credits/claim_days", "20"),)


def test_wording_that_shows_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(SourceError, match="the wording is empty"):
        use_text(desk, ID, "publicity", "\u3164\n", "en")


def test_another_kind_that_fits_is_taken(desk: Desk) -> None:
    set_values(desk, ID, [("/kind", "multilevel")])

    assert "multilevel" in source(desk)


def test_errors_that_a_change_brings_are_told_and_old_ones_are_not(desk: Desk) -> None:
    first = omit_clause(desk, ID, "data-protection")
    second = set_values(desk, ID, [("/term/notice", "P60D")])

    assert first.new_errors
    assert {one.severity for one in first.new_errors} == {"error"}
    assert set(first.new_errors) <= set(first.findings)
    assert second.new_errors == ()
    assert set(first.new_errors) <= set(second.findings)


def test_an_agreement_that_is_wrong_elsewhere_can_still_be_mended(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    text = source(desk).replace("initial: P36M", "initial: three years")
    assert "three years" in text
    desk.workspace.write(place.file, text.encode())

    set_values(desk, ID, [("/term/notice", "P60D")])
    set_values(desk, ID, [("/term/initial", "P12M")])

    assert "P12M" in source(desk)


def test_a_new_item_is_added_with_the_next_number(desk: Desk) -> None:
    read, _ = read_yaml(source(desk), "agreement.yaml")
    assert read is not None
    next_one = len(read.data["signatories"])

    set_values(
        desk,
        ID,
        [
            (f"/signatories/{next_one}/party", "customer"),
            (f"/signatories/{next_one}/name", "Second Signatory"),
        ],
    )

    read, _ = read_yaml(source(desk), "agreement.yaml")
    assert read is not None
    added = {"party": "customer", "name": "Second Signatory"}
    assert read.data["signatories"][next_one] == added


def test_a_position_is_used_and_the_templates_comes_back(desk: Desk) -> None:
    before = source(desk)

    use_position(desk, ID, "limitation-of-liability", "fallback-1")
    assert "fallback-1" in source(desk)
    use_template(desk, ID, "limitation-of-liability")

    assert "  limitation-of-liability:" not in source(desk) or source(desk) == before


def test_negotiated_wording_is_kept_for_each_language(desk: Desk) -> None:
    use_text(desk, ID, "waiver", "No waiver by silence.\n", "en")
    use_text(desk, ID, "waiver", "لا تنازل بالسكوت.\n", "ar")

    text = source(desk)
    assert "No waiver by silence." in text
    assert "لا تنازل بالسكوت." in text


@pytest.mark.parametrize(
    ("clause", "position", "reason"),
    [
        ("limitation-of-liability", "fallback-9", "its positions: preferred"),
        ("variation", "preferred", "locked by templates/corporate/standard.yaml"),
    ],
)
def test_a_wrong_position_is_refused(
    desk: Desk, clause: str, position: str, reason: str
) -> None:
    before = source(desk)

    with pytest.raises(SourceError, match=reason):
        use_position(desk, ID, clause, position)

    assert source(desk) == before


def test_a_mistyped_clause_gets_a_suggestion(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match='did you mean "publicity"'):
        omit_clause(desk, ID, "publicty")


def test_a_clause_outside_the_outline_cannot_be_omitted(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="outline OLA-2026-0001"):
        omit_clause(desk, "OLA-2026-0001", "limitation-of-liability")


@pytest.mark.parametrize(
    ("wording", "reason"),
    [
        ("- a bullet\n", "bullets are not used"),
        ("{{ partys.customer.legal_name }}\n", "partys"),
        ("{% if x %}\n", "if"),
        ("   \n", "empty"),
    ],
)
def test_wrong_wording_is_refused(desk: Desk, wording: str, reason: str) -> None:
    before = source(desk)

    with pytest.raises(SourceError, match=reason):
        use_text(desk, ID, "waiver", wording, "en")

    assert source(desk) == before


def test_wording_comes_from_a_text_file_with_any_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "waiver.md"
    path.write_bytes(b"No waiver.\r\n\r\n1. Ever.\r\n")

    assert wording_in(path) == "No waiver.\n\n1. Ever.\n"


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0\xff", "x\u202ey".encode()])
def test_a_file_that_is_no_plain_text_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "waiver.md"
    path.write_bytes(content)

    with pytest.raises(SourceError, match="plain text"):
        wording_in(path)


def test_a_missing_wording_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"none\.md"):
        wording_in(tmp_path / "none.md")


def test_an_unreadable_agreement_is_mended_first(desk: Desk) -> None:
    place = desk.workspace.agreement(ID)
    desk.workspace.write(place.file, b"id: [\n")

    with pytest.raises(SourceError, match="mend the places above") as raised:
        set_values(desk, ID, [("/term/initial", "P12M")])

    assert raised.value.findings


@pytest.mark.parametrize("stage", STAGES)
def test_a_value_on_which_the_product_fails_is_not_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    before = source(desk)
    fail_on(monkeypatch, "P31D", stage)

    with pytest.raises(SourceError, match=r"ZeroDivisionError: no way.*please report"):
        set_values(desk, ID, [("/term/initial", "P12M"), ("/term/notice", "P31D")])

    assert source(desk) == before


@pytest.mark.parametrize("stage", STAGES)
def test_an_agreement_on_which_the_product_fails_can_be_mended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    set_values(desk, ID, [("/term/notice", "P31D")])
    fail_on(monkeypatch, "P31D", stage)

    set_values(desk, ID, [("/term/notice", "P32D")])

    assert data(desk)["term"]["notice"] == "P32D"


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("/term/initial", "24 months", "P24M"),
        ("/effective/on", "1 December 2026", "2026-12-01"),
        ("/credits/cap_percent", "22.5%", "22.5"),
        ("/services/web-hosting/price", "EUR 4,800.50", None),
        ("/services/web-hosting/targets/availability/target", "99.95%", "99.95"),
        (
            "/liability/minimum_cap",
            "SAR 75,000",
            {"amount": "75000", "currency": "SAR"},
        ),
        (
            "/liability/minimum_cap",
            '{amount: "5.00", currency: EUR}',
            {"amount": "5.00", "currency": "EUR"},
        ),
        ("/parties/customer/address", "24 months", "24 months"),
        ("/parties/customer/address", "{a: b}", "{a: b}"),
    ],
)
def test_what_is_printed_may_be_typed(
    desk: Desk, path: str, typed: str, kept: object
) -> None:
    if kept is None:  # a price is a group with more than a sum in it
        path, kept = f"{path}/amount", "4800.50"

    set_values(desk, ID, [(path, typed)])

    assert look_up(data(desk), path) == kept


def test_an_amount_with_its_currency_sets_both(desk: Desk) -> None:
    set_values(desk, ID, [("/services/web-hosting/price/amount", "USD 5,000.00")])

    price = look_up(data(desk), "/services/web-hosting/price")
    assert (price["amount"], price["currency"]) == ("5000.00", "USD")


def test_a_sum_sets_the_amount_and_currency_of_a_price_and_keeps_the_rest(
    desk: Desk,
) -> None:
    price = "/services/web-hosting/price"
    set_values(desk, ID, [(f"{price}/model", "quarterly"), (price, "£ 5,000")])

    kept = look_up(data(desk), price)
    assert kept["model"] == "quarterly"
    assert (kept["amount"], kept["currency"]) == ("5000", "GBP")


def test_values_in_braces_are_taken_as_single_values_are(desk: Desk) -> None:
    typed = (
        "{key: backup, name: Backup 99.9%, price: EUR 20, "
        "targets: [{key: up, metric: availability, target: 99.5%}]}"
    )
    approval = "{item: waiver, role: legal, by: 1 March 2026, on: 1 March 2026}"

    set_values(desk, ID, [("/services/+", typed), ("/approvals/+", approval)])

    service = data(desk)["services"][-1]
    assert service["name"] == "Backup 99.9%"
    assert service["price"] == {"amount": "20", "currency": "EUR"}
    assert service["targets"][0]["target"] == "99.5"
    kept = data(desk)["approvals"][-1]
    assert (kept["by"], kept["on"]) == ("1 March 2026", "2026-03-01")


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("/approvals/+", "{item: waiver, on: 01/12/2026}", "2026-01-12 or 2026-12-01"),
        ("/services/colocation/price", "{amount: EUR 2, currency: USD}", "given twice"),
        (
            "/services/colocation/price",
            "5,000",
            'alone: "/services/colocation/price/am',
        ),
        (
            "/services/colocation/price",
            "$ 5,000",
            "several currencies; write USD 5,000",
        ),
        ("/services/colocation/price/amount", "$5", "several currencies; write USD 5"),
        ("/effective/on", "01/12/2026", "2026-01-12 or 2026-12-01"),
        ("/effective/on", "31.12.2026", "write 2026-12-31, or the month in words"),
        (
            "/liability/minimum_cap",
            "100,000",
            'write "/liability/minimum_cap=EUR 100,000"',
        ),
        (
            "/liability/minimum_cap",
            "much",
            'write "/liability/minimum_cap=EUR 4,500.00"',
        ),
        ("/approvals/+", "{item: waiver", "is not closed"),
        ("/services/none/name", "x", r'"/services/\+=\{key: none, ...\}" adds one'),
        ("/conditions/permit/says", "x", r'add one with "/conditions/\+=\{key: permit'),
        ("/library", "", "library take"),
        ("/term/initial/", "", "not the address"),
        ("/services/colocation/key", "", 'required field "key" is missing'),
        ("/services/nothing", "", "there is no item"),
        ("/maintenance/window", "", "cannot be taken out"),
    ],
)
def test_a_refusal_says_what_to_write(
    desk: Desk, path: str, value: str, reason: str
) -> None:
    before = source(desk, "UC-2026-0001")

    with pytest.raises(SourceError, match=reason):
        set_values(desk, "UC-2026-0001", [(path, value)])

    assert source(desk, "UC-2026-0001") == before


def test_an_item_is_taken_out_by_its_key_and_told(desk: Desk) -> None:
    keys = [service["key"] for service in data(desk)["services"]]
    assert keys == ["web-hosting", "managed-database"]

    edited = set_values(desk, ID, [("/services/managed-database", "")])

    ((path, was),) = edited.removed
    assert path == "/services/managed-database"
    assert was.startswith("{key: managed-database, name: Managed Database,")
    assert [service["key"] for service in data(desk)["services"]] == ["web-hosting"]


def test_an_item_that_only_the_template_gives_is_taken_out_of_a_copy(
    desk: Desk,
) -> None:
    set_values(desk, ID, [("/priorities", "")])
    assert "priorities" not in data(desk)

    set_values(desk, ID, [("/priorities/p4", "")])

    assert [one["key"] for one in data(desk)["priorities"]] == ["p1", "p2", "p3"]


def test_of_many_reasons_the_first_are_told_and_the_others_counted(desk: Desk) -> None:
    with pytest.raises(SourceError) as raised:
        set_values(desk, ID, [("/language", "ar")])

    first, *lines, last = str(raised.value).splitlines()
    assert "nothing was written" in first
    assert len(lines) == 5
    assert re.fullmatch(r"  and \d\d more", last)


def test_wording_with_numbers_of_its_own_is_refused_by_its_line(desk: Desk) -> None:
    for text, line in (("1. One.\n\n2. Two.\n", 3), ("Words.\n\n   1) One.\n", 3)):
        with pytest.raises(
            SourceError, match=f"line {line} of the wording begins with"
        ):
            use_text(desk, ID, "publicity", text, "en")
    use_text(desk, ID, "publicity", "1. One of\n   12 months.\n1. Two.\n", "en")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("own.docx", b"PK\x03\x04", "is a Word file; copy the wording"),
        ("own.txt", b"%PDF-1.7", "is a PDF file; copy the wording"),
    ],
)
def test_wording_in_another_kind_of_file_is_told_what_to_do(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SourceError, match=reason):
        wording_in(tmp_path / name)
