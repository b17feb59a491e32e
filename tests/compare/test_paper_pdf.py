"""Signed PDFs against the execution version: every changed word, and nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from papers import LINES, admitted, pages_of, pdf
from signed_agreement import SIGNING, execution_version

from slacontracts.compare.paper import PaperComparison
from slacontracts.compare.paper_pdf import differences_in_pdf
from slacontracts.model.paper import Paper, PaperPage
from slacontracts.store.paper_files import read_pdf

Pages = list[list[str]]


def compared(*pages: PaperPage | list[str]) -> PaperComparison:
    paper = Paper(
        tuple(
            replace(page, number=number)
            if isinstance(page, PaperPage)
            else PaperPage(number, tuple(page), is_blank=not page)
            for number, page in enumerate(pages, 1)
        )
    )
    return differences_in_pdf(paper, admitted(execution_version()), SIGNING)


def signed(change: Callable[[Pages], object] = lambda _: None) -> Pages:
    pages = pages_of(execution_version())
    change(pages)
    return pages


def said(*pages: PaperPage | list[str]) -> list[str]:
    return [str(one) for one in compared(*pages).differences]


def place_of(pages: Pages, words: str) -> tuple[int, int]:
    return next(
        (at, number)
        for at, page in enumerate(pages)
        for number, line in enumerate(page)
        if words in line
    )


def replaced(old: str, new: str) -> Pages:
    pages = signed()
    at, number = place_of(pages, old)
    pages[at][number] = pages[at][number].replace(old, new)
    return pages


def test_an_untouched_paper_has_no_difference() -> None:
    comparison = compared(*signed())

    assert comparison.differences == ()
    assert comparison.written == ()
    assert comparison.agreeing_percent == 100


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("99.9%", "99.5%", "clause 2.1, page 1: “99.9%” -> “99.5%”"),
        ("36 months", "63 months", "clause 1.1, page 1: “36” -> “63”"),
        ("4,500.00", "4,600.00", "Schedule 1, page 3: “4,500.00” -> “4,600.00”"),
        ("30 days", "3 days", "Schedule 1, paragraph 1, page 4: “30” -> “3”"),
        ("shall not", "shall", "clause 2.2, page 1: “not” is missing"),
        ("in writing", "in proper writing", "clause 1.2, page 1: “proper” was added"),
        ("CN-2204518", "CN-2204513", "clause 1.2(a), page 1: “CN-2204518;” -> “CN-2"),
        ("1.2 Either", "1.3 Either", "clause 1.2, page 1: “1.2” -> “1.3”"),
        ("Version 3", "Version 2", "page 1: “SLA-2026-0001 · Version 2” was added"),
    ],
)  # fmt: skip
def test_one_changed_word_is_found_with_its_place(
    old: str, new: str, difference: str
) -> None:
    (found,) = said(*replaced(old, new))

    assert difference in found


def test_some_words_around_a_difference_are_shown() -> None:
    (found,) = said(*replaced("99.9%", "99.5%"))

    assert "(“for at least 99.9% of each month.”)" in found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("The Services are", "TheServices are", id="a lost space"),
        pytest.param("1 December", "1December", id="a lost space after a number"),
        pytest.param(
            "The Provider shall", "The Pro vider shall", id="a space too many"
        ),
        pytest.param("suspend", "SUSPEND", id="capitals"),
        pytest.param("for at least", "• for at least", id="a bullet"),
        pytest.param("Background", "Background .......", id="leaders"),
    ],
)
def test_how_a_program_prints_words_is_no_difference(old: str, new: str) -> None:
    assert said(*replaced(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new"), [("4,500.00", "4,500 .00"), ("36 months", "3 6 months")]
)
def test_a_space_may_not_part_a_number(old: str, new: str) -> None:
    assert len(said(*replaced(old, new))) == 1


def test_a_word_parted_at_the_end_of_a_line_is_one_word() -> None:
    pages = signed()
    at, number = place_of(pages, "suspend")
    before, after = pages[at][number].split("suspend")
    pages[at][number : number + 1] = [f"{before}sus\u00ad", f"pend{after}"]

    assert said(*pages) == []


def test_a_missing_page_is_a_difference_with_all_that_stood_there() -> None:
    pages = signed(lambda pages: pages.pop(1))

    found = said(*pages)

    assert any("words)” is missing" in one for one in found)
    assert any("the footer, page 2: the page is numbered 3" in one for one in found)


def test_an_appended_page_is_a_difference() -> None:
    found = said(*signed(), ["Annex A", "The cap on liability is lifted."])

    assert len(found) == 1
    assert "“Annex A The cap on liability is lifted.” was added" in found[0]


def test_a_page_between_others_is_a_difference() -> None:
    pages = signed(lambda pages: pages.insert(2, ["Nothing here is binding."]))

    assert any("“Nothing here is binding.” was added" in one for one in said(*pages))


def test_a_page_that_is_a_picture_is_a_difference() -> None:
    (found,) = said(*signed(), PaperPage(0, (), has_picture=True))

    assert "the page is a picture, whose words cannot be read" in found


def test_a_blank_page_is_no_difference() -> None:
    assert said(*signed(), []) == []


def test_what_people_write_where_they_sign_is_no_difference() -> None:
    pages = signed()
    at, number = place_of(pages, "Niamh Kelleher")
    pages[at].insert(number + 1, "23 November 2026, at Dublin")

    comparison = compared(*pages)

    assert comparison.differences == ()
    assert comparison.written == ("23 November 2026, at Dublin",)


def test_another_name_where_somebody_signs_is_told() -> None:
    comparison = compared(*replaced("Niamh Kelleher", "Rory Lynch"))

    assert comparison.differences == ()
    assert comparison.written == ("“Niamh Kelleher” -> “Rory Lynch”",)


def test_what_the_parties_declare_when_they_sign_may_not_change() -> None:
    (found,) = said(*replaced("authorised signatory", "signatory"))

    assert "“authorised” is missing" in found


def test_words_of_a_signing_service_on_every_page_are_told_once() -> None:
    pages = [[*page, "Envelope 4711-0815"] for page in signed()]

    comparison = compared(*pages)

    assert comparison.differences == ()
    assert comparison.written == ("on every page: Envelope 4711-0815",)


@pytest.mark.parametrize("bare", [(), (0,), (-1,), (0, -1)])
def test_initials_are_told_once_though_cover_or_last_page_lack_them(
    bare: tuple[int, ...],
) -> None:
    many = [
        line for page in signed() for line in page[1:-1]
    ]  # without headers and footers, on short pages
    pages = [[*many[at : at + 9], "NK / OM"] for at in range(0, len(many), 9)]
    for at in bare:
        pages[at].pop()

    comparison = compared(*pages)

    count = len(pages) - len(bare)
    where = f"{count} of {len(pages)} pages" if bare else "every page"
    assert comparison.differences == ()
    assert comparison.written == (f"on {where}: NK / OM",)


def test_a_line_that_is_put_on_some_pages_alone_is_a_difference() -> None:
    pages = [[*page, "NK / OM"] for page in signed()]
    for page in pages[1:4]:
        page.pop()

    assert compared(*pages).differences != ()


def test_words_of_the_text_are_no_mark_on_its_pages() -> None:
    pages = [[*page, "36 months"] for page in signed()]
    at, number = place_of(pages, "36 months")
    pages[at][number] = pages[at][number].replace("36 months", "")

    assert compared(*pages).differences != ()


def test_long_words_on_every_page_that_differ_at_the_end_are_differences() -> None:
    long = " ".join(f"w{at}" for at in range(19))
    pages = [[*page, f"{long} end{at}"] for at, page in enumerate(signed())]

    assert compared(*pages).differences != ()


def test_what_is_written_where_people_sign_is_told_in_full() -> None:
    pages = signed()
    at, number = place_of(pages, "Niamh Kelleher")
    clause = " ".join(f"w{at}" for at in range(40))
    pages[at].insert(number + 1, clause)

    assert compared(*pages).written == (clause,)


def test_a_picture_over_words_is_a_difference_but_not_where_people_sign() -> None:
    pages: list[PaperPage | list[str]] = [*signed()]
    for at in (1, -1):
        lines = pages_of(execution_version())[at]
        pages[at] = PaperPage(0, tuple(lines), covered="99.9%", notes=("stamp",))

    assert said(*pages) == [
        "page 2: a picture lies over “99.9%”",
        "page 2: a stamp was put onto the page",
    ]


def test_words_drawn_over_are_a_difference_but_not_where_people_sign() -> None:
    pages: list[PaperPage | list[str]] = [*signed()]
    for at in (1, -1):
        lines = pages_of(execution_version())[at]
        pages[at] = PaperPage(0, tuple(lines), crossed="99.9%")

    assert said(*pages) == ["page 2: “99.9%” was drawn over, as if struck out"]


def test_a_picture_beside_the_words_is_told() -> None:
    pages: list[PaperPage | list[str]] = [*signed()]
    pages[1] = PaperPage(0, tuple(signed()[1]), has_picture=True)

    comparison = compared(*pages)

    assert comparison.differences == ()
    assert comparison.written == ("page 2: a picture",)


def test_the_heading_of_a_table_may_be_repeated_on_its_next_page() -> None:
    pages = signed()
    at, _ = place_of(pages, "Item 29")
    assert at != place_of(pages, "Item 0")[0], "the table goes on on a new page"
    pages[at].insert(1, "Service Amount")

    assert said(*pages) == []


def test_the_heading_of_a_table_elsewhere_is_a_difference() -> None:
    pages = signed()
    at, number = place_of(pages, "Item 3")
    pages[at].insert(number, "Service Amount")

    assert len(said(*pages)) == 1


def test_headers_and_footers_may_be_missing() -> None:
    pages = [page[1:-1] for page in signed()]

    assert said(*pages) == []


def test_a_header_may_share_its_line_with_the_text() -> None:
    pages = signed()
    pages[1][:2] = [" ".join(pages[1][:2])]
    pages[2][-2:] = [" ".join(pages[2][-2:])]

    assert said(*pages) == []


def test_a_changed_header_is_a_difference() -> None:
    pages = signed()
    pages[2][0] = pages[2][0].replace("SLA-2026-0001", "SLA-2026-0002")

    (found,) = said(*pages)

    assert "SLA-2026-0002" in found


def test_pages_that_say_another_number_of_pages_are_a_difference() -> None:
    pages = signed()
    pages[-1][-1] = pages[-1][-1].replace(f"of {len(pages)}", "of 99")

    assert said(*pages) == [
        f"the footer, page {len(pages)}: the page is said to be one of 99"
    ]


def test_pages_may_be_laid_out_otherwise() -> None:
    words = " ".join(
        line for page in pages_of(execution_version()) for line in page[1:-1]
    )
    flat = words.split()
    lines = [" ".join(flat[at : at + 9]) for at in range(0, len(flat), 9)]

    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]

    assert said(*pages) == []


def test_a_pdf_from_another_program_is_read_and_compared() -> None:
    pages = replaced("99.9%", "99.5%")

    paper = read_pdf(pdf(*pages), "signed.pdf")
    execution = admitted(execution_version())

    (found,) = differences_in_pdf(paper, execution, SIGNING).differences
    assert (found.expected, found.found, found.page) == ("99.9%", "99.5%", 1)


def test_another_agreement_hardly_agrees() -> None:
    comparison = compared(["This is a lease of a garden in Galway."] * 20)

    assert comparison.agreeing_percent < 20
    assert comparison.differences
