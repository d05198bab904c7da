"""Words for the refusals of kernel, ledger, accounts and faces."""

from dekat.faces.refusals.words import Words

WORDS = {
    "kernel.clock.naive_instant": Words(
        "Waktu pada data ini tidak menyebut zonanya.", "Kirim ulang data dengan waktu lengkap, misalnya diakhiri Z."
    ),
    "kernel.ids.code_mistyped": Words(
        "Kode itu salah ketik.", "Periksa lagi setiap huruf dan angka pada bukti, lalu ketik ulang."
    ),
    "kernel.canonical.not_canonical": Words(
        "Data ini tidak dapat ditandatangani apa adanya.", "Laporkan kode ini kepada Dispendukcapil; data tidak hilang."
    ),
    "kernel.sealing.seal_broken": Words(
        "Segel paket tidak dapat dibuka dengan kunci ini.",
        "Paket disimpan terpisah. Hubungi Dispendukcapil dan sebutkan kode ini.",
    ),
    "kernel.working_time.never_open": Words(
        "Kalender kerja tidak punya jam buka.", "Minta Dispendukcapil memeriksa jam kerja dan hari libur di pengaturan."
    ),
    "ledger.node_has_no_key": Words(
        "Komputer ini belum terdaftar.", "Minta Dispendukcapil mendaftarkan komputer ini, lalu coba lagi."
    ),
    "ledger.chain.broken": Words(
        "Catatan dari {node} tidak bersambung pada nomor {seq}.",
        "Catatan tidak diterima. Buka Catatan untuk melihat letaknya, lalu hubungi Inspektorat.",
    ),
    "ledger.chain.key_changed": Words(
        "Catatan dari {node} ditandatangani kunci yang lain.",
        "Catatan tidak diterima. Periksa pendaftaran komputer itu.",
    ),
    "ledger.event.malformed": Words(
        "Satu catatan tidak dapat dibaca.", "Catatan itu tidak diterima. Kirim ulang dari komputer asalnya."
    ),
    "accounts.account.username_taken": Words("Nama masuk itu sudah dipakai orang lain.", "Pilih nama masuk yang lain."),
    "accounts.account.kecamatan_missing": Words(
        "Operator dan camat harus punya kecamatan.", "Pilih kecamatan tempat bertugas."
    ),
    "accounts.node.unknown": Words("Komputer itu belum terdaftar.", "Daftarkan dahulu komputer itu di Dispendukcapil."),
    "accounts.card.unreadable": Words(
        "Berkas itu bukan kartu sebuah komputer Dekat.",
        "Buat lagi dengan `dekat node card` di komputer asalnya, lalu salin berkasnya tanpa diubah.",
    ),
    "accounts.keyring.station_locked": Words(
        "Data di komputer ini masih terkunci.", "Masuk dengan nama dan sandi petugas kecamatan ini."
    ),
    "accounts.keyring.password_unknown": Words(
        "Nama atau sandi tidak cocok.", "Ketik lagi pelan-pelan. Perhatikan huruf besar dan kecil."
    ),
    "accounts.password.wrong": Words(
        "Nama atau sandi tidak cocok.", "Ketik lagi pelan-pelan. Perhatikan huruf besar dan kecil."
    ),
    "accounts.password.too_many_tries": Words(
        "Sandi sudah dicoba terlalu sering.", "Tunggu {seconds} detik, lalu coba lagi."
    ),
    "accounts.password.too_short": Words(
        "Sandi baru terlalu pendek.", "Pakai paling sedikit {least} huruf, misalnya satu kalimat pendek."
    ),
    "accounts.renewal.two_others_needed": Words(
        "Dua orang lain harus hadir: camat dan satu petugas, bukan yang lupa sandi.",
        "Isi nama dan sandi dua orang yang berbeda.",
    ),
    "accounts.renewal.camat_needed": Words(
        "Salah satu dari keduanya harus camat.", "Minta camat mengetik nama dan sandinya sendiri."
    ),
    "accounts.renewal.not_of_this_station": Words(
        "Nama masuk itu tidak dikenal di kecamatan ini.", "Periksa ejaan nama masuk, lalu coba lagi."
    ),
    "accounts.recovery.request_unreadable": Words(
        "Berkas itu bukan permintaan dari kecamatan yang terdaftar.",
        "Minta kecamatan membuat lagi berkas permintaan dari halaman Lupa sandi.",
    ),
    "accounts.recovery.answer_unreadable": Words(
        "Berkas itu bukan jawaban untuk permintaan terakhir komputer ini.",
        "Pilih berkas jawaban yang benar, atau buat permintaan baru.",
    ),
    "accounts.recovery.asked_too_often": Words(
        "Dalam satu jam ini sudah terlalu banyak permintaan atau jawaban.",
        "Pakai berkas permintaan yang terakhir, atau tunggu satu jam lalu coba lagi.",
    ),
    "accounts.recovery.code_wrong": Words(
        "Kode itu tidak cocok. Sisa {left} percobaan.", "Minta Dispendukcapil membacakan kodenya lagi, pelan-pelan."
    ),
    "accounts.recovery.request_spent": Words(
        "Permintaan itu sudah habis masa atau percobaannya.", "Buat berkas permintaan baru, lalu telepon lagi."
    ),
    "accounts.recovery.second_officer_needed": Words(
        "Dua pejabat Dispendukcapil yang berbeda harus menyetujui.",
        "Minta rekan dari Dispendukcapil mengetik nama dan sandinya sendiri.",
    ),
    "project.upgrade.failed": Words(
        "Pembaruan Dekat gagal. Data sudah dikembalikan persis seperti sebelumnya.",
        "Pasang kembali versi Dekat yang lama, lalu hubungi Dispendukcapil. Tidak ada rekaman yang hilang.",
    ),
    "project.upgrade.no_room": Words(
        "Tidak ada ruang untuk menyalin data sebelum pembaruan. Tidak ada yang diubah.",
        "Hapus berkas lain dari komputer ini, lalu nyalakan Dekat lagi.",
    ),
    "project.upgrade.under_way": Words(
        "Dekat sedang menyiapkan data untuk versi baru. Tidak ada rekaman yang hilang.",
        "Tunggu sebentar, lalu muat ulang halaman ini. Komputer boleh mati: persiapan diulang dari awal.",
    ),
    "faces.disk_full": Words(
        "Penyimpanan komputer ini penuh. Yang sudah tersimpan tetap aman; yang terakhir belum tersimpan.",
        "Jangan matikan komputer. Sambungkan jaringan agar rekaman terkirim, atau hapus berkas lain, lalu tekan lagi.",
    ),
    "faces.reserve_opened": Words(
        "Penyimpanan komputer ini penuh. Yang terakhir belum tersimpan; ruang cadangan baru saja dibuka untuk itu.",
        "Kembali dan tekan lagi: rekaman yang terbuka bisa diselesaikan. Rekaman baru menunggu sampai ada ruang.",
    ),
    "faces.access.not_yours": Words(
        "Halaman ini bukan untuk peran Anda.", "Kembali ke beranda, atau masuk sebagai petugas yang berwenang."
    ),
}
