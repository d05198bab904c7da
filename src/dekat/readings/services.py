"""Commands of readings: machines note what they measured."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.services import record
from dekat.readings.kinds import (
    OPENED,
    SELF_TESTED,
    TEST_MISSED,
    USED,
    SelfTestResult,
    Use,
    device,
    place,
)
from dekat.readings.links import note_clock_jump, note_link

__all__ = [
    "CountNotPositive",
    "note_clock_jump",
    "note_link",
    "note_missed_test",
    "note_opened",
    "note_self_test",
    "note_use",
]

_MISSED = UUID("6f0c8a3e-6d51-5d0e-9a67-3c1f2b8e4d90")


class CountNotPositive(DekatError):
    """A device cannot have been used zero times or less."""

    code = "readings.use.count_not_positive"


def note_use(
    *, serial: str, use: Use | str, count: int, actor: Actor, now: datetime, event_id: UUID | None = None
) -> None:
    """Record that a device captured or printed, inside or outside the caller's transaction.

    Facts: call it once for each signed capture (a whole recording is one use) or printed document; `now` is the
    station's clock.
    Again: the same `event_id` (the recording's or the print job's id) counts once.
    Refuses: readings.use.count_not_positive.
    """
    if count < 1:
        raise CountNotPositive(count=count)
    with transaction.atomic():
        record(
            name=USED,
            subject=f"device:{serial}",
            actor=actor.label,
            data={"use": str(Use(use)), "count": count},
            now=now,
            event_id=event_id,
        )


def note_self_test(
    *,
    serial: str,
    kind: str,
    result: SelfTestResult,
    score: int | None,
    took_ms: int,
    trouble: str,
    actor: Actor,
    now: datetime,
    test_id: UUID,
) -> None:
    """Record that a named operator tested a device, and how it did. It is no use of the device.

    Facts: `score` is 0-100, the weakest of what was captured, None when nothing was; `trouble` is the code of what
    went wrong, empty when nothing did.
    Again: the same `test_id` counts once.
    """
    data: dict[str, Json] = {"by": actor.office, "kind": kind, "result": str(result), "took_ms": took_ms}
    if score is not None:
        data["score"] = score
    if trouble:
        data["trouble"] = trouble
    with transaction.atomic():
        record(name=SELF_TESTED, subject=device(serial), actor=actor.label, data=data, now=now, event_id=test_id)


def note_missed_test(*, serial: str, due_at: datetime, actor: Actor, now: datetime) -> None:
    """Record that a device's weekly self-test was due and did not happen.

    Again: one event for each day on which a test fell due.
    """
    missed_id = uuid5(_MISSED, f"{device(serial)}|{due_at.date().isoformat()}|{actor.node}")
    with transaction.atomic():
        if ledger.event(missed_id) is None:
            data: dict[str, Json] = {"due_on": due_at.date().isoformat()}
            record(name=TEST_MISSED, subject=device(serial), actor=actor.label, data=data, now=now, event_id=missed_id)


def note_opened(*, kecamatan: str, actor: Actor, now: datetime) -> None:
    """Record that a station opened for service.

    Again: one event in twelve hours, however often the station is unlocked.
    """
    with transaction.atomic():
        latest = ledger.events(names=[OPENED], subject=place(kecamatan), since=now - timedelta(hours=12))
        if not latest:
            record(name=OPENED, subject=place(kecamatan), actor=actor.label, data={}, now=now)
