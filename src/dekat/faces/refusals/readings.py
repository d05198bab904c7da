"""Words for the refusals of readings."""

from dekat.faces.refusals.words import Words

WORDS = {
    "readings.use.count_not_positive": Words(
        "Jumlah pemakaian alat harus paling sedikit satu.", "Periksa penghitung alat, lalu kirim lagi."
    ),
}
