from django.urls import path

from dekat.faces.station.cards import views

urlpatterns = [
    path("serah/", views.index, name="station-cards"),
    path("serah/<uuid:batch_id>/hitung/", views.count, name="station-card-count"),
    path("serah/<uuid:card_id>/serahkan/", views.hand_over, name="station-card-hand-over"),
]
