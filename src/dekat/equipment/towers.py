"""Towers, what their upkeep costs, and how long the lines that they carry were really up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dekat.equipment import queries
from dekat.equipment.kinds import DeviceKind
from dekat.equipment.register_cards import ContractCard, DeviceCard
from dekat.kernel.rupiah import Rupiah
from dekat.readings import queries as readings
from dekat.readings.kinds import End, Path
from dekat.readings.queries import Probe

# A reading is told when a line changes and once in each hour: after this long without one, nobody knows.
_KNOWN_FOR = timedelta(hours=26)


@dataclass(frozen=True)
class Uptime:
    """How long a line was up among the hours in which it was measured."""

    kecamatan: str
    up: timedelta
    measured: timedelta

    @property
    def percent(self) -> int | None:
        return round(self.up * 100 / self.measured) if self.measured else None


@dataclass(frozen=True)
class TowerLine:
    """One tower with the contracts that keep it going and the measured lines of its kecamatan."""

    device: DeviceCard
    upkeep: tuple[ContractCard, ...]
    lines: tuple[Uptime, ...]

    @property
    def paid(self) -> Rupiah:
        """Its share of the contracts: each covers its serial numbers alike."""
        return Rupiah(sum(contract.total.share(1, len(contract.covers)).sen for contract in self.upkeep))


def towers(*, since: datetime, until: datetime, zone: ZoneInfo) -> list[TowerLine]:
    """Every tower on the register with the uptime of its lines in a span (end exclusive)."""
    cards = [card for card in queries.devices(kind=DeviceKind.TOWER) if not card.written_off_on]
    upkeep = [one for one in queries.contracts() if one.is_upkeep and _touches(one, since, until, zone)]
    measured = uptimes({code for card in cards for code in card.serves}, since=since, until=until)
    return [
        TowerLine(
            device=card,
            upkeep=tuple(one for one in upkeep if card.serial in one.covers),
            lines=tuple(measured[code] for code in card.serves),
        )
        for card in cards
    ]


def uptimes(places: set[str], *, since: datetime, until: datetime) -> dict[str, Uptime]:
    """The measured uptime of the local line of each place, as its own station saw it."""
    return {place: _uptime(place, _own_local(place, since, until), until) for place in sorted(places)}


def _own_local(place: str, since: datetime, until: datetime) -> list[Probe]:
    told = readings.probes(since=since, until=until, kecamatan=place)
    return [probe for probe in told if probe.path == Path.LOCAL and probe.seen_from == End.STATION]


def _uptime(place: str, probes: list[Probe], until: datetime) -> Uptime:
    up = measured = timedelta()
    for probe, following in zip(probes, [*(later.at for later in probes[1:]), until], strict=False):
        span = min(following - probe.at, _KNOWN_FOR)
        measured += span
        up += span if probe.is_up else timedelta()
    return Uptime(place, up, measured)


def _touches(contract: ContractCard, since: datetime, until: datetime, zone: ZoneInfo) -> bool:
    """Whether a contract was in force on a day of the span; one without days always is."""
    first: date = since.astimezone(zone).date()
    last: date = until.astimezone(zone).date()
    begins, ends = contract.from_on or date.min, contract.until_on or date.max
    return begins <= last and first < ends
