"""The closed lists of readings."""

from enum import StrEnum


class Use(StrEnum):
    """What a device did."""

    CAPTURE = "CAPTURE"
    PRINT = "PRINT"


class Path(StrEnum):
    """Which line was probed: out of the kecamatan, to the regency's centre, to the national centre."""

    LOCAL = "LOCAL"
    CENTRE = "CENTRE"
    NATIONAL = "NATIONAL"


class End(StrEnum):
    """From which end it was probed."""

    STATION = "STATION"
    CENTRE = "CENTRE"


USED = "readings.device.used"
PROBED = "readings.link.probed"
OPENED = "readings.station.opened"
REGENCY = "regency"


def place(kecamatan: str) -> str:
    """The subject of a reading about a kecamatan, or about the whole regency when empty."""
    return f"kecamatan:{kecamatan}" if kecamatan else REGENCY
