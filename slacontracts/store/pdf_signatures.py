"""A PDF in; the electronic signatures in it, each of them judged, out.

pyHanko judges them; it comes with the extra `sign`. Nothing is fetched from the
network: what a certificate authority has revoked meanwhile is not known.
"""

import logging
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from slacontracts.errors import OutsideError, SlaContractsError
from slacontracts.model.paper import PdfSignature

_MARK: Final = b"/ByteRange"  # every signature says which bytes it covers
_LOUD: Final = ("pyhanko", "pyhanko_certvalidator")


def may_be_signed(data: bytes) -> bool:
    """Tell whether a PDF may hold electronic signatures; needs no pyHanko."""
    return _MARK in data


def pdf_signatures(
    data: bytes, file: str, roots: Sequence[bytes] = ()
) -> tuple[PdfSignature, ...]:
    """Return the signatures of a PDF, the oldest first.

    file: what to call it in messages. roots: certificates that are trusted, as PEM
    or DER. Raises OutsideError where pyHanko is missing, and SlaContractsError where
    the file cannot be read.
    """
    _require_pyhanko()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    context = _context(roots)
    try:
        found = list(PdfFileReader(BytesIO(data), strict=False).embedded_signatures)
    except (PdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise SlaContractsError(
            f"the signatures of {file} cannot be read; ask for the file again"
        ) from error
    return tuple(_judged(one, context) for one in found)


def _require_pyhanko() -> None:
    try:
        import pyhanko  # noqa: F401
    except ImportError as error:
        raise OutsideError(
            "electronic signatures are judged with pyHanko, which is not installed; "
            "install slacontracts[sign]"
        ) from error
    for name in _LOUD:  # or what they note would be printed
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _context(roots: Sequence[bytes]) -> Any:
    from pyhanko_certvalidator import ValidationContext

    trusted = list(_certificates(roots))
    return ValidationContext(trust_roots=trusted, allow_fetching=False)


def _certificates(roots: Sequence[bytes]) -> Iterator[Any]:
    from asn1crypto import pem, x509

    for root in roots:
        try:
            data = pem.unarmor(root)[2] if pem.detect(root) else root
            yield x509.Certificate.load(data, strict=True)
        except ValueError as error:
            raise SlaContractsError(
                "a trusted certificate cannot be read; give it as PEM or DER"
            ) from error


def _judged(signature: Any, context: Any) -> PdfSignature:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        status = validate_pdf_signature(signature, signer_validation_context=context)
    except Exception as error:  # a damaged signature fails in any depth of pyHanko
        said = str(error).splitlines()[:1]
        fault = f"it cannot be judged ({said[0] if said else type(error).__name__})"
        return PdfSignature(_name(signature), None, False, False, False, fault)
    later = status.modification_level
    covers_all = status.coverage == SignatureCoverageLevel.ENTIRE_FILE or (
        later is not None and later <= ModificationLevel.FORM_FILLING
    )
    return PdfSignature(
        _name(signature),
        status.signer_reported_dt,
        bool(status.intact and status.valid),
        covers_all,
        bool(status.trusted),
    )


def _name(signature: Any) -> str:
    """Return the name of the signer as the certificate has it, else ""."""
    try:
        names = signature.signer_cert.subject.native
    except (AttributeError, ValueError, KeyError, TypeError):
        return ""
    return str(names.get("common_name") or names.get("organization_name") or "")
