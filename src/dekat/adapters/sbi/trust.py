"""Which devices we believe: a folder of authority certificates, and the signatures that lead to one of them."""

import base64
import json
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import (
    BasicConstraints,
    Certificate,
    ExtensionNotFound,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)

from dekat.adapters.sbi.refusals import AnswerUnreadable, DeviceKeyExpired, NotSigned, SignerUnknown
from dekat.adapters.sbi.wire import Object, decode, encode, read_object

_LONGEST_CHAIN = 5


@dataclass(frozen=True)
class DeviceTrust:
    """The authorities whose devices this station accepts: every `*.pem` and `*.crt` in a folder, read at each check
    so that a new certificate works without a restart."""

    folder: Path

    def authorities(self) -> list[Certificate]:
        """The certificates found now; a folder that is not there holds none."""
        files = sorted([*self.folder.glob("*.pem"), *self.folder.glob("*.crt")])
        return [certificate for file in files for certificate in _certificates(file)]

    def check(self, chain: Sequence[Certificate], now: datetime) -> None:
        """Let a signer's chain pass when each certificate vouches for the one before and the last is vouched for here.

        Refuses: sbi.answer.signer_unknown, sbi.device.key_expired.
        """
        if not 0 < len(chain) <= _LONGEST_CHAIN:
            raise SignerUnknown
        for certificate in chain:
            if not certificate.not_valid_before_utc <= now < certificate.not_valid_after_utc:
                raise DeviceKeyExpired
        for certificate, issuer in pairwise(chain):
            if not _vouches(issuer, certificate):
                raise SignerUnknown
        if not any(chain[-1] == root or _vouches(root, chain[-1]) for root in self.authorities()):
            raise SignerUnknown

    def read(self, token: str, now: datetime) -> dict[str, Any]:
        """The payload of a JWT whose signature and signer are good.

        Refuses: sbi.answer.unreadable, sbi.answer.not_signed, sbi.answer.signer_unknown, sbi.device.key_expired.
        """
        chain = signer_chain(token)
        payload = _checked_payload(token, chain[0])
        self.check(chain, now)
        return payload


def sign_jwt(payload: Object, key: RSAPrivateKey, chain: Sequence[Certificate]) -> str:
    """A JWT as SBI wants it: RS256, with the signer's certificate chain in `x5c`."""
    x5c = [base64.b64encode(certificate.public_bytes(Encoding.DER)).decode() for certificate in chain]
    head = encode(json.dumps({"alg": "RS256", "typ": "JWT", "x5c": x5c}).encode())
    body = encode(json.dumps(payload).encode())
    return f"{head}.{body}.{encode(key.sign(f'{head}.{body}'.encode(), PKCS1v15(), SHA256()))}"


def unchecked_payload(token: str) -> dict[str, Any]:
    """What a JWT says, believed by nobody yet.

    Refuses: sbi.answer.unreadable.
    """
    return read_object(decode(_parts(token)[1]))


def signer_chain(token: str) -> list[Certificate]:
    """The certificates a JWT names in `x5c`, the signer's first.

    Refuses: sbi.answer.unreadable, sbi.answer.not_signed.
    """
    header = read_object(decode(_parts(token)[0]))
    x5c = header.get("x5c")
    if header.get("alg") != "RS256" or not isinstance(x5c, list) or not x5c:
        raise NotSigned  # also "none" and every algorithm that would let a public key pass as a secret
    try:
        return [load_der_x509_certificate(base64.b64decode(str(text))) for text in x5c]
    except (NotBase64, ValueError) as error:
        raise AnswerUnreadable(part="x5c") from error


def _parts(token: str) -> tuple[str, str, str]:
    parts = token.split(".")
    if len(parts) != 3:
        raise AnswerUnreadable(part="JWT")
    return parts[0], parts[1], parts[2]


def _checked_payload(token: str, signer: Certificate) -> dict[str, Any]:
    head, body, signature = _parts(token)
    key = signer.public_key()
    if not isinstance(key, RSAPublicKey):
        raise NotSigned
    try:
        key.verify(decode(signature), f"{head}.{body}".encode(), PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise NotSigned from error
    return read_object(decode(body))


def _vouches(issuer: Certificate, certificate: Certificate) -> bool:
    """Only an authority may vouch: a device's own certificate must not sign another one."""
    try:
        if not issuer.extensions.get_extension_for_class(BasicConstraints).value.ca:
            return False
        certificate.verify_directly_issued_by(issuer)
    except (ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return True


def _certificates(file: Path) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(file.read_bytes())
    except ValueError:  # a key or a note beside the certificates
        return []
