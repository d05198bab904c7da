"""Which kecamatan held a device on a day, as the hand-overs in the log say it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from zoneinfo import ZoneInfo

from dekat.duties.evidence import may_say
from dekat.ledger import queries as ledger

_GIVEN = ("equipment.device.handed_over", "equipment.handover.accepted")
_GONE = ("equipment.device.returned", "equipment.device.written_off")
Moves = Mapping[str, list[tuple[date, str]]]


class Whereabouts:
    """Every device's places, by day; empty where it stood in the office's store or was unknown."""

    def __init__(self, moves: Moves) -> None:
        self._moves = {serial: sorted(found, key=itemgetter(0)) for serial, found in moves.items()}
        self._days = {serial: [day for day, _ in found] for serial, found in self._moves.items()}

    def on(self, serial: str, day: date) -> str:
        """The kecamatan that held the device at the end of a day."""
        place = bisect_right(self._days.get(serial, ()), day)
        return self._moves[serial][place - 1][1] if place else ""


def whereabouts(zone: ZoneInfo) -> Whereabouts:
    """All places of all devices that the log tells of."""
    moves: dict[str, list[tuple[date, str]]] = defaultdict(list)
    offered: dict[tuple[str, str], str] = {}
    for event in filter(may_say, ledger.events(names=["equipment.handover.offered", *_GIVEN, *_GONE])):
        serial, bast = event.subject.partition(":")[2], str(event.data.get("bast", ""))
        to = str(event.data.get("to", ""))
        if event.name == "equipment.handover.offered":
            offered[serial, bast] = to
            continue
        place = "" if event.name in _GONE else to or offered.get((serial, bast), "")
        moves[serial].append((event.occurred_at.astimezone(zone).date(), place))
    return Whereabouts(moves)
