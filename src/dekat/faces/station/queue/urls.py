"""The queue: `/antrean/…`."""

from django.urls import path

from dekat.faces.station.queue import desk, screens

urlpatterns = [
    path("antrean/", desk.desk, name="queue"),
    path("antrean/berubah/", desk.changed, name="queue-changed"),
    path("antrean/nomor/", desk.take, name="queue-take"),
    path("antrean/janji/", desk.check_in, name="queue-check-in"),
    path("antrean/berikutnya/", desk.call_next, name="queue-call-next"),
    path("antrean/loket/", desk.counter, name="queue-counter"),
    path("antrean/ambil/", screens.kiosk, name="queue-kiosk"),
    path("antrean/layar/", screens.display, name="queue-display"),
    path("antrean/slip/<uuid:ticket_id>/", screens.slip, name="queue-slip"),
    path("antrean/<uuid:ticket_id>/<slug:act>/", desk.press, name="queue-press"),
]
