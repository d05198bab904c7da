from django.urls import path, re_path

from dekat.faces.resident.verify import views

urlpatterns = [
    # The QR code is written in capitals throughout.
    re_path(r"^[vV]/?$", views.page, name="verify"),
    path("v/kunci.json", views.keys, name="verify-keys"),
    path("v/daftar", views.ended_list, name="verify-ended"),
    path("v/keadaan/<uuid:document_id>", views.standing, name="verify-standing"),
    path("v/luring.js", views.offline_worker, name="verify-offline-worker"),
]
