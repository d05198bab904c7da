"""Words for the refusals of printing."""

from dekat.faces.refusals.words import Words

WORDS = {
    "printing.printer.unreachable": Words(
        "Printer tidak menjawab.", "Periksa apakah printer menyala dan kabelnya terpasang. Cetakan menunggu di sini."
    ),
    "printing.printer.refused": Words(
        "Printer menolak perintah ({status}).", "Matikan lalu nyalakan printer. Jika terulang, laporkan di menu Alat."
    ),
    "printing.printer.missing": Words(
        "Printer belum dipasang pada komputer ini.", "Minta Dispendukcapil memasang alamat printer kecamatan ini."
    ),
    "printing.printer.job_unknown": Words(
        "Printer tidak ingat cetakan itu lagi.", "Lihat baki printer, lalu jawab pertanyaan di halaman Cetak."
    ),
    "printing.sheet.unknown": Words(
        "Cetakan itu tidak ada di komputer ini.", "Kembali ke halaman Cetak & serahkan, lalu pilih dari daftar."
    ),
    "printing.sheet.already_asked": Words(
        "Dokumen ini sudah punya satu lembar.",
        "Lihat daftar di halaman Cetak. Jika lembarnya rusak, catat dahulu sebagai rusak.",
    ),
    "printing.sheet.move_forbidden": Words(
        "Lembar ini sudah berubah keadaan: {state}.", "Muat ulang halaman Cetak dan lanjutkan dari keadaan yang baru."
    ),
    "printing.sheet.outdated": Words(
        "Dokumen ini sudah diganti dengan yang lebih baru.",
        "Jangan serahkan. Catat lembar ini sebagai rusak, lalu cetak dokumen yang baru.",
    ),
    "printing.sheet.nothing_late": Words(
        "Lembar susulan ini sudah dicatat.", "Muat ulang halaman Cetak dan lanjutkan dari keadaan yang baru."
    ),
    "printing.sheet.copy_without_reason": Words(
        "Warga sudah memegang dokumen ini.",
        "Buka daftar Sudah diambil pada halaman Cetak, tekan Cetak lagi, lalu pilih sebabnya.",
    ),
    "printing.sheet.receiver_missing": Words(
        "Nama penerima belum ditulis.", "Tulis nama orang yang menerima, sesuai kartu identitasnya."
    ),
    "adapters.ipp.not_ipp": Words(
        "Alat di alamat printer itu bukan printer IPP.", "Minta Dispendukcapil memeriksa alamat printer."
    ),
}
