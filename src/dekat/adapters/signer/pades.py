"""pyHanko behind the signer port: PAdES B-B, invisible, PDF/A kept."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, x509  # type: ignore[import-untyped]
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from dekat.kernel.errors import DekatError

# Room for the signature in the file; certificates of a short chain and a P-256 or RSA-2048 signature need under 6000.
RESERVED_BYTES = 12000
PDF_1_7 = (1, 7)
SignKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class CertificateUnreadable(DekatError):
    """The signer's certificate file cannot be opened with this passphrase, or holds no usable key."""

    code = "documents.signer.certificate_unreadable"


class _PdfAWriter(IncrementalPdfFileWriter):
    """Keeps PDF/A-3: for EC keys pyHanko would declare PDF 2.0 and an extension, which PDF/A-3 forbids."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, PDF_1_7))  # type: ignore[no-untyped-call]

    def register_extension(self, extension: object) -> None:
        """Declare nothing."""


class _CachedKeySigner(signers.SimpleSigner):
    """Holds the opened key; the stock signer parses and checks it anew for each signature."""

    def __init__(self, key: SignKey, certificate: Certificate, chain: list[Certificate]) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(_asn1(each) for each in [certificate, *chain])
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        super().__init__(_asn1(certificate), keys.PrivateKeyInfo.load(der), store, embed_roots=False)
        self._key = key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


class PadesSigner:
    """Signs PDFs with one key that stays in memory."""

    def __init__(
        self, *, key: SignKey, certificate: Certificate, chain: list[Certificate], is_accredited: bool
    ) -> None:
        self._signer = _CachedKeySigner(key, certificate, chain)
        self._is_accredited = is_accredited

    @classmethod
    def from_pkcs12(cls, path: Path, *, passphrase: str, is_accredited: bool) -> "PadesSigner":
        """Open the office's certificate file.

        Refuses: documents.signer.certificate_unreadable.
        """
        try:
            key, certificate, chain = pkcs12.load_key_and_certificates(path.read_bytes(), passphrase.encode())
        except (OSError, ValueError) as error:
            raise CertificateUnreadable from error
        if certificate is None or not isinstance(key, SignKey):
            raise CertificateUnreadable
        return cls(key=key, certificate=certificate, chain=chain, is_accredited=is_accredited)

    @property
    def name(self) -> str:
        """Who signs, as the certificate says it."""
        return str(self._signer.subject_name)

    @property
    def is_accredited(self) -> bool:
        """Whether the office declared the certificate as one the law knows."""
        return self._is_accredited

    def sign(self, pdf: bytes, *, now: datetime) -> bytes:
        """Append an invisible signature; the bytes before it stay as they are."""
        meta = signers.PdfSignatureMetadata(
            field_name="Dekat", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=self.name
        )
        signer = _SignerAt(meta, self._signer, now)
        signed: BytesIO = signer.sign_pdf(_PdfAWriter(BytesIO(pdf)), bytes_reserved=RESERVED_BYTES)
        return signed.getvalue()


class _SignerAt(signers.PdfSigner):
    """States the instant it was given as the time of signing, not the machine's own."""

    def __init__(self, meta: signers.PdfSignatureMetadata, signer: signers.Signer, at: datetime) -> None:
        super().__init__(meta, signer=signer)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def _asn1(certificate: Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))
