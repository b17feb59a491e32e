"""Electronic signatures of PDFs: whose they are, and whether they hold."""

import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from papers import pdf

from slacontracts.errors import OutsideError, SlaContractsError
from slacontracts.model.paper import PdfSignature
from slacontracts.store.pdf_signatures import may_be_signed, pdf_signatures

PLAIN = pdf(["The term is 36 months."], ["Signature page"])


@pytest.fixture(scope="module")
def niamh() -> Any:
    return signer("Niamh Kelleher")


def signer(name: str) -> Any:
    """Return somebody who can sign, with a certificate that nobody else vouches for."""
    from asn1crypto import keys, x509
    from cryptography import x509 as certificates
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = ec.generate_private_key(ec.SECP256R1())
    subject = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    usage = certificates.KeyUsage(
        *(True, True, False, False, False, False, False, False, False)
    )
    made = (
        certificates.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(certificates.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=30))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    private = key.private_bytes(
        der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    registry: Any = SimpleCertificateStore
    return SimpleSigner(
        signing_cert=x509.Certificate.load(made.public_bytes(der)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=registry(),
    )


def signed(data: bytes, by: Any, field: str = "Provider") -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, sign_pdf

    out = BytesIO()
    sign_pdf(
        IncrementalPdfFileWriter(BytesIO(data)),
        PdfSignatureMetadata(field_name=field),
        signer=by,
        output=out,
    )
    return out.getvalue()


def test_a_pdf_without_signatures_has_none() -> None:
    assert not may_be_signed(PLAIN)
    assert pdf_signatures(PLAIN, "signed.pdf") == ()


def test_a_signature_is_intact_though_nobody_vouches_for_it(niamh: Any) -> None:
    data = signed(PLAIN, niamh)

    (found,) = pdf_signatures(data, "signed.pdf")

    assert may_be_signed(data)
    assert (found.name, found.is_intact, found.covers_all, found.is_trusted) == (
        "Niamh Kelleher", True, True, False,
    )  # fmt: skip
    assert str(found).endswith(": intact; nobody known vouches for the certificate")


def test_a_certificate_that_is_trusted_vouches_for_a_signature(niamh: Any) -> None:
    from asn1crypto import pem

    der = niamh.signing_cert.dump()
    data = signed(PLAIN, niamh)

    for root in (der, pem.armor("CERTIFICATE", der)):
        (found,) = pdf_signatures(data, "signed.pdf", [root])
        assert found.is_trusted
        assert str(found).endswith(": intact")


def test_both_parties_may_sign_one_after_the_other(niamh: Any) -> None:
    data = signed(signed(PLAIN, niamh), signer("Omar Haddad"), "Customer")

    found = pdf_signatures(data, "signed.pdf")

    assert [one.name for one in found] == ["Niamh Kelleher", "Omar Haddad"]
    assert all(one.is_intact and one.covers_all for one in found)


def test_a_changed_word_breaks_a_signature(niamh: Any) -> None:
    data = signed(PLAIN, niamh).replace(b"36 months", b"63 months")

    (found,) = pdf_signatures(data, "signed.pdf")

    assert not found.is_intact
    assert "NOT intact" in str(found)


def test_what_was_put_behind_a_signature_is_told(niamh: Any) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer: Any = IncrementalPdfFileWriter(BytesIO(signed(PLAIN, niamh)))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/MediaBox"][3] = page["/MediaBox"][2]
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)

    (found,) = pdf_signatures(out.getvalue(), "signed.pdf")

    assert found.is_intact
    assert not found.covers_all
    assert "the file was changed after it" in str(found)


def test_a_signature_that_cannot_be_read_is_one_line(niamh: Any) -> None:
    data = signed(PLAIN, niamh)
    start = data.index(b"/Contents <") + len(b"/Contents <")

    with pytest.raises(SlaContractsError, match=r"the signatures of a\.pdf cannot"):
        pdf_signatures(data[:start] + b"00" * 40 + data[start + 80 :], "a.pdf")


@pytest.mark.parametrize("at", range(200, 1200, 200))
def test_a_damaged_signature_is_never_intact(niamh: Any, at: int) -> None:
    data = signed(PLAIN, niamh)
    start = data.index(b"/Contents <") + len(b"/Contents <") + at
    damaged = data[:start] + b"5A" * 4 + data[start + 8 :]

    try:
        found = pdf_signatures(damaged, "a.pdf")
    except SlaContractsError:
        return

    assert not any(one.is_intact and not one.fault for one in found)


def test_a_signature_that_cannot_be_judged_says_why() -> None:
    said = str(PdfSignature("", None, False, False, False, "it cannot be judged (x)"))

    assert said == "a signature: it cannot be judged (x)"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n/ByteRange", PLAIN[:150]])
def test_a_damaged_file_is_one_line(data: bytes) -> None:
    with pytest.raises(SlaContractsError, match=r"the signatures of a\.pdf cannot"):
        pdf_signatures(data, "a.pdf")


def test_a_damaged_root_is_one_line() -> None:
    with pytest.raises(SlaContractsError, match="a trusted certificate cannot be read"):
        pdf_signatures(PLAIN, "a.pdf", [b"no certificate"])


def test_without_pyhanko_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko", None)

    with pytest.raises(OutsideError, match=r"install slacontracts\[sign\]"):
        pdf_signatures(PLAIN, "a.pdf")


def test_what_a_signature_says_names_its_time() -> None:
    at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

    said = str(PdfSignature("Omar Haddad", at, True, False, True))

    assert said == (
        "Omar Haddad, 2026-11-23 09:30 UTC: intact; the file was changed after it"
    )
