"""Words for the refusals of opening somebody's data."""

from dekat.faces.refusals.words import Words

WORDS = {
    "openings.resident.lives_elsewhere": Words(
        "Warga ini tinggal di kecamatan lain, jadi datanya tidak dibuka. Percobaan ini dicatat.",
        "Bila warganya ada di hadapan Anda dengan KK, pakai “Warga kecamatan lain” di halaman Cari warga.",
    ),
    "openings.officer.elsewhere": Words(
        "Stasiun melaporkan pembukaan oleh petugas yang bukan dari kecamatannya.",
        "Periksa stasiun pengirimnya, lalu putuskan di halaman kiriman yang disimpan terpisah.",
    ),
    "openings.record.nobody": Words(
        "Di sini tidak ada data warga yang dibuka.", "Kembali ke Cari, lalu pilih orang, keluarga, atau dokumennya."
    ),
    "openings.note.missing": Words(
        "Keperluan “Lainnya” belum dijelaskan.", "Tulis dalam satu kalimat untuk apa data ini dibuka."
    ),
}
