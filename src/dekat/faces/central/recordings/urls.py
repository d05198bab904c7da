from django.urls import path

from dekat.faces.central.recordings import views

urlpatterns = [
    path("kantor/rekaman/", views.index, name="office-recordings"),
    path("kantor/rekaman/<uuid:recording_id>/", views.detail, name="office-recording"),
    path("kantor/rekaman/<uuid:recording_id>/diteruskan/", views.passed_on, name="office-domicile-passed-on"),
]
