"""Words for the refusals of hand-overs, stock-takes, maintenance and consumables."""

from dekat.faces.refusals.words import Words

WORDS = {
    "equipment.handover.incomplete": Words(
        "Serah terima ini belum lengkap.",
        "Isi nomor BAST, nama petugas, penerima lain, dan pilih 1 sampai {most} alat.",
    ),
    "equipment.handover.not_in_your_hands": Words(
        "Alat {serials} tidak tercatat di tangan yang menyerahkan.",
        "Pilih alat dari daftar sendiri; minta Dispendukcapil memeriksa daftarnya bila keliru.",
    ),
    "equipment.handover.already_offered": Words(
        "Alat {serial} sudah ditawarkan dan belum dijawab.", "Tunggu jawaban penerima pada serah terima itu."
    ),
    "equipment.handover.unknown": Words(
        "Serah terima itu tidak ada di komputer ini.", "Buka lagi daftar serah terima dan pilih dari sana."
    ),
    "equipment.handover.not_for_you": Words(
        "Serah terima ini dijawab oleh kantor lain.", "Buka daftar serah terima kantor Anda sendiri."
    ),
    "equipment.handover.answer_incomplete": Words(
        "Setiap alat perlu jawaban.",
        "Pilih diterima dengan kondisinya (rusak: tambahkan foto) atau ditolak dengan sebabnya, lalu isi nama camat.",
    ),
    "equipment.handover.unsigned": Words(
        "Yang diterima harus ditandatangani.",
        "Tanda tangani di layar, atau tanda tangani BAST cetak dan lampirkan fotonya.",
    ),
    "equipment.word.not_theirs": Words(
        "Sebuah stasiun menyebut alat atau serah terima yang bukan miliknya.",
        "Periksa stasiun itu; kabarnya disisihkan dan daftar tidak berubah.",
    ),
    "equipment.photo.not_a_picture": Words(
        "Berkas itu bukan foto yang dapat dibuka, atau terlalu besar.",
        "Pilih foto JPEG, PNG, atau WebP di bawah 12 MB.",
    ),
    "equipment.signature.unreadable": Words("Tanda tangan itu tidak terbaca.", "Hapus lalu tanda tangani sekali lagi."),
    "equipment.maintenance.incomplete": Words(
        "Catatan pemeliharaan belum lengkap.",
        "Pilih alat dari daftar sendiri, isi pekerjaan, pelaksana, dan biaya nol atau lebih.",
    ),
    "equipment.condition.photo_wanted": Words(
        "Kondisi rusak perlu foto.", "Ambil foto bagian yang rusak, lalu simpan lagi."
    ),
    "equipment.stock_take.unknown": Words(
        "Opname itu tidak ada di sini atau milik kantor lain.", "Buka lagi daftar opname dan pilih dari sana."
    ),
    "equipment.stock_take.closed": Words(
        "Opname ini sudah ditutup dan ditandatangani.", "Minta Dispendukcapil membuka opname baru."
    ),
    "equipment.stock_take.label_empty": Words(
        "Label itu tidak berisi nomor seri.", "Pindai kode QR pada label alat, atau ketik nomor serinya."
    ),
    "equipment.consumable.count_negative": Words(
        "Jumlah tidak boleh di bawah nol.", "Hitung lagi yang ada di rak, lalu ketik jumlahnya."
    ),
}
