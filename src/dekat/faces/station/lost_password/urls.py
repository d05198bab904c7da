"""A forgotten password; the same addresses serve a locked station (see `faces.unlock`)."""

from django.urls import path

from dekat.faces.station.lost_password import views

urlpatterns = [
    path("lupa-sandi/", views.index, name="lost-password"),
    path("lupa-sandi/berdua/", views.by_two, name="lost-password-two"),
    path("lupa-sandi/dispendukcapil/", views.by_regency, name="lost-password-regency"),
    path("lupa-sandi/permintaan/", views.request_file, name="lost-password-request"),
]
