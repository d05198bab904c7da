"""The list of our documents that no longer hold, signed, so that whoever is without a network knows them too.

Five bytes for each (the beginning of the SHA-256 of its id) in ascending order, superseded and revoked apart. 100,000
documents are 500 kB, and a valid one is taken for one of them with a chance of 1 in 10 million. The list names nobody,
and nothing in it ever becomes valid again, so an old list is never wrong about what it names.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from dekat.documents.cose import IAT, ISS, StampFalse, StampKey, claims_in, signed
from dekat.documents.kinds import DocumentStatus

SHORT_BYTES = 5
ENDED = -65538
MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, repr=False)
class StatusList:
    """What no longer holds, as of an instant of the centre's clock."""

    issuer: str
    as_of: datetime
    superseded: bytes
    revoked: bytes

    def status_of(self, document_id: UUID) -> DocumentStatus | None:
        """SUPERSEDED or REVOKED; None for a document that the list does not name."""
        if _holds(self.revoked, document_id):
            return DocumentStatus.REVOKED
        return DocumentStatus.SUPERSEDED if _holds(self.superseded, document_id) else None


def short_id(document_id: UUID) -> bytes:
    """How the list names a document."""
    return sha256(document_id.bytes).digest()[:SHORT_BYTES]


def packed(document_ids: Iterable[UUID]) -> bytes:
    """The short names of documents, ascending, each once."""
    return b"".join(sorted({short_id(one) for one in document_ids}))


def encode(made: StatusList, key: StampKey) -> bytes:
    """Sign a list; the same list and key give the same bytes."""
    return signed({ISS: made.issuer, IAT: int(made.as_of.timestamp()), ENDED: [made.superseded, made.revoked]}, key)


def decode(raw: bytes, keys: Mapping[bytes, bytes]) -> StatusList:
    """Read a list that one of our keys signed.

    Refuses: documents.stamp.false.
    """
    claims = claims_in(raw, keys, most_bytes=MOST_BYTES)
    try:
        superseded, revoked = claims[ENDED]
        as_of = datetime.fromtimestamp(claims[IAT], UTC)
    except (ValueError, TypeError, KeyError) as error:
        raise StampFalse from error
    if not all(isinstance(part, bytes) and len(part) % SHORT_BYTES == 0 for part in (superseded, revoked)):
        raise StampFalse
    return StatusList(claims[ISS], as_of, superseded, revoked)


def _holds(names: bytes, document_id: UUID) -> bool:
    wanted, count = short_id(document_id), len(names) // SHORT_BYTES
    place = bisect_left(range(count), wanted, key=lambda at: names[at * SHORT_BYTES : (at + 1) * SHORT_BYTES])
    return names[place * SHORT_BYTES : (place + 1) * SHORT_BYTES] == wanted
