"""The USB stick of the station."""

from django.urls import path

from dekat.faces.station.usb import views

urlpatterns = [
    path("stik/", views.index, name="usb"),
    path("stik/siapkan/", views.prepare, name="usb-prepare"),
]
