"""Commands of printing: ask for a sheet, say what became of it. The worker moves what lies between."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from dekat.accounts.actor import Actor
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentStatus
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.printing import rules
from dekat.printing.models import PrintJob
from dekat.printing.queries import JobMissing, PrintCard, card_of
from dekat.printing.states import Collector, CopyReason, Doubt, PrintState, SpoilReason

_TO_COUNT = {PrintState.ASK, PrintState.OUT}


class AlreadyAsked(DekatError):
    """The document already has a sheet that is neither spoiled nor cancelled."""

    code = "printing.sheet.already_asked"


class MoveForbidden(DekatError):
    """The sheet is at another point of its way than the person believed."""

    code = "printing.sheet.move_forbidden"


class SheetOutdated(DekatError):
    """A newer document replaced this one, so its sheet may not be printed or handed over."""

    code = "printing.sheet.outdated"


class NothingLate(DekatError):
    """The printer brought nothing out that was not accounted for already."""

    code = "printing.sheet.nothing_late"


class CopyWithoutReason(DekatError):
    """The resident has this paper already; a further copy needs a reason."""

    code = "printing.sheet.copy_without_reason"


class ReceiverMissing(DekatError):
    """Nobody signed for the sheet."""

    code = "printing.sheet.receiver_missing"


def ask_print(
    *,
    print_id: UUID,
    document_id: UUID,
    kecamatan: str,
    actor: Actor,
    now: datetime,
    copy_reason: CopyReason | None = None,
) -> PrintCard:
    """Put one sheet of a document into the outbox; the worker sends it when the printer is ready.

    Facts: `print_id` is made by the page that asks, and names the job at the printer. Once a resident has the paper,
    a further copy needs `copy_reason`.
    Again: the same `print_id` returns its job.
    Refuses: printing.sheet.already_asked, printing.sheet.copy_without_reason, printing.sheet.outdated,
    documents.document.unknown.
    Law: permendagri-109-2019
    """
    with transaction.atomic():
        if known := PrintJob.objects.filter(id=print_id).first():
            return card_of(known)
        _refuse_outdated(document_id)
        states = set(PrintJob.objects.filter(document_id=document_id).values_list("state", flat=True))
        if states & rules.OPEN:
            raise AlreadyAsked
        if PrintState.COLLECTED in states and copy_reason is None:
            raise CopyWithoutReason
        job = PrintJob.objects.create(
            id=print_id,
            document_id=document_id,
            kecamatan=kecamatan,
            asked_by=actor.label,
            asked_at=now,
            pages=max(1, documents.document(document_id).page_count),
            copy_reason=copy_reason or "",
        )
        _tell("asked", job, actor, now)
        return card_of(job)


def cancel(*, print_id: UUID, actor: Actor, now: datetime) -> PrintCard:
    """Take back a sheet that was not sent yet.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    return _move(print_id, PrintState.CANCELLED, "cancelled", actor, now, only_from={PrintState.QUEUED})


def leave_alone(*, print_id: UUID, actor: Actor, now: datetime) -> PrintCard:
    """Wait no longer for a printer that does not go on: what it still has is taken back, a person counts the tray.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    return _move(
        print_id, PrintState.ASK, "left_alone", actor, now, doubt=Doubt.LEFT_ALONE, is_watched=True, waiting=""
    )


def count_sheets(*, print_id: UUID, sheets: int, actor: Actor, now: datetime) -> PrintCard:
    """Say how many sheets of this job a person counted in the tray; each is accounted for.

    Facts: `sheets` are all that ever came out of this job. None: it may be asked again. Fewer than its pages: they are
    written off as incomplete. All: they are to be checked. More: what is too much is written off as double.
    Again: the same count changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    pages = _row(print_id).pages
    if sheets <= 0:
        return _move(print_id, PrintState.CANCELLED, "never_came", actor, now, _TO_COUNT, is_watched=True)
    if sheets < pages:
        why = SpoilReason.INCOMPLETE
        return _move(
            print_id, PrintState.SPOILED, "spoiled", actor, now, _TO_COUNT,
            is_watched=True, spoiled_sheets=sheets, spoil_reason=why,
        )  # fmt: skip
    return _move(
        print_id, PrintState.OUT, "found", actor, now, _TO_COUNT,
        may_stay=True, is_watched=True, double_sheets=sheets - pages, out_at=now,
    )  # fmt: skip


def account_late(*, print_id: UUID, sheets: int, actor: Actor, now: datetime) -> PrintCard:
    """Say how many sheets came out after the count; they are written off as double, nothing else changes.

    Refuses: printing.sheet.nothing_late, printing.sheet.unknown.
    """
    with transaction.atomic():
        _row(print_id)
        asked = PrintJob.objects.filter(id=print_id, late_at__isnull=False)
        if not asked.update(late_at=None, double_sheets=F("double_sheets") + max(0, sheets)):
            raise NothingLate
        job = _row(print_id)
        _tell("came_late", job, actor, now)
        return card_of(job)


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
    pages = _row(print_id).pages
    only_from = {PrintState.OUT, PrintState.PRINTED}
    return _move(
        print_id, PrintState.SPOILED, "spoiled", actor, now, only_from, spoil_reason=reason, spoiled_sheets=pages
    )


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
    may_stay: bool = False,
    **facts: object,
) -> PrintCard:
    with transaction.atomic():
        job = _row(print_id)
        state = PrintState(job.state)
        if state == to and not may_stay:
            return card_of(job)
        sources = [source for source in only_from or set(PrintState) if rules.may_move(source, to) or source == to]
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
        "reason": job.spoil_reason or job.copy_reason,
        "doubt": job.doubt,
        "pages": job.pages,
        "spoiled": job.spoiled_sheets,
        "double": job.double_sheets,
        "collector": job.collector,
    }
    record(
        name=f"printing.sheet.{event}",
        subject=f"document:{job.document_id}",
        actor=actor.label,
        data={key: value for key, value in data.items() if value},
        now=now,
    )
