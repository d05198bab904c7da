"""The check that a stranger would make, made before a paper leaves: what was sent, signed by whom we named."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from cryptography.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from dekat.adapters.signer.certificates import Chain, asn1, trust_in
from dekat.adapters.signer.increment import adds_only_a_signature
from dekat.adapters.signer.refusals import (
    AnswerNotPdf,
    CertificateOther,
    ContentDiffers,
    SignatureBroken,
    TimestampRefused,
)

# What pyHanko raises over a PDF that is broken on purpose.
_BROKEN = (PdfError, SignatureValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError)


@dataclass(frozen=True)
class Trust:
    """What the office expects of its signatures.

    Facts: `roots` are those that the law knows, empty where the certificate leads to none of them;
    `timestamp_roots` empty means that any authority's timestamp is taken, if it fits.
    """

    certificate: Certificate
    chain: Chain
    roots: Chain
    wants_timestamp: bool
    timestamp_roots: Chain


def refuse_unproven(*, sent: bytes, signed: bytes, trust: Trust, now: datetime) -> None:
    """Let a signed file pass only if it is what was sent, signed once, by the certificate that the office named.

    Refuses: documents.signer.answer_not_pdf, documents.signer.content_differs, documents.signer.signature_broken,
    documents.signer.certificate_other, documents.signer.timestamp_refused.
    """
    if not signed.startswith(b"%PDF-"):
        raise AnswerNotPdf
    if not signed.startswith(sent):
        raise ContentDiffers
    try:
        reader = PdfFileReader(BytesIO(signed))
        found = list(reader.embedded_regular_signatures)
        witnesses = list(reader.embedded_timestamp_signatures)
        if len(found) != 1:
            raise SignatureBroken
        if not adds_only_a_signature(reader, PdfFileReader(BytesIO(sent))):
            raise ContentDiffers
        status = _status(found[0], trust, now)
        _refuse_bad_signature(found[0], status, trust)
        if trust.wants_timestamp and not _is_witnessed(status, witnesses, trust, now):
            raise TimestampRefused
    except _BROKEN as error:
        raise SignatureBroken from error


def certificates_of(pdf: bytes) -> list[bytes]:
    """The certificates (DER) in the only signature of a file, the signer's first.

    Refuses: documents.signer.answer_not_pdf, documents.signer.signature_broken.
    """
    if not pdf.startswith(b"%PDF-"):
        raise AnswerNotPdf
    try:
        found = list(PdfFileReader(BytesIO(pdf)).embedded_regular_signatures)
        if len(found) != 1:
            raise SignatureBroken
        own = found[0].signer_cert.dump()
        return [own, *(each.dump() for each in found[0].other_embedded_certs if each.dump() != own)]
    except _BROKEN as error:
        raise SignatureBroken from error


def has_timestamp(pdf: bytes) -> bool:
    """Whether somebody bore witness already, inside the signature or after it."""
    try:
        reader = PdfFileReader(BytesIO(pdf))
        own = [each.signer_info for each in reader.embedded_regular_signatures]
        inside = any(any(extract_tst_data_iter(one, signed=False)) for one in own)
        return inside or bool(reader.embedded_timestamp_signatures)
    except _BROKEN as error:
        raise SignatureBroken from error


def _status(signature: EmbeddedPdfSignature, trust: Trust, now: datetime) -> PdfSignatureStatus:
    _hush()
    roots = trust.roots or [trust.certificate]
    return validate_pdf_signature(
        signature,
        signer_validation_context=trust_in(roots, chain=trust.chain, now=now),
        ts_validation_context=trust_in(trust.timestamp_roots, now=now),
    )


def _refuse_bad_signature(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, trust: Trust) -> None:
    is_whole = status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    if not (status.intact and status.valid and is_whole):
        raise SignatureBroken
    if signature.signer_cert.dump() != asn1(trust.certificate).dump():
        raise CertificateOther
    if trust.roots and not status.trusted:
        raise SignatureBroken


def _is_witnessed(
    status: PdfSignatureStatus, witnesses: Sequence[EmbeddedPdfSignature], trust: Trust, now: datetime
) -> bool:
    said = [status.timestamp_validity] if status.timestamp_validity else []
    said += [validate_pdf_timestamp(one, trust_in(trust.timestamp_roots, now=now)) for one in witnesses]
    return any(one.intact and one.valid and (one.trusted or not trust.timestamp_roots) for one in said)


def _hush() -> None:
    # pyHanko writes a traceback for each chain that it does not trust; we say so by a code.
    logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
