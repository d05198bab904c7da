"""Words for the refusals of the national road."""

from dekat.faces.refusals.words import Words

WORDS = {
    "national.centre_away": Words(
        "Pusat tidak menjawab.", "Tidak ada yang hilang. Dekat mencoba lagi sendiri; Anda tidak perlu berbuat apa-apa."
    ),
    "national.receipt_invalid": Words(
        "Jawaban yang datang tidak ditandatangani pusat.",
        "Rekaman tetap disimpan. Periksa alamat pusat bersama Diskominfo.",
    ),
    "national.centre_missing": Words(
        "Alamat pusat belum diatur.", "Isi DEKAT_NATIONAL_URL pada pengaturan, lalu nyalakan ulang."
    ),
    "national.domicile.not_duplicate": Words(
        "Rekaman itu tidak tercatat ganda, jadi tidak ada yang dipilih.", "Buka halaman lacak dan lihat keadaannya."
    ),
    "national.number.facts_incomplete": Words(
        "Pusat tidak dapat memberi nomor tanpa isian {lacking}.", "Lengkapi isian itu, lalu minta lagi."
    ),
    "national.number.other_kind_asked": Words(
        "Untuk permohonan ini sudah diminta nomor jenis lain.", "Muat ulang permohonan dan lihat nomor yang ditunggu."
    ),
    "national.number.unknown": Words(
        "Tidak ada permintaan nomor dengan rujukan itu.", "Buka permohonannya dan minta nomornya dari sana."
    ),
    "national.number.given_twice": Words(
        "Pusat memberi satu nomor untuk dua permintaan; yang kedua tidak dipakai.",
        "Hubungi pusat dengan rujukan permintaan itu. Permintaannya tetap menunggu.",
    ),
    "national.number.refused": Words(
        "Pusat tidak dapat memberi nomor dengan data yang dikirim.",
        "Periksa data permohonan, lalu hubungi pusat. Permintaannya tetap menunggu.",
    ),
    "national.submission_unknown": Words(
        "Rekaman itu tidak ada di sini.", "Periksa kodenya, atau tunggu sampai stasiun tersambung."
    ),
    "national.status_may_not_follow": Words(
        "Status {wanted} tidak dapat mengikuti {before}.", "Buka rekaman itu dan hubungi pusat bila tetap begitu."
    ),
}
