from django.urls import path

from dekat.faces.oversight import device_views, instruction_views, log_views, report_views, turn_views, views

urlpatterns = [
    path("pengawasan/", views.summary, name="oversight"),
    path("pengawasan/senin/", report_views.monday_list, name="oversight-monday"),
    path("pengawasan/perjalanan/", report_views.trips_page, name="oversight-trips"),
    path("pengawasan/kecamatan/", report_views.kecamatan_list, name="oversight-places"),
    path("pengawasan/kecamatan/<str:code>/", report_views.kecamatan_page, name="oversight-place"),
    path("pengawasan/laporan/", report_views.month_report, name="oversight-month"),
    path("pengawasan/unduh/<str:name>.<str:form>", report_views.take_away, name="oversight-file"),
    path("pengawasan/jejak", report_views.trace, name="oversight-trace"),
    path("pengawasan/kewajiban/", views.obligations, name="oversight-obligations"),
    path("pengawasan/alat/", report_views.device_list, name="oversight-devices"),
    path("pengawasan/alat/<str:serial>/", device_views.device, name="oversight-device"),
    path("pengawasan/alat/<str:serial>/tabel", device_views.table, name="oversight-device-table"),
    path("pengawasan/alat/<str:serial>/tenggat", device_views.deadline, name="oversight-deadline"),
    path("pengawasan/alat/<str:serial>/menunggu", turn_views.waiting, name="oversight-waiting"),
    path("pengawasan/alat/<str:serial>/berkas.pdf", device_views.pack, name="oversight-pack"),
    path("pengawasan/hari-tutup/", turn_views.closures, name="oversight-closures"),
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
