from django.urls import path

from dekat.faces.central.review import views

_ONE = "kantor/permohonan/<uuid:application_id>/"
urlpatterns = [
    path("kantor/permohonan/", views.index, name="review-queue"),
    path("kantor/permohonan/angka/", views.figures, name="review-figures"),
    path(_ONE, views.show, name="review-show"),
    path(f"{_ONE}periksa/", views.take, name="review-take"),
    path(f"{_ONE}hasil/", views.foresee, name="review-foresee"),
    path(f"{_ONE}setujui/", views.approve, name="review-approve"),
    path(f"{_ONE}kembalikan/", views.send_back, name="review-send-back"),
    path(f"{_ONE}periksa-lagi/", views.take_again, name="review-take-again"),
    path(f"{_ONE}catatan/", views.add_note, name="review-note"),
    path(f"{_ONE}tandatangani/", views.sign, name="review-sign"),
    path(f"{_ONE}formulir/<str:form>.pdf", views.filled_form, name="review-form"),
    path(f"{_ONE}berkas/<uuid:attachment_id>.jpg", views.attachment, name="review-attachment"),
]
