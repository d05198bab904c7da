"""Words for the refusals of applications."""

from dekat.faces.refusals.words import Words

WORDS = {
    "cases.application.unknown": Words(
        "Permohonan itu tidak ditemukan.", "Periksa kodenya, atau kembali ke daftar permohonan."
    ),
    "cases.application.already_acted_on": Words(
        "Data sudah diubah dan dokumennya tinggal menunggu tanda tangan, jadi tidak dapat dikembalikan.",
        "Tandatangani dokumennya. Bila isinya keliru, ajukan perubahan baru sesudah terbit.",
    ),
    "cases.application.move_forbidden": Words(
        "Permohonan ini sudah berubah keadaan: {state}.", "Muat ulang halaman dan lanjutkan dari keadaan yang baru."
    ),
    "cases.form.not_of_service": Words(
        "Formulir {form} tidak dipakai untuk layanan ini.", "Pilih formulir yang tertulis pada layanannya."
    ),
    "cases.answers.incomplete": Words("Belum dijawab: {question}.", "Jawab pertanyaan itu, lalu kirim sekali lagi."),
    "cases.answers.wrong": Words(
        "Jawaban ini tidak bisa dipakai: {question}.", "Periksa tulisannya: 16 angka untuk NIK dan nomor KK."
    ),
    "cases.application.id_taken": Words(
        "Permohonan ini sudah pernah dikirim dengan isi lain.", "Buka lagi halaman permohonan, lalu isi dari awal."
    ),
    "cases.application.note_missing": Words(
        "Alasan belum ditulis.", "Tulis dengan kalimat biasa apa yang harus dilakukan pemohon sekarang."
    ),
    "cases.application.resident_unmatched": Words(
        "NIK dan nomor KK pada permohonan ini tidak menunjuk satu penduduk.",
        "Kembalikan permohonan dengan alasan itu agar pemohon memeriksanya.",
    ),
    "cases.application.same_hands": Words(
        "Anda yang menyetujui permohonan ini.", "Tanda tangan harus dari orang lain. Minta pejabat lain membukanya."
    ),
    "cases.attachment.not_a_picture": Words(
        "Berkas itu bukan foto yang bisa dibuka.", "Ambil foto suratnya (JPG atau PNG), lalu pilih foto itu."
    ),
    "cases.attachment.too_many": Words(
        "Sudah ada {most} foto pada permohonan ini.", "Kirim tanpa foto tambahan; bawa sisanya ke kecamatan."
    ),
}
