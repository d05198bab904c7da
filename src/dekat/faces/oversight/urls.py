from django.urls import path

from dekat.faces.oversight import device_views, instruction_views, log_views, views

urlpatterns = [
    path("pengawasan/", views.summary, name="oversight"),
    path("pengawasan/tabel", views.table, name="oversight-table"),
    path("pengawasan/kewajiban/", views.obligations, name="oversight-obligations"),
    path("pengawasan/alat/", views.devices, name="oversight-devices"),
    path("pengawasan/alat/<str:serial>/", device_views.device, name="oversight-device"),
    path("pengawasan/alat/<str:serial>/tabel", device_views.table, name="oversight-device-table"),
    path("pengawasan/alat/<str:serial>/tenggat", device_views.deadline, name="oversight-deadline"),
    path("pengawasan/alat/<str:serial>/berkas.pdf", device_views.pack, name="oversight-pack"),
    path("pengawasan/petunjuk/", instruction_views.matrix, name="oversight-instructions"),
    path("pengawasan/petunjuk/tabel.<str:kind>", instruction_views.export, name="oversight-instructions-export"),
    path("pengawasan/petunjuk/tanya-jawab/", instruction_views.public_answers, name="oversight-public-answers"),
    path("pengawasan/petunjuk/<str:instruction_id>/<str:kecamatan>/", instruction_views.cell, name="oversight-receipt"),
    path(
        "pengawasan/petunjuk/<str:instruction_id>/versi/<int:version>/",
        instruction_views.version,
        name="oversight-instruction-version",
    ),
    path("pengawasan/jaringan/", views.network, name="oversight-network"),
    path("pengawasan/biaya/", views.costs, name="oversight-costs"),
    path("pengawasan/catatan/", log_views.log, name="oversight-log"),
    path("pengawasan/catatan/unduh.jsonl", log_views.download, name="oversight-log-download"),
    path("pengawasan/catatan/<uuid:event_id>/", log_views.event, name="oversight-event"),
]
