"""What stands aside, with the names of places."""

from datetime import date

from dekat.accounts.queries import NodeUnknown, node
from dekat.areas import queries as areas


def place_of(node_name: str, *, on: date) -> str:
    """What people call the kecamatan of a machine; the machine's own name where machine or place is not known here."""
    try:
        kecamatan = node(node_name).kecamatan
        return areas.display_name(kecamatan, on) if kecamatan else node_name
    except (NodeUnknown, areas.AreaUnknown):
        return node_name
