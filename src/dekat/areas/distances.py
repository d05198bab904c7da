"""How far a kecamatan lies from the town: a straight line between the middles of two areas, never a typed distance.

Facts: the middles are the centroids of the boundaries in `data/centres.csv`; a road is longer than the line.
"""

import csv
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

TOWN = "35.11.11"
CENTRES = Path(__file__).parent / "data" / "centres.csv"
SOURCE = "cahyadsn/wilayah_boundaries, titik tengah batas kecamatan (Kepmendagri 300.2.2-2138/2025)"
_EARTH_KM = 6371.0088


@lru_cache(maxsize=1)
def centres() -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the middle of each kecamatan, by code."""
    with CENTRES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (float(row["lat"]), float(row["lng"])) for row in csv.DictReader(file)}


def metres_between(one: str, other: str) -> int:
    """The straight line between the middles of two kecamatan of `centres()`."""
    (lat, lng), (to_lat, to_lng) = centres()[one], centres()[other]
    across, along = radians(to_lat - lat), radians(to_lng - lng)
    half = sin(across / 2) ** 2 + cos(radians(lat)) * cos(radians(to_lat)) * sin(along / 2) ** 2
    return round(2 * _EARTH_KM * 1000 * asin(sqrt(half)))


def trip_metres(kecamatan: str) -> int | None:
    """There and back between a kecamatan and the office in town; None where the middle is unknown."""
    return 2 * metres_between(kecamatan, TOWN) if kecamatan in centres() else None


def nearest(kecamatan: str, *, count: int) -> list[str]:
    """The neighbours whose middles are nearest, nearest first; none where the middle is unknown."""
    if kecamatan not in centres():
        return []
    others = [code for code in centres() if code != kecamatan]
    return sorted(others, key=lambda code: (metres_between(kecamatan, code), code))[:count]
