"""Names for the codes of parties and places, as pages say them."""

from datetime import date

from dekat.areas import queries as areas
from dekat.ledger.rules import SignedEvent

REGENCY = "35.11"
NAMES = {
    "DISPENDUKCAPIL": "Dispendukcapil",
    "PUSAT": "Ditjen Dukcapil (pusat)",
    "DISKOMINFO": "Diskominfo",
    "SEKDA": "Sekretaris Daerah",
    "PEMASOK": "Pemasok",
    "DPRD": "DPRD",
    "INSPEKTORAT": "Inspektorat",
}

# Where a device stands that no kecamatan holds.
STORE = "Gudang Dispendukcapil"


def places(on: date) -> dict[str, str]:
    """The kecamatan of the regency by code, as people call them."""
    return areas.kecamatan_names(REGENCY, on)


def node_name(node: str, names: dict[str, str]) -> str:
    """A computer as pages call it: `Stasiun Cermee`, `Dispendukcapil`."""
    kind, _, code = node.partition("-")
    return f"Stasiun {names.get(code, code)}" if kind == "station" else NAMES["DISPENDUKCAPIL"]


def party_name(party: str, names: dict[str, str]) -> str:
    """A party as pages call it: `Kecamatan Cermee`, `Diskominfo`."""
    kind, _, code = party.partition(":")
    if kind == "KECAMATAN":
        return f"Kecamatan {names.get(code, code)}"
    return NAMES.get(kind, kind)


def said_by(event: SignedEvent, names: dict[str, str]) -> str:
    """Who said it: the office that acted, or the machine that saw it by itself."""
    by = event.data.get("by")
    return party_name(str(by), names) if by else f"{node_name(event.speaker, names)}, otomatis"
