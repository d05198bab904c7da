"""The stamp in the QR code: a signed CWT (RFC 8392, COSE_Sign1 with Ed25519) behind `…/V#` in base32.

Everything is deterministic CBOR and is compared with its own re-encoding, so that no bit can change unseen: the
unprotected header, which no signature covers, must be the empty map. The part after `#` never reaches a server.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dekat.kernel.errors import DekatError

COSE_SIGN1, ALG, KID, EDDSA = 18, 1, 4, -8
ISS, IAT, CTI = 1, 6, 7
# Claim keys below -65536 are for private use (RFC 8392, 9.1.1).
PAPER = -65537
MOST_BYTES = 600


class StampFalse(DekatError):
    """The code was not made by this office, or something in it was changed."""

    code = "documents.stamp.false"


@dataclass(frozen=True)
class Stamp:
    """What the code says about the paper: only what the paper itself shows.

    Facts: `number_tail` the last four letters of the paper's number; `content_hash` 16 bytes over everything printed.
    """

    issuer: str
    issued_at: datetime
    document_id: UUID
    kind: str
    number_tail: str
    initials: str
    count: int
    content_hash: bytes
    serial: str


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


def encode(stamp: Stamp, key: StampKey) -> bytes:
    """Sign a stamp; the same stamp and key give the same bytes."""
    protected = _cbor({ALG: EDDSA, KID: key_id(key.public)})
    paper = [stamp.kind, stamp.number_tail, stamp.initials, stamp.count, stamp.content_hash, stamp.serial]
    payload = _cbor(
        {ISS: stamp.issuer, IAT: int(stamp.issued_at.timestamp()), CTI: stamp.document_id.bytes, PAPER: paper}
    )
    signature = key.sign(_to_be_signed(protected, payload))
    return _cbor(cbor2.CBORTag(COSE_SIGN1, [protected, {}, payload, signature]))


def decode(raw: bytes, keys: Mapping[bytes, bytes]) -> Stamp:
    """Read a stamp that one of our keys signed.

    Facts: `keys` maps `key_id` to the public key.
    Refuses: documents.stamp.false.
    """
    try:
        return _decode(raw, keys)
    except (cbor2.CBORDecodeError, InvalidSignature, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StampFalse from error


def _decode(raw: bytes, keys: Mapping[bytes, bytes]) -> Stamp:
    if len(raw) > MOST_BYTES:
        raise ValueError("longer than any stamp")
    outer = cbor2.loads(raw)
    protected, unprotected, payload, signature = outer.value
    if outer.tag != COSE_SIGN1 or unprotected != {} or _cbor(outer) != raw:
        raise ValueError("not the one encoding of a stamp")
    header, claims = cbor2.loads(protected), cbor2.loads(payload)
    if header.keys() != {ALG, KID} or header[ALG] != EDDSA:
        raise ValueError("not our header")
    Ed25519PublicKey.from_public_bytes(keys[header[KID]]).verify(signature, _to_be_signed(protected, payload))
    kind, tail, initials, count, content_hash, serial = claims[PAPER]
    return Stamp(
        issuer=claims[ISS],
        issued_at=datetime.fromtimestamp(claims[IAT], UTC),
        document_id=UUID(bytes=claims[CTI]),
        kind=kind,
        number_tail=tail,
        initials=initials,
        count=count,
        content_hash=content_hash,
        serial=serial,
    )


def as_code(raw: bytes, *, address: str) -> str:
    """The text of the QR code: capitals throughout, because QR packs capitals and digits tightest."""
    return f"{address.rstrip('/').upper()}/V#{_base32(raw)}"


def from_code(text: str) -> bytes:
    """The stamp's bytes out of a scanned, pasted or typed code.

    Refuses: documents.stamp.false.
    """
    letters = "".join(text.rpartition("#")[2].split()).upper()
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError) as error:
        raise StampFalse from error
    if _base32(raw) != letters:
        raise StampFalse
    return raw


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return _cbor(["Signature1", protected, b"", payload])


def _cbor(value: object) -> bytes:
    return cbor2.dumps(value, canonical=True)
