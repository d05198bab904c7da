"""The closed lists of applications that other layers may name."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where an application stands."""

    SUBMITTED = "SUBMITTED", "Diterima, menunggu diperiksa"
    IN_REVIEW = "IN_REVIEW", "Sedang diperiksa"
    RETURNED = "RETURNED", "Menunggu jawaban pemohon"
    NUMBERING = "NUMBERING", "Disetujui, menunggu nomor dari pusat"
    APPROVED = "APPROVED", "Disetujui, menunggu tanda tangan"
    ISSUED = "ISSUED", "Dokumen terbit"
    PRINTED = "PRINTED", "Siap diambil"
    COLLECTED = "COLLECTED", "Sudah diambil"
    ENDED = "ENDED", "Selesai, tidak ada yang perlu diambil"


class Channel(TextChoices):
    """Where an application was made."""

    STATION = "STATION", "Kecamatan"
    PORTAL = "PORTAL", "Dari rumah"
    OFFICE = "OFFICE", "Dispendukcapil"


class ReturnReason(TextChoices):
    """Why an application goes back, in the words that its owner reads."""

    IDENTITY_MISMATCH = "IDENTITY_MISMATCH", "NIK dan nomor KK tidak cocok"
    EVIDENCE_MISSING = "EVIDENCE_MISSING", "Bukti belum dilampirkan"
    EVIDENCE_UNREADABLE = "EVIDENCE_UNREADABLE", "Foto bukti tidak terbaca"
    EVIDENCE_DIFFERS = "EVIDENCE_DIFFERS", "Isi bukti berbeda dengan permintaan"
    NOT_ALLOWED = "NOT_ALLOWED", "Permintaan tidak boleh dilaksanakan"


WHAT_TO_DO: dict[ReturnReason, str] = {
    ReturnReason.IDENTITY_MISMATCH: "Periksa 16 angka NIK dan 16 angka nomor KK pada KK asli, lalu ajukan sekali lagi.",
    ReturnReason.EVIDENCE_MISSING: "Foto bukti yang diminta, lalu kirim dari halaman ini atau bawa ke kecamatan.",
    ReturnReason.EVIDENCE_UNREADABLE: "Foto lagi surat aslinya di tempat terang, lalu kirim dari halaman ini.",
    ReturnReason.EVIDENCE_DIFFERS: "Bandingkan permintaan dengan surat bukti, lalu kirim bukti yang sesuai.",
    ReturnReason.NOT_ALLOWED: "Baca penjelasan di bawah, lalu ajukan permohonan baru yang sesuai.",
}


class PaperState(TextChoices):
    """Where one paper of an application is; ENDED: a newer one took its place first, or its owner died."""

    ISSUED = "ISSUED", "Terbit"
    PRINTED = "PRINTED", "Siap diambil"
    COLLECTED = "COLLECTED", "Sudah diambil"
    ENDED = "ENDED", "Tidak perlu diambil lagi"
