"""Find a resident, or what to do when nobody is found: `/rekam/cari` and beside it."""

from django.urls import path

from dekat.faces.station.search import elsewhere, views, ways_on

urlpatterns = [
    path("rekam/cari", views.find, name="find-resident"),
    path("rekam/tempat/", ways_on.choose, name="recording-place"),
    path("rekam/jemput-bola", ways_on.home_visit, name="home-visit"),
    path("rekam/formulir-pengecualian", ways_on.blank_form, name="exception-form"),
    path("rekam/tanpa-nik", ways_on.without_nik, name="without-nik"),
    path("rekam/luar-domisili", elsewhere.elsewhere, name="recording-elsewhere"),
]
