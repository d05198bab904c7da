"""Is this paper genuine, and does it still hold? The answer of the public page.

Three states, as the law's practice knows them: green, yellow (genuine, no longer valid), red (false). Papers that do
not exist get the same answer as papers that were forged. A station does not hold the whole register: of a document of
another kecamatan it proves the stamp, and the list of ended documents says whether it was replaced or withdrawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from dekat.documents import ended, queries
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.documents.queries import DocumentCard
from dekat.documents.stamp import Stamp, StampFalse, decode, from_code


class Verdict(StrEnum):
    """What the checker must know first."""

    VALID = "VALID"
    SUPERSEDED = "SUPERSEDED"
    REVOKED = "REVOKED"
    FALSE = "FALSE"
    LISTED = "LISTED"  # genuine, and not on the list that this machine holds
    UNDECIDED = "UNDECIDED"  # this machine cannot know


@dataclass(frozen=True)
class Answer:
    """The verdict and what the paper in hand must show; nothing that the paper does not show.

    Facts: `as_of` how new the list is that decided.
    """

    verdict: Verdict
    stamp: Stamp | None = None
    since: datetime | None = None
    is_specimen: bool = False
    as_of: datetime | None = None

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
    found = queries.find(stamp.document_id)
    return _listed(stamp.document_id, stamp) if found is None and ended.is_station() else _judged(found)


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
    row = queries.find(document_id)
    if row is None and ended.is_station():
        return _listed(document_id, None)
    found = _judged(row)
    return Answer(found.verdict, since=found.since, is_specimen=found.is_specimen)


def _listed(document_id: UUID, stamp: Stamp | None) -> Answer:
    held = ended.held_list()
    if held is None:
        return Answer(Verdict.UNDECIDED, stamp)
    status = held.status_of(document_id)
    return Answer(_VERDICTS[status] if status else Verdict.LISTED, stamp, as_of=held.as_of)


def _judged(found: DocumentCard | None) -> Answer:
    if found is None:
        return Answer(Verdict.UNDECIDED) if ended.is_station() else FALSE
    stamp = decode(found.stamp, queries.stamp_keys())
    return Answer(_VERDICTS[found.status], stamp, found.changed_at, found.is_specimen)
