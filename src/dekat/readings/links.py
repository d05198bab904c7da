"""Lines as one end measured them: summed by the hour, told to the ledger hourly and on change."""

from datetime import datetime
from statistics import median_low

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Greatest

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.ledger.services import record
from dekat.readings.kinds import CLOCK_JUMPED, PROBED, End, Path, Serves, Why, place
from dekat.readings.models import LinkHour
from dekat.readings.moved import NOTHING, Moved


def note_link(
    *,
    kecamatan: str,
    path: Path | str,
    is_up: bool,
    latency_ms: int | None,
    seen_from: End | str,
    actor: Actor,
    now: datetime,
    why: Why | str = "",
    moved: Moved = NOTHING,
    gap_s: int = 0,
    clock_offset_ms: int | None = None,
    serves: Serves | str = "",
) -> None:
    """Keep one probe: summed by the hour, told to the ledger when the link changed and once each hour.

    Facts: `kecamatan` empty means the regency's own line to the national centre; `latency_ms` None when down or not
    measured; `gap_s` is how long the other end was not heard; `clock_offset_ms` how far the other end's clock is ahead;
    `serves` names what hangs on this line alone.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = {"kecamatan": kecamatan, "path": str(Path(path)), "seen_from": str(End(seen_from))}
    reason = str(Why(why)) if why and not is_up else ""
    with transaction.atomic():
        before = LinkHour.objects.filter(**key, hour__lte=hour).order_by("-hour").first()
        is_new_hour = before is None or before.hour != hour
        if is_new_hour:
            LinkHour.objects.create(**key, hour=hour, is_up=is_up)
        _add(LinkHour.objects.get(**key, hour=hour), is_up=is_up, latency_ms=latency_ms, gap_s=gap_s, moved=moved)
        LinkHour.objects.filter(**key, hour=hour).update(is_up=is_up, why=reason)
        if before is None or is_new_hour or (before.is_up, before.why) != (is_up, reason):
            data: dict[str, Json] = {
                "path": key["path"],
                "is_up": is_up,
                "latency_ms": latency_ms if is_up else None,
                "seen_from": key["seen_from"],
            }
            if serves:
                data["serves"] = str(Serves(serves))
            if reason:
                data["why"] = reason
            if clock_offset_ms is not None:
                data["clock_offset_ms"] = clock_offset_ms
            if before is not None and is_new_hour:
                data["hour"] = _closed(before)
            record(name=PROBED, subject=place(kecamatan), actor=actor.label, data=data, now=now)


def note_clock_jump(*, kecamatan: str, by_ms: int, actor: Actor, now: datetime) -> None:
    """Record that this machine's clock was moved while it ran.

    Facts: `by_ms` is how far the wall clock left the steady one, negative when it went back; `now` is the new time.
    """
    with transaction.atomic():
        record(name=CLOCK_JUMPED, subject=place(kecamatan), actor=actor.label, data={"by_ms": by_ms}, now=now)


def moved_bytes(*, kecamatan: str, since: datetime, until: datetime) -> int:
    """What this node's readings say that its line carried in a span of whole hours, both ways."""
    rows = LinkHour.objects.filter(
        kecamatan=kecamatan, path=Path.CENTRE, seen_from=End.STATION, hour__gte=since, hour__lt=until
    )
    found = rows.aggregate(sent=Sum("up_bytes"), received=Sum("down_bytes"))
    return (found["sent"] or 0) + (found["received"] or 0)


def _add(row: LinkHour, *, is_up: bool, latency_ms: int | None, gap_s: int, moved: Moved) -> None:
    measured = [latency_ms] if is_up and latency_ms is not None else []
    LinkHour.objects.filter(id=row.id).update(
        probe_count=F("probe_count") + 1,
        up_count=F("up_count") + int(is_up),
        latency_sum_ms=F("latency_sum_ms") + sum(measured),
        latencies_ms=[*row.latencies_ms, *measured],
        worst_ms=Greatest(F("worst_ms"), sum(measured)),
        gap_s=Greatest(F("gap_s"), gap_s),
        resent_count=F("resent_count") + moved.resent_count,
        up_bytes=F("up_bytes") + moved.up_bytes,
        up_ms=F("up_ms") + moved.up_ms,
        down_bytes=F("down_bytes") + moved.down_bytes,
        down_ms=F("down_ms") + moved.down_ms,
    )


def _closed(row: LinkHour) -> dict[str, Json]:
    """The figures of an hour that is over; its single latencies are not kept."""
    median = median_low(row.latencies_ms) if row.latencies_ms else row.median_ms
    LinkHour.objects.filter(id=row.id).update(median_ms=median, latencies_ms=[])
    return {
        "of": iso(row.hour),
        "probe_count": row.probe_count,
        "lost_count": row.probe_count - row.up_count,
        "median_ms": median,
        "worst_ms": row.worst_ms if median is not None else None,
        "resent_count": row.resent_count,
        "up_bytes": row.up_bytes,
        "up_ms": row.up_ms,
        "down_bytes": row.down_bytes,
        "down_ms": row.down_ms,
        "gap_s": row.gap_s,
    }
