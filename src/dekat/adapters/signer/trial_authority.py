"""An authority of our own for trials: made once for each centre, trusted by nobody, saying so in every name.

Documents signed by it are always specimens; the law asks for a certificate of an accredited authority. Beside it stands
a timestamp authority with a root of its own, so that a trial meets all that a real paper has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from dekat.adapters.signer.certificates import signer_card
from dekat.adapters.signer.key_folder import keep_secret
from dekat.adapters.signer.pades import PadesSigner, in_memory
from dekat.adapters.signer.timestamps import Timestamps
from dekat.adapters.signer.trial_timestamps import TrialTimestamps

WARNING = "UJI COBA - BUKAN DOKUMEN SAH"
ROOT_YEARS, SIGNER_YEARS = 20, 5
TRIAL = "trial"


@dataclass(frozen=True)
class _Part:
    """One end of the trial authority, and the files that hold it: key, certificate, its root."""

    name: str
    key: str
    certificate: str
    root: str
    is_witness: bool


SIGNER = _Part("Dispendukcapil", "signer.key", "signer.pem", "root.pem", is_witness=False)
WITNESS = _Part("stempel waktu", "timestamps.key", "timestamps.pem", "timestamps-root.pem", is_witness=True)


def trial_signer(
    folder: Path, *, now: datetime, timestamps: Timestamps | None = None, timestamps_from: str = ""
) -> PadesSigner:
    """Give the trial signer of this folder; make root and signer at the first call.

    Facts: `timestamps_from` is the address of `timestamps`, `trial` for our own.
    Again: the same folder gives the same keys.
    """
    key, certificate, root = _opened(folder, SIGNER, now)
    card = signer_card(certificate, kind=TRIAL, timestamps=timestamps_from)
    return PadesSigner(in_memory(key, certificate, [root]), card=card, timestamps=timestamps)


def trial_timestamps(folder: Path, *, now: datetime) -> TrialTimestamps:
    """Give the timestamp authority of this folder; make it at the first call.

    Again: the same folder gives the same keys.
    """
    key, certificate, _ = _opened(folder, WITNESS, now)
    return TrialTimestamps(key, certificate)


def _opened(
    folder: Path, part: _Part, now: datetime
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate, x509.Certificate]:
    if not (folder / part.key).exists():
        _found(folder, part, now)
    key = load_pem_private_key((folder / part.key).read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the trial authority signs with P-256")
    certificate, root = (
        x509.load_pem_x509_certificate((folder / name).read_bytes()) for name in (part.certificate, part.root)
    )
    return key, certificate, root


def _found(folder: Path, part: _Part, now: datetime) -> None:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, name = _name(f"{WARNING}: akar {part.name}"), _name(f"{WARNING}: {part.name}")
    root = _certificate(root_name, root_key.public_key(), root_name, root_key, now, years=ROOT_YEARS, part=None)
    own = _certificate(name, key.public_key(), root_name, root_key, now, years=SIGNER_YEARS, part=part)
    keep_secret(folder / part.root, root.public_bytes(Encoding.PEM))
    keep_secret(folder / part.certificate, own.public_bytes(Encoding.PEM))
    # The key comes last: its presence says that the rest is there. The root's key is not kept at all.
    keep_secret(folder / part.key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _certificate(
    subject: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: datetime,
    *,
    years: int,
    part: _Part | None,
) -> x509.Certificate:
    is_authority = part is None
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A day of grace: clocks of checkers differ.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if part is not None and part.is_witness:
        # RFC 3161, 2.3: this use alone, and critical.
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(issuer_key, hashes.SHA256())


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, common_name), x509.NameAttribute(NameOID.COUNTRY_NAME, "ID")]
    )
