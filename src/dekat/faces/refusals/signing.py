"""Words for the refusals of whatever signs documents."""

from dekat.faces.refusals.words import Words

_KEPT = "Dokumen tetap tercatat dan ditandatangani sendiri begitu ini beres; tidak perlu diulang."

WORDS = {
    "documents.signer.certificate_unreadable": Words(
        "Sertifikat tanda tangan elektronik tidak dapat dibuka.",
        "Pengelola memeriksa berkas sertifikat dan sandinya, lalu menjalankan ulang.",
    ),
    "documents.signer.certificate_expired": Words(
        "Sertifikat tanda tangan elektronik hanya berlaku sampai {until}, jadi tidak ada yang ditandatangani.",
        f"Pasang sertifikat baru, lalu jalankan ulang (`dekat signer show`). {_KEPT}",
    ),
    "documents.signer.certificate_other": Words(
        "Dokumen kembali dengan tanda tangan dari sertifikat lain, jadi tidak dipakai.",
        "Bila sertifikat pejabat baru diperbarui, pengelola mengganti berkasnya (`dekat signer learn`). Bila tidak, "
        "periksa siapa yang memakai layanan tanda tangan.",
    ),
    "documents.signer.token_away": Words(
        "Token tanda tangan tidak terpasang atau tidak menjawab.", f"Pasang lagi tokennya. {_KEPT}"
    ),
    "documents.signer.key_missing": Words(
        "Kunci yang disebut pengaturan tidak ada pada token, atau tidak dapat menandatangani.",
        "Pengelola memeriksa DEKAT_PKCS11_KEY dengan `pkcs11-tool --list-objects`, lalu menjalankan ulang.",
    ),
    "documents.signer.pin_refused": Words(
        "Token menolak PIN. Supaya token tidak terkunci, PIN itu tidak dicoba lagi.",
        f"Pengelola membetulkan DEKAT_PKCS11_PIN_FILE, lalu menjalankan ulang. {_KEPT}",
    ),
    "documents.signer.passphrase_needed": Words(
        "Dokumen sudah tercatat dan sekarang menunggu tanda tangan pejabat.",
        "Giliran Kepala Dinas: buka halaman Tanda tangan dan ketik frasa sandinya. Tidak perlu diulang.",
    ),
    "documents.signer.passphrase_refused": Words(
        "Frasa sandi tanda tangan itu tidak cocok.",
        "Ketik lagi pelan-pelan; perhatikan huruf besar dan kecil. Dokumen tetap menunggu.",
    ),
    "documents.signer.service_away": Words(
        "Layanan tanda tangan BSrE tidak menjawab.",
        "Dokumen tetap menunggu. Beberapa menit lagi tandatangani dari halaman Tanda tangan.",
    ),
    "documents.signer.service_closed": Words(
        "Layanan tanda tangan BSrE menolak nama dan sandi kantor ini.",
        "Pengelola memeriksa DEKAT_BSRE_USER dan DEKAT_BSRE_PASSWORD_FILE. Dokumen tetap menunggu.",
    ),
    "documents.signer.official_not_ready": Words(
        "Layanan tanda tangan BSrE tidak mengenal pejabat ini, atau sertifikatnya tidak aktif.",
        "Pengelola memeriksa DEKAT_BSRE_NIK_FILE dan menanyakannya kepada Diskominfo. Dokumen tetap menunggu.",
    ),
    "documents.signer.service_refused": Words(
        "Layanan tanda tangan BSrE menolak dokumen ini (jawaban {status}).",
        "Dokumen tetap menunggu. Coba sekali lagi, lalu laporkan kode ini kepada pengelola.",
    ),
    "documents.signer.answer_not_pdf": Words(
        "Layanan tanda tangan tidak mengembalikan dokumen PDF.",
        "Dokumen tetap menunggu. Laporkan kode ini kepada pengelola layanan.",
    ),
    "documents.signer.content_differs": Words(
        "Isi dokumen yang kembali berbeda dari yang dikirim, jadi tidak dipakai.",
        "Jangan cetak apa pun darinya. Laporkan kode ini kepada pengelola layanan; dokumen tetap menunggu.",
    ),
    "documents.signer.signature_broken": Words(
        "Tanda tangan pada dokumen tidak lolos pemeriksaan, jadi tidak dipakai.",
        "Pengelola menjalankan `dekat signer check`. Dokumen tetap menunggu.",
    ),
    "documents.signer.timestamp_away": Words(
        "Pemberi stempel waktu tidak menjawab, dan tanpa stempel waktu tidak ada dokumen yang terbit.",
        "Dokumen tetap tercatat dan dicoba lagi. Bila lama, pengelola menjalankan `dekat signer check`.",
    ),
    "documents.signer.timestamp_refused": Words(
        "Stempel waktu ditolak atau tidak lolos pemeriksaan.",
        "Pengelola memeriksa DEKAT_TIMESTAMP_URL dan DEKAT_TIMESTAMP_ROOTS. Dokumen tetap tercatat dan dicoba lagi.",
    ),
}
