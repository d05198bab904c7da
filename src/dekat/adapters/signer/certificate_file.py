"""The office's own certificate with its key in one PKCS #12 file."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate

from dekat.adapters.signer.certificates import Chain
from dekat.adapters.signer.pades import SignKey
from dekat.adapters.signer.refusals import CertificateUnreadable


@dataclass(frozen=True, repr=False)
class CertificateFile:
    """What the file holds, opened."""

    key: SignKey
    certificate: Certificate
    chain: Chain


def open_certificate_file(path: Path, *, passphrase: str) -> CertificateFile:
    """Open it.

    Refuses: documents.signer.certificate_unreadable.
    """
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(path.read_bytes(), passphrase.encode())
    except (OSError, ValueError) as error:
        raise CertificateUnreadable from error
    if certificate is None or not isinstance(key, SignKey):
        raise CertificateUnreadable
    return CertificateFile(key, certificate, chain)
