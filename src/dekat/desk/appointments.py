"""Appointments: promised at the centre, kept at the station, each side knowing what the other did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count

from dekat.accounts.actor import Actor
from dekat.desk import rules, slots
from dekat.desk.models import Appointment
from dekat.desk.slots import Slot
from dekat.desk.states import AppointmentState, Priority, Service
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.working_time import Calendar
from dekat.ledger.services import record

FEED_KIND = "appointment/1"
NEWS_KIND = "appointment_news/1"
A = AppointmentState


class AppointmentUnknown(DekatError):
    """No appointment has this code here; it may still be on its way."""

    code = "desk.appointment.unknown"


class SlotTaken(DekatError):
    """The half hour is full, over, or outside office hours."""

    code = "desk.appointment.slot_taken"


class AppointmentOver(DekatError):
    """The appointment was kept, missed or cancelled already."""

    code = "desk.appointment.over"


@dataclass(frozen=True)
class Wish:
    """When somebody wants to come, and what for. Made where the wish is made, with its id and its code."""

    appointment_id: UUID
    code: str
    kecamatan: str
    service: Service
    priority: Priority
    slot_at: datetime


@dataclass(frozen=True)
class AppointmentCard:
    """One appointment as shown; it names nobody."""

    id: UUID
    code: str
    kecamatan: str
    service: Service
    priority: Priority
    slot_at: datetime
    state: AppointmentState
    booked_at: datetime
    state_at: datetime


def book(*, wish: Wish, calendar: Calendar, capacity: int, actor: Actor, now: datetime) -> AppointmentCard:
    """Promise a half hour.

    Again: the same id returns the first appointment.
    Refuses: desk.appointment.slot_taken.
    """
    if known := Appointment.objects.filter(id=wish.appointment_id).first():
        return card_of(known)
    day = wish.slot_at.astimezone(calendar.zone).date()
    offered = free_slots(wish.kecamatan, day, calendar=calendar, capacity=capacity, now=now)
    if day not in slots.days_offered(calendar, now=now):
        raise SlotTaken
    if not any(slot.starts_at == wish.slot_at and slot.left_count for slot in offered):
        raise SlotTaken
    held = Appointment.objects.filter(kecamatan=wish.kecamatan, slot_at=wish.slot_at, place__isnull=False)
    taken = set(held.values_list("place", flat=True))
    place = next(number for number in range(1, capacity + len(taken) + 2) if number not in taken)
    try:
        with transaction.atomic():
            row = Appointment.objects.create(
                id=wish.appointment_id,
                code=wish.code,
                kecamatan=wish.kecamatan,
                service=wish.service,
                priority=wish.priority,
                slot_at=wish.slot_at,
                place=place,
                booked_at=now,
                state_at=now,
            )
            _tell(row, "booked", actor, now)
    except IntegrityError as error:  # two people pressed at once for the last place
        raise SlotTaken from error
    return card_of(row)


def cancel(*, code: str, actor: Actor, now: datetime) -> AppointmentCard:
    """Give a half hour back.

    Again: changes nothing.
    Refuses: desk.appointment.unknown, desk.appointment.over.
    """
    row = _by_code(code)
    if row.state != A.CANCELLED and not _arrive(row, A.CANCELLED, actor, now):
        raise AppointmentOver(state=A(row.state).label)
    return card_of(row)


def message(card: AppointmentCard) -> dict[str, Json]:
    """What the centre tells the station of an appointment."""
    return {
        "id": str(card.id),
        "code": card.code,
        "service": str(card.service),
        "priority": str(card.priority),
        "slot_at": iso(card.slot_at),
        "booked_at": iso(card.booked_at),
        "is_cancelled": card.state == A.CANCELLED,
    }


def keep(*, body: Mapping[str, Json], kecamatan: str, actor: Actor, now: datetime) -> AppointmentCard:
    """Keep at the station what the centre promised.

    Again: the same appointment is kept once; a later word cancels it unless its owner is here already.
    """
    is_cancelled = bool(body["is_cancelled"])
    with transaction.atomic():
        row, is_new = Appointment.objects.get_or_create(
            id=UUID(str(body["id"])),
            defaults={
                "code": str(body["code"]),
                "kecamatan": kecamatan,
                "service": str(body["service"]),
                "priority": str(body["priority"]),
                "slot_at": from_iso(str(body["slot_at"])),
                "booked_at": from_iso(str(body["booked_at"])),
                "state": A.CANCELLED if is_cancelled else A.RECEIVED,
                "state_at": now,
            },
        )
        if is_new and not is_cancelled:
            _tell(row, "received", actor, now)
        elif is_cancelled:
            _arrive(row, A.CANCELLED, actor, now)
        return card_of(row)


def note_arrival(*, appointment_id: UUID, actor: Actor, now: datetime) -> AppointmentCard:
    """Its owner is at the desk.

    Again: changes nothing.
    """
    row = Appointment.objects.get(id=appointment_id)
    _arrive(row, A.ARRIVED, actor, now)
    return card_of(row)


def note_missed(*, actor: Actor, now: datetime) -> list[AppointmentCard]:
    """Free the places of those who did not come within half an hour; give them."""
    late = Appointment.objects.filter(state=A.RECEIVED, slot_at__lte=now - rules.GRACE)
    return [card_of(row) for row in late if _arrive(row, A.MISSED, actor, now)]


def news(card: AppointmentCard) -> dict[str, Json]:
    """What the station tells the centre of an appointment."""
    return {"id": str(card.id), "state": str(card.state), "at": iso(card.state_at)}


def hear(*, body: Mapping[str, Json], actor: Actor, now: datetime) -> AppointmentCard:
    """Note at the centre what the station said.

    Again: changes nothing; an older word never undoes a newer one.
    Refuses: desk.appointment.unknown.
    """
    row = Appointment.objects.filter(id=UUID(str(body["id"]))).first()
    if row is None:
        raise AppointmentUnknown
    _arrive(row, A(str(body["state"])), actor, now)
    return card_of(row)


def by_id(appointment_id: UUID) -> AppointmentCard | None:
    """One appointment."""
    row = Appointment.objects.filter(id=appointment_id).first()
    return card_of(row) if row else None


def by_code(code: str) -> AppointmentCard:
    """The appointment of a code in its canonical form.

    Refuses: desk.appointment.unknown.
    """
    return card_of(_by_code(code))


def is_known(code: str) -> bool:
    """Whether an appointment has this code."""
    return Appointment.objects.filter(code=code).exists()


def of_day(kecamatan: str, day: date, *, calendar: Calendar) -> list[AppointmentCard]:
    """The appointments of a day at a kecamatan that were not cancelled, the earliest first."""
    begin = datetime.combine(day, datetime.min.time(), calendar.zone)
    rows = Appointment.objects.filter(kecamatan=kecamatan, slot_at__gte=begin, slot_at__lt=begin + timedelta(days=1))
    return [card_of(row) for row in rows.exclude(state=A.CANCELLED)]


def free_slots(kecamatan: str, day: date, *, calendar: Calendar, capacity: int, now: datetime) -> list[Slot]:
    """The half hours of a day that can be promised."""
    held = Appointment.objects.filter(kecamatan=kecamatan, place__isnull=False, slot_at__gte=now).order_by()
    booked = dict(held.values_list("slot_at").annotate(count=Count("id")))
    return slots.slots_of(calendar, day, capacity=capacity, booked=booked, now=now)


def card_of(row: Appointment) -> AppointmentCard:
    """A row as a value."""
    return AppointmentCard(
        id=row.id,
        code=row.code,
        kecamatan=row.kecamatan,
        service=Service(row.service),
        priority=Priority(row.priority),
        slot_at=row.slot_at,
        state=A(row.state),
        booked_at=row.booked_at,
        state_at=row.state_at,
    )


def _arrive(row: Appointment, to: AppointmentState, actor: Actor, now: datetime) -> bool:
    """Move an appointment if it may go there; whether it did."""
    sources = [source for source, targets in rules.APPOINTMENT_MOVES.items() if to in targets]
    freed = {"place": None} if to in (A.MISSED, A.CANCELLED) else {}
    with transaction.atomic():
        if not Appointment.objects.filter(id=row.id, state__in=sources).update(state=to, state_at=now, **freed):
            return False
        row.refresh_from_db()
        _tell(row, _EVENTS[to], actor, now)
        return True


_EVENTS = {A.RECEIVED: "received", A.ARRIVED: "kept", A.MISSED: "missed", A.CANCELLED: "cancelled"}


def _tell(row: Appointment, what: str, actor: Actor, now: datetime) -> None:
    data: dict[str, Json] = {"service": row.service, "kecamatan": row.kecamatan, "slot_at": iso(row.slot_at)}
    record(name=f"desk.appointment.{what}", subject=f"appointment:{row.id}", actor=actor.label, data=data, now=now)


def _by_code(code: str) -> Appointment:
    row = Appointment.objects.filter(code=code).first()
    if row is None:
        raise AppointmentUnknown
    return row
