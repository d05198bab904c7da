"""Appointments: `/janji/…`."""

from django.urls import path

from dekat.faces.resident.appointments import views

urlpatterns = [
    path("janji/", views.choose, name="appointments"),
    path("janji/cari/", views.find, name="appointment-find"),
    path("janji/kode/<str:code>/", views.show, name="appointment"),
    path("janji/kode/<str:code>/pindah/", views.move, name="appointment-move"),
    path("janji/kode/<str:code>/batal/", views.cancel, name="appointment-cancel"),
    path("janji/<str:kecamatan>/", views.book, name="appointment-book"),
]
