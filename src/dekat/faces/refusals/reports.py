"""Words for the refusals of reports."""

from dekat.faces.refusals.words import Words

WORDS = {
    "reports.period.unreadable": Words(
        "Periode {period} tidak dapat dibaca.",
        "Pilih periode dari daftar, atau dua tanggal dengan yang awal lebih dulu.",
    ),
}
