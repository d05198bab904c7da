"""Every address of a station."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from dekat.faces import instruction_pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dekat.faces.account.urls")),
    path("", include("dekat.faces.station.lost_password.urls")),
    path("", include("dekat.faces.station.home.urls")),
    path("", include("dekat.faces.station.queue.urls")),
    path("", include("dekat.faces.station.printing.urls")),
    path("", include("dekat.faces.station.applying.urls")),
    path("", include("dekat.faces.station.search.urls")),
    path("", include("dekat.faces.station.recording.urls")),
    path("", include("dekat.faces.station.cards.urls")),
    path("", include("dekat.faces.station.equipment.urls")),
    path("petunjuk/berkas/<str:sha256>", instruction_pages.file_at_station, name="instruction-file"),
    path("", include("dekat.faces.station.instructions.urls")),
    path("", include("dekat.faces.station.operators.urls")),
    path("", include("dekat.faces.station.learning.urls")),
    path("", include("dekat.faces.station.usb.urls")),
    path("", include("dekat.faces.station.aside.urls")),
    path("", include("dekat.faces.station.alerts.urls")),
    path("", include("dekat.faces.resident.verify.urls")),
]
if settings.ENV.is_sample:
    urlpatterns += [path("", include("dekat.faces.gallery.urls"))]
