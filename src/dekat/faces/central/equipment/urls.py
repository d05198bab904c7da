from django.urls import path

from dekat.faces.central.equipment import views

urlpatterns = [path("kantor/alat/", views.index, name="office-equipment")]
