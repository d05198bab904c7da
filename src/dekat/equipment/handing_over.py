"""Hand-over at the counter: one side offers, the other accepts or declines, each with the signature of its own node.

An offer made at the centre travels by the feed, one made at a station by a message; so does the answer. Until there is
one the hand-over is open, and the turn is the receiver's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.equipment import custody, telling
from dekat.equipment.drawing import digest
from dekat.equipment.kinds import Condition
from dekat.equipment.models import Handover
from dekat.equipment.offers import FEED_KIND, Person, as_body, party_of
from dekat.equipment.services import BastAlreadyUsed
from dekat.equipment.upkeep_kinds import AnswerState, Refusal
from dekat.equipment.upkeep_models import Offer, OfferItem
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record
from dekat.sync import services as sync

# A message holds every event of an answer and both signatures, and may weigh 64 KiB.
MOST_DEVICES = 20


class OfferEmpty(DekatError):
    """A hand-over needs a number, a receiver's place other than the giver's, and one to twenty devices."""

    code = "equipment.handover.incomplete"


class NotInYourHands(DekatError):
    """Only who holds a device may give it away."""

    code = "equipment.handover.not_in_your_hands"


class AlreadyOffered(DekatError):
    """A device is offered to one receiver at a time."""

    code = "equipment.handover.already_offered"


class OfferUnknown(DekatError):
    """No hand-over has this id here."""

    code = "equipment.handover.unknown"


class NotForYou(DekatError):
    """Another office must answer this hand-over."""

    code = "equipment.handover.not_for_you"


class AnswerIncomplete(DekatError):
    """Each device needs a yes with its condition (damage with a photo) or a no with its reason."""

    code = "equipment.handover.answer_incomplete"


class Unsigned(DekatError):
    """What is accepted is signed: on the screen, or on the paper whose photo goes along."""

    code = "equipment.handover.unsigned"


@dataclass(frozen=True)
class Terms:
    """What a BAST says; `to` is a kecamatan code, empty: back to the office store."""

    bast: str
    on: date
    to: str
    given_by: Person


@dataclass(frozen=True)
class Said:
    """What the receiver says of one device: accepted in a condition, or a refusal."""

    serial: str
    condition: Condition | None = None
    photos: Sequence[str] = field(default_factory=tuple)
    refusal: Refusal | None = None
    why: str = ""

    @property
    def is_whole(self) -> bool:
        if self.refusal:
            return self.condition is None and (self.refusal != Refusal.OTHER or bool(self.why.strip()))
        return self.condition == Condition.GOOD or (self.condition is not None and bool(self.photos))


@dataclass(frozen=True)
class Receipt:
    """Who receives: the named officer, the camat (or head), the drawing or the photo of the signed paper."""

    received_by: Person
    head_name: str = ""
    paper_sha256: str = ""

    @property
    def signature_sha256(self) -> str:
        return digest(self.received_by.signature) if self.received_by.signature else self.paper_sha256


def offer(*, offer_id: UUID, terms: Terms, serials: Sequence[str], actor: Actor, now: datetime) -> None:
    """Offer devices to their next holder; until the receiver answers, the hand-over is open.

    Again: the same `offer_id` offers once.
    Refuses: equipment.handover.incomplete, equipment.handover.not_in_your_hands, equipment.handover.already_offered,
    equipment.bast.already_used.
    Law: pbmd-bast
    """
    with transaction.atomic():
        if Offer.objects.filter(id=offer_id).exists():
            return
        devices = _offerable(terms, serials, actor)
        row = Offer.objects.create(
            id=offer_id,
            bast=terms.bast.strip(),
            giver=actor.office,
            to=terms.to,
            on=terms.on,
            giver_name=terms.given_by.name,
            giver_nip=terms.given_by.nip,
            giver_signature=terms.given_by.signature,
            offered_at=now,
        )
        for held in devices:
            OfferItem.objects.create(
                offer=row, serial=held.serial, kind=held.kind, model=held.model, price=held.price, year=held.year
            )
        told = [_say(row, "handover.offered", held.serial, {"to": row.to}, actor, now) for held in devices]
        # Whoever speaks holds the chain: an offer that was made in the same instant is seen only now.
        _refuse_second(serials, row)
        _tell(row, told, message_id=offer_id, now=now)


def answer(*, offer_id: UUID, said: Sequence[Said], receipt: Receipt, actor: Actor, now: datetime) -> None:
    """Accept or decline each device of a hand-over; what is accepted changes hands now.

    Again: the first answer stands.
    Refuses: equipment.handover.unknown, equipment.handover.not_for_you, equipment.handover.answer_incomplete,
    equipment.handover.unsigned.
    Law: pbmd-bast
    """
    with transaction.atomic():
        row = Offer.objects.select_for_update().filter(id=offer_id).first()
        if row is None:
            raise OfferUnknown
        if actor.office != party_of(row.to):
            raise NotForYou
        if row.answered_at:
            return
        _check(row, said, receipt)
        _note(row, receipt, now)
        told: list[SignedEvent] = []
        for one in said:
            told += _decline(row, one, actor, now) if one.refusal else _accept(row, one, receipt, actor, now)
        for event in told:
            custody.keep(event)
        _tell(row, told, message_id=uuid5(offer_id, "answer"), now=now)


def _offerable(terms: Terms, serials: Sequence[str], actor: Actor) -> list[custody.Held]:
    wanted = list(dict.fromkeys(serials))
    is_named = terms.bast.strip() and terms.given_by.name.strip()
    if not (is_named and 0 < len(wanted) <= MOST_DEVICES) or party_of(terms.to) == actor.office:
        raise OfferEmpty(most=MOST_DEVICES)
    if Offer.objects.filter(giver=actor.office, bast=terms.bast.strip()).exists():
        raise BastAlreadyUsed(bast=terms.bast)
    if Handover.objects.filter(bast=terms.bast.strip(), device__in=wanted).exists():
        raise BastAlreadyUsed(bast=terms.bast)
    held = {one.serial: one for one in custody.held_by(actor.kecamatan)}
    if strange := [serial for serial in wanted if serial not in held]:
        raise NotInYourHands(serials=", ".join(strange))
    _refuse_second(wanted, None)
    return [held[serial] for serial in wanted]


def _refuse_second(serials: Sequence[str], row: Offer | None) -> None:
    others = OfferItem.objects.filter(serial__in=serials, offer__answered_at=None).exclude(offer=row)
    if taken := others.first():
        raise AlreadyOffered(serial=taken.serial)


def _check(row: Offer, said: Sequence[Said], receipt: Receipt) -> None:
    offered = sorted(row.items.values_list("serial", flat=True))
    is_named = receipt.received_by.name.strip() and (receipt.head_name.strip() or not row.to)
    if sorted(one.serial for one in said) != offered or not all(one.is_whole for one in said) or not is_named:
        raise AnswerIncomplete
    if any(one.refusal is None for one in said) and not receipt.signature_sha256:
        raise Unsigned


def _note(row: Offer, receipt: Receipt, now: datetime) -> None:
    row.receiver_name, row.receiver_nip = receipt.received_by.name.strip(), receipt.received_by.nip.strip()
    row.receiver_signature, row.paper_sha256 = receipt.received_by.signature, receipt.paper_sha256
    row.head_name, row.answered_at = receipt.head_name.strip(), now
    row.save()


def _accept(row: Offer, one: Said, receipt: Receipt, actor: Actor, now: datetime) -> list[SignedEvent]:
    condition = str(one.condition)
    row.items.filter(serial=one.serial).update(state=AnswerState.ACCEPTED, condition=condition, photos=list(one.photos))
    signed: dict[str, Json] = {"to": row.to}
    if receipt.signature_sha256:
        signed["signature_sha256"] = receipt.signature_sha256
    seen: dict[str, Json] = {"condition": condition}
    if one.photos:
        seen["photo_sha256"] = list(one.photos)
    events = [_say(row, "handover.accepted", one.serial, signed, actor, now)]
    if not row.to:
        events.append(_say(row, "device.returned", one.serial, {}, actor, now))
    return [*events, _say_condition(row, one.serial, seen, actor, now)]


def _decline(row: Offer, one: Said, actor: Actor, now: datetime) -> list[SignedEvent]:
    row.items.filter(serial=one.serial).update(
        state=AnswerState.DECLINED, refusal=str(one.refusal), why=one.why.strip()
    )
    data: dict[str, Json] = {"by": actor.office, "bast": row.bast, "why": str(one.refusal)}
    return [_record(row, "handover.declined", one.serial, data, actor, now)]


def _say(row: Offer, what: str, serial: str, more: dict[str, Json], actor: Actor, now: datetime) -> SignedEvent:
    data: dict[str, Json] = {"by": actor.office, "bast": row.bast, "on": row.on.isoformat(), **more}
    return _record(row, what, serial, data, actor, now)


def _say_condition(row: Offer, serial: str, seen: dict[str, Json], actor: Actor, now: datetime) -> SignedEvent:
    return _record(row, "device.condition_recorded", serial, {"by": actor.office, **seen}, actor, now)


def _record(row: Offer, what: str, serial: str, data: dict[str, Json], actor: Actor, now: datetime) -> SignedEvent:
    return record(
        name=f"equipment.{what}",
        subject=f"device:{serial}",
        actor=actor.label,
        data=data,
        now=now,
        event_id=uuid5(row.id, f"{what}:{serial}"),
    )


def _tell(row: Offer, events: Sequence[SignedEvent], *, message_id: UUID, now: datetime) -> None:
    """The other side hears of it: from a station by message, from the centre by the feed of both sides."""
    if custody.is_station():
        telling.send(message_id=message_id, events=events, handover=as_body(row), now=now)
        return
    publish(row, now=now)


def publish(row: Offer, *, now: datetime) -> None:
    """At the centre: tell both kecamatan how a hand-over stands, and what each now holds."""
    for party in {row.giver, party_of(row.to)}:
        scope = party.partition(":")[2]
        if scope:
            sync.publish(scope=scope, kind=FEED_KIND, key=str(row.id), body=as_body(row), now=now)
    if row.answered_at:
        custody.publish_lists(now=now)
