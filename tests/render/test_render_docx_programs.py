"""Other programs' verdict: two validators find nothing, LibreOffice counts as we do."""

import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from documents import arabic, clause, document, managed_hosting, nasty, signature
from test_render_docx import STANDARD, Make, rendered

from slacontracts.model.document import NumberedDocument

# How many sign, and whether each has a witness.
SIGNED = {
    f"{count} {'with' if has_witness else 'without'} witnesses": (count, has_witness)
    for count in (1, 2, 3, 4, 6)
    for has_witness in (False, True)
}
SOFFICE = shutil.which("soffice")
PDF_TEXT = shutil.which("pdftotext")
MAKERS: dict[str, Make] = {
    "long": managed_hosting,
    "arabic": arabic,
    "nasty": lambda: nasty('A & B <Ltd> "x"'),
}
# A table row marked as inserted, and nothing else in its properties.
ALLOWED = "Required sequence content is missing"


@pytest.mark.parametrize("name", MAKERS)
def test_openxml_audit_finds_nothing(name: str, tmp_path: Path) -> None:
    openxml_audit = pytest.importorskip("openxml_audit")
    file = tmp_path / "a.docx"
    file.write_bytes(rendered(MAKERS[name]()))

    result = openxml_audit.OpenXmlValidator().validate(str(file))

    found = [str(error) for error in result.errors if ALLOWED not in str(error)]
    assert found == []


@pytest.mark.parametrize("name", [*MAKERS, "house style"])
def test_ooxml_integrity_finds_nothing(name: str, tmp_path: Path) -> None:
    pytest.importorskip("ooxml_integrity")
    beside_python = str(Path(sys.executable).parent)
    program = shutil.which("ooxml-integrity", path=beside_python)
    assert program is not None
    file = tmp_path / "a.docx"
    data = STANDARD.read_bytes() if name == "house style" else rendered(MAKERS[name]())
    file.write_bytes(data)

    result = subprocess.run(
        [program, "check", str(file)], capture_output=True, text=True
    )

    assert "0 error(s), 0 warning(s)" in result.stdout, result.stdout


def poisoned(data: bytes) -> bytes:
    """Return the file with every cached reference overwritten, so that it must count."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content, count = re.subn(
                    rb"( REF [^<]*</w:instrText></w:r><w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*"
                    rb'</w:rPr>)?<w:fldChar w:fldCharType="separate"/></w:r><w:r>'
                    rb"(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>)[^<]*",
                    rb"\1XX",
                    content,
                )
                assert count
            new.writestr(name, content)
    return out.getvalue()


def signed_by(count: int, has_witness: bool) -> NumberedDocument:
    """Return an agreement that so many persons sign."""
    signatures = [
        signature(at, "customer", f"Company {at} Ltd", f"Person {at}", "Director",
                  has_witness=has_witness)
        for at in range(1, count + 1)
    ]  # fmt: skip
    return document(clause("one", "One", "# Text."), signatures=tuple(signatures))


@pytest.fixture(scope="module")
def office_texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of every PDF; "counted" has LibreOffice's own labels."""
    if SOFFICE is None or PDF_TEXT is None:
        pytest.skip("LibreOffice (soffice) and pdftotext are not installed")
    folder = tmp_path_factory.mktemp("office")
    ours = rendered(managed_hosting())
    files = {"ours": ours, "counted": poisoned(ours), "arabic": rendered(arabic())}
    files |= {
        name: rendered(signed_by(*case), execution=True)
        for name, case in SIGNED.items()
    }
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    subprocess.run(
        [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {
        name: subprocess.run(
            [PDF_TEXT, "-layout", folder / f"{name}.pdf", "-"],
            check=True, capture_output=True, text=True,
        ).stdout
        for name in files
    }  # fmt: skip


def test_libreoffice_counts_every_reference_as_we_do(
    office_texts: dict[str, str],
) -> None:
    assert "XX" not in office_texts["counted"]
    assert office_texts["counted"] == office_texts["ours"]


@pytest.mark.parametrize(
    "line",
    [
        r"21\s+Disputes",
        r"2\.3\s+The Provider:",
        r"\(ii\)\s+have been cleared under clause 11; and",
        r"Schedule 2 Service credits",
        r"\(B\)\s+The Customer relies",
        r"\(2\)\s+Contoso Retail LLC",
        r"Page 3 of 1\d",
    ],
)
def test_native_numbers_are_our_labels(office_texts: dict[str, str], line: str) -> None:
    assert re.search(line, office_texts["ours"])


def test_an_arabic_agreement_becomes_a_pdf(office_texts: dict[str, str]) -> None:
    assert "SLA-2026-0001" in office_texts["arabic"]


@pytest.mark.parametrize("name", SIGNED)
def test_no_block_of_signatures_is_split_over_pages(
    office_texts: dict[str, str], name: str
) -> None:
    count, has_witness = SIGNED[name]

    pages = [page for page in office_texts[name].split("\f") if "Signed for" in page]

    whole = [len(re.findall("Signed for and on behalf of", page)) for page in pages]
    assert sum(whole) == count
    for line in (
        "Company stamp",
        "Place",
        *["Address", "In the presence of"] * has_witness,
    ):
        assert [page.count(line) for page in pages] == whole
    heading = [
        page for page in office_texts[name].split("\f") if "Signature page" in page
    ]
    assert heading == pages[:1]
