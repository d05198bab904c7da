"""Cards from the centre to the resident: sealed bag, count at the kecamatan, hand-over, each told to the other side."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.cards import feed, queries, services
from dekat.cards.states import OldCard
from dekat.flows.follow_card import tell_of_card
from dekat.flows.station_scope import check_station_serves
from dekat.kernel.canonical import Json
from dekat.kernel.ids import new_id
from dekat.sync import services as sync

BATCH_KIND = "card_batch/1"
EVENT_KIND = "card_event/1"


def send_batch(*, batch_id: UUID, actor: Actor, now: datetime) -> None:
    """The bag leaves Dispendukcapil and its kecamatan knows what should be in it.

    Refuses: cards.batch.unknown.
    """
    with transaction.atomic():
        services.send_batch(batch_id=batch_id, actor=actor, now=now)
        message = feed.batch_message(batch_id)
        sync.publish(scope=str(message["kecamatan"]), kind=BATCH_KIND, key=str(batch_id), body=message, now=now)
        _tell_statuses(batch_id, actor, now)


def receive_batch(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """A station hears of a bag (feed handler)."""
    feed.apply_batch(body, now=now)


def count_batch(
    *, batch_id: UUID, present: Sequence[UUID], is_seal_whole: bool, actor: Actor, now: datetime
) -> list[UUID]:
    """The kecamatan counts its bag; the centre is told by message. Give the missing cards.

    Refuses: cards.batch.unknown.
    """
    with transaction.atomic():
        missing = services.count_batch(
            batch_id=batch_id, present=present, is_seal_whole=is_seal_whole, actor=actor, now=now
        )
        body: dict[str, Json] = {
            "what": "counted",
            "batch_id": str(batch_id),
            "present": [str(card_id) for card_id in present],
            "is_seal_whole": is_seal_whole,
            **_signatory(actor),
        }
        sync.send_message(message_id=new_id(now), kind=EVENT_KIND, body=body, now=now)
        return missing


def hand_over(
    *, card_id: UUID, identity_check: str, actor: Actor, now: datetime, old_card: OldCard | None = None
) -> None:
    """The resident has the card; the centre is told by message.

    Refuses: cards.card.identity_not_checked, cards.card.old_card_not_said, cards.card.unknown, cards.card.may_not_move.
    """
    with transaction.atomic():
        services.hand_over(card_id=card_id, identity_check=identity_check, old_card=old_card, actor=actor, now=now)
        body: dict[str, Json] = {
            "what": "handed_over",
            "card_id": str(card_id),
            "identity_check": identity_check,
            "old_card": str(old_card or ""),
            **_signatory(actor),
        }
        sync.send_message(message_id=new_id(now), kind=EVENT_KIND, body=body, now=now)


def hear_of_card(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """The centre hears what happened to a bag or a card at a kecamatan (message handler).

    Refuses: flows.station.elsewhere, cards.batch.unknown, cards.card.unknown, cards.card.may_not_move.
    """
    check_station_serves(node, _kecamatan_of(body))
    actor = _actor(body, node)
    if body["what"] == "counted":
        present = body["present"]
        assert isinstance(present, list)
        services.count_batch(
            batch_id=UUID(str(body["batch_id"])),
            present=[UUID(str(card_id)) for card_id in present],
            is_seal_whole=bool(body["is_seal_whole"]),
            actor=actor,
            now=now,
        )
        _tell_statuses(UUID(str(body["batch_id"])), actor, now)
    else:
        services.hand_over(
            card_id=UUID(str(body["card_id"])),
            identity_check=str(body["identity_check"]),
            # A station of an earlier release does not ask; what it did is not refused.
            old_card=OldCard(str(body.get("old_card") or OldCard.NOT_SAID)),
            actor=actor,
            now=now,
        )
        tell_of_card(card_id=UUID(str(body["card_id"])), actor=actor, now=now)


def _kecamatan_of(body: Mapping[str, Json]) -> str:
    """The kecamatan of the bag or card itself; what the message says of it proves nothing."""
    if body["what"] == "counted":
        found = queries.batch(UUID(str(body["batch_id"])))
        if found is None:
            raise services.BatchUnknown
        return found.kecamatan
    card = queries.card(UUID(str(body["card_id"])))
    if card is None:
        raise services.CardUnknown
    return card.kecamatan


def _tell_statuses(batch_id: UUID, actor: Actor, now: datetime) -> None:
    batch = queries.batch(batch_id)
    for card in batch.cards if batch else ():
        tell_of_card(card_id=card.id, actor=actor, now=now)


def _signatory(actor: Actor) -> dict[str, Json]:
    return {
        "account_id": str(actor.account_id) if actor.account_id else None,
        "role": str(actor.role) if actor.role else None,
        "kecamatan": actor.kecamatan,
    }


def _actor(body: Mapping[str, Json], node: str) -> Actor:
    if not body["account_id"]:
        return machine(node)
    return Actor(UUID(str(body["account_id"])), Role(str(body["role"])), str(body["kecamatan"]), node)
