"""A sheet came out, was spoiled, or reached its resident: the station notes it and tells the centre."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.clock import iso
from dekat.printing import services as printing
from dekat.printing.queries import PrintCard
from dekat.printing.states import Collector, PrintState, SpoilReason
from dekat.readings import services as readings
from dekat.readings.kinds import Use
from dekat.sync import services as sync

MESSAGE_KIND = "print_report/1"
_TOLD = frozenset({PrintState.PRINTED, PrintState.SPOILED, PrintState.COLLECTED})


def confirm_sheet(*, print_id: UUID, actor: Actor, now: datetime) -> PrintCard:
    """A person saw a good sheet: it waits for its resident, the printer counts as used, the centre learns it.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """

    def command() -> PrintCard:
        card = printing.confirm_printed(print_id=print_id, actor=actor, now=now)
        if card.printer_serial:
            readings.note_use(
                serial=card.printer_serial, use=Use.PRINT, count=card.pages, actor=actor, now=now, event_id=card.id
            )
        return card

    return _and_tell(command, actor, now)


def count_sheets(*, print_id: UUID, sheets: int, actor: Actor, now: datetime) -> PrintCard:
    """A person counted the sheets of a job; too few are written off, and the centre learns it.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    return _and_tell(lambda: printing.count_sheets(print_id=print_id, sheets=sheets, actor=actor, now=now), actor, now)


def spoil_sheet(*, print_id: UUID, reason: SpoilReason, actor: Actor, now: datetime) -> PrintCard:
    """A sheet is written off with its reason; its document may be printed again.

    Again: changes nothing.
    Refuses: printing.sheet.move_forbidden, printing.sheet.unknown.
    """
    return _and_tell(lambda: printing.spoil(print_id=print_id, reason=reason, actor=actor, now=now), actor, now)


def hand_over_sheet(
    *, print_id: UUID, collector: Collector, receiver_name: str, actor: Actor, now: datetime
) -> PrintCard:
    """The resident has the sheet, after a check of identity, and signed for it.

    Again: changes nothing.
    Refuses: printing.sheet.receiver_missing, printing.sheet.outdated, printing.sheet.move_forbidden.
    """
    return _and_tell(
        lambda: printing.hand_over(
            print_id=print_id, collector=collector, receiver_name=receiver_name, actor=actor, now=now
        ),
        actor,
        now,
    )


def _and_tell(command: Callable[[], PrintCard], actor: Actor, now: datetime) -> PrintCard:
    with transaction.atomic():
        card = command()
        if card.copy_reason or card.state not in _TOLD:
            return card  # an application ends with its first paper; what became of a copy stands in the log
        # The name of the receiver stays at the station.
        sync.send_message(
            message_id=uuid5(card.id, card.state),
            kind=MESSAGE_KIND,
            body={
                "print": str(card.id),
                "document": str(card.document_id),
                "kecamatan": card.kecamatan,
                "fate": str(card.state),
                "reason": card.spoil_reason,
                "at": iso(now),
                "by": str(actor.account_id),
            },
            now=now,
        )
        return card
