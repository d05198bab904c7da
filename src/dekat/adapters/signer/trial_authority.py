"""An authority of our own for trials: made once for each centre, trusted by nobody, saying so in every name.

Documents signed by it are always specimens. The law asks for a certificate of an accredited authority (`pkcs12`).
"""

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
from cryptography.x509.oid import NameOID

from dekat.adapters.signer.key_folder import keep_secret
from dekat.adapters.signer.pades import PadesSigner

WARNING = "UJI COBA - BUKAN DOKUMEN SAH"
ROOT_YEARS, SIGNER_YEARS = 20, 5
KEY_FILE, SIGNER_FILE, ROOT_FILE = "signer.key", "signer.pem", "root.pem"


def trial_signer(folder: Path, *, now: datetime) -> PadesSigner:
    """Give the trial signer of this folder; make root and signer at the first call.

    Again: the same folder gives the same keys.
    """
    if not (folder / KEY_FILE).exists():
        _found(folder, now)
    key = load_pem_private_key((folder / KEY_FILE).read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the trial authority signs with P-256")
    certificate, root = (
        x509.load_pem_x509_certificate((folder / name).read_bytes()) for name in (SIGNER_FILE, ROOT_FILE)
    )
    return PadesSigner(key=key, certificate=certificate, chain=[root], is_accredited=False)


def _found(folder: Path, now: datetime) -> None:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, name = _name(f"{WARNING}: akar Dekat"), _name(f"{WARNING}: Dispendukcapil")
    root = _certificate(root_name, root_key.public_key(), root_name, root_key, now, years=ROOT_YEARS, is_authority=True)
    signer = _certificate(name, key.public_key(), root_name, root_key, now, years=SIGNER_YEARS, is_authority=False)
    keep_secret(folder / ROOT_FILE, root.public_bytes(Encoding.PEM))
    keep_secret(folder / SIGNER_FILE, signer.public_bytes(Encoding.PEM))
    # The signer's key comes last: its presence says that the rest is there. The root's key is not kept at all.
    keep_secret(folder / KEY_FILE, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _certificate(
    subject: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: datetime,
    *,
    years: int,
    is_authority: bool,
) -> x509.Certificate:
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
    return (
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
        .sign(issuer_key, hashes.SHA256())
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, common_name), x509.NameAttribute(NameOID.COUNTRY_NAME, "ID")]
    )
