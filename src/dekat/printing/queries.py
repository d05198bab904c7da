"""Questions about sheets and the printer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.documents import queries as documents
from dekat.documents.queries import DocumentCard
from dekat.kernel.errors import DekatError
from dekat.printing import rules
from dekat.printing.models import PrinterSeen, PrintJob
from dekat.printing.states import Condition, PrintState


class JobMissing(DekatError):
    """No sheet of this id was asked for here."""

    code = "printing.sheet.unknown"


@dataclass(frozen=True)
class PrintCard:
    """One sheet. Facts: `receiver_name` is the name that the receiver signed with."""

    id: UUID
    document_id: UUID
    kecamatan: str
    state: PrintState
    asked_at: datetime
    out_at: datetime | None
    printed_at: datetime | None
    collected_at: datetime | None
    printer_serial: str
    spoil_reason: str
    collector: str
    receiver_name: str


@dataclass(frozen=True)
class PrinterCard:
    """How the printer was when the worker last looked."""

    condition: Condition
    name: str
    serial: str
    seen_at: datetime


def job(print_id: UUID) -> PrintCard:
    """One sheet.

    Refuses: printing.sheet.unknown.
    """
    row = PrintJob.objects.filter(id=print_id).first()
    if row is None:
        raise JobMissing
    return card_of(row)


def jobs(kecamatan: str, *, states: frozenset[PrintState] = rules.LIVING) -> list[PrintCard]:
    """The sheets of a kecamatan in these states, oldest wish first."""
    rows = PrintJob.objects.filter(kecamatan=kecamatan, state__in=states).order_by("asked_at", "id")
    return [card_of(row) for row in rows]


def sheets_of(document_id: UUID) -> list[PrintCard]:
    """Every sheet that was ever asked of a document, oldest first: what became of each."""
    return [card_of(row) for row in PrintJob.objects.filter(document_id=document_id).order_by("asked_at", "id")]


def waiting_documents(kecamatan: str) -> list[DocumentCard]:
    """The documents that this kecamatan may print and has no sheet of yet, newest first."""
    living = PrintJob.objects.filter(kecamatan=kecamatan, state__in=rules.LIVING)
    asked = set(living.values_list("document_id", flat=True))
    return [card for card in documents.printable(kecamatan) if card.id not in asked]


def printer_seen() -> PrinterCard | None:
    """The printer as the worker last saw it; None before its first look."""
    row = PrinterSeen.objects.first()
    return PrinterCard(Condition(row.condition), row.name, row.serial, row.seen_at) if row else None


def card_of(row: PrintJob) -> PrintCard:
    """The row as a value."""
    return PrintCard(
        id=row.id,
        document_id=row.document_id,
        kecamatan=row.kecamatan,
        state=PrintState(row.state),
        asked_at=row.asked_at,
        out_at=row.out_at,
        printed_at=row.printed_at,
        collected_at=row.collected_at,
        printer_serial=row.printer_serial,
        spoil_reason=row.spoil_reason,
        collector=row.collector,
        receiver_name=row.receiver_name,
    )
