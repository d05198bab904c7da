"""What was seen held against what the register expects. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dekat.equipment.kinds import DeviceKind
from dekat.equipment.upkeep_kinds import Spot


@dataclass(frozen=True)
class Expected:
    """A device that the register puts in this place."""

    serial: str
    kind: str
    model: str


@dataclass(frozen=True)
class Line:
    """One device of a stock-take. `belongs` is a kecamatan, or empty for the office store; only in a wrong place."""

    serial: str
    model: str
    kind: str
    spot: str
    belongs: str
    seen_at: datetime | None

    @property
    def kind_label(self) -> str:
        return DeviceKind(self.kind).label if self.kind else ""

    @property
    def spot_label(self) -> str:
        return Spot(self.spot).label


def compare(
    *, expected: Sequence[Expected], elsewhere: Mapping[str, str], seen: Mapping[str, datetime]
) -> tuple[Line, ...]:
    """Every expected and every seen device, what differs first, then by serial number."""
    lines = [
        Line(
            one.serial, one.model, one.kind, Spot.RIGHT if one.serial in seen else Spot.MISSING, "",
            seen.get(one.serial),
        )
        for one in expected
    ]  # fmt: skip
    known = {one.serial for one in expected}
    for serial, at in seen.items():
        if serial in known:
            continue
        spot = Spot.WRONG_PLACE if serial in elsewhere else Spot.UNKNOWN
        lines.append(Line(serial, "", "", spot, elsewhere.get(serial, ""), at))
    return tuple(sorted(lines, key=lambda line: (_ORDER.index(line.spot), line.serial)))


_ORDER: list[str] = [Spot.WRONG_PLACE, Spot.UNKNOWN, Spot.MISSING, Spot.RIGHT]
