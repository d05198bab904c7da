"""Words for the refusals of training."""

from dekat.faces.refusals.words import Words

WORDS = {
    "training.exercise.unknown": Words("Latihan itu tidak ada.", "Buka Belajar merekam dan pilih warga contoh lagi."),
    "training.practice.unknown": Words(
        "Latihan itu tidak ada di kecamatan ini.", "Buka daftar operator dan pilih latihan dari sana."
    ),
    "training.practice.too_old": Words(
        "Latihan itu sudah lebih dari tujuh hari.", "Minta operator berlatih sekali lagi selagi Anda melihat."
    ),
    "training.witness.not_entitled": Words(
        "Yang mengamati harus camat, atau operator lain yang cakap merekam.",
        "Minta camat mengisi nama dan sandinya sendiri.",
    ),
    "training.learning.unfinished": Words(
        "Pelajaran atau pertanyaan belum selesai.",
        "Selesaikan dahulu di Belajar merekam; mengamati adalah langkah akhir.",
    ),
}
