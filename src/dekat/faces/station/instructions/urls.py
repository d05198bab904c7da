from django.urls import path

from dekat.faces.station.instructions import views

urlpatterns = [
    path("petunjuk/", views.index, name="instructions"),
    path("petunjuk/tanya", views.ask, name="instruction-question"),
    path("petunjuk/tanya-jawab/", views.public_answers, name="public-answers"),
    path("petunjuk/<str:instruction_id>/", views.read, name="instruction"),
    path("petunjuk/<str:instruction_id>/versi/<int:version>/", views.earlier, name="instruction-version"),
    path("petunjuk/<str:instruction_id>/mengerti", views.acknowledge, name="instruction-acknowledge"),
    path("petunjuk/<str:instruction_id>/tanya", views.ask, name="instruction-ask"),
]
