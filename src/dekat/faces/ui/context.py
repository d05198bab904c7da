"""What every page knows about the node that shows it."""

from django.conf import settings
from django.http import HttpRequest

from dekat.areas import queries as areas
from dekat.faces.access import home_of
from dekat.faces.clock import now
from dekat.faces.ui import navigation


def node(request: HttpRequest) -> dict[str, object]:
    """Template values of every page."""
    return {
        "is_sample": settings.ENV.is_sample,
        "is_station": settings.IS_STATION,
        "regency": settings.REGENCY,
        "node_place": _place,
        "line_state": navigation.line_state,
        "face_template": _face_template(request),
        "home": lambda: home_of(request.user),
    }


def _place() -> str:
    if not settings.IS_STATION:
        return "Dispendukcapil"
    code = settings.ENV.kecamatan
    try:
        return f"Kecamatan {areas.display_name(code, on=now().date())}"
    except areas.AreaUnknown:  # a station whose areas are not loaded yet still shows its pages
        return f"Kecamatan {code}"


def _face_template(request: HttpRequest) -> str:
    if settings.IS_STATION:
        return "ui/station.html"
    if request.path.startswith("/kantor/"):
        return "ui/office.html"
    return "ui/oversight.html" if request.path.startswith("/pengawasan/") else "ui/public.html"
