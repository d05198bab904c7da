"""Commands of printing: ask for a sheet, say what became of it. The worker moves what lies between."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentStatus
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.printing import rules
from dekat.printing.models import PrintJob
from dekat.printing.queries import JobMissing, PrintCard, card_of
from dekat.printing.states import Collector, PrintState, SpoilReason


class AlreadyAsked(DekatError):
    """The document already has a sheet that is neither spoiled nor cancelled."""

    code = "printing.sheet.already_asked"


class MoveForbidden(DekatError):
    """The sheet is at another point of its way than the person believed."""

    code = "printing.sheet.move_forbidden"


class SheetOutdated(DekatError):
    """A newer document replaced this one, so its sheet may not be printed or handed over."""

    code = "printing.sheet.outdated"


class ReceiverMissing(DekatError):
    """Nobody signed for the sheet."""

    code = "printing.sheet.receiver_missing"


def ask_print(*, print_id: UUID, document_id: UUID, kecamatan: str, actor: Actor, now: datetime) -> PrintCard:
    """Put one sheet of a document into the outbox; the worker sends it when the printer is ready.

    Facts: `print_id` is made by the page that asks, and names the job at the printer.
    Again: the same `print_id` returns its job.
    Refuses: printing.sheet.already_asked, printing.sheet.outdated, documents.document.unknown.
    """
    with transaction.atomic():
        if known := PrintJob.objects.filter(id=print_id).first():
            return card_of(known)
        _refuse_outdated(document_id)
        if PrintJob.objects.filter(document_id=document_id, state__in=rules.LIVING).exists():
            raise AlreadyAsked
        job = PrintJob.objects.create(
            id=print_id, document_id=document_id, kecamatan=kecamatan, asked_by=actor.label, asked_at=now
        )
        _tell("asked", job, actor, now)
        return card_of(job)


def cancel(*, print_id: UUID, actor: Actor, now: datetime) -> PrintCard:
    """Take back a sheet that was not sent yet.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    return _move(print_id, PrintState.CANCELLED, "cancelled", actor, now, only_from={PrintState.QUEUED})


def answer_doubt(*, print_id: UUID, is_in_tray: bool, actor: Actor, now: datetime) -> PrintCard:
    """Say what a person saw in the tray of a sheet in doubt: it lies there, or nothing came out.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    if is_in_tray:
        return _move(print_id, PrintState.OUT, "found", actor, now, only_from={PrintState.ASK}, out_at=now)
    return _move(print_id, PrintState.CANCELLED, "never_came", actor, now, only_from={PrintState.ASK})


def confirm_printed(*, print_id: UUID, actor: Actor, now: datetime) -> PrintCard:
    """A person looked at the sheet and it is good.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    return _move(print_id, PrintState.PRINTED, "printed", actor, now, printed_at=now)


def spoil(*, print_id: UUID, reason: SpoilReason, actor: Actor, now: datetime) -> PrintCard:
    """Write a sheet off with its reason; the document may then be printed again.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    return _move(print_id, PrintState.SPOILED, "spoiled", actor, now, spoil_reason=reason)


def hand_over(*, print_id: UUID, collector: Collector, receiver_name: str, actor: Actor, now: datetime) -> PrintCard:
    """Give the sheet to a person whose identity the officer checked and who signed with this name.

    Again: changes nothing.
    Refuses: printing.sheet.receiver_missing, printing.sheet.outdated, printing.sheet.move_forbidden.
    Law: gratis
    """
    name = " ".join(receiver_name.split())
    if not name:
        raise ReceiverMissing
    _refuse_outdated(_row(print_id).document_id)
    return _move(
        print_id,
        PrintState.COLLECTED,
        "collected",
        actor,
        now,
        collected_at=now,
        collector=collector,
        receiver_name=name,
    )


def _move(
    print_id: UUID,
    to: PrintState,
    event: str,
    actor: Actor,
    now: datetime,
    only_from: set[PrintState] | None = None,
    **facts: object,
) -> PrintCard:
    with transaction.atomic():
        job = _row(print_id)
        state = PrintState(job.state)
        if state == to:
            return card_of(job)
        sources = [source for source in only_from or set(PrintState) if rules.may_move(source, to)]
        if not PrintJob.objects.filter(id=print_id, state__in=sources).update(state=to, **facts):
            raise MoveForbidden(state=state.label)
        job.refresh_from_db()
        _tell(event, job, actor, now)
        return card_of(job)


def _row(print_id: UUID) -> PrintJob:
    job = PrintJob.objects.filter(id=print_id).first()
    if job is None:
        raise JobMissing
    return job


def _refuse_outdated(document_id: UUID) -> None:
    if documents.document(document_id).status != DocumentStatus.ACTIVE:
        raise SheetOutdated


def _tell(event: str, job: PrintJob, actor: Actor, now: datetime) -> None:
    data: Mapping[str, Json] = {
        "print": str(job.id),
        "kecamatan": job.kecamatan,
        "printer": job.printer_serial,
        "reason": job.spoil_reason,
        "collector": job.collector,
    }
    record(
        name=f"printing.sheet.{event}",
        subject=f"document:{job.document_id}",
        actor=actor.label,
        data={key: value for key, value in data.items() if value},
        now=now,
    )
