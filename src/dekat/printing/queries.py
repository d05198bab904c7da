"""Questions about sheets and the printer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.documents import queries as documents
from dekat.documents.queries import DocumentCard
from dekat.kernel.errors import DekatError
from dekat.printing import rules
from dekat.printing.models import PrinterSeen, PrintJob
from dekat.printing.states import Condition, PrintState, SpoilReason


class JobMissing(DekatError):
    """No sheet of this id was asked for here."""

    code = "printing.sheet.unknown"


@dataclass(frozen=True)
class PrintCard:
    """One pass of a document through the printer. Facts: `receiver_name` is the name that the receiver signed with."""

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
    pages: int
    waiting: str
    doubt: str
    spoiled_sheets: int
    double_sheets: int
    late_at: datetime | None
    copy_reason: str


@dataclass(frozen=True)
class SheetBalance:
    """Sheets of paper by what became of them; `in_question` counts jobs whose sheets nobody counted yet."""

    good: int
    copies: int
    spoiled: Mapping[SpoilReason, int]
    in_question: int


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


def late_sheets(kecamatan: str) -> list[PrintCard]:
    """The sheets of which the printer brought out more after a person had counted; oldest first."""
    rows = PrintJob.objects.filter(kecamatan=kecamatan, late_at__isnull=False).order_by("late_at", "id")
    return [card_of(row) for row in rows]


def collected_last(kecamatan: str, *, limit: int) -> list[PrintCard]:
    """The sheets that residents took last, one for each document, newest first; without those asked for again."""
    open_now = PrintJob.objects.filter(kecamatan=kecamatan, state__in=rules.OPEN).values("document_id")
    rows = PrintJob.objects.filter(kecamatan=kecamatan, state=PrintState.COLLECTED)
    rows = rows.exclude(document_id__in=open_now).order_by("-collected_at", "id")[: 2 * limit]
    newest = {row.document_id: row for row in reversed(rows)}
    return sorted(map(card_of, newest.values()), key=lambda card: (str(card.collected_at), card.id))[: -limit - 1 : -1]


def sheet_balance(kecamatan: str, *, since: datetime) -> SheetBalance:
    """What became of every sheet asked for since an instant."""
    rows = list(PrintJob.objects.filter(kecamatan=kecamatan, asked_at__gte=since))
    spoiled: Counter[SpoilReason] = Counter()
    for row in rows:
        spoiled[SpoilReason.DOUBLE] += row.double_sheets
        if row.spoil_reason:
            spoiled[SpoilReason(row.spoil_reason)] += row.spoiled_sheets
    return SheetBalance(
        good=sum(row.pages for row in rows if row.state in (PrintState.PRINTED, PrintState.COLLECTED)),
        copies=sum(1 for row in rows if row.copy_reason),
        spoiled={reason: count for reason, count in spoiled.items() if count},
        in_question=sum(1 for row in rows if row.state in (PrintState.ASK, PrintState.OUT) or row.late_at),
    )


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
        pages=row.pages,
        waiting=row.waiting,
        doubt=row.doubt,
        spoiled_sheets=row.spoiled_sheets,
        double_sheets=row.double_sheets,
        late_at=row.late_at,
        copy_reason=row.copy_reason,
    )
