"""The page of changes without eyes, colours, mouse, script or network."""

import re
from base64 import b64encode
from hashlib import sha256
from itertools import pairwise

import pytest
from compared import NEW, OLD, change, in_arabic, of_class, page, report, seen
from lxml.html import HtmlElement

from slacontracts.model.change import Impact
from slacontracts.render.comparison_html import comparison_html
from slacontracts.render.comparison_report import Report
from slacontracts.render.comparison_style import sheet_of_changes
from slacontracts.text import script_runs


@pytest.fixture(scope="module")
def root() -> HtmlElement:
    return page()


def test_what_came_and_what_went_is_told_in_words(root: HtmlElement) -> None:
    (inline,) = of_class(change(root, 4), "inline")

    assert [one.text_content() for one in inline.iter("del", "ins")] == [
        "deleted: 10% (end of deletion) ",
        "inserted: 15% (end of insertion) ",
    ]


def test_every_mark_of_the_page_can_be_heard(root: HtmlElement) -> None:
    main = root.find(".//main")

    for one in main.iter("del", "ins"):
        first, words_, last = one
        assert first.get("class") == last.get("class") == "said"
        word = {"del": "delet", "ins": "insert"}[one.tag]
        assert word in first.text
        assert word in last.text
        assert words_.text_content()


def test_signs_and_lines_tell_changes_apart_without_colour() -> None:
    sheet = sheet_of_changes("SLA-2026-0001")

    assert re.search(r'ins::before\{content:"\+"', sheet)
    assert re.search(r'del::before\{content:"\\2212"', sheet)
    assert re.search(r"ins \.words\{[^}]*text-decoration:underline", sheet)
    assert re.search(r"del \.words\{[^}]*text-decoration:line-through", sheet)


def luminance(colour: str) -> float:
    """Return the relative luminance, as WCAG 2 defines it."""
    digits = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrasts(sheet: str) -> dict[str, float]:
    """Return the contrast of each rule's ink with its ground; white is on its own."""
    named: dict[str, str] = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]+)", sheet))
    plain = re.sub(r"var\(--([a-z-]+)\)", lambda found: named[found[1]], sheet)
    found = {}
    for rule, style in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
        colours: dict[str, str] = dict(
            re.findall(r"(?:^|;|\n)(color|background):(#[0-9a-f]+)", style)
        )
        is_sign = "::before" in rule
        ink = colours.get("color", "#fff" if is_sign else named["ink"])
        ground = colours.get("background", "#fff")
        if colours and ink != ground:
            lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
            found[rule.strip()] = (lighter + 0.05) / (darker + 0.05)
    return found


def test_every_colour_can_be_read_on_its_ground() -> None:
    found = contrasts(sheet_of_changes("SLA-2026-0001"))

    assert {"ins .words", "del .words", "ins::before", ".fate.moved"} <= set(found)
    assert {rule: ratio for rule, ratio in found.items() if ratio < 4.5} == {}


def test_the_page_is_one_file_that_needs_no_network() -> None:
    text = comparison_html(report())

    assert not list(page().iter("link", "img", "iframe", "object"))
    assert not re.search(r"https?:|url\(|@import|javascript:|<script src", text)


def test_the_page_runs_no_script_but_its_own(root: HtmlElement) -> None:
    (script,) = root.iter("script")
    policy = root.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")

    own = b64encode(sha256(script.text.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{own}'"
    )


def test_the_view_is_switched_without_a_script(root: HtmlElement) -> None:
    views = {one.get("value"): one for one in root.iterfind(".//input[@name='view']")}
    sheet = sheet_of_changes("SLA-2026-0001")

    assert set(views) == {"inline", "sides"}
    assert views["inline"].get("checked") is not None
    assert "body:has([value=sides]:checked) .sides{display:grid}" in sheet
    assert "body:has([value=sides]:checked) .inline{display:none}" in sheet


def test_what_needs_the_script_is_hidden_without_it(root: HtmlElement) -> None:
    assert root.get_element_by_id("keys").get("hidden") is not None


def test_links_lead_from_change_to_change(root: HtmlElement) -> None:
    links = [
        [
            (link.text_content(), link.get("href"))
            for link in of_class(one, "jump")[0].iter("a")
        ]
        for one in of_class(root, "change")
    ]

    assert links[0] == [("Next change, 2", "#change.2")]
    assert links[1] == [
        ("Previous change, 1", "#change.1"),
        ("Next change, 3", "#change.3"),
    ]
    assert links[-1] == [("Previous change, 7", "#change.7")]


def test_links_lead_to_places_on_the_page(root: HtmlElement) -> None:
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    targets = {link.get("href").removeprefix("#") for link in root.iter("a")}

    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {"text.start", "impact.part", "wording.part", "values.part"} <= targets


def test_a_jump_moves_the_focus_too(root: HtmlElement) -> None:
    reached = [root.get_element_by_id("text.start"), *of_class(root, "change")]

    assert {one.get("tabindex") for one in reached} == {"-1"}


def test_headings_begin_at_one_and_skip_no_level(root: HtmlElement) -> None:
    levels = [int(one.tag[1]) for one in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_all_that_is_read_stands_in_a_landmark(root: HtmlElement) -> None:
    (frame,) = of_class(root, "page")

    assert [one.tag for one in frame] == ["header", "aside", "main"]
    assert [one.tag for one in root.body] == ["a", "div", "script"]
    assert len(list(root.iter("nav"))) == 1


def test_whatever_is_named_by_another_is_named_by_one_that_exists(
    root: HtmlElement,
) -> None:
    ids = {one.get("id") for one in root.iter()}

    names = [one.get("aria-labelledby") for one in root.iter()]
    assert set(filter(None, names)) <= ids
    assert all(one.get("aria-labelledby") for one in root.iter("table", "section"))


def test_tables_have_headings_of_columns_and_rows(root: HtmlElement) -> None:
    table = change(root, 8).find(".//table")

    columns = [(one.text, one.get("scope")) for one in table.find("thead").iter("th")]
    rows = [(seen(one), one.get("scope")) for one in table.find("tbody").iter("th")]
    assert columns == [(x, "col") for x in ("Change", "Target", "Measure", "Value")]
    assert rows == [
        ("Web hosting", "rowgroup"),
        ("Availability", "row"),
        ("Response", "row"),
        ("Resolution", "row"),
    ]
    assert [
        one.get("data-label") for one in table.iterfind(".//tr[2]/td[@data-label]")
    ] == ["Measure", "Value"]


def test_arabic_words_run_from_right_to_left_on_a_page_in_english() -> None:
    root = page(report(in_arabic(OLD), in_arabic(NEW)))

    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
    (inline,) = of_class(change(root, 4), "inline")
    (line,) = inline.iter("p")
    assert (line.get("lang"), line.get("dir")) == ("ar", "rtl")
    heard = [one.text for one in of_class(line, "said")]
    assert all(any(arabic for _, arabic in script_runs(one)) for one in heard)
    fates = of_class(change(root, 8).find(".//table"), "fate")
    assert {(one.get("lang"), one.get("dir")) for one in fates} == {("en", "ltr")}


def test_arabic_names_in_english_sentences_are_set_apart() -> None:
    sentence = 'availability of "الاستضافة المدارة" is weaker'
    told = (Impact("service levels", sentence, "better", "worse"),)

    root = page(report(impacts=told))

    (cell,) = root.get_element_by_id("impact.part").findall(".//th[@scope='row']")
    assert [
        (one.text, one.get("lang"), one.get("dir")) for one in cell.iter("bdi")
    ] == [("الاستضافة المدارة", "ar", "rtl")]
    assert cell.text_content() == 'Availability of "الاستضافة المدارة" is weaker'


@pytest.mark.parametrize("of", [report(), report(in_arabic(OLD), in_arabic(NEW))])
def test_beside_its_label_a_cell_holds_one_thing_on_a_narrow_screen(of: Report) -> None:
    root = page(of)

    labelled = root.findall(".//td[@data-label]")
    assert labelled
    for cell in labelled:
        assert len(cell) <= 1
        assert not (cell.text or "").strip()
        assert seen(cell) or len(cell) == 0
