"""What needs a look in a returned file is told in one line; nothing else is."""

from collections.abc import Callable
from typing import Any

import pytest
from counterparty import Counterparty
from lxml import etree
from negotiating import after, answer_to, sent

from slacontracts.negotiate.receive import read_answer
from slacontracts.word.gate import admit
from slacontracts.word.names import W, w

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def looking(words: str, *properties: str) -> Callable[[Counterparty], None]:
    """Return an edit that gives words properties, without tracking."""

    def edit(theirs: Counterparty) -> None:
        for run in theirs._runs_of(words, "", 0):
            own = run.find(w("rPr"))
            if own is None:
                own = etree.Element(w("rPr"))
                run.insert(0, own)
            for one in properties:
                element = f"<w:{one[1:]}".replace(" ", f' xmlns:w="{W}" ', 1)
                own.append(etree.fromstring(element))

    return edit


def around(words: str, wrap: Callable[[Any], Any]) -> Callable[[Counterparty], None]:
    """Return an edit that puts the runs of words into something else."""

    def edit(theirs: Counterparty) -> None:
        for run in theirs._runs_of(words, "", 0):
            place: Any = etree.Element("place")
            run.addprevious(place)
            place.getparent().replace(place, wrap(run))

    return edit


def quoted(run: Any) -> Any:
    field = etree.Element(w("fldSimple"), {w("instr"): 'QUOTE "theft"'})
    field.append(run)
    return field


def bound(run: Any) -> Any:
    control = etree.Element(w("sdt"))
    properties = etree.SubElement(control, w("sdtPr"))
    etree.SubElement(properties, w("dataBinding"), {w("xpath"): "/terms/cap"})
    etree.SubElement(control, w("sdtContent")).append(run)
    return control


def alternate(run: Any) -> Any:
    both = etree.Element(f"{{{_COMPATIBILITY}}}AlternateContent")
    choice = etree.SubElement(both, f"{{{_COMPATIBILITY}}}Choice", Requires="w14")
    other = etree.SubElement(both, f"{{{_COMPATIBILITY}}}Fallback")
    choice.append(run)
    fallback = etree.SubElement(etree.SubElement(other, w("r")), w("t"))
    fallback.text = "theft"
    return both


def turned(name: str) -> Callable[[Any], Any]:
    def wrap(run: Any) -> Any:
        element = etree.Element(w(name), {w("val"): "rtl"})
        element.append(run)
        return element

    return wrap


def fallback_alone(run: Any) -> Any:
    both = etree.Element(f"{{{_COMPATIBILITY}}}AlternateContent")
    etree.SubElement(both, f"{{{_COMPATIBILITY}}}Fallback").append(run)
    return both


def flat(theirs: Counterparty) -> None:
    paragraph = theirs.paragraph("liability for fraud")
    spacing = {w("line"): "1", w("lineRule"): "exact"}
    paragraph.find(w("pPr")).append(etree.Element(w("spacing"), spacing))


def run_on(theirs: Counterparty) -> None:
    """Hide where a paragraph ends."""
    properties = theirs.paragraph("liability for fraud").find(w("pPr"))
    etree.SubElement(etree.SubElement(properties, w("rPr")), w("vanish"))


def hidden_in(part: str, holder: str) -> Callable[[Counterparty], None]:
    """Return an edit that hides what a definition in a part is about."""

    def edit(theirs: Counterparty) -> None:
        root = etree.fromstring(theirs.parts[f"word/{part}.xml"])
        for one in root.iter(w(holder)):
            own = one.find(w("rPr"))
            own = etree.SubElement(one, w("rPr")) if own is None else own
            own.append(etree.Element(w("vanish")))
        theirs.parts[f"word/{part}.xml"] = etree.tostring(root)

    return edit


def drawn(content: str) -> Callable[[Counterparty], None]:
    """Return an edit that puts a drawing behind a word."""

    def edit(theirs: Counterparty) -> None:
        drawing = f'<w:r xmlns:w="{W}"><w:drawing>{content}</w:drawing></w:r>'
        theirs._runs_of("fraud", "", 0)[-1].addnext(etree.fromstring(drawing))

    return edit


def renumbered(theirs: Counterparty) -> None:
    root = etree.fromstring(theirs.parts["word/numbering.xml"])
    for start in root.iter(w("start")):
        start.set(w("val"), "7")
    theirs.parts["word/numbering.xml"] = etree.tostring(root)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (looking("fraud", "<vanish />"), "clause 2.2: “fraud” is hidden"),
        (looking("fraud", '<color w:val="FFFFFF"/>'), "“fraud” is hidden, white"),
        (looking("Agreement", "<vanish />"), "places that say it: “Agreement” is hid"),
        (run_on, "limits liability for fraud.” runs on into what follows"),
        (looking("fraud", '<sz w:val="1"/>'), "“fraud” is hidden, white or too small"),
        (looking("fraud", '<szCs w:val="2"/>'), "“fraud” is hidden, white or too"),
        (looking("fraud", '<w w:val="1"/>'), "“fraud” is hidden, white or too small"),
        (looking("fraud", '<shd w:fill="000000"/>'), "“fraud” is hidden, white"),
        (looking("fraud", '<highlight w:val="black"/>'), "“fraud” is hidden, white"),
        (
            looking("fraud", '<color w:val="000000" w:themeColor="background1"/>'),
            "“fraud” is hidden, white",
        ),
        (
            looking("fraud", '<vanish w:val="0"/>', '<color w:val="FFFFFF"/>'),
            "“fraud” is hidden, white",
        ),
        (
            looking("fraud", '<rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'),
            "“fraud” is set in a font that shows signs",
        ),
        (flat, "“Nothing in this Agreement limits liability for fraud.” is hidden"),
        (around("fraud", turned("bdo")), "“fraud” is turned round"),
        (around("fraud", turned("dir")), "“fraud” is turned round"),
        (around("fraud", fallback_alone), "some programs show “fraud”"),
        (hidden_in("styles", "rPrDefault"), "by the settings of the file, text is"),
        (hidden_in("numbering", "lvl"), "by the settings of the file, the numbers"),
        (drawn("<w:txbxContent><w:p/></w:txbxContent>"), "holds 1 more pictures"),
        (drawn('<a:t xmlns:a="a">The cap is nil</a:t>'), "holds 1 more pictures"),
        (looking("fraud", "<strike />"), "“fraud” is struck out by its formatting"),
        (around("fraud", quoted), 'the field “QUOTE "theft"” shows a result'),
        (around("fraud", bound), "“fraud” is bound to data in the file (/terms/cap)"),
        (around("fraud", alternate), "some programs show “theft” where others"),
        (renumbered, "numbers were changed without tracking"),
        (
            lambda c: c.type_over("4,500", "4,\u200b500"),
            "clause 1.1: in “l pay EUR 4,|500.00 a mon”, U+200B ZERO WIDTH SPACE",
        ),
        (lambda c: c.type_over("fraud", "\u202efraud\u202c"), "U+202E RIGHT-TO-LEFT"),
        (lambda c: c.type_over("fraud", "fr\u200daud"), "U+200D ZERO WIDTH JOINER"),
        (lambda c: c.type_over("Services", "Servic\u0435s"), "mixes letters"),
    ],
)
def test_a_trick_is_told(edit: Callable[[Counterparty], None], said: str) -> None:
    answer = after(edit)

    assert [one for one in answer.notices if said in one], answer.notices


def test_what_the_file_had_already_is_not_told() -> None:
    theirs = Counterparty(sent()[0], tracked=False)
    for edit in (looking("fraud", "<vanish />"), around("rate", quoted), renumbered):
        edit(theirs)
    theirs.type_over("Services", "Servic\u0435s")
    file = admit(theirs.data(), "sent")

    answer = read_answer(file, file, (), language="en")

    assert answer.notices == ()


def test_a_new_name_is_told_until_it_is_known() -> None:
    theirs = Counterparty(sent()[0])
    theirs.type_over("fraud", "theft")

    new = answer_to(theirs.data())
    known = answer_to(theirs.data(), known_authors=frozenset({"Dana Cole"}))

    assert ["Dana Cole" in one for one in new.notices] == [True]
    assert known.notices == ()


def test_marks_under_one_of_our_names_are_told() -> None:
    forger = Counterparty(sent()[0], author="Niamh Kelleher")
    forger.type_over("fraud", "theft")

    answer = answer_to(forger.data(), own_authors=frozenset({"Niamh Kelleher"}))

    (notice,) = answer.notices
    assert "“Niamh Kelleher”, one of us, who did not make them" in notice


@pytest.mark.parametrize(
    ("words", "author", "said"),
    [
        ("", "Niamh Kelleher", "1 mark is under the name of “Niamh Kelleher”, one of "),
        ("", "Niamh Kelleher", "who did not make it: "),
        ("theft", "Niamh Kelleher", "2 marks are under the name of “Niamh Kelleher”, "),
        ("", "", "1 change names no author"),
        ("theft", "", "2 changes name no author"),
    ],
)
def test_marks_are_counted_in_words(words: str, author: str, said: str) -> None:
    theirs = Counterparty(sent()[0], author=author)
    theirs.type_over("fraud", words)

    answer = answer_to(theirs.data(), own_authors=frozenset({"Niamh Kelleher"}))

    assert any(said in one for one in answer.notices), answer.notices


def test_a_mark_without_author_and_with_no_day_is_told() -> None:
    theirs = Counterparty(sent()[0], author="", date="9999-99-99T99:99:99Z")
    theirs.type_after("fraud", " or theft")

    answer = answer_to(theirs.data())

    assert (answer.proposals[0].author, answer.proposals[0].date) == ("", "")
    assert any("no author" in one for one in answer.notices)
    assert any("9999-99-99" in one for one in answer.notices)


@pytest.mark.parametrize("gone", ["trackRevisions", "documentProtection"])
def test_tracking_that_was_switched_off_is_told(gone: str) -> None:
    settings = (
        f'<w:settings xmlns:w="{W}"><w:trackRevisions/><w:documentProtection '
        'w:edit="trackedChanges" w:enforcement="1"/></w:settings>'
    )
    ours, theirs = Counterparty(sent()[0]), Counterparty(sent()[0])
    for one, text in ((ours, settings), (theirs, settings)):
        root: Any = etree.fromstring(text)
        if one is theirs:
            root.remove(root.find(w(gone)))
        one.parts["word/settings.xml"] = etree.tostring(root)
    files = admit(ours.data(), "sent"), admit(theirs.data(), "back")

    assert read_answer(files[0], files[0], (), language="en").notices == ()
    assert len(read_answer(*files, (), language="en").notices) == 1


def test_a_reference_that_says_other_words_is_told() -> None:
    def edit(theirs: Counterparty) -> None:
        field = etree.fromstring(
            f'<w:fldSimple xmlns:w="{W}" w:instr="REF _c_term \\h"><w:r><w:t>nothing '
            "is owed</w:t></w:r></w:fldSimple>"
        )
        theirs._runs_of("fraud", "", 0)[-1].addnext(field)

    answer = after(edit)

    assert any("“nothing is owed”" in one for one in answer.notices)


def test_a_picture_that_became_another_is_told() -> None:
    ours = admit(with_picture(b"ours"), "sent")
    theirs = admit(with_picture(b"theirs"), "back")

    same = read_answer(ours, ours, (), language="en")
    other = read_answer(ours, theirs, (), language="en")

    assert same.notices == ()
    assert other.notices == ("a picture in the file is not the one that we sent",)


def with_picture(content: bytes) -> bytes:
    theirs = Counterparty(sent()[0])
    theirs.parts["word/media/one.png"] = content
    types = etree.fromstring(theirs.parts["[Content_Types].xml"])
    attributes = {"Extension": "png", "ContentType": "image/png"}
    types.insert(0, etree.Element(f"{{{types.nsmap[None]}}}Default", attributes))
    theirs.parts["[Content_Types].xml"] = etree.tostring(types)
    links = etree.fromstring(theirs.parts["word/_rels/document.xml.rels"])
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    attributes = {"Id": "rIdPicture", "Type": kind, "Target": "media/one.png"}
    etree.SubElement(links, f"{{{links.nsmap[None]}}}Relationship", attributes)
    theirs.parts["word/_rels/document.xml.rels"] = etree.tostring(links)
    return theirs.data()
