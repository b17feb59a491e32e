"""The page of changes: what it shows of each change, and that no word is lost."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from compared import OLD, change, of_class, page, report, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import HtmlElement
from sample_documents import clause, numbered, table, words

from slacontracts.model.change import Impact, ValueChange
from slacontracts.model.document import Column, Item, NumberedDocument


@pytest.fixture(scope="module")
def root() -> HtmlElement:
    return page()


def shown(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the name of each change, and what its one text shows."""
    for one in of_class(root, "change"):
        (title,) = one.iter("h4")
        inline = of_class(one, "inline")
        yield seen(title), seen(inline[0]) if inline else ""


def test_every_change_is_numbered_named_and_shown(root: HtmlElement) -> None:
    assert list(shown(root)) == [
        (
            "Change 1 of 8: Inserted whole clause",
            "2.1 The Provider keeps data safe, 2.1(a) at rest & in <transit>.",
        ),
        ("Change 2 of 8: Moved whole clause", ""),
        ("Change 3 of 8: Changed heading", "Service Credits and Bonuses"),
        (
            "Change 4 of 8: Changed 4.2",
            "4.2 (was 2.2) Credits are at most 10%15% of the monthly fee.",
        ),
        ("Change 5 of 8: Inserted 4.2(b)", "4.2(b) and in one year."),
        ("Change 6 of 8: Inserted paragraph", "Years are calendar years."),
        ("Change 7 of 8: Deleted whole clause", "4.1 No press release is made."),
        (
            "Change 8 of 8: Changed table",
            "ChangeTargetMeasureValue Web hosting "
            "ChangedAvailabilityeach month99.9%99.5% "
            "DeletedResponseeach incident30 minutes "
            "InsertedResolutioneach incident4 hours "
            "2 other rows are unchanged.",
        ),
    ]


def test_clauses_stand_in_order_under_their_keys(root: HtmlElement) -> None:
    sections = of_class(root, "clause")

    assert [(one.get("id"), seen(one.find("h3"))) for one in sections] == [
        ("security", "Inserted 2 Security"),
        ("law", "Moved 3 Governing Law"),
        ("service-credits", "Changed 4 Service Credits and Bonuses (was 2)"),
        ("publicity", "Deleted 4 Publicity"),
        ("service-levels", "Changed Schedule 1 Service Levels"),
    ]


def test_a_move_says_from_where_to_where(root: HtmlElement) -> None:
    assert "Was 6, is now 3." in seen(change(root, 2))


def test_side_by_side_each_version_reads_as_it_is(root: HtmlElement) -> None:
    (sides,) = of_class(change(root, 4), "sides")

    assert [seen(side) for side in sides] == [
        "Before 2.2 Credits are at most 10% of the monthly fee.",
        "After 4.2 Credits are at most 15% of the monthly fee.",
    ]


@pytest.mark.parametrize(("number", "side"), [(1, 0), (7, 1)])
def test_what_a_version_has_not_is_said_to_be_missing(
    number: int, side: int, root: HtmlElement
) -> None:
    (sides,) = of_class(change(root, number), "sides")

    missing = [seen(one).endswith("Not in this version.") for one in sides]
    assert missing == [index == side for index in range(2)]


def test_the_contents_list_every_clause_that_differs(root: HtmlElement) -> None:
    listed = [seen(link) for link in root.iterfind(".//nav//a")]

    assert listed == [
        "What it means",
        "Changes of wording",
        "Inserted 2 Security",
        "Moved 3 Governing Law",
        "Changed 4 Service Credits and Bonuses",
        "Deleted 4 Publicity",
        "Changed Schedule 1 Service Levels",
        "Changes of data",
    ]


def test_headings_of_a_table_that_changed_are_told_as_such() -> None:
    old, new = (
        numbered(clause("a", "A", table((Column(head, 50), Column("Value", 50)), row)))
        for head, row in (("Target", ("Uptime", "99%")), ("Goal", ("Uptime", "98%")))
    )

    rows = change(page(report(old, new)), 1).findall(".//table[1]/tbody/tr")

    assert [[seen(cell) for cell in row] for row in rows[:2]] == [
        ["Changed headings", "TargetGoal", "Value"],
        ["Changed", "Uptime", "99%98%"],
    ]


def test_a_whole_table_that_came_has_no_column_of_changes() -> None:
    own = table((Column("Law", 50), Column("", 50)), ("Ireland", "yes"))
    root = page(report(numbered(clause("a", "A")), numbered(clause("a", "A", own))))

    (inline,) = of_class(change(root, 1), "inline")
    assert seen(inline) == "Law Irelandyes"


some_words = st.lists(st.sampled_from(["the", "fee", "10%", "15%,", "<b>"]), max_size=5)


@settings(max_examples=100)
@given(some_words, some_words)
def test_a_line_reads_as_before_without_what_came_and_as_after_without_what_went(
    before: list[str], after: list[str]
) -> None:
    begin = "In each month and in each year of the term, the parties agree that"
    lines = [" ".join([begin, *one, "is due."]) for one in (before, after)]
    old, new = (numbered(clause("a", "A", Item(words(line)))) for line in lines)

    shown_ = of_class(page(report(old, new)), "inline")

    assert len(shown_) == (before != after)
    for tag, line in zip(("ins", "del"), lines, strict=True):
        for one in map(deepcopy, shown_):
            for mark in list(one.iter(tag)):
                mark.drop_tree()
            assert seen(one) == f"1.1 {line}"


def test_what_stayed_in_a_clause_can_be_opened(root: HtmlElement) -> None:
    section = root.get_element_by_id("service-credits")

    folded = [
        (seen(one.find("summary")), [seen(line) for line in one.findall("p")])
        for one in section.iter("details")
    ]
    assert folded == [
        ("Unchanged: 4.1", ["4.1 (was 2.1) The Provider owes credits."]),
        ("Unchanged: 4.2(a)", ["4.2(a) (was 2.2(a)) In one month,"]),
        ("Unchanged: 4.3", ["4.3 (was 2.3) See Schedule 1."]),
    ]


def test_changes_of_data_stand_beside_each_other(root: HtmlElement) -> None:
    rows = root.get_element_by_id("values.part").findall(".//tbody/tr")

    assert [[seen(cell) for cell in row] for row in rows] == [
        ["/services/web-hosting/targets/availability/target", "99.9%", "99.5%"],
        ["/governing_law/law", "Ireland", "none"],
        ["/review/every", "none", "3 months"],
    ]


def test_what_it_means_stands_by_subject_and_says_for_whom(root: HtmlElement) -> None:
    rows = root.get_element_by_id("impact.part").findall(".//tbody/tr")

    assert [[seen(cell) for cell in row] for row in rows] == [
        ["Service levels"],
        ["Availability is weaker: 99.5% instead of 99.9%", "Worse", "Better"],
        ["Response is no longer promised", "Worse", "Better"],
        ["Approval"],
        ["Legal must approve the cap", "Neutral", "Neutral"],
    ]
    heads = root.get_element_by_id("impact.part").findall(".//thead//th")
    assert [one.text for one in heads[1:]] == ["For the customer", "For the provider"]


def test_versions_that_say_the_same_give_a_page_that_says_so() -> None:
    root = page(report(OLD, OLD, (), ()))

    assert "The two versions say the same." in root.text_content()
    assert of_class(root, "change") == []
    assert list(root.iter("fieldset")) == []


def test_only_data_may_differ() -> None:
    root = page(report(OLD, OLD, impacts=()))

    assert root.find(".//main//h2").text == "Changes of data"
    assert "3 values of the data changed." in root.text_content()


NASTY = ["<script>alert(1)</script>", "</style></main>", "a \" b ' c & d &amp; e"]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_words_come_out_as_they_are(text: str) -> None:
    def version(words_: str) -> NumberedDocument:
        return numbered(clause("a", words_, Item(words(words_))), title=words_)

    values = (ValueChange(f"/{text}", text, "new"),)
    impacts = (Impact(text, text),)
    root = page(report(version("old"), version(text), values, impacts))

    assert len(list(root.iter("script", "style", "main"))) == 3
    (inline,) = of_class(change(root, 3), "inline")
    (inserted,) = of_class(inline, "words")
    assert inserted.text_content() == text
    assert text in seen(root.get_element_by_id("values.part"))
    assert seen(root.find(".//td/../th")) in (text, text[:1].upper() + text[1:])
    assert seen(root.find(".//h1")) == text
