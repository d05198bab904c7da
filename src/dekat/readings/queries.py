"""Questions to the readings; answered from the events that the measuring nodes signed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.readings.kinds import PROBED, USED, place
from dekat.readings.models import LinkHour


@dataclass(frozen=True)
class Used:
    """One reading of a device's use."""

    serial: str
    use: str
    count: int
    at: datetime
    node: str


@dataclass(frozen=True)
class Probe:
    """What one end saw of a link when it changed, or once in an hour."""

    kecamatan: str
    path: str
    seen_from: str
    is_up: bool
    latency_ms: int | None
    at: datetime
    event_id: UUID


@dataclass(frozen=True)
class Hour:
    """The probes of one hour, as this node summed them."""

    path: str
    seen_from: str
    hour: datetime
    probe_count: int
    up_count: int
    mean_latency_ms: int | None


def uses(*, since: datetime, until: datetime, serial: str | None = None) -> list[Used]:
    """Uses in a span (end exclusive), of one device or all, oldest first."""
    subject = f"device:{serial}" if serial else None
    return [_used(event) for event in ledger.events(names=[USED], subject=subject, since=since, until=until)]


def probes(*, since: datetime, until: datetime, kecamatan: str | None = None) -> list[Probe]:
    """Link readings in a span (end exclusive), of one kecamatan (empty: the regency) or all, oldest first."""
    subject = None if kecamatan is None else place(kecamatan)
    return [_probe(event) for event in ledger.events(names=[PROBED], subject=subject, since=since, until=until)]


def hours(*, kecamatan: str, since: datetime, until: datetime) -> list[Hour]:
    """The hourly sums of this node's own probes, oldest first."""
    rows = LinkHour.objects.filter(kecamatan=kecamatan, hour__gte=since, hour__lt=until)
    return [
        Hour(
            path=row.path,
            seen_from=row.seen_from,
            hour=row.hour,
            probe_count=row.probe_count,
            up_count=row.up_count,
            mean_latency_ms=row.latency_sum_ms // row.up_count if row.up_count else None,
        )
        for row in rows.order_by("hour", "path", "seen_from")
    ]


def _used(event: SignedEvent) -> Used:
    return Used(
        serial=event.subject.partition(":")[2],
        use=str(event.data["use"]),
        count=int(str(event.data["count"])),
        at=event.occurred_at,
        node=event.node,
    )


def _probe(event: SignedEvent) -> Probe:
    latency = event.data.get("latency_ms")
    return Probe(
        kecamatan=event.subject.partition(":")[2],
        path=str(event.data["path"]),
        seen_from=str(event.data.get("seen_from", "STATION")),
        is_up=bool(event.data["is_up"]),
        latency_ms=latency if isinstance(latency, int) else None,
        at=event.occurred_at,
        event_id=event.id,
    )
