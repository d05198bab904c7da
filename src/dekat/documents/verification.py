"""Is this paper genuine, and does it still hold? The answer of the public page.

Three states, as the law's practice knows them: green, yellow (genuine, no longer valid), red (false). Papers that do
not exist get the same answer as papers that were forged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from dekat.documents import queries
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.documents.queries import DocumentCard
from dekat.documents.stamp import Stamp, StampFalse, decode, from_code


class Verdict(StrEnum):
    """What the checker must know first."""

    VALID = "VALID"
    SUPERSEDED = "SUPERSEDED"
    REVOKED = "REVOKED"
    FALSE = "FALSE"


@dataclass(frozen=True)
class Answer:
    """The verdict and what the paper in hand must show; nothing that the paper does not show."""

    verdict: Verdict
    stamp: Stamp | None = None
    since: datetime | None = None
    is_specimen: bool = False

    @property
    def kind_label(self) -> str:
        """What kind of paper it is, in words."""
        return str(DocumentKind(self.stamp.kind).label) if self.stamp else ""


FALSE = Answer(Verdict.FALSE)
_VERDICTS = {
    DocumentStatus.ACTIVE: Verdict.VALID,
    DocumentStatus.SUPERSEDED: Verdict.SUPERSEDED,
    DocumentStatus.REVOKED: Verdict.REVOKED,
}


def of_code(text: str) -> Answer:
    """Judge the text of a QR code: first its signature, then the register."""
    try:
        stamp = decode(from_code(text), queries.stamp_keys())
    except StampFalse:
        return FALSE
    return _judged(queries.find(stamp.document_id))


def of_serial(typed: str) -> Answer:
    """Judge a document number that a person typed; a mistyped one is refused, not called false.

    Refuses: kernel.ids.code_mistyped.
    """
    return _judged(queries.by_serial(typed))


def of_file(content: bytes) -> Answer:
    """Judge a PDF: it is ours only when not one byte of it changed."""
    return _judged(queries.by_file(sha256(content).hexdigest()))


def of_typed(text: str) -> Answer:
    """Judge what somebody typed or pasted: a whole code or a document number.

    Refuses: kernel.ids.code_mistyped.
    """
    longest_serial = 16
    judge: Callable[[str], Answer] = of_code if "#" in text or len(text.strip()) > longest_serial else of_serial
    return judge(text)


def standing(document_id: UUID) -> Answer:
    """Where a document stands, without what its paper shows: for checkers who verified the stamp themselves."""
    found = _judged(queries.find(document_id))
    return Answer(found.verdict, since=found.since, is_specimen=found.is_specimen)


def _judged(found: DocumentCard | None) -> Answer:
    if found is None:
        return FALSE
    stamp = decode(found.stamp, queries.stamp_keys())
    return Answer(_VERDICTS[found.status], stamp, found.changed_at, found.is_specimen)
