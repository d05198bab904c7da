"""The operator's home."""

from django.urls import path

from dekat.faces.station.home import views

urlpatterns = [
    path("", views.home, name="station-home"),
    path("alat/", views.readiness, name="station-readiness"),
    path("terkirim/", views.sealed, name="station-sealed"),
]
