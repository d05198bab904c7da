"""What a station knows of its services today: said beforehand, so that nobody waits for a dead machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.desk.models import ServiceToday
from dekat.desk.states import Service
from dekat.kernel.canonical import Json

FEED_KIND = "service_today/1"


@dataclass(frozen=True)
class Elsewhere:
    """A place that gives the service; `km` is a straight line, None when it is not known."""

    name: str
    km: int | None


@dataclass(frozen=True)
class Today:
    """One service at one kecamatan. `code` is the reason why it is not given, empty when it is."""

    service: Service
    serial: str
    code: str
    elsewhere: tuple[Elsewhere, ...]
    told_at: datetime | None = None


def message(found: Sequence[Today]) -> dict[str, Json]:
    """What the centre tells a station; no time is in it, so the same news is told once."""
    return {
        str(one.service): {
            "serial": one.serial,
            "code": one.code,
            "elsewhere": [[place.name, place.km] for place in one.elsewhere],
        }
        for one in found
    }


def hear(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep at the station what the centre says of its services (feed handler).

    Again: the newest word stands.
    """
    for service, said in body.items():
        if service in Service.values and isinstance(said, dict):
            fields = {key: said[key] for key in ("serial", "code", "elsewhere")}
            ServiceToday.objects.update_or_create(service=service, defaults={**fields, "told_at": now})


def services_today() -> list[Today]:
    """What the centre said last; nothing before it spoke."""
    return [
        Today(
            service=Service(row.service),
            serial=row.serial,
            code=row.code,
            elsewhere=tuple(Elsewhere(str(name), km) for name, km in row.elsewhere),
            told_at=row.told_at,
        )
        for row in ServiceToday.objects.all()
    ]
