"""The operator's home."""

from django.urls import path

from dekat.faces.station.home import exercise, views

urlpatterns = [
    path("", views.home, name="station-home"),
    path("alat/", views.readiness, name="station-readiness"),
    path("alat/uji/<str:kind>/", exercise.prepare, name="device-test"),
    path("alat/uji/<str:kind>/mulai/", exercise.run, name="device-test-run"),
    path("alat/pakai/<str:kind>/", exercise.select, name="device-select"),
    path("terkirim/", views.sealed, name="station-sealed"),
]
