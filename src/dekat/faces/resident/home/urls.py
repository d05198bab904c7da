from django.urls import path

from dekat.faces.resident.home import views

urlpatterns = [path("", views.home, name="resident-home")]
