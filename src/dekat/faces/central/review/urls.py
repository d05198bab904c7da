from django.urls import path

from dekat.faces.central.review import views

urlpatterns = [
    path("kantor/permohonan/", views.index, name="review-queue"),
    path("kantor/permohonan/<uuid:application_id>/", views.show, name="review-show"),
    path("kantor/permohonan/<uuid:application_id>/periksa/", views.take, name="review-take"),
    path("kantor/permohonan/<uuid:application_id>/setujui/", views.approve, name="review-approve"),
    path("kantor/permohonan/<uuid:application_id>/kembalikan/", views.send_back, name="review-send-back"),
    path("kantor/permohonan/<uuid:application_id>/tandatangani/", views.sign, name="review-sign"),
    path(
        "kantor/permohonan/<uuid:application_id>/berkas/<uuid:attachment_id>.jpg",
        views.attachment,
        name="review-attachment",
    ),
]
