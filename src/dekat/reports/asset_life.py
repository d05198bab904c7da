"""The life of one device as the register, the readings and the turn engine tell it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import queries as duties
from dekat.duties.days import idle_runs, lost_by_party, total
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.readings import queries as readings

_LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True)
class AssetLife:
    """What was recorded of a device, newest first; when and how often it was used, measured; what idleness lost.

    Facts: `used_by` is the node that signed the last use; `lost_idle` is None for what has no turn (towers).
    """

    events: tuple[SignedEvent, ...]
    last_used_on: date | None
    used_by: str
    uses: int
    is_idle: bool
    idle_days: int
    lost_idle: Rupiah | None


def asset_life(serial: str, *, now: datetime) -> AssetLife:
    """The life of a device until now; uses are counted over the last 400 days."""
    zone = regency_calendar().zone
    events = ledger.events(name_prefix="equipment.", subject=f"device:{serial}", until=now + timedelta(seconds=1))
    uses = readings.uses(since=now - _LOOK_BACK, until=now, serial=serial)
    answer = duties.answer(serial, as_of=now)
    runs = idle_runs(answer, zone) if answer else []
    lost = lost_by_party(answer, runs, zone) if answer else {}
    return AssetLife(
        events=tuple(reversed(events)),
        last_used_on=uses[-1].at.astimezone(zone).date() if uses else None,
        used_by=uses[-1].node if uses else "",
        uses=sum(use.count for use in uses),
        is_idle=bool(answer and answer.is_idle),
        idle_days=sum(run.days for run in runs),
        lost_idle=total(list(lost.values())) if answer else None,
    )
