"""Questions to the readings; answered from the events that the measuring nodes signed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dekat.areas.working_calendar import regency_calendar
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.readings import days
from dekat.readings.kinds import CLOCK_JUMPED, PROBED, SELF_TESTED, USED, End, Path, SelfTestResult, Use, device, place
from dekat.readings.models import LinkHour
from dekat.readings.rules import Due, due

_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True)
class Used:
    """One reading of a device's use."""

    serial: str
    use: str
    count: int
    at: datetime
    node: str


@dataclass(frozen=True)
class UseDay:
    """How often a device was used on one day of the regency."""

    serial: str
    day: date
    use: str
    count: int


@dataclass(frozen=True)
class LineDay:
    """What one end measured of one line on one day of the regency.

    Facts: `count` leaves out the `silent_count` probes that only say that the centre did not hear the station.
    """

    kecamatan: str
    path: str
    seen_from: str
    day: date
    count: int
    up_count: int
    silent_count: int


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
    why: str = ""
    clock_offset_ms: int | None = None
    closed: "Figures | None" = None

    @property
    def is_silence(self) -> bool:
        """Whether it only says that the centre did not hear a station: closed for the night, or cut off."""
        return not self.is_up and self.seen_from == End.CENTRE and self.path == Path.CENTRE


@dataclass(frozen=True)
class Figures:
    """What one end measured of a link in one whole hour, told with the first reading after it.

    Facts: `of` is the hour's first instant; `gap_s` how long the other end was not heard at the most.
    """

    of: datetime
    probe_count: int
    lost_count: int
    median_ms: int | None
    worst_ms: int | None
    resent_count: int
    up_bytes: int
    up_ms: int
    down_bytes: int
    down_ms: int
    gap_s: int

    @property
    def loss_percent(self) -> int:
        return self.lost_count * 100 // self.probe_count if self.probe_count else 0

    @property
    def up_bit_s(self) -> int | None:
        """Goodput towards the centre; None when nothing moved."""
        return self.up_bytes * 8000 // self.up_ms if self.up_ms else None

    @property
    def down_bit_s(self) -> int | None:
        """Goodput towards the station; None when nothing moved."""
        return self.down_bytes * 8000 // self.down_ms if self.down_ms else None


@dataclass(frozen=True)
class Hour:
    """The probes of one hour, as this node summed them."""

    path: str
    seen_from: str
    hour: datetime
    probe_count: int
    up_count: int
    mean_latency_ms: int | None


@dataclass(frozen=True)
class SelfTest:
    """One self-test of a device.

    Facts: `serial` is as the ledger writes it; `score` is the weakest of what was captured; `trouble` is a code.
    """

    id: UUID
    serial: str
    kind: str
    result: SelfTestResult
    score: int | None
    took_ms: int
    trouble: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class TestedDevice:
    """When a device was first seen at work, and its last test."""

    first_seen_at: datetime
    last: SelfTest | None = None

    def due(self, *, every: timedelta, now: datetime) -> Due:
        """Where it stands with its self-test."""
        tested_at = self.last.at if self.last else None
        return due(tested_at=tested_at, first_seen_at=self.first_seen_at, every=every, now=now)


def self_tests(*, since: datetime, until: datetime, serial: str | None = None) -> list[SelfTest]:
    """Self-tests in a span (end exclusive), of one device or all, oldest first."""
    subject = device(serial) if serial else None
    return [
        _self_test(event) for event in ledger.events(names=[SELF_TESTED], subject=subject, since=since, until=until)
    ]


def tested_devices(*, until: datetime) -> dict[str, TestedDevice]:
    """Every device that was tested or captured with in the year before, by its serial number in the ledger."""
    since, ends = until - _LOOK_BACK, until + timedelta(seconds=1)
    last = {test.serial: test for test in self_tests(since=since, until=ends)}
    seen = ledger.first_times(name=USED, since=since, use=Use.CAPTURE.value)
    tested = ledger.first_times(name=SELF_TESTED, since=since)
    first = {subject: min(at, seen.get(subject, at)) for subject, at in tested.items()}
    return {
        subject.partition(":")[2]: TestedDevice(at, last.get(subject.partition(":")[2]))
        for subject, at in (seen | first).items()
        if at < ends
    }


def uses(*, since: datetime, until: datetime, serial: str | None = None) -> list[Used]:
    """Uses in a span (end exclusive), of one device or all, oldest first."""
    subject = f"device:{serial}" if serial else None
    return [_used(event) for event in ledger.events(names=[USED], subject=subject, since=since, until=until)]


def use_days(*, since: datetime, until: datetime, zone: ZoneInfo, serial: str | None = None) -> list[UseDay]:
    """Uses in a span (end exclusive) summed by device, day of this zone and kind of use; by day and serial number."""
    counts: dict[tuple[date, str, str], int] = defaultdict(int)
    for row in days.rows(
        name=USED, since=since, until=until, zone=zone, subject=f"device:{serial}" if serial else None
    ):
        counts[row.day, row.subject.partition(":")[2], row.part] += row.total
    return [UseDay(number, day, use, count) for (day, number, use), count in sorted(counts.items())]


def line_days(*, since: datetime, until: datetime, zone: ZoneInfo, kecamatan: str | None = None) -> list[LineDay]:
    """Probes in a span (end exclusive) summed by line, end and day of this zone; by day and line."""
    subject = None if kecamatan is None else place(kecamatan)
    rows = days.rows(name=PROBED, since=since, until=until, zone=zone, subject=subject)
    found = [_line_day(row, *row.part.split("/", 1)) for row in rows]
    return sorted(found, key=lambda line: (line.day, line.kecamatan, line.path, line.seen_from))


def _line_day(row: days.Sum, path: str, seen_from: str) -> LineDay:
    kecamatan = row.subject.partition(":")[2]
    return LineDay(kecamatan, path, seen_from, row.day, row.total, row.up_count, row.silent_count)


def last_probes(*, since: datetime, until: datetime) -> list[Probe]:
    """The last probe of each line from each end in a span (end exclusive), by line and end."""
    found = days.last_ids(name=PROBED, since=since, until=until, zone=regency_calendar().zone)
    events = {event.id: event for event in ledger.by_ids(found)}
    return [_probe(events[event_id]) for event_id in found]


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


def clock_offsets_ms(*, since: datetime, until: datetime) -> dict[str, int]:
    """How far the centre's clock was ahead of each station's, as each station measured it last; by kecamatan."""
    own = (probe for probe in probes(since=since, until=until) if probe.seen_from == End.STATION)
    return {
        probe.kecamatan: probe.clock_offset_ms
        for probe in own
        if probe.path == Path.CENTRE and probe.clock_offset_ms is not None
    }


def clock_jumps(*, since: datetime, until: datetime, kecamatan: str) -> list[tuple[datetime, int]]:
    """When a station's clock was moved while it ran, and by how many milliseconds."""
    found = ledger.events(names=[CLOCK_JUMPED], subject=place(kecamatan), since=since, until=until)
    return [(event.occurred_at, int(str(event.data["by_ms"]))) for event in found]


def _used(event: SignedEvent) -> Used:
    return Used(
        serial=event.subject.partition(":")[2],
        use=str(event.data["use"]),
        count=int(str(event.data["count"])),
        at=event.occurred_at,
        node=event.speaker,
    )


def _probe(event: SignedEvent) -> Probe:
    latency, offset, closed = (event.data.get(key) for key in ("latency_ms", "clock_offset_ms", "hour"))
    return Probe(
        kecamatan=event.subject.partition(":")[2],
        path=str(event.data["path"]),
        seen_from=str(event.data.get("seen_from", "STATION")),
        is_up=bool(event.data["is_up"]),
        latency_ms=latency if isinstance(latency, int) else None,
        at=event.occurred_at,
        event_id=event.id,
        why=str(event.data.get("why", "")),
        clock_offset_ms=offset if isinstance(offset, int) else None,
        closed=_figures(closed) if isinstance(closed, Mapping) else None,
    )


def _figures(said: Mapping[str, Json]) -> Figures:
    counts = {name: value for name, value in said.items() if isinstance(value, int)}
    return Figures(
        of=from_iso(str(said["of"])),
        probe_count=counts.get("probe_count", 0),
        lost_count=counts.get("lost_count", 0),
        median_ms=counts.get("median_ms"),
        worst_ms=counts.get("worst_ms"),
        resent_count=counts.get("resent_count", 0),
        up_bytes=counts.get("up_bytes", 0),
        up_ms=counts.get("up_ms", 0),
        down_bytes=counts.get("down_bytes", 0),
        down_ms=counts.get("down_ms", 0),
        gap_s=counts.get("gap_s", 0),
    )


def _self_test(event: SignedEvent) -> SelfTest:
    score = event.data.get("score")
    return SelfTest(
        id=event.id,
        serial=event.subject.partition(":")[2],
        kind=str(event.data["kind"]),
        result=SelfTestResult(str(event.data["result"])),
        score=score if isinstance(score, int) else None,
        took_ms=int(str(event.data["took_ms"])),
        trouble=str(event.data.get("trouble", "")),
        actor=event.actor,
        at=event.occurred_at,
    )
