"""A recording's way from the regency: to the national centre, its answers, and back to the kecamatan's people.

Done by the centre's worker again and again; each step may be cut anywhere and repeated.
"""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from dekat.accounts.actor import Actor
from dekat.cards import queries as cards
from dekat.cards.services import queue_card
from dekat.cards.states import CardState
from dekat.enrolment import packet_content
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.national import queries, services
from dekat.national.ports import Gateway
from dekat.national.queries import SubmissionCard
from dekat.national.statuses import Status
from dekat.registry import queries as registry
from dekat.sync import services as sync

STATUS_KIND = "recording_status/1"
# The national system's names for what happens to a card (domain 3.4).
CARD_STATUSES = {
    CardState.PRINTED: "CARD_PRINTED",
    CardState.BATCHED: "CARD_PRINTED",
    CardState.SENT: "CARD_SHIPPED",
    CardState.ARRIVED: "CARD_SHIPPED",
    CardState.HANDED_OVER: "CARD_ISSUED",
}


def send_waiting(
    *, gateway: Gateway, open_content: Callable[[UUID], bytes | None], actor: Actor, now: Callable[[], datetime]
) -> int:
    """Hand every waiting recording to the national centre, oldest first; give how many went.

    Facts: `open_content` opens a packet by its id, in memory only; a packet that is not here waits.
    Again: the national centre answers a repeat with its first receipt.
    Refuses: national.centre_away, national.receipt_invalid.
    """
    sent = 0
    for card in queries.waiting_to_be_sent():
        content = open_content(card.packet_id)
        if content is None:
            continue
        receipt = gateway.submit(recording_id=card.recording_id, nik=_nik_of(card, content), content=content)
        with transaction.atomic():
            services.note_sent(recording_id=card.recording_id, receipt=receipt, actor=actor, now=now())
            publish_status(recording_id=card.recording_id, now=now())
        sent += 1
    return sent


def ask_for_news(*, gateway: Gateway, actor: Actor, now: Callable[[], datetime]) -> int:
    """Ask the national centre about every recording it still works on; give how many statuses were news.

    Refuses: national.centre_away.
    """
    return sum(_ask_about(card, gateway, actor, now()) for card in queries.waiting_for_the_centre())


def publish_status(*, recording_id: UUID, now: datetime) -> None:
    """Tell the recording's kecamatan where it stands."""
    card = queries.submission(recording_id)
    if card is None:
        raise services.SubmissionUnknown
    sync.publish(scope=card.kecamatan, kind=STATUS_KIND, key=str(recording_id), body=_message(card), now=now)


def _ask_about(card: SubmissionCard, gateway: Gateway, actor: Actor, now: datetime) -> int:
    news = 0
    for word in gateway.statuses(card.recording_id):
        with transaction.atomic():
            is_new = services.note_status(
                recording_id=card.recording_id,
                status=word.status,
                at=word.at,
                said_by="PUSAT",
                actor=actor,
                now=now,
            )
            if not is_new:
                continue
            news += 1
            # A supplement completes a recording whose card is on its own way.
            if word.status == Status.PRINT_READY_RECORD and card.supplement_of is None:
                _queue_card(card, word.at, actor, now)
            publish_status(recording_id=card.recording_id, now=now)
    return news


def _queue_card(card: SubmissionCard, ready_at: datetime, actor: Actor, now: datetime) -> None:
    queue_card(
        recording_id=card.recording_id,
        resident_id=card.resident_id,
        tracking_code=card.tracking_code,
        kecamatan=card.kecamatan,
        is_first_time=True,
        ready_at=ready_at,
        print_from=_print_from(card, now),
        actor=actor,
        now=now,
    )


def _nik_of(card: SubmissionCard, content: bytes) -> str:
    if registry.is_known(card.resident_id):
        return registry.resident(card.resident_id).nik or ""
    return packet_content.read(content).biodata.nik


def _print_from(card: SubmissionCard, now: datetime) -> date | None:
    """The 17th birthday of a pemula, while it lies ahead."""
    return card.card_from if card.card_from and card.card_from > localdate(now) else None


def _message(card: SubmissionCard) -> dict[str, Json]:
    made = cards.card(card.recording_id)
    is_made = made is not None and made.state in CARD_STATUSES
    return {
        "recording_id": str(card.recording_id),
        "status": CARD_STATUSES[made.state] if made and is_made else str(card.status),
        "status_since": iso(made.state_since if made and is_made else card.status_since),
        "hops": [{"status": str(hop.status), "at": iso(hop.at), "said_by": hop.said_by} for hop in card.hops],
    }
