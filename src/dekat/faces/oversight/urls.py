from django.urls import path

from dekat.faces.oversight import (
    device_views,
    hearing_views,
    log_views,
    obligation_views,
    reply_views,
    views,
    visit_views,
)

urlpatterns = [
    path("pengawasan/", views.summary, name="oversight"),
    path("pengawasan/tabel", views.table, name="oversight-table"),
    path("pengawasan/kewajiban/", obligation_views.index, name="oversight-obligations"),
    path("pengawasan/kewajiban/baru", obligation_views.new, name="oversight-obligation-new"),
    path("pengawasan/kewajiban/<uuid:obligation_id>/", obligation_views.show, name="oversight-obligation"),
    path("pengawasan/kewajiban/<uuid:obligation_id>/lapor", obligation_views.report, name="oversight-report"),
    path("pengawasan/kewajiban/<uuid:obligation_id>/terima", obligation_views.accept, name="oversight-accept"),
    path(
        "pengawasan/kewajiban/<uuid:obligation_id>/kembalikan", obligation_views.send_back, name="oversight-send-back"
    ),
    path("pengawasan/rapat/", hearing_views.index, name="oversight-hearings"),
    path("pengawasan/rapat/baru", hearing_views.new, name="oversight-hearing-new"),
    path("pengawasan/rapat/<uuid:hearing_id>/", hearing_views.show, name="oversight-hearing"),
    path("pengawasan/rapat/<uuid:hearing_id>/risalah", hearing_views.minutes, name="oversight-minutes"),
    path("pengawasan/rapat/<uuid:hearing_id>/keputusan", hearing_views.decide, name="oversight-decide"),
    path("pengawasan/rapat/<uuid:hearing_id>/berkas.pdf", hearing_views.paper, name="oversight-hearing-paper"),
    path("pengawasan/rapat/<uuid:hearing_id>/berkas.zip", hearing_views.bundle, name="oversight-hearing-bundle"),
    path("pengawasan/kunjungan/baru", visit_views.new, name="oversight-visit-new"),
    path("pengawasan/kunjungan/<uuid:visit_id>/", visit_views.show, name="oversight-visit"),
    path("pengawasan/lampiran/<str:digest>", visit_views.kept_file, name="oversight-file"),
    path("pengawasan/alat/", views.devices, name="oversight-devices"),
    path("pengawasan/alat/<str:serial>/", device_views.device, name="oversight-device"),
    path("pengawasan/alat/<str:serial>/tabel", device_views.table, name="oversight-device-table"),
    path("pengawasan/alat/<str:serial>/tenggat", device_views.deadline, name="oversight-deadline"),
    path("pengawasan/alat/<str:serial>/berkas.pdf", device_views.pack, name="oversight-pack"),
    path("pengawasan/petunjuk/", views.instructions, name="oversight-instructions"),
    path("pengawasan/jaringan/", views.network, name="oversight-network"),
    path("pengawasan/biaya/", views.costs, name="oversight-costs"),
    path("pengawasan/catatan/", log_views.log, name="oversight-log"),
    path("pengawasan/catatan/unduh.jsonl", log_views.download, name="oversight-log-download"),
    path("pengawasan/catatan/ujung.json", log_views.heads, name="oversight-log-heads"),
    path("pengawasan/catatan/periksa_catatan.py", log_views.checker, name="oversight-log-checker"),
    path("pengawasan/catatan/<uuid:event_id>/", log_views.event, name="oversight-event"),
    path("pengawasan/catatan/<uuid:event_id>/jawab", reply_views.reply, name="oversight-reply"),
]
