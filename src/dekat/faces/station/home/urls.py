"""The operator's home."""

from django.urls import path

from dekat.faces.station.home import self_test, views

urlpatterns = [
    path("", views.home, name="station-home"),
    path("alat/", views.readiness, name="station-readiness"),
    path("alat/uji/<str:kind>/", self_test.prepare, name="device-test"),
    path("alat/uji/<str:kind>/mulai/", self_test.run, name="device-test-run"),
    path("alat/pakai/<str:kind>/", self_test.select, name="device-select"),
    path("data-penduduk/", views.arriving_page, name="station-arriving"),
    path("terkirim/", views.sealed, name="station-sealed"),
]
