"""Words for the refusals of duties."""

from dekat.faces.refusals.words import Words

WORDS = {
    "duties.evidence.line_invalid": Words(
        "Baris {line} bukan bukti yang sah: {reason}.", "Perbaiki baris itu menurut docs/reference/evidence.md."
    ),
    "duties.evidence.not_empty": Words(
        "Kabupaten ini sudah punya {count} bukti.", "Muat riwayat hanya ke kabupaten yang masih kosong."
    ),
    "duties.evidence.not_json": Words("Baris {line} bukan JSON.", "Tulis satu objek JSON pada setiap baris."),
    "duties.instruction.unknown": Words("Petunjuk itu tidak ada di sini.", "Buka daftar petunjuk dan pilih lagi."),
    "duties.instruction.incomplete": Words(
        "Petunjuk belum lengkap.", "Isi judul, isi, dan paling sedikit satu kecamatan, lalu terbitkan."
    ),
    "duties.instruction.quiz_not_passed": Words(
        "Jawaban benar {right} dari {total}. Belum lulus.", "Baca lagi bagian yang salah, lalu jawab ulang."
    ),
    "duties.question.unknown": Words("Pertanyaan itu tidak ada di sini.", "Buka daftar pertanyaan dan pilih lagi."),
    "duties.question.empty": Words("Pertanyaan belum ditulis.", "Tulis apa yang belum jelas, lalu kirim."),
    "duties.waiting.not_your_turn": Words(
        "Giliran untuk alat ini sekarang ada pada pihak lain.",
        "Hanya yang memegang giliran dapat menunggu pihak lain.",
    ),
    "duties.waiting.for_yourself": Words("Anda tidak dapat menunggu diri sendiri.", "Pilih pihak yang ditunggu."),
    "duties.closure.incomplete": Words(
        "Hari tutup belum lengkap.", "Isi nomor surat keputusan dan paling sedikit satu hari."
    ),
    "duties.closure.in_the_past": Words(
        "Hari itu sudah lewat dan tidak dapat diubah lagi.", "Pilih hari ini atau hari sesudahnya."
    ),
    "duties.obligation.due_in_the_past": Words("Tenggat sudah lewat.", "Pilih hari setelah hari ini."),
    "duties.obligation.unknown": Words("Kewajiban itu tidak ada.", "Buka daftar kewajiban dan pilih lagi."),
    "duties.obligation.not_yours": Words(
        "Kewajiban ini milik pihak lain.",
        "Yang wajib melaporkan; yang menetapkan atau Sekda menerima atau mengembalikannya.",
    ),
    "duties.obligation.already_met": Words("Kewajiban ini sudah dipenuhi.", "Buka riwayatnya untuk melihat buktinya."),
    "duties.obligation.not_reported": Words(
        "Belum ada laporan untuk dikembalikan.", "Tunggu laporan dari pihak yang wajib."
    ),
    "duties.obligation.proof_missing": Words(
        "Laporan belum menyebut bukti.", "Pilih kejadian yang membuktikannya, atau lampirkan satu berkas."
    ),
    "duties.obligation.proof_unknown": Words(
        "Kejadian {proof} tidak ada dalam catatan.", "Salin nomor kejadian dari halaman Catatan."
    ),
    "duties.text.empty": Words("Belum ada yang ditulis.", "Tulis dengan kalimat sendiri, lalu simpan."),
    "duties.text.holds_number": Words(
        "Teks ini memuat 16 angka seperti NIK atau nomor KK.", "Hapus angka itu: teks ini dibaca umum."
    ),
    "duties.file.too_large": Words("Berkas lebih besar dari {most_mb} MB.", "Kirim foto atau PDF yang lebih kecil."),
    "duties.hearing.incomplete": Words(
        "Rapat belum lengkap.", "Pilih hari yang belum lewat dan paling sedikit satu pihak."
    ),
    "duties.hearing.unknown": Words("Rapat itu tidak ada.", "Buka daftar rapat dan pilih lagi."),
    "duties.hearing.not_held": Words("Rapat ini belum dicatat hasilnya.", "Simpan risalah rapat lebih dulu."),
    "duties.visit.incomplete": Words(
        "Kunjungan belum lengkap.", "Pilih waktu yang sudah lewat dan isi paling sedikit satu alat."
    ),
    "duties.reply.not_about_you": Words(
        "Kejadian ini tidak menyebut kantor Anda.", "Hak jawab ada pada pihak yang disebut di dalamnya."
    ),
    "duties.reply.event_unknown": Words("Kejadian itu tidak ada dalam catatan.", "Buka catatan dan pilih lagi."),
}
