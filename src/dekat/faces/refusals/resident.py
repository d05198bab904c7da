"""Words for the refusals of the residents' pages."""

from dekat.faces.refusals.words import Words

WORDS = {
    "faces.resident.too_often": Words(
        "Terlalu banyak permintaan dari jaringan ini.", "Tunggu satu jam, atau datang ke kantor kecamatan. Gratis."
    ),
}
