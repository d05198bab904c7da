"""Words for the refusals of cards and blanks."""

from dekat.faces.refusals.words import Words

WORDS = {
    "cards.card.unknown": Words("Kartu itu tidak ada di sini.", "Periksa kode pada tanda terima, lalu cari lagi."),
    "cards.card.may_not_move": Words(
        "Kartu ini sekarang: {state}. Langkah ke {wanted} belum bisa.", "Buka kartu itu dan ikuti langkah berikutnya."
    ),
    "cards.blank.not_in_stock": Words(
        "Blangko {serial} tidak ada di gudang atau sudah terpakai.", "Periksa nomor pada blangko dan ketik ulang."
    ),
    "cards.card.queue_jumped": Words(
        "Masih ada {passed} kartu yang menunggu lebih lama.",
        "Cetak kartu teratas dahulu, atau pilih alasan mendahulukan; alasan itu tercatat.",
    ),
    "cards.blanks.range_unreadable": Words(
        "Nomor awal dan akhir kotak blangko tidak cocok.",
        "Ketik dua nomor dengan awalan dan panjang yang sama, paling banyak 10.000 keping.",
    ),
    "cards.batch.unknown": Words("Kiriman itu tidak dikenal.", "Periksa nomor kiriman pada segel."),
    "cards.batch.empty": Words(
        "Kiriman harus berisi kartu tercetak dari kecamatan yang sama.", "Pilih lagi kartu yang akan dikemas."
    ),
    "cards.card.identity_not_checked": Words(
        "Belum dicatat bagaimana identitas warga diperiksa.", "Pilih cara pemeriksaan, lalu serahkan kartunya."
    ),
    "cards.card.old_card_not_said": Words(
        "Belum dicatat apa yang terjadi dengan KTP lama.", "Tarik kartu lama, atau catat bahwa kartu itu hilang."
    ),
}
