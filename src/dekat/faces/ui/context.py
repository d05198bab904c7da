"""What every page knows about the node that shows it."""

from django.conf import settings
from django.http import HttpRequest


def node(request: HttpRequest) -> dict[str, object]:
    """Template values of every page."""
    return {"is_sample": settings.ENV.is_sample, "is_station": settings.IS_STATION}
