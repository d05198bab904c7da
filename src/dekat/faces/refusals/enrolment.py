"""Words for the refusals of enrolment."""

from dekat.faces.refusals.words import Words

WORDS = {
    "enrolment.already_recorded": Words(
        "Warga ini sudah direkam di komputer ini dengan kode {code}; rekamannya tidak hilang.",
        "Buka Rekaman terkirim: mungkin hanya menunggu jaringan. Rekam ulang hanya bila benar-benar perlu.",
    ),
    "enrolment.no_room": Words(
        "Penyimpanan komputer ini hampir penuh. Rekaman yang sudah ada tetap aman.",
        "Hapus berkas lain dari komputer ini, atau minta Dispendukcapil menambah ruang simpan. "
        "Rekaman yang sudah dimulai masih bisa diselesaikan.",
    ),
    "enrolment.recording_unknown": Words(
        "Rekaman itu tidak ada di komputer ini.", "Kembali ke beranda dan pilih rekaman dari daftar."
    ),
    "enrolment.move_not_allowed": Words(
        "Rekaman ini sedang di langkah {step}.", "Buka rekaman dari beranda; lanjutkan dari langkah itu."
    ),
    "enrolment.step_unfinished": Words(
        "Langkah {step} belum lengkap: {count} lagi.",
        "Lengkapi dahulu. Kalau memang tidak bisa, catat sebagai pengecualian bersama orang kedua.",
    ),
    "enrolment.photo.unreadable": Words("Gambar itu tidak terbaca sebagai foto.", "Ambil foto sekali lagi."),
    "enrolment.photo.too_small": Words(
        "Foto terlalu kecil: {width} × {height} titik.",
        "Pakai kamera lain, atau naikkan resolusi kamera, lalu ambil lagi.",
    ),
    "enrolment.photo.background_wrong": Words(
        "Latar foto harus {wanted}, tetapi terlihat {seen}.",
        "Pasang kain latar {wanted} yang polos sampai ke tepi bingkai, lalu ambil lagi.",
    ),
    "enrolment.second_person_needed": Words(
        "Pengecualian harus dilihat orang kedua.", "Minta camat atau petugas lain masuk dengan nama dan sandinya."
    ),
    "enrolment.supervisor_needed": Words(
        "Hanya camat yang boleh memutuskan ini.",
        "Minta camat mengisi nama dan sandinya sendiri. Kalau camat sedang pergi, tekan Simpan & tunda; "
        "rekaman tetap tersimpan.",
    ),
    "enrolment.witness_owed": Words(
        "{count} pengecualian belum dilihat orang kedua.",
        "Minta camat atau petugas lain membuka Konfirmasi orang kedua. Kalau belum ada orang, tekan Simpan & tunda; "
        "rekaman tetap tersimpan.",
    ),
    "enrolment.nothing_recorded": Words(
        "Belum ada wajah, jari, atau mata yang terekam.",
        "Rekam satu saja, misalnya wajah. Kalau benar tidak bisa, minta camat memutuskan di Konfirmasi orang kedua.",
    ),
    "enrolment.too_young": Words(
        "Warga ini belum berumur 16 tahun dan belum pernah kawin, jadi belum direkam untuk KTP-el.",
        "Perekaman bisa mulai tanggal {first_day}. Sampai saat itu kartunya KIA: "
        "ajukan KIA dengan akta kelahiran dan KK.",
    ),
    "enrolment.elsewhere.nik_differs": Words(
        "Dua NIK yang diketik tidak sama.", "Lihat KK lagi dan ketik keduanya sekali lagi, angka demi angka."
    ),
    "enrolment.elsewhere.card_not_seen": Words(
        "KK warga ini belum dinyatakan terlihat.",
        "Minta KK asli atau cetakan ber-QR, cocokkan, lalu centang KK sudah saya lihat.",
    ),
    "enrolment.elsewhere.lives_here": Words(
        "Warga ini terdaftar di kecamatan ini.", "Tidak perlu mengetik KK. Cari dengan NIK-nya lalu tekan Rekam."
    ),
    "enrolment.elsewhere.nik_doubtful": Words(
        "NIK ini menyebut {doubt} daripada yang diketik. Itu bisa benar, NIK tidak pernah diubah.",
        "Cocokkan sekali lagi dengan KK. Kalau memang begitu di KK, centang Sudah saya cocokkan lalu lanjutkan.",
    ),
    "enrolment.elsewhere.no_change": Words(
        "Di luar domisili data tidak dapat diubah.",
        "Rekam dengan data seperti di KK. Perbaikan data diurus di Dispendukcapil daerah asal warga.",
    ),
    "enrolment.nothing_owed": Words(
        "Tidak ada lagi yang harus menyusul dari rekaman ini.", "Buka daftar Menyusul dan pilih yang masih tertulis."
    ),
    "enrolment.supplement_elsewhere": Words(
        "Data warga luar domisili tidak disimpan di komputer ini.",
        "Buka Menyusul, tekan Mulai dengan KK, lalu ketik data dari KK warga.",
    ),
    "enrolment.signature_empty": Words(
        "Belum ada tanda tangan.", "Minta warga menulis di kotak, atau tekan Warga tidak dapat menandatangani."
    ),
    "enrolment.operator_not_competent": Words(
        "Anda belum lulus belajar merekam.", "Selesaikan dahulu Belajar merekam; sesudah lulus perekaman terbuka."
    ),
    "enrolment.practice_never_sealed": Words(
        "Ini latihan: tidak ada yang disegel atau dikirim.", "Selesaikan latihan dari ringkasannya, atau tutup latihan."
    ),
    "enrolment.capture_overtaken": Words(
        "Alat sudah merekam dari jendela lain.", "Tutup jendela lain, muat ulang halaman ini, lalu rekam lagi."
    ),
    "enrolment.nothing_captured": Words(
        "Alat menjawab tanpa gambar.", "Letakkan jari atau dekatkan mata sesuai gambar, lalu rekam lagi."
    ),
    "enrolment.live.nothing_seen": Words(
        "Gambar langsung dari alat belum datang.", "Rekam seperti biasa; gambar langsung dicoba lagi sendiri."
    ),
    "enrolment.quality.judge_away": Words(
        "Pemeriksa gambar di komputer ini tidak menjawab.",
        "Rekam terus dengan nilai dari alat. Kalau terulang, mulai ulang komputer.",
    ),
    "enrolment.finger.same_twice": Words(
        "Jari di alat sama dengan {other} yang sudah direkam.",
        "Letakkan {finger}, bukan {other}. Kalau {other} yang salah rekam, rekam ulang bagian itu dahulu.",
    ),
    "enrolment.finger.wrong_hand": Words(
        "Tangan di alat sudah direkam sebagai tangan {hand}.",
        "Letakkan tangan yang satunya. Kalau tangan {hand} yang salah rekam, rekam ulang tangan {hand} dahulu.",
    ),
    "enrolment.finger.recheck_other": Words(
        "Jari di alat adalah {other}, padahal yang diminta {finger}.",
        "Letakkan {finger}. Kalau tangan kiri dan kanan tertukar, kembali ke Sidik jari dan rekam ulang.",
    ),
    "enrolment.finger.recheck_unlike": Words(
        "Jari ini belum cocok dengan {finger} yang direkam tadi.",
        "Letakkan {finger} yang rata dan kering, lalu cek sekali lagi.",
    ),
    "enrolment.signature_too_faint": Words(
        "Tanda tangan belum terbaca: baru titik atau garis pendek.",
        "Minta warga menulis lebih besar, atau tekan Warga tidak dapat menandatangani.",
    ),
    "enrolment.summary_not_confirmed": Words(
        "Warga belum menyatakan setuju.", "Bacakan ringkasannya, lalu minta warga menekan Setuju."
    ),
    "enrolment.packet.unreadable": Words(
        "Isi paket bukan rekaman yang dikenal.", "Paket disimpan terpisah. Perbarui aplikasi, lalu proses lagi."
    ),
}
