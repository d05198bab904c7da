from django.urls import path

from dekat.faces.resident.applying import views

urlpatterns = [
    path("ajukan/", views.choose, name="apply-choose"),
    path("ajukan/<slug:subject>/", views.fill, name="apply-fill"),
]
