"""A station tells of its own kecamatan only, whatever stands in its message."""

from dekat.accounts.queries import node as known_node
from dekat.kernel.errors import DekatError


class StationElsewhere(DekatError):
    """A message is about another kecamatan than the one its station serves."""

    code = "flows.station.elsewhere"


def check_station_serves(node: str, kecamatan: str) -> None:
    """Say nothing when the station serves this kecamatan.

    Refuses: flows.station.elsewhere.
    """
    if known_node(node).kecamatan != kecamatan:
        raise StationElsewhere(node=node)
