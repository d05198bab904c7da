"""The stamp in the QR code: claims that this office signed (`cose`) behind `…/V#` in base32.

The part after `#` never reaches a server.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from dekat.documents.cose import CTI, IAT, ISS, StampFalse, StampKey, claims_in, key_id, signed

__all__ = ["Stamp", "StampFalse", "StampKey", "as_code", "decode", "encode", "from_code", "key_id"]
# Claim keys below -65536 are for private use (RFC 8392, 9.1.1).
PAPER = -65537
MOST_BYTES = 600


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


def encode(stamp: Stamp, key: StampKey) -> bytes:
    """Sign a stamp; the same stamp and key give the same bytes."""
    paper = [stamp.kind, stamp.number_tail, stamp.initials, stamp.count, stamp.content_hash, stamp.serial]
    claims = {ISS: stamp.issuer, IAT: int(stamp.issued_at.timestamp()), CTI: stamp.document_id.bytes, PAPER: paper}
    return signed(claims, key)


def decode(raw: bytes, keys: Mapping[bytes, bytes]) -> Stamp:
    """Read a stamp that one of our keys signed.

    Facts: `keys` maps `key_id` to the public key.
    Refuses: documents.stamp.false.
    """
    claims = claims_in(raw, keys, most_bytes=MOST_BYTES)
    try:
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
    except (ValueError, TypeError, KeyError) as error:
        raise StampFalse from error


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
