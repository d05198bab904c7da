"""Where a sealed recording is, in one plain sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.queries import RecordingRow
from dekat.enrolment.states import Status
from dekat.faces.clock import today
from dekat.faces.ui.words import duration, long_date
from dekat.sync.queries import PacketStatus, packet_status
from dekat.sync.rules import WAITING, OutState

_STATUS: dict[str, str | Promise] = {
    Status.BIO_CAPTURED: gettext_lazy("di Dispendukcapil, diterima"),
    Status.PROCESSING: gettext_lazy("di Dispendukcapil, sedang diperiksa"),
    Status.SENT_FOR_ENROLLMENT: gettext_lazy("dikirim ke pusat"),
    Status.RECEIVED_AT_CENTRAL: gettext_lazy("di pusat, sedang diperiksa"),
    Status.ENROLL_FAILURE_AT_CENTRAL: gettext_lazy("tidak terbaca di pusat, perlu rekam ulang"),
    Status.ENROLL_FAILURE_AT_REGIONAL: gettext_lazy("tidak terbaca di kabupaten, perlu rekam ulang"),
    Status.SEARCH_FAILURE_AT_CENTRAL: gettext_lazy("di pusat, diperiksa ulang"),
    Status.ADJUDICATE_RECORD: gettext_lazy("di pusat, petugas memeriksa kemiripan"),
    Status.DUPLICATE_RECORD: gettext_lazy("tercatat ganda, warga perlu memilih domisili"),
    Status.PRINT_READY_RECORD: gettext_lazy("siap cetak"),
    Status.SENT_FOR_CARD_PRINTING: gettext_lazy("menunggu cetak kartu"),
    Status.CARD_PRINTED: gettext_lazy("kartu sudah dicetak"),
    Status.CARD_SHIPPED: gettext_lazy("kartu dalam perjalanan ke kecamatan"),
    Status.CARD_ISSUED: gettext_lazy("kartu sudah di tangan warga"),
}
_BAD = (Status.ENROLL_FAILURE_AT_CENTRAL, Status.ENROLL_FAILURE_AT_REGIONAL, Status.DUPLICATE_RECORD)
_GOOD = (Status.PRINT_READY_RECORD, Status.CARD_PRINTED, Status.CARD_SHIPPED, Status.CARD_ISSUED)


@dataclass(frozen=True)
class Whereabouts:
    """A sentence with since when, and its tone."""

    text: str
    since: str
    tone: str


def of(row: RecordingRow, *, now: datetime) -> Whereabouts:
    """Say where a sealed recording is and for how long."""
    if row.status_at is not None:
        text = str(_STATUS.get(row.status, row.status))
        if row.status == Status.PRINT_READY_RECORD and row.card_from and row.card_from > today(now):
            text = gettext("menunggu ulang tahun ke-17, %(day)s") % {"day": long_date(row.card_from)}
        tone = "bad" if row.status in _BAD else "ok" if row.status in _GOOD else "info"
        return Whereabouts(text, duration(now - row.status_at), tone)
    packet = packet_status(row.id)
    if packet is None or packet.state in WAITING:
        return Whereabouts(_waiting(packet), duration(now - (row.sealed_at or now)), "warn")
    since = duration(now - (packet.received_at or row.touched_at))
    if packet.state == OutState.HELD:
        return Whereabouts(gettext("di kecamatan, berkas hilang: buka Disisihkan"), since, "bad")
    if packet.state == OutState.QUARANTINED and packet.received_at is None:
        return Whereabouts(gettext("di kecamatan, disisihkan: buka Disisihkan"), since, "bad")
    if packet.state == OutState.QUARANTINED:
        return Whereabouts(gettext("di Dispendukcapil, ditahan untuk diperiksa"), since, "bad")
    return Whereabouts(gettext("di Dispendukcapil, diterima"), duration(now - (packet.received_at or now)), "info")


def _waiting(packet: PacketStatus | None) -> str:
    """Safe here; how much of it is at the office already, once some of it is."""
    if packet is None or not packet.sent_bytes or not packet.size_bytes:
        return gettext("di kecamatan, menunggu jaringan")
    share = {"share": 100 * packet.sent_bytes // packet.size_bytes}
    return gettext("aman di kecamatan, %(share)s%% sudah terkirim") % share
