"""The authority behind emulated devices: a root that anybody can see is a sample, and one key per device."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    CertificateBuilder,
    Name,
    NameAttribute,
    load_pem_x509_certificate,
    random_serial_number,
)
from cryptography.x509.oid import NameOID

_YEARS = timedelta(days=3650)
_CERTIFICATE, _KEY = "device-ca.pem", "device-ca.key"


@dataclass(frozen=True, repr=False)
class DeviceIdentity:
    """What a device signs with."""

    key: RSAPrivateKey
    chain: tuple[Certificate, ...]


@dataclass(frozen=True, repr=False)
class DeviceAuthority:
    """Whoever vouches for devices."""

    key: RSAPrivateKey
    certificate: Certificate

    def vouch(self, serial: str, *, now: datetime, is_expired: bool = False) -> DeviceIdentity:
        """A fresh key for a device, with its certificate."""
        key = _new_key()
        ends = now - timedelta(days=1) if is_expired else now + _YEARS
        builder = _builder(f"{serial} (CONTOH)", self.certificate.subject, key, now, ends)
        builder = builder.add_extension(BasicConstraints(ca=False, path_length=None), critical=True)
        return DeviceIdentity(key, (builder.sign(self.key, SHA256()),))


def new_authority(now: datetime) -> DeviceAuthority:
    """An authority that lives as long as this process."""
    key = _new_key()
    name = _name("Otoritas Alat CONTOH")
    builder = _builder("Otoritas Alat CONTOH", name, key, now, now + _YEARS)
    builder = builder.add_extension(BasicConstraints(ca=True, path_length=1), critical=True)
    return DeviceAuthority(key, builder.sign(key, SHA256()))


def open_authority(folder: Path, now: datetime) -> DeviceAuthority:
    """The authority kept in a folder, which is also the folder a station trusts.

    Again: a second call gives the same authority.
    """
    certificate_file, key_file = folder / _CERTIFICATE, folder / _KEY
    if certificate_file.exists() and key_file.exists():
        key = load_pem_private_key(key_file.read_bytes(), password=None)
        if isinstance(key, RSAPrivateKey):
            return DeviceAuthority(key, load_pem_x509_certificate(certificate_file.read_bytes()))
    authority = new_authority(now)
    folder.mkdir(parents=True, exist_ok=True)
    _write_secret(key_file, authority.key)
    certificate_file.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    return authority


def _new_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def _name(common: str) -> Name:
    return Name([NameAttribute(NameOID.ORGANIZATION_NAME, "Dekat CONTOH"), NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(common: str, issuer: Name, key: RSAPrivateKey, now: datetime, ends: datetime) -> CertificateBuilder:
    return (
        CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(random_serial_number())
        .not_valid_before(now - _YEARS)  # a sample's clock may be turned back over its two years of history
        .not_valid_after(ends)
    )


def _write_secret(file: Path, key: RSAPrivateKey) -> None:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(pem)
