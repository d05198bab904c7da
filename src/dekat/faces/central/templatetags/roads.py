"""Words for a recording's road: codes in groups, offices by their names."""

from django import template

from dekat.areas import queries as areas
from dekat.faces.clock import now
from dekat.kernel.ids import spaced

register = template.Library()
register.filter("spaced", spaced)

OFFICES = {
    "DISPENDUKCAPIL": "Dispendukcapil",
    "PUSAT": "Pusat (Ditjen Dukcapil)",
    "WARGA": "Warga",
    "DISKOMINFO": "Diskominfo",
    "SEKDA": "Sekretaris Daerah",
    "PEMASOK": "Pemasok",
    "DPRD": "DPRD",
}


@register.filter
def office_name(office: str) -> str:
    """An office as people call it; a kecamatan by its name today."""
    kind, _, code = office.partition(":")
    return f"Kecamatan {areas.display_name(code, now().date())}" if code else OFFICES.get(kind, kind.title())
