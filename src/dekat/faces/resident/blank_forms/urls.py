from django.urls import path

from dekat.faces.resident.blank_forms import views

urlpatterns = [
    path("formulir/", views.index, name="forms"),
    path("formulir/<slug:service_slug>/<str:form>.pdf", views.blank, name="form-blank"),
]
