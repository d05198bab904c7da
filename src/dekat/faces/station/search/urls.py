"""Find a resident: `/rekam/cari`."""

from django.urls import path

from dekat.faces.station.search import views

urlpatterns = [path("rekam/cari", views.find, name="find-resident")]
