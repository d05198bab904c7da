from django.urls import path

from dekat.faces.resident.openings import views

urlpatterns = [path("siapa-membuka/", views.ask, name="who-opened")]
