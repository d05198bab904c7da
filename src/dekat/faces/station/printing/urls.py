from django.urls import path

from dekat.faces.station.printing import views

urlpatterns = [
    path("cetak/", views.index, name="print-desk"),
    path("cetak/minta/", views.ask, name="print-ask"),
    path("cetak/dokumen/<uuid:document_id>.pdf", views.preview, name="print-preview"),
    path("cetak/<uuid:print_id>/batal/", views.cancel, name="print-cancel"),
    path("cetak/<uuid:print_id>/baki/", views.tray, name="print-tray"),
    path("cetak/<uuid:print_id>/susulan/", views.late, name="print-late"),
    path("cetak/<uuid:print_id>/jangan-tunggu/", views.leave, name="print-leave"),
    path("cetak/dokumen/<uuid:document_id>/lagi/", views.copy, name="print-copy"),
    path("cetak/<uuid:print_id>/baik/", views.good, name="print-good"),
    path("cetak/<uuid:print_id>/rusak/", views.spoiled, name="print-spoiled"),
    path("cetak/<uuid:print_id>/serahkan/", views.hand_over, name="print-hand-over"),
]
