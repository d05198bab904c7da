"""Where to go today: `/tempat/`."""

from django.urls import path

from dekat.faces.resident.where import views

urlpatterns = [path("tempat/", views.where, name="where")]
