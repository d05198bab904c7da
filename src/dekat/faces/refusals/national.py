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
    "national.submission_unknown": Words(
        "Rekaman itu tidak ada di sini.", "Periksa kodenya, atau tunggu sampai stasiun tersambung."
    ),
    "national.status_may_not_follow": Words(
        "Status {wanted} tidak dapat mengikuti {before}.", "Buka rekaman itu dan hubungi pusat bila tetap begitu."
    ),
}
