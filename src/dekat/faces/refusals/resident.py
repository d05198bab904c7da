"""Words for the refusals of the residents' pages."""

from dekat.faces.refusals.words import Words

WORDS = {
    "faces.resident.too_often": Words(
        "Terlalu banyak permintaan dari jaringan ini.", "Tunggu satu jam, atau datang ke kantor kecamatan. Gratis."
    ),
    "faces.resident.too_many_wrong": Words(
        "NIK atau nomor KK untuk permohonan ini terlalu sering salah.",
        "Tunggu satu jam, lalu salin angkanya dari KK. Dokumennya juga dapat diambil di kecamatan. Gratis.",
    ),
}
