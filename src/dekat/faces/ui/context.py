"""What every page knows about the node that shows it."""

from django.conf import settings
from django.http import HttpRequest

from dekat.faces.ui import navigation


def node(request: HttpRequest) -> dict[str, object]:
    """Template values of every page."""
    return {
        "is_sample": settings.ENV.is_sample,
        "is_station": settings.IS_STATION,
        "regency": settings.REGENCY,
        "node_place": f"Kecamatan {settings.ENV.kecamatan}" if settings.IS_STATION else "Dispendukcapil",
        "line_state": navigation.line_state,
        "face_template": _face_template(request),
    }


def _face_template(request: HttpRequest) -> str:
    if settings.IS_STATION:
        return "ui/station.html"
    if request.path.startswith("/kantor/"):
        return "ui/office.html"
    return "ui/oversight.html" if request.path.startswith("/pengawasan/") else "ui/public.html"
