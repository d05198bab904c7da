"""Pure decisions about documents."""

from collections.abc import Mapping
from datetime import timedelta

from dekat.documents import contents
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.kernel.canonical import Json, digest

ISSUED = DocumentStatus.ACTIVE

# Where a document may go from where it stands. Nothing ever becomes valid again: a new version is issued instead.
MOVES: Mapping[DocumentStatus, frozenset[DocumentStatus]] = {
    DocumentStatus.ACTIVE: frozenset({DocumentStatus.SUPERSEDED, DocumentStatus.REVOKED}),
    DocumentStatus.SUPERSEDED: frozenset(),
    DocumentStatus.REVOKED: frozenset(),
}

# Renewing a certificate takes days; decision here.
RENEW_BEFORE = timedelta(days=30)
# A paper that no accredited authority signed says so across its whole page.
SPECIMEN = "SPESIMEN"
CONTENT_HASH_BYTES = 16


def may_become(now: DocumentStatus, then: DocumentStatus) -> bool:
    """Say whether a document may move from one status to another."""
    return then in MOVES[now]


def content_hash(kind: DocumentKind, content: Mapping[str, Json]) -> bytes:
    """16 bytes over everything the paper says, for its stamp."""
    contents.check(kind, content)
    return digest({"kind": str(kind), "content": dict(content)})[:CONTENT_HASH_BYTES]


def is_overtaken(version: int, newest: int | None) -> bool:
    """Say whether a newer version was already issued while this one waited."""
    return newest is not None and newest > version
