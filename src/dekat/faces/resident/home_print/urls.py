from django.urls import path

from dekat.faces.resident.home_print import views

urlpatterns = [path("lacak/<str:code>/unduh/", views.fetch, name="track-fetch")]
