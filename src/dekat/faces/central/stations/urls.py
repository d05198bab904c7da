"""Stations, as their centre knows them."""

from django.urls import path

from dekat.faces.central.stations import views

urlpatterns = [
    path("kantor/stasiun/", views.index, name="office-stations"),
    path("kantor/stasiun/daftar/", views.enrol, name="office-station-enrol"),
    path("kantor/stasiun/<str:kecamatan>/", views.show, name="office-station"),
    path("kantor/stasiun/<str:kecamatan>/cabut/", views.revoke, name="office-station-revoke"),
    path("kantor/stasiun/<str:kecamatan>/kunci/", views.order_key, name="office-station-key"),
]
