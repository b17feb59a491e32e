"""Papers that LibreOffice printed: untouched no difference, one number changed found."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from documents import arabic
from papers import admitted, with_text
from sample_documents import SAMPLES, sample
from signed_agreement import SIGNING, execution_version
from test_render_docx import part, rendered

from slacontracts.compare.paper import PaperComparison
from slacontracts.compare.paper_docx import differences_in_word
from slacontracts.compare.paper_pdf import differences_in_pdf
from slacontracts.model.document import NumberedDocument
from slacontracts.store.office import Office, find_soffice, open_office
from slacontracts.store.paper_files import read_pdf

pytestmark = pytest.mark.skipif(
    find_soffice() is None, reason="needs LibreOffice Writer, which prints the papers"
)
_SIGNING = (*SIGNING, "Acknowledgement")


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with open_office() as opened:
        yield opened


def of_pdf(signed: bytes, execution: bytes) -> PaperComparison:
    paper = read_pdf(signed, "signed.pdf")
    return differences_in_pdf(paper, admitted(execution), _SIGNING)


def executed(document: NumberedDocument) -> bytes:
    return rendered(document, execution=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_sample_has_no_difference(office: Office, name: str) -> None:
    execution = executed(sample(name))

    assert of_pdf(office.pdf(execution), execution) == PaperComparison((), (), 100)


def test_printed_arabic_has_no_difference(office: Office) -> None:
    execution = executed(arabic())

    assert of_pdf(office.pdf(execution), execution).differences == ()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("99.9%", "99.5%", "clause 2.1"),
        ("EUR 850.00", "EUR 350.00", "Schedule 1"),
        ("36 months", "30 months", "clause 1.1"),
    ],
)
def test_one_number_changed_before_printing_is_found(
    office: Office, old: str, new: str, place: str
) -> None:
    execution = execution_version()

    found = of_pdf(office.pdf(with_text(execution, (old, new))), execution)

    (difference,) = found.differences
    assert difference.place == place
    assert difference.expected in old
    assert difference.found in new


def test_one_number_changed_in_printed_arabic_is_found(office: Office) -> None:
    execution = executed(arabic())
    changed = with_text(execution, ("12,500", "13,500"))

    (difference,) = of_pdf(office.pdf(changed), execution).differences

    assert (difference.expected, difference.found) == ("12,500", "13,500")
    assert difference.place == "الملحق 1"


def test_every_number_of_a_page_is_watched(office: Office) -> None:
    execution = execution_version()
    paper = read_pdf(office.pdf(execution), "signed.pdf")
    body = part(execution).partition(">Signature page<")[0]
    texts = [text for text in re.findall(r"<w:t[^>]*>([^<]*)", body) if text]
    numbers = [text for text in texts if any(sign.isdigit() for sign in text)]

    for text in dict.fromkeys(numbers[-40:]):
        other = re.sub(
            r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text, count=1
        )
        expected = admitted(with_text(execution, (f">{text}<", f">{other}<")))
        assert len(differences_in_pdf(paper, expected, SIGNING).differences) == 1, text


def test_a_word_file_that_libreoffice_saved_has_no_difference(office: Office) -> None:
    execution = execution_version()

    saved = admitted(saved_again(office, execution))

    assert differences_in_word(saved, admitted(execution), SIGNING) == (
        PaperComparison((), (), 100)
    )


def saved_again(office: Office, docx: bytes) -> bytes:
    """Return a Word file as LibreOffice saves it."""
    source, target = office.folder / "signed.docx", office.folder / "saved"
    source.write_bytes(docx)
    profile = (office.folder / "profile").as_uri()
    subprocess.run(
        [office.program, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         "docx", "--outdir", str(target), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (target / "signed.docx").read_bytes()
