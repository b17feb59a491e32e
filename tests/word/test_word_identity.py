"""Identity and anchors of a Word file: written, kept, read as claims from outside."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from lxml import etree
from sample_documents import SAMPLES, sample
from test_render_docx import rendered, standard
from word_files import Content, links, parts, types, zipped

from slacontracts.model.anchors import Anchor, AnchorMap, ValueSpan
from slacontracts.render.anchors import anchor_map
from slacontracts.store.office import find_soffice
from slacontracts.word.anchor_xml import ANCHORS
from slacontracts.word.gate import WordFile, admit
from slacontracts.word.identity import (
    Identity,
    anchors_of,
    identity_of,
    with_identity,
)
from slacontracts.word.names import CUSTOM_TYPE, R, W, w
from slacontracts.word.reading import text_of_docx

FIRST: Final = Identity("SLA-2026-0001", 1, "customer", "a" * 40, 3)
SECOND: Final = Identity("SLA-2026-0001", 12, "affiliate-2", "", 14)
ANCHORED: Final[AnchorMap] = (
    Anchor(),
    Anchor("term", offset=4),
    Anchor("term", 0, values=(ValueSpan(2, 5, "/term/initial", "duration"),)),
    Anchor("fees", 3, 0, 1, 2, 0, (ValueSpan(0, 0, "/a"), ValueSpan(0, 9, "/b/0/c"))),
)
ITEM: Final = "customXml/item1.xml"
PROPERTIES: Final = "docProps/custom.xml"


def read(data: bytes) -> WordFile:
    return admit(data, "the file")


def test_a_rendered_file_says_which_turn_it_is_and_where_its_words_come_from() -> None:
    made = sample("SLA-2026-0001")
    anchors = anchor_map(made, standard(), version="3")
    plain = rendered(made, version="3", anchored=True)

    file = with_identity(plain, FIRST, anchors)

    assert identity_of(read(file)) == FIRST
    assert anchors_of(read(file)) == anchors
    assert text_of_docx(file) == text_of_docx(plain)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_anchors_of_every_sample_are_read_as_they_were(name: str) -> None:
    anchors = anchor_map(sample(name), standard(), version="3")

    file = with_identity(rendered(sample(name), version="3"), FIRST, anchors)

    assert anchors_of(read(file)) == anchors


def test_a_file_of_somebody_else_gets_an_identity_too() -> None:
    file = with_identity(zipped(parts()), FIRST, ANCHORED)

    assert identity_of(read(file)) == FIRST
    assert anchors_of(read(file)) == ANCHORED
    assert read(file).notices == ()


def test_a_file_of_nobody_says_nothing() -> None:
    file = read(zipped(parts()))

    assert identity_of(file) is None
    assert anchors_of(file) is None


def test_the_same_file_gets_the_same_bytes() -> None:
    plain = zipped(parts())

    assert with_identity(plain, FIRST, ANCHORED) == with_identity(
        plain, FIRST, ANCHORED
    )


def test_what_was_said_of_an_earlier_turn_is_replaced() -> None:
    once = with_identity(rendered(sample("SLA-2026-0001")), FIRST, ANCHORED)

    twice = with_identity(once, SECOND, ANCHORED[:2])

    assert identity_of(read(twice)) == SECOND
    assert anchors_of(read(twice)) == ANCHORED[:2]
    assert read(twice).package.names == read(once).package.names
    assert properties(twice)["slacontracts.version"] == "14"


def test_the_printed_version_of_an_amendment_stays() -> None:
    said = custom(("slacontracts.version", "No. 1, draft 3"))

    file = with_identity(zipped(with_properties(said)), FIRST, ())

    assert properties(file)["slacontracts.version"] == "No. 1, draft 3"


def test_custom_parts_of_others_stay() -> None:
    others = {
        ITEM: "<theirs>kept</theirs>",
        "customXml/itemProps1.xml": "<about/>",
        **with_properties(custom(("Their number", "7"))),
    }
    others["word/_rels/document.xml.rels"] = links(("customXml", f"../{ITEM}"))

    file = with_identity(zipped(others), FIRST, ANCHORED)

    package = read(file).package
    assert package.read(ITEM) == b"<theirs>kept</theirs>"
    assert package.read("customXml/itemProps1.xml") == b"<about/>"
    assert properties(file)["Their number"] == "7"
    assert anchors_of(read(file)) == ANCHORED


def test_remarks_and_odd_numbers_in_their_parts_do_no_harm() -> None:
    remark = "<!-- a remark -->"
    said = custom(("Their number", "7")).replace("<property", f"{remark}<property", 1)
    others = with_properties(said.replace('pid="2"', 'pid="2147483647"'))
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        text = str(others[name])
        others[name] = text[: text.rindex("</")] + remark + text[text.rindex("</") :]

    file = with_identity(zipped(others), FIRST, ANCHORED)

    assert identity_of(read(file)) == FIRST
    pids = [one.get("pid") for one in read(file).tree(PROPERTIES).iter("{*}property")]
    assert pids == ["2147483647", *(str(pid) for pid in range(2, len(pids) + 1))]


def test_a_part_of_properties_that_nothing_names_is_replaced() -> None:
    odd = {**parts(), "docProps/Custom.xml": custom(("Their number", "7"))}

    assert identity_of(read(with_identity(zipped(odd), FIRST, ()))) == FIRST


def test_the_identity_is_found_when_the_properties_are_gone() -> None:
    file = with_identity(zipped(parts()), FIRST, ANCHORED)

    assert identity_of(read(without(file, PROPERTIES))) == FIRST


def test_the_identity_is_found_when_the_map_is_gone() -> None:
    file = read(without(with_identity(zipped(parts()), FIRST, ANCHORED), ITEM))

    assert identity_of(file) == FIRST
    assert anchors_of(file) is None


@pytest.mark.parametrize(
    "said",
    [
        {"turn": "-1"},
        {"turn": "one"},
        {"turn": "9" * 40},
        {"turn": "١"},
        {"agreement": "../../etc"},
        {"agreement": "S" * 65},
        {"agreement": ""},
        {"party": "A party"},
        {"version": "HEAD"},
        {"version": "a" * 39},
        {"draft": "many"},
    ],
)
def test_a_claim_that_was_never_written_so_is_no_identity(
    said: Mapping[str, str],
) -> None:
    whole = {"agreement": "SLA-1", "turn": "1", "party": "customer", "draft": "2"}
    names = {"version": "slacontracts.saved-version"}

    def claimed(claim: Mapping[str, str]) -> WordFile:
        rows = [(names.get(k, f"slacontracts.{k}"), v) for k, v in claim.items()]
        return read(zipped(with_properties(custom(*rows))))

    assert identity_of(claimed(whole)) == Identity("SLA-1", 1, "customer", "", 2)
    assert identity_of(claimed({**whole, **said})) is None


@pytest.mark.parametrize(
    "inside",
    [
        '<p b="x"/>',
        '<p b="-2"/>',
        '<p b="99999999"/>',
        '<p o="-1"/>',
        '<p c="../x"/>',
        f'<p c="{"x" * 201}"/>',
        "<other/>",
        '<p xmlns="urn:other"/>',
        "<p><p/></p>",
        "<!-- a remark -->",
        '<p><v e="2" p="/a"/></p>',
        '<p><v s="3" e="2" p="/a"/></p>',
        '<p><v s="0" e="2"/></p>',
        '<p><v s="0" e="2" p="a"/></p>',
        '<p><v s="0" e="2" p="/../a"/></p>',
        f'<p><v s="0" e="2" p="/{"a" * 200}"/></p>',
        '<p><v s="0" e="2" p="/a" f="Money"/></p>',
        '<p><v s="0" e="2" p="/a"/><v s="1" e="3" p="/b"/></p>',
    ],
)
def test_a_map_that_was_never_written_so_is_no_map(inside: str) -> None:
    assert anchors_of(mapped("<p/>")) == (Anchor(),)
    assert anchors_of(mapped(f"<p/>{inside}")) is None


def test_a_part_that_cannot_be_read_is_no_map() -> None:
    broken = parts(targets=[("customXml", "../customXml/item1.bin")])
    broken["customXml/item1.bin"] = b"\0\1 no XML"

    assert anchors_of(read(zipped(broken))) is None
    assert identity_of(read(zipped(broken))) is None


def mapped(inside: str) -> WordFile:
    made = parts(targets=[("customXml", f"../{ITEM}")])
    made[ITEM] = f'<sent xmlns="{ANCHORS}">{inside}</sent>'
    return read(zipped(made))


def test_every_change_is_tracked_and_nobody_can_stop_that() -> None:
    settings = (
        f'<w:settings xmlns:w="{W}" xmlns:o="urn:o"><w:zoom w:percent="90"/>'
        '<w:trackRevisions w:val="0"/><w:doNotTrackMoves/><w:doNotTrackFormatting/>'
        '<w:documentProtection w:edit="readOnly" w:enforcement="1" w:hash="x"/>'
        '<w:defaultTabStop w:val="720"/><o:theirs/></w:settings>'
    )
    made = parts(targets=[("settings", "settings.xml")])

    file = with_identity(zipped({**made, "word/settings.xml": settings}), FIRST, ())

    root = read(file).tree("word/settings.xml")
    assert [etree.QName(one).localname for one in root] == [
        "zoom",
        "trackRevisions",
        "documentProtection",
        "defaultTabStop",
        "theirs",
    ]
    assert dict(root[2].attrib) == {w("edit"): "trackedChanges", w("enforcement"): "1"}


def test_a_file_without_settings_gets_them() -> None:
    file = read(with_identity(zipped(parts()), FIRST, ()))

    (link,) = (one for one in file.relationships if one.kind == "settings")
    assert link.meant == "word/settings.xml"
    assert file.tree("word/settings.xml")[0].tag == w("trackRevisions")


def test_a_file_without_relationships_of_its_body_gets_them() -> None:
    made = parts()
    del made["word/_rels/document.xml.rels"]

    assert anchors_of(read(with_identity(zipped(made), FIRST, ANCHORED))) == ANCHORED


def test_openxml_audit_finds_nothing_in_a_file_that_goes_out(tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit")

    result = openxml_audit.OpenXmlValidator().validate(str(sent(tmp_path)))

    assert [str(error) for error in result.errors] == []


def test_ooxml_integrity_finds_nothing_in_a_file_that_goes_out(tmp_path: Path) -> None:
    pytest.importorskip("ooxml_integrity")
    beside_python = str(Path(sys.executable).parent)
    program = shutil.which("ooxml-integrity", path=beside_python)
    assert program is not None

    result = subprocess.run(
        [program, "check", str(sent(tmp_path))], capture_output=True, text=True
    )

    assert "0 error(s), 0 warning(s)" in result.stdout, result.stdout


@pytest.mark.skipif(find_soffice() is None, reason="needs LibreOffice Writer")
def test_libreoffice_keeps_identity_anchors_and_bookmarks(tmp_path: Path) -> None:
    path = sent(tmp_path)
    out = tmp_path / "saved"
    program = find_soffice()
    assert program is not None

    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            *("--headless", "--convert-to", "docx", "--outdir", str(out), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )

    before, after = read(path.read_bytes()), read((out / path.name).read_bytes())
    assert identity_of(after) == FIRST
    assert anchors_of(after) == anchors_of(before)
    assert bookmarks(after) == bookmarks(before)
    protection = after.tree("word/settings.xml").find(w("documentProtection"))
    assert protection.get(w("edit")) == "trackedChanges"


def sent(folder: Path) -> Path:
    """Return a sample that is as it goes out."""
    made = sample("SLA-2026-0003")
    anchors = anchor_map(made, standard(), version="3")
    path = folder / "sent.docx"
    data = rendered(made, version="3", anchored=True)
    path.write_bytes(with_identity(data, FIRST, anchors))
    return path


def bookmarks(file: WordFile) -> set[str]:
    found = file.tree(file.main).iter(w("bookmarkStart"))
    return {one.get(w("name")) for one in found if one.get(w("name")).startswith("_v_")}


def custom(*rows: tuple[str, str]) -> str:
    """Return a part of custom properties."""
    inside = "".join(
        f'<property pid="{at}" name="{name}"><vt:lpwstr>{text}</vt:lpwstr></property>'
        for at, (name, text) in enumerate(rows, 2)
    )
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'custom-properties" xmlns:vt="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/docPropsVTypes">{inside}</Properties>'
    )


def with_properties(properties: str) -> dict[str, Content]:
    made = parts()
    made["[Content_Types].xml"] = types(more={f"/{PROPERTIES}": CUSTOM_TYPE})
    made["_rels/.rels"] = links(
        ("officeDocument", "word/document.xml"),
        (f"{R}/custom-properties", PROPERTIES),
    )
    made[PROPERTIES] = properties
    return made


def properties(data: bytes) -> dict[str, str]:
    root = read(data).tree(PROPERTIES)
    found = root.iter("{*}property")
    return {one.get("name"): "".join(one.itertext()) for one in found}


def without(data: bytes, name: str) -> bytes:
    """Return a file without a part, as programs leave it that drop what they ignore."""
    package = read(data).package
    return zipped({part: package.read(part) for part in package.names if part != name})
