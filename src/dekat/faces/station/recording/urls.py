"""Recording one resident: `/rekam/…`."""

from django.urls import path

from dekat.faces.station.recording import (
    comfort,
    exception_photo,
    exceptions,
    finish,
    judging,
    live,
    owed,
    pictures,
    steps,
    wizard,
)

urlpatterns = [
    path("rekam/mulai/<uuid:resident_id>/", wizard.start, name="recording-start"),
    path("rekam/tampilan/", comfort.switch, name="recording-comfort"),
    path("rekam/<uuid:recording_id>/", wizard.wizard, name="recording"),
    path("rekam/<uuid:recording_id>/lanjutkan/", wizard.resume, name="recording-resume"),
    path("rekam/<uuid:recording_id>/pindah/", wizard.move, name="recording-move"),
    path("rekam/<uuid:recording_id>/batal/", wizard.discard, name="recording-discard"),
    path("rekam/<uuid:recording_id>/data/", steps.biodata, name="recording-biodata"),
    path("rekam/<uuid:recording_id>/foto/", steps.photo, name="recording-photo"),
    path("rekam/<uuid:recording_id>/lihat/", judging.look, name="recording-look"),
    path("rekam/<uuid:recording_id>/foto-alat/", steps.device_photo, name="recording-device-photo"),
    path("rekam/<uuid:recording_id>/foto/setuju/", steps.approve, name="recording-approve"),
    path("rekam/<uuid:recording_id>/foto/ulang/", steps.reject, name="recording-reject"),
    path("rekam/<uuid:recording_id>/jari/", steps.fingers, name="recording-fingers"),
    path("rekam/<uuid:recording_id>/telunjuk/", steps.recheck, name="recording-recheck"),
    path("rekam/<uuid:recording_id>/iris/", steps.irises, name="recording-irises"),
    path("rekam/<uuid:recording_id>/tanda-tangan/", steps.signature, name="recording-signature"),
    path("rekam/<uuid:recording_id>/pengecualian/", exceptions.exception, name="recording-exception"),
    path("rekam/<uuid:recording_id>/pengecualian/cabut/", exceptions.withdraw, name="recording-withdraw"),
    path("rekam/<uuid:recording_id>/konfirmasi/", exceptions.confirm, name="recording-confirm"),
    path("rekam/<uuid:recording_id>/foto-pengecualian/", exception_photo.photo, name="recording-exception-photo"),
    path("menyusul/", owed.owed, name="recordings-owed"),
    path("menyusul/<uuid:recording_id>/mulai/", owed.bring, name="recording-bring"),
    path("rekam/<uuid:recording_id>/segel/", finish.seal, name="recording-seal"),
    path("rekam/<uuid:recording_id>/bukti/", finish.receipt, name="recording-receipt"),
    path("rekam/<uuid:recording_id>/tampak/", live.live, name="recording-live"),
    path("rekam/<uuid:recording_id>/gambar/<str:name>", pictures.picture, name="recording-picture"),
]
