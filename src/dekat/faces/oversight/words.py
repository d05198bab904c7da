"""What oversight pages say for codes: reasons, what must be done, events with their icons."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dekat.equipment.kinds import Consumable, DeviceKind, FaultKind
from dekat.kernel.canonical import Json
from dekat.ledger.rules import SignedEvent

Text = str | Promise

# Reason code: what is wrong, and what clears it.
REASONS: dict[str, tuple[Text, Text]] = {
    "NOT_DELIVERED": (_("Pemasok belum menyerahkan alat."), _("kirim alat dan tandatangani BAST")),
    "NO_HANDOVER": (_("Alat belum diserahkan ke kecamatan dengan BAST."), _("serahkan alat dengan BAST")),
    "HANDOVER_OPEN": (_("Alat ditawarkan dengan BAST, penerima belum menjawab."), _("terima atau tolak alat")),
    "NOT_INSTALLED": (_("Alat belum dipasang dan diuji."), _("pasang dan uji alat")),
    "DIVERTED": (_("Alat ditemukan dipakai untuk pekerjaan lain."), _("kembalikan alat ke tugasnya")),
    "NO_ACCESS_RIGHT": (_("Hak akses SIAK belum ada."), _("beri hak akses")),
    "NO_INSTRUCTION": (_("Petunjuk belum pernah sampai di kecamatan."), _("kirim petunjuk")),
    "NOT_ACKNOWLEDGED": (_("Petunjuk sudah sampai, belum dinyatakan mengerti."), _("baca dan nyatakan mengerti")),
    "NO_OPERATOR": (_("Belum ada operator yang ditunjuk."), _("tunjuk operator")),
    "NOT_COMPETENT": (_("Operator belum lulus belajar merekam atau mencetak."), _("dampingi operator sampai lulus")),
    "POWER": (_("Listrik di tempat alat bermasalah."), _("perbaiki listrik")),
    "BROKEN": (_("Alat rusak."), _("perbaiki alat")),
    "SOFTWARE": (_("Aplikasi pada alat tidak berjalan."), _("pulihkan aplikasi")),
    "LOGIN_LOST": (_("Tidak ada yang dapat masuk: nama masuk atau sandi hilang."), _("buat sandi baru")),
    "WORN_OUT": (_("Alat rusak berat atau aus."), _("ganti alat atau usulkan penghapusan")),
    "NO_CONSUMABLE": (_("Bahan habis pakai tidak ada."), _("kirim bahan habis pakai")),
    "NO_BLANK": (_("Blangko tidak ada."), _("kirim blangko")),
    "NETWORK_LOCAL": (_("Jaringan di kecamatan putus."), _("pulihkan jaringan")),
    "CENTRE_UNREACHABLE": (_("Server Dispendukcapil tidak terjangkau."), _("hidupkan kembali server")),
    "NETWORK_CENTRAL": (_("Jaringan pusat tidak terjangkau."), _("pulihkan sambungan pusat")),
    "UNKNOWN": (_("Tidak ada tanda dan tidak ada laporan."), _("buka stasiun dan laporkan keadaannya")),
    "NO_DEMAND": (_("Semua siap, tetapi tidak ada warga yang datang."), _("umumkan layanan kepada warga")),
}

VIA: dict[str, Text] = {
    "RULE": _("menurut aturan"),
    "QUESTION": _("ditanya, belum menjawab"),
    "WAITING": _("ditunggu pihak lain"),
    "OBLIGATION": _("kewajiban dengan tenggat"),
    "ESCALATION": _("naik karena tenggat lewat"),
}

# How a turn came to its holder, as `duties.holder.How` and the states name it.
HOW: dict[str, Text] = {
    "RULE": _("aturan menunjuk"),
    "QUESTION": _("ditanya"),
    "WAITING": _("ditunggu"),
    "BACK": _("kembali sesudah jawaban"),
    "OBLIGATION": _("dipanggil Sekda"),
    "MET": _("kewajiban dipenuhi, aturan menunjuk lagi"),
    "MISSED": _("naik karena tenggat dilewati"),
    "IN_USE": _("alat bekerja, tidak ada giliran"),
    "WRITTEN_OFF": _("alat dihapus, tidak ada giliran"),
}

# The links of a device's chain, as a step that is done or not.
CHAIN: dict[str, Text] = {
    "delivered": _("Diterima dari pemasok"),
    "handed_over": _("Diserahkan ke kecamatan dengan BAST"),
    "installed": _("Dipasang dan diuji"),
    "own_use": _("Dipakai untuk tugasnya sendiri"),
    "access": _("Hak akses ada"),
    "instruction": _("Petunjuk sampai"),
    "acknowledged": _("Petunjuk dimengerti operator dan camat"),
    "operator": _("Operator ditunjuk"),
    "competent": _("Operator cakap"),
    "power": _("Listrik baik"),
    "fault_free": _("Tidak ada gangguan"),
    "consumables": _("Bahan habis pakai ada"),
    "local_network": _("Jaringan kecamatan tersambung"),
    "centre": _("Server Dispendukcapil terjangkau"),
    "national": _("Jaringan pusat terjangkau"),
    "opened": _("Stasiun dibuka"),
    "demand": _("Warga dilayani"),
}

DESKS: dict[str, Text] = {
    "OPERATOR": _("operator"),
    "DISTRICT_HEAD": _("camat"),
    "SECTION_HEAD": _("kepala seksi"),
    "REGISTRY_HEAD": _("kepala dinas"),
    "REGIONAL_SECRETARY": _("Sekda"),
    "NATIONAL_CENTRE": _("pusat"),
    "NETWORK_OFFICE": _("Diskominfo"),
    "SUPPLIER": _("pemasok"),
    "PARLIAMENT": _("DPRD"),
    "INSPECTORATE": _("Inspektorat"),
}

LINKS: dict[str, Text] = {
    "LOCAL": _("Jaringan kecamatan"),
    "CENTRE": _("Ke Dispendukcapil"),
    "NATIONAL": _("Ke pusat"),
}

WHY: dict[str, Text] = {
    "NO_ROUTE": _("komputer tidak punya jalan keluar"),
    "SILENT": _("tidak ada yang menjawab"),
    "PORTAL": _("halaman masuk Wi-Fi yang menjawab"),
    "INTERCEPTED": _("disela: sertifikat pihak lain"),
    "PROXY": _("proksi kantor menolak"),
    "AWAY": _("jalur baik, server tidak menjawab"),
    "REFUSED": _("server menolak komputer ini"),
    "THROTTLED": _("pusat membatasi jumlah layanan"),
}

# Within a reason code: what broke the device, where somebody found out.
CAUSES: dict[str, Text] = {
    "LIGHTNING": _("petir"),
    "UNSTABLE_MAINS": _("listrik tidak stabil"),
    "AGE": _("usia alat"),
    "IDLENESS": _("terlalu lama tidak dipakai"),
    "WATER": _("air"),
    "PESTS": _("tikus atau serangga"),
    "HANDLING": _("salah pakai"),
    "NOT_FOUND": _("penyebab belum ditemukan"),
}

_EVENTS: dict[str, tuple[str, Text]] = {
    "equipment.contract.signed": ("writing-sign", _("Kontrak ditandatangani")),
    "equipment.contract.paid": ("coin", _("Kontrak dibayar, ada SP2D")),
    "equipment.device.bought": ("coin", _("Alat dibeli")),
    "equipment.device.delivered": ("truck-delivery", _("Diterima dari pemasok, ada BAST")),
    "equipment.device.handed_over": ("signature", _("Diserahkan ke kecamatan, ada BAST")),
    "equipment.handover.offered": ("signature", _("Ditawarkan dengan BAST")),
    "equipment.handover.accepted": ("signature", _("Diterima, BAST ditandatangani")),
    "equipment.handover.declined": ("x", _("Penerima menolak alat")),
    "equipment.device.returned": ("arrow-left", _("Kembali ke gudang Dispendukcapil")),
    "equipment.device.transferred": ("refresh", _("Pengguna barang berganti (mutasi)")),
    "equipment.device.use_status_set": ("gavel", _("Status penggunaan ditetapkan")),
    "equipment.device.written_off": ("trash", _("Dihapus dari daftar barang")),
    "equipment.paper.attached": ("paperclip", _("Pindaian naskah disimpan")),
    "equipment.tower.assigned": ("network", _("Wilayah layanan menara disebut")),
    "equipment.maintenance.planned": ("calendar-event", _("Perawatan dijadwalkan")),
    "equipment.maintenance.done": ("tools", _("Perawatan selesai")),
    "equipment.warranty.recorded": ("shield-check", _("Garansi dicatat")),
    "equipment.stock_take.opened": ("list-check", _("Opname dibuka")),
    "equipment.stock_take.seen": ("qrcode", _("Label dipindai saat opname")),
    "equipment.stock_take.closed": ("lock", _("Opname ditutup")),
    "equipment.consumable.counted": ("package", _("Persediaan dihitung")),
    "equipment.device.installed": ("tools", _("Dipasang dan diuji")),
    "equipment.device.condition_recorded": ("checkup-list", _("Keadaan alat dicatat")),
    "equipment.fault.reported": ("alert-triangle", _("Gangguan dilaporkan")),
    "equipment.fault.cleared": ("tool", _("Gangguan selesai")),
    "equipment.diversion.recorded": ("camera", _("Ditemukan dipakai untuk pekerjaan lain")),
    "equipment.diversion.cleared": ("check", _("Kembali ke tugasnya")),
    "equipment.access.requested": ("key", _("Hak akses diminta")),
    "equipment.access.granted": ("lock-open", _("Hak akses diterima")),
    "equipment.consumable.ran_out": ("package", _("Bahan habis")),
    "equipment.consumable.restocked": ("package", _("Bahan tersedia lagi")),
    "equipment.claim.made": ("message-circle", _("Pernyataan tanpa bukti")),
    "duties.instruction.issued": ("send", _("Petunjuk diterbitkan")),
    "duties.instruction.delivered": ("mail", _("Petunjuk sampai di stasiun")),
    "duties.instruction.shown": ("eye", _("Petunjuk dibuka di layar")),
    "duties.instruction.acknowledged": ("circle-check", _("Petunjuk dinyatakan dimengerti")),
    "duties.instruction.withdrawn": ("x", _("Petunjuk dicabut")),
    "duties.question.asked": ("help-circle", _("Kecamatan bertanya")),
    "duties.question.answered": ("message-circle", _("Pertanyaan dijawab")),
    "duties.question.published": ("world", _("Tanya jawab terbit untuk semua")),
    "duties.waiting.declared": ("hourglass", _("Menunggu pihak lain")),
    "duties.waiting.ended": ("check", _("Tidak menunggu lagi")),
    "duties.operator.assigned": ("user-plus", _("Operator ditunjuk")),
    "duties.operator.released": ("user-x", _("Operator berhenti bertugas")),
    "duties.competence.recorded": ("school", _("Kecakapan operator")),
    "training.lesson.read": ("school", _("Pelajaran dibaca operator")),
    "training.quiz.taken": ("list-check", _("Pertanyaan belajar dijawab")),
    "training.practice.finished": ("player-play", _("Latihan merekam selesai")),
    "duties.obligation.set": ("gavel", _("Kewajiban ditetapkan")),
    "duties.obligation.reported": ("send", _("Kewajiban dilaporkan selesai")),
    "duties.obligation.sent_back": ("refresh", _("Laporan dikembalikan")),
    "duties.obligation.met": ("circle-check", _("Kewajiban dipenuhi")),
    "duties.hearing.scheduled": ("calendar-event", _("Rapat dengar pendapat dijadwalkan")),
    "duties.hearing.held": ("users-group", _("Rapat dengar pendapat selesai")),
    "duties.visit.recorded": ("map-pin", _("Kunjungan kerja dicatat")),
    "duties.reply.recorded": ("message-circle", _("Hak jawab dipakai")),
    "ledger.heads.published": ("shield-check", _("Ujung semua rantai diterbitkan")),
    "duties.closure.declared": ("calendar-event", _("Hari tutup kantor ditetapkan")),
    "duties.closure.withdrawn": ("calendar-event", _("Hari tutup kantor dicabut")),
    "readings.link.probed": ("wifi", _("Jaringan diukur")),
    "readings.clock.jumped": ("clock", _("Jam komputer digeser")),
    "readings.device.used": ("fingerprint", _("Alat dipakai, ditandatangani alat")),
    "readings.device.self_tested": ("checkup-list", _("Alat diuji oleh operator")),
    "readings.device.test_missed": ("alert-triangle", _("Uji mingguan alat terlewat")),
    "readings.station.opened": ("home", _("Stasiun dibuka")),
    "accounts.account.opened": ("user-plus", _("Akun petugas dibuka")),
    "accounts.node.founded": ("server", _("Komputer membuat kuncinya")),
    "accounts.node.enrolled": ("server", _("Komputer didaftarkan")),
    "accounts.node.revoked": ("lock", _("Komputer dicabut")),
    "accounts.node.stopped": ("alert-circle", _("Dua komputer mengaku satu stasiun, keduanya dihentikan")),
    "accounts.node.rotation_ordered": ("key", _("Kunci baru diminta")),
    "accounts.node.key_rotated": ("key", _("Kunci stasiun diganti")),
    "accounts.node.life_begun": ("refresh", _("Stasiun memulai jati diri baru")),
    "accounts.node.voice_begun": ("key", _("Komputer memakai kunci barunya")),
    "accounts.enrolment_code.issued": ("key", _("Kode pendaftaran dibuat oleh dua pejabat")),
    "accounts.centre_key.rotated": ("key", _("Kunci Dispendukcapil diganti")),
    "accounts.centre_key.followed": ("key", _("Kunci baru Dispendukcapil dikenali")),
    "sync.station.admitted": ("server", _("Stasiun masuk dengan kode sekali pakai")),
    "sync.revoked_station.seen": ("alert-triangle", _("Stasiun yang dicabut mencoba tersambung")),
    "sync.item.lost": ("alert-circle", _("Kiriman hilang, tanda terimanya ada")),
    "sync.recovery_key.made": ("key", _("Kunci pemulihan dibuat")),
    "sync.recovery_key.drilled": ("checkup-list", _("Kunci pemulihan dilatih")),
    "registry.families.registered": ("users", _("Keluarga didaftarkan")),
    "registry.family.registered": ("users", _("Keluarga didaftarkan")),
    "registry.population.imported": ("database", _("Data penduduk diimpor")),
    "registry.resident.element_changed": ("edit", _("Data penduduk diubah")),
    "registry.resident.state_changed": ("user", _("Keadaan penduduk diubah")),
    "registry.resident.nik_given": ("id", _("NIK dicatat")),
    "registry.life_event.recorded": ("users", _("Peristiwa kependudukan dicatat")),
    "registry.correction.proposed": ("user", _("Pembetulan data induk diusulkan")),
    "registry.correction.confirmed": ("edit", _("Pembetulan disahkan petugas kedua")),
    "registry.correction.withdrawn": ("user", _("Usulan pembetulan ditarik")),
    "registry.family.head_changed": ("users", _("Kepala keluarga diganti")),
    "enrolment.recording.started": ("face-id", _("Perekaman dimulai")),
    "enrolment.recording.step_saved": ("device-floppy", _("Langkah perekaman tersimpan")),
    "enrolment.recording.sealed": ("lock", _("Rekaman disegel")),
    "enrolment.recording.discarded": ("trash", _("Perekaman dibatalkan")),
    "sync.packet.sealed": ("package", _("Paket siap dikirim")),
    "sync.packet.received": ("package", _("Paket diterima utuh")),
    "national.domicile.declared": ("home", _("Warga memilih domisili")),
    "national.domicile.passed_on": ("send", _("Pilihan domisili diteruskan ke pusat")),
    "national.number.asked": ("building", _("Nomor diminta kepada pusat")),
    "national.number.sent": ("send", _("Permintaan nomor sampai di pusat")),
    "national.number.given": ("building", _("Pusat memberi nomor")),
    "national.recording.status_changed": ("building", _("Kabar dari pusat")),
    "documents.document.issued": ("file-text", _("Dokumen terbit")),
    "documents.document.superseded": ("file-text", _("Dokumen diganti yang baru")),
    "documents.document.revoked": ("file-text", _("Dokumen dicabut")),
    "cases.application.submitted": ("send", _("Permohonan masuk")),
    "cases.application.taken": ("eye", _("Permohonan mulai diperiksa")),
    "cases.application.sent_back": ("refresh", _("Permohonan dikembalikan")),
    "cases.application.answered": ("message-circle", _("Pemohon menjawab")),
    "cases.application.approved": ("check", _("Permohonan disetujui")),
    "cases.application.issued": ("signature", _("Permohonan selesai, dokumen terbit")),
    "cases.application.printed": ("printer", _("Dokumen pemohon dicetak")),
    "cases.application.unprinted": ("printer", _("Cetakan dokumen gagal")),
    "cases.application.collected": ("user-check", _("Dokumen diambil pemohon")),
    "cases.application.ended": ("check", _("Permohonan selesai, tidak ada yang diambil")),
    "printing.sheet.asked": ("printer", _("Cetakan diminta")),
    "printing.sheet.printed": ("printer", _("Lembar tercetak baik")),
    "printing.sheet.found": ("printer", _("Lembar dihitung di baki")),
    "printing.sheet.never_came": ("printer", _("Cetakan tidak keluar")),
    "printing.sheet.left_alone": ("printer", _("Cetakan tidak ditunggu lagi")),
    "printing.sheet.came_late": ("printer", _("Lembar keluar belakangan")),
    "printing.sheet.spoiled": ("printer", _("Lembar rusak")),
    "printing.sheet.cancelled": ("printer", _("Cetakan dibatalkan")),
    "printing.sheet.collected": ("user-check", _("Lembar diserahkan")),
    "cards.blanks.received": ("id", _("Blangko diterima")),
    "cards.blank.spoiled": ("id", _("Blangko rusak")),
    "cards.card.queued": ("id", _("Kartu menunggu dicetak")),
    "cards.card.printed": ("id", _("Kartu dicetak")),
    "cards.card.written_off": ("id", _("Kartu rusak, dicetak lagi")),
    "cards.batch.packed": ("package", _("Kartu dikemas dan disegel")),
    "cards.batch.sent": ("truck-delivery", _("Kiriman kartu berangkat")),
    "cards.batch.counted": ("checkup-list", _("Isi kiriman kartu dihitung")),
    "cards.card.handed_over": ("user-check", _("Kartu diserahkan")),
    "openings.record.opened": ("eye", _("Data warga dibuka, dengan keperluan")),
    "openings.record.refused": ("hand-stop", _("Pembukaan data warga ditolak")),
    "alerts.dispatch.sent": ("mail", _("Pemegang giliran diberi tahu")),
    "alerts.dispatch.given_up": ("mail", _("Pemberitahuan tidak sampai")),
    "alerts.contact.changed": ("settings", _("Cara diberi tahu diubah")),
}


def reason(code: str) -> Text:
    """What is wrong, as a sentence."""
    return REASONS[code][0] if code in REASONS else code


def to_do(code: str) -> Text:
    """What clears it, to follow a name and a colon."""
    return REASONS[code][1] if code in REASONS else code


def event_icon(event: SignedEvent) -> str:
    """The icon of an event."""
    return _EVENTS.get(event.name, ("file-text", ""))[0]


def event_title(event: SignedEvent) -> Text:
    """An event in a few words."""
    return _EVENTS.get(event.name, ("", event.name))[1]


def event_detail(event: SignedEvent) -> str:
    """The fact of an event that a reader wants beside its title."""
    data = event.data
    parts = [str(data[key]) for key in ("bast", "number", "title", "what", "decree", "payment_order") if data.get(key)]
    parts += [_choice(data.get("kind"), FaultKind.choices), _choice(data.get("item"), Consumable.choices)]
    if "role" in data:
        parts.append(str(DESKS.get(str(data["role"]), "")))
    if "is_passed" in data:
        parts.append(str(_("lulus") if data["is_passed"] else _("belum lulus")))
    if "count" in data:
        parts.append(f"{data['count']} ×")
    if "score" in data:
        parts.append(f"{_('nilai')} {data['score']}")
    if "is_up" in data:
        parts.append(f"{_('tersambung')}, {data.get('latency_ms')} md" if data["is_up"] else str(_("putus")))
    return " · ".join(part for part in parts if part)


def kind_label(kind: str) -> str:
    """A kind of device in words."""
    return _choice(kind, DeviceKind.choices) or kind


def cleared_by(names: Iterable[str]) -> str:
    """The events that clear a rule, by their titles."""
    return ", ".join(dict.fromkeys(str(_EVENTS.get(name, ("", name))[1]).lower() for name in names))


def item_label(item: str) -> str:
    """A supply in words."""
    return _choice(item, Consumable.choices) or item


def _choice(value: Json, choices: list[tuple[str, str]]) -> str:
    return next((str(label) for key, label in choices if key == value), "")
