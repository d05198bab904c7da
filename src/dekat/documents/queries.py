"""Questions about documents; the answers carry no content, only what a register shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dekat.documents import archive, ports
from dekat.documents.kinds import DocumentKind, DocumentStatus, SheetKind
from dekat.documents.models import Document, Issue, StampKeyRecord
from dekat.documents.papers import PAPERS, PRINTED_AT_STATIONS
from dekat.documents.ports import SignerCard
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import read_code
from dekat.sync.queries import blob


class DocumentUnknown(DekatError):
    """No document of this id is registered here."""

    code = "documents.document.unknown"


@dataclass(frozen=True)
class DocumentCard:
    """One line of the register.

    Facts: `serial` without its hyphen; `sha256` of the signed file; `changed_at` when it reached its status;
    `fetched_at` when its applicant first fetched it to print it at home.
    """

    id: UUID
    kind: DocumentKind
    subject: str
    kecamatan: str
    version: int
    serial: str
    status: DocumentStatus
    sha256: str
    size_bytes: int
    page_count: int
    stamp: bytes
    signer: str
    is_specimen: bool
    issued_at: datetime
    changed_at: datetime
    superseded_by: UUID | None
    revocation_reason: str
    fetched_at: datetime | None


@dataclass(frozen=True)
class UnfinishedIssue:
    """An intent whose document does not exist yet."""

    id: UUID
    kind: DocumentKind
    subject: str
    intended_at: datetime


def document(document_id: UUID) -> DocumentCard:
    """One document.

    Refuses: documents.document.unknown.
    """
    row = Document.objects.filter(id=document_id).first()
    if row is None:
        raise DocumentUnknown
    return card_of(row)


def find(document_id: UUID) -> DocumentCard | None:
    """One document, or None when nobody has the id."""
    row = Document.objects.filter(id=document_id).first()
    return card_of(row) if row else None


def by_serial(typed: str) -> DocumentCard | None:
    """The document whose number a person typed.

    Refuses: kernel.ids.code_mistyped.
    """
    row = Document.objects.filter(serial=read_code(typed)).first()
    return card_of(row) if row else None


def by_file(sha256: str) -> DocumentCard | None:
    """The document whose signed file has this SHA-256."""
    row = Document.objects.filter(sha256=sha256).first()
    return card_of(row) if row else None


def active_for(*, kind: DocumentKind, subject: str) -> DocumentCard | None:
    """The one document of this kind that is valid for the subject."""
    row = Document.objects.filter(kind=kind, subject=subject, status=DocumentStatus.ACTIVE).first()
    return card_of(row) if row else None


def of_owner(owner: str) -> list[DocumentCard]:
    """All documents of a subject, of every kind, newest first; with those that tell several of one owner apart."""
    rows = Document.objects.filter(Q(subject=owner) | Q(subject__startswith=f"{owner}:"))
    return [card_of(row) for row in rows.order_by("-issued_at", "-version", "-id")]


def replaced_by(document_id: UUID) -> list[UUID]:
    """The documents that ended because this one took their place."""
    return list(Document.objects.filter(superseded_by=document_id).order_by("id").values_list("id", flat=True))


def printable(kecamatan: str) -> list[DocumentCard]:
    """The valid documents that a kecamatan's station may print, newest first."""
    rows = Document.objects.filter(kecamatan=kecamatan, status=DocumentStatus.ACTIVE, kind__in=PRINTED_AT_STATIONS)
    return [card_of(row) for row in rows.order_by("-issued_at", "-version", "-id")]


def may_print_at_home(kind: DocumentKind | SheetKind) -> bool:
    """Whether its applicant may print this kind on paper of their own: all but cards and the office's records.

    Law: permendagri-109-2019
    """
    return PAPERS[kind].may_print_at_home


def file_bytes(document_id: UUID) -> bytes:
    """The signed PDF: from this machine's archive, or at a station from what the centre sent.

    Refuses: documents.document.unknown, documents.file.missing, documents.file.damaged.
    """
    found = document(document_id)
    try:
        return archive.read(ports.workshop().archive, document_id, found.sha256)
    except archive.FileMissing:
        received = blob(found.sha256)
        if received is None:
            raise
        return received


def unfinished() -> list[UnfinishedIssue]:
    """The intents that still wait for their document, oldest first."""
    return [
        UnfinishedIssue(row.id, DocumentKind(row.kind), row.subject, row.intended_at)
        for row in Issue.objects.order_by("intended_at", "id")
    ]


def signer() -> SignerCard:
    """What signs the documents of this office now.

    Refuses: documents.workshop.not_an_issuer, documents.signer.certificate_unreadable.
    """
    return ports.authority().signer.card


def stamp_keys() -> dict[bytes, bytes]:
    """The public keys of all stamps that are ours, by key id."""
    return {bytes.fromhex(row.key_id): bytes(row.public_key) for row in StampKeyRecord.objects.order_by("key_id")}


def card_of(row: Document) -> DocumentCard:
    """The row as a value."""
    return DocumentCard(
        id=row.id,
        kind=DocumentKind(row.kind),
        subject=row.subject,
        kecamatan=row.kecamatan,
        version=row.version,
        serial=row.serial,
        status=DocumentStatus(row.status),
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        page_count=row.page_count,
        stamp=bytes(row.stamp),
        signer=row.signer,
        is_specimen=row.is_specimen,
        issued_at=row.issued_at,
        changed_at=row.changed_at,
        superseded_by=row.superseded_by,
        revocation_reason=row.revocation_reason,
        fetched_at=row.fetched_at,
    )
