"""Why an item stands aside, what a person does about it and whose turn it is: one sentence of each for every code.

A code is kept without its facts, so a code whose ordinary words need facts has words of its own here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.faces.refusals.words import all_words

Text = str | Promise
OFFICE, KECAMATAN, UPDATE, NOBODY = "DISPENDUKCAPIL", "KECAMATAN", "UPDATE", "NOBODY"
TURNS: Mapping[str, Text] = {
    OFFICE: gettext_lazy("Dispendukcapil"),
    KECAMATAN: gettext_lazy("Kecamatan"),
    UPDATE: gettext_lazy("Pengelola Dekat di Dispendukcapil"),
    NOBODY: gettext_lazy("Tidak ada"),
}


@dataclass(frozen=True)
class AsideWords:
    """What is said of one code; `turn` is a key of `TURNS`."""

    why: Text
    do_now: Text
    turn: str = OFFICE


_LET_IN = gettext_lazy("Betulkan sebabnya, lalu tekan Proses.")
_NOT_OURS = gettext_lazy("Tutup dengan alasan, dan minta kecamatan memeriksa komputernya.")
_TWO_MACHINES = gettext_lazy(
    "Telepon kecamatan: apakah komputernya disalin atau diganti? Sesudah jelas, proses atau tutup satu per satu."
)
# At the centre. What is not here says what its ordinary words say, and is tried again or closed.
AT_CENTRE: Mapping[str, AsideWords] = {
    "areas.area.unknown": AsideWords(gettext_lazy("Kiriman menyebut kode wilayah yang tidak ada di sini."), _LET_IN),
    "cards.card.may_not_move": AsideWords(
        gettext_lazy("Kabar kartu tidak cocok dengan keadaan kartu itu sekarang."),
        gettext_lazy("Buka Kartu dan cocokkan dengan catatan kecamatan, lalu tekan Proses atau tutup dengan alasan."),
    ),
    "cases.answers.incomplete": AsideWords(
        gettext_lazy("Permohonan itu datang tanpa satu jawaban yang harus ada."),
        gettext_lazy("Minta kecamatan mengajukan lagi dengan Dekat versi baru, lalu tutup kiriman ini."),
        KECAMATAN,
    ),
    "cases.answers.wrong": AsideWords(
        gettext_lazy("Satu jawaban pada permohonan itu tidak bisa dipakai."),
        gettext_lazy("Minta kecamatan mengajukan lagi dengan jawaban yang betul, lalu tutup kiriman ini."),
        KECAMATAN,
    ),
    "cases.application.move_forbidden": AsideWords(
        gettext_lazy("Permohonan itu sudah berubah keadaan sebelum kabar ini tiba."),
        gettext_lazy("Buka permohonannya. Bila isinya sudah tercatat, tutup kiriman ini dengan alasan."),
    ),
    "cases.attachment.too_many": AsideWords(
        gettext_lazy("Permohonan itu membawa terlalu banyak foto."),
        gettext_lazy("Minta kecamatan mengajukan lagi dengan foto lebih sedikit, lalu tutup kiriman ini."),
        KECAMATAN,
    ),
    "desk.appointment.over": AsideWords(
        gettext_lazy("Janji itu sudah lewat atau dibatalkan sebelum kabar ini tiba."),
        gettext_lazy("Tidak ada yang perlu dibetulkan. Tutup kiriman ini dengan alasan."),
    ),
    "enrolment.packet.unreadable": AsideWords(
        gettext_lazy("Isi rekaman tidak terbaca oleh Dekat versi ini."),
        gettext_lazy("Perbarui Dekat di kantor lalu tekan Proses. Bila tetap begitu, minta kecamatan merekam ulang."),
        UPDATE,
    ),
    "equipment.bast.already_used": AsideWords(
        gettext_lazy("Nomor BAST dalam kabar ini sudah dipakai."),
        gettext_lazy("Minta kecamatan menawarkan lagi dengan nomor BAST lain, lalu tutup kiriman ini."),
        KECAMATAN,
    ),
    "equipment.handover.not_in_your_hands": AsideWords(
        gettext_lazy("Kecamatan menawarkan alat yang menurut daftar tidak di tangannya."),
        gettext_lazy("Cocokkan BAST alat itu, betulkan daftarnya, lalu tekan Proses atau tutup dengan alasan."),
    ),
    "flows.recording.elsewhere": AsideWords(
        gettext_lazy("Rekaman menyebut kecamatan lain daripada komputer yang mengirimnya."),
        gettext_lazy("Periksa pendaftaran komputer kecamatan itu, betulkan, lalu tekan Proses."),
    ),
    "flows.recording.resident_unknown": AsideWords(
        gettext_lazy("Warga pada rekaman ini tidak ada dalam data penduduk kabupaten."),
        gettext_lazy("Muat salinan penduduk terbaru dari pusat, lalu tekan Proses."),
    ),
    "flows.renew_password.strange_officer": AsideWords(
        gettext_lazy("Komputer itu mengabarkan sandi petugas yang bukan dari kecamatannya."),
        gettext_lazy("Periksa tempat tugas petugas itu. Bila salah kirim, tutup dengan alasan."),
    ),
    "flows.station.elsewhere": AsideWords(
        gettext_lazy("Kabar ini tentang kecamatan lain daripada komputer yang mengirimnya."),
        gettext_lazy("Periksa pendaftaran komputer itu, betulkan, lalu tekan Proses."),
    ),
    "kernel.sealing.seal_broken": AsideWords(
        gettext_lazy("Segel kiriman ini tidak terbuka dengan kunci kantor."),
        gettext_lazy("Pulihkan kunci kantor dari cadangan lalu tekan Proses. Bila tetap begitu, minta rekam ulang."),
    ),
    "ledger.chain.broken": AsideWords(gettext_lazy("Catatan komputer itu tidak bersambung."), _TWO_MACHINES),
    "ledger.chain.key_changed": AsideWords(
        gettext_lazy("Catatan komputer itu ditandatangani kunci yang lain."), _TWO_MACHINES
    ),
    "national.status_may_not_follow": AsideWords(
        gettext_lazy("Status pada kiriman ini tidak dapat mengikuti status rekaman sekarang."), _LET_IN
    ),
    "registry.code.unknown": AsideWords(
        gettext_lazy("Isian pada kiriman ini tidak ada dalam daftar yang berlaku."), _LET_IN
    ),
    "registry.element.empty": AsideWords(gettext_lazy("Satu isian data warga kosong."), _LET_IN),
    "registry.element.too_long": AsideWords(gettext_lazy("Satu isian data warga terlalu panjang."), _LET_IN),
    "registry.element.unchanged": AsideWords(
        gettext_lazy("Data warga sudah sama dengan yang diminta."), gettext_lazy("Tutup kiriman ini dengan alasan.")
    ),
    "registry.name.too_long": AsideWords(gettext_lazy("Nama pada kiriman ini terlalu panjang."), _LET_IN),
    "registry.resident.not_active": AsideWords(
        gettext_lazy("Data warga pada kiriman ini tidak aktif."),
        gettext_lazy("Periksa status warga itu dalam data penduduk, lalu proses atau tutup."),
    ),
    "registry.state.may_not_move": AsideWords(
        gettext_lazy("Status warga tidak dapat berubah seperti yang diminta."),
        gettext_lazy("Periksa status warga itu dalam data penduduk, lalu proses atau tutup."),
    ),
    "sync.aside.closed": AsideWords(
        gettext_lazy("Sudah ditutup tanpa diproses."), gettext_lazy("Tidak ada yang perlu dikerjakan."), NOBODY
    ),
    "sync.envelope.malformed": AsideWords(gettext_lazy("Kiriman ini rusak."), _NOT_OURS),
    "sync.envelope.not_for_us": AsideWords(gettext_lazy("Kiriman ini disegel untuk kabupaten lain."), _NOT_OURS),
    "sync.envelope.signature_invalid": AsideWords(
        gettext_lazy("Tanda tangan kiriman ini bukan dari komputer yang disebutnya."), _NOT_OURS
    ),
    "sync.envelope.too_large": AsideWords(gettext_lazy("Kiriman ini lebih besar dari yang boleh."), _NOT_OURS),
    "sync.feed.fault": AsideWords(
        gettext_lazy("Dekat versi ini tersandung pada kabar itu."),
        gettext_lazy("Perbarui Dekat; sesudah itu dibaca lagi sendiri."),
        UPDATE,
    ),
    "sync.feed.kind_unknown": AsideWords(
        gettext_lazy("Jenis kabar ini belum dikenal Dekat versi ini."),
        gettext_lazy("Perbarui Dekat; sesudah itu dibaca sendiri."),
        UPDATE,
    ),
    "sync.item.chain_broken": AsideWords(
        gettext_lazy("Nomor urut kiriman ini tidak menyambung pada kiriman sebelumnya."), _TWO_MACHINES
    ),
    "sync.item.conflict": AsideWords(
        gettext_lazy("Ada dua kiriman berbeda untuk satu nomor; keduanya disimpan."), _TWO_MACHINES
    ),
    "sync.item.kind_unknown": AsideWords(
        gettext_lazy("Jenis kiriman ini belum dikenal Dekat versi ini."),
        gettext_lazy("Perbarui Dekat di kantor; sesudah itu diproses sendiri."),
        UPDATE,
    ),
    "sync.message.malformed": AsideWords(
        gettext_lazy("Isi kiriman ini tidak sesuai dengan jenisnya."),
        gettext_lazy("Perbarui Dekat di kantor lalu tekan Proses. Bila tetap begitu, tutup dengan alasan."),
        UPDATE,
    ),
    "sync.station.revoked": AsideWords(
        gettext_lazy("Komputer pengirimnya sudah dicabut kepercayaannya."),
        gettext_lazy("Pastikan siapa yang memakai komputer itu. Rekaman yang sah boleh diproses satu per satu."),
    ),
    "sync.station.unknown": AsideWords(
        gettext_lazy("Komputer pengirimnya belum terdaftar di sini."),
        gettext_lazy("Daftarkan komputer itu, lalu tekan Proses."),
    ),
    "sync.wire.malformed": AsideWords(
        gettext_lazy("Dekat di kecamatan mengirim dengan cara yang tidak dikenal kantor."),
        gettext_lazy("Perbarui Dekat di kecamatan dan di kantor ke versi yang sama."),
        UPDATE,
    ),
    "sync.stick.foreign": AsideWords(
        gettext_lazy("Kiriman ini dari stik komputer lain."),
        gettext_lazy("Kembalikan stik kepada pemiliknya."),
        KECAMATAN,
    ),
}
_AT_OFFICE = gettext_lazy("Tidak perlu dikirim atau direkam ulang. Dispendukcapil memeriksanya dan memberi kabar.")
_SEND_AGAIN = gettext_lazy("Tekan Kirim lagi. Bila disisihkan lagi, telepon Dispendukcapil dan sebutkan nomornya.")
# At a station: what only a station can know, or must hear differently. Everything else is said as at the centre.
AT_STATION: Mapping[str, AsideWords] = {
    "sync.aside.closed": AsideWords(
        gettext_lazy("Dispendukcapil menutup kiriman ini tanpa memprosesnya; salinannya tetap disimpan."),
        gettext_lazy("Telepon Dispendukcapil untuk alasannya sebelum memanggil warga kembali."),
        KECAMATAN,
    ),
    "sync.envelope.malformed": AsideWords(
        gettext_lazy("Dispendukcapil tidak dapat membaca berkas ini."), _SEND_AGAIN, KECAMATAN
    ),
    "sync.envelope.not_for_us": AsideWords(
        gettext_lazy("Berkas ini disegel untuk kabupaten lain."),
        gettext_lazy("Telepon Dispendukcapil: kunci kantor pada komputer ini perlu diperiksa."),
        OFFICE,
    ),
    "sync.envelope.too_large": AsideWords(
        gettext_lazy("Berkas ini lebih besar dari yang diterima Dispendukcapil."), _SEND_AGAIN, KECAMATAN
    ),
    "sync.item.conflict": AsideWords(
        gettext_lazy("Dispendukcapil sudah punya kiriman lain dengan nomor ini; keduanya disimpan."),
        gettext_lazy("Telepon Dispendukcapil dan ceritakan apakah komputer ini pernah disalin atau diganti."),
        OFFICE,
    ),
    "sync.outbox.file_damaged": AsideWords(
        gettext_lazy("Berkas tersegel di cakram komputer ini rusak."),
        gettext_lazy("Pasang stik salinan kedua; berkas yang utuh diambil sendiri. Tanpa stik, warga direkam ulang."),
        KECAMATAN,
    ),
    "sync.outbox.file_lost": AsideWords(
        gettext_lazy("Berkas tersegel tidak ada lagi di cakram komputer ini."),
        gettext_lazy("Pasang stik salinan kedua; berkasnya diambil sendiri. Tanpa stik, warga direkam ulang."),
        KECAMATAN,
    ),
    "sync.outbox.lost_at_centre": AsideWords(
        gettext_lazy("Dispendukcapil kehilangan kiriman ini sesudah tanda terimanya diberikan."),
        gettext_lazy("Simpan tanda terimanya dan telepon Dispendukcapil; mereka mencarinya di cadangan."),
        OFFICE,
    ),
    "sync.outbox.number_taken": AsideWords(
        gettext_lazy("Satu berkas tersegel ada di cakram tanpa catatan pada daftar."),
        gettext_lazy("Bawa stik ke Dispendukcapil; berkas ini ikut dan diperiksa di sana."),
        KECAMATAN,
    ),
    "sync.upload.too_large": AsideWords(
        gettext_lazy("Berkas ini kosong atau lebih besar dari yang diterima Dispendukcapil."), _SEND_AGAIN, KECAMATAN
    ),
}
KINDS: Mapping[str, Text] = {
    "alert_contact/1": gettext_lazy("Alamat pemberitahuan petugas"),
    "recording/1": gettext_lazy("Rekaman KTP-el"),
    "recording/2": gettext_lazy("Rekaman KTP-el"),
    "application/1": gettext_lazy("Permohonan"),
    "appointment_news/1": gettext_lazy("Kabar janji"),
    "card_event/1": gettext_lazy("Kabar kartu"),
    "opening/1": gettext_lazy("Pembukaan data warga"),
    "device_photo/1": gettext_lazy("Foto alat"),
    "equipment_word/1": gettext_lazy("Kabar alat"),
    "lost_item/1": gettext_lazy("Kabar kiriman hilang"),
    "password_renewed/1": gettext_lazy("Kabar sandi baru"),
    "print_report/1": gettext_lazy("Laporan cetak"),
    "question/1": gettext_lazy("Pertanyaan kecamatan"),
}


def at_centre(code: str) -> AsideWords:
    """What the office reads about something that stands aside."""
    return AT_CENTRE.get(code) or _ordinary(code, gettext("Betulkan sebabnya, lalu proses atau tutup dengan alasan."))


def at_station(code: str, *, is_at_office: bool) -> AsideWords:
    """What the kecamatan reads; `is_at_office` when the centre holds the item and gave its receipt."""
    if code in AT_STATION:
        return AT_STATION[code]
    words = at_centre(code)
    return AsideWords(words.why, _AT_OFFICE if is_at_office else _SEND_AGAIN, OFFICE if is_at_office else KECAMATAN)


def about_news(code: str) -> AsideWords:
    """What the kecamatan reads about news that could not be taken in: it waits and is read again, nobody sends it."""
    words = at_centre(code)
    return (
        words if words.turn == UPDATE else AsideWords(words.why, gettext("Dibaca lagi sendiri setiap Dekat dimulai."))
    )


def kind_name(kind: str) -> str:
    """What an item is, in the office's words."""
    return str(KINDS.get(kind) or gettext("Kiriman jenis %(kind)s") % {"kind": kind})


def _ordinary(code: str, do_now: str) -> AsideWords:
    found = all_words().get(code)
    if found is None or "{" in found.happened:
        return AsideWords(gettext("Kiriman ini ditolak dengan kode %(code)s.") % {"code": code}, do_now)
    return AsideWords(found.happened, do_now)
