"""Sticks from the kecamatan."""

from django.urls import path

from dekat.faces.central.carried import views

urlpatterns = [
    path("kantor/rekaman/stik/", views.index, name="office-sticks"),
    path("kantor/rekaman/stik/baca/", views.read_stick, name="office-stick-read"),
    path("kantor/rekaman/stik/kirim/", views.upload, name="office-stick-upload"),
    path("kantor/rekaman/stik/tanda-terima/", views.receipts_file, name="office-stick-receipts"),
]
