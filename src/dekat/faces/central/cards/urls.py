from django.urls import path

from dekat.faces.central.cards import child_cards, views

urlpatterns = [
    path("kantor/kartu/", views.index, name="office-cards"),
    path("kantor/kartu/<uuid:card_id>/muka.pdf", views.sheet, name="office-card-face"),
    path("kantor/kartu/<uuid:card_id>/tercetak/", views.printed, name="office-card-printed"),
    path("kantor/kartu/<uuid:card_id>/cetak-ulang/", views.faulty, name="office-card-faulty"),
    path("kantor/kartu/blangko-rusak/", views.spoiled, name="office-blank-spoiled"),
    path("kantor/kartu/kemas/", views.pack, name="office-card-pack"),
    path("kantor/kia/<uuid:document_id>.pdf", child_cards.sheet, name="office-child-card"),
    path("kantor/kia/<uuid:document_id>/tercetak/", child_cards.printed, name="office-child-card-printed"),
    path("kantor/kia/<uuid:document_id>/serahkan/", child_cards.handed_over, name="office-child-card-handed-over"),
]
