"""One hour of one kecamatan's lines as both ends measured them, side by side, and what follows from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from dekat.readings import queries as readings
from dekat.readings.kinds import End, Path
from dekat.readings.queries import Figures, Probe

HOUR = timedelta(hours=1)
# How long a state that was told once is believed, and how late a station's own readings may come.
_BEFORE, _AFTER = timedelta(days=7), timedelta(days=60)
_CLOCKS_OVER = timedelta(days=2)
_ENOUGH_CLOCKS = 3
CLOCK_WRONG_MS = 60_000


@dataclass(frozen=True)
class PathHour:
    """One path from one end in one hour: how it began, what changed, and the figures told when it was over."""

    path: str
    seen_from: str
    at_start: Probe | None
    changes: tuple[Probe, ...]
    figures: Figures | None

    @property
    def was_down(self) -> bool:
        known = (*((self.at_start,) if self.at_start else ()), *self.changes)
        return any(not probe.is_up and not probe.is_silence for probe in known)

    @property
    def was_silent(self) -> bool:
        known = (*((self.at_start,) if self.at_start else ()), *self.changes)
        return any(probe.is_silence for probe in known)


@dataclass(frozen=True)
class NetworkHour:
    """Both ends of one hour.

    Facts: `cause` is the reason code that whose-turn gives to such readings, empty when every path was up;
    `is_only_silence` when the station was not heard and has not told of this hour itself (yet).
    """

    kecamatan: str
    start: datetime
    end: datetime
    station: tuple[PathHour, ...]
    centre: tuple[PathHour, ...]
    cause: str
    is_only_silence: bool

    @property
    def is_measured(self) -> bool:
        """Whether either end knows anything of the kecamatan's own lines then."""
        own = (*self.station, self.centre[0])
        return any(one.at_start or one.changes or one.figures for one in own)


def network_hour(*, kecamatan: str, start: datetime, now: datetime) -> NetworkHour:
    """What both ends say of the hour that begins at `start`."""
    end = start + HOUR
    span = {"since": start - _BEFORE, "until": min(now, start + _AFTER)}
    of_place = readings.probes(kecamatan=kecamatan, **span)
    of_regency = readings.probes(kecamatan="", **span)
    ends = {
        End.STATION: [(Path.LOCAL, of_place), (Path.CENTRE, of_place)],
        End.CENTRE: [(Path.CENTRE, of_place), (Path.NATIONAL, [*of_regency, *of_place])],
    }
    station, centre = (
        tuple(_path_hour(path, seen_from, found, start, end) for path, found in ends[seen_from])
        for seen_from in (End.STATION, End.CENTRE)
    )
    return NetworkHour(
        kecamatan=kecamatan,
        start=start,
        end=end,
        station=station,
        centre=centre,
        cause=_cause(station, centre),
        is_only_silence=centre[0].was_silent and not any(one.changes or one.figures for one in station),
    )


def centre_clock_off_ms(*, now: datetime) -> int | None:
    """How far this centre's clock is ahead of its stations', by their median; None where too few told, or all agree."""
    offsets = readings.clock_offsets_ms(since=now - _CLOCKS_OVER, until=now + _CLOCKS_OVER)
    if len(offsets) < _ENOUGH_CLOCKS:
        return None
    found = int(median(offsets.values()))
    return found if abs(found) >= CLOCK_WRONG_MS else None


def _path_hour(path: Path, seen_from: End, probes: list[Probe], start: datetime, end: datetime) -> PathHour:
    own = sorted(
        (probe for probe in probes if (probe.path, probe.seen_from) == (path, seen_from)),
        key=lambda probe: (probe.at, probe.event_id),
    )
    before = [probe for probe in own if probe.at < start]
    return PathHour(
        path=path,
        seen_from=seen_from,
        at_start=before[-1] if before else None,
        changes=tuple(probe for probe in own if start <= probe.at < end),
        figures=next((probe.closed for probe in own if probe.closed and probe.closed.of == start), None),
    )


def _cause(station: tuple[PathHour, ...], centre: tuple[PathHour, ...]) -> str:
    """The chain of whose-turn: our own line first, then the regency's server, then the national centre."""
    local, to_centre = station
    if local.was_down:
        return "NETWORK_LOCAL"
    if to_centre.was_down:
        return "CENTRE_UNREACHABLE"
    return "NETWORK_CENTRAL" if centre[1].was_down else ""
