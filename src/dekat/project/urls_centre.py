"""Every address of a centre."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from dekat.faces import instruction_pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dekat.faces.resident.home.urls")),
    path("", include("dekat.faces.resident.applying.urls")),
    path("", include("dekat.faces.resident.appointments.urls")),
    path("", include("dekat.faces.resident.tracking.urls")),
    path("", include("dekat.faces.resident.home_print.urls")),
    path("", include("dekat.faces.resident.blank_forms.urls")),
    path("", include("dekat.faces.resident.openings.urls")),
    path("", include("dekat.faces.resident.where.urls")),
    path("", include("dekat.faces.resident.verify.urls")),
    path("", include("dekat.faces.account.urls")),
    path("", include("dekat.faces.central.overview.urls")),
    path("", include("dekat.faces.central.lookup.urls")),
    path("", include("dekat.faces.central.review.urls")),
    path("", include("dekat.faces.central.signing.urls")),
    path("", include("dekat.faces.central.carried.urls")),
    path("", include("dekat.faces.central.aside.urls")),
    path("", include("dekat.faces.central.duplicates.urls")),
    path("", include("dekat.faces.central.recordings.urls")),
    path("", include("dekat.faces.central.recovery.urls")),
    path("", include("dekat.faces.central.stations.urls")),
    path("", include("dekat.faces.central.upkeep.urls")),
    path("", include("dekat.faces.central.cards.urls")),
    path("", include("dekat.faces.oversight.urls")),
    path("petunjuk/berkas/<str:sha256>", instruction_pages.file_at_centre, name="instruction-file"),
    path("", include("dekat.faces.central.instructions.urls")),
    path("", include("dekat.faces.central.equipment.urls")),
    path("", include("dekat.faces.central.alerts.urls")),
]
if settings.ENV.is_sample:
    urlpatterns += [
        path("", include("dekat.faces.gallery.urls")),
        path("", include("dekat.faces.sample.urls")),
    ]
