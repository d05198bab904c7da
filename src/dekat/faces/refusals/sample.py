"""Words for the refusals of the sample regency's start page."""

from dekat.faces.refusals.words import Words

WORDS = {
    "faces.sample.switches_away": Words(
        "Sakelar data contoh tidak menjawab.", "Hentikan dan jalankan lagi make demo, lalu buka halaman ini."
    ),
}
