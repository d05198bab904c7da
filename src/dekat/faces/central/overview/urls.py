from django.urls import path

from dekat.faces.central.overview import views

urlpatterns = [path("kantor/", views.index, name="office-home")]
