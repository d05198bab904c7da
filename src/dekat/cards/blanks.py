"""The ledger of blanks: each has one fate, and what was received is what all fates add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count

from dekat.accounts.actor import Actor
from dekat.cards.models import Blank
from dekat.cards.rules import BLANK_MOVES
from dekat.cards.states import BlankFate
from dekat.equipment.forecast import Use, rate
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.services import record

RECEIVED = "cards.blanks.received"
WINDOW = timedelta(days=30)


class BlankNotInStock(DekatError):
    """The blank is unknown or already has its fate."""

    code = "cards.blank.not_in_stock"


class RangeUnreadable(DekatError):
    """The first and the last number of a box do not make a range of at most ten thousand."""

    code = "cards.blanks.range_unreadable"


@dataclass(frozen=True)
class BlankBalance:
    """Every blank by its fate. `received` is the sum of the signed deliveries, the fates are counted one by one."""

    received: int
    in_stock: int
    printed: int
    spoiled: int
    returned: int = 0
    lost: int = 0

    @property
    def difference(self) -> int:
        """Blanks without a fate: must be zero."""
        return self.received - self.in_stock - self.printed - self.spoiled - self.returned - self.lost


@dataclass(frozen=True)
class BlankForecast:
    """How long the stock lasts at the measured pace; None where less than a week was measured."""

    in_stock: int
    per_day: float | None
    ends_on: date | None
    days_left: int | None


@dataclass(frozen=True)
class BlankCard:
    """One blank and what became of it."""

    serial: str
    fate: BlankFate
    received_on: date
    delivery_note: str
    fate_at: datetime | None
    fate_reason: str


def receive_blanks(*, serials: Sequence[str], on: date, delivery_note: str, actor: Actor, now: datetime) -> int:
    """Take blanks into stock, give how many were new.

    Again: serials already known stay as they are.
    """
    with transaction.atomic():
        known = set(Blank.objects.filter(serial__in=serials).values_list("serial", flat=True))
        fresh = [serial for serial in dict.fromkeys(serials) if serial not in known]
        Blank.objects.bulk_create(
            [Blank(serial=serial, received_on=on, delivery_note=delivery_note) for serial in fresh]
        )
        if fresh:
            record(
                name=RECEIVED,
                subject="blanks",
                actor=actor.label,
                data={"count": len(fresh), "delivery_note": delivery_note},
                now=now,
            )
        return len(fresh)


def serials_between(first: str, last: str) -> list[str]:
    """Every number of a box: `BL0001` to `BL0500`.

    Refuses: cards.blanks.range_unreadable.
    """
    head, tail = first.rstrip("0123456789"), first[len(first.rstrip("0123456789")) :]
    end = last[len(head) :]
    if not (last.startswith(head) and tail and end.isascii() and end.isdigit() and len(end) == len(tail)):
        raise RangeUnreadable
    if not 0 <= int(end) - int(tail) < 10_000:
        raise RangeUnreadable
    return [f"{head}{number:0{len(tail)}}" for number in range(int(tail), int(end) + 1)]


def spoil_blank(*, serial: str, reason: str, actor: Actor, now: datetime) -> None:
    """Write a blank off as spoiled, with the reason.

    Refuses: cards.blank.not_in_stock.
    """
    _move(serial, BlankFate.SPOILED, reason, actor, now)


def return_blank(*, serial: str, reason: str, actor: Actor, now: datetime) -> None:
    """Record that a blank went back to the national centre; `reason` names its letter.

    Refuses: cards.blank.not_in_stock.
    """
    _move(serial, BlankFate.RETURNED, reason, actor, now)


def lose_blank(*, serial: str, reason: str, actor: Actor, now: datetime) -> None:
    """Record that a blank is not where it should be.

    Refuses: cards.blank.not_in_stock.
    """
    _move(serial, BlankFate.LOST, reason, actor, now)


def find_blank(*, serial: str, reason: str, actor: Actor, now: datetime) -> None:
    """Put a blank that was lost back into stock; that it was lost stays in the log.

    Refuses: cards.blank.not_in_stock.
    """
    _move(serial, BlankFate.IN_STOCK, reason, actor, now)


def use_blank(serial: str, fate: BlankFate, *, reason: str, now: datetime) -> Blank:
    """Give a blank its fate, once, in the caller's transaction.

    Refuses: cards.blank.not_in_stock.
    """
    sources = [before for before, after in BLANK_MOVES.items() if fate in after]
    taken = Blank.objects.filter(serial=serial, fate__in=sources).update(fate=fate, fate_at=now, fate_reason=reason)
    if not taken:
        raise BlankNotInStock(serial=serial)
    return Blank.objects.get(serial=serial)


def write_off_card(serial: str, *, reason: str, now: datetime) -> None:
    """Make the blank of a faulty card a spoiled one, in the transaction in which the card lets go of it.

    Refuses: cards.blank.not_in_stock.
    """
    faulty = Blank.objects.filter(serial=serial, fate=BlankFate.PRINTED)
    if not faulty.update(fate=BlankFate.SPOILED, fate_at=now, fate_reason=reason):
        raise BlankNotInStock(serial=serial)


def blank_balance() -> BlankBalance:
    """Where every blank is, beside what the signed deliveries brought."""
    fates = dict(Blank.objects.values_list("fate").annotate(count=Count("serial")).order_by("fate"))
    told = (event.data.get("count") for event in ledger.events(names=[RECEIVED]))
    return BlankBalance(
        received=sum(count for count in told if isinstance(count, int)),
        **{fate.value.lower(): fates.get(fate.value, 0) for fate in BlankFate},
    )


def blank_forecast(*, now: datetime) -> BlankForecast:
    """How long the stock lasts, by what was printed and spoiled in the last thirty days."""
    left = Blank.objects.filter(fate=BlankFate.IN_STOCK).count()
    gone = Blank.objects.filter(fate__in=[BlankFate.PRINTED, BlankFate.SPOILED]).order_by("fate_at")
    uses = [Use(1, at) for at in gone.values_list("fate_at", flat=True) if at]
    per_day = rate(uses=uses, now=now, window=WINDOW)
    days = int(left / per_day) if per_day else None
    ends_on = None if days is None else now.date() + timedelta(days=days)
    return BlankForecast(in_stock=left, per_day=per_day, ends_on=ends_on, days_left=days)


def next_blanks(count: int) -> list[str]:
    """The serials of the next blanks in stock."""
    rows = Blank.objects.filter(fate=BlankFate.IN_STOCK).order_by("received_on", "serial")
    return list(rows.values_list("serial", flat=True)[:count])


def fated_blanks(*, limit: int) -> list[BlankCard]:
    """The blanks that last left or re-entered the stock, newest first."""
    rows = Blank.objects.exclude(fate_at=None).order_by("-fate_at", "serial")[:limit]
    return [
        BlankCard(row.serial, BlankFate(row.fate), row.received_on, row.delivery_note, row.fate_at, row.fate_reason)
        for row in rows
    ]


def _move(serial: str, fate: BlankFate, reason: str, actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        use_blank(serial, fate, reason=reason, now=now)
        record(
            name=f"cards.blank.{_PAST[fate]}",
            subject=f"blank:{serial}",
            actor=actor.label,
            data={"reason": reason},
            now=now,
        )


_PAST = {
    BlankFate.SPOILED: "spoiled",
    BlankFate.RETURNED: "returned",
    BlankFate.LOST: "lost",
    BlankFate.IN_STOCK: "found",
}
