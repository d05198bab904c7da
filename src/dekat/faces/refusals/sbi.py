"""Words for the refusals of biometric devices. The reader sits before the device: each sentence says what to touch."""

from dekat.faces.refusals.words import Words

_ASK_FOR_HELP = "Bila tetap begitu, laporkan alat ini; rekaman yang sudah ada tetap tersimpan."
_REPEAT = "Ulangi pengambilan ini. Bila terjadi lagi, matikan dan nyalakan alatnya."

WORDS = {
    "enrolment.devices_missing": Words(
        "Komputer ini belum tahu di mana alat perekamnya.", "Buka halaman Alat dan ikuti langkah menyambungkan alat."
    ),
    "sbi.device.absent": Words(
        "Alatnya tidak ditemukan di komputer ini.",
        "Pasang kabel USB alat dan nyalakan sakelarnya, tunggu lampunya menyala, lalu coba lagi.",
    ),
    "sbi.device.chosen_away": Words(
        "Alat pilihan {serial} tidak terpasang. Alat lain, {other}, ada di sini.",
        "Colokkan alat pilihan itu, atau buka halaman Alat dan tekan Pakai alat ini pada {other}, lalu ulangi.",
    ),
    "sbi.device.unplugged": Words(
        "Sambungan ke alat terputus di tengah pengambilan.",
        "Colokkan kembali kabel alat sampai lampunya menyala, lalu ulangi pengambilan ini.",
    ),
    "sbi.device.silent": Words(
        "Alat tidak menjawab.", "Cabut kabel alat, hitung sampai sepuluh, colokkan kembali, lalu ulangi."
    ),
    "sbi.device.not_registered": Words(
        "Alat ini belum didaftarkan oleh pembuatnya.", "Pakai alat lain bila ada, dan laporkan alat ini sebagai rusak."
    ),
    "sbi.device.tampered": Words(
        "Alat melaporkan bahwa ia pernah dibuka.", "Jangan dipakai lagi. Laporkan alat ini sebagai rusak."
    ),
    "sbi.device.maker_service_away": Words(
        "Alat tidak dapat menghubungi layanan pembuatnya.", f"Tunggu satu menit lalu ulangi. {_ASK_FOR_HELP}"
    ),
    "sbi.device.not_found": Words(
        "Kabel alat terlepas.", "Colokkan kembali kabel alat sampai lampunya menyala, lalu ulangi pengambilan ini."
    ),
    "sbi.device.key_expired": Words(
        "Masa berlaku kunci alat ini sudah habis.",
        "Periksa dahulu tanggal dan jam komputer. Bila benar, laporkan alat ini sebagai rusak.",
    ),
    "sbi.device.domain_key_missing": Words(
        "Alat ini belum diberi kunci tujuan.", "Laporkan alat ini sebagai rusak; pembuatnya perlu memasang kunci."
    ),
    "sbi.device.not_ready": Words(
        "Alat belum siap.", "Tunggu sampai lampunya menyala tetap, kira-kira setengah menit, lalu ulangi."
    ),
    "sbi.device.busy": Words(
        "Alat sedang dipakai jendela atau program lain.", "Tutup jendela perekaman yang lain, lalu ulangi."
    ),
    "sbi.device.fault": Words(
        "Alat melaporkan gangguan (kode {sbi_code}).", f"Matikan dan nyalakan alat, lalu ulangi. {_ASK_FOR_HELP}"
    ),
    "sbi.capture.nothing_seen": Words(
        "Alat tidak melihat jari, mata, atau wajah sampai waktunya habis.",
        "Minta warga menempelkan jari lebih lama atau melihat lurus ke alat, lalu ulangi.",
    ),
    "sbi.capture.unreadable": Words(
        "Sidik jari atau mata belum terbaca.", "Bersihkan kaca pemindai dan keringkan jari warga, lalu ulangi."
    ),
    "sbi.capture.wrong_way": Words(
        "Letak jari atau kepala miring.", "Luruskan jari sesuai gambar atau tegakkan kepala, lalu ulangi."
    ),
    "sbi.capture.count_unsupported": Words(
        "Alat tidak dapat mengambil sebanyak itu sekaligus.", "Pakai alat lain bila ada, atau laporkan alat ini."
    ),
    "sbi.capture.count_wrong": Words(
        "Alat menangkap {got}, seharusnya {expected}.",
        "Minta warga menempelkan semua jari rata di kaca. Bila ada jari yang tidak bisa, tandai jari itu lebih dahulu.",
    ),
    "sbi.capture.transaction_refused": Words("Alat menolak nomor rekaman ini.", _REPEAT),
    "sbi.capture.all_excepted": Words(
        "Semua jari atau mata pada langkah ini sudah ditandai tidak dapat diambil.", "Lanjutkan ke langkah berikutnya."
    ),
    "sbi.answer.unreadable": Words("Jawaban alat tidak dapat dibaca ({part}).", _REPEAT),
    "sbi.answer.not_signed": Words(
        "Tanda tangan alat tidak cocok dengan gambarnya.",
        "Gambar ini tidak dipakai. Ulangi; bila terjadi lagi, laporkan alat ini sebagai rusak.",
    ),
    "sbi.answer.signer_unknown": Words(
        "Alat ini bukan alat yang dikenal kantor ini.",
        "Pakai alat yang tercatat di halaman Alat. Untuk alat baru, minta Dispendukcapil memasang sertifikatnya.",
    ),
    "sbi.answer.wrong_transaction": Words("Alat menjawab untuk pengambilan yang lain.", _REPEAT),
    "sbi.answer.wrong_version": Words(
        "Alat memakai versi yang belum dikenal ({version}).", "Minta Dispendukcapil memperbarui program alat ini."
    ),
    "sbi.answer.clock_differs": Words(
        "Jam alat dan jam komputer berbeda {minutes} menit.",
        "Betulkan tanggal dan jam komputer, lalu matikan dan nyalakan alat.",
    ),
    "sbi.answer.chain_broken": Words("Gambar ini tidak bersambung dengan gambar sebelumnya.", _REPEAT),
    "sbi.answer.score_missing": Words("Alat tidak menyebut mutu gambarnya.", _REPEAT),
    "sbi.ctk.definitions_missing": Words(
        "Folder {folder} tidak berisi butir uji MOSIP (tests_sbi.json dan skemanya).",
        "Unduh data MOSIP Compliance Toolkit untuk SBI 0.9.5, lalu tunjuk foldernya dengan --ctk.",
    ),
}
