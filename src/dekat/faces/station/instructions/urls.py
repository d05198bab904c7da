from django.urls import path

from dekat.faces.station.instructions import views

urlpatterns = [
    path("petunjuk/", views.index, name="instructions"),
    path("petunjuk/<str:instruction_id>/", views.read, name="instruction"),
    path("petunjuk/<str:instruction_id>/mengerti", views.acknowledge, name="instruction-acknowledge"),
    path("petunjuk/<str:instruction_id>/tanya", views.ask, name="instruction-ask"),
]
