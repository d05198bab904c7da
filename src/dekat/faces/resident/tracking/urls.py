from django.urls import path

from dekat.faces.resident.tracking import views

urlpatterns = [
    path("lacak/", views.find, name="track-find"),
    path("lacak/<str:code>", views.show, name="track"),
    path("lacak/<str:code>/domisili/", views.domicile, name="track-domicile"),
    path("lacak/<str:code>/jawab/", views.answer, name="track-answer"),
]
