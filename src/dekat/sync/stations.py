"""What the centre knows of each station: last word, last number, what is missing since when, and what must alarm."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Min

from dekat.accounts import queries as accounts
from dekat.accounts.enrolment_codes import Waiting, waiting_codes
from dekat.accounts.queries import NodeIdentity
from dekat.kernel.fingerprint import fingerprint
from dekat.sync.models import InboxLane, InItem, LostItem, Sighting, Stray
from dekat.sync.rules import InState

_SHOWN_MISSING, _SHOWN_PLACES = 20, 6


@dataclass(frozen=True)
class Place:
    """Where a life of a station spoke from, first and last; `is_present` is its present life."""

    address: str
    first_at: datetime
    last_at: datetime
    is_present: bool


@dataclass(frozen=True)
class StationLine:
    """One station as its centre knows it.

    Facts: `last_seq` is the highest number held, `told_seq` the highest one that the station said it sealed;
    `missing` are numbers below them that never came, since `missing_since`; `durable_seq` is in a verified backup.
    """

    node: str
    kecamatan: str
    life: int
    fingerprint: str
    last_contact_at: datetime | None
    last_address: str
    last_seq: int
    told_seq: int
    durable_seq: int
    missing: list[int]
    missing_since: datetime | None
    aside_count: int
    lost_count: int
    revoked_after_seq: int | None
    is_stopped: bool
    wants_key: bool
    code: Waiting | None
    places: list[Place]

    @property
    def standing(self) -> str:
        """The one word that decides what the page shows first."""
        if self.revoked_after_seq is not None:
            return "REVOKED"
        if self.is_stopped:
            return "STOPPED"
        if self.last_contact_at is None:
            return "NEVER_HEARD"
        return "GAP" if self.missing_since else "HEARD"


def station_lines(*, now: datetime) -> list[StationLine]:
    """Every station that was ever let in, by name."""
    codes = waiting_codes(now=now)
    return [_line(station, codes.get(station.name)) for station in accounts.stations()]


def station_line(node: str, *, now: datetime) -> StationLine:
    """One station.

    Refuses: accounts.node.unknown.
    """
    return _line(accounts.node(node), waiting_codes(now=now).get(node))


def _line(station: NodeIdentity, code: Waiting | None) -> StationLine:
    seen = list(Sighting.objects.filter(node=station.name)[:_SHOWN_PLACES])
    lane = InboxLane.objects.filter(node=station.name, incarnation=station.incarnation).first()
    told = Sighting.objects.filter(node=station.name, incarnation=station.incarnation).aggregate(seq=Max("last_seq"))
    told_seq = told["seq"] or 0
    missing, since = _missing(lane)
    aside = InItem.objects.filter(lane__node=station.name, state=InState.QUARANTINED).count()
    return StationLine(
        node=station.name,
        kecamatan=station.kecamatan,
        life=station.voice,
        fingerprint=fingerprint(station.verify_key.raw),
        last_contact_at=seen[0].last_at if seen else None,
        last_address=seen[0].address if seen else "",
        last_seq=lane.highest_seq if lane else 0,
        told_seq=told_seq,
        durable_seq=lane.durable_through if lane else 0,
        missing=missing,
        missing_since=since,
        aside_count=aside + Stray.objects.filter(node=station.name).count(),
        lost_count=LostItem.objects.filter(node=station.name).count(),
        revoked_after_seq=station.revoked_after_seq,
        is_stopped=station.is_stopped,
        wants_key=station.wants_rotation,
        code=code,
        places=[
            Place(one.address, one.first_at, one.last_at, bytes(one.incarnation) == station.incarnation) for one in seen
        ],
    )


def _missing(lane: InboxLane | None) -> tuple[list[int], datetime | None]:
    """The numbers that a later one has overtaken. What only has not come yet is no gap."""
    if lane is None or lane.highest_seq <= lane.received_through:
        return [], None
    later = lane.items.filter(seq__gt=lane.received_through)
    known = set(later.values_list("seq", flat=True)[: _SHOWN_MISSING * 10])
    gap = [seq for seq in range(lane.received_through + 1, lane.highest_seq) if seq not in known]
    return gap[:_SHOWN_MISSING], later.aggregate(first=Min("received_at"))["first"]
