"""Alerts at a station: `/pemberitahuan/saya/`."""

from django.urls import path

from dekat.faces.station.alerts import views

urlpatterns = [path("pemberitahuan/saya/", views.mine, name="alerts-mine")]
