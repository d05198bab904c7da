"""Words for the refusals of documents."""

from dekat.faces.refusals.words import Words

WORDS = {
    "documents.content.incomplete": Words(
        "Isi dokumen belum lengkap: {fields}.", "Lengkapi data itu pada permohonan, lalu terbitkan lagi."
    ),
    "documents.workshop.not_an_issuer": Words(
        "Komputer ini tidak berwenang menerbitkan dokumen.",
        "Dokumen diterbitkan Dispendukcapil; di kecamatan dokumen dicetak dari menu Cetak.",
    ),
    "documents.document.unknown": Words(
        "Dokumen itu tidak terdaftar.", "Periksa lagi nomornya, atau cari melalui nama pemiliknya."
    ),
    "documents.document.not_active": Words(
        "Dokumen itu sudah tidak berlaku, jadi tidak dapat dicabut.", "Buka dokumen terbarunya dan cabut yang itu."
    ),
    "documents.issue.overtaken": Words(
        "Dokumen yang lebih baru sudah terbit lebih dahulu.", "Pakai dokumen terbaru; yang ini dibatalkan dan dicatat."
    ),
    "documents.file.missing": Words(
        "Berkas dokumen belum ada di komputer ini.",
        "Tunggu sampai jaringan tersambung; berkas dikirim sendiri oleh Dispendukcapil.",
    ),
    "documents.file.damaged": Words(
        "Berkas dokumen di komputer ini rusak dan tidak dipakai.",
        "Pulihkan berkas dari cadangan, atau terbitkan dokumen baru.",
    ),
    "documents.stamp.false": Words(
        "Kode itu bukan kode kantor ini, atau isinya diubah.", "Minta dokumen asli, dan jangan terima salinan ini."
    ),
    "documents.list.none_yet": Words(
        "Daftar dokumen yang sudah diganti belum sampai di sini.",
        "Tunggu sampai stasiun tersambung, atau periksa dengan telepon yang tersambung ke internet.",
    ),
    "documents.upload.no_code": Words(
        "Kode QR tidak terbaca pada berkas itu.",
        "Foto ulang kodenya dari dekat dengan cahaya cukup, atau ketik nomor dokumennya.",
    ),
    "documents.render.fonts_missing": Words(
        "Huruf untuk dokumen belum disiapkan di komputer ini.", "Pengelola menjalankan `make assets`, lalu coba lagi."
    ),
    "documents.render.letter_missing": Words(
        "Ada huruf yang tidak dapat dicetak pada data ini.",
        "Periksa ejaan nama dan alamat; dokumen hanya memuat huruf Latin.",
    ),
    "documents.render.template_faulty": Words(
        "Bentuk dokumen {template} tidak dapat disusun.",
        "Permohonan tetap tersimpan. Laporkan kode ini kepada pengelola.",
    ),
    "documents.render.pages_wrong": Words(
        "Dokumen menjadi {found} halaman, seharusnya {expected}.",
        "Permohonan tetap tersimpan. Laporkan kode ini kepada pengelola.",
    ),
}
