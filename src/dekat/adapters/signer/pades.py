"""pyHanko behind the signer port: PAdES B-B, or B-T where an authority bears witness; invisible, PDF/A kept."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from io import BytesIO

import pikepdf
from asn1crypto import keys  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession, PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from dekat.adapters.signer.certificates import Chain, asn1
from dekat.adapters.signer.timestamps import Timestamps
from dekat.documents.ports import Passphrase, SignerCard

# Room for a signature of RSA-4096 at most and what it says about itself; certificates and timestamp come on top.
SIGNATURE_BYTES = 2000
# Two timestamps of one authority differ by the length of a serial number and of a fraction of a second.
TIMESTAMP_MARGIN_BYTES = 256
DIGEST = "sha256"
PDF_1_7 = (1, 7)
SignKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
# Gives the key for one signature: one in memory at once, one on a token after the token was opened.
Hand = Callable[[], AbstractContextManager[signers.Signer]]


class PdfAWriter(IncrementalPdfFileWriter):
    """Keeps PDF/A-3: for EC keys pyHanko would declare PDF 2.0 and an extension, which PDF/A-3 forbids."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, PDF_1_7))  # type: ignore[no-untyped-call]

    def register_extension(self, extension: object) -> None:
        """Declare nothing."""


class CachedKeySigner(signers.SimpleSigner):
    """Holds the opened key; the stock signer parses and checks it anew for each signature."""

    def __init__(self, key: SignKey, certificate: Certificate, chain: Chain) -> None:
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        store = store_of(certificate, chain)
        super().__init__(asn1(certificate), keys.PrivateKeyInfo.load(der), store, embed_roots=False)
        self._key = key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


def in_memory(key: SignKey, certificate: Certificate, chain: Chain) -> Hand:
    """A key that stays in memory."""
    signer = CachedKeySigner(key, certificate, chain)
    return lambda: nullcontext(signer)


def store_of(certificate: Certificate, chain: Chain) -> SimpleCertificateStore:
    """The certificates that a signature brings along."""
    store = SimpleCertificateStore()
    store.register_multiple(asn1(each) for each in [certificate, *chain])
    return store


class PadesSigner:
    """Signs PDFs with a key that is at hand without a person."""

    def __init__(self, hand: Hand, *, card: SignerCard, timestamps: Timestamps | None = None) -> None:
        self._hand, self._card, self._timestamps = hand, card, timestamps

    @property
    def card(self) -> SignerCard:
        """What signs."""
        return self._card

    def sign(self, pdf: bytes, *, now: datetime, passphrase: Passphrase | None = None) -> bytes:
        """Append an invisible signature; the bytes before it stay as they are.

        Refuses: documents.signer.timestamp_away, documents.signer.timestamp_refused, and what the hand refuses.
        """
        meta = signers.PdfSignatureMetadata(
            field_name="Dekat", md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES, name=self._card.name
        )
        witness = self._timestamps(now) if self._timestamps else None
        with self._hand() as hand:
            room = SIGNATURE_BYTES + _certificate_bytes(hand) + timestamp_bytes(witness)
            signer = _SignerAt(meta, hand, witness, now)
            signed: BytesIO = signer.sign_pdf(PdfAWriter(BytesIO(pdf)), bytes_reserved=2 * room)
        return signed.getvalue()

    def try_out(self, *, now: datetime) -> None:
        """Sign an empty page and throw it away. Refuses: what signing refuses."""
        self.sign(empty_page(), now=now)


def add_timestamp(pdf: bytes, witness: TimeStamper) -> bytes:
    """Append a timestamp over the whole signed file, for a signature that somebody else made without one."""
    room = 2 * (SIGNATURE_BYTES + timestamp_bytes(witness))
    stamped: BytesIO = PdfTimeStamper(witness).timestamp_pdf(PdfAWriter(BytesIO(pdf)), DIGEST, bytes_reserved=room)
    return stamped.getvalue()


def timestamp_bytes(witness: TimeStamper | None) -> int:
    """The room that a timestamp of this authority needs; asks for one, once in the life of `witness`."""
    if witness is None:
        return 0
    return len(asyncio.run(witness.async_dummy_response(DIGEST)).dump()) + TIMESTAMP_MARGIN_BYTES


def empty_page() -> bytes:
    """The smallest PDF that can be signed."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(9, 9))
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def _certificate_bytes(hand: signers.Signer) -> int:
    return sum(len(each.dump()) for each in {hand.signing_cert, *hand.cert_registry})


class _SignerAt(signers.PdfSigner):
    """States the instant it was given as the time of signing, not the machine's own."""

    def __init__(
        self, meta: signers.PdfSignatureMetadata, signer: signers.Signer, witness: TimeStamper | None, at: datetime
    ) -> None:
        super().__init__(meta, signer=signer, timestamper=witness)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session
