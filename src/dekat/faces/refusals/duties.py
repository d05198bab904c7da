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
}
