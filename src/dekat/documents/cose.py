"""Claims that this office signed: a CWT (RFC 8392) in a COSE_Sign1 (RFC 9052) with Ed25519, in one encoding only.

Everything is deterministic CBOR and is compared with its own re-encoding, so that no bit can change unseen: the
unprotected header, which no signature covers, must be the empty map.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dekat.kernel.errors import DekatError

COSE_SIGN1, ALG, KID, EDDSA = 18, 1, 4, -8
ISS, IAT, CTI = 1, 6, 7


class StampFalse(DekatError):
    """The code was not made by this office, or something in it was changed."""

    code = "documents.stamp.false"


@dataclass(frozen=True, repr=False)
class StampKey:
    """The private Ed25519 key of the stamps, 32 raw bytes; it never prints itself."""

    raw: bytes

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.raw).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.raw).sign(message)


def key_id(public: bytes) -> bytes:
    """The short name of a stamp key: 4 bytes of its SHA-256."""
    return sha256(public).digest()[:4]


def signed(claims: Mapping[int, object], key: StampKey) -> bytes:
    """Sign claims; the same claims and key give the same bytes."""
    protected, payload = _cbor({ALG: EDDSA, KID: key_id(key.public)}), _cbor(claims)
    signature = key.sign(_to_be_signed(protected, payload))
    return _cbor(cbor2.CBORTag(COSE_SIGN1, [protected, {}, payload, signature]))


def claims_in(raw: bytes, keys: Mapping[bytes, bytes], *, most_bytes: int) -> dict[int, Any]:
    """The claims that one of our keys signed.

    Facts: `keys` maps `key_id` to the public key.
    Refuses: documents.stamp.false.
    """
    try:
        return _claims(raw, keys, most_bytes)
    except (cbor2.CBORDecodeError, InvalidSignature, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StampFalse from error


def _claims(raw: bytes, keys: Mapping[bytes, bytes], most_bytes: int) -> dict[int, Any]:
    if len(raw) > most_bytes:
        raise ValueError("longer than any of its kind")
    outer = cbor2.loads(raw)
    protected, unprotected, payload, signature = outer.value
    if outer.tag != COSE_SIGN1 or unprotected != {} or _cbor(outer) != raw:
        raise ValueError("not the one encoding")
    header, claims = cbor2.loads(protected), cbor2.loads(payload)
    if header.keys() != {ALG, KID} or header[ALG] != EDDSA:
        raise ValueError("not our header")
    Ed25519PublicKey.from_public_bytes(keys[header[KID]]).verify(signature, _to_be_signed(protected, payload))
    return dict(claims)


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return _cbor(["Signature1", protected, b"", payload])


def _cbor(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)
