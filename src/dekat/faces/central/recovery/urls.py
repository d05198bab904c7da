"""Recovery of a station."""

from django.urls import path

from dekat.faces.central.recovery import views

urlpatterns = [
    path("kantor/pemulihan/", views.recover, name="office-recovery"),
    path("kantor/pemulihan/jawaban/", views.answer_file, name="office-recovery-answer"),
]
