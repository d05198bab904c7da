"""Words for the refusals of duties."""

from dekat.faces.refusals.words import Words

WORDS = {
    "duties.evidence.line_invalid": Words(
        "Baris {line} bukan bukti yang sah: {reason}.", "Perbaiki baris itu menurut docs/reference/evidence.md."
    ),
    "duties.evidence.not_empty": Words(
        "Kabupaten ini sudah punya {count} bukti.", "Muat riwayat hanya ke kabupaten yang masih kosong."
    ),
    "duties.evidence.not_json": Words("Baris {line} bukan JSON.", "Tulis satu objek JSON pada setiap baris."),
    "duties.instruction.unknown": Words("Petunjuk itu tidak ada di sini.", "Buka daftar petunjuk dan pilih lagi."),
    "duties.instruction.incomplete": Words(
        "Petunjuk belum lengkap.", "Isi judul, isi, layanan, jabatan, dan paling sedikit satu kecamatan."
    ),
    "duties.instruction.quiz_not_passed": Words(
        "Jawaban benar {right} dari {total}. Belum lulus.", "Baca lagi bagian yang salah, lalu jawab ulang."
    ),
    "duties.instruction.change_untold": Words(
        "Versi baru belum menyebut apa yang berubah.",
        "Ubah konsepnya: tulis dengan satu dua kalimat apa yang berbeda dari versi sebelumnya, lalu terbitkan.",
    ),
    "duties.instruction.withdrawal_unexplained": Words(
        "Alasan pencabutan belum ditulis.", "Tulis mengapa petunjuk ini dicabut; pembacanya akan melihat alasan itu."
    ),
    "duties.instruction.not_in_force": Words(
        "Petunjuk ini belum terbit, atau sudah dicabut.", "Buka daftar petunjuk dan pilih yang berlaku."
    ),
    "duties.instruction.version_passed": Words(
        "Versi yang lebih baru tiba sewaktu Anda membaca.",
        "Buka lagi petunjuk itu, lihat apa yang berubah, lalu nyatakan mengerti.",
    ),
    "duties.file.not_a_picture": Words(
        "Berkas itu bukan gambar JPEG atau PNG yang bisa dibuka, atau terlalu besar.",
        "Pilih foto atau tangkapan layar JPEG atau PNG yang lain.",
    ),
    "duties.file.not_a_video": Words(
        "Berkas itu bukan video MP4 atau WebM yang pendek.",
        "Pilih video paling lama 90 detik dan paling besar 4 MB; kecilkan ukurannya bila perlu.",
    ),
    "duties.file.too_many": Words(
        "Petunjuk memuat paling banyak 12 gambar dan 1 video.", "Hapus satu berkas, atau bagi petunjuknya menjadi dua."
    ),
    "duties.file.video_alone": Words(
        "Petunjuk ini punya video tetapi belum punya gambar.",
        "Tambahkan satu gambar: stasiun yang jaringannya lambat melihat gambar itu sampai videonya tiba.",
    ),
    "duties.file.words_missing": Words(
        "Keterangan berkas belum ditulis.",
        "Tulis apa yang terlihat: itu yang dibaca petugas yang jaringannya lambat atau yang tidak dapat melihat.",
    ),
    "duties.question.unanswered": Words(
        "Pertanyaan itu belum dijawab.", "Jawab dahulu, lalu jadikan tanya jawab untuk semua kecamatan."
    ),
    "duties.question.unknown": Words("Pertanyaan itu tidak ada di sini.", "Buka daftar pertanyaan dan pilih lagi."),
    "duties.question.empty": Words("Pertanyaan belum ditulis.", "Tulis apa yang belum jelas, lalu kirim."),
    "duties.waiting.not_your_turn": Words(
        "Giliran untuk alat ini sekarang ada pada pihak lain.",
        "Hanya yang memegang giliran dapat menunggu pihak lain.",
    ),
    "duties.waiting.for_yourself": Words("Anda tidak dapat menunggu diri sendiri.", "Pilih pihak yang ditunggu."),
    "duties.closure.not_yours": Words(
        "Hanya Sekda yang menutup kantor kabupaten.", "Minta surat keputusannya kepada Sekretaris Daerah."
    ),
    "duties.closure.incomplete": Words(
        "Hari tutup belum lengkap.", "Isi nomor surat keputusan dan paling sedikit satu hari."
    ),
    "duties.closure.in_the_past": Words(
        "Hari itu sudah lewat dan tidak dapat diubah lagi.", "Pilih hari ini atau hari sesudahnya."
    ),
    "duties.obligation.due_in_the_past": Words("Tenggat sudah lewat.", "Pilih hari setelah hari ini."),
    "duties.obligation.unknown": Words("Kewajiban itu tidak ada.", "Buka daftar kewajiban dan pilih lagi."),
    "duties.obligation.not_yours": Words(
        "Kewajiban ini milik pihak lain.",
        "Yang wajib melaporkan; yang menetapkan atau Sekda menerima atau mengembalikannya.",
    ),
    "duties.obligation.already_met": Words("Kewajiban ini sudah dipenuhi.", "Buka riwayatnya untuk melihat buktinya."),
    "duties.obligation.not_reported": Words(
        "Belum ada laporan untuk dikembalikan.", "Tunggu laporan dari pihak yang wajib."
    ),
    "duties.obligation.proof_missing": Words(
        "Laporan belum menyebut bukti.", "Pilih kejadian yang membuktikannya, atau lampirkan satu berkas."
    ),
    "duties.obligation.proof_unknown": Words(
        "Kejadian {proof} tidak ada dalam catatan.", "Salin nomor kejadian dari halaman Catatan."
    ),
    "duties.text.empty": Words("Belum ada yang ditulis.", "Tulis dengan kalimat sendiri, lalu simpan."),
    "duties.text.holds_number": Words(
        "Teks ini memuat 16 angka seperti NIK atau nomor KK.", "Hapus angka itu: teks ini dibaca umum."
    ),
    "duties.file.too_large": Words("Berkas lebih besar dari {most_mb} MB.", "Kirim foto atau PDF yang lebih kecil."),
    "duties.hearing.incomplete": Words(
        "Rapat belum lengkap.", "Pilih hari yang belum lewat dan paling sedikit satu pihak."
    ),
    "duties.hearing.unknown": Words("Rapat itu tidak ada.", "Buka daftar rapat dan pilih lagi."),
    "duties.hearing.not_held": Words("Rapat ini belum dicatat hasilnya.", "Simpan risalah rapat lebih dulu."),
    "duties.visit.incomplete": Words(
        "Kunjungan belum lengkap.", "Pilih waktu yang sudah lewat dan isi paling sedikit satu alat."
    ),
    "duties.reply.not_about_you": Words(
        "Kejadian ini tidak menyebut kantor Anda.", "Hak jawab ada pada pihak yang disebut di dalamnya."
    ),
    "duties.reply.event_unknown": Words("Kejadian itu tidak ada dalam catatan.", "Buka catatan dan pilih lagi."),
}
